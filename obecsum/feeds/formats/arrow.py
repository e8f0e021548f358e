"""Parquet, Arrow and Feather, a row a release, read batch by batch."""

from __future__ import annotations

import base64
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import orjson

from obecsum.core.errors import InputError, RecordError
from obecsum.core.serialize import to_json
from obecsum.feeds.records.encoding import to_utf8
from obecsum.feeds.records.fields import FieldMap, unique_names
from obecsum.feeds.records.limits import Limits
from obecsum.feeds.records.open import OpenSource
from obecsum.feeds.records.record import Quarantined, ReadEntries, ReadEntry, Record, too_long

__all__ = ["JSON_COLUMNS", "read_arrow"]

JSON_COLUMNS = b"obecsum.json_columns"
"""Key of a Parquet file's metadata: which of its columns hold JSON."""

_ROWS_AT_A_TIME = 128
_ROW_BYTES = 64  # what a row counts at least, so that a file of nothing but rows is a bomb too
_MAX_DEPTH = 200


def read_arrow(opened: OpenSource, *, source: str, fields: FieldMap, kind: str, limits: Limits) -> ReadEntries:
    """Yield one entry a row; its ``line`` is the number of the row, from 1.

    Values pass through as JSON has them: dates and times in ISO 8601, decimals as strings, binary values as text where
    they are text and else as ``{"base64": ...}``. A quarantined row's bytes are the row as JSON.

    Args:
        opened: The source. What is no plain file is written to a temporary one first: these formats begin at their end.
        source: Its name.
        fields: Which column is what.
        kind: "parquet" or "arrow".
        limits: How long a row may be, and how far the file may expand.

    Raises:
        InputError: It is damaged, expands too far, or has no column with the text.
    """
    import pyarrow as pa

    with ExitStack() as stack:
        done = 0
        try:
            file: Any
            if opened.plain and opened.path is not None:
                file = stack.enter_context(pa.OSFile(str(opened.path)))
                size_bytes = opened.path.stat().st_size
            else:
                file = stack.enter_context(tempfile.TemporaryFile(prefix="obecsum-"))
                shutil.copyfileobj(opened.stream, file)
                size_bytes = file.tell()
                file.seek(0)
            names: tuple[str, ...] | None = None
            as_json: frozenset[str] = frozenset()
            expanded_bytes = 0
            for batch in _batches(file, kind, opened.head, stack, source):
                if names is None:
                    names = unique_names(batch.schema.names)
                    fields.check_columns(names, source=source)
                    as_json = _json_columns(batch.schema.metadata)
                columns = [
                    _values(column) if name not in as_json else [_parsed(text) for text in _values(column)]
                    for name, column in zip(names, batch.columns, strict=True)
                ]
                expanded_bytes += max(batch.nbytes, _ROW_BYTES * batch.num_rows, _num_chars(columns))
                if why := limits.expanded_too_far(size_bytes, expanded_bytes):
                    raise InputError(
                        f"{source}: the {kind} data {why}; if it is a feed that you trust, allow more with "
                        "--max-expanded-gb (max_expanded_bytes)"
                    )
                for number in range(batch.num_rows):
                    done += 1
                    row = {name: column[number] for name, column in zip(names, columns, strict=True)}
                    yield _entry(row, source=source, line=done, fields=fields, limits=limits)
        # pyarrow's own, and what its parts raise: a KeyError for a type that there is not, for instance.
        except (
            pa.ArrowException,
            OSError,
            ValueError,
            TypeError,
            OverflowError,
            RecursionError,
            LookupError,
            NotImplementedError,
        ) as error:
            raise InputError(
                f"{source}: the {kind} file is damaged after {done:,} rows ({error}); get the file again"
            ) from error


def _batches(file: Any, kind: str, head: bytes, stack: ExitStack, source: str) -> Iterator[Any]:
    """Record batches of few rows."""
    if kind == "parquet":
        from pyarrow import parquet

        table = stack.enter_context(parquet.ParquetFile(file, pre_buffer=False))
        if table.metadata.num_rows == 0:
            return
        yield from table.iter_batches(batch_size=_ROWS_AT_A_TIME, use_threads=False)
        return
    from pyarrow import ipc

    if head.startswith(b"FEA1"):
        raise InputError(
            f"{source}: version 1 of Feather is not read; write the file again with a newer pyarrow or pandas"
        )
    if head.startswith(b"ARROW1"):
        reader = stack.enter_context(ipc.open_file(file))
        whole = (reader.get_batch(number) for number in range(reader.num_record_batches))
    else:
        whole = iter(stack.enter_context(ipc.open_stream(file)))
    for batch in whole:
        _check(batch)
        for begin in range(0, batch.num_rows, _ROWS_AT_A_TIME):
            yield batch.slice(begin, _ROWS_AT_A_TIME)


