"""The account of two documents: each difference with its class, and what would be lost with either of them.

A document can go if everything that it says is said by the one that stays. So every difference on its side must be
explained as harmless; what nobody can explain is a loss. The classes say what is true of a difference, whatever the
words are: the lists behind them are closed classes of the language (:mod:`obecsum.text.lexicon.function_words`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from obecsum.comparison.account.differences import Span, differing_spans
from obecsum.comparison.account.judge import CERTAIN, Direction, Kind
from obecsum.comparison.account.scripts import can_judge, differing_ranges
from obecsum.comparison.account.words import Words, words_of
from obecsum.comparison.alignment.blocks import Block
from obecsum.comparison.alignment.document import Document

__all__ = ["Account", "Difference", "accounts"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, seen from the text that would go.

    Attributes:
        kind: Its class, see :data:`obecsum.comparison.account.judge.Kind`.
        weight: 0 if it is harmless, else how much is lost: 1 is a word that one release in a thousand has, 2 and more
            decide alone.
        text: What stands in the text that would go; empty if something was added to the other.
        other: What stands in the same place of the one that would stay; empty if it lacks it.
        span: (start, end) of ``text`` in the string given, in code points.
        other_span: (start, end) of ``other`` in its string.
    """

    kind: Kind
    weight: float
    text: str
    other: str
    span: tuple[int, int]
    other_span: tuple[int, int]


@dataclass(frozen=True)
class Account:
    """All differences of one direction: one text would go, the other stay.

    Attributes:
        differences: In the order of the text that would go.
    """

    differences: tuple[Difference, ...] = ()

    @cached_property
    def lost(self) -> tuple[Difference, ...]:
        """What would be lost, the gravest first; empty if everything is said by the one that would stay."""
        return tuple(sorted((d for d in self.differences if d.weight), key=lambda d: (-d.weight, d.span)))

    @cached_property
    def weight(self) -> float:
        """The weights of all that would be lost, added up."""
        return round(sum(difference.weight for difference in self.differences), 6)


def accounts(a: Document, b: Document, chain: list[Block]) -> tuple[Account, Account]:
    """What would be lost if the first document went for the second, and the reverse.

    Where one of them is written in a script that cannot be judged, anything but punctuation and white space is a loss.

    Args:
        a: First document.
        b: Second document.
        chain: Their equal passages in order, see :func:`obecsum.comparison.alignment.blocks.find_blocks`.
    """
    if not (can_judge(a) and can_judge(b)):
        return _unjudged(a, b)
    spans = differing_spans(a, b, chain)
    return _account(a, b, spans), _account(b, a, [span.reversed() for span in spans])


def _unjudged(a: Document, b: Document) -> tuple[Account, Account]:
    ranges = differing_ranges(a, b)
    if ranges is None:
        return Account(), Account()
    mine, other = a.original(*ranges[0]), b.original(*ranges[1])
    words = a.text[slice(*mine)], b.text[slice(*other)]
    return (
        Account((Difference("script", CERTAIN, words[0], words[1], mine, other),)),
        Account((Difference("script", CERTAIN, words[1], words[0], other, mine),)),
    )


def _account(goes: Document, stays: Document, spans: Sequence[Span]) -> Account:
    ours, theirs = words_of(goes), words_of(stays)
    if not ours.keys and goes.folded.strip() and goes.codes.tobytes() != stays.codes.tobytes():
        # Punctuation, signs, hashtags alone: there is no word to judge by, and what nobody can explain is a loss.
        whole = (0, len(goes.text)), (0, len(stays.text))
        return Account((Difference("deletion", CERTAIN, goes.text, stays.text, *whole),))
    found = []
    for span, kind, weight in Direction(goes, stays, spans).judged():
        mine = _original(goes, ours, span.a_start, span.a_end)
        other = _original(stays, theirs, span.b_start, span.b_end)
        found.append(Difference(kind, weight, goes.text[slice(*mine)], stays.text[slice(*other)], mine, other))
    return Account(tuple(found))


def _original(text: Document, words: Words, start: int, end: int) -> tuple[int, int]:
    """The span in the text given of some words; an empty one where the next word begins."""
    if start < end:
        return text.original(words.starts[start], words.ends[end - 1])
    if start == len(words.keys):
        return len(text.text), len(text.text)
    at = text.original(words.starts[start], words.ends[start])[0]
    return at, at
