"""``since``: dates of feeds against the date that a job is given."""

from __future__ import annotations

import pytest

from obecsum.core.errors import OptionError
from obecsum.jobs.request.since import chosen_date, chosen_since, is_since


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        (None, None),
        ("2024-07-01", "2024-07-01"),
        ("2567-07-01", "2024-07-01"),
        ("1/7/2567", "2024-07-01"),
        ("๑ กรกฎาคม ๒๕๖๗", "2024-07-01"),
        ("1 ก.ค. 67", "2024-07-01"),
        ("2024-07-01T09:30", "2024-07-01T09:30+07:00"),
    ],
)
def test_dates_as_people_write_them(text: str | None, iso: str | None) -> None:
    assert chosen_since(text) == iso


@pytest.mark.parametrize("text", ["yesterday", "", "2024-13-01", "31/2/2567", "7"])
def test_no_date(text: str) -> None:
    with pytest.raises(OptionError, match="before must be a date such as 2024-07-01"):
        chosen_date("before", text)


@pytest.mark.parametrize(
    ("published", "since", "expected"),
    [
        ("2024-07-01", "2024-07-01", True),
        ("2024-06-30", "2024-07-01", False),
        ("2024-06-30T23:59:59", "2024-07-01", False),
        ("2024-07-01T00:00:00", "2024-07-01", True),
        ("2024-06-30T17:00:00Z", "2024-07-01", True),  # midnight in Thailand
        ("2024-06-30T16:59:59+00:00", "2024-07-01", False),
        ("2024-07-01T09:00:00+07:00", "2024-07-01T09:30", False),
        ("2024-07-01T09:30", "2024-07-01T09:30", True),
        ("2024-07-01", "2024-07-01T09:30", True),  # nobody knows when on that day
        ("2024-06-30", "2024-07-01T09:30", False),
        ("2024-06-30 23:59:59 +07:00", "2024-07-01", False),  # a blank that ISO 8601 does not know
        (None, "2024-07-01", True),
        ("เร็ว ๆ นี้", "2024-07-01", True),
    ],
)
def test_what_is_recent_enough(published: str | None, since: str, expected: bool) -> None:
    assert is_since(published, since) is expected
