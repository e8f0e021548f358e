"""Candidates, exact verification and comparison of a batch, each pair once, with no text held.

Texts are asked for when they are needed, so a batch may be larger than memory: what stays of a release is its
sketch, its key and what comparing it gave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from obecsum.comparison.account.account import Account
from obecsum.comparison.alignment.align import Change, align_documents, fact_changes, word_changes
from obecsum.comparison.compare import Comparison, accounts_of, compare_documents
from obecsum.comparison.facts.idle import own_size
from obecsum.comparison.relation import Relation
from obecsum.core.garbage import rare_collections
from obecsum.dedup.documents import Documents
from obecsum.dedup.strictness import Rule
from obecsum.minhash.candidates import candidate_pairs, containment_candidates
from obecsum.minhash.overlap import exact_overlaps
from obecsum.minhash.shingles import I64, U32
from obecsum.minhash.sifting import sift_contained
from obecsum.minhash.signatures import Sketches
from obecsum.text.normalize import folded_codes

__all__ = ["Item", "Verdict", "Verifier", "days_between", "text_key"]

_KEEP_SHINGLES_BYTES = 64 << 20
_NO_PAIRS = np.empty((0, 2), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Item:
    """What deduplication knows of a release beside its text.

    Attributes:
        id: Unique in the batch.
        published: ISO 8601, or None.
        source: Name of its source, or None.
        is_pinned: Whether it stays whatever is found: it was kept before (by an index).
    """

    id: str
    published: str | None = None
    source: str | None = None
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is kept of a :class:`~obecsum.comparison.compare.Comparison` when its texts are forgotten.

    Attributes:
        relation: How the two relate.
        jaccard: Of their sets of character 5-grams, 0 to 1.
        a_in_b: Share of the first's 5-grams that the second has, 0 to 1.
        b_in_a: Share of the second's 5-grams that the first has, 0 to 1.
        a_can_go: Whether the first can go for the second.
        b_can_go: Whether the second can go for the first.
        is_possible: Whether neither can, though they say the same by their facts: for a person to decide.
    """

    relation: Relation
    jaccard: float
    a_in_b: float
    b_in_a: float
    a_can_go: bool
    b_can_go: bool
    is_possible: bool

    @classmethod
    def of(cls, found: Comparison, rule: Rule) -> Verdict:
        """The verdict of a comparison by a rule."""
        return cls(
            found.relation,
            found.jaccard,
            found.containment_a_in_b,
            found.containment_b_in_a,
            rule.can_go(found, first=True),
            rule.can_go(found, first=False),
            rule.is_possible(found),
        )

    def reversed(self) -> Verdict:
        """The same with the texts exchanged."""
        swapped = self.b_in_a, self.a_in_b, self.b_can_go, self.a_can_go
        return Verdict(self.relation, self.jaccard, *swapped, self.is_possible)


def days_between(a: str | None, b: str | None) -> int | None:
    """Days between two publication dates; None where one is none that reads as ISO 8601."""
    try:
        first, second = date.fromisoformat((a or "")[:10]), date.fromisoformat((b or "")[:10])
    except ValueError:
        return None
    return abs((first - second).days)


def text_key(text: str) -> bytes:
    """What texts of the same characters share once folded, white space aside: 16 bytes; empty for an empty text."""
    codes = folded_codes(text)
    folded = codes[codes != ord(" ")].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=16).digest() if folded else b""


