"""Numbers with their unit word, and serials (ครั้งที่ 8/2564, รุ่นที่ 60), as normalized values."""

from __future__ import annotations

import re
from decimal import Decimal
from string import ascii_letters

from obecsum.text.lexicon.patterns import any_of
from obecsum.text.lexicon.starts import digit_runs
from obecsum.text.lexicon.tables import MULTIPLIERS, SERIAL_WORDS, UNITS

__all__ = ["find_numbers", "find_serials"]

_UNIT = any_of(UNITS)
_MULTIPLIER = any_of(MULTIPLIERS)
_PERCENT = re.compile(r"ร้อยละ\s?$")
_NUMBER = re.compile(
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:\s?(?P<multiplier>{_MULTIPLIER})(?!ธุ์))?(?P<unit>\s?(?:%|เปอร์เซ็นต์|เปอร์เซนต์|{_UNIT}))?"
)
_ENUMERATOR = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)](?=\s*[^\d\s])")
_BEFORE_ENUMERATOR = re.compile(r"(?:^|\s)(?:\(\s?)?$")
_PHONE_LEAD = re.compile(r"(?:โทรศัพท์|โทรสาร|โทร|แฟกซ์|Call Center|call center|สายด่วน)\s?\.?\s?:?\s?(?:หมายเลข\s?)?$")
_PHONE_LEAD_CHARS = 28
_HOTLINE = re.compile(r"\d[\d\s-]{2,}\d")
# 9 digits from 02 to 07, 10 from 06, 08 and 09 on, however they are grouped.
_PHONE = re.compile(
    r"(?:0[\s-]?[2-57](?:[\s-]?\d){7}|0[689](?:[\s-]?\d){8}|0[\s-]?\d{1,4}[\s-]\d{3,4}(?:[\s-]\d{3,4})?)(?![\d,])"
)
_RUN = re.compile(r"[A-Za-z0-9][\w.@:/?=&%~+-]*", re.ASCII)
_LINK = re.compile(r"https?:|www\.|[^@]+@[^@]+\.|[\w.-]+\.(?:com|net|org|th|me|ee|ly|gl)(?:/|$)", re.ASCII)
_GLUED = re.compile(r"(?:[A-Za-z]+|โควิด|โคโรนา|โคโรนาไวรัส|มอก\.|ม\.|ป\.)\s?-?\s?$")
_METRIC = re.compile(r"(?:kg|km|mw|mg|gb|mb|cm|mm|kw|ml)\b", re.IGNORECASE)
# Before a number: what makes it a serial. ทล.1, ทางหลวงหมายเลข 1 and ทางหลวงแผ่นดินหมายเลข 1 are one road.
_ROAD_KEY = re.compile(r"(?P<key>(?<![ก-๙])ทล\.|(?<![ก-๙])ทช\.|ทางหลวง(?:แผ่นดิน|ชนบท|พิเศษ)?)\s?(?:หมายเลข\s?)?$")
_SERIAL_KEY = re.compile(rf"(?P<key>{any_of(SERIAL_WORDS)})\s?ที่\s?$")
_BARE_KEY = re.compile(r"(?P<key>รุ่น|งวด|ไตรมาส|มาตรา|หมายเลข|เฟส|มหามงคลสมัย|ครั้ง|สาย|นัด)\s?$")
_DAY_KEY = re.compile(r"\b(?P<key>[Dd]ay|DAY|[Nn]o\.|[Pp]hase|E[Pp]\.?|ep\.?)\s?$")
_KEY_CHARS = 26
_ROAD_NUMBER = re.compile(rf"(?P<number>\d{{1,4}})(?![\d,]*,\d|\d|\.\d|\s?(?:{_UNIT}))")
_SERIAL_NUMBER = re.compile(
    r"(?P<number>\d{1,4}(?:\s?/\s?\d{2,4})?)(?:\s?-\s?(?P<last>\d{1,4}(?:/\d{2,4})?)(?![\d,]))?(?![\d,]*,\d|\.\d)"
)
_DAY_NUMBER = re.compile(r"(?P<number>\d{1,3})\b")
# Each with what its key ends with, white space aside: an expression is tried only behind that.
_SERIAL_RULES = (
    (_ROAD_KEY, _ROAD_NUMBER, ("ทล.", "ทช.", "ทางหลวง", "แผ่นดิน", "ชนบท", "พิเศษ", "หมายเลข")),
    (_SERIAL_KEY, _SERIAL_NUMBER, ("ที่",)),
    (
        _BARE_KEY,
        _SERIAL_NUMBER,
        ("รุ่น", "งวด", "ไตรมาส", "มาตรา", "หมายเลข", "เฟส", "มหามงคลสมัย", "ครั้ง", "สาย", "นัด"),
    ),
    (_DAY_KEY, _DAY_NUMBER, ("ay", "AY", "o.", "hase", "P", "P.", "p", "p.")),
)
_KEY_ENDS = frozenset(end[-1] for *_, ends in _SERIAL_RULES for end in ends)
_PHONE_LEAD_ENDS = frozenset("์รนขr.:")
_GLUED_ENDS = frozenset("ดาส.-")
_ENUMERATOR_ENDS = frozenset(".)")
_NO_NUMBER_BEFORE = frozenset(".,:/_@" + ascii_letters + "0123456789")
_LETTERS = frozenset(ascii_letters)
_MAYBE_LINK = re.compile(r"https?:|www\.|@|\.(?:com|net|org|th|me|ee|ly|gl)", re.ASCII)
_MOST_EXACT_CHARS = 28  # what Decimal does not round


