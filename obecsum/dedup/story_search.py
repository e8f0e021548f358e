"""Pairs of releases whose vectors are near and whose dates are within a window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["near_pairs"]

F32 = npt.NDArray[np.float32]
_BLOCK = 1024


def near_pairs(
    vectors: F32, days_since: Sequence[int | None], *, window_days: int | None, min_cosine: float
) -> Iterator[tuple[int, int, float]]:
    """Every pair ``i < j`` within the window from that cosine on, none left out, ordered.

    faiss' flat index with a range search: it has no limit on neighbors, is exact, and so gives the same pairs for the
    same vectors in any order.

    Args:
        vectors: Unit vectors, float32 of shape (n, dim), in order of publication.
        days_since: Day number of each release's publication; None where unknown. Known days must not decrease.
        window_days: Most days between two releases; None for no limit. A release of unknown date is compared with all.
        min_cosine: Lowest cosine, in (-1, 1].
    """
    import faiss

    dated = np.array([i for i, day in enumerate(days_since) if day is not None], dtype=np.int64)
    undated = np.array([i for i, day in enumerate(days_since) if day is None], dtype=np.int64)
    days = np.array([day for day in days_since if day is not None], dtype=np.int64)
    found: list[tuple[int, int, float]] = []

    def search(queries: npt.NDArray[np.int64], candidates: npt.NDArray[np.int64]) -> None:
        if not len(queries) or not len(candidates):
            return
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors[candidates]))
        # A hair below, since the library compares with `greater than`.
        bounds, cosines, places = index.range_search(np.ascontiguousarray(vectors[queries]), min_cosine - 1e-6)
        for position, query in enumerate(queries.tolist()):
            begin, end = int(bounds[position]), int(bounds[position + 1])
            for place, cosine in zip(candidates[places[begin:end]].tolist(), cosines[begin:end].tolist(), strict=True):
                if place > query and cosine >= min_cosine:
                    found.append((query, place, min(float(cosine), 1.0)))

    for first in range(0, len(dated), _BLOCK):
        block = dated[first : first + _BLOCK]
        if window_days is None:
            last = len(dated)
        else:
            last = int(np.searchsorted(days, days[first + len(block) - 1] + window_days, side="right"))
        search(block, dated[first:last])
    # `place > query` holds on one side only, so each pair with an undated release is found once.
    search(undated, np.sort(np.concatenate([undated, dated])))
    search(dated, undated)
    found.sort()
    for i, j, cosine in found:
        first_day, second_day = days_since[i], days_since[j]
        if window_days is None or first_day is None or second_day is None or second_day - first_day <= window_days:
            yield i, j, cosine
