"""Dropping false candidates of containment before they are verified, by reading the larger text of each pair once.

A small text has few sampled shingles, so the estimate of how much of it is in another is rough, and what a long text
(the transcript of a program, say) shares with everybody looks like containment. Verifying such pairs would cost more
than all else. But a signature is a sample as well: a permutation can be undone, so each of the 128 minima names one
shingle of its text, drawn at random. Whether the long text has it is seen when that is read. The small one is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np

from obecsum.dedup.candidates import min_equal_values
from obecsum.dedup.shingles import I64, U32, bounds_of, hashes_slow, map_chunks, mix, tables
from obecsum.dedup.signatures import Fingerprints, permutations

__all__ = ["sift_contained"]

_TIMES_LARGER = 4  # from which ratio of the samples on: below it the minima were a good sample already


def sift_contained(
    text_of: Callable[[I64], Iterable[str]],
    prints: Fingerprints,
    pairs: I64,
    *,
    min_containment: float = 0.8,
    seed: int = 1,
    num_threads: int | None = None,
) -> I64:
    """Of the candidates of containment those that hold in a larger sample too (3 standard deviations below still pass).

    Args:
        text_of: Called once with ascending indexes (int64), returns their texts in that order. They are read one at a
            time if it is a generator.
        prints: The fingerprints in which the candidates were found.
        pairs: int64 of shape ``(m, 2)``: (contained, container), from
            :func:`obecsum.dedup.candidates.containment_candidates`.
        min_containment: As there.
        seed: Seed of the signatures' permutations.
        num_threads: Threads to use; all cores where None.

    Returns:
        int64 of shape ``(k, 2)``, in the order of ``pairs``. Pairs of texts of similar size are all among them.
    """
    sizes = np.diff(prints.bounds)
    asked = np.flatnonzero(sizes[pairs[:, 1]] > _TIMES_LARGER * sizes[pairs[:, 0]])
    if len(asked) == 0:
        return pairs
    asked = asked[np.argsort(pairs[asked, 1], kind="stable")]
    others = np.ascontiguousarray(pairs[asked, 0])
    containers, counts = np.unique(pairs[asked, 1], return_counts=True)
    starts = bounds_of(counts)
    num_perm = prints.signatures.shape[1]
    _, addends = permutations(num_perm, seed)
    inverses = _inverses(num_perm, seed)

    def fast(text: str, bounds: I64, before: int) -> I64:
        from obecsum.dedup import kernel

        end = before + len(bounds) - 1
        mine = starts[before : end + 1] - starts[before]
        rows = others[starts[before] : starts[end]]
        out = np.empty(len(rows), dtype=np.int64)
        kernel.count_held(text, bounds, *tables(), prints.signatures, inverses, addends, rows, mine, out)
        return out

    def slow(texts: Sequence[str], before: int) -> I64:
        found = []
        for at, text in enumerate(texts, start=before):
            held = np.unique(mix(hashes_slow(text)))
            rows = others[starts[at] : starts[at + 1]]
            shingles = (prints.signatures[rows] - addends[:num_perm]) * inverses
            found.append(np.isin(shingles, held).sum(axis=1))
        return np.concatenate(found)

    shared = np.concatenate(list(map_chunks(fast, slow, text_of(containers), num_threads=num_threads)))
    keep = np.ones(len(pairs), dtype=bool)
    keep[asked] = shared >= min_equal_values(num_perm, min_containment)
    return pairs[keep]


@lru_cache(maxsize=8)
def _inverses(num_perm: int, seed: int) -> U32:
    """The factors of the permutations, inverted modulo 2**32."""
    factors = permutations(num_perm, seed)[0][:num_perm]
    return np.array([pow(factor, -1, 1 << 32) for factor in factors.tolist()], dtype=np.uint32)
