"""Web pages, and folders in which they lie beside text files."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import pytest

import obecsum
from obecsum.core.errors import InputError
from obecsum.feeds.formats.page_data import date_of
from obecsum.feeds.records.record import Quarantined

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> obecsum.Release:
    [release] = obecsum.read(PAGES / name)
    return release


def test_a_ministry_page_without_its_menus_and_footer() -> None:
    release = page("ministry.html")
    assert release.id == "ministry"
    assert release.title == "กรมตัวอย่างเปิดศูนย์ช่วยเหลือผู้ประสบภัยน้ำท่วม 12 จังหวัดภาคเหนือ"
    assert release.published == "2024-09-14T08:30+07:00"
    assert release.url == "https://www.example.go.th/news/2567/09/14/1024"
    assert release.extra["sitename"] == "กรมตัวอย่าง กระทรวงตัวอย่าง"
    lines = release.text.split("\n")
    assert lines[0] == release.title
    assert lines[1].startswith("วันที่ 14 กันยายน 2567 นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เปิดเผยว่า")
    assert "๓,๔๕๐ ครัวเรือน" in lines[2]
    assert "เวลา 09.00\u00a0น. และ 16.00\u00a0น." in lines[2] or "เวลา 09.00 น. และ 16.00 น." in lines[2]
    assert lines[3:6] == ["ช่องทางขอความช่วยเหลือ", "- สายด่วน 1784 ตลอด 24 ชั่วโมง", "- ศาลากลางจังหวัดทุกแห่งในพื้นที่ประสบภัย"]
    assert lines[6:9] == ["จังหวัด\tครัวเรือน", "เชียงราย\t1,980", "น่าน\t1,470"]
    assert lines[9].startswith("อธิบดีกรมตัวอย่างกล่าวย้ำว่า")
    assert len(lines) == 10
    for furniture in ("จัดซื้อจัดจ้าง", "แชร์", "ข่าวที่เกี่ยวข้อง", "สงวนลิขสิทธิ์", "ผู้เข้าชมเว็บไซต์", "dataLayer", "หน้าแรก"):
        assert furniture not in release.text


def test_an_old_page_laid_out_in_a_table_keeps_its_paragraphs() -> None:
    release = page("old_table.html")
    lines = release.text.split("\n")
    assert lines[0] == "โครงการอบรมครูสอนคณิตศาสตร์ ประจำปี 2548"
    assert lines[1].startswith("สำนักงานตัวอย่างร่วมกับมหาวิทยาลัยในพื้นที่")
    assert lines[2].startswith("นางสาวสมหญิง รักเรียน")
    assert "กระดานข่าว" not in release.text


def test_a_paragraph_that_is_there_twice_stays_twice(tmp_path: Path) -> None:
    """trafilatura's own filter for repeated text is off: what is a repeat is for obecsum to say."""
    paragraph = (
        "สำนักงานตัวอย่างเชิญชวนประชาชนร่วมกิจกรรมปลูกป่าเฉลิมพระเกียรติ ณ อำเภอตัวอย่าง จังหวัดน่าน ในวันเสาร์นี้ เวลา 08.30 น. เป็นต้นไป"
    )
    other = "ผู้สนใจสมัครได้ที่สำนักงานเขตพื้นที่ทุกแห่ง โดยไม่เสียค่าใช้จ่าย ตั้งแต่บัดนี้จนถึงวันที่ 30 มิถุนายน 2567 ในวันและเวลาราชการ"
    (tmp_path / "p.html").write_text(
        f"<html><body><article><p>{paragraph}</p><p>{other}</p><p>{paragraph}</p><p>{other}</p></article></body></html>",
        encoding="utf-8",
    )
    [release] = obecsum.read(tmp_path / "p.html")
    assert release.text.split("\n") == [paragraph, other, paragraph, other]


