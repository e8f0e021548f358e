"""Alignment of two texts and the changes between them.

Equal passages come from :mod:`~.blocks` (unique n-grams as anchors; n log n). What is left between them is widened to
whole words and compared word by word, with at most ``MAX_WORDS`` words a gap and ``MAX_REFINED_CHARS`` characters a
text; a larger gap is one change. So nothing is quadratic in the length of the texts: two texts of 2 MB take seconds.
The first alignment in a process also reads pythainlp's dictionary, a fifth of a second on an idle core.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

import numpy as np

from obecsum.comparison.alignment.blocks import Block, find_blocks, gaps_between
from obecsum.comparison.alignment.document import (
    Document,
    anchors,
    compact,
    document_of,
    facts_between,
    once,
    uncached_document_of,
)
from obecsum.text.facts import agrees, misspelled
from obecsum.text.segment import phrase_words, phrases

__all__ = [
    "FACT_KINDS",
    "Change",
    "Document",
    "align",
    "align_documents",
    "changes_between",
    "document_of",
    "fact_changes",
    "facts_between",
    "uncached_document_of",
    "word_changes",
]

MAX_WORDS = 700
MAX_REFINED_CHARS = 12_000
_CONTEXT_CHARS = 24
_FACT_CHARS = 80
_GLUED_CHARS = 12
_OPENING, _CLOSING = "([{<\"'", ")]}>\"'"
_MAX_TESTS = 10_000
_KEPT_PHRASES = 4096  # about 2 kB each
_NAMES = frozenset({"place", "person", "organization"})
_PUNCTUATION = re.compile("[" + re.escape("\"'-_.,;:!?()[]{}<>/\\|*+=~^`•…ฯๆ#@&%​ ") + "\u2500-\u25ff]+")
FACT_KINDS = frozenset({"number", "date", "time", "serial", "place", "person", "organization"})
_QUIET_KINDS = frozenset({"space", "punctuation"})
_FACT_ORDER = ("date", "serial", "place", "person", "time", "number", "organization")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two texts.

    Attributes:
        kind: ``space``, ``punctuation``, ``spelling`` (one or two words, nearly the same letters), ``wording``
            (other words in the same place), ``added`` and ``removed`` (one-sided), ``reorder`` (the same
            passage in another place) or the kind of the fact that changed: ``number``, ``date``, ``time``,
            ``serial``, ``place``, ``person``, ``organization``.
        before: The words of the first text; empty if ``added``.
        after: The words of the second text; empty if ``removed``.
        span_a: (start, end) of ``before`` in the first text, in code points.
        span_b: (start, end) of ``after`` in the second text.
    """

    kind: str
    before: str
    after: str
    span_a: tuple[int, int]
    span_b: tuple[int, int]


def align(a: str, b: str) -> list[Change]:
    """The differences between ``a`` and ``b``, widened to whole words, by their place in ``a``.

    Both are compared as ``fold(normalize(text))``; what that unifies (digits' script, quotes, case) is no change.

    Args:
        a: First text.
        b: Second text.

    Returns:
        The changes, with spans in the strings given; empty if nothing differs.
    """
    if a == b:
        return []
    return align_documents(document_of(a), document_of(b))


def align_documents(a: Document, b: Document) -> list[Change]:
    """As :func:`align`, over documents."""
    if a.text == b.text:
        return []
    return changes_between(a, b, *find_blocks(a.codes, b.codes, anchors_a=anchors(a), anchors_b=anchors(b)))


def fact_changes(a: Document, b: Document) -> list[Change]:
    """Of :func:`align` over documents the changes of facts (:data:`FACT_KINDS`): words of the rest are not cut."""
    chain, moved = find_blocks(a.codes, b.codes, anchors_a=anchors(a), anchors_b=anchors(b))
    idle, edits = [], []
    for window in _windows(a, b, chain):
        whole = _span(a, b, window)
        if facts_between(a, *whole[:2]) or facts_between(b, *whole[2:]):
            edits += _edits(a, b, window, moved)
        else:
            idle.append(whole)
    edits = _with_whole_facts(a, b, edits)
    if _meet(edits, idle):  # a fact is widened by what both texts have, which may reach into the next difference
        return [change for change in changes_between(a, b, chain, moved) if change.kind in FACT_KINDS]
    edits = [edit for edit in edits if facts_between(a, *edit[:2]) or facts_between(b, *edit[2:])]
    changes = [change for change in (_change(a, b, edit) for edit in edits) if change.kind in FACT_KINDS]
    return sorted(changes, key=lambda change: (change.span_a, change.span_b))


