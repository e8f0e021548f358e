"""A job and an index: what earlier jobs kept beside what this one read, and adding what it keeps.

The invariant: **what is delivered once is in the index once, and what is in the index was delivered.** It holds because

- a job decides with the index as it was at one moment. The store of the job says which (``index_before``); where the
  index is another one when a killed job goes on, everything that was decided is void and the job begins anew;
- from that moment to its commit nobody else writes to the index: the job is in a transaction;
- the commit to the index is the decision. It leaves the name of the attempt (``index_after``) under the key of the job,
  so whoever finds a job that was killed while it committed knows whether it did: then the files get their names. Did it
  not, it commits now if the index is still that of ``index_before``, and is void otherwise;
- the key of a job has its inputs, its options and its output folder, and one process works in a folder at a time.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.core.errors import StoreError
from obecsum.core.ids import Version
from obecsum.core.release import Release
from obecsum.dedup.verify import Item, text_key
from obecsum.index.entries import IndexEntry, Stored, compared_texts, entry_of, entry_sketches, learned_from
from obecsum.index.index import Index
from obecsum.jobs.request.options import DEFAULT_INDEX_WAIT_S, Options
from obecsum.jobs.state.known import Known
from obecsum.jobs.state.record import JobRecord
from obecsum.jobs.state.store import Store, unpacked
from obecsum.jobs.state.work import WorkFolder
from obecsum.minhash.shingles import join_ragged
from obecsum.minhash.signatures import Sketches

__all__ = ["Indexed", "add_restored", "complete_commit", "indexed_release", "open_known", "sketch_rows"]

_BATCH = 8192  # a block of postings that is read answers for all of them; 6 MB of sketches
_ASK_AT_ONCE = 500
_KEEP_TEXTS = 512


def open_known(options: Options) -> Known:
    """What a job knows: nothing, or what its index tells; the index is this job's until it is closed.

    Args:
        options: Of the job.

    Raises:
        StoreError: The index cannot be used, or another job uses it.
    """
    if options.index is None or (options.dry_run and not Path(options.index).exists()):
        return Known()
    index = Index(
        options.index,
        min_jaccard=options.compared_from,
        min_containment=options.min_containment,
        wait_s=options.index_wait_s,
        is_readonly=options.dry_run,
    )
    return Indexed(index)


def complete_commit(record: JobRecord, work: WorkFolder, *, wait_s: float = DEFAULT_INDEX_WAIT_S) -> bool:
    """Add what a job kept to its index, if it was killed between its decision and that.

    Args:
        record: The job's.
        work: Where it worked.
        wait_s: Seconds to wait for another job that uses the index.

    Returns:
        Whether the decision stands; False: the index is not the one that it was made with, the job is to be done anew.

    Raises:
        StoreError: The index cannot be used.
    """
    path = record.options.get("index")
    store_path = work.file("store.db")
    if path is None:
        return True
    if not store_path.exists() or not Path(path).exists():
        return False
    with closing(Store(store_path)) as store, closing(Index(path, wait_s=wait_s)) as index:
        before, after = store.state("index_before"), store.state("index_after")
        with index.file.guarded():
            if after is not None and index.file.meta(_committed(record.key)) == after:
                return True
            index.file.begin(after)
            if index.file.state_before != before:
                index.file.db.execute("ROLLBACK")
                return False
            _add_kept(index, record.key, store)
            index.file.db.execute("COMMIT")
    return True


def add_restored(path: str | Path, releases: Sequence[Release], *, wait_s: float = DEFAULT_INDEX_WAIT_S) -> None:
    """Add releases that a job had removed and that were brought back: from now on they were kept.

    Args:
        path: The job's index.
        releases: As they were read.
        wait_s: Seconds to wait for another job that uses it.

    Raises:
        StoreError: The index cannot be used.
    """
    if not Path(path).exists():
        raise StoreError(f"{path}, the index of the job, is not there; put it back, or restore it from a copy")
    with Index(path, wait_s=wait_s) as index:
        index.add(releases)


def indexed_release(index: Index, unique_id: str, boilerplate: Boilerplate | None = None) -> Release | None:
    """What is compared of the release that an index has under an id; None where it has none.

    Args:
        index: Open.
        unique_id: What it was kept under.
        boilerplate: What feeds repeat; None asks the index.
    """
    number = index.number_of(unique_id)
    if number is None:
        return None
    entry = index.entry(number)
    compared, _ = compared_texts(entry, index.boilerplate if boilerplate is None else boilerplate)
    # The title stands in what is compared already, and is not said twice.
    return Release(entry.unique_id, compared, entry.title, entry.published)


def sketch_rows(releases: Sequence[tuple[int, Release]]) -> list[tuple[Any, ...]]:
    """Rows of the store's table ``sketches``: what an index would have of releases, each with its row."""
    entries = [entry_of(release) for _, release in releases]
    sketches = entry_sketches(entries)
    return [
        (
            row,
            entry.key,
            entry.stored.data,
            sketches.signatures[at].astype("<u4").tobytes(),
            sketches.samples[sketches.bounds[at] : sketches.bounds[at + 1]].astype("<u4").tobytes(),
        )
        for at, ((row, _), entry) in enumerate(zip(releases, entries, strict=True))
    ]


