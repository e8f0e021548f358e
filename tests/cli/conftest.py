"""Running the command as a user would, and a small feed of releases written for the tests: copies, an update, broken lines."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from obecsum.cli.app import main


@dataclass(frozen=True)
class Outcome:
    """What the command gave back."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]

FAIR = (
    "วันที่ 4 มิถุนายน 2567 นางสาวมาลี รุ่งเรือง ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา เป็นประธานเปิดงานมหกรรมวิชาการ "
    "ณ หอประชุมโรงเรียนบ้านทุ่งทอง โดยมีครูและนักเรียนเข้าร่วมงาน 350 คน จาก 24 โรงเรียน "
    "ภายในงานมีการแข่งขันตอบปัญหาวิทยาศาสตร์ การประกวดอ่านทำนองเสนาะ และนิทรรศการผลงานของนักเรียนทุกระดับชั้น\n"
    "ผู้อำนวยการกล่าวว่า งานนี้จัดขึ้นเพื่อเปิดพื้นที่ให้เด็กได้แสดงความสามารถ และให้ครูได้แลกเปลี่ยนวิธีสอนที่ใช้ได้ผลจริงในห้องเรียน "
    "ทั้งยังขอบคุณผู้ปกครองและชุมชนที่ช่วยกันจัดหาอาหารและอุปกรณ์ตลอดทั้งวัน"
)
UPDATE = FAIR.replace("วันที่ 4 มิถุนายน 2567", "วันที่ 11 มิถุนายน 2567").replace("บ้านทุ่งทอง", "บ้านหนองแวง").replace("350", "420")
LONGER = FAIR + (
    "\nนายประสิทธิ์ แก้วมณี ประธานคณะกรรมการสถานศึกษา กล่าวเสริมว่า ปีหน้าจะขยายเวลาเป็นสองวันและเชิญวิทยากรจากมหาวิทยาลัยในจังหวัดมาให้ความรู้ "
    "พร้อมมอบทุนการศึกษาแก่นักเรียนที่ชนะการแข่งขัน รวมเป็นเงิน 60,000 บาท"
)
LIBRARY = (
    "โรงเรียนวัดดอนชัยเปิดห้องสมุดมีชีวิตให้นักเรียนและคนในชุมชนใช้ร่วมกันทุกวันเสาร์ ห้องสมุดมีหนังสือ 1,200 เล่ม "
    "ซึ่งได้รับบริจาคจากศิษย์เก่า และมีคอมพิวเตอร์ 12 เครื่องสำหรับค้นคว้า ครูบรรณารักษ์จะจัดกิจกรรมเล่านิทานเดือนละสองครั้ง"
)


def line(**fields: object) -> bytes:
    """A line of a feed."""
    return orjson.dumps(fields)


GOOD = [
    orjson.dumps({"id": "fair", "title": "เปิดงานมหกรรมวิชาการ", "text": FAIR, "date": "2024-06-04", "สำนัก": "สพป."}),
    line(id="fair-copy", title="เปิดงานมหกรรมวิชาการ", text=FAIR.replace(" ", "\u00a0"), date="2024-06-05"),
    line(id="fair-next", title="เปิดงานมหกรรมวิชาการ", text=UPDATE, date="2024-06-11"),
    line(id="fair-longer", title="เปิดงานมหกรรมวิชาการ", text=LONGER, date="2024-06-06"),
    line(id="library", text=LIBRARY),
    line(id="library", text=LIBRARY),
    line(id="library", text="โรงเรียนปิดภาคเรียนวันที่ 11 ตุลาคม 2567"),
    line(text="ก"),
    line(text="No Thai in this one at all."),
    line(id="nul", text="ข่าว\u0000สั้น\u0000จากโรงเรียน"),
]
BAD = [
    b"{not json",
    b"[1, 2]",
    line(title="ไม่มีเนื้อ"),
    line(text=" \n\u00a0\u200b"),
    b'{"text": "\xe0\xb8"}',
    b'{"text": "\\ud800"}',
]
FEED = b"\n".join([*GOOD[:5], *BAD, *GOOD[5:]]) + b"\n"


@pytest.fixture
def obecsum(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Call the command with arguments, and with bytes on standard input if ``stdin`` is given."""

    def run(*arguments: str | os.PathLike[str], stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["obecsum", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        captured = capfdbinary.readouterr()
        return Outcome(code, captured.out.decode(), captured.err.decode())

    return run


@pytest.fixture
def rows() -> Callable[[Path], list[dict[str, Any]]]:
    """Read a JSON Lines file."""

    def read(path: Path) -> list[dict[str, Any]]:
        return [orjson.loads(line) for line in path.read_bytes().splitlines()]

    return read


@pytest.fixture
def good() -> list[bytes]:
    """Lines of the feed that can be used."""
    return GOOD


@pytest.fixture
def bad() -> list[bytes]:
    """Lines that cannot."""
    return BAD


@pytest.fixture
def feed_bytes() -> bytes:
    """The feed: five good lines, the bad ones, the other good ones."""
    return FEED


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """The feed as a file."""
    path = tmp_path / "feed.jsonl"
    path.write_bytes(FEED)
    return path


@pytest.fixture
def fair() -> str:
    """A release."""
    return FAIR


@pytest.fixture
def update() -> str:
    """The same event a week later at another school."""
    return UPDATE
