"""The bytes of records that are too long to be held: copied from the feed to a file beside quarantine.jsonl."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import IO, Any, BinaryIO

from obecsum.core.errors import InputError
from obecsum.core.serialize import json_line
from obecsum.feeds.formats.text_folder import folder_files, name_in_text
from obecsum.feeds.records.encoding import Utf16Stream
from obecsum.feeds.records.open import open_source
from obecsum.feeds.records.record import Quarantined
from obecsum.feeds.sources import Source
from obecsum.jobs.state.folder import LONG_NAME
from obecsum.jobs.state.work import WorkFolder, failed

__all__ = ["LongRecords"]

_CHUNK_BYTES = 1 << 20


@dataclass(slots=True)
class LongRecords:
    """Records of which a reader gave the beginning only, until their bytes are copied.

    Attributes:
        found: Number of the record in the feed, number of its source, and what the reader gave.
    """

    found: list[tuple[int, int, Quarantined]] = field(default_factory=list)

    def add(self, number: int, source: int, entry: Quarantined) -> None:
        """Take note of a record, if the reader did not give all of it."""
        if entry.length is not None and entry.length > len(entry.raw):
            self.found.append((number, source, entry))

    def copied(self, sources: Sequence[Source], work: WorkFolder) -> list[tuple[int, bytes]]:
        """Read the sources again as far as needed and copy what was not held.

        Args:
            sources: Files and folders.
            work: Where the file goes, over one of an earlier run.

        Returns:
            Rows of the store's table ``quarantined``: each says where in the file its bytes are.

        Raises:
            InputError: A source can no longer be read, or is another than before.
            OutputError: The disk is full or fails.
        """
        rows: list[tuple[int, bytes]] = []
        target = work.file(LONG_NAME)
        if not self.found:
            target.unlink(missing_ok=True)
            return rows
        try:
            with work.open(LONG_NAME) as file:
                for (source, name), records in groupby(self.found, key=lambda one: (one[1], one[2].source)):
                    rows += _copied_of(sources[source], name, [(one[0], one[2]) for one in records], file)
        except OSError as error:
            raise failed(target, error) from error
        return rows


def _copied_of(
    source: Source, name: str, records: Sequence[tuple[int, Quarantined]], file: IO[bytes]
) -> Iterator[tuple[int, bytes]]:
    """Copy the records of one file, in the order in which they stand there."""
    path = source.path
    if path is not None and name != source.name:  # a file of a folder
        wanted = name.removeprefix(f"{source.name}/")
        path = next(one for one in folder_files(path) if name_in_text(one.relative_to(path).as_posix()) == wanted)
    with open_source(path, name, limits=source.limits, encoding=source.encoding) as opened:
        at = 0
        for number, entry in records:
            assert entry.length is not None
            _pass(opened.stream, entry.byte_offset - at)
            begin = file.tell()
            copied = _copy(opened.stream, entry.length, opened.utf16, file)
            at = entry.byte_offset + copied
            if copied != entry.length:
                raise InputError(f"{name} changed while it was read: the record in line {entry.line} is shorter now")
            row: dict[str, Any] = entry.to_json()
            row |= {"raw_file": LONG_NAME, "raw_offset": begin, "raw_length": file.tell() - begin}
            yield number, json_line(row)


def _pass(stream: BinaryIO, count: int) -> None:
    while count > 0 and (data := stream.read(min(count, _CHUNK_BYTES))):
        count -= len(data)


def _copy(stream: BinaryIO, count: int, utf16: Utf16Stream | None, file: IO[bytes]) -> int:
    """Copy bytes as they stand in the file: UTF-16 as such. Returns how many of the stream there were."""
    left = count
    held = b""
    while left > 0 and (data := stream.read(min(left, _CHUNK_BYTES))):
        left -= len(data)
        if utf16 is None:
            file.write(data)
            continue
        data = held + data
        end = len(data)
        while end > 0 and data[end - 1] & 0xC0 == 0x80:
            end -= 1
        end = max(0, end - 1)  # the last character may go on in the next part
        file.write(utf16.original(data[:end]))
        held = data[end:]
    if utf16 is not None:
        file.write(utf16.original(held))
    return count - left