class Indexed(Known):
    """What an index knows. From here on other jobs wait for it.

    Args:
        index: Open.
    """

    is_index = True

    def __init__(self, index: Index) -> None:
        self._index = index
        self._entries: OrderedDict[int, IndexEntry] = OrderedDict()
        self._texts: OrderedDict[int, tuple[str, str]] = OrderedDict()
        self._keys: dict[int, bytes] = {}
        self._pairs: list[tuple[int, int]] = []
        self._boilerplate = Boilerplate.fixed()
        self._own: set[int] = set()
        self._earlier: set[int] = set()
        try:
            with index.file.guarded():
                # Held until the job is done: what another one adds meanwhile would not be matched by this one.
                index.file.begin()
                self.before, self.after = index.file.state_before, index.file.state
        except BaseException:
            index.close()
            raise

    def is_seen(self, release: Release) -> bool:
        """Whether another job kept or removed this very release: its id and its text."""
        return self._index.is_known(release, but_of=self.job)

    def versions(self, ids: Iterable[str]) -> Mapping[str, Sequence[Version]]:
        """The releases that were kept under ids, the first one first."""
        found: dict[str, list[Version]] = defaultdict(list)
        wanted = iter(sorted(set(ids)))
        while some := list(islice(wanted, _ASK_AT_ONCE)):
            query = f"SELECT id, unique_id, key FROM entries WHERE id IN ({','.join('?' * len(some))}) ORDER BY n"  # noqa: S608
            with self._index.file.decoding():
                for release_id, unique_id, key in self._index.file.db.execute(query, some):
                    found[release_id].append(Version(unique_id or release_id, key))
        return found

    def has(self, unique_id: str) -> bool:
        """Whether a release was kept under an id."""
        return self._index.number_of(unique_id) is not None

    def matching(self, store: Store, rows: Sequence[int], ids: Sequence[str]) -> list[tuple[Item, int]]:
        """The indexed releases that those at some rows of the feed may repeat or continue, each with its number."""
        self._boilerplate = Boilerplate.from_json(store.state("boilerplate"))
        itself: dict[int, int] = {}  # number of an entry that the feed has again, to its row
        found: set[tuple[int, int]] = set()
        wanted = set(rows)
        query = "SELECT place, key, signature, sample FROM sketches ORDER BY place"
        for batch in _batches(store.rows(query), most=_BATCH):
            batch = [one for one in batch if one[0] in wanted]
            there = self._index.kept_under(ids[row] for row, *_ in batch)
            for row, key, *_ in batch:
                number, known = there.get(ids[row], (-1, b""))
                if number >= 0 and known == key:
                    itself[number] = row
            for at, number in self._index.lookup(_sketches(batch)).tolist():
                found.add((batch[at][0], number))
        self._own = set(itself.values())
        query = "SELECT n FROM entries WHERE job = (SELECT number FROM jobs WHERE key = ?)"
        mine = {number for (number,) in self._index.file.db.execute(query, (self.job,))}
        self._earlier = {row for number, row in itself.items() if number not in mine}
        self._pairs = sorted((row, number) for row, number in found if number not in itself)
        old = []
        for number in sorted({number for _, number in self._pairs}):
            entry = self._entry(number)
            self._keys[number] = text_key(self.text(number))
            old.append((Item(entry.unique_id, entry.published, None, is_pinned=True), number))
        return old

    def is_own(self, row: int) -> bool:
        """Whether the release at a row is in the index itself."""
        return row in self._own

    def came_earlier(self, row: int) -> bool:
        """Whether an earlier job put the release at a row into the index: not this job, which is done again."""
        return row in self._earlier

    def pairs(self) -> list[tuple[int, int]]:
        """Row of the feed and number in the index of each pair that :meth:`matching` found."""
        return self._pairs

    def key(self, number: int) -> bytes:
        """The text key of what is compared of an indexed release."""
        return self._keys[number]

    def text(self, number: int) -> str:
        """What is compared of an indexed release."""
        return self._both(number)[0]

    def distinct(self, number: int) -> str:
        """The same without what feeds repeat."""
        return self._both(number)[1]

    def text_of(self, unique_id: str) -> str:
        """What is compared of the release that was kept under an id."""
        number = self._index.number_of(unique_id)
        if number is None:
            raise KeyError(unique_id)
        return self.text(number)

    def series(self, unique_id: str) -> str | None:
        """The series of an indexed release, if it has one."""
        number = self._index.number_of(unique_id)
        return None if number is None else self._entry(number).series

    def release(self, unique_id: str) -> Release | None:
        """What is compared of the release that was kept under an id; None if there is none."""
        return indexed_release(self._index, unique_id, self._boilerplate)

    def boilerplate(self, learned: Boilerplate) -> Boilerplate:
        """What the feed repeats, with what earlier feeds of the index repeated."""
        return learned_from(learned, self._index.boilerplate)

    def state(self) -> dict[str, Any]:
        """What the report tells of the index as it was when the job began."""
        return {"path": str(self._index.file.path), "entries_before": len(self._index)}

    def commit(self, store: Store) -> None:
        """Remember what the job kept."""
        with self._index.file.guarded():
            _add_kept(self._index, self.job, store)
            self._index.file.db.execute("COMMIT")

    def close(self) -> None:
        """Let others use the index; what was not committed is forgotten."""
        if self._index.file.db.in_transaction:
            self._index.file.db.execute("ROLLBACK")
        self._index.close()

    def _both(self, number: int) -> tuple[str, str]:
        if number not in self._texts:
            self._texts[number] = compared_texts(self._entry(number), self._boilerplate)
            if len(self._texts) > _KEEP_TEXTS:
                self._texts.popitem(last=False)
        return self._texts[number]

    def _entry(self, number: int) -> IndexEntry:
        if number not in self._entries:
            self._entries[number] = self._index.entry(number)
            if len(self._entries) > _KEEP_TEXTS:
                self._entries.popitem(last=False)
        return self._entries[number]


