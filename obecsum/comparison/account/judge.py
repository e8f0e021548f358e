"""What a difference is: harmless, with the reason, or a loss, and how grave."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from obecsum.comparison.account.differences import Span
from obecsum.comparison.account.spelling import is_short_form, same_but_misspelled
from obecsum.comparison.account.words import (
    Words,
    content,
    figures,
    head_words,
    is_figure,
    is_idle_word,
    lines_of,
    named_words,
    states,
    trigrams,
    vocabulary,
    words_of,
)
from obecsum.comparison.alignment.document import Document
from obecsum.text.lexicon.frequency import telling
from obecsum.text.lexicon.function_words import (
    ADDING,
    CORRECTIONS,
    GIVING,
    NEGATIONS,
    NUMERALS,
    OPPOSITES,
    RESTRICTIONS,
    TAKING,
)

__all__ = ["CERTAIN", "HARMLESS", "Direction", "Kind"]

Kind = Literal[
    "wording",  # joining, reporting and honoring words; the same words in the same order among others
    "spelling",  # one word, misspelled on one side
    "short form",  # the first letters of the words that the other writes out
    "said again",  # stands elsewhere in the one that stays, as a line or in the same phrase
    "headline",  # a headline in other words, each of which the other text has
    "cut off",  # the beginning of a word at which a copy was cut
    "addition",  # only the one that stays has it, as a phrase of its own
    "negation",  # one denies what the other says
    "correction",  # the one that stays takes back something said before
    "restriction",  # one says of some, or of a deputy, what the other says of all, or of the office
    "figure",  # a date, time, serial or number that the other lacks
    "opposite",  # who gives and who gets, or which way something goes
    "reorder",  # the same words in another place of the same line
    "substitution",  # one word of content stands against another in one frame
    "inside",  # words of content put into or left out of a phrase
    "deletion",  # a phrase that the one that stays lacks
    "script",  # any difference between texts in a script whose words are not known here
]
"""The classes of differences. The first seven are harmless."""

HARMLESS = frozenset({"wording", "spelling", "short form", "said again", "headline", "cut off", "addition"})
CERTAIN = 2.0
"""The weight of a loss that decides alone."""
_INSIDE = 1.0
_KNOWN_INSIDE = 0.4  # where the other text has the words elsewhere
_KNOWN_SHARE = 0.15  # what a word of a lost phrase counts that the other text has elsewhere
_CLAUSE_WORDS = 3
_PASSAGE_WORDS = 6  # so many words of content put in at once are no modifier
_MOVED_WORDS = 8
_SENTENCE_WORDS = 16  # moved as a whole: who does what to whom stands in it
_CUT_CHARS = 20
_HEAD_LINES = 3
_SMALL_WORDS, _SMALL_SHARE = 30, 0.3  # up to so much more is the same release with a note
_OF_TIMES = frozenset({"เวลา", "น", "วันที่", "วันนี้"})


class Direction:
    """Judges the differences of two documents for one of them.

    Args:
        goes: The document that would go.
        stays: The one that would stay.
        spans: Where their words differ, ``a`` being the one that goes.
    """

    def __init__(self, goes: Document, stays: Document, spans: Sequence[Span]) -> None:
        self._goes, self._stays, self._spans = goes, stays, spans
        self._ours, self._theirs = words_of(goes), words_of(stays)
        self._head, self._other_head = head_words(goes), head_words(stays)
        added = sum(span.b_end - span.b_start for span in spans)
        self._is_small = added <= max(_SMALL_WORDS, _SMALL_SHARE * len(self._ours.keys))
        self._added: dict[int, list[tuple[int, frozenset[str]]]] = {}
        for span in spans:
            keys = frozenset(content(self._theirs.keys[span.b_start : span.b_end]))
            for line in set(self._theirs.lines[span.b_start : span.b_end]):
                self._added.setdefault(line, []).append((span.b_start, keys))

    def judged(self) -> Iterator[tuple[Span, Kind, float]]:
        """Each difference with its class and weight; a lost passage of several lines line by line."""
        replaced = self._headline_is_replaced()
        if replaced:
            yield Span(0, self._head, 0, self._other_head), *self._headline()
        for whole in self._spans:
            if replaced and whole.a_end <= self._head and whole.b_end <= self._other_head:
                continue
            for span in self._by_line(whole):
                kind, weight = self._judge(span)
                is_moved = kind == "said again" and span.a_end - span.a_start >= _SENTENCE_WORDS
                if weight < CERTAIN and not is_moved and self._changes_places(span):
                    kind, weight = "reorder", CERTAIN
                yield span, kind, weight

    def _by_line(self, span: Span) -> list[Span]:
        if span.b_start != span.b_end or span.a_end - span.a_start < 2:
            return [span]
        lines = self._ours.lines
        cuts = [i for i in range(span.a_start + 1, span.a_end) if lines[i] != lines[i - 1]]
        edges = [span.a_start, *cuts, span.a_end]
        return [Span(a, b, span.b_start, span.b_end) for a, b in pairwise(edges)]

    def _judge(self, span: Span) -> tuple[Kind, float]:
        ours, theirs = self._ours, self._theirs
        x, y = ours.keys[span.a_start : span.a_end], theirs.keys[span.b_start : span.b_end]
        if "".join(x) == "".join(y):
            return "wording", 0.0
        if x and y and same_but_misspelled(x, y):
            return "spelling", 0.0
        if x and y and is_short_form(x, y):
            return "short form", 0.0
        if x and _are_lines_of(ours, span.a_start, span.a_end, lines_of(self._stays)):
            return "said again", 0.0
        if y and _are_lines_of(theirs, span.b_start, span.b_end, lines_of(self._goes)):
            y = []
        clause_x = _is_clause(ours, span.a_start, span.a_end)
        clause_y = _is_clause(theirs, span.b_start, span.b_end) or span.a_end == len(ours.keys)
        cx, cy = content(x), content(y)
        if not cx:
            if _turns_round(x, y):
                return "opposite", CERTAIN
            if len(x) > 1 and cy:  # joining words tell how far something is: อยู่ระหว่างดำเนินการ
                return "substitution", _INSIDE
            return self._addition(span, y, cy, clause_y)
        if (not cy or (clause_x and len(x) >= _MOVED_WORDS)) and self._is_said_again(span):
            return "said again", 0.0
        if not clause_x and not clause_y and _negations(x) != _negations(y):
            return "negation", CERTAIN
        if self._loses_figure(cx, y):
            return "figure", CERTAIN
        if not set(_negations(x)) <= set(_negations(y)):
            return "negation", CERTAIN
        cx = [key for key in cx if not is_figure(key)]
        cy = [key for key in cy if not is_figure(key)]
        if not cx or _in_order(cx, cy):
            more = list(cy)
            for key in cx:
                more.remove(key)
            return ("wording", 0.0) if not more or clause_y else self._addition(span, more, more, clause=False)
        if self._is_cut_off(span):
            return "cut off", 0.0
        return self._loss(span, x, cx, bool(cy), clause_x, clause_y)

    def _loss(
        self, span: Span, x: list[str], cx: list[str], is_replaced: bool, clause_x: bool, clause_y: bool
    ) -> tuple[Kind, float]:
        """What is lost with words that the other has not in this place."""
        known = vocabulary(self._stays)
        is_known = known.issuperset(cx)
        in_head = bool(self._head) and self._ours.lines[span.a_end - 1] - self._ours.lines[0] < _HEAD_LINES
        if in_head and clause_x and is_known and (clause_y or not is_replaced):
            return "headline", 0.0
        if is_replaced and not (clause_x and clause_y and len(cx) > _PASSAGE_WORDS):
            return "substitution", CERTAIN
        if not is_replaced and not (self._ours.breaks[span.a_start] and self._ours.breaks[span.a_end]):
            return "inside", _inside(x, is_known=is_known, in_headline=span.a_end <= self._head)
        return "deletion", self._lost(span.a_start, span.a_end, known_share=_KNOWN_SHARE)

    def _lost(self, start: int, end: int, known_share: float) -> float:
        """How much is lost with some words: one for each name that the other text lacks, less for what it has."""
        known, names = vocabulary(self._stays), named_words(self._goes)
        lost = 0.0
        for word, key in enumerate(self._ours.keys[start:end], start):
            if not is_figure(key) and not is_idle_word(key):
                lost += known_share * telling(key) if key in known else 1.0 if word in names else telling(key)
        return lost

    def _addition(self, span: Span, y: list[str], cy: list[str], clause: bool) -> tuple[Kind, float]:
        """What only the one that stays has: harmless, unless it takes back or restricts what both say."""
        is_known = vocabulary(self._goes).issuperset(cy)
        if not clause:
            if _negations([*y[:2], *y[-2:]]):
                return "negation", CERTAIN
            # In a passage of its own only what meets the words of both restricts them.
            near = y if len(cy) < _PASSAGE_WORDS else [*y[:1], *y[-1:]]
            if not RESTRICTIONS.isdisjoint(near):
                return "restriction", CERTAIN
        if self._is_small and not is_known and (_negations(y) or not CORRECTIONS.isdisjoint(y)):
            return "correction", CERTAIN
        more = [key for key in cy if not key.startswith(("date:", "time:")) and key not in _OF_TIMES]
        if clause or not self._is_small or not more or len(more) >= _PASSAGE_WORDS or y[0] in ADDING:
            return "addition", 0.0
        return "inside", _inside(y, is_known=is_known, in_headline=span.b_end <= self._other_head)

    def _headline_is_replaced(self) -> bool:
        """Whether less than half of the headline's words stand in the other headline."""
        if not self._head or not self._other_head:
            return False
        other = sum(span.a_end - span.a_start for span in self._spans if span.a_end <= self._head)
        return 2 * other > self._head

    def _headline(self) -> tuple[Kind, float]:
        """A headline in other words says nothing of its own if each of its words stands in the other text."""
        head, other = self._ours.keys[: self._head], self._theirs.keys[: self._other_head]
        if not set(_negations(head)) <= set(_negations(other)):
            return "negation", CERTAIN
        ours, theirs = content(head), content(other)
        common = set(ours) & set(theirs)
        if 2 * len(common) > len(set(ours)) and [k for k in ours if k in common] != [k for k in theirs if k in common]:
            return "reorder", CERTAIN
        if any(is_figure(key) and not states(figures(self._stays), key) for key in ours):
            return "figure", CERTAIN
        lost = self._lost(0, self._head, known_share=0.0)
        return ("deletion", lost) if lost else ("headline", 0.0)

    def _changes_places(self, span: Span) -> bool:
        """Whether what is missing here stands in another place of the same line: another may do it to another."""
        x = content(self._ours.keys[span.a_start : span.a_end])
        lines = self._theirs.lines
        if not x or not lines or _are_lines_of(self._ours, span.a_start, span.a_end, lines_of(self._stays)):
            return False
        here = min(span.b_start, len(lines) - 1)
        return any(
            start != span.b_start and not keys.isdisjoint(x)
            for line in {lines[here], lines[max(0, here - 1)]}
            for start, keys in self._added.get(line, ())
        )

    def _loses_figure(self, cx: Sequence[str], y: Sequence[str]) -> bool:
        """Whether a figure stands against another of its kind, or nowhere in the other text."""
        missing = [key for key in cx if is_figure(key) and not states(y, key)]
        kinds = {key.split(":", 1)[0] for key in missing}
        if any(is_figure(key) and key.split(":", 1)[0] in kinds for key in y):
            return True
        return not all(states(figures(self._stays), key) for key in missing)

    def _is_said_again(self, span: Span) -> bool:
        """Whether the words stand elsewhere too, with those beside them that belong to the phrase."""
        ours, known = self._ours, trigrams(self._stays)
        start = span.a_start - (0 if ours.breaks[span.a_start] else 1)
        end = span.a_end + (0 if ours.breaks[span.a_end] else 1)
        keys = ours.keys[max(0, start) : end]
        return len(keys) > _CLAUSE_WORDS and all(gram in known for gram in zip(keys, keys[1:], keys[2:], strict=False))

    def _is_cut_off(self, span: Span) -> bool:
        """The last word of a line at which a copy was cut: the beginning of what stands in the other."""
        ours = self._ours
        if span.a_end < len(ours.keys) and ours.lines[span.a_end] == ours.lines[span.a_end - 1]:
            return False
        rest = "".join(ours.keys[span.a_start : span.a_end])
        there = "".join(self._theirs.keys[span.b_start : span.b_start + _CUT_CHARS])
        return len(rest) <= _CUT_CHARS and there.startswith(rest)


