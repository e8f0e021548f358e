"""Draws pairs of releases to read: within 7 days, from all ranges of the scores of four systems, densest where high.

    python -m benchmarks.stories.draw CORPUS_FOLDER OUT.jsonl --draw 1
    python -m benchmarks.stories.draw CORPUS_FOLDER OUT.jsonl --draw 2

The systems are the cosines of TF-IDF vectors of character 4-grams and of the model's words, those of the embeddings,
and the story rule's score, so that the pairs that it nearly takes are read too. Near-duplicates are left out: they need
no reading. The second draw is of other months and half of it of pairs of one desk, by the rule's score without the
evidence of desks. Ids and strata only; the reader sees no score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import orjson
import typer

from benchmarks.stories.pairs import WINDOW_DAYS, as_release, gatherer_of, read_rows
from obecsum.embeddings import Embedder
from obecsum.story.evidence import day_of
from obecsum.story.rule import StoryRule
from obecsum.story.search import near_pairs

# Three months each, of several years and seasons; none of the months that the rule is measured on.
WINDOWS = (
    ("2019-06", "2019-06-01", "2019-08-31"),
    ("2020-10", "2020-10-01", "2020-12-31"),
    ("2021-07", "2021-07-01", "2021-09-30"),
    ("2022-04", "2022-04-01", "2022-06-30"),
    ("2022-10", "2022-10-01", "2022-12-31"),
    ("2023-01", "2023-01-01", "2023-03-31"),
    ("2024-03", "2024-03-01", "2024-05-31"),
)
MORE_WINDOWS = (
    ("2018-03", "2018-03-01", "2018-05-31"),
    ("2018-10", "2018-10-01", "2018-12-31"),
    ("2020-03", "2020-03-01", "2020-05-31"),
    ("2021-01", "2021-01-01", "2021-03-31"),
    ("2022-07", "2022-07-01", "2022-09-30"),
    ("2023-05", "2023-05-01", "2023-07-31"),
    ("2023-10", "2023-10-01", "2023-12-31"),
    ("2024-01", "2024-01-01", "2024-02-29"),
)
THIRD_WINDOWS = (
    ("2018-07", "2018-07-01", "2018-09-30"),
    ("2019-03", "2019-03-01", "2019-05-31"),
    ("2020-07", "2020-07-01", "2020-09-30"),
    ("2021-04", "2021-04-01", "2021-06-30"),
    ("2021-10", "2021-10-01", "2021-12-31"),
    ("2023-08", "2023-08-01", "2023-09-30"),
)
STRATA = ((0, 150, 0.28), (150, 500, 0.28), (500, 1500, 0.25), (1500, 6000, 0.15), (6000, 600_000, 0.04))
RULE_STRATA = ((0, 150, 0.5), (150, 500, 0.5))
DESK_STRATA = ((0, 100, 0.4), (100, 300, 0.35), (300, 900, 0.25))
# Windows; pairs of a window for each of three systems, by the rule's score, and of one desk.
DRAWS = {1: (WINDOWS, 14, 15, 0), 2: (MORE_WINDOWS, 3, 11, 20), 3: (THIRD_WINDOWS, 15, 0, 35)}
_RANKS_OF = 2_811  # releases of the feed that the ranks of the strata were first set for
_COPY = 0.93  # cosine of character 4-grams from which two releases are near-duplicates
_CHARS = 2_500

F32 = npt.NDArray[np.float32]


def cosines(texts: Sequence[str], embedder: Embedder) -> Iterator[tuple[str, F32]]:
    """The matrix of each system's cosines."""
    import scipy.sparse as sp
    from sklearn.feature_extraction.text import TfidfVectorizer

    grams = TfidfVectorizer(analyzer="char", ngram_range=(4, 4), sublinear_tf=True, dtype=np.float32)
    by_grams = grams.fit_transform(["".join(text.split()) for text in texts])
    yield "char4", (by_grams @ by_grams.T).toarray()
    if embedder.static is None:
        raise ValueError(f"{embedder.name} has no vocabulary of its own to count words by")
    ids, bounds = embedder.static.pieces.cut(texts)
    counts = sp.csr_matrix((np.ones(len(ids), np.float32), ids, bounds), shape=(len(texts), int(ids.max()) + 1))
    counts.sum_duplicates()
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    counts.data = 1 + np.log(counts.data)
    counts = counts @ sp.diags(np.log((len(texts) + 1) / (held + 1)) + 1)
    by_words = sp.diags(1 / np.sqrt(np.asarray(counts.multiply(counts).sum(1)).ravel() + 1e-9)) @ counts
    yield "words", (by_words @ by_words.T).toarray().astype(np.float32)
    vectors, known = embedder.encode_known(texts)
    vectors[~known] = 0.0
    yield "emb", vectors @ vectors.T


