"""Feeds that are edited while they are read, and feeds that never end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import obecsum
from obecsum.core.errors import InputError
from obecsum.index.index import Index
from obecsum.jobs import job as jobs
from tests.e2e.test_kills import lines


@pytest.mark.parametrize("name", ["feed.jsonl", "folder"])
@pytest.mark.parametrize("phase", ["compare_all", "write_removed"])
def test_a_feed_that_is_edited_in_place_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, phase: str
) -> None:
    """Of the same length, with the same time: half of it would be from before, under a checksum of nothing."""
    feed = path = tmp_path / name
    if name == "folder":
        feed.mkdir()
        path = feed / "one.txt"
        path.write_text("เปิดห้องสมุดหลังใหม่ 12 แห่ง", encoding="utf-8")
    else:
        feed.write_bytes(b"\n".join(lines(1, 30, "a")))
    before = path.read_bytes()
    real = getattr(jobs, phase)

    def edited(*arguments: Any, **options: Any) -> Any:
        found = real(*arguments, **options)
        times = path.stat()
        with path.open("r+b") as file:
            file.write(before.replace(b"1", b"2"))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        return found

    monkeypatch.setattr(jobs, phase, edited)
    index = tmp_path / "feed.db"
    with pytest.raises(InputError, match=rf"{name} was changed while it was read; nothing was written"):
        obecsum.clean(feed, tmp_path / "out", summaries=False, index=index)
    monkeypatch.undo()
    assert not (tmp_path / "out").exists()
    with Index(index) as opened:
        assert len(opened) == 0
    assert obecsum.clean(feed, tmp_path / "out", summaries=False, index=index).kept > 0


def test_a_feed_has_a_bound(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(b"\n".join(lines(1, 30, "a")))
    with pytest.raises(
        InputError, match=r"more than 20 records, and may go on for ever; take the first ones with --limit"
    ):
        obecsum.clean(feed, tmp_path / "out", summaries=False, max_records=20)
    assert obecsum.clean(feed, tmp_path / "out", summaries=False, max_records=20, limit=20).input == 20


def test_standard_input_that_never_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "obecsum", "clean", "-", "--out", str(tmp_path / "out"), "--no-summaries"]
    command += ["--max-stdin-gb", "0.01"]
    with subprocess.Popen(["yes", '{"text": "ข่าว"}'], stdout=subprocess.PIPE) as endless:
        done = subprocess.run(command, stdin=endless.stdout, capture_output=True, text=True, check=False)
        endless.kill()
    assert done.returncode == 2
    assert (
        "stdin has more than 10,737,418 bytes, and may go on for ever; name a file, or raise --max-stdin-gb"
        in done.stderr
    )
    assert not (tmp_path / "out").exists()
