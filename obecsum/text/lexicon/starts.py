"""Where in a text something may begin: runs of digits, and words of the closed lists, found for all lists at once.

A regular expression over a list of words looks at each character of a text, and there are seven such lists. Here each
three characters in a row are looked up once, in a table that says which lists have a word that begins so, and the next
two where one has; expressions are tried at these offsets only. What they find is the same
(``tests/property/test_starts.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from obecsum.text.lexicon.english import ENGLISH_DAYS, ENGLISH_MONTHS, ENGLISH_NUMERALS, ENGLISH_ORDINALS
from obecsum.text.lexicon.tables import (
    ABBREVIATIONS,
    DIGIT_WORDS,
    MONTHS,
    OCCASIONS,
    PERSON_TITLES,
    PLACE_HEADS,
    PROVINCE_ALIASES,
    PROVINCES,
    WEEKDAYS,
)

__all__ = ["ENGLISH_HEADS", "PROVINCE_NAMES", "SPELLED_HEADS", "SPELLED_MONTHS", "List", "Run", "digit_runs", "matches"]

List = Literal["province", "place", "person", "organization", "month", "occasion", "spelled", "english", "abbreviation"]

PROVINCE_NAMES: tuple[str, ...] = (
    *PROVINCES,
    *(name for name in PROVINCE_ALIASES if name in {"กรุงเทพฯ", "กรุงเทพ", "กทม"}),
)
SPELLED_MONTHS: tuple[str, ...] = tuple(month for month in MONTHS if len(month) > 4 and "." not in month)

SPELLED_HEADS: tuple[str, ...] = (*DIGIT_WORDS, "สิบ", "ยี่สิบ", "ครึ่ง", "แรก", "เที่ยง", "บ่ายโมง", *WEEKDAYS)
ENGLISH_HEADS: tuple[str, ...] = tuple(
    form
    for word in (*ENGLISH_MONTHS, *ENGLISH_NUMERALS, *ENGLISH_ORDINALS, *ENGLISH_DAYS, "noon", "midnight")
    for form in (word, word.title(), word.upper())
)

_LISTS: dict[List, Iterable[str]] = {
    "province": PROVINCE_NAMES,
    "place": PLACE_HEADS,
    "person": PERSON_TITLES,
    "organization": ABBREVIATIONS.values(),
    "month": SPELLED_MONTHS,
    "occasion": OCCASIONS,
    "spelled": SPELLED_HEADS,
    "english": ENGLISH_HEADS,
}
_BITS: dict[List, int] = {name: 1 << bit for bit, name in enumerate(_LISTS)}
_NAMES: tuple[tuple[List, ...], ...] = tuple(
    tuple(name for name, bit in _BITS.items() if kinds & bit) for kinds in range(1 << len(_LISTS))
)
_SHORT_CHARS = 300  # of shorter texts an expression is faster
_ABBREVIATED_CHARS = 5
_DIGITS = re.compile("[0-9]+")

_SPACES = [code for code in range(0x3001) if chr(code).isspace()]
_Codes = npt.NDArray[np.uint16]
_Bits = npt.NDArray[np.uint8]


def _slots(first: Any, second: Any, third: Any) -> Any:
    return first * 4093 + second * 67 + third


@lru_cache(maxsize=1)
def _tables() -> tuple[_Bits, _Bits, _Bits]:
    """Which lists have a word with the code points of a slot, by its low 16 bits.

    The first to third code point of any word; the third to fifth of one of five or more; the first to third of a
    shorter one.
    """
    heads, tails, short = (np.zeros(1 << 16, dtype=np.uint8) for _ in range(3))
    # Behind a head, title or numeral of two letters (อ., ศ., หก) stands a name, a mark, white space or nothing.
    behind = [*range(0x0E01, 0x0E5C), *range(0x80), *map(ord, "“”‘’"), *_SPACES]
    for name, words in _LISTS.items():
        for word in words:
            first, second, *rest = map(ord, word[:5])
            for third in rest[:1] or behind:
                slot = _slots(first, second, third) & 0xFFFF
                heads[slot] |= _BITS[name]
                if len(rest) == 3:
                    tails[_slots(*rest) & 0xFFFF] |= _BITS[name]
                else:
                    short[slot] |= _BITS[name]
    return heads, tails, short


def _codes(text: str) -> _Codes:
    """The low 16 bits of each code point: enough to tell where something may begin."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint16)


