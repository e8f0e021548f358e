"""Looking after an index: what is in it, whether it is intact, forgetting, compacting, taking it elsewhere."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.core.errors import InputError, OptionError, StoreError
from obecsum.core.files import replacing
from obecsum.core.serialize import json_line
from obecsum.dedup.verify import text_key
from obecsum.feeds.read import read_entries
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.record import Quarantined
from obecsum.feeds.sources import plan_sources
from obecsum.index import sums
from obecsum.index.index import Index, IndexEntry, entry_of, entry_sketches
from obecsum.index.rescue import learned, whole_entries
from obecsum.index.store import FORMAT, settings
from obecsum.minhash.shingles import I64
from obecsum.text.timestamps import order_key, parse_date

__all__ = ["compact", "export", "forget", "import_entries", "show"]

_BATCH = 1024
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
    with Index(path, is_readonly=True) as index, index.file.decoding():
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


def forget(
    path: str | Path,
    *,
    ids: Iterable[str] = (),
    before: str | None = None,
    dry_run: bool = False,
    wait_s: float = 60.0,
    on_unknown: Callable[[str], object] | None = None,
) -> int:
    """Forget entries: later releases are no longer matched against them.

    Args:
        path: The index.
        ids: Ids, as they came or as they were kept under.
        before: A date, ISO or Thai: entries that were published before it. One without a date stays.
        dry_run: Whether to count only.
        wait_s: Seconds to wait while another process writes.
        on_unknown: Called with each of the ids that no entry has.

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
            numbers: set[int] = set()
            for name in names:
                found = db.execute("SELECT n FROM entries WHERE id = ? OR unique_id = ?", (name, name)).fetchall()
                numbers.update(row[0] for row in found)
                if not found and on_unknown is not None:
                    on_unknown(name)
            if bound is not None:
                first = order_key(bound)
                dated = db.execute("SELECT n, published FROM entries WHERE published IS NOT NULL")
                numbers.update(number for number, published in dated if order_key(published) < first)
        if numbers and not dry_run:
            with index.file.writing():
                gone = {("entries", "n"): numbers, ("texts", "n"): numbers, ("gone", "id"): names}
                for (table, column), values in gone.items():
                    for value in values:
                        rows = db.execute(f"{sums.SUMMED[table]} WHERE {column} = ?", (value,)).fetchall()
                        sums.add(index.file, {table: rows}, sign=-1)
                        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (value,))  # noqa: S608 - names of ours
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


def export(path: str | Path, out: str | Path, *, on_damaged: Callable[[str], object] | None = None) -> int:
    """Write all entries as JSON Lines; the first line has what the feeds repeated.

    Args:
        path: The index.
        out: The file to write, compressed where its name ends so (.gz, .xz, .bz2), replaced when all is written; "-"
            for standard output.
        on_damaged: Called, in words, with each part of a damaged index that cannot be read; all that is whole is
            written. Without it that is an error, and nothing is.

    Returns:
        How many entries.

    Raises:
        StoreError: The index cannot be read, or the file not be written.
    """
    with Index(path, is_readonly=True, takes_older=True) as index:
        if str(out) == "-":
            return _export(index, sys.stdout.buffer, on_damaged)
        target = Path(out)
        try:
            with replacing(target) as new, _OPENERS.get(target.suffix.lower(), open)(new, "wb") as file:
                count = _export(index, file, on_damaged)
        except OSError as error:
            raise StoreError(
                f"{out} could not be written: {error.strerror or error}; make room, then try again"
            ) from error
    return count


def _export(index: Index, file: IO[bytes], on_damaged: Callable[[str], object] | None) -> int:
    told = on_damaged or partial(_refused, index)
    file.write(json_line({_LEARNED: learned(index, told).to_json()}))
    count = 0
    for entry, job in whole_entries(index, told):
        row = {"id": entry.id, "title": entry.title, "text": entry.text, "published": entry.published}
        row |= {"unique_id": entry.unique_id, "series": entry.series, "key": entry.key.hex(), "job": job}
        file.write(json_line(row))
        count += 1
    return count


def _refused(index: Index, what: str) -> None:
    raise index.file.damaged(what)


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
    repeated: list[str] = []

    def entries() -> Iterator[tuple[str | None, IndexEntry]]:
        for entry in read_entries(source, FieldMap({})):
            if isinstance(entry, Quarantined):
                if entry.line == 1 and _LEARNED.encode() in entry.raw[:80]:
                    import orjson

                    repeated.append(orjson.loads(entry.raw)[_LEARNED])
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
        for found in repeated:
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
