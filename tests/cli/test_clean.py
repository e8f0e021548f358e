"""``obecsum clean`` and ``obecsum dedupe``."""

from __future__ import annotations

import base64
import io
import lzma
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

Run = Callable[..., Any]
Rows = Callable[[Path], list[dict[str, Any]]]
FILES = ["job.json", "kept.jsonl", "possible.jsonl", "quarantine.jsonl", "removed.jsonl", "report.html", "report.json"]


def cleaned(obecsum: Run, feed: Path | str, out: Path, *options: str, stdin: bytes = b"") -> Any:
    return obecsum("clean", feed, "--out", out, "--no-summaries", *options, stdin=stdin)


def test_every_record_is_accounted_for(
    obecsum: Run, rows: Rows, feed: Path, tmp_path: Path, good: list[bytes], bad: list[bytes], feed_bytes: bytes
) -> None:
    out = tmp_path / "out"
    outcome = cleaned(obecsum, feed, out)
    assert (outcome.code, outcome.err) == (0, "")
    assert sorted(path.name for path in out.iterdir()) == FILES
    kept, removed, quarantined = (rows(out / f"{name}.jsonl") for name in ("kept", "removed", "quarantine"))
    report = orjson.loads((out / "report.json").read_bytes())
    assert (report["input"], report["kept"], report["removed"], report["quarantined"]) == (
        len(good) + len(bad), len(kept), len(removed), len(quarantined),
    )  # fmt: skip
    assert report["input"] == report["kept"] + report["removed"] + report["quarantined"]
    assert [base64.b64decode(row["raw_base64"]) for row in quarantined] == bad
    assert [row["reason"].partition(":")[0] for row in quarantined] == [
        "no JSON", "no object", "no text", "only white space", "invalid UTF-8", "lone surrogates",
    ]  # fmt: skip
    assert [row["line"] for row in quarantined] == list(range(6, 12))
    assert all(feed_bytes[row["byte_offset"] :].startswith(base64.b64decode(row["raw_base64"])) for row in quarantined)
    assert f"{report['input']} read: {report['kept']} kept" in outcome.out


def test_what_is_kept_and_why_the_rest_is_not(
    obecsum: Run, rows: Rows, feed: Path, tmp_path: Path, good: list[bytes]
) -> None:
    cleaned(obecsum, feed, tmp_path / "out")
    kept = {row["id"]: row for row in rows(tmp_path / "out" / "kept.jsonl")}
    removed = {row["id"]: row for row in rows(tmp_path / "out" / "removed.jsonl")}
    assert list(kept) == ["fair-next", "fair-longer", "library", "library#2", "feed.jsonl:14", "feed.jsonl:15", "nul"]
    assert {row["id"]: (row["kept_id"], row["relation"]) for row in removed.values()} == {
        "fair": ("fair-longer", "contained"),
        "fair-copy": ("fair-longer", "contained"),
        "library": ("library", "duplicate"),
    }
    assert removed["fair-copy"]["text"] == orjson.loads(good[1])["text"]
    assert removed["fair"]["สำนัก"] == "สพป."
    assert kept["fair-longer"]["group"] == "fair-longer"
    update = kept["fair-next"]
    assert update["previous_id"] == "fair-longer"
    assert update["series"] == kept["fair-longer"]["series"] == "fair-longer"
    changed = {(change["before"], change["after"]) for change in update["changes"]}
    assert any("4" in before and "11" in after for before, after in changed)
    assert any("350" in before and "420" in after for before, after in changed)
    assert (kept["library#2"]["previous_id"], kept["library"]["previous_id"]) == ("library", None)
    assert kept["nul"]["text"] == "ข่าวสั้นจากโรงเรียน"
    report = orjson.loads((tmp_path / "out" / "report.json").read_bytes())
    assert report["repaired"]["nul_characters"] == 2
    assert report["relations"] == {"contained": 2, "duplicate": 1}
    assert all(
        row["summary"] is row["headline"] is row["supported"] is row["fallback"] is None for row in kept.values()
    )


def test_the_order_of_the_feed_changes_nothing_else(
    obecsum: Run, rows: Rows, tmp_path: Path, good: list[bytes]
) -> None:
    lines = [line for line in good if b'"id":"library"' not in line and b'"id"' in line]
    results = []
    for number, order in enumerate([lines, lines[::-1]]):
        path = tmp_path / f"{number}" / "feed.jsonl"
        path.parent.mkdir()
        path.write_bytes(b"\n".join(order))
        cleaned(obecsum, path, tmp_path / f"out{number}")
        found = [rows(tmp_path / f"out{number}" / name) for name in ("kept.jsonl", "removed.jsonl")]
        results.append([sorted(part, key=lambda row: str(row["id"])) for part in found])
    assert results[0] == results[1]


def test_cleaning_what_was_kept_removes_nothing(obecsum: Run, rows: Rows, feed: Path, tmp_path: Path) -> None:
    cleaned(obecsum, feed, tmp_path / "one")
    cleaned(obecsum, tmp_path / "one" / "kept.jsonl", tmp_path / "two")
    first, second = rows(tmp_path / "one" / "kept.jsonl"), rows(tmp_path / "two" / "kept.jsonl")
    assert rows(tmp_path / "two" / "removed.jsonl") == []
    assert [(row["id"], row["text"]) for row in second] == [(row["id"], row["text"]) for row in first]


