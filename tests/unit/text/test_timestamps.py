"""Dates as fields give them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum import Release, parse_date
from obecsum.text.timestamps import full_year, has_two_orders, is_month_first, order_key


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-07-01", "2024-07-01"),
        ("2024-07-01T09:30:00+07:00", "2024-07-01T09:30+07:00"),
        ("2024-07-01T09:30:15.5Z", "2024-07-01T09:30:15.500000+00:00"),
        ("2024-07-01T24:00:00", "2024-07-02T00:00+07:00"),
        ("2567-07-01", "2024-07-01"),
        ("2567-07-01T09:30", "2024-07-01T09:30+07:00"),
        ("1/7/2567", "2024-07-01"),
        ("01/07/2024 13:05", "2024-07-01T13:05+07:00"),
        ("1 กรกฎาคม 2567", "2024-07-01"),
        ("1กรกฎาคม2567", "2024-07-01"),
        ("กรกฎาคม 1, 2567", "2024-07-01"),
        ("2567 กรกฎาคม 1", "2024-07-01"),
        ("วันจันทร์ที่ 1 กรกฎาคม พ.ศ. 2567", "2024-07-01"),
        ("วันที่ 1 เดือนกรกฎาคม พุทธศักราช ๒๕๖๗", "2024-07-01"),
        ("วันที่ ๑ ก.ค. ๖๗", "2024-07-01"),
        ("จ. 1 ก.ค. 67", "2024-07-01"),
        ("ส. 3 ส.ค. 2567", "2024-08-03"),
        ("1 กค 67", "2024-07-01"),
        ("1 ก. ค. 67", "2024-07-01"),
        ("15-มิ.ย.-67", "2024-06-15"),
        ("มี.ค. 15, 2559", "2016-03-15"),
        ("1 ก.ค. 67 เวลา 09.30 น.", "2024-07-01T09:30+07:00"),
        ("1 ก.ค. 67 9 น.", "2024-07-01T09:00+07:00"),
        ("09:30 น. 1 ก.ค. 2567", "2024-07-01T09:30+07:00"),
        ("เผยแพร่เมื่อ: 1 ก.ค. 2567 | 09:30 น.", "2024-07-01T09:30+07:00"),
        ("1/7/2567 06:33 หลังเที่ยง", "2024-07-01T18:33+07:00"),
        ("1/7/2567 12:10 ก่อนเที่ยง", "2024-07-01T00:10+07:00"),
        ("Mon, 01 Jul 2024 09:30:00 GMT", "2024-07-01T09:30+00:00"),
        ("Mon, 01 Jul 2024 09:30:00 EST", "2024-07-01T09:30-05:00"),
        ("Monday, 01-Jul-24 09:30:00 GMT", "2024-07-01T09:30+00:00"),
        ("Mon Jul  1 09:30:00 2024", "2024-07-01T09:30+07:00"),
        ("Mon Jul 1 09:30:00 ICT 2024", "2024-07-01T09:30+07:00"),
        ("Mon Jul 01 2024 09:30:00 GMT+0700 (Indochina Time)", "2024-07-01T09:30+07:00"),
        ("2024-07-01T09:30:00+07:00[Asia/Bangkok]", "2024-07-01T09:30+07:00"),
        ("July 1st, 2024 at 3:30 p.m.", "2024-07-01T15:30+07:00"),
        ("1 July 2567 BE", "2024-07-01"),
        ("20240701", "2024-07-01"),
        ("1719792000", "2024-07-01T07:00+07:00"),
        ("1719792000123", "2024-07-01T07:00:00.123000+07:00"),
        ("7/15/2567", "2024-07-15"),
        ("15 Jul 99", "2056-07-15"),
        ("15 Jul 42", "2042-07-15"),
        ("15/7/2067", "2067-07-15"),
    ],
)
def test_is_iso(written: str, iso: str) -> None:
    assert parse_date(written) == iso
    assert parse_date(iso) == iso


@pytest.mark.parametrize(
    "written",
    [
        *("", "เร็ว ๆ นี้", "31/2/2567", "2024-13-01", "1 กรกฎ 2567", "1/1", "15 ก.ค.", "กรกฎาคม 2567", "2567", "67"),
        *("45474", "9999999999", "2024071509", "171979200", "0000-00-00 00:00:00", "-0001-11-30", "2024-07", "2023-366"),
        *("15 ก.ค. พ.ศ. 2024", "15 ก.ค. ค.ศ. 2567", "2024-07-01 25:00", "13:30 AM 1/7/2567", "15-17 ก.ค. 67", "10.15.30"),
        *("15 ก.ค. 2567 ถึง 17 ก.ค. 2567", "1 ก.ค. 67 เวลา 13.30 - 15.00 น.", "+66 2 123 4567", "1.5", "วันนี้", "x" * 200),
    ],
)  # fmt: skip
def test_is_no_date(written: str) -> None:
    assert parse_date(written) is None


@given(st.text(alphabet="0123456789๒๕ -/.:,TZกคพศนาวมjulyam+", max_size=24))
@settings(max_examples=400)
def test_a_date_has_a_year_that_the_text_holds(text: str) -> None:
    found = parse_date(text)
    if found is None or text.strip().replace(".", "").isdigit():  # an epoch or digits alone
        return
    year, digits = int(found[:4]), text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
    written = {str(year + add + more) for more in (-1, 0, 1) for add in (0, 543)}
    assert any(one in digits or one[2:] in digits for one in written), (text, found)


def test_columns_tell_the_order() -> None:
    assert parse_date("7/6/2024") == "2024-06-07"
    assert parse_date("7/6/2024", month_first=True) == "2024-07-06"
    assert parse_date("15/6/2024", month_first=True) == "2024-06-15"
    assert [is_month_first(text) for text in ("7/15/2024 9:30", "15/7/67", "7/6/67", "2024-07-15")] == [
        True,
        False,
        None,
        None,
    ]
    assert has_two_orders("7/6/2567 10:00")
    assert not has_two_orders("15/6/2567")


def test_eras() -> None:
    assert full_year("43") == 2000
    assert full_year("42") == 2042
    assert full_year("24", era="ค.ศ.") == 2024
    assert full_year("3000") is None


def test_a_release_takes_dates() -> None:
    def published(value: str | date | None) -> str | None:
        return Release("1", "ก", published=value).published

    assert published(date(2024, 7, 15)) == "2024-07-15"
    assert published(datetime(2024, 7, 15, 9, 30)) == "2024-07-15T09:30+07:00"
    assert published(datetime(2024, 7, 15, 2, 30, tzinfo=UTC)) == "2024-07-15T02:30+00:00"
    assert published("15 ก.ค. 67") == "2024-07-15"
    unread = Release("1", "ก", published="เร็ว ๆ นี้")
    assert (unread.published, unread.extra) == (None, {"published": "เร็ว ๆ นี้"})


def test_dates_are_ordered_by_their_value() -> None:
    early, late = "2024-07-15T05:00+07:00", "2024-07-14T23:00+00:00"
    assert sorted([late, None, early, "2024-07-15"], key=order_key) == [None, "2024-07-15", early, late]
