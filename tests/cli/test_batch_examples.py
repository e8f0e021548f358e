"""examples/batch: the hourly script run as a scheduler would, and the files for cron, systemd and Airflow."""

from __future__ import annotations

import ast
import importlib.util
import lzma
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from obecsum.cli.settings.config_file import resolve, settings

BATCH = Path(__file__).resolve().parents[2] / "examples" / "batch"
Rows = Callable[[Path], list[dict[str, Any]]]
RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))


class Machine:
    """A folder to run hourly.sh in, with obecsum on the PATH and no summaries."""

    def __init__(self, folder: Path, feed: Path) -> None:
        self.folder, self.feed = folder, feed
        self.work = folder / "work"
        self.work.mkdir(parents=True)
        programs = folder / "bin"
        programs.mkdir()
        (programs / "obecsum").write_text(f'#!/bin/sh\nexec {sys.executable} -m obecsum "$@"\n', encoding="utf-8")
        (programs / "obecsum").chmod(0o755)
        (self.work / "obecsum.toml").write_text("[clean]\nsummaries = false\n", encoding="utf-8")
        self.environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}

    def start(self, stamp: str) -> subprocess.Popen[bytes]:
        command = ["sh", str(BATCH / "hourly.sh"), str(self.feed), str(self.work), stamp]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
        )

    def run(self, stamp: str) -> list[dict[str, Any]]:
        """One run to its end; its log."""
        out, err = (process := self.start(stamp)).communicate(timeout=300)
        assert (process.returncode, out) == (0, b""), err.decode()
        return [orjson.loads(line) for line in err.splitlines()]

    def out(self, stamp: str, name: str) -> Path:
        return self.work / "out" / stamp / name


@pytest.fixture
def releases(good: list[bytes]) -> list[bytes]:
    """Releases with ids of their own, copies and an update among them."""
    return [line for line in good if b'"id":"library"' not in line and b'"id"' in line]


def real_releases() -> list[bytes]:
    folder = os.environ.get("OBECSUM_DATA")
    if not folder:
        pytest.skip("OBECSUM_DATA names no corpus")
    with lzma.open(Path(folder) / "thaigov" / "valid.jsonl.xz") as file:
        return [line.rstrip(b"\n") for line, _ in zip(file, range(150), strict=False)]


needs_flock = pytest.mark.skipif(shutil.which("flock") is None, reason="flock is not installed")


@needs_flock
def test_every_hour_what_is_new(tmp_path: Path, rows: Rows, releases: list[bytes]) -> None:
    _run_three_times(tmp_path, rows, releases, [2, 3, len(releases)])


@needs_flock
def test_every_hour_what_is_new_of_real_releases(tmp_path: Path, rows: Rows) -> None:
    _run_three_times(tmp_path, rows, real_releases(), [50, 100, 150])


def _run_three_times(tmp_path: Path, rows: Rows, lines: Sequence[bytes], sizes: Sequence[int]) -> None:
    """The feed grows from run to run; the second one also brings the first release again under another id."""
    feed = tmp_path / "feed.jsonl"
    machine = Machine(tmp_path, feed)
    again = orjson.dumps(orjson.loads(lines[0]) | {"id": "again"})
    seen: set[str] = set()
    kept_so_far: set[str] = set()
    for number, size in enumerate(sizes):
        present = [*lines[:size], *([again] if number else [])]
        feed.write_bytes(b"\n".join(present) + b"\n")
        stamp = f"2026-11-21T0{number}"
        log = machine.run(stamp)
        result = log[-1]["result"]
        kept, removed = rows(machine.out(stamp, "kept.jsonl")), rows(machine.out(stamp, "removed.jsonl"))
        assert (result["kept"], result["removed"], result["quarantined"]) == (len(kept), len(removed), 0)
        skipped = result["skipped"].get("in_index", 0)
        assert len(kept) + len(removed) + skipped == len(present)
        assert skipped >= len(kept_so_far), "what an earlier run kept is not told again"
        here = {row["id"] for row in kept}
        assert not here & kept_so_far
        kept_so_far |= here
        seen |= here | {row["id"] for row in removed}
        if number == 1:
            [copy] = [row for row in removed if row["id"] == "again"]
            assert copy["kept_id"] in kept_so_far
    assert seen == {orjson.loads(line)["id"] for line in lines} | {"again"}, "every release was told of"
    assert list((machine.work / "waiting").iterdir()) == []
    assert machine.run(stamp) == [], "a run of the same stamp has nothing to do"


@needs_flock
def test_a_run_that_was_killed_is_finished_by_the_next(tmp_path: Path, rows: Rows, releases: list[bytes]) -> None:
    lines = [
        orjson.dumps(orjson.loads(line) | {"id": f"{orjson.loads(line)['id']}-{number}", "more": number})
        for number in range(60)
        for line in releases
    ]
    results = []
    for name in ("calm", "killed"):
        feed = tmp_path / name / "feed.jsonl"
        machine = Machine(tmp_path / name, feed)
        feed.write_bytes(b"\n".join(lines[:200]))
        if name == "killed":
            _kill_at_work(machine, "first")
            assert not machine.out("first", "report.json").exists()
        else:
            machine.run("first")
        feed.write_bytes(b"\n".join(lines))
        machine.run("second")
        results.append(
            [machine.out(stamp, file).read_bytes() for stamp in ("first", "second") for file in ("kept.jsonl", "removed.jsonl")]
        )  # fmt: skip
        assert list((machine.work / "waiting").iterdir()) == []
    assert results[0] == results[1]


