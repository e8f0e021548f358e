"""Signatures: datasketch's type and values; what happens at the edges."""

import numpy as np
import pytest
from datasketch import LeanMinHash, MinHash, MinHashLSH

from obecsum.core.errors import OptionError
from obecsum.minhash import kernel, shingles
from obecsum.minhash.signatures import SAMPLE_RATE, permutations, signature, signatures, sketches_of

TEXT = "สพฐ. จัดประชุมผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาทั่วประเทศ ครั้งที่ 3/2567 ณ โรงแรมแห่งหนึ่ง " * 3


def test_is_datasketchs_own_type() -> None:
    made = signature(TEXT)
    assert isinstance(made, LeanMinHash)
    assert (made.seed, made.scheme, len(made)) == (1, "affine32", 128)
    expected = MinHash(128, seed=1, scheme="affine32", hashfunc=lambda h: h)
    expected.update_batch(shingles.shingles(TEXT).tolist())
    assert made == LeanMinHash(expected)
    assert made.jaccard(expected) == 1.0
    buffer = bytearray(made.bytesize())
    made.serialize(buffer)
    assert LeanMinHash.deserialize(buffer) == made
    lsh = MinHashLSH(threshold=0.8, num_perm=128)
    lsh.insert("a", made)
    assert lsh.query(signature(TEXT + "เพิ่ม")) == ["a"]


@pytest.mark.parametrize(("num_perm", "seed"), [(128, 1), (1, 0), (130, 7), (256, 2**32 - 1)])
def test_permutations_are_datasketchs(num_perm: int, seed: int) -> None:
    factors, addends = permutations(num_perm, seed)
    expected = MinHash(num_perm, seed=seed, scheme="affine32").permutations
    assert np.array_equal(factors[:num_perm], expected[0])
    assert np.array_equal(addends[:num_perm], expected[1])
    assert len(factors) % kernel.BLOCK == 0


def test_text_without_shingles() -> None:
    made = signature(" ")
    assert made.is_empty()
    assert made.jaccard(signature(TEXT)) == 0.0


def test_batch_equals_single_and_keeps_order() -> None:
    texts = [f"{TEXT} {number}" for number in range(600)] + ["", "ก"]
    rows = signatures(texts)
    assert rows.shape == (602, 128)
    assert rows.dtype == np.uint32
    for at in (0, 255, 256, 599, 600, 601):
        assert np.array_equal(rows[at], signature(texts[at]).hashvalues)
    assert np.array_equal(signatures(iter(texts), num_threads=3), rows)
    assert signatures([]).shape == (0, 128)


def test_samples_are_the_small_mixed_hashes() -> None:
    texts = [TEXT * 2, "", "ข่าว" * 400 + TEXT]
    sketches = sketches_of(texts)
    assert len(sketches) == 3
    for i, text in enumerate(texts):
        mixed = np.unique(shingles.mix(shingles.shingles(text)))
        expected = mixed[mixed < (1 << 32) // SAMPLE_RATE]
        assert np.array_equal(sketches.samples[sketches.bounds[i] : sketches.bounds[i + 1]], expected)
    assert np.array_equal(sketches.signatures, signatures(texts))


def test_take_is_the_sketches_of_some_texts() -> None:
    texts = [TEXT * 2, "", "ข่าว" * 400 + TEXT, "ข่าวอื่น" * 99]
    rows = np.array([3, 0, 1, 3])
    some, expected = sketches_of(texts).take(rows), sketches_of([texts[row] for row in rows])
    for name in ("signatures", "samples", "bounds"):
        assert np.array_equal(getattr(some, name), getattr(expected, name))
    assert len(sketches_of(texts).take(rows[:0])) == 0


def test_long_text_is_one_of_a_batch() -> None:
    long_text = "".join(f"ข่าวที่ {number} " for number in range(120_000))
    texts = [TEXT, long_text, TEXT]
    rows = signatures(texts)
    assert np.array_equal(rows[0], rows[2])
    assert np.array_equal(rows[1], signature(long_text).hashvalues)


@pytest.mark.parametrize(("option", "message"), [({"num_perm": 0}, "num_perm must be"), ({"seed": -1}, "seed must be")])
def test_options_are_checked(option: dict[str, int], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        signature(TEXT, **option)
