"""Places at which rules are tried are all places at which they could find anything."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.comparison.facts import statements
from obecsum.text import dates, names, numbers
from obecsum.text.facts import extract_facts, facts_of_normalized
from obecsum.text.lexicon import starts
from obecsum.text.lexicon.tables import (
    ABBREVIATIONS,
    FEASTS,
    MONTHS,
    OCCASIONS,
    PERSON_TITLES,
    PLACE_HEADS,
    PROVINCE_ALIASES,
    PROVINCES,
    SERIAL_WORDS,
)
from obecsum.text.normalize import fold, normalize
from obecsum.text.spelled import english, thai

WORDS = [
    *PROVINCES, *PROVINCE_ALIASES, *PLACE_HEADS, *PERSON_TITLES, *ABBREVIATIONS.values(), *MONTHS, *SERIAL_WORDS, *FEASTS, *OCCASIONS,
    *(f"({letters}.)" for letters in ABBREVIATIONS), "สพฐ.", "ศธ. ", "ที่", "ทล.", "ทางหลวงแผ่นดิน", "หมายเลข", "โทร.", "สายด่วน", "ร้อยละ",
    "พ.ศ. ", "ปีงบประมาณ", "ปีการศึกษา", "เดือน", "ประจำ", "เวลา", "ตั้งแต่", "ถึง", "Thailand ", "Day ", "COVID-", "โควิด-", "ม.", "www.moe.go.th",
    *starts.SPELLED_HEADS, *starts.ENGLISH_HEADS, "ร้อย", "พัน", "หมื่น", "แสน", "เอ็ด", "โมง", "ทุ่ม", "บ่าย", "ตี", "นี้", "ครั้งที่", "วัน", "pm", "a.m.",
    "million", "hundred", "th", "this ", " น.", "บาท", "ล้าน", "นาย", "สมชาย", "กา", "ๆ", "“", "(", ")", "1) ",
]  # fmt: skip
NUMBERS = [
    "1",
    "13",
    "30",
    "67",
    "2567",
    "2024",
    "09.30",
    "16:00",
    "1,200",
    "12.50",
    "8/2564",
    "13/12/2567",
    "02-123-4567",
    "0",
    "007",
]
pieces = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(NUMBERS), st.sampled_from([" ", "\n", "  ", "-", ".", ":", ",", "/"])
)
texts = st.one_of(
    st.lists(pieces, max_size=40).map("".join),
    st.lists(st.one_of(pieces, st.text(max_size=6)), max_size=40).map("".join),
)
RULES: list[tuple[re.Pattern[str], starts.List]] = [
    (names._PROVINCE, "province"),
    (names._PLACE, "place"),
    (names._PERSON, "person"),
    (names._FULL_NAMES, "organization"),
    (names._ABBREVIATION, "abbreviation"),
    (dates._MONTH_YEAR, "month"),
    (statements._OCCASIONS, "occasion"),
    (thai._HEAD, "spelled"),
    (thai._BARE_MONTH, "month"),
    (english._HEAD, "english"),
]


@pytest.fixture(autouse=True)
def _all_texts_are_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starts, "_SHORT_CHARS", 0)
    starts.digit_runs.cache_clear()


@given(texts)
@settings(max_examples=800)
def test_matches_are_those_of_the_whole_text(text: str) -> None:
    for pattern, words in RULES:
        found = [match.span() for match in starts.matches(pattern, text, words)]
        assert found == [match.span() for match in pattern.finditer(text)], words


@given(texts)
@settings(max_examples=800)
def test_digit_runs(text: str) -> None:
    runs = starts.digit_runs(text)
    assert [(run.at, run.end) for run in runs] == [match.span() for match in re.finditer("[0-9]+", text)]
    for run in runs:
        lead = text[: run.at].rstrip()
        assert (run.before, run.before_end, run.after) == (lead[-1:], len(lead), text[run.end : run.end + 1])


@given(texts)
@settings(max_examples=800)
def test_no_rule_is_held_back_where_it_would_find_something(text: str) -> None:
    for run in starts.digit_runs(text):
        for key_rule, _, ends in numbers._SERIAL_RULES:
            if key_rule.search(text, max(0, run.at - 26), run.at):
                assert run.before in numbers._KEY_ENDS
                assert text.endswith(ends, 0, run.before_end)
        if numbers._PHONE_LEAD.search(text, max(0, run.at - 28), run.at):
            assert run.before in numbers._PHONE_LEAD_ENDS
        if numbers._GLUED.search(text[max(0, run.at - 12) : run.at]):
            assert run.before in numbers._GLUED_ENDS or run.before in numbers._LETTERS
        if numbers._PERCENT.search(text[max(0, run.at - 7) : run.at]):
            assert run.before == "ะ"
        if numbers._ENUMERATOR.match(text, run.at):
            assert run.after in numbers._ENUMERATOR_ENDS
        if dates._YEAR_LEAD.search(text, max(0, run.at - 24), run.at):
            assert run.before in dates._YEAR_LEAD_ENDS or run.before.isascii()
        if dates._CROSSING.match(text, run.at):
            assert dates._NAMED.match(text, run.at)
        if dates._NAMED.match(text, run.at):
            assert run.end - run.at < 3
            assert run.after in dates._BEHIND_DAY or run.after.isspace()
    for match in numbers._RUN.finditer(text):
        if numbers._LINK.match(match.group()):
            assert numbers._MAYBE_LINK.search(text)


@given(
    st.text(alphabet="0123456789,.", min_size=1, max_size=40).filter(lambda digits: numbers._NUMBER.fullmatch(digits))
)
def test_a_value_is_the_plain_decimal(digits: str) -> None:
    from decimal import Decimal

    assert numbers._value(digits, None, False) == f"{Decimal(digits.replace(',', '')).normalize():f}"


@given(texts)
@settings(max_examples=300)
def test_folded_texts_need_no_normalization(text: str) -> None:
    folded = fold(normalize(text))
    assert normalize(folded) == folded
    assert facts_of_normalized(folded) == extract_facts(folded)


@given(texts)
@settings(max_examples=200)
def test_short_texts_have_the_facts_of_long_ones(text: str) -> None:
    long = extract_facts(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(starts, "_SHORT_CHARS", 1 << 30)
        starts.digit_runs.cache_clear()
        assert extract_facts(text) == long
    starts.digit_runs.cache_clear()
