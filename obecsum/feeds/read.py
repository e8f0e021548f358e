"""Reading any feed: what kind of source it is, which reader takes it, and the public :func:`read`."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

import orjson

from obecsum.errors import InputError, OptionError
from obecsum.feeds.compress import COMPRESSED_SUFFIXES, OpenSource, open_source, split_compression
from obecsum.feeds.csv_table import read_csv, sniff_delimiter
from obecsum.feeds.fields import FieldMap
from obecsum.feeds.json_array import read_json
from obecsum.feeds.jsonl import read_jsonl
from obecsum.feeds.record import Entries, Quarantined
from obecsum.feeds.text_folder import read_text, text_files, text_stem
from obecsum.release import Release

__all__ = ["FORMATS", "Feed", "Source", "plan_sources", "read", "read_entries"]

FORMATS = ("jsonl", "json", "csv", "tsv", "text")
_SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".txt": "text",
}
_PEEK_BYTES = 1 << 16
Feed = str | Path | Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read.

    Attributes:
        path: File or folder; None for standard input.
        name: What ids, quarantine and messages call it; unlike every other source's of the job.
        format: One of ``FORMATS``, "folder", or None where the content decides.
        size_bytes: Size on disk, 0 for standard input.
    """

    path: Path | None
    name: str
    format: str | None
    size_bytes: int


def read(
    source: str | Path,
    *,
    input_format: str | None = None,
    fields: Mapping[str, str] | None = None,
    on_quarantine: Callable[[Quarantined], object] | None = None,
) -> Iterator[Release]:
    """Read the releases of a feed, one at a time.

    Args:
        source: A .jsonl, .json, .csv, .tsv or .txt file, compressed or not (.xz, .gz, .bz2, .zst), a folder of .txt
            files, or "-" for standard input.
        input_format: "jsonl", "json", "csv", "tsv" or "text"; None goes by the name, then by the content.
        fields: Role (id, text, title, published, url) to field name, where names cannot be guessed.
        on_quarantine: Called with each record that cannot be used. Without it a warning at the end counts them.

    Returns:
        The releases in the order of the feed. Ids are as in the feed: two releases may have the same.

    Raises:
        InputError: The source is missing, of no known kind, or damaged. Missing ones are told before the first release.
        OptionError: An unknown format or role.
    """
    sources = plan_sources(source, input_format=input_format)
    field_map = FieldMap(fields)
    return _releases(sources, field_map, on_quarantine)


def _releases(
    sources: list[Source], fields: FieldMap, on_quarantine: Callable[[Quarantined], object] | None
) -> Iterator[Release]:
    set_aside = 0
    first = ""
    total = 0
    for source in sources:
        for entry in read_entries(source, fields):
            total += 1
            if not isinstance(entry, Quarantined):
                yield entry.release
            elif on_quarantine is not None:
                on_quarantine(entry)
            else:
                set_aside += 1
                first = first or f"{entry.source} line {entry.line}: {entry.reason}"
    if set_aside:
        warnings.warn(
            f"{set_aside} of {total} records could not be used (the first: {first}); pass on_quarantine= to get them",
            stacklevel=2,
        )


def plan_sources(feed: Feed, *, input_format: str | None = None) -> list[Source]:
    """Check the sources of a job before anything is read.

    Args:
        feed: One source or several; see :func:`read`.
        input_format: As for :func:`read`; for all of them.

    Raises:
        InputError: One is missing, cannot be read, is given twice, or is of no known kind.
        OptionError: An unknown format.
    """
    if input_format is not None and input_format not in FORMATS:
        raise OptionError(f"the input format must be one of {', '.join(FORMATS)}, got {input_format!r}")
    given = [feed] if isinstance(feed, str | Path) else list(feed)
    if not given:
        raise OptionError("no feed was given; name a file, a folder of .txt files, or - for standard input")
    sources: list[Source] = []
    for one in given:
        if str(one) == "-":
            sources.append(Source(None, "stdin", input_format, 0))
        else:
            sources.append(_plan_path(Path(one), input_format))
    seen: dict[str, Source] = {}
    for source in sources:
        key = str(source.path.resolve()) if source.path else "-"
        if key in seen:
            raise InputError(f"{source.path or 'standard input'} is given twice; name each feed once")
        seen[key] = source
    return _named_apart(sources)


