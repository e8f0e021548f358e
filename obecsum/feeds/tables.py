"""Tables of pandas, polars, pyarrow and Hugging Face datasets: their rows as dicts, some of their rows, tables anew.

None of these libraries is imported for a table: it is known by its type, and asked for its rows in its own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from obecsum.core.errors import OptionError
from obecsum.feeds.records.fields import unique_names
from obecsum.feeds.write.cells import cells_of

__all__ = [
    "column_values",
    "is_missing",
    "kind_of",
    "pandas_frame",
    "rows_of",
    "table_columns",
    "table_like",
    "table_rows",
    "taken",
]

_KINDS: dict[tuple[str, str], Literal["table", "column"]] = {
    ("pandas", "DataFrame"): "table",
    ("pandas", "Series"): "column",
    ("pandas", "Index"): "column",
    ("polars", "DataFrame"): "table",
    ("polars", "Series"): "column",
    ("pyarrow", "Table"): "table",
    ("pyarrow", "RecordBatch"): "table",
    ("pyarrow", "ChunkedArray"): "column",
    ("pyarrow", "Array"): "column",
    ("datasets", "Dataset"): "table",
    ("datasets", "Column"): "column",
    ("numpy", "ndarray"): "column",
}
_PACKAGES = frozenset(package for package, _ in _KINDS)
_ROWS_AT_ONCE = 8192


def kind_of(records: Any) -> Literal["table", "column"] | None:
    """Whether something is a table, one column of texts, or neither."""
    bases = ((base.__module__.partition(".")[0], base.__name__) for base in type(records).__mro__)
    return next((_KINDS[base] for base in bases if base in _KINDS), None)


def _package(records: Any) -> str:
    """The library that a value is of, or that the type which it extends is of."""
    packages = (base.__module__.partition(".")[0] for base in type(records).__mro__)
    return next((package for package in packages if package in _PACKAGES), "")


def is_missing(value: Any) -> bool:
    """Whether a value stands for none: None, NaN, pandas' NaT and NA."""
    if value is None:
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):  # NA says of nothing whether it is the same, an array says it of each element
        return type(value).__name__ == "NAType"


def table_columns(table: Any) -> tuple[str, ...]:
    """The names of a table's columns; of two with one name the second is ``name_2``, as in CSV."""
    names = table.column_names if hasattr(table, "column_names") else table.columns
    return unique_names(str(name) for name in names)


def table_rows(table: Any) -> Iterator[dict[str, Any]]:
    """A table's rows, a batch at a time, as dicts with Python's values; None where one is missing."""
    package, names = _package(table), table_columns(table)
    if package == "pandas":
        whole = [_is_whole(table.iloc[:, number]) for number in range(len(names))]
        for first in range(0, len(table), _ROWS_AT_ONCE):
            batch = table.iloc[first : first + _ROWS_AT_ONCE]
            columns = [
                [None if is_missing(value) else int(value) if whole[number] else value for value in column]
                for number, column in ((number, batch.iloc[:, number].tolist()) for number in range(len(names)))
            ]
            rows = zip(*columns, strict=True) if columns else (() for _ in range(len(batch)))
            yield from (dict(zip(names, row, strict=True)) for row in rows)
    elif package == "polars":
        yield from table.iter_rows(named=True)
    elif package == "pyarrow":
        for batch in table.to_batches(max_chunksize=_ROWS_AT_ONCE) if hasattr(table, "to_batches") else [table]:
            columns = [column.to_pylist() for column in batch.columns]
            yield from (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))
    else:
        yield from table


def _is_whole(column: Any) -> bool:
    """Whether pandas made floats of whole numbers, ids for instance, because one of them is missing."""
    if column.dtype.kind != "f" or not column.isna().any():
        return False
    present = column.dropna()
    return bool((abs(present) < 2**53).all() and (present == present.round()).all())


def column_values(column: Any) -> list[Any]:
    """A column's values; None where one is missing.

    Raises:
        TypeError: It is an array of none or several dimensions.
    """
    if getattr(column, "ndim", 1) != 1:
        raise TypeError(f"an array must have one dimension, a text each, got {column.ndim}")
    if _package(column) == "datasets":
        return list(column)
    in_python = next(name for name in ("to_pylist", "to_list", "tolist") if hasattr(column, name))
    return [None if is_missing(value) else value for value in getattr(column, in_python)()]


