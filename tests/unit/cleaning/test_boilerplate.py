"""Boilerplate: what a feed repeats goes, what carries a fact stays, and the order of the feed does not matter."""

from __future__ import annotations

import json
import lzma
import os
import random
from pathlib import Path

import pytest

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.bylines import find_bylines
from obecsum.cleaning.clean_text import clean_release
from obecsum.core.errors import InputError
from obecsum.core.release import Release

TOPICS = [
    "ทุนการศึกษา",
    "โครงการอาหารกลางวัน",
    "ห้องสมุดชุมชน",
    "การสอบครูผู้ช่วย",
    "ค่ายวิทยาศาสตร์",
    "หลักสูตรสถานศึกษา",
    "สนามกีฬาโรงเรียน",
    "การอบรมผู้บริหาร",
]
VERBS = ["เปิดรับสมัคร", "ประกาศผล", "ขยายเวลา", "ติดตาม", "มอบรางวัล", "สรุปผล", "ลงพื้นที่เยี่ยม", "ประชุมเตรียม"]


def page(
    number: int,
    *,
    footer: str = "สอบถามเพิ่มเติม โทร. 0 2288 5555 เว็บไซต์ www.example.go.th",
    sign: str = "กลุ่มประชาสัมพันธ์ สำนักอำนวยการ",
) -> str:
    """A release as a site shows it: its name, a date, a button, the headline again, the text, a sign-off, an address."""
    topic, verb = TOPICS[number % 8], VERBS[number // 8 % 8]
    title = f"{verb}{topic} ครั้งที่ {number}"
    body = (
        f"วันที่ {number % 27 + 1} มีนาคม 2567 สำนักงานเขต {number * 7} {verb}{topic} มีผู้ร่วมงาน {number * 13 + 40} คน "
        + f"{topic}ปีนี้ใช้งบประมาณ {number * 3} ล้านบาท " * 3
    )
    day = f"{number % 27 + 1:02d}"
    return f"เว็บไซต์ตัวอย่าง-ข่าวประชาสัมพันธ์-{title}\n\nวันจันทร์ที่ {number % 27 + 1} กรกฎาคม 2567\n{day}/07/2567\nพิมพ์\n{title}\n{body}\n{sign}\n{footer}\n\nที่มา : https://www.example.go.th/{number}"


def left(boilerplate: Boilerplate, text: str, *, title: str | None = None) -> str:
    for start, end in reversed(boilerplate.find(text, title=title)):
        text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize("count", [5, 60, 300])
def test_a_site_teaches_its_furniture(count: int) -> None:
    pages = [page(number) for number in range(1, count + 1)]
    boilerplate = Boilerplate.learn(pages)
    assert boilerplate.has_page_dates
    assert max(boilerplate.prefixes, key=len) == "เว็บไซต์ตัวอย่าง-ข่าวประชาสัมพันธ์-"
    for number in (1, 3, count):
        lines = page(number).split("\n")
        title, body = lines[0].removeprefix("เว็บไซต์ตัวอย่าง-ข่าวประชาสัมพันธ์-"), lines[6]
        assert [line for line in left(boilerplate, page(number)).split("\n") if line] == [title, title, body]


# Said under many releases of a feed, and each of them news to whom it concerns.
NOTICES = [
    "ขอให้ประชาชนที่อาศัยริมแม่น้ำเตรียมอพยพขึ้นที่สูงทันที",
    "ขอให้ผู้ที่อยู่ริมตลิ่งอพยพ หากต้องการความช่วยเหลือ โทรสายด่วน 1784",
    "ประชาชนริมน้ำเตรียมย้ายขึ้นที่สูง สอบถาม สายด่วน 1784 ตลอด 24 ชั่วโมง",
    "ห้ามดื่มน้ำประปาในเขตเทศบาล สอบถามโทร. 1662",
    "ระวังมิจฉาชีพแอบอ้างเป็นเจ้าหน้าที่ แจ้งสายด่วน 1441",
    "ติดตามสถานการณ์น้ำได้ที่เพจ กรมชลประทาน และเตรียมยกของขึ้นที่สูง",
    "โรงเรียนในพื้นที่ประสบภัยให้เรียนออนไลน์",
    "สายด่วน 1784 งดให้บริการชั่วคราว",
    "ถนนขาด โทร. 1586",
    "ผู้ป่วยโทร 1669 ทันที",
    "ข่าวนี้ยกเลิกแล้ว ดูฉบับแก้ไขที่ www.example.go.th",
    "กรมประชาสัมพันธ์ขอแก้ข่าว",
    "กองประชาสัมพันธ์ขอเชิญร่วมติดตามรับฟัง",
    "#อพยพด่วน #น้ำท่วม",
    "Facebook: Schools closed until further notice",
    "Evacuate now, call center 1784",
    "เชียงใหม่ เชียงราย ลำปาง พะเยา",
    "จังหวัดน่าน จังหวัดแพร่",
]
FURNITURE = [
    "สอบถามเพิ่มเติม โทร. 0 2288 5555 เว็บไซต์ www.example.go.th",
    "กลุ่มประชาสัมพันธ์ สำนักงานปลัดกระทรวงศึกษาธิการ",
    "สำนักโฆษก สำนักเลขาธิการนายกรัฐมนตรี ทำเนียบรัฐบาล ถนนนครปฐม เขตดุสิต กรุงเทพฯ 10300",
    "ติดตามข้อมูลข่าวสารได้ที่ เพจ กรมชลประทาน",
    "สายด่วน 1111 ตลอด 24 ชั่วโมง",
    "โทร.0 2282 0411 ต่อ 12 โทรสาร 0-2282-1111",
    "Facebook: ThaiPR Line ID: @thaipr",
    "หน้าแรก > ข่าว > ข่าวประชาสัมพันธ์",
    "ดาวน์โหลดเอกสารแนบ",
    "#กรมชลประทาน #ข่าวดี",
    "สำนักงานประชาสัมพันธ์จังหวัดลำปาง โทร. 0 5422 0000",
]


@pytest.mark.parametrize("line", NOTICES)
def test_a_notice_stays_however_many_releases_have_it(line: str) -> None:
    pages = [page(number, **({"sign": line} if number % 8 == 0 else {})) for number in range(1, 401)]
    boilerplate = Boilerplate.learn(pages)
    assert sum(line in left(boilerplate, text) for text in pages) == 50


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_of_some_releases_goes(line: str) -> None:
    pages = [page(number, **({"sign": line} if number % 8 == 0 else {})) for number in range(1, 401)]
    boilerplate = Boilerplate.learn(pages)
    footer = page(1).split("\n")[-3]
    assert sum(line in left(boilerplate, text).replace(footer, "") for text in pages) == 0


def test_what_is_only_frequent_makes_no_two_releases_alike() -> None:
    pages = [page(number, sign="\n".join(NOTICES[:3])) for number in range(1, 61)]
    boilerplate = Boilerplate.learn(pages)
    for number in (7, 48):
        cleaned = clean_release(Release("a", pages[number]), boilerplate)
        assert cleaned.text.endswith("\n".join(NOTICES[:3]))
        assert cleaned.distinct.rstrip() == cleaned.text.removesuffix("\n".join(NOTICES[:3])).rstrip()


def test_a_warning_before_the_headline_is_no_name_of_a_site() -> None:
    pages = [page(number).replace("เว็บไซต์ตัวอย่าง-ข่าวประชาสัมพันธ์-", "เตือนภัยน้ำท่วม-") for number in range(1, 61)]
    boilerplate = Boilerplate.learn(pages)
    assert all(left(boilerplate, text).startswith("เตือนภัยน้ำท่วม-") for text in pages)


def test_the_order_of_the_feed_does_not_matter() -> None:
    pages = [page(number) for number in range(1, 121)]
    expected = Boilerplate.learn(pages).to_json()
    for seed in range(3):
        random.Random(seed).shuffle(pages)
        assert Boilerplate.learn(iter(pages)).to_json() == expected


def test_one_release_published_ten_times_teaches_nothing() -> None:
    boilerplate = Boilerplate.learn([page(4)] * 10)
    assert not boilerplate.lines
    assert not boilerplate.prefixes


def test_a_line_with_a_figure_a_date_or_a_person_is_never_learned() -> None:
    facts = [
        "งบประมาณรวม 500 ล้านบาท",
        "ลงทะเบียนได้ที่ www.example.go.th ภายในวันที่ 30 กันยายน",
        "นายสมชาย ใจดี เป็นประธานเปิดงาน",
        "สอบถามโทร. 1579 ค่าสมัคร 200 บาท",
    ]
    for fact in facts:
        pages = [page(number, sign=fact) for number in range(1, 61)]
        boilerplate = Boilerplate.learn(pages)
        assert all(fact in left(boilerplate, text) for text in pages)


def test_a_telephone_number_that_differs_stays() -> None:
    pages = [page(number, footer=f"สอบถามเพิ่มเติม โทร. 0 2288 {5000 + number}") for number in range(1, 61)]
    boilerplate = Boilerplate.learn(pages)
    assert all(f"0 2288 {5000 + number}" in left(boilerplate, text) for number, text in enumerate(pages, start=1))


def test_the_headline_of_a_series_stays() -> None:
    def report(number: int) -> str:
        return f"รายงานสถานการณ์ประจำวัน\nรายงานสถานการณ์ประจำวัน\n{page(number).splitlines()[6]}"

    boilerplate = Boilerplate.learn([report(number) for number in range(1, 61)])
    assert left(boilerplate, report(5)) == report(5)
    assert (
        left(boilerplate, "หัวข้ออื่น\nรายงานสถานการณ์ประจำวัน\nเนื้อหา", title="รายงานสถานการณ์ประจำวัน").count("รายงานสถานการณ์")
        == 1
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ข่าวดี\nเนื้อหา\nแสดงความคิดเห็น", "ข่าวดี\nเนื้อหา"),
        ("ข่าวดี\nเนื้อหา\n\nไม่มีความคิดเห็น:\nแสดงความคิดเห็น\n", "ข่าวดี\nเนื้อหา\n\n\n"),
        ("เนื้อหา” เลขาธิการกล่าว ดูภาพทั้งหมด\nข่าว อัจฉรา", "เนื้อหา” เลขาธิการกล่าว\nข่าว อัจฉรา"),
        ("เนื้อหา อ่านเพิ่มเติม คลิก https://example.go.th/1", "เนื้อหา"),
        ("เนื้อหา\n.....\nต่อ", "เนื้อหา\nต่อ"),
        ("รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-นายกฯ เปิดงาน\nเนื้อหา", "นายกฯ เปิดงาน\nเนื้อหา"),
        ("เนื้อหา\nที่มา : https://example.go.th/1", "เนื้อหา"),
        ("เนื้อหา\nที่มา : กรมอุตุนิยมวิทยา", "เนื้อหา\nที่มา : กรมอุตุนิยมวิทยา"),
        ("คนอ่านน้อยลง\nแสดงความคิดเห็นได้ถึงวันที่ 5", "คนอ่านน้อยลง\nแสดงความคิดเห็นได้ถึงวันที่ 5"),
        ("หัวข้อ\nวันจันทร์ที่ 1 กรกฎาคม 2567\nเนื้อหา", "หัวข้อ\nวันจันทร์ที่ 1 กรกฎาคม 2567\nเนื้อหา"),
        ("ตาราง\n-\n-\nรวม", "ตาราง\n-\n-\nรวม"),
        ("พิมพ์", "พิมพ์"),
        ("", ""),
    ],
)
def test_the_fixed_table(text: str, expected: str) -> None:
    assert left(Boilerplate.fixed(), text) == expected


