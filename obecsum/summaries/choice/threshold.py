"""From which confidence on a model's own text is printed."""

from __future__ import annotations

import re

__all__ = ["is_sensitive", "least_confidence"]

_LEAST = {"headline": 0.5, "summary": 0.5, "points": 0.5}
_LEAST_SENSITIVE = 0.8
# Royal persons, crime and death: there nobody may be wrong.
_SENSITIVE = re.compile(
    r"พระราช|พระบาท|สมเด็จ|พระองค์|เสด็จ|ในหลวง|พระบรม|พระเจ้า|กรมพระ|เสียชีวิต|ผู้ตาย|มรณ|ศพ|ถึงแก่กรรม|ฆ่า|ฆาต|จับกุม|ผู้ต้องหา|คนร้าย|ข่มขืน|ล่วงละเมิด|อาชญากร|ยาเสพติด"
)
_READ_CHARS = 600


def is_sensitive(text: str) -> bool:
    """Whether a release begins with news of royal persons, crime or death."""
    return _SENSITIVE.search(text, 0, _READ_CHARS) is not None


def least_confidence(kind: str, *, is_sensitive: bool) -> float:
    """From which confidence on a model's text is printed: of each kind where at most so many are wrong as docs say."""
    return _LEAST_SENSITIVE if is_sensitive else _LEAST[kind]
