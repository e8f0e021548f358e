"""Whether two releases are about one event: their vectors' cosine, and the facts that both state.

The cosine alone cannot tell the same ceremony in another province or this week's report from last week's; two releases
about one event also share names, places, days and figures that few others have. A fact is worth the logarithm of how
rare it is among the releases at hand, so that a minister's name, which is everywhere, decides nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from obecsum.thai.facts import FactKind, extract_facts

__all__ = ["FactKey", "FactWeights", "StoryRule", "key_facts", "shared_facts"]

FactKey = tuple[FactKind, str]

_MAX_CHARS = 3_000
_TITLE_KINDS = frozenset({"number", "date", "time", "serial", "place", "person", "organization"})


def key_facts(text: str) -> frozenset[FactKey]:
    """The facts of a release's first 3,000 characters that can tell events apart: numbers of one digit cannot."""
    return frozenset(
        (fact.kind, fact.value)
        for fact in extract_facts(text[:_MAX_CHARS])
        if fact.kind in _TITLE_KINDS and not (fact.kind == "number" and len(fact.value) < 2)
    )


@dataclass(frozen=True, slots=True)
class FactWeights:
    """How much a shared fact says, by how many of the releases state it.

    Attributes:
        counts: In how many releases each fact stands.
        num_releases: Releases that were counted.
    """

    counts: Mapping[FactKey, int]
    num_releases: int

    @classmethod
    def count(cls, facts: Iterable[frozenset[FactKey]]) -> FactWeights:
        """Counts the facts of all releases."""
        counts: Counter[FactKey] = Counter()
        total = 0
        for keys in facts:
            counts.update(keys)
            total += 1
        return cls(counts, total)

    def weight(self, key: FactKey) -> float:
        """0 for a fact of every second release or more, higher the rarer it is; at most 1 for one of two releases."""
        rarest = math.log(max(self.num_releases, 4) / 2)
        return max(0.0, math.log(max(self.num_releases, 4) / 2 / max(self.counts.get(key, 2), 1)) / rarest)


def shared_facts(
    a: frozenset[FactKey], b: frozenset[FactKey], weigh: Callable[[FactKey], float]
) -> tuple[tuple[FactKey, ...], float]:
    """The facts that both state, the weightiest first, and the sum of their weights."""
    both = sorted((-weigh(key), key) for key in a & b)
    return tuple(key for _, key in both), -sum(weight for weight, _ in both)


@dataclass(frozen=True, slots=True)
class StoryRule:
    """From which likeness on two releases are one story; chosen on 70 read pairs of the validation months.

    Attributes:
        min_cosine: Below it nothing is one story, whatever is shared.
        min_score: :meth:`score` from which two releases are one story.
        headline_factor: What a headline cosine of 1 adds to the cosine: two releases of a series are alike all through
            but in their headlines.
        fact_factor: What a weight of 1 of shared facts adds.
        max_fact_weight: Weight beyond which more shared facts add nothing.
        day_cost: What each day between the two takes away.
    """

    min_cosine: float = 0.6
    min_score: float = 1.1
    headline_factor: float = 0.5
    fact_factor: float = 0.03
    max_fact_weight: float = 4.0
    day_cost: float = 0.02

    def score(self, cosine: float, headline_cosine: float, weight: float, days: int) -> float:
        """How surely two releases are one story; 0 below ``min_cosine``.

        Args:
            cosine: Of the releases' vectors.
            headline_cosine: Of their headlines' vectors; the releases' own where one has no headline.
            weight: Sum of the shared facts' weights.
            days: Days between them; 0 where unknown.
        """
        if cosine < self.min_cosine:
            return 0.0
        facts = self.fact_factor * min(weight, self.max_fact_weight)
        return cosine + self.headline_factor * headline_cosine + facts - self.day_cost * days
