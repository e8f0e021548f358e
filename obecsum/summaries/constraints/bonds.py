"""What stands in brackets in a source, and behind which words: a post and its office, a name and its abbreviation."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Bracket", "brackets"]

_BRACKET = re.compile(r"\s?\((?P<inside>[^()]{2,40})\)")
_IN_WORDS = re.compile(r"[ก-๎A-Za-z.)]")
_BEFORE_CHARS = 200  # of the words before a bracket; unspaced text has thousands
_HELD = ("รอง", "ผู้ช่วย", "เลขา", "อธิบดี", "ปลัด", "ผอ", "ผู้อำนวยการ", "รมว", "รมช", "รัฐมนตรี", "โฆษก", "ประธาน", "ผู้ว่า")
_POST_BEGINS = re.compile("(?:รอง|ผู้ช่วย)?(?:เลขา|อธิบดี|ปลัด|ผู้อำนวยการ|รัฐมนตรี|โฆษก|ประธาน|ผู้ว่า|นายก)")
_NAME_END = 6


@dataclass(frozen=True, slots=True)
class Bracket:
    """What a source has in brackets, spaces aside.

    Attributes:
        before: What must stand right before it: of a post, the post from its first word; of an
            abbreviation or anything else the last letters.
        inside: Its words, the closing bracket with them.
    """

    before: str
    inside: str


def brackets(source: str) -> list[Bracket]:
    """Everything in brackets in a source."""
    found = []
    for match in _BRACKET.finditer(source):
        words = _words_before(source, match.start())
        if not words:
            continue
        inside = "".join(match["inside"].split()) + ")"
        post = _POST_BEGINS.search(words) if inside.startswith(_HELD) else None
        before = words[post.start() :] if post else words[-_NAME_END:]
        found.append(Bracket(before, inside))
    return found


def _words_before(text: str, end: int) -> str:
    """The run of letters, dots and closing brackets before a place, as far as it is looked at."""
    at = end
    while at > max(0, end - _BEFORE_CHARS) and _IN_WORDS.match(text[at - 1]):
        at -= 1
    return text[at:end]
