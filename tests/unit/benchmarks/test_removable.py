"""The score of labels that say what would be lost, and the labels themselves."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from benchmarks.dedup.removable import Decision, RemovablePair, Vote, agreement, by_rule, read_removable, score
from obecsum.comparison.compare import compare
from obecsum.core.errors import InputError
from obecsum.dedup.strictness import Rule
from obecsum.evaluate.pairs import LabelledPair

LABELS = Path(__file__).resolve().parents[3] / "benchmarks" / "labels" / "removable.jsonl"


def pair(*, a: bool, b: bool) -> RemovablePair:
    return RemovablePair(LabelledPair("1", "2", "duplicate"), a, b)


def test_directions_are_counted_apart() -> None:
    pairs = [
        pair(a=True, b=True),
        pair(a=True, b=True),
        pair(a=True, b=False),
        pair(a=True, b=False),
        pair(a=False, b=False),
    ]
    decisions = [
        Decision(True, False),
        Decision(False, False, is_possible=True),
        Decision(True, True),  # the right one may go, and so may the wrong one
        Decision(False, True),
        Decision(False, False, is_possible=True),
    ]
    found = score(pairs, decisions)
    assert found.counts == {"stay": 4, "gone": 4, "duplicates": 2, "contained": 2, "listed": 2}
    assert (found.lost.value, found.news.value) == (0.5, 0.5)
    assert (found.duplicates.value, found.duplicates_shown.value) == (0.5, 1.0)
    assert (found.contained.value, found.contained_shown.value) == (0.5, 0.5)
    assert found.listed_true.value == 0.5


def test_agreement_asks_whether_the_first_reader_was_sure() -> None:
    yes, no = (True, True), (False, False)
    read = [
        RemovablePair(LabelledPair("1", "2", "duplicate", "low"), True, True, (Vote(yes, True), Vote(no, False))),
        RemovablePair(LabelledPair("1", "3", "duplicate", "high"), True, True, (Vote(yes, True), Vote(yes, True))),
        RemovablePair(LabelledPair("1", "4", "duplicate", "low"), True, True, (Vote(yes, False), Vote(no, True))),
        RemovablePair(LabelledPair("1", "5", "duplicate", "high"), True, True),
    ]
    found = agreement(read)
    assert (found.num_pairs, found.num_votes) == (3, 3)
    assert found.all.value == pytest.approx(1 / 3)
    assert found.sure.value == 0.5


def test_what_dedupe_would_not_compare_stays() -> None:
    long = "".join(f"ผู้ว่าราชการจังหวัดเปิดงานที่ตลาดน้ำแห่งที่ {n}\n" for n in range(40))
    assert by_rule(Rule(), compare(long, long + "\n")).a_goes
    far = by_rule(Rule(), compare(long, "กรมชลประทานแจ้งว่าน้ำในเขื่อนมีมากพอสำหรับฤดูแล้ง"))
    assert far == Decision(a_goes=False, b_goes=False)


def test_a_line_that_is_no_label_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_bytes(b'{"a": "1", "b": "2", "label": "duplicate", "confidence": "high"}\n')
    with pytest.raises(InputError, match="line 1"):
        read_removable(path)


def test_the_published_labels_hold_together() -> None:
    rows = [orjson.loads(line) for line in LABELS.read_bytes().splitlines()]
    pairs = read_removable(LABELS)
    assert len({frozenset((row["a"], row["b"])) for row in rows}) == len(rows) == 823
    for row, read in zip(rows, pairs, strict=True):
        votes = [vote.can_go for vote in read.votes]
        if votes:
            assert (read.a_can_go, read.b_can_go) == votes[0]
            assert (read.pair.confidence == "high") is (len(set(votes)) == 1 and read.votes[0].is_sure)
        else:
            assert read.a_can_go
            assert read.b_can_go
            assert row["why"] == "equal but for white space"
        assert not any("\u0e00" <= char <= "\u0e7f" for char in str(row)), "labels hold no text of releases"
