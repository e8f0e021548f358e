"""Exact overlaps with texts read again: equal to what all texts at once give, each text asked for once."""

from collections.abc import Iterator

import numpy as np
import pytest

from obecsum.core.errors import OptionError
from obecsum.minhash import kernel
from obecsum.minhash import loops as linking
from obecsum.minhash import overlap as overlaps
from obecsum.minhash.overlap import exact_overlaps
from obecsum.minhash.shingles import I64, containment, jaccard, shingles

assert kernel

LETTERS = np.array(list("กขคงจชซดตถทนบปผพมยรลวสหอ "))


class Library:
    """Texts that remember how often they were asked for."""

    def __init__(self, count: int, seed: int = 1) -> None:
        generator = np.random.default_rng(seed)
        whole = "".join(generator.choice(LETTERS, 4000))
        ends = generator.integers(0, 4000, (count, 2))
        ends.sort(axis=1)
        self.texts = [whole[begin:end] for begin, end in ends]
        self.asked = np.zeros(count, dtype=int)

    def __call__(self, rows: I64) -> Iterator[str]:
        assert (np.diff(rows) > 0).all()
        for row in rows.tolist():
            self.asked[row] += 1
            yield self.texts[row]


@pytest.fixture
def pairs() -> I64:
    return np.random.default_rng(2).integers(0, 60, (300, 2))


def test_equals_pair_by_pair(pairs: I64) -> None:
    library = Library(60)
    library.texts[7] = ""
    library.texts[8] = " "
    pairs = np.concatenate([pairs, [[7, 8], [7, 1], [3, 3]]])
    found = exact_overlaps(library, pairs)
    sets = [shingles(text) for text in library.texts]
    for at, (i, j) in enumerate(pairs):
        assert found.sizes[at].tolist() == [len(sets[i]), len(sets[j])]
        assert found.shared[at] == len(np.intersect1d(sets[i], sets[j]))
        assert found.jaccard[at] == pytest.approx(jaccard(sets[i], sets[j]))
        small, large = sorted((sets[i], sets[j]), key=len)
        assert found.containment[at] == pytest.approx(containment(small, large))


@pytest.mark.parametrize("max_bytes", [0, 20_000, 1 << 30])
def test_parts_and_memory_change_nothing(pairs: I64, max_bytes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(60)
    whole = exact_overlaps(library, pairs)
    monkeypatch.setattr(overlaps, "_PAIRS_AT_ONCE", 16)
    library.asked[:] = 0
    parts = exact_overlaps(library, pairs, max_bytes=max_bytes, num_threads=1)
    assert np.array_equal(parts.shared, whole.shared)
    assert np.array_equal(parts.sizes, whole.sizes)
    used = np.unique(pairs)
    assert (library.asked[used] >= 1).all()
    if max_bytes == 1 << 30:
        assert (library.asked[used] == 1).all()


def test_separate_groups_are_read_once_even_without_a_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlaps, "_PAIRS_AT_ONCE", 3)
    pairs = np.array([[i, 19 - i] for i in range(10)] + [[i, i + 1] for i in range(0, 20, 2)])
    generator = np.random.default_rng(3)
    library = Library(20)
    exact_overlaps(library, generator.permutation(pairs), max_bytes=1 << 20)
    assert library.asked.max() == 1


def test_without_compiler(pairs: I64, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(60)
    compiled = overlaps._order(pairs, 60)
    monkeypatch.setattr(linking, "use_kernel", lambda _: False)
    assert np.array_equal(compiled, overlaps._order(pairs, 60))
    assert len(exact_overlaps(library, pairs).shared) == len(pairs)


def test_nothing_to_do() -> None:
    found = exact_overlaps(lambda _: pytest.fail("nothing to read"), np.empty((0, 2), dtype=np.int64))
    assert found.jaccard.shape == found.containment.shape == (0,)


def test_wrong_use() -> None:
    with pytest.raises(OptionError, match="a text an index: got 1 for 2"):
        exact_overlaps(lambda _: ["ข่าว"], np.array([[0, 1]]))
    with pytest.raises(OptionError, match="max_bytes must be at least 0, got -1"):
        exact_overlaps(lambda _: [], np.empty((0, 2), dtype=np.int64), max_bytes=-1)


def test_a_crowd_linked_to_its_first_is_read_once_in_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """As candidate search links it: each with the first and with the one before."""
    monkeypatch.setattr(overlaps, "_PAIRS_AT_ONCE", 8)
    library = Library(200)
    library.texts = ["".join(np.random.default_rng(seed).choice(LETTERS, 500)) for seed in range(200)]
    pairs = np.array([[0, i] for i in range(1, 200)] + [[i, i + 1] for i in range(1, 199)])
    exact_overlaps(library, pairs, max_bytes=4 * 500 * 8)
    assert library.asked.max() == 1


def test_shingles_that_are_known_are_not_asked_for(pairs: I64) -> None:
    library = Library(60)
    whole = exact_overlaps(library, pairs)
    library.asked[:] = 0
    known = {row: shingles(library.texts[row]) for row in (5, 17, 59)} | {900: shingles("ข่าวที่ไม่อยู่ในคู่ใด")}
    found = exact_overlaps(library, pairs, known=known)
    assert np.array_equal(found.shared, whole.shared)
    assert np.array_equal(found.sizes, whole.sizes)
    assert library.asked[[5, 17, 59]].tolist() == [0, 0, 0]
    assert (library.asked[np.setdiff1d(pairs, [5, 17, 59])] == 1).all()


def test_a_wrong_number_of_texts_is_refused(pairs: I64) -> None:
    with pytest.raises(OptionError, match="a text an index"):
        exact_overlaps(lambda rows: ["ข่าว"] * (len(rows) + 1), pairs)
