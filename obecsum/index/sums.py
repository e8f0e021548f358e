"""Sums over the rows of an index, by which a change that nobody made is noticed.

A digest of each row, added up without order: adding a row adds its digest, and removing one takes it away, so that the
sums cost microseconds a row and no room. :func:`~obecsum.index.rescue.check` adds all rows up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from sqlite3 import Connection
from typing import Any, Protocol

__all__ = ["SUMMED", "add", "row_digest", "set_text"]

SUMMED = {
    "entries": "SELECT n, id, unique_id, published, key, job, series, print FROM entries",
    "texts": "SELECT n, data FROM texts",
    "gone": "SELECT id, key, job FROM gone",
    "jobs": "SELECT number, key FROM jobs",
    "segments": "SELECT number, level, bits, postings FROM segments",
}
"""Table to the query that gives its rows as they are summed."""

_BYTES = 16
_MODULUS = 1 << (8 * _BYTES)


class _File(Protocol):
    """What is needed of an :class:`~obecsum.index.store.IndexFile`."""

    db: Connection

    def meta(self, name: str) -> Any: ...

    def set_meta(self, name: str, value: Any) -> None: ...


def row_digest(row: Sequence[Any]) -> int:
    """The digest of a row, types included."""
    digest = blake2b(digest_size=_BYTES)
    for value in row:
        raw = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        digest.update(f"{type(value).__name__} {len(raw)} ".encode() + raw)
    return int.from_bytes(digest.digest(), "little")


def add(file: _File, changes: Mapping[str, Iterable[Sequence[Any]]], *, sign: int = 1) -> None:
    """Add rows to the sums, or with ``sign`` -1 take them away; inside ``file.writing()``.

    Args:
        file: The index; one without sums, of before there were any, stays without.
        changes: Table to the rows.
        sign: 1 or -1.
    """
    sums = file.meta("sums")
    if sums is None:
        return
    for table, rows in changes.items():
        total = int(sums[table], 16) + sign * sum(map(row_digest, rows))
        sums[table] = f"{total % _MODULUS:x}"
    segments = file.db.execute(SUMMED["segments"]).fetchall()  # a few, and merges write them
    sums["segments"] = f"{sum(map(row_digest, segments)) % _MODULUS:x}"
    file.set_meta("sums", sums)


def set_text(file: _File, name: str, value: str) -> None:
    """Sum up a value of ``meta``; inside ``file.writing()``."""
    sums = file.meta("sums")
    if sums is not None:
        file.set_meta("sums", sums | {name: f"{row_digest((value,)):x}"})
