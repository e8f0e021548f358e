"""Sifting candidates of containment: what is counted, what is dropped, and that both ways of counting agree."""

from collections.abc import Iterator

import numpy as np
import pytest

from obecsum.minhash import kernel, shingles, sifting
from obecsum.minhash.overlap import exact_overlaps
from obecsum.minhash.shingles import I64, U32, bounds_of, containment, mix
from obecsum.minhash.sifting import sift_contained, unmix
from obecsum.minhash.signatures import Sketches, sketches_of

assert kernel  # loaded on purpose: one test takes it out

LETTERS = np.array(list("กขคงจชซดตถทนบปผพมยรลวสหอ"))


def words(generator: np.random.Generator, count: int) -> str:
    return " ".join("".join(generator.choice(LETTERS, 6)) for _ in range(count))


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """A long text, and short ones of which 0 %, 10 %, ... 100 % is in it; a short text as long as they are."""
    generator = np.random.default_rng(5)
    long = words(generator, 4000)
    parts = [long[at : at + 1500] for at in range(0, 22_000, 2000)]
    return [
        long,
        *(part[: 150 * tenth] + words(generator, 220)[150 * tenth : 1500] for tenth, part in enumerate(parts)),
    ]


def reader(texts: list[str], asked: list[int]) -> object:
    def text_of(rows: I64) -> Iterator[str]:
        for row in rows.tolist():
            asked.append(row)
            yield texts[row]

    return text_of


def test_drops_what_shares_too_little_and_keeps_what_is_contained(texts: list[str]) -> None:
    sketches = sketches_of(texts)
    pairs = np.array([[row, 0] for row in range(1, len(texts))])
    asked: list[int] = []
    kept = sift_contained(reader(texts, asked), sketches, pairs, min_containment=0.8)  # type: ignore[arg-type]
    long = shingles.shingles(texts[0])
    shares = [containment(shingles.shingles(texts[row]), long) for row in pairs[:, 0]]
    found = set(kept[:, 0].tolist())
    assert asked == [0]  # the larger one, once
    assert {row for row, share in zip(pairs[:, 0].tolist(), shares, strict=True) if share >= 0.8} <= found
    assert not {row for row, share in zip(pairs[:, 0].tolist(), shares, strict=True) if share < 0.6} & found


def test_pairs_of_similar_size_pass_unread(texts: list[str]) -> None:
    sketches = sketches_of(texts)
    pairs = np.array([[1, 2], [3, 4]])
    kept = sift_contained(lambda _: pytest.fail("nothing to read"), sketches, pairs)
    assert kept.tolist() == pairs.tolist()


@pytest.mark.parametrize("seed", [1, 9])
def test_counts_equal_a_count_over_the_shingles(texts: list[str], seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The minima's shingles, found by going over all shingles, counted in the long text's shingles."""
    sketches = sketches_of(texts, seed=seed)
    long = mix(shingles.shingles(texts[0]))
    from obecsum.minhash.signatures import permutations

    factors, addends = permutations(128, seed)
    expected = []
    for text in texts[1:]:
        hashes = mix(shingles.shingles(text))
        values = hashes[:, None] * factors[None, :] + addends[None, :]
        expected.append(int(np.isin(hashes[values.argmin(axis=0)], long).sum()))
    pairs = np.array([[row, 0] for row in range(1, len(texts))])
    for least in (1, 40, 100, 128):
        monkeypatch.setattr("obecsum.minhash.sifting.min_equal_values", lambda *_, least=least: least)
        rows = [row for row, shared in enumerate(expected, start=1) if shared >= least]
        fast = sift_contained(reader(texts, []), sketches, pairs, seed=seed, num_threads=2)  # type: ignore[arg-type]
        assert fast[:, 0].tolist() == rows
        monkeypatch.setattr(shingles, "use_kernel", lambda _: False)
        slow = sift_contained(reader(texts, []), sketches, pairs, seed=seed)  # type: ignore[arg-type]
        assert slow[:, 0].tolist() == rows
        monkeypatch.undo()


def test_an_empty_container_holds_nothing() -> None:
    sketches = sketches_of(["ข่าวการศึกษา", ""])
    sizes = np.array([1, 9])  # samples say otherwise
    claimed = Sketches(sketches.signatures, np.zeros(10, dtype=np.uint32), bounds_of(sizes))
    assert len(sift_contained(lambda _: [""], claimed, np.array([[0, 1]]))) == 0


def test_mixing_is_undone() -> None:
    values = np.random.default_rng(6).integers(0, 1 << 32, 5000, dtype=np.uint32)
    values[:3] = 0, 1, 0xFFFFFFFF
    assert (unmix(mix(values)) == values).all()


def test_a_very_large_text_is_counted_alike_and_its_shingles_are_handed_on(
    texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    generator = np.random.default_rng(7)
    large = "\n".join([words(generator, 20_000), *texts[1:8], words(generator, 20_000)])
    assert len(large) > 1 << 18
    feed = [texts[0], large, *texts[1:]]
    sketches = sketches_of(feed)
    pairs = np.array([[row, other] for row in range(2, len(feed)) for other in (0, 1)])
    known: dict[int, U32] = {}
    kept = sift_contained(lambda rows: [feed[row] for row in rows], sketches, pairs, known=known)
    assert {(row, 1) for row in range(2, 9)} <= set(map(tuple, kept.tolist()))
    assert len(kept) < len(pairs)
    assert list(known) == [1]  # not the one of 30,000 characters
    assert (known[1] == shingles.shingles(large)).all()

    def read_anew(rows: I64) -> list[str]:
        assert 1 not in rows
        return [feed[row] for row in rows]

    given = exact_overlaps(read_anew, kept, known=known)
    asked = exact_overlaps(lambda rows: [feed[row] for row in rows], kept)
    assert (given.shared == asked.shared).all()
    assert (given.sizes == asked.sizes).all()
    monkeypatch.setattr(shingles, "use_kernel", lambda _: False)
    slow = sift_contained(lambda rows: [feed[row] for row in rows], sketches, pairs)
    assert slow.tolist() == kept.tolist()


def test_shingles_of_large_texts_are_handed_on_up_to_a_limit(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(8)
    feed = [words(generator, 40_000), words(generator, 40_000), *texts[1:4]]
    sketches = sketches_of(feed)
    pairs = np.array([[2, 0], [3, 1]])
    monkeypatch.setattr(sifting, "_KNOWN_BYTES", 4 * 300_000)
    known: dict[int, U32] = {}
    sift_contained(lambda rows: [feed[row] for row in rows], sketches, pairs, known=known)
    assert list(known) == [0]
