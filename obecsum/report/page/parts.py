"""The page's data: JSON in compressed parts, no more of them than the page has room for."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from typing import IO, Any

from obecsum.core.serialize import to_json

__all__ = ["Cards", "Texts"]

_PART_CARDS = 1000
_PART_BYTES = 256 << 10
_LEAST_ROOM = 16 << 10


def _packed(values: list[Any]) -> bytes:
    return base64.b64encode(zlib.compress(to_json(values), 6))


class Texts:
    """What cards show when they are opened, a part of some of them at a time.

    Args:
        spool: Where finished parts wait; they stand behind everything else on the page.
        most_bytes: All parts together may have so many.
    """

    def __init__(self, spool: IO[bytes], most_bytes: int) -> None:
        self._spool, self._left = spool, most_bytes
        self._open: list[Any] = []
        self._open_bytes = 0
        self._sizes: list[int] = []

    @property
    def is_full(self) -> bool:
        """Whether there is hardly room for another."""
        return self._left - self._open_bytes < _LEAST_ROOM

    def add(self, value: Any) -> list[int] | None:
        """Take what one card shows.

        Returns:
            The number of the part and the place in it; None if there is no room for it.
        """
        size = len(to_json(value))
        # As if nothing could be compressed: a promise of room that does not hold would be a page without the text.
        if size * 4 // 3 + self._open_bytes > self._left:
            return None
        place = [len(self._sizes), len(self._open)]
        self._open.append(value)
        self._open_bytes += size * 4 // 3
        if self._open_bytes >= _PART_BYTES:
            self._finish_part()
        return place

    def _finish_part(self) -> None:
        data = _packed(self._open)
        self._spool.write(data)
        self._sizes.append(len(data))
        self._left -= len(data)
        self._open, self._open_bytes = [], 0

    def parts(self) -> Iterator[bytes]:
        """All parts in order; nothing can be added any more."""
        if self._open:
            self._finish_part()
        self._spool.seek(0)
        for size in self._sizes:
            yield self._spool.read(size)


class Cards:
    """Cards of one kind, the first ones first.

    Args:
        most: At most so many.
        most_bytes: All parts together may have about so many.
    """

    def __init__(self, most: int, most_bytes: int) -> None:
        self._left, self._left_bytes = most, most_bytes
        self._open: list[Any] = []
        self._open_bytes = 0
        self.parts: list[bytes] = []
        self.total = 0

    @property
    def is_full(self) -> bool:
        """Whether no card has room any more."""
        return self._left <= 0 or self._left_bytes <= 0

    def add(self, card: Any) -> None:
        """Take a card, unless it is full."""
        self._open.append(card)
        self._open_bytes += len(to_json(card))
        self._left -= 1
        if len(self._open) >= _PART_CARDS or self._open_bytes >= 2 * _PART_BYTES:
            self.finish()

    def finish(self) -> None:
        """Complete the last part."""
        if self._open:
            self.parts.append(_packed(self._open))
            self._left_bytes -= len(self.parts[-1])
            self._open, self._open_bytes = [], 0
