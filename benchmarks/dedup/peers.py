"""What other clean-ups say of two texts: exact hashes, datasketch, rensa, TF-IDF, semhash, behind one interface.

The MinHash rows estimate the Jaccard similarity of character 5-grams with 128 permutations and remove at the
threshold, each with its own hashing, as their documentation shows it. rensa and semhash are no dependencies: install
them (``benchmarks/requirements.txt``) to have their rows. The TF-IDF rows are the cosine of vectors of the same
5-grams, weighted by their frequency in the texts compared. The semhash rows are those of :mod:`~.embedding_peers`: its
default model comes from a hub, so vectors that can be made offline stand in for it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from benchmarks.dedup.embedding_peers import Decide, semhash_rows
from obecsum.text.normalize import fold, normalize

__all__ = ["Decide", "minhash_rows", "peers"]

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


def minhash_rows(thresholds: Sequence[float] = (0.7, 0.8, 0.9)) -> list[tuple[str, Decide]]:
    """The rows of datasketch and, where it is installed, rensa."""
    rows = [(f"datasketch {threshold}", datasketch_at(threshold)) for threshold in thresholds]
    for threshold in thresholds:
        decide = rensa_at(threshold)
        if decide:
            rows.append((f"rensa {threshold}", decide))
    return rows


def peers(texts: Iterable[str]) -> list[tuple[str, Decide]]:
    """All rows that are not obecsum's; ``texts`` are all that will be compared."""
    rows: list[tuple[str, Decide]] = [("keep all", lambda _a, _b: False), ("exact hash", exact_hash), *minhash_rows()]
    texts = list(texts)
    tfidf = Tfidf(idf(texts))
    rows += [(f"TF-IDF cosine {t}", tfidf.at(t)) for t in (0.8, 0.9, 0.95)]
    return rows + semhash_rows(texts)
