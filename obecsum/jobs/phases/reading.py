"""First phase: every source is read once, each record accounted for, and what the feed repeats is learned.

What cannot be read by offset again (standard input, compressed files, tables, pages) is kept in the store. A kill here
begins the phase anew: reading is the shortest one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Any

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.page_fields import PageFields
from obecsum.core.errors import InputError
from obecsum.core.progress import Progress
from obecsum.core.release import Release
from obecsum.core.serialize import json_line
from obecsum.feeds.given import source_of
from obecsum.feeds.read import read_entries
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.open import standard_input
from obecsum.feeds.records.record import Quarantined, Record
from obecsum.feeds.sources import ROWS, Source
from obecsum.jobs.phases.date_figures import DateFigures
from obecsum.jobs.request.options import Options
from obecsum.jobs.request.since import is_since
from obecsum.jobs.state.known import Known
from obecsum.jobs.state.long_records import LongRecords
from obecsum.jobs.state.record import is_stream
from obecsum.jobs.state.store import Store
from obecsum.jobs.state.texts import packed_release
from obecsum.jobs.state.work import WorkFolder, failed

__all__ = ["ReadFigures", "read_all", "settled", "spooled"]

_BATCH = 512
_BATCH_BYTES = 4 << 20
_SPOOL_BYTES = 1 << 20
_LOOKED_AT = 20


@dataclass(slots=True)
class ReadFigures:
    """What reading found.

    Attributes:
        releases: Records that are releases.
        sources: One entry a source: {"name", "bytes", "records", "quarantined"}.
        reasons: Reason of a quarantine to number of records.
        skipped: Reason to number of records that were left out before they counted.
        dates: What became of the releases' dates.
    """

    releases: int = 0
    sources: list[dict[str, Any]] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    dates: DateFigures = field(default_factory=DateFigures)

    @property
    def input(self) -> int:
        """Records that the job answers for."""
        return sum(figures["records"] for figures in self.sources)

    def to_json(self) -> dict[str, Any]:
        """For the store."""
        return {
            "releases": self.releases,
            "sources": self.sources,
            "reasons": dict(self.reasons),
            "skipped": dict(self.skipped),
            "dates": self.dates.to_json(),
        }

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> ReadFigures:
        """What :meth:`to_json` gave."""
        return cls(
            found["releases"],
            found["sources"],
            Counter(found["reasons"]),
            Counter(found["skipped"]),
            DateFigures.from_json(found["dates"]),
        )


def spooled(sources: Sequence[Source], work: WorkFolder, prefix: str = "", *, max_bytes: int) -> list[Source]:
    """The sources, what can be read only once written to a file first.

    Args:
        sources: As planned.
        work: Where to write.
        prefix: Of the files' names.
        max_bytes: A stream may have so many; one without an end must not fill the disk.

    Raises:
        InputError: A stream has more.
        OutputError: The disk is full or fails.
    """
    return [
        _spooled(source, work, f"{prefix}input-{number}", max_bytes) if is_stream(source) else source
        for number, source in enumerate(sources)
    ]


def settled(sources: Sequence[Source], work: WorkFolder, prefix: str) -> list[Source]:
    """The sources with what was spooled in its place, over what an earlier run spooled."""
    found = []
    for source in sources:
        if source.path is not None and source.path.parent == work.path and source.path.name.startswith(prefix):
            source = replace(source, path=source.path.replace(work.file(source.path.name.removeprefix(prefix))))
        found.append(source)
    return found


def _spooled(source: Source, work: WorkFolder, name: str, max_bytes: int) -> Source:
    stream = standard_input() if source.path is None else source.path.open("rb")
    target = work.file(name)
    try:
        with work.open(name) as file:
            left = max_bytes
            while chunk := stream.read(_SPOOL_BYTES):
                left -= len(chunk)
                if left < 0:
                    raise InputError(
                        f"{source.name} has more than {max_bytes:,} bytes, and may go on for ever; name a file, or "
                        "raise --max-stdin-gb"
                    )
                file.write(chunk)
    except OSError as error:
        raise failed(target, error) from error
    finally:
        if source.path is not None:
            stream.close()
    return replace(source, path=target)


def read_all(
    sources: Sequence[Source],
    fields: FieldMap,
    options: Options,
    store: Store,
    known: Known,
    progress: Progress,
    work: WorkFolder,
) -> None:
    """Read every source into the store.

    Args:
        sources: What to read; files and folders.
        fields: Which field is what.
        options: Of the job.
        store: Where places, ids and dates go, and the releases that cannot be read by offset; empty.
        known: What an index knows.
        progress: Told of the bytes that were read.
        work: Where the bytes of records that are too long to be held go.

    Raises:
        InputError: A source is damaged.
        OutputError: The disk is full or fails.
    """
    figures, long = ReadFigures(), LongRecords()
    pages = [_page_fields(source, fields, is_cut=options.cut) for source in sources]
    read = _texts(sources, fields, pages, options, store, known, progress, figures, long)
    if options.cut:
        learned = known.boilerplate(Boilerplate.learn(read))
    else:
        learned = Boilerplate.fixed()
        for _ in read:
            pass
    long_rows = [] if options.dry_run else long.copied(sources, work)
    with store.batch():
        store.write("quarantined", long_rows)
        store.set_state("long", len(long_rows))
        store.set_state("boilerplate", learned.to_json())
        store.set_state("pages", [one.to_json() for one in pages])
        store.set_state("read", figures.to_json())


def _texts(
    sources: Sequence[Source],
    fields: FieldMap,
    pages: Sequence[PageFields],
    options: Options,
    store: Store,
    known: Known,
    progress: Progress,
    figures: ReadFigures,
    long: LongRecords,
) -> Iterator[str]:
    """The texts of the feed in its order; writes what else there is to know of each on the way."""
    records: list[tuple[Any, ...]] = []
    quarantined: list[tuple[int, bytes]] = []
    names: dict[str, str] = {}  # one string for each date and name, however many releases have it

    held = 0

    def flush() -> None:
        with store.batch():
            store.write("records", records)
            store.write("quarantined", quarantined)
        records.clear()
        quarantined.clear()

    done_bytes = 0
    for number, source in enumerate(sources):
        mine: dict[str, Any] = {"name": source.name, "bytes": source.size_bytes, "records": 0, "quarantined": 0}
        figures.sources.append(mine)
        for entry in read_entries(source, fields, on_bytes=partial(_read_bytes, progress, done_bytes)):
            if figures.input == options.limit:
                break
            lifted = pages[number].lift(entry.release).release if isinstance(entry, Record) else None
            if lifted is not None and _is_before(lifted, options.since):
                figures.skipped["before_since"] += 1
                continue
            if options.new_only and lifted is not None and known.is_seen(lifted):
                figures.skipped["in_index"] += 1
                continue
            if figures.input >= options.max_records:
                raise InputError(
                    f"the feeds have more than {options.max_records:,} records, and may go on for ever; take the first "
                    "ones with --limit, or raise --max-records"
                )
            mine["records"] += 1
            if isinstance(entry, Quarantined):
                mine["quarantined"] += 1
                figures.reasons[entry.kind] += 1
                quarantined.append((figures.input, json_line(entry.to_json())))
                long.add(figures.input, number, entry)
                held += len(quarantined[-1][1])
            else:
                release = entry.release
                own = source_of(release) if source.format == ROWS else None
                name = names.setdefault(own or release.source or "", own or release.source or "")
                spool = None if entry.length is not None else packed_release(release)
                length = entry.length
                at = (number, entry.byte_offset, length, entry.line)
                assert lifted is not None
                figures.dates.add(source.name, lifted, fields.written_date(lifted))
                records.append((figures.releases, *at, release.id, lifted.published, name, spool))
                held += 0 if spool is None else len(spool)
                figures.releases += 1
                yield release.text
            if len(records) + len(quarantined) >= _BATCH or held > _BATCH_BYTES:
                flush()
                held = 0
        done_bytes += source.size_bytes
    flush()


def _read_bytes(progress: Progress, before: int, read: int) -> None:
    progress.to(before + read)


def _is_before(release: Release, since: str | None) -> bool:
    """Whether a release is older than what is asked for; it is then no input of the job."""
    return since is not None and not is_since(release.published, since)


def _page_fields(source: Source, fields: FieldMap, *, is_cut: bool) -> PageFields:
    """Where the pages of a source have their title and date; a source whose first releases have both is not looked at.

    Where texts are not cut a title stays in its text, and only dates are taken from there.
    """
    first = list(islice(_releases(source, fields), _LOOKED_AT))
    if all(release.published is not None and (release.title is not None or not is_cut) for release in first):
        return PageFields()
    found = PageFields.learn(_releases(source, fields))
    return found if is_cut else replace(found, has_title=False)


def _releases(source: Source, fields: FieldMap) -> Iterator[Release]:
    try:
        for entry in read_entries(source, fields):
            if isinstance(entry, Record):
                yield entry.release
    except InputError:
        return  # told when the records are read
