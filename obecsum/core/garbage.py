"""Python's collector of cyclic garbage, asked rarely while many releases are compared."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["rare_collections"]

_ALLOCATIONS = 50_000
_FULL_EVERY = 100
_lock = threading.Lock()
_before: list[tuple[int, int, int]] = []  # what was set before the first of those that are in it now
_num_inside = 0


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let the collector look for cycles rarely, and through all objects hardly ever.

    Comparing makes hundreds of thousands of small objects that stay and no cycle; looking through them again and again
    took 7 % of a corpus' processor time. A collector that is switched off stays off; what was set is set again at the
    end, when the last of several threads leaves.
    """
    global _num_inside
    with _lock:
        _num_inside += 1
        if _num_inside == 1:
            _before.append(gc.get_threshold())
            young, middle, full = _before[0]
            if young:
                gc.set_threshold(max(young, _ALLOCATIONS), middle, max(full, _FULL_EVERY))
    try:
        yield
    finally:
        with _lock:
            _num_inside -= 1
            if not _num_inside:
                gc.set_threshold(*_before.pop())
