"""Which of a model's candidates is printed."""

from __future__ import annotations

import pytest

from obecsum.summaries.check.support import SourceFacts
from obecsum.summaries.choice import best_candidate, is_awkward, new_wording, squeezed, stutters

SOURCE = (
    "วันที่ 5 มีนาคม 2568 นายสมชาย ใจดี ผู้ว่าราชการจังหวัดลำพูน เป็นประธานเปิดงานตลาดนัดชุมชน มีผู้ร่วมงาน 1,250 คน และมอบทุนการศึกษา 40 ทุน"
)


def choose(*candidates: str) -> str:
    choice = best_candidate(candidates, SourceFacts(SOURCE), squeezed(SOURCE))
    assert choice is not None
    return choice.text


def test_support_comes_before_the_model_s_favorite() -> None:
    wrong = "จังหวัดลำพูนเปิดงานตลาดนัดชุมชน มีผู้ร่วมงาน 9,999 คน"
    right = "จังหวัดลำพูนเปิดงานตลาดนัดชุมชน มีผู้ร่วมงาน 1,250 คน"
    assert choose(wrong, right) == right


def test_a_wrong_number_is_worse_than_a_wrong_name() -> None:
    number = "จังหวัดลำพูนเปิดตลาดนัดชุมชน มีผู้ร่วมงาน 9,999 คน"
    name = "นายสมศักดิ์ มีสุข เปิดงานตลาดนัดชุมชน มีผู้ร่วมงาน 1,250 คน"
    assert choose(number, name) == name


def test_a_number_with_another_unit_is_wrong() -> None:
    assert choose("มอบทุนการศึกษา 40 ล้านบาท ที่จังหวัดลำพูน", "มอบทุนการศึกษา 40 ทุน ที่จังหวัดลำพูน").endswith("40 ทุน ที่จังหวัดลำพูน")


def test_what_says_a_thing_twice_waits_behind_what_does_not() -> None:
    twice = "เปิดงานตลาดนัดชุมชน 1,250 คน เปิดงานตลาดนัดชุมชน 1,250 คน"
    once = "เปิดงานตลาดนัดชุมชน มีผู้ร่วมงาน 1,250 คน"
    assert stutters(squeezed(twice))
    assert not stutters(squeezed(once))
    assert choose(twice, once) == once


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


def test_half_a_word_in_latin_letters_is_passed_over() -> None:
    facts = SourceFacts("ประชุมปฏิบัติการผ่านระบบ ZOOM MEETING ทั่วประเทศ")
    assert facts.has_cut_latin("ประชุมผ่านระบบ ZOOM MEET")
    assert not facts.has_cut_latin("ประชุมผ่านระบบ zoom meeting และ MOU")
    choice = best_candidate(["ประชุมผ่านระบบ ZOOM MEET", "ประชุมผ่านระบบ ZOOM MEETING"], facts, "")
    assert choice is not None
    assert choice.text.endswith("MEETING")


def test_among_equals_new_wording_wins_but_only_of_the_first_three() -> None:
    copied = "เป็นประธานเปิดงานตลาดนัดชุมชน"
    new = "ผวจ.ลำพูน นั่งประธานเปิดงานตลาดนัดชุมชน"
    assert new_wording(squeezed(copied), squeezed(SOURCE)) == 0
    assert new_wording(squeezed(new), squeezed(SOURCE)) > 0.1
    assert choose(copied, new) == new
    assert choose(copied, copied + " ", copied + "  ", new) == copied


def test_nothing_readable_is_no_choice() -> None:
    assert best_candidate(["", "abc", "ก"], SourceFacts(SOURCE), squeezed(SOURCE)) is None


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
