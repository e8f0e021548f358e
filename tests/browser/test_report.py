"""report.html in a real browser: it works, nothing of a feed runs in it, and anybody can read it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.report.jobs import TEXT, kept_row, loss, possible_row, removed_row, write_job, write_page

Open = Callable[..., Any]
TABS = ("removed", "possible", "updates", "series", "kept", "cuts", "quarantine", "job")
EVIL = [
    "</script><script>window.pwned = 1; alert(1)</script>",
    "<img src=x onerror='window.pwned = 1; alert(1)'>",
    "\"><svg onload=alert(1)>' onfocus='alert(1)' autofocus='",
    "\u202eตรงข้าม\u2066 ซ้ายไปขวา\u200f",
    "{{ constructor.constructor('alert(1)')() }}${alert(1)}",
]


def news(number: int) -> str:
    return f"{TEXT} นอกจากนี้ยังมีจุดเฝ้าระวังเพิ่มอีก {number} แห่งในอำเภอใกล้เคียง"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A job with something of everything, of two sources."""
    folder = tmp_path_factory.mktemp("job") / "งาน 1"
    start = TEXT.index("ระบบมี")
    cut = {"kind": "boilerplate", "start": 0, "end": 5, "text": "พิมพ์"}
    changes = [{"kind": "date", "before": "3 มิถุนายน", "after": "4 มิถุนายน"}]
    kept = [
        kept_row(
            "a", url="https://a.go.th/a", headline="เตือนภัยน้ำหลาก", summary="เครื่องวัด 12 จุด", cut=[cut], confidence=0.1
        ),
        kept_row("b", published="2024-06-10", previous_id="a", series="a", changes=changes),
        kept_row("c", published="2024-06-17", previous_id="b", series="a", changes=changes),
        kept_row("d", title="ปิดถนน", fallback="extract: too short", headline="ปิดถนน", url="https://b.go.th/d"),
    ]
    kept[0]["sentences"] = [{"text": "เครื่องวัด 12 จุด", "start": start, "end": start + 40}]
    removed = [
        removed_row("r1", "a"),
        removed_row(
            "r2",
            "a",
            title="ระบบเตือนภัย ๒๕๖๗",
            jaccard=0.9,
            published="2024-06-11",
            account=[loss("", "5", 0.0, "addition")],
        ),
        removed_row(
            "r3",
            "d",
            title="ปิดถนน",
            relation="contained",
            text=TEXT.replace("12 จุด", "14 จุด"),
            account=[loss("14 จุด", "12 จุด", 0.6)],
        ),
    ]
    bad = {
        "source": "two.jsonl",
        "line": 9,
        "reason": "no JSON",
        "raw_base64": base64.b64encode("{พัง".encode()).decode(),
    }
    report = write_job(
        folder,
        kept=kept,
        removed=removed,
        possible=[possible_row("c", "d")],
        quarantine=[bad],
        relations={"duplicate": 2, "contained": 1},
        cuts={"boilerplate": {"releases": 1, "passages": 1, "characters": 5}},
        quarantine_reasons={"no JSON": 1},
        dates={"read": 7, "unread": 0, "unread_example": None, "missing": 0, "notes": []},
        summaries={"releases": 2, "supported": 2, "fallbacks": 1},
        sources=(
            {"name": "one.jsonl", "bytes": 1, "records": 5, "quarantined": 0, "kept": 3, "removed": 2},
            {"name": "two.jsonl", "bytes": 1, "records": 3, "quarantined": 1, "kept": 1, "removed": 1},
        ),
    )
    return write_page(folder, report)


