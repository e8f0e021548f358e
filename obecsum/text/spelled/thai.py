"""Facts in Thai words: numbers (ห้าหมื่นล้านบาท), serials (ครั้งที่สาม, เข็มแรก), times, days (วันอังคารนี้), months.

A number is one only beside a unit word, a serial's word or a word of time, or if it is made of several words: สอง alone
may be part of a name. Where letters follow, the dictionary says whether a word ends there (สามวันนี้ is no number of
days).
"""

from __future__ import annotations

import re

from obecsum.text.lexicon.patterns import any_of
from obecsum.text.lexicon.starts import matches
from obecsum.text.lexicon.tables import MONTHS, MULTIPLIERS, SERIAL_WORDS, UNITS, WEEKDAYS
from obecsum.text.spelled.borders import begins_word, ends_word
from obecsum.text.spelled.clock import clock_at, noon_at
from obecsum.text.spelled.found import Found
from obecsum.text.spelled.numerals import NUMERAL_RUN, count_parts, value_of

__all__ = ["find_bare_months", "find_spelled"]

_HEAD = re.compile(
    rf"(?P<run>{NUMERAL_RUN})|(?P<first>แรก(?!เริ่ม|เกิด|เข้า|รับ|นา|ตั้ง|พบ|คลอด|รุ่น))|(?P<noon>เที่ยง(?:คืน|วัน|ตรง)|บ่ายโมง)"
    rf"|(?P<day>{any_of(WEEKDAYS)})(?=\s?(?:นี้|หน้า|ก่อน|ที่))"
)
_LAST_PART = re.compile(r"(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|ยี่สิบ|สิบ|เอ็ด|ร้อย|พัน|หมื่น|แสน|ล้าน)$")
_UNIT = re.compile(rf"\s?(?P<unit>%|เปอร์เซ็นต์|เปอร์เซนต์|{any_of(UNITS)})")
_PERCENT_UNITS = frozenset({"%", "เปอร์เซ็นต์", "เปอร์เซนต์"})
_PERCENT = re.compile(r"ร้อยละ\s?$")
_MONTH = re.compile(
    rf"\s?(?:เดือน)?\s?(?P<month>{any_of(MONTHS)})(?:\s?(?:พ\.ศ\.|พุทธศักราช)?\s?(?P<year>\d{{4}}|{NUMERAL_RUN}))?"
)
_YEAR_LEAD = re.compile(r"(?:พ\.ศ\.|พุทธศักราช|ปีงบประมาณ|ปีการศึกษา|ประจำปี|ปี)\s?$")
_SERIAL = re.compile(rf"(?P<key>{any_of(SERIAL_WORDS)})\s?ที่\s?$")
_BARE_SERIAL = re.compile(r"(?P<key>อันดับ|ลำดับ|รุ่น|เข็ม|เฟส|รอบ|ระยะ|ไตรมาส|มาตรา|ล็อต|งวด|นัด)\s?$")
_FIRST = re.compile(
    # In 3 อันดับแรก are the first three; ในระยะแรก is "at first".
    r"(?P<key>ครั้ง|คราว|เข็ม|รุ่น|งวด|เฟส|(?<!ใน)ระยะ|รอบ|ล็อต|นัด|ไตรมาส|ฉบับ|ชุด|(?<!\d)(?<!\d\s)(?:อันดับ|ลำดับ)|กลุ่ม|สมัย|เที่ยว"
    r"|สัปดาห์|เดือน|ปี|วัน)\s?$"
)
_KEY_CHARS = 14
_LEAD_ENDS = ("ที่", "ดับ", "รุ่น", "เข็ม", "เฟส", "รอบ", "ระยะ", "ไตรมาส", "มาตรา", "ล็อต", "งวด", "นัด")
# What makes a vague count of a number, or an article of หนึ่ง.
_VAGUE = ("หลาย", "นับ", "หลัก", "ไม่กี่", "เรือน", "ราว ๆ", "ราวๆ")
_ARTICLE = ("อีก", "เป็น", "ใด")
_MORE = ("กว่า", "เศษ", "เพื่อ", "จาก", "โดย", "ให้", "ใน", "และ", "สำหรับ")
_WHICH = re.compile(r"\s?(?:(?P<last>ที่ผ่านมา|ที่แล้ว|ก่อน(?![ก-๎]))|(?P<next>หน้า(?![ก-๎]))|(?P<this>นี้|ที่จะถึงนี้|ที่จะถึง(?![ก-๎])))")
_DATE_FOLLOWS = re.compile(r"\s?\(?\s?(?:ที่\s?)?\d")
_FULL_MONTHS = tuple(name for name in MONTHS if name.endswith(("คม", "ยน", "พันธ์")))
_BARE_MONTH = re.compile(rf"(?P<month>{any_of(_FULL_MONTHS)})")
_BEFORE_MONTH = (
    "ใน",
    "ต้น",
    "ปลาย",
    "กลาง",
    "ช่วง",
    "ถึง",
    "เมื่อ",
    "ประจำ",
    "และ",
    "ตั้งแต่",
    "สิ้น",
    "ก่อน",
    "หลัง",
    "จาก",
    "หรือ",
)
_FIRST_BUDDHIST, _LAST_BUDDHIST, _OFFSET = 2400, 2699, 543


