"""What can be left out of a Thai sentence: whole grammatical parts of it, and never so that it says something else.

A sentence of a release is read from its left as ``when, where, who (name, post, company), predicate, adjuncts``; a verb
of saying has a sentence after its ว่า, read in the same way. Parts before the predicate are left out one by one, those
after it from the right, at the beginning of an adjunct only. Nothing is cut within a quotation, brackets, a name or a
figure, nor where what would go takes back what stays (not, but, if, except).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from obecsum.summaries.extract import grammar
from obecsum.summaries.extract.reading import Span
from obecsum.summaries.extract.sentence import Part, Sentence

__all__ = ["Clause", "Cut", "joined"]

_MIN_PREDICATE_CHARS = 12
_SHORT_CHARS = 14
_CONSONANTS = frozenset(map(chr, range(0x0E01, 0x0E2F)))
_QUOTES = frozenset('“"‘(')  # what stands in them belongs to the words before
_NEAR_CHARS = 200  # further on a sentence takes back something else
_MOST_SPACES = 8
_LAST = ("ดังนี้", "ดังต่อไปนี้")
_LAST_WORDS = re.compile(r"[\s,:;–-]*(?:(?:โดย)?มี(?:รายละเอียด|สาระสำคัญ|ประเด็น\S*|เนื้อหา)?)?(?:ดังนี้|ดังต่อไปนี้)\s*$")


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a sentence.

    Attributes:
        spans: What is kept, in order, in code points of the sentence.
        text: The same, joined.
        is_whole: Whether it ends where a part of the sentence does, and has a predicate.
    """

    spans: tuple[Span, ...]
    text: str
    is_whole: bool


def joined(text: str, spans: Sequence[Span]) -> str:
    """The words of spans, with a space where spaces were left out between them."""
    parts: list[str] = []
    last = 0
    for start, end in spans:
        piece = text[start:end]
        glued = parts and not parts[-1].endswith(" ") and not piece.startswith((" ", "ว่า"))
        if glued and " " in text[last : start + 1]:
            parts.append(" ")
        parts.append(piece)
        last = end
    return " ".join("".join(parts).split())


