"""``since``: which releases are recent enough for a job."""

from __future__ import annotations

from datetime import datetime, time

from obecsum.jobs.request.options import check
from obecsum.text.timestamps import BANGKOK, parse_date

__all__ = ["chosen_date", "chosen_since", "is_since"]


def chosen_date(name: str, text: str | None) -> str | None:
    """The date that an option names, in ISO 8601.

    Args:
        name: The option's.
        text: A date, with a time or without, as :func:`obecsum.parse_date` takes it; None for no bound.

    Raises:
        OptionError: It is no date.

    >>> chosen_date("since", "1 ก.ค. 2567")
    '2024-07-01'
    """
    check(name, text)
    return None if text is None else parse_date(text)


def chosen_since(text: str | None) -> str | None:
    """The date that ``since`` names, see :func:`chosen_date`."""
    return chosen_date("since", text)


def is_since(published: str | None, since: str) -> bool:
    """Whether a release was published at a time or later.

    Args:
        published: ISO 8601 as a :class:`obecsum.Release` has it. None or what is no date counts as recent: nothing is
            left out for a date that it does not have. A day without a time counts until its end.
        since: As :func:`chosen_since` returns it; a day without a time begins at midnight. Times without a zone are
            Thailand's.

    >>> is_since("2024-06-30T20:00:00Z", "2024-07-01"), is_since("2024-07-01", "2024-07-01T12:00")
    (True, True)
    """
    begin = _moment(since, latest=False)
    moment = None if published is None else _moment(published, latest=True)
    return begin is None or moment is None or moment >= begin


def _moment(text: str, *, latest: bool) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            found, text = datetime.fromisoformat(text[:10]), text[:10]
        except ValueError:
            return None
    if len(text) == 10 and latest:
        found = datetime.combine(found, time.max)
    return found if found.tzinfo is not None else found.replace(tzinfo=BANGKOK)
