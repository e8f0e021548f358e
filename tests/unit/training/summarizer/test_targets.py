"""Targets that say what is not read, and headlines' own words."""

from __future__ import annotations

from typing import Any

import pytest

from obecsum.core.model_paths import model_path
from obecsum.training.corpus import pack
from obecsum.training.summarizer.targets import (
    Reading,
    ReadPart,
    leave_out,
    read_targets,
    teaches_inventing,
    wording,
)

BODY = (
    "นายมานะ ใจดี อธิบดีกรมชลประทาน เปิดเผยว่า กรมชลประทานจะก่อสร้างอ่างเก็บน้ำในจังหวัดน่าน วงเงิน 250 ล้านบาท "
    "เพื่อช่วยเหลือเกษตรกร 1,200 ครัวเรือน โดยสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐานร่วมดำเนินการ"
)


@pytest.fixture(scope="module")
def part() -> ReadPart:
    return ReadPart(BODY)


@pytest.mark.parametrize(
    ("target", "unsupported", "absent"),
    [
        ("กรมชลประทานสร้างอ่างเก็บน้ำที่น่าน ช่วยเกษตรกร 1,200 ครัวเรือน", (), ()),
        ("กรมชลประทานสร้างอ่างเก็บน้ำที่น่าน ช่วยเกษตรกร 1,300 ครัวเรือน", ("1,300 ครัวเรือน",), ()),
        ("กรมชลประทานสร้างโรงพยาบาลที่น่าน", (), ("โรงพยาบาล",)),
        ("สพฐ. ร่วมสร้างอ่างเก็บน้ำ", (), ()),
        ("กรมชลประทานเตรียมรับโควิด", (), ("เตรียม", "โควิด")),
    ],
)
def test_a_target_is_held_against_what_is_read(
    part: ReadPart, target: str, unsupported: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    reading = part.read(target)
    assert reading.unsupported == unsupported
    assert reading.absent == absent


def test_an_abbreviation_is_read_where_the_source_has_it_alone() -> None:
    part = ReadPart("โฆษก สธ. ลงพื้นที่จังหวัดตาก ตรวจเยี่ยมสถานศึกษา")
    assert part.read("กระทรวงสาธารณสุข ตรวจเยี่ยมสถานศึกษา").absent == ()
    assert part.read("กระทรวงคมนาคม ตรวจเยี่ยมสถานศึกษา").absent == ("กระทรวงคมนาคม",)


def test_headlines_own_words_are_told_from_inventions_by_how_often_releases_lack_them() -> None:
    mixed = [Reading((), ("ลุย",), ("หนุน",)) for _ in range(30)] + [Reading((), ("โควิด",), ()) for _ in range(60)]
    mixed += [Reading((), (), ("โควิด",)) for _ in range(5)] + [Reading((), (), ("หายาก",)) for _ in range(3)]
    known = wording(mixed)
    assert known == {"หนุน"}
    assert not teaches_inventing(Reading((), ("ลุย",), ("หนุน",)), known)
    assert teaches_inventing(Reading((), (), ("หนุน", "โควิด")), known)
    assert teaches_inventing(Reading((), (), ("หายาก",)), known)
    assert teaches_inventing(Reading(("250 บาท",), (), ()), known)
    assert teaches_inventing(Reading(("250 บาท",), (), ()), None)
    assert not teaches_inventing(Reading((), (), ("โควิด",)), None)


def test_what_lies_beyond_the_pieces_read_is_not_read(tokenizer: Any) -> None:
    row = {
        "id": "1",
        "title": "เปิดสะพานข้ามแม่น้ำโขง",
        "standfirst": None,
        "body": BODY + " " + BODY + " เปิดสะพานข้ามแม่น้ำโขงแห่งใหม่",
    }
    (near,), (whole,) = (list(read_targets([row], tokenizer, source_pieces=size)) for size in (20, 400))
    assert near[:2] == whole[:2] == ("1", "headline")
    assert "สะพาน" in " ".join(near[2].absent)
    assert whole[2].absent == ()


def test_a_target_is_left_out_and_the_others_stay(tokenizer: Any) -> None:
    rows = [
        {
            "id": str(i),
            "title": f"กรมชลประทานสร้างอ่างเก็บน้ำที่น่าน ระยะ{'ต้น' * i}",
            "standfirst": BODY[:120],
            "body": BODY + BODY,
        }
        for i in range(3)
    ]
    packed = pack(rows, tokenizer)
    less = leave_out(packed, {("1", "headline"), ("2", "summary")})
    assert np_lengths(packed.headline_bounds) != np_lengths(less.headline_bounds)
    assert [bool(n) for n in np_lengths(less.headline_bounds)] == [True, False, True]
    assert [bool(n) for n in np_lengths(less.summary_bounds)] == [True, True, False]
    last = packed.headlines[packed.headline_bounds[2] :]
    assert less.headlines[less.headline_bounds[2] :].tolist() == last.tolist()


def np_lengths(bounds: Any) -> list[int]:
    lengths: list[int] = (bounds[1:] - bounds[:-1]).tolist()
    return lengths


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(model_path("obecsum-th"))
