"""Two documents laid beside each other word by word."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from obecsum.comparison.account.words import Words, head_words, words_of
from obecsum.comparison.alignment.blocks import Block
from obecsum.comparison.alignment.document import Document

__all__ = ["Span", "differing_spans"]

_MAX_WORDS = 700
_MOST_SLID = 12


class Span(NamedTuple):
    """Words that differ in one place, as half-open ranges of the words of each document."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int

    def reversed(self) -> Span:
        """The same with the documents exchanged."""
        return Span(self.b_start, self.b_end, self.a_start, self.a_end)


def differing_spans(a: Document, b: Document, chain: list[Block]) -> list[Span]:
    """Where the words of two documents differ, in order.

    Equal passages are those of ``chain``, as far as both cut them into the same words; what lies between is compared
    word by word (Ratcliff and Obershelp's matching blocks, as difflib has them). A gap of more than 700 words on one
    side is one difference, so the time is bounded.

    Args:
        a: First document.
        b: Second document.
        chain: Equal passages in order, see :func:`obecsum.comparison.alignment.blocks.find_blocks`.
    """
    ours, theirs = words_of(a), words_of(b)
    spans: list[Span] = []
    at_a = at_b = 0
    anchored = _anchored(a, b, ours, theirs, chain)
    head_a, head_b = head_words(a), head_words(b)
    if head_a and head_b:  # a headline stands against a headline
        spans += _between(ours.keys, theirs.keys, 0, head_a, 0, head_b)
        at_a, at_b = head_a, head_b
        anchored = [(i, j) for i, j in anchored if i >= head_a and j >= head_b]
    for i, j in [*anchored, (len(ours.keys), len(theirs.keys))]:
        if i > at_a or j > at_b:
            spans += _between(ours.keys, theirs.keys, at_a, i, at_b, j)
        at_a, at_b = i + 1, j + 1
    return [_slid(span, ours, theirs) for span in spans]


def _slid(span: Span, ours: Words, theirs: Words) -> Span:
    """A one-sided difference moved to where a phrase begins and ends, if the words beside it allow it.

    Put in before ในวันนี้: (โดยมี ก ข ในวันนี้) and (ในวันนี้ โดยมี ก ข) give the same text.
    """
    if span.a_start != span.a_end and span.b_start != span.b_end:
        return span
    one_sided = span.reversed() if span.a_start == span.a_end else span
    words, other = (theirs, ours) if span.a_start == span.a_end else (ours, theirs)
    start, end, at = one_sided.a_start, one_sided.a_end, one_sided.b_start
    first = (start, end, at)
    for step in (-1, 1):
        start, end, at = first
        for _ in range(_MOST_SLID):
            if words.breaks[start] and words.breaks[end]:
                break
            leaves, enters = (end - 1, start - 1) if step < 0 else (start, end)
            if not 0 <= enters < len(words.keys) or words.keys[leaves] != words.keys[enters]:
                break
            beside = at - 1 if step < 0 else at
            if not 0 <= beside < len(other.keys) or other.keys[beside] != words.keys[enters]:
                break
            start, end, at = start + step, end + step, at + step
        if words.breaks[start] and words.breaks[end]:
            found = Span(start, end, at, at)
            return found.reversed() if span.a_start == span.a_end else found
    return span


def _anchored(a: Document, b: Document, ours: Words, theirs: Words, chain: list[Block]) -> list[tuple[int, int]]:
    """Pairs of words that stand in the same place of an equal passage."""
    starts_a = a.offsets[:-1].searchsorted(ours.starts).tolist()
    starts_b = b.offsets[:-1].searchsorted(theirs.starts).tolist()
    first_at: dict[int, int] = {}
    for word, start in enumerate(starts_b):
        first_at.setdefault(start, word)
    pairs: list[tuple[int, int]] = []
    block_at, last = 0, -1
    i = 0
    while i < len(starts_a):
        start = starts_a[i]
        while block_at < len(chain) and chain[block_at].a + chain[block_at].length <= start:
            block_at += 1
        if block_at == len(chain):
            break
        block = chain[block_at]
        if start >= block.a:
            j = first_at.get(start - block.a + block.b)
            while j is not None and j < len(theirs.keys) and i < len(ours.keys) and j > last:
                if ours.keys[i] != theirs.keys[j]:
                    break
                pairs.append((i, j))
                last = j
                same_a = i + 1 < len(starts_a) and starts_a[i + 1] == starts_a[i]
                same_b = j + 1 < len(starts_b) and starts_b[j + 1] == starts_b[j]
                if not (same_a and same_b):
                    break
                i, j = i + 1, j + 1
        i += 1
    return pairs


def _between(ours: list[str], theirs: list[str], a_start: int, a_end: int, b_start: int, b_end: int) -> list[Span]:
    if a_start == a_end or b_start == b_end or max(a_end - a_start, b_end - b_start) > _MAX_WORDS:
        return [Span(a_start, a_end, b_start, b_end)]
    matcher = SequenceMatcher(None, ours[a_start:a_end], theirs[b_start:b_end], autojunk=False)
    return [
        Span(a_start + i1, a_start + i2, b_start + j1, b_start + j2)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]
