"""Numbers with their unit word, and serials (ครั้งที่ 8/2564, รุ่นที่ 60), as normalized values."""

from __future__ import annotations

import re
from decimal import Decimal

from obecsum.thai.patterns import any_of
from obecsum.thai.tables import MULTIPLIERS, SERIAL_WORDS, UNITS

__all__ = ["find_numbers", "find_serials"]

_UNIT = any_of(UNITS)
_MULTIPLIER = any_of(MULTIPLIERS)
_START = re.compile(r"\d+")
_PERCENT = re.compile(r"ร้อยละ\s?$")
_NOT_BEFORE = re.compile(r"[\d.,:/A-Za-z_@]$")
_NUMBER = re.compile(
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:\s?(?P<multiplier>{_MULTIPLIER})(?!ธุ์))?(?P<unit>\s?(?:%|เปอร์เซ็นต์|เปอร์เซนต์|{_UNIT}))?"
)
_ENUMERATOR = re.compile(r"(?:(?<=\s)|^)(?:\(\s?)?\d{1,2}(?:\.\d{1,2})*[.)](?=\s*[^\d\s])", re.MULTILINE)
_PHONE = re.compile(
    r"(?:โทรศัพท์|โทรสาร|โทร|แฟกซ์|Call Center|สายด่วน)\s?\.?\s?:?\s?(?:หมายเลข\s?)?(?P<hot>\d[\d\s-]{2,}\d)"
    r"|(?<![\d,.])(?P<plain>0[\s-]?\d{1,4}[\s-]\d{3,4}(?:[\s-]\d{3,4})?|0\d{8,9})(?![\d,])"
)
_RUN = re.compile(r"[A-Za-z0-9][\w.@:/?=&%~+-]*", re.ASCII)
_LINK = re.compile(r"https?:|www\.|[^@]+@[^@]+\.|[\w.-]+\.(?:com|net|org|th|me|ee|ly|gl)(?:/|$)", re.ASCII)
_LATIN_TAIL = re.compile(r"[A-Za-z]")
_GLUED = re.compile(r"(?:[A-Za-z]+|โควิด|โคโรนา|โคโรนาไวรัส|มอก\.|ม\.|ป\.)\s?-?\s?$")
_METRIC = re.compile(r"(?:kg|km|mw|mg|gb|mb|cm|mm|kw|ml)\b", re.IGNORECASE)
_SERIAL_KEY = any_of(SERIAL_WORDS)
_SERIAL = re.compile(
    rf"(?P<key>{_SERIAL_KEY})\s?ที่\s?(?P<number>\d{{1,4}}(?:\s?/\s?\d{{2,4}})?)(?:\s?-\s?(?P<last>\d{{1,4}}(?:/\d{{2,4}})?)(?![\d,]))?(?![\d,]*,\d|\.\d)"
)
_SERIAL_BARE = re.compile(
    r"(?P<key>รุ่น|งวด|ไตรมาส|มาตรา|หมายเลข|เฟส|มหามงคลสมัย|ครั้ง|สาย|นัด)\s?(?P<number>\d{1,4}(?:\s?/\s?\d{2,4})?)(?:\s?-\s?(?P<last>\d{1,4}(?:/\d{2,4})?)(?![\d,]))?(?![\d,]*,\d|\.\d)"
)
# ทล.1, ทางหลวงหมายเลข 1 and ทางหลวงแผ่นดินหมายเลข 1 are one road; ทางหลวง 3 สาย is none.
_ROAD = re.compile(
    r"(?P<key>(?<![ก-๙])ทล\.|(?<![ก-๙])ทช\.|ทางหลวง(?:แผ่นดิน|ชนบท|พิเศษ)?)\s?(?:หมายเลข\s?)?(?P<number>\d{1,4})"
    rf"(?![\d,]*,\d|\d|\.\d|\s?(?:{_UNIT}))"
)
_SERIAL_DAY = re.compile(r"\b(?P<key>Day|day|DAY|No\.|no\.|Phase|EP\.?)\s?(?P<number>\d{1,4})\b")


def find_serials(text: str, taken: bytearray) -> list[tuple[int, int, str]]:
    """Serials in ``text`` (Arabic digits) as (start, end, "ครั้ง 8/2564"); a year of two digits in them becomes four."""
    found: list[tuple[int, int, str]] = []
    for pattern in (_ROAD, _SERIAL, _SERIAL_BARE, _SERIAL_DAY):
        for match in pattern.finditer(text):
            if taken.find(1, match.start(), match.end()) >= 0:
                continue
            key = SERIAL_WORDS.get(match["key"], match["key"].rstrip(".").lower())
            if pattern is _ROAD:
                key = "หมายเลข"
            if key in {"วัน", "เดือน", "ปี"} and int(match["number"].split("/")[0]) > 31 and key != "วัน":
                continue
            number = re.sub(r"\s", "", match["number"])
            if "/" in number:
                head, year = number.split("/")
                number = f"{int(head)}/{2500 + int(year) if len(year) == 2 else int(year)}"
            else:
                number = str(int(number))
            last = match.groupdict().get("last")
            found.append((match.start(), match.end(), f"{key} {number}" + (f"-{last}" if last else "")))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return sorted(found)


def _value(digits: str, multiplier: str | None, percent: bool) -> str:
    number = Decimal(digits.replace(",", ""))
    if multiplier:
        number *= MULTIPLIERS[multiplier]
    plain = f"{number.normalize():f}"
    return plain + "%" if percent else plain


def find_numbers(text: str, taken: bytearray) -> list[tuple[int, int, str]]:
    """Numbers in ``text`` (Arabic digits) outside ``taken``, as (start, end, value).

    The span holds the unit word, the value does not (46391, 12000000000, 60% for ร้อยละ 60), so that a
    paraphrase that drops the unit still has the same value. A telephone number is one value
    (``tel:021234567``). Left out: the numbers of a list's items, digits in links and those that belong to a
    name (COVID-19, G20).
    """
    found: list[tuple[int, int, str]] = []
    for match in _PHONE.finditer(text):
        start, end = match.span("hot") if match["hot"] else match.span("plain")
        if taken.find(1, start, end) < 0:
            found.append((start, end, "tel:" + re.sub(r"\D", "", text[start:end])))
            taken[start:end] = b"\1" * (end - start)
    for match in _ENUMERATOR.finditer(text):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _RUN.finditer(text):
        if match.end() - match.start() > 5 and _LINK.match(match.group()):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    done = 0
    for run in _START.finditer(text):
        at = run.start()
        if at < done or taken.find(1, at, run.end()) >= 0 or _NOT_BEFORE.match(text[at - 1 : at]):
            continue
        number = _NUMBER.match(text, at)
        if number is None:
            continue
        start, end = number.span("digits")
        done = end
        if _GLUED.search(text[max(0, start - 12) : start]) and not number["unit"]:
            continue
        if _LATIN_TAIL.match(text, number.end()) and not _METRIC.match(text, number.end()):
            continue
        percent_word = _PERCENT.search(text[max(0, start - 7) : start])
        first = start - len(percent_word.group()) if percent_word else start
        unit = (number["unit"] or "").strip()
        percent = percent_word is not None or unit in {"%", "เปอร์เซ็นต์", "เปอร์เซนต์"}
        found.append((first, number.end(), _value(number["digits"], number["multiplier"], percent)))
    return sorted(found)
