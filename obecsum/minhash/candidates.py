"""Pairs of releases that may be the same again, or one inside the other, found without comparing all with all.

:func:`candidate_pairs` finds pairs by their Jaccard similarity: locality-sensitive hashing in bands (Indyk and Motwani
1998), kept in sorted arrays instead of dictionaries. :func:`containment_candidates` finds a release inside a larger
one, where the Jaccard similarity says little. Both return candidates: verify them exactly with
:func:`obecsum.minhash.shingles.pair_overlaps`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import OptionError
from obecsum.minhash.loops import (
    equal_crowds,
    large_runs,
    link_runs,
    link_samples,
    loop,
    pick_values,
    rarest_values,
    shared_values,
)
from obecsum.minhash.memory import fleeting, give_back
from obecsum.minhash.shingles import I64, U32, count_threads
from obecsum.minhash.signatures import EMPTY, SAMPLE_RATE, Sketches

__all__ = [
    "candidate_pairs",
    "containment_candidates",
    "min_equal_values",
    "min_shared_samples",
]

_ALL_PAIRS_UP_TO = 24
_LEVELS = 4
_LEAST_ROWS = 4
_SIGMAS = 3.0  # how far below the true value an estimate may lie and still be a candidate
_SAMPLE_SIGMAS = 1.5  # the same for samples: of a short text they are small, and each candidate costs a comparison
_SLICES = 6  # of the sampled values; a text asks for one value of each
_SLICE_PARTS = 8
_MAX_OWNERS = 32
# Found by a text: twice the containers, and the uncertain ones.
_ENOUGH = 2  # in the first slice
_CROWDED = 0.35  # pairs a text in the first slice: above it a text that found one asks no further in the others
_ENOUGH_UNCROWDED = 64
_CROWD_FROM = 128  # texts: fewer are soon asked, however much they share
_PART = 1 << 13  # rows or values that numpy takes at once where it needs memory for each
_TEXTS_AT_ONCE = 1 << 12  # that a thread asks for

U64 = npt.NDArray[np.uint64]


def candidate_pairs(
    signatures: U32, *, min_jaccard: float = 0.5, rows: int | None = None, num_threads: int | None = None
) -> I64:
    """Pairs whose Jaccard similarity may be ``min_jaccard`` or more.

    Releases that agree in all values of a band fall into one bucket. A bucket of up to 24 gives all its pairs. A larger
    one links each member to the first and to its neighbor, and is split by the values of the next band, again and
    again, so that what is really alike in it is still paired; its cost grows with its size, not with the square. More
    than 24 of equal signatures are each linked to the first only. Of all these, pairs whose signatures agree in too few
    values (3 standard deviations below ``min_jaccard``) are dropped.

    Args:
        signatures: uint32 of shape ``(n, num_perm)`` from :func:`obecsum.signatures`.
        min_jaccard: Smallest similarity that matters, above 0 and up to 1.
        rows: Values a band. None chooses the most, from four on, that find a pair of exactly ``min_jaccard`` with
            a probability of 0.99; pairs above it are found more often. Of 128: four up to 0.7, six for 0.8. Four find a
            pair of 0.5 with a probability of 0.87; fewer would make crowded buckets.
        num_threads: Threads to use; all cores where None.

    Returns:
        int64 of shape ``(m, 2)``, smaller index first, sorted, each pair once. A text without shingles is in none.

    Raises:
        OptionError: An option is out of range.

    Example:
        >>> import obecsum
        >>> texts = ["สพฐ. จัดประชุมผู้อำนวยการโรงเรียน", "ข่าวอื่น", "สพฐ. จัดประชุม ผู้อำนวยการโรงเรียน"]
        >>> candidate_pairs(obecsum.signatures(texts)).tolist()
        [[0, 2]]
    """
    if not 0 < min_jaccard <= 1:
        hint = f"; did you mean {min_jaccard / 100:g}?" if 1 < min_jaccard <= 100 else ""
        raise OptionError(f"min_jaccard must be in (0, 1], got {min_jaccard}{hint}")
    num_perm = signatures.shape[1]
    rows = _choose_rows(num_perm, min_jaccard) if rows is None else rows
    if not 1 <= rows <= num_perm:
        raise OptionError(f"rows must be from 1 to {num_perm}, the length of a signature, got {rows}")
    workers = count_threads(num_threads)
    min_equal = min_equal_values(num_perm, min_jaccard)
    filled = _filled(signatures)
    if len(filled) < 2:
        return np.empty((0, 2), dtype=np.int64)

    equal, filled = _equal_crowds(signatures, filled)

    def one_band(band: int) -> U64:
        return _band_pairs(signatures, filled, band=band, rows=rows, min_equal=min_equal)

    with ThreadPoolExecutor(workers) as pool:
        pairs = _unpacked(_union(chain([equal], pool.map(one_band, range(num_perm // rows)))))
    give_back(signatures.nbytes)
    return pairs


def min_equal_values(num_perm: int, min_jaccard: float) -> int:
    """How many of ``num_perm`` values of two signatures must be equal for a candidate: 3 standard deviations below."""
    spread = _SIGMAS * math.sqrt(min_jaccard * (1 - min_jaccard) / num_perm)
    return max(1, math.ceil((min_jaccard - spread) * num_perm))


def min_shared_samples(sizes: I64, min_containment: float, *, sigmas: float = _SAMPLE_SIGMAS) -> I64:
    """How many of ``sizes`` sampled shingles of a text another must have, 1.5 standard deviations below.

    Args:
        sizes: int64.
        min_containment: Above 0 and up to 1.
        sigmas: Another number of standard deviations.

    Returns:
        int64, as ``sizes``; at least 1.
    """
    spread = sigmas * np.sqrt(min_containment * (1 - min_containment) * sizes)
    least: I64 = np.maximum(1, np.ceil(min_containment * sizes - spread)).astype(np.int64)
    return least


def containment_candidates(sketches: Sketches, *, min_containment: float = 0.8, num_threads: int | None = None) -> I64:
    """Pairs in which one text may have ``min_containment`` of its shingles in another that is at least as long.

    A text asks which others have its rarest sampled shingles, and estimates how much of it is in them by its sample and
    its signature (1.5 standard deviations below ``min_containment`` still pass). See docs/performance.md for how many
    pairs that finds and misses.

    Args:
        sketches: From :func:`obecsum.minhash.signatures.sketches_of`.
        min_containment: Smallest containment that matters, above 0 and up to 1.
        num_threads: Threads to use; all cores where None.

    Returns:
        int64 of shape ``(m, 2)``: (contained, container), sorted, each pair once. Near-equal pairs are among them.

    Raises:
        OptionError: An option is out of range.
    """
    if not 0 < min_containment <= 1:
        hint = f"; did you mean {min_containment / 100:g}?" if 1 < min_containment <= 100 else ""
        raise OptionError(f"min_containment must be in (0, 1], got {min_containment}{hint}")
    if len(sketches.samples) == 0:
        return np.empty((0, 2), dtype=np.int64)
    size = np.arange(int(np.diff(sketches.bounds).max()) + sketches.signatures.shape[1] + 1)
    may_miss = size - min_shared_samples(size, min_containment, sigmas=_SIGMAS)
    least = min_shared_samples(size, min_containment)
    fair = min_shared_samples(size, min_containment, sigmas=0.0)
    edges = np.linspace(0, (1 << 32) // SAMPLE_RATE + 1, _SLICES + 1).astype(np.int64).tolist()

    found, enough = np.empty(0, dtype=np.uint64), _ENOUGH
    limits = (may_miss, least, fair, np.zeros(len(sketches), dtype=np.uint8))
    with ThreadPoolExecutor(count_threads(num_threads)) as pool:
        for low, high in pairwise(edges):  # one slice at a time, all threads on it: each takes memory
            found = _union([found, _slice_pairs(sketches, low, high, (*limits, enough), pool)])
            give_back(sketches.signatures.nbytes)
            if low == 0:
                is_crowd = len(sketches) >= _CROWD_FROM and len(found) > _CROWDED * len(sketches)
                enough = 1 if is_crowd else _ENOUGH_UNCROWDED
    pairs = _unpacked(found)
    del found, limits
    give_back(sketches.signatures.nbytes)
    return pairs


def _slice_pairs(sketches: Sketches, low: int, high: int, limits: tuple[Any, ...], pool: ThreadPoolExecutor) -> U64:
    """Pairs found by the sampled values from ``low`` up to ``high``, as ``contained << 32 | container``, each once."""
    samples, bounds = sketches.samples, sketches.bounds
    count = len(bounds) - 1
    owners, runs = _slice_owners(sketches, low, high, pool)
    rarest = fleeting(count, np.int32)
    loop(rarest_values, work=4 * len(owners))(owners, runs, rarest)
    link = loop(link_samples, work=len(owners) * 64)
    fixed = (owners, runs, rarest, _MAX_OWNERS, samples, bounds, sketches.signatures, *limits)

    def ask(begin: int) -> U64:
        end = min(begin + _TEXTS_AT_ONCE, count)
        out = fleeting(2 * _MAX_OWNERS * (end - begin), np.uint64)
        return out[: link(*fixed, begin, end, out)].copy()

    return np.concatenate(list(pool.map(ask, range(0, count, _TEXTS_AT_ONCE))))


def _slice_owners(sketches: Sketches, low: int, high: int, pool: ThreadPoolExecutor) -> tuple[U32, I64]:
    """Who shares each sampled value from ``low`` up to ``high``: texts, value by value, and where each value begins.

    Found for a part of the values at a time: all of them sorted with their texts would be the peak of a large job.
    """
    edges = np.linspace(low, high, _SLICE_PARTS + 1).astype(np.uint32)
    pick = loop(pick_values, work=4 * len(sketches.samples))
    split = loop(shared_values, work=len(sketches.samples) // _SLICES)

    def one_part(edges: tuple[np.uint32, np.uint32]) -> tuple[U32, I64]:
        room = len(sketches.samples) // (_SLICES * _SLICE_PARTS) * 9 // 8 + 1024
        while True:
            values = fleeting(room, np.uint64)
            room = pick(sketches.samples, sketches.bounds, *edges, values)
            if room <= len(values):
                break
        values = values[:room]
        values.sort()
        part, ends = fleeting(room, np.uint32), fleeting(room // 2, np.int64)
        ends = ends[: split(values, part, ends)]
        return part[: ends[-1] if len(ends) else 0], ends

    owners = fleeting(len(sketches.samples), np.uint32)  # what is not written takes no memory
    ends, count = [np.zeros(1, dtype=np.int64)], 0
    for begin in range(0, _SLICE_PARTS, 2):  # two threads: what all parts find would be there twice
        for part, part_ends in pool.map(one_part, pairwise(edges[begin : begin + 3])):
            owners[count : count + len(part)] = part
            ends.append(part_ends + count)
            count += len(part)
    return owners[:count], np.concatenate(ends)


def _union(parts: Iterable[U64]) -> U64:
    """All pairs, each once, sorted; joined part by part, because most parts find what others found."""
    found = np.empty(0, dtype=np.uint64)
    for part in parts:
        found = _sorted_once(np.concatenate([found, part]))
    return found


def _sorted_once(pairs: U64) -> U64:
    """Sorted, each once: numpy's own way takes a hash table of several times the memory."""
    pairs.sort()
    return pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs


