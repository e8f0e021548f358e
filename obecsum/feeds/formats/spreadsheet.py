"""XLSX and ODS, a row a release: the first row that names a text is the header; read whole by calamine."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from obecsum.core.errors import InputError, RecordError
from obecsum.core.serialize import to_json
from obecsum.feeds.records.fields import FieldMap, unique_names
from obecsum.feeds.records.limits import Limits
from obecsum.feeds.records.open import OpenSource
from obecsum.feeds.records.record import Quarantined, ReadEntries, ReadEntry, Record, too_long

__all__ = ["read_spreadsheet"]

_HEADER_ROWS = 20  # a heading, a date and a logo may stand over the header
_MAX_CELLS = 50_000_000  # calamine holds the rectangle around all cells, 32 bytes each
_DAY_ZERO = datetime(1899, 12, 30)  # Excel counts 1900-02-29 as a day
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=\"([A-Z]{1,4})(\d{1,8})\"|<(?:\w+:)?row\s[^<>]*?\br=\"(\d{1,8})\"")
_ODS_ROW = re.compile(
    rb"<table:table-row(?:\s[^<>]*?)?>|number-rows-repeated=\"(\d{1,9})\"|number-columns-repeated=\"(\d{1,9})\""
)
_CHUNK_BYTES = 1 << 20
_OVERLAP_BYTES = 512


def read_spreadsheet(opened: OpenSource, *, source: str, fields: FieldMap, limits: Limits) -> ReadEntries:
    """Yield one entry a row of each sheet; its ``line`` is the number of the row, counted on from sheet to sheet.

    Dates and times become ISO 8601. A number is a date only in a column that is named as one, if it is a day between
    1954 and 2119. Empty cells are null. A sheet without a column for the text is one quarantined record, unless no
    sheet has one. A quarantined row's bytes are the row as JSON.

    Args:
        opened: The source.
        source: Its name.
        fields: Which column is what.
        limits: How long a row may be, and how far the file may expand.

    Raises:
        InputError: It is damaged, encrypted or expands too far, or no sheet has a column with the text.
    """
    raw = opened.stream.read(limits.max_record_bytes + 1)
    if len(raw) > limits.max_record_bytes:
        raise InputError(
            f"{source}: a spreadsheet of more than {limits.max_record_bytes:,} bytes is not read, for it is held "
            "whole; save it as CSV, or raise the limit with --max-record-mb"
        )
    _check_size(raw, source, limits)
    before = 0
    foreign: list[tuple[tuple[str, ...], Quarantined]] = []
    found = False
    for title, first, rows in _sheets(raw, source):
        at = _header(rows, fields)
        if at is None:
            continue  # an empty sheet
        names = _names(rows[at])
        if fields.finds_text(names):
            fields.check_columns(names, source=source)
            found = True
            dates = [number for number, name in enumerate(names) if name in fields.date_columns(names)]
            for line, row in enumerate(rows[at + 1 :], before + first + at + 2):
                if any(map(_is_filled, row)):
                    yield _entry(row, names, dates, source=source, line=line, fields=fields, limits=limits)
        else:
            columns = ", ".join(map(repr, names[:8]))
            reason = f"no header: no column of the sheet {title!r} holds the text (columns: {columns})"
            raw_rows = to_json([[_value(cell) for cell in row] for row in rows])
            foreign.append((names, Quarantined(source, before + first + at + 1, 0, reason, raw_rows)))
        before += first + len(rows)
    if foreign and not found:
        fields.check_columns(foreign[0][0], source=source)
    yield from (sheet for _, sheet in foreign)


def _header(rows: list[list[Any]], fields: FieldMap) -> int | None:
    """The row that names most of what a release has, of the first ones; None where there is none with anything."""
    filled = [number for number, row in enumerate(rows[:_HEADER_ROWS]) if any(map(_is_filled, row))]

    def rank(number: int) -> tuple[bool, int, int]:
        names = _names(rows[number])
        return fields.finds_text(names), fields.num_roles(names), -number

    return max(filled, key=rank, default=None)


def _is_filled(cell: Any) -> bool:
    return cell is not None and cell != ""


def _names(header: list[Any]) -> tuple[str, ...]:
    last = max((number for number, cell in enumerate(header, 1) if _is_filled(cell)), default=0)
    texts = ("" if not _is_filled(cell) else " ".join(str(_value(cell)).split()) for cell in header[:last])
    return unique_names(text or f"column_{number}" for number, text in enumerate(texts, 1))


def _sheets(raw: bytes, source: str) -> Iterator[tuple[str, int, list[list[Any]]]]:
    """Name of each sheet, how many empty rows come first, and its rows."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        names = book.sheet_names
    except python_calamine.PasswordError as error:
        raise InputError(f"{source}: the spreadsheet is encrypted; save it without a password") from error
    except BaseException as error:  # calamine's own, and the panics of what it is written in
        raise _damaged(source, error) from error
    for name in names:
        try:
            sheet = book.get_sheet_by_name(name)
            first = sheet.start[0] if sheet.start is not None else 0
            rows = sheet.to_python(skip_empty_area=True)
        except BaseException as error:
            raise _damaged(source, error) from error
        yield name, first, rows


