"""How surely a checked summary is right: a logistic regression on what the check saw."""

from __future__ import annotations

import math
from collections.abc import Sequence

from obecsum.summaries.check.judge import Judged

__all__ = ["FEATURES", "WEIGHTS", "confidence_of", "features_of"]

FEATURES = ("bias", "missing", "order", "polarity", "other", "jumps", "skipped", "words", "rare")
"""What the confidence is worked out of.

1; the share of the text that its passages lack; how many words stand in another order, are bound otherwise, or are
quoted wrongly or break off; how often, and by how much, a passage is skipped between two words; how long the text is;
how much of it rests on words that few releases have.
"""
# Made by python -m benchmarks.summaries.fit_confidence CORPUS_FOLDER.
WEIGHTS = (3.282, -10.342, -2.437, -6.281, -3.496, -1.149, -1.303, -0.420, -0.337)


def features_of(judged: Sequence[Judged], num_other: int) -> tuple[float, ...]:
    """The values of :data:`FEATURES`; none if there is no sentence.

    Args:
        judged: The sentences of a summary.
        num_other: What else is wrong with it: quotations, an end that breaks off.
    """
    if not judged:
        return ()
    words = sum(one.last - one.first for one in judged)
    kinds = [problem.kind for one in judged for problem in one.problems]
    weight = sum(one.weight for one in judged)
    return (
        1.0,
        sum(one.missing for one in judged) / weight,
        math.log1p(kinds.count("order")),
        math.log1p(kinds.count("polarity")),
        math.log1p(num_other),
        sum(one.jumps for one in judged) / words,
        math.log1p(sum(one.skipped for one in judged)),
        math.log1p(words),
        weight / words,
    )


def confidence_of(features: Sequence[float], weights: Sequence[float] = WEIGHTS) -> float:
    """The probability that a summary is right, 0 to 1; 0 if it has no words.

    Args:
        features: As :func:`features_of` gives them.
        weights: One for each of them.
    """
    if not features:
        return 0.0
    score = sum(weight * value for weight, value in zip(weights, features, strict=True))
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, score))))
