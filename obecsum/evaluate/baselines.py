"""Summaries that need no model: what a summarizer must beat.

Every baseline writes a text of a given number of words, so that no score comes from length: ROUGE's F1 rewards a system
that happens to write as much as the editors do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from obecsum.evaluate.rouge import Word, ngrams, word_spans, words
from obecsum.text.segment import sentences

if TYPE_CHECKING:
    from obecsum.embeddings import Embedder

__all__ = [
    "BASELINES",
    "best_window",
    "embedding_centrality",
    "frequency",
    "frequency_in_order",
    "lead",
    "lead_half_more",
    "lexrank",
    "textrank",
]

_DAMPING = 0.85
_MIN_COSINE = 0.1
"""LexRank's edge threshold (Erkan and Radev 2004)."""

_Matrix = npt.NDArray[np.float64]


def _cut(text: str, max_words: int) -> str:
    """The text up to the end of its word number `max_words`."""
    found = word_spans(text)[:max_words]
    return text[found[0].span[0] : found[-1].span[1]] if found else ""


def lead(source: str, reference: str) -> str:
    """The source's first words, as many as the reference has."""
    return _cut(source, len(words(reference)))


def lead_half_more(source: str, reference: str) -> str:
    """The source's first words, half as many again as the reference has: recall for precision."""
    return _cut(source, round(1.5 * len(words(reference))))


def best_window(source: str, reference: str) -> str:
    """An oracle: of all the source's spans with as many words as the reference, the one that shares most with it.

    The measure is the sum of the shares of the reference's unigrams and bigrams. No extract of one span and this length
    can do much better; a window that a system chooses without seeing the reference does far worse.
    """
    target = words(reference)
    source_words = word_spans(source)
    width = len(target)
    if not source_words or not width:
        return ""
    tokens = [word.text for word in source_words]
    totals = np.zeros(max(1, len(tokens) - width + 1))
    for n in (1, 2):
        wanted = ngrams(target, n)
        if wanted:
            totals += _shared_in_windows(tokens, wanted, n, width, len(totals)) / wanted.total()
    first = int(totals.argmax())
    return _span(source, source_words[first : first + width])


