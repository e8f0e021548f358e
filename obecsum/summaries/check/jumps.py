# ruff: noqa: SIM905 - a list of Thai words reads better as words
"""What a summary leaves out between two words, and whether that makes it say something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from obecsum.comparison.account.words import is_figure
from obecsum.summaries.check.alignment import is_movable
from obecsum.summaries.check.names import NamedSide, called
from obecsum.summaries.check.side import Problem, alike
from obecsum.summaries.check.tokens import BOUND
from obecsum.text.lexicon.function_words import GIVING, OPPOSITES, TAKING
from obecsum.text.lexicon.headline_words import STANCE

__all__ = ["JumpingSide"]

_FACT_KINDS = frozenset({"place", "person"})
_LIST_WORDS = frozenset({"และ", "กับ", "หรือ", "ถึง", "รวมทั้ง", "รวมถึง", "ตลอดจน", "พร้อมด้วย", "จังหวัด", "อำเภอ", "ตำบล"})
_LIST_REACH = 4
_SAYING = frozenset("กล่าว กล่าวว่า เผย เปิดเผย ระบุ ย้ำ เน้นย้ำ ชี้แจง แจง แจ้ง ว่า รายงาน สั่ง".split())
_NEAR_WORDS = 3
_MOST_INSIDE, _MOST_BEFORE_FIGURE = 8, 5  # words of content that may be left out


class JumpingSide(NamedSide):
    """What stands in the passage between words that the summary joins."""

    def jumped(self) -> Iterator[Problem]:
        """Where the summary leaves out who does it, or joins a word to another figure, place or person."""
        ours, theirs = self.summary, self.source
        places = theirs.tokens.words
        items = list(self.pairs.items())
        for (at, place), (next_at, next_place) in pairwise(items):
            if next_place <= place + 1:
                continue
            if next_at == at + 1 and all(k.startswith(BOUND) for k in theirs.tokens.keys[place + 1 : next_place]):
                yield Problem("polarity", next_at, next_at + 1)
                continue
            key = ours.tokens.keys[next_at]
            if key.startswith("unit:") and next_at == at + 1:
                yield Problem("order", at, next_at + 1)
                continue
            first, last = places[place] + 1, places[next_place]
            if self._passes_date(at, place, next_place):
                yield Problem("order", at, at + 1)
                continue
            if self._parts(at, next_at, place, next_place) or self._leaves_out_speech(at, next_at, first, last):
                yield Problem("order", next_at, next_at + 1)
                continue
            if self._leaves_out_subject(at, next_at, first, last) or self._leaves_out_like(next_at, place, next_place):
                yield Problem("order", next_at, next_at + 1)

    def _parts(self, at: int, next_at: int, place: int, next_place: int) -> bool:
        """Whether two words that the summary joins stand far apart in the passage, with a space between them."""
        ours, theirs = self.summary, self.source
        word, here = ours.tokens.words[at], ours.tokens.words[next_at]
        key = ours.tokens.keys[next_at]
        counts = is_figure(key) and not is_movable(key)
        if here > word + (_NEAR_WORDS if counts else 1) or (ours.words.breaks[here] and not counts):
            return False
        first, last = theirs.tokens.words[place] + 1, theirs.tokens.words[next_place]
        most = _MOST_BEFORE_FIGURE if counts else _MOST_INSIDE
        return next_place - place > most and any(theirs.words.breaks[first : last + 1])

    def _leaves_out_speech(self, at: int, next_at: int, first: int, last: int) -> bool:
        """Whether the summary says that somebody does what he only says of another."""
        ours, theirs = self.summary, self.source
        between = ours.words.keys[ours.tokens.words[at] + 1 : ours.tokens.words[next_at]]
        if not _SAYING.isdisjoint(between) or ours.words.keys[ours.tokens.words[at]] in _SAYING:
            return False
        said = next((word for word in range(first, last) if theirs.words.keys[word] in _SAYING), None)
        if said is None:
            return False
        of_word = theirs.tokens.of_word
        after = theirs.tokens.keys[of_word[said] : of_word[last]]
        return any(not key.startswith(BOUND) and key not in _SAYING and key not in STANCE for key in after)

    def _passes_date(self, at: int, place: int, next_place: int) -> bool:
        """Whether another date or time stands between this one and what is said of it."""
        key = self.summary.tokens.keys[at]
        left_out = self.source.tokens.keys[place + 1 : next_place]
        return is_movable(key) and any(alike(key, other) for other in left_out)

    def _leaves_out_subject(self, at: int, next_at: int, first: int, last: int) -> bool:
        ours, theirs = self.summary, self.source
        begin = ours.tokens.words[self.first - 1] + 1 if self.first else 0
        here = ours.tokens.words[next_at]
        acting = [actor for actor in ours.actors_between(begin, here + 1) if actor.is_subject or actor.end > here]
        if not acting:
            return False
        between = ours.words.keys[ours.tokens.words[at] + 1 : here]
        own = acting[-1].start <= here < acting[-1].end and acting[-1].start > ours.tokens.words[at]
        left_out = theirs.actors_between(first, last + 1)
        if own and _SAYING.isdisjoint(
            between
        ):  # the summary names who does it; but a post is that of the person before it
            if len(acting) < 2 or acting[-2].kind != "person" or acting[-1].start != acting[-2].end:
                return False
            return any(actor.kind == "person" and actor.start < last for actor in left_out)
        given = "ให้" in between
        subjects = [
            actor
            for actor in left_out
            if actor.is_subject
            and not actor.start <= last < actor.end
            and (behind := theirs.words.keys[actor.start - 1]) != "โดย"  # a ministry by one of its departments
            and not (given and behind == "ให้")  # อนุมัติให้มอบ
        ]
        if not subjects:
            return False
        known = called(set(ours.words.keys[begin:here]), theirs)
        return any(not theirs.name_of(actor) <= known for actor in subjects)

    def _leaves_out_like(self, next_at: int, place: int, next_place: int) -> bool:
        """Whether what is left out right before a figure or a name is another of its kind, and no list of them."""
        ours, theirs = self.summary, self.source
        word = ours.tokens.words[next_at]
        key = ours.tokens.keys[next_at]
        first, last = theirs.tokens.words[place] + 1, theirs.tokens.words[next_place]
        if is_figure(key) and not is_movable(key):
            kind = key.split(":", 1)[0] + ":"
            near = theirs.tokens.keys[place + 1 : next_place]
            return any(other.startswith(kind) for other in near)
        span = ours.words.starts[word]
        fact = next((f for f in ours.document.facts if f.kind in _FACT_KINDS and f.span[0] <= span < f.span[1]), None)
        if fact is None or ours.word_range(fact.span)[0] < word - 1:
            return False
        begin, stop = theirs.words.starts[first], theirs.words.starts[last]
        skipped = [f for f in theirs.document.facts if f.kind == fact.kind and begin <= f.span[0] and f.span[1] <= stop]
        if not skipped or fact.kind == "person":
            return False
        end = theirs.word_range(skipped[-1].span)[1]
        between = theirs.words.keys[end:last]
        return not (len(between) <= _LIST_REACH and _LIST_WORDS.issuperset(between) and between)

    def turned(self) -> Iterator[Problem]:
        """Where giving became taking, or up became down."""
        ours, theirs = self.summary, self.source
        items = list(self.pairs.items())
        for (at, place), (next_at, next_place) in pairwise(items):
            x = set(ours.words.keys[ours.tokens.words[at] + 1 : ours.tokens.words[next_at]])
            y = set(theirs.words.keys[theirs.tokens.words[place] + 1 : theirs.tokens.words[next_place]])
            if next_at != at + 1 or not x:
                continue
            more, less = x - y, y - x
            turned = (more & TAKING and less & GIVING) or (more & GIVING and less & TAKING)
            if turned or any(len(pair & more) == 1 and len(pair & less) == 1 for pair in OPPOSITES):
                yield Problem("order", next_at, next_at + 1)
