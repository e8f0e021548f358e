"""The ``obecsum`` command: it parses, calls, and sets the exit code.

0: done. 1: failed after it began; something was quarantined under ``--strict``; nothing of a non-empty input could be
read. 2: refused before reading.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from obecsum import __version__
from obecsum.errors import ObecsumError, OptionError
from obecsum.evaluate.cli import app as evaluate_app
from obecsum.terminal import Bars, printable
from obecsum.training.cli import app as train_app

if TYPE_CHECKING:
    from obecsum.pipeline import Job

__all__ = ["app", "main"]

app = typer.Typer(
    name="obecsum",
    help="Clean feeds of Thai press releases: remove what is published again, keep every update, summarize in Thai.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
corpus_app = typer.Typer(help="The corpus that the models are trained on.", no_args_is_help=True)
app.add_typer(evaluate_app, name="evaluate")
app.add_typer(train_app, name="train")
app.add_typer(corpus_app, name="corpus")

_Feeds = Annotated[
    list[str],
    typer.Argument(
        metavar="FEED...",
        help="Files (.jsonl .json .csv .tsv .txt, also .xz .gz .bz2 .zst), folders of .txt, - for standard input.",
        show_default=False,
    ),
]
_Out = Annotated[Path, typer.Option("--out", help="Folder for the output.", show_default=False)]
_Format = Annotated[
    str | None, typer.Option("--format", help="jsonl, json, csv, tsv or text, where name and content do not tell.")
]
_Fields = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="ROLE=NAME", help="Which field is id, text, title, published or url."),
]
_MinJaccard = Annotated[
    float, typer.Option("--min-jaccard", help="Releases from this similarity on are compared, above 0 up to 1.")
]
_MinContainment = Annotated[
    float,
    typer.Option("--min-containment", help="Releases of which one holds this share of the other are compared too."),
]
_PolicyName = Annotated[
    str, typer.Option("--policy", help="Which copy stays: most_complete, earliest, latest or longest.")
]
_PreferSources = Annotated[
    list[str] | None, typer.Option("--prefer-source", help="Source whose copy stays; may be given more than once.")
]
_Limit = Annotated[int | None, typer.Option("--limit", help="Read at most so many records.")]
_Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace the files of an earlier job in --out.")]
_Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if a record was quarantined.")]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
_Model = Annotated[
    str, typer.Option("--model", help="obecsum-th, a folder, or the name of a Hugging Face seq2seq model.")
]
_Kind = Annotated[str | None, typer.Option("--kind", help="summary or headline; both if left out.", show_default=False)]
_BatchSize = Annotated[int, typer.Option("--batch-size", help="Releases that are summarized at a time.")]


@app.command()
def clean(
    feeds: _Feeds,
    out: _Out,
    no_summaries: Annotated[bool, typer.Option("--no-summaries", help="Do not summarize; needs no torch.")] = False,
    kind: _Kind = None,
    model: _Model = "obecsum-th",
    min_jaccard: _MinJaccard = 0.5,
    min_containment: _MinContainment = 0.8,
    policy: _PolicyName = "most_complete",
    prefer_sources: _PreferSources = None,
    batch_size: _BatchSize = 16,
    fields: _Fields = None,
    input_format: _Format = None,
    limit: _Limit = None,
    overwrite: _Overwrite = False,
    strict: _Strict = False,
    quiet: _Quiet = False,
) -> None:
    """Clean feeds: cut repeats and boilerplate, remove what is published again, summarize what is kept."""
    from obecsum.options import Options, chosen_kinds, chosen_policy
    from obecsum.pipeline import Job

    with Bars(quiet=quiet) as bars:
        with _exits_with(2):
            options = Options(
                summaries=not no_summaries,
                kinds=chosen_kinds(kind, summaries=not no_summaries),
                model=model,
                min_jaccard=min_jaccard,
                min_containment=min_containment,
                policy=chosen_policy(policy),
                prefer_sources=tuple(prefer_sources or ()),
                batch_size=batch_size,
                input_format=input_format,
                limit=limit,
            )
            job = Job(feeds, out, options, fields=_mapping(fields), overwrite=overwrite, progress=bars)
        _finish(job, bars, strict=strict, quiet=quiet)


@app.command()
def dedupe(
    feeds: _Feeds,
    out: _Out,
    min_jaccard: _MinJaccard = 0.5,
    min_containment: _MinContainment = 0.8,
    policy: _PolicyName = "most_complete",
    prefer_sources: _PreferSources = None,
    fields: _Fields = None,
    input_format: _Format = None,
    limit: _Limit = None,
    overwrite: _Overwrite = False,
    strict: _Strict = False,
    quiet: _Quiet = False,
) -> None:
    """Remove what is published again and leave every text as it was read: clean without cuts and summaries."""
    from obecsum.options import Options, chosen_policy
    from obecsum.pipeline import Job

    with Bars(quiet=quiet) as bars:
        with _exits_with(2):
            options = Options(
                summaries=False,
                cut=False,
                min_jaccard=min_jaccard,
                min_containment=min_containment,
                policy=chosen_policy(policy),
                prefer_sources=tuple(prefer_sources or ()),
                input_format=input_format,
                limit=limit,
            )
            job = Job(feeds, out, options, fields=_mapping(fields), overwrite=overwrite, progress=bars)
        _finish(job, bars, strict=strict, quiet=quiet)


@app.command()
def summarize(
    feed: Annotated[str, typer.Argument(metavar="FEED|-", help="A feed, or one text; - for standard input.")],
    kind: _Kind = None,
    model: _Model = "obecsum-th",
    batch_size: _BatchSize = 16,
    fields: _Fields = None,
    input_format: _Format = None,
    limit: _Limit = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    quiet: _Quiet = False,
) -> None:
    """Summarize releases and print the summaries."""
    from obecsum.feeds.write import to_json
    from obecsum.show import show_summary, summary_json
    from obecsum.summary_run import SummaryRun

    with _exits_with(2):
        run = SummaryRun(
            feed,
            kind,
            model=model,
            batch_size=batch_size,
            fields=_mapping(fields),
            input_format=input_format,
            limit=limit,
        )
    with _exits_with(1):
        for release, summaries in run.results():
            if as_json:
                for summary in summaries:
                    typer.echo(to_json(summary_json(release.id, release.title, summary)))
            else:
                Console(soft_wrap=True).print(show_summary(release.id, release.title, summaries))
        for entry in run.quarantined:
            if not quiet:
                _warn(f"{entry.source} line {entry.line} was left out: {entry.reason}")
        run.check()


@app.command()
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A text file, compressed or not; - for standard input.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say how two texts relate and what changed from the first to the second."""
    from obecsum.feeds.text_folder import text_of
    from obecsum.feeds.write import to_json
    from obecsum.show import comparison_json, show_comparison

    with _exits_with(2):
        text_a, text_b = text_of(a), text_of(b)
    with _exits_with(1):
        from obecsum.dedup.compare import compare as compare_texts

        comparison = compare_texts(text_a, text_b)
        if as_json:
            typer.echo(to_json(comparison_json(comparison)))
        else:
            Console(highlight=False).print(show_comparison(comparison, a, b))