def test_dedupe_leaves_texts_as_they_were(
    obecsum: Run, rows: Rows, feed: Path, tmp_path: Path, good: list[bytes]
) -> None:
    outcome = obecsum("dedupe", feed, "--out", tmp_path / "out")
    assert outcome.code == 0
    texts = {orjson.loads(line)["text"] for line in good}
    kept = rows(tmp_path / "out" / "kept.jsonl")
    assert all(row["text"] in texts and row["cut"] == row["edits"] == [] for row in kept)
    assert "\x00" in next(row["text"] for row in kept if row["id"] == "nul")


@pytest.mark.parametrize("name", ["feed.jsonl.xz", "-"])
def test_compressed_and_standard_input(
    obecsum: Run, rows: Rows, tmp_path: Path, name: str, bad: list[bytes], feed_bytes: bytes
) -> None:
    data = lzma.compress(feed_bytes)
    source = name if name == "-" else str(tmp_path / name)
    if name != "-":
        (tmp_path / name).write_bytes(data)
    assert cleaned(obecsum, source, tmp_path / "out", stdin=data).code == 0
    assert len(rows(tmp_path / "out" / "quarantine.jsonl")) == len(bad)


def test_several_feeds_mapped_fields_and_a_limit(obecsum: Run, rows: Rows, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("รหัส;ข่าว\n1;ข่าวหนึ่งของโรงเรียน\n2;ข่าวสองของโรงเรียน\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_bytes('{"รหัส": 3, "ข่าว": "ข่าวสามของโรงเรียน"}\n{"ข่าว": "สี่"}'.encode())
    outcome = obecsum(
        "clean", tmp_path / "a.csv", tmp_path / "b.jsonl", "--out", tmp_path / "out", "--no-summaries", "--quiet",
        "--field", "text=ข่าว", "--field", "id=รหัส", "--limit", "3",
    )  # fmt: skip
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert [row["id"] for row in rows(tmp_path / "out" / "kept.jsonl")] == ["1", "2", "3"]


@pytest.mark.parametrize("data", [b"", b"\n", b"[]"])
def test_an_empty_feed_is_no_mistake(obecsum: Run, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "feed.json").write_bytes(data)
    outcome = cleaned(obecsum, tmp_path / "feed.json", tmp_path / "out")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("0 read: 0 kept, 0 removed, 0 quarantined")
    assert (tmp_path / "out" / "kept.jsonl").read_bytes() == b""


def test_nothing_of_it_can_be_read(obecsum: Run, tmp_path: Path, bad: list[bytes]) -> None:
    (tmp_path / "feed.jsonl").write_bytes(b"\n".join(bad))
    outcome = cleaned(obecsum, tmp_path / "feed.jsonl", tmp_path / "out")
    assert outcome.code == 1
    assert "none of the 6 records could be used" in outcome.err
    assert (tmp_path / "out" / "quarantine.jsonl").read_bytes().count(b"\n") == 6


def test_strict(obecsum: Run, feed: Path, tmp_path: Path) -> None:
    outcome = cleaned(obecsum, feed, tmp_path / "out", "--strict", "-q")
    assert (outcome.code, outcome.out) == (1, "")
    assert "6 records were quarantined, and --strict allows none" in outcome.err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == FILES


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["clean", "{tmp}/missing.jsonl"], "missing.jsonl does not exist"),
        (["clean", "{tmp}/empty"], "has no .txt or .html files: it is empty"),
        (
            ["clean", "{tmp}/feed.jsonl", "--min-jaccard", "80"],
            "min_jaccard must be in (0, 1], got 80; did you mean 0.8?",
        ),
        (["clean", "{tmp}/feed.jsonl", "--min-containment", "0"], "min_containment must be in (0, 1], got 0"),
        (["dedupe", "{tmp}/feed.jsonl", "--min-jaccard", "-1"], "min_jaccard must be in (0, 1], got -1"),
        (
            ["dedupe", "{tmp}/feed.jsonl", "--strictness", "similarity"],
            "strictness 'similarity' needs an explicit min_jaccard of at least 0.8, none was given",
        ),
        (
            ["clean", "{tmp}/feed.jsonl", "--strictness", "similarity", "--min-jaccard", "0.7"],
            "strictness 'similarity' needs an explicit min_jaccard of at least 0.8, got 0.7",
        ),
        (["clean", "{tmp}/feed.jsonl", "--strictness", "strict"], "strictness must be one of cautious, balanced"),
        (["clean", "{tmp}/feed.jsonl", "--policy", "best"], "policy must be one of most_complete, earliest"),
        (["clean", "{tmp}/feed.jsonl", "--kind", "poem"], "kind must be one of summary, headline, got 'poem'"),
        (["clean", "{tmp}/feed.jsonl", "--no-summaries", "--kind", "summary"], "asks for summaries"),
        (["clean", "{tmp}/feed.jsonl", "--format", "xml"], "got 'xml'"),
        (["clean", "{tmp}/feed.jsonl", "--field", "text"], "field must be ROLE=NAME"),
        (["clean", "{tmp}/feed.jsonl", "--field", "body=x"], "a role of id, text, title"),
        (["clean", "{tmp}/feed.jsonl", "--limit", "0"], "limit must be at least 1"),
        (["clean", "{tmp}/feed.jsonl", "{tmp}/feed.jsonl"], "given twice"),
        (["clean", "{tmp}/feed.jsonl", "--no-such-option"], "no such option: --no-such-option"),
    ],
)
def test_refused_before_reading(obecsum: Run, feed: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "empty").mkdir()
    arguments = [argument.replace("{tmp}", str(tmp_path)) for argument in arguments]
    summaries = [] if "--kind" in arguments or arguments[0] == "dedupe" else ["--no-summaries"]
    outcome = obecsum(*arguments, *summaries, "--out", tmp_path / "out")
    assert outcome.code == 2
    assert message in outcome.err
    assert "Traceback" not in outcome.err
    assert not (tmp_path / "out").exists()


