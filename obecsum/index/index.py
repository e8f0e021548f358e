"""An index: what was kept before, on disk, so that a later feed is matched against it.

An entry is a release without what the fixed table of boilerplate takes out: a stored sketch must not depend on the feed
that it came with. What feeds repeat is remembered beside the entries and taken out when two releases are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from itertools import islice, pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.comparison.alignment.align import document_of
from obecsum.comparison.compare import Comparison, compare_documents
from obecsum.core.arguments import checked
from obecsum.core.errors import InputError, OptionError, StoreError
from obecsum.core.release import Release
from obecsum.dedup.verify import days_between, text_key
from obecsum.feeds.given import each_given, one_given
from obecsum.index import sums
from obecsum.index.entries import (
    IndexEntry,
    Stored,
    compared_texts,
    entry_of,
    entry_sketches,
    learned_from,
    read_entry,
)
from obecsum.index.lookup import Lookup, packed_sketches
from obecsum.index.postings import MAX_ENTRIES, Postings
from obecsum.index.store import IndexFile
from obecsum.minhash.shingles import I64, containment, jaccard, shingle_batch
from obecsum.minhash.signatures import Sketches

__all__ = ["Index", "IndexEntry", "Match", "Stored", "entry_of", "entry_sketches", "learned_from"]

_BATCH = 1024
_ASK_AT_ONCE = 500  # SQLite takes so many values in a query everywhere
_Method = TypeVar("_Method", bound=Callable[..., Any])
_ORDER = ("duplicate", "contained", "update", "related", "different")


def _decoding(method: _Method) -> _Method:
    """A method that does nothing but read and write the file."""

    @wraps(method)
    def call(self: Index, *arguments: Any, **options: Any) -> Any:
        with self.file.decoding():
            return method(self, *arguments, **options)

    return call  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Match:
    """An indexed release that a new one resembles.

    Attributes:
        id: Of the indexed one, unique in the index.
        published: ISO 8601, or None.
        comparison: ``compare(new, indexed)``, both without boilerplate.
    """

    id: str
    published: str | None
    comparison: Comparison


class Index:
    """Remembers releases on disk and finds those that a new one repeats, continues or contains.

    Args:
        path: The file; made where it is missing.
        min_jaccard: :meth:`match` compares from this similarity on, in (0, 1].
        min_containment: Or from this share of the smaller one on, in (0, 1].
        wait_s: Seconds to wait while another process writes.
        is_readonly: Whether nothing is written.
        takes_older: Whether one of an older format will do; nothing but :meth:`entry` works then.

    Raises:
        OptionError: An option is out of its range.
        StoreError: The file cannot be used: see :class:`obecsum.index.store.IndexFile`.

    Example:
        >>> import tempfile, obecsum
        >>> with obecsum.Index(tempfile.mkdtemp() + "/feed.db") as index:
        ...     index.add([Release("1", "ประชุมครั้งที่ 3/2567 ที่จังหวัดตรัง")])
        ...     [match] = index.match(Release("2", "ประชุมครั้งที่ ๓/๒๕๖๗ ที่จังหวัดตรัง"))
        1
        >>> match.id, match.comparison.relation
        ('1', 'duplicate')
    """

    @checked
    def __init__(
        self,
        path: str | Path,
        *,
        min_jaccard: float = 0.5,
        min_containment: float = 0.8,
        wait_s: float = 60.0,
        is_readonly: bool = False,
        takes_older: bool = False,
    ) -> None:
        for name, value in (("min_jaccard", min_jaccard), ("min_containment", min_containment)):
            if not 0 < value <= 1:
                raise OptionError(f"{name} must be in (0, 1], got {value:g}")
        self._min_jaccard, self._min_containment = min_jaccard, min_containment
        self.file = IndexFile(path, wait_s=wait_s, is_readonly=is_readonly, takes_older=takes_older)
        self.postings = Postings(self.file.db)
        self._lookup = Lookup(self.file.db, self.postings, min_jaccard=min_jaccard, min_containment=min_containment)

    def __len__(self) -> int:
        with self.file.decoding():
            return int(self.file.db.execute("SELECT COUNT(*) FROM entries").fetchone()[0])

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    @checked
    def add(self, releases: Any, *, fields: Mapping[str, str] | None = None) -> int:
        """Remember releases; each thousand is kept whole or not at all.

        A release that is there already, with its id and text, is not added again. One with the id of another is kept
        under ``id#2``.

        Args:
            releases: Releases or dicts in a list or another iterable, or a table, each with an id; a generator is read
                as it is needed.
            fields: Role (id, text, title, published, url) to field or column name, where names cannot be guessed.

        Returns:
            How many were added.

        Raises:
            InputError: One has no id, or no text.
            StoreError: The file cannot be written.
            TypeError: ``releases`` is one record, or holds what is no record.
        """
        added = 0
        source = each_given(releases, fields=fields)
        while batch := list(islice(source, _BATCH)):
            entries = [entry_of(release) for release in batch]
            rows, sketches = [entry.stored for entry in entries], entry_sketches(entries)
            with self.file.writing():
                added += self.insert(self.named(rows), sketches=sketches)
        return added

    @_decoding
    def named(self, rows: Sequence[Stored]) -> list[Stored]:
        """Entries under ids that are unique in the index; those that are there already as they are."""
        found = self._of_ids({row.unique_id for row in rows} | {row.id for row in rows})
        given = {unique_id or release_id for _, release_id, unique_id, _ in found}
        known = {(release_id, key) for _, release_id, _, key in found}
        named = []
        for row in rows:
            name, number = row.unique_id, 1
            if (row.id, row.key) not in known:
                while name in given or (number > 1 and self.number_of(name) is not None):
                    number += 1
                    name = f"{row.id}#{number}"
                given.add(name)
            named.append(row if name == row.unique_id else replace(row, unique_id=name))
        return named

    @_decoding
    def insert(self, entries: Iterable[Stored], *, sketches: Sketches, job: str | None = None) -> int:
        """Add entries that are not there yet; inside ``file.writing()``.

        Args:
            entries: With ids that are unique in the index.
            sketches: Theirs, from :func:`~obecsum.index.entries.entry_sketches`.
            job: Key of the job that adds them.

        Returns:
            How many were added.
        """
        given = list(entries)
        known = {(release_id, key) for _, release_id, _, key in self._of_ids({entry.id for entry in given})}
        rows = []
        for row, entry in enumerate(given):
            if (entry.id, entry.key) not in known:
                known.add((entry.id, entry.key))
                rows.append(row)
        if not rows:
            return 0
        new = [given[row] for row in rows]
        taken = sketches if len(rows) == len(given) else sketches.take(np.array(rows, dtype=np.int64))
        first = int(self.file.meta("next"))
        if first + len(new) > MAX_ENTRIES:
            raise StoreError(f"{self.file.path} is full: it holds {MAX_ENTRIES:,} entries; begin another one")
        number = None if job is None else self._job(job)
        rows_of = {"entries": list[tuple[Any, ...]](), "texts": list[tuple[Any, ...]]()}
        for at, (entry, packed) in enumerate(zip(new, packed_sketches(taken), strict=True), first):
            unique_id = None if entry.unique_id == entry.id else entry.unique_id
            rows_of["entries"].append(
                (at, entry.id, unique_id, entry.published, entry.key, number, entry.series, packed)
            )
            rows_of["texts"].append((at, entry.data))
        db = self.file.db
        db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows_of["entries"])
        db.executemany("INSERT INTO texts VALUES (?, ?)", rows_of["texts"])
        self.postings.add(taken.signatures, taken.samples, taken.bounds, first)
        self.file.set_meta("next", first + len(new))
        sums.add(self.file, rows_of)
        return len(new)

    @_decoding
    def _of_ids(self, ids: Iterable[str]) -> list[tuple[int, str, str | None, bytes]]:
        """Number, id, unique id and key of the entries that came or were kept under some ids."""
        found = []
        wanted = iter(sorted(ids))
        while some := list(islice(wanted, _ASK_AT_ONCE)):
            marks = ",".join("?" * len(some))
            for column in ("id", "unique_id"):
                query = f"SELECT n, id, unique_id, key FROM entries WHERE {column} IN ({marks})"  # noqa: S608
                found += self.file.db.execute(query, some).fetchall()
        return found

    @_decoding
    def remember_gone(self, gone: Iterable[tuple[str, bytes]], *, job: str) -> None:
        """Remember what a job removed, so that it is known when it comes again; inside ``file.writing()``.

        Args:
            gone: Id and text key of each.
            job: Key of the job.
        """
        number = self._job(job)
        query = "INSERT OR IGNORE INTO gone VALUES (?, ?, ?)"
        rows = ((release_id, key, number) for release_id, key in gone)
        sums.add(self.file, {"gone": [row for row in rows if self.file.db.execute(query, row).rowcount]})

    @_decoding
    def is_known(self, release: Release, *, but_of: str) -> bool:
        """Whether a job other than ``but_of`` kept or removed this very release: its id and its text."""
        query = (
            "SELECT known.key, jobs.key FROM "
            "(SELECT id, key, job FROM entries UNION ALL SELECT id, key, job FROM gone) AS known "
            "LEFT JOIN jobs ON jobs.number = known.job WHERE known.id = ?"
        )
        found = self.file.db.execute(query, (release.id,)).fetchall()
        if not found:
            return False
        mine = text_key(release.full_text)
        return any(key == mine and job != but_of for key, job in found)

    def _job(self, key: str) -> int:
        is_new = self.file.db.execute("INSERT OR IGNORE INTO jobs (key) VALUES (?)", (key,)).rowcount
        number = int(self.file.db.execute("SELECT number FROM jobs WHERE key = ?", (key,)).fetchone()[0])
        if is_new:
            sums.add(self.file, {"jobs": [(number, key)]})
        return number

    @_decoding
    def merge_all(self, is_alive: Callable[[I64], npt.NDArray[np.bool_]]) -> None:
        """Make one segment of the postings of the entries that are alive; inside ``file.writing()``."""
        self.postings.merge_all(is_alive)
        sums.add(self.file, {})

    @_decoding
    def kept_under(self, unique_ids: Iterable[str]) -> dict[str, tuple[int, bytes]]:
        """Number and key of the releases that were kept under some ids."""
        wanted = set(unique_ids)
        found = {unique_id or release_id: (n, key) for n, release_id, unique_id, key in self._of_ids(wanted)}
        return {name: found[name] for name in wanted & found.keys()}

    @_decoding
    def number_of(self, unique_id: str) -> int | None:
        """The number of the release that was kept under an id; None if there is none."""
        query = (
            "SELECT n FROM entries WHERE unique_id = ? "
            "UNION ALL SELECT n FROM entries WHERE id = ? AND unique_id IS NULL"
        )
        found = self.file.db.execute(query, (unique_id, unique_id)).fetchone()
        return None if found is None else int(found[0])

    def entry(self, number: int) -> IndexEntry:
        """The entry of a number.

        Raises:
            StoreError: There is none.
        """
        query = (
            "SELECT id, unique_id, published, key, series, data FROM entries JOIN texts USING (n) WHERE entries.n = ?"
        )
        with self.file.decoding():
            found = self.file.db.execute(query, (number,)).fetchone()
            if found is None:
                raise self.file.damaged(f"it lacks entry {number}")
            return read_entry(found)

    @property
    def boilerplate(self) -> Boilerplate:
        """What the feeds of earlier jobs repeated."""
        found = self.file.meta("boilerplate")
        try:
            return Boilerplate.fixed() if found is None else Boilerplate.from_json(found)
        except InputError as error:
            raise self.file.damaged(str(error)) from error

    @_decoding
    def learn(self, boilerplate: Boilerplate) -> None:
        """Remember what another feed repeats; inside ``file.writing()``."""
        learned = learned_from(self.boilerplate, boilerplate).to_json()
        self.file.set_meta("boilerplate", learned)
        sums.set_text(self.file, "boilerplate", learned)

    def lookup(self, sketches: Sketches) -> I64:
        """Indexed releases that may resemble some new ones; see :meth:`obecsum.index.lookup.Lookup.pairs`."""
        with self.file.decoding():
            return self._lookup.pairs(sketches)

    @checked
    def match(
        self, release: Release | Mapping[str, Any] | str, *, fields: Mapping[str, str] | None = None
    ) -> list[Match]:
        """The indexed releases that a new one repeats, contains, continues or resembles.

        Args:
            release: As it was read; a dict, whose fields are guessed as a feed's are, or a text. If it is in the index
                itself (its id with its text), that entry is no match.
            fields: Of a dict: role (id, text, title, published, url) to field name, where names cannot be guessed.

        Returns:
            Matches of any relation but "different": duplicates first, then contained, updates and related ones; of
            each the most alike first.

        Raises:
            InputError: It has no text.
            StoreError: The file cannot be read.
            TypeError: It is none of these.
        """
        release = one_given(release, fields=fields)
        mine = entry_of(release)
        numbers = self.lookup(entry_sketches([mine]))[:, 1].tolist()
        entries = [entry for entry in map(self.entry, numbers) if (entry.id, entry.key) != (mine.id, mine.key)]
        boilerplate = self.boilerplate
        both = [compared_texts(entry, boilerplate) for entry in (mine, *entries)]
        texts = [compared for compared, _ in both]
        values, bounds = shingle_batch([distinct for _, distinct in both], num_threads=1)
        sets = [values[begin:end] for begin, end in pairwise(bounds)]
        matches = []
        for entry, text, theirs in zip(entries, texts[1:], sets[1:], strict=True):
            held = max(containment(sets[0], theirs), containment(theirs, sets[0]))
            if jaccard(sets[0], theirs) < self._min_jaccard and held < self._min_containment:
                continue
            apart = days_between(release.published, entry.published)
            comparison = compare_documents(document_of(texts[0]), document_of(text), days_apart=apart)
            if comparison.relation != "different":
                matches.append(Match(entry.unique_id, entry.published, comparison))
        return sorted(matches, key=_closeness)


def _closeness(match: Match) -> tuple[int, float, str]:
    return _ORDER.index(match.comparison.relation), -match.comparison.jaccard, match.id
