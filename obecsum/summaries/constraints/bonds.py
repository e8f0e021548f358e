"""What belongs together in a source and was parted in a summary: a post and its office, a rise and its figure.

Each half alone is in the source, so a search for facts finds nothing wrong. Looked at are only bonds that have a form:
a post with the office after it, a name with its abbreviation in brackets, a word for a rise or a fall with its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from obecsum.text.names import find_people

__all__ = ["Bracket", "brackets", "broken_bonds"]

_POST = re.compile(
    r"(?P<post>อธิบดี|ปลัดกระทรวง|รัฐมนตรี(?:ช่วย)?ว่าการกระทรวง|ผู้ว่าราชการจังหวัด|ผู้อำนวยการ|เลขาธิการ|อธิการบดี|ประธานกรรมการ)(?P<of>[ก-๎]{3,})"
)
_OFFICE_CHARS = 8
# What may stand in an office's place: the text goes on, and names no office.
_GOES_ON = re.compile(
    r"ฯ|และ|ที่|ซึ่ง|เป็น|กล่าว|เผย|เปิด|ร่วม|พร้อม|นำ|ลง|มอบ|ให้|ย้ำ|ระบุ|แถลง|หารือ|ตรวจ|ติดตาม|ประชุม|เข้า|ชี้|สั่ง|รับ|จัด|คนใหม่"
)
_BRACKET = re.compile(r"\s?\((?P<inside>[^()]{2,40})\)")
_IN_WORDS = re.compile(r"[ก-๎A-Za-z.)]")
_BEFORE_CHARS = 200  # of the words before a bracket; unspaced text has thousands
_HELD = ("รอง", "ผู้ช่วย", "เลขา", "อธิบดี", "ปลัด", "ผอ", "ผู้อำนวยการ", "รมว", "รมช", "รัฐมนตรี", "โฆษก", "ประธาน", "ผู้ว่า")
_POST_BEGINS = re.compile("(?:รอง|ผู้ช่วย)?(?:เลขา|อธิบดี|ปลัด|ผู้อำนวยการ|รัฐมนตรี|โฆษก|ประธาน|ผู้ว่า|นายก)")
_NAME_END = 6
_TREND = re.compile(
    r"(?P<word>เพิ่มขึ้น|ลดลง|ขยายตัว|หดตัว|ติดลบ|ไม่เกิน|ไม่น้อยกว่า|เสียชีวิต|บาดเจ็บ|อันดับ)"
    r"(?:กว่า|ถึง|เป็น|เฉลี่ย|ประมาณ|จำนวน|ที่|แล้ว|รวม|ร้อยละ|อีก|\s){0,4}(?P<number>\d[\d,]*(?:\.\d+)?)"
)
_NEAR = 70  # characters between a word of trend and its number in the source


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


def broken_bonds(text: str, source: str) -> Iterator[tuple[int, int]]:
    """Where a text joins two halves that the source joins to others.

    Args:
        text: A summary, folded.
        source: Its source, folded.

    Yields:
        (start, end) in ``text``.
    """
    squeezed = "".join(source.split())
    people = tuple(name.split()[0] for _, _, name in find_people(source))
    for match in _POST.finditer(text):
        if _GOES_ON.match(match["of"]) or match["of"].startswith(people) or match["post"] not in squeezed:
            continue
        if match["post"] + match["of"][:_OFFICE_CHARS] not in squeezed:
            yield match.span()
    known = brackets(source)
    for match in _BRACKET.finditer(text):
        if not _words_before(text, match.start()):
            continue
        inside = "".join(match["inside"].split()) + ")"
        before = "".join(text[: match.start("inside") - 1].split())
        same = [bracket for bracket in known if bracket.inside == inside]
        if same and not any(before.endswith(bracket.before) for bracket in same):
            yield match.span("inside")
    for match in _TREND.finditer(text):
        number = re.escape(match["number"])
        stated = re.search(rf"(?<![\d.,]){number}(?![\d]|[.,]\d)", source)
        bond = rf"{match['word']}[^\d]{{0,{_NEAR}}}(?:\d[\d,.]*[^\d]{{1,12}})?(?<![\d.,]){number}(?![\d]|[.,]\d)"
        if stated and match["word"] in source and not re.search(bond, source):
            yield match.span()