def _unpacked(packed: U64) -> I64:
    pairs = np.empty((len(packed), 2), dtype=np.int64)
    pairs[:, 0] = packed >> np.uint64(32)
    pairs[:, 1] = packed & np.uint64(0xFFFFFFFF)
    return pairs


def _filled(signatures: U32) -> U32:
    """Indexes of the texts that have shingles."""
    filled, count = fleeting(len(signatures), np.uint32), 0
    for begin in range(0, len(signatures), _PART):
        rows = signatures[begin : begin + _PART]
        has_any = rows[:, 0] != EMPTY
        doubtful = np.flatnonzero(~has_any)
        has_any[doubtful] = (rows[doubtful] != EMPTY).any(axis=1)
        part = np.flatnonzero(has_any) + begin
        filled[count : count + len(part)] = part
        count += len(part)
    return filled[:count]


def _choose_rows(num_perm: int, min_jaccard: float) -> int:
    for rows in range(num_perm, _LEAST_ROWS, -1):
        if 1 - (1 - min_jaccard**rows) ** (num_perm // rows) >= 0.99:
            return rows
    return min(_LEAST_ROWS, num_perm)


def _band_pairs(signatures: U32, filled: U32, *, band: int, rows: int, min_equal: int) -> U64:
    """Pairs that one band finds, as ``first << 32 | second``."""
    members = filled
    found = []
    for level in range(_LEVELS):
        keys = _keys(signatures, members, begin=band * rows, count=(level + 1) * rows)
        keys.sort()
        link = loop(link_runs, work=len(keys) * 16)
        room = len(keys) // 4 + 1024
        while True:
            out = fleeting(room, np.uint64)
            room = link(keys, signatures, _ALL_PAIRS_UP_TO, min_equal, out)
            if room <= len(out):
                break
        found.append(out[:room].copy())
        members = fleeting(len(keys), np.uint32)
        members = members[: loop(large_runs, work=len(keys))(keys, _ALL_PAIRS_UP_TO, members)]
        if len(members) == 0:
            break
    return _sorted_once(np.concatenate(found))


def _equal_crowds(signatures: U32, filled: U32) -> tuple[U64, U32]:
    """Crowds of equal signatures: each member paired with the first, and ``filled`` without all but the first.

    Nothing is to be found among them, but each of them would be compared in every band.
    """
    keys = _keys(signatures, filled, begin=0, count=signatures.shape[1])
    keys.sort()
    firsts = fleeting(len(signatures), np.uint32)
    firsts[filled] = filled
    loop(equal_crowds, work=len(keys) * 4)(keys, signatures, _ALL_PAIRS_UP_TO, firsts)
    again = np.concatenate([part[firsts[part] != part] for part in _parts(filled)]).astype(np.uint64)
    if len(again) == 0:
        return again, filled
    pairs = (firsts[again].astype(np.uint64) << np.uint64(32)) | again
    return pairs, np.concatenate([part[firsts[part] == part] for part in _parts(filled)])


def _parts(members: U32) -> list[U32]:
    """Views of an array, so large that numpy may take memory for each of their values."""
    return [members[begin : begin + _PART] for begin in range(0, len(members), _PART)]


def _keys(signatures: U32, members: U32, *, begin: int, count: int) -> U64:
    """For each member half a hash of ``count`` values of its signature, from ``begin`` on, and half its index.

    Sorted, they put those that agree in all these values next to each other, in memory of eight bytes a member.
    """
    num_perm = signatures.shape[1]
    keys = fleeting(len(members), np.uint64)
    for start in range(0, len(members), _PART):
        part = members[start : start + _PART]
        key = np.zeros(len(part), dtype=np.uint64)
        for row in range(begin, begin + count):
            key = (key ^ signatures[part, row % num_perm]) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        keys[start : start + _PART] = (key & np.uint64(0xFFFFFFFF00000000)) | part
    return keys
