"""What candidates are found by in an index: sorted hashes in segments that are merged as they grow.

A release has a posting for each of its 32 bands and for each sampled shingle: 36 bits of hash over 28 bits of its
number, one unsigned 64-bit value. The postings of a batch make a segment: sorted, cut into blocks by the first bits of
the hash, so that a lookup reads only the blocks that may hold it. Eight segments of one level are merged into one of
the next (a log-structured merge tree, O'Neil et al. 1996), so a posting is written again once a level, and there are at
most seven segments a level. A row a posting in a table would take four times the room.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from obecsum.dedup.shingles import I64, U32
from obecsum.dedup.signatures import EMPTY

__all__ = ["MAX_ENTRIES", "ROWS", "Hits", "Postings", "band_hashes", "sample_hashes"]

U64 = npt.NDArray[np.uint64]

ROWS = 4  # signature values a band
_ID_BITS = 28
_HASH_BITS = 36
MAX_ENTRIES = 1 << _ID_BITS
_ID_MASK = np.uint64(MAX_ENTRIES - 1)
_BLOCK_POSTINGS = 2048
_MAX_BITS = 24
_PART_BITS = 24
_FANOUT = 8
_READ_AT_ONCE = 512  # blocks
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_SAMPLE_SALT = np.uint64(0xD6E8FEB86659FD93)


def _finalized(value: U64) -> U64:
    """The 64-bit finalizer of MurmurHash3 (Appleby 2011), shortened to the bits of a posting's hash."""
    value = value ^ (value >> np.uint64(33))
    value = value * np.uint64(0xFF51AFD7ED558CCD)
    value = value ^ (value >> np.uint64(33))
    value = value * np.uint64(0xC4CEB9FE1A85EC53)
    value = value ^ (value >> np.uint64(33))
    hashed: U64 = value >> np.uint64(64 - _HASH_BITS)
    return hashed


def band_hashes(signatures: U32) -> U64:
    """The hash of each band of each signature: uint64 of shape ``(n, num_perm // ROWS)``."""
    bands = signatures.reshape(len(signatures), -1, ROWS).astype(np.uint64)
    value = np.arange(bands.shape[1], dtype=np.uint64) * _GOLDEN
    for row in range(ROWS):
        value = (value ^ bands[:, :, row]) * _GOLDEN
        value = value ^ (value >> np.uint64(29))
    return _finalized(value)


def sample_hashes(samples: U32) -> U64:
    """The hash of each sampled shingle."""
    return _finalized(samples.astype(np.uint64) * _GOLDEN ^ _SAMPLE_SALT)


def postings_of(signatures: U32, samples: U32, bounds: I64, first: int) -> U64:
    """The postings of a batch, sorted.

    Args:
        signatures: uint32 of shape ``(n, num_perm)``.
        samples: As :class:`~obecsum.dedup.signatures.Fingerprints` has them.
        bounds: Likewise.
        first: Number of the first release; the others follow.
    """
    numbers = np.arange(first, first + len(signatures), dtype=np.uint64)
    filled = (signatures != EMPTY).any(axis=1)
    bands = (band_hashes(signatures) << np.uint64(_ID_BITS)) | numbers[:, None]
    sampled = (sample_hashes(samples) << np.uint64(_ID_BITS)) | np.repeat(numbers, np.diff(bounds))
    return np.sort(np.concatenate([bands[filled].ravel(), sampled]))


@dataclass(frozen=True, slots=True)
class Hits:
    """Who has the hashes that were asked for.

    Attributes:
        queries: Places in the hashes asked for, int64; each as often as it was found.
        numbers: Numbers of the releases that have them, int64.
    """

    queries: I64
    numbers: I64


