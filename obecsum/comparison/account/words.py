"""The words of a document as they are compared: short forms written out, dates and figures as values."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from obecsum.comparison.account.tokens import canonical, is_idle_word, tokens
from obecsum.comparison.alignment.document import Document, once
from obecsum.comparison.facts.idle import idle_lines
from obecsum.text.facts import Fact, agrees
from obecsum.text.lexicon.function_words import READING_ON
from obecsum.text.lexicon.tables import MULTIPLIERS
from obecsum.text.spelled.english import is_english_numeral
from obecsum.text.spelled.numerals import is_numeral

__all__ = [
    "Words",
    "content",
    "figures",
    "head_words",
    "is_figure",
    "lines_of",
    "named_words",
    "states",
    "trigrams",
    "vocabulary",
    "words_of",
]

_NAMES = frozenset({"place", "person"})  # an organization is named by words
_VALUES = frozenset({"date", "time", "serial", "number"})
_BEFORE_DATES = frozenset({"วันนี้", "วัน", "วันที่", "เมื่อวันที่", "ที่", "เมื่อ", "ณ"})
_DAYS = frozenset({"จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์"})
_LIST_MARK = re.compile(
    r"(?:^|(?<=[\sก-๎]))(?<!ข้อ)(?<!ข้อ\s)(?<!หมู่)(?<!หมู่\s)(?<!ที่)(?<!ที่\s)(?<!ตอน\s)"
    r"\(?\d{1,2}(?:\.\d{1,2})*[.)](?=[\sก-๙A-Za-z(“\"])|&[a-z]{2,6};"
)
_PART_OF_TIME = re.compile("ต้น|กลาง|ปลาย|สิ้น|ครึ่งแรก|ครึ่งหลัง")


class Words(NamedTuple):
    """Words of a document, in order; those of lines that say nothing of an event are left out.

    Attributes:
        keys: What is compared: a word, or ``date:2024-07-15``, ``number:5000`` for a figure.
        starts: Where each begins in ``folded``.
        ends: Where each ends.
        lines: The number of the line that it stands in.
        breaks: Whether a space, a line break or an end of the text stands before it; one longer.
    """

    keys: list[str]
    starts: list[int]
    ends: list[int]
    lines: list[int]
    breaks: list[bool]


def is_figure(key: str) -> bool:
    """Whether a key is a date, time, serial or number."""
    return ":" in key and key.split(":", 1)[0] in _VALUES


def content(keys: list[str]) -> list[str]:
    """The keys that say something; none if the run as a whole is made of words that do not, however it was cut."""
    found = [key for key in keys if not is_idle_word(key)]
    if found and len(found) <= 3 and _is_made_of_idle("".join(keys)):
        return []
    return found


@lru_cache(maxsize=1 << 14)
def _is_made_of_idle(run: str) -> bool:
    ends = {0}
    for end in range(1, min(len(run), 40) + 1):
        if any(is_idle_word(run[start:end]) for start in ends if end - start > 1):
            ends.add(end)
    return len(run) in ends


@once
def words_of(text: Document) -> Words:
    """The words of a document."""
    folded = text.folded
    line_starts = _line_starts(text)
    idle = idle_lines(text)
    skipped = [match.span() for match in _LIST_MARK.finditer(folded)]
    skipped += [match.span() for match in _labels(text)]
    skipped.sort()
    facts = [fact for fact in text.facts if fact.kind in _VALUES]
    found: list[tuple[str, int, int, int]] = []
    at_fact = at_skip = line = 0
    emitted = -1
    for start, end in tokens(folded):
        while line + 1 < len(line_starts) and line_starts[line + 1] <= start:
            line += 1
        if line in idle:
            continue
        while at_fact < len(facts) and facts[at_fact].span[1] <= start:
            at_fact += 1
        fact = facts[at_fact] if at_fact < len(facts) and facts[at_fact].span[0] < end else None
        while at_skip < len(skipped) and skipped[at_skip][1] <= start:
            at_skip += 1
        if at_skip < len(skipped) and skipped[at_skip][0] <= start and (fact is None or fact.kind == "number"):
            continue
        word = folded[start:end]
        if fact is not None and (fact.kind != "number" or _is_of_number(word)):
            if emitted == at_fact:
                key, first, last, at = found[-1]
                found[-1] = (key, first, max(last, end), at)
                continue
            emitted = at_fact
            if fact.kind == "date":
                _drop_day_words(found, line)
            span = (start, end) if fact.kind == "number" else fact.span
            found.append((_key_of(fact, folded), *span, line))
            continue
        found += [(key, start, end, line) for key in canonical(word)]
    _drop_reading_on(found, folded)
    lines = [item[3] for item in found]
    starts, ends = [item[1] for item in found], [item[2] for item in found]
    return Words([item[0] for item in found], starts, ends, lines, _breaks(folded, starts, ends, lines))


def _key_of(fact: Fact, folded: str) -> str:
    """The value of a figure, with what its value leaves out: which part of a year or month, and a minus."""
    start = fact.span[0]
    if fact.kind == "date":
        part = _PART_OF_TIME.search(folded[max(0, start - 6) : fact.span[1]])
        return f"date:{fact.value}" if part is None else f"date:{part[0]} {fact.value}"
    minus = fact.kind == "number" and folded[start - 1 : start] == "-" and not folded[start - 2 : start - 1].isalnum()
    return f"{fact.kind}:{'-' if minus else ''}{fact.value}"


def _labels(text: Document) -> list[re.Match[str]]:
    """Labels in square brackets at either end of the first lines: the ministry that a portal puts there."""
    found = _LABEL.finditer(text.folded[:_LABEL_CHARS])
    return [label for label in found if label[0][1:].lstrip().startswith(_OFFICES)]


_LABEL = re.compile(r"\[[^\]\d]{2,80}\]?")
_LABEL_CHARS = 600
_OFFICES = ("กระทรวง", "กรม", "สำนัก", "ศูนย์", "องค์การ", "การ", "ธนาคาร", "กอง")


_SHARES = frozenset({"ร้อยละ", "เปอร์เซ็นต์", "เปอร์เซนต์", "%", "percent", "per", "cent"})


def _is_of_number(word: str) -> bool:
    if any(char.isdigit() for char in word) or word in MULTIPLIERS or word in _SHARES:
        return True
    return is_numeral(word) or is_english_numeral(word)


def _drop_day_words(found: list[tuple[str, int, int, int]], line: int) -> None:
    """Take back what only leads to a date: วันจันทร์ที่, เมื่อวันที่, วันนี้ (."""
    while found and found[-1][3] == line and (found[-1][0] in _BEFORE_DATES or found[-1][0] in _DAYS):
        found.pop()


def _drop_reading_on(found: list[tuple[str, int, int, int]], folded: str) -> None:
    """Take back an invitation to read the rest elsewhere at the end, with the address that follows it."""
    address = _ADDRESS.search(folded, found[-_MOST_READING_ON:][0][1]) if found else None
    end = len(found)
    while address is not None and end and found[end - 1][1] >= address.start():
        end -= 1
    start = end
    while start and end - start < _MOST_READING_ON and found[start - 1][0] in _reading_on():
        start -= 1
    while start < end and not (start == 0 or folded[found[start][1] - 1 : found[start][1]] in _BEFORE_READING_ON):
        start += 1  # it begins behind a space or mark
    if start < end and any(key in _READING for key, *_ in found[start:end]):
        del found[start:]


@cache
def _reading_on() -> frozenset[str]:
    return frozenset(part for word in READING_ON for part in canonical(word))


_MOST_READING_ON = 12
_READING = frozenset(("อ่าน", "ดู", "ชม", "คลิก", "กด", "read", "see", "view", "click", "continue"))
_BEFORE_READING_ON = frozenset(" \n.…>»[(|-:")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+\W*$")


def _breaks(folded: str, starts: list[int], ends: list[int], lines: list[int]) -> list[bool]:
    found = [True]
    for index in range(1, len(starts)):
        gap = folded[ends[index - 1] : starts[index]]
        found.append(" " in gap or lines[index] != lines[index - 1])
    if len(starts) == 0:
        return [True]
    return [*found, True]


@once
def _line_starts(text: Document) -> list[int]:
    """Where each line of the text begins, in ``folded``."""
    position, found = 0, []
    for line in text.text.splitlines(keepends=True) or [""]:
        found.append(position)
        position += len(line)
    return np.searchsorted(text.starts[:-1], found).tolist() if len(text.folded) else [0]


_HEAD_CHARS = 260
_LEAST_BODY_WORDS = 60
_LEAST_LINE_WORDS = 16  # shorter lines need what stands above them


@once
def head_words(text: Document) -> int:
    """How many of its words are the headline: the first line, if it is short and a body follows; else 0."""
    words = words_of(text)
    if not words.keys:
        return 0
    first = words.lines[0]
    count = bisect_right(words.lines, first)
    if len(words.keys) - count < _LEAST_BODY_WORDS or words.ends[count - 1] - words.starts[0] > _HEAD_CHARS:
        return 0
    return count


@once
def vocabulary(text: Document) -> frozenset[str]:
    """Its words, each once."""
    return frozenset(words_of(text).keys)


@once
def named_words(text: Document) -> frozenset[int]:
    """Which of its words belong to a place or a person that the text names."""
    words = words_of(text)
    found: set[int] = set()
    for fact in text.facts:
        if fact.kind in _NAMES:
            first = bisect_right(words.ends, fact.span[0])
            found.update(range(first, bisect_left(words.starts, fact.span[1], first)))
    return frozenset(found)


@once
def figures(text: Document) -> tuple[str, ...]:
    """Its dates, times, serials and numbers, each once."""
    return tuple(sorted(key for key in vocabulary(text) if is_figure(key)))


@once
def trigrams(text: Document) -> frozenset[tuple[str, ...]]:
    """Three words in a row, wherever they stand."""
    keys = words_of(text).keys
    return frozenset(zip(keys, keys[1:], keys[2:], strict=False))


@once
def lines_of(text: Document) -> frozenset[tuple[str, ...]]:
    """Its lines of at least six words, as keys."""
    words, found = words_of(text), set()
    start = 0
    for end in range(1, len(words.keys) + 1):
        if end == len(words.keys) or words.lines[end] != words.lines[start]:
            if end - start >= _LEAST_LINE_WORDS:
                found.add(tuple(words.keys[start:end]))
            start = end
    return frozenset(found)


def states(keys: Iterable[str], key: str) -> bool:
    """Whether a figure is among keys; of a date it is enough that one of them agrees with it (no year, no day).

    Of a serial without its year, that one of them has the year.
    """
    keys = list(keys)
    if key in keys:
        return True
    if key.startswith("serial:"):
        return any(other.startswith(f"{key}/") for other in keys)  # the other has the year, too
    if not key.startswith("date:"):
        return False
    fact = _date(key)
    return " " not in key and any(agrees(fact, _date(other)) for other in keys if other.startswith("date:"))


def _date(key: str) -> Fact:
    return Fact("date", key, key.removeprefix("date:").split(" ")[-1], (0, 0))
