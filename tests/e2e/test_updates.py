"""What comes after a release that an index has: news stays and is linked, reposts go; in one feed the same."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import orjson
import pytest

import obecsum
from obecsum.core.choices import POLICIES
from obecsum.core.release import Release
from obecsum.dedup.dedupe import dedupe
from obecsum.report.report import Report
from tests.e2e.updates import NEWS, REPOSTS, Later
from tests.unit.report.jobs import Page


def row(name: str, said: tuple[str, str], published: str | None) -> dict[str, Any]:
    return {"id": name, "title": said[0], "text": said[1], "published": published}


class Jobs:
    """Runs one job after the other in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = folder / "feed.db"

    def run(self, name: str, *rows: dict[str, Any], **options: Any) -> Report:
        feed = self.folder / f"{name}.jsonl"
        feed.write_bytes(b"\n".join(map(orjson.dumps, rows)))
        return obecsum.clean(feed, self.folder / name, summaries=False, index=self.index, **options)

    def rows(self, name: str, kind: str = "kept") -> list[dict[str, Any]]:
        return [orjson.loads(line) for line in (self.folder / name / f"{kind}.jsonl").read_bytes().splitlines()]


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    return Jobs(tmp_path)


@pytest.mark.parametrize(("case", "name"), list(product(NEWS, ("a", "b"))), ids=lambda one: getattr(one, "name", one))
def test_news_stays_and_is_linked(jobs: Jobs, case: Later, name: str) -> None:
    jobs.run("one", row("a", case.first, "2024-09-02"))
    report = jobs.run("two", row(name, case.second, "2024-09-03"))
    assert (report.kept, report.removed, report.updates) == (1, 0, 1)
    [kept] = jobs.rows("two")
    assert kept["id"] == ("a#2" if name == "a" else "b")
    assert kept["previous_id"] == "a"
    assert kept["supersedes"] == ("a" if case.supersedes else None)
    assert kept["changes"], "it says what is new"
    possible = jobs.rows("two", "possible")
    assert report.possible == len(possible)
    for one in possible:
        assert (one["id"], one["other_id"]) == (kept["id"], "a")
        assert one["lost"]["id"], "something would be lost with the later one"
        assert one["lost"]["id"][0]["weight"] >= one["lost"]["id"][-1]["weight"] > 0


@pytest.mark.parametrize("case", REPOSTS, ids=lambda case: case.name)
def test_a_repost_goes_for_the_first(jobs: Jobs, case: Later) -> None:
    jobs.run("one", row("a", case.first, "2024-09-02"))
    report = jobs.run("two", row("b", case.second, "2024-09-03"))
    assert (report.kept, report.removed, report.possible) == (0, 1, 0)
    [removed] = jobs.rows("two", "removed")
    assert (removed["kept_id"], removed["kept_in_index"]) == ("a", True)
    assert sum(one["weight"] for one in removed["account"]) < 1
    assert set(removed["account"][0]) == {"kind", "text", "other", "weight"} if removed["account"] else True


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("case", [*NEWS, *REPOSTS], ids=lambda case: case.name)
def test_in_one_feed_only_what_the_other_says_goes(case: Later, policy: Any) -> None:
    first, second = (
        Release(name, said[1], said[0], published)
        for name, said, published in (("a", case.first, "2024-09-02"), ("b", case.second, "2024-09-03"))
    )
    result = dedupe([first, second], policy=policy)
    gone = [(one.release.id, one.kept_id) for one in result.removed]
    if case in NEWS:
        assert gone == ([("a", "b")] if case.supersedes else [])
    else:
        assert len(gone) == 1
        assert all(one.comparison.a_can_go for one in result.removed)


def test_the_index_follows_what_supersedes(jobs: Jobs) -> None:
    case = next(case for case in NEWS if case.supersedes)
    jobs.run("one", row("a", case.first, "2024-09-02"))
    jobs.run("two", row("b", case.second, "2024-09-03"))
    jobs.run("three", row("c", case.second, "2024-09-04"), row("d", case.first, "2024-09-04"))
    gone = {one["id"]: one["kept_id"] for one in jobs.rows("three", "removed")}
    assert gone == {"c": "b", "d": "b"}, "copies of either go for the one that says all"
    third = case.second[0], f"{case.second[1]}\nแพทย์แจ้งว่าผู้บาดเจ็บทุกรายพ้นขีดอันตรายแล้ว"
    jobs.run("four", row("e", third, "2024-09-05"))
    [kept] = jobs.rows("four")
    assert (kept["previous_id"], kept["supersedes"]) == ("b", "b")