def _shared_in_windows(
    tokens: Sequence[str], wanted: Mapping[tuple[str, ...], int], n: int, width: int, windows: int
) -> _Matrix:
    """How many n-grams each window shares with the wanted ones, with clipped counts; one pass over the tokens."""
    inside = dict.fromkeys(wanted, 0)
    shared = 0
    result = np.zeros(windows)
    grams = [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
    for end in range(len(tokens)):
        entering = end - n + 1
        if entering >= 0 and grams[entering] in inside:
            inside[grams[entering]] += 1
            shared += inside[grams[entering]] <= wanted[grams[entering]]
        leaving = end - width
        if 0 <= leaving < len(grams) and grams[leaving] in inside:
            shared -= inside[grams[leaving]] <= wanted[grams[leaving]]
            inside[grams[leaving]] -= 1
        result[max(0, end - width + 1)] = shared
    return result


def _span(text: str, found: Sequence[Word]) -> str:
    return text[found[0].span[0] : found[-1].span[1]]


def _fill(units: Sequence[str], ranking: Sequence[int], max_words: int, *, in_order: bool) -> str:
    """Takes units in the ranking's order until they hold enough words, and cuts what they make together."""
    chosen: list[int] = []
    missing = max_words
    for index in ranking:
        if missing <= 0:
            break
        chosen.append(index)
        missing -= len(words(units[index]))
    return _cut(" ".join(units[i].strip() for i in (sorted(chosen) if in_order else chosen)), max_words)


def _frequency(source: str, reference: str, *, in_order: bool) -> str:
    from pythainlp.summarize import summarize
    from pythainlp.tokenize import sent_tokenize

    units = [str(unit) for unit in sent_tokenize(source, engine="whitespace+newline")]
    indexes: dict[str, list[int]] = {}
    for i in reversed(range(len(units))):
        indexes.setdefault(units[i], []).append(i)
    ranking = [indexes[unit].pop() for unit in summarize(source, n=len(units), engine="frequency")]
    return _fill(units, ranking, len(words(reference)), in_order=in_order)


def frequency(source: str, reference: str) -> str:
    """The frequency summarizer as pythainlp ships it: phrases in order of score, cut at the reference's length."""
    return _frequency(source, reference, in_order=False)


def frequency_in_order(source: str, reference: str) -> str:
    """The same phrases in the source's order."""
    return _frequency(source, reference, in_order=True)


def _pagerank(weights: _Matrix) -> _Matrix:
    """Scores of a graph's nodes by power iteration; nodes without an edge get the jump only."""
    n = len(weights)
    sums = weights.sum(axis=1, keepdims=True)
    moves = np.divide(weights, sums, out=np.full_like(weights, 1 / n), where=sums > 0)
    scores = np.full(n, 1 / n)
    for _ in range(100):
        updated: _Matrix = (1 - _DAMPING) / n + _DAMPING * (scores @ moves)
        change = np.abs(updated - scores).sum()
        scores = updated
        if change < 1e-8:
            break
    return scores


def _counts(tokens: Sequence[Sequence[str]]) -> _Matrix:
    """Word counts, shape (sentences, vocabulary)."""
    vocabulary = {word: i for i, word in enumerate(dict.fromkeys(word for sentence in tokens for word in sentence))}
    counts = np.zeros((len(tokens), len(vocabulary)))
    for i, sentence in enumerate(tokens):
        for word in sentence:
            counts[i, vocabulary[word]] += 1
    return counts


def _rank(source: str, reference: str, weigh: Callable[[_Matrix], _Matrix]) -> str:
    """Ranks sentences by a graph over them; the best are given in the source's order."""
    units = [source[start:end] for start, end in sentences(source)]
    tokens = [words(unit) for unit in units]
    units = [unit for unit, found in zip(units, tokens, strict=True) if found]
    tokens = [found for found in tokens if found]
    if not units:
        return ""
    weights = weigh(_counts(tokens))
    np.fill_diagonal(weights, 0)
    scores = _pagerank(weights)
    ranking = sorted(range(len(units)), key=lambda i: (-scores[i], i))
    return _fill(units, ranking, len(words(reference)), in_order=True)


def textrank(source: str, reference: str) -> str:
    """TextRank on Thai sentences and newmm words (Mihalcea and Tarau 2004).

    An edge weighs the words that two sentences share over the sum of the logarithms of their lengths.
    """

    def weigh(counts: _Matrix) -> _Matrix:
        present = (counts > 0).astype(np.float64)
        lengths = np.log(counts.sum(axis=1))
        scale = lengths[:, None] + lengths[None, :]
        weights: _Matrix = np.divide(present @ present.T, scale, out=np.zeros_like(scale), where=scale > 0)
        return weights

    return _rank(source, reference, weigh)


def lexrank(source: str, reference: str) -> str:
    """LexRank on Thai sentences and newmm words (Erkan and Radev 2004).

    Edges join sentences whose TF-IDF cosine is at least 0.1; the inverse document frequency is over the sentences of
    the release.
    """

    def weigh(counts: _Matrix) -> _Matrix:
        rarity = np.log(len(counts) / (counts > 0).sum(axis=0)) if len(counts) > 1 else np.ones(counts.shape[1])
        vectors = counts * rarity
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
        edges: _Matrix = (vectors @ vectors.T >= _MIN_COSINE).astype(np.float64)
        return edges

    return _rank(source, reference, weigh)


@lru_cache(maxsize=1)
def _embedder() -> Embedder:
    from obecsum.embeddings import Embedder

    return Embedder()


def embedding_centrality(source: str, reference: str) -> str:
    """The sentences whose vectors are nearest to the whole release's, less what those before them say already.

    Vectors are those of ``obecsum-embeddings``; redundancy is held down as in maximal marginal relevance (Carbonell and
    Goldstein 1998), with equal weights.
    """
    units = [source[start:end] for start, end in sentences(source)]
    vectors, known = _embedder().encode_known([source, *units], num_threads=1)
    if not known[0]:
        return ""
    left = [i for i in range(len(units)) if known[i + 1]]
    central = vectors[1:] @ vectors[0]
    ranking: list[int] = []
    said = np.zeros(len(units), dtype=np.float32)
    while left:
        best = max(left, key=lambda i: (float(central[i] - said[i]), -i))
        left.remove(best)
        ranking.append(best)
        said = np.maximum(said, vectors[1:] @ vectors[best + 1])
    return _fill(units, ranking, len(words(reference)), in_order=True)


BASELINES: Mapping[str, Callable[[str, str], str]] = {
    "lead": lead,
    "lead x 1.5": lead_half_more,
    "best window (oracle)": best_window,
    "pythainlp frequency": frequency,
    "pythainlp frequency, in order": frequency_in_order,
    "TextRank": textrank,
    "LexRank": lexrank,
    "embedding centrality": embedding_centrality,
}
"""Name of each baseline: its function of source and reference. Only the oracle uses more of it than its length."""
