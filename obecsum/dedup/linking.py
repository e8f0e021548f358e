"""Loops of candidate search over arrays, written so that they run as they are (small inputs) or compiled by numba.

Both give the same result; :func:`loop` hands out the one that pays.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from obecsum.dedup.shingles import use_kernel

__all__ = ["breadth_first", "link_runs", "link_samples", "loop"]


def loop(function: Callable[..., Any], *, work: int) -> Callable[..., Any]:
    """``function`` compiled, or as it is where ``work`` (steps of the loop) is too small to load the compiler for."""
    return _compiled(function) if use_kernel(work // 4) else function


@lru_cache(maxsize=8)
def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    from numba import njit

    from obecsum.dedup import kernel  # noqa: F401  (use_kernel asks whether it is loaded)

    compiled: Callable[..., Any] = njit(cache=True, nogil=True)(function)
    return compiled


def link_runs(members: Any, bounds: Any, signatures: Any, all_pairs_up_to: Any, min_equal: Any, out: Any) -> Any:
    """Pairs of each run whose signatures agree in at least ``min_equal`` values.

    A run of at most ``all_pairs_up_to`` members gives all its pairs; a larger one links each member to the first and to
    the one before it.

    Args:
        members: int64 indexes of rows, run after run, ascending in each.
        bounds: int64 bounds of the runs in ``members``.
        signatures: uint32 of shape ``(n, num_perm)``.
        all_pairs_up_to: Size of a run above which it is linked only.
        min_equal: Smallest number of equal values.
        out: int64 of shape ``(m, 2)``, with room for every pair tried.

    Returns:
        Number of pairs written, the smaller index first in each.
    """
    written = 0
    for run in range(len(bounds) - 1):
        begin, end = bounds[run], bounds[run + 1]
        whole = end - begin <= all_pairs_up_to
        for j in range(begin + 1, end):
            second = members[j]
            for i in range(begin, j):
                if not whole and begin < i < j - 1:
                    continue
                first = members[i]
                equal = 0
                for k in range(signatures.shape[1]):
                    equal += signatures[first, k] == signatures[second, k]
                if equal >= min_equal:
                    out[written, 0] = first
                    out[written, 1] = second
                    written += 1
    return written


def link_samples(
    samples: Any,
    bounds: Any,
    texts: Any,
    ranks: Any,
    begins: Any,
    counts: Any,
    owners: Any,
    num_anchors: Any,
    max_owners: Any,
    least: Any,
    out: Any,
) -> Any:
    """Pairs in which most of the sample of one text is in the sample of a larger one, found by some sampled values.

    Each text asks for the owners of its rarest shared values only and, of a value with more than ``max_owners`` owners,
    for those next to it. So the work grows with the number of texts, however many of them share a footer.

    Args:
        samples: uint32, sorted and unique per text: what pairs are judged by.
        bounds: int64 bounds of the texts in ``samples``.
        texts: Of each value to find by, in the order of ``samples``, the text that has it; the following are parallel.
        ranks: The value's place in ``owners``.
        begins: Where in ``owners`` this value begins.
        counts: How many texts have this value.
        owners: The texts that have a value, ascending, value after value.
        num_anchors: Values that a text asks for.
        max_owners: Owners asked for a value.
        least: int64: by sample size, how many values must be shared.
        out: int64 of shape ``(m, 2)``.

    Returns:
        Number of pairs, as (contained, container). If it is above ``len(out)``, the rest was not written.
    """
    written = 0
    anchors = np.empty(num_anchors, np.int64)
    stamps = np.full(len(bounds), -1, np.int32)
    stop = 0
    while stop < len(texts):
        start = stop
        text = np.int64(texts[start])
        while stop < len(texts) and texts[stop] == text:
            stop += 1
        taken = 0
        for value in range(start, stop):
            if counts[value] < 2 or (taken == num_anchors and counts[value] >= counts[anchors[taken - 1]]):
                continue
            if taken < num_anchors:
                taken += 1
            at = taken - 1
            while at > 0 and counts[anchors[at - 1]] > counts[value]:
                anchors[at] = anchors[at - 1]
                at -= 1
            anchors[at] = value
        begin, end = bounds[text], bounds[text + 1]
        size = end - begin
        may_miss = size - least[size]
        for anchor in range(taken):
            value = anchors[anchor]
            first = np.int64(begins[value])
            last = first + np.int64(counts[value])
            if last - first > max_owners:
                first = max(first, min(np.int64(ranks[value]) - max_owners // 2, last - max_owners))
                last = first + max_owners
            for at in range(first, last):
                other = np.int64(owners[at])
                if other == text or stamps[other] == text:
                    continue
                stamps[other] = text
                i, j, j_end = begin, bounds[other], bounds[other + 1]
                if j_end - j < size or (j_end - j == size and other < text):
                    continue
                missing = 0  # leaps through the longer sample, and stops where too much is missing
                while i < end and missing <= may_miss:
                    value = samples[i]
                    step = 1
                    while j + step < j_end and samples[j + step] < value:
                        j += step
                        step += step
                    while step > 1:
                        step >>= 1
                        if j + step < j_end and samples[j + step] < value:
                            j += step
                    if samples[j] < value and j + 1 < j_end:
                        j += 1
                    missing += samples[j] != value
                    i += 1
                if missing <= may_miss:
                    if written < len(out):
                        out[written, 0] = text
                        out[written, 1] = other
                    written += 1
    return written


def breadth_first(starts: Any, neighbors: Any, rank: Any) -> None:
    """Number the nodes of a graph so that those linked are close: breadth first from the lowest of each component.

    Args:
        starts: int64 of shape ``(n + 1,)``: node i has ``neighbors[starts[i]:starts[i + 1]]``.
        neighbors: int64, each edge in both directions.
        rank: int64 of shape ``(n,)``, written: the number of each node.
    """
    n = len(rank)
    queue = np.empty(n, np.int64)
    for node in range(n):
        rank[node] = -1
    head, tail = 0, 0
    for first in range(n):
        if rank[first] >= 0:
            continue
        queue[tail] = first
        rank[first] = tail
        tail += 1
        while head < tail:
            node = queue[head]
            head += 1
            for at in range(starts[node], starts[node + 1]):
                other = neighbors[at]
                if rank[other] < 0:
                    rank[other] = tail
                    queue[tail] = other
                    tail += 1
