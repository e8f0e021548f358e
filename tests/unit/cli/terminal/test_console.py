"""What is told where standard error is no terminal."""

from __future__ import annotations

import pytest

from obecsum.cli.terminal.console import Bars
from obecsum.core.progress import time_in_words


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_line_a_minute_and_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    with Bars(clock=clock) as bars:
        bars.stage("Reading", 2_000_000_000, unit="bytes")
        bars.to(1_000_000)
        clock.now += 59
        bars.to(500_000_000)
        clock.now += 1
        bars.to(1_000_000_000)
        bars.to(1_500_000_000)
        bars.stage("Summarizing", 1000)
        for done in range(0, 1001, 10):
            bars.to(done)
            clock.now += 4
        bars.stage("Comparing", unit="pairs")
        clock.now += 61
        bars.to(7)
        clock.now += 61
        bars.to(9, total=18)
    assert capsys.readouterr().err.splitlines() == [
        "obecsum: Reading: 1,000.0 MB of 2,000.0 MB, about a minute left",
        "obecsum: Summarizing: 150 releases of 1,000 releases, about 6 minutes left",
        "obecsum: Summarizing: 300 releases of 1,000 releases, about 5 minutes left",
        "obecsum: Summarizing: 450 releases of 1,000 releases, about 4 minutes left",
        "obecsum: Summarizing: 600 releases of 1,000 releases, about 3 minutes left",
        "obecsum: Summarizing: 750 releases of 1,000 releases, about 2 minutes left",
        "obecsum: Summarizing: 900 releases of 1,000 releases, about a minute left",
        "obecsum: Comparing: 7 pairs",
        "obecsum: Comparing: 9 pairs of 18 pairs, about 2 minutes left",
    ]


def test_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    with Bars(quiet=True, clock=clock) as bars:
        bars.stage("Reading", 10)
        clock.now += 1000
        bars.to(5)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "less than a minute"),
        (31.0, "about a minute"),
        (89.0, "about a minute"),
        (91.0, "about 2 minutes"),
        (5940.0, "about 99 minutes"),
        (6000.0, "about 1.7 hours"),
        (1e7, "about 2,777.8 hours"),
    ],
)
def test_time_in_words(seconds: float, words: str) -> None:
    assert time_in_words(seconds) == words
