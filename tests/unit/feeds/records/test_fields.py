"""Which field is what."""

from __future__ import annotations

import pytest

from obecsum.core.errors import OptionError, RecordError
from obecsum.feeds.records.fields import FieldMap, title_of_text


def test_names_in_their_order() -> None:
    release = FieldMap().release(
        {
            "description": "ย่อ",
            "body": "เนื้อข่าว",
            "headline": "พาดหัว",
            "pubDate": "2024-07-01",
            "link": "https://a.th/1",
            "n": 5,
        },
        source="f",
        line=3,
    )
    assert (release.text, release.title, release.published, release.url) == (
        "เนื้อข่าว",
        "พาดหัว",
        "2024-07-01",
        "https://a.th/1",
    )
    assert release.id == "f:3"
    assert release.extra == {"description": "ย่อ", "n": 5}


def test_a_blank_field_is_passed_over() -> None:
    release = FieldMap().release(
        {"text": " \u200b", "body": "ข่าว", "title": None, "headline": "หัว"}, source="f", line=1
    )
    assert release.text == "ข่าว"
    assert release.title == "หัว"


def test_case_and_thai_headings() -> None:
    release = FieldMap().release({"หัวข้อ": "ก", "เนื้อหา": "ข", " Link ": "https://a.th"}, source="f", line=1)
    assert (release.title, release.text, release.url) == ("ก", "ข", "https://a.th")


def test_mapped_fields_win_and_are_not_guessed_elsewhere() -> None:
    fields = FieldMap({"text": "c1", "title": "body"})
    release = fields.release({"text": "ไม่ใช่", "c1": "ใช่", "body": "หัว"}, source="f", line=1)
    assert (release.text, release.title, release.extra) == ("ใช่", "หัว", {"text": "ไม่ใช่"})


def test_an_unknown_role_is_told() -> None:
    with pytest.raises(OptionError, match="'txt'"):
        FieldMap({"txt": "body"})


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({}, "no text"),
        ({"title": "ก"}, "no text"),
        ({"text": None}, "no text"),
        ({"text": ""}, "no text"),
        ({"text": 5}, "no text"),
        ({"text": ["ก"]}, "no text"),
        ({"text": " \n\t\u00a0"}, "only white space"),
        ({"text": "\u200b\ufeff\x00"}, "only white space"),
    ],
)
def test_no_text_is_a_reason(record: dict[str, object], reason: str) -> None:
    with pytest.raises(RecordError, match=f"^{reason}:"):
        FieldMap().release(record, source="f", line=1)


def test_ids() -> None:
    fields = FieldMap()
    assert fields.release({"id": 7, "text": "ก"}, source="f", line=1).id == "7"
    assert fields.release({"id": "", "text": "ก"}, source="f", line=2).id == "f:2"
    odd = fields.release({"id": {"a": 1}, "text": "ก"}, source="f", line=3)
    assert (odd.id, odd.extra) == ("f:3", {"id": {"a": 1}})


def test_a_date_that_is_rewritten_stays_as_it_was_too() -> None:
    release = FieldMap().release({"text": "ก", "date": "1 กรกฎาคม 2567"}, source="f", line=1)
    assert release.published == "2024-07-01"
    assert release.extra == {"date": "1 กรกฎาคม 2567"}
    release = FieldMap().release({"text": "ก", "date": "เร็ว ๆ นี้"}, source="f", line=1)
    assert release.published is None
    assert release.extra == {"date": "เร็ว ๆ นี้"}


def test_title_of_a_text() -> None:
    assert title_of_text(".\n \nหัวข้อข่าว \nเนื้อ") == "หัวข้อข่าว"
    assert title_of_text(".\n" + "ก" * 251 + "\nข") is None
    assert title_of_text("1234\n---") is None
