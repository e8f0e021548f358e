"""Arrays outside the allocator: ones that grow without ever being there twice, and ones that are let go at once.

An allocator keeps what it was given back for its next requests, and joining parts at the end needs all of them and the
whole at once. Both would be the peak of a large job. So large arrays lie in memory that is asked of the system itself:
it takes no page before that is written to, grows by moving page tables, not bytes, and goes back when it is let go.
"""

from __future__ import annotations

import contextlib
import mmap
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Growing", "fleeting", "give_back"]

_MAPPED_FROM_BYTES = 16 << 20  # smaller arrays grow in the allocator's memory, which may have been touched before
_LARGE_BYTES = 64 << 20
_ANONYMOUS = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS} if hasattr(mmap, "MAP_PRIVATE") else {}

U32 = npt.NDArray[np.uint32]


def fleeting(count: int, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """An array of zeros whose memory goes back to the system as soon as it is let go.

    An allocator keeps what threads free for their next requests: a job of a million releases would hold a tenth more.
    """
    return np.frombuffer(_mapped(count * np.dtype(dtype).itemsize), dtype=dtype, count=count)


def give_back(worked_bytes: int) -> None:
    """Return to the system what the allocator keeps of what was freed, where it can: glibc keeps some for each thread.

    Called at the end of each step of a job: in a large one, what a step leaves behind would lie below the next one's
    peak.

    Args:
        worked_bytes: Size of what the step worked on. Nothing is done for a small one, whose memory is soon used again.
    """
    if worked_bytes >= _LARGE_BYTES:
        _trim()(0)


@lru_cache(maxsize=1)
def _trim() -> Callable[[int], object]:
    import ctypes

    try:
        trim: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another allocator, or Windows
        return lambda _: None
    return trim


class Growing:
    """Rows of uint32, appended part by part.

    Args:
        columns: Values a row; None for a one-dimensional array.
    """

    def __init__(self, columns: int | None = None) -> None:
        self._tail = () if columns is None else (columns,)
        self._rows: U32 = np.empty((0, *self._tail), dtype=np.uint32)
        self._memory: mmap.mmap | None = None
        self._count = 0

    def append(self, rows: U32) -> None:
        """Add rows: uint32 of shape ``(n,)`` or ``(n, columns)``."""
        end = self._count + len(rows)
        if end > len(self._rows):
            self._set_room(max(end, 2 * len(self._rows)) if self._count else 4 * end)
        self._rows[self._count : end] = rows
        self._count = end

    @property
    def rows(self) -> U32:
        """The rows so far, to read or to write; not to be held when more are appended."""
        return self._rows[: self._count]

    def cut(self, count: int) -> None:
        """Forget the rows behind the first ``count``; their memory is for the next ones."""
        self._count = count

    def done(self) -> U32:
        """The array, of exactly the rows that were appended; nothing can be appended afterwards."""
        if self._count < len(self._rows):
            self._set_room(self._count)
        rows, self._rows, self._memory = self._rows, np.empty((0, *self._tail), dtype=np.uint32), None
        return rows

    def _set_room(self, count: int) -> None:
        shape = (count, *self._tail)
        size = 4 * int(np.prod(shape))
        if self._memory is None and size < _MAPPED_FROM_BYTES:
            self._rows.resize(shape, refcheck=False)
            return
        before = self._rows[: self._count]
        self._rows = self._rows[:0].copy()  # no view may be left when memory moves
        if self._memory is not None:
            del before
            self._memory = _resized(self._memory, size)
            self._rows = np.frombuffer(self._memory, dtype=np.uint32, count=size // 4).reshape(shape)
        else:
            self._memory = _in_large_pages(_mapped(size))
            self._rows = np.frombuffer(self._memory, dtype=np.uint32, count=size // 4).reshape(shape)
            self._rows[: self._count] = before


def _mapped(size: int) -> mmap.mmap:
    return mmap.mmap(-1, max(1, size), **_ANONYMOUS)


def _in_large_pages(memory: mmap.mmap) -> mmap.mmap:
    """Asked for where the system has them: rows that are read here and there cost fewer look-ups of addresses."""
    if hasattr(mmap, "MADV_HUGEPAGE"):
        with contextlib.suppress(OSError):  # a system without them
            memory.madvise(mmap.MADV_HUGEPAGE)
    return memory


def _resized(memory: mmap.mmap, size: int) -> mmap.mmap:
    try:
        memory.resize(max(1, size))
    except (OSError, SystemError, ValueError):  # not every system can
        other = _mapped(size)
        kept = min(size, len(memory))
        other[:kept] = memoryview(memory)[:kept]
        memory.close()
        return other
    return memory
