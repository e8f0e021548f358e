"""The sentences of a release and how telling each of them is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from obecsum.summaries.extract import grammar
from obecsum.summaries.extract.reading import Reading
from obecsum.text.lexicon.frequency import telling
from obecsum.text.lexicon.function_words import FUNCTION_WORDS
from obecsum.text.segment import sentences, words

__all__ = ["Unit", "content_of", "find_units", "overlap"]

_MAX_CHARS = 20_000  # beyond the first pages of a release nothing that a summary needs is new
_WRAPS = re.compile(
    r"(?:และ|ที่|ของ|โดย|เพื่อ|กับ|ใน|ว่า|เวลา|วันที่|แก่|ให้|เป็น|,)\s*$|^(?:[^ก-๎]*(?:เมื่อ|ใน)?วัน.{0,60}|ณ .{0,120})$"
)
_CONTINUES = re.compile(
    r"(?:และ|ซึ่ง|พร้อมด้วย|พร้อมทั้ง|ว่า|เข้า(?:ร่วม|ตรวจ|พบ)|ลงนาม|ร่วม(?:กัน|ประชุม)|ณ\s|เมื่อวัน|ระหว่าง|รวมถึง|รวมทั้ง|ตลอดจน|เพื่อ|ภายใต้)"
)
_SHORT_LINE = 120
_DANGLES = re.compile(r"\s(?:ซึ่ง|โดย|เพื่อ)\S{0,30}$")
_HEAD_CHARS = 40
_SHORT_SENTENCE = 100
_LISTS = re.compile(r"พร้อมด้วย|พร้อมทั้ง|ร่วมด้วย|โดยมี|นำโดย|ประกอบด้วย|ได้แก่|ร่วมกับ|ระหว่าง|และ(?=นาย|นาง|ดร|พล)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence.

    Attributes:
        start: Where it begins in the text that is read.
        end: Where it ends.
        text: Its words on one line, of the same length.
        words: The spans of its words in it.
        content: Its content words and how telling each is.
        score: How telling it is in its release, above 0.
        is_lead: Whether it stands among the first sentences that say something.
    """

    start: int
    end: int
    text: str
    words: list[tuple[int, int]]
    content: dict[str, float]
    score: float
    is_lead: bool


def _unwrapped(text: str) -> str:
    """Line breaks within sentences made spaces: of short lines, at a date, a place or a joining word."""
    lines = text.split("\n")
    parts = [lines[0]]
    for before, line in pairwise(lines):
        short = len(before) < _SHORT_LINE
        wraps = short and (_WRAPS.search(before) or _CONTINUES.match(line))
        parts.append(" " if wraps else "\n")
        parts.append(line)
    return "".join(parts)


def _sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences: what begins as none goes with the one before it, and so does who is listed."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if spans and "\n" not in text[spans[-1][1] : start] and _goes_on(text[slice(*spans[-1])], text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _goes_on(before: str, text: str) -> bool:
    if grammar.NO_TITLE.match(text) or (len(before) < _SHORT_SENTENCE and grammar.ADDS.match(text)):
        return True
    date = grammar.LEADING_DATE.match(text)
    begins = date.end() if date else 0
    acts = grammar.SUBJECT.match(text, begins) or grammar.LEADING_PLACE.match(text, begins)
    if not acts and (date is not None or not grammar.INDEPENDENT.match(text)):
        return True
    last = words(before[-_HEAD_CHARS:])[-1:]
    is_open = last and before[-_HEAD_CHARS:][slice(*last[0])] in grammar.OPEN_WORDS
    if is_open or grammar.OPEN_END.search(before) or _DANGLES.search(before):
        return True
    listed = [match.end() for match in _LISTS.finditer(before)]
    if not listed or not grammar.SUBJECT.match(text):
        return False
    # A verb behind the list ends it; that of those who are listed stands behind all of them.
    return not any(grammar.VERB.match(before, space.end()) for space in re.finditer(" ", before[listed[-1] :]))


def find_units(reading: Reading) -> list[Unit]:
    """The sentences of a release that is read, in order, those that say nothing of the news left out.

    A sentence is as telling as its content words are: how often the release says each, weighed by how rare it is in
    releases (Nenkova and Vanderwende 2005, SumBasic, with document frequencies), and the earlier it stands.
    """
    text = _unwrapped(reading.text[:_MAX_CHARS])
    found: list[tuple[int, int, list[tuple[int, int]], dict[str, float]]] = []
    counts: Counter[str] = Counter()
    for start, end in _sentences(text):
        sentence = text[start:end]
        spelled = words(sentence)
        content = _telling(sentence[a:b] for a, b in spelled)
        counts.update(content.keys())
        found.append((start, end, spelled, content))
    units: list[Unit] = []
    for start, end, spelled, content in found:
        sentence = text[start:end]
        weight = sum(content.values())
        if not weight or (len(found) > 1 and (_says_nothing(sentence) or reading.has_link(start, end))):
            continue
        central = sum(value * min(counts[word], 8) for word, value in content.items()) / weight
        place = 1.0 + 1.5 / (1 + len(units))
        length = min(1.0, (end - start) / 90)
        score = central * place * (0.4 + 0.6 * length)
        units.append(Unit(start, end, sentence, spelled, content, score, len(units) < 2))
    return units


def content_of(text: str) -> dict[str, float]:
    """The content words of a text and how telling each is, 0 to 1."""
    return _telling(text[start:end] for start, end in words(text))


def _telling(spelled: Iterable[str]) -> dict[str, float]:
    return {
        word: telling(word)
        for word in spelled
        if len(word) > 1 and word not in FUNCTION_WORDS and any(map(str.isalnum, word))
    }


def _says_nothing(text: str) -> bool:
    found = grammar.FURNITURE.search(text)
    return found is not None and (found.start() < _HEAD_CHARS or len(text) < _SHORT_LINE)


def overlap(content: dict[str, float], said: set[str]) -> float:
    """Share of a sentence's content, by how telling it is, that was said before."""
    weight = sum(content.values())
    return sum(value for word, value in content.items() if word in said) / weight if weight else 1.0
