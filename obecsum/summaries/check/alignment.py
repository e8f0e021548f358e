"""A sentence of a summary laid beside one passage of its source, word by word, in order."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from obecsum.comparison.account.words import is_figure
from obecsum.summaries.check.dates import date_holds
from obecsum.summaries.check.source import Text, weight_of

__all__ = ["aligned", "best_passages", "is_movable", "places_in"]

_PASSAGES = 3
_SENTENCES = 2  # of a passage
_MOST_PLACES = 2000  # of one word: the passages of a text that says a word ten thousand times are the same
_NEXT = 0.3
_GAP, _MOST_GAP = 0.02, 0.5
_MOST_HERE, _MOST_PAIRS = 25, 1200


def places_of(key: str, source: Text) -> list[int]:
    """Where the source says a word or states a figure, as tokens in order."""
    if not key.startswith("date:"):
        return source.places.get(key, [])
    found = [
        place
        for other, places in source.places.items()
        if other[:5] == "date:" and date_holds(key, other)
        for place in places
    ]
    return sorted(found)


def places_in(key: str, source: Text, passage: tuple[int, int]) -> list[int]:
    """The places of a word in a passage."""
    places = places_of(key, source)
    return places[bisect_left(places, passage[0]) : bisect_left(places, passage[1])]


def best_passages(keys: list[str], source: Text) -> list[tuple[int, int]]:
    """Pairs of neighboring sentences that say most of ``keys``, the best first, as ranges of tokens."""
    starts = [start for start, _ in source.sentences]
    if not starts:
        return []
    said: dict[int, set[str]] = defaultdict(set)
    for key in dict.fromkeys(keys):
        for place in places_of(key, source)[:_MOST_PLACES]:
            said[bisect_left(starts, place + 1) - 1].add(key)
    scores: dict[int, float] = {}
    for number in {s - n for s in said for n in range(_SENTENCES)}:
        if 0 <= number < len(starts):
            together = set().union(*(said.get(number + n, ()) for n in range(_SENTENCES)))
            scores[number] = sum(map(weight_of, together))
    best = sorted(scores, key=lambda number: (-round(scores[number], 6), number))[:_PASSAGES]
    last = len(starts) - 1
    return [(starts[number], source.sentences[min(number + _SENTENCES - 1, last)][1]) for number in best]


def aligned(keys: list[str], first: int, source: Text, passage: tuple[int, int]) -> dict[int, int]:
    """For each word of content of a sentence where the passage says it, in the passage's order.

    The heaviest chain of equal words in which both sides go forward; neighbors that stay neighbors count more, words
    that come from far less.

    Args:
        keys: The sentence's tokens.
        first: The number of its first.
        source: The source.
        passage: Which of the source's tokens are looked at.

    Returns:
        Token of the summary -> token of the source.
    """
    pairs: list[tuple[int, int, float]] = []
    for at, key in enumerate(keys):
        weight = weight_of(key)
        pairs += [(at, place, weight) for place in places_in(key, source, passage)[:_MOST_HERE]]
    if len(pairs) > _MOST_PAIRS:
        pairs = sorted(sorted(pairs, key=lambda pair: -pair[2])[:_MOST_PAIRS])
    best = [0.0] * len(pairs)
    parents = [-1] * len(pairs)
    top, top_at = 0.0, -1
    for p, (at, place, weight) in enumerate(pairs):
        score, parent = 0.0, -1
        for q in range(p):
            other_at, other = pairs[q][0], pairs[q][1]
            if other_at < at and other < place:
                step = place - other
                value = best[q] + (_NEXT if step == 1 and at - other_at == 1 else -min(_GAP * (step - 1), _MOST_GAP))
                if value > score:
                    score, parent = value, q
        best[p], parents[p] = score + weight, parent
        if best[p] > top:
            top, top_at = best[p], p
    found: dict[int, int] = {}
    while top_at >= 0:
        found[first + pairs[top_at][0]] = pairs[top_at][1]
        top_at = parents[top_at]
    return dict(sorted(found.items()))


def is_movable(key: str) -> bool:
    """Whether a word may stand anywhere in its sentence: a date or a time."""
    return is_figure(key) and key.startswith(("date:", "time:"))
