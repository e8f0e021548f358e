"""Whether two releases are about one event: the evidence, what each piece of it weighs, and why in words.

The cosine alone cannot tell the same ceremony in another province, or this week's report, from the event told twice:
those are near to one another in every week. So what counts is by how much two releases are nearer than either is to
releases of other weeks, the rare words and phrases that both have, the days, hours and places that both state or
dispute, and what one headline names that the other release does not know. Two desks speak for one event; one desk
does not speak against it, since it may tell an event in parts. What one of both tells of the other is read piece by
piece (:mod:`obecsum.embeddings.interaction`).

The weights are those of a logistic regression on read pairs (``benchmarks/stories/fit.py``), rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from obecsum.embeddings.interaction import Interaction

__all__ = ["MOST_DAYS", "StoryEvidence", "StoryRule"]

MOST_DAYS = 2.0  # rarity of shared days that counts
_DAY_CHARS = 10  # of 2024-08-13; a month or a year says little to a reader


@dataclass(frozen=True, slots=True)
class StoryEvidence:
    """What speaks for and against one event.

    Attributes:
        cosine: Of the releases' vectors.
        usual: How near the two come to releases of other weeks, the mean of both.
        desks: 1 if two desks published them (another source or category), -1 if one did, 0 if that is unknown.
        words: Words that both headlines have, the rarest first.
        word_rarity: Sum of the rarities of the three rarest of them, from 0 to 3.
        alike: Cosine of the headlines by their words and rarities, from 0 to 1.
        phrases: Mean rarity of the ten rarest phrases that both begin with, from 0 to 1.
        dates: Days that the lead of one states and the other too, the rarest first.
        date_rarity: Sum of the rarities of those, at most 2.
        other_dates: Whether both leads state days and neither release knows one of the other's.
        times: 1 if both leads state one hour, -1 if only different ones, 0 if one states none.
        places: The same of the places in their leads.
        other_places: How many of the two have a place in the headline that the other does not name.
        other_figures: Whether both headlines have numbers and none in common.
        phrase: A rare phrase that both begin with, for the reason.
        read: How much of either the other tells, where both were read piece by piece.
    """

    cosine: float
    usual: float
    desks: int = 0
    words: tuple[str, ...] = ()
    word_rarity: float = 0.0
    alike: float = 0.0
    phrases: float = 0.0
    dates: tuple[str, ...] = ()
    date_rarity: float = 0.0
    other_dates: bool = False
    times: int = 0
    places: int = 0
    other_places: int = 0
    other_figures: bool = False
    phrase: str = ""
    read: Interaction | None = None

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
        lowest_usual: What :attr:`StoryEvidence.usual` is at least, and for a release of which no other weeks are known.
        nearer: Weight of :attr:`StoryEvidence.nearer`.
        desks: Weight of two desks. One desk counts nothing: it may tell an event in parts.
        words: Weight of a word that both headlines have, times its rarity; three words count.
        alike: What headlines that are wholly alike take away: those are made by one pattern.
        phrases: Weight of ten phrases of the greatest rarity.
        dates: Weight of a day that one lead states and the other release too, times its rarity, up to a sum of 2.
        other_dates: What leads with different days take away.
        times: Weight of an hour that both leads state; different hours count against as much.
        places: Weight of a place that both leads state; different places count against as much.
        other_places: What a headline takes away whose place the other release does not name.
        other_figures: What headlines with different numbers take away.
        told: Weight of how much of a headline the other text tells, piece by piece
            (:class:`obecsum.embeddings.interaction.Interaction`).
        missing: What a headline takes away that misses pieces in the other text.
        lead: What leads take away that match throughout: those are made by one pattern, too.
        most_read: Pairs that are short of the score by more than this are not read piece by piece, since that is what
            takes the time. No labelled pair that is linked needs more than 2.
        copy_cosine: From this cosine on two are nearly copies. The labelled pairs have few such, and what speaks for
            one pattern in others speaks for a copy here: the rule without the interaction model judges them.
    """

    min_cosine: float = 0.4
    min_score: float = 4.2
    lowest_usual: float = 0.4
    nearer: float = 5.2
    desks: float = 1.4
    words: float = 0.8
    alike: float = 2.2
    phrases: float = 1.7
    dates: float = 0.9
    other_dates: float = 1.6
    times: float = 0.5
    places: float = 0.4
    other_places: float = 1.0
    other_figures: float = 1.0
    told: float = 5.8
    missing: float = 3.9
    lead: float = 6.5
    most_read: float = 2.5
    copy_cosine: float = 0.95

    @classmethod
    def without_interaction(cls) -> Self:
        """The rule for evidence on which nothing was read piece by piece, fitted on 1,053 of the pairs."""
        return cls(
            min_score=6.2,
            nearer=5.4,
            desks=1.8,
            words=1.3,
            alike=2.1,
            phrases=3.8,
            dates=0.6,
            other_dates=1.6,
            times=0.9,
            places=0.6,
            other_places=1.1,
            other_figures=1.4,
            told=0.0,
            missing=0.0,
            lead=0.0,
            most_read=0.0,
        )

    def score(self, evidence: StoryEvidence) -> float:
        """How much more speaks for one story than against; the logarithm of the odds, less a constant."""
        return (
            self.nearer * evidence.nearer
            + self.desks * (evidence.desks > 0)
            + self.words * evidence.word_rarity
            - self.alike * evidence.alike
            + self.phrases * evidence.phrases
            + self.dates * evidence.date_rarity
            - self.other_dates * evidence.other_dates
            + self.times * evidence.times
            + self.places * evidence.places
            - self.other_places * evidence.other_places
            - self.other_figures * evidence.other_figures
        ) + (self._of_reading(evidence.read) if evidence.read is not None else 0.0)

    def _of_reading(self, read: Interaction) -> float:
        return self.told * read.told - self.missing * read.missing - self.lead * read.lead

    def judge(self, cosine: float) -> StoryRule:
        """The rule for two releases of this cosine: this one, or for near-copies the one that reads nothing."""
        return _UNREAD if self.reads and cosine >= self.copy_cosine else self

    def above(self, evidence: StoryEvidence) -> float:
        """By how much the score is above what one story asks for; at least 0 where the two are linked."""
        judge = self.judge(evidence.cosine)
        return judge.score(evidence) - judge.min_score

    @property
    def reads(self) -> bool:
        """Whether it weighs what reading piece by piece tells."""
        return bool(self.told or self.missing or self.lead)

    @property
    def most(self) -> float:
        """The most that reading the texts can add, of facts and piece by piece."""
        return self.dates * MOST_DAYS + self.times + self.places + self.most_read

    @staticmethod
    def reason(evidence: StoryEvidence) -> str:
        """What speaks for it, in words, and what against."""
        parts = [f"cosine {evidence.cosine:.2f}"]
        if evidence.nearer >= 0.005:
            parts[0] += f", {evidence.nearer:.2f} above other weeks"
        if evidence.words:
            parts.append("both headlines say " + ", ".join(evidence.words[:3]))
        if evidence.phrase:
            parts.append(f"both leads say {evidence.phrase}")
        if evidence.read is not None:
            parts.append(f"piece by piece a headline matches the other text by {evidence.read.told:.2f}")
        days = [date for date in evidence.dates if len(date) == _DAY_CHARS]
        if days:
            parts.append("both state " + ", ".join(days[:2]))
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
                ("other places", evidence.places < 0 or evidence.other_places > 0),
                ("other figures", evidence.other_figures),
            )
            if is_so
        ]
        return "; ".join(parts) + (f"; but {' and '.join(against)}" if against else "")


_UNREAD = StoryRule.without_interaction()
