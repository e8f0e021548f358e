"""Time is linear in the input: hostile texts are doubled, and no stage takes three times as long for it.

Counted in processor time, and with a floor: what takes milliseconds has no ratio. :mod:`tests.fuzz.patterns` looks for
texts of which nobody has thought yet.
"""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest

import obecsum
from obecsum.cleaning import clean_text
from obecsum.cleaning.clean_text import Cleaned
from obecsum.core.deadline import TooSlowError, deadline
from obecsum.feeds.records.fields import unique_names
from obecsum.jobs.phases import cutting
from tests.fuzz.patterns import seconds_of, stages

CHARS = 10_000
FLOOR_S = 0.15  # added to what is allowed; an expression that squares needs far more for ten thousand characters
# Each was a fault once, or is of the same kind.
HOSTILE = ("#ข่าว", "#", "1.1", "พ", "- ", "ก(", "1,", "aก.")
MORE = (
    "(ก) ", "นาย ก ", "\n", " ", "”ก", "ๆ", "1 ก.ค. ", "โทร 0", "ที่มา ", "วันที่ 1 ", "<a ", "&", "[1,", '{"a":', "\\", "😀",
    "ก/ก:", "www.a@", "...", "—", "ตำรวจคณะกรรมการ", "_่é–", "ฯ\u202a", "1-2 ", "จังหวัดก", "กรม (ก.) ", "ปี 25", '"ก', "\u0e48", "ฃ",
)  # fmt: skip


def check(pump: str, end: str) -> None:
    late = {}
    for name, stage in stages().items():
        for _ in range(3):  # what is loaded and compiled once, and a busy machine, are late once
            once, twice = (seconds_of(stage, pump * (size // len(pump)) + end) for size in (CHARS, 2 * CHARS))
            if twice <= 3 * once + FLOOR_S:
                break
        else:
            late[name] = once, twice
    assert late == {}


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    for stage in stages().values():
        stage("ข่าว 1\n" * 500)


@pytest.mark.parametrize("pump", HOSTILE)
def test_twice_the_text_takes_twice_the_time(pump: str) -> None:
    check(pump, "!ก")


@pytest.mark.slow
@pytest.mark.parametrize("end", ["", "!", "ก", " ก"])
@pytest.mark.parametrize("pump", HOSTILE + MORE)
def test_twice_any_hostile_text_takes_twice_the_time(pump: str, end: str) -> None:
    check(pump, end)


def test_many_columns_of_one_name() -> None:
    names = unique_names(["a"] * 20_000)
    assert len(set(names)) == 20_000
    assert names[:3] == ("a", "a_2", "a_3")
    assert unique_names(["a", "a_2", "a", "a"]) == ("a", "a_2", "a_3", "a_4")


def test_forty_glued_hashtags_are_cleaned(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    rows = [{"id": str(n), "text": "ข่าวประจำวัน\n" + "#ข่าว" * 40 + end} for n, end in enumerate((" ก", "", " ก"))]
    feed.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    assert seconds_of(lambda _: obecsum.clean(feed, tmp_path / "out", summaries=False), "") < 20


def test_a_step_is_stopped() -> None:
    with pytest.raises(TooSlowError), deadline(0.05):
        re.match("(?:a|a)*b", "a" * 60)
    with deadline(0.05):
        pass


def test_a_release_that_takes_too_long_is_passed_on_uncut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = clean_text.clean_release

    def clean_release(release: obecsum.Release, *rest: object) -> Cleaned:
        if release.id == "bad":
            re.match("(?:a|a)*b", "a" * 60)
        return real(release, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(cutting, "clean_release", clean_release)
    monkeypatch.setattr(cutting, "_MOST_S", 0.1)
    feed = tmp_path / "feed.jsonl"
    text = "เปิดห้องสมุดหลังใหม่ในอำเภอ\nไม่มีความคิดเห็น:"
    feed.write_bytes(b"\n".join(orjson.dumps({"id": name, "text": f"{name} {text}"}) for name in ("good", "bad")))
    report = obecsum.clean(feed, tmp_path / "out", summaries=False)
    assert (report.kept, report.uncut) == (2, ("bad",))
    kept = {row["id"]: row for row in map(orjson.loads, (tmp_path / "out" / "kept.jsonl").read_bytes().splitlines())}
    assert kept["bad"]["text"] == f"bad {text}"
    assert kept["good"]["text"] == "good เปิดห้องสมุดหลังใหม่ในอำเภอ"
    assert orjson.loads((tmp_path / "out" / "report.json").read_bytes())["uncut"] == ["bad"]
