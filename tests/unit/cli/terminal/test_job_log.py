"""The log for programs."""

from __future__ import annotations

import io
import logging
import sys
import warnings
from datetime import datetime, timedelta
from typing import Any

import orjson

from obecsum.cli.terminal.job_log import JsonLog, log_line


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_has_time_level_and_event() -> None:
    entry = orjson.loads(log_line("note", message="ข่าว"))
    assert (entry["level"], entry["event"], entry["message"]) == ("info", "note", "ข่าว")
    assert entry["time"].endswith("Z")
    moment = datetime.fromisoformat(entry["time"])
    assert moment.utcoffset() == timedelta(0)
    assert abs((datetime.now(moment.tzinfo) - moment).total_seconds()) < 60


def test_whatever_a_feed_holds_is_one_line_that_no_terminal_obeys() -> None:
    line = log_line("note", message="a\x1b[31m\x7f\x9b\u202e\nb\ud800", figures={1: (2**70, float("inf")), "o": object})
    assert line.isascii()
    assert "\x1b" not in line
    assert "\x7f" not in line
    assert "\n" not in line
    entry = orjson.loads(line)
    assert entry["message"] == "a\x1b[31m\x7f\x9b\u202e\nb?"
    assert entry["figures"]["1"] == [str(2**70), None]


def test_stages_and_progress_at_most_once_in_a_while() -> None:
    stream, clock = io.StringIO(), Clock()
    log = JsonLog(stream=stream, every_s=1.0, clock=clock)
    log.stage("Reading", 1000, unit="bytes")
    for step in range(1, 31):
        clock.now = step / 10
        log.to(step)
    log.stage("Comparing", unit="pairs")
    log.to(7, total=9)
    clock.now = 5.5
    log.result(kept=3)
    found = lines(stream)
    assert [entry["event"] for entry in found] == [
        "stage", "progress", "progress", "progress", "stage_done", "stage", "stage_done", "done",
    ]  # fmt: skip
    assert [(entry["done"], entry["total"]) for entry in found if entry["event"] == "progress"] == [
        (10, 1000), (20, 1000), (30, 1000),
    ]  # fmt: skip
    assert (found[4]["stage"], found[4]["done"], found[4]["seconds"]) == ("Reading", 30, 3.0)
    assert (found[6]["done"], found[6]["unit"]) == (7, "pairs")
    assert (found[7]["kept"], found[7]["seconds"]) == (3, 5.5)


def test_quiet_leaves_warnings_and_errors() -> None:
    stream = io.StringIO()
    with JsonLog(quiet=True, stream=stream) as log:
        log.stage("Reading")
        log.note("continuing")
        warnings.warn("old", stacklevel=1)
        logging.getLogger("library").error("broken %d", 7)
        logging.getLogger("library").info("nothing")
        log.result()
    assert [(entry["level"], entry["event"], entry["message"]) for entry in lines(stream)] == [
        ("warning", "warning", "old"),
        ("error", "library", "broken 7"),
    ]


def test_what_others_do_with_warnings_is_given_back() -> None:
    before, handlers = warnings.showwarning, list(logging.getLogger().handlers)
    with JsonLog(stream=io.StringIO()):
        assert warnings.showwarning != before
    assert warnings.showwarning == before
    assert logging.getLogger().handlers == handlers


def test_what_others_print_is_json_too() -> None:
    before = sys.stderr
    stream = io.StringIO()
    with JsonLog(stream=stream):
        print("Retrying\x1b[31m in 1s", file=sys.stderr)
        sys.stderr.write("\r 10%\r 20%\n\nno end")
        handler = logging.StreamHandler()
        handler.emit(logging.makeLogRecord({"msg": "by a handler of its own"}))
    assert sys.stderr is before
    messages = [entry["message"] for entry in lines(stream)]
    assert messages == ["Retrying\x1b[31m in 1s", "10%", "20%", "no endby a handler of its own"]
    assert "\x1b" not in stream.getvalue()
