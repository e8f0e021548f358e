"""``--dry-run``, ``--index`` and ``--new-only``, and ``obecsum index``."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

Run = Callable[..., Any]
Rows = Callable[[Path], list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def files() -> list[str]:
    return sorted(path.as_posix() for path in Path().rglob("*"))


@pytest.mark.parametrize("command", [["clean", "--no-summaries"], ["clean"], ["dedupe"]])
def test_dry_run_says_what_would_go_and_writes_nothing(
    obecsum: Run, rows: Rows, feed: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    before = files()
    said = obecsum(*command, "feed.jsonl", "--dry-run")
    logged = obecsum(*command, "feed.jsonl", "--dry-run", "--log-json")
    assert (said.code, said.err, logged.code) == (0, "", 0)
    assert files() == before
    assert obecsum(command[0], "feed.jsonl", "--out", "out", *(["--no-summaries"] * (command[0] == "clean"))).code == 0
    removed = rows(Path("out/removed.jsonl"))
    fields = ("id", "title", "kept_id", "relation", "jaccard", "changes")
    assert [orjson.loads(line) for line in logged.out.splitlines()] == [
        {name: row[name] for name in fields} for row in removed
    ]
    for row in removed:
        assert row["id"] in said.out
        assert row["kept_id"] in said.out
        assert f"Jaccard similarity {row['jaccard']:.3f}" in said.out
        for change in row["changes"]:
            for part in (change["before"], change["after"]):
                assert " ".join(part.split()) in said.out
    assert any(row["changes"] for row in removed) or not removed
    assert said.out.endswith("nothing was written (dry run)\n")
    result = orjson.loads(logged.err.splitlines()[-1])["result"]
    assert (result["removed"], result["dry_run"], result["out"]) == (len(removed), True, None)


def test_dry_run_adds_nothing_to_an_index(obecsum: Run, feed: Path) -> None:
    assert obecsum("dedupe", "feed.jsonl", "--dry-run", "--index", "feed.db").code == 0
    assert not Path("feed.db").exists()
    assert obecsum("dedupe", "feed.jsonl", "--out", "out", "--index", "feed.db").code == 0
    data = Path("feed.db").read_bytes()
    Path("new.jsonl").write_bytes(feed.read_bytes().replace("ห้องสมุด".encode(), "ห้องเรียน".encode()))
    said = obecsum("dedupe", "new.jsonl", "--dry-run", "--index", "feed.db")
    assert said.code == 0
    assert "feed.db: 7 releases before" in said.out
    assert Path("feed.db").read_bytes() == data


def test_a_second_job_finds_what_the_first_saw(obecsum: Run, rows: Rows, feed: Path, good: list[bytes]) -> None:
    first = obecsum("clean", "feed.jsonl", "--out", "one", "--index", "feed.db", "--no-summaries")
    assert first.code == 0
    assert "feed.db: 0 releases before" in first.out
    copy = orjson.loads(good[3]) | {"id": "fair-again", "date": "2024-07-01"}
    Path("new.jsonl").write_bytes(b"\n".join([*good, orjson.dumps(copy)]))
    second = obecsum("clean", "new.jsonl", "--out", "two", "--index", "feed.db", "--new-only", "--no-summaries")
    assert second.code == 0
    assert "left out: kept by an earlier job (--new-only)" in second.out
    removed = {row["id"]: row for row in rows(Path("two/removed.jsonl"))}
    assert (removed["fair-again"]["kept_id"], removed["fair-again"]["relation"]) == ("fair-longer", "duplicate")
    kept = {row["id"] for row in rows(Path("one/kept.jsonl"))}
    assert not kept & {row["id"] for row in rows(Path("two/kept.jsonl"))}


def test_a_finished_job_says_so(obecsum: Run, feed: Path) -> None:
    command = ["dedupe", "feed.jsonl", "--out", "out"]
    assert obecsum(*command).code == 0
    before = {path: Path(path).read_bytes() for path in files() if Path(path).is_file()}
    again = obecsum(*command)
    assert again.code == 0
    assert "finished already; nothing was changed" in again.err
    assert {path: Path(path).read_bytes() for path in files() if Path(path).is_file()} == before
    logged = [orjson.loads(line) for line in obecsum(*command, "--log-json").err.splitlines()]
    assert logged[-1]["result"]["already_done"] is True
    assert "note" in {entry["event"] for entry in logged}
    other = obecsum(*command, "--min-jaccard", "0.6")
    assert other.code == 2
    assert "its min_jaccard was 0.5, not 0.6" in other.err


@pytest.mark.parametrize("name", ["show", "check", "compact"])
def test_an_index_that_is_not_there(obecsum: Run, name: str) -> None:
    outcome = obecsum("index", name, "missing.db")
    assert outcome.code == 2
    assert "missing.db does not exist" in outcome.err
    assert files() == []


def test_new_only_without_an_index(obecsum: Run, feed: Path) -> None:
    outcome = obecsum("clean", "feed.jsonl", "--out", "out", "--new-only", "--no-summaries")
    assert outcome.code == 2
    assert "needs an index" in outcome.err


@pytest.fixture
def index(obecsum: Run, feed: Path) -> str:
    """An index of the feed's seven kept releases."""
    assert obecsum("dedupe", "feed.jsonl", "--out", "out", "--index", "feed.db", "--quiet").code == 0
    return "feed.db"


