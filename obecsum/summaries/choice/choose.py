"""The candidate that is most surely right, and how surely."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from obecsum.summaries.check.support import Check
from obecsum.summaries.choice.awkward import is_awkward, is_readable, squeezed
from obecsum.summaries.choice.evidence import Evidence, evidence_of
from obecsum.summaries.choice.source import TAIL_CHARS, Source
from obecsum.summaries.choice.weights import BIAS, WEIGHTS

__all__ = ["Choice", "best_candidate", "confidence_of", "prefixes", "weigh", "weighed"]

_LEAST_CHARS = 40
_MOST_PREFIXES = 2
_MOST_WEIGHED = 6  # each costs milliseconds; of six, one is nearly always the best of all


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate and what was found about it.

    Attributes:
        text: The candidate.
        check: It held against its release.
        evidence: What speaks for it and against it.
        confidence: How surely it is right, 0 to 1.
    """

    text: str
    check: Check
    evidence: Evidence
    confidence: float


def confidence_of(evidence: Evidence) -> float:
    """The probability that a reader finds a text right, by a logistic regression on read texts (``weights.py``)."""
    total = BIAS + sum(
        WEIGHTS[name] * value
        for name, value in zip(Evidence.names(), evidence.values(), strict=True)
        if name in WEIGHTS
    )
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def best_candidate(
    candidates: Iterable[str], source: Source, *, kind: str, max_chars: int | None = None
) -> Choice | None:
    """The candidate that is most surely right, a supported one before any other; None if none is readable.

    Args:
        candidates: A model's texts, its favorites first.
        source: Their release.
        kind: "headline" or another kind.
        max_chars: Longest text.
    """
    choices = weighed(candidates, source, kind=kind, max_chars=max_chars)
    return max(choices, key=lambda choice: (choice.check.supported, choice.confidence), default=None)


def weighed(candidates: Iterable[str], source: Source, *, kind: str, max_chars: int | None = None) -> Iterator[Choice]:
    """Candidates, and what is left of each where it is cut where a sentence of the release may be, weighed."""
    texts: dict[str, None] = {}
    for candidate in candidates:
        for text in (candidate, *prefixes(candidate, source)):
            if max_chars is None or len(text) <= max_chars:
                texts.setdefault(text)
    # One that ends where a sentence of the release does goes first: nothing else tells as much (weights.py).
    ordered = sorted(texts, key=lambda text: -source.end_of(text))
    for text in ordered[:_MOST_WEIGHED]:
        if is_readable(text) and not is_awkward(text, source.squeezed) and not source.facts.has_cut_latin(text):
            yield weigh(text, source, kind)


def weigh(text: str, source: Source, kind: str) -> Choice:
    """A text, a model's or an extract, with what speaks for it and against it."""
    evidence, check = evidence_of(text, source, kind)
    return Choice(text, check, evidence, confidence_of(evidence))


def prefixes(candidate: str, source: Source) -> Sequence[str]:
    """Beginnings of a candidate that end where a sentence of its release may be cut, the longest first."""
    letters, places = _letters(candidate)
    found: list[str] = []
    for end in range(len(letters) - 1, TAIL_CHARS - 1, -1):
        if places[end - 1] + 1 < _LEAST_CHARS or len(found) == _MOST_PREFIXES:
            break
        if source.ends.get(letters[end - TAIL_CHARS : end], 0) > 0:
            text = candidate[: places[end - 1] + 1].rstrip()
            if text.count("“") == text.count("”") and text.count("(") == text.count(")") and text.count('"') % 2 == 0:
                found.append(text)
    return found


def _letters(text: str) -> tuple[str, list[int]]:
    """A text folded and without white space, and where each of its letters stands."""
    if len(squeezed(text)) != len("".join(text.split())):
        return "", []  # folding changes its length: such a text is taken whole
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    return squeezed(text), places
