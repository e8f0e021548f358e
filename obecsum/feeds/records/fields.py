"""Which field of a record is the text, the title, the date: by name, or by what the caller says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from obecsum.core.errors import InputError, OptionError, RecordError
from obecsum.core.release import Release
from obecsum.feeds.records.habits import ByItself, date_text, is_same_date
from obecsum.feeds.records.markup import without_markup
from obecsum.text.normalize import normalize

__all__ = ["ROLES", "FieldMap", "has_content", "title_of_text", "unique_names"]

# The order matters: the first field that has content wins. English names are the documented ones; the Thai ones are the
# headings that Thai spreadsheets have.
ROLES: dict[str, tuple[str, ...]] = {
    "id": ("id", "รหัสข่าว", "เลขที่ข่าว"),
    "text": (
        *("text", "body", "content", "description", "content_text", "content_html", "content.rendered"),
        *("เนื้อหา", "เนื้อหาข่าว", "เนื้อข่าว", "เนื้อความ", "ข้อความ", "ข้อความข่าว", "รายละเอียด", "รายละเอียดข่าว"),
    ),
    "title": (
        *("title", "headline", "title.rendered", "หัวข้อข่าว", "หัวข้อ", "หัวเรื่อง", "หัวข่าว", "พาดหัวข่าว", "พาดหัว"),
        *("ชื่อข่าว", "ชื่อเรื่อง", "เรื่อง"),
    ),
    "published": (
        *("published", "date", "pubDate", "date_published", "published_at", "publish_date"),
        *("วันที่เผยแพร่", "วันที่ลงข่าว", "วันที่ประกาศ", "วันที่โพสต์", "วันที่ข่าว", "วันที่", "วันเวลา", "วัน/เดือน/ปี"),
    ),
    "url": ("url", "link", "ลิงก์", "ลิงค์", "ลิ้งค์", "ลิ้งก์", "ลิงก์ข่าว", "ลิงค์ข่าว", "ที่อยู่เว็บ", "แหล่งที่มา", "ที่มา"),
}
_SOURCE_NAMES = frozenset(("แหล่งที่มา", "ที่มา"))  # of some feeds a link, of others an agency
_MAX_TITLE_CHARS = 250
# Control and zero-width characters are no content: a text of nothing else is as empty as one of spaces.
_CONTENT = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
_BETWEEN = re.compile(r"[\s_.:*-]+")
_LINK = re.compile(r"\s*https?://", re.IGNORECASE)


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
    """Which keys of one set of keys may hold what, best first; how many they are, and the others."""

    id: tuple[str, ...]
    text: tuple[str, ...]
    title: tuple[str, ...]
    published: tuple[str, ...]
    url: tuple[str, ...]
    links_only: frozenset[str]
    num_keys: int
    others: tuple[str, ...]


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
        self._reading = ByItself()

    def read_by(self, reading: ByItself) -> FieldMap:
        """The same fields, read in another way than each record by itself."""
        found = FieldMap(self.fields)
        found._plans, found._reading = self._plans, reading
        return found

    def finds_text(self, names: tuple[str, ...]) -> bool:
        """Whether one of the names is where a text would be."""
        return bool(self._plan(names).text)

    def num_roles(self, names: tuple[str, ...]) -> int:
        """How many roles the names of a table's columns tell."""
        plan = self._plan(names)
        return sum(map(bool, (plan.id, plan.text, plan.title, plan.published, plan.url)))

    def date_columns(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names that may hold a date."""
        return self._plan(names).published

    def written_date(self, release: Release) -> str | None:
        """What stands among the other fields in a date's place: as it was written, or what could not be read."""
        for key in self._plan(tuple(release.extra)).published:
            if (text := date_text(release.extra[key])) is not None:
                return text
        return None

    def check_columns(self, names: tuple[str, ...], *, source: str) -> None:
        """Check that a table has the columns that were named, and one where a text would be.

        Args:
            names: Of the columns.
            source: What the message calls the table.

        Raises:
            InputError: It has not.
        """
        have = ", ".join(map(repr, names[:12])) + (", ..." if len(names) > 12 else "")
        for role, name in self.fields.items():
            if role != "text" and name not in names:
                raise InputError(
                    f"{source}: no column {name!r} for the {role}: the columns are {have}; "
                    f"name one of them with --field {role}=COLUMN"
                )
        if self.finds_text(names):
            return
        wanted = repr(self.fields["text"]) if "text" in self.fields else "one of text, body, content, description"
        raise InputError(
            f"{source}: no column holds the text: the columns are {have}; "
            f"wanted is {wanted}; name it with --field text=COLUMN"
        )

    def release(self, record: dict[str, Any], *, source: str, line: int) -> Release:
        """The release that a record holds.

        Args:
            record: Field name to value, as parsed. Not changed. Text and title may be HTML, or WordPress's objects
                with HTML under "rendered".
            source: Name of the source; with the line it makes the id where there is none.
            line: Line of the record, from 1.

        Raises:
            RecordError: There is no text, or nothing in it can be read. The message is the reason for the quarantine.
        """
        names = tuple(record)
        plan = self._plans.get(names) or self._plan(names)
        reading = self._reading
        reading.is_open = False
        used: set[object] = set()
        text = self._text(record, plan, used)
        title = _first_string(record, plan.title, used)
        if title is None:
            reading.num_untitled += 1
        elif "&" in title or "<" in title:
            plain = reading.plain(title, "title")
            title = title if plain is title else " ".join(plain.split())
        url = _first_string(record, plan.url, used, plan.links_only)
        published = self._published(record, plan, used)
        release_id = _id(record, plan, used) or f"{source}:{line}"
        if len(used) == plan.num_keys and _RENDERED not in used:
            extra = {key: record[key] for key in plan.others}
        elif _RENDERED in used:
            extra = {key: rest for key in names if (rest := _rest(record[key], key in used)) is not _NOTHING}
        else:
            extra = {key: value for key, value in record.items() if key not in used}
        release = Release(release_id, text, title, published, url, source, extra)
        reading.num_read += 1
        if reading.is_open:
            reading.hold(release, record)
        return release

    def _text(self, record: dict[str, Any], plan: _FieldPlan, used: set[object]) -> str:
        for key in plan.text:
            value = record[key]
            if type(value) is dict:
                value = _shown(value, used)
            if type(value) is str and (value[:1].isalnum() or _CONTENT.search(value)):
                if "&" in value or "<" in value:
                    value = self._reading.plain(value, "text")
                    if not _CONTENT.search(without_markup(value)):
                        continue
                used.add(key)
                return value
        if not plan.text:
            wanted = self.fields.get("text")
            looked_for = repr(wanted) if wanted else "any of text, body, content, description"
            have = ", ".join(map(repr, list(record)[:8])) or "none"
            raise RecordError(f"no text: no field {looked_for} (fields: {have})")
        values = [_shown(record[key], used) for key in plan.text]
        if any(type(value) is str and value for value in values):
            raise RecordError(f"only white space: field {plan.text[0]!r} has nothing that can be read")
        if all(_is_empty(value) for value in values):
            raise RecordError(f"no text: field {plan.text[0]!r} is empty")
        wrong = next(value for value in values if value is not None and type(value) is not str)
        raise RecordError(f"no text: field {plan.text[0]!r} is no string but {_json_type(wrong)}")

    def _published(self, record: dict[str, Any], plan: _FieldPlan, used: set[object]) -> str | None:
        published = None
        for key in plan.published:
            value = record[key]
            written = value if type(value) is str else date_text(value)
            if not written:
                if published is None and _is_empty(value):
                    used.add(key)
            elif published is not None:
                self._reading.add_date(written, key)
            else:
                published = self._reading.date(written, key)
                if written is value and (published == written or is_same_date(published, written)):
                    used.add(key)  # else the date as the feed wrote it stays among the other fields
        return published

    def _plan(self, names: tuple[str, ...]) -> _FieldPlan:
        plan = self._plans.get(names)
        if plan is None:
            if len(self._plans) > 1000:  # a feed whose every record has other keys must not grow this for ever
                self._plans.clear()
            mapped = set(self.fields.values())
            guessed = [name for name in names if name not in mapped]
            folded = {_folded(name): name for name in reversed(guessed)}
            found = {role: self._candidates(role, names, frozenset(guessed), folded) for role in ROLES}
            # A column that is named for the link is one, whatever it is called.
            links = () if "url" in self.fields else (key for key in found["url"] if _folded(key) in _SOURCE_NAMES)
            keys = {key for role in found.values() for key in role}
            others = tuple(name for name in names if name not in keys)
            plan = _FieldPlan(**found, links_only=frozenset(links), num_keys=len(keys), others=others)
            self._plans[names] = plan
        return plan

    def _candidates(
        self, role: str, names: tuple[str, ...], guessed: frozenset[str], folded: Mapping[str, str]
    ) -> tuple[str, ...]:
        if role in self.fields:
            return (self.fields[role],) if self.fields[role] in names else ()
        found = [name for name in ROLES[role] if name in guessed]
        for name in ROLES[role]:
            match = folded.get(_folded(name))
            if match is not None and match not in found:
                found.append(match)
        return tuple(found)


_NOTHING = object()
_RENDERED = object()  # among the names that were used: one of them has an object with HTML


@lru_cache(maxsize=1024)
def _folded(name: str) -> str:
    """A name without what people write in different ways: case, spaces, underscores, invisible characters."""
    return _BETWEEN.sub("", normalize(name).casefold())


def _shown(value: Any, used: set[object]) -> Any:
    """A field's value; of WordPress's ``{"rendered": "<p>..."}`` the HTML, of which the rest is told to be left."""
    if type(value) is not dict:
        return value
    used.add(_RENDERED)
    return value.get("rendered")


def _rest(value: Any, is_used: bool) -> Any:
    """What of a field's value goes among the other fields."""
    if not is_used:
        return value
    rest = {name: item for name, item in value.items() if name != "rendered"} if type(value) is dict else None
    return rest or _NOTHING


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value != value


def _first_string(
    record: dict[str, Any], keys: tuple[str, ...], used: set[object], links_only: frozenset[str] = frozenset()
) -> str | None:
    for key in keys:
        value = record[key]
        if type(value) is dict:
            value = _shown(value, used)
        if type(value) is str and (value[:1].isalnum() or _CONTENT.search(value)):
            if not links_only or key not in links_only or _LINK.match(value):
                used.add(key)
                return value
        elif (value is None or value == "" or value != value) and key not in links_only:
            used.add(key)  # its null becomes the release's null
    return None


def _id(record: dict[str, Any], plan: _FieldPlan, used: set[object]) -> str | None:
    for key in plan.id:
        value = record[key]
        if type(value) is str and (value[:1].isalnum() or _CONTENT.search(value)):
            used.add(key)
            return value
        if type(value) is int:
            used.add(key)
            return str(value)
        if _is_empty(value):
            used.add(key)
    return None


def _json_type(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "an array", dict: "an object"}
    return names.get(type(value), type(value).__name__)
