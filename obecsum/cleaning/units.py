"""A text cut into units (lines, or phrases where a text has no lines), each with the compact form that is compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from obecsum.text.normalize import fold, normalize

__all__ = ["Unit", "cuts_cluster", "units_of"]

_LINE_BREAK = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]+")
_PHRASE_BREAK = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d+(?:[.,/:]\d+)*")
_LABEL = re.compile(r"^[^\s:：]{2,24}(?: [^\s:：]{1,12})?\s?[:：]\s?(?!//)\S")
_BULLET = re.compile(
    r"^\s*(?:[-–—•●▪■◆○*>✅✔🔹🔸📌👉·]|\(?\d{1,3}(?:\.\d{1,3})*\s*[).](?!\d)|\(?[ก-ฮa-zA-Z](?:\)|\.\s)|\d+(?:\.\d+)+\s|\(\d+\))\s*"
)
_SECTION = re.compile(
    r"^\s*(?:\(?\d{1,3}(?:\.\d{1,3})*\s*[).](?!\d)|\d+(?:\.\d+)+\s|ข้อ\s*\d|วาระที่|มาตรา\s*\d|ส่วนที่|หมวด|ตอนที่|กรณี)"
)
_LEADS_IN = re.compile(r"(?:[:：]|ดังนี้|ดังต่อไปนี้|ได้แก่|ประกอบด้วย|ดังกล่าวคือ|คือ)\s*[:：]?\s*[”\"’']?\s*$")

# A feed that lost its line breaks is compared phrase by phrase: Thai sets a space where a phrase ends. In a text of
# several lines only a line of this length can hold a release twice.
_MAX_LINE_UNIT_CHARS = 2_500
_MAX_LONE_LINE_UNIT_CHARS = 500
_FEW_LINES = 3
_MARK = "\ue000"


def cuts_cluster(text: str, offset: int) -> bool:
    """Whether a cut at ``offset`` would part a mark or ำ from the character that it belongs to."""
    if not 0 < offset < len(text):
        return False
    after = text[offset]
    return after in "\u0e30\u0e32\u0e33\u0e45\u200d" or unicodedata.category(after) in ("Mn", "Me", "Mc")


@dataclass(frozen=True, slots=True)
class Unit:
    """One line or phrase of a text.

    Attributes:
        start: Where it begins, in code points of the caller's text.
        end: Where it ends, exclusive; trailing white space is left out.
        text: The normalized text.
        compact: The folded text without white space: what is compared.
        numbers: Its numbers, digits folded, thousands separators dropped, in order.
        letters: How many of its code points are letters.
        is_phrase: Whether it is part of a longer line.
    """

    start: int
    end: int
    text: str
    compact: str
    numbers: tuple[str, ...] = field(default=())
    letters: int = 0
    is_phrase: bool = False

    @property
    def is_filler(self) -> bool:
        """No letter and no digit: a row of dots, a rule, a lone sign."""
        return not self.letters and not self.numbers

    @property
    def is_item(self) -> bool:
        """Begins like an item of a list."""
        return bool(_BULLET.match(self.text))

    @property
    def is_labeled(self) -> bool:
        """Begins with a short label and a colon (ภาคเหนือ: ...), as the entries of a list without bullets do."""
        return bool(_LABEL.match(self.text))

    @property
    def is_section(self) -> bool:
        """Begins with an ordinal that governs what follows."""
        return bool(_SECTION.match(self.text))

    @property
    def leads_in(self) -> bool:
        """Ends with words that announce a list (ดังนี้, ได้แก่, a colon), so it is nothing without what follows."""
        return bool(_LEADS_IN.search(self.text))

    @property
    def grams(self) -> frozenset[str]:
        """The character 5-grams of the compact text; the whole text where it is shorter."""
        compact = self.compact
        return frozenset(compact[i : i + 5] for i in range(max(1, len(compact) - 4)))


def _unit(start: int, end: int, is_phrase: bool, shown: str, folded: str) -> Unit:
    compact = "".join(folded.split())
    numbers = tuple(number.replace(",", "") for number in _NUMBER.findall(_BULLET.sub("", folded, count=1)))
    return Unit(start, end, shown, compact, numbers, len(_LETTER.findall(compact)), is_phrase)


def _normalized(pieces: list[str]) -> list[tuple[str, str]]:
    """The normalized and the folded form of each piece; two calls for all, for a call costs more than a line."""
    shown = normalize("\n".join(pieces)).split("\n")
    folded = fold(_MARK.join(shown)).split(_MARK)
    if len(shown) != len(pieces) or len(folded) != len(pieces):  # a piece holds a mark or a break of its own
        shown = [normalize(piece) for piece in pieces]
        folded = [fold(piece) for piece in shown]
    return list(zip(shown, folded, strict=True))


def _spans(text: str, separator: re.Pattern[str], start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    begin = start
    for match in separator.finditer(text, start, end):
        if cuts_cluster(text, match.end()):
            continue
        spans.append((begin, match.start()))
        begin = match.end()
    spans.append((begin, end))
    return spans


def units_of(text: str) -> list[Unit]:
    """Cuts a text into the units that repeats are made of.

    Units are lines. A line of more than 2,500 characters is cut at its spaces, where Thai phrases end, because a
    release that lost its line breaks may still hold everything twice. White space and blank lines lie between units,
    never in one.

    Args:
        text: Any text.

    Returns:
        The units in order; none for a text of white space.
    """
    lines: list[tuple[int, int]] = []
    for start, end in _spans(text, _LINE_BREAK, 0, len(text)):
        while start < end and text[start].isspace() and not cuts_cluster(text, start + 1):
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            lines.append((start, end))
    limit = _MAX_LONE_LINE_UNIT_CHARS if len(lines) <= _FEW_LINES else _MAX_LINE_UNIT_CHARS
    spans: list[tuple[int, int, bool]] = []
    for start, end in lines:
        if end - start <= limit:
            spans.append((start, end, False))
        else:
            spans.extend((a, b, True) for a, b in _spans(text, _PHRASE_BREAK, start, end) if a < b)
    forms = _normalized([text[start:end] for start, end, _ in spans])
    units = (_unit(*span, *form) for span, form in zip(spans, forms, strict=True))
    return [unit for unit in units if unit.compact]