def _kill_at_work(machine: Machine, stamp: str) -> None:
    """Kill the script and all that it started, as soon as the job's folder is there."""
    process = machine.start(stamp)
    deadline = time.monotonic() + 120
    while not (machine.work / "out" / stamp).exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


@needs_flock
def test_what_old_runs_wrote_is_removed(tmp_path: Path, rows: Rows, releases: list[bytes]) -> None:
    machine = Machine(tmp_path, tmp_path / "feed.jsonl")
    machine.feed.write_bytes(b"\n".join(releases))
    machine.run("first")
    delivered = rows(machine.out("first", "kept.jsonl"))
    (machine.work / "out" / "notes").mkdir()
    long_ago = time.time() - 91 * 86_400
    for path in [*(machine.work / "out" / "first").iterdir(), machine.work / "out" / "notes"]:
        os.utime(path, (long_ago, long_ago))
    machine.environment["KEEP_DAYS"] = "0"
    machine.run("second")
    assert sorted(path.name for path in (machine.work / "out").iterdir()) == ["first", "notes", "second"]
    del machine.environment["KEEP_DAYS"]
    machine.run("third")
    assert sorted(path.name for path in (machine.work / "out").iterdir()) == ["notes", "second", "third"]
    assert delivered
    assert rows(machine.out("third", "kept.jsonl")) == [], "the index still knows what was delivered"


def restrictions() -> dict[str, str]:
    """The settings of the unit's section for the service."""
    lines = (BATCH / "obecsum.service").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


