"""``obecsum stories`` from end to end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.golden.stories import RELEASES

Run = Callable[..., Any]
Rows = Callable[[Path], list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lines(times: int = 1) -> bytes:
    records = [
        {
            "id": release.id,
            "title": release.title,
            "text": release.text,
            "published": release.published,
            "url": f"https://example.org/{release.id}",
            **release.extra,
        }
        for release in RELEASES
    ]
    return b"".join(orjson.dumps(record) + b"\n" for record in records * times)


def test_stories_are_written_with_all_their_releases_and_reasons(obecsum: Run, rows: Rows) -> None:
    Path("feed.jsonl").write_bytes(lines() + b"{broken\n")
    done = obecsum("stories", "feed.jsonl", "--out", "out")
    assert done.code == 0
    assert "10 releases: 4 of them in 2 stories" in done.out
    assert "line 11 was left out" in done.err
    rail, flood = rows(Path("out/stories.jsonl"))
    assert (rail["size"], flood["size"]) == (2, 2)
    assert {member["id"] for member in flood["releases"]} == {"flood-interior", "flood-health"}
    assert (flood["first"], flood["last"]) == ("2024-09-13", "2024-09-14")
    assert flood["headline"] in {release.title for release in RELEASES}
    assert flood["headline"] == next(m["title"] for m in flood["releases"] if m["is_center"])
    (member,) = (m for m in flood["releases"] if not m["is_center"])
    assert {"kind": "number", "value": "4512"} in member["shared_facts"]
    assert member["reason"].startswith("cosine 0.")
    assert member["url"].startswith("https://example.org/flood-")
    assert 0 < member["cosine"] < 1


def test_the_same_release_again_is_one_and_another_of_its_id_is_told_apart(obecsum: Run, rows: Rows) -> None:
    other = orjson.dumps({"id": "rail-cabinet", "text": "ประกาศรายชื่อผู้มีสิทธิสอบ", "published": "2024-09-11"}) + b"\n"
    Path("feed.jsonl").write_bytes(lines(2) + other)
    done = obecsum("stories", "feed.jsonl", "--out", "out", "--log-json")
    assert done.code == 0
    result = orjson.loads(done.err.splitlines()[-1])["result"]
    assert (result["releases"], result["stories"], result["in_stories"]) == (11, 2, 4)
    members = [member["id"] for story in rows(Path("out/stories.jsonl")) for member in story["releases"]]
    assert len(members) == len(set(members)) == 4


def test_a_window_and_fewer_dimensions_can_be_asked_for(obecsum: Run, rows: Rows) -> None:
    Path("feed.jsonl").write_bytes(lines())
    assert obecsum("stories", "feed.jsonl", "--out", "out", "--window-days", "0", "--quiet").code == 0
    assert rows(Path("out/stories.jsonl")) == []
    again = obecsum("stories", "feed.jsonl", "--out", "out")
    assert again.code == 2
    assert "is there already" in again.err
    done = obecsum("stories", "feed.jsonl", "--out", "out", "--dim", "256", "--overwrite")
    assert done.code == 0
    assert rows(Path("out/stories.jsonl"))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--window-days", "-1"], "window_days"),
        (["--dim", "0"], "dim"),
        (["--dim", "5000"], "dimensions"),
        (["--embeddings", "no/such-model"], "cannot be loaded"),
    ],
)
def test_options_that_cannot_be_are_refused(
    obecsum: Run, options: list[str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    Path("feed.jsonl").write_bytes(lines())
    done = obecsum("stories", "feed.jsonl", "--out", "out", *options)
    assert done.code in (1, 2)
    assert said in done.err
    assert not Path("out/stories.jsonl").exists()


def test_without_the_interaction_model_stories_are_found_by_the_rest(obecsum: Run, rows: Rows) -> None:
    Path("feed.jsonl").write_bytes(lines())
    assert obecsum("stories", "feed.jsonl", "--out", "out", "--interaction", "none").code == 0
    found = rows(Path("out/stories.jsonl"))
    assert [story["size"] for story in found] == [2, 2]
    assert not any("piece by piece" in member["reason"] for story in found for member in story["releases"])
    done = obecsum("stories", "feed.jsonl", "--out", "other", "--interaction", "no-such-model")
    assert done.code == 1
    assert "no-such-model" in done.err
    assert "Traceback" not in done.err
