"""Text files: a folder of .txt files, or one, a release a file."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from obecsum.errors import InputError
from obecsum.feeds.compress import open_source, split_compression
from obecsum.feeds.fields import has_content, title_of_text
from obecsum.feeds.record import Entry, Quarantined, Record, undecodable
from obecsum.release import Release

__all__ = ["read_text", "text_files", "text_of", "text_stem"]

_BOM = b"\xef\xbb\xbf"


def text_files(folder: Path) -> list[Path]:
    """The text files of a folder and its sub-folders in the order of their names, hidden ones left out.

    Raises:
        InputError: There is none, or the folder cannot be read.
    """
    try:
        below = [path for path in folder.rglob("*") if path.is_file()]
    except OSError as error:
        raise InputError(f"the folder {folder} cannot be read: {error.strerror or error}") from error
    visible = [path for path in below if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    found = [path for path in visible if split_compression(path.name)[0].lower().endswith(".txt")]
    if not found:
        others = sorted({path.suffix or path.name for path in visible})
        holds = f"it holds {len(visible)} other files ({', '.join(others[:6])})" if others else "it is empty"
        raise InputError(f"the folder {folder} has no .txt files: {holds}; name feed files themselves")
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def text_stem(name: str) -> str:
    """A file's name without .txt and compression."""
    bare = split_compression(name)[0]
    return bare[:-4] if bare.lower().endswith(".txt") else bare


def read_text(stream: BinaryIO, *, source: str, release_id: str) -> Entry:
    """The release that a text file is.

    Args:
        stream: Decompressed bytes, UTF-8 with or without a byte order mark.
        source: Name of the file.
        release_id: The release's id.
    """
    raw = stream.read()
    if not raw:
        return Quarantined(source, 1, 0, "no text: the file is empty", raw)
    if (reason := undecodable(raw)) is not None:
        return Quarantined(source, 1, 0, reason, raw)
    text = raw.removeprefix(_BOM).decode("utf-8")
    if not has_content(text):
        return Quarantined(source, 1, 0, "only white space: nothing in the file can be read", raw)
    return Record(Release(id=release_id, text=text, title=title_of_text(text), source=source), 1, 0)


def text_of(name: str) -> str:
    """The text of one file, or of standard input for "-".

    Raises:
        InputError: It is missing, no file, or no UTF-8.
    """
    path = None if name == "-" else Path(name)
    if path is not None and path.is_dir():
        raise InputError(f"{path} is a folder; name a text file")
    if path is not None and not path.exists():
        raise InputError(f"{path} does not exist; name a text file, or - for standard input")
    with open_source(path, name) as opened:
        raw = opened.stream.read()
    if (reason := undecodable(raw)) is not None:
        raise InputError(f"{name} is no text: {reason}")
    return raw.removeprefix(_BOM).decode("utf-8")
