"""A release as candidates are weighed against it: its sentences, where their parts end, and who acts in them."""

from __future__ import annotations

from bisect import bisect_right

from obecsum.summaries.check.support import SourceFacts
from obecsum.summaries.choice.awkward import squeezed
from obecsum.summaries.extract.clause import Clause
from obecsum.summaries.extract.reading import Reading
from obecsum.summaries.extract.units import Unit, find_units

__all__ = ["TAIL_CHARS", "Source"]

TAIL_CHARS = 12
_LEAST_TAIL_CHARS = 8
_READ_CHARS = 60  # of a sentence before an end, to have so many without spaces
_MOST_UNITS = 40


class Source:
    """A release made ready once for all of its candidates.

    Args:
        reading: The release.

    Attributes:
        facts: It as the check reads it.
        squeezed: It without white space, folded.
        clauses: Its first sentences.
        ends: The last letters before each place where a sentence of it may be cut, spaces aside -> how well it ends
            there, 0 to 3 (:meth:`~obecsum.summaries.extract.clause.Clause.ends`).
    """

    def __init__(self, reading: Reading) -> None:
        self.facts = SourceFacts(reading.given)
        self.squeezed = squeezed(reading.line)
        units = find_units(reading)[:_MOST_UNITS]
        self.clauses = [Clause(unit.text, unit.words) for unit in units]
        self._spans = [reading.span(unit.start, unit.end) for unit in units]
        self._starts = [start for start, _ in self._spans]
        self.ends = _ends(units, self.clauses)
        self._delegators = [
            reading.span(unit.start + start, unit.start + end)
            for unit, clause in zip(units, self.clauses, strict=True)
            for start, end in clause.delegators
        ]

    def end_of(self, text: str) -> int:
        """How well a text ends: -1 where the release goes on, else 0 to 3."""
        return self.ends.get(squeezed(text)[-TAIL_CHARS:], -1)

    def unit_at(self, place: int) -> int | None:
        """The sentence that stands at a place of the text given, by its number; None if it is in none."""
        number = bisect_right(self._starts, place) - 1
        return number if number >= 0 and place < self._spans[number][1] else None

    def is_delegator(self, place: int) -> bool:
        """Whether somebody is named at a place of the text given who sent another one."""
        return any(start <= place < end for start, end in self._delegators)


def _ends(units: list[Unit], clauses: list[Clause]) -> dict[str, int]:
    found: dict[str, int] = {}
    for unit, clause in zip(units, clauses, strict=True):
        for end, rank in clause.ends():
            tail = squeezed(unit.text[max(0, end - _READ_CHARS) : end])[-TAIL_CHARS:]
            if len(tail) >= _LEAST_TAIL_CHARS:
                found[tail] = max(rank, found.get(tail, 0))
    return found
