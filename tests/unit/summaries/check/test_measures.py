"""What a number counts."""

from __future__ import annotations

import pytest

from obecsum.summaries.check.measures import Measures, find_measures
from obecsum.summaries.check.support import SourceFacts
from obecsum.text.normalize import fold, normalize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("งบ 1,622.60 ล้านบาท", [("1622.60", 10**6, "บาท")]),
        ("งบ 1,622.60 ลบ.", [("1622.60", 10**6, "บาท")]),
        ("น้ำ ๑๐ ลบ.ม.", [("10", 1, "ลบ.ม.")]),
        ("300-500 ล้านคน", [("300", 10**6, "คน"), ("500", 10**6, "คน")]),
        ("ร้อยละ 60 ของ", [("60", 1, "%")]),
        ("ในปี 2567 มี", [("2567", 1, None)]),
        ("โควิด COVID-19 และ F16 คน", []),
    ],
)
def test_multiplier_and_unit_are_read(text: str, expected: list[tuple[str, int, str | None]]) -> None:
    found = [(m.digits, m.multiplier, m.unit) for m in find_measures(fold(normalize(text)))]
    assert found == expected


SOURCE = "ผู้ต้องหา 1,104 คน ของกลาง 900,444 ชิ้น วงเงิน 20,000 บาท งบ 1.67 ล้านล้านบาท ใช้ได้ 24 ชม. และรหัส 77"


@pytest.mark.parametrize(
    "summary",
    [
        "ผู้ต้องหา 1,104 ราย",
        "ผู้ต้องหา 1104 คน",
        "วงเงิน 20,000 บาท",
        "ตลอด 24 ชั่วโมง",
        "งบ 1.67 ล้านล้าน",
        "ผู้ต้องหา 1,104",
        "รหัส 77 คน",  # the source does not say what 77 counts
        "ครั้งที่ 999 คน",  # not in the source at all: for the check of values
    ],
)
def test_what_the_source_may_mean_is_not_denied(summary: str) -> None:
    source = Measures(fold(normalize(SOURCE)))
    assert not any(source.deny(m) for m in find_measures(fold(normalize(summary))))


@pytest.mark.parametrize(
    "summary",
    ["ผู้ต้องหา 1,104 คดี", "วงเงิน 20,000 ลบ.", "ตลอด 24 ปี", "งบ 1.67 ล้านบาท", "ของกลาง 900,444 บาท", "งบ 1.67 บาท"],
)
def test_a_number_that_counts_something_else_is_denied(summary: str) -> None:
    source = Measures(fold(normalize(SOURCE)))
    assert any(source.deny(m) for m in find_measures(fold(normalize(summary))))


def test_a_summary_with_such_a_number_is_unsupported() -> None:
    support = SourceFacts(SOURCE).check("จับผู้ต้องหา 1,104 คดี ใน 24 ชั่วโมง")
    assert [(fact.kind, fact.text) for fact in support.unsupported] == [("number", "1,104 คดี")]
    assert [fact.text for fact, _ in support.sources] == ["24 ชั่วโมง"]


def test_what_stands_in_quotation_marks_is_in_the_source() -> None:
    facts = SourceFacts("นายภูมิธรรม เวชยชัย กล่าวว่า จะเดินหน้าโครงการ “บ้านเพื่อคนไทย” ต่อไป")
    assert facts.check("“ภูมิธรรม” เดินหน้า “บ้านเพื่อ คนไทย”").unsupported == []
    assert [fact.text for fact in facts.check("“อนุทิน” เดินหน้า “บ้านเพื่อคนไทย”").unsupported] == ["อนุทิน"]
