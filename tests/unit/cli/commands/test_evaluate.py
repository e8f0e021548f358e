"""``obecsum evaluate summaries``, without a model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from obecsum.cli.commands.evaluate import app
from obecsum.core.errors import ObecsumError

ROWS = [
    {
        "id": str(i),
        "title": f"โรงเรียนบ้านหนองบัวเปิดห้องสมุด {1800 + i:,} เล่ม",
        "standfirst": None if i else "ผอ.โรงเรียนบ้านหนองบัวเปิดห้องสมุดให้ชุมชนเข้าใช้",
        "text": f"วันที่ {i + 1} มกราคม 2567 โรงเรียนบ้านหนองบัวเปิดห้องสมุดใหม่ ซึ่งมีหนังสือ {1800 + i:,} เล่ม และเปิดให้ชุมชนเข้าใช้",
    }
    for i in range(6)
]


@pytest.fixture
def feed(tmp_path: Path) -> str:
    path = tmp_path / "feed.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    return str(path)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["summaries", *arguments, "--no-model"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_all_rows_and_all_systems(feed: str, tmp_path: Path) -> None:
    out = tmp_path / "scores.json"
    lines = run(feed, "--json", str(out)).splitlines()
    assert lines[0].startswith("6 rows, headline; ROUGE on newmm words")
    written = json.loads(out.read_text(encoding="utf-8"))
    assert [row["system"] for row in written["systems"]] == [line.split("  ")[0] for line in lines[2:]]
    assert written["systems"][-1]["rouge1"] == [100.0, 100.0, 100.0]
    assert set(written["systems"][0]) - {"system", "seconds", "fallbacks", "rows"} <= set(written["metrics"])


def test_standfirsts_are_what_summaries_are_scored_against(feed: str) -> None:
    assert run(feed, "--kind", "summary").startswith("1 rows, summary")


def test_limit_and_no_baselines(feed: str) -> None:
    lines = run(feed, "--limit", "3", "--no-baselines").splitlines()
    assert lines[0].startswith("3 rows")
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--kind", "title"], "kind must be 'headline' or 'summary', got 'title'"),
        (["--limit", "0"], "limit must be at least 1"),
    ],
)
def test_refusals(feed: str, arguments: list[str], message: str) -> None:
    with pytest.raises(ObecsumError, match=message):
        run(feed, *arguments)


def test_a_feed_without_references_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text('{"id": "1", "text": "ไม่มีหัวข้อข่าว"}\n', encoding="utf-8")
    with pytest.raises(ObecsumError, match="no row to evaluate"):
        run(str(path))


def test_a_file_that_cannot_be_written_is_said(feed: str, tmp_path: Path) -> None:
    with pytest.raises(ObecsumError, match="cannot write"):
        run(feed, "--no-baselines", "--json", str(tmp_path / "none" / "scores.json"))
