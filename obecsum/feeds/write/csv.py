"""CSV that spreadsheets open with Thai in it and without running anything."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import IO, Any

from obecsum.core.serialize import to_json
from obecsum.feeds.formats.csv_table import harmless_cell
from obecsum.feeds.write.columns import Columns
from obecsum.feeds.write.rows import rows_of

__all__ = ["write_csv"]


def write_csv(rows: Path, file: IO[bytes]) -> int:
    """Write rows as CSV (RFC 4180, UTF-8 with a byte order mark, which spreadsheets need to see Thai).

    Lists and objects are JSON in their cell; null is an empty cell. A text that a spreadsheet would take for a formula
    gets an apostrophe before it, which obecsum takes off again when it reads the file.

    Args:
        rows: A file of JSON lines.
        file: Open for writing.

    Returns:
        The number of rows.
    """
    columns = Columns()
    for row in rows_of(rows):
        columns.add(row)
    count = 0
    table = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="", write_through=False)
    try:
        writer = csv.writer(table, lineterminator="\r\n")
        if columns.names:
            writer.writerow([harmless_cell(name) for name in columns.names])
        for row in rows_of(rows):
            cells = [_cell(value) for value in columns.values(row)]
            writer.writerow(cells)
            count += 1
        table.flush()
    finally:
        table.detach()
    return count


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if type(value) is str:
        return harmless_cell(value)
    return to_json(value).decode("utf-8")
