"""semhash as a peer of ``benchmarks.dedup.relations``, with vectors that can be made offline.

semhash (MinishLab) removes what is near in the space of an embedding model; its default model comes from a hub. Any
object with ``encode`` does, so two stand in for it: LSA (TF-IDF of the same character 5-grams as the other rows,
reduced to 256 dimensions by a truncated singular value decomposition fitted on the releases compared), and
obecsum's own embedding model where it is installed. It is no dependency: install it
(``benchmarks/requirements.txt``) for its rows.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from obecsum.text.normalize import fold, normalize

__all__ = ["semhash_rows"]

Decide = Callable[[str, str], bool]
DIMENSIONS = 256
SEED = 0


class Lsa:
    """TF-IDF of character 5-grams, reduced by LSA; fitted on the texts given."""

    def __init__(self, texts: Iterable[str]) -> None:
        reduction = importlib.import_module("sklearn.decomposition")
        words = importlib.import_module("sklearn.feature_extraction.text")
        preprocessing = importlib.import_module("sklearn.preprocessing")
        distinct = sorted(set(texts))
        self._pipeline = (
            importlib.import_module("sklearn.pipeline")
            .make_pipeline(
                words.TfidfVectorizer(analyzer="char", ngram_range=(5, 5), preprocessor=_compact, sublinear_tf=True),
                reduction.TruncatedSVD(min(DIMENSIONS, len(distinct) - 1), random_state=SEED),
                preprocessing.Normalizer(),
            )
            .fit(distinct)
        )

    def encode(self, inputs: Sequence[str], **_: Any) -> npt.NDArray[np.float32]:
        """Vectors of length 1, float32, one row a text."""
        return np.asarray(self._pipeline.transform(list(inputs)), dtype=np.float32)


class Own:
    """obecsum's embedding model; its vectors have length 1."""

    def __init__(self) -> None:
        from obecsum.embeddings import Embedder

        self._embedder = Embedder()

    def encode(self, inputs: Sequence[str], **_: Any) -> npt.NDArray[np.float32]:
        """Vectors, float32, one row a text."""
        return np.asarray(self._embedder.encode(list(inputs)), dtype=np.float32)


def _compact(text: str) -> str:
    return fold(normalize(text)).replace(" ", "")


class KnownVectors:
    """The vectors of texts, worked out in one batch, as an encoder."""

    def __init__(self, encoder: Any, texts: Sequence[str]) -> None:
        self._rows = dict(zip(texts, encoder.encode(texts), strict=True))

    def encode(self, inputs: Sequence[str], **_: Any) -> npt.NDArray[np.float32]:
        """Vectors, float32, one row a text."""
        return np.stack([self._rows[text] for text in inputs])


def semhash_at(min_cosine: float, encoder: Any) -> Decide:
    """What semhash's ``self_deduplicate`` says of two texts; exact duplicates first, as it does itself."""
    semhash = importlib.import_module("semhash")

    def decide(a: str, b: str) -> bool:
        index = semhash.SemHash.from_records([a, b], model=encoder, ann_backend="basic")
        return bool(index.self_deduplicate(threshold=min_cosine).filtered)

    return decide


def semhash_rows(texts: Iterable[str], thresholds: Sequence[float] = (0.8, 0.9, 0.95)) -> list[tuple[str, Decide]]:
    """The rows of semhash at its default of 0.9 and around it; none where it is not installed."""
    if importlib.util.find_spec("semhash") is None or importlib.util.find_spec("sklearn") is None:
        return []
    rows = []
    distinct = sorted(set(texts))
    encoders: list[tuple[str, Any]] = [("LSA", Lsa(distinct))]
    try:
        encoders.append(("obecsum embeddings", Own()))
    except Exception as error:  # the model is no part of every checkout; its rows are left out then
        print(f"no semhash rows with obecsum's embeddings: {error}")
    for name, encoder in encoders:
        known = KnownVectors(encoder, distinct)
        rows += [(f"semhash {t}, {name}", semhash_at(t, known)) for t in thresholds]
    return rows