def test_a_folder_of_others_is_refused_and_not_touched(obecsum: Run, feed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_bytes(b"x")
    outcome = cleaned(obecsum, feed, out)
    assert outcome.code == 2
    assert "mine.txt" in outcome.err
    assert [path.name for path in out.iterdir()] == ["mine.txt"]
    assert cleaned(obecsum, feed, out, "--overwrite").code == 0
    assert cleaned(obecsum, feed, out, "--overwrite").code == 0
    assert sorted(path.name for path in out.iterdir()) == sorted([*FILES, "mine.txt"])
    assert (out / "mine.txt").read_bytes() == b"x"


def test_a_damaged_feed_fails_and_leaves_nothing(obecsum: Run, tmp_path: Path, feed_bytes: bytes) -> None:
    (tmp_path / "feed.jsonl.xz").write_bytes(lzma.compress(feed_bytes * 50)[:-200])
    outcome = cleaned(obecsum, tmp_path / "feed.jsonl.xz", tmp_path / "out")
    assert outcome.code == 1
    assert "feed.jsonl.xz: the xz data" in outcome.err
    assert not (tmp_path / "out").exists()


def test_an_unknown_model_while_offline(
    obecsum: Run, feed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    outcome = obecsum("clean", feed, "--out", tmp_path / "out", "--model", "nobody/no-such-model")
    assert outcome.code == 2
    assert "nobody/no-such-model" in outcome.err
    assert "Traceback" not in outcome.err
    assert not (tmp_path / "out").exists()


def test_names_of_a_feed_are_never_obeyed_by_the_terminal(obecsum: Run, tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31mred.jsonl"
    path.write_bytes(b"{}\n")
    outcome = cleaned(obecsum, path, tmp_path / "out")
    assert outcome.code == 1
    assert "\x1b" not in outcome.out + outcome.err


def test_without_summaries_torch_is_not_imported(feed: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from obecsum.cli.app import main; sys.argv = ['obecsum', *sys.argv[1:]]\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end.code\n"
        "print(sorted({'torch', 'transformers', 'pyarrow'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "clean", str(feed), "--out", str(tmp_path / "out"), "--no-summaries", "-q"]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (result.stdout, result.stderr) == ("[]\n", "")


def test_a_full_disk(feed: Path, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system is not permitted here")
    try:
        command = [sys.executable, "-m", "obecsum", "clean", str(feed), "--out", str(small / "out"), "--no-summaries"]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == 1
        assert "No space left on device" in result.stderr
        assert "Traceback" not in result.stderr
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_folder_that_cannot_be_written(obecsum: Run, feed: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    outcome = cleaned(obecsum, feed, tmp_path / "file" / "out")
    assert outcome.code in (1, 2)
    assert "Not a directory" in outcome.err
    assert "Traceback" not in outcome.err


def test_help_and_version(obecsum: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    outcome = obecsum("--help")
    assert outcome.code == 0
    for command in ("clean", "dedupe", "summarize", "compare", "evaluate", "train", "corpus"):
        assert command in outcome.out
    assert obecsum("--version").out.startswith("obecsum 0.")
    assert obecsum("corpus", "build", "--help").code == 0
    assert obecsum("train", "--help").code == 0
    assert obecsum("evaluate", "--help").code == 0


def test_output_that_nobody_reads_on(feed: Path, tmp_path: Path) -> None:
    command = f"{sys.executable} -m obecsum clean {feed} --no-summaries --out {tmp_path / 'out'} | true"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, env=os.environ)
    assert "Traceback" not in result.stderr


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "quiet", "shown"), [(io.StringIO, False, False), (_Terminal, True, False), (_Terminal, False, True)]
)
def test_progress_is_for_terminals_only(
    stream: type[io.StringIO], quiet: bool, shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from obecsum.core.progress.bars import Bars

    stderr = stream()
    monkeypatch.setattr(sys, "stderr", stderr)
    with Bars(quiet=quiet) as bars:
        bars.stage("Reading", 10)
        bars.to(5)
    assert ("Reading" in stderr.getvalue()) is shown
