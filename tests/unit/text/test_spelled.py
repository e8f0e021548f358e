"""Numbers, serials, times and days in words have the values of their digits, and parts of other words have none."""

import pytest

from obecsum.text.facts import agrees, extract_facts
from obecsum.text.spelled.numerals import value_of


def facts(text: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.value) for fact in extract_facts(text)]


def only(text: str) -> tuple[str, str, str]:
    (fact,) = extract_facts(text)
    return fact.kind, fact.value, fact.text


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("ห้าหมื่นล้านบาท", "50,000 ล้านบาท"),
        ("สิบห้าวัน", "15 วัน"),
        ("ยี่สิบเอ็ดคน", "21 คน"),
        ("หนึ่งแสนสองหมื่นราย", "120,000 ราย"),
        ("สามล้านสองแสนครัวเรือน", "3,200,000 ครัวเรือน"),
        ("หนึ่งร้อยสามสิบห้าล้านห้าแสนบาท", "135.5 ล้านบาท"),
        ("สองล้านล้านบาท", "2 ล้านล้านบาท"),
        ("หนึ่งร้อยห้าแห่ง", "105 แห่ง"),
        ("ครึ่งล้านคน", "500,000 คน"),
        ("ห้า หมื่นบาท", "50,000 บาท"),
        ("ร้อยละหกสิบ", "ร้อยละ 60"),
        ("เจ็ดเปอร์เซ็นต์", "7 เปอร์เซ็นต์"),
        ("ปีสองพันห้าร้อยหกสิบเจ็ด", "ปี 2567"),
        ("สิบสามสิงหาคม 2567", "13 สิงหาคม 2567"),
        ("สิบสามสิงหาคมสองพันห้าร้อยหกสิบเจ็ด", "13 สิงหาคม 2567"),
        ("ครั้งที่สาม", "ครั้งที่ 3"),
        ("รุ่นที่หนึ่ง", "รุ่นที่ 1"),
        ("ครั้งแรก", "ครั้งที่ 1"),
        ("เข็มแรก", "เข็มที่ 1"),
        ("เข็มสอง", "เข็มที่ 2"),
        ("อันดับสอง", "อันดับที่ 2"),
        ("มาตราสี่สิบสี่", "มาตรา 44"),
        ("บ่ายสองโมง", "14.00 น."),
        ("บ่าย 2 โมง", "14.00 น."),
        ("บ่ายสองโมงสิบห้านาที", "14.15 น."),
        ("บ่ายโมงครึ่ง", "13.30 น."),
        ("สิบโมงเช้า", "10.00 น."),
        ("สี่โมงเย็น", "16.00 น."),
        ("หกโมงเย็น", "18.00 น."),
        ("สองทุ่ม", "20.00 น."),
        ("สองทุ่มครึ่ง", "20.30 น."),
        ("3 ทุ่ม", "21.00 น."),
        ("ตีห้า", "05.00 น."),
        ("เที่ยงตรง", "12.00 น."),
        ("เที่ยงคืน", "00.00 น."),
        ("เก้านาฬิกาสามสิบนาที", "09.30 น."),
        ("19 นาฬิกา", "19.00 น."),
        ("two hundred and five", "205"),
        ("twenty-five", "25"),
        ("5 million", "5,000,000"),
        ("2.5 million", "2,500,000"),
        ("five million", "5 ล้าน"),
        ("60 percent", "60%"),
        ("third", "3rd"),
        ("2 p.m.", "14.00 น."),
        ("9:30 am", "09.30 น."),
        ("noon", "12.00 น."),
        ("12 July 2024", "12 กรกฎาคม 2567"),
        ("July 12, 2024", "12 กรกฎาคม 2567"),
        ("July 12th", "12 กรกฎาคม"),
        ("JULY 12TH, 2024", "12 กรกฎาคม 2567"),
        ("Jul. 12", "12 กรกฎาคม"),
        ("the 12th of July", "12 กรกฎาคม"),
        ("July 12-15, 2024", "12-15 กรกฎาคม 2567"),
        ("July 2024", "กรกฎาคม 2567"),
        ("in July", "เดือนกรกฎาคม"),
        ("ในสิงหาคมนี้", "เดือนสิงหาคม"),
    ],
)
def test_words_have_the_value_of_their_digits(words: str, digits: str) -> None:
    assert only(words)[:2] == only(digits)[:2]


