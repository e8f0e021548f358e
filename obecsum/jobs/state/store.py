"""What one phase of a job leaves for the next, in one SQLite file: a kill loses at most the last batch.

Texts lie there compressed, one by one, so that any of them can be had again by its row in the feed.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage
from typing import Any

import numpy as np

from obecsum.core.errors import ObecsumError, OutputError
from obecsum.core.serialize import loads, to_json
from obecsum.minhash.shingles import U32, join_ragged
from obecsum.minhash.signatures import Sketches

__all__ = ["Store", "packed", "unpacked"]

_NUM_PERM = 128
_FULL_BYTES = 1 << 17  # SQLite says "disk I/O error" where there is no room for what it needs beside the file
_TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE records (place INTEGER PRIMARY KEY, source INTEGER NOT NULL, byte_offset INTEGER NOT NULL,
  length INTEGER, line INTEGER NOT NULL, id TEXT NOT NULL, published TEXT, name TEXT, spooled BLOB);
CREATE TABLE quarantined (number INTEGER PRIMARY KEY, row BLOB NOT NULL);
CREATE TABLE cleaned (place INTEGER PRIMARY KEY, key BLOB NOT NULL, row BLOB, signature BLOB NOT NULL,
  sample BLOB NOT NULL);
CREATE TABLE sketches (place INTEGER PRIMARY KEY, key BLOB NOT NULL, text BLOB NOT NULL, signature BLOB NOT NULL,
  sample BLOB NOT NULL);
CREATE TABLE verdicts (i INTEGER NOT NULL, j INTEGER NOT NULL, verdict TEXT NOT NULL, PRIMARY KEY (i, j)) WITHOUT ROWID;
CREATE TABLE renamed (place INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE TABLE removed (place INTEGER PRIMARY KEY, row BLOB NOT NULL);
CREATE TABLE possible (number INTEGER PRIMARY KEY, row BLOB NOT NULL);
CREATE TABLE links (place INTEGER PRIMARY KEY, row BLOB NOT NULL);
"""


def packed(value: Any) -> bytes:
    """A JSON value, compressed; any integer and lone surrogates pass."""
    return zlib.compress(to_json(value), 1)


def unpacked(data: bytes) -> Any:
    """The value that :func:`packed` took."""
    return loads(zlib.decompress(data))


class Store:
    """The store of one job; for one process at a time.

    Args:
        path: The SQLite file; made where it is missing.

    Raises:
        OutputError: It cannot be opened, or another job works in the same folder.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._guarded():
            self._db = sqlite3.connect(path, timeout=1.0, isolation_level=None)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("BEGIN IMMEDIATE")
            if not self._db.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone():
                self._create()
            self._db.execute("COMMIT")

    def _create(self) -> None:
        for statement in filter(str.strip, _TABLES.split(";")):
            self._db.execute(statement)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if "locked" in str(error):
                raise OutputError(
                    f"another obecsum works in {self._path.parent}: wait until it has ended, or choose another folder"
                ) from error
            is_full = "full" in str(error) or disk_usage(self._path.parent).free < _FULL_BYTES
            reason = "No space left on device" if is_full else error
            raise OutputError(
                f"{self._path.parent} could not be written: {reason}; what was there before is unchanged; make room or "
                "choose another folder with --out, then give the same command again"
            ) from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing of it."""
        with self._guarded():
            self._db.execute("BEGIN")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def clear(self) -> None:
        """Empty it."""
        with self._guarded():
            names = self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            self._db.execute("BEGIN")
            for (name,) in names:
                self._db.execute(f"DROP TABLE {name}")
            self._create()
            self._db.execute("COMMIT")

    def state(self, name: str) -> Any:
        """What a phase left under a name; None if it did not come so far."""
        found = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return None if found is None else json.loads(found[0])

    def set_state(self, name: str, value: Any) -> None:
        """Leave something; inside :meth:`batch`."""
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, json.dumps(value)))

    def write(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows (the table's columns in order) over those of the same key; inside :meth:`batch`."""
        columns = len(self._db.execute(f"PRAGMA table_info({table})").fetchall())  # a name of ours, never of a feed
        marks = ", ".join("?" * columns)
        self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)  # noqa: S608

    def rows(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one at a time."""
        for row in self._db.execute(query, values):  # noqa: UP028 - `yield from` complains if the store is closed first
            yield row

    def one(self, query: str, *values: Any) -> Any:
        """The first column of the first row of a query, or None."""
        found = self._db.execute(query, values).fetchone()
        return None if found is None else found[0]

    def row(self, query: str, *values: Any) -> tuple[Any, ...]:
        """The first row of a query that has one.

        Raises:
            ObecsumError: It has none.
        """
        found = self._db.execute(query, values).fetchone()
        if found is None:
            raise ObecsumError(f"{self._path} lacks what an earlier phase wrote; give the command with --overwrite")
        return tuple(found)

    def sketches(self, rows: Sequence[int]) -> Sketches:
        """What candidates are found by, of the releases at ascending rows; one more than the last at a time."""
        signatures = np.empty((len(rows), _NUM_PERM), dtype=np.uint32)
        samples: list[tuple[U32, Any]] = []
        wanted = iter(enumerate(rows))
        at, row = next(wanted, (-1, -1))
        for found, signature, sample in self.rows("SELECT place, signature, sample FROM cleaned ORDER BY place"):
            if found != row:
                continue
            signatures[at] = np.frombuffer(signature, dtype="<u4")
            samples.append((np.frombuffer(sample, dtype="<u4"), np.array([0, len(sample) // 4])))
            at, row = next(wanted, (-1, -1))
        return Sketches(signatures, *join_ragged(samples))
