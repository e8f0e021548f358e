"""What a job reads: its sources, checked before anything is read."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from obecsum.core.errors import InputError, OptionError
from obecsum.feeds.formats.text_folder import HTML_SUFFIXES, folder_files, name_in_text
from obecsum.feeds.records.compress import COMPRESSED_SUFFIXES, split_compression
from obecsum.feeds.records.encoding import chosen_encoding
from obecsum.feeds.records.limits import DEFAULT_MAX_RECORD_BYTES, Limits
from obecsum.text.printable import shortened

__all__ = [
    "FORMATS",
    "ROWS",
    "TABLES",
    "Feed",
    "Source",
    "check_installed",
    "chosen_delimiter",
    "is_like_a_name",
    "plan_sources",
]

FORMATS = ("jsonl", "json", "csv", "tsv", "spreadsheet", "parquet", "arrow", "rss", "html", "text")
ROWS = "rows"
"""The format of what :mod:`obecsum.feeds.rows` writes; nobody else has it."""
TABLES = frozenset(("csv", "tsv", "spreadsheet", "parquet", "arrow"))
_SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "spreadsheet",
    ".xlsm": "spreadsheet",
    ".ods": "spreadsheet",
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".ipc": "arrow",
    ".xml": "rss",
    ".rss": "rss",
    ".atom": "rss",
    ".rdf": "rss",
    **dict.fromkeys(HTML_SUFFIXES, "html"),
    ".txt": "text",
}
_NOT_READ = {
    ".xls": "save it as .xlsx or CSV",
    ".zip": "unpack it and name the files or the folder",
    ".tar": "unpack it and name the files or the folder",
    ".tgz": "unpack it and name the files or the folder",
    ".7z": "unpack it and name the files or the folder",
    ".rar": "unpack it and name the files or the folder",
    ".pdf": "take its text out, for example with pdftotext",
    ".doc": "save it as text",
    ".docx": "save it as text",
}
# Format -> the package that reads it and the extra that brings it.
_EXTRAS = {
    "spreadsheet": ("python_calamine", "spreadsheets"),
    "parquet": ("pyarrow", "parquet"),
    "arrow": ("pyarrow", "parquet"),
    "html": ("trafilatura", "web"),
}
_SHOWN_CHARS = 60
_MOST_NAME_BYTES = 255  # what file systems take
_URL = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
Feed = str | Path | Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read.

    Attributes:
        path: File or folder; None for standard input.
        name: What ids, quarantine and messages call it; unlike every other source's of the job.
        format: One of ``FORMATS``, "folder", or None where the content decides.
        size_bytes: Size on disk, 0 for standard input.
        encoding: "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp874", or None where the bytes decide.
        limits: How long a record may be, and how far compressed data may expand.
        delimiter: Between the cells of CSV and TSV; None looks.
        is_chosen: Whether ``format`` was asked for, so that the content has no say.
    """

    path: Path | None
    name: str
    format: str | None
    size_bytes: int
    encoding: str | None = None
    limits: Limits = field(default_factory=Limits)
    delimiter: str | None = None
    is_chosen: bool = False


def plan_sources(
    feed: Feed,
    *,
    input_format: str | None = None,
    encoding: str | None = None,
    max_record_bytes: int = DEFAULT_MAX_RECORD_BYTES,
    max_expanded_bytes: int | None = None,
    delimiter: str | None = None,
) -> list[Source]:
    """Check the sources of a job before anything is read.

    Args:
        feed: One source or several; see :func:`obecsum.read`, also for the options, which count for all of them.
        input_format: One of ``FORMATS``, or None.
        encoding: A name of an encoding, or None.
        max_record_bytes: Longer records are quarantined unread.
        max_expanded_bytes: A compressed file may expand to so many bytes.
        delimiter: Between the cells of CSV and TSV: one character, or "tab".

    Raises:
        InputError: One is missing, cannot be read, is given twice, is of no known kind, or needs a package that is not
            installed.
        OptionError: An unknown format or encoding, or a limit that is none.
    """
    if input_format is not None and input_format not in FORMATS:
        raise OptionError(f"the input format must be one of {', '.join(FORMATS)}, got {input_format!r}")
    codec = chosen_encoding(encoding)
    limits = Limits(max_record_bytes, max_expanded_bytes)
    between = chosen_delimiter(delimiter)
    given = _listed(feed)
    if not given:
        raise OptionError("no feed was given; name a file, a folder of .txt and .html files, or - for standard input")
    sources: list[Source] = []
    for one in given:
        if isinstance(one, str) and (scheme := _URL.match(one)) is not None:
            raise InputError(_no_url(one, scheme[1]))
        if isinstance(one, str) and _is_no_name(one) and not os.path.exists(one):
            raise InputError(
                f"{shortened(one, _SHOWN_CHARS)!r} ({len(one):,} characters) is a text, and no name of a file; give "
                "texts in a list of dicts, [{'text': ...}]"
            )
        planned = Source(None, "stdin", input_format, 0) if str(one) == "-" else _plan_path(Path(one), input_format)
        if planned.format is not None:
            check_installed(planned.format, planned.name)
        chosen = input_format is not None
        sources.append(replace(planned, encoding=codec, limits=limits, delimiter=between, is_chosen=chosen))
    seen: dict[str, Source] = {}
    for source in sources:
        key = str(source.path.resolve()) if source.path else "-"
        if key in seen:
            raise InputError(f"{source.path or 'standard input'} is given twice; name each feed once")
        seen[key] = source
    return _named_apart(sources)