def _add_kept(index: Index, key: str, store: Store) -> None:
    """Add what a job keeps and the names of what it removed, and say that it did; in a transaction of the caller."""
    query = (
        "SELECT sketches.place, sketches.key, signature, sample, text, records.id, renamed.id, published, links.row "
        "FROM sketches JOIN records USING (place) LEFT JOIN renamed USING (place) LEFT JOIN links USING (place) "
        "WHERE sketches.place NOT IN (SELECT place FROM removed) ORDER BY sketches.place"
    )
    for rows in _batches(store.rows(query), most=_BATCH):
        entries = []
        for _, text_digest, _, _, text, release_id, renamed, published, link in rows:
            series = None if link is None else unpacked(link)["series"]
            entries.append(Stored(release_id, renamed or release_id, published, text_digest, text, series))
        index.insert(entries, sketches=_sketches(rows), job=key)
    query = "SELECT records.id, sketches.key FROM removed JOIN records USING (place) JOIN sketches USING (place)"
    index.remember_gone(store.rows(query), job=key)
    index.learn(Boilerplate.from_json(store.state("boilerplate")))
    index.file.set_meta(_committed(key), index.file.state)


def _committed(key: str) -> str:
    """Under which name in ``meta`` the last attempt of a job that committed stands."""
    return f"commit {key}"


def _batches(rows: Iterator[tuple[Any, ...]], *, most: int) -> Iterator[list[tuple[Any, ...]]]:
    while batch := list(islice(rows, most)):
        yield batch


def _sketches(rows: Sequence[tuple[Any, ...]]) -> Sketches:
    """Sketches of rows that begin with place, key, signature and sample."""
    signatures = [np.frombuffer(row[2], dtype="<u4") for row in rows]
    samples = [(np.frombuffer(row[3], dtype="<u4"), np.array([0, len(row[3]) // 4])) for row in rows]
    stacked = np.stack(signatures) if signatures else np.empty((0, 128), dtype=np.uint32)
    return Sketches(stacked, *join_ragged(samples))
