"""The arguments and options that several commands share, and what a file and the environment set for them."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer

from obecsum.cli.settings import config_file as config
from obecsum.cli.terminal import messages
from obecsum.core.errors import OptionError
from obecsum.jobs.request.options import check, chosen_policy, chosen_strictness
from obecsum.jobs.request.since import chosen_since

__all__ = [
    "BatchSize",
    "Config",
    "Delimiter",
    "DryRun",
    "Encoding",
    "Feeds",
    "Fields",
    "Format",
    "IndexOption",
    "IndexWait",
    "Kind",
    "Length",
    "Limit",
    "LogJson",
    "MaxChars",
    "MaxExpanded",
    "MaxRecord",
    "MaxRecords",
    "MaxStdin",
    "MinContainment",
    "MinJaccard",
    "ModelOption",
    "NewOnly",
    "Out",
    "Overwrite",
    "PolicyOption",
    "PreferSources",
    "Quiet",
    "RuntimeOption",
    "Since",
    "Strict",
    "StrictnessOption",
    "Threads",
    "To",
    "as_bytes",
    "comparing",
    "field_mapping",
    "folder",
    "named",
    "parts",
    "reading",
    "section_name",
    "wrong_type",
]

_FEED_HELP = (
    "Files (.jsonl .json .csv .tsv .xlsx .ods .parquet .arrow .feather .xml .rss .atom .html .txt; also .xz .gz .bz2 "
    ".zst), folders of .txt and .html, - for standard input."
)
_MOST_BYTES = 1 << 60  # more than any disk has; an integer that all systems know
_READING = "Reading"
_COMPARING = "What goes"
_SUMMARIES = "Summaries"
_WRITING = "Writing"


def section_name(ctx: typer.Context) -> str:
    """The section of a command: its name, with its group's before it ("index.show")."""
    names: list[str] = []
    here: Any = ctx
    while here is not None and here.parent is not None:
        names.insert(0, str(here.info_name))
        here = here.parent
    return ".".join(names)


def _configure(ctx: typer.Context, path: Path | None) -> Path | None:
    """Make what a file and the environment set the defaults of the command's other options."""
    found_path = config.find_file(path, os.environ)
    name = section_name(ctx)
    found = config.resolve(name, found_path, os.environ)
    settings = config.settings(name)
    ctx.default_map = {settings[key].parameter: one.value for key, one in found.items()}
    if "log_json" in found and not {"--log-json", "--no-log-json"} & set(sys.argv):
        messages.use_json(found["log_json"].value)
    for variable, near in config.strays(os.environ):
        messages.warn(f"the environment variable {variable} sets nothing; did you mean {near}?")
    return found_path


