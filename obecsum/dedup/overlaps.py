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

from obecsum.dedup.linking import breadth_first, loop
from obecsum.dedup.shingles import I64, U32, bounds_of, pair_overlaps, shingle_batch
from obecsum.errors import OptionError

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
    kept = {int(np.searchsorted(rows, row)): values for row, values in (known or {}).items() if row in rows}
    for begin in range(0, len(pairs), _PAIRS_AT_ONCE):
        chosen = order[begin : begin + _PAIRS_AT_ONCE]
        members, inside = np.unique(local[chosen], return_inverse=True)
        fresh = np.array([member for member in members.tolist() if member not in kept], dtype=np.int64)
        values, bounds = shingle_batch(text_of(rows[fresh]), num_threads=num_threads)
        if len(bounds) != len(fresh) + 1:
            raise OptionError(f"text_of must return a text an index: got {len(bounds) - 1} for {len(fresh)}")
        for at, member in enumerate(fresh.tolist()):
            kept[member] = values[bounds[at] : bounds[at + 1]]
        parts = [kept[member] for member in members.tolist()]
        values, bounds = np.concatenate(parts), bounds_of([len(part) for part in parts])
        inside = inside.reshape(-1, 2)
        found.shared[chosen] = pair_overlaps(values, bounds, inside, num_threads=num_threads)
        found.sizes[chosen] = np.diff(bounds)[inside]
        del values
        kept = _next_wanted(kept, uses, begin // _PAIRS_AT_ONCE, num_parts, max_bytes)
    return found


def _order(local: I64, count: int) -> I64:
    """An order of the pairs in which partners are close."""
    both = np.concatenate([local, local[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    starts = np.searchsorted(both[:, 0], np.arange(count + 1))
    rank = np.empty(count, dtype=np.int64)
    loop(breadth_first, work=len(both) * 16)(starts, np.ascontiguousarray(both[:, 1]), rank)
    ranked = np.sort(rank[local], axis=1)
    return np.lexsort((ranked[:, 1], ranked[:, 0]))


def _uses(ordered: I64, num_parts: int) -> I64:
    """Which parts need each text, as ``text * num_parts + part``, sorted, with a value above all of them at the end."""
    parts = np.arange(len(ordered)) // _PAIRS_AT_ONCE
    return np.append(np.unique(ordered * num_parts + parts[:, None]), np.iinfo(np.int64).max)


def _next_wanted(kept: dict[int, U32], uses: I64, part: int, num_parts: int, max_bytes: int) -> dict[int, U32]:
    """Those that a later part needs, the soonest needed first, as far as they fit (Belady 1966)."""
    members = np.array(list(kept), dtype=np.int64)
    following = uses[np.searchsorted(uses, members * num_parts + part, side="right")]
    wanted = following // num_parts == members
    members, following = members[wanted], following[wanted] % num_parts
    chosen = {}
    size = 0
    for member in members[np.lexsort((members, following))].tolist():
        size += kept[member].nbytes
        if size > max_bytes:
            break
        values = kept[member]
        chosen[member] = values if values.base is None else values.copy()  # a view would hold all of its part
    return chosen
