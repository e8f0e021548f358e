"""The compiled loops behind shingles, signatures and exact comparison (numba; imported only when a batch is worth it).

No object is made per shingle. A text is scanned once: a table look-up folds each code point, the neighbor rules of
:mod:`obecsum.thai.normalize` repair marks in the output buffer, white space is left out. Then the shingles of the text
are hashed from the buffer, position by position, and one pass over the hashes keeps all minima in vector registers.
All functions release the GIL, so threads over chunks of a batch use all cores.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from obecsum.thai import normalize as rules

__all__ = ["overlap", "overlaps", "sign_batch", "unique_batch"]

SHINGLE_SIZE = 5
# Powers of an odd constant (2**32 divided by the golden ratio), highest first: a polynomial hash modulo 2**32.
_BASE = 0x9E3779B1
_P4, _P3, _P2, _P1 = (np.uint32(pow(_BASE, power, 1 << 32)) for power in (4, 3, 2, 1))

_VOWEL, _NIKHAHIT, _TONE = np.uint32(rules.VOWEL), np.uint32(rules.NIKHAHIT), np.uint32(rules.TONE)
_AA, _AM, _SARA_E = np.uint32(rules.AA), np.uint32(rules.AM), np.uint32(rules.SARA_E)
_DOT = np.uint32(rules.DOT)
_TONE_ON_NIKHAHIT = np.uint32(rules.TONE_ON_NIKHAHIT)
_SPACE, _DROP = np.uint32(rules.SPACE), np.uint32(rules.DROP)
_TABLE_SIZE = np.uint32(rules.TABLE_SIZE)
_CODE_AM = np.uint32(0x0E33)
_CODE_AE = np.uint32(0x0E41)
_CODE_ELLIPSIS = np.uint32(0x2026)

_LANES = 16  # uint32 lanes of one vector: 512 bits; LLVM splits it where registers are narrower
_VECTORS = 8  # vectors that one pass keeps in registers
BLOCK = _LANES * _VECTORS  # permutations of one pass
_SLOTS = 4096  # a third of the first-level cache


def _minima_code(_typing: Any, values: Any, count: Any, factors: Any, addends: Any, out: Any) -> Any:
    """``out[k] = min(values[:count] * factors[k] + addends[k])`` in uint32 for ``BLOCK`` values of k, in one pass.

    Written in LLVM's vector types because the loop vectorizer stops at 256 bits and would make a pass per permutation.
    All arrays are contiguous uint32.
    """
    signature = types.void(values, count, factors, addends, out)

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        scalar = ir.IntType(32)
        vector = ir.VectorType(scalar, _LANES)

        def pointer(position: int) -> Any:
            array_type = signature.args[position]
            return context.make_array(array_type)(context, builder, args[position]).data

        def lanes(position: int, index: int) -> Any:
            start = builder.gep(pointer(position), [ir.Constant(ir.IntType(64), index * _LANES)])
            return builder.bitcast(start, vector.as_pointer())

        values_at = pointer(0)
        minima = []
        for _ in range(_VECTORS):
            minima.append(_slot(builder, vector))
            builder.store(ir.Constant(vector, [0xFFFFFFFF] * _LANES), minima[-1])
        factor = [builder.load(lanes(2, index), align=4) for index in range(_VECTORS)]
        addend = [builder.load(lanes(3, index), align=4) for index in range(_VECTORS)]
        with cgutils.for_range(builder, args[1]) as loop:
            value = builder.load(builder.gep(values_at, [loop.index]), align=4)
            first = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(scalar, 0))
            spread = builder.shuffle_vector(first, ir.Constant(vector, ir.Undefined), ir.Constant(vector, [0] * _LANES))
            for index in range(_VECTORS):
                permuted = builder.add(builder.mul(spread, factor[index]), addend[index])
                smallest = builder.load(minima[index])
                smaller = builder.icmp_unsigned("<", permuted, smallest)
                builder.store(builder.select(smaller, permuted, smallest), minima[index])
        for index in range(_VECTORS):
            builder.store(builder.load(minima[index]), lanes(4, index), align=4)
        return context.get_dummy_value()

    return signature, codegen


_minima: Any = intrinsic(_minima_code)
_slot: Any = cgutils.alloca_once


@njit(cache=True, nogil=True)
def _mix(value: Any) -> Any:
    """The 32-bit finalizer of MurmurHash3, a bijection (Appleby 2011); datasketch mixes its input with the same."""
    # numba widens every operation to 64 bits: without the casts the result would differ and the loop be half as fast.
    value = np.uint32(value ^ (value >> np.uint32(16)))
    value = np.uint32(value * np.uint32(0x85EBCA6B))
    value = np.uint32(value ^ (value >> np.uint32(13)))
    value = np.uint32(value * np.uint32(0xC2B2AE35))
    return np.uint32(value ^ (value >> np.uint32(16)))


@njit(cache=True, nogil=True)
def _class_at(out: Any, table: Any, at: Any, fence: Any) -> Any:
    """Class of a code point that was written; plain before ``fence``."""
    if at < fence or out[at] >= _TABLE_SIZE:
        return np.uint32(0)
    return np.uint32(table[out[at]] >> np.uint32(24))


@njit(cache=True, nogil=True)
def _append_by_rule(out: Any, n: Any, fence: Any, code: Any, class_: Any, table: Any) -> Any:
    """Write a code point where a rule may apply, as ``normalize._rewrite`` does; returns the new length."""
    last = _class_at(out, table, n - 1, fence)
    before = _class_at(out, table, n - 2, fence)
    if _VOWEL <= class_ <= _TONE:
        turn = _AM if class_ == _TONE else _TONE
        at = n - 1 if last == turn and before != turn else n
        if at > fence and out[at - 1] == code:
            return n
        if at < n:
            out[n] = out[at]
        out[at] = code
        return n + 1
    if class_ == _AA:
        at = n - 1 if last == _NIKHAHIT else n - 2 if last == _TONE and before == _NIKHAHIT else -1
        if at >= 0:
            behind = _class_at(out, table, at - 1, fence)
            if behind != _TONE and behind != _AM:
                if at == n - 2:
                    out[at] = out[n - 1]
                out[n - 1] = _CODE_AM
                return n
    elif class_ == _SARA_E and last == _SARA_E:
        out[n - 1] = _CODE_AE
        return n
    elif class_ >= _DOT and last >= _DOT:
        out[n - 1] = _CODE_ELLIPSIS
        return n
    out[n] = code
    return n + 1


@njit(cache=True, nogil=True)
def scan(source: Any, table: Any, suspects: Any, out: Any) -> Any:
    """Write the folded code points of ``source`` without white space to ``out``; returns how many.

    Args:
        source: uint32 code points.
        table: ``normalize.kernel_table()``.
        suspects: ``normalize.scanner_pairs()``. Everything but plain appending happens at such pairs only: marks are
            frequent, and a branch at each would be mispredicted.
        out: uint32, at least as long as ``source``.
    """
    n = np.uint64(0)  # unsigned: numba would ask at each index whether it counts from the end
    fence = np.uint64(0)  # behind the last white space: rules do not look across it
    last = np.uint32(0)
    for i in range(len(source)):
        raw = source[i]
        entry = table[raw] if raw < _TABLE_SIZE else raw
        class_ = np.uint32(entry >> np.uint32(24))
        if not suspects[(last << np.uint32(4)) | class_]:
            out[n] = np.uint32(entry & np.uint32(0xFFFFFF))
            n = np.uint64(n + np.uint64(1))
            last = class_
        elif class_ == _SPACE:
            fence = n
            last = np.uint32(0)
        elif class_ != _DROP:
            begin = np.int64(fence)
            end = _append_by_rule(out, np.int64(n), begin, np.uint32(entry & np.uint32(0xFFFFFF)), class_, table)
            last = _class_at(out, table, end - 1, begin)
            if last == _TONE and _class_at(out, table, end - 2, begin) == _NIKHAHIT:
                last = _TONE_ON_NIKHAHIT
            n = np.uint64(end)
    return np.int64(n)


@njit(cache=True, nogil=True)
def grams(folded: Any, n: Any, out: Any) -> Any:
    """Hash every ``SHINGLE_SIZE`` code points in a row to 32 bits; a shorter text is one shingle, padded with zeros.

    ``folded`` needs ``SHINGLE_SIZE - 1`` places behind ``n``. Returns the number of shingles.
    """
    if n == 0:
        return 0
    if n < SHINGLE_SIZE:
        for i in range(n, SHINGLE_SIZE):
            folded[i] = 0
        n = SHINGLE_SIZE
    count = n - (SHINGLE_SIZE - 1)
    for i in range(count):
        value = np.uint32(folded[i] * _P4)
        value = np.uint32(value + np.uint32(folded[i + 1] * _P3))
        value = np.uint32(value + np.uint32(folded[i + 2] * _P2))
        value = np.uint32(value + np.uint32(folded[i + 3] * _P1))
        out[i] = _mix(np.uint32(value + folded[i + 4]))
    return count


@njit(cache=True, nogil=True)
def _thin(hashes: Any, count: Any, seen: Any) -> Any:
    """Drop most repeated hashes, in place, and mix the others; returns how many are left.

    ``seen`` remembers the last hash of each slot. What it forgets stays in twice, which changes no minimum. A third of
    the shingles of a release are repeats, and each that goes saves a multiplication for every permutation.
    """
    for slot in range(_SLOTS):
        seen[slot] = ~np.uint32(slot)  # no hash of this slot
    kept = np.uint64(0)
    for i in range(count):
        value = hashes[i]
        slot = value & np.uint32(_SLOTS - 1)
        hashes[kept] = value
        kept = np.uint64(kept + np.uint64(seen[slot] != value))
        seen[slot] = value
    left = np.int64(kept)
    for i in range(left):
        hashes[i] = _mix(hashes[i])
    return left


@njit(cache=True, nogil=True)
def _room(bounds: Any) -> Any:
    """Buffer size that the longest text of a batch needs."""
    longest = 0
    for i in range(len(bounds) - 1):
        longest = max(longest, bounds[i + 1] - bounds[i])
    return longest + SHINGLE_SIZE


@njit(cache=True, nogil=True)
def sign_batch(
    source: Any, bounds: Any, table: Any, suspects: Any, factors: Any, addends: Any, limit: Any, out: Any, sample: Any
) -> Any:
    """Signatures of the texts ``source[bounds[i]:bounds[i + 1]]``, and a sample of their shingles.

    Args:
        source: uint32 code points of all texts.
        bounds: int64, one more than there are texts; becomes, in place, the bounds of the texts in ``sample``.
        table: As for :func:`scan`.
        suspects: As for :func:`scan`.
        factors: uint32, a multiple of ``BLOCK`` long: datasketch's permutations.
        addends: uint32, as ``factors``.
        limit: Mixed hashes below it are sampled; 0 for none.
        out: uint32, a row a text, a column a permutation.
        sample: uint32, as long as ``source`` where ``limit`` is above 0: sorted and unique per text.
    """
    room = _room(bounds)
    folded = np.empty(room, np.uint32)
    hashes = np.empty(room, np.uint32)
    seen = np.empty(_SLOTS, np.uint32)
    begin = bounds[0]
    total = 0
    bounds[0] = 0
    for i in range(len(bounds) - 1):
        end = bounds[i + 1]
        n = scan(source[begin:end], table, suspects, folded)
        begin = end
        count = _thin(hashes, grams(folded, n, hashes), seen)
        for start in range(0, len(factors), BLOCK):
            stop = start + BLOCK
            _minima(hashes, count, factors[start:stop], addends[start:stop], out[i, start:stop])
        if limit > 0:
            taken = 0
            for j in range(count):
                folded[taken] = hashes[j]
                taken += hashes[j] < limit
            total += _unique(folded, taken, hashes, sample[total:])
        bounds[i + 1] = total
    return total


@njit(cache=True, nogil=True)
def unique_batch(source: Any, bounds: Any, table: Any, suspects: Any, out: Any) -> Any:
    """Sorted unique shingles of each text into ``out``; ``bounds`` becomes their bounds; returns their number."""
    room = _room(bounds)
    folded = np.empty(room, np.uint32)
    hashes = np.empty(room, np.uint32)
    begin = bounds[0]
    total = 0
    bounds[0] = 0
    for i in range(len(bounds) - 1):
        end = bounds[i + 1]
        n = scan(source[begin:end], table, suspects, folded)
        begin = end
        count = grams(folded, n, hashes)
        total += _unique(hashes, count, folded, out[total:])
        bounds[i + 1] = total
    return total


@njit(cache=True, nogil=True)
def _unique(values: Any, count: Any, spare: Any, out: Any) -> Any:
    """Sort ``values[:count]`` (kept in ``values`` or ``spare``), write each once to ``out``; returns how many."""
    if count == 0:
        return 0
    if count <= 64:
        for i in range(1, count):
            value = values[i]
            j = i - 1
            while j >= 0 and values[j] > value:
                values[j + 1] = values[j]
                j -= 1
            values[j + 1] = value
        source = values
    else:  # least significant digit first, three digits of 11, 11 and 10 bits
        starts = np.zeros((3, 2048), np.uint32)
        for i in range(count):
            value = values[i]
            starts[0, value & np.uint32(2047)] += np.uint32(1)
            starts[1, (value >> np.uint32(11)) & np.uint32(2047)] += np.uint32(1)
            starts[2, value >> np.uint32(22)] += np.uint32(1)
        for digit in range(3):
            total = np.uint32(0)
            for bucket in range(2048):
                size = starts[digit, bucket]
                starts[digit, bucket] = total
                total = np.uint32(total + size)
        source, target = values, spare
        for digit in range(3):
            shift = np.uint32(11 * digit)
            for i in range(count):
                value = source[i]
                bucket = (value >> shift) & np.uint32(2047)
                target[starts[digit, bucket]] = value
                starts[digit, bucket] += np.uint32(1)
            source, target = target, source
    size = 0
    for i in range(count - 1):  # free of branches: a value that comes again is written over
        out[size] = source[i]
        size += source[i] != source[i + 1]
    out[size] = source[count - 1]
    return size + 1


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
