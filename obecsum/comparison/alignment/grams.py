"""Character 5-grams of documents, exactly: shares of one text in another, and what the other has nowhere."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from obecsum.comparison.alignment.document import Document, once

__all__ = ["GRAM_CHARS", "count_unseen", "packed_grams", "shares", "unseen_grams"]

GRAM_CHARS = 5


def packed_grams(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    """The 5-gram at each offset of ``codes`` as one uint64."""
    # Thai and Latin fit in 12 bits after folding; others are mixed in, which costs nothing in practice.
    wide = codes.astype(np.uint64)
    if len(wide) < GRAM_CHARS:
        return np.empty(0, dtype=np.uint64)
    pairs = (wide[:-1] << np.uint64(12)) ^ wide[1:]
    fours = (pairs[:-2] << np.uint64(24)) ^ pairs[2:]
    packed: npt.NDArray[np.uint64] = (fours[:-1] << np.uint64(12)) ^ (fours[:-1] >> np.uint64(52)) ^ wide[4:]
    return packed


@once
def _distinct(text: Document) -> npt.NDArray[np.uint64]:
    grams = np.sort(packed_grams(text.codes))
    first = np.ones(len(grams), dtype=np.bool_)
    np.not_equal(grams[1:], grams[:-1], out=first[1:])
    return grams[first]


def shares(a: Document, b: Document) -> tuple[float, float, float]:
    """Jaccard similarity of two texts' sets of 5-grams, and the share of each that the other has, 0 to 1."""
    ours, theirs = _distinct(a), _distinct(b)
    if not len(ours) or not len(theirs):
        same = float(a.codes.tobytes() == b.codes.tobytes())
        return same, same, same
    merged = np.concatenate((ours, theirs))
    merged.sort()
    both = int(np.count_nonzero(merged[1:] == merged[:-1]))
    return both / (len(ours) + len(theirs) - both), both / len(ours), both / len(theirs)


def unseen_grams(codes: npt.NDArray[np.uint32], other: Document) -> npt.NDArray[np.bool_]:
    """For the 5-gram at each offset of ``codes`` whether ``other`` has it nowhere; 4 shorter than ``codes``."""
    return ~_found(packed_grams(codes), _distinct(other))


def count_unseen(codes: npt.NDArray[np.uint32], other: Document) -> int:
    """How many of ``codes`` stand in 5-grams that ``other`` has nowhere, about."""
    unseen = int(np.count_nonzero(unseen_grams(codes, other)))
    return unseen + GRAM_CHARS - 1 if unseen else 0


def _found(values: npt.NDArray[np.uint64], ranked: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """For each of ``values`` whether it is among ``ranked``, which is sorted."""
    if not len(ranked):
        return np.zeros(len(values), dtype=np.bool_)
    at = ranked.searchsorted(values)
    at[at == len(ranked)] = 0
    found: npt.NDArray[np.bool_] = ranked[at] == values
    return found