def _damaged(source: str, error: BaseException) -> BaseException:
    if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
        return error
    return InputError(f"{source}: the spreadsheet is damaged ({error}); open it and save it again, or save it as CSV")


def _check_size(raw: bytes, source: str, limits: Limits) -> None:
    """Check what a spreadsheet would take before it is read.

    Raises:
        InputError: It is no archive, expands too far, or a cell stands so far out that the rectangle is too large.
    """
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.infolist():
                if not member.filename.endswith(".xml"):
                    continue
                rows = columns = 0
                tail = b""
                with archive.open(member) as file:
                    while chunk := file.read(_CHUNK_BYTES):
                        total += len(chunk)
                        if why := limits.expanded_too_far(len(raw), total):
                            raise InputError(
                                f"{source}: the spreadsheet {why}; if you trust it, allow more with --max-expanded-gb "
                                "(max_expanded_bytes)"
                            )
                        wide, high = _extent(tail + chunk, member.filename)
                        rows, columns = (
                            (max(rows, high), max(columns, wide))
                            if "xl/" in member.filename
                            else (rows + high, max(columns, wide))
                        )
                        tail = chunk[-_OVERLAP_BYTES:] if "xl/" in member.filename else b""
                if rows * columns > _MAX_CELLS:
                    raise InputError(
                        f"{source}: the spreadsheet reaches over {rows:,} rows and {columns:,} columns, and at most "
                        f"{_MAX_CELLS:,} cells are read; delete the cells that stand apart, or save it as CSV"
                    )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise _damaged(source, error) from error
    except Exception as error:
        if isinstance(error, InputError):
            raise
        raise _damaged(source, error) from error  # zlib.error, lzma.LZMAError: whatever a member is compressed with


def _extent(xml: bytes, name: str) -> tuple[int, int]:
    """Columns and rows that a piece of a sheet reaches to (XLSX) or at most adds (ODS)."""
    if "xl/" in name:
        wide = high = 0
        for letters, number, row in _CELL.findall(xml):
            high = max(high, int(number or row))
            column = 0
            for letter in letters:
                column = 26 * column + letter - 64
            wide = max(wide, column)
        return wide, high
    high, wide = 0, 1
    for rows, columns in _ODS_ROW.findall(xml):
        high += 1 if not rows and not columns else 0
        wide = max(wide, int(columns or 0))
    return wide, high


def _entry(
    row: list[Any],
    names: tuple[str, ...],
    dates: list[int],
    *,
    source: str,
    line: int,
    fields: FieldMap,
    limits: Limits,
) -> ReadEntry:
    values = [_value(cell) for cell in row]
    try:
        while len(values) > len(names) and values[-1] is None:
            values.pop()
        if len(values) > len(names):
            raise RecordError(f"no row: {len(values)} cells, but the header has {len(names)}")
        for number in dates:
            if number < len(values):
                values[number] = _day(values[number])
        record: dict[str, Any] = dict.fromkeys(names)
        record.update(zip(names, values, strict=False))
        size = sum(len(value) for value in values if type(value) is str)
        if size > limits.max_record_bytes // 4:  # no character has more than four bytes
            raw = to_json(record)
            if len(raw) > limits.max_record_bytes:
                long = too_long(source, line, 0, raw, len(raw), limit=limits.max_record_bytes)
                return replace(long, raw=raw, length=None)  # it has no bytes in the file that could be copied later
        return Record(fields.release(record, source=source, line=line), line, 0)
    except RecordError as error:
        return Quarantined(source, line, 0, str(error), to_json(values))


def _value(cell: Any) -> Any:
    """A cell as JSON has it."""
    if not _is_filled(cell):
        return None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 2**53 else cell
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else cell


def _day(value: Any) -> Any:
    """The day and time that a number of a date column is; anything else as it is."""
    if type(value) not in (int, float) or int(value) not in _SERIALS:
        return value
    moment = _DAY_ZERO + timedelta(seconds=round(86_400 * value))
    return moment.date().isoformat() if type(value) is int else moment.isoformat()
