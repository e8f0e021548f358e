"""The job on real releases: a dirty feed as it was scraped. Needs the corpus folder, named by OBECSUM_DATA."""

from __future__ import annotations

import lzma
import os
from collections import Counter
from itertools import islice
from pathlib import Path

import orjson
import pytest

import obecsum
from obecsum.jobs.phases.output_rows import restore_text
from obecsum.report.report import Report
from obecsum.training.corpus_build import parse_page

DATA = Path(os.environ["OBECSUM_DATA"]) / "thaigov" if "OBECSUM_DATA" in os.environ else None
pytestmark = pytest.mark.skipif(DATA is None, reason="OBECSUM_DATA names no corpus folder")
ROWS = 150


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    assert DATA is not None
    with lzma.open(DATA / "raw-feed-2024h2.jsonl.xz") as file:
        return list(islice(file, ROWS))


@pytest.fixture(scope="module")
def report(lines: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("raw")
    (folder / "raw.jsonl.xz").write_bytes(lzma.compress(b"".join(lines), preset=0))
    return obecsum.clean(folder / "raw.jsonl.xz", folder / "out", summaries=False)


def rows(report: Report, name: str) -> list[dict[str, object]]:
    return [orjson.loads(line) for line in report.paths[name].read_bytes().splitlines()]


def test_the_counts_add_up(report: Report) -> None:
    assert report.input == ROWS == report.kept + report.removed + report.quarantined
    assert report.quarantined == 0
    assert [len(rows(report, name)) for name in ("kept.jsonl", "removed.jsonl")] == [report.kept, report.removed]
    assert 0 < report.removed < ROWS / 5
    kept = {row["id"] for row in rows(report, "kept.jsonl")}
    assert all(row["kept_id"] in kept and row["id"] not in kept for row in rows(report, "removed.jsonl"))


def test_every_text_can_be_rebuilt(report: Report, lines: list[bytes]) -> None:
    texts = {row["id"]: row["text"] for row in map(orjson.loads, lines)}
    for row in rows(report, "kept.jsonl"):
        assert restore_text(row) == texts[row["id"]]
    assert all(row["text"] == texts[row["id"]] for row in rows(report, "removed.jsonl"))


def test_page_furniture_is_gone_and_the_release_is_there(report: Report, lines: list[bytes]) -> None:
    pages = {row["id"]: parse_page(row["text"]) for row in map(orjson.loads, lines)}
    found: Counter[str] = Counter()
    for row in rows(report, "kept.jsonl"):
        text = str(row["text"])
        page = pages[row["id"]]
        assert page is not None
        found["prefix"] += text.startswith("รัฐบาลไทย-")
        found["print button"] += "\nพิมพ์\n" in text
        found["address"] += "ที่มา : https://www.thaigov.go.th" in text
        last = "".join(page["body"].split("\n")[len(page["body"].split("\n")) // 2].split())
        found["middle of the body"] += last[:40] in "".join(text.split())
    assert found["prefix"] == found["print button"] == found["address"] == 0
    assert found["middle of the body"] >= 0.95 * report.kept
