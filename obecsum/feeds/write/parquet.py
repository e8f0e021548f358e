"""Parquet with the types that the rows have."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from obecsum.core.serialize import to_json
from obecsum.feeds.formats.arrow import JSON_COLUMNS
from obecsum.feeds.write.columns import Columns
from obecsum.feeds.write.rows import rows_of

__all__ = ["write_parquet"]

_ROWS_A_GROUP = 4096
_BYTES_A_GROUP = 64 << 20
_LAST_INT64 = 2**63 - 1


def write_parquet(rows: Path, file: IO[bytes]) -> int:
    """Write rows as Parquet, compressed with zstd.

    A column of texts, of integers, of numbers or of true and false has that type; any other, as lists and objects,
    holds JSON, and the file's metadata names it, so that obecsum reads its values as they were.

    Args:
        rows: A file of JSON lines.
        file: Open for writing.

    Returns:
        The number of rows.
    """
    import pyarrow as pa
    from pyarrow import parquet

    columns = Columns()
    kinds: dict[str, str] = {}
    for row in rows_of(rows):
        columns.add(row)
        for name, value in row.items():
            if value is not None:
                kinds[name] = _joined(kinds.get(name), _kind(value))
    types = {"text": pa.string(), "json": pa.string(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
    names = columns.names
    of_column = [kinds.get(name, "text") for name in names]
    as_json = [name for name, kind in zip(names, of_column, strict=True) if kind == "json"]
    schema = pa.schema(
        [pa.field(name, types[kind]) for name, kind in zip(names, of_column, strict=True)],
        metadata={JSON_COLUMNS: to_json(as_json)},
    )
    count = 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        group: list[list[Any]] = [[] for _ in names]
        size = 0
        for row in rows_of(rows):
            for cells, kind, value in zip(group, of_column, columns.values(row), strict=True):
                cell = _cell(kind, value)
                size += len(cell) if type(cell) is str else 8
                cells.append(cell)
            count += 1
            if count % _ROWS_A_GROUP == 0 or size > _BYTES_A_GROUP:
                writer.write_table(_table(group, schema))
                group, size = [[] for _ in names], 0
        if group and group[0]:
            writer.write_table(_table(group, schema))
    return count


def _table(group: list[list[Any]], schema: Any) -> Any:
    import pyarrow as pa

    arrays = [pa.array(cells, field.type) for cells, field in zip(group, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


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


def _cell(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "json":
        return to_json(value).decode("utf-8")
    return value.encode("utf-8", "replace").decode("utf-8") if kind == "text" else value