def taken(records: Any, rows: Sequence[int]) -> Any:
    """Some rows of records, in their type; of what is neither table nor column, a list.

    Args:
        records: A table, a column, or a sequence.
        rows: From 0, in the order wanted.
    """
    rows = list(rows)
    package = _package(records)
    if kind_of(records) is None or type(records).__name__ == "Column":
        return [records[row] for row in rows]
    if package == "pandas":
        return records.iloc[rows] if hasattr(records, "iloc") else records[rows]
    if package == "datasets":
        return records.select(rows)
    if package == "pyarrow":
        import pyarrow

        return records.take(pyarrow.array(rows, pyarrow.int64()))
    return records[rows]


def rows_of(records: Any, rows: Sequence[int], *, count: int) -> Any:
    """Some rows of other records than were given.

    Args:
        records: A table, a column, or a sequence, with as many rows.
        rows: From 0, in the order wanted.
        count: How many rows were given.

    Raises:
        TypeError: It has no rows.
        OptionError: It has another number of them.
    """
    if not hasattr(records, "__len__") or isinstance(records, str | bytes | Mapping):
        raise TypeError(f"records must be a list, a table or a column, got {type(records).__name__}")
    if len(records) != count:
        raise OptionError(f"records must have a row for each of the {count} given, got {len(records)}")
    return taken(records, rows)


def table_like(
    records: Any, lines: Sequence[dict[str, Any]], rows: Sequence[int] | None = None, *, ours: Sequence[str]
) -> Any:
    """Lines of a job's output as a table of the library that records are of; of what is no table, the lines.

    In pandas lists and objects stay what they are; elsewhere they are JSON, as in Parquet.

    Args:
        records: What was given.
        lines: A dict a row.
        rows: For each line the row of the records that it is about. The table then has pandas' labels of these rows,
            and their other columns in the types that they had.
        ours: Names of columns that are there in any case, and that are not the records' own, whatever those are called.
    """
    package = _package(records)
    if package in ("", "numpy") or kind_of(records) is None:
        return list(lines)
    is_table = kind_of(records) == "table"
    columns = cells_of(lines, as_json=package != "pandas") or {name: ("text", []) for name in ours}
    own = [] if rows is None or not is_table else [name for name in columns if name in table_columns(records)]
    own = [name for name in own if name not in ours]
    like = _LIKE[package]
    return like({name: columns[name] for name in columns}, records, None if rows is None else list(rows), own)


def pandas_frame(lines: Sequence[Mapping[str, Any]]) -> Any:
    """Lines as a ``pandas.DataFrame``; whole numbers stay such where one is missing, and lists and objects too."""
    return _frame(cells_of(lines, as_json=False))


Columns = Mapping[str, tuple[str, list[Any]]]


def _frame(columns: Columns) -> Any:
    import pandas

    types = {"json": "object", "int": "Int64", "bool": "boolean"}
    return pandas.DataFrame(
        {name: pandas.Series(cells, dtype=types.get(kind)) for name, (kind, cells) in columns.items()}
    )


def _pandas(columns: Columns, records: Any, rows: list[int] | None, own: Sequence[str]) -> Any:
    frame = _frame(columns)
    if rows is not None:
        frame.index = (records.index if hasattr(records, "iloc") else records).take(rows)
    for name in own:
        number = table_columns(records).index(name)
        frame[name] = records.iloc[rows, number].array
    return frame


def _polars(columns: Columns, records: Any, rows: list[int] | None, own: Sequence[str]) -> Any:
    import polars

    types = {"int": polars.Int64, "float": polars.Float64, "bool": polars.Boolean}
    made = [
        records[name][rows] if name in own else polars.Series(name, cells, types.get(kind, polars.String))
        for name, (kind, cells) in columns.items()
    ]
    return polars.DataFrame(made)


def _arrow(columns: Columns, records: Any, rows: list[int] | None, own: Sequence[str]) -> Any:
    import pyarrow

    from obecsum.feeds.write.cells import arrow_types

    types = arrow_types()
    kept = taken(records, rows or []) if own else None
    names = table_columns(records) if own else ()
    arrays = [
        kept.column(names.index(name)) if kept is not None and name in own else pyarrow.array(cells, types[kind])
        for name, (kind, cells) in columns.items()
    ]
    return pyarrow.table(arrays, names=list(columns))


def _datasets(columns: Columns, records: Any, rows: list[int] | None, own: Sequence[str]) -> Any:
    import datasets

    made = datasets.Dataset(_arrow({name: columns[name] for name in columns if name not in own}, records, rows, ()))
    if not own:
        return made
    both = datasets.concatenate_datasets([made, taken(records, rows or []).select_columns(list(own))], axis=1)
    return both.select_columns(list(columns))


_LIKE = {"pandas": _pandas, "polars": _polars, "pyarrow": _arrow, "datasets": _datasets}
