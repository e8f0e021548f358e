"""Compiled loops over sorted sets of hashes: making them and intersecting them (numba).

numba's cache does not see that kernel.py uses these: change it as well.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["HASH_BITS", "members", "overlap", "overlaps", "unique"]

HASH_BITS = 32
_INSERT_UP_TO = 80  # values that are sorted by insertion alone
_TWO_DIGITS_UP_TO = 8192
_DIGIT_BITS = 11
_TIMES_LARGER = 32  # from which ratio on a directory of the larger set pays, and how many look-ups
_BUCKET = 8


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
    """``out[k]``: how many values the sorted unique texts ``pairs[k, 0]`` and ``pairs[k, 1]`` share.

    Pairs in a row that have a very large text in common are counted by a directory of it.
    """
    directory = np.empty(0, np.uint32)
    begin = 0
    while begin < len(pairs):
        large = _larger(bounds, pairs[begin])
        b = values[bounds[large] : bounds[large + 1]]
        end, looked_up = begin, 0
        while end < len(pairs) and _larger(bounds, pairs[end]) == large:
            small = pairs[end, 0] + pairs[end, 1] - large
            size = bounds[small + 1] - bounds[small]
            looked_up += size if size * _TIMES_LARGER <= len(b) else 0
            end += 1
        has_directory = len(b) < looked_up * _TIMES_LARGER
        if has_directory:
            bits = _directory_bits(len(b))
            if len(directory) <= 1 << bits:
                directory = np.empty((1 << bits) + 1, np.uint32)
            _fill_directory(b, bits, directory)
        for k in range(begin, end):
            small = pairs[k, 0] + pairs[k, 1] - large
            a = values[bounds[small] : bounds[small + 1]]
            if has_directory and len(a) * _TIMES_LARGER <= len(b):
                out[k] = _count_members(a, b, bits, directory)
            else:
                out[k] = overlap(a, b)
        begin = end


@njit(cache=True, nogil=True)
def members(rows: Any, b: Any, out: Any) -> None:
    """``out[k]``: how many of the values ``rows[k]``, in any order, the large sorted unique ``b`` has."""
    bits = _directory_bits(len(b))
    directory = np.empty((1 << bits) + 1, np.uint32)
    _fill_directory(b, bits, directory)
    for k in range(len(rows)):
        out[k] = _count_members(rows[k], b, bits, directory)


@njit(cache=True, nogil=True)
def _larger(bounds: Any, pair: Any) -> Any:
    """The text of a pair that has more values; the second where both have as many."""
    i, j = pair
    return i if bounds[i + 1] - bounds[i] > bounds[j + 1] - bounds[j] else j


@njit(cache=True, nogil=True)
def _directory_bits(count: Any) -> Any:
    """How many upper bits make buckets of two to four of ``count`` values."""
    bits = 1
    while count >> (bits + 2) > 0:
        bits += 1
    return bits


@njit(cache=True, nogil=True)
def _fill_directory(b: Any, bits: Any, directory: Any) -> None:
    """Where in ``b`` the values of each bucket begin, by their upper ``bits``; hashes fill buckets evenly."""
    shift = np.uint32(HASH_BITS - bits)
    directory[: (1 << bits) + 1] = 0
    for i in range(len(b)):
        directory[(b[i] >> shift) + np.uint32(1)] += np.uint32(1)
    for bucket in range(1 << bits):
        directory[bucket + 1] += directory[bucket]


@njit(cache=True, nogil=True)
def _count_members(a: Any, b: Any, bits: Any, directory: Any) -> Any:
    """How many of the values ``a`` are in ``b``: each is compared with all of its bucket at once."""
    shift = np.uint32(HASH_BITS - bits)
    last = len(b) - _BUCKET
    shared = np.uint32(0)
    for i in range(len(a)):
        value = a[i]
        bucket = value >> shift
        j, end = np.int64(directory[bucket]), np.int64(directory[bucket + np.uint32(1)])
        if end - j <= _BUCKET and j <= last:
            for k in range(_BUCKET):
                shared += np.uint32(b[j + k] == value)
        else:
            while j < end:  # by halves: hashes of a feed made for it need not be even
                middle = (j + end) // 2
                if b[middle] < value:
                    j = middle + 1
                else:
                    end = middle
            shared += np.uint32(j < len(b) and b[j] == value)
    return shared
