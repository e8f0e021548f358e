"""The page is safe to open and says what happened."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from obecsum.report.page import MAX_ROWS, Samples, render
from obecsum.report.report import Report

EVIL = '<script>alert(1)</script>" onload="x\x1b[31m\u202e&amp;'


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def row(**fields: Any) -> dict[str, Any]:
    names = ("id", "title", "text", "url", "summary", "headline", "fallback", "previous_id", "kept_id", "relation")
    return (
        dict.fromkeys(names, EVIL)
        | {
            "points": [EVIL],
            "cut": [{"kind": "boilerplate", "start": 0, "end": 3, "text": EVIL}],
            "changes": [{"kind": EVIL, "before": EVIL, "after": EVIL}],
            "supported": False,
            "jaccard": 0.5,
        }
        | fields
    )


def page(samples: Samples, **figures: Any) -> str:
    known: dict[str, Any] = {
        "input": 3,
        "kept": 1,
        "removed": 1,
        "quarantined": 1,
        "sources": ({"name": EVIL, "records": 3, "quarantined": 1},),
    } | figures
    return render(Report(out=Path("out"), **known), samples)


def test_nothing_of_a_feed_is_code() -> None:
    samples = Samples()
    samples.add_kept(row(url="javascript:alert(1)"))
    samples.add_removed(row(), EVIL, EVIL)
    samples.add_quarantined(EVIL, 7, EVIL)
    loss = {"kind": EVIL, "text": EVIL, "other": EVIL, "weight": 2.0}
    samples.add_possible(row(other_id=EVIL, lost={"id": [loss], "other_id": []}), EVIL, EVIL)
    html = page(samples, cuts={"boilerplate": {"releases": 1, "passages": 1, "characters": 3}})
    parser = _Tags()
    parser.feed(html)
    assert "script" not in parser.tags
    assert not any(name.startswith("on") for name, _ in parser.attributes)
    assert not any(value and value.startswith("javascript:") for _, value in parser.attributes)
    assert "\x1b" not in html
    assert "\u202e" not in html
    assert html.count("&lt;script&gt;alert(1)") >= 8


def test_the_page_needs_nothing_else_and_forbids_it() -> None:
    samples = Samples()
    samples.add_kept(row(url="https://a.th/1"))
    parser = _Tags()
    parser.feed(page(samples))
    assert not {"link", "img", "iframe"} & set(parser.tags)
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in parser.attributes
    assert ("href", "https://a.th/1") in parser.attributes


def test_possible_pairs_show_both_titles_and_what_would_be_lost() -> None:
    samples = Samples()
    for number in range(MAX_ROWS + 1):
        loss = {"kind": "figure", "text": "14 ราย", "other": "17 ราย", "weight": 2.0}
        line = row(id=str(number), other_id="b", relation="duplicate", lost={"id": [loss], "other_id": []})
        samples.add_possible(line, "รถพลิกคว่ำ", "รถโดยสารพลิกคว่ำ")
    html = page(samples, possible=MAX_ROWS + 1)
    assert "<del>14 ราย</del> <ins>17 ราย</ins>" in html
    assert "รถพลิกคว่ำ" in html
    assert "รถโดยสารพลิกคว่ำ" in html
    assert f"The first {MAX_ROWS} of {MAX_ROWS + 1}; all are in possible.jsonl." in html


def test_long_feeds_make_a_short_page() -> None:
    samples = Samples()
    for number in range(MAX_ROWS + 50):
        samples.add_kept(row(id=str(number), text="ก" * 10_000))
    html = page(samples, input=MAX_ROWS + 50, kept=MAX_ROWS + 50, removed=0, quarantined=0)
    assert f"The first {MAX_ROWS} of {MAX_ROWS + 50}; all are in kept.jsonl." in html
    assert len(html) < 500_000


def test_an_empty_feed() -> None:
    assert "The feed is empty" in page(Samples(), input=0, kept=0, removed=0, quarantined=0, sources=())
