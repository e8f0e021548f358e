"""One sentence of a summary laid beside one passage of its source: which word is which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from obecsum.comparison.account.spelling import is_short_form
from obecsum.summaries.check.alignment import aligned
from obecsum.summaries.check.source import Text
from obecsum.text.lexicon.headline_words import STANCE

__all__ = ["Problem", "Side", "alike"]

ProblemKind = Literal["word", "polarity", "order"]
_SHORT_FORM = re.compile("[ก-ฮ]{3,6}")
_MOST_WRITTEN_OUT = 16  # words


@dataclass(frozen=True, slots=True)
class Problem:
    """Words of a summary that its source does not say so.

    Attributes:
        kind: "word" (the passage lacks it), "polarity" (a negation, condition, plan or rank was left out or put in)
            or "order" (the passage says it of somebody or something else).
        start: First token of the summary.
        end: The one behind its last.
    """

    kind: ProblemKind
    start: int
    end: int


class Side:
    """One sentence against one passage.

    Attributes:
        pairs: Token of the summary -> token of the source, in order.
        moved: Tokens of the summary that the passage says in another place, where that is the same.
    """

    def __init__(self, summary: Text, source: Text, first: int, last: int, passage: tuple[int, int]) -> None:
        self.summary, self.source, self.passage = summary, source, passage
        self.first, self.last = first, last
        self.pairs = aligned(summary.tokens.keys[first:last], first, source, passage)
        self.moved: set[int] = set()
        self._join_split_words()

    def _join_split_words(self) -> None:
        """Match what both sides cut into other words: ลงพื้นที่ and ลง, พื้นที่."""
        ours, theirs = self.summary, self.source
        words, places = ours.tokens.words, theirs.tokens.words
        for start, end in self._runs():
            while start < end and ours.words.keys[words[start]] in STANCE:
                start += 1
            if start == end:
                continue
            first, last = words[start], words[end - 1] + 1
            low = self._neighbor(start, -1)
            high = self._neighbor(end, 1)
            wanted = "".join(ours.words.keys[first:last])
            begin = places[low] + 1 if low is not None else self._word(self.passage[0])
            stop = places[high] if high is not None else self._word(self.passage[1])
            at = _find(theirs.words.keys, wanted, begin, stop)
            if at is None and _SHORT_FORM.fullmatch(wanted):
                at = _written_out(theirs.words.keys, wanted, begin, stop)
            if at is None:
                continue
            begin, stop = (theirs.token_of(word) for word in at)
            for offset, token in enumerate(range(start, end)):
                self.pairs[token] = min(begin + offset, max(begin, stop - 1))
        self.pairs = dict(sorted(self.pairs.items()))

    def _word(self, token: int) -> int:
        places = self.source.tokens.words
        return places[token] if token < len(places) else len(self.source.words.keys)

    def _neighbor(self, at: int, step: int) -> int | None:
        """The source's token of the nearest matched word before or from ``at`` on."""
        at = at - 1 if step < 0 else at
        while self.first <= at < self.last:
            if at in self.pairs:
                return self.pairs[at]
            at += step
        return None

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Ranges of tokens in a row that the alignment left out."""
        start = None
        for at in range(self.first, self.last + 1):
            is_open = at < self.last and at not in self.pairs
            if is_open and start is None:
                start = at
            elif not is_open and start is not None:
                yield start, at
                start = None


def alike(key: str, other: str) -> bool:
    """Whether two figures are of one kind, dates both with or both without a day."""
    return key[:5] == other[:5] and (key[:5] != "date:" or (key.count("-") > 1) == (other.count("-") > 1))


def _written_out(keys: list[str], short: str, first: int, last: int) -> tuple[int, int] | None:
    """The words from ``first`` on of which a short form has the first letters (กพฐ)."""
    for start in range(first, min(last, first + _MOST_WRITTEN_OUT)):
        for end in range(start + 2, min(last, start + _MOST_WRITTEN_OUT) + 1):
            if is_short_form([short], keys[start:end]):
                return start, end
    return None


def _find(keys: list[str], wanted: str, first: int, last: int) -> tuple[int, int] | None:
    """The words from ``first`` to before ``last`` that are ``wanted`` when they are joined."""
    for start in range(first, last):
        if not wanted.startswith(keys[start]):
            continue
        joined, end = keys[start], start + 1
        while len(joined) < len(wanted) and end < last:
            joined += keys[end]
            end += 1
        if joined == wanted:
            return start, end
    return None
