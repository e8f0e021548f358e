"""Facts in English: dates (July 12, 2024), times (2 p.m.), numerals (fifteen, 2.5 million), ordinals (3rd, third)."""

from __future__ import annotations

import re
from decimal import Decimal

from obecsum.text.lexicon.english import (
    ENGLISH_DAYS,
    ENGLISH_MONTHS,
    ENGLISH_NUMERALS,
    ENGLISH_ORDINALS,
    ENGLISH_SCALES,
)
from obecsum.text.lexicon.patterns import any_of
from obecsum.text.lexicon.starts import digit_runs, matches
from obecsum.text.spelled.found import Found

__all__ = ["find_english", "is_english_numeral"]

_MONTH = rf"(?i:{any_of(ENGLISH_MONTHS)})"
_YEAR = r"(?P<year>(?:1[89]|2[0-6])\d\d)(?!\d|,\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_TH = r"(?i:st|nd|rd|th)?"
_TO = r"\s?(?:-|to|and|until)\s?"
_DAY_MONTH = re.compile(
    rf"(?P<day>{_DAY}){_TH}(?:{_TO}(?P<day2>{_DAY}){_TH})?\s?(?:of\s)?(?P<month>{_MONTH})(?![A-Za-z])\.?(?:,?\s?{_YEAR})?"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{_MONTH})(?![A-Za-z])\.?\s?(?P<day>{_DAY}){_TH}(?![\d:/]|[.,]\d)(?:{_TO}(?P<day2>{_DAY}){_TH}(?![\d:/]|[.,]\d))?"
    rf"(?:,?\s{_YEAR})?"
)
_MONTH_YEAR = re.compile(rf"(?P<month>{_MONTH})(?![A-Za-z])\.?,?\s{_YEAR}")
_BARE_MONTH = re.compile(rf"(?P<month>{_MONTH})(?![A-Za-z])")
_BEFORE_MONTH = re.compile(
    r"\b(?i:in|since|until|by|of|from|this|last|next|during|early|late|mid|through|and|to)[\s-]$"
)
_ABBREVIATED_CHARS = 4
# May and march are verbs, too: only where a day of them is meant.
_VERBS = frozenset({"may", "march", "mar"})
_BEFORE_DAY = re.compile(r"(?:^|[\n(,]\s?|\b(?i:on|from|until|by|since|to|before|after|between|and|of|day)\s)$")
_TIME = re.compile(
    r"(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[apAP])\.?\s?[mM](?![A-Za-z])(?!\s?2[.,]5)(?:\.(?=[\s,;)]|$))?"
)
_SCALE = any_of(ENGLISH_SCALES)
_WORD = any_of([*ENGLISH_NUMERALS, *ENGLISH_SCALES])
_NUMERAL = re.compile(
    rf"(?i:{any_of(ENGLISH_NUMERALS)})(?:(?:\s|-|\s(?:(?<=hundred\s)|(?<=thousand\s)|(?<=million\s))and\s)(?i:{_WORD})){{0,16}}(?![A-Za-z])"
)
_NUMERAL_WORD = re.compile(rf"{_WORD}|and", re.IGNORECASE)
_DIGITS = re.compile(
    rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:[\s-](?P<scale>(?i:{_SCALE}))(?![A-Za-z]))?"
    r"(?P<percent>\s?(?i:percent|per\scent)(?![A-Za-z]))?"
)
_PERCENT = re.compile(r"\s?(?i:percent|per\scent)(?![A-Za-z])")
_ORDINAL_DIGITS = re.compile(r"(?P<number>\d{1,3})(?:st|nd|rd|th)(?![A-Za-z])", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"(?<![A-Za-z]){_MONTH}\.?\s?$")
_ORDINAL = re.compile(rf"(?i:{any_of(ENGLISH_ORDINALS)})(?![A-Za-z-])")
_NO_ORDINAL_BEFORE = re.compile(r"(?:\d|\b(?i:at|one|a|per|each|every|two|three|four|five|ten|thirty))[\s-]$")
_NO_ORDINAL_BEHIND = re.compile(r"\s(?i:of all|lady|aid)\b")
_WEEKDAY = re.compile(rf"(?P<name>(?i:{any_of(ENGLISH_DAYS)}))(?![A-Za-z])")
_WHICH_DAY = re.compile(r"(?<![A-Za-z])(?P<which>(?i:this|next|last))\s(?i:coming\s|past\s)?$")
_LEAD_CHARS = 14
_HEAD = re.compile(
    rf"(?<![A-Za-z])(?:(?P<month>{_MONTH})|(?P<numeral>(?i:{any_of(ENGLISH_NUMERALS)}))|(?P<ordinal>(?i:{any_of(ENGLISH_ORDINALS)}))"
    rf"|(?P<weekday>(?i:{any_of(ENGLISH_DAYS)}))|(?P<noon>(?i:noon|midnight)(?![A-Za-z])))"
)
# What stands between digits and the first letter behind them, where English goes on.
# Of bounded length: it is asked at each run of digits, and 1.1.1.1... has thousands.
_LATIN_FOLLOWS = re.compile(r"[\d.,:]{0,32}+(?:st|nd|rd|th)?(?:\s?(?:-|to|and|until)\s?\d{1,32}+)?[\s-]?[A-Za-z]")
_BEHIND_DIGITS = frozenset("-.,:")
_OFFSET = 543


def is_english_numeral(word: str) -> bool:
    """Whether a word counts (fifteen, twenty-five, million)."""
    parts = word.lower().split("-")
    return all(part in ENGLISH_NUMERALS or part in ENGLISH_SCALES for part in parts)


