"""Whether words end where a pattern ends, in text that has no spaces between them."""

from __future__ import annotations

from functools import lru_cache

from obecsum.text.maximal import longest_word
from obecsum.text.segment import words

__all__ = ["begins_word", "ends_word"]

_NO_BEGINNING = frozenset("ะัาำิีึืฺุูๅ็่้๊๋์ํ๎ๆฯ")
_VOWELS_BEFORE = frozenset("เแโใไ")
_LOOKED_AT = 28


def begins_word(text: str, start: int) -> bool:
    """Whether a word can begin here: behind a vowel that is written before its consonant none can (โกหก, โหก)."""
    return text[start - 1 : start] not in _VOWELS_BEFORE and not text.endswith("โก", 0, start)


def ends_word(text: str, last: int, end: int) -> bool:
    """Whether a word ends at ``end``.

    Where a longer word of the dictionary begins with the last word of the pattern (วันนี้, รายงาน behind a number), the
    words of the phrase decide.

    Args:
        text: The text.
        last: Where the last word of the pattern begins.
        end: Where the pattern ends.
    """
    behind = text[end : end + 1]
    if not "ก" <= behind <= "๎":
        return True
    if behind in _NO_BEGINNING:
        return behind in "ๆฯ"
    piece = text[last : end + _LOOKED_AT].split(maxsplit=1)[0]
    if longest_word(piece, 0) <= end - last:
        return True
    return end - last in _ends(piece)


@lru_cache(maxsize=4096)
def _ends(piece: str) -> frozenset[int]:
    return frozenset(end for _, end in words(piece))
