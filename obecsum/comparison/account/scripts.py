"""Texts whose words the account cannot tell apart: neither Thai nor Latin, or without any letter."""

from __future__ import annotations

import unicodedata

import numpy as np

from obecsum.comparison.alignment.document import Document, once

__all__ = ["can_judge", "differing_ranges"]

_THAI_FIRST, _THAI_LAST = 0x0E01, 0x0E5B
_LATIN_FIRST, _LATIN_LAST = 0x00C0, 0x024F


@once
def can_judge(text: Document) -> bool:
    """Whether at least half of a text's letters are Thai or Latin; never of a text without letters and digits.

    Dictionaries, function words and negations are those of Thai and English. In Lao, Burmese or Chinese text one
    changed letter may deny what the rest says, and no rule here would see it.
    """
    codes = text.codes
    lower = codes | 0x20
    read = (codes >= _THAI_FIRST) & (codes <= _THAI_LAST)
    read |= (lower >= 0x61) & (lower <= 0x7A) & (codes < 0x80)
    read |= (codes >= _LATIN_FIRST) & (codes <= _LATIN_LAST)
    num_read = int(np.count_nonzero(read))
    if 2 * num_read >= len(codes) > 0:
        return True
    num_other = num_digits = 0
    for code, count in zip(*(part.tolist() for part in np.unique(codes[~read], return_counts=True)), strict=True):
        kind = unicodedata.category(chr(code))
        if kind == "Nd":
            num_digits += count
        elif kind[0] in "LM":
            num_other += count
    return num_read >= num_other if num_read or num_other else num_digits > 0


def differing_ranges(a: Document, b: Document) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The ranges of both folded texts from the first difference to the last; None if only punctuation and space differ.

    Of texts that are nothing but punctuation each mark counts.
    """
    first, second = _bare(a), _bare(b)
    if first == second and first:
        return None
    longest = min(len(a.codes), len(b.codes))
    unequal = np.flatnonzero(a.codes[:longest] != b.codes[:longest])
    front = int(unequal[0]) if len(unequal) else longest
    rest = longest - front
    unequal = np.flatnonzero(a.codes[::-1][:rest] != b.codes[::-1][:rest])
    back = int(unequal[0]) if len(unequal) else rest
    return _range(a, front, back), _range(b, front, back)


def _range(text: Document, front: int, back: int) -> tuple[int, int]:
    start, end = front, len(text.codes) - back
    return int(text.offsets[start]), int(text.offsets[end - 1]) + 1 if end > start else int(text.offsets[start])


def _bare(text: Document) -> str:
    """Letters, marks, digits and symbols of a folded text, in order."""
    idle = {ord(char): None for char in set(text.folded) if _is_idle(unicodedata.category(char))}
    return text.folded.translate(idle)


def _is_idle(category: str) -> bool:
    return category[0] in "ZP" or category in ("Cc", "Cf")
