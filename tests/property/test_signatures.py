"""The compiled kernel, the numpy path, normalize() with fold(), and datasketch agree on arbitrary text."""

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.minhash import kernel, sets, shingles, signatures
from obecsum.text.normalize import fold, normalize

RULED = "กขเแาำ\u0e4d\u0e48\u0e49\u0e4b\u0e4c\u0e31\u0e34\u0e35\u0e38\u0e47\u0e3a\u0e4eะๆ๐๙.…\u2025 \u00a0\u200b\r\n\t\uf701\uf70a\uf711ＡaA\ud800😀"
texts = st.one_of(
    st.text(alphabet=RULED, max_size=60),
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet=st.one_of(st.sampled_from(RULED), st.characters()), max_size=60),
)


PLAIN = "กรมการปกครองจัดงานวันนี้ที่กรุงเทพ"
runs = st.lists(st.one_of(st.sampled_from([PLAIN, PLAIN[3:], PLAIN[:5], " ", "\n"]), texts), max_size=12).map("".join)


@given(st.one_of(texts, runs))
@settings(max_examples=600)
def test_scanner_folds_as_python_does(text: str) -> None:
    out = np.empty(len(text) + kernel.LANES, dtype=np.uint32)
    spare = np.empty(len(text), dtype=np.uint16)
    count = kernel.scan_text(text, 0, len(text), *shingles.tables(), spare, out)
    scanned = out[:count].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    assert scanned == fold(normalize(text)).replace(" ", "")


@given(st.lists(texts, max_size=6))
def test_kernel_equals_numpy(batch: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shingles, "use_kernel", lambda _: False)
        slow = signatures.sketches_of(batch, num_threads=1)
        slow_values, slow_bounds = shingles.shingle_batch(batch)
    fast = signatures.sketches_of(batch, num_threads=2)
    values, bounds = shingles.shingle_batch(batch)
    for one, other in (
        (slow.signatures, fast.signatures),
        (slow.samples, fast.samples),
        (slow.bounds, fast.bounds),
        (slow_values, values),
        (slow_bounds, bounds),
    ):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


@given(texts, st.sampled_from([1, 16, 100, 128, 129, 256]), st.integers(0, 2**32 - 1))
def test_signature_equals_datasketch(text: str, num_perm: int, seed: int) -> None:
    expected = MinHash(num_perm, seed=seed, scheme="affine32", hashfunc=lambda h: h)
    for value in shingles.shingles(text).tolist():
        expected.update(value)
    signature = signatures.signature(text, num_perm=num_perm, seed=seed)
    assert signature.scheme == "affine32"
    assert signature.seed == seed
    assert np.array_equal(signature.hashvalues, expected.hashvalues)
    assert np.array_equal(signatures.signatures([text], num_perm=num_perm, seed=seed)[0], expected.hashvalues)


@given(st.sampled_from([0, 1, 2, 80, 81, 500, 8192, 8193, 9000]), st.sampled_from([27, 32]), st.integers(0, 2**32 - 1))
def test_sorting_equals_numpy(count: int, bits: int, seed: int) -> None:
    """All ways of sorting (by insertion, by two digits or three), with many equal and nearly equal values."""
    generator = np.random.default_rng(seed)
    values = generator.integers(0, 1 << bits, count, dtype=np.uint32)
    values[: count // 2] = generator.choice(values, count // 2) if count else 0
    values[: count // 3] ^= generator.integers(0, 16, count // 3, dtype=np.uint32)
    out, spare = np.empty(count + 1, np.uint32), np.empty(count + 1, np.uint32)
    expected = np.unique(values)
    size = sets.unique(values.copy(), count, spare, out, bits)
    assert np.array_equal(out[:size], expected)
