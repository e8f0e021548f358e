"""Running systems side by side."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from obecsum.core.errors import OptionError
from obecsum.evaluate.baselines import BASELINES
from obecsum.evaluate.summaries import Example, SummaryEvaluator
from obecsum.evaluate.systems import EDITORS, System, baselines, editors, run_systems, sample, table

ROWS = [
    Example(
        str(i),
        f"วันที่ {i + 1} มกราคม 2567 โรงเรียนบ้านหนองบัวเปิดห้องสมุดใหม่ ซึ่งมีหนังสือ {1800 + i:,} เล่ม และเปิดให้ชุมชนเข้าใช้ในวันเสาร์",
        f"โรงเรียนบ้านหนองบัวเปิดห้องสมุด {1800 + i:,} เล่ม",
    )
    for i in range(10)
]


def test_systems_are_scored_on_the_same_rows_in_order() -> None:
    seen: list[list[str]] = []

    def write(rows: Sequence[Example]) -> tuple[list[str], int]:
        seen.append([row.id for row in rows])
        return [row.reference for row in rows], sum(row.id == "3" for row in rows)

    evaluator = SummaryEvaluator(ROWS, resamples=20)
    (result,) = run_systems([System("mine", write)], evaluator, chunk=4)
    assert seen == [["0", "1", "2", "3"], ["4", "5", "6", "7"], ["8", "9"]]
    assert result.summaries == [row.reference for row in ROWS]
    assert result.fallbacks == 1
    assert result.scores.rows == 10
    assert result.scores.metrics["rouge1"].value == pytest.approx(100)
    assert result.seconds >= 0


def test_the_oracle_is_best_and_editors_score_full_marks() -> None:
    results = run_systems([*baselines(), editors()], SummaryEvaluator(ROWS, resamples=20))
    assert [result.name for result in results] == [*BASELINES, EDITORS]
    by_name = {result.name: result.scores.metrics["rouge1"].value for result in results}
    assert by_name[EDITORS] == pytest.approx(100)
    assert by_name["best window (oracle)"] == max(value for name, value in by_name.items() if name != EDITORS)


def test_the_table_is_aligned_and_complete() -> None:
    results = run_systems([*baselines(), editors()], SummaryEvaluator(ROWS, resamples=20))
    lines = table(results).split("\n")
    assert len(lines) == 1 + len(results)
    assert len({len(line) for line in lines}) == 1
    assert lines[0].split()[:4] == ["system", "R1", "R2", "RL"]
    assert "100.0 (100.0-100.0)" in lines[-1]
    assert lines[-1].endswith("-")


def test_sampling_is_repeatable() -> None:
    assert sample(ROWS, limit=None) == ROWS
    assert sample(ROWS, limit=100) == ROWS
    drawn = sample(ROWS, limit=4, seed=1)
    assert len(drawn) == len({row.id for row in drawn}) == 4
    assert drawn == sample(ROWS, limit=4, seed=1)
    with pytest.raises(OptionError, match="limit must be at least 1, got 0"):
        sample(ROWS, limit=0)
