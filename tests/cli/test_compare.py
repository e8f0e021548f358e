"""``obecsum compare``."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

Run = Callable[..., Any]


@pytest.fixture
def files(tmp_path: Path, fair: str, update: str) -> tuple[Path, Path]:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt.gz"
    a.write_text(fair, encoding="utf-8")
    b.write_bytes(gzip.compress(update.encode()))
    return a, b


def test_readable(obecsum: Run, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    outcome = obecsum("compare", *files)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("update: the same series")
    assert "Jaccard similarity 0." in outcome.out
    lines = outcome.out.splitlines()
    assert any(line.startswith("  - ") and "350" in line for line in lines)
    assert any(line.startswith("  + ") and "420" in line for line in lines)


def test_both_accounts(obecsum: Run, fair: str, tmp_path: Path) -> None:
    short, long = tmp_path / "short.txt", tmp_path / "long.txt"
    short.write_text(fair, encoding="utf-8")
    more = "มีเด็กนักเรียนบาดเจ็บจากเวทีถล่ม 3 คน"
    long.write_text(f"{fair}\n{more}", encoding="utf-8")
    said = obecsum("compare", short, long).out
    assert f"{short} can go for {long}: nothing would be lost" in said
    assert f"{long} cannot go for {short}: 1 loss would weigh 2.00" in said
    assert "lost, 2.00: figure" in said
    found = orjson.loads(obecsum("compare", short, long, "--json").out)
    assert (found["a_can_go"], found["b_can_go"]) == (True, False)
    assert (found["weight_a"], found["lost_a"]) == (0, [])
    assert [one["kind"] for one in found["account_a"]] == ["addition"]
    [lost] = found["lost_b"]
    assert (lost["text"], lost["weight"]) == (more, found["weight_b"])
    assert f"{fair}\n{more}"[slice(*lost["span"])] == more


@pytest.mark.parametrize("pair", [("......  -----", ".....! -----"), ("#ข่าว #ตรัง", "#ข่าว #ตราด"), ("", "ข่าว")])
def test_what_cannot_be_judged_is_a_loss(obecsum: Run, tmp_path: Path, pair: tuple[str, str]) -> None:
    for name, text in zip("ab", pair, strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = orjson.loads(obecsum("compare", tmp_path / "a", tmp_path / "b", "--json").out)
    assert (found["a_can_go"], found["b_can_go"]) == (False, False)
    assert found["lost_a"] or not pair[0]
    assert found["lost_b"]


def test_no_thai_word_is_cut(obecsum: Run, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """However narrow the terminal: it wraps lines itself, between clusters; blanks put in would stay when copied."""
    monkeypatch.setenv("COLUMNS", "30")
    narrow = obecsum("compare", *files).out
    monkeypatch.setenv("COLUMNS", "160")
    assert obecsum("compare", *files).out == narrow


def test_two_different_texts_have_no_list_of_changes(obecsum: Run, files: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("โรงเรียนวัดดอนชัยเปิดห้องสมุดมีชีวิตให้นักเรียนและคนในชุมชนใช้ร่วมกันทุกวันเสาร์", encoding="utf-8")
    outcome = obecsum("compare", files[0], tmp_path / "c.txt")
    assert outcome.out.startswith("different: two releases\n")
    assert outcome.out.count("\n") == 4


def test_json(obecsum: Run, files: tuple[Path, Path], fair: str, update: str) -> None:
    found = orjson.loads(obecsum("compare", *files, "--json").out)
    assert found["relation"] == "update"
    assert 0 < found["jaccard"] < 1
    for change in found["changes"]:
        assert fair[slice(*change["span_a"])] == change["before"]
        assert update[slice(*change["span_b"])] == change["after"]


def test_standard_input(obecsum: Run, files: tuple[Path, Path], fair: str) -> None:
    outcome = obecsum("compare", files[0], "-", "--json", stdin=fair.encode())
    assert orjson.loads(outcome.out)["relation"] == "duplicate"


def test_terminal_escapes_are_shown_not_obeyed(obecsum: Run, tmp_path: Path) -> None:
    for name, text in (
        ("a", "ข่าว \x1b[31mแดง\x1b[0m วันนี้ [bold]หนา[/bold]"),
        ("b", "ข่าว \x1b]0;title\x07 เมื่อวาน [red]"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    outcome = obecsum("compare", tmp_path / "a", tmp_path / "b")
    assert outcome.code == 0
    assert "\x1b" not in outcome.out
    assert "\x07" not in outcome.out


@pytest.mark.parametrize("name", ["missing.txt", ".", "broken.txt"])
def test_refused(obecsum: Run, files: tuple[Path, Path], tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.txt").write_bytes(b"\x80\x81\xfe\xff")
    outcome = obecsum("compare", files[0], tmp_path / name)
    assert outcome.code == 2
    assert "obecsum: error:" in outcome.err
    assert "Traceback" not in outcome.err