class Clause(Sentence):
    """A sentence that can be cut.

    Args:
        text: As of :class:`~.sentence.Sentence`.
        spelled: As of :class:`~.sentence.Sentence`.
    """

    def __init__(self, text: str, spelled: Sequence[Span] | None = None) -> None:
        super().__init__(text, spelled)
        self._ends: list[tuple[int, int]] | None = None
        self._good: dict[int, bool] = {}

    @property
    def delegators(self) -> list[Span]:
        """Where it names one who sent another."""
        return [(start, end) for part, start, end in self._parts if part == "delegator"]

    def ends(self) -> list[tuple[int, int]]:
        """Where it may be cut, from the right, and how well: 0 at a mere space, up to 3 where a part of it ends."""
        return [(end, rank) for end, rank in self._find_ends() if self._may_end(end)]

    def is_open(self) -> bool:
        """Whether its last words want more."""
        return self._is_open(len(self.text))

    def _find_ends(self) -> list[tuple[int, int]]:
        """Where parts of the sentence end, from the right, and how well: 0 at a mere space, up to 3."""
        text = self.text
        if self.predicate is None:
            adjuncts = [at for at in self._phrases(0, len(text)) if grammar.ADJUNCT.match(text, at)]
            return [(at, 0) for at in reversed(adjuncts)]
        least = self._fixed + _MIN_PREDICATE_CHARS
        found = [] if self._is_long else [(len(text), 3)]
        for phrase in self._phrases(least, len(text)):
            if grammar.ADJUNCT.match(text, phrase):
                found.append((phrase, 3))
            elif grammar.VERB.match(text, phrase) or grammar.LEADING_DATE.match(text, phrase):
                found.append((phrase, 2))
            elif not (
                text[phrase] in _QUOTES or grammar.COMPLEMENT.match(text, phrase) or self._is_verb_before(phrase)
            ):
                found.append((phrase, 0))
        for match in grammar.INLINE_ADJUNCT.finditer(text, least):
            at = match.start()
            if text[at - 1] == " " or self._inside[at] or not self._is_word(at):
                continue
            if grammar.BOUND.search(text, max(0, at - 50), at) is None:
                found.append((at, 1))
        return sorted(found, reverse=True)

    def _may_end(self, end: int) -> bool:
        """Whether a text that ends here says what the sentence says, and wants nothing more."""
        if end not in self._good:
            is_all = end == len(self.text) and not self._is_long
            self._good[end] = (is_all or not self._is_changed(end)) and not self._is_open(end)
        return self._good[end]

    def _is_verb_before(self, at: int) -> bool:
        """Whether the word before a space is a verb, which waits for its object."""
        index = bisect_left(self._starts, at - 1) - 1
        start, end = self._words[index]
        match = grammar.VERB.match(self.text, start, end)
        return end - start < _SHORT_CHARS and (match is not None or self.text[start:end] in grammar.FINITE)

    def _is_changed(self, end: int) -> bool:
        """Whether what stands behind a cut takes back what stands before it."""
        text = self.text
        following = next(
            (phrase for phrase in self._phrases(end, len(text)) if grammar.ADJUNCT.match(text, phrase)), len(text)
        )
        near = min(len(text), end + _NEAR_CHARS)
        found = (*grammar.CHANGES.finditer(text, end, following), *grammar.REVERSES.finditer(text, following, near))
        return any(self._is_word(match.start()) for match in found)

    def _is_open(self, end: int) -> bool:
        """Whether a text that ends here wants more: its last word, its last clause, what its last number counts."""
        text = self.text
        last = None
        for match in grammar.NEEDS_VERB.finditer(text, self._fixed, end):
            if not self._inside[match.start()]:
                last = match
        if last is not None and not self._has_verb(last.end(), end):
            return True
        stop = len(text[:end].rstrip())
        index = bisect_left(self._starts, stop) - 1
        if index >= 0 and text[slice(*self._words[index])] in grammar.OPEN_WORDS:
            return True
        if index > 0 and self._words[index][1] - self._starts[index] == 1 and text[stop - 1] in _CONSONANTS:
            return True  # a word of which one letter is left
        return any(
            fact.kind == "number" and fact.span[1] == stop and fact.text.strip().isdecimal() for fact in self.facts
        )

    def cut(self, leave_out: Collection[Part], *, max_chars: int, least_chars: int = 1) -> Cut | None:
        """The longest text without the parts given that ends well and is not too long; None if there is none.

        One that ends where a part of the sentence does goes before a longer one that does not.

        Args:
            leave_out: Parts to leave out, where the sentence has them.
            max_chars: Longest text, in code points.
            least_chars: Shortest text.
        """
        best: Cut | None = None
        best_rank = -1
        if self._ends is None:
            self._ends = self._find_ends()
        gone = sorted((start, end) for part, start, end in self._parts if part in leave_out)
        for end, rank in self._ends:
            spans = _without(gone, end)
            if not 0 < sum(until - start for start, until in spans) <= max_chars + _MOST_SPACES:
                continue
            text = joined(self.text, spans)
            if text.endswith(_LAST):
                last = spans[-1]
                tail = _LAST_WORDS.search(self.text[last[0] : last[1]].rstrip())
                if tail is None:
                    continue
                spans = (*spans[:-1], (last[0], last[0] + tail.start()))
                text = joined(self.text, spans)
            if not least_chars <= len(text) <= max_chars:
                continue
            if grammar.OPEN_END.search(text) or not _balanced(text) or not self._may_end(end):
                continue
            if rank > 1 and (end == len(self.text) or not self.is_subordinate):
                return Cut(spans, text, is_whole=True)
            if rank > best_rank:
                best, best_rank = Cut(spans, text, is_whole=False), rank
        return best

    def action(self, *, max_chars: int) -> Span | None:
        """What the subject does or says, (start, end), cut where the sentence may be."""
        if self._acts is None:
            return None
        ends = (end for end, _ in self._find_ends() if end - self._acts <= max_chars and self._may_end(end))
        return next(((self._acts, end) for end in ends), None)


def _without(gone: Sequence[Span], end: int) -> tuple[Span, ...]:
    spans: list[Span] = []
    last = 0
    for start, until in gone:
        if start >= end:
            break
        if start > last:
            spans.append((last, start))
        last = max(last, until)
    if last < end:
        spans.append((last, end))
    return tuple(spans)


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count("“") == text.count("”") and text.count('"') % 2 == 0
