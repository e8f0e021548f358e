"""Drawing removals to be read: even over the bands, no release twice, the decision not to be seen."""

from __future__ import annotations

import json
import lzma
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from benchmarks.dedup import draw_removals
from benchmarks.dedup.draw_removals import Drawn, spread
from benchmarks.dedup.reading import looks_equal, word_diff

SUBJECTS = ("ห้องสมุด", "ตลาดน้ำ", "โรงพยาบาล", "สวนสาธารณะ", "ศูนย์ฝึกอาชีพ", "สนามกีฬา", "ท่าเรือ", "สะพาน")
BODY = (
    "ผู้ว่าราชการจังหวัดเป็นประธานเปิด{0}แห่งใหม่ใจกลางเมือง โดยมีชาวบ้านมาร่วมงานอย่างคับคั่ง\n"
    "ผู้ว่าราชการจังหวัดกล่าวว่า {0}แห่งนี้สร้างจากเงินที่ชาวบ้านช่วยกันบริจาคมาตลอดหลายปี\n"
    "จากนี้ไปทุกคนเข้าใช้{0}ได้ทุกวันโดยไม่เก็บค่าบริการ และมีเจ้าหน้าที่คอยดูแลตลอดเวลา\n"
    "ด้านผู้แทนชาวบ้านขอบคุณทุกฝ่ายที่ช่วยกันผลักดันให้{0}เกิดขึ้นได้จริงในที่สุด"
)


def pair(number: int, jaccard: float) -> Drawn:
    return Drawn("removal", f"a{number}", f"b{number}", "duplicate", jaccard)


def test_bands_are_as_even_as_can_be() -> None:
    pairs = [pair(n, 0.98) for n in range(50)] + [pair(100 + n, 0.85) for n in range(3)]
    pairs += [pair(200 + n, 0.6) for n in range(20)]
    drawn = spread(pairs, 20, random.Random(1), set())
    counts = Counter(one.band for one in drawn)
    assert counts[">= 0.8"] == 3
    assert sorted(counts.values()) == [3, 8, 9]
    assert drawn == spread(pairs, 20, random.Random(1), set())
    assert drawn != spread(pairs, 20, random.Random(2), set())


def test_no_release_is_drawn_twice() -> None:
    chain = [Drawn("removal", "1", "2", "duplicate", 0.98), Drawn("removal", "3", "2", "duplicate", 0.7)]
    taken: set[str] = set()
    assert len(spread(chain, 5, random.Random(1), taken)) == 1
    assert not spread(chain, 5, random.Random(1), taken)


def test_a_diff_says_what_only_one_has() -> None:
    same = "ผู้ว่าราชการจังหวัดเปิดห้องสมุด " * 10
    shown = word_diff(f"เปิดห้องสมุด\n{same}วันนี้", f"เปิดห้องสมุด\n{same}พรุ่งนี้", max_chars=1000)
    assert "[-วันนี้-]" in shown
    assert "{+พรุ่งนี้+}" in shown
    assert "same>…" in shown
    assert len(shown) < 250


def test_a_long_diff_says_how_much_is_left_out() -> None:
    rng = random.Random(1)
    a, b = (" ".join(rng.choices(SUBJECTS, k=2000)) for _ in range(2))
    whole, shown = word_diff(a, b, max_chars=10**6), word_diff(a, b, max_chars=5000)
    assert f"<<{len(whole) - 5000} characters of this diff left out>>" in shown
    assert shown.endswith(whole[-1000:])


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        ("ข่าว วันนี้\n", "ข่าว\u00a0วันนี้", True),
        ("ข่าว\u200bวันนี้", "ข่าว วัน นี้", True),
        ("ทํา", "ทำ", True),
        ("ข่าว", "ข้าว", False),
    ],
)
def test_what_looks_equal(a: str, b: str, equal: bool) -> None:
    assert looks_equal(a, b) is equal


def test_a_reader_cannot_see_the_decision(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = []
    for number, subject in enumerate(SUBJECTS):
        text = BODY.format(subject)
        removed = f"นาย{text}" if number % 2 else text.replace("กล่าวว่า", "เปิดเผยว่า")
        news = text.replace("ไม่เก็บค่าบริการ", "เก็บค่าบริการคนละสามสิบบาท")
        for name, body in (("", text), ("x", removed), ("y", news)):
            rows.append({"id": f"{number}{name}", "date": "2025-01-02", "title": f"เปิด{subject}", "body": body})
    with lzma.open(tmp_path / "valid.jsonl.xz", "wt", encoding="utf-8") as feed:
        feed.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    read = tmp_path / "read.jsonl"
    read.write_text('{"a": "0", "b": "0x"}\n', encoding="utf-8")
    app = typer.Typer()
    app.command()(draw_removals.main)
    out = tmp_path / "out"
    options = ["--months", "valid", "--count", "9", "--looks", "9", "--not-in", str(read)]
    done = CliRunner().invoke(app, [str(tmp_path), str(out), *options])
    assert done.exit_code == 0, done.output
    key = [json.loads(line) for line in (out / "key.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["kind"] for row in key} == {"removal", "look"}
    assert {row["removed"] for row in key if row["kind"] == "removal"} == {"a", "b"}
    assert all(row["removed"] is None for row in key if row["kind"] == "look")
    drawn = [row[side] for row in key for side in ("a", "b")]
    assert len(set(drawn)) == len(drawn)
    assert not {"0", "0x"} & set(drawn)
    reading = (out / "reading.txt").read_text(encoding="utf-8")
    for row in key:
        assert f"=== {row['number']}: {row['a']} {row['b']}\nA 2025-01-02 | B 2025-01-02\n" in reading
    assert not any(word in reading for word in ("removal", "look-alike", "duplicate", "contained", "0.9"))
    figures = json.loads((out / "draw.json").read_text(encoding="utf-8"))
    assert sum(figures["drawn"]["removal"].values()) == sum(row["kind"] == "removal" for row in key)
    assert not any("\u0e00" <= char <= "\u0e7f" for char in (out / "key.jsonl").read_text(encoding="utf-8"))
