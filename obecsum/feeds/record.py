"""What a reader yields: a release with its place, or the record that it could not use.

Nothing that was in a feed is dropped on the way: a reader yields a :class:`Record` or a :class:`Quarantined` for each.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from obecsum.release import Release

__all__ = ["Entries", "Entry", "Quarantined", "Record", "undecodable"]


@dataclass(frozen=True, slots=True)
class Record:
    """A release and where it was read.

    Attributes:
        release: What was read.
        line: Line of the source on which the record begins, from 1.
        byte_offset: Offset of the record's first byte in the decompressed source.
    """

    release: Release
    line: int
    byte_offset: int


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that cannot be used, with everything needed to find and to feed it again.

    Attributes:
        source: Name of the file or feed.
        line: Line on which the record begins, from 1.
        byte_offset: Offset of the record's first byte in the decompressed source.
        reason: Why, for people. What precedes the first colon is a fixed phrase ("no JSON", "no text", ...).
        raw: The record's own bytes.
    """

    source: str
    line: int
    byte_offset: int
    reason: str
    raw: bytes

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
            "reason": self.reason,
            "raw_base64": base64.b64encode(self.raw).decode("ascii"),
        }


Entry = Record | Quarantined
Entries = Iterator[Entry]


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