def find_english(text: str, taken: bytearray) -> list[Found]:
    """Dates, times, numerals and ordinals as English writes them, as (start, end, kind, value), marked in ``taken``."""
    found: list[Found] = []

    def add(fact: Found | None) -> None:
        if fact and taken.find(1, fact[0], fact[1]) < 0:
            found.append(fact)
            taken[fact[0] : fact[1]] = b"\1" * (fact[1] - fact[0])

    for at, end, before, before_end, behind in digit_runs(text):
        after = text[end + 1 : end + 2] if behind == " " else behind
        if "A" <= after <= "z" or (after in _BEHIND_DIGITS and _LATIN_FOLLOWS.match(text, end)):
            add(_digits_at(text, at, before if before_end == at else ""))
    for match in matches(_HEAD, text, "english"):
        if not taken[match.start()]:
            add(_word_at(text, match))
    return found


def _digits_at(text: str, at: int, before: str) -> Found | None:
    if before and (before in ".,:/-_" or before.isalnum()) and before.isascii():
        return None
    time = _TIME.match(text, at)
    if time:
        hour = int(time["hour"]) % 12 + (12 if time["half"] in "pP" else 0)
        return at, time.end(), "time", f"{hour:02d}:{time['minute'] or '00'}"
    date = _DAY_MONTH.match(text, at)
    if date and _is_day_of(text, date):
        return at, date.end(), "date", _date_value(date)
    ordinal = _ORDINAL_DIGITS.match(text, at)
    if ordinal and not _MONTH_BEFORE.search(text, max(0, at - _LEAD_CHARS), at):
        return at, ordinal.end(), "serial", f"ordinal {int(ordinal['number'])}"
    number = _DIGITS.match(text, at)
    if number and (number["scale"] or number["percent"]):
        value = Decimal(number["digits"].replace(",", "")) * (
            ENGLISH_SCALES[number["scale"].lower()] if number["scale"] else 1
        )
        return at, number.end(), "number", f"{value.normalize():f}" + ("%" if number["percent"] else "")
    return None


def _word_at(text: str, head: re.Match[str]) -> Found | None:
    at = head.start()
    if head["month"]:
        return _month_at(text, at)
    if head["numeral"]:
        if text[at - 1 : at] == "-":  # 7-Eleven
            return None
        run = _NUMERAL.match(text, at)
        value = _numeral(run.group()) if run else None
        if run is None or value is None or run.group().lower() == "one":
            return None
        percent = _PERCENT.match(text, run.end())
        return at, percent.end() if percent else run.end(), "number", f"{value}%" if percent else str(value)
    if head["ordinal"]:
        ordinal = _ORDINAL.match(text, at)
        if ordinal is None or _NO_ORDINAL_BEFORE.search(text, max(0, at - _LEAD_CHARS), at):
            return None
        if _NO_ORDINAL_BEHIND.match(text, ordinal.end()):
            return None
        return at, ordinal.end(), "serial", f"ordinal {ENGLISH_ORDINALS[ordinal.group().lower()]}"
    if head["noon"]:
        return at, head.end(), "time", "12:00" if head["noon"].lower() == "noon" else "00:00"
    day = _WEEKDAY.match(text, at)
    which = _WHICH_DAY.search(text, max(0, at - _LEAD_CHARS), at) if day else None
    if day is None or which is None:
        return None
    return which.start(), day.end(), "date", f"--{which['which'].lower()}-{ENGLISH_DAYS[day['name'].lower()]}"


def _month_at(text: str, at: int) -> Found | None:
    date = _MONTH_DAY.match(text, at)
    if date and _is_day_of(text, date):
        return at, date.end(), "date", _date_value(date)
    month = _MONTH_YEAR.match(text, at)
    if month:
        return at, month.end(), "date", f"{_year(month['year'])}-{ENGLISH_MONTHS[month['month'].lower()]:02d}"
    bare = _BARE_MONTH.match(text, at)
    if bare is None or len(bare["month"]) < _ABBREVIATED_CHARS or bare["month"].lower() in _VERBS:
        return None
    if not _BEFORE_MONTH.search(text, max(0, at - _LEAD_CHARS), at):
        return None
    return at, bare.end(), "date", f"--{ENGLISH_MONTHS[bare['month'].lower()]:02d}"


def _is_day_of(text: str, date: re.Match[str]) -> bool:
    if date["year"] or date["month"].lower() not in _VERBS:
        return True
    return _BEFORE_DAY.search(text, max(0, date.start() - _LEAD_CHARS), date.start()) is not None


def _year(digits: str) -> str:
    year = int(digits)
    return f"{year - _OFFSET if year >= 2400 else year:04d}"


def _date_value(date: re.Match[str]) -> str:
    year = _year(date["year"]) if date["year"] else "-"
    month = ENGLISH_MONTHS[date["month"].lower()]
    days = [date["day"], *([date["day2"]] if date["day2"] else [])]
    return "/".join(f"{year}-{month:02d}-{int(day):02d}" for day in days)


def _numeral(run: str) -> int | None:
    """The number that English words say; None where they say none (two three)."""
    total = current = 0
    least = 10**15  # the scale that was read last; the next of thousand, million is lower
    can_add = 100  # what may be added to what was read: tens behind a hundred, digits behind tens
    for word in (match.group().lower() for match in _NUMERAL_WORD.finditer(run)):
        if word == "and":
            continue
        value = ENGLISH_NUMERALS.get(word)
        if value is not None:
            if value >= can_add:
                return None
            current += value
            can_add = 10 if value >= 20 else 1
        elif word == "hundred":
            if not 0 < current < 100:
                return None
            current, can_add = current * 100, 100
        else:
            scale = ENGLISH_SCALES[word]
            if not current or scale >= least:
                return None
            total, current, least, can_add = total + current * scale, 0, scale, 100
    return total + current
