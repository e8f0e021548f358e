"""From a corpus folder to the examples of both stages, by the command."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from obecsum.cli.app import app
from obecsum.core.model_paths import model_path
from obecsum.training.corpus import Packed

# What happened, where and what was said of it; each release has its own words, so none repeats another.
NEWS = (
    ("เปิดตลาดนัดลำไย", "เชียงใหม่", "เกษตรกรนำผลผลิตมาขายตรงถึงผู้ซื้อ ราคาดีกว่าปีก่อน เพราะฝนมาเร็ว"),
    ("ซ่อมสะพานไม้", "แพร่", "ช่างเปลี่ยนเสาที่ผุและปูพื้นใหม่ทั้งหมด รถเล็กผ่านได้แล้วตั้งแต่เช้านี้"),
    ("ฉีดวัคซีนสุนัข", "ตาก", "สัตวแพทย์ออกหน่วยตามหมู่บ้าน ขอให้เจ้าของพาสัตว์เลี้ยงมารับบริการโดยไม่เสียเงิน"),
    ("ปลูกป่าชายเลน", "ระยอง", "นักเรียนช่วยกันลงต้นโกงกางริมอ่าว หลังน้ำกัดเซาะจนดินหายไปหลายสิบเมตร"),
    ("แข่งเรือยาว", "น่าน", "ฝีพายจากสองฝั่งแม่น้ำชิงถ้วย มีคนดูเต็มสองข้างทาง ร้านอาหารขายหมดก่อนเที่ยง"),
    ("มอบทุนการศึกษา", "เลย", "เด็กที่เรียนดีแต่ยากจนได้รับเงินก้อนแรกสำหรับซื้อหนังสือ ชุด และรองเท้า"),
    ("จับยาบ้า", "เชียงราย", "ด่านตรวจค้นรถบรรทุกผักพบของกลางซุกใต้กระสอบ คนขับรับว่าถูกจ้างมาจากชายแดน"),
    ("ตรวจโรงงาน", "สระบุรี", "เจ้าหน้าที่วัดฝุ่นจากปล่องแล้วสั่งปรับปรุงเครื่องกรอง ก่อนจะอนุญาตให้เดินเครื่องอีก"),
)


def row(number: int, title: str = "") -> dict[str, Any]:
    deed, place, said = NEWS[number]
    body = [
        f"วันที่ {number + 2} มกราคม 2567 ผู้ว่าราชการจังหวัด{place}{deed} มีผู้เข้าร่วม {number + 31} ราย {said}",
        f"ผู้ที่มาร่วมงานกล่าวถึงการ{deed}ว่า {said}",
        f"ทั้งนี้ จังหวัด{place}จะ{deed}อีกในเดือนหน้า {said}",
    ]
    title = title or f"จังหวัด{place}{deed}"
    return {"id": f"{number}", "date": "2024-01-02", "title": title, "standfirst": None, "body": "\n".join(body)}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [row(i) for i in range(4)]
    rows += [row(4, "จังหวัดน่านแข่งเรือยาวและชกมวย"), row(5, "จังหวัดเลยมอบทุนการศึกษา 99 ทุน")]
    held_out = [row(6), row(7)]
    rows.append({**held_out[1], "id": "again"})
    for name, part in (("train-2023", rows), ("valid", held_out[:1]), ("test", held_out[1:])):
        with lzma.open(tmp_path / f"{name}.jsonl.xz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in part)
    return tmp_path


def test_no_repeated_release_and_no_target_that_says_what_is_not_read(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "examples"
    command = [
        "train",
        "data",
        "--tokenizer",
        str(model_path("obecsum-th")),
        "--corpus",
        str(corpus),
        "--out",
        str(out),
    ]
    result = CliRunner().invoke(app, [*command, "--content-words"])
    assert result.exit_code == 0, result.output
    assert "headline: 2 of 6 targets say what is not read" in result.output
    assert json.loads((out / "excluded.json").read_text()) == ["again"]
    train = Packed.load(out / "train.npz")
    with_headline = [
        row_id
        for row_id, size in zip(train.ids.tolist(), train.headline_bounds[1:] - train.headline_bounds[:-1], strict=True)
        if size
    ]
    assert with_headline == ["0", "1", "2", "3"]
    assert len(Packed.load(out / "valid.npz")) == len(Packed.load(out / "pretrain-valid.npz")) == 1
    first = Packed.load(out / "pretrain.npz")
    assert len(first) == 6

    result = CliRunner().invoke(app, [*command, "--seed", "2"])
    assert result.exit_code == 0, result.output
    assert "headline: 1 of 6 targets say what is not read" in result.output, "a number is one without being asked for"
    second = Packed.load(out / "pretrain.npz")
    targets = [
        packed.summaries[packed.summary_bounds[0] : packed.summary_bounds[1]].tolist() for packed in (first, second)
    ]
    assert targets[0] != targets[1], "a second pass has other tasks"
