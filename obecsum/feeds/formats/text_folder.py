"""Text files and web pages: a folder of .txt and .html files, or one, a release a file."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from obecsum.core.errors import InputError, RecordError
from obecsum.core.release import Release
from obecsum.feeds.records.compress import split_compression
from obecsum.feeds.records.encoding import to_utf8
from obecsum.feeds.records.fields import has_content, title_of_text
from obecsum.feeds.records.limits import Limits
from obecsum.feeds.records.open import open_source, read_whole
from obecsum.feeds.records.record import Quarantined, ReadEntry, Record

__all__ = ["HTML_SUFFIXES", "TEXT_SUFFIXES", "folder_files", "name_in_text", "read_text", "text_of", "text_stem"]

TEXT_SUFFIXES = (".txt",)
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_BOM = b"\xef\xbb\xbf"


def folder_files(folder: Path) -> list[Path]:
    """The .txt and .html files of a folder and its sub-folders in the order of their names, hidden ones left out.

    Raises:
        InputError: There is none, or the folder cannot be read.
    """
    try:
        below = [path for path in folder.rglob("*") if path.is_file()]
    except OSError as error:
        raise InputError(f"the folder {folder} cannot be read: {error.strerror or error}") from error
    visible = [path for path in below if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    found = [
        path for path in visible if split_compression(path.name)[0].lower().endswith((*TEXT_SUFFIXES, *HTML_SUFFIXES))
    ]
    if not found:
        others = sorted({path.suffix or path.name for path in visible})
        holds = f"it holds {len(visible)} other files ({', '.join(others[:6])})" if others else "it is empty"
        raise InputError(f"the folder {folder} has no .txt or .html files: {holds}; name feed files themselves")
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def name_in_text(name: str) -> str:
    """A file's name as text: each byte of no UTF-8, as old Thai archives have them, is written as an escape."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def text_stem(name: str) -> str:
    """A file's name without .txt or .html and compression."""
    bare = split_compression(name)[0]
    for suffix in (*TEXT_SUFFIXES, *HTML_SUFFIXES):
        if bare.lower().endswith(suffix):
            return bare[: -len(suffix)]
    return bare


def read_text(
    stream: BinaryIO, *, source: str, release_id: str, encoding: str | None = None, limits: Limits | None = None
) -> ReadEntry:
    """The release that a text file is.

    Args:
        stream: Decompressed bytes, with or without a byte order mark.
        source: Name of the file.
        release_id: The release's id.
        encoding: "utf-8", "cp874", or None where the bytes decide.
        limits: How long it may be.
    """
    raw = read_whole(stream, source=source, limits=limits or Limits())
    if isinstance(raw, Quarantined):
        return raw
    if not raw:
        return Quarantined(source, 1, 0, "no text: the file is empty", raw)
    try:
        text = to_utf8(raw, encoding).removeprefix(_BOM).decode("utf-8")
    except RecordError as error:
        return Quarantined(source, 1, 0, str(error), raw)
    if not has_content(text):
        return Quarantined(source, 1, 0, "only white space: nothing in the file can be read", raw)
    return Record(Release(id=release_id, text=text, title=title_of_text(text), source=source), 1, 0)


def text_of(name: str) -> str:
    """The text of one file, or of standard input for "-".

    Raises:
        InputError: It is missing, no file, too long, or no text.
    """
    path = None if name == "-" else Path(name)
    if path is not None and path.is_dir():
        raise InputError(f"{path} is a folder; name a text file")
    try:
        if path is not None and not path.exists():
            raise InputError(f"{path} does not exist; name a text file, or - for standard input")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    with open_source(path, name) as opened:
        raw = read_whole(opened.stream, source=name, limits=Limits())
    if isinstance(raw, Quarantined):
        raise InputError(f"{name} is {raw.reason.partition('; raise')[0]}")
    try:
        return to_utf8(raw).removeprefix(_BOM).decode("utf-8")
    except RecordError as error:
        raise InputError(f"{name} is no text: {error}") from error