class Verifier:
    """Finds pairs among releases (by their index in the given order) and remembers what comparing them gave.

    Args:
        items: The releases.
        text_of: Gives the text of one, by its index; called again and again.
        keys: :func:`text_key` of each text.
        sketches: Sketches of what ``distinct_of`` gives.
        rows: Index to row of ``sketches``, -1 where a release has none (``pairs`` alone find it). None: the same.
        pairs: Pairs (int64 of shape ``(m, 2)``, indexes) that may matter beside those that the sketches show.
        min_jaccard: Pairs from this exact similarity on are compared.
        min_containment: Pairs from this exact containment on are compared.
        rule: Who may go; the cautious one where None.
        num_threads: For the candidates.
        progress: Called with (pairs compared, pairs known).
        on_compared: Called with (i, j, comparison), ``i < j``, for each pair that is compared.
        known: What earlier comparisons of the same releases gave: a job that goes on does not compare again.
        distinct_of: Gives the text of one without what its feed repeats; None: the same. Pairs are found by it, but
            compared with all that they say: a line that the whole feed has is lost, too, where it is not in the other.
    """

    def __init__(
        self,
        items: Sequence[Item],
        text_of: Callable[[int], str],
        *,
        keys: Sequence[bytes],
        sketches: Sketches,
        min_jaccard: float,
        min_containment: float,
        rule: Rule | None = None,
        rows: I64 | None = None,
        pairs: I64 | None = None,
        num_threads: int | None = None,
        progress: Callable[[int, int], None] | None = None,
        on_compared: Callable[[int, int, Comparison], None] | None = None,
        known: Iterable[tuple[int, int, Verdict]] = (),
        distinct_of: Callable[[int], str] | None = None,
    ) -> None:
        self._items, self._text_of, self._sketches = items, text_of, sketches
        self._distinct_of = distinct_of or text_of
        self._rows = np.arange(len(items), dtype=np.int64) if rows is None else rows
        self._extra = _NO_PAIRS if pairs is None else np.sort(pairs, axis=1)
        self._min_jaccard, self._min_containment = min_jaccard, min_containment
        self.rule = rule or Rule()
        self._num_threads, self._progress, self._on_compared = num_threads, progress, on_compared
        self._known = {(i, j): verdict for i, j, verdict in known}
        self._found: dict[tuple[int, int], Verdict] = {}
        self._documents = Documents(text_of)
        self._sizes: dict[int, tuple[int, int]] = {}
        self._tried: set[tuple[int, int]] = set()
        self._dropped: set[tuple[int, int]] = set()
        self._edges: dict[int, set[int]] = defaultdict(set)
        self._equal = _classes(keys, self._rows)

    def find(self, among: Iterable[int]) -> bool:
        """Compare the pairs among these releases that can matter and are new; True if one can go for another."""
        firsts: dict[int, int] = {}
        fresh = False
        for index in sorted(among, key=lambda index: self._rows[index] < 0):  # stable: those with sketches first
            first = firsts.setdefault(self._equal.get(index, index), index)
            if first != index and index not in self._edges[first]:
                self.compare(first, index)
                fresh = True
        distinct = sorted(firsts.values())
        pairs = [pair for pair in self._candidates(distinct) if pair not in self._tried]
        with rare_collections():
            for done, (i, j) in enumerate(pairs):
                self._tried.add((i, j))
                if self.known(i, j):
                    continue
                verdict = self.compare(i, j)
                fresh = fresh or verdict.a_can_go or verdict.b_can_go
                if self._progress and done % 64 == 0:
                    self._progress(len(self._found), len(self._found) + len(pairs) - done)
        if self._progress:
            self._progress(len(self._found), len(self._found))
        return fresh

    def _candidates(self, members: list[int]) -> list[tuple[int, int]]:
        indexes = np.asarray(members, dtype=np.int64)
        parts = []
        known: dict[int, U32] = {}
        sketched = indexes[self._rows[indexes] >= 0]
        if len(sketched) > 1:
            rows = self._rows[sketched]
            whole = len(rows) == len(self._sketches) and bool((rows == np.arange(len(rows))).all())
            sketches = self._sketches if whole else self._sketches.take(rows)
            near = candidate_pairs(sketches.signatures, min_jaccard=self._min_jaccard, num_threads=self._num_threads)
            inside = containment_candidates(
                sketches, min_containment=self._min_containment, num_threads=self._num_threads
            )
            parts += [sketched[near], sketched[self._sifted(inside, sketches, sketched, known)]]
        if len(self._extra):
            present = np.zeros(len(self._items), dtype=bool)
            present[indexes] = True
            parts.append(self._extra[present[self._extra].all(axis=1)])
        if not parts or not sum(map(len, parts)):
            return []
        pairs = np.unique(np.sort(np.concatenate(parts), axis=1), axis=0)
        pairs = pairs[_new(pairs, self._tried)]
        shares = exact_overlaps(
            self._texts, pairs, max_bytes=_KEEP_SHINGLES_BYTES, num_threads=self._num_threads, known=known
        )
        matter = (shares.jaccard >= self._min_jaccard) | (shares.containment >= self._min_containment)
        self._tried.update((int(i), int(j)) for i, j in pairs[~matter])
        return [(int(i), int(j)) for i, j in pairs[matter]]

    def _sifted(self, inside: I64, sketches: Sketches, sketched: I64, known: dict[int, U32]) -> I64:
        """Of pairs (contained, container; rows of ``sketches``) those that were not tried and may hold.

        ``known`` is filled with shingles of containers, by their index.
        """
        of_rows: dict[int, U32] = {}
        inside = inside[_new(np.sort(sketched[inside], axis=1), self._dropped)]
        kept = sift_contained(
            lambda rows: self._texts(sketched[rows]),
            sketches,
            inside,
            min_containment=self._min_containment,
            num_threads=self._num_threads,
            known=of_rows,
        )
        known.update((int(sketched[row]), values) for row, values in of_rows.items())
        gone = inside[~np.isin(inside @ [1 << 32, 1], kept @ [1 << 32, 1])]
        self._dropped.update((int(i), int(j)) for i, j in np.sort(sketched[gone], axis=1))
        return kept

    def _texts(self, indexes: I64) -> Iterator[str]:
        return (self._distinct_of(index) for index in indexes.tolist())

    def known(self, i: int, j: int) -> bool:
        """Whether the two were compared."""
        return (min(i, j), max(i, j)) in self._found

    def compare(self, i: int, j: int) -> Verdict:
        """What comparing release ``i`` with release ``j`` gives, in this direction."""
        first, second = min(i, j), max(i, j)
        found = self._found.get((first, second))
        if found is None:
            found = self._known.get((first, second)) or self._compare(first, second)
            self._found[first, second] = found
            if found.a_can_go or found.b_can_go:
                self._edges[first].add(second)
                self._edges[second].add(first)
        return found if i <= j else found.reversed()

    def _compare(self, first: int, second: int) -> Verdict:
        apart = days_between(self._items[first].published, self._items[second].published)
        comparison = compare_documents(self._documents.get(first), self._documents.get(second), days_apart=apart)
        if comparison.relation == "update":
            self._documents.expect(first, second)  # when the changes within series are asked for
        verdict = Verdict.of(comparison, self.rule)
        if verdict.a_can_go or verdict.b_can_go:
            for index in (first, second):
                self.completeness(index)  # while the text is at hand: it is asked for when one of them is chosen
        if self._on_compared:
            self._on_compared(first, second, comparison)
        return verdict

    def changes(self, i: int, j: int) -> list[Change]:
        """What changed from release ``i`` to release ``j``, worked out when it is asked for."""
        return align_documents(self._documents.get(i), self._documents.get(j))

    def accounts(self, i: int, j: int) -> tuple[Account, Account]:
        """What would be lost if release ``i`` went for release ``j``, and the reverse, worked out again."""
        return accounts_of(self._documents.get(i), self._documents.get(j))

    def fact_changes(self, i: int, j: int) -> list[Change]:
        """Of these the changes of facts; where no fact changed, those of words."""
        a, b = self._documents.get(i), self._documents.get(j)
        return fact_changes(a, b) or word_changes(a, b)

    def is_part(self, i: int, j: int) -> bool:
        """Whether ``i`` can go for ``j`` but not the other way round."""
        verdict = self.compare(i, j)
        return verdict.a_can_go and not verdict.b_can_go

    def is_pinned(self, index: int) -> bool:
        """Whether a release stays whatever is found."""
        return self._items[index].is_pinned

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

    def compared(self) -> list[tuple[int, int, Verdict]]:
        """All pairs that were compared, the earlier first, in order."""
        return [(i, j, found) for (i, j), found in sorted(self._found.items(), key=lambda item: item[0])]

    def num_chars(self, index: int) -> int:
        """Length of the text."""
        return len(self._text_of(index))

    def completeness(self, index: int) -> tuple[int, int]:
        """How many different facts the text states, and how many characters that are no idle lines or white space."""
        if index not in self._sizes:
            document = self._documents.get(index)
            self._sizes[index] = (len({(fact.kind, fact.value) for fact in document.facts}), own_size(document))
        return self._sizes[index]


def _new(pairs: I64, tried: set[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    """Which pairs were not tried: most of a later round was in the first."""
    return np.array([not tried or (i, j) not in tried for i, j in pairs.tolist()], dtype=bool)


def _classes(keys: Sequence[bytes], rows: I64) -> dict[int, int]:
    """For each release whose text another one has, folded, the first of them; one with a sketch where there is."""
    first: dict[bytes, int] = {}
    for index in np.argsort(rows < 0, kind="stable").tolist():
        if keys[index]:
            first.setdefault(keys[index], index)
    return {index: first[key] for index, key in enumerate(keys) if key and first[key] != index}
