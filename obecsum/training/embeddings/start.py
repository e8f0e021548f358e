"""Where the embedding model's training begins: the words that two texts share, in as few dimensions as it has.

Two texts are first compared by the words that they share. A repeated word counts less and less, as in BM25, and each
counts by the square root of its rarity on either side, so that a shared word counts by its rarity once. (TF-IDF's
cosine takes the rarity on both sides and so counts it twice: with counts saturated alike, of the validation months'
headlines 76.4 % find their body first instead of 79.0 %.)
The strongest singular vectors of the bodies (latent semantic analysis, Deerwester et al. 1990, by a randomized range
finder, Halko, Martinsson and Tropp 2011) say what texts have most in common, random projections of the rest which rare
words they hold.

What so few dimensions blur, the hashed ones behind them keep: a sign in one of them for each word, by its rarity.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from obecsum.embeddings.pieces import WordPieces

__all__ = ["Counting", "counts_of", "mark_lengths", "random_weights", "rarities", "start_weights"]

F32 = npt.NDArray[np.float32]
Counting = tuple[float, float, float, float]
_MORE = 32  # directions beyond those asked for, and
_ROUNDS = 3  # rounds of the range finder: enough where the singular values fall as slowly as those of texts
_CHUNK = 2_048


def counts_of(pieces: WordPieces, texts: Sequence[str], counting: Counting) -> Any:
    """``scipy.sparse`` matrix of shape (texts, pieces): how much each piece counts in each text.

    Args:
        pieces: Cuts the texts.
        texts: Any texts.
        counting: As for :class:`obecsum.embeddings.embedder.StaticModel`.
    """
    from scipy import sparse

    k1, b, usual, lead = counting
    parts = []
    for first in range(0, len(texts), _CHUNK):
        chunk = texts[first : first + _CHUNK]
        ids, bounds = pieces.cut(chunk)
        positions = np.arange(len(ids)) - np.repeat(bounds[:-1], np.diff(bounds))
        weights = (1 / (1 + positions / lead) if lead else np.ones(len(ids))).astype(np.float32)
        part = sparse.csr_matrix((weights, ids, bounds), (len(chunk), len(pieces.vocabulary)))
        part.sum_duplicates()
        lengths = np.repeat(np.asarray(part.sum(axis=1)).ravel(), np.diff(part.indptr)).astype(np.float32)
        half = np.float32(k1) * (1 - np.float32(b) + np.float32(b) * lengths / np.float32(usual))
        part.data = part.data * np.float32(k1 + 1) / (part.data + half)
        parts.append(part)
    return sparse.vstack(parts).tocsr()


def rarities(counts: Any) -> F32:
    """Square root of the inverse document frequency of each column; 0 for the first, which is what is unknown."""
    size = counts.shape[0]
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    found: F32 = np.sqrt(np.log((size + 1) / (held + 1))).astype(np.float32)
    found[0] = 0.0
    return found


def random_weights(pieces: WordPieces, texts: Sequence[str], *, dim: int, seed: int, counting: Counting) -> F32:
    """Random directions as long as each piece is rare: what an untrained model of the same size is."""
    weights: F32 = np.random.default_rng(seed).standard_normal((len(pieces.vocabulary), dim), dtype=np.float32)
    weights *= rarities(counts_of(pieces, texts, counting))[:, None]
    return _scaled(weights)


def start_weights(pieces: WordPieces, texts: Sequence[str], *, dim: int, seed: int, counting: Counting) -> F32:
    """Singular vectors in the first fifth of the dimensions, random directions at right angles to them in the others.

    Args:
        pieces: Cuts the texts.
        texts: Bodies.
        dim: Dimensions.
        seed: Of the range finder and of the random directions.
        counting: As for :func:`counts_of`.

    Returns:
        float32 of shape (pieces, dim), rows as long as the piece is rare, of length 2 on average.
    """
    from scipy import sparse

    counts = counts_of(pieces, texts, counting)
    rare = rarities(counts)
    matrix = counts @ sparse.diags(rare)
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    matrix = (sparse.diags(1 / np.maximum(lengths, 1e-6)) @ matrix).astype(np.float32).tocsr()
    turned = matrix.T.tocsr()
    draw = np.random.default_rng(seed)
    wanted = min(dim // 5, min(matrix.shape) - 1)
    basis = draw.standard_normal((matrix.shape[1], min(wanted + _MORE, *matrix.shape)), dtype=np.float32)
    for _ in range(_ROUNDS):
        basis, _ = np.linalg.qr(turned @ (matrix @ basis))
    projected = matrix @ basis
    rotation, _, _ = np.linalg.svd(projected.T @ projected)
    strongest = (basis @ rotation)[:, :wanted]
    noise = draw.standard_normal((len(strongest), dim - wanted), dtype=np.float32) / np.float32(math.sqrt(dim - wanted))
    noise -= strongest @ (strongest.T @ noise)
    return _scaled((np.concatenate([strongest, noise], axis=1) * rare[:, None]).astype(np.float32))


def mark_lengths(counts: Any, rare: F32, weights: F32, hashed: tuple[Any, F32, int], *, length: float) -> F32:
    """How much each piece adds in its hashed dimension: by its rarity, so that a shared piece counts by it once.

    Args:
        counts: Of some bodies, as :func:`counts_of` gives them.
        rare: As :func:`rarities` gives it.
        weights: The learned weights, of shape (pieces, dimensions).
        hashed: Columns and signs of the pieces as :func:`obecsum.embeddings.embedder.hashed_columns` gives them, and
            how many columns there are.
        length: Of the hashed part of a body's vector, on average, as a share of that of the learned part.

    Returns:
        float32 of shape (pieces,), none negative.
    """
    from scipy import sparse

    columns, signs, width = hashed
    signed = sparse.csr_matrix((rare * signs, (np.arange(len(rare)), columns)), (len(rare), width))
    parts = [np.asarray(counts @ weights), (counts @ signed).toarray()]
    learned, marked = (float(np.linalg.norm(part, axis=1).mean()) for part in parts)
    lengths: F32 = (rare * np.float32(length * learned / max(marked, 1e-9))).astype(np.float32)
    return lengths


def _scaled(weights: F32) -> F32:
    """The same with rows of length 2 on average, so that one learning rate suits all sizes."""
    mean = float(np.linalg.norm(weights, axis=1).mean())
    scaled: F32 = (weights * np.float32(2.0 / max(mean, 1e-9))).astype(np.float32)
    return scaled
