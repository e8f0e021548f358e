"""What only a feed tells: whether its dates have the month first, and whether its texts are HTML.

7/6/2567 is of June, unless the other rows of its column have 7/15/2567: then it is of July. ``<b>ข่าว</b>`` is a bold
word if other texts of the feed are HTML, else the words of somebody who writes about HTML, and ``&quot;`` is a quote if
other texts have such references left. A feed is read once for all that: a record that it has to tell about waits, and
those behind it, until enough of the feed was seen. What was seen before counts too, so late in a feed nothing waits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Any

from obecsum.core.errors import RecordError
from obecsum.core.release import Release
from obecsum.feeds.records.markup import (
    has_inline_tags,
    has_references,
    plain_text,
    text_of_html,
    without_references,
)
from obecsum.feeds.records.record import Quarantined, ReadEntry, Record
from obecsum.text.timestamps import has_two_orders, is_month_first, parse_date

__all__ = ["ByHabits", "ByItself", "Habits", "date_text", "is_same_date"]

_MIN_SHARE = 0.9  # of the rows that tell: a column in which one row in five has the other order tells nothing
_MIN_MARKUP_SHARE = 0.1  # of the texts (or titles) that must have it before a lone tag or reference of another counts
_MIN_OWN_SHARE = 0.6  # of the titles, where the texts are no HTML
_ENOUGH_RECORDS = 1000  # a share of a tenth is known to a fiftieth then
_MAX_WAITING_CHARS = 1 << 24  # for a row that tells the order of its column: some 6,000 releases
_ENTRY_CHARS = 250  # what an entry takes besides
_MARKUP, _REFERENCES = "markup", "references"


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
def is_same_date(iso: str | None, written: str) -> bool:
    """Whether a date was written in ISO 8601 as well, so that nothing of it is lost."""
    try:
        return iso is not None and datetime.fromisoformat(iso) == datetime.fromisoformat(written)
    except (ValueError, TypeError):  # no ISO 8601; or without a zone, which differs from one with
        return False


_EITHER = "either"


@lru_cache(maxsize=8192)
def _date(written: str) -> tuple[str | None, bool | str | None]:
    """The date that a text is, and of numbers whether the month stands first in it: True, False or either."""
    found = parse_date(written)
    if found is not None and found[:4] == written[:4]:  # the year comes first
        return found, None
    return found, _EITHER if found is not None and has_two_orders(written) else is_month_first(written)


class ByItself:
    """Reads a record by itself: lone tags and references stay, and the day comes before the month.

    Attributes:
        is_open: Whether the feed may tell another reading of the record that is read.
        num_read: Releases that were read.
        num_untitled: Those of them without a title.
    """

    def __init__(self) -> None:
        self.is_open = False
        self.num_read = self.num_untitled = 0

    def plain(self, value: str, role: str) -> str:  # noqa: ARG002 - others go by it
        """The text of a field that may be HTML.

        Args:
            value: As the feed has it.
            role: "text" or "title": the texts of a feed may be HTML and its titles not.
        """
        return plain_text(value)

    def date(self, written: str, column: str) -> str | None:  # noqa: ARG002
        """The date that a field holds; None where it is none.

        Args:
            written: As the feed has it.
            column: Name of the field.
        """
        return _date(written)[0]

    def add_date(self, written: str, column: str) -> None:
        """Learn from a date that another column of the record has besides."""

    def hold(self, release: Release, record: dict[str, Any]) -> None:
        """Keep the fields of a release that is open."""


class Habits(ByItself):
    """Reads the records of a feed each by itself, and learns from them how the open ones are to be read.

    Attributes:
        held: The releases that are open, by their identity, and their fields. While there are any, entries go through
            :meth:`told`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[int, tuple[Release, dict[str, Any]]] = {}
        self._waiting: list[ReadEntry] = []
        self._waited_chars = 0
        self._untold: set[str] = set()  # columns with dates that are open, and none that tells of them
        self._orders: dict[str, Counter[bool]] = {}
        self._values: Counter[tuple[str, str]] = Counter()

    def plain(self, value: str, role: str) -> str:
        """See :class:`ByItself`."""
        found = plain_text(value)
        has_tags, has_left = has_inline_tags(found), has_references(found)
        self._values[_MARKUP, role] += found is not value or has_tags
        self._values[_REFERENCES, role] += has_left
        self.is_open = self.is_open or has_tags or has_left
        return found

    def date(self, written: str, column: str) -> str | None:
        """See :class:`ByItself`."""
        found, order = _date(written)
        if order is _EITHER:
            self.is_open = True
            if column not in self._orders:
                self._untold.add(column)
        elif order is not None:
            self.add_date(written, column)
        return found

    def add_date(self, written: str, column: str) -> None:
        """See :class:`ByItself`."""
        _, order = _date(written)
        if isinstance(order, bool):
            self._orders.setdefault(column, Counter())[order] += 1
            self._untold.discard(column)

    def hold(self, release: Release, record: dict[str, Any]) -> None:
        """See :class:`ByItself`."""
        self.held[id(release)] = release, record

    def has(self, what: str, role: str, *, share: float = _MIN_MARKUP_SHARE) -> bool:
        """Whether enough texts or titles have markup, or references left when that is taken out."""
        count = self._values[what, role]
        return count > 0 and count >= share * (self.num_read - (self.num_untitled if role == "title" else 0))

    def is_month_first(self, column: str) -> bool | None:
        """Whether the month stands first in a column; False if no row tells, None if the rows contradict each other."""
        counts = self._orders.get(column, Counter())
        if not counts[True]:
            return False
        share = counts[True] / counts.total()
        return True if share >= _MIN_SHARE else False if share <= 1 - _MIN_SHARE else None

    def told(self, entry: ReadEntry, read: Callable[..., Release]) -> list[ReadEntry]:
        """The entries that the feed tells when it has come to this one; none while too little of it was seen.

        Args:
            entry: The next of the feed.
            read: Makes a release of fields, as :class:`ByHabits` reads them.
        """
        self._waiting.append(entry)
        is_enough = self.num_read >= _ENOUGH_RECORDS and not self._untold
        if not is_enough and self._waited_chars <= _MAX_WAITING_CHARS:
            # Of all that ever waited: it is once that a feed is waited for.
            self._waited_chars += _num_chars(entry)
            if isinstance(entry, Record) and id(entry.release) in self.held:
                self._waited_chars += _num_chars(self.held[id(entry.release)][1])
            return []
        return self.rest(read)

    def rest(self, read: Callable[..., Release]) -> list[ReadEntry]:
        """The entries that wait, the open ones read by what was seen so far.

        Those have no length: what they say depends on others, so they cannot be read again by themselves.
        """
        told, self._waiting = self._waiting, []
        for at, entry in enumerate(told):
            if isinstance(entry, Record) and id(entry.release) in self.held:
                release, record = self.held[id(entry.release)]
                with suppress(RecordError):  # a text of which nothing is left stays
                    release = read(record, source=release.source, line=entry.line)
                told[at] = entry._replace(release=release, length=None)
        self.held.clear()
        return told


