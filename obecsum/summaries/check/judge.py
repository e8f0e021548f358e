"""What is wrong with a sentence that was laid beside a passage: each word, and what the words say together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from obecsum.summaries.check.alignment import best_passages, is_movable, places_in
from obecsum.summaries.check.jumps import JumpingSide
from obecsum.summaries.check.side import Problem, alike
from obecsum.summaries.check.source import Text, weight_of
from obecsum.summaries.check.tokens import BOUND, same_word
from obecsum.text.lexicon.headline_words import STANCE

__all__ = ["Judged", "judge_sentence"]

_AFTER = frozenset({"ยกเว้น", "เว้นแต่", "except", "unless"})
# fmt: off
_UNTRUE = frozenset({
    "ปลอม", "เท็จ", "บิดเบือน", "ลือ", "ข่าวลือ", "ข่าวปลอม", "กล่าวอ้าง", "อ้าง", "แอบอ้าง", "fake", "false", "rumor",
})
# fmt: on
_DAY_WORDS = frozenset({"วันนี้"})  # a date stands there
_MISSAID = 0.5
_PROPOSED = frozenset({"เสนอ", "พิจารณา"})
_APPROVED = frozenset(map(same_word, ("อนุมัติ", "เห็นชอบ", "รับทราบ")))


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

    Clauses of one sentence are not laid beside passages of their own: of texts that were made wrong on purpose one
    in twenty more passed then, and of true headlines less than one in a hundred.

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


class _Side(JumpingSide):
    """One sentence against one passage, judged."""

    def judged(self) -> Judged:
        problems = [
            *self._missing(),
            *self.cut_names(),
            *self.cut_posts(),
            *self._bound(),
            *self.jumped(),
            *self.turned(),
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
                elif self.is_called_so(self.summary.tokens.words[at]):
                    self.moved.add(at)
                elif not places:
                    yield Problem("word", at, at + 1)
                elif is_movable(key) and not self._passes_same_kind(at):
                    self.moved.add(at)
                else:
                    yield Problem("order", at, at + 1)

    def _passes_same_kind(self, at: int) -> bool:
        """Whether the passage has another date or time where the summary has this one."""
        low, high = self._neighbor(at, -1), self._neighbor(at, 1)
        key = self.summary.tokens.keys[at]
        first = self.passage[0] if low is None else low + 1
        last = self.passage[1] if high is None else high
        return any(alike(key, other) for other in self.source.tokens.keys[first:last])

    def _bound(self) -> Iterator[Problem]:
        """Words that a negation, a condition, a plan or a rank binds on one side only."""
        ours, theirs = self.summary.tokens, self.source.tokens
        for at, place in self.pairs.items():
            if ours.keys[at].startswith(BOUND) and self.pairs.get(at + 1, place + 1) != place + 1:
                yield Problem("polarity", at, at + 1)
            if ours.bound[at] == theirs.bound[place]:
                continue
            if theirs.bound[place] <= _PROPOSED and ours.bound[at] <= _PROPOSED and ours.keys[at - 1] in _APPROVED:
                continue  # what was proposed is approved
            yield Problem("polarity", at, at + 1)
        if self.pairs:
            last = theirs.words[next(reversed(self.pairs.values()))]
            if not _AFTER.isdisjoint(self.source.words.keys[last + 1 : last + 3]):
                at = next(reversed(self.pairs))
                yield Problem("polarity", at, at + 1)

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
