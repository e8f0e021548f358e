"""What candidates are found by in an index: sorted hashes in segments that are merged as they grow.

A release has a posting for each of its 32 bands and for each sampled shingle: 36 bits of hash over 28 bits of its
number, one unsigned 64-bit value. The postings of a batch make a segment: sorted, cut into blocks by the first bits of
the hash, so that a lookup reads only the blocks that may hold it. Four segments of one level are merged into one of the
next (a log-structured merge tree, O'Neil et al. 1996), so a posting is written again once a level, and there are at
most three segments a level. A row a posting in a table would take four times the room.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from obecsum.index.loops import join_postings
from obecsum.minhash.loops import loop
from obecsum.minhash.shingles import I64, U32
from obecsum.minhash.signatures import EMPTY

__all__ = ["MAX_ENTRIES", "ROWS", "Postings", "band_hashes", "block_problem", "sample_hashes"]

U64 = npt.NDArray[np.uint64]

ROWS = 4  # signature values a band
_ID_BITS = 28
_HASH_BITS = 36
MAX_ENTRIES = 1 << _ID_BITS
_ID_MASK = np.uint64(MAX_ENTRIES - 1)
_BLOCK_POSTINGS = 512
_MAX_BITS = 24
_PART_BITS = 24
_FANOUT = 4
_FEW = 2  # of each segment, for a hash that many have
_MOST_HITS = 1 << 23
_FEWER_HITS = 16
_READ_BYTES = 4 << 20
_ASK_AT_ONCE = 500  # SQLite takes so many values in a query everywhere
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
        samples: uint32, the sampled shingles of each, as :class:`~obecsum.minhash.signatures.Sketches` has them.
        bounds: int64 of shape ``(n + 1,)``, the bounds of the releases in ``samples``.
        first: Number of the first release; the others follow.
    """
    numbers = np.arange(first, first + len(signatures), dtype=np.uint64)
    filled = (signatures != EMPTY).any(axis=1)
    bands = (band_hashes(signatures) << np.uint64(_ID_BITS)) | numbers[:, None]
    sampled = (sample_hashes(samples) << np.uint64(_ID_BITS)) | np.repeat(numbers, np.diff(bounds))
    return np.sort(np.concatenate([bands[filled].ravel(), sampled]))


