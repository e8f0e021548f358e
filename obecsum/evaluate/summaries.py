"""Scores Thai summaries against the editors' ones and against their sources.

Overlap with one reference says little about trust, so every run also counts which numbers, dates and names of the
summaries stand in the source, how much of the wording is new, and how much is copied in long spans. All figures come
with 95 % intervals: percentiles of bootstrap resamples over the rows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from obecsum.core.choices import SummaryKind
from obecsum.core.errors import OptionError
from obecsum.core.release import Release
from obecsum.evaluate.rouge import ngrams, rouge, words, xlsum_tokens
from obecsum.text.facts import Fact, extract_facts, supported_by
from obecsum.text.leaks import drop_leaks
from obecsum.text.normalize import fold, normalize

__all__ = [
    "METRICS",
    "Example",
    "Metric",
    "SummaryEvaluator",
    "SummaryScores",
    "as_kind",
    "examples",
    "fragments",
    "is_supported",
]


METRICS: Mapping[str, str] = {
    "rouge1": "F1 of unigrams, newmm words, digits folded, no spaces or punctuation, x 100",
    "rouge2": "F1 of bigrams, same words, x 100",
    "rougeL": "F1 of the longest common subsequence, same words, x 100",
    "xlsum_rouge1": "the same with XL-Sum's tokens: spaces and punctuation count as words",
    "xlsum_rouge2": "bigrams of XL-Sum's tokens",
    "xlsum_rougeL": "longest common subsequence of XL-Sum's tokens",
    "chrf": "character n-gram F2 (sacrebleu's sentence chrF), mean, 0 to 100; only where sacrebleu is installed",
    "numbers_supported": "share of the summaries' numbers and serials that stand in the source, %",
    "dates_supported": "share of their dates and times that stand in the source, %",
    "names_supported": "share of their places, people and organizations that stand in the source, %",
    "all_supported": "share of summaries of which every fact stands in the source, %",
    "novel_bigrams": "share of a summary's word bigrams that the source lacks, %",
    "coverage": "extractive fragment coverage (Grusky et al. 2018): share of words in spans shared with the source, %",
    "density": "extractive fragment density (Grusky et al. 2018): mean squared span length, words",
    "one_span": "share of summaries that are one contiguous span of the source's words, %",
    "repetition": "share of a summary's word trigrams that occurred in it before, %",
    "words": "mean length in words",
    "length_ratio": "words of the summaries over words of the references",
    "empty": "share of summaries without a word, %",
}
"""Every metric's name and what it is."""

_GROUPS: Mapping[str, frozenset[str]] = {
    "numbers_supported": frozenset({"number", "serial"}),
    "dates_supported": frozenset({"date", "time"}),
    "names_supported": frozenset({"place", "person", "organization"}),
}
_DIGIT_RUN = re.compile(r"\d+(?:[,.]\d+)*")
_NO_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Example:
    """One row to summarize: the source without what would give the reference away, and the editor's reference."""

    id: str
    source: str
    reference: str


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure and the ends of its 95 % bootstrap interval, all in the metric's unit; NaN where nothing was counted."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SummaryScores:
    """What one system scored on all rows.

    Attributes:
        rows: How many summaries were scored.
        metrics: A :class:`Metric` for each name of :data:`METRICS`; ``chrf`` is missing without sacrebleu.
    """

    rows: int
    metrics: dict[str, Metric]

    def to_json(self) -> dict[str, object]:
        """A flat JSON object: ``rows``, and ``[value, low, high]`` for each metric, rounded to 2 places."""
        rounded = {
            name: [None if np.isnan(part) else round(part, 2) for part in (metric.value, metric.low, metric.high)]
            for name, metric in self.metrics.items()
        }
        return {"rows": self.rows, **rounded}


def as_kind(kind: str) -> SummaryKind:
    """The same string as a :data:`SummaryKind`.

    Raises:
        OptionError: It is neither "headline" nor "summary".
    """
    if kind == "headline":
        return "headline"
    if kind == "summary":
        return "summary"
    raise OptionError(f"kind must be 'headline' or 'summary', got {kind!r}")