def _check(batch: Any) -> None:
    """Check that the lengths and offsets in a batch lead nowhere outside of it; a file may say anything.

    Raises:
        pyarrow.ArrowInvalid: They do.
    """
    import pyarrow as pa

    for column in batch.columns:
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            # Text that is no UTF-8 is one row's matter, told later.
            column.view(pa.binary() if pa.types.is_string(column.type) else pa.large_binary()).validate(full=True)
        else:
            column.validate(full=True)


def _num_chars(columns: list[list[Any]]) -> int:
    """Characters of the texts in columns; a dictionary makes many of few bytes."""
    return sum(len(value) for column in columns for value in column if type(value) is str)


def _json_columns(metadata: Any) -> frozenset[str]:
    """The columns that our own writer made JSON of."""
    try:
        names = orjson.loads((metadata or {}).get(JSON_COLUMNS, b"[]"))
    except orjson.JSONDecodeError:
        return frozenset()
    return frozenset(name for name in names if isinstance(name, str)) if isinstance(names, list) else frozenset()


def _parsed(text: Any) -> Any:
    try:
        return json.loads(text)  # every digit of a number, which orjson would round
    except (ValueError, TypeError, RecursionError):
        return text


def _values(column: Any) -> list[Any]:
    """The values of a column; one that cannot be read is its error."""
    try:
        values: list[Any] = column.to_pylist()
    except Exception:  # one bad value fails them all: UnicodeDecodeError, OverflowError for a year 10000 and others
        return [_value(column, number) for number in range(len(column))]
    return values


def _value(column: Any, number: int) -> Any:
    try:
        return column[number].as_py()
    except UnicodeDecodeError:
        return bytes(column[number].as_buffer())
    except Exception as error:
        return error


def _entry(row: dict[str, Any], *, source: str, line: int, fields: FieldMap, limits: Limits) -> ReadEntry:
    plain: dict[str, Any] = {}
    try:
        for name, value in row.items():
            kind = type(value)
            plain[name] = value if kind is str or kind is int or value is None else _plain(value, 1)
        size = sum(len(value) for value in plain.values() if type(value) is str)
        if size > limits.max_record_bytes // 4:  # no character has more than four bytes
            raw = to_json(plain)
            if len(raw) > limits.max_record_bytes:
                long = too_long(source, line, 0, raw, len(raw), limit=limits.max_record_bytes)
                return replace(long, raw=raw, length=None)  # it has no bytes in the file that could be copied later
        return Record(fields.release(plain, source=source, line=line), line, 0)
    except RecordError as error:
        return Quarantined(source, line, 0, str(error), to_json({name: _shown(value) for name, value in row.items()}))


def _plain(value: Any, depth: int) -> Any:
    """A value as JSON has it.

    Raises:
        RecordError: It cannot be read, or it is text in no encoding that we know.
    """
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return _text(value)
    if isinstance(value, Exception):
        raise RecordError(f"no value: {type(value).__name__}: {value}")
    if depth > _MAX_DEPTH:
        raise RecordError(f"too deep: a field holds more than {_MAX_DEPTH} lists or structures, one in another")
    if isinstance(value, dict):
        return {str(name): _plain(item, depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, depth + 1) for item in value]
    return str(value)  # decimals, durations, UUIDs


def _text(value: bytes) -> Any:
    """Binary text, as older writers of Parquet leave it; else base64."""
    try:
        return to_utf8(value).decode("utf-8")
    except RecordError as error:
        if b"\0" in value:
            return {"base64": base64.b64encode(value).decode("ascii")}
        raise RecordError(str(error)) from error


def _shown(value: Any) -> Any:
    """A value of a row that cannot be used, for the quarantine."""
    if isinstance(value, bytes):
        try:
            return to_utf8(value).decode("utf-8")
        except RecordError:
            return {"base64": base64.b64encode(value).decode("ascii")}
    try:
        return _plain(value, 1)
    except RecordError:
        return str(value)
