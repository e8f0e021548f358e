"""What the commands do with summaries. The model is replaced by one that quotes; its quality is tested elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from obecsum.core.choices import SummaryKind, SummaryLength
from obecsum.summaries.summarizer import Summary, SummarySentence
from obecsum.text.facts import extract_facts

Run = Callable[..., Any]
Rows = Callable[[Path], list[dict[str, Any]]]


class Quoting:
    """Quotes the first words; adds an escape and a figure that no release has to the summary of "library"."""

    def __init__(self, model: str, **options: object) -> None:
        self.model = model

    def summarize(
        self,
        texts: Sequence[str],
        *,
        kind: SummaryKind = "summary",
        length: SummaryLength = "medium",
        max_chars: int | None = None,
        batch_size: int = 8,
        progress: Any = None,
    ) -> list[Summary]:
        summaries = []
        for text in texts:
            invented = kind == "summary" and "ห้องสมุด" in text
            quote = text[:30] + ("\x1b[31m 99 คน" if invented else "")
            facts = [fact for fact in extract_facts(quote) if "99" in fact.text]
            fallback = "the release is too short" if len(text) < 20 else None
            told = SummarySentence(quote, (0, len(quote)), (0, len(text[:30])), ((0, len(text[:30])),))
            summaries.append(Summary(quote, kind, not facts, facts, [], self.model, fallback, (told,)))
        if progress:
            progress(len(texts))
        return summaries


@pytest.fixture(autouse=True)
def quoting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("obecsum.summaries.summarizer.Summarizer", Quoting)
    monkeypatch.setattr("obecsum.jobs.summary_run.Summarizer", Quoting)


def test_both_kinds_are_written(obecsum: Run, rows: Rows, feed: Path, tmp_path: Path) -> None:
    assert obecsum("clean", feed, "--out", tmp_path / "out", "--batch-size", "2").code == 0
    kept = {row["id"]: row for row in rows(tmp_path / "out" / "kept.jsonl")}
    for row in kept.values():
        assert row["headline"] == row["text"][:30]
        assert row["summary"].startswith(row["text"][:30])
    library = kept["library"]
    assert library["supported"] is False
    assert [fact["in"] for fact in library["unsupported"]] == ["summary"]
    assert "99" in library["unsupported"][0]["text"]
    assert kept["fair-next"]["supported"] is True
    assert kept["fair-next"]["fallback"] is None
    assert kept["nul"]["fallback"] == "the release is too short"
    figures = orjson.loads((tmp_path / "out" / "report.json").read_bytes())["summaries"]
    assert figures["releases"] == len(kept)
    assert figures["supported"] == len(kept) - 1
    assert figures["fallbacks"] == figures["fallback_reasons"]["the release is too short"] == 2
    assert "\x1b" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "other"), [("summary", "headline"), ("headline", "summary")])
def test_one_kind(obecsum: Run, rows: Rows, feed: Path, tmp_path: Path, kind: str, other: str) -> None:
    assert obecsum("clean", feed, "--out", tmp_path / "out", "--kind", kind).code == 0
    for row in rows(tmp_path / "out" / "kept.jsonl"):
        assert row[kind]
        assert row[other] is None


def test_points_are_written_on_demand(obecsum: Run, rows: Rows, feed: Path, tmp_path: Path) -> None:
    kinds = ("--kind", "points", "--kind", "headline")
    assert obecsum("clean", feed, "--out", tmp_path / "out", *kinds, "--length", "short").code == 0
    for row in rows(tmp_path / "out" / "kept.jsonl"):
        assert row["points"] == [row["text"][:30]]
        assert row["headline"] == row["text"][:30]
        assert row["summary"] is None
        assert [(one["in"], row["text"][one["start"] : one["end"]]) for one in row["sentences"]] == [
            ("headline", row["text"][:30]),
            ("points", row["text"][:30]),
        ]
        assert 0 <= row["confidence"] <= 1
    options = orjson.loads((tmp_path / "out" / "report.json").read_bytes())["options"]
    assert options["summaries"] == ["headline", "points"]
    assert (options["length"], options["max_chars"]) == ("short", None)


def test_a_length_and_a_limit_exclude_each_other(obecsum: Run, feed: Path, tmp_path: Path) -> None:
    outcome = obecsum("clean", feed, "--out", tmp_path / "out", "--length", "long", "--max-chars", "300")
    assert outcome.code == 2
    assert "max_chars=300 takes the place of length='long'" in outcome.err
    assert obecsum("clean", feed, "--out", tmp_path / "out", "--max-chars", "300").code == 0


def test_summarize_prints(obecsum: Run, feed: Path, bad: list[bytes]) -> None:
    outcome = obecsum("summarize", feed)
    assert outcome.code == 0
    assert outcome.out.count("headline: ") == outcome.out.count("summary: ") == 10
    assert "\x1b" not in outcome.out
    assert outcome.err.count("was left out") == len(bad)


def test_summarize_as_json(obecsum: Run, feed: Path) -> None:
    outcome = obecsum("summarize", feed, "--json", "--kind", "headline", "--limit", "2", "--quiet")
    found = [orjson.loads(line) for line in outcome.out.splitlines()]
    assert [(row["id"], row["kind"], row["model"]) for row in found] == [
        ("fair", "headline", "obecsum-th"),
        ("fair-copy", "headline", "obecsum-th"),
    ]


def test_what_is_left_out_is_logged(obecsum: Run, feed: Path, bad: list[bytes]) -> None:
    outcome = obecsum("summarize", feed, "--kind", "headline", "--log-json")
    assert outcome.out.count("headline: ") == 10
    log = [orjson.loads(line) for line in outcome.err.splitlines()]
    assert [entry["event"] for entry in log] == ["warning"] * len(bad)
    assert all(entry["message"].startswith("feed.jsonl line ") for entry in log)
    assert obecsum("summarize", feed, "--kind", "headline", "--strict").code == 1


def test_an_empty_file_is_said_to_hold_nothing(obecsum: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    outcome = obecsum("summarize", tmp_path / "empty.txt")
    assert (outcome.code, outcome.out) == (0, "")
    assert "empty.txt holds no release" in outcome.err


def test_summarize_a_text_from_standard_input(obecsum: Run, fair: str) -> None:
    outcome = obecsum("summarize", "-", "--json", "--kind", "headline", stdin=fair.encode())
    assert orjson.loads(outcome.out)["text"] == fair[:30]
    assert obecsum("summarize", "-", stdin=b"").out == ""
    outcome = obecsum("summarize", "-", stdin=b"\x80\x81\xfe\xff")
    assert outcome.code == 1
    assert "none of the 1 records could be used" in outcome.err


def test_the_time_that_summaries_take_is_told(obecsum: Run, feed: Path, tmp_path: Path, monkeypatch: Any) -> None:
    now = [0.0]

    class Slow(Quoting):
        """Needs so many seconds a text of each kind."""

        seconds = 20.0

        def summarize(self, texts: Sequence[str], **options: Any) -> list[Summary]:
            now[0] += self.seconds * len(texts)
            return super().summarize(texts, **options)

    monkeypatch.setattr("obecsum.summaries.summarizer.Summarizer", Slow)
    monkeypatch.setattr("obecsum.jobs.phases.writing.monotonic", lambda: now[0])
    outcome = obecsum("clean", feed, "--out", tmp_path / "slow", "--batch-size", "2")
    kept = len((tmp_path / "slow" / "kept.jsonl").read_bytes().splitlines())
    minutes = round(kept * 2 * 20 / 60)
    assert outcome.err.splitlines() == [f"obecsum: summarizing {kept} releases takes about {minutes} minutes"]
    outcome = obecsum("clean", feed, "--out", tmp_path / "log", "--log-json")
    (note,) = [one for one in map(orjson.loads, outcome.err.splitlines()) if one["event"] == "note"]
    assert (note["releases"], note["seconds"]) == (kept, kept * 2 * 20)
    Slow.seconds = 1.0
    assert obecsum("clean", feed, "--out", tmp_path / "quick").err == ""


@pytest.mark.parametrize("command", ["clean", "summarize"])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--runtime", "onxn"),
            "runtime must be one of auto, onnx, torch, ctranslate2, got 'onxn'; did you mean onnx?",
        ),
        (("--threads", "0"), "threads must be at least 1, got 0; leave it out for one a core"),
        (("--threads", "two"), "--threads must be a whole number, got 'two'"),
    ],
)
def test_wrong_runtimes_and_threads(
    obecsum: Run, feed: Path, tmp_path: Path, command: str, options: tuple[str, str], message: str
) -> None:
    out = ("--out", tmp_path / "out") if command == "clean" else ()
    outcome = obecsum(command, feed, *out, *options)
    assert outcome.code == 2
    assert message in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_runtime_and_threads_reach_the_model(obecsum: Run, feed: Path, tmp_path: Path, monkeypatch: Any) -> None:
    given: list[dict[str, object]] = []

    class Noting(Quoting):
        def __init__(self, model: str, **options: object) -> None:
            given.append(options)
            super().__init__(model)

    monkeypatch.setattr("obecsum.summaries.summarizer.Summarizer", Noting)
    monkeypatch.setattr("obecsum.jobs.summary_run.Summarizer", Noting)
    monkeypatch.setenv("OBECSUM_THREADS", "3")
    out = tmp_path / "out"
    assert obecsum("clean", feed, "--out", out, "--runtime", "torch").code == 0
    assert obecsum("summarize", feed, "--threads", "1").code == 0
    assert given == [{"runtime": "torch", "threads": 3}, {"runtime": "auto", "threads": 1}]
    report = orjson.loads((out / "report.json").read_bytes())
    assert report["options"]["runtime"] == "torch"
    # Threads change nothing of what is written: the job is done already.
    assert obecsum("clean", feed, "--out", out, "--runtime", "torch", "--threads", "2").code == 0
    assert len(given) == 2
