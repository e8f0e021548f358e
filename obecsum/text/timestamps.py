"""Dates as fields and lines give them, read or left: :func:`parse_date`.

What is written decides, never the clock: a text that lacks a day, a month or a year is no date here. Dates inside
prose are found by :mod:`obecsum.text.dates`, which shares :func:`full_year`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from obecsum.text.argument import text_argument
from obecsum.text.lexicon.tables import MONTHS

__all__ = ["BANGKOK", "full_year", "has_two_orders", "is_month_first", "order_key", "parse_date"]

BANGKOK = timezone(timedelta(hours=7))  # no summer time since 1920; who names no zone means this one
_MAX_DATE_CHARS = 100
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_ENGLISH = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_NUMBERS = {
    **{name.replace(".", ""): number for name, number in MONTHS.items()},
    **{name: number for number, name in enumerate(_ENGLISH, 1)},
    **{name[:3]: number for number, name in enumerate(_ENGLISH, 1)},
    "sept": 9,
}
_SHORT = tuple(name.strip(".").split(".") for name in MONTHS if name.endswith("."))
# Stops within and behind an abbreviation may be missing or apart: ก.ค., กค, ก. ค.
_MONTH = "|".join(
    [
        *(
            re.escape(name) + r"\.?"
            for name in sorted(_NUMBERS, key=len, reverse=True)
            if len(name) > 3 or name.isascii()
        ),
        *(r"\.?\s?".join(map(re.escape, parts)) + r"\.?" for parts in _SHORT),
    ]
)
_DAY_NAMES = (
    "จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์|พฤ|จ|อา|อ|พ|ศ|ส"
    "|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs?|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_LEAD = (
    r"(?:(?:เผยแพร่|โพสต์|ประกาศ|ข่าว|อัปเดต|อัพเดท|แก้ไข(?:ล่าสุด)?|updated|published|posted|date)\s?"
    r"(?:เมื่อ|on|at)?\s?:?\s?|ณ\s?|ประจำ\s?|เมื่อ\s?)?"
    rf"(?:(?:วัน\s?)?(?:{_DAY_NAMES})(?![ก-๙a-z])(?<!\sที่)[.,\s]*|วัน(?:{_DAY_NAMES})(?=\s?ที่)\s?)?"
    r"(?:(?:วัน\s?)?ที่\s?:?\s?)?"
)
_ERA = r"(?P<era>พ\.?\s?ศ\.?|พุทธศักราช|ค\.?\s?ศ\.?|คริสต์?ศักราช|ปี)?\s?"
_ERA_BEHIND = r"(?:\s?(?P<era_behind>b\.?e\.?|a\.?d\.?|c\.?e\.?)(?![a-z]))?"
_YEAR = r"(?P<year>\d{4}|\d{2})(?!\d)"
_FULL_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?!\d)"
# With stops the year must be full: 10.15.30 is a time.
_GAP = r"(?:\s?[-–/.,]\s?|\s)?"
_DATES = tuple(
    re.compile(rf"{_LEAD}{form}")
    for form in (
        rf"{_DAY}(?:st|nd|rd|th)?(?:\sof)?{_GAP}(?:เดือน\s?)?(?P<month>{_MONTH}){_GAP}{_ERA}{_YEAR}{_ERA_BEHIND}",
        rf"(?:เดือน\s?)?(?P<month>{_MONTH}){_GAP}{_DAY}(?:st|nd|rd|th)?(?!:){_GAP}{_ERA}{_YEAR}(?!:){_ERA_BEHIND}",
        rf"{_ERA}{_FULL_YEAR}{_GAP}(?P<month>{_MONTH}){_GAP}{_DAY}",
        rf"(?P<first>\d{{1,2}})\s?(?P<sep>[-/.–])\s?(?P<second>\d{{1,2}})\s?(?P=sep)\s?{_YEAR}(?<!\.\d\d)",
        rf"{_FULL_YEAR}(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep){_DAY}",
        rf"{_FULL_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?=$|[t\s]\d|\d{{4}}(?:\d\d)?(?!\d))",
        rf"{_FULL_YEAR}-w(?P<week>\d\d)-(?P<weekday>[1-7])(?!\d)",
        rf"{_FULL_YEAR}-(?P<ordinal>\d{{3}})(?!\d)",
        # As C's asctime and Unix's date write it: the time stands before the year.
        rf"(?P<month>{_MONTH})\s{_DAY}\s(?P<clock>\d\d?:\d\d(?::\d\d)?)\s(?P<zone>[a-z]{{1,5}}\s)?{_FULL_YEAR}(?!\d)",
    )
)
_TIME = re.compile(
    r"(?:เวลา|at|เมื่อ)?\s?:?\s?(?:(?P<hour>\d{1,2})(?:\s?[:.]\s?(?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?)"
    r"|(?P<hour4>\d\d)(?P<minute4>\d\d)(?P<second4>\d\d)?(?!\d)|(?P<hour1>\d{1,2})(?=\s?(?:[ap]\.?m|น|นาฬิกา|ก่อนเที่ยง|หลังเที่ยง)))"
    r"(?:\s?(?P<half>[ap]\.?m\.?|ก่อนเที่ยง|หลังเที่ยง)(?![a-z]))?(?:\s?(?:น\.|น(?![ก-๙])|นาฬิกา|hrs?\.?(?![a-z])))?"
)
_TIME_GAP = re.compile(r"\s?(?:t(?=\d)|[,|\-–@]|(?<=\d)/(?=\s))?\s?")
_ZONE = re.compile(
    r"\s?(?:(?P<name>[a-z]{1,4})(?![a-z]))?\s?(?P<offset>[+-]\d{1,2}(?::?\d\d)?(?!\d))?(?:\s?\([^()]*\)|\[[a-z_/]*\])?\s?"
)
_PLACE = re.compile(r"\s?\[?asia/bangkok\]?")
_ZONES = {
    **dict.fromkeys(("z", "utc", "gmt", "ut"), 0.0),
    "ict": 7.0, "wib": 7.0, "sgt": 8.0, "hkt": 8.0, "myt": 8.0, "jst": 9.0, "kst": 9.0, "cet": 1.0, "cest": 2.0,
    "est": -5.0, "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0,
}  # fmt: skip
_MAX_OFFSET_HOURS = 14
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?(Z|[+-]\d\d:\d\d)?)?")
_EPOCH = re.compile(r"(?P<seconds>\d{10})(?P<milliseconds>\d{3})?(?:\.(?P<part>\d{1,9}))?")
_SLASHED = re.compile(r"(?:.*[^\d/.-])?(\d{1,2})\s?([-/.–])\s?(\d{1,2})\s?\2\s?(?:\d{4}|\d{2})(?!\d)")
_BUDDHIST_OFFSET = 543
_BUDDHIST_ERAS = ("พ", "b")
_FIRST_SHORT_BUDDHIST_YEAR = 43  # 43 to 99: 2543 to 2599 of the Buddhist era; below: 2000 to 2042


def full_year(digits: str, *, era: str = "") -> int | None:
    """The common-era year of two or four digits.

    Args:
        digits: 43 to 99 are 2543 to 2599 of the Buddhist era, 00 to 42 are 2000 to 2042; of four digits 2400 to 2699
            are Buddhist, so a year 20xx never is.
        era: What stands before it, if it says: พ.ศ., พุทธศักราช, ค.ศ., คริสต์ศักราช, BE, AD.

    Returns:
        None where it is no likely year (1800 to 2199), or none of its era.

    >>> full_year("67"), full_year("2567"), full_year("2024"), full_year("24"), full_year("2067", era="พ.ศ.")
    (2024, 2024, 2024, 2024, None)
    """
    number = int(digits)
    is_buddhist = era.startswith(_BUDDHIST_ERAS) and not era.startswith("ปี")
    is_common = bool(era) and not is_buddhist and era != "ปี"
    if len(digits) == 2:
        if is_common:
            number += 2000
        else:
            number += 2500 if is_buddhist or number >= _FIRST_SHORT_BUDDHIST_YEAR else 2000
    elif len(digits) != 4:
        return None
    if 2400 <= number <= 2699:
        return None if is_common else number - _BUDDHIST_OFFSET
    return number if 1800 <= number <= 2199 and not is_buddhist else None


def parse_date(text: str, *, month_first: bool = False) -> str | None:
    """The date that a text is, in ISO 8601.

    ISO 8601 (weeks and days of the year too), RFC 822, day/month/year and year/month/day in either era, Thai and
    English months in full and short in any order, times with น., AM, PM, ก่อนเที่ยง and หลังเที่ยง, Unix epochs in seconds
    (ten digits) and milliseconds (13). Weekdays, "วันที่" and the like may stand before; they are not checked.

    Args:
        text: The whole of it must be a date; at most 100 characters.
        month_first: Whether 7/6/2024 is of July. A number above 12 is the day in either case.

    Returns:
        "2024-07-15", or "2024-07-15T09:30+07:00" with a time (seconds where they are not 0; Asia/Bangkok where no zone
        is given). None where a day, month or year is missing, or there is no such day: nothing is made up.

    >>> parse_date("วันจันทร์ที่ 15 กรกฎาคม 2567"), parse_date("15 ก.ค. 67 เวลา 09.30 น.")
    ('2024-07-15', '2024-07-15T09:30+07:00')
    >>> parse_date("Mon, 15 Jul 2024 02:30:00 GMT"), parse_date("1719802200")
    ('2024-07-15T02:30+00:00', '2024-07-01T09:50+07:00')
    >>> parse_date("กรกฎาคม 2567") is parse_date("วันนี้") is parse_date("31/2/2567") is None
    True
    """
    text = text_argument(text)
    return _parse(text, month_first) if len(text) <= _MAX_DATE_CHARS else None


def is_month_first(text: str) -> bool | None:
    """Whether a date of numbers alone names its month first; None where it does not tell.

    >>> is_month_first("7/15/2567"), is_month_first("15/7/2567"), is_month_first("7/6/2567")
    (True, False, None)
    """
    match = _SLASHED.match(text.translate(_DIGITS)) if len(text) <= _MAX_DATE_CHARS else None
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if 1 <= first <= 12 < second <= 31:
        return True
    return False if 1 <= second <= 12 < first <= 31 else None


@lru_cache(maxsize=8192)
def has_two_orders(text: str) -> bool:
    """Whether a date of numbers alone is another day with its month first.

    >>> has_two_orders("7/6/2567"), has_two_orders("7/7/2567"), has_two_orders("2024-07-06")
    (True, False, False)
    """
    match = _SLASHED.match(text.translate(_DIGITS)) if len(text) <= _MAX_DATE_CHARS else None
    return (
        match is not None and 1 <= int(match[1]) <= 12 and 1 <= int(match[3]) <= 12 and int(match[1]) != int(match[3])
    )


@lru_cache(maxsize=8192)
def order_key(published: str | None) -> str:
    """What dates are ordered by: the moment in Thailand; a day without a time comes before its times, None first.

    >>> sorted(["2024-07-15T02:00+00:00", "2024-07-15T08:00+07:00", "2024-07-15"], key=order_key)
    ['2024-07-15', '2024-07-15T08:00+07:00', '2024-07-15T02:00+00:00']
    """
    if published is None:
        return ""
    if len(published) == 10 or published.endswith("+07:00"):
        return published
    try:
        return _written(datetime.fromisoformat(published).astimezone(BANGKOK))
    except (ValueError, OverflowError):  # of an index that an earlier version wrote, or at the ends of the calendar
        return published


@lru_cache(maxsize=8192)  # the releases of a day stand together
def _parse(text: str, month_first: bool) -> str | None:
    if match := _ISO.fullmatch(text):  # most feeds
        return _iso(match)
    from obecsum.text.normalize import normalize  # numpy, which a command that only shows its help does not need

    plain = " ".join(normalize(text).translate(_DIGITS).casefold().split())
    if match := _EPOCH.fullmatch(plain):
        return _epoch(match)
    found: set[str] = set()
    for pattern in _DATES:
        match = pattern.match(plain)
        if match is None:
            continue
        day = _day(match, month_first)
        if day is None:
            continue
        parts = match.groupdict()
        if clock := parts.get("clock"):
            rest = f" {clock} {parts['zone'] or ''}{plain[match.end() :]}"
        else:
            rest = plain[match.end() :]
        if (value := _with_time(day, rest)) is not None:
            found.add(value)
    if not found:
        return _time_first(plain, month_first)
    return found.pop() if len(found) == 1 else None


def _iso(match: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second, part, zone = match.groups()
    number = full_year(year)
    if number is None:
        return None
    try:
        if hour is None:
            return date(number, int(month), int(day)).isoformat()
        if number == int(year):
            moment = datetime.fromisoformat(match[0])
            return _written(moment if moment.tzinfo is not None else moment.replace(tzinfo=BANGKOK))
    except ValueError:  # no such day; or 24:00 and second 60, which datetime does not have
        pass
    try:
        whole = date(number, int(month), int(day))
    except ValueError:
        return None
    if hour is None:
        return None
    return _at(whole, int(hour), int(minute), int(second or 0), part, (zone or "").lower() or None)


def _epoch(match: re.Match[str]) -> str | None:
    """An epoch, save for ten digits that are a day and an hour as well (2024071509): which of them, nobody can tell."""
    seconds = int(match["seconds"])
    if match["milliseconds"] is None and match["part"] is None and match[0][:4] >= "2000":
        try:
            datetime.strptime(match[0], "%Y%m%d%H")
            return None
        except ValueError:
            pass
    moment = datetime.fromtimestamp(seconds, UTC) + timedelta(milliseconds=int(match["milliseconds"] or 0))
    return _written(moment.astimezone(BANGKOK)) if 2001 <= moment.year < 2200 else None


def _day(match: re.Match[str], month_first: bool) -> date | None:
    parts = match.groupdict()
    year = full_year(parts["year"], era=parts.get("era") or parts.get("era_behind") or "")
    if year is None:
        return None
    try:
        if parts.get("week"):
            return date.fromisocalendar(year, int(parts["week"]), int(parts["weekday"]))
        if parts.get("ordinal"):
            found = date(year, 1, 1) + timedelta(days=int(parts["ordinal"]) - 1)
            return found if found.year == year and parts["ordinal"] != "000" else None
        if parts.get("first"):
            day, month = int(parts["first"]), int(parts["second"])
            if month > 12 or (month_first and day <= 12):
                day, month = month, day
            return date(year, month, day)
        month_text = parts["month"]
        month = int(month_text) if month_text.isdigit() else _NUMBERS[re.sub(r"[.\s]", "", month_text)]
        return date(year, month, int(parts["day"]))
    except (ValueError, OverflowError):  # 31/2, week 54
        return None


def _with_time(day: date, rest: str) -> str | None:
    """The date with the time in what follows it; None where that is no time."""
    if not rest.strip(" .,"):
        return day.isoformat()
    gap = _TIME_GAP.match(rest)
    assert gap is not None
    match = _TIME.match(rest, gap.end())
    if match is None:
        return None
    return _timed(day, match, rest[match.end() :])


def _timed(day: date, match: re.Match[str], rest: str) -> str | None:
    hour = int(match["hour"] or match["hour4"] or match["hour1"])
    minute, second = int(match["minute"] or match["minute4"] or 0), int(match["second"] or match["second4"] or 0)
    if half := match["half"]:
        if half[0] in "pห":
            hour += 12 if hour < 12 else 0
        elif hour == 12:
            hour = 0
        elif hour > 12:
            return None
    return _at(day, hour, minute, second, match["part"], rest)


def _at(day: date, hour: int, minute: int, second: int, part: str | None, zone_text: str | None) -> str | None:
    zone: timezone | None = BANGKOK
    if zone_text and not _PLACE.fullmatch(zone_text):
        zone = _zone(zone_text)
    if zone is None or hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        return None
    micro = int((part or "0")[:6].ljust(6, "0"))
    try:
        moment = datetime(day.year, day.month, day.day, hour % 24, minute, min(second, 59), micro, tzinfo=zone)
        return _written(moment + timedelta(days=hour // 24))  # 24:00 is the next day's 0:00
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone | None:
    match = _ZONE.fullmatch(text.rstrip(".,"))
    if match is None:
        return None
    hours = 0.0
    if name := match["name"]:
        if name not in _ZONES or (match["offset"] and name not in ("utc", "gmt", "z")):
            return None
        hours = _ZONES[name]
    elif not match["offset"]:
        return BANGKOK
    if offset := match["offset"]:
        digits = offset[1:].replace(":", "")
        whole, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        if int(whole) > _MAX_OFFSET_HOURS or int(minutes) > 59:
            return None
        hours = (int(whole) + int(minutes) / 60) * (-1 if offset[0] == "-" else 1)
    return timezone(timedelta(minutes=round(60 * hours)))


def _time_first(plain: str, month_first: bool) -> str | None:
    """A date behind its time: 09:30 น. 15 ก.ค. 2567."""
    match = _TIME.match(plain)
    if match is None or match["hour4"] or match["hour1"]:
        return None
    gap = _TIME_GAP.match(plain, match.end())
    assert gap is not None
    rest = plain[gap.end() :]
    found = set()
    for pattern in _DATES[:5]:
        if (whole := pattern.fullmatch(rest)) and (day := _day(whole, month_first)) is not None:
            found.add(_timed(day, match, ""))
    return found.pop() if len(found) == 1 else None


def _written(moment: datetime) -> str:
    if moment.microsecond:
        return moment.isoformat()
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")
