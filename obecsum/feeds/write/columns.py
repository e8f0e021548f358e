"""The columns that rows of different fields make together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from obecsum.core.serialize import to_json

__all__ = ["MAX_COLUMNS", "OTHERS", "Columns"]

MAX_COLUMNS = 1000  # a feed whose every record has names of its own would make a table of rows times rows
OTHERS = "other_fields"


class Columns:
    """Names of fields in the order in which rows have them.

    A name that a later row brings stands after the one that precedes it there. Past 1,000 names the fields share one
    column, ``other_fields``, as a JSON object.
    """

    def __init__(self) -> None:
        self._names: list[str] = []
        self._known: set[str] = set()
        self._too_many = False

    def add(self, names: Iterable[str]) -> None:
        """Take up the names of a row."""
        before: str | None = None
        for name in names:
            if name not in self._known:
                if len(self._names) >= MAX_COLUMNS:
                    self._too_many = True
                    continue
                index = 0 if before is None else self._names.index(before) + 1
                self._names.insert(index, name)
                self._known.add(name)
            before = name

    @property
    def names(self) -> list[str]:
        """The columns, in order."""
        return [*self._names, self._others] if self._too_many else list(self._names)

    @property
    def _others(self) -> str:
        name = OTHERS
        while name in self._known:
            name += "_"
        return name

    def values(self, row: Mapping[str, Any]) -> list[Any]:
        """The values of a row, None where it has no such field."""
        values = [row.get(name) for name in self._names]
        if self._too_many:
            others = {name: value for name, value in row.items() if name not in self._known}
            values.append(to_json(others).decode("utf-8") if others else None)
        return values
