"""Texts that must not be wrong in any word: of the royal family, of crimes, of deaths."""

from __future__ import annotations

import re

__all__ = ["is_sensitive"]

_ROYAL = (
    "พระบาทสมเด็จ|สมเด็จพระ|พระองค์เจ้า|เจ้าฟ้า|พระเจ้าอยู่หัว|พระบรม(?!มหาราชวัง)|พระราชินี|พระราชทาน|พระราชดำเนิน|พระราชพิธี|พระราชกุศล|ในหลวง|องคมนตรี|ทูลเกล้า|สวรรคต"
    "|พระชนมพรรษา|พระราชสมภพ|พระราชูปถัมภ์|สิ้นพระชนม์|พระกรุณา|ถวายพระพร|เสด็จ|รัชกาลที่"
)
_DEATH = "เสียชีวิต|ถึงแก่กรรม|ถึงแก่อนิจกรรม|มรณภาพ|อสัญกรรม|ผู้ตาย|ตาย(?!ตัว)|ศพ|ฆาตกรรม|ฆ่า"
_CRIME = (
    "จับกุม|ผู้ต้องหา|ผู้ต้องสงสัย|จำเลย|ยาเสพติด|ยาบ้า|ฉ้อโกง|ทุจริต|ข่มขืน|อนาจาร|ปล้น|ลักทรัพย์|ค้ามนุษย์|ฟอกเงิน|ของกลาง|คดีอาญา|หมายจับ|ล่วงละเมิด"
    "|ทำร้าย|กราดยิง|อาวุธปืน|ก่อเหตุ|ก่อการร้าย|ติดสินบน|ค้าประเวณี|หลอกลวง|ดำเนินคดี"
)
_SENSITIVE = re.compile(f"{_ROYAL}|{_DEATH}|{_CRIME}")


def is_sensitive(text: str) -> bool:
    """Whether a text tells of the royal family, a crime or a death: a mistake does the most harm there.

    >>> is_sensitive("สมเด็จพระนางเจ้าฯ พระบรมราชินี เสด็จฯ เปิดงาน"), is_sensitive("กรมทางหลวงเปิดถนนสายใหม่")
    (True, False)
    """
    return _SENSITIVE.search(text) is not None
