"""Who wrote, photographed or supplied a release: lines of its end that belong in metadata, not in a summary."""

from __future__ import annotations

import re
from dataclasses import dataclass

from obecsum.cleaning.furniture import lines_of
from obecsum.text.normalize import normalize

__all__ = ["Byline", "find_bylines"]

_LAST_LINES = 6
_MAX_CHARS = 120
_KINDS = {
    "photo": r"ขอบคุณ(?:เจ้าของ)?(?:ภาพ|รูป)(?:ภาพ|ถ่าย)?(?:ประกอบ|จาก|ข่าว)*|เครดิต(?:ภาพ|รูป)"
    r"|(?:ถ่าย)?ภาพ(?:ถ่าย)?(?:โดย)?|ช่างภาพ|Photo(?:\s*by)?",
    "source": r"ขอบคุณ(?:ข้อมูล|ข่าว|ที่มา)(?:และภาพ)?(?:จาก)?"
    r"|ที่มา(?:ของ)?(?:ข่าว|ข้อมูล|ภาพ)?|แหล่งที่มา|แหล่งข่าว|เครดิต(?:ข่าว)?|Cr\.?|Credit|Source",
    "writer": r"ข่าว\s*(?:[/-]|และ)\s*ภาพ(?:ข่าว)?|ภาพ\s*(?:[/-]|และ)\s*ข่าว"
    r"|ข่าวโดย|ผู้สื่อข่าว|ผู้เขียนข่าว|ผู้เขียน|เขียนโดย|เรียบเรียง(?:โดย)?|รายงานโดย|ผู้รายงาน|ข่าว",
}
_PATTERNS = [
    (kind, re.compile(rf"[(\[<]?\s*(?P<label>{labels})(?P<sep>\s*[:：/]\s*|\s+)(?P<name>\S.*)$", re.IGNORECASE))
    for kind, labels in _KINDS.items()
]
# Without a colon a label is a common noun as well (ภาพ รวม, ข่าว ปลอม): the rest must then be a name's length and no
# sentence.
_MAX_NAME_CHARS = 40
_SENTENCE = re.compile(r"กล่าว|ว่า|ได้|เป็น|จะ|เพื่อ|ที่|ซึ่ง|และมี|ของ|นี้|ปลอม|ไม่")


@dataclass(frozen=True, slots=True)
class Byline:
    """A line that names who made the release or a part of it.

    Attributes:
        kind: "writer", "photo" or "source".
        name: The person or office named, normalized.
        span: (start, end) of the whole line, half-open, in code points of the caller's text.
    """

    kind: str
    name: str
    span: tuple[int, int]


def find_bylines(text: str) -> list[Byline]:
    """Finds bylines and credits among the last six lines of a text.

    Args:
        text: The text of one release, as it is.

    Returns:
        The bylines in order. They are facts, so nothing cuts them: a summary leaves them out, a record keeps them.
    """
    found: list[Byline] = []
    for number, line in lines_of(text, top=0, bottom=_LAST_LINES):
        shown = normalize(text[line.start : line.end]).strip()
        if not line.folded or number == 0 or len(shown) > _MAX_CHARS:
            continue
        for kind, pattern in _PATTERNS:
            match = pattern.match(shown)
            if match is None:
                continue
            name = match["name"].strip()
            if shown[0] in "([<":
                name = name.rstrip(")]>").strip()
            labeled = any(sign in match["sep"] for sign in ":：/")
            if not name or (not labeled and (len(name) > _MAX_NAME_CHARS or _SENTENCE.search(name))):
                continue
            found.append(Byline(kind, name, (line.start, line.end)))
            break
    return found
