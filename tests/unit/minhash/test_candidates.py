"""Candidates: what is found, what is not, and that crowds cost no squares."""

import numpy as np
import pytest

from obecsum.core.errors import OptionError
from obecsum.minhash import candidates, kernel, shingles
from obecsum.minhash import loops as linking
from obecsum.minhash.candidates import candidate_pairs, containment_candidates
from obecsum.minhash.shingles import pair_overlaps, shingle_batch
from obecsum.minhash.signatures import signatures, sketches_of

assert kernel  # loaded on purpose: tests of the other path take it out


Crowd = tuple[list[str], list[tuple[int, int]], list[tuple[int, int]]]


def words(generator: np.random.Generator, count: int) -> list[str]:
    letters = np.array(list("กขคงจชซดตถทนบปผพมยรลวสหอ"))
    return ["".join(generator.choice(letters, 6)) for _ in range(count)]


@pytest.fixture(scope="module")
def crowd() -> Crowd:
    """300 unlike texts, 60 of them again with small edits, 40 of them inside a text three times as long."""
    generator = np.random.default_rng(7)
    texts = [" ".join(words(generator, 250)) for _ in range(300)]
    alike, inside = [], []
    for source in range(60):
        edited = texts[source].split(" ")
        for at in generator.choice(len(edited), 12, replace=False):
            edited[at] = words(generator, 1)[0]
        alike.append((source, len(texts)))
        texts.append(" ".join(edited))
    for source in range(100, 140):
        inside.append((source, len(texts)))
        texts.append(" ".join([*words(generator, 250), texts[source], *words(generator, 250)]))
    return texts, alike, inside


def test_finds_near_duplicates_and_little_else(crowd: Crowd) -> None:
    texts, alike, _ = crowd
    pairs = candidate_pairs(signatures(texts), min_jaccard=0.7)
    found = {tuple(pair) for pair in pairs.tolist()}
    assert found == set(alike)
    assert pairs.dtype == np.int64


def test_finds_contained(crowd: Crowd) -> None:
    texts, alike, inside = crowd
    sketches = sketches_of(texts)
    found = {tuple(pair) for pair in containment_candidates(sketches).tolist()}
    assert set(inside) <= found
    assert found <= set(inside) | set(alike) | {(b, a) for a, b in alike}
    values, bounds = shingle_batch(texts)
    pairs = np.array(inside)
    assert (pair_overlaps(values, bounds, pairs) >= 0.99 * np.diff(bounds)[pairs[:, 0]]).all()