def _inside(keys: Sequence[str], *, is_known: bool, in_headline: bool) -> float:
    """The weight of words inside a phrase: less where the other text has them elsewhere, none in a headline then."""
    if not is_known or not NUMERALS.isdisjoint(keys) or not RESTRICTIONS.isdisjoint(keys):
        return _INSIDE
    return 0.0 if in_headline else _KNOWN_INSIDE


def _is_clause(words: Words, start: int, end: int) -> bool:
    """Whether words are set off by spaces or ends of lines and are more than a name: a phrase of their own."""
    if start == end or not (words.breaks[start] and words.breaks[end]):
        return False
    begins = start == 0 or words.lines[start - 1] != words.lines[start]
    ends = end == len(words.keys) or words.lines[end] != words.lines[end - 1]
    return begins or ends or end - start >= _CLAUSE_WORDS


def _are_lines_of(words: Words, start: int, end: int, known: frozenset[tuple[str, ...]]) -> bool:
    """Whether each line that the words stand in is a line of the other document."""
    if not known:
        return False
    return all(
        tuple(words.keys[bisect_left(words.lines, line) : bisect_right(words.lines, line)]) in known
        for line in set(words.lines[start:end])
    )


def _negations(keys: Sequence[str]) -> list[str]:
    return sorted(key for key in keys if key in NEGATIONS or key.startswith(("ไม่", "มิได้")))


def _turns_round(x: Sequence[str], y: Sequence[str]) -> bool:
    """Whether joining words are exchanged that say who gives and who gets, or which way something goes."""
    ours, theirs = set(x) - set(y), set(y) - set(x)
    if (ours & TAKING and theirs & GIVING) or (ours & GIVING and theirs & TAKING):
        return True
    return any(len(pair & ours) == 1 and len(pair & theirs) == 1 for pair in OPPOSITES)


def _in_order(few: Sequence[str], many: Sequence[str]) -> bool:
    rest = iter(many)
    return all(key in rest for key in few)
