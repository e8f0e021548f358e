"""Facts: every form of dates, numbers, times, serials, places, people and organizations, with values that compare."""

import pytest

from obecsum.text.facts import Fact, agrees, extract_facts, misspelled, supported_by
from obecsum.text.timestamps import full_year


def values(text: str, kind: str) -> list[str]:
    return [fact.value for fact in extract_facts(text) if fact.kind == kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("วันที่ 13 ธันวาคม 2567", "2024-12-13"),
        ("13 ธ.ค. 67", "2024-12-13"),
        ("13 ธ.ค.67", "2024-12-13"),
        ("13/12/2567", "2024-12-13"),
        ("13/12/67", "2024-12-13"),
        ("๑๓ ธันวาคม ๒๕๖๗", "2024-12-13"),
        ("13 ธันวาคม พ.ศ. 2567", "2024-12-13"),
        ("13 December", "--12-13"),
        ("13 ธันวาคม ค.ศ. 2024", "2024-12-13"),
        ("วันนี้ (13 ธ.ค. 67)", "2024-12-13"),
        ("13-15 ธันวาคม 2567", "2024-12-13/2024-12-15"),
        ("28 ธันวาคม 2566 - 3 มกราคม 2567", "2023-12-28/2024-01-03"),
        ("28 ธันวาคม – 3 มกราคม 2567", "2024-12-28/2024-01-03"),
        ("13 ธันวาคม", "--12-13"),
        ("เดือนธันวาคม 2567", "2024-12"),
        ("ธันวาคม 2567", "2024-12"),
        ("ปีการศึกษา 2567", "2024"),
        ("ปีงบประมาณ พ.ศ. 2567", "2024"),
        ("ภายใน 13 ก.พ. 67 เร่งต่ออายุ", "2024-02-13"),
    ],
)
def test_dates(text: str, value: str | None) -> None:
    assert values(text, "date") == ([value] if value else [])


def test_two_digits_after_a_month_are_a_count_before_a_unit() -> None:
    facts = [(f.kind, f.value) for f in extract_facts("เมื่อ 13 ธันวาคม 12 รายลงทะเบียน")]
    assert facts == [("date", "--12-13"), ("number", "12")]


@pytest.mark.parametrize(
    ("digits", "year"), [("2567", 2024), ("67", 2024), ("2024", 2024), ("24", 2024), ("9999", None)]
)
def test_years(digits: str, year: int | None) -> None:
    assert full_year(digits) == year


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ผู้ลงทะเบียน 46,391 ราย", "46391"),
        ("๔๖,๓๙๑ ราย", "46391"),
        ("1.2 หมื่นล้านบาท", "12000000000"),
        ("3พันคน", "3000"),
        ("2.50%", "2.5%"),
        ("ร้อยละ 60", "60%"),
        ("60 เปอร์เซ็นต์", "60%"),
        ("โทร. 0 2123 4567", "tel:021234567"),
        ("โทร 02-123-4567", "tel:021234567"),
        ("ลด 0.05 บาท", "0.05"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    assert values(text, "number") == [value]


@pytest.mark.parametrize(
    "text",
    ["โรคโควิด-19 ระบาด", "โควิด – 19 คลี่คลาย", "COVID-19", "ประชุม G20 กัน", "1. มาตรการแรก", "ดู https://x.th/a/123"],
)
def test_digits_that_are_no_numbers(text: str) -> None:
    assert values(text, "number") == []


def test_the_span_of_a_number_holds_its_unit() -> None:
    text = "มีผู้ป่วย ๔๖,๓๙๑ ราย ในวันนี้"
    (fact,) = [f for f in extract_facts(text) if f.kind == "number"]
    assert text[slice(*fact.span)] == fact.text == "๔๖,๓๙๑ ราย"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("09.30 น.", "09:30"),
        ("9:30 น.", "09:30"),
        ("เวลา 14.00", "14:00"),
        ("09.00-16.30 น.", "09:00-16:30"),
        ("๐๙.๓๐ น.", "09:30"),
    ],
)
def test_times(text: str, value: str) -> None:
    assert values(text, "time") == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ครั้งที่ 8/2564", "ครั้ง 8/2564"),
        ("ครั้งที่ ๘/๒๕๖๔", "ครั้ง 8/2564"),
        ("ครั้งที่ 8/64", "ครั้ง 8/2564"),
        ("รุ่นที่ 60", "รุ่น 60"),
        ("งวดที่ 10", "งวด 10"),
        ("ไตรมาส 1/2567", "ไตรมาส 1/2567"),
        ("ระยะที่ 4", "ระยะ 4"),
        ("ฉบับที่ 12", "ฉบับ 12"),
        ("ทล.304", "หมายเลข 304"),
        ("ทางหลวงหมายเลข 304", "หมายเลข 304"),
        ("ทางหลวงแผ่นดินหมายเลข ๓๐๔", "หมายเลข 304"),
    ],
)
def test_serials(text: str, value: str) -> None:
    assert values(text, "serial") == [value]