Feeds = Annotated[list[str], typer.Argument(metavar="FEED...", help=_FEED_HELP, show_default=False)]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        rich_help_panel=_READING,
        help="jsonl, json, csv, tsv, spreadsheet, parquet, arrow, rss, html or text, if name and content do not tell.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        "--encoding",
        metavar="NAME",
        rich_help_panel=_READING,
        help="utf-8, utf-16, tis-620 or windows-874, where the bytes do not tell.",
    ),
]
Delimiter = Annotated[
    str | None,
    typer.Option(
        "--delimiter",
        metavar="SIGN",
        rich_help_panel=_READING,
        help="Between the cells of CSV and TSV, where the header does not tell; tab for a tab.",
    ),
]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--field",
        metavar="ROLE=NAME",
        rich_help_panel=_READING,
        help="Which field is id, text, title, published or url; may be repeated.",
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="DATE",
        rich_help_panel=_READING,
        help="Leave out what was published before: 2024-07-01, 1/7/2567 or '1 ก.ค. 67'.",
    ),
]
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="N", rich_help_panel=_READING, help="Read at most N records.")
]
MaxRecord = Annotated[
    float | None,
    typer.Option(
        "--max-record-mb", metavar="MB", rich_help_panel=_READING, help="Quarantine longer records unread. [64]"
    ),
]
MaxExpanded = Annotated[
    float | None,
    typer.Option(
        "--max-expanded-gb",
        metavar="GB",
        rich_help_panel=_READING,
        help="How much a compressed file may expand to. [1, or 200 times its size]",
    ),
]
MaxRecords = Annotated[
    int,
    typer.Option("--max-records", metavar="N", rich_help_panel=_READING, help="Feeds with more records are an error."),
]
MaxStdin = Annotated[
    float,
    typer.Option(
        "--max-stdin-gb", metavar="GB", rich_help_panel=_READING, help="And so is standard input, or a pipe, with more."
    ),
]
StrictnessOption = Annotated[
    str,
    typer.Option(
        "--strictness",
        metavar="NAME",
        rich_help_panel=_COMPARING,
        help="What may be lost with a release that goes. cautious: nothing of substance; balanced: a detail; "
        "similarity: anything, if the two are as alike as --min-jaccard (0.8 or more).",
    ),
]
MinJaccard = Annotated[
    float | None,
    typer.Option(
        "--min-jaccard",
        metavar="SHARE",
        rich_help_panel=_COMPARING,
        help="Compare releases from this Jaccard similarity on, above 0 up to 1; it finds pairs, and nothing goes for "
        "being alike, except with --strictness similarity. [0.5]",
    ),
]
MinContainment = Annotated[
    float,
    typer.Option(
        "--min-containment",
        metavar="SHARE",
        rich_help_panel=_COMPARING,
        help="Compare those of which one holds this share of the other, too; it finds pairs, and nothing goes for "
        "being contained.",
    ),
]
PolicyOption = Annotated[
    str,
    typer.Option(
        "--policy",
        metavar="NAME",
        rich_help_panel=_COMPARING,
        help="Which copy stays: most_complete, earliest, latest or longest.",
    ),
]
PreferSources = Annotated[
    list[str] | None,
    typer.Option(
        "--prefer-source",
        metavar="NAME",
        rich_help_panel=_COMPARING,
        help="Name of a feed whose copy stays; may be repeated, the first goes first.",
    ),
]
IndexOption = Annotated[
    str | None,
    typer.Option(
        "--index",
        metavar="DB",
        rich_help_panel=_COMPARING,
        help="File that remembers what earlier jobs saw; made if it is missing.",
    ),
]
IndexWait = Annotated[
    float,
    typer.Option(
        "--index-wait",
        metavar="SECONDS",
        rich_help_panel=_COMPARING,
        help="How long to wait while another job uses the index.",
    ),
]
NewOnly = Annotated[
    bool,
    typer.Option(
        "--new-only/--no-new-only",
        rich_help_panel=_COMPARING,
        help="Leave out what an earlier job put into the index under the same id with the same text.",
    ),
]
ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="NAME",
        rich_help_panel=_SUMMARIES,
        help="obecsum-th; a folder; a Hugging Face model, sequence-to-sequence or causal with a chat template.",
    ),
]
RuntimeOption = Annotated[
    str,
    typer.Option(
        "--runtime",
        metavar="NAME",
        rich_help_panel=_SUMMARIES,
        help="What runs the model: onnx, torch or ctranslate2; auto takes torch only where none of the others can.",
    ),
]
Threads = Annotated[
    int | None,
    typer.Option("--threads", metavar="N", rich_help_panel=_SUMMARIES, help="Threads that summarize. [one a core]"),
]
Kind = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar="NAME",
        rich_help_panel=_SUMMARIES,
        help="headline, summary or points; may be repeated. [headline and summary]",
    ),
]
Length = Annotated[
    str,
    typer.Option(
        "--length",
        metavar="NAME",
        rich_help_panel=_SUMMARIES,
        help="Sentences of a summary: short, one; medium, two or three; long, four or five.",
    ),
]
MaxChars = Annotated[
    int | None,
    typer.Option(
        "--max-chars",
        metavar="N",
        rich_help_panel=_SUMMARIES,
        help="Longest summary, in the place of --length: as many sentences as fit, at most five.",
    ),
]
BatchSize = Annotated[
    int,
    typer.Option("--batch-size", metavar="N", rich_help_panel=_SUMMARIES, help="Releases summarized at a time."),
]
Out = Annotated[str, typer.Option("--out", metavar="DIR", rich_help_panel=_WRITING, help="Folder for the output.")]
To = Annotated[
    list[str] | None,
    typer.Option(
        "--to",
        metavar="FORMAT",
        rich_help_panel=_WRITING,
        help="Write what is kept as csv, parquet or rss too; may be repeated.",
    ),
]
Overwrite = Annotated[
    bool,
    typer.Option(
        "--overwrite/--no-overwrite", rich_help_panel=_WRITING, help="Replace the files of an earlier job in --out."
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run/--no-dry-run", rich_help_panel=_WRITING, help="Write nothing; print what would be removed."
    ),
]
Strict = Annotated[bool, typer.Option("--strict/--no-strict", help="Exit with 1 if a record was quarantined.")]
Quiet = Annotated[bool, typer.Option("--quiet/--no-quiet", "-q", help="Print errors only.")]
LogJson = Annotated[bool, typer.Option("--log-json/--no-log-json", help="Log to standard error, a JSON object a line.")]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        is_eager=True,
        callback=_configure,
        help="TOML file with options. [obecsum.toml, if it is there]",
        show_default=False,
    ),
]


