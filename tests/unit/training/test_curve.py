"""Learning curves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from obecsum.core.errors import InputError
from obecsum.training.curve import draw_curve, read_log

PNG = b"\x89PNG\r\n\x1a\n"


def write_log(folder: Path, *, rouge: bool) -> Path:
    folder.mkdir()
    rows = [{"step": 25 * n, "examples": 1200 * n, "loss": 9.0 / n} for n in range(1, 9)]
    for row in rows[3::4]:
        row["held_out_loss"] = row["loss"] + 0.2
        if rouge:
            row |= {"rouge1": 20.0, "rouge2": 10.0, "rougeL": 18.0}
    (folder / "log.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"step": 2', encoding="utf-8")
    return folder


@pytest.mark.parametrize("rouge", [False, True])
def test_the_curve_of_two_runs_is_a_picture(tmp_path: Path, *, rouge: bool) -> None:
    runs = [write_log(tmp_path / name, rouge=rouge) for name in ("gap", "headlines")]
    draw_curve(runs, tmp_path / "pictures" / "curve.png")
    picture = (tmp_path / "pictures" / "curve.png").read_bytes()
    assert picture.startswith(PNG)
    assert len(picture) > 10_000
    draw_curve([runs[0] / "log.jsonl"], tmp_path / "curve.svg")
    assert "<svg" in (tmp_path / "curve.svg").read_text(encoding="utf-8")


def test_a_line_that_a_kill_cut_is_left_out(tmp_path: Path) -> None:
    assert len(read_log(write_log(tmp_path / "run", rouge=False))) == 8


def test_a_folder_without_a_log_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no log\.jsonl"):
        draw_curve([tmp_path], tmp_path / "curve.png")
    (tmp_path / "log.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="is empty"):
        draw_curve([tmp_path], tmp_path / "curve.png")
