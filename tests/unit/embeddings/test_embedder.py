from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from obecsum.core.errors import InputError, ModelError, OptionError
from obecsum.embeddings import Embedder
from obecsum.text.normalize import fold, normalize
from tests.unit.embeddings.tiny import COUNTING, save_model

TEXTS = ["ประชุมคณะรัฐมนตรี ๒๕๖๗", "น้ำท่วม จังหวัดเชียงราย แม่สาย", "โรงเรียน xyz น้ำ"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def embedder(model: Path) -> Embedder:
    return Embedder(str(model))


def test_vectors_have_length_one(embedder: Embedder) -> None:
    vectors = embedder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, 16)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("quantized", [True, False])
def test_sentence_transformers_gives_the_same_vectors(tmp_path: Path, quantized: bool) -> None:
    from sentence_transformers import SentenceTransformer

    folder = save_model(tmp_path, quantized=quantized)  # no piece comes twice, and none counts for its place
    theirs = SentenceTransformer(str(folder), device="cpu").encode(
        [fold(normalize(text)) for text in TEXTS], normalize_embeddings=True
    )
    assert Embedder(str(folder)).encode(TEXTS) == pytest.approx(theirs, abs=5e-3 if not quantized else 1e-5)


def test_a_repeated_piece_counts_as_in_bm25_where_the_weights_say_so(tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file
    from sentence_transformers import SentenceTransformer

    folder = save_model(tmp_path)
    parts = Embedder(str(folder))
    vectors = {word: parts._sums([word], 1)[0] for word in ("น้ำ", "ประชุม")}
    text = "น้ำ น้ำ น้ำ น้ำ ประชุม"
    k1, b, usual, _ = COUNTING

    def count(times: int, length: int) -> float:
        return times * (k1 + 1) / (times + k1 * (1 - b + b * length / usual))

    expected = (count(4, 5) * vectors["น้ำ"] + count(1, 5) * vectors["ประชุม"]) / count(1, 1)
    assert parts._sums([text], 1)[0] == pytest.approx(expected, rel=1e-4)
    assert count(4, 5) < 4 * count(1, 5)
    save_file(load_file(folder / "model.safetensors"), folder / "model.safetensors")  # the same without the metadata
    plain = Embedder(str(folder))
    expected = (4 * vectors["น้ำ"] + vectors["ประชุม"]) / count(1, 1)
    assert plain._sums([text], 1)[0] == pytest.approx(expected, rel=1e-4)
    theirs = SentenceTransformer(str(folder), device="cpu").encode([text], normalize_embeddings=True)
    assert plain.encode([text]) == pytest.approx(theirs, abs=1e-5)
    for counts in (
        *("cubes", "bm25", "bm25 3 0.75", "bm25 3 two 8 0", "bm25 0 0.75 8 0", "bm25 3 1.5 8 0", "bm25 3 0.5 0 0"),
        *("bm25 3 0.5 8 -1", "bm25 3 0.5 8 0 1"),
    ):
        save_file(load_file(folder / "model.safetensors"), folder / "model.safetensors", metadata={"counts": counts})
        with pytest.raises(ModelError, match="counts pieces in a way"):
            Embedder(str(folder))


def test_a_piece_counts_the_less_the_later_it_comes(tmp_path: Path) -> None:
    k1, b, usual, lead = counting = (2.0, 0.5, 6.0, 4.0)
    embedder = Embedder(str(save_model(tmp_path, counting=counting)))
    vectors = {word: embedder._sums([word], 1)[0] for word in ("น้ำ", "ประชุม", "โรงเรียน")}
    weights = [1 / (1 + index / lead) for index in range(4)]

    def count(weight: float, length: float) -> float:
        return weight * (k1 + 1) / (weight + k1 * (1 - b + b * length / usual))

    held = {"น้ำ": weights[0] + weights[3], "ประชุม": weights[1], "โรงเรียน": weights[2]}
    expected = sum(count(weight, sum(weights)) / count(1, 1) * vectors[word] for word, weight in held.items())
    assert embedder._sums(["น้ำ ประชุม โรงเรียน น้ำ"], 1)[0] == pytest.approx(expected, rel=1e-4)
    assert count(weights[1], 3) > count(weights[2], 3)


def test_hashed_dimensions_add_a_mark_for_each_piece(tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    from obecsum.embeddings.embedder import hashed_columns

    folder = save_model(tmp_path, hashed=6)
    embedder = Embedder(str(folder))
    assert embedder.static is not None
    assert embedder.dim == 16 + 6
    pieces = [piece for piece, _ in embedder.static.pieces.vocabulary]
    index = pieces.index("ประชุม")
    columns, signs = hashed_columns(pieces, 6)
    assert set(columns.tolist()) <= set(range(6))
    assert set(signs.tolist()) == {1.0, -1.0}
    marks = load_file(folder / "model.safetensors")["marks"].astype(np.float32)
    expected = np.zeros(6)
    expected[columns[index]] = signs[index] * marks[index]
    k1, b, usual, _ = COUNTING
    expected *= (k1 + 1) / (1 + k1 * (1 - b + b / usual))
    assert embedder._sums(["ประชุม"], 1)[0, 16:] == pytest.approx(expected, rel=1e-3)
    # The learned ones serve alone, also through sentence-transformers, and a prefix is a prefix.
    sums = embedder._sums(TEXTS, 1)
    assert np.array_equal(Embedder(str(folder), dim=16)._sums(TEXTS, 1), sums[:, :16])
    assert np.array_equal(Embedder(str(folder), dim=19)._sums(TEXTS, 1), sums[:, :19])
    arrays = load_file(folder / "model.safetensors")
    for metadata in ({"hashed": "md5 6"}, {"hashed": "blake2b"}, {"hashed": "blake2b 0"}, {"hashed": "blake2b -6"}):
        save_file(arrays, folder / "model.safetensors", metadata=metadata)
        with pytest.raises(ModelError, match="hashes pieces in a way"):
            Embedder(str(folder))
    del arrays["marks"]
    save_file(arrays, folder / "model.safetensors", metadata={"hashed": "blake2b 6"})
    with pytest.raises(ModelError, match="marks of shape None"):
        Embedder(str(folder))


def test_hashed_columns_do_not_depend_on_the_vocabulary() -> None:
    from obecsum.embeddings.embedder import hashed_columns

    columns, signs = hashed_columns(["ประชุม", "น้ำ"], 512)
    other, opposite = hashed_columns(["น้ำ", "x", "ประชุม"], 512)
    assert (columns[0], signs[0]) == (other[2], opposite[2])
    many, signed = hashed_columns([str(number) for number in range(20_000)], 512)
    assert np.bincount(many, minlength=512).max() < 80  # 39 on average
    assert abs(signed.mean()) < 0.03


def test_fewer_dimensions_are_the_first_ones_made_unit(model: Path, embedder: Embedder) -> None:
    short = Embedder(str(model), dim=4).encode(TEXTS)
    full = embedder.encode(TEXTS)[:, :4]
    assert short == pytest.approx(full / np.linalg.norm(full, axis=1, keepdims=True), abs=1e-6)


def test_threads_and_company_change_nothing(embedder: Embedder) -> None:
    many = [f"{TEXTS[i % 3]} {i}" for i in range(700)]
    alone = np.concatenate([embedder.encode([text], num_threads=1) for text in many[:5]])
    assert np.array_equal(embedder.encode(many, num_threads=1), embedder.encode(many, num_threads=3))
    assert np.array_equal(embedder.encode(many)[:5], alone)


@pytest.mark.parametrize("text", ["", "   \n", "!?。", "漢字"])
def test_a_text_without_a_known_piece_is_an_error_or_masked(embedder: Embedder, text: str) -> None:
    with pytest.raises(InputError, match="1 of 2 texts have nothing"):
        embedder.encode([TEXTS[0], text])
    vectors, known = embedder.encode_known([TEXTS[0], text])
    assert known.tolist() == [True, False]
    assert np.isnan(vectors[1]).all()
    assert np.isfinite(vectors[0]).all()


def test_vectors_of_unknown_texts_are_refused_by_the_search(embedder: Embedder) -> None:
    from obecsum.story.search import near_pairs

    vectors, known = embedder.encode_known([TEXTS[0], TEXTS[0], "漢字"])
    with pytest.raises(InputError, match="NaN or infinity in row 2"):
        list(near_pairs(vectors, [1, 1, 1], window_days=7, min_cosine=0.5))
    assert len(list(near_pairs(vectors[known], [1, 1], window_days=7, min_cosine=0.5))) == 1


def test_no_texts_give_no_rows(embedder: Embedder) -> None:
    assert embedder.encode([]).shape == (0, 16)


def test_a_single_string_is_refused(embedder: Embedder) -> None:
    with pytest.raises(OptionError, match=r"did you mean \[text\]"):
        embedder.encode("ประชุม")
    with pytest.raises(OptionError, match="num_threads"):
        embedder.encode(TEXTS, num_threads=0)


def test_dimensions_out_of_range_are_refused(model: Path) -> None:
    for dim in (0, 17):
        with pytest.raises(OptionError, match="from 1 to the 16 dimensions"):
            Embedder(str(model), dim=dim)
    with pytest.raises(OptionError, match="max_chars"):
        Embedder(str(model), max_chars=0)


def test_weights_with_nan_are_an_error(tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    folder = save_model(tmp_path)
    arrays = load_file(folder / "model.safetensors")
    arrays["weights"][:] = np.nan
    save_file(arrays, folder / "model.safetensors")
    with pytest.raises(ModelError, match="NaN or infinity"):
        Embedder(str(folder)).encode(TEXTS)


def test_weights_that_are_cut_off_are_an_error(tmp_path: Path) -> None:
    folder = save_model(tmp_path)
    path = folder / "model.safetensors"
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(ModelError, match="copy the model again"):
        Embedder(str(folder))


def test_weights_of_another_vocabulary_are_an_error(tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    folder = save_model(tmp_path)
    arrays = load_file(folder / "model.safetensors")
    save_file({name: array[:-3].copy() for name, array in arrays.items()}, folder / "model.safetensors")
    with pytest.raises(ModelError, match="weights of shape"):
        Embedder(str(folder))


def test_a_pickle_is_refused(tmp_path: Path) -> None:
    folder = save_model(tmp_path)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="pickle"):
        Embedder(str(folder))


def test_a_name_that_is_nowhere_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="cannot be loaded as an embedding model"):
        Embedder("no-such-owner/no-such-model")


def test_importing_loads_neither_torch_nor_numba() -> None:
    import subprocess
    import sys

    code = (
        "import sys, obecsum.embeddings; print(sorted({'torch', 'numba', 'sentence_transformers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
