"""CSV and TSV: a header, then a release a row; cells may hold line breaks."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import Any, BinaryIO

from obecsum.errors import InputError, RecordError
from obecsum.feeds.fields import FieldMap
from obecsum.feeds.record import Entries, Entry, Quarantined, Record, undecodable

__all__ = ["DELIMITERS", "read_csv", "sniff_delimiter"]

DELIMITERS = (",", "\t", ";", "|")
_BOM = b"\xef\xbb\xbf"
_MAX_CELL_CHARS = 2**31 - 1
_MAX_RESTARTS = 100
_SURROGATE = re.compile("[\ud800-\udfff]")


def sniff_delimiter(header: str) -> str:
    """The delimiter that splits a header line into most cells; a comma where none does."""
    return max(DELIMITERS, key=header.count)


def read_csv(stream: BinaryIO, *, source: str, fields: FieldMap, delimiter: str | None = None) -> Entries:
    """Yield one entry a row.

    Args:
        stream: Decompressed bytes, UTF-8 with or without a byte order mark.
        source: Name of the source, for ids and messages.
        fields: Which column is what.
        delimiter: Between cells; None looks at the header.

    Raises:
        InputError: No column of the header holds the text.
    """
    rows = _Rows(stream, delimiter)
    header = rows.header()
    if header is None:
        return
    names = tuple(name if name.strip() else f"column_{number}" for number, name in enumerate(header, 1))
    if not fields.finds_text(names):
        raise InputError(
            f"{source}: no column holds the text: the columns are {', '.join(map(repr, names[:12]))}; wanted is "
            f"{repr(fields.fields['text']) if 'text' in fields.fields else 'one of text, body, content, description'}; "
            "name it with --field text=COLUMN"
        )
    for row in rows:
        yield _entry(row, names, source=source, fields=fields)


class _Row:
    """One row with its place and bytes; ``cells`` is None where its quotes do not close."""

    __slots__ = ("byte_offset", "cells", "line", "raw")

    def __init__(self, cells: list[str] | None, line: int, byte_offset: int, raw: bytes) -> None:
        self.cells = cells
        self.line = line
        self.byte_offset = byte_offset
        self.raw = raw


class _Rows:
    """The csv module's rows, each with the line, offset and bytes that it came from."""

    def __init__(self, stream: BinaryIO, delimiter: str | None) -> None:
        self._lines = self._numbered(stream)
        self._pending: deque[tuple[int, int, bytes]] = deque()  # lines to be read again after a quote that never closed
        self._taken: list[tuple[int, int, bytes]] = []  # lines of the row that is being read
        self._delimiter = delimiter
        self._restarts = 0
        self._num_columns = -1

    @staticmethod
    def _numbered(stream: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
        offset = 0
        for number, raw in enumerate(stream, 1):
            yield number, offset, raw
            offset += len(raw)

    def header(self) -> list[str] | None:
        for number, offset, raw in self._lines:
            raw = raw.removeprefix(_BOM) if number == 1 else raw
            if raw.isspace() or not raw:
                continue
            self._pending.append((number, offset, raw))
            if self._delimiter is None:
                self._delimiter = sniff_delimiter(raw.decode("utf-8", "replace"))
            row = next(iter(self), None)
            names = row.cells if row is not None and row.cells is not None else [raw.decode("utf-8", "replace")]
            self._num_columns = len(names)
            return names
        return None

    def _decoded(self) -> Iterator[str]:
        while True:
            if self._pending:
                line = self._pending.popleft()
            else:
                following = next(self._lines, None)
                if following is None:
                    return
                line = following
            self._taken.append(line)
            yield line[2].decode("utf-8", "surrogateescape")

    def __iter__(self) -> Iterator[_Row]:
        while True:
            # strict: a quote that never closes is an error, where it would silently swallow the rest of the file
            reader = csv.reader(self._decoded(), delimiter=self._delimiter or ",", strict=True)
            while True:
                self._taken = []
                try:
                    cells = _next_row(reader)
                except csv.Error:
                    yield self._broken()
                    break
                if cells is None:
                    return
                row = self._row(cells, self._taken)
                if cells and not row.raw.isspace():
                    yield row

    def _broken(self) -> _Row:
        if self._delimiter == "\t" and (cells := self._unquoted(self._taken[0][2])) is not None:
            self._pending.extendleft(reversed(self._taken[1:]))
            return self._row(cells, self._taken[:1])
        self._restarts += 1
        if self._restarts <= _MAX_RESTARTS:  # the line with the quote alone is lost; what it swallowed is read again
            self._pending.extendleft(reversed(self._taken[1:]))
            return self._row(None, self._taken[:1])
        return self._row(None, self._taken)

    def _unquoted(self, raw: bytes) -> list[str] | None:
        """A tab-separated line in which quotes are text (headlines begin with them), if it has the header's cells."""
        cells = raw.decode("utf-8", "surrogateescape").rstrip("\r\n").split("\t")
        return cells if len(cells) == self._num_columns else None

    @staticmethod
    def _row(cells: list[str] | None, lines: list[tuple[int, int, bytes]]) -> _Row:
        line, offset, _ = lines[0]
        return _Row(cells, line, offset, b"".join(raw for _, _, raw in lines))


def _next_row(reader: Any) -> list[str] | None:
    # The limit on a cell is the csv module's own and global: raised for this row only, a release may have 5 MB.
    before = csv.field_size_limit(_MAX_CELL_CHARS)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def _entry(row: _Row, names: tuple[str, ...], *, source: str, fields: FieldMap) -> Entry:
    try:
        if row.cells is None:
            raise RecordError("no row: a quote does not close or stands inside a cell")
        if any(_SURROGATE.search(cell) for cell in row.cells):
            raise RecordError(undecodable(row.raw) or "invalid UTF-8")
        if len(row.cells) > len(names):
            raise RecordError(f"no row: {len(row.cells)} cells, but the header has {len(names)}; is a cell not quoted?")
        values: dict[str, Any] = dict.fromkeys(names)
        values.update(zip(names, row.cells, strict=False))
        return Record(fields.release(values, source=source, line=row.line), row.line, row.byte_offset)
    except RecordError as error:
        return Quarantined(source, row.line, row.byte_offset, str(error), row.raw.rstrip(b"\r\n"))
