"""Loops of candidate search over arrays, written so that they run as they are (small inputs) or compiled by numba.

Both give the same result; :func:`loop` hands out the one that pays.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from obecsum.minhash.shingles import use_kernel

__all__ = [
    "breadth_first",
    "equal_crowds",
    "large_runs",
    "link_runs",
    "link_samples",
    "loop",
    "pick_values",
    "rarest_values",
    "shared_values",
]

_MOST_ASKED = 2048  # owners of a value times those asked for
_LOW, _32 = np.uint64(0xFFFFFFFF), np.uint64(32)


def loop(function: Callable[..., Any], *, work: int) -> Callable[..., Any]:
    """``function`` compiled, or as it is where ``work`` (steps of the loop) is too small to load the compiler for."""
    return _compiled(function) if use_kernel(work // 4) else function


@lru_cache(maxsize=32)
def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    from numba import njit

    from obecsum.minhash import kernel  # noqa: F401  (use_kernel asks whether it is loaded)

    compiled: Callable[..., Any] = njit(cache=True, nogil=True)(function)
    return compiled


def large_runs(keys: Any, all_pairs_up_to: Any, out: Any) -> Any:
    """Members of the runs of more than ``all_pairs_up_to`` equal upper halves, to ``out``; returns their number."""
    written = 0
    begin = 0
    while begin < len(keys):
        end = begin + 1
        while end < len(keys) and (keys[end] ^ keys[begin]) <= _LOW:
            end += 1
        if end - begin > all_pairs_up_to:
            for at in range(begin, end):
                out[written] = np.uint32(keys[at] & _LOW)
                written += 1
        begin = end
    return written


def equal_crowds(keys: Any, signatures: Any, all_pairs_up_to: Any, firsts: Any) -> None:
    """Of each member of a large run whose signature is that of the run's first, that first one.

    Args:
        keys: uint64, sorted: a hash of the signature in the upper half, a member in the lower.
        signatures: uint32 of shape ``(n, num_perm)``.
        all_pairs_up_to: Size of a run above which its members are looked at.
        firsts: uint32 of shape ``(n,)``, written for these members only; the first one is its own.
    """
    begin = 0
    while begin < len(keys):
        end = begin + 1
        while end < len(keys) and (keys[end] ^ keys[begin]) <= _LOW:
            end += 1
        if end - begin > all_pairs_up_to:
            first = keys[begin] & _LOW
            for at in range(begin, end):
                member = keys[at] & _LOW
                equal = 0
                for k in range(signatures.shape[1]):
                    equal += signatures[first, k] == signatures[member, k]
                if equal == signatures.shape[1]:
                    firsts[member] = first
        begin = end


def link_runs(keys: Any, signatures: Any, all_pairs_up_to: Any, min_equal: Any, out: Any) -> Any:
    """Pairs of each run of equal upper halves whose signatures agree in at least ``min_equal`` values.

    A run of at most ``all_pairs_up_to`` members gives all its pairs; a larger one links each member to the first and to
    the one before it.

    Args:
        keys: uint64, sorted: a member in the lower half.
        signatures: uint32 of shape ``(n, num_perm)``.
        all_pairs_up_to: Size of a run above which it is linked only.
        min_equal: Smallest number of equal values.
        out: uint64: the pairs, the smaller index in the upper half.

    Returns:
        Number of pairs. If it is above ``len(out)``, the rest was not written.
    """
    written = 0
    begin = 0
    while begin < len(keys):
        end = begin + 1
        while end < len(keys) and (keys[end] ^ keys[begin]) <= _LOW:
            end += 1
        whole = end - begin <= all_pairs_up_to
        for j in range(begin + 1, end):
            second = keys[j] & _LOW
            for i in range(begin, j):
                if not whole and begin < i < j - 1:
                    continue
                first = keys[i] & _LOW
                equal = 0
                for k in range(signatures.shape[1]):
                    equal += signatures[first, k] == signatures[second, k]
                if equal >= min_equal:
                    if written < len(out):
                        out[written] = (first << _32) | second
                    written += 1
        begin = end
    return written


def pick_values(samples: Any, bounds: Any, low: Any, high: Any, out: Any) -> Any:
    """The values from ``low`` up to ``high`` with their texts, as ``value << 32 | text``, to ``out`` (uint64).

    Args:
        samples: uint32, ascending for each text.
        bounds: int64: text i has ``samples[bounds[i]:bounds[i + 1]]``.
        low: uint32.
        high: uint32.
        out: Where to write.

    Returns:
        How many there are. If it is above ``len(out)``, the rest was not written.
    """
    written = 0
    for text in range(len(bounds) - 1):
        for at in range(bounds[text], bounds[text + 1]):
            if samples[at] >= high:
                break
            if samples[at] >= low:
                if written < len(out):
                    out[written] = (np.uint64(samples[at]) << _32) | np.uint64(text)
                written += 1
    return written


def shared_values(values: Any, owners: Any, ends: Any) -> Any:
    """The texts that share a value, value by value, and where each value ends among them.

    Args:
        values: uint64, sorted: a value in the upper half, a text that has it in the lower.
        owners: uint32, as long, written: the texts. Values that only one text has are left out.
        ends: int64, half as long, written.

    Returns:
        How many values were written to ``ends``; the last of them is the number of owners.
    """
    count, written = 0, 0
    begin = 0
    while begin < len(values):
        end = begin + 1
        while end < len(values) and (values[end] ^ values[begin]) <= _LOW:
            end += 1
        if end - begin > 1:
            for at in range(begin, end):
                owners[written] = np.uint32(values[at] & _LOW)
                written += 1
            ends[count] = written
            count += 1
        begin = end
    return count


def rarest_values(owners: Any, runs: Any, rarest: Any) -> None:
    """Of each text the value that the fewest share, but at least two.

    Args:
        owners: uint32: the texts that have a sampled value, ascending, for one value after the other.
        runs: int64: where in ``owners`` each value begins, and the last ends.
        rarest: int32 by text, written: which value it is; -1 for a text that shares none.
    """
    for text in range(len(rarest)):
        rarest[text] = -1
    for run in range(len(runs) - 1):
        begin, end = runs[run], runs[run + 1]
        if end - begin > 1:
            for at in range(begin, end):
                best = rarest[owners[at]]
                if best < 0 or end - begin < runs[best + 1] - runs[best]:
                    rarest[owners[at]] = run


def link_samples(
    owners: Any,
    runs: Any,
    rarest: Any,
    max_owners: Any,
    samples: Any,
    bounds: Any,
    signatures: Any,
    may_miss: Any,
    least: Any,
    fair: Any,
    found: Any,
    enough: Any,
    begin_text: Any,
    end_text: Any,
    out: Any,
) -> Any:
    """Pairs in which most of one text seems to be in a text with a larger sample, found by one value of each text.

    A text asks for the owners next to it on both sides, fewer the more own the value: one each of a value that a crowd
    shares. So the work grows with the number of texts, however many of them share a footer. How much of a text is in
    another is estimated by two samples of the text at once: its sampled shingles, and those of its minima that are no
    larger than the other's, each of which is a shingle of the text drawn at random, shared if the two minima are equal.

    Args:
        owners: uint32: the texts that have a sampled value, ascending, for one value after the other.
        runs: int64: where in ``owners`` each value begins, and the last ends.
        rarest: int32 by text, from :func:`rarest_values`; -1 for a text that shares none.
        max_owners: Most owners asked for on each side.
        samples: uint32, sorted and unique per text.
        bounds: int64 bounds of the texts in ``samples``.
        signatures: uint32 of shape ``(n, num_perm)``.
        may_miss: int64: by the size of one of the samples, how many of it the other need not have: a loose bound.
        least: int64: by the size of both samples together, how many of them must be shared.
        fair: int64: by the size of both samples together, how many are shared where the containment is what is wanted.
        found: uint8 by text, counted up: 2 for a container by the latter, 1 for another.
        enough: Of how many found a text asks no further: else each text of a crowd would be paired with each other.
        begin_text: The first text that asks.
        end_text: Behind the last.
        out: uint64: the pairs, the contained text in the upper half, the container in the lower.

    Returns:
        Number of pairs, twice ``max_owners`` a text at most.
    """
    written = 0
    for text in range(begin_text, end_text):
        run = rarest[text]
        if run < 0 or found[text] >= enough:
            continue
        first, last = runs[run], runs[run + 1]
        reach = max(1, min(max_owners, _MOST_ASKED // (last - first)))
        begin, end = bounds[text], bounds[text + 1]
        size = end - begin
        most_missing = may_miss[size]
        low, behind = first, last
        while behind - low > 1:  # the text is one of the owners
            middle = (low + behind) // 2
            if owners[middle] <= text:
                low = middle
            else:
                behind = middle
        for at in range(max(first, low - reach), min(last, low + reach + 1)):
            other = np.int64(owners[at])
            j, j_end = bounds[other], bounds[other + 1]
            if other == text or j_end - j < size or (j_end - j == size and other < text):
                continue
            own, equal = np.uint32(0), np.uint32(0)
            for k in range(signatures.shape[1]):  # first, because it takes a few vector operations
                own += np.uint32(signatures[text, k] <= signatures[other, k])
                equal += np.uint32(signatures[text, k] == signatures[other, k])
            if own - equal > may_miss[own]:
                continue
            missing = 0  # leaps through the longer sample, and stops where too much is missing
            i = begin
            while i < end and missing <= most_missing:
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
            shared = size - missing + equal
            if missing <= most_missing and shared >= least[size + own]:
                found[text] += 2 if shared >= fair[size + own] else 1
                out[written] = (np.uint64(text) << _32) | np.uint64(other)
                written += 1
                if found[text] >= enough:
                    break
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
