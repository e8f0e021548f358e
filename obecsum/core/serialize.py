"""Values as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import orjson

__all__ = ["json_line", "loads", "to_json"]


def to_json(value: Any, *, indent: bool = False) -> bytes:
    """JSON in UTF-8. Integers of any size and lone surrogates (as escapes) pass, which orjson alone refuses."""
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else None)
    except TypeError:
        return json.dumps(value, ensure_ascii=True, indent=2 if indent else None, allow_nan=False).encode("ascii")


def json_line(value: Mapping[str, Any]) -> bytes:
    """One line of a JSON Lines file."""
    return to_json(value) + b"\n"


def loads(raw: bytes) -> Any:
    """The value of JSON that :func:`to_json` wrote."""
    try:
        # What orjson could not write is ASCII with escapes; only then may a number be too large for it.
        return json.loads(raw) if raw.isascii() else orjson.loads(raw)
    except orjson.JSONDecodeError:
        return json.loads(raw)
