"""Equal passages of two texts, in order and moved.

How it works, and why its time is bounded: the longest prefix and suffix that are equal are taken off; in the middle,
character n-grams that occur once in each text are anchors (as in patience diff), anchors on one diagonal become
blocks, and the heaviest chain of blocks in the same order is kept (a Fenwick tree, m log m for at most
``MAX_BLOCKS`` blocks); blocks off the chain are moved passages. The gaps between blocks are anchored once more
with shorter n-grams, all gaps at once: the number of a gap goes into the hash, so that an n-gram has to occur once in
its gap only. Sorting the n-grams is the costliest step, so the time is n log n in the length of the
texts; 10,000 identical lines have no anchor and cost least.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt

__all__ = ["Anchors", "Block", "anchors_of", "find_blocks", "gaps_between"]

ANCHOR_CHARS = 16
GAP_ANCHOR_CHARS = 8
MIN_MOVED_CHARS = 24
MAX_BLOCKS = 20_000
_REACH_CHARS = 64
_ODD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
# The low bits of a hash make room for the offset, so that one sort of plain numbers orders both.
_OFFSET_BITS = 20
_HASH_MASK = np.uint64(2**64 - 2**_OFFSET_BITS)

_Hashes = npt.NDArray[np.uint64]
_Offsets = npt.NDArray[np.int64]
_GapPair = tuple[int, int, int, int]  # (start in a, end in a, start in b, end in b)
_AnchorRun = tuple[int, int, int]  # (start in a, start in b, characters)


@dataclass(frozen=True, slots=True)
class Block:
    """``length`` code points that are equal in both texts, from ``a`` and ``b`` on (without white space)."""

    a: int
    b: int
    length: int


def _mixed(left: _Hashes, right: _Hashes) -> _Hashes:
    hashes = left * _ODD[0] + right * _ODD[1]  # arrays wrap around without a word
    hashes ^= hashes >> np.uint64(29)
    return hashes


def _doubled(hashes: _Hashes, chars: int) -> _Hashes:
    """The hashes of the n-grams of twice ``chars`` from those of ``chars`` at each offset."""
    return _mixed(hashes[:-chars], hashes[chars:]) if len(hashes) > chars else hashes[:0]


def _grams(codes: npt.NDArray[np.uint32]) -> tuple[_Hashes, _Hashes]:
    """Hashes of the n-grams of ``GAP_ANCHOR_CHARS`` and of ``ANCHOR_CHARS`` at each offset."""
    hashes, chars = codes.astype(np.uint64), 1
    while chars < GAP_ANCHOR_CHARS:
        hashes, chars = _doubled(hashes, chars), 2 * chars
    return hashes, _doubled(hashes, chars)


def _unique(hashes: _Hashes, offsets: _Offsets) -> tuple[_Hashes, _Offsets]:
    """The hashes that occur once, ascending, their low bits zero; and their offsets."""
    if len(offsets) and int(offsets[-1]) >= 1 << _OFFSET_BITS:
        ranked = hashes & _HASH_MASK
        order = np.argsort(ranked, kind="stable")
        ranked, offsets = ranked[order], offsets[order]
        alone = _alone(ranked)
        return ranked[alone], offsets[alone]
    packed = (hashes & _HASH_MASK) | offsets.astype(np.uint64)
    packed.sort()
    packed = packed[_alone(packed >> np.uint64(_OFFSET_BITS))]
    return packed & _HASH_MASK, (packed & ~_HASH_MASK).astype(np.int64)


def _alone(ranked: _Hashes) -> npt.NDArray[np.bool_]:
    """Which of sorted values have no equal beside them."""
    edge = np.empty(len(ranked) + 1, dtype=np.bool_)
    edge[0] = edge[-1] = True
    np.not_equal(ranked[1:], ranked[:-1], out=edge[1:-1])
    return edge[:-1] & edge[1:]


def _common_prefix(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> int:
    size = min(len(a), len(b))
    differs = a[:size] != b[:size]
    first = int(differs.argmax()) if size else 0
    return first if size and differs[first] else size


def _common_suffix(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> int:
    return _common_prefix(a[::-1], b[::-1])


@dataclass(frozen=True, slots=True)
class Anchors:
    """What alignment asks of one text, whatever it is compared with.

    Attributes:
        values: uint64 hashes of the n-grams of 16 code points that occur once, ascending.
        offsets: int64, one a value.
        short: uint64 hashes of the n-grams of 8 code points, by their offset.
        text: The code points as a string: single ones are read faster from it than from an array.
    """

    values: _Hashes
    offsets: _Offsets
    short: _Hashes
    text: str


def anchors_of(codes: npt.NDArray[np.uint32]) -> Anchors:
    """What alignment asks of ``codes``: worked out once for many comparisons."""
    short, long = _grams(codes)
    text = codes.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")
    return Anchors(*_unique(long, np.arange(len(long))), short, text)


def _shared(
    values_a: _Hashes, offsets_a: _Offsets, values_b: _Hashes, offsets_b: _Offsets
) -> tuple[_Offsets, _Offsets]:
    """Offsets of the values that both have, by that in the first."""
    if len(values_a) > len(values_b):
        at_b, at_a = _shared(values_b, offsets_b, values_a, offsets_a)
    elif not len(values_a):
        return offsets_a, offsets_b[:0]
    else:
        at = values_b.searchsorted(values_a)
        at[at == len(values_b)] = 0
        hits = values_b[at] == values_a
        at_a, at_b = offsets_a[hits], offsets_b[at[hits]]
    order = at_a.argsort()
    return at_a[order], at_b[order]


def _runs(at_a: _Offsets, at_b: _Offsets, chars: int) -> list[_AnchorRun]:
    """Shared n-grams on one diagonal, each beginning within the one before, as one run."""
    if not len(at_a):
        return []
    steps = at_a[1:] - at_a[:-1]
    edge = np.empty(len(at_a) + 1, dtype=np.bool_)
    edge[0] = edge[-1] = True
    np.logical_or(steps > chars, at_b[1:] - at_b[:-1] != steps, out=edge[1:-1])
    firsts, lasts = at_a[edge[:-1]], at_a[edge[1:]]
    return list(zip(firsts.tolist(), at_b[edge[:-1]].tolist(), (lasts - firsts + chars).tolist(), strict=True))


def _runs_inside(a: Anchors, b: Anchors, inside: _GapPair) -> list[_AnchorRun]:
    """Runs of long n-grams that occur once in each text, as far as they lie between the common beginning and end."""
    at_a, at_b = _shared(a.values, a.offsets, b.values, b.offsets)
    start_a, end_a, start_b, end_b = inside
    within = (at_a >= start_a) & (at_a + ANCHOR_CHARS <= end_a) & (at_b >= start_b) & (at_b + ANCHOR_CHARS <= end_b)
    return _runs(at_a[within], at_b[within], ANCHOR_CHARS)


def _runs_in_gaps(a: Anchors, b: Anchors, gaps: list[_GapPair]) -> list[_AnchorRun]:
    """Runs of short n-grams that occur once in both sides of a gap; no run reaches into another gap."""
    sides = []
    edges = np.array(gaps, dtype=np.int64)
    for text, at in ((a, 0), (b, 2)):
        firsts, sizes = edges[:, at], edges[:, at + 1] - edges[:, at] - (GAP_ANCHOR_CHARS - 1)
        numbers = np.repeat(np.arange(len(gaps)), sizes)
        offsets = np.arange(len(numbers)) + (firsts - np.cumsum(sizes) + sizes)[numbers]
        sides.append(_unique(_mixed(text.short[offsets], numbers.astype(np.uint64)), offsets))
    return _runs(*_shared(*sides[0], *sides[1]), GAP_ANCHOR_CHARS)


def _blocks_around(a: str, b: str, runs: list[_AnchorRun], inside: _GapPair) -> list[Block]:
    """Maximal equal blocks around runs of shared anchors within ``inside``, by their offset in ``a``."""
    low_a, high_a, low_b, high_b = inside
    spans: list[_AnchorRun] = []
    for start_a, start_b, length in runs:
        if a[start_a : start_a + length] != b[start_b : start_b + length]:
            continue  # two n-grams with one hash
        left, back = 0, min(_REACH_CHARS, start_a - low_a, start_b - low_b)
        while left < back and a[start_a - left - 1] == b[start_b - left - 1]:
            left += 1
        if spans:
            before_a, before_b, before = spans[-1]
            if before_b - before_a == start_b - start_a and before_a + before >= start_a - left:
                spans[-1] = (before_a, before_b, start_a + length - before_a)
                continue
        spans.append((start_a - left, start_b - left, length + left))
    blocks = []
    for start_a, start_b, length in spans:
        end_a, end_b = start_a + length, start_b + length
        extra, ahead = 0, min(_REACH_CHARS, high_a - end_a, high_b - end_b)
        while extra < ahead and a[end_a + extra] == b[end_b + extra]:
            extra += 1
        blocks.append(Block(start_a, start_b, length + extra))
    return blocks


def _chain(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The heaviest chain in which both sides go forward, its overlaps trimmed; and the blocks that are not in it."""
    if len(blocks) > MAX_BLOCKS:
        blocks = sorted(blocks, key=lambda block: -block.length)[:MAX_BLOCKS]
    blocks = sorted(blocks, key=lambda block: (block.a, block.b)) if len(blocks) > 1 else blocks
    if all(x.a + x.length <= y.a and x.b + x.length <= y.b for x, y in pairwise(blocks)):
        return blocks, []
    ranks = {b: rank + 1 for rank, b in enumerate(sorted({block.b for block in blocks}))}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(ranks) + 1)
    parents = [-1] * len(blocks)
    best, best_at = 0, -1
    for index, block in enumerate(blocks):
        rank = ranks[block.b] - 1
        weight, parent = 0, -1
        while rank > 0:
            if tree[rank][0] > weight:
                weight, parent = tree[rank]
            rank &= rank - 1
        weight += block.length
        parents[index] = parent
        if weight > best:
            best, best_at = weight, index
        rank = ranks[block.b]
        while rank < len(tree):
            if tree[rank][0] < weight:
                tree[rank] = (weight, index)
            rank += rank & -rank
    picked = set()
    while best_at >= 0:
        picked.add(best_at)
        best_at = parents[best_at]
    chain: list[Block] = []
    end_a = end_b = 0
    for index in sorted(picked):
        block = blocks[index]
        cut = max(0, end_a - block.a, end_b - block.b)
        if block.length - cut >= 4:
            chain.append(Block(block.a + cut, block.b + cut, block.length - cut))
            end_a, end_b = block.a + block.length, block.b + block.length
    return chain, [block for index, block in enumerate(blocks) if index not in picked]


