"""Records as callers have them in memory: strings, dicts, releases, tables; by a feed's rules releases."""

from __future__ import annotations

import inspect
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from os import PathLike
from typing import Any

from obecsum.core.errors import InputError, RecordError
from obecsum.core.release import Release
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.tables import column_values, is_missing, kind_of, table_columns, table_rows, taken

__all__ = [
    "NO_ROW",
    "ROW",
    "Given",
    "GivenRow",
    "Unusable",
    "each_given",
    "given",
    "given_rows",
    "listed",
    "one_given",
    "source_of",
]

ROW = "row"
"""The name of a source that is records in memory; with the row's number it makes the id of a record without one."""

NO_ROW = "no text: the row is None"
_WHOLES = {
    str: "one string; did you mean [text], or obecsum.read(path) for a file?",
    bytes: "bytes; decode them to str and pass a list",
    bytearray: "bytes; decode them to str and pass a list",
    Release: "one Release; did you mean [release]?",
    PathLike: "a path; obecsum.read(path) reads a file",
    io.IOBase: "an open file; obecsum.read(path) reads it",
}
_KINDS = "strings, dicts or obecsum.Release"
GivenRow = Release | str | dict[str, Any] | None
"""A row of what was given: a release, a text, a record's fields, or nothing."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """A row that holds no release.

    Attributes:
        index: Its row in what was given, from 0.
        reason: What is wrong with it.
    """

    index: int
    reason: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a caller gave.

    Attributes:
        releases: Of every row that holds one.
        indices: For each of them its row, from 0; they rise.
        unusable: The other rows.
        records: What was given; of what can be iterated over only once, a list.
    """

    releases: list[Release]
    indices: list[int]
    unusable: list[Unusable]
    records: Any

    def __len__(self) -> int:
        """How many rows were given."""
        return len(self.indices) + len(self.unusable)

    def take(self, rows: Sequence[int]) -> Any:
        """Some rows, in the type that came in; of an iterable that is no table, a list."""
        return taken(self.records, rows)


def given(records: Any, *, fields: Mapping[str, str] | None = None, name: str = "releases") -> Given:
    """Read records that a caller has in memory.

    A dict's fields are guessed as a feed's are (:func:`obecsum.read`); a record without an id gets ``row:<number>``.

    Args:
        records: Strings, dicts or releases in a list or another iterable; a DataFrame or Series of pandas or polars, a
            table of pyarrow, a ``datasets.Dataset``.
        fields: Role (id, text, title, published, url) to field name, where names cannot be guessed.
        name: What the argument is called in messages.

    Raises:
        TypeError: It is one record, no records at all, or one of them is of no known type.
        InputError: A table has no column where a text would be, a generator was used up before, or none of several
            rows holds a release.
        OptionError: An unknown role.
    """
    field_map = FieldMap(fields)
    records, rows = given_rows(records, field_map, name)
    releases: list[Release] = []
    indices: list[int] = []
    unusable: list[Unusable] = []
    for number, row in enumerate(rows):
        try:
            release = _release(row, number, field_map)
        except RecordError as error:
            unusable.append(Unusable(number, str(error)))
            continue
        releases.append(release)
        indices.append(number)
    if unusable and not releases:
        raise InputError(
            f"none of the {len(unusable)} {name} can be used; the first: {unusable[0].reason}; name the field that "
            "holds the text with fields={'text': ...}"
        )
    return Given(releases, indices, unusable, records)


def given_rows(records: Any, field_map: FieldMap, name: str) -> tuple[Any, Iterator[GivenRow]]:
    """The rows of what a caller gave, each checked when its turn comes, and what was given, for :func:`taken`.

    Args:
        records: As for :func:`given`.
        field_map: Which field is what.
        name: What the argument is called in messages.

    Raises:
        TypeError: It is one record, no records at all, or (told with the row) one of them is of no known type.
        InputError: A table has no column where a text would be, or a generator was used up before.
    """
    kind = kind_of(records)
    if kind == "table":
        _check_columns(table_columns(records), field_map, name)
        rows: Iterable[Any] = table_rows(records)
    elif kind == "column":
        rows = column_values(records)
    else:
        rows = records = listed(records, name)
    return records, (_row(row, f"{name}[{number}]") for number, row in enumerate(rows))


def listed(records: Any, name: str) -> Sequence[Any]:
    """Records that are no table, as a sequence: what can be iterated over only once is read.

    Raises:
        TypeError: It is one record, or no records at all.
        InputError: A generator was used up before.
    """
    _check_whole(records, name)
    return records if isinstance(records, list | tuple) else list(records)


def each_given(records: Any, *, fields: Mapping[str, str] | None = None, name: str = "releases") -> Iterator[Release]:
    """The releases of records that must each be one and have an id of its own, read one at a time.

    Args:
        records: As for :func:`given`; of a generator no more is held than one.
        fields: Role to field name.
        name: What the argument is called in messages.

    Raises:
        TypeError: As for :func:`given`.
        InputError: A record has no text or no id.
    """
    field_map = FieldMap(fields)
    if kind_of(records):
        _, rows = given_rows(records, field_map, name)
    else:
        _check_whole(records, name)
        rows = (_row(row, f"{name}[{number}]") for number, row in enumerate(records))
    return _each(rows, field_map, name)


