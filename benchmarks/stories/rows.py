"""The rows of benchmarks/stories/quality.py: each says how near texts are to texts, as a matrix.

scikit-learn makes the TF-IDF and LSA rows; BM25 is a few lines over the same counts (Robertson and Zaragoza 2009,
k1 1.5, b 0.75). Every lexical row is fitted on the documents that are searched, folded as obecsum folds them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from obecsum.embeddings import Embedder
from obecsum.embeddings.embedder import StaticModel
from obecsum.text.normalize import fold, normalize

F32 = npt.NDArray[np.float32]
MAX_CHARS = 6_000


@dataclass(frozen=True, slots=True)
class Comparer:
    """A way to compare texts.

    Attributes:
        name: What tables call it.
        compare: From queries and documents to scores of shape (queries, documents), higher is nearer.
    """

    name: str
    compare: Callable[[Sequence[str], Sequence[str]], F32]


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """The folded text's opening."""
    return fold(normalize(text[:MAX_CHARS]))


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[str, ...]:
    """Its words by newmm, without spaces and punctuation."""
    from pythainlp.tokenize import word_tokenize

    return tuple(w for w in word_tokenize(folded(text), engine="newmm") if any(c.isalnum() for c in w))


def compact(text: str) -> str:
    """The folded text without white space."""
    return "".join(folded(text).split())


def _tfidf(*, chars: bool, sublinear: bool) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    if chars:
        return TfidfVectorizer(
            analyzer="char", ngram_range=(4, 4), preprocessor=compact, sublinear_tf=sublinear, dtype=np.float32
        )
    return TfidfVectorizer(analyzer=words, sublinear_tf=sublinear, dtype=np.float32)


def tfidf(*, chars: bool, sublinear: bool) -> Comparer:
    """Cosine of TF-IDF vectors of newmm words or character 4-grams."""

    def compare(queries: Sequence[str], documents: Sequence[str]) -> F32:
        model = _tfidf(chars=chars, sublinear=sublinear)
        fitted = model.fit_transform(documents)
        return np.asarray((model.transform(queries) @ fitted.T).toarray(), np.float32)

    what = "character 4-grams" if chars else "newmm words"
    return Comparer(f"TF-IDF, {what}" + (", 1 + log counts" if sublinear else ""), compare)


def bm25() -> Comparer:
    """Okapi BM25 over newmm words."""

    def compare(queries: Sequence[str], documents: Sequence[str]) -> F32:
        from sklearn.feature_extraction.text import CountVectorizer

        model = CountVectorizer(analyzer=words, dtype=np.float32)
        counts = model.fit_transform(documents).tocsr()
        asked = model.transform(queries).sign()
        held = np.bincount(counts.indices, minlength=counts.shape[1])
        idf = np.log(1 + (len(documents) - held + 0.5) / (held + 0.5))
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        owners = np.repeat(np.arange(len(documents)), np.diff(counts.indptr))
        damped = counts.data + 1.5 * (0.25 + 0.75 * lengths[owners] / lengths.mean())
        counts.data = counts.data * 2.5 / damped * idf[counts.indices]
        return np.asarray((asked @ counts.T).toarray(), np.float32)

    return Comparer("BM25, newmm words", compare)


def lsa(dim: int) -> Comparer:
    """Latent semantic analysis of the words' TF-IDF, in as many dimensions as the model."""

    def compare(queries: Sequence[str], documents: Sequence[str]) -> F32:
        from sklearn.decomposition import TruncatedSVD
        from sklearn.preprocessing import normalize as unit

        model = _tfidf(chars=False, sublinear=True)
        fitted = model.fit_transform(documents)
        svd = TruncatedSVD(min(dim, len(documents) - 1), random_state=0)
        projected = unit(svd.fit_transform(fitted))
        return np.asarray(unit(svd.transform(model.transform(queries))) @ projected.T, np.float32)

    return Comparer(f"LSA of the words, {dim}", compare)


def minhash() -> Comparer:
    """Share of equal values of 128-permutation signatures over character 5-grams."""

    def compare(queries: Sequence[str], documents: Sequence[str]) -> F32:
        from obecsum.minhash.signatures import signatures

        asked, held = signatures(queries), signatures(documents)
        return np.stack([(held == one).mean(axis=1) for one in asked]).astype(np.float32)

    return Comparer("MinHash, 128 permutations", compare)


def embeddings(embedder: Embedder, name: str) -> Comparer:
    """Cosine of an embedder's vectors; a text without a vector is near nothing."""

    def compare(queries: Sequence[str], documents: Sequence[str]) -> F32:
        asked, _ = embedder.encode_known(queries)
        held, _ = embedder.encode_known(documents)
        return np.asarray(np.nan_to_num(asked @ held.T, nan=-1.0), np.float32)

    return Comparer(name, compare)


def hybrid(dense: Comparer, lexical: Comparer) -> Comparer:
    """Both at once: cosine and a hundredth of the BM25 score, a weight chosen on the validation months."""

    def compare(queries: Sequence[str], documents: Sequence[str]) -> F32:
        both = dense.compare(queries, documents) + np.float32(0.01) * lexical.compare(queries, documents)
        return np.asarray(both, np.float32)

    return Comparer(f"{dense.name} + {lexical.name}", compare)


def plain_mean(embedder: Embedder) -> Embedder:
    """The same weights as sentence-transformers alone runs them: a word that is there n times counts n times."""
    other = Embedder(embedder.name)
    if other.static is not None:
        other.static = replace(other.static, counting=(0.0, 0.0, 1.0, 0.0), hashed=0, marks=None)
        other.dim = other.static.rows.shape[1]
    return other


def untrained(embedder: Embedder, documents: Sequence[str]) -> Embedder:
    """The same model before training: random directions weighted by rarity."""
    from obecsum.training.embeddings.start import random_weights

    other = Embedder(embedder.name)
    if embedder.static is None:
        raise ValueError(f"{embedder.name} is no StaticEmbedding that can be made anew")
    pieces = embedder.static.pieces
    counting = embedder.static.counting
    rows = random_weights(pieces, documents, dim=other.dim, seed=1, counting=counting)
    other.static = StaticModel(pieces, rows, np.ones(len(rows), np.float32), counting)
    return other
