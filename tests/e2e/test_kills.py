"""Killed with SIGKILL at any point, a job goes on when the same is asked again: nothing lost, nothing twice, and the
output of an uninterrupted run, byte for byte."""

from __future__ import annotations

import gzip
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from obecsum.jobs.state.folder import WORK_NAME
from tests.e2e.jobs import Server, outcome

SENTENCES = [
    "โรงเรียนบ้านทุ่งทองเปิดห้องสมุดหลังใหม่ให้นักเรียนยืมหนังสือได้คนละ {n} เล่ม",
    "เทศบาลขุดลอกคลองระยะทาง {n} กิโลเมตรก่อนเข้าสู่ฤดูฝน",
    "ชาวสวนยางพาราในอำเภอได้รับกล้าพันธุ์ดีครอบครัวละ {n} ต้น",
    "สหกรณ์การเกษตรรับซื้อข้าวเปลือกตันละ {n} บาทตั้งแต่วันจันทร์",
    "โรงพยาบาลชุมชนตรวจสายตาผู้สูงอายุโดยไม่คิดค่าใช้จ่าย {n} ราย",
    "ชมรมดนตรีไทยซ้อมวงปี่พาทย์ทุกเย็นเพื่อแสดงในงานประจำปีครั้งที่ {n}",
    "ตำรวจทางหลวงตั้งจุดพักรถ {n} แห่งตลอดเส้นทางขึ้นเหนือ",
    "กลุ่มแม่บ้านทอผ้าไหมลายโบราณส่งขายได้เดือนละ {n} ผืน",
    "นักวิจัยพบปลาน้ำจืดชนิดใหม่ในถ้ำลึก {n} เมตร",
    "สถานีรถไฟปรับตารางเดินรถขบวนที่ {n} ให้ถึงเช้าขึ้น",
    "การไฟฟ้าดับกระแสไฟเพื่อย้ายเสาไฟฟ้า {n} ต้นริมถนนใหญ่",
    "อาสาสมัครปลูกป่าชายเลนแล้วเสร็จ {n} ไร่ในสัปดาห์เดียว",
    "ประมงจังหวัดปล่อยลูกกุ้งก้ามกราม {n} ตัวลงสู่แม่น้ำ",
    "วัดเก่าแก่กลางเมืองบูรณะจิตรกรรมฝาผนังด้วยเงินบริจาค {n} ล้านบาท",
    "ทีมวอลเลย์บอลหญิงชนะการแข่งขันนัดที่ {n} ของฤดูกาล",
    "หอสมุดแห่งชาติจัดแสดงสมุดไทยดำอายุ {n} ปี",
    "ศูนย์ฝึกอาชีพสอนซ่อมรถจักรยานยนต์รุ่นละ {n} คน",
    "ท่าเรือประกาศเดินเรือเฟอร์รีเพิ่มวันละ {n} เที่ยวช่วงวันหยุดยาว",
    "ด่านชายแดนตรวจพบสินค้าหนีภาษี {n} ลังซุกซ่อนในรถตู้",
    "สวนสัตว์ต้อนรับลูกช้างแรกเกิดน้ำหนัก {n} กิโลกรัม",
    "ตลาดน้ำยามเย็นมีเรือขายขนมหวาน {n} ลำ",
    "นายอำเภอมอบบ้านหลังใหม่แก่ครอบครัวที่ประสบไฟไหม้ {n} หลัง",
    "มหาวิทยาลัยเปิดรับสมัครนักศึกษาสาขาดาราศาสตร์ {n} ที่นั่ง",
    "ชลประทานลดการระบายน้ำท้ายเขื่อนเหลือ {n} ลูกบาศก์เมตรต่อวินาที",
    "ไปรษณีย์ออกแสตมป์ชุดดอกไม้ป่าจำนวน {n} ดวง",
    "ช่างแกะสลักเทียนพรรษาใช้เวลา {n} วันทำต้นเทียนสูงสามเมตร",
    "หมอดินอาสาแจกปุ๋ยหมักชีวภาพ {n} กระสอบให้ชาวนาที่ลดการเผาตอซัง",
    "อุทยานแห่งชาติปิดเส้นทางเดินป่าช่วงที่ {n} เพื่อให้สัตว์ป่าพักฟื้น",
    "ครูใหญ่นำเด็กอนุบาล {n} คนออกเก็บขยะบนชายหาด",
    "ร้านกาแฟกลางหุบเขาคั่วเมล็ดกาแฟได้วันละ {n} กิโลกรัม",
]


