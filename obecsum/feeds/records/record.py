"""What a reader yields: a release with its place, or the record that it could not use.

Nothing that was in a feed is dropped on the way: a reader yields a :class:`Record` or a :class:`Quarantined` for each.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from obecsum.core.release import Release
from obecsum.feeds.records.limits import KEPT_BYTES

__all__ = ["Quarantined", "ReadEntries", "ReadEntry", "Record", "too_long", "undecodable"]


class Record(NamedTuple):
    """A release and where it was read.

    Attributes:
        release: What was read.
        line: Line of the source on which the record begins, from 1; in Parquet and Arrow the number of the row.
        byte_offset: Offset of the record's first byte in the decompressed source (for UTF-16 in its UTF-8 form); 0
            where there is none.
        length: Bytes of the record, if they stand like that in a plain file of JSON values and can be read again by
            themselves (see :class:`obecsum.feeds.reread.Again`); else None, also where other records told how to read
            it (:mod:`~obecsum.feeds.records.habits`).
    """

    release: Release
    line: int
    byte_offset: int
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that cannot be used, with everything needed to find and to feed it again.

    Attributes:
        source: Name of the file or feed.
        line: As in :class:`Record`.
        byte_offset: As in :class:`Record`.
        reason: Why, for people. What precedes the first colon is a fixed phrase ("no JSON", "no text", ...).
        raw: The record's own bytes; of one that is too long to be read, its beginning (a job copies the rest from the
            feed, see ``jobs.state``). Formats whose records have no bytes of their own give the row as JSON
            (Parquet, Arrow).
        length: Bytes of the whole record where ``raw`` is its beginning only; else None.
    """

    source: str
    line: int
    byte_offset: int
    reason: str
    raw: bytes
    length: int | None = None

    @property
    def kind(self) -> str:
        """The fixed phrase at the start of the reason; what a report counts by."""
        return self.reason.partition(":")[0]

    def to_json(self) -> dict[str, Any]:
        """The line of quarantine.jsonl."""
        return {
            "source": self.source,
            "line": self.line,
            "byte_offset": self.byte_offset,
            "length": len(self.raw) if self.length is None else self.length,
            "reason": self.reason,
            "raw_base64": base64.b64encode(self.raw).decode("ascii"),
        }


ReadEntry = Record | Quarantined
ReadEntries = Iterator[ReadEntry]


def too_long(source: str, line: int, byte_offset: int, raw: bytes, length: int, *, limit: int) -> Quarantined:
    """The quarantine entry of a record that has more bytes than are read.

    Args:
        source: Name of the source.
        line: Line on which the record begins.
        byte_offset: Offset of its first byte.
        raw: Its beginning; what is kept of it is cut to 64 KiB.
        length: All its bytes.
        limit: Bytes that are allowed.
    """
    reason = f"too long: {length:,} bytes, and at most {limit:,} are read; raise it with --max-record-mb"
    return Quarantined(source, line, byte_offset, reason, raw[:KEPT_BYTES], length)


def undecodable(raw: bytes) -> str | None:
    """Why bytes are no UTF-8, as a reason for the quarantine; None where they are."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = raw[error.start : error.start + 3]
        # ED A0..BF is how U+D800 to U+DFFF would be written, which UTF-8 has no place for.
        if wrong[0] == 0xED and len(wrong) > 1 and wrong[1] >= 0xA0:
            return f"lone surrogates: bytes {wrong.hex(' ')} at byte {error.start}"
        return f"invalid UTF-8: byte {wrong[:1].hex()} at byte {error.start}"
    return None