def find_spelled(text: str, taken: bytearray, dates: list[Found]) -> list[Found]:
    """Numbers, serials, times and days in words, as (start, end, kind, value), outside ``taken`` and marked there.

    Args:
        text: The text.
        taken: For each code point whether it belongs to a fact.
        dates: Facts so far. A month of them that belongs to a day in words (สิบสามสิงหาคม 2567) is taken out.
    """
    found: list[Found] = []
    for match in matches(_HEAD, text, "spelled"):
        start, end = match.span()
        fact: Found | None = None
        if taken.find(1, start, end) >= 0:
            continue
        if match["run"]:
            fact = _number_at(text, start, end)
        elif match["first"]:
            key = _FIRST.search(text, max(0, start - _KEY_CHARS), start)
            if key and ends_word(text, start, end):
                fact = key.start(), end, "serial", f"{SERIAL_WORDS[key['key']]} 1"
        elif match["noon"]:
            time = noon_at(text, start, end)
            fact = (time[0], time[1], "time", time[2]) if time else None
        else:
            fact = _day_at(text, start, end)
        if fact and taken.find(1, fact[0], fact[1]) >= 0:
            month = [date for date in dates if end <= date[0] and date[1] <= fact[1]] if fact[2] == "date" else []
            if not month or taken.find(1, fact[0], month[0][0]) >= 0:
                continue
            dates.remove(month[0])
        if fact:
            found.append(fact)
            taken[fact[0] : fact[1]] = b"\1" * (fact[1] - fact[0])
    return found


def _number_at(text: str, start: int, end: int) -> Found | None:
    """What a run of numerals states, with the words beside it."""
    run = text[start:end]
    unit = _UNIT.match(text, end)
    parts = count_parts(run)
    if unit and parts == 1 and text[end] == " ":
        unit = None  # ตามวรรคสอง แห่งพระราชบัญญัติ
    led = text.endswith(_LEAD_ENDS, 0, start - (text[start - 1 : start] == " "))
    # Most numerals of a text stand beside none of what makes a fact of them.
    if unit is None and not led and parts == 1:
        after = clock_at(text, start, end, value_of(run) or 0)
        month = _date_at(text, start, end, value_of(run) or 0) if after is None else None
        return (after[0], after[1], "time", after[2]) if after else month
    value = value_of(run)
    if value is None or not begins_word(text, start):
        return None
    time = clock_at(text, start, end, value) if value <= 24 else None
    if time:
        return time[0], time[1], "time", time[2]
    date = _date_at(text, start, end, value)
    if date:
        return date
    last = _LAST_PART.search(run)
    part = start + (last.start() if last else 0)
    if not ends_word(text, part, end):
        return None
    if led:
        key = _SERIAL.search(text, max(0, start - _KEY_CHARS), start) or _BARE_SERIAL.search(
            text, max(0, start - _KEY_CHARS), start
        )
        if key:
            return key.start(), end, "serial", f"{SERIAL_WORDS[key['key']]} {value}"
    return _count_at(text, start, end, value, unit, parts)


