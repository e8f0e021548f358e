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

__all__ = ["Block", "find_blocks", "gaps_between"]

ANCHOR_CHARS = 16
GAP_ANCHOR_CHARS = 8
MIN_MOVED_CHARS = 24
MAX_BLOCKS = 20_000
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


def _anchored(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32], size: int) -> list[Block]:
    """Maximal equal blocks around n-grams that occur once in each text, by their place in ``a``."""
    values_a, where_a = _unique(_grams(a, size))
    values_b, where_b = _unique(_grams(b, size))
    _, in_a, in_b = np.intersect1d(values_a, values_b, assume_unique=True, return_indices=True)
    if not len(in_a):
        return []
    at_a, at_b = where_a[in_a], where_b[in_b]
    order = np.argsort(at_a)
    at_a, at_b = at_a[order], at_b[order]
    breaks = np.flatnonzero((np.diff(at_a) > size) | (np.diff(at_b) != np.diff(at_a))) + 1
    firsts, lasts = np.append(0, breaks), np.append(breaks, len(at_a)) - 1
    blocks: list[Block] = []
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        start_a, start_b = int(at_a[first]), int(at_b[first])
        length = int(at_a[last]) - start_a + size
        left = 0
        while (
            start_a - left > 0 and start_b - left > 0 and a[start_a - left - 1] == b[start_b - left - 1] and left < 64
        ):
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
        extra = _common_prefix(a[end_a : end_a + 64], b[end_b : end_b + 64])
        extended.append(Block(block.a, block.b, block.length + extra))
    return extended


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


def find_blocks(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> tuple[list[Block], list[Block]]:
    """The equal passages of two texts: those in one order (by their place, never overlapping) and those moved.

    Args:
        a: Code points of the first text, uint32, without white space.
        b: Those of the second.
    """
    prefix = _common_prefix(a, b)
    suffix = _common_suffix(a[prefix:], b[prefix:])
    middle_a, middle_b = a[prefix : len(a) - suffix], b[prefix : len(b) - suffix]
    chain, loose = _chain(_anchored(middle_a, middle_b, ANCHOR_CHARS))
    full = [Block(0, 0, prefix)] if prefix else []
    full += [Block(block.a + prefix, block.b + prefix, block.length) for block in chain]
    if suffix:
        full.append(Block(len(a) - suffix, len(b) - suffix, suffix))
    moved = [Block(block.a + prefix, block.b + prefix, block.length) for block in loose]
    refined: list[Block] = []
    for start_a, end_a, start_b, end_b in gaps_between(full, len(a), len(b)):
        if min(end_a - start_a, end_b - start_b) >= GAP_ANCHOR_CHARS:
            inner, _ = _chain(_anchored(a[start_a:end_a], b[start_b:end_b], GAP_ANCHOR_CHARS))
            refined += [Block(block.a + start_a, block.b + start_b, block.length) for block in inner]
    chain = sorted([*full, *refined], key=lambda block: block.a)
    return chain, _uncovered(moved, chain)


def _uncovered(moved: list[Block], chain: list[Block]) -> list[Block]:
    """The parts of moved blocks that the chain uses on neither side, longest first come, none overlapping another."""
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
