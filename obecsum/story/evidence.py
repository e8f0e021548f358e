"""Gathers the evidence on pairs of releases of a feed: :class:`Gatherer`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt

from obecsum.core.release import Release
from obecsum.embeddings.pieces import WordPieces
from obecsum.story.facts import LocalCounts, Told, count_words, headline_words, tell
from obecsum.story.phrases import Phrases
from obecsum.story.rule import MOST_DAYS, StoryEvidence
from obecsum.story.search import usual_cosines

__all__ = ["Gatherer", "day_of", "desk_of"]

F32 = npt.NDArray[np.float32]
_SPAN_DAYS = 60
_RAREST = 3
_DESK_FIELDS = ("category", "section", "desk")


def day_of(published: str | None) -> int | None:
    """Day number of an ISO date or date-time; None where it cannot be read."""
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def desk_of(release: Release) -> tuple[str | None, str | None]:
    """Where a release comes from: its feed, and the first of the fields category, section and desk that it has."""
    fields = (release.extra.get(name) for name in _DESK_FIELDS)
    return release.source, next((" ".join(value.split()) for value in fields if isinstance(value, str) and value), None)


class Gatherer:
    """The evidence on any two releases of a feed.

    Args:
        releases: Dated ones in order of publication, undated ones last.
        days_since: Day number of each, None where unknown.
        vectors: Their unit vectors; rows of releases without one are NaN.
        known: Which releases have a vector.
        pieces: Cuts texts into the words whose rarity is told.
        window_days: As for :func:`obecsum.story.stories.stories`.
        lowest_usual: As for :class:`obecsum.story.rule.StoryRule`.
    """

    def __init__(
        self,
        releases: Sequence[Release],
        days_since: Sequence[int | None],
        vectors: F32,
        known: npt.NDArray[np.bool_],
        *,
        pieces: WordPieces,
        window_days: int | None,
        lowest_usual: float,
    ) -> None:
        self._releases = releases
        self._pieces = pieces
        self._texts = [release.full_text for release in releases]
        self.usual = np.full(len(releases), lowest_usual, np.float32)
        rows = np.flatnonzero(known).tolist()
        self.usual[rows] = usual_cosines(
            np.ascontiguousarray(vectors[rows]),
            [days_since[row] for row in rows],
            window_days=window_days,
            span_days=_SPAN_DAYS,
            lowest=lowest_usual,
        )
        self._desks = [desk_of(release) for release in releases]
        self._words = LocalCounts(days_since)
        count_words(self._texts, pieces, self._words)
        self._days = LocalCounts(days_since)
        self._phrases = Phrases(self._texts, pieces, days_since)
        self._headlines: dict[int, dict[int, float]] = {}
        self._told: dict[int, Told] = {}

    def glance(self, i: int, j: int, cosine: float) -> StoryEvidence:
        """What needs no reading of the texts: the vectors, the desks and the headlines' words."""
        words, rarity, alike = self._compare_headlines(i, j)
        return StoryEvidence(
            cosine=cosine,
            usual=float(self.usual[i] + self.usual[j]) / 2,
            desks=self._compare_desks(i, j),
            words=words,
            word_rarity=rarity,
            alike=alike,
        )

    def read(self, rows: Sequence[int]) -> None:
        """Reads the releases whose pairs are asked for: the days that few of them state are told from these."""
        for row in rows:
            if row not in self._told:
                release = self._releases[row]
                told = tell(self._texts[row], title=release.title or "", published=release.published)
                self._told[row] = told
                self._days.add(row, told.dates)

    def scan(self, i: int, j: int, glance: StoryEvidence) -> StoryEvidence:
        """A glance, and the phrases that both begin with."""
        return replace(glance, phrases=self._phrases.rarity(i, j))

    def look(self, i: int, j: int, cosine: float, scanned: StoryEvidence | None = None) -> StoryEvidence:
        """All the evidence on two releases that :meth:`read` has read; what was scanned is not scanned again."""
        a, b = self._told[i], self._told[j]
        told = (a.lead_dates & b.dates) | (b.lead_dates & a.dates)
        shared = sorted((-self._days.rarity(i, value), value) for value in told)
        return replace(
            scanned or self.scan(i, j, self.glance(i, j, cosine)),
            dates=tuple(value for _, value in shared),
            date_rarity=min(MOST_DAYS, -sum(weight for weight, _ in shared)),
            other_dates=bool(a.lead_dates and b.lead_dates and not told),
            times=_agree(a.lead_times, b.lead_times),
            places=_agree(a.lead_places, b.lead_places),
            other_places=(not a.headline_places <= b.places) + (not b.headline_places <= a.places),
            other_figures=_agree(a.headline_figures, b.headline_figures) < 0,
        )

    def phrase(self, i: int, j: int) -> str:
        """Rare words in a row that both begin with, for a reader to see."""
        return self._phrases.rarest(i, j)

    def _compare_desks(self, i: int, j: int) -> int:
        (source, desk), (other_source, other_desk) = self._desks[i], self._desks[j]
        if source != other_source and source and other_source:
            return 1
        if desk is None or other_desk is None:
            return 0
        return -1 if desk == other_desk else 1

    def _headline(self, row: int) -> dict[int, float]:
        """The words of a headline and how rare each is."""
        if row not in self._headlines:
            words = headline_words(self._releases[row].title or "", self._pieces)
            self._headlines[row] = {word: self._words.rarity(row, word) for word in words}
        return self._headlines[row]

    def _compare_headlines(self, i: int, j: int) -> tuple[tuple[str, ...], float, float]:
        """Words that both have, the rarity of the three rarest, and the cosine of both by rarity."""
        ours, theirs = self._headline(i), self._headline(j)
        both, product = [], 0.0
        for number in ours.keys() & theirs.keys():
            word = self._pieces.vocabulary[number][0]
            both.append((-ours[number], -len(word), word))
            product += ours[number] * theirs[number]
        both.sort()
        words = tuple(word for weight, _, word in both if weight < 0)
        lengths = math.sqrt(sum(w * w for w in ours.values()) * sum(w * w for w in theirs.values()))
        return words, -sum(weight for weight, _, _ in both[:_RAREST]), product / lengths if lengths else 0.0


def _agree(a: frozenset[str], b: frozenset[str]) -> int:
    """1 if they share something, -1 if each holds only others, 0 if one is empty."""
    if not a or not b:
        return 0
    return 1 if a & b else -1
