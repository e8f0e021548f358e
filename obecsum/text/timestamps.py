"""Dates as feeds write them, made ISO 8601: Buddhist years, Thai months and digits, RFC 822."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

__all__ = ["iso_date"]

_BUDDHIST_OFFSET = 543
_MAX_DATE_CHARS = 100
_FIRST_BUDDHIST_YEAR = 2400  # later than any Gregorian year that a feed holds, earlier than any Buddhist one
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_MONTHS = (
    ("มกราคม", "ม.ค."),
    ("กุมภาพันธ์", "ก.พ."),
    ("มีนาคม", "มี.ค."),
    ("เมษายน", "เม.ย."),
    ("พฤษภาคม", "พ.ค."),
    ("มิถุนายน", "มิ.ย."),
    ("กรกฎาคม", "ก.ค."),
    ("สิงหาคม", "ส.ค."),
    ("กันยายน", "ก.ย."),
    ("ตุลาคม", "ต.ค."),
    ("พฤศจิกายน", "พ.ย."),
    ("ธันวาคม", "ธ.ค."),
)
_MONTH_NUMBERS = {name.replace(".", ""): number for number, names in enumerate(_MONTHS, 1) for name in names}
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?")
_SLASHES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\s+(\d{1,2})[:.](\d\d)(?::(\d\d))?)?(?:\s*น\.?)?")
_THAI = re.compile(
    r"(?:วัน[ก-์]+\s*)?(?:ที่\s*)?(\d{1,2})\s*([ก-์.]+?)\s*(?:พ\.?ศ\.?|ค\.?ศ\.?)?\s*(\d{4}|\d{2})"
    r"(?:\s*(?:เวลา\s*)?(\d{1,2})[:.](\d\d)(?::(\d\d))?)?(?:\s*น\.?)?"
)


def iso_date(text: str) -> str | None:
    """The date of a feed's field in ISO 8601.

    Args:
        text: ISO 8601 (returned as it is), day/month/year, a Thai date ("1 กรกฎาคม 2567", "๑ ก.ค. ๖๗") or RFC 822. A
            year after 2400 counts as Buddhist and loses 543. A two-digit year of a Thai date is Buddhist.

    Returns:
        ``YYYY-MM-DD``, or ``YYYY-MM-DDTHH:MM:SS`` with a time; None where the text is no such date.

    >>> iso_date("วันจันทร์ที่ 1 กรกฎาคม 2567")
    '2024-07-01'
    >>> iso_date("Mon, 01 Jul 2024 09:30:00 +0700")
    '2024-07-01T09:30:00+07:00'
    """
    return _iso_date(text) if len(text) <= _MAX_DATE_CHARS else None


@lru_cache(maxsize=4096)  # the releases of a day stand together
def _iso_date(text: str) -> str | None:
    plain = text.strip().translate(_DIGITS)
    if match := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in match.groups())
        gregorian = _gregorian(year)
        if _build(gregorian, month, day) is None:
            return None
        return plain if gregorian == year else f"{gregorian:04d}{plain[4:]}"
    if match := _SLASHES.fullmatch(plain):
        day, month, year = (int(part) for part in match.groups()[:3])
        return _build(_gregorian(year), month, day, *match.groups()[3:])
    if match := _THAI.fullmatch(plain):
        number = _MONTH_NUMBERS.get(match[2].replace(".", ""))
        if number is None:
            return None
        year = int(match[3]) + (2500 if len(match[3]) == 2 else 0)
        return _build(_gregorian(year), number, int(match[1]), *match.groups()[3:])
    return _rfc_822(plain)


def _gregorian(year: int) -> int:
    return year - _BUDDHIST_OFFSET if year >= _FIRST_BUDDHIST_YEAR else year


def _build(
    year: int, month: int, day: int, hour: str | None = None, minute: str | None = None, second: str | None = None
) -> str | None:
    try:
        if hour is None or minute is None:
            return date(year, month, day).isoformat()
        return datetime(year, month, day, int(hour), int(minute), int(second or 0)).isoformat()
    except ValueError:  # 31/2, 25:00
        return None


def _rfc_822(text: str) -> str | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    year = _gregorian(moment.year)
    return moment.replace(year=year).isoformat() if year > 0 else None
