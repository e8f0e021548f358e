"""The page is safe to open, holds what the files hold, and stays within its size; how it behaves is in tests/browser."""

from __future__ import annotations

import base64
import hashlib
import random
import re
import tracemalloc
from pathlib import Path

import pytest

from obecsum.core.release import Release
from obecsum.report.page import build, cards
from obecsum.report.page.charts import bars, day_chart
from obecsum.report.page.labels import LABELS
from obecsum.report.page.rows import web_url
from tests.unit.report.jobs import TEXT, Page, kept_row, loss, possible_row, removed_row, write_job, write_page

EVIL = '</script><script>alert(1)</script>" onload="x\x1b[31m\u202e&amp;{{ 7 * 7 }}\''


def evil_job(folder: Path) -> Page:
    change = {"kind": EVIL, "before": EVIL, "after": EVIL}
    cut = {"kind": "boilerplate", "start": 0, "end": len(EVIL), "text": EVIL}
    row = kept_row(
        EVIL,
        title=EVIL,
        url="javascript:alert(1)",
        summary=EVIL,
        headline=EVIL,
        fallback=EVIL,
        points=[EVIL],
        cut=[cut],
    )
    row |= {"unsupported": [{"in": "summary", "kind": EVIL, "text": EVIL}], "published": EVIL}
    update = kept_row(
        "b", previous_id=EVIL, series=EVIL, changes=[change], sentences=[{"text": EVIL, "start": 0, "end": 9}]
    )
    gone = removed_row(f"{EVIL}2", EVIL, title=EVIL, account=[loss(EVIL, EVIL, kind=EVIL)], text=EVIL + TEXT)
    pair = possible_row(EVIL, "b", lost={"id": [loss(EVIL)], "other_id": []})
    bad = {"source": EVIL, "line": 7, "reason": EVIL, "raw_base64": base64.b64encode(EVIL.encode()).decode()}
    report = write_job(
        folder,
        kept=[row, update],
        removed=[gone],
        possible=[pair],
        quarantine=[bad],
        cuts={"boilerplate": {"releases": 1, "passages": 1, "characters": len(EVIL)}},
        quarantine_reasons={EVIL: 1},
        sources=({"name": EVIL, "bytes": 1, "records": 4, "quarantined": 1, "kept": 2, "removed": 1},),
        options={"since": EVIL},
        dates={"read": 1, "unread": 1, "unread_example": EVIL, "missing": 0, "notes": [EVIL]},
    )
    return Page(write_page(folder, report))


def test_nothing_of_a_feed_is_code(tmp_path: Path) -> None:
    page = evil_job(tmp_path)
    assert not any(name.startswith("on") for name, _ in page.attributes)
    assert not any(value and value.startswith("javascript:") for _, value in page.attributes)
    kinds = [attributes.get("type") for attributes, _ in page.scripts]
    assert kinds.count(None) == 1, "one script is ours, the others are data"
    assert set(kinds) == {None, "application/json", "text/plain"}
    for attributes, text in page.scripts:
        if attributes.get("type") == "text/plain":
            assert re.fullmatch(r"[A-Za-z0-9+/=]+", text)
    assert "\x1b" not in page.html
    assert "\u202e" not in page.html
    assert "49" not in "".join(word for word in page.words if "alert(1)" in word), "no template of a feed is filled in"
    assert sum("<script>alert(1)" in word for word in page.words) >= 5, "it is shown as what it is"


