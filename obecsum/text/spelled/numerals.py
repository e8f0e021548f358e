"""The grammar of Thai numerals in words: สองพันห้าร้อยหกสิบเจ็ด is 2567."""

from __future__ import annotations

import re
from functools import lru_cache

from obecsum.text.lexicon.tables import DIGIT_WORDS, PLACE_VALUES

__all__ = ["NUMERAL_RUN", "count_parts", "is_numeral", "value_of"]

_MILLION = 10**6
_MOST_PARTS = 24
# After these letters the numeral is the beginning of another word: สามารถ, ห้าม, เก้าอี้, หกล้ม, แปดริ้ว.
_NO_DIGIT = {
    "สาม": "ารถ",
    "ห้า": "ม(?!ื้อ|าตรการ|ิลลิ|ิติ)|ง(?!วด|าน)",
    "เก้า": "อี้",
    "หก": "ล้ม|คะเมน",
    "แปด": "ริ้ว",
}
_MARKS = "[ะ-ฺๅ็-๎]"  # no word begins with one
_DIGIT = "|".join(rf"{word}(?!{_NO_DIGIT.get(word, _MARKS)}|{_MARKS})" for word in DIGIT_WORDS)
_PLACE = "|".join(place for place in PLACE_VALUES if place != "สิบ")
_BEHIND_TWO_LETTERS = r"(?:(?<!หก)|(?=[\x00-\x7fก-๛“”‘’\s]|\Z))"  # where the table of starts has หก, see starts.py
NUMERAL_RUN = (
    rf"(?:(?:{_DIGIT}){_BEHIND_TWO_LETTERS}|ยี่สิบ|สิบ|ครึ่ง(?=\s?(?:{_PLACE})))"
    rf"(?:{_DIGIT}|ยี่สิบ|สิบ|เอ็ด|{_PLACE}|\s(?:{_PLACE})){{0,{_MOST_PARTS}}}"
)
"""A pattern of words that count, in any order, of 25 at most; begins with a digit, ten or a half."""
_PART = re.compile(rf"{'|'.join(DIGIT_WORDS)}|ยี่สิบ|สิบ|เอ็ด|ครึ่ง|{_PLACE}")
_WHOLE = re.compile(rf"(?:{_PART.pattern}|\s)+")


def is_numeral(word: str) -> bool:
    """Whether a word consists of words that count.

    >>> is_numeral("สิบห้า"), is_numeral("สามารถ")
    (True, False)
    """
    return _WHOLE.fullmatch(word) is not None


def count_parts(run: str) -> int:
    """Of how many words a run consists; ยี่สิบ is one."""
    return len(_PART.findall(run))


@lru_cache(maxsize=4096)
def value_of(run: str) -> int | None:
    """The number that words say; None if they say none, or one that is understood in two ways.

    In สองหมื่นห้า the five may be five thousand (as is said) or five (as is written).

    >>> value_of("ห้าหมื่นล้าน"), value_of("สองพันห้าร้อยหกสิบเจ็ด"), value_of("สองหมื่นห้า"), value_of("สามสี่")
    (50000000000, 2567, None, None)
    """
    parts = _PART.findall(run)
    if parts[0] == "ครึ่ง":
        return PLACE_VALUES[parts[1]] // 2 if len(parts) == 2 and PLACE_VALUES[parts[1]] > 100 else None
    millions = below = 0
    digit: int | None = None
    least = _MILLION  # the place of what was read last; the next must be lower
    for part in parts:
        if part == "ล้าน":
            below += digit or 0
            if not below and not millions:
                return None
            millions = (millions + below) * _MILLION
            below, digit, least = 0, None, _MILLION
        elif part in DIGIT_WORDS:
            if digit is not None or least == 1:
                return None
            digit = DIGIT_WORDS[part]
        elif part == "เอ็ด":
            if digit is not None or least not in (10, 100):
                return None
            below, least = below + 1, 1
        else:
            place = 10 if part == "ยี่สิบ" else PLACE_VALUES[part]
            is_bare = digit is None
            if place >= least or (is_bare and place != 10) or (part == "ยี่สิบ" and not is_bare):
                return None
            if part == "สิบ" and digit in (1, 2):
                return None
            below += (2 if part == "ยี่สิบ" else 1 if digit is None else digit) * place
            digit, least = None, place
    if digit is not None:
        if least not in (10, 100) and (millions or below):
            return None
        below += digit
    return millions + below
