# ruff: noqa: SIM905 - a list of Thai words reads better as words
"""Where words and sentences of Thai text begin and end, as spans in the text that was given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from obecsum.text.maximal import cut, may_cut_at_space

__all__ = ["phrase_words", "phrases", "sentences", "words"]

_CHUNK_CHARS = 2000  # the search for the fewest words stays short on pieces; cut only at white space
_BREAK = re.compile(r"\s")
_SPACES = re.compile(" +")

# Words that open a sentence in releases, after a space. Collected from government releases and the ThaiSum rules'
# idea (Chumpolsathien 2020) that Thai sentences show by their openers and closers, not by a full stop.
_OPENERS = (
    "ทั้งนี้ นอกจากนี้ นอกจากนั้น อย่างไรก็ตาม อย่างไรก็ดี สำหรับ ด้าน ขณะที่ ขณะเดียวกัน ในขณะที่ ล่าสุด เบื้องต้น จากนั้น ต่อมา "
    "พร้อมกันนี้ พร้อมทั้งนี้ ในการนี้ ในโอกาสนี้ โอกาสนี้ ในส่วนของ ในส่วน ส่วน ดังนั้น เพราะฉะนั้น ฉะนั้น เนื่องจาก เมื่อวันที่ "
    "ตนจึง ตนได้ ผู้สื่อข่าว สืบเนื่อง ตามที่ จากกรณี รวมทั้งยัง อีกทั้ง ภายหลัง หลังจาก สุดท้าย ประการ ปัจจุบัน ที่ผ่านมา"
).split()
_CLOSERS = ("กล่าว", "ครับ", "ค่ะ", "นะคะ", "ต่อไป", "อีกด้วย", "แล้ว", "เป็นต้น", "ในที่สุด", "โดยเร็ว", "กล่าวทิ้งท้าย", "กล่าวในที่สุด")
_OPENS = re.compile("|".join(sorted(map(re.escape, _OPENERS), key=len, reverse=True)))
_TITLE = re.compile(r"(?:นาย|นาง|นางสาว|พล\.|พ\.ต|ดร\.|รศ\.|ผศ\.|ศ\.|ร\.ต)(?![ก-ฮ]?รัฐมนตรี)(?=[ก-๙.\s])")
_ABBREVIATION = re.compile(r"(?:^|[\s(\"“‘/])(?:[ก-ฮ]{1,5}\.)+$|\d\.$")
_MIN_CHARS = 40


def phrases(text: str) -> Iterator[tuple[int, str]]:
    """Pieces of ``text`` with their offsets, cut behind spaces so that their words are those of the whole text.

    A text is cut into phrases because the same ones come again and again: in the releases of a series, for instance.
    """
    start = 0
    while start < len(text):
        end = min(len(text), start + _CHUNK_CHARS)
        if end < len(text):
            cut_at = _BREAK.search(text, max(start + 1, end - 400), end)
            end = cut_at.start() if cut_at else end
        piece, begun = text[start:end], 0
        for spaces in _SPACES.finditer(piece):
            if may_cut_at_space(piece, spaces.end() - 1):
                yield start + begun, piece[begun : spaces.end()]
                begun = spaces.end()
        if begun < len(piece):
            yield start + begun, piece[begun:]
        start = end


def phrase_words(phrase: str) -> tuple[tuple[int, int], ...]:
    """Spans of the words of one of the :func:`phrases`."""
    ends = cut(phrase)
    return tuple((a, b) for a, b in pairwise((0, *ends)) if not phrase[a:b].isspace())


def words(text: str) -> list[tuple[int, int]]:
    """Spans of the words of ``text`` (as pythainlp's newmm, its bundled dictionary); white space belongs to none.

    >>> text = "ข่าวการศึกษา ๒๕๖๗"
    >>> [text[a:b] for a, b in words(text)]
    ['ข่าว', 'การศึกษา', '๒๕๖๗']
    """
    return [(at + first, at + last) for at, phrase in phrases(text) for first, last in phrase_words(phrase)]


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of ``text`` without the white space around them; they hold every other character.

    Thai has no full stop. A line break always ends a sentence; a space does where a closing word stands before it or
    an opening word or a person's title after it, unless an abbreviation or initial stands before it (ผอ. สพฐ. are
    no ends) or the sentence would have fewer than 40 characters.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        cuts = [position]
        for gap in re.finditer(r"\s+", line):
            end, begin = gap.span()
            length = position + end - cuts[-1]
            if length < _MIN_CHARS or begin == len(line) or _ABBREVIATION.search(line[max(0, end - 14) : end]):
                continue
            closes = line.endswith((*_CLOSERS, "”", "?", "!"), 0, end)
            opens = _OPENS.match(line[begin : begin + 20]) is not None
            named = _TITLE.match(line[begin : begin + 12]) is not None and length >= 3 * _MIN_CHARS
            if closes or opens or named:
                cuts.append(position + gap.end())
        cuts.append(position + len(line))
        spans.extend(pairwise(cuts))
        position += len(line)
    trimmed = []
    for start, end in spans:
        piece = text[start:end]
        left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
        if right > left:
            trimmed.append((start + left, start + right))
    return trimmed
