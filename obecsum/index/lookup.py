"""Which entries of an index a new release may resemble: by the bands of signatures and by sampled shingles."""

from __future__ import annotations

import sqlite3

import numpy as np
import numpy.typing as npt

from obecsum.index.loops import choose_pairs, judge_pairs
from obecsum.index.postings import MAX_ENTRIES, ROWS, Postings, band_hashes, sample_hashes
from obecsum.index.store import NUM_PERM
from obecsum.minhash.candidates import min_equal_values, min_shared_samples
from obecsum.minhash.loops import loop
from obecsum.minhash.shingles import I64, U32, bounds_of
from obecsum.minhash.signatures import EMPTY, Sketches

U16 = npt.NDArray[np.uint16]

__all__ = ["Lookup", "packed_sketches"]

_MAX_BAND_HITS = 512  # of a band; where more have it, a few of the newest
_MAX_SAMPLE_HITS = 64  # of a sampled shingle; where more have it, a few of the newest
_ANCHORS = 32  # sampled shingles that a release is looked for by: those that the fewest have
_MAX_BY_SAMPLES = 16  # indexed releases that are judged for the sampled shingles that they share with a new one
_NUMBER_BITS = 28
_ASK_AT_ONCE = 500  # SQLite takes so many values in a query everywhere
_SIGMAS = 3.0  # how far below the true value an estimate by one sample may lie
_MANTISSA_BITS = 11
_VALUES_BYTES = 2 * NUM_PERM  # of an entry's codes, before those of its samples


