"""Parquet with the types that the rows have."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from obecsum.core.serialize import to_json
from obecsum.feeds.formats.arrow import JSON_COLUMNS
from obecsum.feeds.write.cells import ColumnKinds, arrow_types, cell
from obecsum.feeds.write.rows import rows_of

__all__ = ["write_parquet"]

_ROWS_A_GROUP = 4096
_BYTES_A_GROUP = 64 << 20


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

    found = ColumnKinds()
    for row in rows_of(rows):
        found.add(row)
    types, names, of_column = arrow_types(), found.columns.names, found.kinds()
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
            for cells, kind, value in zip(group, of_column, found.columns.values(row), strict=True):
                one = cell(kind, value)
                size += len(one) if type(one) is str else 8
                cells.append(one)
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