def texts(seed: int, count: int) -> Iterator[str]:
    """Releases that have little in common."""
    generator = random.Random(seed)
    for _ in range(count):
        chosen = generator.sample(SENTENCES, 4)
        yield "\n".join([*(one.format(n=generator.randint(2, 9999)) for one in chosen), "ไม่มีความคิดเห็น:"])


def lines(seed: int, count: int, prefix: str) -> Iterator[bytes]:
    """A feed: releases, copies, one id twice, and lines that are none."""
    made = list(texts(seed, count))
    for number, text in enumerate(made):
        yield orjson.dumps({"id": f"{prefix}{number}", "text": text, "date": f"2024-06-{number % 28 + 1:02d}", "n": 10})
        if number % 7 == 0:
            yield orjson.dumps({"id": f"{prefix}{number}-copy", "text": text.replace(" ", "\u00a0")})
        if number % 11 == 0:
            yield orjson.dumps({"id": f"{prefix}{number}", "text": text + "\nแก้ไข: กำหนดการเลื่อนไปหนึ่งสัปดาห์"})
        if number % 13 == 0:
            yield b"{broken " + str(number).encode()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


class Case:
    """Two feeds, an index that knows a third, and what an uninterrupted run gives."""

    def __init__(self, server: Server, folder: Path, *, count: int) -> None:
        self.folder = folder
        old = folder / "old.jsonl"
        old.write_bytes(b"\n".join(lines(1, count // 2, "old")))
        self.feeds = [str(folder / "new.jsonl"), str(folder / "more.jsonl.gz")]
        shared = [line.replace(b'"old', b'"again') for line in lines(1, count // 6, "old")]
        (folder / "new.jsonl").write_bytes(b"\n".join([*lines(2, count, "new"), *shared]))
        (folder / "more.jsonl.gz").write_bytes(gzip.compress(b"\n".join(lines(3, count // 2, "more"))))
        self.old_index = folder / "old.db"
        options: dict[str, Any] = {"summaries": False, "batch_size": 1}
        assert server.run(old, folder / "old-out", index=str(self.old_index), **options)[0] == 0
        self.options = options
        code, self.seconds = self.run(server, "whole")
        assert code == 0
        self.expected = self.outcome("whole")
        assert self.expected["report"]["index"]["repeats_of_indexed"] > 0
        assert self.expected["report"]["kept"] > 16 < self.expected["report"]["removed"]

    def run(self, server: Server, name: str, **how: Any) -> tuple[int, float]:
        """Run the job in a folder of that name, with an index of its own, always at the same path."""
        index = self.folder / "feed.db"
        own = self.folder / f"{name}.db"
        if not own.exists():
            shutil.copy(self.old_index, own)
        for path in self.folder.glob("feed.db*"):
            path.unlink()
        for path in self.folder.glob(f"{name}.db*"):
            shutil.copy(path, self.folder / path.name.replace(name, "feed", 1))
        result = server.run(self.feeds, self.folder / name, index=str(index), **self.options, **how)
        for path in self.folder.glob(f"{name}.db*"):
            path.unlink()
        for path in self.folder.glob("feed.db*"):
            shutil.copy(path, self.folder / path.name.replace("feed", name, 1))
        return result

    def outcome(self, name: str) -> dict[str, Any]:
        return outcome(self.folder / name, self.folder / f"{name}.db")


@pytest.fixture(scope="module")
def case(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return Case(server, tmp_path_factory.mktemp("kills"), count=70)


POINTS = [
    ("reading", 1),
    ("cutting", 2),
    ("matching", 1),
    ("comparing", 2),
    ("writing", 60),
    ("indexing", 1),
    ("naming", 3),
    ("naming", 7),
]


@pytest.mark.parametrize(("point", "count"), POINTS)
def test_a_killed_job_goes_on(server: Server, case: Case, point: str, count: int) -> None:
    name = f"{point}-{count}"
    assert case.run(server, name, point=point, count=count)[0] == -9
    assert (case.folder / name / WORK_NAME).is_dir()
    assert case.run(server, name)[0] == 0
    assert case.outcome(name) == case.expected


def test_a_job_that_is_killed_again_and_again(server: Server, case: Case) -> None:
    for point, count in [*POINTS[:-1], ("naming", 2)]:
        assert case.run(server, "again", point=point, count=count)[0] == -9, point
    assert case.run(server, "again")[0] == 0
    assert case.outcome("again") == case.expected


def test_a_finished_job_is_not_done_again(server: Server, case: Case) -> None:
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in (case.folder / "whole").iterdir()}
    assert case.run(server, "whole")[0] == 0
    assert {
        path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in (case.folder / "whole").iterdir()
    } == before
    # Done again on request, it gives the same: what it added to the index is itself, never an old copy.
    assert case.run(server, "whole", overwrite=True)[0] == 0
    again = case.outcome("whole")
    for name in ("kept.jsonl", "removed.jsonl", "quarantine.jsonl", "index"):
        assert again[name] == case.expected[name]


def test_summaries_go_on(server: Server, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    short = [sentence.format(n=number + 2) for number, sentence in enumerate(SENTENCES[:20])]
    feed.write_bytes(b"\n".join(orjson.dumps({"id": str(n), "text": text}) for n, text in enumerate(short)))
    options: dict[str, Any] = {"batch_size": 1, "kind": "headline"}
    assert server.run(feed, tmp_path / "whole", **options)[0] == 0
    expected = outcome(tmp_path / "whole")
    assert expected["report"]["kept"] == expected["report"]["summaries"]["releases"] == 20
    assert server.run(feed, tmp_path / "out", point="summarizing", count=2, **options)[0] == -9
    partial = tmp_path / "out" / WORK_NAME / "kept.jsonl"
    assert partial.read_bytes().count(b"\n") == 8, "the first step, by which the time for all is told"
    assert server.run(feed, tmp_path / "out", **options)[0] == 0
    assert outcome(tmp_path / "out") == expected


@pytest.mark.slow
def test_fifty_kills_at_random(server: Server, tmp_path: Path) -> None:
    case = Case(server, tmp_path, count=300)
    generator = random.Random(20261121)
    killed = 0
    number = 0
    while killed < 50:
        number += 1
        name = f"random-{number}"
        for _ in range(generator.choice([1, 1, 2])):
            killed += case.run(server, name, after_s=generator.uniform(0, case.seconds))[0] == -9
        assert case.run(server, name)[0] == 0
        assert case.outcome(name) == case.expected, name
        shutil.rmtree(tmp_path / name)
        assert number < 200, "the job ends before it can be killed"


@pytest.mark.slow
def test_ten_kills_at_random_while_it_summarizes(server: Server, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(
        b"\n".join(
            orjson.dumps({"id": str(n), "text": text.removesuffix("\nไม่มีความคิดเห็น:")})
            for n, text in enumerate(texts(4, 70))
        )
    )
    options: dict[str, Any] = {"batch_size": 1, "kind": "headline"}
    code, seconds = server.run(feed, tmp_path / "whole", **options)
    assert code == 0
    expected = outcome(tmp_path / "whole")
    assert expected["report"]["summaries"]["releases"] > 48, "several steps"
    generator = random.Random(20261122)
    killed = continued = number = 0
    while killed < 10:
        number += 1
        out = tmp_path / f"random-{number}"
        if server.run(feed, out, after_s=generator.uniform(0.3 * seconds, seconds), **options)[0] == -9:
            killed += 1
            partial = out / WORK_NAME / "kept.jsonl"
            continued += partial.exists() and partial.stat().st_size > 0
        assert server.run(feed, out, **options)[0] == 0
        assert outcome(out) == expected, number
        assert number < 60, "the job ends before it can be killed"
    assert continued > 2, "none was killed while it wrote summaries"
