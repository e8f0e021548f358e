"""The summaries of the five seeds: the model's own words, nothing invented, nothing of the page's furniture."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

import obecsum
from obecsum.core.choices import SummaryKind
from obecsum.summaries.summarizer import Summary
from obecsum.text.normalize import fold

SEEDS = Path(__file__).parents[2] / "examples"
NAMES = ("community-power", "directors-seminar", "quality-networks", "quality-schools", "tsqm")
KINDS: tuple[SummaryKind, ...] = ("headline", "summary")


def seed(name: str) -> str:
    return (SEEDS / f"{name}.txt").read_text(encoding="utf-8")


@lru_cache
def written(kind: SummaryKind) -> dict[str, Summary]:
    summaries = obecsum.Summarizer().summarize([seed(name) for name in NAMES], kind=kind)
    return dict(zip(NAMES, summaries, strict=True))


def digits(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,:/]\d+)*", fold(text))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_readable_and_the_models_own_or_marked(name: str, kind: SummaryKind) -> None:
    summary = written(kind)[name]
    assert (summary.fallback is None) == any(sentence.kept == () for sentence in summary.sentences)
    assert 25 <= len(summary.text) <= (200 if kind == "headline" else 560)
    assert len(re.findall("[ก-๙]", summary.text)) > 0.6 * len(summary.text)
    assert not re.search(r"(.{6,})\s?\1", summary.text), "a phrase follows itself"
    assert "\n" not in summary.text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_no_number_that_the_release_lacks(name: str, kind: SummaryKind) -> None:
    summary = written(kind)[name]
    assert set(digits(summary.text)) <= set(digits(seed(name)))
    assert not [fact for fact in summary.unsupported if fact.kind in ("number", "date", "serial", "time")]
    for fact, (start, end) in summary.sources:
        assert seed(name)[start:end], fact


@pytest.mark.parametrize("kind", KINDS)
def test_a_release_of_obec_is_said_to_be_of_obec(kind: SummaryKind) -> None:
    for name, summary in written(kind).items():
        assert re.search("สพฐ|กสศ|กพฐ|การศึกษาขั้นพื้นฐาน|โรงเรียน", summary.text), (name, summary.text)


def test_tsqm_names_who_and_what() -> None:
    text = written("summary")["tsqm"].text
    # The fund or OBEC, both of which the release names first; OBEC by its abbreviation or in full: either is its name.
    assert re.search(r"กสศ|สพฐ|กพฐ|คณะกรรมการการศึกษาขั้นพื้นฐาน", text), text
    assert re.search("TSQM|โรงเรียนพัฒนาตนเอง", text), text


@pytest.mark.parametrize("kind", KINDS)
def test_furniture_and_bylines_never_enter_a_summary(kind: SummaryKind) -> None:
    summaries = written(kind)
    assert "ความคิดเห็น:" not in summaries["community-power"].text
    assert "ดูภาพ" not in summaries["directors-seminar"].text
    assert "อัจฉรา" not in summaries["directors-seminar"].text
    assert "ขอบคุณภาพ" not in summaries["tsqm"].text
