"""Looking after an index: what is in it, whether it is intact, forgetting, compacting, taking it elsewhere."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.core.errors import InputError, OptionError, StoreError
from obecsum.core.serialize import json_line
from obecsum.dedup.verify import text_key
from obecsum.feeds.read import read_entries
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.record import Quarantined
from obecsum.feeds.sources import plan_sources
from obecsum.index.index import Index, IndexEntry, entry_of, entry_sketches
from obecsum.index.lookup import packed_sketches
from obecsum.index.postings import MAX_ENTRIES
from obecsum.index.store import FORMAT, NUM_PERM, settings, unpack_text
from obecsum.minhash.shingles import I64
from obecsum.minhash.signatures import EMPTY, Sketches
from obecsum.text.timestamps import order_key, parse_date

__all__ = ["check", "compact", "export", "forget", "import_entries", "show"]

_BATCH = 1024
_ID_MASK = np.uint64(MAX_ENTRIES - 1)
_LEARNED = "obecsum_boilerplate"  # the first line of an export
_OPENERS: dict[str, Callable[..., Any]] = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}


def show(path: str | Path) -> dict[str, Any]:
    """What is in an index.

    Returns:
        ``path``, ``entries``, ``bytes`` (of the file), ``bytes_text`` (compressed texts), ``bytes_rest``, ``oldest``
        and ``newest`` (dates of publication, or None), ``jobs``, ``segments``, ``learned_lines``, ``format``, and the
        settings of its sketches: ``scheme``, ``num_perm``, ``seed``, ``shingle_size``, ``sample_rate``,
        ``normalizer``.

    Raises:
        StoreError: It cannot be opened.
    """
    with Index(path, is_readonly=True) as index, index.file.guarded():
        one = index.file.db.execute
        entries, oldest, newest = one("SELECT COUNT(*), MIN(published), MAX(published) FROM entries").fetchone()
        (text_bytes,) = one("SELECT COALESCE(SUM(LENGTH(data)), 0) FROM texts").fetchone()
        size = Path(path).stat().st_size
        return {
            "path": str(path),
            "entries": entries,
            "bytes": size,
            "bytes_text": text_bytes,
            "bytes_rest": size - text_bytes,
            "oldest": oldest,
            "newest": newest,
            "jobs": one("SELECT COUNT(*) FROM jobs").fetchone()[0],
            "segments": one("SELECT COUNT(*) FROM segments").fetchone()[0],
            "learned_lines": len(index.boilerplate.lines),
            "format": FORMAT,
            **settings(),
        }


def check(path: str | Path) -> list[str]:
    """What is wrong with an index, in words; nothing if it is intact.

    Looks at SQLite's own structure, and whether every entry has its text, its sketch and its postings.

    Raises:
        StoreError: It cannot be opened at all.
    """
    found: list[str] = []
    with Index(path, is_readonly=True) as index:
        db = index.file.db
        try:
            problems = [row[0] for row in db.execute("PRAGMA integrity_check(20)")]
            found += [f"SQLite: {problem}" for problem in problems if problem != "ok"]
            found += _missing(db)
            found += _unpacked(db)
        except sqlite3.DatabaseError as error:
            found.append(f"SQLite: {error}")
    return found


def _missing(db: sqlite3.Connection) -> Iterator[str]:
    (textless,) = db.execute("SELECT COUNT(*) FROM entries WHERE n NOT IN (SELECT n FROM texts)").fetchone()
    (orphans,) = db.execute("SELECT COUNT(*) FROM texts WHERE n NOT IN (SELECT n FROM entries)").fetchone()
    if textless:
        yield f"{textless:,} entries have no text"
    if orphans:
        yield f"{orphans:,} texts have no entry"
    (short,) = db.execute("SELECT COUNT(*) FROM entries WHERE LENGTH(print) < ?", (2 * NUM_PERM,)).fetchone()
    if short:
        yield f"{short:,} entries have no whole sketch"
    nothing = np.full((1, NUM_PERM), EMPTY, dtype=np.uint32)  # a text without shingles has no postings
    [empty] = packed_sketches(Sketches(nothing, nothing[0, :0], np.zeros(2, dtype=np.int64)))
    query = "SELECT n FROM entries WHERE SUBSTR(print, 1, ?) != ?"
    wanted = np.fromiter((row[0] for row in db.execute(query, (2 * NUM_PERM, empty))), dtype=np.int64)
    is_there = np.zeros(int(wanted.max(initial=-1)) + 1, dtype=bool)
    counted = 0
    for (data,) in db.execute("SELECT data FROM blocks ORDER BY at"):
        block = np.frombuffer(data, dtype="<u8")
        if (block[1:] < block[:-1]).any():
            yield "a block of postings is not sorted"
        counted += len(block)
        numbers = (block & _ID_MASK).astype(np.int64)
        is_there[numbers[numbers < len(is_there)]] = True
    without = int((~is_there[wanted]).sum())
    if without:
        yield f"{without:,} entries cannot be found: they have no postings"
    (stated,) = db.execute("SELECT COALESCE(SUM(postings), 0) FROM segments").fetchone()
    if stated != counted:
        yield f"{counted:,} postings are there and {stated:,} should be"


def _unpacked(db: sqlite3.Connection) -> Iterator[str]:
    broken = 0
    for (data,) in db.execute("SELECT data FROM texts"):
        try:
            unpack_text(data)
        except Exception:  # whatever a damaged text gives: it is counted
            broken += 1
    if broken:
        yield f"{broken:,} texts cannot be unpacked"


def forget(
    path: str | Path, *, ids: Iterable[str] = (), before: str | None = None, dry_run: bool = False, wait_s: float = 60.0
) -> int:
    """Forget entries: later releases are no longer matched against them.

    Args:
        path: The index.
        ids: Ids, as they came or as they were kept under.
        before: A date, ISO or Thai: entries that were published before it. One without a date stays.
        dry_run: Whether to count only.
        wait_s: Seconds to wait while another process writes.

    Returns:
        How many entries.

    Raises:
        OptionError: Neither ids nor a date, or no date.
        StoreError: The index cannot be written.
    """
    names = list(ids)
    bound = None if before is None else parse_date(before)
    if before is not None and bound is None:
        raise OptionError(f"before must be a date such as 2024-07-01, got {before!r}")
    if not names and bound is None:
        raise OptionError("nothing says what to forget; give ids, or a date")
    _must_exist(path)
    with Index(path, wait_s=wait_s, is_readonly=dry_run) as index:
        db = index.file.db
        with index.file.guarded():
            numbers = {
                row[0]
                for name in names
                for row in db.execute("SELECT n FROM entries WHERE id = ? OR unique_id = ?", (name, name))
            }
            if bound is not None:
                first = order_key(bound)
                dated = db.execute("SELECT n, published FROM entries WHERE published IS NOT NULL")
                numbers.update(number for number, published in dated if order_key(published) < first)
        if numbers and not dry_run:
            with index.file.writing():
                db.executemany("DELETE FROM entries WHERE n = ?", [(number,) for number in numbers])
                db.executemany("DELETE FROM texts WHERE n = ?", [(number,) for number in numbers])
                db.executemany("DELETE FROM gone WHERE id = ?", [(name,) for name in names])
    return len(numbers)


def compact(path: str | Path, *, wait_s: float = 60.0) -> tuple[int, int]:
    """Make one segment of all, without what was forgotten, and give room back to the disk.

    Args:
        path: The index. Twice its size is needed on the disk meanwhile.
        wait_s: Seconds to wait while another process writes.

    Returns:
        Bytes of the file before and after.

    Raises:
        StoreError: The index cannot be written.
    """
    _must_exist(path)
    before = Path(path).stat().st_size
    with Index(path, wait_s=wait_s) as index:
        db = index.file.db
        with index.file.writing():
            alive = np.zeros(int(index.file.meta("next")), dtype=bool)
            for (number,) in db.execute("SELECT n FROM entries"):
                alive[number] = True

            def is_alive(numbers: I64) -> npt.NDArray[np.bool_]:
                return alive[numbers]

            index.merge_all(is_alive)
        with index.file.guarded():
            db.execute("VACUUM")
    return before, Path(path).stat().st_size


def export(path: str | Path, out: str | Path) -> int:
    """Write all entries as JSON Lines; the first line has what the feeds repeated.

    Args:
        path: The index.
        out: The file to write, compressed where its name ends so (.gz, .xz, .bz2), replaced when all is written; "-"
            for standard output.

    Returns:
        How many entries.

    Raises:
        StoreError: The index cannot be read, or the file not be written.
    """
    with Index(path, is_readonly=True, takes_older=True) as index, index.file.guarded():
        if str(out) == "-":
            return _export(index, sys.stdout.buffer)
        target = Path(out)
        partial = target.with_name(f".{target.name}.obecsum-partial")
        try:
            with _OPENERS.get(target.suffix.lower(), open)(partial, "wb") as file:
                count = _export(index, file)
            partial.replace(target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise StoreError(
                f"{out} could not be written: {error.strerror or error}; make room, then try again"
            ) from error
    return count


def _export(index: Index, file: IO[bytes]) -> int:
    query = (
        "SELECT id, unique_id, published, series, entries.key, jobs.key, data FROM entries JOIN texts USING (n) "
        "LEFT JOIN jobs ON jobs.number = entries.job ORDER BY entries.n"
    )
    file.write(json_line({_LEARNED: index.boilerplate.to_json()}))
    count = 0
    for release_id, unique_id, published, series, key, job, data in index.file.db.execute(query):
        title, text = unpack_text(data)
        row = {"id": release_id, "title": title, "text": text, "published": published}
        row |= {"unique_id": unique_id or release_id, "series": series, "key": key.hex(), "job": job}
        file.write(json_line(row))
        count += 1
    return count


def import_entries(path: str | Path, feed: str | Path, *, wait_s: float = 60.0) -> int:
    """Add what :func:`export` wrote, or the releases of any feed, whatever settings the exporting index had.

    Args:
        path: The index; made where it is missing.
        feed: What export wrote, compressed or not, or a feed.
        wait_s: Seconds to wait while another process writes.

    Returns:
        How many entries were added; those that are there already are left as they are.

    Raises:
        InputError: The feed cannot be read, or a record of it cannot be used.
        StoreError: The index cannot be written.
    """
    [source] = plan_sources(feed)
    added = 0
    learned: list[str] = []

    def entries() -> Iterator[tuple[str | None, IndexEntry]]:
        for entry in read_entries(source, FieldMap({})):
            if isinstance(entry, Quarantined):
                if entry.line == 1 and _LEARNED.encode() in entry.raw[:80]:
                    import orjson

                    learned.append(orjson.loads(entry.raw)[_LEARNED])
                    continue
                raise InputError(f"{entry.source} line {entry.line} cannot be imported: {entry.reason}; nothing was")
            yield _imported(entry.release)

    with Index(path, wait_s=wait_s) as index, index.file.writing():
        rows = entries()
        while batch := list(islice(rows, _BATCH)):
            by_job: dict[str | None, list[IndexEntry]] = {}
            for job, one in batch:
                by_job.setdefault(job, []).append(one)
            for job, some in by_job.items():
                rows_of_job = index.named([entry.stored for entry in some])
                added += index.insert(rows_of_job, sketches=entry_sketches(some), job=job)
        for found in learned:
            index.learn(Boilerplate.from_json(found))
    return added


def _imported(release: Any) -> tuple[str | None, IndexEntry]:
    extra = release.extra
    key = extra.get("key")
    if not isinstance(key, str) or not isinstance(extra.get("unique_id"), str):
        return None, entry_of(release)  # of a feed
    digest = bytes.fromhex(key) if len(key) == 32 else text_key(release.full_text)
    entry = IndexEntry(
        release.id, extra["unique_id"], release.published, release.title, release.text, digest, extra.get("series")
    )
    return extra.get("job"), entry


def _must_exist(path: str | Path) -> None:
    if not Path(path).exists():
        raise StoreError(f"{path} does not exist; `obecsum clean --index {path}` makes an index")
