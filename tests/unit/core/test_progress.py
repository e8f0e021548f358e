"""One ``progress`` for everything that takes long."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Any

import pytest

import obecsum
from obecsum.core.progress import telling
from obecsum.core.progress.bars import Bars

TEXTS = [
    f"กรมที่ {number} เปิดรับสมัครครูผู้ช่วย จำนวน {number}20 อัตรา ระหว่างวันที่ {number} มิถุนายน 2567 ทั่วประเทศ"
    for number in range(1, 6)
]


class Told:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int | None]] = []
        self.last: list[int | None] = []

    def stage(self, name: str, total: int | None = None, *, unit: str = "releases") -> None:
        self.stages.append((name, total))
        self.last.append(None)

    def to(self, done: int, *, total: int | None = None) -> None:
        self.last[-1] = done

    def note(self, message: str, **figures: Any) -> None:
        pass


@pytest.mark.parametrize(
    ("call", "stages"),
    [
        (lambda progress: obecsum.dedupe([*TEXTS, TEXTS[0]], progress=progress), ["Sketching", "Comparing"]),
        (lambda progress: obecsum.signatures(TEXTS, progress=progress), ["Sketching"]),
        (
            lambda progress: obecsum.stories(TEXTS, progress=progress),
            [
                "Embedding",
                "Finding near pairs",
                "Comparing",
                "Comparing closely",
                "Reading both",
                "Writing headlines",
            ],
        ),
        (
            lambda progress: obecsum.clean([{"text": text} for text in TEXTS], summaries=False, progress=progress),
            ["Checking", "Reading", "Cutting", "Comparing", "Writing", "Writing", "Verifying"],
        ),
        (lambda progress: obecsum.Summarizer(num_beams=1).summarize(TEXTS, progress=progress), ["Summarizing"]),
    ],
)
def test_a_function_and_an_object_are_told_the_same(call: Callable[[Any], Any], stages: list[str]) -> None:
    told = Told()
    call(told)
    assert [name for name, _ in told.stages] == stages
    for (_, total), last in zip(told.stages, told.last, strict=True):
        assert last in (None, total) or total is None  # what was to do was done
    called: list[tuple[int, int | None, str]] = []
    call(lambda done, total, stage: called.append((done, total, stage)))
    assert list(dict.fromkeys(stage for _, _, stage in called)) == list(dict.fromkeys(stages))
    assert {stage: total for _, total, stage in called}["Comparing" if "Comparing" in stages else stages[0]] is not None


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_without_a_terminal_there_is_a_line_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr, clock = io.StringIO(), _Clock()
    monkeypatch.setattr(sys, "stderr", stderr)
    with Bars(clock=clock) as bars:
        bars.stage("Reading", 4_000_000, unit="bytes")
        for second in range(181):
            clock.now = second
            bars.to(second * 20_000)
        bars.stage("Comparing", unit="pairs")
        clock.now = 245
        bars.to(1234)
        clock.now = 304
        bars.to(2345)
    assert stderr.getvalue().splitlines() == [
        "obecsum: Reading: 1.2 of 4.0 MB (30%), 2 min left",
        "obecsum: Reading: 2.4 of 4.0 MB (60%), 1 min left",
        "obecsum: Reading: 3.6 of 4.0 MB (90%), less than a minute left",
        "obecsum: Comparing: 1,234 pairs",
    ]


def test_what_an_earlier_run_had_done_took_no_time_of_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr, clock = io.StringIO(), _Clock()
    monkeypatch.setattr(sys, "stderr", stderr)
    with Bars(clock=clock) as bars:
        bars.stage("Summarizing", 1000)
        bars.to(800)
        clock.now = 60
        bars.to(810)
    assert stderr.getvalue() == "obecsum: Summarizing: 810 of 1,000 releases (81%), 19 min left\n"


def test_a_result_is_silent_without_progress_and_brief_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    for progress in (None, False, True):  # nothing takes a minute here
        obecsum.dedupe(TEXTS, progress=progress)
    assert capsys.readouterr() == ("", "")


def test_what_cannot_be_told_is_refused() -> None:
    with pytest.raises(TypeError, match="got set"), telling({1}):  # type: ignore[arg-type]
        pass
