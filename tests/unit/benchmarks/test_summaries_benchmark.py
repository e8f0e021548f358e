"""The benchmark of summaries runs and writes what it measured on what."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_it_writes_figures_input_and_machine(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    rows = [
        {
            "id": str(i),
            "title": f"เปิดห้องสมุดโรงเรียนบ้านหนองบัว {1800 + i:,} เล่ม",
            "text": f"วันที่ {i + 1} มกราคม 2567 โรงเรียนบ้านหนองบัวเปิดห้องสมุดใหม่ มีหนังสือ {1800 + i:,} เล่ม ให้ชุมชนเข้าใช้",
        }
        for i in range(5)
    ]
    feed.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    out = tmp_path / "result.json"
    command = [
        sys.executable,
        "-m",
        "benchmarks.summaries.quality",
        str(feed),
        "--no-model",
        "--out",
        str(out),
        "--shown",
        "1",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "LexRank: " in done.stdout
    result = json.loads(out.read_text(encoding="utf-8"))
    assert result["feed_sha256"] == hashlib.sha256(feed.read_bytes()).hexdigest()
    assert {row["rows"] for row in result["systems"]} == {5}
    assert {"lead", "best window (oracle)", "TextRank", "LexRank"} <= {row["system"] for row in result["systems"]}
    assert result["machine"]["packages"]["pythainlp"]
