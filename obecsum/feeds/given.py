"""Records as callers have them, and the way back to the shape that they came in.

A list of strings, dicts or releases, a generator of them, a table of pandas, polars, pyarrow or Hugging Face datasets:
each becomes releases, by the same rules as a feed's records. None of these libraries is imported here: a table is known
by its type, and asked for its rows in its own words.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from obecsum.core.errors import InputError, RecordError
from obecsum.core.release import Release
from obecsum.feeds.records.fields import FieldMap

__all__ = ["Given", "Unusable", "given", "one_given", "taken"]

_TABLES = {
    ("pandas", "DataFrame"): "table",
    ("pandas", "Series"): "column",
    ("polars", "DataFrame"): "table",
    ("polars", "Series"): "column",
    ("pyarrow", "Table"): "table",
    ("pyarrow", "RecordBatch"): "table",
    ("pyarrow", "ChunkedArray"): "column",
    ("pyarrow", "Array"): "column",
    ("datasets", "Dataset"): "table",
    ("numpy", "ndarray"): "column",
}
_COLUMN_TYPES = (list, tuple)
_WHOLES = {
    str: "one string; did you mean [text], or obecsum.read(path) for a file?",
    bytes: "bytes; decode them to str and pass a list",
    bytearray: "bytes; decode them to str and pass a list",
    Release: "one Release; did you mean [release]?",
}
_KINDS = "strings, dicts or obecsum.Release"


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
    kind = _table_kind(records)
    if kind == "table":
        names = tuple(_columns(records))
        if not field_map.finds_text(names):
            raise InputError(_no_text(names, field_map, name))
        rows: Iterable[Any] = _rows(records)
    elif kind == "column":
        in_python = next(name for name in ("to_pylist", "to_list", "tolist") if hasattr(records, name))
        rows = getattr(records, in_python)()
    else:
        _check_whole(records, name)
        rows = records = records if isinstance(records, _COLUMN_TYPES) else list(records)
    releases: list[Release] = []
    indices: list[int] = []
    unusable: list[Unusable] = []
    for number, row in enumerate(rows):
        try:
            release = _release(row, number, field_map, name)
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


def one_given(record: Any, *, fields: Mapping[str, str] | None = None, name: str = "release") -> Release:
    """The release that one record holds: a string, a dict, or a release itself.

    Raises:
        TypeError: It is of no known type.
        InputError: It holds no text.
    """
    try:
        return _release(record, 0, FieldMap(fields), name, is_one=True)
    except RecordError as error:
        raise InputError(f"{name} cannot be used: {error}") from error


def taken(records: Any, rows: Sequence[int]) -> Any:
    """Some rows of records, in their type; of an iterable that is no table, a list.

    Args:
        records: As for :func:`given`, but nothing that can be iterated over only once.
        rows: From 0, in the order wanted.
    """
    rows = list(rows)
    package, _ = _type_of(records)
    if _table_kind(records) is None:
        return [records[row] for row in rows]
    if package == "pandas":
        return records.iloc[rows]
    if package == "datasets":
        return records.select(rows)
    if package == "pyarrow":
        return records.take(rows)
    return records[rows]


def _type_of(records: Any) -> tuple[str, frozenset[str]]:
    """The package that a value's type is from, and the names of the type and those that it is derived from."""
    for base in type(records).__mro__:
        package = base.__module__.partition(".")[0]
        if any(package == known for known, _ in _TABLES):
            return package, frozenset(b.__name__ for b in type(records).__mro__)
    return "", frozenset()


def _table_kind(records: Any) -> str | None:
    package, names = _type_of(records)
    return next((_TABLES[package, name] for known, name in _TABLES if known == package and name in names), None)


def _columns(table: Any) -> list[str]:
    return [str(name) for name in (table.column_names if hasattr(table, "column_names") else table.columns)]


def _rows(table: Any) -> Iterator[dict[str, Any]]:
    """A table's rows as dicts, what is missing as None."""
    package, _ = _type_of(table)
    if package == "pandas":
        names = _columns(table)
        plain = table.astype(object)
        for row in plain.where(plain.notna(), None).itertuples(index=False, name=None):
            yield dict(zip(names, row, strict=True))
    elif package == "polars":
        yield from table.iter_rows(named=True)
    elif package == "pyarrow":
        for batch in table.to_batches() if hasattr(table, "to_batches") else [table]:
            yield from batch.to_pylist()
    else:
        yield from table


def _check_whole(records: Any, name: str) -> None:
    for kind, hint in _WHOLES.items():
        if isinstance(records, kind):
            raise TypeError(f"{name} must be several records ({_KINDS}), got {hint}")
    if isinstance(records, Mapping):
        columns = any(isinstance(value, _COLUMN_TYPES) for value in records.values())
        hint = "for columns, pass pandas.DataFrame(columns)" if columns else "did you mean [record]?"
        splits = type(records).__name__ == "DatasetDict"
        hint = f"pass one of its splits: {', '.join(map(repr, records))}" if splits else hint
        raise TypeError(f"{name} must be several records ({_KINDS}), got one {type(records).__name__}; {hint}")
    if not isinstance(records, Iterable):
        raise TypeError(
            f"{name} must be a list or another iterable of {_KINDS}, or a table of pandas, polars, pyarrow or "
            f"datasets, got {type(records).__name__}"
        )
    if inspect.isgenerator(records) and inspect.getgeneratorstate(records) == inspect.GEN_CLOSED:
        raise InputError(f"{name} is a generator that was used up before; make it anew, or pass a list")


def _release(row: Any, number: int, field_map: FieldMap, name: str, *, is_one: bool = False) -> Release:
    if isinstance(row, Release):
        return row
    if row is None or (isinstance(row, float) and row != row):
        raise RecordError(f"no text: the row is {row}")
    if isinstance(row, str):
        row = {"text": row}
        field_map = _STRINGS
    if not isinstance(row, Mapping):
        what = name if is_one else f"{name}[{number}]"
        raise TypeError(f"{what} must be a string, a dict or an obecsum.Release, got {type(row).__name__}")
    # Dates are told as a table's file has them; what is no date (pandas' NaT) differs from itself.
    record = {
        str(key): value.isoformat() if isinstance(value, date | time) and value == value else value
        for key, value in row.items()
    }
    release = field_map.release(record, source="row", line=number)
    source = record.get("source")
    return Release(
        release.id,
        release.text,
        release.title,
        release.published,
        release.url,
        source if isinstance(source, str) else None,
        release.extra,
    )


_STRINGS = FieldMap()


def _no_text(names: Sequence[str], field_map: FieldMap, name: str) -> str:
    have = ", ".join(map(repr, names[:12])) + (", ..." if len(names) > 12 else "")
    wanted = repr(field_map.fields["text"]) if "text" in field_map.fields else "one of text, body, content, description"
    return (
        f"{name} has no column that holds the text: its columns are {have or 'none'}; wanted is {wanted}; name it with "
        "fields={'text': COLUMN}"
    )
