"""XLSX and ODS."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

import obecsum
from obecsum.core.errors import InputError
from obecsum.feeds.records.record import Quarantined

pytest.importorskip("python_calamine")
openpyxl: Any = pytest.importorskip("openpyxl")


def book(*sheets: list[list[Any]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"แผ่น{number + 1}")
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def read(
    tmp_path: Path, data: bytes, name: str = "a.xlsx", **options: Any
) -> tuple[list[obecsum.Release], list[Quarantined]]:
    (tmp_path / name).write_bytes(data)
    quarantined: list[Quarantined] = []
    return list(obecsum.read(tmp_path / name, on_quarantine=quarantined.append, **options)), quarantined


HEADER = ["รหัสข่าว", "หัวข้อข่าว", "เนื้อหาข่าว", "วันที่เผยแพร่", "จำนวน"]


def test_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["รายงานข่าวประจำเดือน"],
        [],
        HEADER,
        [1, "หนึ่ง", "ข่าวหนึ่ง", datetime(2024, 7, 15, 9, 30), 2.5],
        [2, None, "ข่าวสอง", date(2567, 7, 15), 45474],
        [],
        [3, "สาม", "<p>ข่าวสาม</p>", 45488, None],
        [4, "สี่", "ข่าวสี่", "45488", True],
        [5, "ห้า", "ข่าวห้า", "15 ก.ค. 67", "=1+1"],
        [6, "ไม่มีเนื้อข่าว", None, None, None],
    ]
    releases, quarantined = read(tmp_path, book(rows))
    assert [(r.id, r.title, r.text, r.published) for r in releases] == [
        ("1", "หนึ่ง", "ข่าวหนึ่ง", "2024-07-15T09:30+07:00"),
        ("2", None, "ข่าวสอง", "2024-07-15"),
        ("3", "สาม", "ข่าวสาม", "2024-07-15"),
        ("4", "สี่", "ข่าวสี่", None),
        ("5", "ห้า", "ข่าวห้า", "2024-07-15"),
    ]
    assert [r.extra["จำนวน"] for r in releases[:4]] == [2.5, 45474, None, True]
    assert [(entry.kind, entry.line, orjson.loads(entry.raw)) for entry in quarantined] == [
        ("no text", 10, [6, "ไม่มีเนื้อข่าว", None, None, None])
    ]


def test_sheets(tmp_path: Path) -> None:
    first, second = [["text"], ["ก"], ["ข"]], [["body"], ["ค"]]
    releases, quarantined = read(tmp_path, book(first, [], [["หมายเหตุ"], ["x"]], second))
    assert [(r.id, r.text) for r in releases] == [("a.xlsx:2", "ก"), ("a.xlsx:3", "ข"), ("a.xlsx:7", "ค")]
    assert [(entry.kind, orjson.loads(entry.raw)) for entry in quarantined] == [("no header", [["หมายเหตุ"], ["x"]])]


def test_without_a_header(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no column holds the text: the columns are '1', 'ข่าว'"):
        read(tmp_path, book([[1, "ข่าว"], [2, "ข่าว"]]))


def test_a_spreadsheet_under_another_name_and_compressed(tmp_path: Path) -> None:
    import gzip

    data = book([["text"], ["ก"]])
    assert [r.text for r in read(tmp_path, data, "feed")[0]] == ["ก"]
    assert [r.text for r in read(tmp_path, gzip.compress(data), "feed.xlsx.gz")[0]] == ["ก"]


def test_ods(tmp_path: Path) -> None:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>" for cell in row
        )
        + "</table:table-row>"
        for row in (["id", "text", "วันที่"], ["1", "ข่าว", "15 ก.ค. 67"])
    )
    spaces = " ".join(
        f"xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'" for name in ("office", "table", "text")
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='s'>{cells}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    for name in ("a.ods", "feed"):
        releases, quarantined = read(tmp_path, file.getvalue(), name)
        assert [(r.id, r.text, r.published) for r in releases] == [("1", "ข่าว", "2024-07-15")]
        assert not quarantined


def test_a_cell_far_out_takes_no_memory(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["text"])
    workbook.active["XFD1048576"] = "x"
    file = io.BytesIO()
    workbook.save(file)
    with pytest.raises(InputError, match=r"reaches over 1,048,576 rows and 16,384 columns"):
        read(tmp_path, file.getvalue())


@pytest.mark.parametrize("cut", [10, 200, 2000])
def test_damaged(tmp_path: Path, cut: int) -> None:
    with pytest.raises(InputError, match=r"a\.xlsx: the spreadsheet is damaged"):
        read(tmp_path, book([["text"], ["ก"]])[:cut])


def test_a_bomb(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"the spreadsheet expands to more than the 1,000 bytes"):
        read(tmp_path, book([["text"], ["ก" * 4000]]), max_expanded_bytes=1000)
