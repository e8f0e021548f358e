"""Pairs of releases whose vectors are near and whose dates are within a window, and how near others usually are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import InputError

__all__ = ["near_pairs", "usual_cosines"]

F32 = npt.NDArray[np.float32]
I64 = npt.NDArray[np.int64]
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

    Raises:
        InputError: A vector holds NaN or infinity, as that of a text without a known piece does: it is near nothing.
    """
    import faiss

    broken = np.flatnonzero(~np.isfinite(np.einsum("ij,ij->i", vectors, vectors)))
    if len(broken):
        raise InputError(
            f"vectors hold NaN or infinity in row {broken[0]}; leave out the texts that Embedder.encode_known masks"
        )
    dated, undated, days = _by_date(days_since)
    found: list[tuple[int, int, float]] = []

    def search(queries: I64, candidates: I64) -> None:
        if not len(queries) or not len(candidates):
            return
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors[candidates]))
        # A hair below, since the library compares with `greater than`.
        bounds, cosines, rows = index.range_search(np.ascontiguousarray(vectors[queries]), min_cosine - 1e-6)
        counts = np.diff(bounds).astype(np.int64)
        owners = np.repeat(queries, counts)
        others = candidates[rows]
        kept = (others > owners) & (cosines >= min_cosine)
        found.extend(
            zip(owners[kept].tolist(), others[kept].tolist(), np.minimum(cosines[kept], 1.0).tolist(), strict=True)
        )

    for first in range(0, len(dated), _BLOCK):
        block = dated[first : first + _BLOCK]
        if window_days is None:
            last = len(dated)
        else:
            last = int(np.searchsorted(days, days[first + len(block) - 1] + window_days, side="right"))
        search(block, dated[first:last])
    # `other > query` holds on one side only, so each pair with an undated release is found once.
    search(undated, np.sort(np.concatenate([undated, dated])))
    search(dated, undated)
    found.sort()
    for i, j, cosine in found:
        first_day, second_day = days_since[i], days_since[j]
        if window_days is None or first_day is None or second_day is None or second_day - first_day <= window_days:
            yield i, j, cosine


def usual_cosines(
    vectors: F32, days_since: Sequence[int | None], *, window_days: int | None, span_days: int, lowest: float
) -> F32:
    """How near each release comes to the nearest of other weeks: what it is like without being about one event.

    A weekly report, a rite or a warning is as near to those of other weeks; a story is not.

    Args:
        vectors: As for :func:`near_pairs`.
        days_since: As for :func:`near_pairs`.
        window_days: Releases within so many days may be about one event and do not count; None: none counts.
        span_days: Releases further away than this do not count either.
        lowest: What is given where the nearest is not that near, and where there is none.

    Returns:
        float32 of shape (n,), from ``lowest`` to 1.
    """
    import faiss

    usual = np.full(len(vectors), lowest, np.float32)
    if window_days is None or window_days >= span_days:
        return usual
    dated, _, days = _by_date(days_since)
    begin = 0
    while begin < len(dated):  # a day at a time: all its releases have the same others
        end = int(np.searchsorted(days, days[begin], side="right"))
        block = dated[begin:end]
        for low, high in ((-span_days, -window_days - 1), (window_days + 1, span_days)):
            first = int(np.searchsorted(days, days[begin] + low, side="left"))
            last = int(np.searchsorted(days, days[begin] + high, side="right"))
            if last > first:
                best = faiss.knn(vectors[block], vectors[dated[first:last]], 1, metric=faiss.METRIC_INNER_PRODUCT)[0]
                usual[block] = np.maximum(usual[block], best[:, 0])
        begin = end
    return np.minimum(usual, np.float32(1.0))


def _by_date(days_since: Sequence[int | None]) -> tuple[I64, I64, I64]:
    """Rows of dated and of undated releases, and the days of the dated ones."""
    dated = np.array([i for i, day in enumerate(days_since) if day is not None], dtype=np.int64)
    undated = np.array([i for i, day in enumerate(days_since) if day is None], dtype=np.int64)
    return dated, undated, np.array([day for day in days_since if day is not None], dtype=np.int64)