class Postings:
    """The segments of an index.

    Args:
        db: The open index; everything that writes runs inside a transaction of the caller.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._buffer = memoryview(bytearray(_READ_BYTES))

    def add(self, signatures: U32, samples: U32, bounds: I64, first: int) -> None:
        """Add a batch; see :func:`postings_of`."""
        self._write(postings_of(signatures, samples, bounds, first))
        level = 0
        while len(full := self._of_level(level)) >= _FANOUT:
            self._merge(full, level + 1)
            level += 1

    def merge_all(self, is_alive: Callable[[I64], npt.NDArray[np.bool_]]) -> None:
        """Make one segment of all, without the postings of releases that were forgotten."""
        segments = self.segments()
        if segments:
            level = max(level for *_, level in segments)
            self._merge([(number, bits, postings) for number, bits, postings, _ in segments], level, is_alive)

    def segments(self) -> list[tuple[int, int, int, int]]:
        """Number, bits, postings and level of each segment, in the order of the numbers.

        Raises:
            ValueError: One is not as segments are.
        """
        rows = self._db.execute("SELECT number, bits, postings, level FROM segments ORDER BY number").fetchall()
        for number, bits, postings, level in rows:
            is_whole = all(type(value) is int for value in (number, bits, postings, level))
            if not is_whole or not (
                0 < number < 1 << 38 and 0 <= bits <= _MAX_BITS and 0 <= level < 64 and postings >= 0
            ):
                raise ValueError(f"segment {number!r} has bits {bits!r}, level {level!r} and postings {postings!r}")
        return rows

    def find(self, hashes: U64, limits: I64) -> tuple[U64, I64]:
        """Look hashes up.

        Args:
            hashes: From :func:`band_hashes` or :func:`sample_hashes`, in any order.
            limits: Of a hash that more releases have, only a few of the newest are returned.

        Returns:
            uint64, sorted: row in ``hashes`` over number of the release (28 bits), each hit once. And int64 by row:
            how many releases have the hash.
        """
        counts = np.zeros(len(hashes), dtype=np.int64)
        queries = np.sort((hashes << np.uint64(_ID_BITS)) | np.arange(len(hashes), dtype=np.uint64))
        found = []
        total = 0
        out = np.empty(max(int(limits.max(initial=0)), 1 << 16), dtype=np.uint64)
        for number, bits, _, _ in sorted(self.segments(), key=lambda one: (-one[2], one[0])):
            parts = (queries >> np.uint64(_ID_BITS)).astype(np.int64) >> (_HASH_BITS - bits)
            for postings, begin, end in self._blocks(number, parts):
                join = loop(join_postings, work=8 * (end - begin))
                while begin < end:
                    begin, size = join(queries, begin, end, postings, limits, _FEW, counts, out)
                    found.append(out[:size].copy())
                    total += size
                    if total > _MOST_HITS:  # a batch of one crowd: memory has a bound
                        limits, total = np.minimum(limits, _FEWER_HITS), 0
        hits = np.concatenate(found) if found else np.empty(0, dtype=np.uint64)
        hits.sort()
        return hits, counts

    def _blocks(self, number: int, parts: I64) -> Iterator[tuple[U64, int, int]]:
        """Some blocks of a segment in a row, and which of the sorted queries they answer; gone at the next step."""
        base = number << _PART_BITS
        buffer, filled, begin = self._buffer, 0, 0
        for at, data in self._rows(base, parts[np.flatnonzero(np.diff(parts, prepend=-1))]):
            if filled + len(data) > len(buffer):
                if filled:
                    end = int(np.searchsorted(parts, at - base))
                    yield np.frombuffer(buffer, dtype="<u8", count=filled // 8), begin, end
                    begin, filled = end, 0
                if len(data) > len(buffer):
                    buffer = memoryview(bytearray(len(data)))
            # Into memory that was touched before: fresh memory would cost more than reading it.
            buffer[filled : filled + len(data)] = data
            filled += len(data)
        if filled:
            yield np.frombuffer(buffer, dtype="<u8", count=filled // 8), begin, len(parts)

    def _rows(self, base: int, wanted: I64) -> Iterator[tuple[int, bytes]]:
        for at in range(0, len(wanted), _ASK_AT_ONCE):
            some = wanted[at : at + _ASK_AT_ONCE].tolist()
            if some[-1] - some[0] < 2 * len(some):
                query = "SELECT at, data FROM blocks WHERE at BETWEEN ? AND ? ORDER BY at"
                yield from self._db.execute(query, (base + some[0], base + some[-1]))
            else:
                query = f"SELECT at, data FROM blocks WHERE at IN ({','.join('?' * len(some))}) ORDER BY at"  # noqa: S608
                yield from self._db.execute(query, [base + part for part in some])

    def _of_level(self, level: int) -> list[tuple[int, int, int]]:
        return [(number, bits, postings) for number, bits, postings, at in self.segments() if at == level]

    def _write(self, run: U64) -> None:
        """Write a segment of the lowest level."""
        bits = _bits_for(len(run))
        (last,) = self._db.execute("SELECT COALESCE(MAX(number), 0) FROM segments").fetchone()
        self._db.executemany("INSERT INTO blocks VALUES (?, ?)", _cut(run, (last + 1) << _PART_BITS, bits))
        self._db.execute("INSERT INTO segments VALUES (?, ?, ?, ?)", (last + 1, 0, bits, len(run)))

    def _merge(
        self,
        segments: list[tuple[int, int, int]],
        level: int,
        is_alive: Callable[[I64], npt.NDArray[np.bool_]] | None = None,
    ) -> None:
        total = sum(postings for _, _, postings in segments)
        coarse = min(bits for _, bits, _ in segments)
        out = _bits_for(total)
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


def block_problem(at: int, data: object, bits: int) -> str | None:
    """What is wrong with a block of a segment of so many bits, in words; None if nothing is."""
    if not isinstance(data, bytes) or not data or len(data) % 8:
        return "is no row of numbers"
    block = np.frombuffer(data, dtype="<u8")
    if (block[1:] < block[:-1]).any():
        return "is not sorted"
    parts = block[[0, -1]] >> np.uint64(_ID_BITS + _HASH_BITS - bits)
    return None if (parts == np.uint64(at & ((1 << _PART_BITS) - 1))).all() else "holds postings of another one"


def _bits_for(postings: int) -> int:
    """How many first bits of a hash name its block, in a segment of so many postings."""
    return max(0, min(_MAX_BITS, round(math.log2(max(1, postings) / _BLOCK_POSTINGS))))


def _cut(run: U64, base: int, bits: int) -> Iterator[tuple[int, bytes]]:
    """The blocks of a sorted run: where each belongs and its bytes; empty ones are left out."""
    parts = (run >> np.uint64(_ID_BITS + _HASH_BITS - bits)).astype(np.int64) if bits else np.zeros(len(run), np.int64)
    starts = np.flatnonzero(np.diff(parts, prepend=-1)) if len(run) else np.empty(0, np.int64)
    data = run.astype("<u8").tobytes()
    for begin, end in zip(starts.tolist(), [*starts.tolist()[1:], len(run)], strict=False):
        yield base + int(parts[begin]), data[begin * 8 : end * 8]
