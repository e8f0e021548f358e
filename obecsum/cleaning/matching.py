"""Which units of one text resemble each other: seeds by sorted hashes, then exact coverage.

The work is bounded whatever the text: each hashed 12-gram is linked to at most the next seven offsets where it occurs
(a text of 10,000 equal lines has 70,000 pairs, not 50 million), and only pairs that share enough of them are compared
exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from obecsum.cleaning.units import Unit

__all__ = ["UnitMatch", "coverage", "match_units"]

_GRAM = 5
_SEED_CHARS = 12
_MAX_LINKS = 7
_MIN_SHARED = 0.35
_MAX_COMPARED = 10_000
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """Two units of a text that resemble each other, ``first`` before ``second``.

    Attributes:
        first: Index of the earlier unit.
        second: Index of the later unit.
        first_covered: Share of the earlier one's characters that lie in 5-grams of the later one, 0 to 1.
        second_covered: The same the other way round.
    """

    first: int
    second: int
    first_covered: float
    second_covered: float


def _mask(compact: str, grams: Iterable[str] | frozenset[str]) -> bytearray:
    known = grams if isinstance(grams, (set, frozenset)) else frozenset(grams)
    mask = bytearray(len(compact))
    last = max(1, len(compact) - _GRAM + 1)
    for i in range(last):
        if compact[i : i + _GRAM] in known:
            mask[i : i + _GRAM] = b"\x01" * min(_GRAM, len(compact) - i)
    return mask


def coverage(compact: str, grams: frozenset[str] | set[str]) -> float:
    """Share of a compact text's characters that lie in one of ``grams``, 0 to 1."""
    return sum(_mask(compact, grams)) / len(compact) if compact else 0.0


def _linked(units: Sequence[Unit]) -> list[tuple[int, int, int]]:
    """Pairs of units that share seeds: (earlier, later, shared seeds)."""
    joined = "\n".join(unit.compact for unit in units)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    count = codes.size - _SEED_CHARS + 1
    if count <= 0:
        return []
    owner = np.repeat(np.arange(len(units)), [len(unit.compact) + 1 for unit in units])[: codes.size]
    hashes = np.zeros(count, dtype=np.uint64)
    for i in range(_SEED_CHARS):
        hashes = (hashes + codes[i : i + count]) * _MULTIPLIER
        hashes ^= hashes >> np.uint64(29)
    inside = owner[:count] == owner[_SEED_CHARS - 1 :]
    inside &= codes[_SEED_CHARS - 1 :] != np.uint64(10)
    offsets = np.flatnonzero(inside)
    if offsets.size < 2:
        return []
    hashes, owners = hashes[offsets], owner[offsets]
    order = np.argsort(hashes, kind="stable")
    hashes, owners = hashes[order], owners[order].astype(np.int64)
    keys: list[np.ndarray] = []
    width = np.int64(len(units))
    for step in range(1, min(_MAX_LINKS, hashes.size - 1) + 1):
        same = (hashes[step:] == hashes[:-step]) & (owners[step:] != owners[:-step])
        keys.append(owners[:-step][same] * width + owners[step:][same])
    pairs, shared = np.unique(np.concatenate(keys), return_counts=True)
    return [(int(pair // width), int(pair % width), int(n)) for pair, n in zip(pairs, shared, strict=True)]


def match_units(units: Sequence[Unit], *, min_covered: float = 0.7) -> list[UnitMatch]:
    """Finds the pairs of units of which at least one is covered by the other.

    Args:
        units: The units of one text.
        min_covered: Smallest share, in (0, 1], that one of the two must reach.

    Returns:
        The matches, sorted by (first, second).
    """
    found: list[UnitMatch] = []
    grams: dict[int, frozenset[str]] = {}

    def grams_of(index: int) -> frozenset[str]:
        if index not in grams:
            grams[index] = units[index].grams
        return grams[index]

    candidates: list[tuple[float, int, int]] = []
    for i, j, shared in _linked(units):
        a, b = units[i].compact, units[j].compact
        if a == b:
            found.append(UnitMatch(i, j, 1.0, 1.0))
            continue
        share = shared / (min(len(a), len(b)) - _SEED_CHARS + 1)
        if share >= _MIN_SHARED:
            candidates.append((-share, i, j))
    candidates.sort()
    for _, i, j in candidates[:_MAX_COMPARED]:
        first = coverage(units[i].compact, grams_of(j))
        second = coverage(units[j].compact, grams_of(i))
        if max(first, second) >= min_covered:
            found.append(UnitMatch(i, j, first, second))
    found.sort(key=lambda match: (match.first, match.second))
    return found
