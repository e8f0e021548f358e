"""What a difference is: harmless, with the reason, or a loss, and how grave."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from obecsum.comparison.account.denials import denials, denials_between, negations
from obecsum.comparison.account.differences import Span
from obecsum.comparison.account.names import (
    goes_on,
    is_gloss,
    is_unit_of_name,
    names_the_same,
    touches_name,
    writes_out,
)
from obecsum.comparison.account.senses import changes_sense, converses, turns_round
from obecsum.comparison.account.spelling import is_short_form, same_but_misspelled
from obecsum.comparison.account.tokens import is_idle_word
from obecsum.comparison.account.words import (
    Words,
    content,
    figures,
    head_words,
    is_figure,
    lines_of,
    states,
    trigrams,
    vocabulary,
    words_of,
)
from obecsum.comparison.alignment.document import Document
from obecsum.text.lexicon.frequency import telling
from obecsum.text.lexicon.function_words import (
    ADDING,
    CONDITIONS,
    DEPUTIES,
    NEGATIONS,
    RESTRICTIONS,
)

__all__ = ["CERTAIN", "HARMLESS", "Direction", "Kind"]

Kind = Literal[
    "wording",  # joining, reporting and honoring words; the same words in order among others; active and passive
    "spelling",  # one word, misspelled on one side
    "short form",  # the first letters of the words that the other writes out
    "said again",  # stands elsewhere in the one that stays: as a line, in the same phrase, or beside the same name
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
_CLAUSE_WORDS = 3
_PASSAGE_WORDS = 6  # so many words of content put in at once are no modifier
_MOVED_WORDS = 8
_SENTENCE_WORDS = 16  # moved as a whole: who does what to whom stands in it
_CUT_CHARS = 20
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
        self._converses = converses(goes, stays, spans)
        self._added: dict[int, list[tuple[int, frozenset[str]]]] = {}
        for span in spans:
            if span in self._converses:
                continue
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
            if whole in self._converses:
                yield whole, "wording", 0.0
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
        both = self._goes, self._stays
        x, y = ours.keys[span.a_start : span.a_end], theirs.keys[span.b_start : span.b_end]
        if "".join(x) == "".join(y):
            return "wording", 0.0
        if x and y and same_but_misspelled(x, y) and not touches_name(*both, span):
            return "spelling", 0.0
        if x and y and is_short_form(x, y):
            return "short form", 0.0
        if x and _are_lines_of(ours, span.a_start, span.a_end, lines_of(self._stays)):
            return "said again", 0.0
        if y and _are_lines_of(theirs, span.b_start, span.b_end, lines_of(self._goes)):
            y = []
        clause_x = _is_clause(ours, span.a_start, span.a_end)
        is_appended = span.a_end == len(ours.keys) and (not x or self._is_cut_off(span))
        clause_y = is_appended or _is_clause(theirs, span.b_start, span.b_end)
        cx, cy = content(x), content(y)
        if not (x and y) and is_unit_of_name(*both, span):
            return "wording", 0.0
        if x and not y and writes_out(self._goes, span):
            return "short form", 0.0
        is_bound = not clause_x and not clause_y and not (len(x) > 1 and is_idle_word("".join(x)))
        if is_bound and RESTRICTIONS.intersection(x) - RESTRICTIONS.intersection(y):
            return "restriction", CERTAIN
        if not cx:
            # A passage does not stand for a joining word: it was put in where that was left out. Only its ends meet it.
            is_passage = len(cy) >= _PASSAGE_WORDS
            against = [y[0], y[-1]] if is_passage else y
            if turns_round(x, against):
                return "opposite", CERTAIN
            if (not cy and ("จะ" in x) != ("จะ" in y)) or (x and y and changes_sense(x, y, left_out=is_passage)):
                return "substitution", CERTAIN
            # Joining words tell how far something is (อยู่ระหว่างดำเนินการ); one of them only joins (ในโอกาสนี้).
            if len(x) > 1 and cy and not is_passage and not is_idle_word("".join(x)):
                return "substitution", _INSIDE
            return self._addition(span, y, cy, clause_y)
        if (not cy or (clause_x and len(x) >= _MOVED_WORDS)) and self._is_said_again(span):
            return "said again", 0.0
        if not clause_x and not clause_y and negations(x) != negations(y):
            return "negation", CERTAIN
        if names_the_same(*both, span) or (not y and clause_x and goes_on(*both, span)):
            return "said again", 0.0
        if self._loses_figure(cx, y):
            return "figure", CERTAIN
        if not set(negations(x)) <= set(negations(y)):
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
        return self._loss(span, cx, y, clause_x, clause_y)

    def _loss(self, span: Span, cx: list[str], y: list[str], clause_x: bool, clause_y: bool) -> tuple[Kind, float]:
        """What is lost with words that the other has not in this place."""
        cy = [key for key in content(y) if not is_figure(key)]
        is_passage = len(cx) < _PASSAGE_WORDS <= len(cy)  # it does not stand for a word: it was put in where that was
        is_replaced = bool(cy) and not (is_passage and self._addition(span, y, cy, clause_y)[0] == "addition")
        known = vocabulary(self._stays)
        is_known = known.issuperset(cx)
        if span.a_end <= self._head and clause_x and is_known and (clause_y or not is_replaced):
            return "headline", 0.0
        if is_replaced and not (clause_x and clause_y and len(cx) > _PASSAGE_WORDS):
            return "substitution", CERTAIN
        if not CONDITIONS.isdisjoint(self._ours.keys[span.a_start : span.a_end]):
            return "restriction", CERTAIN
        if not is_replaced and not (self._ours.breaks[span.a_start] and self._ours.breaks[span.a_end]):
            return "inside", _INSIDE
        return "deletion", self._lost(span.a_start, span.a_end)

    def _lost(self, start: int, end: int) -> float:
        """How much is lost with some words: one for each that the other text lacks, of others how telling they are."""
        known = vocabulary(self._stays)
        keys = [key for key in self._ours.keys[start:end] if not is_figure(key) and not is_idle_word(key)]
        return sum(telling(key) if key in known else 1.0 for key in keys)

    def _addition(self, span: Span, y: list[str], cy: list[str], clause: bool) -> tuple[Kind, float]:
        """What only the one that stays has: harmless, unless it takes back or restricts what both say."""
        is_known = vocabulary(self._goes).issuperset(cy)
        if not clause:
            if negations([*y[:2], *y[-2:]]):
                return "negation", CERTAIN
            # In a passage of its own only what meets the words of both restricts them.
            near = y if len(cy) < _PASSAGE_WORDS else [*y[:1], *y[-1:]]
            # Who stands for an office binds the office named behind it: all but the last bind what was put in, too.
            if any(key in RESTRICTIONS and key not in DEPUTIES for key in near) or not DEPUTIES.isdisjoint(y[-1:]):
                return "restriction", CERTAIN
        elif y and (y[0] in RESTRICTIONS - DEPUTIES or (cy[:1] == y[:1] and y[0] in NEGATIONS)):
            return "restriction", CERTAIN  # it binds what stands before it
        if self._is_small and not is_known and not denials(self._goes).issuperset(self._denied(span)):
            return "correction", CERTAIN
        more = [key for key in cy if not key.startswith(("date:", "time:")) and key not in _OF_TIMES]
        is_set_off = is_known and self._theirs.breaks[span.b_start] and self._theirs.breaks[span.b_end]
        is_phrase = clause or is_set_off or not self._is_small or len(more) >= _PASSAGE_WORDS
        if is_phrase or not more or y[0] in ADDING or is_gloss(self._stays, span):
            return "addition", 0.0
        if self._stands_so_elsewhere(span):
            return "said again", 0.0
        return "inside", _INSIDE

    def _denied(self, span: Span) -> Iterator[tuple[str, str]]:
        """What the one that stays denies or corrects in the words that only it has."""
        return denials_between(self._theirs, span.b_start, span.b_end)

    def _headline_is_replaced(self) -> bool:
        """Whether less than half of the headline's words stand in the other headline."""
        if not self._head or not self._other_head:
            return False
        other = sum(span.a_end - span.a_start for span in self._spans if span.a_end <= self._head)
        return 2 * other > self._head

    def _headline(self) -> tuple[Kind, float]:
        """A headline in other words says nothing of its own if each of its words stands in the other text."""
        head, other = self._ours.keys[: self._head], self._theirs.keys[: self._other_head]
        if not set(negations(head)) <= set(negations(other)):
            return "negation", CERTAIN
        ours, theirs = content(head), content(other)
        common = set(ours) & set(theirs)
        if 2 * len(common) > len(set(ours)) and [k for k in ours if k in common] != [k for k in theirs if k in common]:
            return "reorder", CERTAIN
        if any(is_figure(key) and not states(figures(self._stays), key) for key in ours):
            return "figure", CERTAIN
        lost = sum(1.0 for key in ours if not is_figure(key) and key not in vocabulary(self._stays))
        return ("deletion", lost) if lost else ("headline", 0.0)

    def _changes_places(self, span: Span) -> bool:
        """Whether what is missing here stands in another place of the same line: another may do it to another."""
        x = content(self._ours.keys[span.a_start : span.a_end])
        lines = self._theirs.lines
        if not x or not lines or _are_lines_of(self._ours, span.a_start, span.a_end, lines_of(self._stays)):
            return False
        here = min(span.b_start, len(lines) - 1)
        return any(
            start != span.b_start and self._is_moved_to(keys, x)
            for line in {lines[here], lines[max(0, here - 1)]}
            for start, keys in self._added.get(line, ())
        )

    @staticmethod
    def _is_moved_to(keys: frozenset[str], x: Sequence[str]) -> bool:
        """Whether what was put in elsewhere is what is missing here; a passage says more than was moved there."""
        common = len(keys.intersection(x))
        return 2 * common >= len(keys) if len(keys) >= _PASSAGE_WORDS else common > 0

    def _loses_figure(self, cx: Sequence[str], y: Sequence[str]) -> bool:
        """Whether a figure stands against another of its kind, or nowhere in the other text."""
        missing = [key for key in cx if is_figure(key) and not states(y, key)]
        kinds = {key.split(":", 1)[0] for key in missing}
        if any(is_figure(key) and key.split(":", 1)[0] in kinds for key in y):
            return True
        return not all(states(figures(self._stays), key) for key in missing)

    def _stands_so_elsewhere(self, span: Span) -> bool:
        """Whether the one that goes says elsewhere, behind the same word, what the other adds (เลขาธิการ กพฐ.)."""
        if not span.b_start or span.a_start != span.a_end:
            return False
        phrase = self._theirs.keys[span.b_start - 1 : span.b_end]
        keys = self._ours.keys
        return any(
            keys[at] == phrase[0] and keys[at : at + len(phrase)] == phrase for at in range(len(keys) - len(phrase) + 1)
        )

    def _is_said_again(self, span: Span) -> bool:
        """Whether the words stand elsewhere too, with those beside them that belong to the phrase."""
        ours, known = self._ours, trigrams(self._stays)
        start = span.a_start - (0 if ours.breaks[span.a_start] else 1)
        end = span.a_end + (0 if ours.breaks[span.a_end] else 1)
        keys = ours.keys[max(0, start) : end]
        return len(keys) > _CLAUSE_WORDS and all(gram in known for gram in zip(keys, keys[1:], keys[2:], strict=False))

    def _is_cut_off(self, span: Span) -> bool:
        """The last word of a headline or text at which a copy was cut: the beginning of what stands in the other."""
        ours = self._ours
        if span.a_end not in (self._head, len(ours.keys)):
            return False
        rest = "".join(ours.keys[span.a_start : span.a_end])
        there = "".join(self._theirs.keys[span.b_start : span.b_start + _CUT_CHARS])
        return len(rest) <= _CUT_CHARS and there.startswith(rest)


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


def _in_order(few: Sequence[str], many: Sequence[str]) -> bool:
    rest = iter(many)
    return all(key in rest for key in few)
