"""Facts of one kind in two texts: what each states and the other does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from obecsum.text.facts import Fact, agrees, misspelled

__all__ = ["Conflict", "conflict", "is_day"]

_MAX_TESTS = 100_000
_LOOSE = frozenset({"date", "person", "place", "organization"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts of one kind that each text has and the other lacks.

    Attributes:
        only_a: Values that only the first text states.
        only_b: Values that only the second states.
        shared: How many values both state.
    """

    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    shared: int

    @property
    def size(self) -> int:
        """How many facts stand against each other: the smaller side's count."""
        return min(len(self.only_a), len(self.only_b))


def conflict(ours: Sequence[Fact], theirs: Sequence[Fact]) -> Conflict:
    """What each of two lists of facts of one kind has and the other lacks."""
    a = {fact.value: fact for fact in ours}
    b = {fact.value: fact for fact in theirs}
    only_a, only_b = [v for v in a if v not in b], [v for v in b if v not in a]
    # Of these kinds a fact may state less than another and still agree; so many in one text that it takes long: no.
    if ours and ours[0].kind in _LOOSE and len(only_a) * len(b) + len(only_b) * len(a) <= _MAX_TESTS:
        same = misspelled if ours[0].kind == "organization" else _same  # of these none agrees with another
        only_a = [v for v in only_a if not any(same(a[v], fact) for fact in b.values())]
        only_b = [v for v in only_b if not any(same(b[v], fact) for fact in a.values())]
    return Conflict(tuple(only_a), tuple(only_b), len(a) - len(only_a))


def _same(a: Fact, b: Fact) -> bool:
    return agrees(a, b) or misspelled(a, b)


def is_day(value: str) -> bool:
    """Whether a date's value names a day or a range of days, not a month or a year."""
    return any(part.lstrip("-").count("-") == (1 if part.startswith("-") else 2) for part in value.split("/"))