def examples(releases: Iterable[Release], *, kind: SummaryKind) -> list[Example]:
    """Makes examples of releases whose editors wrote what is to be generated.

    The reference is the title for a headline and the field ``standfirst`` for a summary; releases without it, or with
    no text left once the lines that repeat title and standfirst are dropped, are left out.

    Raises:
        OptionError: `kind` is neither "headline" nor "summary".
    """
    kind = as_kind(kind)
    found = []
    for release in releases:
        standfirst = release.extra.get("standfirst")
        standfirst = standfirst if isinstance(standfirst, str) else None
        reference = normalize((release.title if kind == "headline" else standfirst) or "").strip()
        source = drop_leaks(release.title, standfirst, release.text).strip()
        if reference and source:
            found.append(Example(release.id, source, reference))
    return found


def fragments(summary: Sequence[str], source: Sequence[str]) -> list[tuple[int, int]]:
    """The spans of words that a summary shares with its source, longest first: F(A, S) of Grusky et al. 2018.

    Returns:
        (start, end) in `summary`, half-open, in order, without overlaps.
    """
    indexes: dict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(source):
        indexes[word].append(j)
    found = []
    i = 0
    while i < len(summary):
        longest = 0
        for j in indexes.get(summary[i], ()):
            length = 1
            while i + length < len(summary) and j + length < len(source) and summary[i + length] == source[j + length]:
                length += 1
            longest = max(longest, length)
        if longest:
            found.append((i, i + longest))
        i += longest or 1
    return found


def is_supported(fact: Fact, source_facts: Sequence[Fact], source: str) -> bool:
    """Whether a source states a fact of its summary.

    A fact of the source agrees with it; or, for a number, the same digits stand alone somewhere in the source (in a
    date or a serial, say); or, for a name, the source has it word for word, whatever the spaces.

    Args:
        fact: A fact of the summary.
        source_facts: The source's.
        source: The source's text.
    """
    if supported_by(fact, source_facts) is not None:
        return True
    if fact.kind == "number":
        runs = _DIGIT_RUN.findall(fold(normalize(fact.text)))
        return bool(runs) and set(runs) <= set(_DIGIT_RUN.findall(fold(normalize(source))))
    if fact.kind in _GROUPS["names_supported"]:
        return _NO_SPACE.sub("", fold(normalize(fact.text))) in _NO_SPACE.sub("", fold(normalize(source)))
    return False


def _chrf() -> Callable[[str, str], float] | None:
    if find_spec("sacrebleu") is None:
        return None
    from sacrebleu.metrics.chrf import CHRF

    metric = CHRF()
    return lambda summary, reference: float(metric.sentence_score(summary, [reference]).score)


