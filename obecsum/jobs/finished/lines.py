"""Lines of kept.jsonl, removed.jsonl and possible.jsonl, found without parsing the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from obecsum.core.errors import InputError
from obecsum.core.serialize import loads, to_json

__all__ = ["all_rows", "ids_of", "rows_naming"]


def all_rows(path: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    """Each line of a file and what it says.

    Raises:
        InputError: The file cannot be read, or a line is no JSON object.
    """
    return _parsed(path, _lines(path))


def rows_naming(path: Path, ids: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The lines in which some ids stand, as a value of whatever field.

    Raises:
        InputError: As for :func:`all_rows`.
    """
    wanted = {form for name in ids for form in (to_json(name), json.dumps(name).encode())}
    if not wanted:
        return
    for _, row in _parsed(
        path, ((number, line) for number, line in _lines(path) if any(one in line for one in wanted))
    ):
        yield row


def ids_of(path: Path, most: int) -> list[str]:
    """The ids of the first lines of a file."""
    found = []
    for _, row in all_rows(path):
        found.append(str(row["id"]))
        if len(found) == most:
            break
    return found


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            yield from enumerate(file, 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}") from error


def _parsed(path: Path, lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[bytes, dict[str, Any]]]:
    for number, line in lines:
        try:
            row = loads(line)
        except ValueError as error:
            raise InputError(f"{path}, line {number}, is damaged ({error}); restore it from a copy") from error
        if not isinstance(row, dict):
            raise InputError(f"{path}, line {number}, is damaged (no JSON object); restore it from a copy")
        yield line, row