@needs_flock
@pytest.mark.parametrize("has_cache", [True, False])
def test_the_service_runs_under_its_restrictions(
    tmp_path: Path, rows: Rows, releases: list[bytes], has_cache: bool
) -> None:
    """As systemd would run it: everything but its own folders is read-only, and there is no home."""
    unit = restrictions()
    assert (unit["ProtectSystem"], unit["ProtectHome"], unit["PrivateTmp"]) == ("strict", "yes", "yes")
    assert unit["StateDirectory"] == unit["CacheDirectory"] == "obecsum"
    feed = tmp_path / "feed.jsonl"
    machine = Machine(tmp_path, feed)
    many = [orjson.loads(line) | {"id": f"{n}-{m}"} for n in range(60) for m, line in enumerate(releases)]
    feed.write_bytes(b"\n".join(orjson.dumps(row | {"text": row["text"] + f" ฉบับที่ {row['id']}"}) for row in many))
    (machine.work / "obecsum.toml").write_text('[clean]\nkind = "headline"\nlimit = 100\n', encoding="utf-8")
    cache, temporary = tmp_path / "cache", tmp_path / "tmp"
    for folder in (cache, temporary):
        folder.mkdir()
    writable = [machine.work, temporary, *([cache] if has_cache else [])]
    script = "mount --make-rprivate / || exit 77\n"
    script += "".join(
        f"mount --bind {shlex.quote(str(folder))} {shlex.quote(str(folder))} || exit 77\n" for folder in writable
    )
    # Every other mount too: a checkout may lie on one of its own.
    script += "awk '{print $5}' /proc/self/mountinfo | grep -v '^/proc\\|^/dev\\|^/sys' | while read -r point; do\n"
    script += "case $point in " + "|".join(shlex.quote(str(folder)) for folder in writable)
    script += ') ;; *) mount -o remount,bind,ro "$point" 2>/dev/null ;; esac\ndone\n'
    script += f"touch {shlex.quote(str(tmp_path / 'elsewhere'))} 2>/dev/null && exit 77\n"
    script += (
        f"sh {shlex.quote(str(BATCH / 'hourly.sh'))} {shlex.quote(str(feed))} {shlex.quote(str(machine.work))} now\n"
    )
    environment = {"PATH": machine.environment["PATH"], "HOME": "/nonexistent", "TMPDIR": str(temporary)}
    environment |= {"PYTHONPATH": str(BATCH.parents[1])} | ({"CACHE_DIRECTORY": str(cache)} if has_cache else {})
    program = shutil.which("unshare")
    if program is None:
        pytest.skip("unshare is not installed")
    command = [program, "--mount", "sh", "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("mounting is not permitted here")
    assert done.returncode == 0, done.stderr
    log = [orjson.loads(line) for line in done.stderr.splitlines()]
    assert [line for line in log if line["level"] != "info"] == []
    assert len(rows(machine.out("now", "kept.jsonl"))) == log[-1]["result"]["kept"] > 0
    assert list(temporary.iterdir()) == [], "nothing is left in the temporary folder"
    assert (cache / "obecsum" / "numba").exists() == has_cache


@needs_flock
def test_a_second_run_leaves_the_feed_to_the_first(tmp_path: Path, releases: list[bytes]) -> None:
    machine = Machine(tmp_path, tmp_path / "feed.jsonl")
    machine.feed.write_bytes(b"\n".join(releases))
    with subprocess.Popen(["flock", str(machine.work / "lock"), "cat"], stdin=subprocess.PIPE) as holder:
        while not (machine.work / "lock").exists():
            time.sleep(0.01)
        time.sleep(0.3)
        process = machine.start("now")
        _, err = process.communicate(timeout=60)
        holder.communicate()
    assert process.returncode == 0
    assert b"still at work" in err
    assert not (machine.work / "out" / "now").exists()


@needs_flock
def test_what_cannot_be_read_is_told_and_does_not_block_the_next(tmp_path: Path, releases: list[bytes]) -> None:
    machine = Machine(tmp_path, tmp_path / "feed.jsonl")
    machine.feed.write_bytes(b"<html>not found\n")
    process = machine.start("bad")
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert orjson.loads(err.splitlines()[-1])["level"] == "error"
    machine.feed.write_bytes(b"\n".join(releases))
    machine.run("good")
    assert machine.out("good", "report.json").exists()


def test_the_settings_are_settings() -> None:
    found = resolve("clean", BATCH / "obecsum.toml", {})
    assert set(found) <= set(settings("clean"))
    assert found["kind"].value == ["headline"]


def test_the_crontab_can_be_parsed() -> None:
    lines = [
        line for line in (BATCH / "obecsum.cron").read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")
    ]
    assert re.fullmatch(r"PATH=[\w/:.-]+", lines[0])
    [job] = lines[1:]
    *fields, command = job.split(maxsplit=5)
    _check_schedule(fields)
    assert "%" not in command.replace(r"\%", ""), "cron takes % for a line break"
    words = shlex.split(command)
    assert (BATCH / Path(words[0]).name).exists()
    assert all(word.startswith("/") for word in words[:3])


def _check_schedule(fields: Sequence[str]) -> None:
    assert len(fields) == 5
    for field, (low, high) in zip(fields, RANGES, strict=True):
        for part in field.split(","):
            match = re.fullmatch(r"(?:\*|(\d+)(?:-(\d+))?)(?:/(\d+))?", part)
            assert match, part
            assert all(low <= int(number) <= high for number in match.groups()[:2] if number)


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    shutil.copy(BATCH / "hourly.sh", tmp_path / "hourly.sh")
    for name in ("obecsum.service", "obecsum.timer"):
        # Where this machine has the script: systemd looks whether it is there.
        text = (BATCH / name).read_text(encoding="utf-8").replace("/opt/obecsum/hourly.sh", str(tmp_path / "hourly.sh"))
        (tmp_path / name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / "obecsum.service"), str(tmp_path / "obecsum.timer")]
    done = subprocess.run([program, "verify", *units], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "obecsum" in line]
    assert (done.returncode, complaints) == (0, []), done.stderr
    (tmp_path / "obecsum.service").write_text("[Service]\nExecStart=nothing\n", encoding="utf-8")
    assert subprocess.run([program, "verify", units[0]], capture_output=True, check=False).returncode != 0


DAG = BATCH / "airflow_dag.py"
# Of airflow.sdk.DAG and of BashOperator with its bases, Airflow 3.
DAG_ARGUMENTS = {"dag_id", "schedule", "start_date", "catchup", "max_active_runs", "default_args"}
OPERATOR_ARGUMENTS = {
    "task_id", "bash_command", "env", "append_env", "output_encoding", "skip_on_exit_code", "cwd", "execution_timeout",
}  # fmt: skip


def test_the_dag_calls_what_airflow_has() -> None:
    """By the syntax tree alone; the next test imports it where Airflow is."""
    tree = ast.parse(DAG.read_text(encoding="utf-8"))
    imports = {
        (node.module, name.name) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for name in node.names
    }
    assert ("airflow.sdk", "DAG") in imports
    assert ("airflow.providers.standard.operators.bash", "BashOperator") in imports
    calls = {
        node.func.id: node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    for name, allowed in (("DAG", DAG_ARGUMENTS), ("BashOperator", OPERATOR_ARGUMENTS)):
        assert {keyword.arg for keyword in calls[name].keywords} <= allowed
    values: dict[str | None, Any] = {
        keyword.arg: keyword.value.value
        for call in calls.values()
        for keyword in call.keywords
        if isinstance(keyword.value, ast.Constant)
    }
    _check_schedule(values["schedule"].split())
    command = values["bash_command"]
    assert not command.endswith((".sh", ".bash")), "Airflow would look for a template of that name"
    assert (BATCH / Path(command.split()[0]).name).exists()
    assert command.endswith("{{ ts_nodash }}")


def test_airflow_takes_the_dag() -> None:
    if importlib.util.find_spec("airflow") is None:
        pytest.skip("apache-airflow is not installed")
    spec = importlib.util.spec_from_file_location("airflow_dag", DAG)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
