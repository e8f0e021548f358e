"""The truth that recall is measured against: every pair of texts of which one holds most of the other.

Nothing is sampled. A pair with Jaccard similarity J has a containment of at least 2J / (1 + J) of the smaller text in
the larger, so one join by containment 0.8 gives all pairs with Jaccard 0.667 and more as well. It is exact by the
prefix filter (Chaudhuri et al. 2006; Bayardo et al. 2007): if the larger text has ``c`` of the smaller one's ``n``
shingles, it has at least ``k`` of any ``n - ceil(c * n) + k`` of them, so only owners of ``k`` of the rarest are
compared in full.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from obecsum.minhash import sets

__all__ = ["exact_join"]


@njit(cache=True, nogil=True)
def _join(
    ids: Any, sets: Any, bounds: Any, owners: Any, starts: Any, texts: Any, step: Any, ratio: Any, hits: Any, out: Any
) -> Any:
    """Join every ``step``-th text from ``texts[0]`` on; ``ids`` has each text's shingles, rarest first (as ranks)."""
    written = 0
    touched = np.empty(len(bounds), np.int64)
    for text in range(texts[0], len(bounds) - 1, step):
        begin, end = bounds[text], bounds[text + 1]
        size = end - begin
        if size == 0:
            continue
        needed = np.int64(np.ceil(ratio * size))
        least = 1 + size // 40
        prefix = min(size, size - needed + least)
        count = 0
        for index in range(begin, begin + prefix):
            shingle = ids[index]
            for at in range(starts[shingle], starts[shingle + 1]):
                other = owners[at]
                if bounds[other + 1] - bounds[other] < size:
                    continue
                if hits[other] == 0:
                    touched[count] = other
                    count += 1
                hits[other] += 1
        for at in range(count):
            other = touched[at]
            enough = hits[other] >= least
            hits[other] = 0
            if not enough or other == text or (bounds[other + 1] - bounds[other] == size and other < text):
                continue
            i, j, j_end, shared = begin, bounds[other], bounds[other + 1], 0
            while i < end and j < j_end:
                left, right = sets[i], sets[j]
                shared += left == right
                i += left <= right
                j += right <= left
            if shared >= needed:
                if written == len(out):
                    return -1
                out[written, 0] = text
                out[written, 1] = other
                out[written, 2] = shared
                written += 1
    return written


@njit(cache=True, nogil=True)
def _rank(values: Any, unique: Any, begins: Any, ranks: Any, bounds: Any, bits: Any, ids: Any) -> None:
    """Replace each value by its rank, and sort those of each text."""
    longest = 0
    for text in range(len(bounds) - 1):
        longest = max(longest, bounds[text + 1] - bounds[text])
    own, spare = np.empty(longest, np.uint32), np.empty(longest, np.uint32)
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        for at in range(begin, end):
            index = begins[values[at] >> np.uint32(8)]
            while unique[index] != values[at]:
                index += 1
            own[at - begin] = ranks[index]
        sets.unique(own, end - begin, spare, ids[begin:end], bits)


@njit(cache=True, nogil=True)
def _own(ids: Any, bounds: Any, ends: Any, owners: Any) -> None:
    """The texts that have a shingle, ascending, shingle after shingle; ``ends`` moves from begin to end of each."""
    for text in range(len(bounds) - 1):
        for at in range(bounds[text], bounds[text + 1]):
            owners[ends[ids[at]]] = text
            ends[ids[at]] += 1


def _ranked(
    values: npt.NDArray[np.uint32], bounds: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Of each text its shingles as ranks, the rarest first; and by rank how many texts have it."""
    ordered = np.sort(values)
    is_first = np.ones(len(ordered), dtype=np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    firsts = np.flatnonzero(is_first)
    unique = ordered[firsts]
    frequency = np.diff(firsts, append=len(ordered))
    del ordered, is_first, firsts
    by_rarity = np.argsort(frequency, kind="stable")
    ranks = np.empty(len(unique), dtype=np.uint32)
    ranks[by_rarity] = np.arange(len(unique), dtype=np.uint32)
    frequency = frequency[by_rarity]
    del by_rarity
    begins = np.searchsorted(unique, np.arange(1 << 24, dtype=np.uint32) << np.uint32(8)).astype(np.uint32)
    ids = np.empty(len(values), dtype=np.uint32)
    _rank(values, unique, begins, ranks, bounds, max(23, len(unique).bit_length()), ids)
    return ids, frequency


def exact_join(
    values: npt.NDArray[np.uint32], bounds: npt.NDArray[np.int64], *, min_containment: float = 0.8, num_threads: int = 2
) -> npt.NDArray[np.int64]:
    """All pairs (smaller, larger, shared shingles) with ``shared >= min_containment * len(smaller)``.

    Args:
        values: Sorted unique shingles, text after text, as ``obecsum.minhash.shingles.shingle_batch`` returns them.
        bounds: int64 of shape ``(n + 1,)``.
        min_containment: At least 0.5, or the prefixes become too long to be of use.
        num_threads: Threads to use.

    Returns:
        int64 of shape ``(m, 3)``, sorted.
    """
    n = len(bounds) - 1
    ids, frequency = _ranked(values, bounds)
    starts = np.zeros(len(frequency) + 1, dtype=np.int64)
    np.cumsum(frequency, out=starts[1:])
    owners = np.empty(len(ids), dtype=np.uint32)
    _own(ids, bounds, starts.copy(), owners)

    def part(first: int) -> npt.NDArray[np.int64]:
        out = np.empty((50 * n, 3), dtype=np.int64)
        hits = np.zeros(n, dtype=np.int32)
        fixed = (ids, values, bounds, owners, starts, np.array([first]), num_threads, min_containment, hits)
        written = _join(*fixed, out)
        if written < 0:
            raise MemoryError(f"more than {len(out)} pairs: join fewer texts at once")
        return out[:written].copy()

    with ThreadPoolExecutor(num_threads) as pool:
        pairs = np.concatenate(list(pool.map(part, range(num_threads))))
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