def test_what_was_learned_can_be_stored() -> None:
    learned = Boilerplate.learn(page(number) for number in range(1, 61))
    assert Boilerplate.from_json(learned.to_json()) == learned
    assert json.loads(learned.to_json())["version"] == 1


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"version": 99}', '{"version": 1, "documents": 1}'])
def test_another_record_is_refused(record: str) -> None:
    with pytest.raises(InputError, match="boilerplate"):
        Boilerplate.from_json(record)


def test_a_feed_needs_two_releases_to_repeat_anything() -> None:
    with pytest.raises(ValueError, match="min_documents must be at least 2, got 1"):
        Boilerplate.learn([], min_documents=1)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ข่าว อัจฉราปชส.สพฐ.", ("writer", "อัจฉราปชส.สพฐ.")),
        ("ขอบคุณภาพ : กองทุนเพื่อความเสมอภาคทางการศึกษา (กสศ.)", ("photo", "กองทุนเพื่อความเสมอภาคทางการศึกษา (กสศ.)")),
        ("ข่าว/ภาพ : กลุ่มประชาสัมพันธ์", ("writer", "กลุ่มประชาสัมพันธ์")),
        ("(ที่มา: กรมอุตุนิยมวิทยา)", ("source", "กรมอุตุนิยมวิทยา")),
        ("ข่าว ปลอม", None),
        ("ข่าวนี้เป็นข่าวดีของโรงเรียน", None),
        ("ภาพรวมเศรษฐกิจไทยดีขึ้น", None),
    ],
)
def test_bylines(line: str, expected: tuple[str, str] | None) -> None:
    text = f"หัวข้อ\nเนื้อหา\n\n{line}"
    found = find_bylines(text)
    assert [(byline.kind, byline.name) for byline in found] == ([expected] if expected else [])
    assert all(text[slice(*byline.span)] == line for byline in found)


@pytest.mark.skipif("OBECSUM_DATA" not in os.environ, reason="OBECSUM_DATA does not name the data folder")
def test_a_real_feed_as_it_was_scraped() -> None:
    with lzma.open(
        Path(os.environ["OBECSUM_DATA"]) / "thaigov" / "raw-feed-2024h2.jsonl.xz", "rt", encoding="utf-8"
    ) as lines:
        texts = [json.loads(line)["text"] for number, line in enumerate(lines) if number % 20 == 0]
    boilerplate = Boilerplate.learn(texts)
    assert boilerplate.has_page_dates
    for text in texts:
        rest = left(boilerplate, text)
        first = rest.split("\n", 1)[0]
        assert not first.startswith("รัฐบาลไทย-")
        assert "\nพิมพ์\n" not in rest
        assert "ที่มา : https://" not in rest
        assert len(rest) > 0.4 * len(text)
        cut = sum(end - start for start, end in boilerplate.find(text))
        assert cut <= 1_500
