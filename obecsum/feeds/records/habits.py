"""What only a whole feed tells: whether its dates have the month first, and whether its texts are HTML.

7/6/2567 is of June, unless the other rows of its column have 7/15/2567: then it is of July. ``<b>ข่าว</b>`` is a bold
word if other texts of the feed are HTML, else the words of somebody who writes about HTML, and ``&quot;`` is a quote if
other texts have such references left. So a feed is looked at as a whole, once, and only if it has such a value; the
order of its records does not matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from obecsum.feeds.records.markup import (
    has_inline_tags,
    has_references,
    plain_text,
    text_of_html,
    without_references,
)
from obecsum.text.timestamps import has_two_orders, is_month_first, parse_date

__all__ = ["Habits", "Survey", "date_text", "is_same_date"]

_MIN_SHARE = 0.9  # of the rows that tell: a column in which one row in five has the other order tells nothing
_MIN_MARKUP_SHARE = 0.1  # of the texts (or titles) that must have it before a lone tag or reference of another counts
_MIN_OWN_SHARE = 0.6  # of the titles, where the texts are no HTML
_MAX_SOURCES = 10_000
_ALL, _MARKUP, _REFERENCES = "all", "markup", "references"
_DIGIT = re.compile(r"[0-9๐-๙]")


def date_text(value: Any) -> str | None:
    """What a field has for a date, as text: strings as they are, numbers (epochs) in digits; None for anything else."""
    if type(value) is str:
        return value if value.strip() else None
    if type(value) is int:
        return str(value)
    if type(value) is float and value == value and abs(value) < 1e15:
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return None


@lru_cache(maxsize=8192)
def is_same_date(iso: str, value: Any) -> bool:
    """Whether a value says the same in ISO 8601 as well, so that nothing of it is lost."""
    if iso == value:
        return True
    try:
        return type(value) is str and datetime.fromisoformat(iso) == datetime.fromisoformat(value)
    except (ValueError, TypeError):  # no ISO 8601; or without a zone, which differs from one with
        return False


@lru_cache(maxsize=8192)
def _read(written: str) -> tuple[str | None, bool]:
    """The date that a text is, and whether it may be another one in a column with the month first."""
    found = parse_date(written)
    return found, found is not None and has_two_orders(written)


class Habits:
    """Reads what a record alone leaves open by the habits of its feed.

    Attributes:
        sees_all: Whether it is to be shown every text, and not only those that may hold markup.
    """

    sees_all = False

    def __init__(self) -> None:
        self._surveys: dict[str, Callable[[Survey], object]] = {}
        self._found: dict[str, Survey] = {}

    def survey_with(self, source: str, survey: Callable[[Survey], object]) -> None:
        """See :meth:`obecsum.feeds.records.fields.FieldMap.survey_with`."""
        if len(self._surveys) >= _MAX_SOURCES:
            self._surveys.clear()
        if self._surveys.setdefault(source, survey) is not survey:
            self._surveys[source] = survey
            self._found.pop(source, None)

    def date(self, written: str, source: str, column: str) -> str | None:
        """The date that a field holds; None where it is none, or the column has both orders and the field either.

        Args:
            written: As the feed has it.
            source: Name of the source.
            column: Name of the field.
        """
        found, is_open = _read(written)
        if not is_open or source not in self._surveys:
            return found
        order = self._surveyed(source).is_month_first(column)
        return None if order is None else parse_date(written, month_first=order)

    def plain(self, value: str, source: str, role: str) -> str:
        """The text of a field that may be HTML.

        Args:
            value: As the feed has it.
            source: Name of the source.
            role: "text" or "title": the texts of a feed may be HTML and its titles not.
        """
        found = plain_text(value)
        if source not in self._surveys or not (has_inline_tags(found) or has_references(found)):
            return found
        survey = self._surveyed(source)
        is_markup = survey.has(_MARKUP, "text") or survey.has(_MARKUP, role, share=_MIN_OWN_SHARE)
        if is_markup and (found is value or has_inline_tags(found)):
            found = text_of_html(found)
        return without_references(found) if survey.has(_REFERENCES, role) else found

    def _surveyed(self, source: str) -> Survey:
        found = self._found.get(source)
        if found is None:
            found = self._found[source] = Survey()
            self._surveys[source](found)
        return found


class Survey(Habits):
    """Counts what the dates of each column say about their order, and texts that are HTML."""

    sees_all = True

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, Counter[bool]] = {}
        self._values: Counter[tuple[str, str]] = Counter()

    def has(self, what: str, role: str, *, share: float = _MIN_MARKUP_SHARE) -> bool:
        """Whether enough texts or titles have markup, or references left when that is taken out."""
        count = self._values[what, role]
        return count > 0 and count >= share * self._values[_ALL, role]

    def plain(self, value: str, source: str, role: str) -> str:  # noqa: ARG002 - one source is surveyed
        """Count a text or a title."""
        self._values[_ALL, role] += 1
        if "&" in value or "<" in value:
            found = plain_text(value)
            self._values[_MARKUP, role] += found is not value or has_inline_tags(value)
            self._values[_REFERENCES, role] += has_references(found)
        return value

    def date(self, written: str, source: str, column: str) -> str | None:  # noqa: ARG002 - one source is surveyed
        """Count a date."""
        if _DIGIT.search(written) and (said := is_month_first(written)) is not None:
            self._counts.setdefault(column, Counter())[said] += 1
        return None

    def is_month_first(self, column: str) -> bool | None:
        """Whether the month stands first in a column; False if no row tells, None if the rows contradict each other."""
        counts = self._counts.get(column, Counter())
        if not counts[True]:
            return False
        share = counts[True] / counts.total()
        return True if share >= _MIN_SHARE else False if share <= 1 - _MIN_SHARE else None
