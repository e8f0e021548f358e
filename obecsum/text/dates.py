"""Dates and times of Thai text, in every form that releases write them, as ISO values in the common era."""

from __future__ import annotations

import re
from itertools import chain

from obecsum.text.lexicon.patterns import any_of
from obecsum.text.lexicon.starts import SPELLED_MONTHS, digit_runs, matches
from obecsum.text.lexicon.tables import FEASTS, MONTHS, UNITS
from obecsum.text.timestamps import full_year

__all__ = ["find_dates", "find_times"]

# Of the stems (ธันวา) and forms without the last stop (ธ.ค) the longest that fits wins.
_MONTH = any_of(MONTHS)
_NO_START = frozenset(".,:/")
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_TO = r"\s?(?:-|–|—|ถึงวันที่|ถึง|จนถึงวันที่|และ|,)\s?"
_ERA = r"(?:พ\.ศ\.?|พุทธศักราช|ค\.ศ\.?|คริสต์ศักราช)"
# After a month two digits are a year unless a counted thing follows (13 ธันวาคม 12 ราย).
_COUNTED = any_of(UNITS)
_YEAR = rf"(?:\s?(?:{_ERA}|ปี)?\s?(?P<year>\d{{4}}|\d{{2}}(?![\d:,]|\.\d|\s?(?:{_COUNTED})))(?!\d|,\d))"

_NAMED = re.compile(
    rf"(?P<day>{_DAY})(?:{_TO}(?P<day2>(?:0?[1-9]|[12]\d|3[01])(?!\d)))?\s?(?:เดือน)?\s?(?P<month>{_MONTH}){_YEAR}?"
)
_CROSSING = re.compile(
    rf"(?P<day>{_DAY})\s?(?P<month>{_MONTH})(?:\s?(?P<year1>\d{{4}}|\d{{2}}))?\s?(?:-|–|—|ถึงวันที่|ถึง|จนถึงวันที่)\s?"
    rf"(?:วันที่\s?)?(?P<day2>(?:0?[1-9]|[12]\d|3[01]))\s?(?P<month2>{_MONTH}){_YEAR}?"
)
_SLASHED = re.compile(
    r"(?<![\d/.])(?P<day>0?[1-9]|[12]\d|3[01])(?P<sep>[/.-])(?P<month>0?[1-9]|1[0-2])(?P=sep)(?P<year>\d{4}|\d{2})(?![\d/])"
)
_MONTH_LED = re.compile(rf"เดือน\s?(?P<month>{_MONTH}){_YEAR}?")
_OF_MONTH = "ประจำ"
_MONTH_YEAR = re.compile(rf"(?P<month>{any_of(SPELLED_MONTHS)})\s?(?:{_ERA}|ปี)?\s?(?P<year>\d{{4}})(?!\d)")
# A year after its word or a feast; a Latin name's edition (Thailand Day 2018) is one too, a virus's year is none.
_YEAR_LEAD = re.compile(
    rf"(?:{any_of(FEASTS)}|{_ERA}|ปีงบประมาณ\s?(?:{_ERA})?|ปีการศึกษา|ปีการผลิต|ปีบัญชี|ประจำปี|ปี\s?{_ERA}|ปี)\s?$"
    r"|(?<![A-Za-z])(?!(?i:covid|ncov|cov|disease)\s)[A-Za-z]{3,}\s$"
)
_YEAR_LEAD_CHARS = 24
_YEAR_LEAD_ENDS = frozenset(
    word[-1] for word in (*FEASTS, "พ.ศ.", "พ.ศ", "พุทธศักราช", "ปีการศึกษา", "ปีการผลิต", "ปีบัญชี", "ปีงบประมาณ", "ปี")
)
_YEAR_ONLY = re.compile(
    r"(?P<year>(?:19|20|24|25|26)\d{2})(?:\s?(?P<sep>[/-])\s?(?P<year2>(?:25|26|20)?\d{2}))?(?!\d|,\d)"
)
_YEAR_STARTS = frozenset({"19", "20", "24", "25", "26"})
_TIME = re.compile(
    r"(?P<h>[01]?\d|2[0-4])[.:](?P<m>[0-5]\d)(?:\s?น\.?)?(?:\s?(?:-|–|—|ถึง)\s?(?P<h2>[01]?\d|2[0-4])[.:](?P<m2>[0-5]\d))?\s?(?:น\.|น(?![ก-๙])|นาฬิกา)"
)
_TIME_LED = re.compile(
    r"เวลา\s?(?P<h>[01]?\d|2[0-4])[.:](?P<m>[0-5]\d)(?!\d)(?:\s?(?:-|–|—|ถึง)\s?(?P<h2>[01]?\d|2[0-4])[.:](?P<m2>[0-5]\d))?"
)

