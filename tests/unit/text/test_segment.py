"""Words and sentences as spans of the text."""

from itertools import pairwise

import pytest

from obecsum.text.segment import sentences, words

TEXT = (
    "เมื่อวันที่ 13 ธันวาคม 2567 ผอ. สพฐ. เป็นประธานเปิดการประชุมเชิงปฏิบัติการสำหรับครูทั่วประเทศ ทั้งนี้ มีผู้เข้าร่วมประชุมจากทุกภูมิภาคจำนวนมาก\n"
    "โดยขอให้ทุกคนร่วมมือกันพัฒนาคุณภาพการศึกษาต่อไป"
)


def test_words_cover_everything_but_white_space() -> None:
    spans = words(TEXT)
    assert "".join(TEXT[a:b] for a, b in spans) == "".join(TEXT.split())
    assert all(a < b for a, b in spans)
    short = "ข่าวการศึกษา ๒๕๖๗"
    assert [short[a:b] for a, b in words(short)] == ["ข่าว", "การศึกษา", "๒๕๖๗"]


def test_long_text_is_cut_at_white_space_only() -> None:
    text = "โรงเรียนคุณภาพ " * 400
    assert {text[a:b] for a, b in words(text)} == {"โรงเรียน", "คุณภาพ"}


def test_sentences() -> None:
    found = [TEXT[a:b] for a, b in sentences(TEXT)]
    assert len(found) == 3
    assert found[0].endswith("ครูทั่วประเทศ")
    assert found[1].startswith("ทั้งนี้")
    assert "ผอ. สพฐ. เป็นประธาน" in found[0]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "ก", "ไม่มีช่องว่าง", "a b c", TEXT, TEXT * 3])
def test_sentences_lose_nothing(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