class ByHabits(ByItself):
    """Reads a record as its feed tells.

    Args:
        habits: What was seen of the feed so far.
    """

    def __init__(self, habits: Habits) -> None:
        super().__init__()
        self._habits = habits

    def plain(self, value: str, role: str) -> str:
        """See :class:`ByItself`."""
        found = text = plain_text(value)
        has_tags, has_left = has_inline_tags(found), has_references(found)
        if not has_tags and not has_left:
            return found
        is_markup = self._habits.has(_MARKUP, "text") or self._habits.has(_MARKUP, role, share=_MIN_OWN_SHARE)
        if is_markup and (found is value or has_tags):
            text = text_of_html(found)
        if self._habits.has(_REFERENCES, role):
            text = without_references(text)
        return text

    def date(self, written: str, column: str) -> str | None:
        """See :class:`ByItself`."""
        found, order = _date(written)
        if order is not _EITHER:
            return found
        is_first = self._habits.is_month_first(column)
        return None if is_first is None else parse_date(written, month_first=is_first)


def _num_chars(value: Any) -> int:
    """About how much an entry, or what one of its fields holds, has to be kept."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, Quarantined):
        return _ENTRY_CHARS + len(value.raw)
    if isinstance(value, Record):
        return _ENTRY_CHARS + len(value.release.text) + len(value.release.title or "") + _num_chars(value.release.extra)
    if isinstance(value, dict):
        return sum(len(name) + _num_chars(one) for name, one in value.items())
    return 1 + sum(map(_num_chars, value)) if isinstance(value, list) else 1
