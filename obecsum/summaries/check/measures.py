"""Words that count the same things, so that 300 ราย is supported by 300 คน and not by 300 บาท."""

from __future__ import annotations

__all__ = ["unit_class"]

_SAME = (
    ("คน", "ราย", "ท่าน", "นาย", "รูป", "องค์", "ศพ"),
    ("ครัวเรือน", "หลังคาเรือน", "หลัง", "ครอบครัว"),
    ("ดอลลาร์", "ดอลลาร์สหรัฐ", "เหรียญสหรัฐ", "เหรียญ"),
    ("แห่ง", "จุด", "โรงเรียน", "โรง", "โรงงาน", "สถานี", "สถานประกอบการ", "สาขา", "หน่วยงาน", "หน่วย", "บริษัท", "ชุมชน"),
    ("โครงการ", "รายการ", "เรื่อง", "ประเด็น", "มาตรการ", "ด้าน", "ข้อ"),
    ("ชิ้น", "อัน", "ชุด", "ตัว"),
    ("ปี", "ขวบ", "พรรษา"),
)
_FIRST = {word: row[0] for row in _SAME for word in row}


def unit_class(word: str) -> str:
    """The word that stands for all that count the same things.

    >>> unit_class("ราย"), unit_class("กิโลเมตร")
    ('คน', 'กิโลเมตร')
    """
    return _FIRST.get(word, word)
