"""Records in memory as a file that a job reads: one line a row, so that a row's number is its line's."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path, PurePath
from typing import Any, BinaryIO
from uuid import UUID

import orjson

from obecsum.core.errors import RecordError
from obecsum.core.release import Release
from obecsum.core.serialize import loads, to_json
from obecsum.feeds.formats.jsonl import json_entry
from obecsum.feeds.given import NO_ROW, ROW, GivenRow
from obecsum.feeds.records.fields import FieldMap, has_content
from obecsum.feeds.records.lines import numbered_lines
from obecsum.feeds.records.record import Quarantined, ReadEntries, ReadEntry, Record, too_long
from obecsum.feeds.sources import ROWS, Source
from obecsum.feeds.tables import is_missing

__all__ = ["read_rows", "write_rows"]

_TEXT_ONLY = FieldMap()
_MAX_DEPTH = 100
_AS_TEXT = (Decimal, Enum, UUID, PurePath, timedelta)


def write_rows(rows: Iterable[GivenRow], path: Path, name: str) -> Source:
    """Write rows to a file.

    Args:
        rows: As :func:`obecsum.feeds.given.given_rows` gives them.
        path: Of the file.
        name: What the argument is called in messages.

    Returns:
        The file, for a job.

    Raises:
        TypeError: A field's value is nothing that JSON can say.
    """
    with path.open("wb") as file:
        for number, row in enumerate(rows):
            file.write(to_json(_line(row, f"{name}[{number}]")) + b"\n")
    return Source(path, ROW, ROWS, path.stat().st_size)


def _line(row: GivenRow, name: str) -> Any:
    """A release as a list, a text as a string, a record as an object, nothing as null."""
    if isinstance(row, Release):
        return [row.id, row.text, row.title, row.published, row.url, row.source, _plain(row.extra, f"{name}.extra", 0)]
    return {key: _plain(value, f"{name}[{key!r}]", 1) for key, value in row.items()} if isinstance(row, dict) else row


def _plain(value: Any, name: str, depth: int) -> Any:
    """A value as JSON has it."""
    if value is None or type(value) in (str, int, bool):
        return value
    if is_missing(value):
        return None
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, str | int):
        return str.__str__(value) if isinstance(value, str) else int(value)
    if depth > _MAX_DEPTH:
        raise TypeError(f"{name} holds more than {_MAX_DEPTH} lists or dicts, one in another; leave the field out")
    if isinstance(value, Mapping):
        return {str(key): _plain(one, name, depth + 1) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        ordered = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [_plain(one, name, depth + 1) for one in ordered]
    if hasattr(value, "tolist"):
        return _plain(value.tolist(), name, depth + 1)
    if isinstance(value, _AS_TEXT) or type(value).__module__.partition(".")[0] == "pandas":
        return str(value)
    raise TypeError(
        f"{name} is of type {type(value).__name__}, which JSON, and so the output of a job, cannot hold; make a string "
        "of it, or leave the field out"
    )


def read_rows(stream: BinaryIO, *, source: str, fields: FieldMap, max_record_bytes: int) -> ReadEntries:
    """Yield one entry a row, its line the row's number from 0.

    Args:
        stream: What :func:`write_rows` wrote.
        source: Name of the source.
        fields: Which field of a record is what.
        max_record_bytes: Longer rows are quarantined unread.
    """
    for number, offset, raw, length in numbered_lines(stream, max_record_bytes):
        if length > len(raw):
            yield too_long(source, number - 1, offset, raw, length, limit=max_record_bytes)
        else:
            yield _entry(raw, source, number - 1, offset, fields)


def _entry(raw: bytes, source: str, row: int, offset: int, fields: FieldMap) -> ReadEntry:
    if raw.startswith(b"{"):
        entry = json_entry(raw, source=source, line=row, byte_offset=offset, fields=fields)
        # By itself its bytes would be read as those of JSON lines, whose first has the number 1.
        return entry if isinstance(entry, Quarantined) else entry._replace(length=None)
    try:
        try:
            orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise RecordError("lone surrogates: a code point U+D800 to U+DFFF without its other half") from error
        value = loads(raw)
        if value is None:
            raise RecordError(NO_ROW)
        if isinstance(value, str):
            release = _TEXT_ONLY.release({"text": value}, source=source, line=row)
        else:
            release = Release(*value)
            if not has_content(release.text):
                raise RecordError("no text: the release's text is empty")
    except RecordError as error:
        return Quarantined(source, row, offset, str(error), raw.rstrip())
    return Record(release, row, offset)
