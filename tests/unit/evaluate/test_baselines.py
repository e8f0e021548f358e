"""Baselines: their length, their order, and what they choose."""

from __future__ import annotations

import pytest

from obecsum.evaluate.baselines import (
    BASELINES,
    best_window,
    frequency,
    frequency_in_order,
    lead,
    lead_half_more,
    lexrank,
    textrank,
)
from obecsum.evaluate.rouge import rouge, words

SOURCE = (
    "วันที่ 5 มกราคม 2567 สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐานจัดประชุมผู้บริหารโรงเรียนทั่วประเทศ ที่กรุงเทพมหานคร\n"
    "ที่ประชุมหารือเรื่องห้องสมุดโรงเรียน โดยห้องสมุดโรงเรียนทุกแห่งจะได้รับหนังสือใหม่ 1,808 เล่ม\n"
    "ห้องสมุดโรงเรียนจะเปิดให้ชุมชนเข้าใช้ในวันเสาร์ และห้องสมุดโรงเรียนขนาดเล็กจะได้รับงบประมาณเพิ่ม\n"
    "อากาศวันนี้ร้อนมาก"
)
REFERENCE = "ห้องสมุดโรงเรียนได้รับหนังสือใหม่ 1,808 เล่ม"


@pytest.mark.parametrize("name", BASELINES)
def test_every_baseline_writes_the_length_it_was_given(name: str) -> None:
    wanted = len(words(REFERENCE)) * (1.5 if "1.5" in name else 1)
    assert len(words(BASELINES[name](SOURCE, REFERENCE))) == pytest.approx(wanted, abs=1)


@pytest.mark.parametrize("name", BASELINES)
@pytest.mark.parametrize("source", ["", "  \n ", "...", "ข่าว"])
def test_every_baseline_bears_a_poor_source(name: str, source: str) -> None:
    assert BASELINES[name](source, REFERENCE) in ("", source)


@pytest.mark.parametrize("name", BASELINES)
def test_every_baseline_bears_a_source_that_repeats_itself(name: str) -> None:
    assert words(BASELINES[name]("ประกาศผลสอบแล้ว\n" * 30, REFERENCE))


def test_lead_is_the_beginning() -> None:
    found = lead(SOURCE, REFERENCE)
    assert SOURCE.startswith(found)
    assert lead_half_more(SOURCE, REFERENCE).startswith(found)


def test_the_window_finds_the_reference() -> None:
    assert "ได้รับหนังสือใหม่ 1,808 เล่ม" in best_window(SOURCE, REFERENCE)


def test_no_window_beats_the_one_that_was_chosen() -> None:
    tokens, target = words(SOURCE), words(REFERENCE)
    width = len(target)

    def merit(window: list[str]) -> float:
        scores = rouge(window, target)
        return scores.r1 + scores.r2

    chosen = words(best_window(SOURCE, REFERENCE))
    every = [tokens[i : i + width] for i in range(len(tokens) - width + 1)]
    assert merit(chosen) == pytest.approx(max(map(merit, every)))


def test_frequency_in_order_only_changes_the_order() -> None:
    lines = ["ห้องสมุดเปิดวันเสาร์", "ครูและห้องสมุดและหนังสือและห้องสมุด", "ครูซื้อหนังสือให้โรงเรียน"]
    source = "\n".join(lines)
    ranked, ordered = frequency(source, source), frequency_in_order(source, source)
    assert ordered == " ".join(lines)
    assert ranked != ordered
    assert sorted(ranked.split()) == sorted(lines)


@pytest.mark.parametrize("rank", [textrank, lexrank])
def test_graph_rankers_choose_what_the_text_is_about(rank: object) -> None:
    assert callable(rank)
    found = rank(SOURCE, REFERENCE)
    assert "ห้องสมุดโรงเรียน" in found
    assert "อากาศ" not in found
