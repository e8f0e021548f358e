"""Feeds in which one word or one number in words is all that differs: both releases stay."""

import json
from pathlib import Path

import pytest

from obecsum.comparison.compare import compare

CASES = Path(__file__).parent / "cases"


def pairs(name: str) -> list[tuple[str, str]]:
    texts = [json.loads(line)["text"] for line in (CASES / name).read_text(encoding="utf-8").splitlines()]
    return list(zip(texts[::2], texts[1::2], strict=True))


RELEASE, _ = pairs("spelled-numbers-two-releases.jsonl")[0]
NOTICE = (
    "กรมอุตุนิยมวิทยาประกาศว่าจะมีการประชุมครั้งที่สาม ภายในสิบห้าวันนับจากวันประกาศ โดยจะจัดขึ้นในวันอังคารนี้ เวลาสิบโมงเช้า ที่ห้องประชุมของกรม "
    "ขอให้ผู้เกี่ยวข้องทุกหน่วยงานเข้าร่วมการประชุมดังกล่าวโดยพร้อมเพรียงกัน และเตรียมเอกสารรายงานผลการดำเนินงานมาด้วย"
)


def test_other_numbers_in_words_are_an_update() -> None:
    ((a, b),) = pairs("spelled-numbers-two-releases.jsonl")
    found = compare(a, b)
    assert found.relation == "update"
    assert not found.a_can_go
    assert not found.b_can_go


@pytest.mark.parametrize(("a", "b"), [*pairs("short-one-word.jsonl"), *pairs("storm-two-events.jsonl")])
def test_one_other_word_keeps_both(a: str, b: str) -> None:
    found = compare(a, b)
    assert not found.a_can_go
    assert not found.b_can_go
    assert found.lost_a or found.lost_b


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (RELEASE, "ห้าหมื่นล้านบาท", "50,000 ล้านบาท"),
        (RELEASE, "สามล้านสองแสน", "3.2 ล้าน"),
        (RELEASE, "สามล้านสองแสนครัวเรือน", "3,200,000 ครัวเรือน"),
        (RELEASE, "บ่ายสองโมง", "14.00 น."),
        (RELEASE, "บ่ายสองโมง", "บ่าย 2 โมง"),
        (NOTICE, "ครั้งที่สาม", "ครั้งที่ 3"),
        (NOTICE, "สิบห้าวัน", "15 วัน"),
        (NOTICE, "สิบโมงเช้า", "10.00 น."),
        (NOTICE, "สิบโมงเช้า", "๑๐ โมงเช้า"),
    ],
)
def test_words_and_digits_of_one_value_are_the_same(text: str, before: str, after: str) -> None:
    assert before in text
    found = compare(text, text.replace(before, after))
    assert found.a_can_go
    assert found.b_can_go


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (RELEASE, "ห้าหมื่นล้านบาท", "60,000 ล้านบาท"),
        (RELEASE, "ห้าหมื่นล้านบาท", "ห้าพันล้านบาท"),
        (RELEASE, "สามล้านสองแสน", "สามล้านสามแสน"),
        (RELEASE, "บ่ายสองโมง", "15.00 น."),
        (RELEASE, "บ่ายสองโมง", "สองทุ่ม"),
        (NOTICE, "ครั้งที่สาม", "ครั้งแรก"),
        (NOTICE, "ครั้งที่สาม", "ครั้งที่ 4"),
        (NOTICE, "สิบห้าวัน", "20 วัน"),
        (NOTICE, "สิบห้าวัน", "ยี่สิบวัน"),
        (NOTICE, "วันอังคารนี้", "วันศุกร์นี้"),
        (NOTICE, "วันอังคารนี้", "วันอังคารหน้า"),
        (NOTICE, "สิบโมงเช้า", "สิบเอ็ดโมงเช้า"),
        (NOTICE, "สิบโมงเช้า", "เที่ยงตรง"),
    ],
)
def test_another_value_keeps_both(text: str, before: str, after: str) -> None:
    assert before in text
    found = compare(text, text.replace(before, after))
    assert found.relation == "update"
    assert not found.a_can_go
    assert not found.b_can_go


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ประกาศเตือนภัยระดับสี่ในภาคใต้", "ประกาศเตือนภัยระดับห้าในภาคใต้"),
        ("กรมชลประทานเปิดประตูระบายน้ำ", "กรมชลประทานปิดประตูระบายน้ำ"),
        ("ผู้ว่าฯ ยืนยันพบผู้ป่วยรายใหม่", "ผู้ว่าฯ ปฏิเสธพบผู้ป่วยรายใหม่"),
        ("ปิดถนนสิบห้าวัน", "ปิดถนนยี่สิบวัน"),
        ("เริ่มฉีดวัคซีนเข็มแรก", "เริ่มฉีดวัคซีนเข็มที่สอง"),
        ("ประชุมบ่ายสองโมงวันนี้", "ประชุมบ่ายสามโมงวันนี้"),
        ("เลื่อนประชุมไปวันอังคารนี้", "เลื่อนประชุมไปวันศุกร์นี้"),
    ],
)
def test_short_items_with_one_word_changed_both_stay(a: str, b: str) -> None:
    found = compare(a, b)
    assert not found.a_can_go
    assert not found.b_can_go


STORM = pairs("storm-two-events.jsonl")[0][0]


@pytest.mark.parametrize(
    ("before", "after"),
    [("“วิภา”", "“คาจิกิ”"), ("ภาคเหนือ", "ภาคใต้"), ("ภาคเหนือ", "จังหวัดน่าน"), ("น้ำท่วมฉับพลัน", "ดินถล่ม")],
)
def test_another_storm_or_place_keeps_both(before: str, after: str) -> None:
    assert before in STORM
    found = compare(STORM, STORM.replace(before, after))
    assert not found.a_can_go
    assert not found.b_can_go