@pytest.fixture(scope="module")
def evil_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A job in which everything that a feed can set is hostile."""
    folder = tmp_path_factory.mktemp("evil")
    urls = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https://a.th/\"onclick='alert(1)",
    ]
    kept, removed, possible = [], [], []
    for number, text in enumerate(EVIL):
        change = [{"kind": text, "before": text, "after": text}]
        cut = [{"kind": "repeat", "start": 0, "end": len(text), "text": text}]
        name = f"{text}{number}"
        row = kept_row(
            name,
            title=text,
            text=text + TEXT,
            url=urls[number % 4],
            headline=text,
            summary=text,
            fallback=text,
            cut=cut,
        )
        row |= {"sentences": [{"text": text, "start": 0, "end": 20}], "unsupported": [{"kind": text, "text": text}]}
        kept += [
            row,
            kept_row(f"n{name}", previous_id=name, series=name, changes=change, title=text, url=urls[number % 4]),
        ]
        removed.append(
            removed_row(
                f"r{name}",
                name,
                title=text,
                text=TEXT + text,
                url=urls[number % 4],
                account=[loss(text, text, 2.0, text)],
            )
        )
        possible.append(possible_row(name, f"n{name}", lost={"id": [loss(text, text)], "other_id": [loss(text)]}))
    bad = [
        {"source": text, "line": 1, "reason": text, "raw_base64": base64.b64encode(text.encode()).decode()}
        for text in EVIL
    ]
    counts = {"kept": len(kept), "removed": len(removed), "quarantined": len(bad)}
    report = write_job(
        folder,
        kept=kept,
        removed=removed,
        possible=possible,
        quarantine=bad,
        cuts={"repeat": {"releases": 1, "passages": 1, "characters": 5}},
        quarantine_reasons=dict.fromkeys(EVIL, 1),
        options={text: text for text in EVIL},
        sources=(
            {"name": EVIL[0], "bytes": 1, "records": sum(counts.values()), **counts},
            {"name": EVIL[1], "bytes": 0, "records": 0, "quarantined": 0, "kept": 0, "removed": 0},
        ),
    )
    return write_page(folder, report)


def open_everything(page: Any) -> None:
    """Press every button on every tab that opens something."""
    for tab in TABS:
        page.choose(tab)
        page.open_all()
        for button in page.tab.locator(
            "main > section:not([hidden]) .far, main > section:not([hidden]) .sentence"
        ).all():
            button.click()


@pytest.mark.parametrize("width", [390, 1440])
def test_everything_opens_without_a_complaint(opened: Open, path: Path, width: int) -> None:
    page = opened(path, width=width)
    open_everything(page)
    assert page.wrong == []


def test_nothing_of_a_feed_runs(opened: Open, evil_path: Path) -> None:
    page = opened(evil_path)
    open_everything(page)
    page.choose("kept")
    page.tab.fill("#search", "alert")
    page.until(lambda: len(page.ids()), 2 * len(EVIL))  # a source is called so, too
    assert page.wrong == []
    assert page.tab.evaluate("window.pwned") is None
    links = page.tab.eval_on_selector_all("a", "links => links.map(link => link.protocol)")
    assert set(links) <= {"https:"}
    assert page.tab.eval_on_selector_all("[onload], [onerror], [onclick], [onfocus], img", "all => all.length") == 0
    assert "\u202e" not in page.tab.content()
    page.tab.fill("#search", "")
    page.choose("removed")
    page.until(lambda: len(page.ids()), len(EVIL))
    assert EVIL[0] in page.tab.inner_text("#list"), "it is shown as what it is"


def test_what_differs_most_comes_first_and_says_why(opened: Open, path: Path) -> None:
    page = opened(path)
    assert page.ids() == ["r3", "r2", "r1"]
    first = page.tab.locator(".card").first
    assert "สิ่งที่เสียไปหนัก 0.60" in first.inner_text()
    assert "ข้อความเหมือนกันทุกคำ" in page.tab.locator(".card").nth(2).inner_text()
    first.locator("button.open").click()
    first.locator(".pair").first.wait_for()
    assert "14" in first.locator(".pair del").first.inner_text()
    assert "12" in first.locator(".pair ins").first.inner_text()
    folder = str(path.parent)
    assert f"obecsum restore '{folder}' r3" in first.locator("code").inner_text()


def test_search(opened: Open, path: Path) -> None:
    page = opened(path)

    def search(words: str, found: list[str]) -> None:
        page.tab.fill("#search", words)
        page.until(page.ids, found)

    search("2567", ["r2"])  # Thai digits are digits
    search("ปิดถนน", ["r3"])  # the one that stays counts, too
    search("เตือนภัย r1", ["r1"])  # all words must be there
    search("b.go.th", ["r3"])
    search("ไม่มีคำนี้", [])
    assert "ไม่พบรายการ" in page.tab.inner_text("#list")
    page.tab.click("#clear")
    page.until(page.ids, ["r3", "r2", "r1"])


def test_filters(opened: Open, path: Path) -> None:
    page = opened(path)

    def chosen(control: str, value: str, found: list[str]) -> None:
        if control in ("from", "to"):
            page.tab.fill(f"#{control}", value)
        else:
            page.tab.select_option(f"#{control}", value)
        page.until(page.ids, found)
        page.tab.click("#clear")

    chosen("relation", "contained", ["r3"])
    chosen("source", "1", ["r3"])  # kept and removed rows belong to their sources by their order
    chosen("from", "2024-06-05", ["r2"])
    chosen("to", "2024-06-05", ["r3", "r1"])
    page.choose("kept")
    chosen("source", "1", ["d"])
    page.tab.locator(".day .hit").last.click(force=True)
    page.until(page.ids, ["c"])  # a column of the chart is a filter


def test_keys(opened: Open, path: Path) -> None:
    page = opened(path)
    focused = "document.activeElement.querySelector ? document.activeElement.querySelector('.id')?.textContent : null"
    page.press("j")
    assert page.tab.evaluate(focused) == "r3"
    page.press("j")
    assert page.tab.evaluate(focused) == "r2"
    page.press("k")
    assert page.tab.evaluate(focused) == "r3"
    page.press("o")
    page.tab.wait_for_selector(".card .pair")
    page.press("?")
    assert page.tab.is_visible("#help")
    page.press("Escape")
    assert not page.tab.is_visible("#help")
    page.choose("job")
    page.press("/")
    page.tab.keyboard.type("j?k")
    assert page.tab.input_value("#search") == "j?k", "keys are letters where one types"


def test_a_series_is_a_line_of_time(opened: Open, path: Path) -> None:
    page = opened(path)
    page.choose("series")
    assert page.tab.eval_on_selector_all(".timeline .id", "all => all.map(one => one.textContent)") == ["a", "b", "c"]
    assert "4 มิถุนายน" in page.tab.inner_text(".timeline")


def test_sentences_lead_to_their_passages(opened: Open, path: Path) -> None:
    page = opened(path)
    page.choose("kept")
    assert page.ids()[:2] == ["a", "d"], "what is to be checked comes first"
    card = page.tab.locator(".card").first
    assert "ไม่มั่นใจ" in card.inner_text()
    card.locator("button.open").click()
    card.locator(".sentence").click()
    assert page.tab.evaluate("document.activeElement.className") == "passage"
    assert page.tab.evaluate("document.activeElement.textContent").startswith("ระบบมี")


def test_both_languages(opened: Open, path: Path) -> None:
    page = opened(path)
    assert page.tab.evaluate("document.documentElement.lang") == "th"
    assert "คัดออก" in page.tab.inner_text("#tabs")
    assert "removed" not in page.tab.inner_text("#tabs")
    page.tab.click("#language")
    assert page.tab.evaluate("document.documentElement.lang") == "en"
    assert "removed" in page.tab.inner_text("#tabs")
    assert "คัดออก" not in page.tab.inner_text("body")
    assert "most different first" in page.tab.inner_text("#order")


@pytest.mark.parametrize("tab", TABS)
def test_nothing_is_squeezed_on_a_phone(opened: Open, path: Path, tab: str) -> None:
    page = opened(path, width=390)
    page.choose(tab)
    page.open_all()
    assert page.tab.evaluate("document.documentElement.scrollWidth") <= 390
    narrow = page.tab.evaluate(
        """() => [...document.querySelectorAll("main *")].filter((element) => {
          const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data.trim()).join("");
          const box = element.getBoundingClientRect();
          return own.length > 12 && box.width > 0 && box.width < 110 && box.height > 60;
        }).map((element) => element.outerHTML.slice(0, 200))"""
    )
    assert narrow == [], "text in a column of a few letters"


@pytest.mark.parametrize(("tab", "scheme"), [(tab, scheme) for tab in TABS for scheme in ("light", "dark")])
def test_anybody_can_use_it(opened: Open, path: Path, tab: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(path, color_scheme=scheme)
    page.choose(tab)
    page.open_all()
    found = Axe().run(page.tab).response["violations"]
    grave = [
        (one["id"], node["target"], node.get("failureSummary"))
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert grave == []


def test_without_scripts_the_figures_and_where_the_rest_is(browser: Any, path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(path.as_uri())
    said = tab.inner_text("main")
    context.close()
    assert "8" in said
    assert "removed.jsonl" in said


def test_print_shows_the_cards_and_no_controls(opened: Open, path: Path) -> None:
    page = opened(path)
    page.tab.emulate_media(media="print")
    assert page.tab.is_visible(".card")
    for control in ("#filters", "#tabs", "#language"):
        assert not page.tab.is_visible(control)


def test_ten_thousand_removals(opened: Open, tmp_path: Path) -> None:
    kept = [kept_row(f"k{number}", text=news(number)) for number in range(100)]
    removed = [removed_row(f"r{number}", f"k{number % 100}", text=news(number % 100)) for number in range(10_000)]
    page = opened(write_page(tmp_path, write_job(tmp_path, kept=kept, removed=removed)))
    assert "10,000" in page.tab.inner_text("#status")
    assert 0 < page.tab.locator(".card").count() <= 100, "cards are made as they are looked at"
    page.tab.fill("#search", "r9999")
    page.until(page.ids, ["r9999"])
    page.tab.locator("button.open").click()
    page.tab.wait_for_selector(".far")
    page.tab.fill("#search", "")
    page.until(lambda: len(page.ids()) > 1, True)
    page.press("Escape")
    for _ in range(70):
        page.press("j")
    assert page.tab.evaluate("document.activeElement.dataset.place") == "69"
    assert page.wrong == []
