"""Intersections of sorted sets: every way of counting gives what numpy gives."""

import numpy as np
import pytest

from obecsum.minhash import sets
from obecsum.minhash.shingles import U32, bounds_of

SIZES = [0, 1, 2, 30, 1000, 70_000]


def drawn(generator: np.random.Generator, top: int, size: int) -> U32:
    return np.unique(generator.integers(0, top, size, dtype=np.uint64).astype(np.uint32))


def counted(parts: list[U32], pairs: np.ndarray) -> list[int]:
    out = np.full(len(pairs), -1)
    sets.overlaps(np.concatenate(parts), bounds_of([len(part) for part in parts]), pairs, out)
    return [int(count) for count in out]


@pytest.mark.parametrize("top", [40, 5000, 1 << 20, 1 << 32])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_overlaps_of_any_sizes(top: int, seed: int) -> None:
    generator = np.random.default_rng(seed)
    parts = [drawn(generator, top, size) for size in SIZES + SIZES]
    pairs = np.array([(i, j) for i in range(len(parts)) for j in range(len(parts)) if i != j])
    if seed != 1:
        pairs = pairs[generator.permutation(len(pairs))]
    assert counted(parts, pairs) == [len(np.intersect1d(parts[i], parts[j])) for i, j in pairs]


def test_many_small_ones_against_one_large_one() -> None:
    generator = np.random.default_rng(4)
    large = drawn(generator, 1 << 32, 300_000)
    small = [
        np.unique(np.concatenate([generator.choice(large, 900), drawn(generator, 1 << 32, 100)])) for _ in range(9)
    ]
    small.append(large[-3:])
    pairs = np.array([(i, 10) if i % 2 else (10, i) for i in range(10)])
    assert counted([*small, large], pairs) == [len(np.intersect1d(one, large)) for one in small]


def test_values_that_crowd_one_bucket() -> None:
    crowded = np.append(np.arange(10, 40_010, dtype=np.uint32), np.uint32(4_000_000_000))
    asked = np.array([0, 9, 10, 11, 39_999, 40_009, 40_010, 3_999_999_999, 4_000_000_000, 4_294_967_295], np.uint32)
    assert counted([asked, asked[2:], crowded], np.array([[0, 2], [1, 2], [2, 0]] * 400)) == [5, 5, 5] * 400