@lru_cache(maxsize=4)  # two texts that are compared
def _starts(text: str) -> dict[List, list[int]]:
    """Where a word of each list may begin, ascending."""
    heads, tails, short = _tables()
    size = len(text)
    codes = np.zeros(size + _ABBREVIATED_CHARS, dtype=np.uint16)
    codes[:size] = _codes(text)
    slots = _slots(codes[:size], codes[1 : size + 1], codes[2 : size + 2])
    bits = heads[slots]
    offsets = np.flatnonzero(bits != 0)
    further = tails[_slots(codes[offsets + 2], codes[offsets + 3], codes[offsets + 4])]
    bits = bits[offsets] & (further | short[slots[offsets]])
    held = bits != 0
    found: dict[List, list[int]] = {name: [] for name in _LISTS}
    for at, kinds in zip(offsets[held].tolist(), bits[held].tolist(), strict=True):
        for name in _NAMES[kinds]:
            found[name].append(at)
    found["english"] = [at for at in found["english"] if text[at] < "\x80"]
    found["abbreviation"] = np.flatnonzero(_abbreviations(codes, size)).tolist()
    return found


def _abbreviations(codes: _Codes, size: int) -> npt.NDArray[np.bool_]:
    """Consonants with a full stop near by, behind neither a Thai or Latin letter nor a full stop."""
    stop = codes == 0x2E
    near = stop[1 : size + 1].copy()
    for step in range(2, _ABBREVIATED_CHARS + 1):
        near |= stop[step : size + step]
    codes, lower = codes[:size], codes[:size] | 0x20
    letter = (codes - np.uint16(0x0E01) <= 0x58) | stop[:size] | (lower - np.uint16(0x61) <= 0x19)
    near &= codes - np.uint16(0x0E01) <= 0x2D
    near[1:] &= ~letter[:-1]
    found: npt.NDArray[np.bool_] = near
    return found


def matches(pattern: re.Pattern[str], text: str, words: List) -> Iterator[re.Match[str]]:
    """``pattern.finditer(text)`` for a pattern each match of which begins with one of a list of words."""
    if len(text) < _SHORT_CHARS:
        yield from pattern.finditer(text)
        return
    done = 0
    for at in _starts(text)[words]:
        if at >= done:
            found = pattern.match(text, at)
            if found:
                yield found
                done = found.end()


class Run(NamedTuple):
    """A run of Arabic digits.

    Attributes:
        at: Where it begins.
        end: Where it ends, exclusive.
        before: The last character before it that is no white space; empty if there is none.
        before_end: Where that ends.
        after: The character behind it; empty at the end of the text.
    """

    at: int
    end: int
    before: str
    before_end: int
    after: str


@lru_cache(maxsize=4)
def digit_runs(text: str) -> tuple[Run, ...]:
    """The runs of Arabic digits: the rules for dates, times, serials and numbers start from them."""
    if len(text) < _SHORT_CHARS:
        spans = [match.span() for match in _DIGITS.finditer(text)]
    else:
        is_digit = np.zeros(len(text) + 2, dtype=np.bool_)
        np.less(_codes(text) - np.uint16(0x30), 10, out=is_digit[1:-1])
        edges = np.flatnonzero(is_digit[1:] != is_digit[:-1]).tolist()
        spans = list(zip(edges[::2], edges[1::2], strict=True))
    runs = []
    for at, end in spans:
        before_end = at
        while before_end and text[before_end - 1].isspace():
            before_end -= 1
        runs.append(Run(at, end, text[before_end - 1 : before_end], before_end, text[end : end + 1]))
    return tuple(runs)
