"""Clauses and joining words that say the same, or the reverse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from obecsum.comparison.account.differences import Span
from obecsum.comparison.account.words import words_of
from obecsum.comparison.alignment.document import Document
from obecsum.text.lexicon.function_words import GIVING, OPPOSITES, RANKS, SENSES, TAKING

__all__ = ["changes_sense", "converses", "turns_round"]

_SHORT_FORM_CHARS = 20
_PASSIVE = re.compile("(?:ได้|ถูก)?(?:รับ|ถูก)(?P<verb>[ก-๎]{2,16}?)(?:จาก|โดย)(?P<who>.+?)(?:ให้)?")


def converses(goes: Document, stays: Document, spans: Sequence[Span]) -> frozenset[Span]:
    """Pairs of differences that are one clause in the active and in the passive.

    (ก มอบหมายให้ ข เป็นประธาน) says what (ข ได้รับมอบหมายจาก ก ให้เป็นประธาน) says: the first difference stands before ข and
    the second after it, and nothing between them differs.
    """
    ours, theirs = words_of(goes), words_of(stays)
    found: set[Span] = set()
    for first, second in pairwise(spans):
        if first.a_start == first.a_end and second.b_start == second.b_end:
            active, passive = theirs.keys[first.b_start : first.b_end], ours.keys[second.a_start : second.a_end]
        elif first.b_start == first.b_end and second.a_start == second.a_end:
            active, passive = ours.keys[first.a_start : first.a_end], theirs.keys[second.b_start : second.b_end]
        else:
            continue
        if _is_converse(active, passive) and ours.lines[max(0, first.a_end - 1)] == ours.lines[second.a_start - 1]:
            found |= {first, second}
    return frozenset(found)


def _is_converse(active: Sequence[str], passive: Sequence[str]) -> bool:
    """Whether (who, verb, ให้) and (ได้รับ, verb, จาก, who, ให้) are the same, but for a name's short form after it."""
    if not active or active[-1] != "ให้":
        return False
    match = _PASSIVE.fullmatch("".join(passive))
    said = "".join(active[:-1])
    if match is None or not said.endswith(match["verb"]):
        return False
    who = said.removesuffix(match["verb"])
    return who.startswith(match["who"]) and len(who) - len(match["who"]) <= _SHORT_FORM_CHARS


def turns_round(x: Sequence[str], y: Sequence[str]) -> bool:
    """Whether joining words are exchanged that say who gives and who gets, or which way something goes."""
    ours, theirs = set(x) - set(y), set(y) - set(x)
    if (ours & TAKING and theirs & GIVING) or (ours & GIVING and theirs & TAKING):
        return True
    return any(len(pair & ours) == 1 and len(pair & theirs) == 1 for pair in OPPOSITES)


def changes_sense(x: Sequence[str], y: Sequence[str], *, left_out: bool) -> bool:
    """Whether one joining word stands for another that joins in another way, or one rank for another.

    Where it was left out rather than replaced, only what it says itself counts.
    """
    ours, theirs = set(x) - set(y), set(y) - set(x)
    if any(ours & kind and theirs - kind for kind in SENSES):
        return True
    if not left_out and any(theirs & kind and ours - kind for kind in SENSES):
        return True
    return bool(ours & RANKS and theirs & RANKS)
