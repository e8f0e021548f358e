"""Batches for the late-interaction model: releases of one week that are near one another, and which of them are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import InputError
from obecsum.core.release import Release
from obecsum.embeddings import Embedder
from obecsum.embeddings.interaction import HEADLINE_PIECES, TEXT_PIECES, pieces_of
from obecsum.story.evidence import Gatherer, day_of
from obecsum.story.rule import StoryRule
from obecsum.story.search import near_pairs
from obecsum.story.stories import STORY_DIM
from obecsum.text.leaks import drop_leaks
from obecsum.text.normalize import normalize
from obecsum.training.corpus import Row

__all__ = ["Batch", "InteractionExamples", "ids_in"]

_MIN_COSINE = 0.28  # from which releases are taken for neighbors
_WINDOW_DAYS = 7
_SAME_SCORE = 6.0  # of two desks, from which they count as one event: 19 of 20 are
_UNSURE_SCORE = 4.0  # from which they may be, and so teach nothing
_NEIGHBORS = 24
_NEAREST = 8  # of a release are taken into its batch
_PART = 16  # releases around one seed
_MIN_TITLE_CHARS, _MIN_TEXT_CHARS = 15, 200
_KEPT_CHARS, _KEPT_PIECES = 1_500, 400
_LATER_PIECES = 100  # a text that is read from here on is not known by its lead
_LATER_SHARE, _STANDFIRST_SHARE, _MIN_STANDFIRST_PIECES = 0.3, 0.15, 10
U16 = npt.NDArray[np.uint16]
PairMask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Batch:
    """Releases of a batch.

    Attributes:
        headlines: Pieces of a headline or standfirst of each.
        texts: Pieces of its text.
        same: (n, n), which text is about the event of which headline; the diagonal is.
        unsure: (n, n), which may be.
    """

    headlines: list[U16]
    texts: list[U16]
    same: PairMask
    unsure: PairMask


class InteractionExamples:
    """All that batches are drawn from.

    Args:
        rows: Releases to train on.
        exclude: Ids of releases that are neither headline nor text of a batch, as those of labeled pairs must not be.
        tokenizer: The summarizer's.
        say: Told what is done, a line at a time.

    Raises:
        InputError: No two of the releases are near one another.
    """

    def __init__(
        self, rows: Iterable[Row], exclude: frozenset[str], tokenizer: Any, *, say: Callable[[str], None] = print
    ) -> None:
        kept = [
            row
            for row in rows
            if str(row["id"]) not in exclude
            and len(row["title"] or "") >= _MIN_TITLE_CHARS
            and len(row["body"]) >= _MIN_TEXT_CHARS
        ]
        kept.sort(key=lambda row: (row["date"], str(row["id"])))
        self._headlines = [pieces_of(tokenizer, normalize(row["title"] or ""))[:HEADLINE_PIECES] for row in kept]
        self._standfirsts = [pieces_of(tokenizer, normalize(row["standfirst"] or ""))[:HEADLINE_PIECES] for row in kept]
        self._texts = [
            pieces_of(
                tokenizer, normalize(drop_leaks(row["title"] or "", row["standfirst"], row["body"]))[:_KEPT_CHARS]
            )[:_KEPT_PIECES]
            for row in kept
        ]
        say(f"{len(kept):,} releases are read")
        near: dict[int, list[tuple[float, int]]] = defaultdict(list)
        self._same: set[tuple[int, int]] = set()
        self._unsure: set[tuple[int, int]] = set()
        for i, j, cosine, score, desks in _scored(kept):
            near[i].append((-cosine, j))
            near[j].append((-cosine, i))
            if desks > 0 and score >= _SAME_SCORE:
                self._same |= {(i, j), (j, i)}
            elif score >= _UNSURE_SCORE:
                self._unsure |= {(i, j), (j, i)}
        self._near = {index: [j for _, j in sorted(found)[:_NEIGHBORS]] for index, found in near.items()}
        self._seeds = sorted(self._near)
        if not self._seeds:
            raise InputError(f"no two of {len(kept)} releases come near one another; give a larger corpus")
        say(f"{len(self._seeds):,} have near ones; {len(self._same) // 2:,} pairs of two desks are one event")

    def batch(self, size: int, random: np.random.Generator) -> Batch:
        """Two neighborhoods or more, until there are ``size`` releases."""
        indexes: list[int] = []
        size = min(size, len(self._seeds))
        while len(indexes) < size:
            self._gather(indexes, min(size, len(indexes) + _PART), random)
        headlines = [self._headline(index, random) for index in indexes]
        texts = [self._text(index, random) for index in indexes]
        same, unsure = np.eye(size, dtype=bool), np.zeros((size, size), bool)
        for row, i in enumerate(indexes):
            for column, j in enumerate(indexes):
                same[row, column] |= (i, j) in self._same
                unsure[row, column] = (i, j) in self._unsure
        return Batch(headlines, texts, same, unsure)

    def _gather(self, indexes: list[int], upto: int, random: np.random.Generator) -> None:
        waiting = [self._seeds[int(random.integers(len(self._seeds)))]]
        while waiting and len(indexes) < upto:
            index = waiting.pop(0)
            if index not in indexes:
                indexes.append(index)
                waiting += self._near[index][:_NEAREST]

    def _headline(self, index: int, random: np.random.Generator) -> U16:
        standfirst = self._standfirsts[index]
        if random.random() < _STANDFIRST_SHARE and len(standfirst) > _MIN_STANDFIRST_PIECES:
            return standfirst
        return self._headlines[index]

    def _text(self, index: int, random: np.random.Generator) -> U16:
        text = self._texts[index]
        if random.random() < _LATER_SHARE and len(text) > _LATER_PIECES + TEXT_PIECES:
            text = text[_LATER_PIECES:]
        return text[:TEXT_PIECES]


def _scored(rows: Sequence[Row]) -> Iterable[tuple[int, int, float, float, int]]:
    """Near pairs with their cosine, what the story rule says of them without this model, and their desks."""
    releases = [
        Release(
            id=str(row["id"]),
            text=row["body"],
            title=row["title"],
            published=row["date"],
            extra={"category": row["category"]},
        )
        for row in rows
    ]
    rule = StoryRule.without_interaction()
    embedder = Embedder(dim=STORY_DIM)
    days = [day_of(release.published) for release in releases]
    vectors, known = embedder.encode_known([release.full_text for release in releases])
    if embedder.static is None:  # pragma: no cover - the bundled model is a static one
        raise InputError("the bundled embedding model has no vocabulary")
    gatherer = Gatherer(
        releases,
        days,
        vectors,
        known,
        pieces=embedder.static.pieces,
        window_days=_WINDOW_DAYS,
        lowest_usual=rule.lowest_usual,
    )
    vectors[~known] = 0.0  # near nothing
    gatherer.read(range(len(releases)))
    for i, j, cosine in near_pairs(vectors, days, window_days=_WINDOW_DAYS, min_cosine=_MIN_COSINE):
        evidence = gatherer.glance(i, j, cosine)
        if rule.score(evidence) + rule.phrases + rule.most >= _UNSURE_SCORE:
            evidence = gatherer.look(i, j, cosine)
        yield i, j, cosine, rule.score(evidence), evidence.desks


def ids_in(path: Path) -> frozenset[str]:
    """Ids of the pairs in a file of labels, one object with ``a`` and ``b`` a line."""
    import orjson

    return frozenset(
        str(pair[side]) for line in path.read_bytes().splitlines() for pair in [orjson.loads(line)] for side in "ab"
    )
