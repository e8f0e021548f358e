"""Which passages of a release a summary says, in which words of theirs.

A plan is a list of passages in the order of the release; the summary is their texts, joined. A writer may put another
sentence in the place of a passage's text, and hold it against the passage.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from obecsum.core.arguments import LEAST_SUMMARY_CHARS, check_shape
from obecsum.core.choices import SummaryKind, SummaryLength
from obecsum.summaries.extract.clause import Clause, Cut
from obecsum.summaries.extract.cut import cut_at_phrase
from obecsum.summaries.extract.grammar import BACKWARD, CHANGES, DENIES, OPEN_END, OPEN_WORDS, RUMOR, TURNS
from obecsum.summaries.extract.reading import Reading, Span
from obecsum.summaries.extract.sentence import Part
from obecsum.summaries.extract.units import Unit, content_of, find_units, overlap
from obecsum.text.segment import words

__all__ = ["MOST_SAID", "Compressed", "Passage", "compress", "plan_passages", "plan_reading"]

_HEADLINE_CHARS = 110
_HEADLINE_MOST_CHARS = 160  # where no part of the sentence ends earlier
_LEAD_CHARS = 220
_SENTENCE_CHARS = 190
_ONLY_CHARS = 360
_POINT_CHARS = 170
_STEP_CHARS = 25
_LEAST_CHARS = 40
MOST_SAID = 0.55
"""A sentence of whose content words, by weight, more was said before is not said."""
_TRIED = 6
_LOOKED_AT = 12
_BEGIN_CHARS = 50
_OPENING_CHARS = 600
_NUMBERS: dict[SummaryLength, int] = {"short": 1, "medium": 3, "long": 5}
_MOST_POINTS = {"short": 3, "medium": 4, "long": 5}
_ASIDE: frozenset[Part] = frozenset(("marker", "brackets", "delegator", "company", "capacity", "aside"))
# What is left out, one choice after the other until what stays is short enough: never both name and post.
_HEADLINE_PARTS: tuple[frozenset[Part], ...] = (
    _ASIDE | {"date", "place"},
    _ASIDE | {"date", "place", "name"},
    _ASIDE | {"date", "place", "post"},
)
_SENTENCE_PARTS: tuple[frozenset[Part], ...] = (
    frozenset(("marker", "delegator")),
    frozenset(("marker", "delegator", "company", "aside")),
    _ASIDE,
    _ASIDE | {"place"},
    _ASIDE | {"place", "name"},
)


@dataclass(frozen=True, slots=True)
class Compressed:
    """A passage in fewer of its own words.

    Attributes:
        text: The words.
        kept: The spans of the text given whose words they are, in order.
        is_whole: Whether it ends where a part of the sentence does; False where it is merely cut at a phrase.
    """

    text: str
    kept: tuple[Span, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a release that a summary says.

    Attributes:
        span: Where it stands in the text given.
        source: All of its words, normalized, on one line: what a writer may be given.
        text: What the extract says of it.
        kept: The spans of the text given whose words ``text`` is made of, in order.
        is_whole: As of :class:`Compressed`.
    """

    span: Span
    source: str
    text: str
    kept: tuple[Span, ...]
    is_whole: bool


def plan_passages(
    text: str, *, kind: SummaryKind = "summary", length: SummaryLength = "medium", max_chars: int | None = None
) -> list[Passage]:
    """The passages of a release that its summary says, in their order; empty if it has no words.

    Args:
        text: A release; of any length, also empty.
        kind: "headline" (one passage), "summary" (a sentence a passage) or "points" (three to five, one each).
        length: Of a summary: "short" is one sentence, "medium" up to three, "long" up to five; of points up to three,
            four and five. A headline has one length.
        max_chars: Longest text in all, at least 20; as many sentences as fit, at most five. It takes the place of a
            length.

    Raises:
        OptionError: An option is out of its range.
    """
    check_shape(kind, length, max_chars)
    return plan_reading(Reading(text), kind=kind, length=length, max_chars=max_chars)


