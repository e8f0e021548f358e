"""Texts that are made wrong on purpose are wrong in the way that they are said to be."""

from __future__ import annotations

import random

from benchmarks.summaries.check import is_whole
from benchmarks.summaries.corruptions import CORRUPTIONS, compressed, corrupted

TEXT = (
    "นายสมชาย ใจดี อธิบดีกรมประมง ลงพื้นที่จังหวัดตาก เมื่อวันที่ 5 มีนาคม 2567 พร้อมด้วยนางวิไล มีสุข อธิบดีกรมปศุสัตว์ เปิดงาน “ปลาไทยก้าวไกลสู่สากล” "
    "มีผู้ร่วมงาน 1,250 คน เพื่อส่งเสริมอาชีพ (ระยะแรก)"
)
SOURCE = (
    TEXT
    + "\nนายประเสริฐ มั่นคง เลขาธิการสภาเกษตรกร กล่าวที่จังหวัดลำปางว่า จะสนับสนุน 300 ครัวเรือน\nนายประเสริฐ มั่นคง ตรวจเยี่ยมฟาร์มโคนมในพื้นที่"
)


def made(name: str) -> set[str]:
    texts = {dict(corrupted(TEXT, SOURCE, random.Random(seed))).get(name) for seed in range(20)}
    return {text for text in texts if text is not None}


def test_each_kind_changes_the_text() -> None:
    for name in CORRUPTIONS:
        assert made(name), name
        assert TEXT not in made(name), name


def test_what_is_changed_is_what_the_kind_says() -> None:
    assert all("1,250" not in text for text in made("number"))
    assert all("1,250 คน" not in text and "1,250" in text for text in made("unit"))
    assert all("รอง" in text for text in made("deputy"))
    assert all("ไม่" in text for text in made("negation"))
    assert all("จังหวัดตาก" not in text for text in made("place"))
    assert all("“ปลาไทยก้าวไกลสู่สากล”" not in text for text in made("quote"))
    assert any("มั่นคง" in text for text in made("surname"))


def test_a_shorter_text_is_made_of_the_longer_one() -> None:
    for seed in range(5):
        shorter = compressed(TEXT, random.Random(seed))
        assert shorter is not None
        assert set(shorter.split()) <= set(TEXT.split())
        assert "ระยะแรก" not in shorter


def test_what_breaks_off_is_no_true_text() -> None:
    assert is_whole(TEXT)
    assert not any(map(is_whole, ("นายสมชาย เปิดเผยว่า", "เปิดงาน “ปลา", "(ระยะ", "#ปลาไทย")))
