"""Equal passages of two texts, in order and moved.

How it works, and why its time is bounded: the longest prefix and suffix that are equal are taken off; in the middle,
character n-grams that occur once in each text are anchors (as in patience diff), anchors on one diagonal become
blocks, and the heaviest chain of blocks in the same order is kept (a Fenwick tree, m log m for at most
``MAX_BLOCKS`` blocks); blocks off the chain are moved passages. The gaps between blocks are anchored once more
with shorter n-grams. Sorting the n-grams is the costliest step, so the time is n log n in the length of the
texts; 10,000 identical lines have no anchor and cost least.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

__all__ = ["Anchors", "Block", "anchors_of", "find_blocks", "gaps_between"]

ANCHOR_CHARS = 16
GAP_ANCHOR_CHARS = 8
MIN_MOVED_CHARS = 24
MAX_BLOCKS = 20_000
SHORT_CHARS = 256
_BASE = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Block:
    """``length`` code points that are equal in both texts, from ``a`` and ``b`` on (without white space)."""

    a: int
    b: int
    length: int


def _grams(codes: npt.NDArray[np.uint32], size: int) -> npt.NDArray[np.uint64]:
    """Hash of each run of ``size`` code points (polynomial, modulo 2**64)."""
    count = len(codes) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    wide = codes.astype(np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for offset in range(size):
            hashes = hashes * _BASE + wide[offset : offset + count]
            hashes ^= hashes >> np.uint64(29)
    return hashes


def _unique(hashes: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    order = np.argsort(hashes, kind="stable")
    ranked = hashes[order]
    edge = np.empty(len(ranked) + 1, dtype=np.bool_)
    edge[0] = edge[-1] = True
    np.not_equal(ranked[1:], ranked[:-1], out=edge[1:-1])
    alone = edge[:-1] & edge[1:]
    return ranked[alone], order[alone]


def _common_prefix(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> int:
    size = min(len(a), len(b))
    differs = np.flatnonzero(a[:size] != b[:size])
    return int(differs[0]) if len(differs) else size


def _common_suffix(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> int:
    return _common_prefix(a[::-1], b[::-1])


@dataclass(frozen=True, slots=True)
class Anchors:
    """The n-grams that occur once in a text: their hashes in order, and where each begins.

    Attributes:
        values: uint64 hashes, ascending.
        places: int64 offsets, one a value.
    """

    values: npt.NDArray[np.uint64]
    places: npt.NDArray[np.int64]


def anchors_of(codes: npt.NDArray[np.uint32], size: int = ANCHOR_CHARS) -> Anchors:
    """The n-grams of ``size`` code points that occur once in ``codes``: worked out once for many comparisons."""
    return Anchors(*_unique(_grams(codes, size)))


def _common_anchors(
    a: Anchors, b: Anchors, inside: tuple[int, int, int, int], size: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Places of the anchors that two texts share, by their place in the first, as far as they lie in the ranges."""
    if len(a.values) > len(b.values):
        swapped = _common_anchors(b, a, (*inside[2:], *inside[:2]), size)
        order = np.argsort(swapped[1])
        return swapped[1][order], swapped[0][order]
    if not len(a.values):
        return a.places, a.places
    at = np.searchsorted(b.values, a.values)
    at[at == len(b.values)] = 0
    hits = np.flatnonzero(b.values[at] == a.values)
    at_a, at_b = a.places[hits], b.places[at[hits]]
    start_a, end_a, start_b, end_b = inside
    within = (at_a >= start_a) & (at_a + size <= end_a) & (at_b >= start_b) & (at_b + size <= end_b)
    at_a, at_b = at_a[within], at_b[within]
    order = np.argsort(at_a)
    return at_a[order], at_b[order]