def plan_reading(
    reading: Reading, *, kind: SummaryKind, length: SummaryLength = "medium", max_chars: int | None = None
) -> list[Passage]:
    """As :func:`plan_passages`, of a release that was read."""
    units = find_units(reading)
    if not units:
        return []
    if kind == "headline":
        longest, most = _HEADLINE_CHARS, _HEADLINE_MOST_CHARS
        if max_chars is not None:
            longest, most = min(longest, max_chars), min(most, max_chars)
        return [passage for passage in [_headline(reading, units, longest, most)] if passage.text]
    number = 5 if max_chars is not None else (_MOST_POINTS if kind == "points" else _NUMBERS)[length]
    return _sentences(reading, units, number, kind == "points", max_chars)


def compress(text: str, *, max_chars: int, headline: bool = False) -> Compressed:
    """A passage of one or two sentences in at most ``max_chars``, whole parts of it left out and nothing put in.

    Args:
        text: The passage.
        max_chars: Longest text, in code points, at least 20.
        headline: Leave out when and where, too.
    """
    reading = Reading(text)
    line = reading.line
    if not line:
        return Compressed("", (), False)
    cut = _shortest(Clause(line), _HEADLINE_PARTS if headline else _SENTENCE_PARTS, max_chars)
    cut = cut or _at_phrase(line, max_chars)
    return Compressed(cut.text, _kept(reading, 0, cut), cut.is_whole)


def _shortest(clause: Clause, choices: Sequence[frozenset[Part]], max_chars: int) -> Cut | None:
    """The cut that leaves out the fewest parts before the predicate and is whole; else the first that can be had."""
    best: Cut | None = None
    for parts in choices:
        cut = clause.cut(parts, max_chars=max_chars, least_chars=min(_LEAST_CHARS, max_chars))
        if cut is not None and (best is None or cut.is_whole):
            best = cut
        if best is not None and best.is_whole:
            break
    return best


def _at_phrase(text: str, max_chars: int) -> Cut:
    """What is cut where no part of the sentence ends: at a space, behind no word that wants another."""
    short = cut_at_phrase(text, max_chars=max_chars)
    while len(short) < len(text.strip()) and " " in short[_LEAST_CHARS:]:
        first, last = words(short)[-1]
        if short[first:last] not in OPEN_WORDS and not OPEN_END.search(short):
            break
        short = short.rpartition(" ")[0].rstrip()
    begin = text.find(short)
    return Cut(((begin, begin + len(short)),), short, is_whole=len(short) == len(text.strip()))


def _passage(reading: Reading, unit: Unit, cut: Cut) -> Passage:
    kept = _kept(reading, unit.start, cut)
    return Passage(reading.span(unit.start, unit.end), unit.text, cut.text, kept, cut.is_whole)


def _kept(reading: Reading, at: int, cut: Cut) -> tuple[Span, ...]:
    """The spans of the text given that a cut of the sentence at ``at`` keeps."""
    spans = (span for start, end in cut.spans for span in reading.spans(at + start, at + end))
    return tuple(span for span in spans if span[0] < span[1])


def _headline(reading: Reading, units: Sequence[Unit], max_chars: int, most: int) -> Passage:
    weights = {unit.start: _weight(unit, units) for unit in units[:_LOOKED_AT]}
    denies = DENIES.search(reading.text, 0, _OPENING_CHARS) is not None
    best: tuple[float, Unit, Cut] | None = None
    for unit in sorted(units[:_LOOKED_AT], key=lambda unit: -weights[unit.start])[:_TRIED]:
        if best is not None and best[0] >= weights[unit.start]:
            break
        clause = Clause(unit.text, unit.words)
        cut = None
        for room in range(max_chars, most + 1, _STEP_CHARS):
            found = _shortest(clause, _HEADLINE_PARTS, room)
            cut = found if cut is None or (found is not None and found.is_whole) else cut
            if cut is not None and cut.is_whole:
                break
        if cut is None or _is_rumor(cut.text):
            continue
        score = weights[unit.start] * (1.0 if cut.is_whole else 0.5) * _independence(clause)
        if BACKWARD.search(cut.text, 0, _BEGIN_CHARS):
            score *= 0.5
        if denies and not (DENIES.search(cut.text) or CHANGES.search(cut.text)):
            score *= 0.1  # what a release denies is not its news
        if best is None or score > best[0]:
            best = (score, unit, cut)
    if best is not None:
        return _passage(reading, best[1], best[2])
    return _passage(reading, units[0], _at_phrase(units[0].text, most))


