"""Cleaning a text so that it can be rebuilt."""

from __future__ import annotations

from itertools import pairwise

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.clean_text import apply_cuts, clean_release, merged, restore, within, without
from obecsum.cleaning.repeats import Repeat
from obecsum.core.release import Release
from obecsum.jobs.phases.output_rows import KEPT_FIELDS, kept_row, restore_text
from obecsum.text.normalize import normalize

TEXTS = st.text(alphabet="กขาำ่้ํเแ ab\n\n\u00a0\u200b\x00\r.", max_size=40)
SPANS = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45)).map(lambda s: (min(s), max(s))), max_size=3)


@settings(deadline=None, max_examples=300)
@given(TEXTS, SPANS, SPANS)
def test_nothing_is_lost(original: str, boilerplate: list[tuple[int, int]], repeats: list[tuple[int, int]]) -> None:
    cleaned = apply_cuts(original, boilerplate, repeats)
    assert all(original[cut.start : cut.end] == cut.text != "" for cut in cleaned.cuts)
    spans = [(cut.start, cut.end) for cut in cleaned.cuts]
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert cleaned.text == normalize(without(original, spans))
    assert restore(cleaned.text, cleaned.cuts, cleaned.edits) == original


@settings(deadline=None, max_examples=300)
@given(TEXTS, SPANS, SPANS)
def test_spans_of_the_rest_are_found_in_the_whole(
    text: str, cut: list[tuple[int, int]], spans: list[tuple[int, int]]
) -> None:
    cuts = [(start, end) for start, end in merged(cut) if end <= len(text)]
    left = without(text, cuts)
    inside = [(start, end) for start, end in spans if start < end <= len(left)]
    for (start, end), (first, last) in zip(sorted(inside), within(left, inside, cuts), strict=True):
        assert (
            without(text[first:last], [(a - first, b - first) for a, b in cuts if first <= a and b <= last])
            == left[start:end]
        )


def test_a_row_alone_gives_the_original_back() -> None:
    original = "พิมพ์\nข่าว\u00a0 น\u0e4d้า\x00 เเดง\r\nที่มา : https://a.th\n"
    cleaned = apply_cuts(original, [(0, 5), (original.index("ที่มา"), len(original))], [])
    row = orjson.loads(orjson.dumps(kept_row(Release("a", original), cleaned)))
    assert row["text"] == "ข่าว น้ำ แดง"
    assert [cut["text"] for cut in row["cut"]] == ["พิมพ์\n", "\r\nที่มา : https://a.th\n"]
    assert restore_text(row) == original


def test_lines_around_a_cut_stand_as_if_it_had_never_been_there() -> None:
    def cut(text: str, word: str) -> str:
        return apply_cuts(text, [(text.index(word), text.index(word) + len(word))], []).text

    assert cut("หนึ่ง\nพิมพ์\nสอง", "พิมพ์") == "หนึ่ง\nสอง"
    assert cut("หนึ่ง\n\nพิมพ์\n\nสอง", "พิมพ์") == "หนึ่ง\n\nสอง"
    assert cut("หนึ่ง\nพิมพ์\n\nสอง", "พิมพ์") == "หนึ่ง\n\nสอง"
    assert cut("พิมพ์\n\nหนึ่ง", "พิมพ์") == "หนึ่ง"
    assert cut("หนึ่ง\n\n พิมพ์ ", "พิมพ์") == "หนึ่ง"
    assert cut("หนึ่ง พิมพ์ สอง", " พิมพ์") == "หนึ่ง สอง"


def test_a_repeat_takes_the_boilerplate_inside_along() -> None:
    text = "ก\n.\nข\n.\nก\n.\nข"
    cleaned = apply_cuts(text, [(2, 4), (6, 8), (10, 12)], [(0, 8)])
    assert [(cut.kind, cut.start, cut.end) for cut in cleaned.cuts] == [("repeat", 0, 8), ("boilerplate", 10, 12)]
    assert cleaned.text == "ก\nข"


def test_a_text_of_boilerplate_alone_stays() -> None:
    cleaned = apply_cuts("พิมพ์\n.", [(0, 7)], [])
    assert (cleaned.text, cleaned.cuts) == ("พิมพ์\n.", [])


def test_a_feed_with_fields_named_like_ours_keeps_them() -> None:
    release = Release("a", "ข่าว", extra={"summary": "ของเดิม", "input_summary": 1, "cut": [], "n": 5})
    row = kept_row(release, apply_cuts("ข่าว", [], []))
    assert (row["summary"], row["input_input_summary"], row["input_summary"], row["input_cut"]) == (
        None,
        "ของเดิม",
        1,
        [],
    )
    assert row["n"] == 5
    assert [name for name in row if name in KEPT_FIELDS] == list(KEPT_FIELDS)


def test_a_headline_that_only_the_body_says_again_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    headline = "ครม. รับทราบมาตรการป้องกันการทุจริตในการจัดซื้อจัดจ้างนวัตกรรมไทย"
    text = f"{headline}\nวันนี้ รองโฆษกเปิดเผยว่า คณะรัฐมนตรีรับทราบมาตรการดังกล่าวแล้ว"
    asked: list[str | None] = []

    def first_line_goes(left: str, *, title: str | None = None) -> list[Repeat]:
        asked.append(title)
        return [] if title == headline else [Repeat((0, len(headline) + 1), (len(headline) + 1, len(left)), 0.9, [])]

    monkeypatch.setattr("obecsum.cleaning.clean_text.find_repeats", first_line_goes)
    assert clean_release(Release("a", text), Boilerplate.fixed()).text == text
    assert asked == [None, headline]
    longer = text.replace("\n", f"\n{headline} ของหน่วยงานรัฐ\n")
    cleaned = clean_release(Release("a", longer), Boilerplate.fixed())
    assert cleaned.text == longer[len(headline) + 1 :]
    assert restore(cleaned.text, cleaned.cuts, cleaned.edits) == longer