@pytest.mark.parametrize(
    ("first", "second", "later"),
    [
        ("2024-09-02", "2024-09-03", True),
        ("2024-09-02T09:00:00+07:00", "2024-09-02T15:00:00+07:00", True),
        ("2024-09-02", "2024-09-02", True),
        ("2024-09-02T09:00:00+07:00", "2024-09-02", True),
        ("2024-09-02", None, True),
        (None, "2024-09-02", True),
        (None, None, True),
        ("2024-09-03", "2024-09-02", False),
    ],
)
@pytest.mark.parametrize("name", ["0", "b"])  # before and after the first by its id
def test_later_is_by_publication_then_by_arrival(
    jobs: Jobs, first: str | None, second: str | None, later: bool, name: str
) -> None:
    case = next(case for case in NEWS if case.supersedes)
    jobs.run("one", row("a", case.first, first))
    jobs.run("two", row(name, case.second, second))
    [kept] = jobs.rows("two")
    assert (kept["previous_id"], kept["supersedes"]) == (("a", "a") if later else (None, None))


def test_possible_pairs_of_one_feed_and_of_the_index(jobs: Jobs) -> None:
    case = next(case for case in NEWS if case.name == "another disaster")
    first, second = row("a", case.first, "2024-09-02"), row("b", case.second, "2024-09-03")
    report = jobs.run("one", second, first)
    [possible] = jobs.rows("one", "possible")
    assert (possible["id"], possible["other_id"], possible["relation"]) == ("b", "a", "duplicate"), (
        "the later one first"
    )
    losses = [(one["kind"], one["weight"]) for one in possible["lost"]["id"]]
    assert losses
    assert losses == [(one["kind"], one["weight"]) for one in possible["account"] if one["weight"]]
    assert possible["lost"]["other_id"]
    assert report.possible == 1
    saved = orjson.loads((jobs.folder / "one" / "report.json").read_bytes())
    assert saved["possible"] == 1
    assert "possible.jsonl" in saved["files"]
    [card] = Page(jobs.folder / "one" / "report.html").part("possible-0")
    assert [one[1] for one in card["l"][0]] == [one["text"] for one in possible["lost"]["id"]]
    assert (card["t"], card["o"]["t"]) == (case.second[0], case.first[0]), "both are named by their titles"


def test_a_dry_run_counts_what_is_possible(jobs: Jobs, tmp_path: Path) -> None:
    case = next(case for case in NEWS if case.name == "new place")
    jobs.run("one", row("a", case.first, "2024-09-02"))
    feed = tmp_path / "two.jsonl"
    feed.write_bytes(orjson.dumps(row("b", case.second, "2024-09-03")))
    report = obecsum.clean(feed, None, summaries=False, index=jobs.index, dry_run=True)
    assert (report.kept, report.removed, report.possible) == (1, 0, 1)


def test_a_looser_setting_removes_what_was_possible(tmp_path: Path) -> None:
    case = next(case for case in NEWS if case.name == "another disaster")
    feed = tmp_path / "feed.jsonl"
    rows = [row("a", case.first, "2024-09-02"), row("b", case.second, "2024-09-03")]
    feed.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    cautious = obecsum.clean(feed, tmp_path / "one", summaries=False)
    assert (cautious.removed, cautious.possible) == (0, 1)
    alike = obecsum.clean(feed, tmp_path / "two", summaries=False, strictness="similarity", min_jaccard=0.8)
    assert (alike.removed, alike.possible) == (1, 0)
    [removed] = [orjson.loads(line) for line in (tmp_path / "two" / "removed.jsonl").read_bytes().splitlines()]
    assert removed["account"][0]["weight"] > 0, "what was lost is told"
    job = orjson.loads((tmp_path / "two" / "job.json").read_bytes())
    assert (job["options"]["strictness"], job["options"]["min_jaccard"]) == ("similarity", 0.8)


def test_an_update_that_goes_by_similarity_shows_what_is_lost(tmp_path: Path) -> None:
    """The account is worked out for any relation: a removal never shows nothing where something is lost."""
    case = next(case for case in NEWS if case.name == "corrected figure")
    feed = tmp_path / "feed.jsonl"
    rows = [row("a", case.first, "2024-09-02"), row("b", case.second, "2024-09-03")]
    feed.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    obecsum.clean(feed, tmp_path / "out", summaries=False, strictness="similarity", min_jaccard=0.8)
    [removed] = [orjson.loads(line) for line in (tmp_path / "out" / "removed.jsonl").read_bytes().splitlines()]
    assert removed["relation"] == "update"
    assert removed["account"][0]["kind"] == "figure"
    releases = [Release(one["id"], one["text"], one["title"], one["published"]) for one in rows]
    [removal] = dedupe(releases, strictness="similarity", min_jaccard=0.8).removed
    assert removal.comparison.lost_a
