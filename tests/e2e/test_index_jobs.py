"""Jobs one after the other with one index."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

import obecsum
from obecsum.index.index import Index
from obecsum.index.rescue import check
from obecsum.report.report import Report
from tests.unit.report.jobs import Page

LEAD = "วันนี้ ({day} ธ.ค. 67) เวลา 09.30 น. กรมตัวอย่างรายงานผลการลงทะเบียนครั้งที่ {number}/2567 มีผู้ลงทะเบียนแล้ว {count} ราย "
BODY = (
    "โดยผู้ลงทะเบียนส่วนใหญ่อยู่ในภาคกลางและภาคตะวันออกเฉียงเหนือ รองลงมาคือภาคเหนือและภาคใต้ตามลำดับ ซึ่งเป็นไปตามเป้าหมายที่วางไว้ "
    "สำหรับผู้ที่ยังไม่ได้ลงทะเบียน สามารถดำเนินการได้ที่สำนักงานทุกแห่งทั่วประเทศ หรือผ่านทางเว็บไซต์ของหน่วยงานตลอดเวลา "
    "ทั้งนี้ ขอให้ตรวจสอบเอกสารหลักฐานให้ครบถ้วนก่อนยื่นคำขอ เพื่อความรวดเร็วในการให้บริการแก่ประชาชนทุกท่าน"
)
MORE = (
    "\nนอกจากนี้ ยังมีเจ้าหน้าที่คอยให้คำแนะนำ ณ จุดบริการเคลื่อนที่ในชุมชนที่ห่างไกล พร้อมรถรับส่งผู้สูงอายุและผู้พิการโดยไม่คิดค่าใช้จ่าย "
    "และจัดอาสาสมัครช่วยกรอกแบบฟอร์มสำหรับผู้ที่อ่านหนังสือไม่สะดวก รวมทั้งเตรียมน้ำดื่มและที่นั่งพักไว้รองรับอย่างเพียงพอ"
)
OTHER = "ชาวประมงจังหวัดตรังปล่อยพันธุ์ปูม้ากลับสู่ทะเลจำนวน 12,000 ตัว หลังฤดูวางไข่สิ้นสุดลงเมื่อสัปดาห์ก่อน"


def row(name: str, day: int = 13, number: int = 8, count: str = "46,067", extra: str = "") -> dict[str, str]:
    text = LEAD.format(day=day, number=number, count=count) + BODY + extra
    return {"id": name, "text": text, "date": f"2024-12-{day:02d}"}


class Jobs:
    """Runs one job after the other in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.index = folder / "feed.db"

    def run(self, name: str, *rows: dict[str, str], **options: Any) -> Report:
        feed = self.folder / f"{name}.jsonl"
        feed.write_bytes(b"\n".join(map(orjson.dumps, rows)))
        return obecsum.clean(feed, self.folder / name, summaries=False, index=self.index, **options)

    def rows(self, name: str, kind: str = "kept") -> dict[str, dict[str, Any]]:
        lines = (self.folder / name / f"{kind}.jsonl").read_bytes().splitlines()
        return {found["id"]: found for found in map(orjson.loads, lines)}


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    return Jobs(tmp_path)


def test_what_repeats_an_old_one_goes_and_says_which(jobs: Jobs) -> None:
    first = jobs.run("one", row("a"), {"id": "sea", "text": OTHER})
    assert first.index == {
        "path": str(jobs.index),
        "entries_before": 0,
        "repeats_of_indexed": 0,
        "linked_to_indexed": 0,
        "added": 2,
    }
    second = jobs.run(
        "two",
        row("copy", extra="\n#ลงทะเบียน"),
        row("copy-too"),
        row("next", 14, 9, "46,391"),
        row("longer", extra=MORE),
    )
    assert (second.kept, second.removed) == (2, 2)
    removed = jobs.rows("two", "removed")
    assert {name: (one["kept_id"], one["kept_in_index"]) for name, one in removed.items()} == dict.fromkeys(
        ("copy", "copy-too"), ("longer", False)
    ), "the new one that holds the old one holds its copies, too"
    assert removed["copy"]["text"] == row("copy", extra="\n#ลงทะเบียน")["text"]
    kept = jobs.rows("two")
    assert sorted(kept) == ["longer", "next"]
    assert kept["longer"]["previous_id"] == "a", "it holds the old one: kept and linked"
    assert any(change["after"].startswith("นอกจากนี้") for change in kept["longer"]["changes"])
    assert (kept["next"]["series"], kept["next"]["previous_id"]) == ("longer", "longer")
    changed = {(change["before"], change["after"]) for change in kept["next"]["changes"]}
    assert ("46,067 ราย", "46,391 ราย") in changed
    assert second.index is not None
    assert (second.index["entries_before"], second.index["added"], second.index["linked_to_indexed"]) == (2, 2, 1)
    assert check(jobs.index) == []