class Postings:
    """The segments of an index.

    Args:
        db: The open index; everything that writes runs inside a transaction of the caller.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def add(self, signatures: U32, samples: U32, bounds: I64, first: int) -> None:
        """Add a batch; see :func:`postings_of`."""
        self._write(0, iter([postings_of(signatures, samples, bounds, first)]), len(signatures))
        level = 0
        while len(full := self._of_level(level)) >= _FANOUT:
            self._merge(full, level + 1)
            level += 1

    def merge_all(self, is_alive: Callable[[I64], npt.NDArray[np.bool_]]) -> None:
        """Make one segment of all, without the postings of releases that were forgotten."""
        segments = self._db.execute("SELECT number, bits, postings, level FROM segments ORDER BY number").fetchall()
        if segments:
            level = max(level for *_, level in segments)
            self._merge([(number, bits, postings) for number, bits, postings, _ in segments], level, is_alive)

    def find(self, hashes: U64, *, max_hits: int) -> Hits:
        """Look hashes up.

        Args:
            hashes: From :func:`band_hashes` or :func:`sample_hashes`, in any order.
            max_hits: Of a hash that more releases of a segment have, the newest so many are returned.
        """
        queries, numbers = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for block, asked, first, last in self._ranges(hashes):
            first = np.maximum(first, last - max_hits)
            counts = last - first
            places = np.repeat(last - np.cumsum(counts), counts) + np.arange(int(counts.sum()))
            numbers.append((block[places] & _ID_MASK).astype(np.int64))
            queries.append(np.repeat(asked, counts))
        return Hits(np.concatenate(queries), np.concatenate(numbers))

    def count(self, hashes: U64) -> I64:
        """How many releases have each of some hashes."""
        counts = np.zeros(len(hashes), dtype=np.int64)
        for _, asked, first, last in self._ranges(hashes):
            counts[asked] += last - first
        return counts

    def _ranges(self, hashes: U64) -> Iterator[tuple[U64, I64, I64, I64]]:
        """Blocks, which hashes were looked for in them, and where in them each begins and ends."""
        order = np.argsort(hashes, kind="stable")
        asked = hashes[order]
        for number, bits in self._db.execute("SELECT number, bits FROM segments ORDER BY number").fetchall():
            shift = np.uint64(_HASH_BITS - bits)
            for block, begin, end in self._blocks(number, (asked >> shift).astype(np.int64)):
                wanted = asked[begin:end] << np.uint64(_ID_BITS)
                first = np.searchsorted(block, wanted)
                last = np.searchsorted(block, wanted | _ID_MASK, side="right")
                yield block, order[begin:end], first, last

    def _blocks(self, number: int, parts: I64) -> Iterator[tuple[U64, int, int]]:
        """Some blocks of a segment in a row, and which of the sorted queries they answer."""
        starts = np.flatnonzero(np.diff(parts, prepend=-1, append=-1))
        base = number << _PART_BITS
        for at in range(0, len(starts) - 1, _READ_AT_ONCE):
            chosen = starts[at : at + _READ_AT_ONCE + 1]
            wanted = parts[chosen[:-1]].tolist()
            if wanted[-1] - wanted[0] < 2 * len(wanted):
                query = "SELECT data FROM blocks WHERE at BETWEEN ? AND ? ORDER BY at"
                found = self._db.execute(query, (base + wanted[0], base + wanted[-1])).fetchall()
            else:
                marks = ",".join("?" * len(wanted))
                query = f"SELECT data FROM blocks WHERE at IN ({marks}) ORDER BY at"  # noqa: S608
                found = self._db.execute(query, [base + part for part in wanted]).fetchall()
            data = b"".join([row[0] for row in found])
            yield np.frombuffer(data, dtype="<u8"), int(chosen[0]), int(chosen[-1])

    def _of_level(self, level: int) -> list[tuple[int, int, int]]:
        query = "SELECT number, bits, postings FROM segments WHERE level = ? ORDER BY number"
        return self._db.execute(query, (level,)).fetchall()

    def _write(self, level: int, runs: Iterator[U64], entries: int) -> None:
        """Write a segment of sorted runs that follow each other; each but the last ends at a block's bound."""
        estimate = entries * 72
        bits = max(0, min(_MAX_BITS, (estimate // _BLOCK_POSTINGS).bit_length()))
        (last,) = self._db.execute("SELECT COALESCE(MAX(number), 0) FROM segments").fetchone()
        total = 0
        for run in runs:
            total += len(run)
            self._db.executemany("INSERT INTO blocks VALUES (?, ?)", _cut(run, (last + 1) << _PART_BITS, bits))
        self._db.execute("INSERT INTO segments VALUES (?, ?, ?, ?)", (last + 1, level, bits, total))

    def _merge(
        self,
        segments: list[tuple[int, int, int]],
        level: int,
        is_alive: Callable[[I64], npt.NDArray[np.bool_]] | None = None,
    ) -> None:
        total = sum(postings for _, _, postings in segments)
        coarse = min(bits for _, bits, _ in segments)
        out = max(0, min(_MAX_BITS, (total // _BLOCK_POSTINGS).bit_length()))
        coarse = min(coarse, out)
        (last,) = self._db.execute("SELECT COALESCE(MAX(number), 0) FROM segments").fetchone()
        kept = 0
        for part in range(1 << coarse):
            runs = []
            for number, bits, _ in segments:
                low = (number << _PART_BITS) + (part << (bits - coarse))
                high = low + (1 << (bits - coarse))
                rows = self._db.execute("SELECT data FROM blocks WHERE at >= ? AND at < ? ORDER BY at", (low, high))
                runs += [np.frombuffer(data, dtype="<u8") for (data,) in rows]
                self._db.execute("DELETE FROM blocks WHERE at >= ? AND at < ?", (low, high))
            if not runs:
                continue
            run = np.sort(np.concatenate(runs))
            if is_alive is not None:
                run = run[is_alive((run & _ID_MASK).astype(np.int64))]
            kept += len(run)
            self._db.executemany("INSERT INTO blocks VALUES (?, ?)", _cut(run, (last + 1) << _PART_BITS, out))
        self._db.execute("INSERT INTO segments VALUES (?, ?, ?, ?)", (last + 1, level, out, kept))
        self._db.executemany("DELETE FROM segments WHERE number = ?", [(number,) for number, _, _ in segments])


def _cut(run: U64, base: int, bits: int) -> Iterator[tuple[int, bytes]]:
    """The blocks of a sorted run: where each belongs and its bytes; empty ones are left out."""
    parts = (run >> np.uint64(_ID_BITS + _HASH_BITS - bits)).astype(np.int64) if bits else np.zeros(len(run), np.int64)
    starts = np.flatnonzero(np.diff(parts, prepend=-1)) if len(run) else np.empty(0, np.int64)
    data = run.astype("<u8").tobytes()
    for begin, end in zip(starts.tolist(), [*starts.tolist()[1:], len(run)], strict=False):
        yield base + int(parts[begin]), data[begin * 8 : end * 8]
