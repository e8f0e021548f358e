"""Whether two releases are about one event: the evidence, what each piece of it weighs, and why in words.

The cosine alone cannot tell the same ceremony in another province, or this week's report, from the event told twice:
those are near to one another in every week. So what counts is by how much two releases are nearer than either is to
releases of other weeks, whether they come from two desks (one desk seldom tells one event twice), the rare words that
both headlines have, and the days, hours and places that both state or dispute.

The weights are those of a logistic regression on read pairs (``benchmarks/story_fit.py``), rounded.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Evidence", "StoryRule"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against one event.

    Attributes:
        cosine: Of the releases' vectors.
        usual: How near the two come to releases of other weeks, the mean of both.
        desks: 1 if two desks published them (another source or category), -1 if one did, 0 if that is unknown.
        words: Words that both headlines have, the rarest first.
        word_rarity: Sum of the rarities of the three rarest of them, from 0 to 3.
        dates: Days that both state, the rarest first.
        date_rarity: Sum of the rarities of those, at most 3.
        other_dates: Whether both leads state days and none in common.
        times: 1 if both leads state one hour, -1 if only different ones, 0 if one states none.
        places: The same of the places in their leads.
    """

    cosine: float
    usual: float
    desks: int = 0
    words: tuple[str, ...] = ()
    word_rarity: float = 0.0
    dates: tuple[str, ...] = ()
    date_rarity: float = 0.0
    other_dates: bool = False
    times: int = 0
    places: int = 0

    @property
    def nearer(self) -> float:
        """By how much the two are nearer to one another than to other weeks'."""
        return self.cosine - self.usual


@dataclass(frozen=True, slots=True)
class StoryRule:
    """From which evidence on two releases are one story.

    Attributes:
        min_cosine: Below it nothing is one story, whatever is shared.
        min_score: :meth:`score` from which two releases are one story.
        lowest_usual: What :attr:`Evidence.usual` is at least, and for a release of which no other weeks are known.
        nearer: Weight of :attr:`Evidence.nearer`.
        desks: Weight of two desks; one desk counts against as much.
        words: Weight of a word that both headlines have, times its rarity; three words count.
        dates: Weight of a day that both state, times its rarity, up to a sum of 3.
        other_dates: What different days in the leads take away.
        times: Weight of an hour that both leads state; different hours count against as much.
        places: Weight of a place that both leads state; different places count against as much.
    """

    min_cosine: float = 0.4
    min_score: float = 3.5
    lowest_usual: float = 0.4
    nearer: float = 5.9
    desks: float = 1.2
    words: float = 1.3
    dates: float = 1.2
    other_dates: float = 0.75
    times: float = 1.3
    places: float = 1.0

    def score(self, evidence: Evidence) -> float:
        """How much more speaks for one story than against; the logarithm of the odds, less a constant."""
        return (
            self.known(evidence.cosine, evidence.usual, evidence.desks, evidence.word_rarity)
            + self.dates * evidence.date_rarity
            - self.other_dates * evidence.other_dates
            + self.times * evidence.times
            + self.places * evidence.places
        )

    def known(self, cosine: float, usual: float, desks: int, word_rarity: float) -> float:
        """The part of the score that needs no reading of the texts."""
        return self.nearer * (cosine - usual) + self.desks * desks + self.words * word_rarity

    @property
    def most(self) -> float:
        """The most that reading the texts can add."""
        return self.dates * 3.0 + self.times + self.places

    @staticmethod
    def reason(evidence: Evidence) -> str:
        """What speaks for it, in words, and what against."""
        parts = [f"cosine {evidence.cosine:.2f}"]
        if evidence.nearer >= 0.005:
            parts[0] += f", {evidence.nearer:.2f} above other weeks"
        if evidence.words:
            parts.append("both headlines say " + ", ".join(evidence.words[:3]))
        if evidence.dates:
            parts.append("both state " + ", ".join(evidence.dates[:2]))
        if evidence.times > 0:
            parts.append("the same hour")
        if evidence.places > 0:
            parts.append("the same place")
        if evidence.desks > 0:
            parts.append("from two desks")
        against = [
            name
            for name, is_so in (
                ("other days", evidence.other_dates),
                ("other hours", evidence.times < 0),
                ("other places", evidence.places < 0),
            )
            if is_so
        ]
        return "; ".join(parts) + (f"; but {' and '.join(against)}" if against else "")
