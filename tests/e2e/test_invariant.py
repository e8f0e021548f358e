"""Kills at every step of a job, and other jobs with the same index before it goes on: what is delivered once is in the
index once, and the reverse."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

import obecsum
from obecsum.index.index import Index
from obecsum.index.tools import forget
from tests.e2e.jobs import Server, deviations
from tests.e2e.test_kills import lines

OPTIONS: dict[str, Any] = {"summaries": False, "new_only": True, "batch_size": 1}
POINTS = ("reading", "cutting", "matching", "comparing", "writing", "indexing", "deciding", "committed", "naming")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def feed_of(generator: random.Random, number: int, size: int) -> bytes:
    """Releases of which others have some: under the same ids, and the same texts under other ids."""
    rows = []
    for first in generator.sample(range(max(1, number - 3), number + 2), 2):
        some = list(lines(first, size, f"r{first}-"))
        rows += generator.sample(some, len(some) * 2 // 3)
    copied = generator.randrange(max(1, number - 3), number + 2)
    rows += [
        line.replace(f'"r{copied}-'.encode(), f'"c{number}-'.encode())
        for line in lines(copied, size // 3, f"r{copied}-")
    ]
    return b"\n".join(rows)


class World:
    """Feeds, folders and one index."""

    def __init__(self, server: Server, folder: Path, seed: int) -> None:
        self.server, self.folder = server, folder
        self.generator = random.Random(seed)
        self.index = folder / "feed.db"
        self.feeds: list[bytes] = []
        self.kills = self.seconds_jobs = 0

    def job(self, size: int) -> str:
        number = len(self.feeds) + 1
        self.feeds.append(feed_of(self.generator, number, size))
        (self.folder / f"{number}.jsonl").write_bytes(self.feeds[-1])
        return str(number)

    def run(self, name: str, **how: Any) -> int:
        code, _ = self.server.run(
            self.folder / f"{name}.jsonl", self.out(name), index=str(self.index), **OPTIONS, **how
        )
        assert code in (0, -9), code
        self.kills += code == -9
        return code

    def out(self, name: str) -> Path:
        return self.folder / f"out-{name}"

    def killed(self, name: str, point: str | None = None) -> bool:
        """Kill it somewhere, by what it does or by the clock; False where it ended before."""
        if point is None and self.generator.random() < 0.5:
            return self.run(name, after_s=self.generator.uniform(0.0, 0.6)) == -9
        point = point or self.generator.choice(POINTS)
        most = {"cutting": 2, "comparing": 2, "writing": 30, "naming": 6}.get(point, 1)
        return self.run(name, point=point, count=self.generator.randint(1, most)) == -9

    def round(self, size: int, point: str | None = None) -> None:
        """One job is killed, others use the index, all are finished."""
        first, second = self.job(size), self.job(size)
        waiting = [first]
        self.killed(first, point)
        for _ in range(self.generator.randint(1, 2)):
            if self.killed(second):
                waiting.append(second)
                if self.generator.random() < 0.5:
                    self.killed(self.generator.choice(waiting))
        self.seconds_jobs += 1
        names = [first, second]
        self.generator.shuffle(names)
        for name in names:
            assert self.run(name) == 0
        outs = [self.out(str(number + 1)) for number in range(len(self.feeds))]
        assert deviations(outs, self.index, self.feeds) == []


@pytest.mark.parametrize("point", POINTS)
def test_a_job_that_is_killed_and_another_in_between(server: Server, tmp_path: Path, point: str) -> None:
    world = World(server, tmp_path, POINTS.index(point))
    world.round(14, point)
    assert world.kills


@pytest.mark.slow
def test_two_hundred_kills_and_other_jobs_in_between(server: Server, tmp_path: Path) -> None:
    kills = seconds_jobs = worlds = 0
    while kills < 200:
        worlds += 1
        world = World(server, tmp_path / str(worlds), 20261130 + worlds)
        world.folder.mkdir()
        for _ in range(6):
            world.round(20)
        kills, seconds_jobs = kills + world.kills, seconds_jobs + world.seconds_jobs
        shutil.rmtree(world.folder)
        assert worlds < 100, "the jobs end before they can be killed"
    print(f"{kills} kills, {seconds_jobs} other jobs in between, {worlds} indexes, 0 deviations")


def rows(out: Path, kind: str = "kept") -> list[str]:
    return [orjson.loads(line)["id"] for line in (out / f"{kind}.jsonl").read_bytes().splitlines()]


def test_an_unchanged_feed_is_delivered_once(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(b"\n".join(lines(1, 10, "a")))
    first = obecsum.clean(feed, tmp_path / "one", index=tmp_path / "feed.db", new_only=True, summaries=False)
    second = obecsum.clean(feed, tmp_path / "two", index=tmp_path / "feed.db", new_only=True, summaries=False)
    assert first.kept > 0
    assert (second.input - second.quarantined, second.skipped["in_index"]) == (0, first.kept + first.removed)


@pytest.mark.parametrize("change", ["gone", "another", "forgotten"])
def test_a_job_goes_on_with_another_index(server: Server, tmp_path: Path, change: str) -> None:
    """What it had decided was decided with entries that are no longer there."""
    index, feed = tmp_path / "feed.db", tmp_path / "feed.jsonl"
    old = list(lines(1, 10, "a"))
    (tmp_path / "old.jsonl").write_bytes(b"\n".join(old))
    feed.write_bytes(b"\n".join(line.replace(b'"a', b'"b') for line in old))
    assert server.run(tmp_path / "old.jsonl", tmp_path / "old", index=str(index), **OPTIONS)[0] == 0
    assert server.run(feed, tmp_path / "out", index=str(index), point="deciding", **OPTIONS)[0] == -9
    if change == "forgotten":
        assert forget(index, ids=rows(tmp_path / "old")) == len(rows(tmp_path / "old"))
    else:
        for path in tmp_path.glob("feed.db*"):
            path.unlink()
    if change == "another":
        with Index(index) as opened:
            opened.add([obecsum.Release("z", "อีกข่าวหนึ่งที่ไม่เกี่ยวกัน")])
    assert server.run(feed, tmp_path / "out", index=str(index), **OPTIONS)[0] == 0
    assert len(rows(tmp_path / "out")) == len(rows(tmp_path / "old"))
    with Index(index, is_readonly=True) as opened:
        assert len(opened) == len(rows(tmp_path / "out")) + (change == "another")


def test_an_index_is_named_from_where_the_command_was_given(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(b"\n".join(lines(1, 10, "a")))
    (tmp_path / "here").mkdir()
    move = f"import os; os.chdir({str(tmp_path / 'here')!r})"
    assert server.run(feed, tmp_path / "out", index="feed.db", point="committed", setup=move, **OPTIONS)[0] == -9
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    report = obecsum.clean(feed, "../out", index="../here/feed.db", **OPTIONS)
    assert report.kept == len(rows(tmp_path / "out")) > 0
    assert os.listdir(tmp_path / "elsewhere") == []
    assert deviations([tmp_path / "out"], tmp_path / "here" / "feed.db", [feed.read_bytes()]) == []
