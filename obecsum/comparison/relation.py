"""Which relation two texts have, decided on their evidence by points that can be shown.

The points say how strongly a contradiction speaks for another occasion, figure or place; they come from reading
labelled pairs: a changed event day, serial or place decides alone; a month, a year or a person does with a second sign;
one isolated figure is a correction, several are new figures; another spokesperson who repeats the text is no news.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from obecsum.comparison.evidence import Evidence
from obecsum.comparison.facts.conflicts import Conflict

__all__ = ["Decision", "Relation", "decide"]

Relation = Literal["duplicate", "contained", "update", "related", "different"]

UPDATE_POINTS = 2.5
COVERED = 0.80  # of the shorter text, for a duplicate or contained one
HALF, HALF_COVERED = 0.60, 0.85  # the same below this Jaccard similarity
OWN = 0.70  # below this Jaccard similarity other people and agencies make a text of its own
ALIKE = 0.80  # from this Jaccard similarity on one place of many is a correction
CONTAINED_COVERED = 0.85
HELD_GAP = 0.22  # a_in_b and b_in_a further apart: one is contained in the other
SHARED = 0.30  # of the shorter text in equal passages: related, not different
REPOST_DAYS = 90
UNCHANGED = 0.97
TEMPLATE = 0.65  # of either text in equal passages, or half of all 5-grams: an update of one template
TEMPLATE_JACCARD = 0.50


@dataclass(frozen=True, slots=True)
class Decision:
    """A relation and why.

    Attributes:
        relation: The relation.
        points: How strongly the facts speak for an update; 2.5 decide.
        reasons: The contradictions that gave points, in words.
    """

    relation: Relation
    points: float
    reasons: tuple[str, ...]


def _words(name: str, conflict: Conflict) -> str:
    return f"{name}: {', '.join(conflict.only_a[:3])} / {', '.join(conflict.only_b[:3])}"


def _points(evidence: Evidence) -> tuple[float, list[str]]:
    points, reasons = 0.0, []

    def add(value: float, reason: str) -> None:
        nonlocal points
        points += value
        reasons.append(reason)

    if evidence.days.size:
        add(3.0, _words("day", evidence.days))
    if evidence.serials.size:
        add(3.0, _words("serial", evidence.serials))
    if evidence.places.size:
        minor = evidence.places.size == 1 and evidence.places.shared >= 4 and evidence.jaccard >= ALIKE
        add(2.0 if minor else 3.0, _words("place", evidence.places))
    if evidence.occasions.size:
        add(2.5, _words("occasion", evidence.occasions))
    if evidence.periods.size:
        add(2.5, _words("period", evidence.periods))
    elif evidence.months.size:
        add(1.5, _words("month or year", evidence.months))
    if evidence.people.size:
        add(1.0 if evidence.people.size == 1 else 2.0, _words("person", evidence.people))
    if evidence.times.size:
        add(1.0, _words("time", evidence.times))
    if evidence.organizations.size:
        add(1.0, _words("organization", evidence.organizations))
    numbers = evidence.numbers
    if numbers.size:
        many = numbers.size >= 3 and numbers.size >= 0.2 * (numbers.size + numbers.shared)
        add(3.0 if many else 1.5 if numbers.size >= 2 else 0.5, _words("number", numbers))
    return points, reasons


def decide(evidence: Evidence, *, days_apart: int | None = None) -> Decision:
    """The relation that the evidence speaks for; ``days_apart`` is the time between the publications, where known."""
    points, reasons = _points(evidence)
    if days_apart is not None and days_apart > REPOST_DAYS and evidence.jaccard < UNCHANGED:
        points += 2.5
        reasons.append(f"published {days_apart} days apart")
    covered = max(evidence.covered_a, evidence.covered_b)
    held = max(evidence.a_in_b, evidence.b_in_a)
    if covered < SHARED and held < SHARED:
        return Decision("different", points, tuple(reasons))
    if points >= UPDATE_POINTS:
        template = covered >= TEMPLATE or evidence.jaccard >= TEMPLATE_JACCARD
        relation: Relation = "update" if template else "related"
        return Decision(relation, points, tuple(reasons))
    # Two accounts of one event, each with its own people or agencies, are news of each.
    own_actors = evidence.people.size or evidence.organizations.size
    if covered < (COVERED if evidence.jaccard >= HALF else HALF_COVERED) or (evidence.jaccard < OWN and own_actors):
        return Decision("related", points, tuple(reasons))
    if abs(evidence.a_in_b - evidence.b_in_a) >= HELD_GAP:
        return Decision("contained" if max(covered, held) >= CONTAINED_COVERED else "related", points, tuple(reasons))
    return Decision("duplicate", points, tuple(reasons))
