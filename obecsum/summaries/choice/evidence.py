"""What speaks for a candidate and against it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from obecsum.summaries.check.source import Text
from obecsum.summaries.check.support import Check, SourceFacts
from obecsum.summaries.choice.source import Source
from obecsum.summaries.extract.clause import Clause

__all__ = ["Evidence", "evidence_of"]

_LEAST_CHANCE = 0.0025
_FAR = 8  # what stands in no sentence that says something
_BREAKS = frozenset(" ,;:()“”\"'-–|/\n")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found about a candidate, as numbers.

    Attributes:
        is_headline: 1 for a headline.
        words, order, polarity, others: How many unsupported words, orders, polarities and other facts it has.
        checked: The log-odds of the check's confidence, -6 to 6.
        repeats: The share of its words of content that it has said before.
        length: Its characters, in hundreds.
        place: How late in the release it begins, log(1 + words of content).
        spread: How much the release says between its words, log(1 + words of content).
        unit: In which sentence it begins, log(1 + its number from 1).
        is_of_one: Whether all of it is of one sentence.
        leans: Whether that sentence leans on another.
        delegator: Whether it begins with one who sent another.
        starts_inside, leaves_inside: How often it begins, or leaves the release's words, where none of theirs ends.
        in_fact: Whether it ends within a name, date or figure of the release.
        end: How well it ends: -1 where the release's sentence goes on, up to 3.
        is_open: Whether its last words want more.
        has_subject, has_predicate: Whether it says who, and does what.
    """

    is_headline: float
    words: float
    order: float
    polarity: float
    others: float
    checked: float
    repeats: float
    length: float
    place: float
    spread: float
    unit: float
    is_of_one: float
    leans: float
    delegator: float
    starts_inside: float
    leaves_inside: float
    in_fact: float
    end: float
    is_open: float
    has_subject: float
    has_predicate: float

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of the numbers, in order."""
        return tuple(field.name for field in fields(cls))

    def values(self) -> tuple[float, ...]:
        """The numbers, in order."""
        return astuple(self)


def evidence_of(candidate: str, source: Source, kind: str) -> tuple[Evidence, Check]:
    """What speaks for a candidate and against it, and what the check says of it.

    Args:
        candidate: One line.
        source: Its release.
        kind: "headline" or another kind.
    """
    text, judged, check = source.facts.lay(candidate)
    kinds = [fact.kind for fact in check.unsupported]
    counted = {kind: kinds.count(kind) for kind in ("word", "order", "polarity")}
    pairs = sorted(pair for one in judged for pair in one.pairs.items())
    clause = Clause(" ".join(candidate.split()))
    content = [key for key in text.tokens.keys if not key.startswith("bound")]
    laid = _Laid(text, source.facts, pairs)
    places = [laid.given(place) for _, place in pairs]
    units = [source.unit_at(place) for place in places]
    first = units[0] if units else None
    leans = first is not None and (source.clauses[first].is_subordinate or source.clauses[first].leans)
    found = Evidence(
        is_headline=float(kind == "headline"),
        words=float(counted["word"]),
        order=float(counted["order"]),
        polarity=float(counted["polarity"]),
        others=float(len(kinds) - sum(counted.values())),
        checked=_log_odds(check.confidence),
        repeats=1.0 - len(set(content)) / len(content) if content else 0.0,
        length=len(candidate) / 100,
        place=math.log1p(pairs[0][1]) if pairs else 0.0,
        spread=_spread(pairs),
        unit=math.log1p(_FAR if first is None else first + 1),
        is_of_one=float(len(set(units)) == 1),
        leans=float(leans),
        delegator=float(any(source.is_delegator(place) for place in places[:2])),
        starts_inside=float(bool(pairs) and laid.starts_inside()),
        leaves_inside=float(laid.leaves_inside()),
        in_fact=float(bool(pairs) and laid.ends_in_fact()),
        end=float(source.end_of(candidate)),
        is_open=float(clause.is_open()),
        has_subject=float(clause.subject is not None),
        has_predicate=float(clause.predicate is not None),
    )
    return found, check


def _log_odds(chance: float) -> float:
    chance = min(max(chance, _LEAST_CHANCE), 1 - _LEAST_CHANCE)
    return math.log(chance / (1 - chance))


def _spread(pairs: Sequence[tuple[int, int]]) -> float:
    if not pairs:
        return 0.0
    places = [place for _, place in pairs]
    return math.log1p(max(0, max(places) - min(places) + 1 - len(places)))


class _Laid:
    """A candidate and the words of its release that it was laid beside."""

    def __init__(self, text: Text, facts: SourceFacts, pairs: Sequence[tuple[int, int]]) -> None:
        self._text, self._source, self._pairs = text, facts.source, pairs
        self._folded = facts.source.document.folded

    def _span(self, place: int) -> tuple[int, int]:
        words = self._source.words
        word = self._source.tokens.words[place]
        return words.starts[word], words.ends[word]

    def given(self, place: int) -> int:
        """Where a word of the release stands in the text given."""
        return self._source.document.original(*self._span(place))[0]

    def _between(self, first: int | None, last: int | None) -> str:
        """What the candidate has between two of its words of content."""
        text = self._text
        start = 0 if first is None else text.words.ends[text.tokens.words[first]]
        end = len(text.document.folded) if last is None else text.words.starts[text.tokens.words[last]]
        return text.document.folded[start:end].strip()

    def starts_inside(self) -> bool:
        """Whether words stand right before its first words in the release, without a space."""
        at, place = self._pairs[0]
        start = self._span(place)[0]
        before = self._between(None, at)
        if before and self._folded[:start].rstrip().endswith(before):
            start = len(self._folded[:start].rstrip()) - len(before)
        return start > 0 and self._folded[start - 1] not in _BREAKS

    def leaves_inside(self) -> int:
        """How often it goes on elsewhere where the release's words go on without a space."""
        count = 0
        for (at, place), (next_at, next_place) in zip(self._pairs, self._pairs[1:], strict=False):
            if next_at != at + 1 or next_place == place + 1:
                continue
            end = self._span(place)[1]
            between = self._between(at, next_at)
            goes_on = self._folded[end : end + 1] not in _BREAKS and end < len(self._folded)
            count += goes_on and not (between and self._folded.startswith(between, end))
        return count

    def ends_in_fact(self) -> bool:
        """Whether a fact of the release goes on where the candidate ends."""
        at, place = self._pairs[-1]
        end = self._span(place)[1]
        after = self._between(at, None)
        rest = self._folded[end:]
        if after and rest.lstrip().startswith(after):
            end += len(rest) - len(rest.lstrip()) + len(after)
        return any(fact.span[0] < end < fact.span[1] for fact in self._source.document.facts)