_FROM = "ตั้งแต่"
_HOUR_ENDS = frozenset(".:")
_SEPARATORS = frozenset("/.-")
# With what a name of a month, or a second day, may begin behind a day, white space aside.
_BEHIND_DAY = frozenset("-–—ถจแ,เ") | {month[0] for month in MONTHS}


def _iso(day: str | None, month: int | None, year: int | None) -> str:
    """ISO date with ``--`` for an unknown year: 2024-12-13, --12-13, 2024-12, --12, 2024."""
    parts = f"{year:04d}" if year is not None else "-"
    if month is not None:
        parts += f"-{month:02d}"
    if day is not None:
        parts += f"-{int(day):02d}"
    return parts


def find_dates(text: str, taken: bytearray) -> list[tuple[int, int, str]]:
    """Dates in ``text`` (Arabic digits), as (start, end, ISO value), ranges ``first/last``; marked in ``taken``."""
    found: list[tuple[int, int, str]] = []

    def add(start: int, end: int, value: str) -> None:
        found.append((start, end, value))
        taken[start:end] = b"\1" * (end - start)

    def free(start: int, end: int) -> bool:
        return taken.find(1, start, end) < 0

    runs = digit_runs(text)
    days = [run for run in runs if run.end - run.at < 3 and (not run.at or text[run.at - 1] not in _NO_START)]
    led_on = (run for run in days if run.after in _BEHIND_DAY or run.after.isspace())
    named = [match for match in (_NAMED.match(text, run.at) for run in led_on) if match]
    for match in filter(None, (_CROSSING.match(text, match.start()) for match in named)):
        year = full_year(match["year"]) if match["year"] else None
        first_year = full_year(match["year1"]) if match["year1"] else year
        first = _iso(match["day"], MONTHS[match["month"]], first_year)
        add(match.start(), match.end(), f"{first}/{_iso(match['day2'], MONTHS[match['month2']], year)}")
    for match in named:
        if free(match.start(), match.end()):
            year, month = full_year(match["year"]) if match["year"] else None, MONTHS[match["month"]]
            value = _iso(match["day"], month, year)
            if match["day2"]:
                value += "/" + _iso(match["day2"], month, year)
            add(match.start(), match.end(), value)
    for match in filter(None, (_SLASHED.match(text, run.at) for run in days if run.after in _SEPARATORS)):
        year = full_year(match["year"])
        if year is not None and free(match.start(), match.end()) and (match["sep"] == "/" or len(match["year"]) == 4):
            add(match.start(), match.end(), _iso(match["day"], int(match["month"]), year))
    for match in chain(_MONTH_LED.finditer(text), matches(_MONTH_YEAR, text, "month")):
        start = match.start()
        if text.endswith(_OF_MONTH, 0, start) and match.re is _MONTH_LED:
            start -= len(_OF_MONTH)
        if free(start, match.end()):
            year = full_year(match["year"]) if match["year"] else None
            add(start, match.end(), _iso(None, MONTHS[match["month"]], year))
    for run in runs:
        at = run.at
        if run.end - at != 4 or text[at : at + 2] not in _YEAR_STARTS:
            continue
        if run.before not in _YEAR_LEAD_ENDS and not run.before.isascii():
            continue
        lead = _YEAR_LEAD.search(text, max(0, at - _YEAR_LEAD_CHARS), at)
        years = _YEAR_ONLY.match(text, at) if lead else None
        if lead is None or years is None or not free(lead.start(), years.end()):
            continue
        year = full_year(years["year"])
        if year is not None:
            value = _iso(None, None, year)
            if years["year2"]:
                second = full_year(years["year2"])
                value = f"{value}/{second}" if second is not None else value
            add(lead.start(), years.end(), value)
    return sorted(found)


def find_times(text: str, taken: bytearray) -> list[tuple[int, int, str]]:
    """Times of day in ``text`` (Arabic digits), as (start, end, "09:30" or "09:00-16:30"), marked in ``taken``."""
    found: list[tuple[int, int, str]] = []
    starts = [
        run.at
        for run in digit_runs(text)
        if run.after in _HOUR_ENDS and run.end - run.at < 3 and (not run.at or text[run.at - 1] not in ".,:")
    ]
    for match in chain(filter(None, (_TIME.match(text, at) for at in starts)), _TIME_LED.finditer(text)):
        start = match.start()
        if match.re is _TIME_LED and text.endswith(_FROM, 0, start):
            start -= len(_FROM)
        if taken.find(1, start, match.end()) < 0:
            value = f"{int(match['h']):02d}:{match['m']}"
            if match["h2"]:
                value += f"-{int(match['h2']):02d}:{match['m2']}"
            found.append((start, match.end(), value))
            taken[start : match.end()] = b"\1" * (match.end() - start)
    return sorted(found)