def test_same_without_compiler_with_other_threads_and_in_parts(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = crowd[0]
    sketches = sketches_of(texts)
    pairs, contained = candidate_pairs(sketches.signatures), containment_candidates(sketches)
    assert np.array_equal(candidate_pairs(sketches.signatures, num_threads=1), pairs)
    assert np.array_equal(containment_candidates(sketches, num_threads=1), contained)
    monkeypatch.setattr(linking, "use_kernel", lambda _: False)
    few = sketches_of(texts[:60] + texts[300:330])
    slow = candidate_pairs(few.signatures), containment_candidates(few)
    monkeypatch.undo()
    assert np.array_equal(candidate_pairs(few.signatures), slow[0])
    assert np.array_equal(containment_candidates(few), slow[1])


def test_another_order_gives_the_same_pairs(crowd: Crowd) -> None:
    texts = crowd[0]
    order = np.random.default_rng(3).permutation(len(texts))
    expected = {frozenset(pair) for pair in candidate_pairs(signatures(texts)).tolist()}
    shuffled = candidate_pairs(signatures([texts[at] for at in order]))
    assert {frozenset((int(order[a]), int(order[b]))) for a, b in shuffled} == expected


def test_a_crowd_of_equals_is_linked_not_squared() -> None:
    rows = np.repeat(signatures(["ข่าวเดียวกันทุกประการของโรงเรียนหนึ่ง"]), 3000, axis=0)
    pairs = candidate_pairs(rows)
    assert len(pairs) < 4 * len(rows)
    linked = np.arange(len(rows))
    for a, b in pairs:
        linked[linked == linked[b]] = linked[a]
    assert len(np.unique(linked)) == 1


def test_pairs_inside_a_large_bucket_are_found() -> None:
    """500 texts share a footer that is 40 % of each; 30 pairs of them are near-duplicates."""
    generator = np.random.default_rng(5)
    footer = " ".join(words(generator, 170))
    bodies = [words(generator, 250) for _ in range(500)]
    for source in range(30):
        bodies[470 + source] = [*bodies[source][:-5], *words(generator, 5)]
    rows = signatures([" ".join([*body, footer]) for body in bodies])
    found = {tuple(pair) for pair in candidate_pairs(rows, min_jaccard=0.8).tolist()}
    assert {(source, 470 + source) for source in range(30)} <= found


def test_texts_without_shingles_match_nothing() -> None:
    rows = signatures(["", " ", "\n", "ข่าวการศึกษา", "ข่าวการศึกษา"])
    assert candidate_pairs(rows).tolist() == [[3, 4]]
    assert containment_candidates(sketches_of(["", " "])).shape == (0, 2)
    assert candidate_pairs(signatures([])).shape == (0, 2)


def test_recall_at_the_chosen_bands_is_as_computed() -> None:
    """Signatures drawn with a given chance of agreement are found as often as the formula of the bands says."""
    generator = np.random.default_rng(11)
    count, jaccard = 3000, 0.7
    one = generator.integers(0, 1 << 32, (count, 128), dtype=np.uint32)
    equal = generator.random((count, 128)) < jaccard
    other = np.where(equal, one, generator.integers(0, 1 << 32, (count, 128), dtype=np.uint32))
    found = candidate_pairs(np.concatenate([one, other]), min_jaccard=0.5)
    assert (found[:, 1] - found[:, 0] == count).all()
    assert len(found) / count >= 0.995


@pytest.mark.parametrize("value", [0, -1, 80, 1.01])
def test_options_are_checked(value: float) -> None:
    rows = signatures(["ก", "ข"])
    with pytest.raises(OptionError, match=r"min_jaccard must be in \(0, 1\]"):
        candidate_pairs(rows, min_jaccard=value)
    with pytest.raises(OptionError, match=r"min_containment must be in \(0, 1\]"):
        containment_candidates(sketches_of(["ก"]), min_containment=value)
    with pytest.raises(OptionError, match=r"did you mean 0\.8"):
        candidate_pairs(rows, min_jaccard=80)
    with pytest.raises(OptionError, match="rows must be from 1 to 128"):
        candidate_pairs(rows, rows=129)


def test_default_bands() -> None:
    chosen = {jaccard: candidates._choose_rows(128, jaccard) for jaccard in (0.1, 0.5, 0.6, 0.7, 0.8)}
    assert chosen == {0.1: 4, 0.5: 4, 0.6: 4, 0.7: 4, 0.8: 6}
    assert candidates._choose_rows(2, 0.5) == 2
    assert shingles.SHINGLE_SIZE == kernel.SHINGLE_SIZE


def test_owners_of_shared_values_leave_out_what_one_text_has() -> None:
    values = np.array([[1, 4], [3, 0], [3, 2], [5, 1], [7, 0], [7, 1], [7, 9]], dtype=np.uint64)
    packed = (values[:, 0] << np.uint64(32)) | values[:, 1]
    for shared in (linking.shared_values, linking.loop(linking.shared_values, work=1 << 30)):
        owners, ends = np.zeros(len(packed), dtype=np.uint32), np.zeros(len(packed) // 2, dtype=np.int64)
        assert shared(packed, owners, ends) == 2
        assert owners[:5].tolist() == [0, 2, 0, 1, 9]
        assert ends[:2].tolist() == [2, 5]
        assert shared(packed[:1], owners, ends) == 0


def test_a_signature_may_begin_with_the_value_of_empty_ones() -> None:
    rows = np.random.default_rng(2).integers(0, 1 << 32, (4, 128), dtype=np.uint32)
    rows[[0, 2], 0] = 0xFFFFFFFF
    rows[2] = rows[0]
    rows[1] = 0xFFFFFFFF
    rows[3] = 0xFFFFFFFF
    assert candidate_pairs(rows).tolist() == [[0, 2]]


def test_in_a_small_feed_each_container_is_found_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = np.random.default_rng(3).choice(list("กขคงจชซดตถทนบปผพมยรลวสหอ"), 9000)
    texts = ["".join(letters[: 6000 + 300 * at]) for at in range(10)]  # each in all that follow
    found = set(map(tuple, containment_candidates(sketches_of(texts)).tolist()))
    assert found == {(i, j) for j in range(10) for i in range(j)}
    monkeypatch.setattr(candidates, "_CROWD_FROM", 5)
    assert len(containment_candidates(sketches_of(texts))) < len(found)