@pytest.mark.parametrize("name", ["article:published_time", "datePublished", "DC.date", "date"])
@pytest.mark.parametrize(
    ("value", "iso"), [("14 กันยายน 2567", "2024-09-14"), ("2567-09-14", "2024-09-14"), ("2024-09-14", "2024-09-14")]
)
def test_dates_of_the_metadata(tmp_path: Path, name: str, value: str, iso: str) -> None:
    html = (PAGES / "ministry.html").read_text(encoding="utf-8")
    meta = '<meta property="article:published_time" content="2024-09-14T08:30:00+07:00">'
    assert meta in html
    (tmp_path / "p.html").write_text(html.replace(meta, f"<meta name='{name}' content='{value}'>"), encoding="utf-8")
    [release] = obecsum.read(tmp_path / "p.html")
    assert release.published == iso


@pytest.mark.parametrize("piece", ["<meta ", "<meta a", "a", "<meta name='", '<meta content="x" ', "<meta  "])
def test_hostile_metadata_takes_no_longer_than_its_length(piece: str) -> None:
    seconds = []
    for count in (20_000, 200_000):
        begin = time.process_time()
        date_of("<meta " + piece * count + ">")
        seconds.append(time.process_time() - begin)
    assert seconds[1] < 40 * max(seconds[0], 0.02)


def test_a_folder_of_texts_and_pages(tmp_path: Path) -> None:
    shutil.copy(PAGES / "ministry.html", tmp_path / "b.html")
    shutil.copy(PAGES / "old_table.html", tmp_path / "c.HTM")
    (tmp_path / "a.txt").write_text("หัวข้อ\nเนื้อหา", encoding="utf-8")
    (tmp_path / "d.html").write_text("<html><body><script>x</script></body></html>", encoding="utf-8")
    (tmp_path / "e.html").write_bytes(b"")
    secret = tmp_path.parent / f"{tmp_path.name}-secret.txt"
    secret.write_text("ความลับ", encoding="utf-8")
    (tmp_path / "z.txt").symlink_to(secret)
    (tmp_path / "y.txt").symlink_to(tmp_path / "a.txt")
    quarantined: list[Quarantined] = []
    releases = list(obecsum.read(tmp_path, on_quarantine=quarantined.append))
    assert [release.id for release in releases] == ["a", "b", "c", "y"]
    assert [(entry.source.rpartition("/")[2], entry.kind) for entry in quarantined] == [
        ("d.html", "no text"),
        ("e.html", "no text"),
        ("z.txt", "outside"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"<html>",
        b"\x00" * 50,
        b"<" * 3000,
        b"<div>" * 5000 + "ข่าว".encode(),
        b"<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>&x;</p></body></html>",
        b"just text, no page at all",
        "<html><body><p>ข่าวสั้น</p></body></html>".encode(),
    ],
)
def test_what_is_hardly_a_page_is_a_release_or_quarantined(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "p.html").write_bytes(data)
    quarantined: list[Quarantined] = []
    releases = list(obecsum.read(tmp_path / "p.html", on_quarantine=quarantined.append))
    assert len(releases) + len(quarantined) == 1
    assert all(entry.raw == data for entry in quarantined)
    assert all("root:" not in release.text for release in releases)


def test_a_missing_package_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("obecsum.feeds.sources.find_spec", lambda name: None)
    (tmp_path / "p.html").write_bytes(b"<html>")
    (tmp_path / "p.parquet").write_bytes(b"PAR1")
    for feed in (tmp_path / "p.html", tmp_path):
        with pytest.raises(InputError, match=r"needs trafilatura; run `pip install obecsum\[web\]`"):
            obecsum.read(feed)
    with pytest.raises(InputError, match=r"needs pyarrow; run `pip install obecsum\[parquet\]`"):
        obecsum.read(tmp_path / "p.parquet")
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    monkeypatch.setattr("obecsum.feeds.sources.find_spec", lambda name: object())
    with pytest.raises(InputError, match=r"pip install obecsum\[web\]"):
        list(obecsum.read(tmp_path / "p.html"))
