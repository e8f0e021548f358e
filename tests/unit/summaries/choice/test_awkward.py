"""What no candidate may be that is printed."""

from __future__ import annotations

import pytest

from obecsum.summaries.check.support import SourceFacts
from obecsum.summaries.choice.awkward import is_awkward, squeezed, stutters


def test_what_says_a_thing_twice_stutters() -> None:
    assert stutters(squeezed("เปิดงานตลาดนัดชุมชน 1,250 คน เปิดงานตลาดนัดชุมชน 1,250 คน"))
    assert not stutters(squeezed("เปิดงานตลาดนัดชุมชน มีผู้ร่วมงาน 1,250 คน"))


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        ("เปิดงานปีใหม่ พ.ศ. ที่จังหวัดลำพูน", True),
        ("เปิดงานปีใหม่ พ.ศ. ๒๕๖๘ ที่จังหวัดลำพูน", False),
        ("เปิดงานปีใหม่ พ.ศ.2568 ที่จังหวัดลำพูน", False),
        ("ประชุมครั้งที่ ณ จังหวัดลำพูน", True),
        ("ประชุมครั้งที่สอง ณ จังหวัดลำพูน", False),
        ("ประชุมครั้งที่ 2/2568", False),
    ],
)
def test_a_word_that_waits_for_its_number_is_awkward(candidate: str, *, expected: bool) -> None:
    assert is_awkward(candidate) is expected


def test_a_doubled_word_is_awkward_unless_the_source_doubles_it() -> None:
    assert is_awkward("มีผลผลการปฏิบัติเป็นที่น่าพอใจ")
    assert not is_awkward("ชวนเที่ยวงานชุมชุมชนเข้มแข็ง", squeezed("งาน ชุมชุมชน เข้มแข็ง"))
    assert is_awkward("รัฐบาลลงนามสัญญาหลักประกันแบบ Host to")
    assert not is_awkward("รัฐบาลลงนามสัญญาหลักประกันแบบ Host to Host")
    assert is_awkward("ประชุมขับเคลื่อนโครงการ 5 ก.พ.-.ค.นี้")
    assert not is_awkward("ประชุมขับเคลื่อนโครงการ 5 ก.พ.-7 มี.ค.นี้")


def test_half_a_word_in_latin_letters_is_none() -> None:
    facts = SourceFacts("ประชุมปฏิบัติการผ่านระบบ ZOOM MEETING ทั่วประเทศ")
    assert facts.has_cut_latin("ประชุมผ่านระบบ ZOOM MEET")
    assert not facts.has_cut_latin("ประชุมผ่านระบบ zoom meeting และ MOU")


def unsupported(text: str, source: str) -> list[str]:
    return [fact.text for fact in SourceFacts(source).check(text).unsupported]


def test_the_two_ends_of_a_range_are_one_statement() -> None:
    source = "วันนี้ (26 มกราคม 2568) กระทรวงคมนาคมเตรียมพร้อมช่วงเทศกาล ระหว่างวันที่ 24 มกราคม – 2 กุมภาพันธ์ 2568 ทั่วประเทศ"
    assert unsupported("เตรียมพร้อมช่วงเทศกาล 24 ม.ค. - 2 ก.พ.", source) == []
    assert unsupported("เตรียมพร้อมช่วงเทศกาล 26 ม.ค. - 2 ก.พ.", source) == ["26 ม.ค. - 2 ก.พ."]


def test_a_quoted_title_keeps_its_words_whole() -> None:
    source = "วธ. ชวนชมนิทรรศการ “Light Becomes Life” นางสาวศศิกานต์ วัฒนะจันทร์ เปิดเผย"
    assert unsupported("ชวนชมนิทรรศการ “Light Becomes Life”", source) == []
    assert unsupported("ชวนชมนิทรรศการ “Light Be comes”", source) == ["Light Be comes"]
    assert unsupported("“ศศิกานต์” เปิดเผย", source) == []
    assert unsupported("“ศิกานต์” เปิดเผย", source)
