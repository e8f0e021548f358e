"""Rows as columns of one type each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from obecsum.core.serialize import to_json
from obecsum.feeds.write.columns import Columns

__all__ = ["ColumnKinds", "arrow_types", "cell", "cells_of"]

_LAST_INT64 = 2**63 - 1


class ColumnKinds:
    """The columns that rows make, and what each holds: "text", "int", "float", "bool", or "json" for all else."""

    def __init__(self) -> None:
        self.columns = Columns()
        self._kinds: dict[str, str] = {}

    def add(self, row: Mapping[str, Any]) -> None:
        """Take up the names and values of a row."""
        self.columns.add(row)
        for name, value in row.items():
            if value is not None:
                self._kinds[name] = _joined(self._kinds.get(name), _kind(value))

    def kinds(self) -> list[str]:
        """Of each column, in order."""
        return [self._kinds.get(name, "text") for name in self.columns.names]


def cells_of(rows: Sequence[Mapping[str, Any]], *, as_json: bool) -> dict[str, tuple[str, list[Any]]]:
    """The columns that rows make: name to what it holds, as :class:`ColumnKinds` tells, and its cells.

    Args:
        rows: All of them.
        as_json: Whether cells of "json" are JSON, or values as they are.
    """
    found = ColumnKinds()
    for row in rows:
        found.add(row)
    table: list[tuple[str, list[Any]]] = [(kind, []) for kind in found.kinds()]
    for row in rows:
        for (kind, cells), value in zip(table, found.columns.values(row), strict=True):
            cells.append(cell(kind, value) if as_json or kind != "json" else value)
    return dict(zip(found.columns.names, table, strict=True))


def arrow_types() -> dict[str, Any]:
    """What a column holds to its type in pyarrow."""
    import pyarrow as pa

    return {"text": pa.string(), "json": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}


def cell(kind: str, value: Any) -> Any:
    """A value as its column has it."""
    if value is None:
        return None
    if kind == "json":
        return to_json(value).decode("utf-8")
    return value.encode("utf-8", "replace").decode("utf-8") if kind == "text" else value


def _kind(value: Any) -> str:
    kind = type(value)
    if kind is str:
        return "text"
    if kind is bool:
        return "bool"
    if kind is int:
        return "int" if -_LAST_INT64 <= value <= _LAST_INT64 else "json"
    return "float" if kind is float else "json"


def _joined(before: str | None, kind: str) -> str:
    if before is None or before == kind:
        return kind
    return "json"  # 1 and 1.5 in one column too: as a float the first would come back another number
