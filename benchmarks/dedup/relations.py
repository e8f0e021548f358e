"""What clean-ups delete on labelled pairs: obecsum beside keep-all, exact hashes, datasketch, rensa, TF-IDF.

    python -m benchmarks.dedup.relations LABELS --corpus FEED... [--strata COUNTS.json] [--json OUT]

A row removes one release of a pair or keeps both (obecsum: what ``dedupe`` removes). "Duplicates removed" is its share
of the pairs labelled duplicate or contained; "news deleted" the share of what it removes that is labelled update,
related or different. The MinHash rows estimate the Jaccard similarity of character 5-grams with 128 permutations and
remove at the threshold, each with its own hashing, as their documentation shows it. rensa is no dependency: install it
to have its rows.

The TF-IDF rows are the cosine of vectors of the same 5-grams, weighted by their frequency in the labelled releases.
The semhash rows are those of :mod:`~.embedding_peers`: its default model comes from a hub, so vectors that
can be made offline stand in for it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from benchmarks.dedup.embedding_peers import Decide, semhash_rows
from benchmarks.machine import machine, sha256
from obecsum.core.release import Release
from obecsum.evaluate.pairs import (
    LabelledPair,
    PairScores,
    compare_pairs,
    find_releases,
    read_labels,
    score,
)
from obecsum.feeds.read import read
from obecsum.text.normalize import fold, normalize

NUM_PERM = 128


@lru_cache(maxsize=2048)
def shingle_set(text: str) -> frozenset[str]:
    """Character 5-grams of the folded text without white space: the same for all rows."""
    compact = fold(normalize(text)).replace(" ", "")
    return frozenset(compact[i : i + 5] for i in range(len(compact) - 4))


def exact_hash(a: str, b: str) -> bool:
    """Whether the texts have one SHA-256 once white space is collapsed."""
    first, second = (hashlib.sha256(" ".join(text.split()).encode()).digest() for text in (a, b))
    return first == second


def datasketch_at(min_jaccard: float) -> Decide:
    """Datasketch's MinHash with its default hash."""
    return lambda a, b: bool(_datasketch(a).jaccard(_datasketch(b)) >= min_jaccard)


@lru_cache(maxsize=2048)
def _datasketch(text: str) -> Any:
    from datasketch import MinHash

    minhash = MinHash(num_perm=NUM_PERM, seed=1)
    minhash.update_batch([gram.encode() for gram in sorted(shingle_set(text))])
    return minhash


def rensa_at(min_jaccard: float) -> Decide | None:
    """Rensa's R-MinHash; None where it is not installed."""
    if importlib.util.find_spec("rensa") is None:
        return None
    return lambda a, b: bool(_rensa(a).jaccard(_rensa(b)) >= min_jaccard)


@lru_cache(maxsize=2048)
def _rensa(text: str) -> Any:
    minhash = importlib.import_module("rensa").RMinHash(num_perm=NUM_PERM, seed=1)
    minhash.update(sorted(shingle_set(text)))
    return minhash


class Tfidf:
    """Vectors of texts by the frequency of their 5-grams, worked out once a text."""

    def __init__(self, weights: dict[str, float]) -> None:
        self._weights = weights
        self._vectors: dict[str, dict[str, float]] = {}

    def vector(self, text: str) -> dict[str, float]:
        """(1 + ln count) x idf of each 5-gram, of length 1, as scikit-learn's with ``sublinear_tf``."""
        if text not in self._vectors:
            compact = fold(normalize(text)).replace(" ", "")
            counts = Counter(compact[i : i + 5] for i in range(len(compact) - 4))
            parts = {gram: (1 + math.log(count)) * self._weights[gram] for gram, count in counts.items()}
            norm = math.sqrt(sum(part * part for part in parts.values())) or 1.0
            self._vectors[text] = {gram: part / norm for gram, part in parts.items()}
        return self._vectors[text]

    def at(self, min_cosine: float) -> Decide:
        """Cosine of two texts' vectors."""

        def decide(a: str, b: str) -> bool:
            first, second = self.vector(a), self.vector(b)
            return sum(part * second.get(gram, 0.0) for gram, part in first.items()) >= min_cosine

        return decide


