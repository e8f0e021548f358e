"""Training the embedding model for real, on releases that it can learn in seconds."""

from __future__ import annotations

import json
import lzma
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from obecsum.core.errors import InputError, OptionError
from obecsum.embeddings import Embedder
from obecsum.embeddings.pieces import WordPieces
from obecsum.training.embeddings.examples import Pairs, make_pairs
from obecsum.training.embeddings.run import run_embeddings
from obecsum.training.embeddings.train import EmbeddingOptions, export_embeddings, recall, train_embeddings

PLACES = ("เชียงใหม่", "ลำพูน", "แพร่", "น่าน", "ตาก", "พะเยา", "เลย", "ระยอง", "ตรัง", "สตูล", "ยะลา", "กระบี่")
DEEDS = (("น้ำท่วม", "อุทกภัย"), ("ไฟป่า", "หมอกควัน"), ("ข้าว", "ชาวนา"), ("โรงเรียน", "นักเรียน"))
OPTIONS = EmbeddingOptions(
    dim=32, matryoshka=(32, 16), hashed=24, steps=30, batch_size=16, learning_rate=0.05, eval_steps=10, seed=3
)


def rows(first: int) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    for number, place in enumerate(PLACES):
        for kind, (deed, other) in enumerate(DEEDS):
            made.append(
                {
                    "id": f"{first + 10 * number + kind}",
                    "date": f"2024-{1 + number:02}-{1 + kind + first % 7:02}",
                    "category": "ก",
                    "title": f"ผู้ว่าฯ เร่งแก้ปัญหา{deed} {place}",
                    "standfirst": f"จังหวัดเร่งรัดทุกหน่วยงานเรื่อง{deed}ในพื้นที่{place}ให้เสร็จโดยเร็ว",
                    "body": f"ทางการ{place}หารือเรื่อง{other}ร่วมกับหน่วยงานในพื้นที่อย่างใกล้ชิด {number} ครั้ง " * 3
                    + "\n"
                    + f"ผู้แทน{place}กล่าวว่า{other}เป็นเรื่องสำคัญของประชาชนและต้องทำต่อเนื่องต่อไป " * 3,
                    "url": "",
                }
            )
    return made


def unlike(count: int) -> list[dict[str, object]]:
    """Releases that no other is like: words in random order."""
    draw = np.random.default_rng(5)
    words = [
        *PLACES,
        *(word for deed in DEEDS for word in deed),
        "ประชาชน",
        "จังหวัด",
        "ตลาด",
        "ถนน",
        "ข้าว",
        "น้ำ",
        "โรงเรียน",
    ]
    made: list[dict[str, object]] = []
    for number in range(count):
        told = [words[i] + str(draw.integers(1000)) for i in draw.integers(0, len(words), 60)]
        title = " ".join(told[:5])
        body = " ".join(told[30:]) + " " + " ".join(told[:30])
        made.append(
            {
                "id": f"u{number}",
                "date": f"2024-05-{number % 28 + 1:02d}",
                "title": title,
                "standfirst": None,
                "body": body,
            }
        )
    return made


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for name, first in (("train-2024", 0), ("valid", 5_000), ("test", 9_000)):
        some = rows(first)  # the splits repeat one another: none of these of the first is trained on
        if name.startswith("train"):
            some += unlike(len(some))
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)
        (folder / f"{name}.jsonl.xz").write_bytes(lzma.compress(lines.encode()))
    return folder


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Pairs]:
    from obecsum.training.embeddings.vocabulary import build_tokenizer, count_words, unigram_vocabulary

    work = tmp_path_factory.mktemp("work")
    pairs = make_pairs(rows(0), seed=1)
    words = count_words(str(row["body"]) + str(row["title"]) for row in rows(0))
    train_embeddings(pairs, pairs, build_tokenizer(unigram_vocabulary(words, size=500)), work, OPTIONS)
    return work, pairs


