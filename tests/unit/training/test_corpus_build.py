"""Rows of the corpus from a clone."""

from __future__ import annotations

import lzma
from pathlib import Path

import orjson
import pytest

from obecsum.core.errors import InputError, OutputExistsError
from obecsum.training.corpus_build import build_corpus, parse_page

TITLE = "โรงเรียนบ้านหนองบัวเปิดห้องสมุดใหม่ ชวนนักเรียนอ่านหนังสือ"
STANDFIRST = "ผู้อำนวยการย้ำเด็กทุกคนต้องอ่านออกเขียนได้ พร้อมจัดมุมหนังสือในทุกห้องเรียน"
BODY = ["วันนี้ (3 มิถุนายน 2567) นายสมชาย ใจดี ผู้อำนวยการโรงเรียน เปิดห้องสมุดใหม่", "ห้องสมุดมีหนังสือ 1,200 เล่ม"]


def page(
    number: int = 1,
    *,
    date: str = "วันจันทร์ที่ 3 มิถุนายน 2567",
    head: tuple[str, ...] = (STANDFIRST,),
    print_line: bool = True,
) -> str:
    furniture = ["03/06/2567", "พิมพ์"] if print_line else []
    lines = [f"รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-{TITLE}", "", "", date, *furniture, TITLE, *head, *BODY, ""]
    return "\n".join([*lines, f"ที่มา : https://example.go.th/news/contents/details/{number}"])


def test_a_page() -> None:
    row = parse_page(page(), category="ด้านการศึกษาฯ")
    assert row == {
        "id": "1",
        "date": "2024-06-03",
        "category": "ด้านการศึกษาฯ",
        "title": TITLE,
        "standfirst": STANDFIRST,
        "body": "\n".join(BODY),
        "url": "https://example.go.th/news/contents/details/1",
    }


@pytest.mark.parametrize("head", [(), (TITLE,), (TITLE, TITLE), (BODY[0][:70],)])
def test_what_is_no_standfirst(head: tuple[str, ...]) -> None:
    row = parse_page(page(head=head, print_line=False))
    assert row is not None
    assert row["category"] == "ข่าวทำเนียบรัฐบาล"
    assert row["body"] in ("\n".join(BODY), BODY[1])
    if head:
        assert (row["standfirst"], row["body"]) == (None, "\n".join(BODY))


def test_a_standfirst_that_the_site_cut_ends_at_a_phrase() -> None:
    long = (STANDFIRST + " ") * 4
    row = parse_page(page(head=(long[:247],)))
    assert row is not None
    assert len(row["standfirst"]) < 247
    assert long.startswith(row["standfirst"] + " ")


@pytest.mark.parametrize("text", ["", "ข่าว", page().replace("ที่มา", "จาก"), page(date="เร็ว ๆ นี้")])
def test_what_is_no_page(text: str) -> None:
    assert parse_page(text) is None


def test_build(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    for folder, name, text in [
        ("data/2024/06/03", "ด้านการศึกษาฯ_1_0b7408fe-ca7f-4ddd-9f93-86df4a4f9876.txt", page(2)),
        ("data/2024/06/04", "ด้านการศึกษาฯ_2.txt", page(2, head=(TITLE,))),
        ("data/2024/06/03", "ข่าวนายกรัฐมนตรี_1.txt", page(1)),
        ("data/2025/02/01", "ข่าวนายกรัฐมนตรี_1.txt", page(3, date="วันเสาร์ที่ 1 กุมภาพันธ์ 2568")),
        (".", "notes.txt", "ไม่ใช่ข่าว"),
    ]:
        (clone / folder).mkdir(parents=True, exist_ok=True)
        (clone / folder / name).write_text(text, encoding="utf-8")
    (clone / "data" / "broken.txt").write_bytes(b"\xff\xfe")
    built = build_corpus(clone, tmp_path / "out")
    assert built.files == {"train-2024.jsonl.xz": 2, "valid.jsonl.xz": 1}
    assert built.pages == 6
    assert built.skipped == {"scraped again": 1, "invalid UTF-8": 1, "no address, date, title or body": 1}
    with lzma.open(tmp_path / "out" / "train-2024.jsonl.xz") as file:
        rows = [orjson.loads(line) for line in file]
    assert [(row["id"], row["category"], row["standfirst"]) for row in rows] == [
        ("1", "ข่าวนายกรัฐมนตรี", STANDFIRST),
        ("2", "ด้านการศึกษาฯ", None),
    ]
    with pytest.raises(OutputExistsError, match=r"train-2024\.jsonl\.xz"):
        build_corpus(clone, tmp_path / "out")


def test_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is no folder; clone https://"):
        build_corpus(tmp_path / "missing", tmp_path / "out")
    with pytest.raises(InputError, match="holds no release"):
        build_corpus(tmp_path, tmp_path / "out")
