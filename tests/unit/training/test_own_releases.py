"""Fine-tuning the bundled model on a user's own 200 releases, by the commands that docs/training.md gives."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

from typer.testing import CliRunner

from obecsum.cli.app import app
from obecsum.summaries.engines.torch_model import load_torch
from obecsum.summaries.summarizer import Summarizer
from obecsum.training.corpus import pack, read_own_rows
from obecsum.training.summarizer.held_out import HeldOut
from obecsum.training.summarizer.recipe import TrainOptions

# A house style that the bundled model has never seen: every headline begins with the office in brackets.
PLACES = ("เชียงใหม่", "ลำพูน", "แพร่", "น่าน", "ตาก", "พะเยา", "เลย", "ระยอง", "ตรัง", "สตูล")
DEEDS = ("ตรวจเยี่ยมศูนย์พักพิง", "เปิดตลาดนัดชุมชน", "มอบทุนการศึกษา", "ปลูกป่าชายเลน", "ซ่อมถนนสายหลัก")
OFFICES = ("สำนักงานสวัสดิการ", "สำนักงานพัฒนาชุมชน", "เทศบาลนคร", "องค์การบริหารส่วนจังหวัด")
ROWS = 200


def own_releases() -> list[dict[str, str]]:
    rows = []
    for number, (place, deed, office) in enumerate(product(PLACES, DEEDS, OFFICES)):
        count = 12 + number
        rows.append(
            {
                "title": f"[{office}{place}] {deed} ครั้งที่ {number + 2}",
                "body": f"เมื่อวันที่ {number % 28 + 1} มีนาคม 2568 {office}{place} ร่วมกับประชาชน {count} คน {deed} "
                f"ครั้งที่ {number + 2} ในพื้นที่จังหวัด{place} โดยมีผู้แทนหน่วยงานในจังหวัดเข้าร่วม "
                "กิจกรรมนี้จัดขึ้นเพื่อให้ชุมชนได้มีส่วนร่วมในการดูแลพื้นที่ของตน และจะจัดต่อเนื่องทุกปี",
            }
        )
    return rows


def test_the_bundled_model_learns_the_style_of_200_releases(tmp_path: Path) -> None:
    rows = own_releases()
    assert len(rows) == ROWS
    data = tmp_path / "my.jsonl"
    data.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    work, exported = tmp_path / "mine", tmp_path / "my-model"
    runner = CliRunner()
    result = runner.invoke(
        app,
        (
            f"train summarizer --from obecsum-th --data {data} --out {work} --steps 22 --decay-steps 11 --batch-size 8 "
            "--muon-lr 2e-3 --adamw-lr 1e-3 --headline-share 1.0 --rouge-rows 0"
        ).split(),
    )
    assert result.exit_code == 0, result.output
    result = runner.invoke(app, ["train", "export", "--run", str(work), "--out", str(exported)])
    assert result.exit_code == 0, result.output

    last = json.loads((work / "log.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    before = load_torch("obecsum-th")
    held_out = pack(read_own_rows(data)[: ROWS // 10], before.tokenizer)
    options = TrainOptions(steps=1, decay_steps=0, batch_size=8, rouge_rows=0)
    untrained = HeldOut(held_out, before.tokenizer, options).figures(before.model, "cpu")
    assert last["held_out_loss"] < untrained["held_out_loss"] / 2

    release = rows[0]["body"].replace("เชียงใหม่", "ขอนแก่น")
    (headline,) = Summarizer(str(exported), num_beams=1).summarize([release], kind="headline")
    assert headline.text.startswith("[")
    assert "ขอนแก่น" in headline.text
    assert headline.supported
