"""The rows of a file of JSON lines that obecsum wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from obecsum.core.errors import InputError
from obecsum.feeds.formats.jsonl import FLAT, is_inexact

__all__ = ["rows_of"]


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines that obecsum wrote, one at a time.

    Raises:
        InputError: A line is no object, or the file cannot be read.
    """
    try:
        with path.open("rb", buffering=1 << 18) as file:
            for number, line in enumerate(file, 1):
                try:
                    row = orjson.loads(line)
                except orjson.JSONDecodeError:
                    row = _exactly(line)
                else:
                    if isinstance(row, dict) and any(
                        type(value) not in FLAT and is_inexact(value, 1) for value in row.values()
                    ):
                        row = _exactly(line)
                if not isinstance(row, dict):
                    raise InputError(f"{path} line {number} is no JSON object; give a file as obecsum writes it")
                yield row
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error


def _exactly(line: bytes) -> Any:
    """What orjson refuses and json does not: lone surrogates and integers of any size."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