def idf(texts: Iterable[str]) -> dict[str, float]:
    """Smoothed inverse document frequency of each 5-gram."""
    distinct = set(texts)
    seen = Counter(gram for text in distinct for gram in shingle_set(text))
    return {gram: math.log((1 + len(distinct)) / (1 + count)) + 1 for gram, count in seen.items()}


def peers(texts: Iterable[str]) -> list[tuple[str, Decide]]:
    """The rows that are not obecsum's."""
    rows: list[tuple[str, Decide]] = [("keep all", lambda _a, _b: False), ("exact hash", exact_hash)]
    rows += [(f"datasketch {t}", datasketch_at(t)) for t in (0.7, 0.8, 0.9)]
    for threshold in (0.7, 0.8, 0.9):
        decide = rensa_at(threshold)
        if decide:
            rows.append((f"rensa {threshold}", decide))
    texts = list(texts)
    tfidf = Tfidf(idf(texts))
    rows += [(f"TF-IDF cosine {t}", tfidf.at(t)) for t in (0.8, 0.9, 0.95)]
    return rows + semhash_rows(texts)


def run(
    pairs: Sequence[LabelledPair], releases: dict[str, Release], weights: dict[str, float] | None
) -> list[tuple[str, PairScores]]:
    """The scores of each row."""
    texts = [(releases[pair.a].full_text, releases[pair.b].full_text) for pair in pairs]
    results = []
    for name, decide in peers(text for pair in texts for text in pair):
        results.append((name, score(pairs, [decide(a, b) for a, b in texts], stratum_weights=weights)))
    for name, use_dates in (("obecsum, texts alone", False), ("obecsum", True)):
        found = compare_pairs(pairs, releases, use_dates=use_dates)
        results.append((name, score(pairs, [c.a_can_go or c.b_can_go for c in found], stratum_weights=weights)))
    return results


def table(results: Sequence[tuple[str, PairScores]]) -> str:
    """The rows as Markdown."""
    lines = [
        "| | removed | duplicates removed | news deleted | duplicates removed, by stratum | news deleted, by stratum |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {s.num_removed} of {s.num_pairs} | {s.recall} | {s.news_deleted} | {s.recall_by_stratum} "
        f"| {s.news_by_stratum} |"
        for name, s in results
    ]
    return "\n".join(lines)


def main(
    labels: Annotated[Path, typer.Argument(help="JSON Lines: a, b, label, confidence, stratum.")],
    corpus: Annotated[list[str], typer.Option(help="Feeds that hold the releases.")],
    confidence: Annotated[str, typer.Option(help="all, or high: only pairs labelled with high confidence.")] = "all",
    strata: Annotated[
        Path | None, typer.Option(help="JSON object: how many pairs each stratum was drawn from.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
) -> None:
    """Score every row on the labels and print the table."""
    pairs = [pair for pair in read_labels(labels) if confidence in ("all", pair.confidence)]
    releases = find_releases(pairs, (release for feed in corpus for release in read(feed)))
    weights = orjson.loads(strata.read_bytes()) if strata else None
    results = run(pairs, releases, weights)
    typer.echo(f"{len(pairs)} pairs ({confidence} confidence); 95 % intervals: Wilson; by stratum: bootstrap")
    typer.echo(table(results))
    if json:
        rows = {
            name: {
                "removed": s.num_removed,
                **{
                    key: [getattr(s, key).value, getattr(s, key).low, getattr(s, key).high]
                    for key in ("recall", "news_deleted", "recall_by_stratum", "news_by_stratum")
                },
            }
            for name, s in results
        }
        json.parent.mkdir(parents=True, exist_ok=True)
        content = {
            "labels": sha256(labels),
            "pairs": len(pairs),
            "confidence": confidence,
            "stratum_weights": weights or "equal",
            "rows": rows,
            "machine": machine(),
        }
        json.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    typer.run(main)
