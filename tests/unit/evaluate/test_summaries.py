"""Scores of summaries, against values worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
import pytest

from obecsum.core.errors import OptionError
from obecsum.core.release import Release
from obecsum.evaluate.summaries import METRICS, Example, SummaryEvaluator, examples, fragments, is_supported
from obecsum.text.facts import extract_facts

SOURCE = (
    "วันที่ 5 มกราคม 2567 นายสมชาย ใจดี ผู้อำนวยการโรงเรียนบ้านหนองบัว จังหวัดขอนแก่น เปิดห้องสมุดใหม่ "
    "ซึ่งมีหนังสือ 1,808 เล่ม ใช้งบประมาณ 29,251 บาท และเปิดให้ชุมชนเข้าใช้ในวันเสาร์"
)
REFERENCE = "โรงเรียนบ้านหนองบัวเปิดห้องสมุดใหม่ 1,808 เล่ม ให้ชุมชนใช้"


def score(summary: str, source: str = SOURCE, reference: str = REFERENCE) -> dict[str, float]:
    scores = SummaryEvaluator([Example("1", source, reference)], resamples=10).score([summary])
    return {name: metric.value for name, metric in scores.metrics.items()}


def test_every_metric_is_described_and_there() -> None:
    expected = set(METRICS) - (set() if find_spec("sacrebleu") else {"chrf"})
    assert set(score(REFERENCE)) == expected


def test_the_reference_scores_full_marks() -> None:
    found = score(REFERENCE)
    for name in ("rouge1", "rouge2", "rougeL", "xlsum_rouge1", "xlsum_rouge2", "xlsum_rougeL"):
        assert found[name] == pytest.approx(100)
    assert found["length_ratio"] == 1
    assert found["numbers_supported"] == 100


def test_chrf_is_sacrebleus() -> None:
    sacrebleu = pytest.importorskip("sacrebleu", reason="sacrebleu is in the dev extra")
    summary = "เปิดห้องสมุดใหม่ 1,808 เล่ม"
    assert score(summary)["chrf"] == pytest.approx(sacrebleu.sentence_chrf(summary, [REFERENCE]).score)


def test_an_empty_summary_scores_nothing_and_is_counted() -> None:
    found = score("")
    assert found["empty"] == 100
    assert found["rouge1"] == found["words"] == 0
    assert np.isnan(found["novel_bigrams"])
    assert np.isnan(found["numbers_supported"])


@pytest.mark.parametrize(
    ("summary", "metric", "value"),
    [
        ("มีหนังสือ ๑,๘๐๘ เล่ม", "numbers_supported", 100),
        ("มีหนังสือ 1,809 เล่ม", "numbers_supported", 0),
        ("มีหนังสือ 1,808 เล่ม ใช้งบ 30,000 บาท", "numbers_supported", 50),
        ("เปิดห้องสมุด 5 ม.ค. 67", "dates_supported", 100),
        ("เปิดห้องสมุด 6 ม.ค. 67", "dates_supported", 0),
        ("โรงเรียนบ้านหนองบัว จังหวัดขอนแก่น", "names_supported", 100),
        ("จังหวัดอุดรธานีเปิดห้องสมุด", "names_supported", 0),
    ],
)
def test_facts_are_looked_up_in_the_source(summary: str, metric: str, value: float) -> None:
    found = score(summary)
    assert found[metric] == pytest.approx(value)
    assert found["all_supported"] == (100 if value == 100 else 0)


def test_a_number_may_stand_inside_another_fact_of_the_source_but_not_inside_a_number() -> None:
    source_facts = extract_facts(SOURCE)
    (fact,) = extract_facts("จำนวน 808 เล่ม")
    assert not is_supported(fact, source_facts, SOURCE)
    (year,) = [fact for fact in extract_facts("รวม 2567 แห่ง") if fact.kind == "number"]
    assert is_supported(year, source_facts, SOURCE)


@pytest.mark.parametrize(
    ("summary", "source", "expected"),
    [
        ("abcd", "xabcdy", [(0, 4)]),
        ("abxcd", "cdzab", [(0, 2), (3, 5)]),
        ("ababc", "abcab", [(0, 2), (2, 5)]),
        ("xyz", "abc", []),
        ("", "abc", []),
    ],
)
def test_fragments(summary: str, source: str, expected: list[tuple[int, int]]) -> None:
    assert fragments(list(summary), list(source)) == expected


def test_wording_by_hand() -> None:
    # Words: หนังสือ 1,808 เล่ม | ห้องสมุด ใหม่: spans of 3 and 2 of 5 words; one of the 4 bigrams is new.
    found = score("หนังสือ 1,808 เล่ม ห้องสมุดใหม่")
    assert found["words"] == 5
    assert found["coverage"] == 100
    assert found["density"] == pytest.approx((9 + 4) / 5)
    assert found["novel_bigrams"] == pytest.approx(25)
    assert found["one_span"] == 0
    assert score("หนังสือ 1,808 เล่ม")["one_span"] == 100


def test_repetition_by_hand() -> None:
    # 7 words, 5 trigrams, of which 3 differ: ก ข ค, ข ค ก, ค ก ข.
    words = "โรงเรียน ครู หนังสือ "
    assert score(words * 2 + "โรงเรียน")["repetition"] == pytest.approx(40)
    assert score(words)["repetition"] == 0


def evaluator(rows: Sequence[Example], seed: int = 0) -> SummaryEvaluator:
    return SummaryEvaluator(rows, resamples=400, seed=seed)


def test_the_interval_holds_the_value_and_is_repeatable() -> None:
    rows = [Example(str(i), SOURCE, REFERENCE) for i in range(40)]
    summaries = [REFERENCE if i % 2 else "ไม่มีอะไรเหมือนกัน" for i in range(40)]
    first = evaluator(rows).score(summaries).metrics["rouge1"]
    assert first.low < first.value < first.high
    # The standard error of 40 draws of 0 or 100 at even odds is 7.9, so the interval is about 31 wide.
    assert first.value == pytest.approx(50, abs=1)
    assert 24 < first.high - first.low < 38
    assert evaluator(rows).score(summaries).metrics["rouge1"] == first


def test_shares_are_over_all_facts_not_over_rows() -> None:
    rows = [Example(str(i), SOURCE, REFERENCE) for i in range(2)]
    summaries = ["หนังสือ 1,808 เล่ม 29,251 บาท และ 1,808 เล่ม", "หนังสือ 77 เล่ม"]
    assert evaluator(rows).score(summaries).metrics["numbers_supported"].value == pytest.approx(75)


def test_json_has_no_nan() -> None:
    scores = SummaryEvaluator([Example("1", SOURCE, REFERENCE)], resamples=5).score([""])
    as_json = scores.to_json()
    assert as_json["rows"] == 1
    assert as_json["novel_bigrams"] == [None, None, None]


def test_refusals() -> None:
    with pytest.raises(OptionError, match="no row"):
        SummaryEvaluator([])
    with pytest.raises(OptionError, match="resamples must be at least 1, got 0"):
        SummaryEvaluator([Example("1", SOURCE, REFERENCE)], resamples=0)
    with pytest.raises(OptionError, match="1 rows need as many summaries, got 2"):
        SummaryEvaluator([Example("1", SOURCE, REFERENCE)]).score(["", ""])
    with pytest.raises(OptionError, match="kind must be"):
        examples([], kind="title")  # type: ignore[arg-type]


def test_examples_drop_what_gives_the_reference_away() -> None:
    release = Release("1", f"{REFERENCE}\n{SOURCE}", title=REFERENCE, extra={"standfirst": None})
    assert examples([release], kind="headline") == [Example("1", SOURCE, REFERENCE)]
    assert examples([release], kind="summary") == []


def test_examples_of_summaries() -> None:
    standfirst = "ผอ.โรงเรียนบ้านหนองบัวเปิดห้องสมุดให้ชุมชน มีหนังสือ 1,808 เล่ม"
    release = Release("1", SOURCE, title=None, extra={"standfirst": standfirst})
    assert examples([release], kind="summary") == [Example("1", SOURCE, standfirst)]
    assert examples([release], kind="headline") == []