def _count_at(text: str, start: int, end: int, value: int, unit: re.Match[str] | None, parts: int) -> Found | None:
    """A number with its unit; one of several words needs none."""
    lead = text[max(0, start - _KEY_CHARS) : start].rstrip(" ")
    if lead.endswith(_VAGUE) or (value == 1 and lead.endswith(_ARTICLE)):
        return None
    if lead.endswith(tuple(MULTIPLIERS)) or lead[-1:].isdecimal():
        return None  # 5 หมื่นสองพัน
    percent = _PERCENT.search(text, max(0, start - _KEY_CHARS), start)
    if unit and ends_word(text, unit.start("unit"), unit.end()):
        is_share = percent is not None or unit["unit"] in _PERCENT_UNITS
        return percent.start() if percent else start, unit.end(), "number", f"{value}%" if is_share else str(value)
    if percent:
        return percent.start(), end, "number", f"{value}%"
    behind = text[end : end + 1]
    if parts > 2 or (
        parts > 1 and (not "ก" <= behind <= "๎" or text.startswith(_MORE, end) or "ล้าน" in text[start:end])
    ):
        return start, end, "number", str(value)
    return None


def _date_at(text: str, start: int, end: int, value: int) -> Found | None:
    """A day before its month, or a year behind its word."""
    if 1 <= value <= 31:
        month = _MONTH.match(text, end)
        if month is None:
            return None
        iso = f"-{MONTHS[month['month']]:02d}-{value:02d}"
        said = month["year"]
        year = int(said) if said and said.isdecimal() else value_of(said) if said else None
        common = _common_year(year)
        if common is None:
            return start, month.end("month"), "date", f"-{iso}"
        return start, month.end(), "date", f"{common:04d}{iso}"
    if _FIRST_BUDDHIST <= value <= _LAST_BUDDHIST:
        lead = _YEAR_LEAD.search(text, max(0, start - _KEY_CHARS), start)
        if lead:
            return lead.start(), end, "date", str(value - _OFFSET)
    return None


def _common_year(year: int | None) -> int | None:
    if year is None:
        return None
    if _FIRST_BUDDHIST <= year <= _LAST_BUDDHIST:
        return year - _OFFSET
    return year if 1800 <= year <= 2199 else None


def _day_at(text: str, start: int, end: int) -> Found | None:
    """A day of this, the next or the last week; none where its date follows."""
    which = _WHICH.match(text, end)
    if which is None or _DATE_FOLLOWS.match(text, which.end()):
        return None
    name = WEEKDAYS[text[start:end]]
    if text.endswith("วัน", 0, start):
        start -= 3
    elif name == "sun" or "ก" <= text[start - 1 : start] <= "๎":  # อาทิตย์ is also the week, พระจันทร์ the moon
        return None
    return start, which.end(), "date", f"--{which.lastgroup}-{name}"


def find_bare_months(text: str, taken: bytearray) -> list[Found]:
    """Months in full without a day, a year or เดือน (ในสิงหาคมนี้), marked in ``taken``."""
    found: list[Found] = []
    for match in matches(_BARE_MONTH, text, "month"):
        start, end = match.span()
        if taken.find(1, start, end) >= 0:
            continue
        before = text[start - 1 : start]
        if "ก" <= before <= "๎" and not text.endswith(_BEFORE_MONTH, 0, start):
            continue
        found.append((start, end, "date", f"--{MONTHS[match['month']]:02d}"))
        taken[start:end] = b"\1" * (end - start)
    return found
