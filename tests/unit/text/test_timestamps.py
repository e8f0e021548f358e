"""Dates of feeds."""

from __future__ import annotations

import pytest

from obecsum.text.timestamps import iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-07-01", "2024-07-01"),
        ("2024-07-01T09:30:00+07:00", "2024-07-01T09:30:00+07:00"),
        ("2567-07-01", "2024-07-01"),
        ("1/7/2567", "2024-07-01"),
        ("01/07/2024 13:05", "2024-07-01T13:05:00"),
        ("1 กรกฎาคม 2567", "2024-07-01"),
        ("วันจันทร์ที่ 1 กรกฎาคม พ.ศ. 2567", "2024-07-01"),
        ("วันที่ ๑ ก.ค. ๖๗", "2024-07-01"),
        ("1 ก.ค. 67 เวลา 09.30 น.", "2024-07-01T09:30:00"),
        ("Mon, 01 Jul 2024 09:30:00 GMT", "2024-07-01T09:30:00+00:00"),
    ],
)
def test_is_iso(written: str, iso: str) -> None:
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    "written", ["", "เร็ว ๆ นี้", "31/2/2567", "2024-13-01", "1 กรกฎ 2567", "20240701", "1719792000", "1/1"]
)
def test_is_no_date(written: str) -> None:
    assert iso_date(written) is None