class Lookup:
    """Looks for pairs.

    Args:
        db: The open index.
        postings: Of the same.
        min_jaccard: Smallest similarity that matters.
        min_containment: Smallest containment that matters.
    """

    def __init__(
        self, db: sqlite3.Connection, postings: Postings, *, min_jaccard: float, min_containment: float
    ) -> None:
        self._db, self._postings, self._min_containment = db, postings, min_containment
        self._min_equal = min_equal_values(NUM_PERM, min_jaccard)

    def pairs(self, sketches: Sketches) -> I64:
        """Indexed releases that may resemble some new ones.

        Args:
            sketches: Of the new ones, from :func:`obecsum.index.entries.entry_sketches`.

        Returns:
            int64 of shape ``(m, 2)``: row of ``sketches``, number of the entry; sorted, each pair once. To be verified.
        """
        hashes, is_band, starts = _queries(sketches)
        hits, counts = self._postings.find(hashes, np.where(is_band, _MAX_BAND_HITS, _MAX_SAMPLE_HITS))
        if not len(hits):
            return np.empty((0, 2), dtype=np.int64)
        ends = np.searchsorted(hits, starts.astype(np.uint64) << np.uint64(_NUMBER_BITS))
        room = 2 * max(_ANCHORS, int(np.diff(ends).max()))
        table = np.full(1 << room.bit_length(), -1, dtype=np.int64)
        chosen = np.empty(len(hits), dtype=np.uint64)
        choose = loop(choose_pairs, work=4 * len(hits))
        size = choose(hits, counts, starts, NUM_PERM // ROWS, _ANCHORS, _MAX_BY_SAMPLES, table, table.copy(), chosen)
        packed = np.sort(chosen[:size]).astype(np.int64)
        return self._judged(sketches, np.stack([packed >> _NUMBER_BITS, packed & (MAX_ENTRIES - 1)], axis=1))

    def _judged(self, sketches: Sketches, pairs: I64) -> I64:
        """The pairs whose signatures agree enough, or of which one may hold the other; those forgotten left out."""
        numbers, inverse = np.unique(pairs[:, 1], return_inverse=True)
        values, samples, bounds, is_there = self._sketches(numbers)
        pairs, inverse = pairs[is_there[inverse]], inverse[is_there[inverse]]
        mine = _sorted_codes(sketches)
        longest = max(int(np.diff(one).max(initial=0)) for one in (bounds, sketches.bounds))
        sizes = np.arange(longest + NUM_PERM + 1)
        may_miss = sizes - min_shared_samples(sizes, self._min_containment, sigmas=_SIGMAS)
        least = min_shared_samples(sizes, self._min_containment)
        out = np.zeros(len(pairs), dtype=bool)
        judge = loop(judge_pairs, work=NUM_PERM * len(pairs))
        judge(
            np.ascontiguousarray(pairs[:, 0]),
            inverse,
            value_codes(sketches.signatures),
            mine,
            sketches.bounds,
            values,
            samples,
            bounds,
            self._min_equal,
            may_miss,
            least,
            out,
        )
        return pairs[out]

    def _sketches(self, numbers: I64) -> tuple[U16, U16, I64, npt.NDArray[np.bool_]]:
        """Codes of minima, of samples with bounds, and whether there is such an entry, of some numbers in order."""
        found: list[tuple[int, bytes]] = []
        for begin in range(0, len(numbers), _ASK_AT_ONCE):
            some = numbers[begin : begin + _ASK_AT_ONCE].tolist()
            query = f"SELECT n, print FROM entries WHERE n IN ({','.join('?' * len(some))}) ORDER BY n"  # noqa: S608
            found += self._db.execute(query, some).fetchall()
        for number, data in found:
            if type(data) is not bytes or len(data) < _VALUES_BYTES or len(data) % 2:
                raise ValueError(f"entry {number} has no sketch")
        rows = np.searchsorted(numbers, np.array([number for number, _ in found], dtype=np.int64))
        is_there = np.zeros(len(numbers), dtype=bool)
        is_there[rows] = True
        values = np.zeros((len(numbers), NUM_PERM), dtype=np.uint16)
        values[rows] = np.frombuffer(b"".join([data[:_VALUES_BYTES] for _, data in found]), dtype="<u2").reshape(
            -1, NUM_PERM
        )
        samples = np.frombuffer(b"".join([data[_VALUES_BYTES:] for _, data in found]), dtype="<u2")
        sizes = np.zeros(len(numbers), dtype=np.int64)
        sizes[rows] = [(len(data) - _VALUES_BYTES) // 2 for _, data in found]
        return values, samples, bounds_of(sizes), is_there


def value_codes(signatures: U32) -> U16:
    """Sixteen bits for each minimum, ascending with it: an exponent and the eleven bits after the first one.

    Two minima that differ have one code once in eight thousand times, if they are of texts of one length.
    """
    exponents = np.maximum(np.frexp(signatures.astype(np.float64))[1] - _MANTISSA_BITS - 1, 0).astype(np.uint32)
    codes: U16 = ((exponents << np.uint32(_MANTISSA_BITS)) + (signatures >> exponents)).astype(np.uint16)
    return codes


def packed_sketches(sketches: Sketches) -> list[bytes]:
    """What entries are judged by before their texts are: the codes of their minima and of their samples."""
    values = value_codes(sketches.signatures).astype("<u2")
    samples = _sorted_codes(sketches).astype("<u2")
    bounds = sketches.bounds.tolist()
    return [values[row].tobytes() + samples[bounds[row] : bounds[row + 1]].tobytes() for row in range(len(sketches))]


def _sorted_codes(sketches: Sketches) -> U16:
    """The lower halves of the sampled shingles, sorted within each release."""
    owners = np.repeat(np.arange(len(sketches), dtype=np.uint64), np.diff(sketches.bounds))
    codes: U16 = np.sort(owners << np.uint64(16) | (sketches.samples & np.uint32(0xFFFF))).astype(np.uint16)
    return codes


def _queries(sketches: Sketches) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.bool_], I64]:
    """What to ask for: bands, then samples of each release that is not empty; which are bands; where each begins."""
    bands = band_hashes(sketches.signatures)
    is_filled = (sketches.signatures != EMPTY).any(axis=1)
    sizes = np.diff(sketches.bounds)
    starts = bounds_of(np.where(is_filled, bands.shape[1] + sizes, 0))
    hashes = np.empty(starts[-1], dtype=np.uint64)
    filled = np.flatnonzero(is_filled)
    is_band = np.zeros(len(hashes), dtype=bool)
    is_band[(starts[filled, None] + np.arange(bands.shape[1])).ravel()] = True
    hashes[is_band] = bands[filled].ravel()
    hashes[~is_band] = sample_hashes(sketches.samples)
    return hashes, is_band, starts