def gaps_between(chain: list[Block], size_a: int, size_b: int) -> list[_GapPair]:
    """What lies between the blocks, as (start_a, end_a, start_b, end_b), never empty on both sides."""
    gaps = []
    at_a = at_b = 0
    for block in [*chain, Block(size_a, size_b, 0)]:
        if block.a > at_a or block.b > at_b:
            gaps.append((at_a, block.a, at_b, block.b))
        at_a, at_b = block.a + block.length, block.b + block.length
    return gaps


def find_blocks(
    a: npt.NDArray[np.uint32],
    b: npt.NDArray[np.uint32],
    *,
    anchors_a: Anchors | None = None,
    anchors_b: Anchors | None = None,
) -> tuple[list[Block], list[Block]]:
    """The equal passages of two texts: those in one order (by their offset, never overlapping) and those moved.

    Args:
        a: Code points of the first text, uint32, without white space.
        b: Those of the second.
        anchors_a: ``anchors_of(a)``, where they are known.
        anchors_b: ``anchors_of(b)``.
    """
    prefix = _common_prefix(a, b)
    suffix = _common_suffix(a[prefix:], b[prefix:])
    inside = (prefix, len(a) - suffix, prefix, len(b) - suffix)
    full = [Block(0, 0, prefix)] if prefix else []
    moved: list[Block] = []
    refined: list[Block] = []
    shorter = min(inside[1], inside[3]) - prefix
    if shorter >= GAP_ANCHOR_CHARS:
        ours = anchors_of(a) if anchors_a is None else anchors_a
        theirs = anchors_of(b) if anchors_b is None else anchors_b
    if shorter >= ANCHOR_CHARS:
        chain, moved = _chain(_blocks_around(ours.text, theirs.text, _runs_inside(ours, theirs, inside), inside))
        full += chain
    if suffix:
        full.append(Block(len(a) - suffix, len(b) - suffix, suffix))
    if shorter >= GAP_ANCHOR_CHARS:
        refined = _refined(ours, theirs, gaps_between(full, len(a), len(b)))
    chain = sorted([*full, *refined], key=lambda block: block.a)
    return chain, _uncovered(moved, chain)


