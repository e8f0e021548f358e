"""What a number counts: its multiplier and unit word, so that 300 ล้านคน is not supported by 300 กิโลเมตร.

:mod:`obecsum.text.facts` leaves the unit out of a number's value, as two releases may word it differently. A summary is
held to more: where both it and its source say what a number counts, they must say the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from obecsum.text.lexicon.patterns import any_of
from obecsum.text.lexicon.tables import MULTIPLIERS, UNITS

__all__ = ["Measure", "Measures", "find_measures"]

# Abbreviations of an amount with its multiplier, beside the spelled-out form that each stands for.
_AMOUNTS = {"ลบ.": (10**6, "บาท"), "ลบ": (10**6, "บาท"), "ล.บ.": (10**6, "บาท"), "บ.": (1, "บาท")}
# Words that count the same things: any of a row may stand for another.
_SAME = (
    ("คน", "ราย", "ท่าน", "นาย", "ล้านคน", "รูป", "องค์", "ศพ"),
    ("กิโลเมตร", "กม."),
    ("กิโลกรัม", "กก."),
    ("ชั่วโมง", "ชม."),
    ("%", "เปอร์เซ็นต์", "เปอร์เซนต์"),
    ("ครัวเรือน", "หลังคาเรือน", "หลัง", "ครอบครัว"),
    ("ดอลลาร์", "ดอลลาร์สหรัฐ", "เหรียญสหรัฐ", "เหรียญ"),
    ("แห่ง", "จุด", "โรงเรียน", "โรง", "โรงงาน", "สถานี", "สถานประกอบการ", "สาขา", "หน่วยงาน", "หน่วย", "บริษัท", "ชุมชน"),
    ("โครงการ", "รายการ", "เรื่อง", "ประเด็น", "มาตรการ", "ด้าน", "ข้อ"),
    ("ลูกบาศก์เมตร", "ลบ.ม."),
    ("ชิ้น", "รายการ", "อัน", "ชุด", "ตัว"),
    ("ปี", "ขวบ", "พรรษา"),
)
_CLASSES: dict[str, frozenset[int]] = defaultdict(frozenset)
for _number, _words in enumerate(_SAME):
    for _word in _words:
        _CLASSES[_word] |= {_number}
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TAIL = (
    rf"(?:\s?(?P<amount>{any_of(_AMOUNTS)})(?![ม.])|"
    rf"(?:\s?(?P<multiplier>{any_of(MULTIPLIERS)})(?!ธุ์))?(?:\s?(?P<unit>%|เปอร์เซ็นต์|เปอร์เซนต์|{any_of(UNITS)}))?)"
)
_MEASURE = re.compile(
    rf"(?<![\d.,:/A-Za-z])(?<![A-Za-z]-)(?P<digits>{_DIGITS})(?P<range>\s?[-–]\s?(?:{_DIGITS}))?{_TAIL}"
)
_SECOND = re.compile(rf"\s?[-–]\s?(?P<digits>{_DIGITS})")
_PERCENT = re.compile(r"ร้อยละ\s?$")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and what it counts.

    Attributes:
        digits: As written, without commas.
        multiplier: 1, or what the word after it says (ล้าน: 1,000,000).
        unit: The unit word, ``%``, or None where none that is known follows.
        span: (start, end) of the digits in the folded text.
    """

    digits: str
    multiplier: int
    unit: str | None
    span: tuple[int, int]

    def agrees(self, other: Measure) -> bool:
        """Whether both may be the same statement: nothing that both say differs."""
        if self.multiplier != other.multiplier:
            return False
        if self.unit is None or other.unit is None or self.unit == other.unit:
            return True
        return bool(_CLASSES[self.unit] & _CLASSES[other.unit])


def find_measures(folded: str) -> Iterator[Measure]:
    """The numbers of a folded text, each with what it counts; both ends of a range count the same."""
    for match in _MEASURE.finditer(folded):
        multiplier, unit = 1, match["unit"]
        if match["amount"]:
            multiplier, unit = _AMOUNTS[match["amount"]]
        elif match["multiplier"]:
            multiplier = MULTIPLIERS[match["multiplier"]]
        if unit is None and _PERCENT.search(folded, max(0, match.start() - 8), match.start()):
            unit = "%"
        if unit == "ล้านคน":
            multiplier, unit = 10**6, "คน"
        yield Measure(match["digits"].replace(",", ""), multiplier, unit, match.span("digits"))
        if match["range"]:
            second = _SECOND.match(folded, match.start("range"))
            if second:
                yield Measure(second["digits"].replace(",", ""), multiplier, unit, second.span("digits"))


class Measures:
    """The numbers of one source.

    Args:
        folded: The source, folded.
    """

    def __init__(self, folded: str) -> None:
        self._by_digits: dict[str, list[Measure]] = defaultdict(list)
        for measure in find_measures(folded):
            self._by_digits[measure.digits].append(measure)

    def deny(self, measure: Measure) -> bool:
        """Whether the source has this number, but everywhere as a count of something else."""
        known = self._by_digits.get(measure.digits)
        return bool(known) and not any(measure.agrees(other) for other in known or ())