def test_counted_roads_are_no_serial() -> None:
    assert values("ก่อสร้างทางหลวง 3 สาย", "serial") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ณ จังหวัดสงขลา", ["จังหวัดสงขลา"]),
        ("ที่ จ.สงขลา", ["จังหวัดสงขลา"]),
        ("ลงพื้นที่สงขลา", ["จังหวัดสงขลา"]),
        ("อำเภอหาดใหญ่ จังหวัดสงขลา", ["อำเภอหาดใหญ่", "จังหวัดสงขลา"]),
        ("กรุงเทพฯ", ["จังหวัดกรุงเทพมหานคร"]),
        ("ณ วัดบวรนิเวศวิหาร", ["วัดบวรนิเวศวิหาร"]),
        ("ใช้วัดอุณหภูมิร่างกาย", []),
        ("ไม่น่าเลย", []),
        ("ท่าเรือท่องเที่ยว", ["ท่าเรือท่องเที่ยว"]),
        ("โรงแรมหากตั้งในพื้นที่", []),
        ("โรงแรมเซ็นทาราหากตั้ง", ["โรงแรมเซ็นทารา"]),
        ("เรือนจำและทัณฑสถาน", []),
        ("เรือนจำกลางบางขวาง", ["เรือนจำกลางบางขวาง"]),
    ],
)
def test_places(text: str, expected: list[str]) -> None:
    assert values(text, "place") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("นายพรชัย ฐีระเวช เปิดเผยว่า", ["พรชัย ฐีระเวช"]),
        ("พล.ต.อ.อดุลย์ แสงสิงแก้ว รัฐมนตรี", ["อดุลย์ แสงสิงแก้ว"]),
        ("พลตำรวจเอก อดุลย์ แสงสิงแก้ว", ["อดุลย์ แสงสิงแก้ว"]),
        ("พล.อ.ณัฐพล นาคพาณิชย์", ["ณัฐพล นาคพาณิชย์"]),
        ("ว่าที่ร้อยตรี ธนุ วงษ์จินดา", ["ธนุ วงษ์จินดา"]),
        ("นางสาวศุภมาส กล่าว", ["ศุภมาส"]),
        ("นายกรัฐมนตรี กล่าว", []),
        ("นายอำเภอเมือง", []),
        ("นายจ้างทุกคน", []),
    ],
)
def test_people(text: str, expected: list[str]) -> None:
    assert values(text, "person") == expected


def test_an_abbreviation_equals_its_full_name() -> None:
    full = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"
    assert values("สพฐ. ประชุม", "organization") == values(f"{full} ประชุม", "organization") == [full]


def test_an_abbreviation_is_learned_from_the_text() -> None:
    text = "กรมตัวอย่างไทย (กตย.) จัดงาน โดย กตย. เป็นเจ้าภาพ"
    assert values(text, "organization") == ["กรมตัวอย่างไทย"] * 3
    long = "กระทรวงพลังงาน เป็นประธานการประชุมคณะกรรมการนโยบายพลังงานแห่งชาติ (กพช.)"
    assert "คณะกรรมการนโยบายพลังงานแห่งชาติ" in values(long, "organization")