def _refined(a: Anchors, b: Anchors, gaps: list[_GapPair]) -> list[Block]:
    """Equal passages in order within each of the gaps."""
    gaps = [gap for gap in gaps if min(gap[1] - gap[0], gap[3] - gap[2]) >= GAP_ANCHOR_CHARS]
    if not gaps:
        return []
    ends = [gap[1] for gap in gaps]
    refined: list[Block] = []
    for number, runs in groupby(_runs_in_gaps(a, b, gaps), key=lambda run: bisect_right(ends, run[0])):
        refined += _chain(_blocks_around(a.text, b.text, list(runs), gaps[number]))[0]
    return refined


def _uncovered(moved: list[Block], chain: list[Block]) -> list[Block]:
    """The parts of moved blocks that the chain uses on neither side, longest first come, none overlapping another."""
    if not moved:
        return []
    ends = (max((b.a + b.length for b in chain), default=0), max((b.b + b.length for b in chain), default=0))
    size = max([*ends, *(b.a + b.length for b in moved), *(b.b + b.length for b in moved)], default=0) + 1
    used_a, used_b = bytearray(size), bytearray(size)
    for block in chain:
        used_a[block.a : block.a + block.length] = b"\1" * block.length
        used_b[block.b : block.b + block.length] = b"\1" * block.length
    kept = []
    for block in sorted(moved, key=lambda block: (-block.length, block.a, block.b)):
        start, end = 0, block.length
        while start < end and (used_a[block.a + start] or used_b[block.b + start]):
            start += 1
        while end > start and (used_a[block.a + end - 1] or used_b[block.b + end - 1]):
            end -= 1
        a, b = block.a + start, block.b + start
        if (
            end - start >= MIN_MOVED_CHARS
            and 1 not in used_a[a : a + end - start]
            and 1 not in used_b[b : b + end - start]
        ):
            kept.append(Block(a, b, end - start))
            used_a[a : a + end - start] = used_b[b : b + end - start] = b"\1" * (end - start)
    return sorted(kept, key=lambda block: block.a)
