"""CSV and TSV: a header, then a release a row; cells may hold line breaks."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple

from obecsum.core.errors import InputError, RecordError
from obecsum.feeds.records.encoding import THAI, to_utf8
from obecsum.feeds.records.fields import FieldMap, unique_names
from obecsum.feeds.records.limits import DEFAULT_MAX_RECORD_BYTES
from obecsum.feeds.records.lines import numbered_lines
from obecsum.feeds.records.record import Quarantined, ReadEntries, ReadEntry, Record, too_long

__all__ = ["DELIMITERS", "TableForm", "form_of", "harmless_cell", "original_cell", "read_cr_csv", "read_csv"]

DELIMITERS = (",", "\t", ";", "|")
_BOM = b"\xef\xbb\xbf"
_MAX_CELL_CHARS = 2**31 - 1
_MAX_RESTARTS = 100
_CHUNK_BYTES = 1 << 18
_MAX_COLUMNS = 10_000
_SEP = re.compile(r"sep=(\t|[^\w\s])", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
# What a spreadsheet takes for a formula, and the apostrophes before it that make it text.
_FORMULA = re.compile("'*[=+\\-@\t\r]")
_MADE_HARMLESS = re.compile("'+[=+\\-@\t\r]")


def harmless_cell(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe goes before =, +, -, @, a tab or a carriage return at its start.

    >>> harmless_cell("=1+1"), harmless_cell("'=1"), harmless_cell("ข่าว")
    ("'=1+1", "''=1", 'ข่าว')
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def original_cell(cell: str) -> str:
    """The cell that :func:`harmless_cell` was given."""
    return cell[1:] if _MADE_HARMLESS.match(cell) else cell


class TableForm(NamedTuple):
    """How a table of text is written.

    Attributes:
        delimiter: Between cells.
        names: Of the columns, as they stand in the header.
        is_spaced: Whether spaces follow the delimiters, before quotes too.
        num_lines_before: Lines before the header: Excel's ``sep=;``.
    """

    delimiter: str
    names: tuple[str, ...]
    is_spaced: bool
    num_lines_before: int


def form_of(lines: Sequence[str], fields: FieldMap, *, delimiter: str | None = None) -> TableForm:
    """How a table is written, by its first lines.

    The delimiter is the one with which the header names most of what a release has; of several the one with which the
    second line has as many cells as the header, then the one that makes most cells. Quoted delimiters part nothing.

    Args:
        lines: The first lines that are not blank; of a quoted line break the part before it.
        fields: Which columns are known.
        delimiter: The one that was named; None looks.
    """
    before = 0
    named = _SEP.fullmatch(lines[0].strip()) if lines else None
    if named:
        lines, before = lines[1:], 1
        delimiter = delimiter or named[1]
    header, second = (*lines[:2], "", "")[:2]
    forms = []
    for one in (delimiter,) if delimiter else DELIMITERS:
        names = _split(header, one)
        is_spaced = len(names) > 1 and all(name.startswith(" ") for name in names[1:])
        if is_spaced:
            names = [name.strip() for name in _split(header, one, is_spaced=True)]
        has_as_many = len(_split(second, one, is_spaced=is_spaced)) == len(names)
        known = fields.num_roles(tuple(names)) if len(names) < _MAX_COLUMNS else 0
        forms.append(((known, has_as_many, len(names)), TableForm(one, tuple(names), is_spaced, before)))
    return max(forms, key=lambda form: form[0])[1]


def _split(line: str, delimiter: str, *, is_spaced: bool = False) -> list[str]:
    try:
        reader = csv.reader([line], delimiter=delimiter, skipinitialspace=is_spaced)
        return _next_row(reader) or []
    except csv.Error:
        return line.split(delimiter)


def read_csv(
    stream: BinaryIO,
    *,
    source: str,
    fields: FieldMap,
    delimiter: str | None = None,
    encoding: str | None = None,
    max_record_bytes: int = DEFAULT_MAX_RECORD_BYTES,
) -> ReadEntries:
    """Yield one entry a row. Apostrophes that keep spreadsheets from running a cell (``'=1+1``) are taken off.

    Args:
        stream: Decompressed bytes, with or without a byte order mark.
        source: Name of the source, for ids and messages.
        fields: Which column is what.
        delimiter: Between cells; None looks at the header. A first line ``sep=;`` names it, too.
        encoding: "utf-8", "cp874", or None where each row's bytes decide.
        max_record_bytes: Longer rows are quarantined unread.

    Raises:
        InputError: No column of the header holds the text, or the header cannot be read.
    """
    rows = _CsvRows(stream, delimiter, max_record_bytes, fields)
    first = rows.header()
    if first is None:
        return
    try:
        header = _cells(first, encoding)
    except RecordError as error:
        raise InputError(f"{source}: the header of the table cannot be read: {error}") from error
    while len(header) > 1 and not header[-1].strip():
        header.pop()  # a spreadsheet's empty columns
    names = unique_names(name if name.strip() else f"column_{number}" for number, name in enumerate(header, 1))
    fields.check_columns(names, source=source)
    for row in rows:
        if row.length > max_record_bytes:
            yield too_long(source, row.line, row.byte_offset, row.raw, row.length, limit=max_record_bytes)
        else:
            yield _entry(row, names, source=source, fields=fields, encoding=encoding)


def read_cr_csv(stream: BinaryIO, **options: Any) -> ReadEntries:
    """As :func:`read_csv`, of a table whose lines end with a carriage return alone, as old Mac programs write them."""
    for entry in read_csv(_CrLines(stream), **options):  # type: ignore[arg-type]
        if isinstance(entry, Quarantined):
            entry = replace(entry, raw=entry.raw.replace(b"\n", b"\r"))
        yield entry


class _CrLines:
    """A stream without line feeds, with one for each carriage return; what is read of it is never longer or shorter."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rest = b""

    def readline(self, size: int) -> bytes:
        """The next line, or ``size`` bytes of it."""
        parts = [self._rest]
        length = len(self._rest)
        while b"\n" not in parts[-1] and length < size and (more := self._stream.read(_CHUNK_BYTES)):
            parts.append(more.replace(b"\r", b"\n"))
            length += len(more)
        whole = b"".join(parts) if len(parts) > 1 else self._rest
        end = whole.find(b"\n") + 1
        end = min(end or len(whole), size)
        self._rest = whole[end:]
        return whole[:end]


class _RowTooLongError(Exception):
    """The lines of a row have more bytes than are held."""


class _CsvLine(NamedTuple):
    number: int
    offset: int
    raw: bytes
    length: int


class _CsvRow(NamedTuple):
    """One row with its place and bytes; ``cells`` is None where its quotes do not close."""

    cells: list[str] | None
    line: int
    byte_offset: int
    raw: bytes
    length: int


class _CsvRows:
    """The csv module's rows, each with the line, offset and bytes that it came from.

    Bytes that are no UTF-8 stand in the cells as lone surrogates; commas and quotes are ASCII in every encoding.
    """

    def __init__(self, stream: BinaryIO, delimiter: str | None, max_record_bytes: int, fields: FieldMap) -> None:
        self._lines = numbered_lines(stream, max_record_bytes)
        self._pending: deque[_CsvLine] = deque()  # lines to be read again after a quote that never closed
        self._taken: list[_CsvLine] = []  # lines of the row that is being read
        self._taken_bytes = 0
        self._max_record_bytes = max_record_bytes
        self._delimiter = delimiter
        self._is_spaced = False
        self._fields = fields
        self._restarts = 0
        self._num_columns = -1

    def header(self) -> _CsvRow | None:
        for found in self._lines:
            line = _CsvLine(*found)
            if line.number == 1:
                line = line._replace(raw=line.raw.removeprefix(_BOM))
            if not self._pending and (line.raw.isspace() or not line.raw):
                continue
            self._pending.append(line)
            if len(self._pending) > 2:
                break
        if not self._pending:
            return None
        shown = [line.raw.decode("utf-8", "replace").rstrip("\r\n") for line in self._pending]
        form = form_of(shown, self._fields, delimiter=self._delimiter)
        for _ in range(form.num_lines_before):
            self._pending.popleft()
        if not self._pending:
            return None
        self._delimiter, self._is_spaced = form.delimiter, form.is_spaced
        first = self._pending[0]
        row = next(iter(self), None)
        if row is None or row.cells is None:
            row = self._row([first.raw.decode("utf-8", "surrogateescape")], [first])
        self._num_columns = len(row.cells or ())
        return row

    def _decoded(self) -> Iterator[str]:
        while True:
            if self._pending:
                line = self._pending.popleft()
            else:
                following = next(self._lines, None)
                if following is None:
                    return
                line = _CsvLine(*following)
            self._taken.append(line)
            self._taken_bytes += line.length
            if self._taken_bytes > self._max_record_bytes:
                raise _RowTooLongError
            yield line.raw.decode("utf-8", "surrogateescape")

    def __iter__(self) -> Iterator[_CsvRow]:
        while True:
            # strict: a quote that never closes is an error, where it would silently swallow the rest of the file
            reader = csv.reader(
                self._decoded(), delimiter=self._delimiter or ",", skipinitialspace=self._is_spaced, strict=True
            )
            while True:
                self._taken, self._taken_bytes = [], 0
                try:
                    cells = _next_row(reader)
                except (csv.Error, _RowTooLongError):
                    yield self._broken()
                    break
                if cells is None:
                    return
                row = self._row(cells, self._taken)
                if cells and not row.raw.isspace():
                    yield row

    def _broken(self) -> _CsvRow:
        if self._delimiter == "\t" and (cells := self._unquoted(self._taken[0].raw)) is not None:
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
    def _row(cells: list[str] | None, lines: list[_CsvLine]) -> _CsvRow:
        raw = lines[0].raw if len(lines) == 1 else b"".join(line.raw for line in lines)
        return _CsvRow(cells, lines[0].number, lines[0].offset, raw, sum(line.length for line in lines))


def _cells(row: _CsvRow, encoding: str | None) -> list[str]:
    """The cells of a row in the encoding that its bytes are in."""
    if row.cells is None:
        raise RecordError("no row: a quote does not close or stands inside a cell")
    cells = row.cells
    if encoding == THAI or any(map(_SURROGATE.search, cells)):
        plain = to_utf8(row.raw, encoding)
        if plain is not row.raw:
            cells = [cell.encode("utf-8", "surrogateescape").decode(THAI) for cell in cells]
    return [original_cell(cell) for cell in cells]


def _next_row(reader: Any) -> list[str] | None:
    # The limit on a cell is the csv module's own and global: raised for this row only, a release may have 5 MB.
    before = csv.field_size_limit(_MAX_CELL_CHARS)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def _entry(row: _CsvRow, names: tuple[str, ...], *, source: str, fields: FieldMap, encoding: str | None) -> ReadEntry:
    try:
        cells = _cells(row, encoding)
        while len(cells) > len(names) and not cells[-1].strip():
            cells.pop()  # a spreadsheet's empty columns
        if len(cells) > len(names):
            raise RecordError(f"no row: {len(cells)} cells, but the header has {len(names)}; is a cell not quoted?")
        values: dict[str, Any] = dict.fromkeys(names)
        values.update(zip(names, cells, strict=False))
        return Record(fields.release(values, source=source, line=row.line), row.line, row.byte_offset)
    except RecordError as error:
        return Quarantined(source, row.line, row.byte_offset, str(error), row.raw.rstrip(b"\r\n"))
