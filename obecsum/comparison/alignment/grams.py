"""Character 5-grams of documents, exactly: shares of one text in another."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from obecsum.comparison.alignment.document import Document, once

__all__ = ["GRAM_CHARS", "packed_grams", "shares"]

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
