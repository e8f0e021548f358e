"""Loops of an index's lookup over arrays, written so that they run as they are or compiled (see ``linking.loop``)."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["choose_pairs", "join_postings", "judge_pairs"]

_28 = np.uint64(28)
_NUMBER = np.uint64((1 << 28) - 1)
_MIXER = 40_503  # Knuth's multiplicative hash, small enough that no product overflows
_IN_BAND = 1 << 20  # counts more than any number of shared samples


def join_postings(
    queries: Any, begin: Any, end: Any, postings: Any, limits: Any, few: Any, counts: Any, hits: Any
) -> Any:
    """Who has the hashes that are asked for. Both sides are sorted, so each leaps forward through the other.

    Args:
        queries: uint64, sorted: 36 bits of hash over the number of the query.
        begin: The first query to ask.
        end: Behind the last.
        postings: uint64, sorted: 36 bits of hash over the number of the release.
        limits: int64 by query: of a hash that more have, here and by ``counts``, not all are found.
        few: But so many of the newest here.
        counts: int64 by query, added to: how many releases have its hash.
        hits: uint64, at least as long as any limit: number of the query over number of the release.

    Returns:
        Where it came to (``end``, or the first query for whose hits there was no room), and the number of hits.
    """
    written = 0
    size = len(postings)
    first, last, wanted, is_begun = 0, 0, np.uint64(0), False
    for at in range(begin, end):
        if not is_begun or queries[at] >> _28 != wanted:
            wanted = queries[at] >> _28
            is_begun = True
            first = last
            if first < size and postings[first] >> _28 < wanted:
                step = 1
                while first + step < size and postings[first + step] >> _28 < wanted:
                    first += step
                    step += step
                while step > 1:
                    step >>= 1
                    if first + step < size and postings[first + step] >> _28 < wanted:
                        first += step
                first += 1
            last = first
            if last < size and postings[last] >> _28 == wanted:
                step = 1
                while last + step < size and postings[last + step] >> _28 == wanted:
                    last += step
                    step += step
                while step > 1:
                    step >>= 1
                    if last + step < size and postings[last + step] >> _28 == wanted:
                        last += step
                last += 1
        if first == last:
            continue
        query = queries[at] & _NUMBER
        newest = first if counts[query] + last - first <= limits[query] else max(first, last - few)
        if written + last - newest > len(hits):
            return at, written
        counts[query] += last - first
        for index in range(newest, last):
            hits[written] = query << _28 | (postings[index] & _NUMBER)
            written += 1
    return end, written


def choose_pairs(
    hits: Any, counts: Any, starts: Any, num_bands: Any, max_anchors: Any, most: Any, table: Any, shared: Any, out: Any
) -> Any:
    """Which indexed releases to judge for each new one.

    Those that share a band, and of those that share a sampled shingle the ``most`` that share the most of the
    ``max_anchors`` shingles that the fewest others have.

    Args:
        hits: uint64, sorted: number of the query over number of the indexed release.
        counts: int64 by query: how many indexed releases have its hash.
        starts: int64: release i asks the queries from ``starts[i]`` on: its bands, then its samples.
        num_bands: Bands of a release.
        max_anchors: Samples that it is looked for by.
        most: Indexed releases that are chosen for the samples they share.
        table: int64, its length a power of two and at least twice the hits of any release: work space.
        shared: int64, as long: work space.
        out: uint64, at least as long as ``hits``: number of the new release over that of the indexed one.

    Returns:
        Number of pairs.
    """
    written = 0
    at = 0
    mask = len(table) - 1
    slots = np.empty(len(table), np.int64)
    by_shared = np.zeros(max_anchors + 1, np.int64)
    for release in range(len(starts) - 1):
        first_sample = min(starts[release] + num_bands, starts[release + 1])
        end = at
        while end < len(hits) and np.int64(hits[end] >> _28) < starts[release + 1]:
            end += 1
        if end == at:
            continue
        asked = counts[first_sample : starts[release + 1]]
        known = np.sort(asked[asked > 0])
        limit, left = 0, 0  # samples that fewer have are anchors, and so many of those that just as many have
        if len(known):
            limit = int(known[min(max_anchors, len(known)) - 1])
            left = min(max_anchors, len(known))
            left -= int(np.count_nonzero(known[:left] < limit))
        filled = 0
        previous = np.int64(-1)
        is_anchor = False
        for hit in range(at, end):
            query = np.int64(hits[hit] >> _28)
            if query != previous:
                previous = query
                is_anchor = query >= first_sample and counts[query] <= limit
                if is_anchor and counts[query] == limit:
                    is_anchor = left > 0
                    left -= 1
            if query >= first_sample and not is_anchor:
                continue
            number = np.int64(hits[hit] & _NUMBER)
            slot = (number * _MIXER >> 8) & mask
            while table[slot] >= 0 and table[slot] != number:
                slot = (slot + 1) & mask
            if table[slot] < 0:
                table[slot] = number
                shared[slot] = 0
                slots[filled] = slot
                filled += 1
            shared[slot] += 1 if is_anchor else _IN_BAND
        by_shared[:] = 0
        for entry in range(filled):
            by_shared[shared[slots[entry]] & (_IN_BAND - 1)] += 1
        least, room = max_anchors, most
        while least > 1 and by_shared[least] <= room:
            room -= by_shared[least]
            least -= 1
        for entry in range(filled):
            slot = slots[entry]
            count = shared[slot] & (_IN_BAND - 1)
            is_chosen = count > least
            if count == least and count > 0 and room > 0:
                is_chosen = True
                room -= 1
            if is_chosen or shared[slot] >= _IN_BAND:
                out[written] = np.uint64(release) << _28 | np.uint64(table[slot])
                written += 1
            table[slot] = -1
        at = end
    return written


def judge_pairs(
    news: Any,
    olds: Any,
    new_values: Any,
    new_samples: Any,
    new_bounds: Any,
    old_values: Any,
    old_samples: Any,
    old_bounds: Any,
    min_equal: Any,
    may_miss: Any,
    least: Any,
    out: Any,
) -> None:
    """Which pairs may be alike enough: by their signatures, or because one seems to hold most of the other.

    How much of the text with the smaller sample is in the other is estimated as in
    :func:`obecsum.minhash.loops.link_samples`: by its sampled shingles and by those of its minima that are no larger
    than the other's.

    Args:
        news: int64: row of the new release of each pair.
        olds: int64: row of the indexed one.
        new_values: uint16 of shape ``(n, num_perm)``: codes of the minima, ascending with them.
        new_samples: uint16: codes of the sampled shingles, sorted within each release.
        new_bounds: int64 bounds of the releases in ``new_samples``.
        old_values: uint16 of shape ``(k, num_perm)``: the same codes of the indexed ones' minima.
        old_samples: uint16: codes of their sampled shingles, sorted within each release.
        old_bounds: int64 bounds of the indexed releases in ``old_samples``.
        min_equal: Pairs with so many equal minima are alike enough.
        may_miss: int64: by the size of one of the samples, how many of it the other need not have: a loose bound.
        least: int64: by the size of both samples together, how many of them must be shared.
        out: bool, written.
    """
    num_perm = new_values.shape[1]
    for pair in range(len(news)):
        new, old = news[pair], olds[pair]
        i, i_end = new_bounds[new], new_bounds[new + 1]
        j, j_end = old_bounds[old], old_bounds[old + 1]
        size = min(i_end - i, j_end - j)
        equal, below, above = np.uint32(0), np.uint32(0), np.uint32(0)
        for k in range(num_perm):
            equal += np.uint32(new_values[new, k] == old_values[old, k])
            below += np.uint32(new_values[new, k] < old_values[old, k])
            above += np.uint32(new_values[new, k] > old_values[old, k])
        if equal >= min_equal:
            out[pair] = True
            continue
        own = equal + (below if i_end - i <= j_end - j else above)
        out[pair] = False
        if own - equal > may_miss[own]:
            continue
        shared = 0
        while i < i_end and j < j_end:
            if new_samples[i] == old_samples[j]:
                shared += 1
                i += 1
                j += 1
            elif new_samples[i] < old_samples[j]:
                i += 1
            else:
                j += 1
        out[pair] = shared > 0 and size - shared <= may_miss[size] and shared + equal >= least[size + own]
