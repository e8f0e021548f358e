"""Candidates, exact verification and comparison of a batch, each pair once."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

import numpy as np

from obecsum.dedup.align import Prepared, prepare_uncached
from obecsum.dedup.candidates import candidate_pairs, containment_candidates
from obecsum.dedup.compare import Comparison, compare_prepared
from obecsum.dedup.evidence import own_size
from obecsum.dedup.shingles import pair_overlaps, shingle_batch
from obecsum.dedup.signatures import Fingerprints, fingerprints
from obecsum.release import Release

__all__ = ["Verifier", "days_between", "holds"]

_KEEP_PREPARED = 2048  # about 60 KB a release of 3,000 characters


def holds(comparison: Comparison, *, first_goes: bool) -> bool:
    """Whether one release can go for the other: the same or contained in it, and nothing of substance would be lost."""
    return comparison.a_can_go if first_goes else comparison.b_can_go


def days_between(a: Release, b: Release) -> int | None:
    """Days between two publication dates; None where one has none that reads as ISO 8601."""
    try:
        first = date.fromisoformat((a.published or "")[:10])
        second = date.fromisoformat((b.published or "")[:10])
    except ValueError:
        return None
    return abs((first - second).days)


class Verifier:
    """Finds pairs among releases (by their place in the given order) and remembers what comparing them gave.

    Args:
        releases: The releases.
        texts: What is compared, a text a release.
        min_jaccard: Pairs from this exact similarity on are compared.
        min_containment: Pairs from this exact containment on are compared.
        num_threads: For the signatures.
        progress: Called with (pairs compared, pairs known).
    """

    def __init__(
        self,
        releases: Sequence[Release],
        texts: Sequence[str],
        *,
        min_jaccard: float,
        min_containment: float,
        num_threads: int | None,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        self._releases, self._texts = releases, texts
        self._min_jaccard, self._min_containment = min_jaccard, min_containment
        self._num_threads, self._progress = num_threads, progress
        self._values, self._bounds = shingle_batch(texts, num_threads=num_threads)
        self._prints = fingerprints(texts, num_threads=num_threads)
        self._found: dict[tuple[int, int], Comparison] = {}
        self._prepared: OrderedDict[int, Prepared] = OrderedDict()
        self._sizes: dict[int, tuple[int, int]] = {}
        self._tried: set[tuple[int, int]] = set()
        self._edges: dict[int, set[int]] = defaultdict(set)
        self._equal = self._classes()

    def _classes(self) -> dict[int, int]:
        """For each release the first whose text has the same sequence of characters once folded."""
        first: dict[bytes, int] = {}
        classes = {}
        for index, text in enumerate(self._texts):
            codes = _key(text)
            classes[index] = first.setdefault(codes, index) if codes else index
        return classes

    def find(self, among: Iterable[int]) -> bool:
        """Compare the pairs among these releases that can matter and are new; True if one can go for another."""
        members = list(among)
        fresh = False
        for index in members:
            if self._equal[index] != index and index not in self._edges[self._equal[index]]:
                self.compare(self._equal[index], index)
                fresh = True
        distinct = [index for index in members if self._equal[index] == index]
        pairs = [pair for pair in self._candidates(distinct) if pair not in self._tried]
        for done, (i, j) in enumerate(pairs):
            self._tried.add((i, j))
            if self.known(i, j):
                continue
            comparison = self.compare(i, j)
            fresh = fresh or comparison.a_can_go or comparison.b_can_go
            if self._progress and done % 64 == 0:
                self._progress(len(self._found), len(self._found) + len(pairs) - done)
        if self._progress:
            self._progress(len(self._found), len(self._found))
        return fresh

    def _candidates(self, members: list[int]) -> list[tuple[int, int]]:
        if len(members) < 2:
            return []
        rows = np.asarray(members, dtype=np.int64)
        prints = _subset(self._prints, rows)
        near = candidate_pairs(prints.signatures, min_jaccard=self._min_jaccard, num_threads=self._num_threads)
        inside = containment_candidates(prints, min_containment=self._min_containment, num_threads=self._num_threads)
        both = np.sort(np.concatenate([near, inside]), axis=1)
        pairs = np.unique(rows[both], axis=0) if len(both) else both
        shared = pair_overlaps(self._values, self._bounds, pairs, num_threads=self._num_threads)
        sizes = np.diff(self._bounds)[pairs]
        jaccard = shared / np.maximum(1, sizes.sum(axis=1) - shared)
        containment = shared / np.maximum(1, sizes.min(axis=1))
        matter = (jaccard >= self._min_jaccard) | (containment >= self._min_containment)
        return [(int(i), int(j)) for i, j in pairs[matter]]

    def known(self, i: int, j: int) -> bool:
        """Whether the two were compared."""
        return (min(i, j), max(i, j)) in self._found

    def compare(self, i: int, j: int) -> Comparison:
        """The comparison of release ``i`` with release ``j``, in this direction."""
        first, second = min(i, j), max(i, j)
        found = self._found.get((first, second))
        if found is None:
            apart = days_between(self._releases[first], self._releases[second])
            found = compare_prepared(self._prepare(first), self._prepare(second), days_apart=apart)
            self._found[first, second] = found
            if found.a_can_go or found.b_can_go:
                self._edges[first].add(second)
                self._edges[second].add(first)
        return found if i <= j else found.reversed()

    def is_part(self, i: int, j: int) -> bool:
        """Whether ``i`` can go for ``j`` but not the other way round."""
        comparison = self.compare(i, j)
        return comparison.a_can_go and not comparison.b_can_go

    def neighbors(self, index: int) -> list[int]:
        """The releases that can go for this one or that it can go for."""
        return sorted(self._edges[index])

    def components(self) -> list[list[int]]:
        """Releases linked by pairs of which one can go; only where there are two or more."""
        seen: set[int] = set()
        components = []
        for start in sorted(self._edges):
            if start in seen or not self._edges[start]:
                continue
            stack, members = [start], []
            seen.add(start)
            while stack:
                index = stack.pop()
                members.append(index)
                for other in self._edges[index]:
                    if other not in seen:
                        seen.add(other)
                        stack.append(other)
            components.append(sorted(members))
        return components

    def compared(self) -> list[tuple[int, int, Comparison]]:
        """All pairs that were compared, the earlier first, in order."""
        return [(i, j, found) for (i, j), found in sorted(self._found.items(), key=lambda item: item[0])]

    def num_chars(self, index: int) -> int:
        """Length of the text."""
        return len(self._texts[index])

    def completeness(self, index: int) -> tuple[int, int]:
        """How many different facts the text states, and how many characters that are no idle lines or white space."""
        if index not in self._sizes:
            prepared = self._prepare(index)
            self._sizes[index] = (len({(fact.kind, fact.value) for fact in prepared.facts}), own_size(prepared))
        return self._sizes[index]

    def _prepare(self, index: int) -> Prepared:
        prepared = self._prepared.get(index)
        if prepared is None:
            prepared = prepare_uncached(self._texts[index])
            self._prepared[index] = prepared
            if len(self._prepared) > _KEEP_PREPARED:
                self._prepared.popitem(last=False)
        else:
            self._prepared.move_to_end(index)
        return prepared


def _key(text: str) -> bytes:
    from hashlib import blake2b

    from obecsum.thai.normalize import fold, normalize

    folded = fold(normalize(text)).replace(" ", "")
    return blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=16).digest() if folded else b""


def _subset(prints: Fingerprints, rows: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Fingerprints:
    sizes = np.diff(prints.bounds)[rows]
    bounds = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(sizes, out=bounds[1:])
    parts = [prints.samples[prints.bounds[row] : prints.bounds[row + 1]] for row in rows.tolist()]
    samples = np.concatenate(parts) if parts else prints.samples[:0]
    return Fingerprints(prints.signatures[rows], samples, bounds)
