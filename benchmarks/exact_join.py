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
        for place in range(begin, begin + prefix):
            shingle = ids[place]
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


def exact_join(
    values: npt.NDArray[np.uint32], bounds: npt.NDArray[np.int64], *, min_containment: float = 0.8, num_threads: int = 2
) -> npt.NDArray[np.int64]:
    """All pairs (smaller, larger, shared shingles) with ``shared >= min_containment * len(smaller)``.

    Args:
        values: Sorted unique shingles, text after text, as ``obecsum.dedup.shingles.shingle_batch`` returns them.
        bounds: int64 of shape ``(n + 1,)``.
        min_containment: At least 0.5, or the prefixes become too long to be of use.
        num_threads: Threads to use.

    Returns:
        int64 of shape ``(m, 3)``, sorted.
    """
    n = len(bounds) - 1
    unique, shingle, frequency = np.unique(values, return_inverse=True, return_counts=True)
    by_rarity = np.argsort(frequency, kind="stable")
    rank = np.empty(len(unique), dtype=np.uint32)
    rank[by_rarity] = np.arange(len(unique), dtype=np.uint32)
    starts = np.zeros(len(unique) + 1, dtype=np.int64)
    np.cumsum(frequency[by_rarity], out=starts[1:])
    ids = rank[shingle]
    del shingle, unique, rank
    text = np.repeat(np.arange(n, dtype=np.uint64), np.diff(bounds))
    ids = (np.sort((text << np.uint64(32)) | ids) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    owners = (np.sort((ids.astype(np.uint64) << np.uint64(32)) | text) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    del text

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