def find_serials(text: str, taken: bytearray) -> list[tuple[int, int, str]]:
    """Serials in ``text`` (Arabic digits) as (start, end, "ครั้ง 8/2564"); a year of two digits in them becomes four."""
    found: list[tuple[int, int, str]] = []
    runs = [run for run in digit_runs(text) if run.before in _KEY_ENDS and not taken[run.at]]
    for key_rule, number_rule, ends in _SERIAL_RULES:
        for run in runs:
            at = run.at
            if taken[at] or not text.endswith(ends, 0, run.before_end):
                continue
            led = key_rule.search(text, max(0, at - _KEY_CHARS), at)
            match = number_rule.match(text, at) if led else None
            if led is None or match is None or taken.find(1, led.start(), match.end()) >= 0:
                continue
            key = SERIAL_WORDS.get(led["key"], led["key"].rstrip(".").lower())
            if key_rule is _ROAD_KEY:
                key = "หมายเลข"
            elif key == "หมายเลข" and _PHONE.match(text, at):
                continue
            if key in {"เดือน", "ปี"} and int(match["number"].split("/")[0]) > 31:
                continue
            number = re.sub(r"\s", "", match["number"])
            if "/" in number:
                head, year = number.split("/")
                number = f"{int(head)}/{2500 + int(year) if len(year) == 2 else int(year)}"
            else:
                number = str(int(number))
            last = match.groupdict().get("last")
            found.append((led.start(), match.end(), f"{key} {number}" + (f"-{last}" if last else "")))
            taken[led.start() : match.end()] = b"\1" * (match.end() - led.start())
    return sorted(found)


def _value(digits: str, multiplier: str | None, percent: bool) -> str:
    digits = digits.replace(",", "")
    if not multiplier and len(digits) <= _MOST_EXACT_CHARS and digits.isascii():
        whole, _, part = digits.partition(".")
        part = part.rstrip("0")
        plain = (whole.lstrip("0") or "0") + ("." + part if part else "")
    else:
        number = Decimal(digits) * (MULTIPLIERS[multiplier] if multiplier else 1)
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
    runs = digit_runs(text)
    for run in runs:
        at = run.at
        phone = None
        if run.before in _PHONE_LEAD_ENDS and _PHONE_LEAD.search(text, max(0, at - _PHONE_LEAD_CHARS), at):
            phone = _HOTLINE.match(text, at)
        if phone is None and text[at] == "0" and text[at - 1 : at] not in (",", "."):
            phone = _PHONE.match(text, at)
        if phone and taken.find(1, *phone.span()) < 0:
            start, end = phone.span()
            found.append((start, end, "tel:" + re.sub(r"\D", "", text[start:end])))
            taken[start:end] = b"\1" * (end - start)
    for run in runs:
        # What stands before is looked at first: an item begins behind white space, and not at each dot of 1.1.1.1.
        may_begin = run.after in _ENUMERATOR_ENDS and _BEFORE_ENUMERATOR.search(text, max(0, run.at - 3), run.at)
        item = _ENUMERATOR.match(text, run.at) if may_begin else None
        if item:
            taken[run.at : item.end()] = b"\1" * (item.end() - run.at)
    for match in _RUN.finditer(text) if _MAYBE_LINK.search(text) else ():
        if match.end() - match.start() > 5 and _LINK.match(match.group()):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    done = 0
    for run in runs:
        at = run.at
        if at < done or taken.find(1, at, run.end) >= 0:
            continue
        before = text[at - 1 : at]
        if before in _NO_NUMBER_BEFORE or before.isdecimal():
            continue
        number = _NUMBER.match(text, at)
        if number is None:
            continue
        start, end = number.span("digits")
        done = end
        glued = not number["unit"] and (run.before in _GLUED_ENDS or run.before in _LETTERS)
        if glued and _GLUED.search(text[max(0, start - 12) : start]):
            continue
        behind = number.end()
        if text[behind : behind + 1] in _LETTERS and not _METRIC.match(text, behind):
            continue
        percent_word = _PERCENT.search(text[max(0, start - 7) : start]) if run.before == "ะ" else None
        first = start - len(percent_word.group()) if percent_word else start
        unit = (number["unit"] or "").strip()
        percent = percent_word is not None or unit in {"%", "เปอร์เซ็นต์", "เปอร์เซนต์"}
        found.append((first, number.end(), _value(number["digits"], number["multiplier"], percent)))
        taken[first : number.end()] = b"\1" * (number.end() - first)
    return sorted(found)