def _each(rows: Iterable[GivenRow], field_map: FieldMap, name: str) -> Iterator[Release]:
    for number, row in enumerate(rows):
        try:
            release = _release(row, number, field_map)
        except RecordError as error:
            raise InputError(f"{name}[{number}] cannot be used: {error}") from error
        if release is not row and release.id == f"{ROW}:{number}":
            raise InputError(f"{name}[{number}] has no id; give a dict with an id and a text, or an obecsum.Release")
        yield release


def one_given(record: Any, *, fields: Mapping[str, str] | None = None, name: str = "release") -> Release:
    """The release that one record holds: a string, a dict, or a release itself.

    Raises:
        TypeError: It is of no known type.
        InputError: It holds no text.
    """
    if is_missing(record):
        raise TypeError(f"{name} must be a string, a dict or an obecsum.Release, got {record}")
    try:
        return _release(_row(record, name), 0, FieldMap(fields))
    except RecordError as error:
        raise InputError(f"{name} cannot be used: {error}") from error


def source_of(release: Release) -> str | None:
    """The name of the source that a record itself has."""
    source = release.extra.get("source")
    return source if isinstance(source, str) else None


def _release(row: GivenRow, number: int, field_map: FieldMap) -> Release:
    if isinstance(row, Release):
        return row
    if row is None:
        raise RecordError(NO_ROW)
    if isinstance(row, str):
        row, field_map = {"text": row}, _STRINGS
    read = field_map.release(row, source=ROW, line=number)
    return Release(read.id, read.text, read.title, read.published, read.url, source_of(read), read.extra)


_STRINGS = FieldMap()


def _row(row: Any, name: str) -> GivenRow:
    if isinstance(row, Release):
        for field in ("id", "text", "title", "url", "source"):
            value = getattr(row, field)
            if not isinstance(value, str) and (value is not None or field in ("id", "text")):
                raise TypeError(f"{name}.{field} must be a str, got {type(value).__name__}")
        return row
    if isinstance(row, str):
        return str.__str__(row)
    if is_missing(row):
        return None
    if isinstance(row, Mapping):
        return {str(key): _value(value) for key, value in row.items()}
    raise TypeError(f"{name} must be a string, a dict or an obecsum.Release, got {type(row).__name__}")


def _value(value: Any) -> Any:
    """A field's value as a feed has it: Python's own types, a date as it is written, None where one is missing."""
    if type(value) in _FEEDS_OWN:
        return value
    if is_missing(value):
        return None
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):  # a number or moment of numpy's
        plain = value.item()
        if value.dtype.kind == "M" and isinstance(plain, int):  # finer than Python's
            plain = value.astype("datetime64[us]").item()
        return plain.isoformat() if isinstance(plain, date) else plain
    return value


_FEEDS_OWN = frozenset((str, int, bool, list, dict))


def _check_whole(records: Any, name: str) -> None:
    for kind, hint in _WHOLES.items():
        if isinstance(records, kind):
            raise TypeError(f"{name} must be several records ({_KINDS}), got {hint}")
    if isinstance(records, Mapping):
        columns = any(isinstance(value, list | tuple) or kind_of(value) for value in records.values())
        hint = "for columns, pass pandas.DataFrame(columns)" if columns else "did you mean [record]?"
        splits = type(records).__name__ == "DatasetDict"
        hint = f"pass one of its splits: {', '.join(map(repr, records))}" if splits else hint
        raise TypeError(f"{name} must be several records ({_KINDS}), got one {type(records).__name__}; {hint}")
    if not isinstance(records, Iterable):
        hint = "; call its collect() first" if hasattr(records, "collect") else ""
        raise TypeError(
            f"{name} must be a list or another iterable of {_KINDS}, or a table of pandas, polars, pyarrow or "
            f"datasets, got {type(records).__name__}{hint}"
        )
    if inspect.isgenerator(records) and inspect.getgeneratorstate(records) == inspect.GEN_CLOSED:
        raise InputError(f"{name} is a generator that was used up before; make it anew, or pass a list")


def _check_columns(names: Sequence[str], field_map: FieldMap, name: str) -> None:
    have = (", ".join(map(repr, names[:12])) + (", ..." if len(names) > 12 else "")) or "none"
    for role, wanted in field_map.fields.items():
        if wanted not in names:
            raise InputError(
                f"{name} has no column {wanted!r} for the {role}: its columns are {have}; name one of them with "
                f"fields={{{role!r}: COLUMN}}"
            )
    if not field_map.finds_text(tuple(names)):
        raise InputError(
            f"{name} has no column that holds the text: its columns are {have}; wanted is one of text, body, content, "
            "description; name it with fields={'text': COLUMN}"
        )