def test_the_change_is_told_where_a_copy_goes_for_an_old_one(jobs: Jobs) -> None:
    jobs.run("one", row("a"))
    jobs.run("two", row("copy", extra="\nครับ"))
    removed = jobs.rows("two", "removed")["copy"]
    assert (removed["kept_id"], removed["kept_in_index"], removed["relation"]) == ("a", True, "duplicate")
    assert [(change["kind"], change["before"]) for change in removed["changes"]] == [("removed", "ครับ")]
    page = Page(jobs.folder / "two" / "report.html")
    [card] = page.part("removed-0")
    assert card["o"]["t"].startswith("วันนี้ (13 ธ.ค. 67) เวลา 09.30 น."), "the page says what the old one is called"
    texts = page.part("text-0")[card["x"][1]]["p"]
    assert "ครับ" in [piece[0].strip() for piece in texts if piece[1] != 0], "and has its text"


def test_a_series_goes_on_over_jobs(jobs: Jobs) -> None:
    for number, name in enumerate(("one", "two", "three")):
        jobs.run(name, row(name, 13 + number, 8 + number, f"46,{100 + number}"))
    for name, before in (("two", "one"), ("three", "two")):
        kept = jobs.rows(name)[name]
        assert (kept["series"], kept["previous_id"]) == ("one", before)


def test_an_old_one_never_goes(jobs: Jobs) -> None:
    jobs.run("one", row("a"))
    again = jobs.run("two", row("a"), row("longer", extra=MORE))
    assert (again.kept, again.removed) == (2, 0), "in the feed once more it is itself, and it stays"
    assert jobs.rows("two")["longer"]["previous_id"] == "a"
    with Index(jobs.index) as index:
        assert len(index) == 2


def test_only_what_is_new(jobs: Jobs) -> None:
    jobs.run("one", row("a"), row("copy"))
    grown = [row("a"), row("copy"), row("next", 14, 9, "46,391"), row("next-copy", 14, 9, "46,391")]
    second = jobs.run("two", *grown, new_only=True)
    assert dict(second.skipped) == {"in_index": 2}, "what was removed before is known, too"
    assert (second.input, second.kept, second.removed) == (2, 1, 1)
    assert jobs.run("two", *grown, new_only=True, overwrite=True).kept == 1, "what it added itself is new to it"
    third = jobs.run("three", *grown, {"id": "a", "text": OTHER}, new_only=True)
    assert (third.kept, dict(third.skipped)) == (1, {"in_index": 4}), "another text under an id is new"
    kept = jobs.rows("three")
    assert list(kept) == ["a#2"]
    assert kept["a#2"]["previous_id"] == "a"


def test_a_dry_run_says_what_would_go_and_writes_nothing(jobs: Jobs, tmp_path: Path) -> None:
    jobs.run("one", row("a"))
    feed = tmp_path / "new.jsonl"
    feed.write_bytes(b"\n".join(map(orjson.dumps, [row("copy"), {"id": "sea", "text": OTHER}, {"id": "none"}])))
    before = sorted(tmp_path.iterdir()), jobs.index.read_bytes()
    report = obecsum.clean(feed, None, summaries=False, index=jobs.index, dry_run=True)
    assert (sorted(tmp_path.iterdir()), jobs.index.read_bytes()) == before
    assert (report.input, report.kept, report.removed, report.quarantined) == (3, 1, 1, 1)
    assert [(one["id"], one["kept_id"], one["relation"]) for one in report.removals] == [("copy", "a", "duplicate")]
    assert report.dry_run
    unseen = obecsum.clean(feed, None, summaries=False, index=tmp_path / "none.db", dry_run=True)
    assert unseen.removed == 0
    assert not (tmp_path / "none.db").exists()


def test_what_a_feed_repeats_is_known_to_the_next(jobs: Jobs) -> None:
    footer = "\nกลุ่มสารนิเทศ สำนักอำนวยการ"
    works = ["สะพาน", "ถนน", "ท่าเรือ", "คลอง", "ฝาย", "ตลาด", "สวน", "หอพัก"]
    lines = [
        {"id": str(n), "text": f"เปิดใช้{work}แห่งใหม่ในอำเภอที่ {n} พร้อมงานวัดและการแสดงของ{work}พื้นบ้าน{footer}"}
        for n, work in enumerate(works)
    ]
    jobs.run("one", *lines)
    assert all("กลุ่มสารนิเทศ" not in one["text"] for one in jobs.rows("one").values())
    jobs.run("two", {"id": "new", "text": f"{OTHER}{footer}"})
    [kept] = jobs.rows("two").values()
    assert kept["text"] == OTHER
    assert kept["cut"][0]["kind"] == "boilerplate"