class SummaryEvaluator:
    """Scores any number of systems on the same rows; sources and references are analyzed once.

    Args:
        rows: The examples.
        resamples: Bootstrap resamples for the intervals, at least 1.
        seed: Of the resampling; the same rows and seed give the same intervals.

    Raises:
        OptionError: There is no row, or `resamples` is below 1.
    """

    def __init__(self, rows: Sequence[Example], *, resamples: int = 1000, seed: int = 0) -> None:
        if not rows:
            raise OptionError("no row to evaluate: none of the releases has a text and the editor's reference")
        if resamples < 1:
            raise OptionError(f"resamples must be at least 1, got {resamples}")
        self.rows = list(rows)
        self._references = [words(row.reference) for row in self.rows]
        self._xlsum_references = [xlsum_tokens(row.reference) for row in self.rows]
        self._sources = [words(row.source) for row in self.rows]
        self._source_facts = [extract_facts(row.source) for row in self.rows]
        self._chrf = _chrf()
        generator = np.random.default_rng(seed)
        n = len(self.rows)
        self._weights = generator.multinomial(n, np.full(n, 1 / n), size=resamples).astype(np.float64)

    def score(self, summaries: Sequence[str]) -> SummaryScores:
        """Scores one summary a row.

        Args:
            summaries: In the rows' order; an empty one counts as written and scores 0.

        Raises:
            OptionError: There are more or fewer summaries than rows.
        """
        if len(summaries) != len(self.rows):
            raise OptionError(f"{len(self.rows)} rows need as many summaries, got {len(summaries)}")
        counts: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for i, summary in enumerate(summaries):
            for name, count in self._score_row(i, summary).items():
                counts[name].append(count)
        metrics = {name: self._metric(np.array(counts[name])) for name in METRICS if name in counts}
        return SummaryScores(len(summaries), metrics)

    def _metric(self, counts: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Metric:
        """The ratio of the sums of two columns, and its interval."""
        tops, bottoms = self._weights @ counts[:, 0], self._weights @ counts[:, 1]
        if not counts[:, 1].sum():
            return Metric(float("nan"), float("nan"), float("nan"))
        ratios = tops[bottoms > 0] / bottoms[bottoms > 0]
        low, high = np.percentile(ratios, [2.5, 97.5])
        return Metric(float(counts[:, 0].sum() / counts[:, 1].sum()), float(low), float(high))

    def _score_row(self, i: int, summary: str) -> dict[str, tuple[float, float]]:
        """For each metric a top and a bottom, to be summed over the rows and divided."""
        row = self.rows[i]
        tokens = words(summary)
        result: dict[str, tuple[float, float]] = {}
        for prefix, ours, theirs in (
            ("", tokens, self._references[i]),
            ("xlsum_", xlsum_tokens(summary), self._xlsum_references[i]),
        ):
            scores = rouge(ours, theirs)
            for name, value in (("rouge1", scores.r1), ("rouge2", scores.r2), ("rougeL", scores.rl)):
                result[prefix + name] = (100 * value, 1)
        if self._chrf is not None:
            result["chrf"] = (self._chrf(summary, row.reference), 1)
        result |= self._support(i, summary)
        result |= _wording(tokens, self._sources[i])
        result["words"] = (len(tokens), 1)
        result["length_ratio"] = (len(tokens), len(self._references[i]))
        result["empty"] = (0 if tokens else 100, 1)
        return result

    def _support(self, i: int, summary: str) -> dict[str, tuple[float, float]]:
        supported = dict.fromkeys(_GROUPS, 0)
        written = dict.fromkeys(_GROUPS, 0)
        for fact in extract_facts(summary):
            group = next(name for name, kinds in _GROUPS.items() if fact.kind in kinds)
            written[group] += 1
            supported[group] += is_supported(fact, self._source_facts[i], self.rows[i].source)
        result: dict[str, tuple[float, float]] = {name: (100 * supported[name], written[name]) for name in _GROUPS}
        result["all_supported"] = (100 * (supported == written), 1)
        return result


def _wording(tokens: Sequence[str], source: Sequence[str]) -> dict[str, tuple[float, float]]:
    """How new the wording is; a summary without words (or n-grams) counts in none of these."""
    spans = fragments(tokens, source)
    bigrams = ngrams(tokens, 2)
    known = set(ngrams(source, 2))
    novel = sum(count for bigram, count in bigrams.items() if bigram not in known)
    trigrams = ngrams(tokens, 3)
    some = float(bool(tokens))
    per_word = 1 / len(tokens) if tokens else 0.0
    return {
        "novel_bigrams": (100 * novel / bigrams.total() if bigrams else 0.0, float(bool(bigrams))),
        "coverage": (100 * sum(end - start for start, end in spans) * per_word, some),
        "density": (sum((end - start) ** 2 for start, end in spans) * per_word, some),
        "one_span": (100.0 * (spans == [(0, len(tokens))]), some),
        "repetition": (100 * (1 - len(trigrams) / trigrams.total()) if trigrams else 0.0, float(bool(trigrams))),
    }
