"""Names that are no UTF-8, streams that are closed or full, paths and numbers that no system takes: one line, or it works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from tests.cli.conftest import GOOD

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="file names are bytes, and /dev/full is there, on Unix")
LONG = "x" * 300


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "feed.jsonl").write_bytes(b"\n".join(GOOD))
    return tmp_path


def shell(work: Path, command: str, **environment: str) -> tuple[int, str, str]:
    """Run a line of the shell in a folder, ``obecsum`` in it."""
    root = str(Path(__file__).resolve().parents[2])
    command = command.replace("obecsum", f"{sys.executable} -m obecsum")
    variables = os.environ | {"PYTHONPATH": root} | environment
    done = subprocess.run(["sh", "-c", command], cwd=work, capture_output=True, env=variables, check=False)
    out, err = (one.decode("utf-8", "replace") for one in (done.stdout, done.stderr))
    assert "Traceback" not in err
    assert "mistake of obecsum" not in err
    assert "Exception ignored" not in err
    return done.returncode, out, err


def test_a_name_that_is_no_utf_8(work: Path) -> None:
    """As archives have it that were packed in TIS-620."""
    name = b"\xa2\xe8\xd2\xc7.jsonl"
    shutil.copy(work / "feed.jsonl", work / os.fsdecode(name))
    folder = os.fsencode(work) + b"/\xc8\xd4"
    os.mkdir(folder)
    for number, text in enumerate(("ข่าวหนึ่งเรื่องของจังหวัด", "ข่าวสองเรื่องของอำเภอ " * 300)):
        Path(os.fsdecode(folder), os.fsdecode(b"\xa2%d.txt" % number)).write_text(text, encoding="utf-8")
    command = (
        "obecsum clean *.jsonl \"$(printf '\\310\\324')\" --out out --index i.db --no-summaries --max-record-mb 0.005"
    )
    code, _, err = shell(work, command)
    assert (code, err) == (0, "")
    sources = [source["name"] for source in orjson.loads((work / "out" / "report.json").read_bytes())["sources"]]
    assert sources == ["feed.jsonl", "\\xa2\\xe8\\xd2\\xc7.jsonl", "\\xc8\\xd4"]
    kept = {row["id"] for row in map(orjson.loads, (work / "out" / "kept.jsonl").read_bytes().splitlines())}
    assert "\\xa20" in kept
    assert "ข่าวสองเรื่อง" in (work / "out" / "quarantine.bin").read_text(encoding="utf-8")
    command = "obecsum clean feed.jsonl --out \"$(printf 'a\\377')\" --index \"$(printf 'b\\377')\" --no-summaries"
    assert shell(work, command)[0] == 0


@pytest.mark.parametrize("how", ["2>&-", ">&-", ">&- 2>&- <&-", "--log-json 2>/dev/full"])
def test_a_job_is_done_whoever_listens(work: Path, how: str) -> None:
    assert shell(work, f"obecsum clean feed.jsonl --out out --no-summaries {how}")[0] == 0
    assert (work / "out" / "report.json").exists()


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("obecsum clean - --out out --no-summaries <&-", 2, "standard input is closed, and - reads from it"),
        ("obecsum clean feed.jsonl --out out --no-summaries >/dev/full", 1, "standard output could not be written: No space"),
        ("obecsum --version >/dev/full", 1, "standard output could not be written: No space left"),
        ("obecsum clean nothing.jsonl --out out 2>/dev/full", 2, ""),
        (f"obecsum clean feed.jsonl --out {LONG} --no-summaries", 2, "cannot be used: File name too long"),
        (f"obecsum clean feed.jsonl --out out --index {LONG} --no-summaries", 2, "cannot be used: File name too long"),
        (f"obecsum clean feed.jsonl --out out --model {LONG}", 2, "cannot be used: File name too long"),
        (f"obecsum index check {LONG}", 2, "cannot be used: File name too long"),
        ("obecsum clean feed.jsonl --out out --limit 99999999999999999999", 2, "limit must be at most"),
        ("obecsum clean feed.jsonl --out out --config deep.toml", 2, "nested too deeply"),
    ],
)  # fmt: skip
def test_one_line_says_it(work: Path, command: str, code: int, message: str) -> None:
    (work / "deep.toml").write_text("a = " + "[" * 5000 + "]" * 5000, encoding="utf-8")
    found, _, err = shell(work, command)
    assert found == code
    assert message in err
    assert err.count("\n") == bool(message)


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"},
        {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        {"COLUMNS": "0"},
    ],
)
def test_any_terminal(work: Path, environment: dict[str, str]) -> None:
    code, out, err = shell(work, "obecsum clean feed.jsonl --dry-run --no-summaries", **environment)
    assert (code, err) == (0, "")
    assert "fair-copy" in out
    assert "nothing was written (dry run)" in out


def test_numbers_that_no_disk_has(work: Path) -> None:
    limits = "--max-record-mb 1e300 --max-expanded-gb 1e300 --max-stdin-gb 1e300"
    assert shell(work, f"obecsum clean feed.jsonl --out out --no-summaries {limits}")[0] == 0
