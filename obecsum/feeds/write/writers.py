"""Writing releases as CSV, Parquet or RSS, from the JSON lines that a job has written.

CSV needs all columns before its first row and Parquet all their types, so these formats are made of a finished file in
two passes: memory is constant, and the same rows give the same bytes however often and after whatever interruption.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from obecsum.core.errors import OptionError, OutputError
from obecsum.core.files import replacing
from obecsum.core.serialize import json_line
from obecsum.feeds.write.rows import rows_of

__all__ = [
    "WRITE_FORMATS",
    "RowWriter",
    "check_formats",
    "convert",
    "export",
    "exported_name",
    "open_writer",
]

WRITE_FORMATS = ("jsonl", "csv", "parquet", "rss")
_NAMES = {"jsonl": "kept.jsonl", "csv": "kept.csv", "parquet": "kept.parquet", "rss": "kept.rss.xml"}


def check_formats(formats: tuple[str, ...]) -> None:
    """Check before anything is read that rows can be written so.

    Args:
        formats: Of ``WRITE_FORMATS``.

    Raises:
        OptionError: One is unknown, is given twice, or needs a package that is not installed.
    """
    for one in formats:
        if one not in WRITE_FORMATS:
            raise OptionError(f"a format to write must be one of {', '.join(WRITE_FORMATS)}, got {one!r}")
        if formats.count(one) > 1:
            raise OptionError(f"the format {one!r} is given twice; name each once")
        if one == "parquet" and find_spec("pyarrow") is None:
            raise OptionError("writing parquet needs pyarrow; run `pip install obecsum[parquet]`")


def exported_name(to: str) -> str:
    """What the file of the kept releases is called in a format."""
    return _NAMES[to]


def convert(rows: Path, target: Path, to: str, *, title: str | None = None) -> int:
    """Write rows of JSON in another format, straight to a file; :func:`export` does it safely.

    Args:
        rows: A finished file of JSON lines.
        target: The file to write; one that is there is replaced.
        to: One of ``WRITE_FORMATS``.
        title: What an RSS feed is called; None names it after the file.

    Returns:
        The number of rows.

    Raises:
        OptionError: An unknown format.
        InputError: The rows cannot be read.
        OutputError: The target cannot be written.
    """
    check_formats((to,))
    try:
        with target.open("wb") as file:
            return _write(rows, file, to, title or f"obecsum: {target.name}")
    except OSError as error:
        raise OutputError(
            f"{target} could not be written: {error.strerror or error}; make room, then try again"
        ) from error


def _write(rows: Path, file: IO[bytes], to: str, title: str) -> int:
    if to == "csv":
        from obecsum.feeds.write.csv import write_csv

        return write_csv(rows, file)
    if to == "parquet":
        from obecsum.feeds.write.parquet import write_parquet

        return write_parquet(rows, file)
    if to == "rss":
        from obecsum.feeds.write.rss import write_rss

        return write_rss(rows, file, title=title)
    with rows.open("rb") as source:
        shutil.copyfileobj(source, file, 1 << 20)
    return sum(1 for _ in rows_of(rows))


def export(rows: Path, target: Path, to: str, *, title: str | None = None) -> int:
    """Write rows of JSON in another format: the whole file appears under its name, or none.

    Args, returns and raises as :func:`convert`.
    """
    try:
        with replacing(target) as partial:
            return convert(rows, partial, to, title=title or f"obecsum: {target.name}")
    except OSError as error:
        raise OutputError(f"{target} could not be written: {error.strerror or error}") from error


class RowWriter:
    """Writes rows in one format; the file appears, complete, when the writer is closed.

    Used as a context manager, an exception leaves no file and the one that was there before. Fields keep their order.

    Args:
        path: The file to write.
        to: One of ``WRITE_FORMATS``.
        title: What an RSS feed is called.

    Raises:
        OptionError: An unknown format.
        OutputError: Nothing can be written there.
    """

    def __init__(self, path: str | Path, to: str, *, title: str | None = None) -> None:
        check_formats((to,))
        self._path = Path(path)
        self._to = to
        self._title = title
        self._rows = self._path.with_name(f".{self._path.name[:60]}.{secrets.token_hex(8)}.rows")
        try:
            self._file: IO[bytes] | None = self._rows.open("xb")
        except OSError as error:
            raise OutputError(f"nothing can be written to {self._path}: {error.strerror or error}") from error

    def write(self, row: Mapping[str, Any]) -> None:
        """Add a row.

        Args:
            row: Field name to value, as JSON has them.

        Raises:
            OutputError: The disk is full or fails.
        """
        if self._file is None:
            raise OutputError(f"{self._path} is closed; open another writer")
        try:
            self._file.write(json_line(row))
        except OSError as error:
            raise OutputError(f"{self._path} could not be written: {error.strerror or error}") from error

    def close(self) -> None:
        """Finish the file and give it its name.

        Raises:
            OutputError: The disk is full or fails.
        """
        if self._file is None:
            return
        try:
            self._file.close()
            self._file = None
            export(self._rows, self._path, self._to, title=self._title)
        except OSError as error:
            raise OutputError(f"{self._path} could not be written: {error.strerror or error}") from error
        finally:
            self._drop()

    def _drop(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
        with contextlib.suppress(OSError):
            self._rows.unlink(missing_ok=True)

    def __enter__(self) -> RowWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()
        else:
            self._drop()


def open_writer(path: str | Path, to: str, *, title: str | None = None) -> RowWriter:
    """A writer of rows; see :class:`RowWriter`."""
    return RowWriter(path, to, title=title)
