"""What the command says besides its results: logs, warnings, errors, help."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import typer.main

from obecsum.cli.app import app

Run = Callable[..., Any]
Rows = Callable[[Path], list[dict[str, Any]]]


def entries(text: str) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in text.splitlines()]


def test_a_job_logs_as_json(obecsum: Run, feed: Path, tmp_path: Path) -> None:
    outcome = obecsum("clean", feed, "--out", tmp_path / "out", "--no-summaries", "--log-json")
    assert (outcome.code, outcome.out) == (0, "")
    log = entries(outcome.err)
    assert all({"time", "level", "event"} <= set(entry) for entry in log)
    assert (log[0]["event"], log[0]["command"], log[0]["feeds"]) == ("start", "clean", [str(feed)])
    assert log[0]["options"]["min_jaccard"] == 0.5
    begun = [entry["stage"] for entry in log if entry["event"] == "stage"]
    ended = [entry["stage"] for entry in log if entry["event"] == "stage_done"]
    assert begun == ended
    assert "Reading" in begun
    assert log[-1]["event"] == "done"
    report = orjson.loads((tmp_path / "out" / "report.json").read_bytes())
    for name in ("input", "kept", "removed", "quarantined", "relations"):
        assert log[-1]["result"][name] == report[name]


def test_quiet_json_says_nothing_of_a_job_that_is_well(obecsum: Run, feed: Path, tmp_path: Path) -> None:
    outcome = obecsum("clean", feed, "--out", tmp_path / "out", "--no-summaries", "--log-json", "--quiet")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["clean", "missing.jsonl", "--out", "o"], 2, "missing.jsonl does not exist"),
        (["clean", "{feed}", "--out", "o", "--min-jaccard", "80"], 2, "did you mean 0.8?"),
        (["clean", "{feed}", "--out", "o", "--min-jacard", "0.8"], 2, "did you mean --min-jaccard?"),
        (["clean", "{feed}", "--out", "o", "--config", "no.toml"], 2, "no.toml does not exist"),
        (["clean", "{feed}", "--out", "o", "--no-summaries", "--strict"], 1, "--strict allows none"),
        (["summarize", "missing.jsonl"], 2, "missing.jsonl does not exist"),
    ],
)
@pytest.mark.parametrize("by_variable", [False, True])
def test_errors_are_json_too(
    obecsum: Run,
    feed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    code: int,
    message: str,
    by_variable: bool,
) -> None:
    monkeypatch.chdir(tmp_path)
    if by_variable:
        monkeypatch.setenv("OBECSUM_LOG_JSON", "1")
    given = [str(feed) if argument == "{feed}" else argument for argument in arguments]
    outcome = obecsum(*given, *([] if by_variable else ["--log-json"]))
    last = entries(outcome.err)[-1]
    assert (outcome.code, last["level"], last["event"], last["exit_code"]) == (code, "error", "error", code)
    assert message in last["message"]


def test_a_stage_that_fails_has_no_end(obecsum: Run, tmp_path: Path, bad: list[bytes]) -> None:
    (tmp_path / "feed.jsonl").write_bytes(b"\n".join(bad))
    outcome = obecsum("clean", tmp_path / "feed.jsonl", "--out", tmp_path / "out", "--no-summaries", "--log-json")
    *before, last = entries(outcome.err)
    assert (outcome.code, last["event"], last["exit_code"]) == (1, "error", 1)
    assert "none of the 6 records could be used" in last["message"]
    assert "error" not in {entry["level"] for entry in before}


def test_the_file_can_ask_for_json(obecsum: Run, feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("obecsum.toml").write_text("log_json = true\n", encoding="utf-8")
    assert entries(obecsum("clean", "missing.jsonl", "--out", "o").err)[-1]["event"] == "error"
    assert obecsum("clean", "missing.jsonl", "--out", "o", "--no-log-json").err.startswith("obecsum: error: missing")


def test_since(obecsum: Run, rows: Rows, feed: Path, tmp_path: Path) -> None:
    for number, date in enumerate(["2024-06-05", "5/6/2567", "๕ มิถุนายน ๒๕๖๗"]):
        out = tmp_path / f"out{number}"
        assert obecsum("clean", feed, "--out", out, "--no-summaries", "--since", date).code == 0
        report = orjson.loads((out / "report.json").read_bytes())
        assert report["skipped"] == {"before_since": 1}
        assert (report["input"], report["options"]["since"]) == (15, "2024-06-05")
        found = {row["id"] for name in ("kept", "removed") for row in rows(out / f"{name}.jsonl")}
        assert "fair" not in found
        assert {"fair-copy", "nul", "feed.jsonl:14"} <= found  # those without a date stay


@pytest.mark.parametrize("date", ["yesterday", "2024-02-30", ""])
def test_since_nonsense(obecsum: Run, feed: Path, tmp_path: Path, date: str) -> None:
    outcome = obecsum("clean", feed, "--out", tmp_path / "out", "--no-summaries", "--since", date)
    assert outcome.code == 2
    assert "since must be a date such as 2024-07-01" in outcome.err
    assert not (tmp_path / "out").exists()


def test_the_output_folder_is_a_file(obecsum: Run, feed: Path) -> None:
    outcome = obecsum("clean", feed, "--out", feed, "--no-summaries")
    assert outcome.code == 2
    assert "is a file; --out takes a folder" in outcome.err


def test_names_that_are_empty(obecsum: Run, feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an unset variable of a script gives them; they would mean the working directory."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for arguments, message in (
        (["clean", "", "--out", "out", "--no-summaries"], "the name of a feed is empty"),
        (["dedupe", str(feed), "--out", ""], "the name for --out is empty"),
        (["summarize", " "], "the name of a feed is empty"),
        (["stories", "", "--out", "out"], "the name of a feed is empty"),
    ):
        outcome = obecsum(*arguments)
        assert outcome.code == 2
        assert message in outcome.err
    assert list(Path().iterdir()) == []


def test_no_output_folder(obecsum: Run, feed: Path) -> None:
    outcome = obecsum("clean", feed, "--no-summaries")
    assert (outcome.code, outcome.out) == (2, "")
    assert "--out DIR is missing" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["clena"], "did you mean"),
        (["clean"], "FEED"),
        (["clean", "x", "--limit", "many", "--out", "o"], "--limit must be a whole number, got 'many'"),
        (["clean", "x", "--min-jaccard=half", "--out", "o"], "--min-jaccard must be a number, got 'half'"),
        (["clean", "x", "--out"], "--out"),
        (["index", "shwo"], "did you mean"),
        (["compare", "a"], "B"),
    ],
)
def test_arguments_that_cannot_be_parsed(obecsum: Run, arguments: list[str], message: str) -> None:
    outcome = obecsum(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("obecsum: error: ")
    assert outcome.err.count("\n") == 1
    assert message.lower() in outcome.err.lower()
    assert "--help`)" in outcome.err


def all_commands() -> list[list[str]]:
    root: Any = typer.main.get_command(app)
    found: list[list[str]] = [[]]
    for name, command in root.commands.items():
        found.append([name])
        found += [[name, inner] for inner in getattr(command, "commands", {})]
    return found


@pytest.mark.parametrize("words", all_commands(), ids=" ".join)
def test_help_pages_are_for_people(obecsum: Run, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    outcome = obecsum(*words, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert lines[0].startswith(" ".join(["Usage: obecsum", *words]))
    assert all(len(line) <= 80 for line in lines)
    assert not [line for line in lines if line.rstrip().endswith("...")], "a sentence was cut"
    assert "<" not in outcome.out
    # Each option says what it does.
    begin = next(number for number, line in enumerate(lines) if line.endswith(":"))
    options = [number for number, line in enumerate(lines) if line.startswith("  -") and number > begin]
    for number in options:
        names, _, text = lines[number].strip().partition("  ")
        assert text.strip() or lines[number + 1].startswith(" " * 10), names


def test_a_group_without_a_command_shows_what_it_has(obecsum: Run) -> None:
    for words in ([], ["index"], ["config"], ["train"]):
        outcome = obecsum(*words)
        assert outcome.code == 2
        assert outcome.out.startswith(" ".join(["Usage: obecsum", *words]))
        assert outcome.err == ""


def test_help_and_version_load_nothing_heavy() -> None:
    code = (
        "import sys; from obecsum.cli.app import main; sys.argv = ['obecsum', sys.argv[1]]\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end.code\n"
        "heavy = {'torch', 'numba', 'numpy', 'pyarrow', 'transformers', 'pythainlp', 'rich', 'sqlite3', 'feedparser'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    for option in ("--help", "--version"):
        done = subprocess.run([sys.executable, "-c", code, option], capture_output=True, text=True, check=True)
        assert done.stderr == "[]\n"


def test_interrupted(feed: Path, tmp_path: Path) -> None:
    """Ctrl-C while it reads standard input, which never ends."""
    command = [sys.executable, "-m", "obecsum", "dedupe", "-", "--format", "jsonl", "--out", "out", "--log-json"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ,
        # Where the tests run in the background of a shell, SIGINT is ignored, and a child inherits that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdin is not None
    process.stdin.write(feed.read_bytes())
    process.stdin.flush()
    assert process.stderr is not None
    assert orjson.loads(process.stderr.readline())["event"] == "start"  # before it reads
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=1)
    process.send_signal(2)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"interrupted" in err
    assert b"Traceback" not in err
