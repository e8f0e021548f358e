"""Chooses the passages of a release that the model reads when the whole does not fit its window."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

from obecsum.text.segment import sentences, words

__all__ = ["choose_passages"]

_MAX_SENTENCES = 400


def choose_passages(
    text: str, *, max_pieces: int, count_pieces: Callable[[Sequence[str]], list[int]], lead_share: float = 0.75
) -> str:
    """The opening of ``text`` and the most central sentences after it, in their order, within ``max_pieces``.

    Args:
        text: One release, normalized, line breaks already spaces.
        max_pieces: Pieces that the model can read.
        count_pieces: Counts the pieces of each of several texts.
        lead_share: Share of the window, in [0, 1], that the opening takes: releases state their news first, and the
            model was trained on openings.

    Returns:
        The text itself where it fits, or where the opening takes the whole window (the caller cuts at the window).
    """
    if lead_share >= 1.0:
        return text
    spans = sentences(text)[:_MAX_SENTENCES]
    parts = [text[start:end] for start, end in spans]
    if not parts:
        return text
    counts = count_pieces(parts)
    if sum(counts) <= max_pieces:
        return text
    chosen: set[int] = set()
    used = 0
    for index, count in enumerate(counts):
        if used + count > max_pieces * lead_share:
            break
        chosen.add(index)
        used += count
    frequency = Counter[str]()
    tokens = []
    for part in parts:
        part_words = {part[s:e] for s, e in words(part) if e - s > 1}
        tokens.append(part_words)
        frequency.update(part_words)
    seen = set().union(*(tokens[i] for i in chosen)) if chosen else set()

    def value(index: int) -> float:
        own = tokens[index]
        if not own:
            return -math.inf
        central = sum(math.log1p(frequency[word]) for word in own) / len(own)
        return central * (1 - 0.7 * len(own & seen) / len(own))

    # Redundancy control as in maximal marginal relevance (Carbonell and Goldstein 1998), greedily.
    left = [i for i in range(len(parts)) if i not in chosen and counts[i] <= max_pieces - used]
    while left:
        best = max(left, key=lambda i: (value(i), -i))
        chosen.add(best)
        used += counts[best]
        seen |= tokens[best]
        left = [i for i in left if i != best and counts[i] <= max_pieces - used]
    if not chosen:
        return text  # one sentence longer than the window: the tokenizer's truncation takes its beginning
    return " ".join(parts[i].strip() for i in sorted(chosen))
