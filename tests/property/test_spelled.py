"""Facts in words are found in time that grows with the text, and any text has spans that lie in it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.text.facts import extract_facts
from obecsum.text.lexicon import starts
from obecsum.text.lexicon.tables import DIGIT_WORDS, PLACE_VALUES

WORDS = [
    *DIGIT_WORDS, *PLACE_VALUES, *starts.SPELLED_HEADS, *starts.ENGLISH_HEADS, "ครึ่ง", "เอ็ด", "ร้อยละ", "บาท", "วัน", "วันนี้", "ครั้งที่", "โมง", "ทุ่ม",
    "บ่าย", "ตี", "นาที", "สิงหาคม", "2567", "12", "นี้", "ที่ผ่านมา", "หน้า", "million", "and", "p.m.", "th", " ", "\n", "-", ",",
]  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=30).map("".join))
@settings(max_examples=500)
def test_facts_lie_in_the_text_and_no_two_of_figures_overlap(text: str) -> None:
    end = 0
    for fact in extract_facts(text):
        assert text[slice(*fact.span)] == fact.text
        if fact.kind in ("number", "date", "time", "serial"):
            assert fact.span[0] >= end
            end = fact.span[1]


@pytest.mark.parametrize(
    "piece",
    [
        "สอง",
        "สองร้อย",
        "ครั้งที่สาม",
        "บ่ายสองโมง",
        "ตีห้า",
        "วันอังคารนี้",
        "สิงหาคม",
        "two ",
        "July ",
        "1 - ",
        "12 to ",
        "third ",
        "3 ทุ่ม",
        "สองวัน",
        "hundred and ",
    ],
)
def test_twice_the_text_takes_about_twice_the_time(piece: str) -> None:
    def least(text: str) -> float:
        found = []
        for _ in range(3):
            starts.digit_runs.cache_clear()
            begun = time.process_time()
            extract_facts(text)
            found.append(time.process_time() - begun)
        return min(found)

    once = least(piece * (40_000 // len(piece)))
    assert least(piece * (160_000 // len(piece))) < 10 * once + 0.05  # four times the text; squared it would be 16
