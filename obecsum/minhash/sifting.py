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

from obecsum.minhash.candidates import min_equal_values
from obecsum.minhash.memory import give_back
from obecsum.minhash.shingles import I64, U32, bounds_of, hashes_slow, map_chunks, mix, shingle_batch, tables
from obecsum.minhash.signatures import Sketches, permutations

__all__ = ["sift_contained", "unmix"]

_LARGE_CHARS = 1 << 18
_KNOWN_BYTES = 64 << 20
_TIMES_LARGER = 4  # from which ratio of the samples on: below it the minima were a good sample already


def sift_contained(
    text_of: Callable[[I64], Iterable[str]],
    sketches: Sketches,
    pairs: I64,
    *,
    min_containment: float = 0.8,
    seed: int = 1,
    num_threads: int | None = None,
    known: dict[int, U32] | None = None,
) -> I64:
    """Of the candidates of containment those that hold in a larger sample too (3 standard deviations below still pass).

    Args:
        text_of: Called once with ascending indexes (int64), returns their texts in that order. They are read one at a
            time if it is a generator.
        sketches: The sketches in which the candidates were found.
        pairs: int64 of shape ``(m, 2)``: (contained, container), from
            :func:`obecsum.minhash.candidates.containment_candidates`.
        min_containment: Smallest containment that matters, above 0 and up to 1.
        seed: Seed of the signatures' permutations.
        num_threads: Threads to use; all cores where None.
        known: Filled with the shingles of very large containers (sorted, each once; up to 64 MiB in all), for
            :func:`obecsum.minhash.overlap.exact_overlaps`: reading one of 5 MB again would take longer than to count
            what 500 others share with it.

    Returns:
        int64 of shape ``(k, 2)``, in the order of ``pairs``. Pairs of texts of similar size are all among them.
    """
    asked = _asked(sketches.bounds, pairs)
    if len(asked) == 0:
        return pairs
    others = np.ascontiguousarray(pairs[asked, 0])
    containers, counts = np.unique(pairs[asked, 1], return_counts=True)
    starts = bounds_of(counts)
    num_perm = sketches.signatures.shape[1]
    _, addends = permutations(num_perm, seed)
    inverses = _inverses(num_perm, seed)

    def drawn(rows: I64) -> U32:
        """For each value of the signatures the mixed shingle that gave it."""
        found: U32 = (sketches.signatures[rows] - addends[:num_perm]) * inverses
        return found

    def fast(text: str, bounds: I64, before: int) -> tuple[I64, dict[int, U32]]:
        from obecsum.minhash import kernel, sets

        is_large = int(bounds[-1] - bounds[-2] >= _LARGE_CHARS)  # a very large text is the last of its chunk
        at = starts[before : before + len(bounds)]
        out = np.empty(at[-1] - at[0], dtype=np.int64)
        small = at[: len(at) - is_large]
        if len(small) > 1:
            rows, mine = others[small[0] : small[-1]], bounds[: len(small)]
            kernel.count_held(
                text, mine, *tables(), sketches.signatures, inverses, addends, rows, small - small[0], out
            )
        if not is_large:
            return out, {}
        values, _ = shingle_batch([text[bounds[-2] : bounds[-1]]], num_threads=1)
        sets.members(unmix(drawn(others[at[-2] : at[-1]])), values, out[at[-2] - at[0] :])
        return out, {int(containers[before + len(bounds) - 2]): values}

    def slow(texts: Sequence[str], before: int) -> tuple[I64, dict[int, U32]]:
        found = []
        for at, text in enumerate(texts, start=before):
            held = np.unique(mix(hashes_slow(text)))
            found.append(np.isin(drawn(others[starts[at] : starts[at + 1]]), held).sum(axis=1))
        return np.concatenate(found), {}

    shared, size = [], 0
    for counts_of_chunk, large in map_chunks(fast, slow, text_of(containers), num_threads=num_threads):
        shared.append(counts_of_chunk)
        for row, values in large.items():
            size += values.nbytes
            if known is not None and size <= _KNOWN_BYTES:
                known[row] = values
    keep = np.ones(len(pairs), dtype=bool)
    keep[asked] = np.concatenate(shared) >= min_equal_values(num_perm, min_containment)
    kept = pairs[keep]
    give_back(sketches.signatures.nbytes)
    return kept


def _asked(bounds: I64, pairs: I64) -> I64:
    """Which pairs are of a text and one that is much larger, by the larger one."""
    sizes = np.diff(bounds)
    asked = np.flatnonzero(sizes[pairs[:, 1]] > _TIMES_LARGER * sizes[pairs[:, 0]])
    return asked[np.argsort(pairs[asked, 1], kind="stable")]


@lru_cache(maxsize=8)
def _inverses(num_perm: int, seed: int) -> U32:
    """The factors of the permutations, inverted modulo 2**32."""
    factors = permutations(num_perm, seed)[0][:num_perm]
    return np.array([pow(factor, -1, 1 << 32) for factor in factors.tolist()], dtype=np.uint32)


def unmix(mixed: U32) -> U32:
    """Undoes :func:`obecsum.minhash.shingles.mix`: signatures are of shingles that are mixed once more."""
    value = mixed ^ (mixed >> np.uint32(16))
    value = value * np.uint32(pow(0xC2B2AE35, -1, 1 << 32))
    value = value ^ (value >> np.uint32(13)) ^ (value >> np.uint32(26))
    value = value * np.uint32(pow(0x85EBCA6B, -1, 1 << 32))
    unmixed: U32 = value ^ (value >> np.uint32(16))
    return unmixed
