"""What two aligned texts have in common and where they contradict each other: the evidence for a relation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from obecsum.comparison.alignment.document import Document
from obecsum.comparison.alignment.grams import shares
from obecsum.comparison.facts.conflicts import Conflict, conflict
from obecsum.comparison.facts.idle import idle_mask
from obecsum.comparison.facts.statements import statements

__all__ = ["Evidence", "measure", "unequal"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a relation is decided on; shares are 0 to 1.

    Attributes:
        jaccard: Of the sets of character 5-grams, white space aside.
        a_in_b: Share of the first text's 5-grams that the second has.
        b_in_a: The reverse.
        size_a: Code points of the first text without white space.
        size_b: Those of the second.
        covered_a: Share of the first text's own words (no idle lines) that stand in passages equal in the second.
        covered_b: The reverse.
        days, months, periods, serials, places, times, people, organizations, numbers, occasions: Where they contradict
            each other.
    """

    jaccard: float
    a_in_b: float
    b_in_a: float
    size_a: int
    size_b: int
    covered_a: float
    covered_b: float
    days: Conflict
    months: Conflict
    periods: Conflict
    serials: Conflict
    places: Conflict
    times: Conflict
    people: Conflict
    organizations: Conflict
    numbers: Conflict
    occasions: Conflict


def unequal(text: Document, ranges: list[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    """For each of ``text.codes`` whether it stands in none of the (start, length) ranges."""
    own = np.ones(len(text.codes), dtype=np.bool_)
    for start, length in ranges:
        own[start : start + length] = False
    return own


def _covered(text: Document, unequal_codes: npt.NDArray[np.bool_]) -> float:
    own = ~idle_mask(text)
    whole = int(np.count_nonzero(own))
    if not whole:
        own, whole = np.ones_like(own), len(own)
    return int(np.count_nonzero(own & ~unequal_codes)) / whole if whole else 0.0


def _names(ours: frozenset[str], theirs: frozenset[str]) -> Conflict:
    return Conflict(tuple(sorted(ours - theirs)), tuple(sorted(theirs - ours)), len(ours & theirs))


def measure(
    a: Document,
    b: Document,
    own_a: npt.NDArray[np.bool_],
    own_b: npt.NDArray[np.bool_],
) -> Evidence:
    """The evidence of two texts.

    Args:
        a: First text.
        b: Second text.
        own_a: For each of ``a.codes`` whether it stands in no equal passage, in order or moved.
        own_b: The same of ``b``.
    """
    jaccard, a_in_b, b_in_a = shares(a, b)
    ours, theirs = statements(a), statements(b)
    return Evidence(
        jaccard=jaccard,
        a_in_b=a_in_b,
        b_in_a=b_in_a,
        size_a=len(a.codes),
        size_b=len(b.codes),
        covered_a=_covered(a, own_a),
        covered_b=_covered(b, own_b),
        days=conflict(ours.days, theirs.days),
        months=conflict(ours.months, theirs.months),
        periods=conflict(ours.periods, theirs.periods),
        serials=conflict(ours.serials, theirs.serials),
        places=conflict(ours.places, theirs.places),
        times=conflict(ours.times, theirs.times),
        people=conflict(ours.people, theirs.people),
        organizations=conflict(ours.organizations, theirs.organizations),
        numbers=conflict(ours.numbers, theirs.numbers),
        occasions=_names(ours.occasions, theirs.occasions),
    )