@pytest.mark.parametrize(
    "text",
    [
        "อำเภอสองพี่น้อง",
        "สามารถ",
        "ห้ามคน",
        "เก้าอี้สองขา",
        "หกล้ม",
        "ชาวแปดริ้ว",
        "ร้อยเอกหญิง",
        "ล้านนา",
        "สิบสองปันนา",
        "หมื่นศรี",
        "โกหกคน",
        "สองวันนี้",
        "ทั้งสองรายงานว่า",
        "หลายสิบปี",
        "อีกหนึ่งช่องทาง",
        "เป็นหนึ่งในประเทศ",
        "ครั้งที่สามารถทำได้",
        "สองหมื่นห้า",
        "สามสี่คน",
        "ตามวรรคสอง แห่งพระราชบัญญัติ",
        "ความเที่ยงตรง",
        "หกโมง",
        "เดือนหน้า",
        "วันศุกร์หน้าศาลากลาง",
        "อาทิตย์นี้",
        "พระจันทร์นี้",
        "one of them",
        "at first sight",
        "You may go",
        "march to the sea",
        "store-Eleven",
        "the freight",
        "a second-hand car",
    ],
)
def test_parts_of_other_words_are_no_facts(text: str) -> None:
    assert [fact for fact in facts(text) if fact[0] not in ("place", "person")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("โจมตีห้าครั้ง", [("number", "5")]),
        ("มูลค่าสูงสุด 3 อันดับแรก", [("number", "3")]),
        ("ที่ 7-Eleven", [("number", "7")]),
        ("ฝุ่น PM 2.5", []),
        ("5 หมื่นห้าพัน", [("number", "50000")]),
    ],
)
def test_neighbors_that_belong_to_something_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert facts(text) == expected


def test_spans_hold_the_unit() -> None:
    assert only("ภายในสิบห้าวัน") == ("number", "15", "สิบห้าวัน")
    assert only("วงเงินห้าหมื่นล้านบาท")[2] == "ห้าหมื่นล้านบาท"
    text = "  จำนวน\u200bสิบ\u00a0ห้าวัน"
    for fact in extract_facts(text):
        assert text[slice(*fact.span)] == fact.text


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("วันอังคารนี้", "this Tuesday", True),
        ("วันอังคารนี้", "วันศุกร์นี้", False),
        ("วันอังคารนี้", "วันอังคารหน้า", False),
        ("วันอังคารนี้", "วันอังคารที่ผ่านมา", False),
        ("วันอังคารนี้", "เดือนสิงหาคม", False),
        ("วันอังคารนี้", "13 สิงหาคม 2567", False),
        ("วันอังคารนี้", "ปี 2567", False),
        ("สิบห้าวัน", "15 วัน", True),
        ("สิบห้าวัน", "20 วัน", False),
        ("in August", "13 สิงหาคม", False),
        ("in August", "เดือนสิงหาคม 2567", True),
    ],
)
def test_agreement(a: str, b: str, same: bool) -> None:
    (first,), (second,) = extract_facts(a), extract_facts(b)
    assert agrees(first, second) is agrees(second, first) is same


def test_a_weekday_before_its_date_is_part_of_it() -> None:
    assert facts("วันอังคารนี้ (13 ส.ค. 67)") == [("date", "2024-08-13")]


def test_numerals() -> None:
    units = ["", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
    places = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"]

    def say(number: int) -> str:
        if number >= 10**6:
            return say(number // 10**6) + "ล้าน" + (say(number % 10**6) if number % 10**6 else "")
        digits, said = str(number), ""
        for at, digit in enumerate(map(int, digits)):
            place = len(digits) - 1 - at
            if not digit:
                continue
            if place == 1:
                said += {1: "สิบ", 2: "ยี่สิบ"}.get(digit, units[digit] + "สิบ")
            elif place == 0 and digit == 1 and len(digits) > 1:
                said += "เอ็ด"
            else:
                said += units[digit] + places[place]
        return said

    for number in [*range(1, 1000), *range(1000, 10**6, 997), *range(10**6, 10**9, 10_000_019), 5 * 10**10, 2 * 10**12]:
        # A digit alone behind thousands is said of the next place, too (สองหมื่นห้า).
        last, above = number % 10**6, number >= 10**6
        is_unsure = last % 10 > 0 and last % 1000 < 10 and (above or last >= 1000)
        assert value_of(say(number)) == (None if is_unsure else number), say(number)