def test_spans_are_those_of_the_given_text() -> None:
    text = "  วันที่\u00a013\u00a0ธ.ค.\u200b 67 ที่ จ.สงขลา นํ้า 5 ลิตร"
    for fact in extract_facts(text):
        assert text[slice(*fact.span)] == fact.text
    assert values(text, "date") == ["2024-12-13"]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("13 ธันวาคม 2567", "13 ธ.ค.", True),
        ("13 ธันวาคม 2567", "13 ธันวาคม 2566", False),
        ("13 ธันวาคม 2567", "14 ธันวาคม", False),
        ("เดือนธันวาคม 2567", "13 ธันวาคม 2567", True),
        ("นายพรชัย ฐีระเวช", "นายพรชัย", True),
        ("นายพรชัย ฐีระเวช", "นายพรชัย มีสุข", False),
        ("46,391 ราย", "46,067 ราย", False),
    ],
)
def test_agreement(a: str, b: str, same: bool) -> None:
    (first,), (second,) = extract_facts(a), extract_facts(b)
    assert agrees(first, second) is agrees(second, first) is same


def test_support_prefers_the_equal_value() -> None:
    source = extract_facts("เดือนธันวาคม 2567 และ 13 ธันวาคม 2567")
    (fact,) = extract_facts("13 ธ.ค. 67")
    found = supported_by(fact, source)
    assert found is not None
    assert found.value == "2024-12-13"
    assert supported_by(Fact("number", "7", "7", (0, 1)), source) is None


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "๑", "ก", "1" * 200_000, "1 " * 100_000, "นาย" * 50_000, "(ก." * 30_000, "ธนาคาร" * 20_000]
)
def test_bad_input_takes_linear_time(text: str) -> None:
    for fact in extract_facts(text)[:5]:
        assert text[slice(*fact.span)] == fact.text


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("กองทุนเพื่อความเสมอภาคทางการกศึกษา", "กองทุนเพื่อความเสมอภาคทางการศึกษา", True),
        ("สมชาย มรกตศรีวรรณ", "สมชาย มรกตศรีวรรน", True),
        ("โรงเรียนตัวอย่าง 1", "โรงเรียนตัวอย่าง 2", False),
        ("สมชาย มรกตศรี", "สมหญิง มรกตศรี", False),
        ("วัดใหม่", "วัดใหญ่", False),
    ],
)
def test_misspelled_names(a: str, b: str, same: bool) -> None:
    first, second = (Fact("place", name, name, (0, len(name))) for name in (a, b))
    assert misspelled(first, second) is misspelled(second, first) is same


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("งาน Thailand Day 2018 ที่กรุงเทพมหานคร", "date", "2018"),
        ("Money Expo 2025", "date", "2025"),
        ("วันที่ Day 3 ของการเดินเทิดเกียรติ", "serial", "day 3"),
        ("โทรสารหมายเลข 0-2220-7403", "number", "tel:022207403"),
        ("แฟกส์ 02 2822871", "number", "tel:022822871"),
        ("หมายเลข 0 2245 9433 ต่อ 12", "number", "tel:022459433"),
        ("โทร. 081 234 5678", "number", "tel:0812345678"),
        ("call center 1490", "number", "tel:1490"),
        ("รถไฟขบวนหมายเลข 9", "serial", "หมายเลข 9"),
    ],
)
def test_editions_and_telephones_are_no_serials(text: str, kind: str, value: str) -> None:
    found = [(fact.kind, fact.value) for fact in extract_facts(text) if fact.kind != "place"]
    assert found[0] == (kind, value)
    assert not [fact for fact in found if fact[0] == "serial" and kind != "serial"]


def test_a_virus_has_no_year() -> None:
    assert extract_facts("coronavirus disease 2019 (covid-19)") == []
    assert not [fact for fact in extract_facts("โรค COVID 2019") if fact.kind == "date"]
