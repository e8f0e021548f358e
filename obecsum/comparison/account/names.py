"""What stands beside a name: the unit that it is the name of, an office, a short form, brackets; and who goes on."""

from __future__ import annotations

import re

from obecsum.comparison.account.differences import Span
from obecsum.comparison.account.spelling import is_short_form
from obecsum.comparison.account.tokens import is_idle_word
from obecsum.comparison.account.words import content, is_figure, named_words, vocabulary, words_of
from obecsum.comparison.alignment.document import Document
from obecsum.text.lexicon.function_words import REPORTING, UNITS

__all__ = ["goes_on", "is_gloss", "is_unit_of_name", "names_the_same", "touches_name", "writes_out"]

_NAME_WORDS = 16  # a name with its office and the office's short form
_BRACKET_ENDS = re.compile(r"[\s\d.]*\)")


def touches_name(goes: Document, stays: Document, span: Span) -> bool:
    """Whether some of the words belong to a name: another letter is then another name."""
    mine, other = named_words(goes), named_words(stays)
    return not mine.isdisjoint(range(span.a_start, span.a_end)) or not other.isdisjoint(range(span.b_start, span.b_end))


def is_unit_of_name(goes: Document, stays: Document, span: Span) -> bool:
    """Whether all that one has more is the unit that a name is of, before the name: กระทรวงการคลัง and การคลัง."""
    has_more = span.a_start < span.a_end
    words, start, end = (words_of(goes), *span[:2]) if has_more else (words_of(stays), *span[2:])
    return end - start == 1 and words.keys[start] in UNITS and not words.breaks[end]


def writes_out(goes: Document, span: Span) -> bool:
    """Whether what the one that stays lacks is only written out what the short form beside it says."""
    ours = words_of(goes).keys
    x = ours[span.a_start : span.a_end]
    beside = (ours[at : at + 1] for at in (span.a_start - 1, span.a_end) if at >= 0)
    return any(word and is_short_form(word, x) for word in beside)


def names_the_same(goes: Document, stays: Document, span: Span) -> bool:
    """Whether one apposition stands against another and the one that stays sets both beside the same name.

    (นายพัฒนะ รองเลขาธิการ) against (นายพัฒนะ พัฒนทวีดล), where the other says นายพัฒนะ พัฒนทวีดล รองเลขาธิการ, or gives the
    second in brackets after the office's full name.
    """
    ours, theirs = words_of(goes).keys, words_of(stays).keys
    name = ours[span.a_start - 1] if span.a_start else ""
    x, y = ours[span.a_start : span.a_end], theirs[span.b_start : span.b_end]
    if not x or not y or is_idle_word(name) or any(map(is_figure, (name, *x, *y))):
        return False
    for one, two in ((x, y), (y, x)):
        said = [name, *one]
        for start in range(len(theirs) - len(said) - len(two) + 1):
            if theirs[start] != name or theirs[start : start + len(said)] != said:
                continue
            after = start + len(said)
            if any(
                theirs[at : at + len(two)] == two and (at == after or _is_bracketed(stays, at))
                for at in range(after, min(after + _NAME_WORDS, len(theirs)))
            ):
                return True
    return False


def goes_on(goes: Document, stays: Document, span: Span) -> bool:
    """Whether what the one that stays lacks only says that the person goes on who is named last before."""
    keys = words_of(goes).keys[span.a_start : span.a_end]
    while keys and keys[-1] not in REPORTING and is_idle_word(keys[-1]):
        keys.pop()
    if not keys or keys[-1] not in REPORTING or not vocabulary(stays).issuperset(content(keys)):
        return False
    begins, ends = words_of(goes).starts[span.a_start], words_of(goes).ends[span.a_end - 1]
    at = words_of(stays).starts[span.b_start] if span.b_start < len(words_of(stays).starts) else len(stays.folded)
    named = {fact.value for fact in goes.facts if fact.kind == "person" and begins <= fact.span[0] < ends}
    before = [fact.value for fact in stays.facts if fact.kind == "person" and fact.span[1] <= at]
    return bool(named) and {*before[-1:]} == named


def _is_bracketed(stays: Document, word: int) -> bool:
    """Whether a word of the one that stays is the first in brackets."""
    return stays.folded.endswith("(", 0, words_of(stays).starts[word])


def is_gloss(stays: Document, span: Span) -> bool:
    """Whether what only the one that stays has is all that stands in a pair of brackets."""
    return _is_bracketed(stays, span.b_start) and bool(
        _BRACKET_ENDS.match(stays.folded, words_of(stays).ends[span.b_end - 1])
    )