def _listed(feed: Any) -> list[str | Path]:
    """The names of the sources.

    Raises:
        TypeError: It is no name, and no list of names.
    """
    if isinstance(feed, str | os.PathLike):
        feed = [feed]
    wanted = "must be a file, a folder, - for standard input, or a list of these"
    if not isinstance(feed, Iterable) or isinstance(feed, bytes | bytearray | Mapping):
        hint = "; decode the bytes of a name" if isinstance(feed, bytes | bytearray) else ""
        raise TypeError(f"the feed {wanted}, got {type(feed).__name__}{hint}")
    found = []
    for number, one in enumerate(feed):
        if not isinstance(one, str | os.PathLike):
            raise TypeError(f"the feed {wanted}; number {number} of it is of type {type(one).__name__}")
        found.append(one if isinstance(one, str) else Path(one))
    return found


def is_like_a_name(text: str) -> bool:
    """Whether a string may be the name of a source: it is there, has a known ending, or has no white space."""
    if text == "-" or _URL.match(text) or os.path.exists(text):
        return True
    if _is_no_name(text):
        return False
    suffix = Path(split_compression(text)[0]).suffix.lower()
    return suffix in _SUFFIXES or suffix in _NOT_READ or not any(map(str.isspace, text))


def _is_no_name(text: str) -> bool:
    """Whether no file system takes a name, or nobody gives it to a file."""
    return "\n" in text or len(os.path.basename(text).encode("utf-8", "replace")) > _MOST_NAME_BYTES


def chosen_delimiter(name: str | None) -> str | None:
    r"""The delimiter that a user named: one character, "tab" or "\t"; None stays None.

    Raises:
        OptionError: It cannot be one.
    """
    if name is None:
        return None
    found = "\t" if name.lower() in ("tab", "\\t") else name
    if len(found) != 1 or not found.isascii() or found.isalnum() or found in "\"'\r\n ":
        raise OptionError(
            f"the delimiter must be one sign such as , ; | or tab, got {name!r}; leave it out to go by the header"
        )
    return found


def check_installed(kind: str, name: str) -> None:
    """Check that the package which reads a format is there.

    Args:
        kind: One of ``FORMATS``.
        name: What the message calls the source.

    Raises:
        InputError: It is not installed; the message names the extra.
    """
    package, extra = _EXTRAS.get(kind, (None, None))
    if package is not None and find_spec(package) is None:
        raise InputError(f"{name}: reading {kind} needs {package}; run `pip install obecsum[{extra}]`")


def _no_url(url: str, scheme: str) -> str:
    if scheme.lower() == "file":
        return f"{url} is a URL; give the path alone, without file://"
    how = f"for example with: curl --fail --location --output feed.xml {shlex.quote(url)}"
    if scheme.lower() not in ("http", "https", "ftp"):
        how = "with the program for it"
    return f"{url} is a URL, and obecsum reads no network; download it, {how}, and give the file"


def _plan_path(path: Path, input_format: str | None) -> Source:
    try:
        stat = path.stat()
    except FileNotFoundError as error:
        raise InputError(
            f"{path} does not exist; give a file, a folder of .txt and .html files, or - for standard input"
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if path.is_dir():
        if any(split_compression(file.name)[0].lower().endswith(HTML_SUFFIXES) for file in folder_files(path)):
            check_installed("html", str(path))
        return Source(path, name_in_text(path.resolve().name), "folder", 0)
    try:
        if path.is_file():  # opening a pipe and closing it again would end its writer
            path.open("rb").close()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    suffix = Path(split_compression(path.name)[0]).suffix.lower()
    known = input_format or _SUFFIXES.get(suffix)
    if known is None and suffix in _NOT_READ:
        raise InputError(
            f"{path}: {suffix} is not read: {_NOT_READ[suffix]}; what is read: {', '.join(_SUFFIXES)}, each also with "
            f"{', '.join(COMPRESSED_SUFFIXES)}, and folders of .txt and .html files"
        )
    return Source(path, name_in_text(path.name), known, stat.st_size)


def _named_apart(sources: list[Source]) -> list[Source]:
    """Give sources of one name more of their path, so that ids made of the name stay apart."""
    names = [source.name for source in sources]
    return [
        replace(source, name=name_in_text(source.path.as_posix()))
        if names.count(source.name) > 1 and source.path is not None
        else source
        for source in sources
    ]
