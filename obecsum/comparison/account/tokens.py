"""The pieces that a text is cut into, and the words that each stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from obecsum.text.lexicon.aliases import ALIASES
from obecsum.text.lexicon.function_words import FUNCTION_WORDS, HONORIFICS
from obecsum.text.maximal import parts_of
from obecsum.text.segment import words

__all__ = ["canonical", "is_idle_word", "tokens"]

_LETTER = re.compile(r"[^\W_]")
_AROUND = re.compile(r"^[^\w#]+|[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+$")
_SHORT_FORM = re.compile(r"(?:[ก-ฮ]{1,6}\.)+(?:\s?(?:[ก-ฮ]{1,2}\.)+)*")
_SPLIT_FROM = 10
_IDLE = FUNCTION_WORDS | HONORIFICS
_LONGEST_FORM = max(map(len, ALIASES)) + 2  # with a space in it


def is_idle_word(key: str) -> bool:
    """Whether a word joins, reports or honors and says nothing of its own."""
    return key in _IDLE


@lru_cache(maxsize=1 << 16)
def canonical(word: str) -> tuple[str, ...]:
    """The words that a word stands for: a short form written out, a compound in its parts, nothing for punctuation.

    >>> canonical("รมว."), canonical("กระทรวงเกษตรและสหกรณ์")
    (('รัฐมนตรี', 'ว่าการ'), ('กระทรวง', 'เกษตร', 'และ', 'สหกรณ์'))
    """
    if not _LETTER.search(word):
        return ()
    bare = _AROUND.sub("", word).replace("ๆ", "").strip()
    alias = ALIASES.get(bare.replace(" ", "") if not bare.endswith(".") else bare[:-1].replace(" ", ""))
    if alias is not None and (word.endswith(".") or len(bare) > 2 or bare.endswith("ฯ")):
        return tuple(part for start, end in words(alias) for part in canonical(alias[start:end]))
    if bare in _IDLE:
        return (bare,)
    if bare.replace(",", "").isdecimal():
        return (f"number:{bare.replace(',', '')}",)
    if "-" in bare or "/" in bare:
        return tuple(part for piece in re.split("[-/]", bare) for part in canonical(piece))
    if len(bare) >= _SPLIT_FROM:
        return parts_of(bare)
    return (bare,) if bare else ()


def tokens(folded: str) -> Iterator[tuple[int, int]]:
    """Words, with dotted short forms (พล.อ., รมว.ศธ.) as such as the table has."""
    forms = [span for match in _SHORT_FORM.finditer(folded) for span in _short_forms(folded, *match.span())]
    at = 0
    for start, end in words(folded):
        while at < len(forms) and forms[at][1] <= start:
            at += 1
        while start < end:
            if at == len(forms) or end <= forms[at][0]:
                yield start, end
                break
            first, last = forms[at]
            if start < first:
                yield start, first
            if start <= first:
                yield first, last
            start = last
            if start < end:
                at += 1


def _short_forms(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The short forms that the table has in a run of dotted letters, the longest first, from its front.

    What stands before the first may be the end of a word: โดยพล.อ. is โดย and พล.อ.
    """
    at = start
    while at < end:
        dots = [index for index in range(at, min(end, at + _LONGEST_FORM)) if folded[index] == "."]
        known = (dot for dot in reversed(dots) if folded[at:dot].replace(" ", "") in ALIASES)
        dot = next(known, None)
        if dot is None:
            at += 1
        else:
            yield at, dot + 1
            at = dot + 1
