"""MinHash signatures straight from raw text, in datasketch's own scheme.

A signature equals ``datasketch.MinHash(num_perm, seed, scheme="affine32", hashfunc=lambda h: h)`` updated with
``obecsum.shingles(text)``, value for value, so everything of datasketch's takes it as its own. It does not equal a
sketch made with datasketch's default hash (SHA-1 of bytes): sketches of the two kinds cannot be compared.

The scheme, as in datasketch 2.0 (ekzhu/datasketch, ``minhash.py``): ``min(fmix32(h) * a + b)`` over all shingles h in
uint32, with a odd, a and b from ``numpy.random.RandomState(seed)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Sized
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from obecsum.core.arguments import checked, text_arguments
from obecsum.core.errors import OptionError
from obecsum.core.progress import ProgressLike, telling
from obecsum.minhash.memory import Growing, give_back
from obecsum.minhash.shingles import I64, U32, bounds_of, hashes_slow, join_ragged, map_chunks, mix, scratch, tables
from obecsum.text.argument import text_argument

if TYPE_CHECKING:
    from datasketch import LeanMinHash

__all__ = ["Sketches", "signature", "signatures", "sketches_of"]

EMPTY = np.uint32(0xFFFFFFFF)  # every value of the signature of a text without shingles, as in datasketch
SAMPLE_RATE = 64  # one shingle in so many is sampled
_BLOCK = 128  # permutations that the kernel takes at once


@dataclass(frozen=True, slots=True)
class Sketches:
    """What candidates are found by.

    Attributes:
        signatures: uint32 of shape ``(n, num_perm)``.
        samples: uint32: of each text the mixed shingle hashes below ``2**32 / SAMPLE_RATE``, sorted, each once: a
            shingle is in the samples of all texts that have it or of none, so containment can be estimated from them
            (FracMinHash, Irber et al. 2022).
        bounds: int64 of shape ``(n + 1,)``: text i has ``samples[bounds[i]:bounds[i + 1]]``.
    """

    signatures: U32
    samples: U32
    bounds: I64

    def __len__(self) -> int:
        return len(self.signatures)

    def take(self, rows: I64) -> Sketches:
        """Those of some texts (int64 indexes, in the order given), copied."""
        sizes = np.diff(self.bounds)[rows]
        bounds = bounds_of(sizes)
        indexes = np.repeat(self.bounds[rows] - bounds[:-1], sizes) + np.arange(bounds[-1])
        return Sketches(self.signatures[rows], self.samples[indexes], bounds)


@checked
def signature(text: str, num_perm: int = 128, seed: int = 1) -> LeanMinHash:
    """The signature of one text as datasketch's own type.

    Args:
        text: Any string.
        num_perm: Number of permutations, 1 to 4096.
        seed: Seed of the permutations, 0 to 2**32 - 1.

    Returns:
        ``datasketch.LeanMinHash`` of scheme "affine32". A text without shingles has all values at 2**32 - 1 (its
        ``is_empty()`` is true); :func:`obecsum.minhash.candidates.candidate_pairs` matches it with nothing.

    Raises:
        OptionError: ``num_perm`` or ``seed`` is out of range.
    """
    from datasketch import LeanMinHash

    values = signatures(
        [text_argument(text, for_many="obecsum.signatures(texts)")], num_perm=num_perm, seed=seed, num_threads=1
    )[0]
    return LeanMinHash(seed=seed, hashvalues=values, scheme="affine32")


@checked
def signatures(
    texts: Iterable[str],
    *,
    num_perm: int = 128,
    seed: int = 1,
    num_threads: int | None = None,
    progress: ProgressLike = None,
) -> U32:
    """Signatures of many texts.

    Args:
        texts: Any strings; a generator is read as it is needed.
        num_perm: Number of permutations, 1 to 4096.
        seed: Seed of the permutations, 0 to 2**32 - 1.
        num_threads: Threads to use; all cores where None.
        progress: What is told how far it is: True, a function of (done, total, stage), or an object; see
            :mod:`obecsum.core.progress`.

    Returns:
        uint32 of shape ``(n, num_perm)``, in the order of ``texts``.

    Raises:
        OptionError: An option is out of range.
        TypeError: They are no texts, or one text: a string is not taken for its letters.
    """
    given = text_arguments(texts)
    with telling(progress) as told:
        told.stage("Sketching", len(texts) if isinstance(texts, Sized) else None, unit="texts")
        return _sketches_of(
            given, num_perm=num_perm, seed=seed, num_threads=num_threads, rate=0, on_done=told.to
        ).signatures


def sketches_of(
    texts: Iterable[str],
    *,
    num_perm: int = 128,
    seed: int = 1,
    num_threads: int | None = None,
    on_done: Callable[[int], object] | None = None,
) -> Sketches:
    """Signatures, and the samples that find contained releases, in one pass.

    Args:
        texts: As the others for :func:`signatures`.
        num_perm: Number of permutations.
        seed: Of the permutations.
        num_threads: Threads to use.
        on_done: Called with the number of texts done.
    """
    return _sketches_of(texts, num_perm=num_perm, seed=seed, num_threads=num_threads, rate=SAMPLE_RATE, on_done=on_done)


@lru_cache(maxsize=8)
def permutations(num_perm: int, seed: int) -> tuple[U32, U32]:
    """The permutations of datasketch, padded to a multiple of what the kernel takes at once."""
    if not 1 <= num_perm <= 4096:
        raise OptionError(f"num_perm must be from 1 to 4096, got {num_perm}; 128 is what obecsum uses")
    if not 0 <= seed < 1 << 32:
        raise OptionError(f"seed must be from 0 to 4294967295, got {seed}")
    generator = np.random.RandomState(seed)
    factors = generator.randint(0, 1 << 31, num_perm, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    addends = generator.randint(0, 1 << 32, num_perm, dtype=np.uint32)
    padding = (0, -num_perm % _BLOCK)
    return np.pad(factors, padding), np.pad(addends, padding)


def _sketches_of(
    texts: Iterable[str],
    *,
    num_perm: int,
    seed: int,
    num_threads: int | None,
    rate: int,
    on_done: Callable[[int], object] | None,
) -> Sketches:
    factors, addends = permutations(num_perm, seed)
    limit = np.uint32((1 << 32) // rate) if rate else np.uint32(0)

    def fast(text: str, bounds: I64, _before: int) -> tuple[U32, U32, I64]:
        from obecsum.minhash import kernel

        out = np.empty((len(bounds) - 1, len(factors)), dtype=np.uint32)
        sample = scratch("out", len(text) + len(bounds) if rate else 0)
        total = kernel.sign_batch(text, bounds, *tables(), factors, addends, limit, out, sample)
        return out[:, :num_perm], sample[:total].copy(), bounds

    def slow(chunk: Sequence[str], _before: int) -> tuple[U32, U32, I64]:
        out = np.full((len(chunk), num_perm), EMPTY, dtype=np.uint32)
        samples = []
        for row, text in zip(out, chunk, strict=True):
            hashes = np.unique(mix(hashes_slow(text)))
            for begin in range(0, len(hashes), 1024):
                block = hashes[begin : begin + 1024, None] * factors[:num_perm] + addends[:num_perm]
                np.minimum(row, block.min(axis=0), out=row)
            sample = hashes[hashes < limit]
            samples.append((sample, np.array([0, len(sample)])))
        return (out, *join_ragged(samples))

    rows, values, sizes, done = Growing(num_perm), Growing(), Growing(), 0
    for part, sample, bounds in map_chunks(fast, slow, texts, num_threads=num_threads):
        rows.append(part)
        values.append(sample)
        sizes.append(np.diff(bounds).astype(np.uint32))
        if on_done is not None:
            done += len(part)
            on_done(done)
    found = Sketches(rows.done(), values.done(), bounds_of(sizes.done()))
    give_back(found.signatures.nbytes)
    return found