def reading(
    input_format: str | None,
    encoding: str | None,
    delimiter: str | None,
    since: str | None,
    limit: int | None,
    max_record_mb: float | None,
    max_expanded_gb: float | None,
) -> dict[str, Any]:
    """What the options of reading say, by the names of :class:`obecsum.jobs.request.options.Options`.

    Raises:
        OptionError: An amount is not above 0, or a date none.
    """
    return {
        "input_format": input_format,
        "encoding": encoding,
        "delimiter": delimiter,
        "since": chosen_since(since),
        "limit": limit,
        "max_record_bytes": as_bytes("max_record_mb", max_record_mb, 1 << 20),
        "max_expanded_bytes": as_bytes("max_expanded_gb", max_expanded_gb, 1 << 30),
    }


def comparing(
    strictness: str,
    min_jaccard: float | None,
    min_containment: float,
    policy: str,
    prefer_sources: Sequence[str] | None,
    index: str | None,
    index_wait: float,
    new_only: bool,
) -> dict[str, Any]:
    """What the options of comparing say, by the names of :class:`obecsum.jobs.request.options.Options`.

    Raises:
        OptionError: There is no such policy or strictness.
    """
    return {
        "strictness": chosen_strictness(strictness),
        "min_jaccard": min_jaccard,
        "min_containment": min_containment,
        "policy": chosen_policy(policy),
        "prefer_sources": tuple(prefer_sources or ()),
        "index": index,
        "index_wait_s": index_wait,
        "new_only": new_only,
    }


def field_mapping(fields: Sequence[str] | None) -> dict[str, str]:
    """Role to field name.

    Raises:
        OptionError: One of them is not ROLE=NAME.
    """
    mapping = {}
    for field in fields or []:
        check("field", field)
        role, _, name = field.partition("=")
        mapping[role] = name
    return mapping


def named(feeds: Sequence[str]) -> list[str]:
    """The feeds, if each has a name.

    Raises:
        OptionError: One is empty, as an unset variable of a script is; it would mean the working directory.
    """
    if any(not feed.strip() for feed in feeds):
        raise OptionError("the name of a feed is empty; give a file, a folder, or - for standard input")
    return list(feeds)


def folder(out: str) -> Path:
    """The folder for the output.

    Raises:
        OptionError: Its name is empty, or it is a file.
    """
    if not out.strip():
        raise OptionError("the name for --out is empty; give a folder, or . for the working directory")
    path = Path(out)
    if path.exists() and not path.is_dir():
        raise OptionError(f"{path} is a file; --out takes a folder")
    return path


def parts(values: Sequence[str] | None) -> tuple[str, ...]:
    """What was given one by one or with commas between."""
    return tuple(part.strip() for value in values or [] for part in value.split(",") if part.strip())


def as_bytes(name: str, amount: float | None, unit: int) -> int | None:
    """An amount of megabytes or gigabytes in bytes.

    Raises:
        OptionError: It is not above 0.
    """
    check(name, amount)
    return None if amount is None else max(1, int(min(amount * unit, _MOST_BYTES)))


def wrong_type(ctx: typer.Context, param: Any, arguments: Sequence[str]) -> str | None:
    """What to say of an option whose value is not of its type; None where the parser's own words have to do.

    Args:
        ctx: The command's.
        param: The parser's option.
        arguments: All of the command line: the parser does not tell the value.
    """
    name = section_name(ctx)
    known = config.settings(name).values() if name in config.sections() else ()
    for setting in known:
        if setting.parameter == param.name:
            parts_before = [(option, "=") for option in param.opts]
            values = [after for before, after in pairwise(arguments) if before in param.opts]
            values += [word.partition("=")[2] for word in arguments if word.partition("=")[:2] in parts_before]
            got = f", got {values[-1]!r}" if values else ""
            return f"{max(param.opts, key=len)} must be {setting.takes}{got}"
    return None
