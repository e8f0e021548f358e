"""The facts of a Thai text: numbers, dates, times, serials, places, people and organizations, as comparable values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Literal, NamedTuple

from obecsum.text.dates import find_dates, find_times
from obecsum.text.names import find_organizations, find_people, find_places
from obecsum.text.normalize import normalize_with_offsets
from obecsum.text.numbers import find_numbers, find_serials
from obecsum.text.spelled.clock import find_clock_digits
from obecsum.text.spelled.english import find_english
from obecsum.text.spelled.thai import find_bare_months, find_spelled

__all__ = ["Fact", "FactKind", "agrees", "extract_facts", "facts_of_normalized", "misspelled", "supported_by"]

FactKind = Literal[
    "number",
    "date",
    "time",
    "serial",
    "place",
    "person",
    "organization",
    "word",
    "polarity",
    "order",
    "quote",
    "unfinished",
]

_MIN_NAME_CHARS = 10
_ODD = re.compile("[๐-๙–—−‑‐]")
_ONE_TO_ONE: dict[int, int | str] = {
    **{0x0E50 + i: 0x30 + i for i in range(10)},
    0x2013: "-",
    0x2014: "-",
    0x2212: "-",
    0x2011: "-",
    0x2010: "-",
}


class Fact(NamedTuple):
    """One fact as a text states it.

    Attributes:
        kind: What it is a fact about; ``word``, ``polarity``, ``order``, ``quote`` and ``unfinished`` are found by
            :func:`obecsum.check` alone.
        text: The words of the text, unit word or title included.
        value: Its normalized form: two spellings of one fact have one value. Dates are ISO 8601 in the common era with
            ``-`` for an unknown year (``2024-12-13``, ``--12-13``, ``2024-12``, ``2024``, a range
            ``first/last``; a day of this, the last or the next week ``--this-tue``), times ``09:30``, numbers plain
            decimals (``46391``, ``60%``, ``tel:021234567``), serials ``ครั้ง 8/2564``, of English ordinals
            ``ordinal 3``. What is written in words (สิบห้าวัน, ครั้งที่สาม, บ่ายสองโมง, fifteen, July 12) has the value of its
            digits.
        span: (start, end), half-open, in code points of the string that was given.
    """

    kind: FactKind
    text: str
    value: str
    span: tuple[int, int]


def extract_facts(text: str) -> list[Fact]:
    """The facts of ``text``, in order of their spans.

    A digit belongs to one fact only: dates first, then times, serials, numbers; what is written in words comes last. A
    numeral in words is a fact where a unit, a serial's word or a word of time stands beside it, or where it consists of
    several words. The rules are tables and regular expressions, linear in the length of the text.

    >>> [(f.kind, f.value) for f in extract_facts("ประชุมครั้งที่ ๘/๒๕๖๔ วันที่ 13 ธ.ค. 67 เวลา 09.30 น. มี 1.2 หมื่นราย")]
    [('serial', 'ครั้ง 8/2564'), ('date', '2024-12-13'), ('time', '09:30'), ('number', '12000')]
    """
    mapped = normalize_with_offsets(text)
    if mapped.text == text:
        return facts_of_normalized(text)
    return [
        Fact(fact.kind, text[first:last], fact.value, (first, last))
        for fact in facts_of_normalized(mapped.text)
        for first, last in (mapped.span(*fact.span),)
    ]


def facts_of_normalized(text: str) -> list[Fact]:
    """As :func:`extract_facts`, of what :func:`~obecsum.text.normalize.normalize` leaves as it is (a folded text)."""
    plain = text.translate(_ONE_TO_ONE) if _ODD.search(text) else text
    taken = bytearray(len(plain))
    figures = find_english(plain, taken)
    figures += [(s, e, "date", v) for s, e, v in find_dates(plain, taken)]
    figures += [(s, e, "time", v) for s, e, v in find_times(plain, taken)]
    figures += [(s, e, "time", v) for s, e, v in find_clock_digits(plain, taken)]
    figures += [(s, e, "serial", v) for s, e, v in find_serials(plain, taken)]
    figures += [(s, e, "number", v) for s, e, v in find_numbers(plain, taken)]
    figures += find_spelled(plain, taken, figures)
    figures += find_bare_months(plain, taken)
    found: list[tuple[int, int, FactKind, str]] = [*figures]
    found += [(s, e, "place", v) for s, e, v in find_places(plain)]
    found += [(s, e, "person", v) for s, e, v in find_people(plain)]
    found += [(s, e, "organization", v) for s, e, v in find_organizations(plain)]
    found.sort(key=_by_offset)
    return [Fact(kind, text[start:end], value, (start, end)) for start, end, kind, value in found]


_by_offset = itemgetter(0, 1, 2)


@lru_cache(maxsize=4096)  # a feed names the same days again and again
def _date_parts(value: str) -> list[list[str | None]]:
    parts = []
    for side in value.split("/"):
        year: str | None
        if side.startswith("-"):
            year, rest = None, side[2:].split("-") if len(side) > 1 else []
        else:
            year, *rest = side.split("-")
        parts.append([year, *rest])
    return parts


def agrees(a: Fact, b: Fact) -> bool:
    """Whether two facts can be one: equal values, or one states less (a date without year, a first name alone)."""
    if a.kind != b.kind:
        return False
    if a.value == b.value:
        return True
    if a.kind == "date":
        return _dates_agree(a.value, b.value)
    if a.kind == "person":
        ours, _, last = a.value.partition(" ")
        theirs, _, other_last = b.value.partition(" ")
        return ours == theirs and not (last and other_last)
    return a.kind == "place" and (a.value.startswith(b.value) or b.value.startswith(a.value))


@lru_cache(maxsize=16_384)  # the same days stand in the releases of a series
def _dates_agree(a: str, b: str) -> bool:
    ours, theirs = _date_parts(a), _date_parts(b)
    if len(ours) != len(theirs):
        return any(
            all(x is None or y is None or x == y for x, y in zip(p, q, strict=False)) and len(p) == len(q) == 3
            for p in ours
            for q in theirs
        )
    return all(
        all(x is None or y is None or x == y for x, y in zip(p, q, strict=False))
        and ((p[0] is not None and q[0] is not None) or len(p) == len(q) > 1)
        for p, q in zip(ours, theirs, strict=True)
    )


def misspelled(a: Fact, b: Fact) -> bool:
    """Whether two names are one but for a letter (การกศึกษา, การศึกษา); never for a digit or in a short name."""
    if a.kind != b.kind or a.kind not in ("person", "place", "organization"):
        return False
    short, long = (a.value, b.value) if len(a.value) <= len(b.value) else (b.value, a.value)
    if len(short) < _MIN_NAME_CHARS or len(long) - len(short) > 1:
        return False
    prefix = next((i for i, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    rest_short, rest_long = short[prefix:], long[prefix:]
    if len(short) == len(long):
        odd, same = rest_short[:1] + rest_long[:1], rest_short[1:] == rest_long[1:]
    else:
        odd, same = rest_long[:1], rest_short == rest_long[1:]
    return same and not any(char.isdigit() for char in odd)


def supported_by(fact: Fact, source: Iterable[Fact]) -> Fact | None:
    """The first fact of ``source`` that states ``fact`` (equal value before a compatible one), or None.

    A number is also supported by the same digits inside a serial, date or time (2567 by พ.ศ. 2567).
    """
    candidates = list(source)
    for other in candidates:
        if other.kind == fact.kind and other.value == fact.value:
            return other
    for other in candidates:
        if agrees(fact, other):
            return other
    return None
