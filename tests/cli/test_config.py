"""Options from obecsum.toml and the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import typer.main

from obecsum.cli.app import app
from obecsum.cli.settings.config_file import sections, settings

Run = Callable[..., Any]
GROUPS = ("index",)
SINGLE = ("clean", "dedupe", "summarize", "stories", "show", "explain", "diff", "restore")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory of its own, and no variables from outside."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("OBECSUM_")]:
        monkeypatch.delenv(name)


def toml(text: str, name: str = "obecsum.toml") -> None:
    Path(name).write_text(text, encoding="utf-8")


def parsed_commands() -> dict[str, Any]:
    """Section to the parser's command, read off the program itself."""
    root: Any = typer.main.get_command(app)
    found = {name: root.commands[name] for name in SINGLE}
    for group in GROUPS:
        found |= {f"{group}.{name}": command for name, command in root.commands[group].commands.items()}
    return found


def option_keys(command: Any) -> dict[str, Any]:
    keys = {}
    for param in command.params:
        longs = [name for name in param.opts if name.startswith("--")]
        key = (longs[0] if longs else param.name).lstrip("-").replace("-", "_")
        if key not in ("help", "config"):
            keys[key] = param
    return keys


def test_every_command_of_a_job_has_a_section() -> None:
    assert set(sections()) == set(parsed_commands())


