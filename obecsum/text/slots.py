"""Number slots: numbers leave the text before the model reads it and come back after it has written.

A model that writes numbers digit by digit invents them. Here every number of the source becomes one *slot*, a single
piece that says only what class of number stands there (a year, a day, a clock time, a share, a serial, a count, an
amount) and which of its class it is. The model learns to copy slots; the number itself is written back afterwards, so a
number in a summary is one of the source by construction, in the source's own script, era and number of digits.

A number is taken whole: with the word that multiplies it (1.5 ล้าน), and in words (สองร้อยล้าน, ครั้งที่สาม).

Slots are private-use code points (U+E000 and up), one each, so a slotted text is an ordinary string.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from obecsum.text.lexicon.patterns import any_of
from obecsum.text.lexicon.tables import MULTIPLIERS
from obecsum.text.spelled.borders import ends_word
from obecsum.text.spelled.numerals import NUMERAL_RUN, value_of
from obecsum.text.spelled.thai import find_spelled

__all__ = ["ALL_SLOTS", "OVERFLOW", "SlottedText", "fill_slots", "hash_numbers", "slot_source", "slot_target"]

# (class, how many): enough for 99 % of releases; numbers beyond become OVERFLOW, which is never written.
_CLASSES = (
    ("year", 16),
    ("day", 32),
    ("time", 16),
    ("share", 32),
    ("serial", 16),
    ("count", 64),
    ("amount", 64),
)
_FIRST = 0xE000
OVERFLOW = "\ue0ff"

_RANGES: dict[str, tuple[int, int]] = {}
_next = _FIRST
for _name, _size in _CLASSES:
    _RANGES[_name] = (_next, _size)
    _next += _size
ALL_SLOTS: tuple[str, ...] = tuple(chr(code) for code in range(_FIRST, _next))
_SLOT = re.compile(f"[\ue000-{chr(_next - 1)}]")
_PRIVATE = re.compile("[\ue000-\uf6ff\uf71b-\uf8ff]")

# A number is a run of digits with inner marks: 1,250.75  09.30  8/2567  13/12/2567  20:00
_NUMBER = re.compile(r"[0-9๐-๙]+(?:[.,:/][0-9๐-๙]+)*")
_PLAIN = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
_MULTIPLIER = re.compile(rf"\s?(?P<word>{any_of(MULTIPLIERS)})")
_NUMERAL = re.compile(NUMERAL_RUN)
_IN_WORDS = "="  # before the value of a number in words: วันที่ 3 is not written วันที่สาม because of สามประเทศ
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_MONTH = re.compile(
    r"\s?(?:[-–]\s?[0-9๐-๙]{1,2}\s?)?(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม"
    r"|พฤศจิกายน|ธันวาคม|ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค)"
)
_CLOCK = re.compile(r"\s?(?:น\.|นาฬิกา)")
_SHARE_AFTER = re.compile(r"\s?(?:%|เปอร์เซ็นต์|เปอร์เซนต์)")
_SHARE_BEFORE = re.compile(r"ร้อยละ\s?$")


@dataclass(frozen=True, slots=True)
class SlottedText:
    """A text whose numbers are slots.

    Attributes:
        text: The text with one slot for every number; equal values share a slot.
        numbers: Slot -> the number as its first occurrence writes it.
        spans: Slot -> (start, end) of that first occurrence in the string that was slotted, in code points.
        values: Normalized value -> slot.
    """

    text: str
    numbers: dict[str, str]
    spans: dict[str, tuple[int, int]]
    values: dict[str, str]


def _value(number: str) -> str:
    return number.translate(_THAI_DIGITS).replace(",", "")


def _class_of(text: str, start: int, end: int, value: str) -> str:
    if "/" in value:
        return "serial"
    if _SHARE_AFTER.match(text, end) or _SHARE_BEFORE.search(text[max(0, start - 8) : start]):
        return "share"
    if (":" in value or "." in value) and _CLOCK.match(text, end):
        return "time"
    if value.isdigit():
        if len(value) <= 2 and _MONTH.match(text, end):
            return "day"
        if len(value) == 4 and "," not in text[start:end] and (value[:2] in ("24", "25", "26", "19", "20")):
            return "year"
        if len(value) <= 3:
            return "count"
    return "amount"


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """The numbers of a text in order, as (start, end, value); values in words are marked."""
    found = []
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        value = _value(match.group())
        by = _MULTIPLIER.match(text, end) if _PLAIN.fullmatch(value) else None
        if by and ends_word(text, by.start("word"), by.end()):
            end = by.end()
            value = f"{(Decimal(value) * MULTIPLIERS[by['word']]).normalize():f}"
        found.append((start, end, value))
    taken = bytearray(len(text))
    for start, end, _ in found:
        taken[start:end] = b"\1" * (end - start)
    for first, last, _, _ in find_spelled(text, bytearray(len(text)), []):
        for run in _NUMERAL.finditer(text, first, last):
            number = value_of(run.group())
            if number is not None and taken.find(1, *run.span()) < 0:
                found.append((*run.span(), f"{_IN_WORDS}{number}"))
    return iter(sorted(found))


def slot_source(text: str) -> SlottedText:
    """Replaces every number of a source text by its slot.

    Args:
        text: Any text; private-use code points in it are dropped, since slots use them.

    Returns:
        The slotted text and the way back.
    """
    text = _PRIVATE.sub("", text)
    used = dict.fromkeys(_RANGES, 0)
    values: dict[str, str] = {}
    numbers: dict[str, str] = {}
    spans: dict[str, tuple[int, int]] = {}
    parts: list[str] = []
    last = 0
    for start, end, value in _numbers(text):
        slot = values.get(value)
        if slot is None:
            name = _class_of(text, start, end, value.removeprefix(_IN_WORDS))
            first, size = _RANGES[name]
            if used[name] < size:
                slot = chr(first + used[name])
                used[name] += 1
                values[value] = slot
                numbers[slot] = text[start:end]
                spans[slot] = (start, end)
            else:
                slot = OVERFLOW
        parts.append(text[last:start])
        parts.append(slot)
        last = end
    parts.append(text[last:])
    return SlottedText("".join(parts), numbers, spans, values)


def hash_numbers(text: str) -> str:
    """Replaces every number by the slot of its class that a hash of its value says.

    Where texts are compared, a slot must be the same number in all of them; two numbers of a class may share one.
    """
    text = _PRIVATE.sub("", text)

    def slot(match: re.Match[str]) -> str:
        value = _value(match.group())
        first, size = _RANGES[_class_of(text, *match.span(), value)]
        return chr(first + zlib.crc32(value.encode()) % size)

    return _NUMBER.sub(slot, text)


def slot_target(text: str, source: SlottedText) -> str | None:
    """Replaces the numbers of a training target by the source's slots.

    Returns:
        The slotted target, or None if it has a number that the source has not: such a pair teaches inventing.
    """
    text = _PRIVATE.sub("", text)
    parts: list[str] = []
    last = 0
    for start, end, value in _numbers(text):
        # In the source's own form, if it has no other.
        plain = value.removeprefix(_IN_WORDS)
        other = plain if plain != value else _IN_WORDS + value
        slot = source.values.get(value) or source.values.get(other)
        if slot is None:
            return None
        parts.append(text[last:start])
        parts.append(slot)
        last = end
    parts.append(text[last:])
    return "".join(parts)


def fill_slots(text: str, source: SlottedText) -> str:
    """Writes the source's numbers back into a generated text; a slot that the source lacks is dropped."""
    return _SLOT.sub(lambda match: source.numbers.get(match.group(), ""), text).replace(OVERFLOW, "")