def draw(
    rows: Sequence[dict[str, Any]], embedder: Embedder, rng: Any, *, each: int, by_rule: int, of_a_desk: int
) -> dict[Any, str]:
    """Pairs of places in ``rows``, ordered by publication, and the stratum of each."""
    texts = [f"{row['title']} {row['body']}"[:_CHARS] for row in rows]
    days = np.array([day_of(row["date"]) for row in rows])
    first, second = np.triu_indices(len(rows), 1)
    within = days[second] - days[first] <= WINDOW_DAYS
    first, second = first[within], second[within]
    scale = len(rows) / _RANKS_OF
    taken: dict[Any, str] = {}
    copies: set[tuple[int, int]] = set()

    def take(name: str, pairs: Sequence[tuple[int, int]], strata: Sequence[tuple[int, int, float]], total: int) -> None:
        for low, high, share in strata:
            ranks = np.arange(round(low * scale), min(round(high * scale), len(pairs)))
            wanted = round(total * share)
            for rank in rng.permutation(ranks):
                if wanted == 0:
                    break
                if pairs[rank] not in taken and pairs[rank] not in copies:
                    taken[pairs[rank]] = f"{name}:{low}-{high}"
                    wanted -= 1

    kept = np.ones(len(first), bool)
    for name, matrix in cosines(texts, embedder):
        near = matrix[first, second]
        if name == "char4":
            kept = near < _COPY
            copies = set(zip(first[~kept].tolist(), second[~kept].tolist(), strict=True))
        order = np.argsort(-np.where(kept, near, -1.0), kind="stable")[: int(kept.sum())]
        take(name, list(zip(first[order].tolist(), second[order].tolist(), strict=True)), STRATA, each)
    rule = StoryRule()
    gatherer, vectors = gatherer_of([as_release(row) for row in rows], embedder)
    gatherer.read(range(len(rows)))
    near_ones = near_pairs(vectors, days.tolist(), window_days=WINDOW_DAYS, min_cosine=rule.min_cosine)
    evidence = [((i, j), gatherer.look(i, j, cosine)) for i, j, cosine in near_ones if (i, j) not in copies]
    take("rule", [pair for pair, _ in sorted(evidence, key=lambda each: -rule.score(each[1]))], RULE_STRATA, by_rule)
    at_one = [(pair, replace(found, desks=0)) for pair, found in evidence if found.desks < 0]
    take("desk", [pair for pair, _ in sorted(at_one, key=lambda each: -rule.score(each[1]))], DESK_STRATA, of_a_desk)
    return taken


def main(
    corpus: Annotated[Path, typer.Argument(help="Folder of train-*.jsonl.xz.")],
    out: Annotated[Path, typer.Argument(help="File of pairs to write.")],
    number: Annotated[int, typer.Option("--draw", help="1, 2 or 3: which months, and which kinds of pairs.")] = 1,
) -> None:
    """Draw, shuffle, write."""
    windows, each, by_rule, of_a_desk = DRAWS[number]
    embedder = Embedder()
    lines = []
    for index, (name, begin, end) in enumerate(windows):
        rng = np.random.default_rng([number - 1, index])
        rows = [row for row in read_rows(corpus / f"train-{name[:4]}.jsonl.xz") if begin <= row["date"][:10] <= end]
        rows.sort(key=lambda row: (row["date"], str(row["id"])))
        pairs = draw(rows, embedder, rng, each=each, by_rule=by_rule, of_a_desk=of_a_desk)
        keys = sorted(pairs)
        rng.shuffle(keys)
        for key in keys:
            i, j = map(int, key)
            lines.append({"a": str(rows[i]["id"]), "b": str(rows[j]["id"]), "stratum": pairs[i, j], "months": name})
        typer.echo(f"{name}: {len(rows)} releases, {len(keys)} pairs")
    out.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))


if __name__ == "__main__":
    typer.run(main)
