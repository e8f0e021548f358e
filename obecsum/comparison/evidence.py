"""What two aligned texts have in common and where they contradict each other: the evidence for a relation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from obecsum.comparison.alignment.blocks import Block, gaps_between
from obecsum.comparison.alignment.document import Document, facts_between
from obecsum.comparison.alignment.grams import shares
from obecsum.comparison.facts.conflicts import Conflict, conflict, is_day
from obecsum.comparison.facts.events import said_day
from obecsum.comparison.facts.gaps import DATE_WORDS, EDIT_CHARS, SPARE_CHARS, headline_chars
from obecsum.comparison.facts.idle import idle_mask, own_size
from obecsum.comparison.facts.openings import Openings, compare_openings
from obecsum.comparison.facts.statements import figures, statements
from obecsum.text.facts import Fact, agrees

__all__ = ["Evidence", "measure", "own_size", "unequal"]

LEAD_CHARS = 400


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
        lead_a: ``covered_a`` of the first 400 characters.
        lead_b: ``covered_b`` of the first 400 characters.
        days, months, periods, serials, places, times, people, organizations, numbers, occasions: Where they contradict
            each other.
        openings: Where headline and lead do.
        one_is_dated: Both headlines name one day that comes every year, and only one of them its year.
        said_again: The two days on which it was said, if no other days contradict each other.
        aligned_days: Days that differ in the same place of the text, even if each stands elsewhere in the other.
        aligned_numbers: Figures that differ in the same place of the text, even if each stands elsewhere in the other.
    """

    jaccard: float
    a_in_b: float
    b_in_a: float
    size_a: int
    size_b: int
    covered_a: float
    covered_b: float
    lead_a: float
    lead_b: float
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
    openings: Openings
    one_is_dated: bool
    said_again: tuple[str, str] | None
    aligned_days: int
    aligned_numbers: int


def unequal(text: Document, ranges: list[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    """For each of ``text.codes`` whether it stands in none of the (start, length) ranges."""
    own = np.ones(len(text.codes), dtype=np.bool_)
    for start, length in ranges:
        own[start : start + length] = False
    return own


def _covered(text: Document, unequal_codes: npt.NDArray[np.bool_]) -> tuple[float, float]:
    own = ~idle_mask(text)
    if not own.any():
        own = np.ones(len(text.codes), dtype=np.bool_)
    equal = own & ~unequal_codes
    whole, lead = _count(own), _count(own[:LEAD_CHARS])
    return (
        _count(equal) / whole if whole else 0.0,
        _count(equal[:LEAD_CHARS]) / lead if lead else 0.0,
    )


def _count(mask: npt.NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(mask))


def _aligned(a: Document, b: Document, chain: list[Block]) -> tuple[int, int]:
    """Short gaps in which one day stands against another, and one number against another, with hardly a word more.

    As in วันนี้ (23 มิ.ย. 60) -> เมื่อวันที่ 25 มิ.ย. 60 and in 30,000 ล้านบาท -> 33,000 ล้านบาท.
    """
    days = numbers = 0
    for start_a, end_a, start_b, end_b in gaps_between(chain, len(a.codes), len(b.codes)):
        if max(end_a - start_a, end_b - start_b) > EDIT_CHARS:
            continue
        ours, theirs = _facts_at(a, start_a, end_a), _facts_at(b, start_b, end_b)
        if not ours or not theirs:
            continue
        if max(_spare(a, start_a, end_a, ours), _spare(b, start_b, end_b, theirs)) <= SPARE_CHARS:
            days_a, days_b = _days(ours), _days(theirs)
            days += bool(days_a and days_b and conflict(days_a, days_b).size)
            figures_a, figures_b = figures(ours), figures(theirs)
            numbers += conflict(figures_a, figures_b).size if figures_a and figures_b else 0
    return days, numbers


def _facts_at(text: Document, start: int, end: int) -> list[Fact]:
    """The dates, times and numbers that a gap holds or cuts."""
    facts = facts_between(text, *_gap(text, start, end))
    return [fact for fact in facts if fact.kind in ("date", "time", "number")]


def _gap(text: Document, start: int, end: int) -> tuple[int, int]:
    first = int(text.offsets[start])
    return first, int(text.offsets[end - 1]) + 1 if end > start else first + 1


def _spare(text: Document, start: int, end: int, facts: list[Fact]) -> int:
    """How many characters of a gap belong to none of its facts, words that go with dates aside."""
    first, last = _gap(text, start, end)
    rest = list(text.folded[first:last])
    for fact in facts:
        for index in range(max(first, fact.span[0]), min(last, fact.span[1])):
            rest[index - first] = " "
    return len(DATE_WORDS.sub("", "".join(rest)))


def _days(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.kind == "date" and is_day(fact.value)]


def _dated(text: Document) -> bool | None:
    """Whether the day of the headline has its year; None if it names none."""
    end = int(text.offsets[headline_chars(text)])
    day = next((fact for fact in statements(text).days if fact.span[1] <= end), None)
    return None if day is None else not day.value.startswith("-")


def _said_again(a: Document, b: Document, days: Conflict) -> tuple[str, str] | None:
    first, second = said_day(a), said_day(b)
    if first is None or second is None or agrees(first, second):
        return None
    if not {*days.only_a} <= {first.value} or not {*days.only_b} <= {second.value}:
        return None
    return first.value, second.value


def _names(ours: frozenset[str], theirs: frozenset[str]) -> Conflict:
    return Conflict(tuple(sorted(ours - theirs)), tuple(sorted(theirs - ours)), len(ours & theirs))


def measure(
    a: Document,
    b: Document,
    chain: list[Block],
    own_a: npt.NDArray[np.bool_],
    own_b: npt.NDArray[np.bool_],
) -> Evidence:
    """The evidence of two texts.

    Args:
        a: First text.
        b: Second text.
        chain: Their equal passages in order.
        own_a: For each of ``a.codes`` whether it stands in no equal passage, in order or moved.
        own_b: The same of ``b``.
    """
    jaccard, a_in_b, b_in_a = shares(a, b)
    covered_a, lead_a = _covered(a, own_a)
    covered_b, lead_b = _covered(b, own_b)
    ours, theirs = statements(a), statements(b)
    aligned_days, aligned_numbers = _aligned(a, b, chain)
    days = conflict(ours.days, theirs.days)
    return Evidence(
        jaccard=jaccard,
        a_in_b=a_in_b,
        b_in_a=b_in_a,
        size_a=len(a.codes),
        size_b=len(b.codes),
        covered_a=covered_a,
        covered_b=covered_b,
        lead_a=lead_a,
        lead_b=lead_b,
        days=days,
        months=conflict(ours.months, theirs.months),
        periods=conflict(ours.periods, theirs.periods),
        serials=conflict(ours.serials, theirs.serials),
        places=conflict(ours.places, theirs.places),
        times=conflict(ours.times, theirs.times),
        people=conflict(ours.people, theirs.people),
        organizations=conflict(ours.organizations, theirs.organizations),
        numbers=conflict(ours.numbers, theirs.numbers),
        occasions=_names(ours.occasions, theirs.occasions),
        openings=compare_openings(a, b, chain, own_a, own_b),
        one_is_dated=ours.every_year and theirs.every_year and {_dated(a), _dated(b)} == {True, False},
        said_again=_said_again(a, b, days) if aligned_days <= 1 else None,
        aligned_days=aligned_days,
        aligned_numbers=aligned_numbers,
    )