@pytest.mark.parametrize("name", sorted(parsed_commands()))
def test_every_option_of_the_command_can_be_set_in_the_file(name: str, obecsum: Run) -> None:
    """Set every option that the parser has to another value than its default, and see that value in force."""
    values: dict[str, Any] = {}
    for key, param in option_keys(parsed_commands()[name]).items():
        values[key] = _other(key, param)
    assert set(values) == set(settings(name))
    table = name
    toml(f"[{table}]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in values.items()))
    outcome = obecsum("config", "show", *name.split("."))
    assert (outcome.code, outcome.err) == (0, "")
    shown = tomllib.loads(outcome.out)
    for part in name.split("."):
        shown = shown[part]
    assert shown == values
    assert outcome.out.count(f"# obecsum.toml [{table}]") == len(values)


def _other(key: str, param: Any) -> Any:
    named: dict[str, Any] = {
        "before": "2020-01-01", "delimiter": ";", "encoding": "tis-620", "field": ["text=ข่าว"], "format": "csv",
        "kind": ["headline"], "length": "long", "max_chars": 200, "min_jaccard": 0.9, "policy": "latest", "runtime": "onnx",
        "strictness": "similarity", "since": "2024-07-01", "to": ["csv"],
    }  # fmt: skip
    if key in named:
        return named[key]
    if getattr(param, "is_flag", False):
        return not param.default
    if isinstance(param.default, int | float):
        return param.default / 2 if isinstance(param.default, float) else param.default + 1
    setting = {**settings_by_key()}[key]
    if setting.many:
        return ["ก", "b c"]
    return {int: 7, float: 7.5}.get(setting.kind, "x y")


def settings_by_key() -> dict[str, Any]:
    return {key: setting for name in sections() for key, setting in settings(name).items()}


def _toml(value: Any) -> str:
    return orjson.dumps(value).decode()


def test_the_file_is_obeyed_by_the_job(obecsum: Run, feed: Path) -> None:
    toml('limit = 2\n[clean]\nfeeds = ["feed.jsonl"]\nout = "cleaned"\nsummaries = false\nquiet = true\n')
    outcome = obecsum("clean")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    report = orjson.loads(Path("cleaned/report.json").read_bytes())
    assert (report["input"], report["options"]["limit"]) == (2, 2)


def test_command_line_before_environment_before_file_before_default(
    obecsum: Run, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml("limit = 2\nmin_jaccard = 0.6\nmin_containment = 0.7\n[clean]\nsummaries = false\nlimit = 3\nquiet = true\n")
    monkeypatch.setenv("OBECSUM_MIN_JACCARD", "0.61")
    monkeypatch.setenv("OBECSUM_LIMIT", "4")

    def options(number: int, *arguments: str) -> Any:
        assert obecsum("clean", "feed.jsonl", "--out", f"out{number}", *arguments).code == 0
        return orjson.loads(Path(f"out{number}/report.json").read_bytes())["options"]

    first = options(1, "--limit", "5")
    assert (first["limit"], first["min_jaccard"], first["min_containment"], first["policy"]) == (
        5, 0.61, 0.7, "most_complete",
    )  # fmt: skip
    assert options(2)["limit"] == 4
    monkeypatch.delenv("OBECSUM_LIMIT")
    assert options(3)["limit"] == 3
    shown = obecsum("config", "show", "clean", "--policy", "latest", "x.jsonl").out.splitlines()
    origins = {line.partition(" = ")[0]: line.partition("  # ")[2] for line in shown if " = " in line}
    assert origins["policy"] == origins["feeds"] == "command line"
    assert origins["min_jaccard"] == "OBECSUM_MIN_JACCARD"
    assert (origins["limit"], origins["min_containment"]) == ("obecsum.toml [clean]", "obecsum.toml")
    assert origins["batch_size"] == "default"


def test_switches_can_be_undone(obecsum: Run, feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml("[clean]\nstrict = true\nsummaries = false\n")
    assert obecsum("clean", "feed.jsonl", "--out", "one").code == 1
    assert obecsum("clean", "feed.jsonl", "--out", "two", "--no-strict").code == 0
    monkeypatch.setenv("OBECSUM_STRICT", "no")
    assert obecsum("clean", "feed.jsonl", "--out", "three").code == 0


def test_another_file(obecsum: Run, feed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    toml("limit = 0\n")
    toml('[clean]\nlimit = 1\nsummaries = false\nfield = {text = "text"}\nsince = 2024-06-04\n', "other.toml")
    assert obecsum("clean", "feed.jsonl", "--out", "one").code == 2
    assert obecsum("clean", "feed.jsonl", "--out", "two", "--config", "other.toml").code == 0
    monkeypatch.setenv("OBECSUM_CONFIG", "other.toml")
    assert obecsum("clean", "feed.jsonl", "--out", "three").code == 0
    assert "# the file: other.toml" in obecsum("config", "show", "clean").out


def test_what_it_shows_is_a_file_that_says_the_same(obecsum: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OBECSUM_PREFER_SOURCE", "ข่าว สพฐ., b\x1b[31m")
    first = obecsum("config", "show")
    assert "\x1b" not in first.out
    monkeypatch.delenv("OBECSUM_PREFER_SOURCE")
    toml(first.out)
    second = obecsum("config", "show")
    assert tomllib.loads(second.out) == tomllib.loads(first.out)
    assert tomllib.loads(first.out)["clean"]["prefer_source"] == ["ข่าว สพฐ.", "b\x1b[31m"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("min_jacard = 0.8", ["min_jacard = 0.8", "did you mean min_jaccard?"]),
        ("min-jaccard = 0.8", ["did you mean min_jaccard?"]),
        ("[claen]\nlimit = 1", ["[claen]", "did you mean [clean]?"]),
        ("[dedupe]\nkind = 'summary'", ["[dedupe] kind", "it is an option of clean, summarize"]),
        ("zzz = 1", ["there is no option zzz", "it can have", "min_jaccard"]),
        ("min_jaccard = 80", ["min_jaccard = 80", "must be in (0, 1], got 80; did you mean 0.8?"]),
        ("[clean]\nlimit = '5'", ['[clean] limit = "5"', "must be a whole number, got a string"]),
        ("[clean]\nlimit = true", ["must be a whole number, got true or false"]),
        ("[clean]\nlimit = 0", ["must be at least 1, got 0"]),
        ("[clean]\nstrict = 1", ["must be true or false, got a whole number"]),
        ("[clean]\npolicy = 'lates'", ["must be one of most_complete, earliest", "did you mean latest?"]),
        ("[clean]\nformat = 'jsonlines'", ["format must be one of", "did you mean jsonl?"]),
        ("[clean]\nprefer_source = 'a'", ["must be a list of strings"]),
        ("[clean]\nfield = ['text']", ["must be ROLE=NAME"]),
        ("[clean]\nfield = {body = 'x'}", ["a role of id, text, title"]),
        ("[clean]\nsince = 'yesterday'", ["since must be a date such as", "'yesterday'"]),
        ("[index.forget]\nbefore = 7", ["[index.forget] before = 7", "must be a string, got a whole number"]),
        ("clean = 3", ["clean is a command", "[clean]"]),
        ("limit = \n", ["is no TOML file", "line 1"]),
    ],
)  # fmt: skip
def test_refused(obecsum: Run, feed: Path, text: str, parts: list[str]) -> None:
    toml(text)
    outcome = obecsum("clean", "feed.jsonl", "--out", "out", "--no-summaries")
    assert outcome.code == 2
    assert outcome.err.startswith("obecsum: error: obecsum.toml")
    assert outcome.err.count("\n") == 1
    for part in parts:
        assert part in outcome.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "OBECSUM_MIN_JACCARD",
            "80",
            "OBECSUM_MIN_JACCARD='80': min_jaccard must be in (0, 1], got 80; did you mean 0.8?",
        ),
        ("OBECSUM_LIMIT", "many", "OBECSUM_LIMIT='many': limit must be a whole number"),
        ("OBECSUM_STRICT", "maybe", "OBECSUM_STRICT='maybe': strict must be one of 1, true"),
        ("OBECSUM_CONFIG", "no.toml", "no.toml does not exist"),
    ],
)
def test_refused_in_the_environment(
    obecsum: Run, feed: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(name, value)
    outcome = obecsum("clean", "feed.jsonl", "--out", "out", "--no-summaries")
    assert outcome.code == 2
    assert message in outcome.err
    assert not Path("out").exists()


def test_files_that_cannot_be_read(obecsum: Run, feed: Path) -> None:
    Path("folder.toml").mkdir()
    Path("latin.toml").write_bytes("out = 'ข่าว'".encode("tis-620"))
    for name, message in (
        ("missing.toml", "missing.toml does not exist"),
        ("folder.toml", "folder.toml cannot be read: Is a directory"),
        ("latin.toml", "latin.toml is no TOML file: it is not UTF-8"),
    ):
        outcome = obecsum("clean", "feed.jsonl", "--out", "out", "--config", name)
        assert outcome.code == 2
        assert message in outcome.err


def test_variables_with_nearly_the_name_of_one_are_told_of(
    obecsum: Run, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OBECSUM_MIN_JACARD", "0.7")
    monkeypatch.setenv("OBECSUM_SERVICE_PORT", "80")
    outcome = obecsum("clean", "feed.jsonl", "--out", "out", "--no-summaries")
    assert outcome.code == 0
    assert outcome.err == (
        "obecsum: the environment variable OBECSUM_MIN_JACARD sets nothing; did you mean OBECSUM_MIN_JACCARD?\n"
    )


def test_a_command_that_has_no_settings(obecsum: Run) -> None:
    outcome = obecsum("config", "show", "compar")
    assert outcome.code == 2
    assert "'compar' is no command with options that a file can set; those are clean, dedupe" in outcome.err
