"""A feed that means harm, through the whole job: nothing runs, nothing leaves the folder, everything is accounted for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import orjson
import pytest
from rich.console import Console

import obecsum
from obecsum.cli.terminal.show import show_summary
from obecsum.feeds.write.writers import export, exported_name
from obecsum.text.printable import printable
from tests.unit.report.jobs import Page

ESCAPES = "\x1b]0;pwned\x07\x1b[2J\x1b[31m\u202e\x9b31m"
TITLES = [
    f"ข่าว{ESCAPES}",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '=cmd|"/c calc"!A1',
    "[bold]rich[/bold] [link=file:///etc/passwd]x[/link]",
]
IDS = ["../../../etc/passwd", "/etc/passwd", "C:\\windows", "a\x00b", f"x{ESCAPES}", "..", "id\nwith\nlines", "-rf", ".obecsum-partial", "kept.jsonl"]  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    lines = [
        orjson.dumps({"id": name, "title": TITLES[number % len(TITLES)], "text": f"เนื้อข่าวเรื่องที่ {number} {'กขคง'[number % 4] * number} {TITLES[number % len(TITLES)]}", "url": "javascript:alert(1)"})
        for number, name in enumerate(IDS)
    ]  # fmt: skip
    lines += [
        b'{"text": "' + b"\x1b[2J<script>" + b"}",
        b"[" * 3000,
        b'{"text": "\\ud800"}',
        b"\x00",
        b'{"__proto__": {}, "text": {"a": 1}}',
    ]
    feed = folder / f"feed{ESCAPES[:4]}.jsonl"
    feed.write_bytes(b"\n".join(lines))
    report = obecsum.clean(feed, folder / "out", summaries=False)
    assert (report.input, report.quarantined) == (len(lines), 5)
    assert report.kept + report.removed == len(IDS)
    assert sorted(path.name for path in folder.iterdir()) == sorted([feed.name, "out"])
    return folder / "out"


def test_ids_are_no_paths(out: Path) -> None:
    assert all(path.is_file() and path.parent == out for path in out.rglob("*"))
    rows = [
        orjson.loads(line) for name in ("kept", "removed") for line in (out / f"{name}.jsonl").read_bytes().splitlines()
    ]
    assert {row["id"] for row in rows} >= set(IDS)


def test_the_page_runs_nothing(out: Path) -> None:
    page = Page(out / "report.html")
    assert {"img", "iframe", "object"}.isdisjoint(page.tags)
    assert [kind for kind in (one.get("type") for one, _ in page.scripts) if not kind] == [None], (
        "ours; others are data"
    )
    assert not any(name.startswith("on") for name, _ in page.attributes)
    assert not any((value or "").startswith("javascript:") for _, value in page.attributes)
    shown = page.html + "".join(str(page.part(name)) for name in ("removed-0", "kept-0", "text-0"))
    assert not any(character in shown for character in ("\x1b", "\x07", "\x9b", "\u202e"))


def test_a_terminal_is_told_nothing(out: Path) -> None:
    file = io.StringIO()
    console = Console(file=file, force_terminal=False, width=200)
    rows = [orjson.loads(line) for line in (out / "kept.jsonl").read_bytes().splitlines()]
    for row in rows:
        summary = obecsum.Summary(
            text=row["text"], kind="summary", supported=True, unsupported=[], sources=[], model="m", fallback=None
        )
        console.print(show_summary(row["id"], row["title"], [summary]))
    shown = file.getvalue()
    assert not any(character in shown for character in ("\x1b", "\x07", "\x9b", "\u202e", "\x00"))
    assert "[bold]rich[/bold]" in shown
    assert "\x1b" not in printable(ESCAPES)


def test_a_spreadsheet_runs_nothing_and_a_reader_links_nothing(out: Path) -> None:
    for to in ("csv", "rss", "parquet"):
        export(out / "kept.jsonl", out / exported_name(to), to)
    try:
        with (out / "kept.csv").open(encoding="utf-8-sig", newline="") as file:
            assert not any(
                cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in csv.reader(file) for cell in row
            )
        feed = (out / "kept.rss.xml").read_text(encoding="utf-8")
        assert "javascript:" not in feed
        assert "<script" not in feed
        assert "&lt;script" not in feed  # once more escaped, for readers that take a title for HTML
        assert "\x1b" not in feed
        kept = [orjson.loads(line)["id"] for line in (out / "kept.jsonl").read_bytes().splitlines()]
        assert [release.id for release in obecsum.read(out / "kept.parquet")] == kept
    finally:
        for to in ("csv", "rss", "parquet"):
            (out / exported_name(to)).unlink(missing_ok=True)


def test_what_was_quarantined_can_be_fed_again(out: Path, tmp_path: Path) -> None:
    import base64

    entries = [orjson.loads(line) for line in (out / "quarantine.jsonl").read_bytes().splitlines()]
    assert [entry["length"] for entry in entries] == [len(base64.b64decode(entry["raw_base64"])) for entry in entries]
    again = tmp_path / "again.jsonl"
    again.write_bytes(b"\n".join(base64.b64decode(entry["raw_base64"]) for entry in entries))
    found: list[object] = []
    assert list(obecsum.read(again, on_quarantine=found.append)) == []
    assert len(found) == len(entries)
