"""Times of day as they are said: บ่ายสองโมง, 10 โมงเช้า, สองทุ่มครึ่ง, ตีห้า, เก้านาฬิกา, เที่ยงคืน."""

from __future__ import annotations

import re

from obecsum.text.lexicon.starts import digit_runs
from obecsum.text.spelled.borders import ends_word
from obecsum.text.spelled.numerals import NUMERAL_RUN, value_of

__all__ = ["clock_at", "find_clock_digits", "noon_at"]

_AFTER = re.compile(r"\s?(?P<word>โมง|ทุ่ม|นาฬิกา)\s?(?P<part>เช้า|เย็น)?(?:\s?(?P<half>ครึ่ง|ตรง))?")
_HALF = re.compile(r"\s?(?P<half>ครึ่ง|ตรง)")
_MINUTES = re.compile(rf"\s?(?P<minutes>\d{{1,2}}|{NUMERAL_RUN})\s?นาที")
_AFTERNOON = re.compile(r"(?:บ่าย|ตอนบ่าย)\s?$")
_NIGHT = re.compile(r"(?:^|[^ก-๎]|เวลา|ตอน|ช่วง|ถึง|จน|เมื่อ|ราว|เกือบ|ประมาณ|ก่อน|หลัง|ตั้งแต่)(?P<night>ตี\s?)$")
_LEAD_CHARS = 12
_CLOCK_INITIALS = frozenset("โทน")
_LEAD_ENDS = frozenset("ีย")  # of ตี and บ่าย
_BEFORE_NOON = ("เวลา", "ตอน", "ก่อน", "หลัง", "ถึง", "ราว", "ประมาณ", "ช่วง", "ตั้งแต่")

_Time = tuple[int, int, str]


def clock_at(text: str, start: int, end: int, hour: int) -> _Time | None:
    """The time that an hour at ``text[start:end]`` is part of, as (start, end, "14:00"); None where it is none."""
    after = _AFTER.match(text, end)
    if after:
        found = _hour_before(text, start, after["word"], after["part"], hour)
        match: re.Match[str] = after
    else:
        night = _NIGHT.search(text, max(0, start - _LEAD_CHARS), start) if 1 <= hour <= 5 else None
        half = _HALF.match(text, end)
        behind = text[end : end + 1]
        if night is None or (half is None and "ก" <= behind <= "๎" and not text.startswith(_FOLLOWS_NIGHT, end)):
            return None
        found = (night.start("night"), hour)
        if half is None:
            return found[0], end, f"{hour:02d}:00"
        match = half
    if found is None:
        return None
    first, last = found[0], match.end()
    minutes = 30 if match["half"] == "ครึ่ง" else 0
    more = _MINUTES.match(text, last) if not match["half"] else None
    if more:
        said = int(more["minutes"]) if more["minutes"].isdecimal() else value_of(more["minutes"])
        if said is not None and said < 60:
            minutes, last = said, more.end()
    return first, last, f"{found[1]:02d}:{minutes:02d}"


_FOLLOWS_NIGHT = ("ของ", "และ", "ถึง", "ที่", "ใน", "วัน", "โดย", "เป็น", "จน", "จึง")


def _hour_before(text: str, start: int, word: str, part: str | None, hour: int) -> tuple[int, int] | None:
    """Where the time begins and its hour of 24. Without a word for the half of the day some hours are not certain."""
    if word == "นาฬิกา":
        return (start, hour) if 0 <= hour <= 24 and part is None else None
    if word == "ทุ่ม":
        return (start, 18 + hour) if 1 <= hour <= 5 and part is None else None
    afternoon = _AFTERNOON.search(text, max(0, start - _LEAD_CHARS), start)
    if afternoon:
        return (afternoon.start(), 12 + hour) if 1 <= hour <= 5 and part is None else None
    if part == "เย็น":
        return (start, 12 + hour) if 3 <= hour <= 6 else None
    least = 6 if part else 7
    return (start, hour) if least <= hour <= 11 else None


def noon_at(text: str, start: int, end: int) -> _Time | None:
    """Noon or midnight; เที่ยงตรง, which also says "accurate", only behind a word of time or at the start of a line."""
    word = text[start:end]
    if word == "บ่ายโมง":
        half = _HALF.match(text, end)
        return start, half.end() if half else end, "13:30" if half and half["half"] == "ครึ่ง" else "13:00"
    if word == "เที่ยงคืน":
        return start, end, "00:00"
    lead = text[max(0, start - _LEAD_CHARS) : start].rstrip(" ")
    timed = lead.endswith(_BEFORE_NOON) or not lead or lead[-1] == "\n"
    if word == "เที่ยงตรง" and not timed:
        return None
    return (start, end, "12:00") if ends_word(text, start, end) else None


def find_clock_digits(text: str, taken: bytearray) -> list[_Time]:
    """Times of day that are said with digits (บ่าย 2 โมง, 3 ทุ่ม), marked in ``taken``."""
    found = []
    for at, end, before, before_end, after in digit_runs(text):
        led_on = text[end + 1 : end + 2] if after == " " else after
        if (led_on not in _CLOCK_INITIALS and before not in _LEAD_ENDS) or end - at > 2 or taken[at]:
            continue
        if before and before in ".,:/-" and before_end == at:
            continue
        time = clock_at(text, at, end, int(text[at:end]))
        if time and taken.find(1, time[0], time[1]) < 0:
            found.append(time)
            taken[time[0] : time[1]] = b"\1" * (time[1] - time[0])
    return found
