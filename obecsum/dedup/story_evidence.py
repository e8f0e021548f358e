"""Gathers the evidence on pairs of releases of a feed: :class:`Gatherer`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from obecsum.dedup.story_facts import LocalCounts, Told, count_words, headline_words, tell
from obecsum.dedup.story_rule import Evidence
from obecsum.dedup.story_search import usual_cosines
from obecsum.embeddings.pieces import Pieces
from obecsum.release import Release

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
        window_days: As for :func:`obecsum.dedup.stories.stories`.
        lowest_usual: As for :class:`obecsum.dedup.story_rule.StoryRule`.
    """

    def __init__(
        self,
        releases: Sequence[Release],
        days_since: Sequence[int | None],
        vectors: F32,
        known: npt.NDArray[np.bool_],
        *,
        pieces: Pieces,
        window_days: int | None,
        lowest_usual: float,
    ) -> None:
        self._releases = releases
        self._pieces = pieces
        self._texts = [release.full_text for release in releases]
        self.usual = np.full(len(releases), lowest_usual, np.float32)
        places = np.flatnonzero(known).tolist()
        self.usual[places] = usual_cosines(
            np.ascontiguousarray(vectors[places]),
            [days_since[place] for place in places],
            window_days=window_days,
            span_days=_SPAN_DAYS,
            lowest=lowest_usual,
        )
        self._desks = [desk_of(release) for release in releases]
        self._words = LocalCounts(days_since)
        count_words(self._texts, pieces, self._words)
        self._days = LocalCounts(days_since)
        self._headlines: dict[int, frozenset[int]] = {}
        self._told: dict[int, Told] = {}

    def glance(self, i: int, j: int, cosine: float) -> Evidence:
        """What needs no reading of the texts: the vectors, the desks and the headlines' words."""
        words, rarity = self._shared_words(i, j)
        return Evidence(
            cosine=cosine,
            usual=float(self.usual[i] + self.usual[j]) / 2,
            desks=self._compare_desks(i, j),
            words=words,
            word_rarity=rarity,
        )

    def read(self, places: Sequence[int]) -> None:
        """Reads the releases whose pairs are asked for: the days that few of them state are told from these."""
        for place in places:
            if place not in self._told:
                title = self._releases[place].title or ""
                told = tell(self._texts[place], title=title)
                self._told[place] = told
                self._days.add(place, told.dates)

    def look(self, i: int, j: int, cosine: float) -> Evidence:
        """All the evidence on two releases that :meth:`read` has read."""
        glance = self.glance(i, j, cosine)
        a, b = self._told[i], self._told[j]
        shared = sorted((-self._days.rarity(i, value), value) for value in a.dates & b.dates)
        return Evidence(
            cosine=glance.cosine,
            usual=glance.usual,
            desks=glance.desks,
            words=glance.words,
            word_rarity=glance.word_rarity,
            dates=tuple(value for _, value in shared),
            date_rarity=min(3.0, -sum(weight for weight, _ in shared)),
            other_dates=_agree(a.lead_dates, b.lead_dates) < 0,
            times=_agree(a.lead_times, b.lead_times),
            places=_agree(a.lead_places, b.lead_places),
        )

    def _compare_desks(self, i: int, j: int) -> int:
        (source, desk), (other_source, other_desk) = self._desks[i], self._desks[j]
        if source != other_source and source and other_source:
            return 1
        if desk is None or other_desk is None:
            return 0
        return -1 if desk == other_desk else 1

    def _shared_words(self, i: int, j: int) -> tuple[tuple[str, ...], float]:
        for place in (i, j):
            if place not in self._headlines:
                self._headlines[place] = headline_words(self._releases[place].title or "", self._pieces)
        both = []
        for number in self._headlines[i] & self._headlines[j]:
            word = self._pieces.vocabulary[number][0]
            both.append((-self._words.rarity(i, number), -len(word), word))
        both.sort()
        words = tuple(word for weight, _, word in both if weight < 0)
        return words, -sum(weight for weight, _, _ in both[:_RAREST])


def _agree(a: frozenset[str], b: frozenset[str]) -> int:
    """1 if they share something, -1 if each holds only others, 0 if one is empty."""
    if not a or not b:
        return 0
    return 1 if a & b else -1