def _plan_path(path: Path, input_format: str | None) -> Source:
    try:
        stat = path.stat()
    except FileNotFoundError as error:
        raise InputError(
            f"{path} does not exist; give a file, a folder of .txt files, or - for standard input"
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if path.is_dir():
        text_files(path)
        return Source(path, path.resolve().name, "folder", 0)
    try:
        path.open("rb").close()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error
    suffix = Path(split_compression(path.name)[0]).suffix.lower()
    known = input_format or _SUFFIXES.get(suffix)
    if known is None and suffix in {
        ".parquet",
        ".arrow",
        ".feather",
        ".xml",
        ".rss",
        ".atom",
        ".html",
        ".htm",
        ".xlsx",
    }:
        raise InputError(
            f"{path}: {suffix} is not read by this version; it reads {', '.join(_SUFFIXES)}, each also with "
            f"{', '.join(COMPRESSED_SUFFIXES)}, and folders of .txt files"
        )
    return Source(path, path.name, known, stat.st_size)


def _named_apart(sources: list[Source]) -> list[Source]:
    """Give sources of one name more of their path, so that ids made of the name stay apart."""
    names = [source.name for source in sources]
    apart = []
    for source in sources:
        if names.count(source.name) > 1 and source.path is not None:
            source = Source(source.path, source.path.as_posix(), source.format, source.size_bytes)
        apart.append(source)
    return apart


def read_entries(
    source: Source, fields: FieldMap, *, text_if_unknown: bool = False, on_bytes: Callable[[int], object] | None = None
) -> Entries:
    """Yield every record of a source, the ones that cannot be used as :class:`Quarantined`.

    Args:
        source: As :func:`plan_sources` made it.
        fields: Which field is what.
        text_if_unknown: Whether content that is neither JSON nor a table is one text rather than JSON lines.
        on_bytes: Called now and then with the bytes of the file that were read so far.
    """
    if source.format == "folder":
        yield from _read_folder(source)
        return
    with open_source(source.path, source.name) as opened:
        entries = _entries(opened, source, fields, text_if_unknown)
        if on_bytes is None:
            yield from entries
            return
        for number, entry in enumerate(entries):
            if not number % 64:
                on_bytes(opened.position())
            yield entry
        on_bytes(opened.position())


def _read_folder(source: Source) -> Entries:
    assert source.path is not None
    for path in text_files(source.path):
        name = f"{source.name}/{path.relative_to(source.path).as_posix()}"
        with open_source(path, name) as opened:
            yield read_text(opened.stream, source=name, release_id=text_stem(path.name))


def _entries(opened: OpenSource, source: Source, fields: FieldMap, text_if_unknown: bool) -> Entries:
    head = opened.stream.read(_PEEK_BYTES)
    if not head:
        return iter(())  # an empty file is an empty feed
    stream = cast(BinaryIO, _Rewound(head, opened.stream))
    kind = source.format or _sniff(head, fields, text_if_unknown)
    if kind == "json" and not _looks_like_lines(head):
        return read_json(stream, source=source.name, fields=fields)
    if kind in ("json", "jsonl"):
        return read_jsonl(stream, source=source.name, fields=fields)
    if kind in ("csv", "tsv"):
        delimiter = "\t" if kind == "tsv" else None
        return read_csv(stream, source=source.name, fields=fields, delimiter=delimiter)
    release_id = text_stem(source.name) if source.path is not None else f"{source.name}:1"
    return iter((read_text(stream, source=source.name, release_id=release_id),))


def _sniff(head: bytes, fields: FieldMap, text_if_unknown: bool) -> str:
    lines = head.removeprefix(b"\xef\xbb\xbf").split(b"\n")[:50]
    if any(line.lstrip().startswith(b"{") for line in lines) or lines[0].lstrip().startswith(b"["):
        return "json"
    first = next((line for line in lines if line.strip()), b"").decode("utf-8", "replace").rstrip("\r")
    names = tuple(first.split(sniff_delimiter(first)))
    if fields.finds_text(tuple(name.strip().strip('"') for name in names)):
        return "csv"
    return "text" if text_if_unknown else "jsonl"


def _looks_like_lines(head: bytes) -> bool:
    """Whether JSON is a value a line rather than an array or values over several lines."""
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    if not lines:
        return True
    first = lines[0].strip()
    if first.startswith(b"["):
        rest = first[1:].lstrip()
        return bool(rest) and not rest.startswith((b"{", b"]"))
    if not first.startswith(b"{"):
        return True
    if len(lines) == 1:  # the only line, or one longer than what was looked at
        return True
    return any(_is_object(line) for line in lines[:50])


def _is_object(line: bytes) -> bool:
    if not line.startswith(b"{"):
        return False
    try:
        return type(orjson.loads(line)) is dict
    except orjson.JSONDecodeError:
        return False


class _Rewound:
    """A stream put back to its start: just what the readers use of a file."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int = -1) -> bytes:
        head, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
        if size < 0:
            return head + self._rest.read()
        return head if len(head) == size else head + self._rest.read(size - len(head))

    def __iter__(self) -> Iterator[bytes]:
        lines = [line + b"\n" for line in self._head.split(b"\n")]
        lines[-1] = lines[-1][:-1]
        self._head = b""
        lines[-1] += self._rest.readline()
        if not lines[-1]:
            lines.pop()
        return iter(chain(lines, cast(Iterable[bytes], self._rest)))
