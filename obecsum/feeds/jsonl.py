"""JSON Lines: one JSON object a line."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

import orjson

from obecsum.errors import RecordError
from obecsum.feeds.fields import FieldMap
from obecsum.feeds.record import Entries, Entry, Quarantined, Record, undecodable

__all__ = ["json_entry", "read_jsonl"]

_BOM = b"\xef\xbb\xbf"
_FIRST_INEXACT = 2.0**63  # orjson makes a float of an integer that needs more than 64 bits


def read_jsonl(stream: BinaryIO, *, source: str, fields: FieldMap) -> Entries:
    """Yield one entry a line; empty lines are no records.

    Args:
        stream: Decompressed bytes.
        source: Name of the source, for ids and messages.
        fields: Which field is what.
    """
    offset = 0
    for number, raw in enumerate(stream, 1):
        body = raw[3:] if number == 1 and raw.startswith(_BOM) else raw
        if not body.isspace() and body:
            yield json_entry(body, source=source, line=number, byte_offset=offset, fields=fields)
        offset += len(raw)


def json_entry(raw: bytes, *, source: str, line: int, byte_offset: int, fields: FieldMap) -> Entry:
    """The entry that one JSON value makes.

    Args:
        raw: The value's bytes, with or without white space around it.
        source: Name of the source.
        line: Line on which the value begins, from 1.
        byte_offset: Offset of its first byte.
        fields: Which field is what.
    """
    try:
        value = _parse(raw)
        if type(value) is not dict:
            raise RecordError(f"no object: the line holds {_kind(value)}")
        return Record(fields.release(value, source=source, line=line), line, byte_offset)
    except RecordError as error:
        return Quarantined(source, line, byte_offset, str(error), raw.rstrip(b"\r\n"))


def _parse(raw: bytes) -> Any:
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise RecordError(_complaint(raw, error)) from error
    if type(value) is dict and _has_inexact(value):
        return json.loads(raw)
    return value


def _has_inexact(value: Any) -> bool:
    """Whether a number lost digits in parsing: those of an id are fields that must pass through untouched."""
    kind = type(value)
    if kind is dict:
        return any(_has_inexact(item) for item in value.values() if type(item) is not str)
    if kind is list:
        return any(_has_inexact(item) for item in value if type(item) is not str)
    return kind is float and abs(value) >= _FIRST_INEXACT


def _complaint(raw: bytes, error: orjson.JSONDecodeError) -> str:
    if (reason := undecodable(raw)) is not None:
        return reason
    if "surrogate" in error.msg:
        return "lone surrogates: an escape \\ud800 to \\udfff without its other half"
    return f"no JSON: {error.msg} (column {error.colno})"


def _kind(value: Any) -> str:
    if value is None:
        return "null"
    return {bool: "true or false", str: "a string", list: "an array"}.get(type(value), "a number")
