"""Lines that say nothing about an event: datelines, hashtags, links, telephone numbers, signatures, separators."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from obecsum.comparison.alignment.document import Document, once
from obecsum.text.facts import Fact
from obecsum.text.lexicon.function_words import CORRECTIONS, OFFICE_WORDS
from obecsum.text.lexicon.tables import MONTHS
from obecsum.text.segment import words

__all__ = ["idle_lines", "idle_mask", "own_facts", "own_size"]

_MONTHS = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
# A line that takes something back is none, whatever it is written as.
_TAKES_BACK = re.compile("|".join(map(re.escape, CORRECTIONS)))
_IDLE = re.compile(
    # Marks, then hashtags; or marks, then one of the others. Nothing is tried twice: of glued ones (#a#b) all are one.
    r"^(?:(?:[\s.\-_=*+•|\"'()/~^:,]|#(?=\s))*+(?:#\S++\s*+)++|[\s.\-_=*+•|#\"'()/~^:,]*+(?:"
    r"(?:https?://|www\.)\S+.*"
    rf"|(?:วันที่\s*)?\d{{1,2}}\s*(?:{_MONTHS})\s*(?:พ\.ศ\.\s*)?\d{{2,4}}"
    r"|(?:โทร|โทรศัพท์|โทรสาร|ติดต่อ|สอบถาม|ที่มา|ภาพ|ข่าว|ภาพ/ข่าว|ข่าว/ภาพ|เครดิต|ขอบคุณภาพ|เรียบเรียง|กลุ่มประชาสัมพันธ์|ฝ่ายประชาสัมพันธ์"
    r"|สำนักงานประชาสัมพันธ์|กองประชาสัมพันธ์|ข่าวประชาสัมพันธ์|ข่าวที่|ฉบับที่|instagram|facebook|tiktok|twitter|line|x|youtube|threads)\s*[:ฯ.](?:.{0,60}|.{0,120}\d{4}.*)"
    # Who wrote, photographed or sent it out, labeled so or as ชื่อ/รายงาน ชื่อ/ตรวจ.
    r"|(?:(?:ผู้)?(?:เผยแพร่|สื่อ|เขียน|รายงาน|ถ่าย|เรียบเรียง|พิมพ์|ตรวจ)(?:ข่าว|ภาพ)?(?:โดย)?|(?:ข่าว|ภาพ)โดย"
    r"|written by|photo(?: credit| by)?|rewriter|editor)\s*[:/].{0,120}"
    r"|(?:[ก-๙.]{2,30}(?:\s[ก-๙]{2,30})?\s?[/:]\s?(?:รายงาน|เรียบเรียง|ตรวจ|ข่าว|ภาพ|พิมพ์|ถ่ายภาพ|สรุป)\s*+){1,4}"
    r"|(?:[…. ]*+(?:อ่านต่อ|อ่านเพิ่มเติม|ดูเพิ่มเติม|อ่านรายละเอียดเพิ่มเติม|read more|continue reading)[^\n]{0,40})"
    r")?)[\s.\-_=*+•|#\"'()/~^:,]*+$",
    re.IGNORECASE,
)


@once
def idle_lines(text: Document) -> frozenset[int]:
    """The numbers of the lines, from 0, that say nothing about the event."""
    return frozenset(
        number
        for number, line in enumerate(text.text.splitlines())
        if line.strip() and (_IDLE.match(line.strip()) or _is_office(line)) and not _TAKES_BACK.search(line)
    )


_MAX_OFFICE_CHARS = 160
_ADDRESS = re.compile(r"\S*@\S+")
_BETWEEN = frozenset({"และ", "and"})
_NOT_WORDS = re.compile(r"(?:[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[\d_])+")  # of Thai marks \w has none


def _is_office(line: str) -> bool:
    """Whether a line only names offices and how to reach them."""
    if len(line) > _MAX_OFFICE_CHARS:
        return False
    bare = _ADDRESS.sub(" ", line)
    found = [word for word in (_NOT_WORDS.sub("", bare[start:end]) for start, end in words(bare)) if word]
    named = [word for word in found if word not in _BETWEEN]
    return bool(named) and all(word.lower() in OFFICE_WORDS or len(word) == 1 for word in named)


@once
def idle_mask(text: Document) -> npt.NDArray[np.bool_]:
    """For each of ``text.codes`` whether it stands in a line that says nothing about the event."""
    lines = []
    position = 0
    idle = idle_lines(text)
    for number, line in enumerate(text.text.splitlines(keepends=True)):
        if number in idle:
            lines.append((position, position + len(line)))
        position += len(line)
    mask = np.zeros(len(text.codes), dtype=np.bool_)
    if lines:
        origin = text.starts[text.offsets[:-1]]
        for start, end in lines:
            mask[np.searchsorted(origin, start) : np.searchsorted(origin, end)] = True
    return mask


def own_size(text: Document) -> int:
    """Characters that are neither white space nor in lines that say nothing about the event."""
    return len(text.codes) - int(idle_mask(text).sum())


@once
def own_facts(text: Document) -> tuple[Fact, ...]:
    """The facts that stand outside of idle lines."""
    idle = idle_mask(text)
    if not idle.any() or not text.facts:
        return text.facts
    firsts = np.searchsorted(text.offsets[:-1], [fact.span[0] for fact in text.facts])
    return tuple(
        fact for fact, first in zip(text.facts, firsts.tolist(), strict=True) if first >= len(idle) or not idle[first]
    )