def test_show_and_check(obecsum: Run, index: str) -> None:
    shown = obecsum("index", "show", index)
    assert (shown.code, shown.err) == (0, "")
    figures = orjson.loads(obecsum("index", "show", index, "--json").out)
    assert (figures["entries"], figures["bytes"]) == (7, Path(index).stat().st_size)
    assert any(line.split() == ["entries", "7"] for line in shown.out.splitlines())
    assert f"{figures['bytes']:,}" in shown.out
    assert obecsum("index", "check", index).out == "feed.db is intact\n"
    assert obecsum("index", "check", index, "--quiet").out == ""


def test_a_damaged_index_is_told_of(obecsum: Run, index: str) -> None:
    data = bytearray(Path(index).read_bytes())
    data[-16_384:] = b"\xff" * 16_384  # a whole page
    Path(index).write_bytes(data)
    outcome = obecsum("index", "check", index)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("obecsum: error: ")
    assert "Traceback" not in outcome.err
    Path("text.db").write_text("no database", encoding="utf-8")
    outcome = obecsum("index", "show", "text.db")
    assert outcome.code == 1
    assert "text.db" in outcome.err


def test_a_damaged_index_is_rescued(obecsum: Run, index: str) -> None:
    db = sqlite3.connect(index)
    db.execute("UPDATE texts SET data = 'x' WHERE n = 2")
    db.commit()
    db.close()
    assert "entry 2: " in obecsum("index", "check", index).err
    outcome = obecsum("index", "export", index, "all.jsonl")
    assert (outcome.code, outcome.out) == (1, "6 releases written to all.jsonl\n")
    assert outcome.err.startswith("obecsum: error: feed.db: entry 2: ")
    outcome = obecsum("index", "repair", index)
    assert (outcome.code, outcome.out) == (0, "feed.db has 6 releases now; feed.db.damaged is what it was\n")
    assert outcome.err.startswith("obecsum: feed.db: lost: entry 2: ")
    assert obecsum("index", "check", index).code == 0
    assert obecsum("dedupe", "feed.jsonl", "--out", "again", "--index", index).code == 0


def test_forget_and_compact(obecsum: Run, index: str) -> None:
    def entries() -> Any:
        return orjson.loads(obecsum("index", "show", index, "--json").out)["entries"]

    assert obecsum("index", "forget", index, "--id", "nul", "--dry-run").out == "1 release would be forgotten\n"
    assert entries() == 7
    outcome = obecsum("index", "forget", index, "--id", "nul", "--id", "nobody")
    assert outcome.out == "1 release forgotten\n"
    assert outcome.err == f"obecsum: {index} has no release with the id 'nobody'; index export lists them\n"
    assert entries() == 6
    assert obecsum("index", "forget", index, "--before", "10 มิ.ย. 67").out == "1 release forgotten\n"
    assert entries() == 5
    outcome = obecsum("index", "compact", index)
    assert outcome.code == 0
    assert "MB before" in outcome.out
    assert obecsum("index", "check", index).code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [([], "give --id ID or --before DATE"), (["--before", "long ago"], "before must be a date such as")],
)
def test_forget_needs_to_know_what(obecsum: Run, index: str, arguments: list[str], message: str) -> None:
    outcome = obecsum("index", "forget", index, *arguments)
    assert outcome.code == 2
    assert message in outcome.err


@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.xz"])
def test_export_and_import(obecsum: Run, rows: Rows, index: str, feed: Path, name: str) -> None:
    assert obecsum("index", "export", index, name).out == f"7 releases written to {name}\n"
    assert obecsum("index", "import", "copy.db", name).out == "7 releases added to copy.db\n"
    assert obecsum("index", "import", "copy.db", name).out == "0 releases added to copy.db\n"
    outcome = obecsum("dedupe", "feed.jsonl", "--out", "again", "--index", "copy.db", "--new-only")
    assert "copy.db: 7 releases before" in outcome.out
    assert rows(Path("again/kept.jsonl")) == []
