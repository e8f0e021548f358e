"""Two texts beside each other: what they share, and each difference with its class, in the order of both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, islice, pairwise
from typing import Literal

from obecsum.comparison.account.account import Account, Difference
from obecsum.comparison.account.judge import Kind
from obecsum.text.normalize import fold
from obecsum.text.segment import words

__all__ = ["ASIDE", "Piece", "side_by_side"]

ASIDE: Literal["aside"] = "aside"
"""The class of what differs and is not judged: short forms of offices, lines that only name one, joining words."""
_CONTEXT_CHARS = 70  # of what both share, kept in view on each side of a difference
_LEAST_FOLDED = 80
_MOST_MATCHED = 700  # lines, or words of some lines: it takes the square of their number
_MARKS = "\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_UNREAD = re.compile(f"[^\\w{_MARKS}]+|_+")
_READ = re.compile(f"[^\\W_][{_MARKS}]*")  # a letter with its marks, a digit


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage of both texts; all pieces in order give both texts, to the character.

    Attributes:
        text: What the first text has; empty where it has nothing.
        other: What the second has.
        kind: None where they say the same, ``ASIDE``, or the class of the difference.
        weight: What would be lost, as :class:`~obecsum.comparison.account.account.Difference` has it.
        is_far: Whether both share it and it is far from any difference: a reader need not see it.
    """

    text: str
    other: str
    kind: Kind | Literal["aside"] | None = None
    weight: float = 0.0
    is_far: bool = False


def side_by_side(a: str, b: str, account: Account) -> list[Piece]:
    """Lay two texts beside each other.

    Args:
        a: The text that would go.
        b: The text that would stay.
        account: ``compare(a, b).account_a``.

    Returns:
        The pieces, cut at words.
    """
    pieces: list[Piece] = []
    at, at_other = 0, 0
    for one in _in_order(account.differences):
        start, other_start = max(at, one.span[0]), max(at_other, one.other_span[0])
        end, other_end = max(start, one.span[1]), max(other_start, one.other_span[1])
        pieces += _unjudged(a[at:start], b[at_other:other_start])
        pieces.append(Piece(a[start:end], b[other_start:other_end], one.kind, one.weight))
        at, at_other = end, other_end
    pieces += _unjudged(a[at:], b[at_other:])
    last = len(pieces) - 1
    return [
        part
        for number, piece in enumerate(pieces)
        for part in (_folded(piece, is_first=number == 0, is_last=number == last) if piece.kind is None else [piece])
        if part.text or part.other
    ]


def _in_order(differences: Sequence[Difference]) -> Iterator[Difference]:
    """The differences that follow one another in both texts: all, unless one was moved."""
    end, other_end = 0, 0
    for one in sorted(differences, key=lambda one: (one.span, one.other_span)):
        if one.span[1] >= end and one.other_span[1] >= other_end:
            end, other_end = one.span[1], one.other_span[1]
            yield one


def _unjudged(text: str, other: str) -> Iterator[Piece]:
    """What lies between two differences: the same, but for what no account is given of."""
    if _is_same(text, other):
        yield Piece(text, other)
        return
    pairs = [
        pair
        for lines, other_lines in _matched(text.splitlines(keepends=True), other.splitlines(keepends=True))
        for pair in ([(lines, other_lines)] if _is_same(lines, other_lines) else _by_words(lines, other_lines))
    ]
    for is_same, run in groupby(pairs, key=lambda pair: _is_same(*pair)):
        mine, theirs = ("".join(side) for side in zip(*run, strict=True))
        yield Piece(mine, theirs, None if is_same else ASIDE)


def _by_words(text: str, other: str) -> list[tuple[str, str]]:
    return list(_matched(_tokens(text), _tokens(other)))


def _matched(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Both lists in order, what is equal in both beside each other; lists that are too long as one."""
    if max(len(ours), len(theirs)) > _MOST_MATCHED:
        yield "".join(ours), "".join(theirs)
        return
    keys, other_keys = ([_UNREAD.sub("", one) for one in side] for side in (ours, theirs))
    for _, i, j, k, m in SequenceMatcher(None, keys, other_keys, autojunk=False).get_opcodes():
        yield "".join(ours[i:j]), "".join(theirs[k:m])


def _tokens(text: str) -> list[str]:
    """Words, each with the white space behind it."""
    edges = [0, *(start for start, _ in words(text) if start), len(text)]
    return [text[start:end] for start, end in pairwise(edges) if start < end]


def _key(text: str) -> str:
    """A text without spaces and punctuation, in which nobody would look for a difference."""
    return _UNREAD.sub("", fold(text))


def _is_same(text: str, other: str) -> bool:
    return text == other or _UNREAD.sub("", text) == _UNREAD.sub("", other) or _key(text) == _key(other)


def _folded(piece: Piece, *, is_first: bool, is_last: bool) -> list[Piece]:
    """A passage that both have as what is near a difference and what is far from any."""
    text, other = piece.text, piece.other
    start = 0 if is_first else _edge(text, _CONTEXT_CHARS)
    end = len(text) if is_last else _edge(text, len(text) - _CONTEXT_CHARS)
    if end - start < _LEAST_FOLDED:
        return [piece]
    at, last = (_same_place(text, other, place) for place in (start, end))
    return [
        Piece(text[:start], other[:at]),
        Piece(text[start:end], other[at:last], is_far=True),
        Piece(text[end:], other[last:]),
    ]


def _same_place(text: str, other: str, at: int) -> int:
    """Where in another text of the same letters, with other spaces and punctuation, some place is."""
    if text == other or at in (0, len(text)):
        return min(at, len(other)) if at != len(text) else len(other)
    before = len(_READ.findall(text, 0, at))
    found = next(islice(_READ.finditer(other), before, None), None)
    return len(other) if found is None else found.start()


def _edge(text: str, wanted: int) -> int:
    """A place near the one that is wanted where a line, else a word begins."""
    first = max(0, wanted - _CONTEXT_CHARS // 2)
    window = text[first : wanted + _CONTEXT_CHARS // 2]
    breaks = [at for at, sign in enumerate(window) if sign == "\n"] or [start for start, _ in words(window)]
    if not breaks:
        return wanted
    return first + min(breaks, key=lambda at: abs(first + at - wanted))
