"""Compiled loops over sorted sets of hashes: making them and intersecting them (numba).

numba's cache does not see that kernel.py uses these: change it as well.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["HASH_BITS", "overlap", "overlaps", "unique"]

HASH_BITS = 32
_INSERT_UP_TO = 80  # values that are sorted by insertion alone
_TWO_DIGITS_UP_TO = 8192
_DIGIT_BITS = 11


@njit(cache=True, nogil=True)
def unique(values: Any, count: Any, spare: Any, out: Any, bits: Any) -> Any:
    """Sort ``values[:count]`` (kept in ``values`` or ``spare``), write each once to ``out``; returns how many.

    The values are hashes below ``2**bits``: once sorted by their upper 22 bits hardly any two are out of order.
    Insertion mends those, unless there are so many values that a feed made for it could make that slow.
    """
    if count == 0:
        return 0
    source, target = values, spare
    if count > _INSERT_UP_TO:
        digits = np.empty((3, 1 << _DIGIT_BITS), np.uint32)
        first = 0 if count > _TWO_DIGITS_UP_TO else 1
        for digit in range(first, 3):  # least significant first
            shift, mask = _digit(digit, bits - 2 * _DIGIT_BITS)
            starts = digits[digit]
            starts[: mask + 1] = 0
            for i in range(count):
                starts[(source[i] >> shift) & mask] += np.uint32(1)
            total = np.uint32(0)
            for bucket in range(mask + 1):
                size = starts[bucket]
                starts[bucket] = total
                total = np.uint32(total + size)
            for i in range(count):
                value = source[i]
                bucket = (value >> shift) & mask
                target[starts[bucket]] = value
                starts[bucket] += np.uint32(1)
            source, target = target, source
    for i in range(1, count):
        value = source[i]
        j = i - 1
        while j >= 0 and source[j] > value:
            source[j + 1] = source[j]
            j -= 1
        source[j + 1] = value
    size = 0
    for i in range(count - 1):  # free of branches: a value that comes again is written over
        out[size] = source[i]
        size += source[i] != source[i + 1]
    out[size] = source[count - 1]
    return size + 1


@njit(cache=True, nogil=True)
def _digit(digit: Any, low_bits: Any) -> Any:
    """Shift and mask of a digit: ``low_bits`` bits, then twice eleven."""
    if digit == 0:
        return np.uint32(0), np.uint32((1 << low_bits) - 1)
    return np.uint32(low_bits + _DIGIT_BITS * (digit - 1)), np.uint32((1 << _DIGIT_BITS) - 1)


@njit(cache=True, nogil=True)
def overlap(a: Any, b: Any) -> Any:
    """How many values two sorted unique arrays share; values of a much shorter one are looked for in leaps."""
    if len(a) > len(b):
        a, b = b, a
    shared = 0
    j = 0
    if len(a) * 8 > len(b):
        i = 0
        while i < len(a) and j < len(b):
            left, right = a[i], b[j]
            shared += left == right
            i += left <= right
            j += right <= left
        return shared
    for i in range(len(a)):
        value = a[i]
        step = 1
        while j + step < len(b) and b[j + step] < value:
            j += step
            step += step
        while step > 1:
            step >>= 1
            if j + step < len(b) and b[j + step] < value:
                j += step
        if b[j] < value:
            j += 1
            if j == len(b):
                break
        shared += b[j] == value
    return shared


@njit(cache=True, nogil=True)
def overlaps(values: Any, bounds: Any, pairs: Any, out: Any) -> None:
    """``out[k]``: how many values the sorted unique texts ``pairs[k, 0]`` and ``pairs[k, 1]`` share."""
    for k in range(len(pairs)):
        i, j = pairs[k]
        out[k] = overlap(values[bounds[i] : bounds[i + 1]], values[bounds[j] : bounds[j + 1]])
