"""An array that grows by parts of unknown number without ever being there twice.

Joining parts at the end would need all of them and the whole at once: the peak of a large job. Growing asks the
allocator for more behind the array, and Linux moves large blocks by their page tables, not by their bytes.
"""

from __future__ import annotations

import mmap
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Growing", "fleeting"]

_STEP_BYTES = 16 << 20

U32 = npt.NDArray[np.uint32]


def fleeting(count: int, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """An array of zeros whose memory goes back to the system as soon as it is let go.

    An allocator keeps what threads free for their next requests: a job of a million releases would hold a tenth more.
    """
    size = count * np.dtype(dtype).itemsize
    return np.frombuffer(mmap.mmap(-1, max(1, size)), dtype=dtype, count=count)


class Growing:
    """Rows of uint32, appended part by part.

    Args:
        columns: Values a row; None for a one-dimensional array.
    """

    def __init__(self, columns: int | None = None) -> None:
        self._tail = () if columns is None else (columns,)
        self._rows: U32 = np.empty((0, *self._tail), dtype=np.uint32)
        self._count = 0
        self._step = max(1, _STEP_BYTES // (4 * (columns or 1)))

    def append(self, rows: U32) -> None:
        """Add rows: uint32 of shape ``(n,)`` or ``(n, columns)``."""
        end = self._count + len(rows)
        if end > len(self._rows):
            # numpy fills what it adds with zeros, so a small array doubles and a large one grows by a step.
            more = max(min(len(self._rows), self._step), len(self._rows) // 16)
            room = max(end, len(self._rows) + more) if self._count else 4 * end
            self._rows.resize((room, *self._tail), refcheck=False)
        self._rows[self._count : end] = rows
        self._count = end

    def done(self) -> U32:
        """The array, of exactly the rows that were appended; nothing can be appended afterwards."""
        rows, self._rows = self._rows, np.empty((0, *self._tail), dtype=np.uint32)
        rows.resize((self._count, *self._tail), refcheck=False)
        return rows
