"""Places that need no word before them: a model writes those that it has often seen, whatever the release tells."""

from __future__ import annotations

import re
from functools import lru_cache

from pythainlp.corpus import provinces

from obecsum.text.lexicon.countries import find_countries

__all__ = ["strange_places"]

_MIN_CHARS = 5  # เลย, ตาก and แพร่ are words, too
# Halls, cities and airports of many releases, from those of 2016 to 2024.
_VENUES = (
    "เมืองทองธานี", "อิมแพ็ค", "ไบเทค", "ศูนย์การประชุมแห่งชาติสิริกิติ์", "ทำเนียบรัฐบาล", "ท้องสนามหลวง", "สนามหลวง",
    "สวนลุมพินี", "ตึกไทยคู่ฟ้า", "ตึกสันติไมตรี", "ศูนย์ราชการเฉลิมพระเกียรติ", "สุวรรณภูมิ", "ดอนเมือง", "พัทยา", "หัวหิน", "แหลมฉบัง",
)  # fmt: skip


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = {name for name in (*provinces(), *_VENUES) if len(name) >= _MIN_CHARS}
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))))


def strange_places(text: str, source: str) -> list[tuple[int, int]]:
    """Where ``text`` names a province or a well-known venue that ``source`` lacks, or calls a country a province.

    Args:
        text: A summary, folded.
        source: Its source, folded.

    Returns:
        (start, end) of each in ``text``, in order.
    """
    squeezed = "".join(source.split())
    found = [match.span() for match in _pattern().finditer(text) if match[0] not in squeezed]
    for match in re.finditer(r"(?:จังหวัด|จ\.)\s?([ก-๎]+)", text):
        named = find_countries(match[1])
        if named and any(match[1].startswith(name) for name in named):
            found.append(match.span(1))
    return sorted(found)
