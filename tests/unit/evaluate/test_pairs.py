"""Scores on labelled pairs, and the labels that cannot be read."""

import json
import math
from pathlib import Path

import pytest
from typer.testing import CliRunner

from obecsum.cli.commands.evaluate import app
from obecsum.core.errors import InputError
from obecsum.core.release import Release
from obecsum.evaluate.pairs import LabelledPair, find_releases, read_labels, score, wilson

PAIRS = [
    LabelledPair("1", "2", "duplicate", stratum="0.9"),
    LabelledPair("3", "4", "contained", stratum="0.9"),
    LabelledPair("5", "6", "update", stratum="0.8"),
    LabelledPair("7", "8", "update", stratum="0.8"),
]


def test_wilson() -> None:
    found = wilson(0, 10)
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(0.2775, abs=1e-3)  # 0 of 10 does not mean never
    assert wilson(8, 10).low == pytest.approx(0.4901, abs=1e-3)
    assert math.isnan(wilson(0, 0).value)


def test_scores() -> None:
    scores = score(PAIRS, [True, False, True, False])
    assert (scores.num_pairs, scores.num_removed) == (4, 2)
    assert (scores.recall.value, scores.news_deleted.value) == (0.5, 0.5)


def test_strata_count_by_their_weight() -> None:
    even = score(PAIRS, [True, True, True, False])
    heavy = score(PAIRS, [True, True, True, False], stratum_weights={"0.9": 1, "0.8": 9})
    assert even.news_by_stratum.value == pytest.approx(1 / 3)
    assert heavy.news_by_stratum.value == pytest.approx(4.5 / 5.5)
    assert heavy.news_by_stratum.low <= heavy.news_by_stratum.value <= heavy.news_by_stratum.high


def test_nothing_removed_has_no_share_of_news() -> None:
    assert math.isnan(score(PAIRS, [False] * 4).news_deleted.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no labelled pair"),
        ("[1]\n", "line 1: expected an object with a, b and label"),
        ('{"a": "1", "b": "2"}\n', "line 1: expected an object"),
        ('{"a": "1", "b": "2", "label": "same"}\n', "label must be one of duplicate, contained"),
    ],
)
def test_labels_that_cannot_be_read(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_labels(path)


def test_missing_labels_and_releases(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the labels"):
        read_labels(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match="7 of 8 releases that the labels name are not in the corpus"):
        find_releases(PAIRS, [Release("1", "ก")])


def test_the_command(tmp_path: Path) -> None:
    body = "กรมตัวอย่างรายงานผลการลงทะเบียนของประชาชนในพื้นที่ทั่วประเทศ ขอให้ผู้ที่ยังไม่ลงทะเบียนรีบดำเนินการ " * 3
    rows = [
        {"id": "a", "text": "ครั้งที่ 1/2567 " + body},
        {"id": "b", "text": "ครั้งที่ 1/2567  " + body},
        {"id": "c", "text": "ครั้งที่ 2/2567 " + body},
    ]
    feed, labels, out = tmp_path / "feed.jsonl", tmp_path / "labels.jsonl", tmp_path / "out.json"
    feed.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    labels.write_text(
        '{"a": "a", "b": "b", "label": "duplicate"}\n{"a": "a", "b": "c", "label": "update"}\n', encoding="utf-8"
    )
    done = CliRunner().invoke(app, ["pairs", str(labels), "--corpus", str(feed), "--json", str(out)])
    assert done.exit_code == 0, done.output
    assert "duplicates removed  100.0 %" in done.output
    assert [row["relation"] for row in json.loads(out.read_text(encoding="utf-8"))] == ["duplicate", "update"]
