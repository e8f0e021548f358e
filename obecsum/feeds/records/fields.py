"""Which field of a record is the text, the title, the date: by name, or by what the caller says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from obecsum.core.errors import InputError, OptionError, RecordError
from obecsum.core.release import Release
from obecsum.text.timestamps import iso_date

__all__ = ["ROLES", "FieldMap", "has_content", "title_of_text", "unique_names"]

# The order matters: the first field that has content wins. English names are the documented ones; the Thai ones are the
# headings that Thai spreadsheets have.
ROLES: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "text": ("text", "body", "content", "description", "เนื้อหา", "ข้อความ", "รายละเอียด"),
    "title": ("title", "headline", "หัวข้อข่าว", "หัวข้อ", "หัวเรื่อง", "ชื่อข่าว"),
    "published": ("published", "date", "pubDate", "วันที่เผยแพร่", "วันที่"),
    "url": ("url", "link", "ลิงก์", "ลิงค์"),
}
_MAX_TITLE_CHARS = 250
# Control and zero-width characters are no content: a text of nothing else is as empty as one of spaces.
_CONTENT = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")


def has_content(text: str) -> bool:
    """Whether anything in a text can be read: neither white space nor an invisible character."""
    return _CONTENT.search(text) is not None


def title_of_text(text: str) -> str | None:
    """The title of a text file: its first line with letters, if that has at most 250 characters."""
    for line in text.splitlines():
        if _LETTER.search(line):
            line = line.strip()
            return line if len(line) <= _MAX_TITLE_CHARS else None
    return None


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Column names of which no two are the same: a second "date" becomes "date_2", so that no cell is lost."""
    unique: dict[str, None] = {}
    numbers: dict[str, int] = {}  # of each name the last that was given: 20,000 columns of one name are no square
    for name in names:
        number, free = numbers.get(name, 1), name
        while free in unique:
            number += 1
            free = f"{name}_{number}"
        numbers[name] = number
        unique[free] = None
    return tuple(unique)


@dataclass(frozen=True, slots=True)
class _FieldPlan:
    """Which keys of one set of keys may hold what, best first."""

    id: tuple[str, ...]
    text: tuple[str, ...]
    title: tuple[str, ...]
    published: tuple[str, ...]
    url: tuple[str, ...]


class FieldMap:
    """Makes a release of a record's fields.

    Args:
        fields: Role to field name, for feeds whose names cannot be guessed: ``{"text": "เนื้อข่าว"}``. Roles are id, text,
            title, published and url. A role that is given here is looked for under that name only.

    Raises:
        OptionError: An unknown role.
    """

    def __init__(self, fields: Mapping[str, str] | None = None) -> None:
        self.fields = dict(fields or {})
        for role in self.fields:
            if role not in ROLES:
                raise OptionError(
                    f"a field can be mapped to {', '.join(ROLES)}, got {role!r}; write for example text=body"
                )
        self._plans: dict[tuple[str, ...], _FieldPlan] = {}

    def finds_text(self, names: tuple[str, ...]) -> bool:
        """Whether one of the names is where a text would be."""
        return bool(self._plan(names).text)

    def check_columns(self, names: tuple[str, ...], *, source: str) -> None:
        """Check that one of a table's columns is where a text would be.

        Args:
            names: Of the columns.
            source: What the message calls the table.

        Raises:
            InputError: None is.
        """
        if self.finds_text(names):
            return
        wanted = repr(self.fields["text"]) if "text" in self.fields else "one of text, body, content, description"
        raise InputError(
            f"{source}: no column holds the text: the columns are {', '.join(map(repr, names[:12]))}; "
            f"wanted is {wanted}; name it with --field text=COLUMN"
        )

    def release(self, record: dict[str, Any], *, source: str, line: int) -> Release:
        """The release that a record holds.

        Args:
            record: Field name to value, as parsed. Not changed.
            source: Name of the source; with the line it makes the id where there is none.
            line: Line of the record, from 1.

        Raises:
            RecordError: There is no text, or nothing in it can be read. The message is the reason for the quarantine.
        """
        names = tuple(record)
        plan = self._plans.get(names) or self._plan(names)
        used: set[str] = set()
        text = self._text(record, plan, used)
        title = _first_string(record, plan.title, used)
        url = _first_string(record, plan.url, used)
        return Release(
            _id(record, plan, used) or f"{source}:{line}",
            text,
            title,
            _published(record, plan, used),
            url,
            source,
            {key: record[key] for key in names if key not in used},
        )

    def _text(self, record: dict[str, Any], plan: _FieldPlan, used: set[str]) -> str:
        for key in plan.text:
            value = record[key]
            if type(value) is str and _CONTENT.search(value):
                used.add(key)
                return value
        if not plan.text:
            wanted = self.fields.get("text")
            looked_for = repr(wanted) if wanted else "any of text, body, content, description"
            have = ", ".join(map(repr, list(record)[:8])) or "none"
            raise RecordError(f"no text: no field {looked_for} (fields: {have})")
        values = [record[key] for key in plan.text]
        if any(type(value) is str and value for value in values):
            raise RecordError(f"only white space: field {plan.text[0]!r} has nothing that can be read")
        if all(value is None or value == "" for value in values):
            raise RecordError(f"no text: field {plan.text[0]!r} is empty")
        wrong = next(value for value in values if value is not None and type(value) is not str)
        raise RecordError(f"no text: field {plan.text[0]!r} is no string but {_json_type(wrong)}")

    def _plan(self, names: tuple[str, ...]) -> _FieldPlan:
        plan = self._plans.get(names)
        if plan is None:
            if len(self._plans) > 1000:  # a feed whose every record has other keys must not grow this for ever
                self._plans.clear()
            plan = self._plans[names] = _FieldPlan(**{role: self._candidates(role, names) for role in ROLES})
        return plan

    def _candidates(self, role: str, names: tuple[str, ...]) -> tuple[str, ...]:
        if role in self.fields:
            return (self.fields[role],) if self.fields[role] in names else ()
        mapped = set(self.fields.values())
        found = [name for name in ROLES[role] if name in names and name not in mapped]
        folded = {name.strip().casefold(): name for name in reversed(names) if name not in mapped}
        for name in ROLES[role]:
            match = folded.get(name.casefold())
            if match is not None and match not in found:
                found.append(match)
        return tuple(found)


def _first_string(record: dict[str, Any], keys: tuple[str, ...], used: set[str]) -> str | None:
    for key in keys:
        value = record[key]
        if type(value) is str and _CONTENT.search(value):
            used.add(key)
            return value
        if value is None or value == "":
            used.add(key)  # its null becomes the release's null
    return None


def _id(record: dict[str, Any], plan: _FieldPlan, used: set[str]) -> str | None:
    for key in plan.id:
        value = record[key]
        if value is None or value == "":
            used.add(key)
        elif type(value) is str and _CONTENT.search(value):
            used.add(key)
            return value
        elif type(value) is int:
            used.add(key)
            return str(value)
    return None


def _published(record: dict[str, Any], plan: _FieldPlan, used: set[str]) -> str | None:
    for key in plan.published:
        value = record[key]
        if value is None or value == "":
            used.add(key)
        elif type(value) is str and (date := iso_date(value)):
            if date == value:
                used.add(key)  # else the date as the feed wrote it stays among the other fields
            return date
    return None


def _json_type(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "an array", dict: "an object"}
    return names.get(type(value), type(value).__name__)
