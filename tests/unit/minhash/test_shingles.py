"""Shingles: definition, edge cases, and exact comparison."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from obecsum.core.errors import OptionError
from obecsum.minhash.shingles import containment, jaccard, pair_overlaps, shingle_batch, shingles
from obecsum.text import normalize as rules
from obecsum.text.normalize import fold, normalize

shingles_module = import_module("obecsum.minhash.shingles")  # the package's name is the function's
THAI = "สพฐ. จัดประชุมผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาทั่วประเทศ ครั้งที่ 3/2567 "


def test_sorted_unique_and_typed() -> None:
    values = shingles("ข่าวประชาสัมพันธ์ ข่าวประชาสัมพันธ์")
    assert values.dtype == np.uint32
    assert np.array_equal(values, np.unique(values))


def test_counts_five_grams_without_white_space() -> None:
    assert len(shingles("กขคงจ")) == 1
    assert len(shingles("กข คง\nจ ฉ")) == 2
    assert len(shingles("กกกกกกกก")) == 1


def test_ignores_what_does_not_matter() -> None:
    assert np.array_equal(shingles("ปี ๒๕๖๗ เเละ OBEC"), shingles("ปี\u00a02567และ obec\u200b"))


def test_short_text_is_one_shingle_of_its_own() -> None:
    short = ["ก", "กข", "กขค", "กขคง"]
    values = [shingles(text) for text in short]
    assert [len(value) for value in values] == [1, 1, 1, 1]
    assert len({int(value[0]) for value in values}) == 4
    assert np.array_equal(shingles(" ก\n"), values[0])


@pytest.mark.parametrize("text", ["", " \n\t\u00a0", "\u200b\x00"])
def test_empty_text_has_none(text: str) -> None:
    assert len(shingles(text)) == 0


def test_hash_does_not_collide_on_ordinary_text() -> None:
    """Of 300,000 different 5-grams, two collide as often as chance has it: about n * n / 2**33 = 10 times."""
    letters = "กขคงจฉชซฌญดตถทธนบปผฝพฟภมยรลวศษสหอฮะาิีุูเแโใไ่้0123456789"
    generator = np.random.default_rng(1)
    text = fold(normalize("".join(generator.choice(list(letters), 300_000))))
    folded = {text[i : i + 5] for i in range(len(text) - 4)}
    assert 0 <= len(folded) - len(shingles(text)) <= 40


def test_batch_equals_single() -> None:
    texts = ["ข่าวสารการศึกษา", "", "ก", "ข่าวสารการศึกษาไทย " * 30]
    values, bounds = shingle_batch(texts)
    assert bounds.dtype == np.int64
    for i, text in enumerate(texts):
        assert np.array_equal(values[bounds[i] : bounds[i + 1]], shingles(text))
    values, bounds = shingle_batch([])
    assert len(values) == 0
    assert bounds.tolist() == [0]


def test_generators_and_threads_give_the_same() -> None:
    texts = [f"ข่าวที่ {number} ของโรงเรียน" * (number % 7) for number in range(1500)]
    expected = shingle_batch(texts, num_threads=1)
    for num_threads in (2, 5):
        found = shingle_batch((text for text in texts), num_threads=num_threads)
        assert np.array_equal(found[0], expected[0])
        assert np.array_equal(found[1], expected[1])


def test_exact_similarity() -> None:
    a, b = np.array([1, 2, 3, 4], np.uint32), np.array([3, 4, 5], np.uint32)
    none = np.array([], np.uint32)
    assert jaccard(a, b) == 2 / 5
    assert containment(a, b) == 1 / 2
    assert containment(b, a) == 2 / 3
    assert jaccard(none, none) == 1.0
    assert jaccard(a, none) == 0.0
    assert containment(none, a) == 1.0
    values, bounds = np.concatenate([a, b, none]), np.array([0, 4, 7, 7])
    pairs = np.array([[0, 1], [1, 0], [0, 2], [1, 1]])
    assert pair_overlaps(values, bounds, pairs).tolist() == [2, 2, 0, 3]
    assert pair_overlaps(values, bounds, np.empty((0, 2), np.int64)).tolist() == []


def test_number_of_threads_is_checked() -> None:
    with pytest.raises(OptionError, match="at least 1, got 0"):
        shingle_batch(["ก"], num_threads=0)


def test_small_job_loads_no_compiler() -> None:
    code = (
        "import sys, obecsum; obecsum.shingles('ข่าวการศึกษา'); obecsum.signatures(['ข่าวการศึกษา'] * 20);"
        "print([m for m in ('numba', 'torch', 'datasketch') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_public_name() -> None:
    assert import_module("obecsum").shingles is shingles


def test_masks_of_the_scanner_cover_every_pair_that_needs_a_look() -> None:
    table, suspects, begins = shingles_module.tables()
    classes = (table >> 16) & 15
    assert np.array_equal(classes, rules.fold_tables()[1])
    assert np.array_equal(table & 0xFFFF, rules.fold_tables()[0])
    ends = np.zeros(16, dtype=np.uint32)
    ends[classes] = table >> 26
    assert np.array_equal(begins[classes], (table >> 20) & 63)
    for first in range(16):
        for second in set(range(16)) - {rules.SPACE}:
            assert begins[first] & ends[second] or not suspects[first * 16 + second]
    assert not begins[rules.SPACE] & ends[rules.AA]
    assert not begins[rules.VOWEL] & ends[rules.TONE], "the most frequent pair of marks must not be slow"


@pytest.mark.slow
@pytest.mark.parametrize("features", ["", "+avx2"])
def test_processors_without_wide_vectors_compute_the_same(tmp_path: Path, features: str) -> None:
    """The kernel compiled for another processor, in a process of its own, against numpy alone."""
    script = f"""
import numpy as np
from obecsum.minhash import shingles
from obecsum.minhash import signatures
texts = [{THAI!r} * 9, "น\u0e4d\u0e49าเเ ก..." * 30, "", "ก"]
slow = shingles.shingle_batch(texts), signatures.sketches_of(texts)
from obecsum.minhash import kernel
fast = shingles.shingle_batch(texts), signatures.sketches_of(texts)
assert all(np.array_equal(a, b) for a, b in zip(slow[0], fast[0]))
assert all(np.array_equal(getattr(slow[1], name), getattr(fast[1], name)) for name in ("signatures", "samples"))
assert "+avx512f" not in kernel.sign_batch.targetctx.codegen().magic_tuple()[2].split(",")
"""
    other = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": features, "NUMBA_CACHE_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", script], check=True, env=os.environ | other)