def word_changes(a: Document, b: Document) -> list[Change]:
    """Of :func:`align` over documents all but the changes of spaces and punctuation."""
    return [change for change in align_documents(a, b) if change.kind not in _QUIET_KINDS]


def _meet(edits: list[_SpanPair], idle: list[_SpanPair]) -> bool:
    """Whether some edit reaches into a window that was left out, in either text; both are in order."""
    at = 0
    for edit in edits:
        while at < len(idle) and idle[at][1] <= edit[0] and idle[at][3] <= edit[2]:
            at += 1
        if at < len(idle) and (idle[at][0] < edit[1] or idle[at][2] < edit[3]):
            return True
    return False


def changes_between(a: Document, b: Document, chain: list[Block], moved: list[Block]) -> list[Change]:
    """As :func:`align`, over documents and their equal passages from :func:`~.blocks.find_blocks`."""
    edits = [edit for window in _windows(a, b, chain) for edit in _edits(a, b, window, moved)]
    changes = [_change(a, b, edit) for edit in _with_whole_facts(a, b, edits)]
    changes += [_moved_change(a, b, block) for block in moved]
    changes += _space_changes(a, b, chain)
    return sorted(changes, key=lambda change: (change.span_a, change.span_b))


_SpanPair = tuple[int, int, int, int]  # (start_a, end_a, start_b, end_b); in codes for a window, in folded for an edit


def _windows(a: Document, b: Document, chain: list[Block]) -> list[_SpanPair]:
    """The gaps, widened by equal text (to a space near by) so that words can be cut there; joined if they meet."""
    windows: list[_SpanPair] = []
    codes_a, codes_b, spaces_a, spaces_b = compact(a), compact(b), _spaces(a), _spaces(b)
    for start_a, end_a, start_b, end_b in gaps_between(chain, len(codes_a), len(codes_b)):
        left = 0
        while left < _CONTEXT_CHARS and start_a - left > 0 and start_b - left > 0:
            if codes_a[start_a - left - 1] != codes_b[start_b - left - 1]:
                break
            if left and spaces_a[start_a - left] and spaces_b[start_b - left]:
                break
            left += 1
        right = 0
        while right < _CONTEXT_CHARS and end_a + right < len(codes_a) and end_b + right < len(codes_b):
            if codes_a[end_a + right] != codes_b[end_b + right]:
                break
            if right and spaces_a[end_a + right] and spaces_b[end_b + right]:
                break
            right += 1
        window = (start_a - left, end_a + right, start_b - left, end_b + right)
        if windows and (window[0] <= windows[-1][1] or window[2] <= windows[-1][3]):
            last = windows.pop()
            window = (last[0], window[1], last[2], window[3])
        windows.append(window)
    return windows


@once
def _spaces(text: Document) -> bytes:
    """For each of ``text.codes`` and the end whether white space stands before it; true at both ends of the text."""
    before = np.empty(len(text.offsets), dtype=np.bool_)
    before[0] = before[-1] = True
    np.greater(np.diff(text.offsets[:-1]), 1, out=before[1:-1])
    return before.tobytes()


def _span(a: Document, b: Document, window: _SpanPair) -> _SpanPair:
    """A window in the folded texts."""
    return (_at(a, window[0]), _end(a, window[1]), _at(b, window[2]), _end(b, window[3]))


def _edits(a: Document, b: Document, window: _SpanPair, moved: list[Block]) -> list[_SpanPair]:
    """The window's differences as spans of the folded texts, cut at words."""
    whole = _span(a, b, window)
    if max(window[1] - window[0], window[3] - window[2]) > MAX_REFINED_CHARS:
        return [whole]
    tokens_a = _tokens(a, whole[0], whole[1], [(block.a, block.length) for block in moved])
    tokens_b = _tokens(b, whole[2], whole[3], [(block.b, block.length) for block in moved])
    if max(len(tokens_a), len(tokens_b)) > MAX_WORDS:
        return [whole]
    matcher = SequenceMatcher(None, [t[2] for t in tokens_a], [t[2] for t in tokens_b], autojunk=False)
    edits: list[_SpanPair] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        left, right = _unmoved(tokens_a[i1:i2]), _unmoved(tokens_b[j1:j2])
        if left or right:
            at_a = tokens_a[i1][0] if i1 < len(tokens_a) else whole[1]
            at_b = tokens_b[j1][0] if j1 < len(tokens_b) else whole[3]
            edit = (*(left or (at_a, at_a)), *(right or (at_b, at_b)))
            if not left or not right:
                edit = _with_neighbors(edit, tokens_a, tokens_b, (i1, i2, j1, j2))
            edits.append(edit)
    return edits


