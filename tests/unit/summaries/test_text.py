"""What happens to texts around the model: tidying, extracts, support."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obecsum.summaries.check.support import SourceFacts
from obecsum.summaries.extract.cut import cut_at_phrase
from obecsum.summaries.writer import tidy

RELEASE = (
    "วันที่ 13 ธันวาคม 2567 นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เปิดเผยว่า มีผู้ลงทะเบียนแล้ว 46,391 ราย "
    "จากทั้งหมด 60,000 ราย\nทั้งนี้ กรมตัวอย่างจะเปิดรับลงทะเบียนถึงวันที่ 31 มกราคม 2568 ที่จังหวัดเชียงใหม่"
)


@pytest.mark.parametrize(
    ("written", "finished", "printed"),
    [
        ("สพฐ. ประชุมครั้งที่ 1  และ", True, "สพฐ. ประชุมครั้งที่ 1"),
        ("เปิดงาน “วันครู", True, "เปิดงาน “วันครู”"),
        ("เปิดงานใหญ่ประจำปีที่จังหวัดตาก “วัน", True, "เปิดงานใหญ่ประจำปีที่จังหวัดตาก"),
        ("เปิดงาน วันครู”", True, "เปิดงาน วันครู"),
        ("ประชุมเสร็จ แล้วก็ไปต่อ", False, "ประชุมเสร็จ"),
        ("รมว.ศธ. ตรวจเยี่ยม -", True, "รมว.ศธ. ตรวจเยี่ยม"),
        ("", True, ""),
    ],
)
def test_tidy(written: str, finished: bool, printed: str) -> None:
    assert tidy(written, finished=finished) == printed


@given(st.text(alphabet="กาน้ำที่ “”() \n", max_size=80), st.booleans())
def test_tidy_is_done_in_one_go(text: str, finished: bool) -> None:
    once = tidy(text, finished=True)
    assert tidy(once, finished=True) == once
    assert "\n" not in tidy(text, finished=finished)


def test_cut_at_phrase_cuts_at_spaces_and_never_in_a_cluster() -> None:
    assert cut_at_phrase("กรมตัวอย่าง เปิดรับ ลงทะเบียน", max_chars=20) == "กรมตัวอย่าง เปิดรับ"
    solid = cut_at_phrase("ที่ประชุมคณะรัฐมนตรีเห็นชอบโครงการพัฒนาแหล่งน้ำ", max_chars=30)
    assert solid == "ที่ประชุมคณะรัฐมนตรีเห็นชอบ"
    assert cut_at_phrase("สั้น", max_chars=20) == "สั้น"
    dated = "ใช้สิทธิได้ทุกสาขา ตั้งแต่ วันที่ 1 พฤษภาคม 2568 เป็นต้นไป"
    assert cut_at_phrase(dated, max_chars=36) == "ใช้สิทธิได้ทุกสาขา"


def test_facts_of_a_summary_are_traced_to_the_source() -> None:
    support = SourceFacts(RELEASE).check("กรมตัวอย่างเผยมีผู้ลงทะเบียน ๔๖,๓๙๑ ราย ถึง 31 ม.ค. 68 ที่ จ.เชียงใหม่")
    assert not support.unsupported
    stated = {RELEASE[start:end] for _, (start, end) in support.sources}
    assert any("46,391" in words for words in stated)
    assert any("31 มกราคม 2568" in words for words in stated)


def test_invented_facts_are_named() -> None:
    support = SourceFacts(RELEASE).check("กรมตัวอย่างเผยมีผู้ลงทะเบียน 46,392 ราย วันที่ 14 ธันวาคม 2567")
    assert {fact.kind for fact in support.unsupported} == {"number", "date"}


def test_part_of_a_number_supports_nothing() -> None:
    assert SourceFacts("มีผู้ลงทะเบียน 46,391 ราย").check("มี 391 ราย").unsupported


def test_a_person_whose_deed_was_cut_off_is_dropped() -> None:
    from obecsum.summaries.writer import tidy

    assert tidy("สพฐ. ประชุมโครงการ วันที่ 5 ก.พ. 2567 นายสมชาย ใจดี", finished=True) == "สพฐ. ประชุมโครงการ วันที่ 5 ก.พ. 2567"
    assert tidy("สพฐ. ประชุมโครงการ โดย นายสมชาย ใจดี", finished=True).endswith("ใจดี")
    assert tidy("วันที่ 5 ก.พ. 2567 นายสมชาย ใจดี เปิดงาน", finished=True).endswith("เปิดงาน")
