"""Words that a PDF broke, and texts that stay broken."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obecsum.text.facts import extract_facts
from obecsum.text.mend import broken_places, is_broken, mend, whole_parts
from obecsum.text.normalize import fold, fold_with_offsets, normalize, normalize_with_offsets

PDF = (
    "ส านักงานคณะกรรมการการศึกษาขั นพื นฐาน จัดประชุมเพื่อติดตามการด าเนินงาน โดยมีผู ้เข ้าร่วมประชุมจ านวน 250 คน "
    "ณ ห ้องประชุมส านักงานเขตพื นที่ เพื่อชี แจงแนวทาง ภายในสิ นเดือน"
)
MENDED = (
    "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน จัดประชุมเพื่อติดตามการดำเนินงาน โดยมีผู้เข้าร่วมประชุมจำนวน 250 คน "
    "ณ ห้องประชุมสำนักงานเขตพื้นที่ เพื่อชี้แจงแนวทาง ภายในสิ้นเดือน"
)


def test_words_are_put_together() -> None:
    assert normalize(PDF) == MENDED
    assert normalize(MENDED) == MENDED
    assert (is_broken(PDF), is_broken(MENDED)) == (True, False)


def test_offsets_lead_to_the_text_as_it_was() -> None:
    for mapped, expected in ((normalize_with_offsets(PDF), MENDED), (fold_with_offsets(PDF), fold(MENDED))):
        assert mapped.text == expected
        assert mapped.starts.tolist() == sorted(mapped.starts.tolist())
        at = expected.index("จำนวน")
        assert PDF[slice(*mapped.span(at, at + len("จำนวน 250")))] == "จ านวน 250"


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        *(("ท างาน", "ทำงาน"), ("ค าสั่ง", "คำสั่ง"), ("ประจ าปี", "ประจำปี"), ("ผู ้อ านวยการ", "ผู้อำนวยการ")),
        *(("ก าร", "การ"), ("ตั งแต่", "ตั้งแต่"), ("ทั วไป", "ทั่วไป"), ("หนังสื อ", "หนังสือ")),
    ],
)  # fmt: skip
def test_words(broken: str, right: str) -> None:
    assert normalize(broken) == right


@pytest.mark.parametrize(
    "text",
    [
        *("ปัญหา น้ำ", "ชี แจง", "เมื อ", "คน ที่ ดี", "ไม้เอก ่ ไม้โท ้", "ทั งนี", "บริษัท ก ำ"),
        *("สี แดง ชี ไป ปี หน้า", "ู", " า", "ก า", "กั ข"),
    ],
)  # fmt: skip
def test_what_is_not_certain_stays(text: str) -> None:
    assert normalize(text) == text.strip(" ") or normalize(text) == text


def test_what_stays_broken_is_told() -> None:
    assert is_broken("ซั ฟฟก เซื ดดก ข่าวอะไรก็ไม่รู้")
    assert broken_places("กั ข") == [(1, 2)]
    assert not is_broken("ข่าวดี " * 5000 + "กั ขั ")
    assert not is_broken("พุทฺธํ สรณํ คจฺฉามิ เล่ห์ ก็ เสาร์ ณ ที่นี้ ฤๅษี ๆ ฯลฯ")


def test_of_a_broken_text_whole_parts_are_left() -> None:
    assert whole_parts("ประชุม ที่นี่ ซั ฟฟก เซื ดดก วันนี้") == "ประชุม ที่นี่\nวันนี้"
    assert whole_parts("ประชุม  วันนี้") == "ประชุม  วันนี้"
    assert whole_parts("ซั  เซื ") == ""


def test_figures_behind_a_tone_in_the_wrong_place() -> None:
    [fact] = [fact for fact in extract_facts("สนามหญา้หนา้บา้น งบ 5 ลา้นบาท") if fact.kind == "number"]
    assert fact.value == "5000000"


@given(st.text(alphabet="กงสพนาำัืี้่ เขต\n", max_size=60))
def test_mending_is_idempotent_and_never_longer(text: str) -> None:
    done = normalize(text)
    assert normalize(done) == done
    assert len(done) <= len(text)
    assert normalize_with_offsets(text).text == done
    assert fold_with_offsets(text).text == fold(done)


@pytest.mark.parametrize("piece", ["ส านักงาน ", "กั ก", " า", "ขั น", "ก ้", "ั ", "สิ น"])
def test_hostile_texts_take_no_longer_than_their_length(piece: str) -> None:
    mend("ส านักงาน")
    seconds = []
    for count in (2_000, 16_000):
        begin = time.process_time()
        normalize(piece * count)
        seconds.append(time.process_time() - begin)
    assert seconds[1] < 24 * max(seconds[0], 0.02)
