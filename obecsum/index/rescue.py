"""A damaged index: what is broken, what is whole, and a new index made of that."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.core.errors import StoreError
from obecsum.core.files import replacing
from obecsum.index.entries import IndexEntry, entry_sketches, read_entry
from obecsum.index.index import Index
from obecsum.index.lookup import packed_sketches
from obecsum.index.postings import MAX_ENTRIES, block_problem, postings_of
from obecsum.index.sums import SUMMED, row_digest

__all__ = ["check", "learned", "repair", "whole_entries"]

_BATCH = 1024
_MOST_NAMED = 20
_ID_MASK = np.uint64(MAX_ENTRIES - 1)
_WHOLE = (
    "SELECT id, unique_id, published, entries.key, series, data, jobs.key, print, n FROM entries JOIN texts USING (n) "
    "LEFT JOIN jobs ON jobs.number = entries.job"
)
_CAN_LACK = frozenset({1, 2, 4})  # unique id, date, series: an entry is worth saving without them
_BROKEN = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, zlib.error, sqlite3.Error, StoreError)


def check(path: str | Path) -> list[str]:
    """What is wrong with an index, in words; nothing if it is intact.

    Looks at SQLite's own structure; whether every entry can be read, has the sketch that its text makes and all of its
    postings, and a name of its own; and whether all rows are as they were written.

    Raises:
        StoreError: It cannot be opened at all.
    """
    found: list[str] = []
    with Index(path, is_readonly=True) as index:
        index.file.db.execute("BEGIN")  # what others write meanwhile is not half seen
        for name, part in (
            ("SQLite's structure", _structure),
            ("some entry or posting", _entries),
            ("some id", _names),
            ("some row", _sums),
            ("what the feeds repeated", _learned),
        ):
            try:
                found += part(index)
            except _BROKEN as error:
                found.append(f"{name} cannot be read: {error}")
    return found


def _structure(index: Index) -> Iterator[str]:
    problems = [str(row[0]) for row in index.file.db.execute(f"PRAGMA integrity_check({_MOST_NAMED})")]
    yield from (f"SQLite: {problem}" for problem in problems if problem != "ok")


def _entries(index: Index) -> Iterator[str]:
    db = index.file.db
    (textless,) = db.execute("SELECT COUNT(*) FROM entries WHERE n NOT IN (SELECT n FROM texts)").fetchone()
    (orphans,) = db.execute("SELECT COUNT(*) FROM texts WHERE n NOT IN (SELECT n FROM entries)").fetchone()
    if textless:
        yield f"{textless:,} entries have no text"
    if orphans:
        yield f"{orphans:,} texts have no entry"
    numbers = np.array([row[0] for row in db.execute("SELECT n FROM entries ORDER BY n")], dtype=np.int64)
    following = index.file.meta("next")
    if type(following) is not int or (len(numbers) and following <= numbers[-1]):
        yield f"the next entry would have the number {following!r}, which is given"
    if len(numbers) and (numbers[0] < 0 or numbers[-1] >= MAX_ENTRIES):
        yield "an entry has a number that no entry can have"
        return
    size = int(numbers[-1]) + 1 if len(numbers) else 0
    wanted, there = np.zeros((2, size), dtype=np.uint64), np.zeros((2, size), dtype=np.uint64)
    broken: list[str] = []
    rows = _rows(index, broken.append)
    while batch := list(islice(rows, _BATCH)):
        entries = [entry for entry, _, _, _ in batch]
        sketches = entry_sketches(entries)
        for at, ((entry, _, stored, number), packed) in enumerate(zip(batch, packed_sketches(sketches), strict=True)):
            if packed != stored:
                broken.append(f"entry {number} ({entry.unique_id}) has another sketch than its text makes")
            one = sketches.take(np.array([at]))
            _count(wanted, postings_of(one.signatures, one.samples, one.bounds, number))
    yield from broken[:_MOST_NAMED]
    if len(broken) > _MOST_NAMED:
        yield f"{len(broken) - _MOST_NAMED:,} more entries are broken"
    yield from _postings(index, there)
    missing = np.flatnonzero((wanted != there).any(axis=0) & np.isin(np.arange(size), numbers))
    if len(missing):
        yield f"{len(missing):,} entries cannot be found: their postings are not those of their texts"


def _count(sums: Any, postings: Any) -> None:
    """Count postings and add them up, for each entry that has a place."""
    numbers = (postings & _ID_MASK).astype(np.int64)
    inside = numbers < sums.shape[1]
    np.add.at(sums[0], numbers[inside], np.uint64(1))
    np.add.at(sums[1], numbers[inside], postings[inside] >> np.uint64(28))


def _postings(index: Index, there: Any) -> Iterator[str]:
    segments = {number: (bits, postings) for number, bits, postings, _ in index.postings.segments()}
    counted = dict.fromkeys(segments, 0)
    for at, data in index.file.db.execute("SELECT at, data FROM blocks ORDER BY at"):
        number = at >> 24
        if number not in segments:
            yield f"block {at} of postings belongs to no segment"
            continue
        problem = block_problem(at, data, segments[number][0])
        if problem:
            yield f"block {at} of postings {problem}"
            continue
        block = np.frombuffer(data, dtype="<u8")
        counted[number] += len(block)
        _count(there, block)
    for number, (_, stated) in segments.items():
        if counted[number] != stated:
            yield f"{counted[number]:,} postings are in segment {number} and {stated:,} should be"


def _names(index: Index) -> Iterator[str]:
    query = "SELECT COALESCE(unique_id, id) AS name, COUNT(*) FROM entries GROUP BY name HAVING COUNT(*) > 1 LIMIT 20"
    yield from (f"{count} entries were kept under the id {name}" for name, count in index.file.db.execute(query))
    query = "SELECT id, COUNT(*) FROM entries GROUP BY id, key HAVING COUNT(*) > 1 LIMIT 20"
    yield from (f"the id {name} is there {count} times with one text" for name, count in index.file.db.execute(query))


def _sums(index: Index) -> Iterator[str]:
    sums = index.file.meta("sums")
    if sums is None:
        return
    for table, query in SUMMED.items():
        total = sum(row_digest(row) for row in index.file.db.execute(query))
        if f"{total % (1 << 128):x}" != sums[table]:
            yield f"the rows of {table} are not those that were written"
    boilerplate = index.file.meta("boilerplate")
    if sums.get("boilerplate") != (None if boilerplate is None else f"{row_digest((boilerplate,)):x}"):
        yield "what the feeds repeated is not what was written"


def _learned(index: Index) -> Iterator[str]:
    index.boilerplate  # noqa: B018 - reading it is the test
    yield from ()


def learned(index: Index, on_damaged: Callable[[str], object]) -> Boilerplate:
    """What the feeds repeated, or what is fixed where that cannot be read."""
    try:
        return index.boilerplate
    except StoreError:
        on_damaged("what the feeds repeated cannot be read")
        return Boilerplate.fixed()


def whole_entries(index: Index, on_damaged: Callable[[str], object]) -> Iterator[tuple[IndexEntry, str | None]]:
    """Every entry that can be read, in order, with the key of the job that added it.

    Args:
        index: Open.
        on_damaged: Called, in words, with each one that cannot.
    """
    for entry, job, _, _ in _rows(index, on_damaged):
        yield entry, job


def _rows(index: Index, on_damaged: Callable[[str], object]) -> Iterator[tuple[IndexEntry, str | None, Any, int]]:
    """Entry, job, sketch and number; row by row where a page is broken, so that only what lies there is lost."""
    db = index.file.db
    last = -1
    try:
        for row in db.execute(f"{_WHOLE} ORDER BY entries.n"):
            last = row[-1]
            yield from _read(row, on_damaged)
    except sqlite3.Error as error:
        on_damaged(f"after entry {last}: {error}")
        for number in _numbers(index, last):
            try:
                for row in db.execute(f"{_WHOLE} WHERE entries.n = ?", (number,)):
                    yield from _read(row, on_damaged)
            except sqlite3.Error as inner:
                on_damaged(f"entry {number}: {inner}")


def _read(row: Sequence[Any], on_damaged: Callable[[str], object]) -> Iterator[tuple[IndexEntry, str | None, Any, int]]:
    *fields, job, sketch, number = row
    try:
        entry = read_entry(fields)
    except _BROKEN as error:
        on_damaged(f"entry {number}: {error}")
        less = [value if at not in _CAN_LACK or isinstance(value, str) else None for at, value in enumerate(fields)]
        try:
            entry = read_entry(less)
        except _BROKEN:
            return
    yield entry, job if isinstance(job, str) else None, sketch, number


def _numbers(index: Index, after: int) -> Iterable[int]:
    """All numbers that may be given, from one on."""
    ends = [0]
    for query in ("SELECT MAX(n) FROM entries", "SELECT MAX(n) FROM texts"):
        with contextlib.suppress(sqlite3.Error, TypeError):
            ends.append(int(index.file.db.execute(query).fetchone()[0]) + 1)
    with contextlib.suppress(StoreError, TypeError, ValueError):
        ends.append(int(index.file.meta("next")))
    return range(after + 1, min(max(ends), MAX_ENTRIES))


def repair(
    path: str | Path, *, wait_s: float = 60.0, on_damaged: Callable[[str], object] | None = None
) -> tuple[int, Path]:
    """Make an index anew of all that is whole in a damaged one; sketches are made of the texts.

    Args:
        path: The index; the file is written over under SQLite's own lock, so other jobs wait for it.
        wait_s: Seconds to wait while another process writes.
        on_damaged: Called, in words, with each part that is lost.

    Returns:
        How many entries it has, and where the damaged file lies as it was.

    Raises:
        StoreError: It cannot be opened at all, or not be written.
    """
    path = Path(path)
    told = on_damaged or _ignored
    new = path.with_name(f".{path.name[:60]}.{secrets.token_hex(8)}.repaired")
    copy = _free(path)
    try:
        with Index(path, wait_s=wait_s, takes_older=True) as index:
            with index.file.guarded():
                index.file.db.execute("BEGIN EXCLUSIVE")
                index.file.db.execute("COMMIT")
            with replacing(copy) as partial:
                shutil.copyfile(path, partial)
            with Index(new) as rebuilt:
                count = _rebuild(index, rebuilt, told)
                with index.file.guarded():
                    rebuilt.file.db.backup(index.file.db)
    except OSError as error:
        raise StoreError(f"{path} could not be repaired: {error.strerror or error}; it is as it was") from error
    finally:
        for left in (new, new.with_name(f"{new.name}-journal")):
            with contextlib.suppress(OSError):
                left.unlink()
    return count, copy


def _rebuild(index: Index, rebuilt: Index, told: Callable[[str], object]) -> int:
    count = 0
    entries = whole_entries(index, told)
    with rebuilt.file.writing():
        while batch := list(islice(entries, _BATCH)):
            by_job: dict[str | None, list[IndexEntry]] = {}
            for entry, job in batch:
                by_job.setdefault(job, []).append(entry)
            for job, some in by_job.items():
                rows = rebuilt.named([entry.stored for entry in some])
                count += rebuilt.insert(rows, sketches=entry_sketches(some), job=job)
        rebuilt.learn(learned(index, told))
        for query, keep in (
            ("SELECT gone.id, gone.key, jobs.key FROM gone JOIN jobs ON jobs.number = gone.job", _keep_gone),
            ("SELECT name, value FROM meta WHERE name LIKE 'commit %'", _keep_commit),
        ):
            try:
                for row in index.file.db.execute(query):
                    keep(rebuilt, row)
            except _BROKEN as error:
                told(f"what jobs removed and committed: {error}")
    return count


def _keep_gone(rebuilt: Index, row: Sequence[Any]) -> None:
    release_id, key, job = row
    if isinstance(release_id, str) and isinstance(key, bytes) and isinstance(job, str):
        rebuilt.remember_gone([(release_id, key)], job=job)


def _keep_commit(rebuilt: Index, row: Sequence[Any]) -> None:
    rebuilt.file.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", tuple(row))


def _ignored(what: str) -> None:
    """Not told."""


def _free(path: Path) -> Path:
    number, copy = 1, path.with_name(f"{path.name}.damaged")
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.damaged-{number}")
    return copy