def _weight(unit: Unit, units: Sequence[Unit]) -> float:
    """How fit a sentence is for a headline before it is looked into: a release says its news first."""
    return math.sqrt(unit.score) * (3.0 if unit is units[0] else 1.5 if unit.is_lead else 1.0)


def _is_rumor(text: str) -> bool:
    """Whether a text passes on what others say and the release may deny."""
    return RUMOR.search(text) is not None and DENIES.search(text) is None


def _sentences(
    reading: Reading, units: Sequence[Unit], number: int, are_points: bool, max_chars: int | None
) -> list[Passage]:
    left = list(units)
    said: set[str] = set()
    chosen: list[tuple[Unit, Cut]] = []
    spare: tuple[Unit, Cut] | None = None
    room = max_chars
    while left and len(chosen) < number:
        unit = max(left, key=lambda unit: _gain(unit, said))
        left.remove(unit)
        if chosen and overlap(unit.content, said) > MOST_SAID:
            continue
        most = _POINT_CHARS if are_points else _SENTENCE_CHARS if chosen else _LEAD_CHARS
        most = most if room is None else min(most, room)
        if most < LEAST_SUMMARY_CHARS:
            break
        clause = Clause(unit.text, unit.words)
        cut = _shortest(clause, _SENTENCE_PARTS, most)
        if cut is None or _is_rumor(cut.text):
            continue
        if not _stands_alone(clause, cut, is_lead=unit.is_lead):
            spare = spare or (unit, cut)
            continue
        chosen.append((unit, cut))
        said |= content_of(cut.text).keys() | unit.content.keys()
        if room is not None:
            room -= len(cut.text) + 1
    if not chosen and spare is not None:
        chosen = [spare]
    if len(chosen) == 1 and number > 1 and not are_points:  # all that it says is in one sentence: then more of that
        unit, most = chosen[0][0], _ONLY_CHARS if max_chars is None else min(_ONLY_CHARS, max_chars)
        longer = _shortest(Clause(unit.text, unit.words), _SENTENCE_PARTS, most)
        if longer is not None and longer.is_whole and not _is_rumor(longer.text):
            chosen = [(unit, longer)]
    if not chosen:
        chosen = [(units[0], _at_phrase(units[0].text, min(_SENTENCE_CHARS, max_chars or _SENTENCE_CHARS)))]
    return [_passage(reading, unit, cut) for unit, cut in sorted(chosen, key=lambda one: one[0].start) if cut.text]


def _stands_alone(clause: Clause, cut: Cut, *, is_lead: bool) -> bool:
    """Whether a reader who has not read the sentence before it understands what is left of a sentence.

    The lead, which says the news, may end at a mere space.
    """
    if clause.leans or clause.is_subordinate or clause.subject is None or not (cut.is_whole or is_lead):
        return False
    if BACKWARD.search(cut.text, 0, _BEGIN_CHARS) or TURNS.match(cut.text):
        return False
    left = Clause(cut.text)
    return left.predicate is not None and not left.is_open()


def _independence(clause: Clause) -> float:
    """1.0 for a sentence that says who does something; less for one that begins otherwise or leans on another."""
    begins = 0.2 if clause.leans else 0.4 if clause.is_subordinate else 0.6 if clause.is_framed else 1.0
    return begins * (1.0 if clause.subject is not None else 0.5)


def _gain(unit: Unit, said: set[str]) -> float:
    """How telling a sentence is where some words were said (maximal marginal relevance), the lead above all."""
    return unit.score * (1.0 - overlap(unit.content, said)) * (2.0 if unit.is_lead else 1.0)
