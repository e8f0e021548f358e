"""Pairs of releases that may be the same again, or one inside the other, found without comparing all with all.

:func:`candidate_pairs` finds pairs by their Jaccard similarity: locality-sensitive hashing in bands (Indyk and Motwani
1998), kept in sorted arrays instead of dictionaries. :func:`containment_candidates` finds a release inside a larger
one, where the Jaccard similarity says little. Both return candidates: verify them exactly with
:func:`obecsum.dedup.shingles.pair_overlaps`.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from obecsum.dedup.linking import link_runs, link_samples, loop
from obecsum.dedup.shingles import I64, U32, count_threads
from obecsum.dedup.signatures import EMPTY, SAMPLE_RATE, Fingerprints
from obecsum.errors import OptionError

__all__ = ["candidate_pairs", "containment_candidates", "estimated_jaccard"]

_ALL_PAIRS_UP_TO = 24
_LEVELS = 4
_LEAST_ROWS = 4
_SIGMAS = 3.0  # how far below the true value an estimate may lie and still be a candidate
_SAMPLE_SIGMAS = 2.0  # the same for samples: of a short text they are small, and each candidate costs a comparison
_SLICES = 8  # of the sampled values
_NUM_ANCHORS = 1  # a slice
_MAX_OWNERS = 32

U64 = npt.NDArray[np.uint64]


def candidate_pairs(
    signatures: U32, *, min_jaccard: float = 0.5, rows: int | None = None, num_threads: int | None = None
) -> I64:
    """Pairs whose Jaccard similarity may be ``min_jaccard`` or more.

    Releases that agree in all values of a band fall into one bucket. A bucket of up to 24 gives all its pairs. A larger
    one links each member to the first and to its neighbor, and is split by the values of the next band, again and
    again, so that what is really alike in it is still paired; its cost grows with its size, not with the square. Of all
    these, pairs whose signatures agree in too few values (3 standard deviations below ``min_jaccard``) are dropped.

    Args:
        signatures: uint32 of shape ``(n, num_perm)`` from :func:`obecsum.signatures`.
        min_jaccard: Smallest similarity that matters, above 0 and up to 1.
        rows: Values a band. None chooses the most, from four on, that find a pair of exactly ``min_jaccard`` with
            a probability of 0.95; pairs above it are found more often. Of 128: four up to 0.6, five for 0.7, seven for
            0.8. Four find a pair of 0.5 with a probability of 0.87; fewer would make crowded buckets.
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
    spread = _SIGMAS * math.sqrt(min_jaccard * (1 - min_jaccard) / num_perm)
    min_equal = max(1, math.ceil((min_jaccard - spread) * num_perm))
    filled = np.flatnonzero((signatures != EMPTY).any(axis=1))
    if len(filled) < 2:
        return np.empty((0, 2), dtype=np.int64)

    def one_band(band: int) -> U64:
        return _band_pairs(signatures, filled, band=band, rows=rows, min_equal=min_equal)

    with ThreadPoolExecutor(workers) as pool:
        found = np.unique(np.concatenate(list(pool.map(one_band, range(num_perm // rows)))))
    return _unpacked(found)


def containment_candidates(
    prints: Fingerprints, *, min_containment: float = 0.8, num_threads: int | None = None
) -> I64:
    """Pairs in which one text may have ``min_containment`` of its shingles in another that is at least as long.

    A text asks which others have its rarest sampled shingles and compares samples with them (2 standard deviations
    below ``min_containment`` still pass). See docs/performance.md for how many pairs that finds and misses.

    Args:
        prints: From :func:`obecsum.dedup.signatures.fingerprints`; only its samples are used.
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
    samples, bounds = prints.samples, prints.bounds
    n = len(bounds) - 1
    if len(samples) == 0:
        return np.empty((0, 2), dtype=np.int64)
    sizes = np.diff(bounds)
    size = np.arange(int(sizes.max()) + 1)
    spread = _SAMPLE_SIGMAS * np.sqrt(min_containment * (1 - min_containment) * size)
    least = np.maximum(1, np.ceil(min_containment * size - spread)).astype(np.int64)
    texts = np.repeat(np.arange(n, dtype=np.uint32), sizes)
    # Slices of the values, each on its own, bound the memory and are what the threads share out.
    slice_of = (samples // np.uint32((1 << 32) // SAMPLE_RATE // _SLICES + 1)).astype(np.uint8)

    def one_slice(number: int) -> U64:
        chosen = slice_of == number
        return _slice_pairs(samples, bounds, samples[chosen], texts[chosen], least)

    with ThreadPoolExecutor(count_threads(num_threads)) as pool:
        found = np.unique(np.concatenate(list(pool.map(one_slice, range(_SLICES)))))
    return _unpacked(found)


def _slice_pairs(samples: U32, bounds: I64, values: U32, texts: U32, least: I64) -> U64:
    """Pairs found by ``values``, as ``contained << 32 | container``; ``texts`` says whose each value is."""
    if len(values) < 2:
        return np.empty(0, dtype=np.uint64)
    order = np.sort((values.astype(np.uint64) << np.uint64(32)) | np.arange(len(values), dtype=np.uint64))
    places = (order & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    order >>= np.uint64(32)
    starts = np.concatenate([[0], np.flatnonzero(order[1:] != order[:-1]) + 1])
    sizes = np.diff(starts, append=len(order))
    del order
    ranks, begins, counts = (np.empty(len(values), dtype=np.uint32) for _ in range(3))
    ranks[places] = np.arange(len(values), dtype=np.uint32)
    begins[places] = np.repeat(starts.astype(np.uint32), sizes)
    counts[places] = np.repeat(sizes.astype(np.uint32), sizes)
    link = loop(link_samples, work=len(values) * 64)
    room = 4 * len(bounds)
    while True:
        out = np.empty((room, 2), dtype=np.int64)
        fixed = (samples, bounds, texts, ranks, begins, counts, texts[places])
        room = link(*fixed, _NUM_ANCHORS, _MAX_OWNERS, least, out)
        if room <= len(out):
            break
    return _packed(out[:room])


def estimated_jaccard(signatures: U32, pairs: I64) -> npt.NDArray[np.float64]:
    """Share of equal signature values of each pair, an estimate of its Jaccard similarity: float64, ``(m,)``."""
    parts = [
        (signatures[pairs[begin : begin + 65536, 0]] == signatures[pairs[begin : begin + 65536, 1]]).mean(axis=1)
        for begin in range(0, len(pairs), 65536)
    ]
    return np.concatenate(parts) if parts else np.empty(0)


def _packed(pairs: I64) -> U64:
    packed: U64 = (pairs[:, 0].astype(np.uint64) << np.uint64(32)) | pairs[:, 1].astype(np.uint64)
    return packed


def _unpacked(packed: U64) -> I64:
    return np.stack([packed >> np.uint64(32), packed & np.uint64(0xFFFFFFFF)], axis=1).astype(np.int64)


def _choose_rows(num_perm: int, min_jaccard: float) -> int:
    for rows in range(num_perm, _LEAST_ROWS, -1):
        if 1 - (1 - min_jaccard**rows) ** (num_perm // rows) >= 0.95:
            return rows
    return min(_LEAST_ROWS, num_perm)


def _band_pairs(signatures: U32, filled: I64, *, band: int, rows: int, min_equal: int) -> U64:
    """Pairs that one band finds, as ``first << 32 | second``."""
    num_perm = signatures.shape[1]
    members = filled
    keys = np.zeros(len(filled), dtype=np.uint64)
    found = []
    for level in range(_LEVELS):
        for row in range((band + level) * rows, (band + level + 1) * rows):
            keys = (keys ^ signatures[members, row % num_perm]) * np.uint64(0x9E3779B97F4A7C15)
            keys ^= keys >> np.uint64(29)
        # The high half of a key sorts; the low half carries the row, so that one array is sorted in place.
        order = np.sort((keys & np.uint64(0xFFFFFFFF00000000)) | members.astype(np.uint64))
        head = order >> np.uint64(32)
        starts = np.concatenate([[0], np.flatnonzero(head[1:] != head[:-1]) + 1])
        sizes = np.diff(starts, append=len(order))
        in_run = np.repeat(sizes > 1, sizes)
        members = (order[in_run] & np.uint64(0xFFFFFFFF)).astype(np.int64)
        keys = order[in_run] & np.uint64(0xFFFFFFFF00000000)
        sizes = sizes[sizes > 1]
        if len(sizes) == 0:
            break
        bounds = np.zeros(len(sizes) + 1, dtype=np.int64)
        np.cumsum(sizes, out=bounds[1:])
        large = sizes > _ALL_PAIRS_UP_TO
        tried = int(np.where(large, 2 * sizes, sizes * (sizes - 1) // 2).sum())
        out = np.empty((tried, 2), dtype=np.int64)
        link = loop(link_runs, work=tried * num_perm)
        found.append(_packed(out[: link(members, bounds, signatures, _ALL_PAIRS_UP_TO, min_equal, out)]))
        if not large.any():
            break
        again = np.repeat(large, sizes)
        members, keys = members[again], keys[again]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)