def _common_short(a: str, b: str, size: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """As :func:`_common_anchors` in two short strings, where a dictionary is faster than sorting."""
    places = []
    for text in (a, b):
        seen: dict[str, int] = {}
        for at in range(len(text) - size + 1):
            gram = text[at : at + size]
            seen[gram] = -1 if gram in seen else at
        places.append(seen)
    ours, theirs = places
    pairs = [(at, theirs.get(gram, -1)) for gram, at in ours.items() if at >= 0]
    found = np.array([pair for pair in pairs if pair[1] >= 0], dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _blocks_around(
    a: npt.NDArray[np.uint32],
    b: npt.NDArray[np.uint32],
    at_a: npt.NDArray[np.int64],
    at_b: npt.NDArray[np.int64],
    size: int,
) -> list[Block]:
    """Maximal equal blocks around shared anchors, by their place in ``a``."""
    if not len(at_a):
        return []
    steps = np.diff(at_a)
    breaks = np.flatnonzero((steps > size) | (np.diff(at_b) != steps)) + 1
    firsts, lasts = [0, *breaks.tolist()], [*(breaks - 1).tolist(), len(at_a) - 1]
    blocks: list[Block] = []
    codes_a, codes_b = a.data, b.data
    for first, last in zip(firsts, lasts, strict=True):
        start_a, start_b = int(at_a[first]), int(at_b[first])
        length = int(at_a[last]) - start_a + size
        left, back = 0, min(64, start_a, start_b)
        while left < back and codes_a[start_a - left - 1] == codes_b[start_b - left - 1]:
            left += 1
        if (
            blocks
            and blocks[-1].b - blocks[-1].a == start_b - start_a
            and blocks[-1].a + blocks[-1].length >= start_a - left
        ):
            previous = blocks.pop()
            blocks.append(Block(previous.a, previous.b, start_a + length - previous.a))
            continue
        blocks.append(Block(start_a - left, start_b - left, length + left))
    extended = []
    for block in blocks:
        end_a, end_b = block.a + block.length, block.b + block.length
        extra, ahead = 0, min(64, len(a) - end_a, len(b) - end_b)
        while extra < ahead and codes_a[end_a + extra] == codes_b[end_b + extra]:
            extra += 1
        extended.append(Block(block.a, block.b, block.length + extra))
    return extended


def _anchored(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32], size: int) -> list[Block]:
    """Maximal equal blocks around n-grams that occur once in each text, by their place in ``a``."""
    if max(len(a), len(b)) <= SHORT_CHARS:
        return _blocks_around(a, b, *_common_short(_text(a), _text(b), size), size)
    inside = (0, len(a), 0, len(b))
    return _blocks_around(a, b, *_common_anchors(anchors_of(a, size), anchors_of(b, size), inside, size), size)


def _text(codes: npt.NDArray[np.uint32]) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _chain(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """The heaviest chain in which both sides go forward, its overlaps trimmed; and the blocks that are not in it."""
    if len(blocks) > MAX_BLOCKS:
        blocks = sorted(blocks, key=lambda block: -block.length)[:MAX_BLOCKS]
    blocks = sorted(blocks, key=lambda block: (block.a, block.b))
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


def gaps_between(chain: list[Block], size_a: int, size_b: int) -> list[tuple[int, int, int, int]]:
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
    """The equal passages of two texts: those in one order (by their place, never overlapping) and those moved.

    Args:
        a: Code points of the first text, uint32, without white space.
        b: Those of the second.
        anchors_a: ``anchors_of(a)``, where they are known.
        anchors_b: ``anchors_of(b)``.
    """
    prefix = _common_prefix(a, b)
    suffix = _common_suffix(a[prefix:], b[prefix:])
    inside = (prefix, len(a) - suffix, prefix, len(b) - suffix)
    chain: list[Block] = []
    moved: list[Block] = []
    if min(inside[1], inside[3]) - prefix >= ANCHOR_CHARS:
        ours = anchors_of(a) if anchors_a is None else anchors_a
        theirs = anchors_of(b) if anchors_b is None else anchors_b
        blocks = _blocks_around(a, b, *_common_anchors(ours, theirs, inside, ANCHOR_CHARS), ANCHOR_CHARS)
        chain, moved = _chain([_clipped(block, inside) for block in blocks])
    full = [Block(0, 0, prefix)] if prefix else []
    full += chain
    if suffix:
        full.append(Block(len(a) - suffix, len(b) - suffix, suffix))
    refined: list[Block] = []
    for start_a, end_a, start_b, end_b in gaps_between(full, len(a), len(b)):
        if min(end_a - start_a, end_b - start_b) >= GAP_ANCHOR_CHARS:
            inner, _ = _chain(_anchored(a[start_a:end_a], b[start_b:end_b], GAP_ANCHOR_CHARS))
            refined += [Block(block.a + start_a, block.b + start_b, block.length) for block in inner]
    chain = sorted([*full, *refined], key=lambda block: block.a)
    return chain, _uncovered(moved, chain)


def _clipped(block: Block, inside: tuple[int, int, int, int]) -> Block:
    """A block cut to the middle of both texts: what is before and behind belongs to the common beginning and end."""
    start_a, end_a, start_b, end_b = inside
    cut = max(0, start_a - block.a, start_b - block.b)
    over = max(0, block.a + block.length - end_a, block.b + block.length - end_b)
    return Block(block.a + cut, block.b + cut, block.length - cut - over)


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
