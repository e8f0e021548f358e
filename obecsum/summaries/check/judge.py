# ruff: noqa: E501, SIM905 - lists of Thai words read better as words
"""What is wrong with a sentence of a summary that was laid beside a passage: each word, and what the words say together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from obecsum.comparison.account.spelling import is_short_form
from obecsum.comparison.account.words import is_figure
from obecsum.summaries.check.alignment import aligned, best_passages, is_movable, places_in
from obecsum.summaries.check.source import RANKED, Text, weight_of
from obecsum.summaries.check.tokens import BOUND, same_word
from obecsum.text.lexicon.function_words import GIVING, OPPOSITES, TAKING
from obecsum.text.lexicon.headline_words import STANCE

__all__ = ["Judged", "Problem", "judge_sentence"]

ProblemKind = Literal["word", "polarity", "order"]
_AFTER = frozenset({"ยกเว้น", "เว้นแต่", "except", "unless"})
_UNTRUE = frozenset("ปลอม เท็จ บิดเบือน ลือ ข่าวลือ ข่าวปลอม กล่าวอ้าง อ้าง แอบอ้าง fake false rumor".split())
_FACT_KINDS = frozenset({"place", "person"})
_LIST_WORDS = frozenset({"และ", "กับ", "หรือ", "ถึง", "รวมทั้ง", "รวมถึง", "ตลอดจน", "พร้อมด้วย", "จังหวัด", "อำเภอ", "ตำบล"})
_LIST_REACH = 4
_SHORT_FORM = re.compile("[ก-ฮ]{3,6}")
_MOST_WRITTEN_OUT = 16  # words
_DAY_WORDS = frozenset({"วันนี้"})  # a date stands there
_MISSAID = 0.5
_LETTER = re.compile(r"[ก-ฮะ-ฺเ-๎A-Za-z]")
_NAME_REACH = 14  # words
_SAYING = frozenset("กล่าว กล่าวว่า เผย เปิดเผย ระบุ ย้ำ เน้นย้ำ ชี้แจง แจง แจ้ง ว่า รายงาน สั่ง".split())
_NEAR_WORDS = 3
_MOST_INSIDE, _MOST_BEFORE_FIGURE = 8, 5  # words of content that may be left out
_APPROVED = frozenset(map(same_word, ("อนุมัติ", "เห็นชอบ", "รับทราบ")))


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


@dataclass(slots=True)
class Judged:
    """A sentence laid beside its passage.

    Attributes:
        first: Its first token.
        last: The one behind its last.
        pairs: Token of the summary -> token of the source, in order.
        problems: What the source does not say so.
        weight: The weights of its words, added up.
        missing: The weight of those that the passage does not say.
        jumps: How often the passage says more between two neighboring words.
        skipped: How many words of content are left out in all.
    """

    first: int
    last: int
    pairs: dict[int, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    weight: float = 0.0
    missing: float = 0.0
    jumps: int = 0
    skipped: int = 0

    @property
    def cost(self) -> tuple[float, int]:
        """By which the better of two passages is told: how much is wrong, then how much is left out."""
        return self.missing + sum(_MISSAID for problem in self.problems if problem.kind != "word"), self.skipped


def judge_sentence(summary: Text, source: Text, first: int, last: int) -> Judged:
    """Lays one sentence beside the passage of the source that says it best.

    Clauses of one sentence are not laid beside passages of their own: of texts that were made wrong on purpose every
    tenth more passed then, and of true headlines one in a hundred more.

    Args:
        summary: The summary.
        source: Its source.
        first: The sentence's first token.
        last: The one behind its last.
    """
    found: Judged | None = None
    for passage in best_passages(summary.tokens.keys[first:last], source):
        judged = _Side(summary, source, first, last, passage).judged()
        if found is None or judged.cost < found.cost:
            found = judged
        if not found.problems:
            break
    if found is not None:
        return found
    weight = sum(map(weight_of, summary.tokens.keys[first:last]))
    return Judged(first, last, problems=[Problem("word", first, last)], weight=weight, missing=weight)


class _Side:
    """One sentence against one passage."""

    def __init__(self, summary: Text, source: Text, first: int, last: int, passage: tuple[int, int]) -> None:
        self.summary, self.source, self.passage = summary, source, passage
        self.first, self.last = first, last
        self.pairs = aligned(summary.tokens.keys[first:last], first, source, passage)
        self.moved: set[int] = set()
        self._join_split_words()

    def judged(self) -> Judged:
        problems = [
            *self._missing(),
            *self._cut_names(),
            *self._bound(),
            *self._jumped(),
            *self._turned(),
            *self._untrue(),
        ]
        problems.sort(key=lambda problem: (problem.start, problem.end))
        keys = self.summary.tokens.keys
        weights = {at: weight_of(keys[at]) for at in range(self.first, self.last)}
        weight = sum(weights.values())
        said = sum(weight for at, weight in weights.items() if at in self.pairs or at in self.moved)
        ordered = list(self.pairs.values())
        steps = [max(0, b - a - 1) for a, b in pairwise(ordered)]
        return Judged(
            self.first,
            self.last,
            self.pairs,
            problems,
            weight,
            weight - said,
            sum(step > 0 for step in steps),
            sum(steps),
        )

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

    def _missing(self) -> Iterator[Problem]:
        """Words that the passage lacks, or has in another place."""
        keys, words = self.summary.tokens.keys, self.summary.words.keys
        for start, end in list(self._runs()):
            for at in range(start, end):
                key = keys[at]
                word = words[self.summary.tokens.words[at]]
                if word in STANCE or word in _DAY_WORDS:
                    continue
                places = places_in(key, self.source, self.passage)
                if key.startswith(BOUND):
                    yield Problem("polarity", at, at + 1)
                elif self._is_called_so(self.summary.tokens.words[at]):
                    self.moved.add(at)
                elif not places:
                    yield Problem("word", at, at + 1)
                elif is_movable(key) and not self._passes_same_kind(at):
                    self.moved.add(at)
                else:
                    yield Problem("order", at, at + 1)

    def _cut_names(self) -> Iterator[Problem]:
        """Half a name: what the source writes together goes on, or begins earlier."""
        ours, theirs = self.summary, self.source
        for at, place in self.pairs.items():
            word, other = ours.tokens.words[at], theirs.tokens.words[place]
            name = theirs.named.get(other)
            if name is None or theirs.words.keys[other] != ours.words.keys[word]:
                continue
            starts, ends = theirs.words.starts, theirs.words.ends
            goes_on = theirs.named.get(other + 1) == name and starts[other + 1] == ends[other]
            begins = theirs.named.get(other - 1) == name and starts[other] == ends[other - 1]
            text = ours.document.folded
            ends_here = not _LETTER.match(text, ours.words.ends[word])
            begins_here = not (ours.words.starts[word] and _LETTER.match(text, ours.words.starts[word] - 1))
            if (goes_on and ends_here) or (begins and begins_here):
                yield Problem("word", at, at + 1)

    def _cut_posts(self) -> Iterator[Problem]:
        """A post that in the source is the end of another's: นายกรัฐมนตรี of ปลัดสำนักนายกรัฐมนตรี."""
        ours, theirs = self.summary, self.source
        if self.first == self.last:
            return
        first, last = ours.tokens.words[self.first], ours.tokens.words[self.last - 1]
        for actor in ours.actors_between(first, last + 1):
            at = ours.token_of(actor.start)
            if actor.kind != "post" or at not in self.pairs or ours.words.keys[actor.start] in RANKED:
                continue
            word = theirs.tokens.words[self.pairs[at]]
            if theirs.words.breaks[word]:
                continue
            around = theirs.actors_between(max(0, word - _NAME_REACH), word)
            if any(other.kind != "person" and word < other.end for other in around[-1:]) and (
                theirs.words.keys[word - 1] not in RANKED
            ):
                yield Problem("order", at, at + 1)

    def _is_called_so(self, word: int) -> bool:
        """Whether a word belongs to a name or post that the source gives the one named beside it, in another order."""
        ours = self.summary
        actor = next((a for a in ours.actors_between(max(0, word - _NAME_REACH), word + 1) if word <= a.end), None)
        if actor is None:
            return False
        beside = {ours.words.keys[at] for at in (actor.start - 1, actor.end) if 0 <= at < len(ours.words.keys)}
        name = ours.name_of(actor)
        if word == actor.end:  # รองนายกฯ ประเสริฐ
            name |= {ours.words.keys[word]}
        for names in self.source.names:
            everything = frozenset().union(*names)
            if name <= everything and (name & RANKED) == (everything & RANKED):
                is_whole = not any(name <= one for one in names)
                if is_whole or any(beside & one for one in names if not name <= one):
                    return True
        return False

    def _passes_same_kind(self, at: int) -> bool:
        """Whether the passage has another date or time where the summary has this one."""
        low, high = self._neighbor(at, -1), self._neighbor(at, 1)
        key = self.summary.tokens.keys[at]
        first = self.passage[0] if low is None else low + 1
        last = self.passage[1] if high is None else high
        return any(_alike(key, other) for other in self.source.tokens.keys[first:last])

    def _bound(self) -> Iterator[Problem]:
        """Words that a negation, a condition, a plan or a rank binds on one side only."""
        ours, theirs = self.summary.tokens, self.source.tokens
        for at, place in self.pairs.items():
            if ours.keys[at].startswith(BOUND) and self.pairs.get(at + 1, place + 1) != place + 1:
                yield Problem("polarity", at, at + 1)
            if ours.bound[at] == theirs.bound[place]:
                continue
            if (
                theirs.bound[place] <= {"เสนอ", "พิจารณา"}
                and ours.bound[at] <= {"เสนอ", "พิจารณา"}
                and ours.keys[at - 1] in _APPROVED
            ):
                continue  # what was proposed is approved
            yield Problem("polarity", at, at + 1)
        if self.pairs:
            last = theirs.words[next(reversed(self.pairs.values()))]
            if not _AFTER.isdisjoint(self.source.words.keys[last + 1 : last + 3]):
                at = next(reversed(self.pairs))
                yield Problem("polarity", at, at + 1)

    def _jumped(self) -> Iterator[Problem]:
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
        return is_movable(key) and any(_alike(key, other) for other in left_out)

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

    def _turned(self) -> Iterator[Problem]:
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

    def _untrue(self) -> Iterator[Problem]:
        """A summary states as true what the passage reports as a rumor."""
        if not self.pairs:
            return
        ours, theirs = self.summary.words.keys, self.source.words.keys
        first, last = self._word(self.passage[0]), self._word(self.passage[1])
        if not _UNTRUE.isdisjoint(theirs[first:last]) and _UNTRUE.isdisjoint(ours):
            before = self.source.tokens.words[next(iter(self.pairs.values()))]
            if not _UNTRUE.isdisjoint(theirs[first:before]):
                at = next(iter(self.pairs))
                yield Problem("polarity", at, at + 1)


def _alike(key: str, other: str) -> bool:
    """Whether two figures are of one kind, dates both with or both without a day."""
    return key[:5] == other[:5] and (key[:5] != "date:" or (key.count("-") > 1) == (other.count("-") > 1))


def called(words: set[str], source: Text) -> set[str]:
    """``words`` with all that those are called whom they name: a person's post, and who holds a post."""
    found = set(words)
    for names in source.names:
        if any(name and name <= words for name in names):
            found.update(*names)
    return found


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