def test_the_model_learns_which_words_go_together(trained: tuple[Path, Pairs], tmp_path: Path) -> None:
    work, pairs = trained
    log = [json.loads(line) for line in (work / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    losses = [record["loss"] for record in log if "loss" in record]
    assert np.mean(losses[-3:]) < np.mean(losses[:3])
    export_embeddings(work, tmp_path)
    assert Embedder(str(tmp_path)).dim == 32 + 24
    embedder = Embedder(str(tmp_path), dim=32)
    found = recall(embedder.encode(pairs.headlines.anchors), embedder.encode(pairs.headlines.positives))
    # The deed has another word in the body than in the headline: by words alone, which the hashed dimensions tell,
    # four bodies of a place look alike.
    assert found["recall_at_1"] > 0.9
    half = Embedder(str(tmp_path), dim=16)
    assert recall(half.encode(pairs.headlines.anchors), half.encode(pairs.headlines.positives))["recall_at_1"] > 0.85


def test_training_begins_where_shared_rare_words_are_near() -> None:
    from obecsum.training.embeddings.start import counts_of, random_weights, rarities, start_weights
    from obecsum.training.embeddings.vocabulary import build_tokenizer, count_words, unigram_vocabulary

    bodies = [str(row["body"]) for row in rows(0)]
    vocabulary = unigram_vocabulary(count_words(bodies), size=500)
    pieces = WordPieces.from_tokenizer(build_tokenizer(vocabulary), max_chars=6_000)
    counting = (3.0, 0.75, 50.0, 60.0)
    counts = counts_of(pieces, bodies, counting)
    assert counts.shape == (len(bodies), len(vocabulary))
    assert 0 < counts.data.min() < counts.data.max() < 4  # k1 + 1
    exact = np.asarray(counts.multiply(rarities(counts)[None, :]).todense())
    exact /= np.linalg.norm(exact, axis=1, keepdims=True)
    wanted = (exact @ exact.T)[np.triu_indices(len(bodies), 1)]

    def closeness(weights: np.ndarray) -> float:
        vectors = counts @ weights
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return float(np.corrcoef((vectors @ vectors.T)[np.triu_indices(len(bodies), 1)], wanted)[0, 1])

    start = closeness(start_weights(pieces, bodies, dim=40, seed=1, counting=counting))
    assert start > 0.9
    assert start > closeness(random_weights(pieces, bodies, dim=40, seed=1, counting=counting))


def test_training_counts_as_the_kernel_does() -> None:
    from obecsum.embeddings.embedder import StaticModel
    from obecsum.training.embeddings.start import counts_of
    from obecsum.training.embeddings.vocabulary import build_tokenizer, count_words, unigram_vocabulary

    texts = [str(row["body"]) for row in rows(0)[:7]]
    pieces = WordPieces.from_tokenizer(
        build_tokenizer(unigram_vocabulary(count_words(texts), size=500)), max_chars=6_000
    )
    counting = (1.5, 0.4, 30.0, 20.0)
    size = len(pieces.vocabulary)
    sums = np.empty((len(texts), size), np.float32)
    StaticModel(pieces, np.eye(size, dtype=np.float32), np.ones(size, np.float32), counting).sums(
        *pieces.cut(texts), sums
    )
    assert counts_of(pieces, texts, counting).toarray() == pytest.approx(sums, rel=1e-5)


def test_marks_are_by_rarity_and_as_long_as_asked() -> None:
    from scipy import sparse

    from obecsum.embeddings.embedder import hashed_columns
    from obecsum.training.embeddings.start import mark_lengths

    draw = np.random.default_rng(2)
    counts = sparse.random(50, 30, density=0.3, random_state=3, format="csr", dtype=np.float32)
    weights = draw.standard_normal((30, 8), dtype=np.float32)
    rare = np.linspace(0, 3, 30, dtype=np.float32)
    columns, signs = hashed_columns([f"w{number}" for number in range(30)], 16)
    marks = mark_lengths(counts, rare, weights, (columns, signs, 16), length=0.5)
    assert marks / max(marks) == pytest.approx(rare / 3, abs=1e-6)
    hashed = np.zeros((50, 16))
    np.add.at(hashed.T, columns, (counts.toarray() * marks * signs).T)
    shares = np.linalg.norm(hashed, axis=1).mean() / np.linalg.norm(counts @ weights, axis=1).mean()
    assert shares == pytest.approx(0.5, rel=1e-4)


def test_the_same_seed_gives_the_same_weights(trained: tuple[Path, Pairs], tmp_path: Path) -> None:
    from tokenizers import Tokenizer

    work, pairs = trained
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    again = tmp_path / "again"
    train_embeddings(pairs, pairs, tokenizer, again, OPTIONS)
    assert np.allclose(np.load(again / "weights.npy"), np.load(work / "weights.npy"), atol=1e-4)


def test_the_exported_folder_is_sentence_transformers_own(trained: tuple[Path, Pairs], tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    work, pairs = trained
    size = export_embeddings(work, tmp_path)
    assert size == (tmp_path / "model.safetensors").stat().st_size
    assert not list(tmp_path.glob("*.bin"))
    anchors = pairs.headlines.anchors[:5]
    theirs = SentenceTransformer(str(tmp_path), device="cpu").encode(anchors, normalize_embeddings=True)
    assert theirs.shape == (5, 32)
    ours = Embedder(str(tmp_path), dim=32)
    assert ours.static is not None
    plain = replace(ours.static, counting=(0.0, 0.0, 1.0, 0.0))
    sums = np.empty((5, 32), np.float32)
    plain.sums(*plain.pieces.cut(anchors), sums)
    assert sums / np.linalg.norm(sums, axis=1, keepdims=True) == pytest.approx(theirs, abs=1e-5)
    # What they cannot do, the place of a piece and its repeats, changes little in a headline.
    assert (ours.encode(anchors) * theirs).sum(axis=1).min() > 0.9


def test_the_whole_recipe_runs_and_goes_on(corpus: Path, tmp_path: Path) -> None:
    options = EmbeddingOptions(dim=16, matryoshka=(16, 8), hashed=0, steps=4, batch_size=8, eval_steps=2)
    said: list[str] = []
    work, out = tmp_path / "work", tmp_path / "model"
    figures = run_embeddings(corpus, work, out, options, vocab_size=300, say=said.append)
    assert 0 <= figures["recall_at_1_16"] <= 1
    assert json.loads((work / "excluded.json").read_text()) != []  # the fixture's splits repeat one another
    assert (out / "model.safetensors").is_file()
    assert Embedder(str(out)).dim == 16


def test_pairs_hold_no_leak_and_follow_the_dates() -> None:
    title = "รัฐมนตรีเปิดงานวันข้าวและชาวนาแห่งชาติที่จังหวัดสุพรรณบุรี"
    body = title + "\n" + "รัฐมนตรีเดินทางไปเปิดงานพร้อมคณะและพบชาวนาในพื้นที่อย่างใกล้ชิดตลอดทั้งวัน " * 4
    late = {"id": "1", "date": "2024-02-01", "title": title, "standfirst": None, "body": body}
    early = {**late, "id": "2", "date": "2024-01-01", "body": body.replace("พบชาวนา", "เยี่ยมโรงสี")}
    copy = {**late, "id": "3", "date": "2024-03-01"}
    pairs = make_pairs([late, early, copy], seed=1)
    assert len(pairs.headlines) == 2
    assert "เยี่ยมโรงสี" in pairs.headlines.positives[0]
    assert all(not text.startswith("รัฐมนตรีเปิดงานวันข้าว") for text in pairs.headlines.positives)
    assert len(make_pairs([late, early], seed=1, exclude=["2"]).headlines) == 1


def test_recall_counts_ties_as_half() -> None:
    same = np.ones((3, 4), np.float32)
    assert recall(same, same)["recall_at_1"] == 0.0
    apart = np.eye(3, dtype=np.float32)
    assert recall(apart, apart) == {"recall_at_1": 1.0, "recall_at_10": 1.0, "mrr": 1.0}


def test_wrong_recipes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="steps must be at least 1"):
        EmbeddingOptions(steps=0)
    with pytest.raises(OptionError, match="hashed must be at least 0"):
        EmbeddingOptions(hashed=-1)
    with pytest.raises(OptionError, match="hashed_length above 0"):
        EmbeddingOptions(hashed_length=0)
    with pytest.raises(OptionError, match="matryoshka must end at dim"):
        EmbeddingOptions(dim=64, matryoshka=(32,))
    with pytest.raises(InputError, match="no headline with a body"):
        train_embeddings(Pairs(), Pairs(), None, tmp_path, EmbeddingOptions())
    with pytest.raises(InputError, match="no finished run"):
        export_embeddings(tmp_path, tmp_path / "out")
