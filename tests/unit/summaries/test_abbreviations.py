"""Abbreviations are dotted as the source dots them."""

import pytest

from obecsum.summaries.abbreviations import spell_as

SOURCE = "นางสาวมาลี ศรีสุข เลขาธิการ กพฐ. และ พล.อ. สมศักดิ์ ใจดี รมว.ศธ. กล่าวว่า น.ส.มาลี จะไป จ.ตรัง"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("เลขาธิการ ก.พฐ. เปิดงาน", "เลขาธิการ กพฐ. เปิดงาน"),
        ("เลขาธิการ กพฐ. เปิดงาน", "เลขาธิการ กพฐ. เปิดงาน"),
        ("พลอ. สมศักดิ์ เปิดงาน", "พล.อ. สมศักดิ์ เปิดงาน"),
        ("สสวท. เปิดงาน", "สสวท. เปิดงาน"),  # the source lacks it: that is for the support check
        ("ประชุมที่ จ.ตรัง", "ประชุมที่ จ.ตรัง"),
        ("", ""),
    ],
)
def test_as_the_source_has_it(written: str, expected: str) -> None:
    assert spell_as(written, SOURCE) == expected
