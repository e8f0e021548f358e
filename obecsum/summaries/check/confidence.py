"""How surely a checked summary is right: a logistic regression on what the check saw."""

from __future__ import annotations

import math
from collections.abc import Sequence

from obecsum.summaries.check.judge import Judged
from obecsum.text.facts import Fact

__all__ = ["FEATURES", "confidence_of", "features_of"]

FEATURES = ("share", "order", "polarity", "jumps", "skipped", "sentences", "words")


def features_of(judged: Sequence[Judged], unsupported: Sequence[Fact]) -> list[float]:
    """What the confidence is worked out of, in the order of :data:`FEATURES`."""
    if not judged:
        return [0.0] * len(FEATURES)
    words = sum(one.last - one.first for one in judged)
    kinds = [problem.kind for one in judged for problem in one.problems]
    return [
        min(one.share for one in judged),
        float(kinds.count("order")),
        float(kinds.count("polarity")),
        sum(one.jumps for one in judged) / words,
        math.log1p(sum(one.skipped for one in judged)),
        float(len(judged)),
        math.log1p(words),
    ]


def confidence_of(judged: Sequence[Judged], unsupported: Sequence[Fact]) -> float:
    """The probability that a summary is right, 0 to 1."""
    share = features_of(judged, unsupported)[0]
    return share if not unsupported else share / 2
