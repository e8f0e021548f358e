"""From a raw JSONL file to exactly verified groups, holding fingerprints but no texts: what obecsum's kernel is for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components, reverse_cuthill_mckee  # type: ignore[import-untyped]

from benchmarks.feed import read_again, stream
from obecsum.dedup.candidates import candidate_pairs, containment_candidates
from obecsum.dedup.shingles import join_ragged, pair_overlaps, shingle_batch
from obecsum.dedup.signatures import fingerprints

__all__ = ["Groups", "components", "verified_groups"]

_PAIRS_AT_ONCE = 8192
_STORED = 20_000  # texts whose shingles are kept, 7.5 kB each

I64 = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Groups:
    """What was found.

    Attributes:
        labels: int64 of shape ``(n,)``: the group of each release.
        pairs: int64 of shape ``(m, 2)``: candidates.
        jaccard: float64 of shape ``(m,)``, exact.
        containment: float64 of shape ``(m,)``, exact: of the smaller in the larger.
        seconds: Time of each stage.
    """

    labels: I64
    pairs: I64
    jaccard: npt.NDArray[np.float64]
    containment: npt.NDArray[np.float64]
    seconds: dict[str, float]


def components(pairs: I64, count: int) -> I64:
    """The connected component of each of ``count`` items."""
    ones = np.ones(len(pairs), dtype=np.bool_)
    graph = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    labels: I64 = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def _verify(
    path: Path, offsets: I64, pairs: I64, *, num_threads: int | None
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Exact Jaccard and containment of each pair; texts are read again, most of them once.

    Pairs are taken in an order that keeps partners close (reverse Cuthill-McKee), so a small store of shingles serves.
    """
    jaccard, containment = np.empty(len(pairs)), np.empty(len(pairs))
    ones = np.ones(len(pairs), dtype=np.bool_)
    graph = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(len(offsets), len(offsets))).tocsr()
    rank = np.empty(len(offsets), dtype=np.int64)
    rank[reverse_cuthill_mckee(graph + graph.T, symmetric_mode=True)] = np.arange(len(offsets))
    ranked = np.sort(rank[pairs], axis=1)
    order = np.lexsort((ranked[:, 1], ranked[:, 0]))
    del graph, ranked, ones
    store: dict[int, npt.NDArray[np.uint32]] = {}
    for begin in range(0, len(pairs), _PAIRS_AT_ONCE):
        chosen = order[begin : begin + _PAIRS_AT_ONCE]
        rows, local = np.unique(pairs[chosen], return_inverse=True)
        local = local.reshape(-1, 2)
        new = np.array([row for row in rows.tolist() if row not in store], dtype=np.int64)
        values, bounds = shingle_batch(read_again(path, offsets, new), num_threads=num_threads)
        for at, row in enumerate(new.tolist()):
            store[row] = values[bounds[at] : bounds[at + 1]].copy()
        values, bounds = join_ragged([(store[row], np.array([0, len(store[row])])) for row in rows.tolist()])
        shared = pair_overlaps(values, bounds, local, num_threads=num_threads)
        sizes = np.diff(bounds)[local]
        jaccard[chosen] = shared / np.maximum(1, sizes.sum(axis=1) - shared)
        containment[chosen] = shared / np.maximum(1, sizes.min(axis=1))
        if len(store) > _STORED:  # keep what this part needed: the next one is near
            store = {row: store[row] for row in rows.tolist()}
    return jaccard, containment


def verified_groups(
    path: Path, *, min_jaccard: float = 0.8, contained: bool = True, num_threads: int | None = None
) -> Groups:
    """Group the releases of a JSONL file by pairs with Jaccard ``min_jaccard`` or, with ``contained``, containment 0.8.

    The texts of candidates are read again from the file by offset, a few thousand pairs at a time.
    """
    seconds = {}
    clock = perf_counter()

    def lap(stage: str) -> None:
        nonlocal clock
        now = perf_counter()
        seconds[stage] = round(now - clock, 3)
        clock = now

    starts: list[int] = []
    prints = fingerprints(stream(path, starts), num_threads=num_threads)
    offsets = np.array(starts, dtype=np.int64)
    del starts
    lap("read and fingerprint")
    pairs = candidate_pairs(prints.signatures, min_jaccard=min_jaccard, num_threads=num_threads)
    count = len(prints)
    prints = replace(prints, signatures=prints.signatures[:0].copy())  # the bulk of it, and done with
    lap("pairs")
    if contained:
        inside = containment_candidates(prints, num_threads=num_threads)
        pairs = np.unique(np.concatenate([pairs, np.sort(inside, axis=1)]), axis=0)
        lap("contained")
    del prints
    jaccard, containment = _verify(path, offsets, pairs, num_threads=num_threads)
    lap("verify")
    alike = (jaccard >= min_jaccard) | (contained & (containment >= 0.8))
    labels = components(pairs[alike], count)
    lap("group")
    return Groups(labels, pairs, jaccard, containment, seconds)
