"""Which entries of an index a new release may resemble: by the bands of signatures and by sampled shingles."""

from __future__ import annotations

import math
import sqlite3

import numpy as np
import numpy.typing as npt

from obecsum.dedup.index_postings import MAX_ENTRIES, Postings, band_hashes, sample_hashes
from obecsum.dedup.index_store import NUM_PERM
from obecsum.dedup.shingles import I64
from obecsum.dedup.signatures import Fingerprints

U16 = npt.NDArray[np.uint16]

__all__ = ["Lookup", "packed_print"]

_MAX_BAND_HITS = 64
_MAX_SAMPLE_HITS = 32
_ANCHORS = 16  # sampled shingles that a release is looked for by: those that the fewest have
_MAX_BY_SAMPLES = 16  # indexed releases that are judged for the sampled shingles that they share with a new one
_NUMBER_BITS = 28
_ASK_AT_ONCE = 500  # SQLite takes so many values in a query everywhere
_SIGMAS = 3.0  # how far below the true value an estimate by signature may lie; as in obecsum.dedup.candidates
_SAMPLE_SIGMAS = 2.0  # and one by sample


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
        spread = _SIGMAS * math.sqrt(min_jaccard * (1 - min_jaccard) / NUM_PERM)
        self._min_equal = max(1, math.ceil((min_jaccard - spread) * NUM_PERM))

    def pairs(self, prints: Fingerprints) -> I64:
        """Indexed releases that may resemble some new ones.

        Args:
            prints: Of the new ones, from :func:`obecsum.dedup.index.sketches`.

        Returns:
            int64 of shape ``(m, 2)``: row of ``prints``, number of the entry; sorted, each pair once. To be verified.
        """
        pairs = np.concatenate([self._by_bands(prints), self._by_samples(prints)])
        pairs = np.unique(pairs, axis=0) if len(pairs) else pairs
        return self._judged(prints, pairs)

    def _by_bands(self, prints: Fingerprints) -> I64:
        hashes = band_hashes(prints.signatures)
        hits = self._postings.find(hashes.ravel(), max_hits=_MAX_BAND_HITS)
        return np.stack([hits.queries // hashes.shape[1], hits.numbers], axis=1)

    def _by_samples(self, prints: Fingerprints) -> I64:
        """Pairs that share the most of the sampled shingles of a release that the fewest others have."""
        owners = np.repeat(np.arange(len(prints)), np.diff(prints.bounds))
        hashes = sample_hashes(prints.samples)
        counts = self._postings.count(hashes)
        known = np.flatnonzero(counts)
        anchors = known[_firsts(owners[known], counts[known], _ANCHORS)]
        hits = self._postings.find(hashes[anchors], max_hits=_MAX_SAMPLE_HITS)
        packed = owners[anchors][hits.queries] << _NUMBER_BITS | hits.numbers
        pairs, shared = np.unique(packed, return_counts=True)
        chosen = pairs[_firsts(pairs >> _NUMBER_BITS, -shared, _MAX_BY_SAMPLES)]
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
            for number, data in self._db.execute(query, some):
                at = place[number]
                short[at] = np.frombuffer(data, dtype="<u2", count=NUM_PERM)
                samples[at] = data[2 * NUM_PERM :]
                is_there[at] = True
        bounds = np.zeros(len(numbers) + 1, dtype=np.int64)
        np.cumsum([len(data) // 2 for data in samples], out=bounds[1:])
        return short, np.frombuffer(b"".join(samples), dtype="<u2"), bounds, is_there


def packed_print(prints: Fingerprints, row: int) -> bytes:
    """What an entry is judged by before its text is: the low halves of its signature and of its sample, that sorted."""
    sample = np.sort(prints.samples[prints.bounds[row] : prints.bounds[row + 1]].astype("<u2"))
    short: bytes = prints.signatures[row].astype("<u2").tobytes()
    return short + bytes(sample.tobytes())


def _firsts(owners: I64, keys: I64, most: int) -> I64:
    """Places of the ``most`` values with the smallest keys of each owner; equal ones in their order."""
    order = np.lexsort((keys, owners))
    rank = np.arange(len(order)) - np.searchsorted(owners[order], owners[order])
    return order[rank < most]


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
