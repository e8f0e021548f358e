"""What a difference is, shown on a release written for the purpose: who may go, and why not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.comparison.account.judge import HARMLESS
from obecsum.comparison.compare import Comparison, compare
from tests.unit.comparison.test_compare import BODY, HEAD, LEAD

PARAGRAPHS = (
    "ที่ประชุมเห็นชอบโครงการก่อสร้างอาคารเรียนหลังใหม่ของโรงเรียนตัวอย่างวิทยา โดยใช้งบประมาณของจังหวัดและเงินบริจาคของศิษย์เก่า\n"
    "นางใบไม้ สุวรรณดี มอบทุนการศึกษาให้แก่ เด็กหญิงดอกหญ้า รักเรียน ต่อหน้าคณะครูและผู้ปกครอง\n"
    "ผู้สนใจสมัครเข้าร่วมโครงการได้ตั้งแต่วันอังคารนี้ ที่ห้องธุรการของโรงเรียน โดยเปิดรับทุกคนที่มีภูมิลำเนาในอำเภอ\n"
    "อ่างเก็บน้ำหนองปลาไหลมีระดับน้ำเพิ่มขึ้นจากสัปดาห์ก่อน แต่ยังไม่ล้นตลิ่ง มีผู้ได้รับความเดือดร้อนสามครอบครัว\n"
)
TEXT = HEAD + LEAD + PARAGRAPHS + BODY


def edited(old: str, new: str) -> str:
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def kinds(found: Comparison) -> set[str]:
    return {difference.kind for difference in (*found.lost_a, *found.lost_b)}


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("ที่ประชุมเห็นชอบ", "ที่ประชุมไม่เห็นชอบ", "negation"),
        ("ที่ประชุมเห็นชอบ", "ที่ประชุมปฏิเสธ", "negation"),
        ("เปิดรับทุกคนที่มี", "เปิดรับเฉพาะผู้สูงอายุที่มี", "substitution"),
        ("วันอังคารนี้", "วันศุกร์นี้", "substitution"),
        ("โรงเรียนตัวอย่างวิทยา โดย", "โรงเรียนบ้านหนองกระทุ่มเหนือ โดย", "substitution"),
        ("นางใบไม้ สุวรรณดี มอบทุน", "นางพิกุลแก้ว วรรณศิลาภรณ์ มอบทุน", "substitution"),
        ("เพิ่มขึ้นจาก", "ลดลงจาก", "substitution"),
        ("สามครอบครัว", "เจ็ดครอบครัว", "substitution"),
        (
            "นางใบไม้ สุวรรณดี มอบทุนการศึกษาให้แก่ เด็กหญิงดอกหญ้า รักเรียน",
            "เด็กหญิงดอกหญ้า รักเรียน มอบทุนการศึกษาให้แก่ นางใบไม้ สุวรรณดี",
            "deletion",
        ),
        ("มอบทุนการศึกษาให้แก่ เด็กหญิง", "รับทุนการศึกษาจาก เด็กหญิง", "substitution"),
        ("1,808 คน", "1,880 คน", "figure"),
        ("เวลา 09.30 น.", "เวลา 13.30 น.", "figure"),
        ("เลขาธิการ", "รองเลขาธิการ", "restriction"),
        ("หลังใหม่", "ชั่วคราว", "substitution"),
        ("ตั้งแต่วันอังคารนี้", "ตั้งแต่วันอังคารนี้ ถ้าโครงการได้รับงบประมาณครบ", "restriction"),
        ("แต่ยังไม่ล้นตลิ่ง", "แต่ล้นตลิ่ง", "negation"),
    ],
)  # fmt: skip
def test_one_word_that_matters_keeps_both(old: str, new: str, kind: str) -> None:
    found = compare(TEXT, edited(old, new))
    assert (found.a_can_go, found.b_can_go) == (False, False), found.account_a
    if found.account_a.differences:  # else the facts have said so already
        assert kind in kinds(found) or found.relation == "update"


@pytest.mark.parametrize(
    "added",
    [
        "ทางการสั่งอพยพประชาชนริมน้ำแล้ว",
        "ล่าสุดพบผู้บาดเจ็บสองรายถูกนำส่งโรงพยาบาล",
        "ผลการตัดสินปรากฏว่า ทีมนักเรียนหญิงชนะเลิศ",
        "ขยายเวลารับสมัครถึงสิ้นเดือนหน้า",
    ],
)
@pytest.mark.parametrize("where", ["lead", "middle", "end"])
def test_the_one_that_says_more_stays(added: str, where: str) -> None:
    at = {"lead": len(HEAD + LEAD), "middle": TEXT.index("อ่างเก็บน้ำ"), "end": len(TEXT)}[where]
    found = compare(TEXT, TEXT[:at] + added + "\n" + TEXT[at:])
    assert not found.b_can_go
    assert found.lost_b
    assert found.a_can_go, found.lost_a


@pytest.mark.parametrize("added", ["การประชุมดังกล่าวถูกยกเลิกแล้ว", "กำหนดการเดิมเลื่อนออกไปก่อน", "ข่าวฉบับก่อนระบุชื่อไม่ถูกต้อง"])
def test_a_correction_stays_beside_what_it_corrects(added: str) -> None:
    found = compare(TEXT, TEXT + added)
    assert found.relation == "update"
    assert (found.a_can_go, found.b_can_go) == (False, False)


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace(" ", "\u00a0 "),
        TEXT.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")),
        edited("13 ธันวาคม 2567", "13 ธ.ค. 67"),
        edited("เลขาธิการคณะกรรมการการศึกษาขั้นพื้นฐาน", "เลขาธิการ กพฐ."),
        edited("นายสมชาย", "ดร.สมชาย"),
        edited("โดยกล่าวว่า การ", "โดยเปิดเผยว่า การ"),
        edited("นอกจากนี้ ยังได้", "พร้อมกันนี้ ได้"),
        edited("ศิษย์เก่า", "ศิษเก่า"),
        edited("คณะครูและผู้ปกครอง", "คณะครูและผู้ปกคอรง"),
        "[กระทรวงศึกษาธิการ] " + TEXT,
        TEXT + "---------------\nกลุ่มประชาสัมพันธ์ สำนักงานปลัดกระทรวง\nโทร. 0 2123 4567\n",
        TEXT + "#ข่าวการศึกษา #สพฐ\n",
        TEXT + HEAD,
        HEAD + LEAD + BODY + PARAGRAPHS,
        TEXT[: TEXT.index("อ่างเก็บน้ำ") + 20] + "… อ่านต่อ",
        TEXT[: TEXT.index("อ่างเก็บน้ำ") + 20] + "... คลิกอ่านรายละเอียดทั้งหมดที่เว็บไซต์",
        TEXT + "กลุ่มโฆษกและประชาสัมพันธ์ สำนักงานปลัดกระทรวง\nโทร 02-1234567 แฟกซ์ 02-7654321\npr@example.go.th\n",
        edited("ของจังหวัดและ", "ของจังหวัด ตามที่รองผู้ว่าราชการจังหวัดและคณะกรรมการสถานศึกษาเสนอต่อที่ประชุมเมื่อสัปดาห์ก่อน และ"),
        edited("สามครอบครัว", "สามครอบครัว น้ำยังไม่ล้นตลิ่งในเขตเทศบาลและตลาดสด"),
    ],
    ids=range(19),
)
def test_what_is_published_again_goes(other: str) -> None:
    found = compare(TEXT, other)
    assert found.a_can_go or found.b_can_go, (found.relation, found.reasons, found.lost_a, found.lost_b)


def test_what_both_deny_is_taken_back_by_neither() -> None:
    again = TEXT + "ทางโรงเรียนแจ้งด้วยว่าน้ำไม่ล้นตลิ่งมาสองปีแล้ว\n"
    assert compare(TEXT, again).a_can_go
    assert compare(TEXT, again.replace("ไม่ล้นตลิ่งมา", "ไม่ท่วมถนนมา")).relation == "update"


def test_who_goes_on_is_named_once() -> None:
    said = "นายสมชาย ใจดีเลิศ กล่าวต่อไปว่า ที่ประชุมเห็นชอบ"
    assert compare(edited("ที่ประชุมเห็นชอบ", said), TEXT).a_can_go
    other = compare(edited("ที่ประชุมเห็นชอบ", said.replace("นายสมชาย ใจดีเลิศ", "นางใบไม้ สุวรรณดี")), TEXT)
    assert not other.a_can_go, "the one that stays has somebody else say it"


def test_a_headline_in_other_words_is_no_news_if_the_text_has_them() -> None:
    other = "โรงเรียนตัวอย่างวิทยา เปิดรับทุกคนที่มีภูมิลำเนาในอำเภอ สมัครเข้าร่วมโครงการ\n" + TEXT.removeprefix(HEAD)
    found = compare(TEXT, other)
    assert found.b_can_go
    strange = "พายุฤดูร้อนถล่มอำเภอริมทะเล หลังคาโรงเรียนปลิวหาย\n" + TEXT.removeprefix(HEAD)
    assert not compare(TEXT, strange).b_can_go


def test_short_texts_are_equal_or_both_stay() -> None:
    a = "ครม. เห็นชอบแผนพัฒนาแหล่งน้ำ"
    assert compare(a, a.replace(" ", "  ")).b_can_go
    longer = compare(a, a + "ภาคใต้")
    assert (longer.a_can_go, longer.b_can_go) == (False, False)


def test_differences_say_where_they_stand() -> None:
    found = compare(TEXT, edited("วันอังคารนี้", "วันศุกร์นี้"))
    for account, goes, stays in (
        (found.account_a, found.text_a, found.text_b),
        (found.account_b, found.text_b, found.text_a),
    ):
        for difference in account.differences:
            assert goes[slice(*difference.span)] == difference.text
            assert stays[slice(*difference.other_span)] == difference.other
            assert (difference.kind in HARMLESS) <= (difference.weight == 0)
    assert found.reversed().lost_a == found.lost_b


WORDS = st.lists(st.sampled_from(TEXT.replace("\n", " \n").split(" ")), min_size=1, max_size=60).map(" ".join)


@given(WORDS, WORDS)
@settings(deadline=None, max_examples=60)
def test_what_goes_is_said_by_what_stays(first: str, second: str) -> None:
    found = compare(first, second)
    for can_go, lost in ((found.a_can_go, found.account_a), (found.b_can_go, found.account_b)):
        assert not can_go or lost.weight < 1
    assert compare(second, first).a_can_go == found.b_can_go
    assert compare(first, first + "\n").lost_a == (), "what is said again in full is not lost"