def _with_neighbors(
    edit: _SpanPair, tokens_a: list[_Token], tokens_b: list[_Token], at: tuple[int, int, int, int]
) -> _SpanPair:
    """A short insertion in run-on text with its neighbors (รัฐมนตรีกระทรวง -> รัฐมนตรีว่าการกระทรวง)."""
    i1, i2, j1, j2 = at
    if edit[1] - edit[0] + edit[3] - edit[2] > _GLUED_CHARS:
        return edit
    start_a, end_a, start_b, end_b = edit
    if i1 and j1 and tokens_a[i1 - 1][1] == start_a and tokens_b[j1 - 1][1] == start_b:
        start_a, start_b = tokens_a[i1 - 1][0], tokens_b[j1 - 1][0]
    if i2 < len(tokens_a) and j2 < len(tokens_b) and tokens_a[i2][0] == end_a and tokens_b[j2][0] == end_b:
        end_a, end_b = tokens_a[i2][1], tokens_b[j2][1]
    return (start_a, end_a, start_b, end_b)


_Token = tuple[int, int, str]


def _unmoved(tokens: list[_Token]) -> tuple[int, int] | None:
    own = [token for token in tokens if not token[2].startswith("\0")]
    return (own[0][0], own[-1][1]) if own else None


def _tokens(text: Document, start: int, end: int, moved: list[tuple[int, int]]) -> list[_Token]:
    """Words of ``folded[start:end]`` with their spans; one of a moved passage is named so that it matches nothing."""
    ranges = [(_at(text, at), _end(text, at + length)) for at, length in moved]
    ranges = [(s, e) for s, e in ranges if s < end and e > start]
    tokens = []
    for offset, phrase in phrases(text.folded[start:end]):
        front = start + offset
        if not ranges:
            tokens += [(front + first, front + last, word) for first, last, word in _pieces(phrase)]
            continue
        for first, last in phrase_words(phrase):
            at, to = front + first, front + last
            if any(s <= at and to <= e for s, e in ranges):
                tokens.append((at, to, f"\0{at}"))
            else:
                tokens += [(at + first, at + last, piece) for first, last, piece in _unbracketed(phrase[first:last])]
    return tokens


@lru_cache(maxsize=_KEPT_PHRASES)
def _pieces(phrase: str) -> tuple[_Token, ...]:
    """Words of a phrase and brackets at their ends, with their spans in it."""
    pieces: list[_Token] = []
    for at, to in phrase_words(phrase):
        word = phrase[at:to]
        if word[0] in _OPENING or word[-1] in _CLOSING:
            pieces += [(at + first, at + last, piece) for first, last, piece in _unbracketed(word)]
        else:
            pieces.append((at, to, word))
    return tuple(pieces)


def _unbracketed(word: str) -> list[_Token]:
    """A word and the brackets around it: the dictionary takes "(13" as one piece, but its bracket is no part of it."""
    front = len(word) - len(word.lstrip(_OPENING))
    back = len(word.rstrip(_CLOSING))
    if not front and back == len(word):
        return [(0, back, word)]
    cuts = sorted({0, front, max(front, back), len(word)})
    return [(first, last, word[first:last]) for first, last in pairwise(cuts)]


def _at(text: Document, index: int) -> int:
    return int(text.offsets[index])


def _end(text: Document, index: int) -> int:
    return int(text.offsets[index - 1]) + 1 if index else 0


