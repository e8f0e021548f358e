"""An index: what was kept before, on disk, so that a later feed is matched against it.

An entry is a release without what the fixed table of boilerplate takes out: a stored sketch must not depend on the feed
that it came with. What feeds repeat is remembered beside the entries and taken out when two releases are compared.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt

from obecsum.cleaning import clean_release, without
from obecsum.dedup.align import prepare
from obecsum.dedup.boilerplate import Boilerplate
from obecsum.dedup.compare import Comparison, compare_prepared
from obecsum.dedup.index_postings import MAX_ENTRIES, Postings, band_hashes, sample_hashes
from obecsum.dedup.index_store import NUM_PERM, SEED, IndexFile, pack_text, unpack_text
from obecsum.dedup.shingles import I64, containment, jaccard, shingle_batch
from obecsum.dedup.signatures import Fingerprints, fingerprints
from obecsum.dedup.verify import days_between, text_key
from obecsum.errors import OptionError, StoreError
from obecsum.release import Release
from obecsum.thai.normalize import normalize

U16 = npt.NDArray[np.uint16]

__all__ = ["Entry", "Index", "Match", "entry_of", "learned_from", "sketches"]

_BATCH = 1024
_MAX_BAND_HITS = 64
_MAX_SAMPLE_HITS = 32
_MAX_BY_SAMPLES = 16  # indexed releases that are judged for the sampled shingles that they share with a new one
_FEW_SAMPLES = 4
_NUMBER_BITS = 28
_ASK_AT_ONCE = 500  # SQLite takes so many values in a query everywhere
_SIGMAS = 3.0  # how far below the true value an estimate by signature may lie; as in obecsum.dedup.candidates
_SAMPLE_SIGMAS = 2.0  # and one by sample
_ORDER = ("duplicate", "contained", "update", "related", "different")


@dataclass(frozen=True, slots=True)
class Entry:
    """A release as an index has it.

    Attributes:
        id: As it came.
        unique_id: What it was kept under: its id, or with ``#2`` where another one had that.
        published: ISO 8601, or None.
        title: The headline, or None.
        text: Normalized, without fixed boilerplate.
        key: :func:`~obecsum.dedup.verify.text_key` of the whole release as it was read.
        series: The series of updates that it belongs to, or None.
    """

    id: str
    unique_id: str
    published: str | None
    title: str | None
    text: str
    key: bytes
    series: str | None = None

    @property
    def release(self) -> Release:
        """As a release under its unique id."""
        return Release(self.unique_id, self.text, self.title, self.published)


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


def entry_of(release: Release, *, unique_id: str | None = None, series: str | None = None) -> Entry:
    """The entry that a release makes.

    Args:
        release: As it was read.
        unique_id: What it was kept under; None: its id.
        series: The series that it belongs to.
    """
    spans = Boilerplate.fixed().find(release.text, title=release.title)
    text = normalize(without(release.text, spans))
    key = text_key(release.full_text)
    return Entry(release.id, unique_id or release.id, release.published, release.title, text, key, series)


def sketches(entries: Sequence[Entry]) -> Fingerprints:
    """What entries are found by."""
    return fingerprints([entry.release.full_text for entry in entries], num_perm=NUM_PERM, seed=SEED)


def learned_from(first: Boilerplate, second: Boilerplate) -> Boilerplate:
    """What either of two feeds repeats."""
    return Boilerplate(
        max(first.documents, second.documents),
        _larger(dict(first.lines), dict(second.lines)),
        _larger(dict(first.prefixes), dict(second.prefixes)),
        first.has_page_dates or second.has_page_dates,
    )


def _larger(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    return {key: max(first.get(key, 0), second.get(key, 0)) for key in sorted({*first, *second})}


class Index:
    """Remembers releases on disk and finds those that a new one repeats, continues or contains.

    Args:
        path: The file; made where it is missing.
        min_jaccard: :meth:`match` compares from this similarity on, in (0, 1].
        min_containment: Or from this share of the smaller one on, in (0, 1].
        wait_s: Seconds to wait while another process writes.
        is_readonly: Whether nothing is written.

    Raises:
        OptionError: An option is out of its range.
        StoreError: The file cannot be used: see :class:`obecsum.dedup.index_store.IndexFile`.

    Example:
        >>> import tempfile, obecsum
        >>> with obecsum.Index(tempfile.mkdtemp() + "/feed.db") as index:
        ...     index.add([Release("1", "ประชุมครั้งที่ 3/2567 ที่จังหวัดตรัง")])
        ...     [match] = index.match(Release("2", "ประชุมครั้งที่ ๓/๒๕๖๗ ที่จังหวัดตรัง"))
        1
        >>> match.id, match.comparison.relation
        ('1', 'duplicate')
    """

    def __init__(
        self,
        path: str | Path,
        *,
        min_jaccard: float = 0.5,
        min_containment: float = 0.8,
        wait_s: float = 60.0,
        is_readonly: bool = False,
    ) -> None:
        for name, value in (("min_jaccard", min_jaccard), ("min_containment", min_containment)):
            if not 0 < value <= 1:
                raise OptionError(f"{name} must be in (0, 1], got {value:g}")
        self._min_jaccard, self._min_containment = min_jaccard, min_containment
        spread = _SIGMAS * math.sqrt(min_jaccard * (1 - min_jaccard) / NUM_PERM)
        self._min_equal = max(1, math.ceil((min_jaccard - spread) * NUM_PERM))
        self.file = IndexFile(path, wait_s=wait_s, is_readonly=is_readonly)
        self._postings = Postings(self.file.db)

    def __len__(self) -> int:
        with self.file.guarded():
            (count,) = self.file.db.execute("SELECT COUNT(*) FROM entries").fetchone()
        return int(count)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def add(self, releases: Iterable[Release]) -> int:
        """Remember releases; each thousand is kept whole or not at all.

        A release that is there already, with its id and text, is not added again. One with the id of another is kept
        under ``id#2``.

        Returns:
            How many were added.

        Raises:
            StoreError: The file cannot be written.
        """
        added = 0
        source = iter(releases)
        while batch := list(islice(source, _BATCH)):
            entries = [entry_of(release) for release in batch]
            with self.file.writing():
                added += self.insert(self.named(entries))
        return added

    def named(self, entries: Sequence[Entry]) -> Iterator[Entry]:
        """Entries under ids that are unique in the index; those that are there already as they are."""
        given: set[str] = set()
        for entry in entries:
            if self.has(entry.id, entry.key):
                yield entry
                continue
            name, number = entry.unique_id, 1
            while name in given or self.number_of(name) is not None:
                number += 1
                name = f"{entry.id}#{number}"
            given.add(name)
            yield replace(entry, unique_id=name)

    def insert(self, entries: Iterable[Entry], *, prints: Fingerprints | None = None, job: str | None = None) -> int:
        """Add entries that are not there yet; inside ``file.writing()``.

        Args:
            entries: With ids that are unique in the index.
            prints: Their fingerprints; None makes them.
            job: Key of the job that adds them.

        Returns:
            How many were added.
        """
        given = list(entries)
        seen: set[tuple[str, bytes]] = set()
        rows = []
        for row, entry in enumerate(given):
            if (entry.id, entry.key) not in seen and not self.has(entry.id, entry.key):
                seen.add((entry.id, entry.key))
                rows.append(row)
        if not rows:
            return 0
        new = [given[row] for row in rows]
        sketch = sketches(new) if prints is None else prints.take(np.array(rows, dtype=np.int64))
        first = int(self.file.meta("next"))
        if first + len(new) > MAX_ENTRIES:
            raise StoreError(f"{self.file.path} is full: it holds {MAX_ENTRIES:,} entries; begin another one")
        number = None if job is None else self._job(job)
        db = self.file.db
        db.executemany(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    first + at,
                    entry.id,
                    None if entry.unique_id == entry.id else entry.unique_id,
                    entry.published,
                    entry.key,
                    number,
                    entry.series,
                    _print(sketch, at),
                )
                for at, entry in enumerate(new)
            ],
        )
        db.executemany(
            "INSERT INTO texts VALUES (?, ?)",
            [(first + at, pack_text(entry.title, entry.text)) for at, entry in enumerate(new)],
        )
        self._postings.add(sketch.signatures, sketch.samples, sketch.bounds, first)
        self.file.set_meta("next", first + len(new))
        return len(new)

    def remember_gone(self, gone: Iterable[tuple[str, bytes]], *, job: str) -> None:
        """Remember what a job removed, so that it is known when it comes again; inside ``file.writing()``.

        Args:
            gone: Id and text key of each.
            job: Key of the job.
        """
        number = self._job(job)
        rows = ((release_id, key, number) for release_id, key in gone)
        self.file.db.executemany("INSERT OR IGNORE INTO gone VALUES (?, ?, ?)", rows)

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
        self.file.db.execute("INSERT OR IGNORE INTO jobs (key) VALUES (?)", (key,))
        return int(self.file.db.execute("SELECT number FROM jobs WHERE key = ?", (key,)).fetchone()[0])

    def merge_all(self, is_alive: Callable[[I64], npt.NDArray[np.bool_]]) -> None:
        """Make one segment of the postings of the entries that are alive; inside ``file.writing()``."""
        self._postings.merge_all(is_alive)

    def has(self, release_id: str, key: bytes) -> bool:
        """Whether the release of an id and a text is there."""
        query = "SELECT 1 FROM entries WHERE id = ? AND key = ?"
        return self.file.db.execute(query, (release_id, key)).fetchone() is not None

    def number_of(self, unique_id: str) -> int | None:
        """The number of the release that was kept under an id; None if there is none."""
        query = (
            "SELECT n FROM entries WHERE unique_id = ? "
            "UNION ALL SELECT n FROM entries WHERE id = ? AND unique_id IS NULL"
        )
        found = self.file.db.execute(query, (unique_id, unique_id)).fetchone()
        return None if found is None else int(found[0])

    def entry(self, number: int) -> Entry:
        """The entry of a number.

        Raises:
            StoreError: There is none.
        """
        query = (
            "SELECT id, unique_id, published, key, series, data FROM entries JOIN texts USING (n) WHERE entries.n = ?"
        )
        with self.file.guarded():
            found = self.file.db.execute(query, (number,)).fetchone()
        if found is None:
            raise StoreError(f"{self.file.path} lacks entry {number}; `obecsum index check` says what else is wrong")
        release_id, unique_id, published, key, series, data = found
        title, text = unpack_text(data)
        return Entry(release_id, unique_id or release_id, published, title, text, key, series)

    @property
    def boilerplate(self) -> Boilerplate:
        """What the feeds of earlier jobs repeated."""
        found = self.file.meta("boilerplate")
        return Boilerplate.fixed() if found is None else Boilerplate.from_json(found)

    def learn(self, boilerplate: Boilerplate) -> None:
        """Remember what another feed repeats; inside ``file.writing()``."""
        self.file.set_meta("boilerplate", learned_from(self.boilerplate, boilerplate).to_json())

    def lookup(self, prints: Fingerprints) -> I64:
        """Indexed releases that may resemble some new ones.

        Args:
            prints: Of the new ones, from :func:`sketches`.

        Returns:
            int64 of shape ``(m, 2)``: row of ``prints``, number of the entry; sorted, each pair once. To be verified.
        """
        with self.file.guarded():
            pairs = np.concatenate([self._by_bands(prints), self._by_samples(prints)])
            pairs = np.unique(pairs, axis=0) if len(pairs) else pairs
            return self._judged(prints, pairs)

    def _by_bands(self, prints: Fingerprints) -> I64:
        hashes = band_hashes(prints.signatures)
        hits = self._postings.find(hashes.ravel(), max_hits=_MAX_BAND_HITS)
        return np.stack([hits.queries // hashes.shape[1], hits.numbers], axis=1)

    def _by_samples(self, prints: Fingerprints) -> I64:
        """Pairs that share the most sampled shingles, those apart that many releases have."""
        sizes = np.diff(prints.bounds)
        owners = np.repeat(np.arange(len(prints)), sizes)
        hits = self._postings.find(sample_hashes(prints.samples), max_hits=_MAX_SAMPLE_HITS)
        packed = owners[hits.queries] << _NUMBER_BITS | hits.numbers
        pairs, shared = np.unique(packed, return_counts=True)
        rows = pairs >> _NUMBER_BITS
        enough = shared >= np.where(sizes[rows] < _FEW_SAMPLES, 1, 2)
        pairs, shared, rows = pairs[enough], shared[enough], rows[enough]
        order = np.lexsort((pairs, -shared, rows))
        rank = np.arange(len(order)) - np.searchsorted(rows[order], rows[order])
        chosen = pairs[order[rank < _MAX_BY_SAMPLES]]
        return np.stack([chosen >> _NUMBER_BITS, chosen & (MAX_ENTRIES - 1)], axis=1)

    def _judged(self, prints: Fingerprints, pairs: I64) -> I64:
        """The pairs whose signatures agree enough, or of which one may hold the other; those forgotten left out."""
        if not len(pairs):
            return pairs
        numbers, inverse = np.unique(pairs[:, 1], return_inverse=True)
        signatures, samples, bounds, is_there = self._prints(numbers)
        pairs, inverse = pairs[is_there[inverse]], inverse[is_there[inverse]]
        mine = prints.signatures.astype(np.uint16)
        good = np.zeros(len(pairs), dtype=bool)
        for begin in range(0, len(pairs), 65_536):
            some = slice(begin, begin + 65_536)
            equal = (mine[pairs[some, 0]] == signatures[inverse[some]]).sum(axis=1)
            good[some] = equal >= self._min_equal
        rest = np.flatnonzero(~good)
        rows, others = pairs[rest, 0], inverse[rest]
        low = prints.samples.astype(np.uint16)
        low = low[np.lexsort((low, np.repeat(np.arange(len(prints)), np.diff(prints.bounds))))]
        shared = _shared(low, prints.bounds, rows, samples, bounds, others)
        small = np.minimum(np.diff(prints.bounds)[rows], np.diff(bounds)[others])
        spread = _SAMPLE_SIGMAS * np.sqrt(self._min_containment * (1 - self._min_containment) * small)
        good[rest] = (small > 0) & (shared >= np.maximum(1.0, self._min_containment * small - spread))
        return pairs[good]

    def _prints(self, numbers: I64) -> tuple[U16, U16, I64, npt.NDArray[np.bool_]]:
        """Short signatures, samples with bounds, and whether there is such an entry, of some numbers in order."""
        short = np.zeros((len(numbers), NUM_PERM), dtype=np.uint16)
        is_there = np.zeros(len(numbers), dtype=bool)
        samples: list[bytes] = [b""] * len(numbers)
        for begin in range(0, len(numbers), _ASK_AT_ONCE):
            some = numbers[begin : begin + _ASK_AT_ONCE].tolist()
            query = f"SELECT n, print FROM entries WHERE n IN ({','.join('?' * len(some))})"  # noqa: S608
            place = {number: begin + at for at, number in enumerate(some)}
            for number, data in self.file.db.execute(query, some):
                at = place[number]
                short[at] = np.frombuffer(data, dtype="<u2", count=NUM_PERM)
                samples[at] = data[2 * NUM_PERM :]
                is_there[at] = True
        bounds = np.zeros(len(numbers) + 1, dtype=np.int64)
        np.cumsum([len(data) // 2 for data in samples], out=bounds[1:])
        return short, np.frombuffer(b"".join(samples), dtype="<u2"), bounds, is_there

    def match(self, release: Release) -> list[Match]:
        """The indexed releases that a new one repeats, contains, continues or resembles.

        Args:
            release: As it was read. If it is in the index itself (its id with its text), that entry is no match.

        Returns:
            Matches of any relation but "different": duplicates first, then contained, updates and related ones; of
            each the most alike first.

        Raises:
            StoreError: The file cannot be read.
        """
        mine = entry_of(release)
        numbers = self.lookup(sketches([mine]))[:, 1].tolist()
        entries = [entry for entry in map(self.entry, numbers) if (entry.id, entry.key) != (mine.id, mine.key)]
        texts = [compared_text(entry, self.boilerplate) for entry in (mine, *entries)]
        values, bounds = shingle_batch(texts, num_threads=1)
        sets = [values[begin:end] for begin, end in pairwise(bounds)]
        matches = []
        for entry, text, theirs in zip(entries, texts[1:], sets[1:], strict=True):
            held = max(containment(sets[0], theirs), containment(theirs, sets[0]))
            if jaccard(sets[0], theirs) < self._min_jaccard and held < self._min_containment:
                continue
            apart = days_between(release.published, entry.published)
            comparison = compare_prepared(prepare(texts[0]), prepare(text), days_apart=apart)
            if comparison.relation != "different":
                matches.append(Match(entry.unique_id, entry.published, comparison))
        return sorted(matches, key=_closeness)


def _shared(samples: U16, bounds: I64, rows: I64, other: U16, other_bounds: I64, others: I64) -> I64:
    """How many low halves of sampled shingles each pair shares: row of the one, row of the other."""
    mine = _tagged(samples, bounds, rows)
    theirs = _tagged(other, other_bounds, others)
    if not len(mine):
        return np.zeros(len(rows), dtype=np.int64)
    at = np.minimum(np.searchsorted(mine, theirs), len(mine) - 1)
    return np.bincount(theirs[mine[at] == theirs] >> 32, minlength=len(rows))


def _tagged(samples: U16, bounds: I64, rows: I64) -> I64:
    """The samples of some rows, one after the other, each value under its row's place: ascending throughout."""
    sizes = np.diff(bounds)[rows]
    ends = np.cumsum(sizes)
    places = np.arange(int(sizes.sum())) + np.repeat(bounds[rows] - ends + sizes, sizes)
    tagged: I64 = np.repeat(np.arange(len(rows)), sizes) << 32 | samples[places]
    return tagged


def _closeness(match: Match) -> tuple[int, float, str]:
    return _ORDER.index(match.comparison.relation), -match.comparison.jaccard, match.id


def compared_text(entry: Entry, boilerplate: Boilerplate) -> str:
    """What is compared of an entry: without boilerplate and what it holds twice."""
    release = entry.release
    return replace(release, text=clean_release(release, boilerplate).text).full_text


def _print(prints: Fingerprints, row: int) -> bytes:
    """What an entry is judged by before its text is: the low halves of its signature and of its sample, that sorted."""
    sample = np.sort(prints.samples[prints.bounds[row] : prints.bounds[row + 1]].astype("<u2"))
    short: bytes = prints.signatures[row].astype("<u2").tobytes()
    return short + bytes(sample.tobytes())