@corpus_app.callback()
def _corpus() -> None:
    """Keeps ``build`` a name of its own though it is the only command."""


@corpus_app.command("build")
def corpus_build(
    clone: Annotated[Path, typer.Argument(metavar="CLONE", help="Clone of thaigov-corpus or thaigov-v2-corpus.")],
    out: _Out,
    quiet: _Quiet = False,
) -> None:
    """Make training rows of a clone of the public corpora: one file a year."""
    from obecsum.training.corpus_build import build_corpus

    with Bars(quiet=quiet) as bars, _exits_with(2):
        built = build_corpus(clone, out, progress=bars)
    if not quiet:
        for name, rows in built.files.items():
            typer.echo(f"{name}: {rows:,} rows")
        for reason, pages in built.skipped.items():
            typer.echo(f"left out, {reason}: {pages:,} pages")


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"obecsum {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command; what goes wrong is told in a line, without a traceback unless OBECSUM_TRACEBACK is set."""
    try:
        app()
    except BrokenPipeError:  # the reader of our output is gone: nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except MemoryError:
        _fail("out of memory; feed less at a time", 1)
    except ObecsumError as error:  # of evaluate and train, which refuse before they begin
        _fail(str(error), 2)
    except Exception as error:
        if os.environ.get("OBECSUM_TRACEBACK"):
            raise
        _fail(f"{type(error).__name__}: {error} (a mistake of obecsum: OBECSUM_TRACEBACK=1 shows where)", 1)


@contextmanager
def _exits_with(code: int) -> Iterator[None]:
    try:
        yield
    except ObecsumError as error:
        _warn(f"error: {error}")
        raise typer.Exit(code) from error


def _finish(job: Job, bars: Bars, *, strict: bool, quiet: bool) -> None:
    from obecsum.show import show_report

    with _exits_with(1):
        report = job.run()
    bars.close()
    if not quiet:
        Console(soft_wrap=True, highlight=False).print(show_report(report))
    if strict and report.quarantined:
        _warn(f"error: {report.quarantined:,} records were quarantined, and --strict allows none; see {report.out}")
        raise typer.Exit(1)


def _mapping(fields: list[str] | None) -> dict[str, str]:
    mapping = {}
    for field in fields or []:
        role, equals, name = field.partition("=")
        if not equals or not name:
            raise OptionError(f"--field takes ROLE=NAME, for example text=body; got {field!r}")
        mapping[role] = name
    return mapping


def _warn(message: str) -> None:
    typer.echo(f"obecsum: {printable(message)}", err=True)


def _fail(message: str, code: int) -> NoReturn:
    _warn(f"error: {message}")
    sys.exit(code)
