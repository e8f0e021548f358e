"""Numbers with their unit word, and serials (ครั้งที่ 8/2564, รุ่นที่ 60), as normalized values."""

from __future__ import annotations

import re
from decimal import Decimal

from obecsum.thai.tables import MULTIPLIERS, SERIAL_WORDS, UNITS

__all__ = ["find_numbers", "find_serials"]

_UNIT = "|".join(re.escape(unit) for unit in UNITS)
_MULTIPLIER = "|".join(MULTIPLIERS)
_NUMBER = re.compile(
    rf"(?P<percent>ร้อยละ\s?)?(?<![\d.,:/A-Za-z_@])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:\s?(?P<multiplier>{_MULTIPLIER})(?!ธุ์))?(?P<unit>\s?(?:%|เปอร์เซ็นต์|เปอร์เซนต์|{_UNIT}))?"
)
_ENUMERATOR = re.compile(r"(?:(?<=\s)|^)(?:\(\s?)?\d{1,2}(?:\.\d{1,2})*[.)](?=\s*[^\d\s])", re.MULTILINE)
_PHONE = re.compile(
    r"(?:(?:โทรศัพท์|โทรสาร|โทร|แฟกซ์|Call Center|สายด่วน)\s?\.?\s?:?\s?)(?:หมายเลข\s?)?(?P<hot>\d[\d\s-]{2,}\d)|(?<![\d,.])(?P<plain>0[\s-]?\d{1,4}[\s-]\d{3,4}(?:[\s-]\d{3,4})?|0\d{8,9})(?![\d,])"
)
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|th|me|ee|ly|gl)(?:/\S*)?", re.ASCII
)
_LATIN_TAIL = re.compile(r"[A-Za-z]")
_GLUED = re.compile(r"(?:[A-Za-z]+|โควิด|โคโรนา|โคโรนาไวรัส|มอก\.|ม\.|ป\.)[\s-]?$")
_METRIC = re.compile(r"(?:kg|km|mw|mg|gb|mb|cm|mm|kw|ml)\b", re.IGNORECASE)
_SERIAL_KEY = "|".join(sorted(SERIAL_WORDS, key=len, reverse=True))
_SERIAL = re.compile(
    rf"(?P<key>{_SERIAL_KEY})\s?ที่\s?(?P<number>\d{{1,4}}(?:\s?/\s?\d{{2,4}})?)(?:\s?-\s?(?P<last>\d{{1,4}}(?:/\d{{2,4}})?)(?![\d,]))?(?![\d,]*,\d|\.\d)"
)
_SERIAL_BARE = re.compile(
    r"(?P<key>รุ่น|งวด|ไตรมาส|มาตรา|หมายเลข|เฟส|มหามงคลสมัย|ครั้ง|สาย|นัด)\s?(?P<number>\d{1,4}(?:\s?/\s?\d{2,4})?)(?:\s?-\s?(?P<last>\d{1,4}(?:/\d{2,4})?)(?![\d,]))?(?![\d,]*,\d|\.\d)"
)
_SERIAL_DAY = re.compile(r"\b(?P<key>Day|day|DAY|No\.|no\.|Phase|EP\.?)\s?(?P<number>\d{1,4})\b")


def find_serials(text: str, taken: bytearray) -> list[tuple[int, int, str]]:
    """Serials in ``text`` (Arabic digits) as (start, end, "ครั้ง 8/2564"); a year of two digits in them becomes four."""
    found: list[tuple[int, int, str]] = []
    for pattern in (_SERIAL, _SERIAL_BARE, _SERIAL_DAY):
        for match in pattern.finditer(text):
            if taken.find(1, match.start(), match.end()) >= 0:
                continue
            key = SERIAL_WORDS.get(match["key"], match["key"].rstrip(".").lower())
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

    The span holds the unit word, the value does not (46391, 12000000000, 60% for ร้อยละ 60), so that a paraphrase that drops
    the unit still has the same value. A telephone number is one value (``tel:021234567``). Left out: the numbers of a
    list's items, digits in links and those that belong to a name (COVID-19, G20).
    """
    found: list[tuple[int, int, str]] = []
    for match in _PHONE.finditer(text):
        start, end = match.span("hot") if match["hot"] else match.span("plain")
        if taken.find(1, start, end) < 0:
            found.append((start, end, "tel:" + re.sub(r"\D", "", text[start:end])))
            taken[start:end] = b"\1" * (end - start)
    for pattern in (_LINK, _ENUMERATOR):
        for match in pattern.finditer(text):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _NUMBER.finditer(text):
        start, end = match.span("digits")
        if taken.find(1, start, end) >= 0:
            continue
        if _GLUED.search(text[max(0, start - 12) : start]) and not match["unit"]:
            continue
        if _LATIN_TAIL.match(text, match.end()) and not _METRIC.match(text, match.end()):
            continue
        unit = (match["unit"] or "").strip()
        percent = bool(match["percent"]) or unit in {"%", "เปอร์เซ็นต์", "เปอร์เซนต์"}
        found.append((match.start(), match.end(), _value(match["digits"], match["multiplier"], percent)))
    return sorted(found)
