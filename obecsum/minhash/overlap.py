"""Exact overlap of candidate pairs while no texts are held: they are asked for again, a bounded part at a time.

The signatures of a large feed fit into memory, its shingles do not (about 7.5 kB a release). So the texts of candidates
are read again by whoever knows where they are, shingled, intersected and forgotten. Pairs are taken in an order that
keeps partners close together: breadth first through the graph of pairs. Nearly every text is asked for once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import OptionError
from obecsum.minhash.loops import breadth_first, loop
from obecsum.minhash.memory import Growing
from obecsum.minhash.shingles import I64, U32, bounds_of, pair_overlaps, shingle_chunks

__all__ = ["Overlaps", "exact_overlaps"]

_PAIRS_AT_ONCE = 2048

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Overlaps:
    """How much the texts of pairs share, in shingles.

    Attributes:
        shared: int64 of shape ``(m,)``: shingles that both have.
        sizes: int64 of shape ``(m, 2)``: shingles that each has.
    """

    shared: I64
    sizes: I64

    @property
    def jaccard(self) -> F64:
        """Shared over all, from 0 to 1; 1.0 where both are empty. float64 of shape ``(m,)``."""
        union = self.sizes.sum(axis=1) - self.shared
        return np.where(union > 0, self.shared / np.maximum(1, union), 1.0)

    @property
    def containment(self) -> F64:
        """Share of the smaller one that the larger one has, from 0 to 1; 1.0 where it is empty."""
        smaller = self.sizes.min(axis=1)
        return np.where(smaller > 0, self.shared / np.maximum(1, smaller), 1.0)


def exact_overlaps(
    text_of: Callable[[I64], Iterable[str]],
    pairs: I64,
    *,
    max_bytes: int = 64 << 20,
    num_threads: int | None = None,
    known: Mapping[int, U32] | None = None,
) -> Overlaps:
    """Count what the texts of each pair share.

    Args:
        text_of: Called with ascending indexes (int64), a few thousand at most; returns their texts in that order. They
            are read one at a time if it is a generator.
        pairs: int64 of shape ``(m, 2)``: indexes of texts, in any order.
        max_bytes: What the kept shingles may take between two parts. Each part needs those of its own pairs as well, 30
            MB for releases of 3,000 characters.
        num_threads: Threads to use; all cores where None.
        known: Shingles of some texts (sorted, each once), which are not asked for while these are kept.

    Returns:
        Shared shingles and sizes, in the order of ``pairs``.

    Raises:
        OptionError: An option is out of range.

    Example:
        >>> texts = ["ข่าวสารวันนี้", "ข่าวสารวันนั้น", "อื่นใด"]
        >>> exact_overlaps(lambda rows: [texts[row] for row in rows], np.array([[0, 1], [2, 0]])).shared.tolist()
        [7, 0]
    """
    if max_bytes < 0:
        raise OptionError(f"max_bytes must be at least 0, got {max_bytes}")
    pairs = np.ascontiguousarray(pairs, dtype=np.int64).reshape(-1, 2)
    found = Overlaps(np.zeros(len(pairs), dtype=np.int64), np.zeros((len(pairs), 2), dtype=np.int64))
    rows, local = np.unique(pairs, return_inverse=True)
    local = local.reshape(-1, 2)
    order = _order(local, len(rows))
    num_parts = -(-len(pairs) // _PAIRS_AT_ONCE)
    uses = _uses(local[order], num_parts)
    kept = _Kept(len(rows))
    for row, values in (known or {}).items():
        at = int(np.searchsorted(rows, row))
        if at < len(rows) and rows[at] == row:
            kept.add(np.array([at]), [(values, np.array([0, len(values)]))])
    for part in range(num_parts):
        chosen = order[part * _PAIRS_AT_ONCE : (part + 1) * _PAIRS_AT_ONCE]
        members = np.unique(local[chosen])
        fresh = members[kept.row[members] < 0]
        kept.add(fresh, shingle_chunks(text_of(rows[fresh]), num_threads=num_threads))
        inside = kept.row[local[chosen]]
        bounds = kept.bounds
        found.shared[chosen] = pair_overlaps(kept.values.rows, bounds, inside, num_threads=num_threads)
        found.sizes[chosen] = np.diff(bounds)[inside]
        kept.keep(_next_wanted(kept, uses, part, num_parts, max_bytes))
    return found


class _Kept:
    """Shingles of some texts in a row, in the same memory from part to part.

    Attributes:
        values: The shingles.
        members: int64: whose they are, in their order.
        bounds: int64, one longer: where those of each begin, and the last end.
        row: int64 by text: where it is in ``members``; -1 for one that is not kept.
    """

    def __init__(self, count: int) -> None:
        self.values = Growing()
        self.members, self.bounds = np.empty(0, dtype=np.int64), np.zeros(1, dtype=np.int64)
        self.row = np.full(count, -1, dtype=np.int64)

    def add(self, members: I64, chunks: Iterable[tuple[U32, I64]]) -> None:
        """Add texts, as many as ``chunks`` have."""
        sizes = [np.diff(self.bounds)]
        for values, bounds in chunks:
            self.values.append(values)
            sizes.append(np.diff(bounds))
        self.bounds = bounds_of(np.concatenate(sizes))
        if len(self.bounds) - 1 != len(self.members) + len(members):
            got = len(self.bounds) - 1 - len(self.members)
            raise OptionError(f"text_of must return a text an index: got {got} for {len(members)}")
        self.row[members] = np.arange(len(self.members), len(self.bounds) - 1)
        self.members = np.concatenate([self.members, members])

    def keep(self, wanted: I64) -> None:
        """Forget all but some of ``members``, given as ascending rows among them."""
        values, end = self.values.rows, 0
        for row in wanted.tolist():
            begin, size = self.bounds[row], self.bounds[row + 1] - self.bounds[row]
            if begin != end:
                values[end : end + size] = values[begin : begin + size]
            end += size
        del values
        self.values.cut(int(end))
        self.bounds = bounds_of(np.diff(self.bounds)[wanted])
        self.row[self.members] = -1
        self.members = self.members[wanted]
        self.row[self.members] = np.arange(len(self.members))


def _order(local: I64, count: int) -> I64:
    """An order of the pairs in which partners are close: each is done when the later one of the two comes up."""
    both = np.concatenate([local, local[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    starts = np.searchsorted(both[:, 0], np.arange(count + 1))
    rank = np.empty(count, dtype=np.int64)
    loop(breadth_first, work=len(both) * 16)(starts, np.ascontiguousarray(both[:, 1]), rank)
    ranked = np.sort(rank[local], axis=1)
    return np.lexsort((ranked[:, 0], ranked[:, 1]))


def _uses(ordered: I64, num_parts: int) -> I64:
    """Which parts need each text, as ``text * num_parts + part``, sorted, with a value above all of them at the end."""
    parts = np.arange(len(ordered)) // _PAIRS_AT_ONCE
    return np.append(np.unique(ordered * num_parts + parts[:, None]), np.iinfo(np.int64).max)


def _next_wanted(kept: _Kept, uses: I64, part: int, num_parts: int, max_bytes: int) -> I64:
    """Rows of those that a later part needs, the soonest needed first, as far as they fit (Belady 1966); sorted."""
    members = kept.members
    following = uses[np.searchsorted(uses, members * num_parts + part, side="right")]
    wanted = np.flatnonzero(following // num_parts == members)
    wanted = wanted[np.lexsort((members[wanted], following[wanted] % num_parts))]
    sizes = 4 * np.cumsum(np.diff(kept.bounds)[wanted])
    return np.sort(wanted[: np.searchsorted(sizes, max_bytes, side="right")])
