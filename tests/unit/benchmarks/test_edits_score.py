"""The score of generated edits: what counts as lost, which sets there are, and that the frozen one is as it was."""

from __future__ import annotations

import hashlib
import json
import lzma
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from benchmarks.dedup import edits_score
from benchmarks.dedup.edits import development
from benchmarks.dedup.edits_score import Answer, Side, make_pairs, outcome, run
from obecsum.core.release import Release

EDITS = Path(development.__file__).parent
HELD_OUT_SHA256 = "1e734c61d87869a0e077fe2f87c4228d0beac8491bcc47d831fc5fc73fa70c5d"
BODY = (
    "วันนี้ ผู้ว่าราชการจังหวัดตรังเปิดห้องสมุดประชาชนแห่งใหม่ริมแม่น้ำตรัง มีหนังสือให้ยืมกว่าสองพันเล่ม\n"
    "ห้องสมุดเปิดให้เข้าใช้ทุกวันโดยไม่เก็บค่าบริการ และมีครูอาสาสอนอ่านหนังสือให้เด็กในวันหยุด\n"
    "ผู้ว่าราชการจังหวัดกล่าวว่า ชาวบ้านช่วยกันบริจาคหนังสือและโต๊ะอ่านหนังสือมาตลอดทั้งปี"
)


@dataclass(frozen=True)
class StubKind:
    name: str
    must: str
    stays: str = "both"
    goes: str | None = None

    def edit(self, title: str, body: str, rng: random.Random) -> tuple[tuple[str, str], tuple[str, str]] | None:
        if self.name == "never":
            return None
        if self.must == "go":
            return (title, body), (title, body.replace(" ", "  "))
        return (title, body), (title, f"{body}\nล่าสุดพบผู้เสียชีวิต{rng.choice(['สอง', 'สาม'])}รายในเหตุเพลิงไหม้ห้องสมุด")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [{"id": str(n), "date": "2025-01-02", "title": f"เปิดห้องสมุดหลังที่ {n}", "body": BODY} for n in range(4)]
    with lzma.open(tmp_path / "valid.jsonl.xz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return tmp_path


@pytest.mark.parametrize(
    ("kind", "gone", "expected"),
    [
        (StubKind("k", "keep", "both"), None, "right"),
        (StubKind("k", "keep", "both"), "a", "lost"),
        (StubKind("k", "keep", "both"), "b", "lost"),
        (StubKind("k", "keep", "b"), "a", "right"),
        (StubKind("k", "keep", "b"), "b", "lost"),
        (StubKind("k", "keep", "a"), "a", "lost"),
        (StubKind("k", "go", goes="either"), None, "missed"),
        (StubKind("k", "go", goes="either"), "b", "right"),
        (StubKind("k", "go", goes="a"), "a", "right"),
        (StubKind("k", "go", goes="a"), "b", "lost"),
    ],
)
def test_what_is_lost(kind: StubKind, gone: Side | None, expected: str) -> None:
    assert outcome(kind, gone) == expected


def test_the_worse_of_both_answers_counts() -> None:
    pairs = make_pairs([StubKind("k", "keep", "both")], [Release(id="1", text=BODY)], seed=1)

    def only_an_hour_later(a: Release, b: Release) -> Answer:
        return Answer("b" if (a.published or "") < (b.published or "") else None)

    score = run(pairs, only_an_hour_later)
    assert score.losses == [("k", "1")]
    assert score.lost.value == score.news.value == 1.0


def test_the_held_out_set_is_scored_by_the_same_command(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub = ModuleType("benchmarks.dedup.edits.held_out")
    stub.KINDS = (  # type: ignore[attr-defined]
        StubKind("more-news", "keep", "b"),
        StubKind("spaces", "go", goes="either"),
        StubKind("never", "go", goes="either"),
    )
    stub.__file__ = __file__
    monkeypatch.setitem(sys.modules, "benchmarks.dedup.edits.held_out", stub)
    app = typer.Typer()
    app.command()(edits_score.main)
    out = tmp_path / "out.json"
    options = ["--set", "held_out", "--months", "valid", "--releases", "3", "--json", str(out)]
    done = CliRunner().invoke(app, [str(folder), *options])
    assert done.exit_code == 0, done.output
    assert "| more-news | keep | 3 | 0 | 3 |" in done.output
    assert "| never | go | 0 | 3 |" in done.output
    result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    assert result["set"] == "held_out"
    row = result["rows"]["obecsum"]
    assert (row["must_keep"], row["must_go"], row["lost"][0], row["removed"][0]) == (3, 3, 0.0, 1.0)
    assert BODY[:20] not in out.read_text(encoding="utf-8")


def test_an_unknown_set_is_refused(folder: Path) -> None:
    app = typer.Typer()
    app.command()(edits_score.main)
    done = CliRunner().invoke(app, [str(folder), "--set", "unseen"])
    assert done.exit_code == 2


def test_development_edits_follow_from_the_seed() -> None:
    release = Release(id="7", title="เปิดห้องสมุดประชาชนจังหวัดตรัง", text=BODY)
    first, again, other = (make_pairs(development.KINDS, [release], seed) for seed in (1, 1, 2))
    assert [(p.a, p.b) for p in first] == [(p.a, p.b) for p in again]
    assert [p.b for p in first] != [p.b for p in other]
    assert len(first) > 0.6 * len(development.KINDS)
    assert all((p.a.title, p.a.text) != (p.b.title, p.b.text) for p in first)


def test_there_are_as_many_kinds_as_promised() -> None:
    assert len({kind.name for kind in development.KINDS}) == len(development.KINDS)
    assert sum(kind.must == "keep" for kind in development.KINDS) >= 30
    assert sum(kind.must == "go" for kind in development.KINDS) >= 25


def test_the_held_out_edits_are_frozen() -> None:
    assert hashlib.sha256((EDITS / "held_out.py").read_bytes()).hexdigest() == HELD_OUT_SHA256