def _with_whole_facts(a: Document, b: Document, edits: list[_SpanPair]) -> list[_SpanPair]:
    """Edits widened to the facts that they cut (14 -> 16: 14 กันยายน 2564 -> 16 กันยายน 2564) and then joined."""
    widened: list[_SpanPair] = []
    for start_a, end_a, start_b, end_b in edits:
        facts_a, facts_b = facts_between(a, start_a, end_a), facts_between(b, start_b, end_b)
        left = max([0, *(start_a - f.span[0] for f in facts_a), *(start_b - f.span[0] for f in facts_b)])
        right = max([0, *(f.span[1] - end_a for f in facts_a), *(f.span[1] - end_b for f in facts_b)])
        edit = (
            max(0, start_a - left),
            min(len(a.folded), end_a + right),
            max(0, start_b - left),
            min(len(b.folded), end_b + right),
        )
        if a.folded[edit[0] : start_a] != b.folded[edit[2] : start_b]:
            edit = (start_a, edit[1], start_b, edit[3])
        if a.folded[end_a : edit[1]] != b.folded[end_b : edit[3]]:
            edit = (edit[0], end_a, edit[2], end_b)
        while widened and (edit[0] < widened[-1][1] or edit[2] < widened[-1][3]):
            last = widened.pop()
            edit = (min(last[0], edit[0]), max(last[1], edit[1]), min(last[2], edit[2]), max(last[3], edit[3]))
        widened.append(edit)
    return widened


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", text)


def _kind(a: Document, b: Document, edit: _SpanPair) -> str:
    before, after = a.folded[edit[0] : edit[1]], b.folded[edit[2] : edit[3]]
    bare_before, bare_after = _bare(before), _bare(after)
    if bare_before == bare_after:
        return "punctuation"
    two_sided = bool(bare_before and bare_after)
    alike = two_sided and _alike(bare_before, bare_after)
    facts_a, facts_b = facts_between(a, edit[0], edit[1]), facts_between(b, edit[2], edit[3])
    for kind in _FACT_ORDER if len(facts_a) * len(facts_b) <= _MAX_TESTS else ():
        ours = [fact for fact in facts_a if fact.kind == kind]
        theirs = [fact for fact in facts_b if fact.kind == kind]
        lost = [fact for fact in ours if not any(agrees(fact, x) or misspelled(fact, x) for x in theirs)]
        new = [fact for fact in theirs if not any(agrees(fact, x) or misspelled(fact, x) for x in ours)]
        if lost and new:
            return kind
        # A name that only one spelling of shows is no other name.
        short = two_sided and max(len(before), len(after)) <= _FACT_CHARS and not (alike and kind in _NAMES)
        if short and (lost or new):
            return kind
    if not two_sided:
        return "removed" if bare_before else "added"
    return "spelling" if alike else "wording"


def _alike(before: str, after: str) -> bool:
    """Whether two edits are one word in two spellings: nearly all letters the same, in order."""
    longer = max(len(before), len(after))
    if longer > _FACT_CHARS:
        return False
    least = 0.7 if longer <= 12 else 0.9
    if 2 * min(len(before), len(after)) < least * (len(before) + len(after)):
        return False  # the ratio could not be higher if the shorter one were part of the other
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= least


def _change(a: Document, b: Document, edit: _SpanPair) -> Change:
    span_a, span_b = a.original(edit[0], edit[1]), b.original(edit[2], edit[3])
    return Change(_kind(a, b, edit), a.text[slice(*span_a)], b.text[slice(*span_b)], span_a, span_b)


def _moved_change(a: Document, b: Document, block: Block) -> Change:
    span_a = a.original(_at(a, block.a), _end(a, block.a + block.length))
    span_b = b.original(_at(b, block.b), _end(b, block.b + block.length))
    return Change("reorder", a.text[slice(*span_a)], b.text[slice(*span_b)], span_a, span_b)


def _space_changes(a: Document, b: Document, chain: list[Block]) -> list[Change]:
    """Where equal passages have white space on one side only; which kind of white space is no matter."""
    changes = []
    spaces_a, spaces_b = _spaces(a), _spaces(b)
    for block in chain:
        before_a = spaces_a[block.a + 1 : block.a + block.length]
        before_b = spaces_b[block.b + 1 : block.b + block.length]
        if before_a == before_b:
            continue
        for index in (index for index, (x, y) in enumerate(zip(before_a, before_b, strict=True)) if x != y):
            span_a, span_b = _space_at(a, block.a + index), _space_at(b, block.b + index)
            changes.append(Change("space", a.text[slice(*span_a)], b.text[slice(*span_b)], span_a, span_b))
    return changes


def _space_at(text: Document, index: int) -> tuple[int, int]:
    """Span of the white space behind the code point ``index``; empty, before the next one, if there is none."""
    end = int(text.starts[int(text.offsets[index + 1])])
    start = int(text.starts[int(text.offsets[index]) + 1])
    return (start, end) if int(text.offsets[index + 1]) - int(text.offsets[index]) > 1 else (end, end)
