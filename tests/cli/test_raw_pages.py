"""What jobs make of feeds whose titles and dates stand in their texts, or cannot be read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import obecsum
from obecsum.core.errors import InputError
from obecsum.jobs.phases.output_rows import restore_text

CASES = Path(__file__).parents[1] / "unit" / "feeds" / "cases"


def pages(path: Path, count: int = 12) -> list[str]:
    texts = [
        f"ข่าวที่ {n} ของกรมตัวอย่าง เรื่องที่ {n * 7}\n\n{n + 1}/7/2567\nพิมพ์\nอธิบดีกรมตัวอย่างกล่าวถึงเรื่องที่ {n * 7} ว่ามีผู้เข้าร่วม {n * 13} คน"
        for n in range(count)
    ]
    path.write_text("".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(texts)))
    return texts


def kept(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "kept.jsonl").read_text(encoding="utf-8").splitlines()]


def test_titles_and_dates_of_raw_pages(tmp_path: Path) -> None:
    texts = pages(tmp_path / "raw.jsonl")
    report = obecsum.clean(tmp_path / "raw.jsonl", tmp_path / "out", summaries=False)
    rows = kept(tmp_path / "out")
    assert report.kept == len(rows) == 12
    assert [(row["title"], row["published"]) for row in rows][:2] == [
        ("ข่าวที่ 0 ของกรมตัวอย่าง เรื่องที่ 0", "2024-07-01"),
        ("ข่าวที่ 1 ของกรมตัวอย่าง เรื่องที่ 7", "2024-07-02"),
    ]
    assert [restore_text(row) for row in rows] == texts
    assert report.cuts["title"]["releases"] == report.cuts["date"]["releases"] == 12
    assert report.dates == {"read": 12, "unread": 0, "missing": 0, "unread_example": None, "notes": []}


def test_since_and_forget_go_by_the_dates_of_pages(tmp_path: Path) -> None:
    pages(tmp_path / "raw.jsonl")
    index = tmp_path / "i.db"
    report = obecsum.clean(tmp_path / "raw.jsonl", tmp_path / "out", summaries=False, since="5/7/2567", index=index)
    assert (report.kept, dict(report.skipped)) == (8, {"before_since": 4})
    from obecsum.index.tools import forget

    assert forget(index, before="2024-07-08") == 3


def test_a_job_without_cuts_takes_dates_and_leaves_the_text(tmp_path: Path) -> None:
    texts = pages(tmp_path / "raw.jsonl")
    obecsum.clean(tmp_path / "raw.jsonl", tmp_path / "out", summaries=False, cut=False)
    assert [(row["title"], row["published"][:8], row["text"]) for row in kept(tmp_path / "out")] == [
        (None, "2024-07-", text) for text in texts
    ]


def test_dates_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    feed = CASES / "json" / "dates-unread.jsonl"
    report = obecsum.clean(feed, tmp_path / "out", summaries=False, since="2016-01-01")
    assert (report.dates["read"], report.dates["unread"], report.dates["unread_example"]) == (11, 1, "45474")
    assert "without a date, let through by --since" in (tmp_path / "out" / "report.html").read_text()
    again = subprocess.run(
        [sys.executable, "-m", "obecsum", "clean", str(feed), "--no-summaries", "--dry-run", "--since", "2016-01-01"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "1 date could not be read (such as '45474'), 1 release without a date let through by --since" in " ".join(
        (again.stdout + again.stderr).split()
    )


def test_both_eras_are_a_note(tmp_path: Path) -> None:
    rows = ["id,text,date", "1,ข่าวหนึ่งของกรม,15/7/2567", "2,ข่าวสองของกระทรวง,15/7/2024", "3,ข่าวสาม,ไม่ทราบ"]
    (tmp_path / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    report = obecsum.clean(tmp_path / "a.csv", tmp_path / "out", summaries=False)
    [note] = report.dates["notes"]
    assert note.startswith("a.csv: 1 dates name a Buddhist year and 1 a common one")
    assert report.dates["unread_example"] == "ไม่ทราบ"


def test_a_feed_none_of_whose_dates_can_be_read_is_a_note(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text,date\n1,ข่าวหนึ่ง,เมื่อวาน\n", encoding="utf-8")
    report = obecsum.clean(tmp_path / "a.csv", tmp_path / "out", summaries=False)
    assert report.dates["notes"] == [
        "not one date could be read; policies, --since and the order of updates go by none"
    ]


def test_no_caption_removes_news(tmp_path: Path) -> None:
    report = obecsum.clean(CASES / "rss" / "rss-media-caption-deletes-news.xml", tmp_path / "out", summaries=False)
    assert (report.kept, report.removed) == (2, 0)
    since = obecsum.clean(
        CASES / "rss" / "rss-since-drops-news.xml", tmp_path / "b", summaries=False, since="2024-12-01"
    )
    assert since.kept == 1


def test_a_wrong_column_is_refused_before_reading(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,ข่าว\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column 'when' for the published"):
        obecsum.clean(tmp_path / "a.csv", tmp_path / "out", summaries=False, fields={"published": "when"})
    for option in ("text=body", "title=x"):
        command = [sys.executable, "-m", "obecsum", "clean", str(tmp_path / "a.csv"), "--no-summaries"]
        done = subprocess.run(
            [*command, "--out", str(tmp_path / "out"), "--field", option], capture_output=True, check=False
        )
        assert done.returncode == 2
    assert not (tmp_path / "out").exists()