def test_what_runs_and_what_styles_are_named_by_their_hashes(tmp_path: Path) -> None:
    page = evil_job(tmp_path)
    [policy] = [value for name, value in page.attributes if name == "content" and value and "default-src" in value]
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    [script] = [text for attributes, text in page.scripts if not attributes]
    style = re.search(r"<style>(.*?)</style>", page.html, flags=re.DOTALL)
    assert style is not None
    for name, text in (("script-src", script), ("style-src", style[1])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy
    assert not {"link", "img", "iframe", "object", "base"} & set(page.tags)
    assert not any(name == "style" for name, _ in page.attributes), "the policy would drop it"


def test_a_removal_has_all_that_explains_it(tmp_path: Path) -> None:
    text = TEXT.replace("12 จุด", "14 จุด")
    gone = removed_row("b", "a", text=text, jaccard=0.91, relation="duplicate", url="https://a.th/b")
    gone["account"] = [loss("14 จุด", "12 จุด")]
    report = write_job(tmp_path, kept=[kept_row("a", url="https://a.th/a")], removed=[gone])
    page = Page(write_page(tmp_path, report))
    [card] = page.part("removed-0")
    assert (card["i"], card["u"], card["o"]["i"], card["o"]["u"]) == ("b", "https://a.th/b", "a", "https://a.th/a")
    assert (card["r"], card["j"], card["w"], card["c"]) == ("duplicate", 0.91, 2.0, {"figure": 1})
    part, place = card["x"]
    opened = page.part(f"text-{part}")[place]
    assert opened["a"] == [["figure", "14 จุด", "12 จุด", 2.0]]
    assert "".join(piece[0] for piece in opened["p"]).endswith(text)
    assert "".join(piece[0] if piece[1] == 0 else piece[1] for piece in opened["p"]).endswith(TEXT)
    assert [piece[2] for piece in opened["p"] if piece[2]] == ["figure"]


def test_what_an_index_keeps_is_asked_for(tmp_path: Path) -> None:
    report = write_job(tmp_path, removed=[removed_row("b", "old"), removed_row("c", "gone")])
    old = Release("old", TEXT, "เรื่องเดิม", "2024-01-01", "https://a.th/old")
    with (tmp_path / "report.html").open("wb") as file:
        file.writelines(build.page(report, lambda name: tmp_path / name, {"old": old}.get))
    page = Page(tmp_path / "report.html")
    first, second = page.part("removed-0")
    assert (first["o"]["t"], first["o"]["u"]) == ("เรื่องเดิม", "https://a.th/old")
    assert page.part("text-0")[first["x"][1]]["p"]
    assert second["o"]["t"] == "gone"
    assert page.part("text-0")[second["x"][1]]["p"] == []


def test_sentences_lead_to_their_passages(tmp_path: Path) -> None:
    start = TEXT.index("ระบบมี")
    row = kept_row("a", summary="มีเครื่องวัด 12 จุด", confidence=0.2, fallback="extract: too short")
    row["sentences"] = [
        {"text": "มีเครื่องวัด 12 จุด", "start": start, "end": start + 10},
        {"text": "ผิด", "start": 5, "end": 10_000},
    ]
    page = Page(write_page(tmp_path, write_job(tmp_path, kept=[row])))
    [card] = page.part("kept-0")
    assert (card["sm"], card["f"], card["lo"]) == ("มีเครื่องวัด 12 จุด", "extract: too short", True)
    passages = page.part("text-0")[0]["t"]
    assert [text for text, sentence in passages if sentence] == [TEXT[start : start + 10]]
    assert "".join(text for text, _ in passages) == TEXT


def test_the_page_stays_within_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "_MOST_TEXT_BYTES", 60_000)
    monkeypatch.setattr(cards, "MOST_CARDS", 40)
    noise = random.Random(3)
    rows = [
        kept_row(f"k{number}", text="".join(chr(noise.randrange(0x4E00, 0x9FFF)) for _ in range(3000)), headline="ข่าว")
        for number in range(60)
    ]
    page = Page(write_page(tmp_path, write_job(tmp_path, kept=rows)))
    sizes = [len(text) for attributes, text in page.scripts if str(attributes.get("id")).startswith("text-")]
    assert 20_000 < sum(sizes) <= 60_000
    shown = page.part("kept-0")
    assert len(shown) == 40
    assert page.facts["totals"]["kept"] == 60, "and says how many there are"
    assert {card["x"] is None for card in shown} == {True, False}, "what has no room says so"


def test_long_jobs_are_not_held_in_memory(tmp_path: Path) -> None:
    noise = random.Random(5)
    words = ["".join(chr(noise.randrange(0x0E01, 0x0E2F)) for _ in range(8)) for _ in range(5000)]
    rows = (kept_row(f"k{number}", text=" ".join(noise.choices(words, k=1500))) for number in range(600))
    report = write_job(tmp_path, kept=list(rows))
    size = (tmp_path / "kept.jsonl").stat().st_size
    write_page(tmp_path / "warm", write_job(tmp_path / "warm"))
    tracemalloc.start()
    write_page(tmp_path, report)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 20_000_000
    assert peak < size / 5


def test_an_empty_feed(tmp_path: Path) -> None:
    page = Page(write_page(tmp_path, write_job(tmp_path, sources=())))
    assert LABELS["empty feed"][1] in page.words
    assert page.facts["first"] is None


def test_every_label_is_said_in_both_languages() -> None:
    thai = re.compile("[ก-๙]")
    for name, (in_thai, in_english) in LABELS.items():
        if name != "language":
            assert thai.search(in_thai), name
            assert not thai.search(in_english), name
    template = (Path(build.__file__).parent / "template" / "page.html").read_text(encoding="utf-8")
    for name in re.findall(r'\bt\("([^"]+)"\)', template):
        assert name in LABELS
    for script in ("base.js", "cards.js", "app.js"):
        text = (Path(build.__file__).parent / "template" / script).read_text(encoding="utf-8")
        for name in re.findall(r'label(?:Text)?\("([^"]+)"\)', text):
            assert name in LABELS, f"{script} says {name}"


def test_every_class_and_relation_has_a_label() -> None:
    from typing import get_args

    from obecsum.comparison.account.judge import Kind
    from obecsum.comparison.alignment.align import FACT_KINDS
    from obecsum.comparison.relation import Relation

    assert {*get_args(Kind), *FACT_KINDS, *get_args(Relation)} <= LABELS.keys()


def test_only_links_of_the_web_are_links() -> None:
    assert web_url("HTTPS://a.th/ข่าว?a=1&b=2") == "HTTPS://a.th/ข่าว?a=1&b=2"
    for url in (
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "//a.th",
        "ftp://a.th",
        "",
        None,
        7,
    ):
        assert web_url(url) is None


def test_charts() -> None:
    assert bars({"a": 1, "b": 4, "c": 0})[0].share == 100.0
    assert [bar.name for bar in bars({"a": 1, "b": 4, "c": 0})] == ["b", "a"]
    assert day_chart({"2024-06-01": [1, 0]}) is None
    chart = day_chart({"2024-06-01": [3, 1], "2024-06-03": [2, 0], None: [1, 0], "soon": [1, 1]})
    assert chart is not None
    assert [(column.first, column.kept, column.removed) for column in chart.columns] == [
        ("2024-06-01", 3, 1),
        ("2024-06-02", 0, 0),
        ("2024-06-03", 2, 0),
    ]
    assert (chart.undated, chart.highest, chart.days) == (3, 4, 1)
    years = day_chart({f"{year:04}-01-01": [1, 0] for year in range(1, 9999, 7)})
    assert years is not None
    assert len(years.columns) <= 60
    assert sum(column.kept for column in years.columns) == len(range(1, 9999, 7))
