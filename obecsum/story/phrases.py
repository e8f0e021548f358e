"""Phrases that two releases begin with alike, and how few others do: :class:`Phrases`.

A phrase is two neighboring pieces of the vocabulary. The words of a report are common; what an event is called, who
met whom, what was decided is said in phrases that only its own reports have in that month.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from obecsum.embeddings.pieces import WordPieces
from obecsum.story.facts import BUCKET_DAYS, rarities_of

__all__ = ["Phrases"]

U32 = npt.NDArray[np.uint32]
I64 = npt.NDArray[np.int64]

_CHARS = 800  # headline and lead: further down releases of one ministry share what has nothing to do with the event
_RAREST = 10
_CHUNK = 512
_SHOWN_CHARS = 48
_FIGURE = re.compile("[0-9]")  # 1/2567 would be shown as 12567
_FEWEST_HELD = 2  # what two releases share is held by two at least


class Phrases:
    """The phrases that each release begins with, and in how many releases of the same months each is.

    Args:
        texts: Headline and body of each release.
        pieces: Cuts them.
        days_since: Day number of each release's publication; None where unknown: it belongs to all months.
    """

    def __init__(self, texts: Sequence[str], pieces: WordPieces, days_since: Sequence[int | None]) -> None:
        self._texts = texts
        self._pieces = pieces
        self._bucket = [None if day is None else day // BUCKET_DAYS for day in days_since]
        self._releases: Counter[int | None] = Counter(self._bucket)
        held: list[U32] = []
        for first in range(0, len(texts), _CHUNK):
            held += [np.unique(keys) for keys in self._keys([text[:_CHARS] for text in texts[first : first + _CHUNK]])]
        self._bounds: I64 = np.cumsum([0, *(len(keys) for keys in held)], dtype=np.int64)
        self._held: U32 = np.concatenate(held) if held else np.zeros(0, np.uint32)
        del held
        self._counts: dict[int | None, tuple[U32, I64]] = {}
        rows: dict[int | None, list[int]] = {}
        for row, bucket in enumerate(self._bucket):
            rows.setdefault(bucket, []).append(row)
        for bucket, of_bucket in rows.items():
            keys, counts = np.unique(np.concatenate([self._of(row) for row in of_bucket]), return_counts=True)
            several = counts > 1  # most phrases are of one release; leaving those out keeps ten years in memory
            self._counts[bucket] = (keys[several], counts[several])

    def rarity(self, i: int, j: int) -> float:
        """The mean rarity, from 0 to 1, of the ten rarest phrases that both begin with; missing ones count nothing."""
        weights = self._weights(i, self._shared(i, j))
        return float(np.sort(weights)[::-1][:_RAREST].sum()) / _RAREST

    def rarest(self, i: int, j: int) -> str:
        """The weightiest run of phrases without figures that both begin with, in the words of ``i``; else empty."""
        shared = self._shared(i, j)
        if not len(shared):
            return ""
        weight_of = dict(zip(shared.tolist(), self._weights(i, shared).tolist(), strict=True))
        ids, _ = self._pieces.cut([self._texts[i][:_CHARS]])
        (keys,) = self._keys([self._texts[i][:_CHARS]])
        best, best_weight, run, weight = "", 0.0, "", 0.0
        for index, key in enumerate(keys.tolist()):
            before, after = (self._pieces.vocabulary[int(ids[at])][0] for at in (index, index + 1))
            broken = key not in weight_of or _FIGURE.search(before + after) is not None
            if broken or (run and len(run) + len(after) > _SHOWN_CHARS):
                run, weight = "", 0.0
            if broken:
                continue
            run = (run or before) + after
            weight += weight_of[key]
            if weight > best_weight and len(run) <= _SHOWN_CHARS:
                best, best_weight = run, weight
        return best

    def _keys(self, texts: list[str]) -> list[U32]:
        ids, bounds = self._pieces.cut(texts)
        wide = ids.astype(np.uint32)
        # A vocabulary of more than 65,536 pieces would let some phrases pass for others, which a count bears.
        keys = wide[:-1] * np.uint32(len(self._pieces.vocabulary)) + wide[1:] if len(wide) > 1 else wide[:0]
        return [
            keys[first : max(first, last - 1)]
            for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)
        ]

    def _of(self, row: int) -> U32:
        return self._held[self._bounds[row] : self._bounds[row + 1]]

    def _shared(self, i: int, j: int) -> U32:
        shared: U32 = np.intersect1d(self._of(i), self._of(j), assume_unique=True)
        return shared

    def _weights(self, row: int, keys: U32) -> npt.NDArray[np.float64]:
        bucket = self._bucket[row]
        near = list(self._releases) if bucket is None else [None, bucket - 1, bucket, bucket + 1]
        held = np.zeros(len(keys), np.int64)
        for each in near:
            known, counts = self._counts.get(each, (keys[:0], held[:0]))
            if len(known):
                found = np.minimum(np.searchsorted(known, keys), len(known) - 1)
                held += np.where(known[found] == keys, counts[found], 0)
        total = sum(self._releases[each] for each in near)
        return rarities_of(total, np.maximum(held, _FEWEST_HELD))
