"""The lines of a stream, none of them longer than is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

__all__ = ["numbered_lines"]

_SKIPPED_AT_A_TIME = 1 << 20


def numbered_lines(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, int, bytes, int]]:
    """Yield the lines of a stream as (number from 1, offset, bytes, length).

    The line break is one of the bytes. Of a line with more than ``max_bytes`` the bytes are its beginning, so that the
    length is larger than their number; the rest is skipped and never held.
    """
    offset = 0
    for number, raw in enumerate(iter(partial(stream.readline, max_bytes + 1), b""), 1):
        length = len(raw)
        if length > max_bytes and not raw.endswith(b"\n"):
            length += _rest_of_line(stream)
        yield number, offset, raw, length
        offset += length


def _rest_of_line(stream: BinaryIO) -> int:
    length = 0
    while more := stream.readline(_SKIPPED_AT_A_TIME):
        length += len(more)
        if more.endswith(b"\n"):
            break
    return length
