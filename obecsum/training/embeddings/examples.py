"""Pairs that mean the same: headline and body, standfirst and body, a passage and the next."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from obecsum.text.leaks import drop_leaks
from obecsum.text.normalize import fold, normalize
from obecsum.training.corpus import Row

__all__ = ["PairSet", "Pairs", "make_pairs"]

MAX_BODY_CHARS = 6_000
_MIN_HEADLINE_CHARS = 15
_MIN_STANDFIRST_CHARS = 40
_MIN_BODY_CHARS = 150
_PASSAGE_CHARS = (120, 1_200)
_PASSAGES_EVERY = 6  # releases; more of these pairs take steps from the headlines, which teach more


@dataclass(slots=True)
class PairSet:
    """Texts that belong together, in the order of their publication.

    Attributes:
        anchors: A headline, standfirst or passage each.
        positives: The body or next passage of each.
    """

    anchors: list[str] = field(default_factory=list)
    positives: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.anchors)

    def add(self, anchor: str, positive: str) -> None:
        """Appends a pair."""
        self.anchors.append(anchor)
        self.positives.append(positive)


@dataclass(slots=True)
class Pairs:
    """The three kinds of pairs."""

    headlines: PairSet = field(default_factory=PairSet)
    standfirsts: PairSet = field(default_factory=PairSet)
    passages: PairSet = field(default_factory=PairSet)


def _plain(text: str | None) -> str:
    return fold(normalize(text or "")).strip()


def make_pairs(rows: Iterable[Row], *, seed: int, exclude: Sequence[str] | frozenset[str] = ()) -> Pairs:
    """Pairs of all rows, by date, so that consecutive pairs are of the same weeks: each other's hard negatives.

    Args:
        rows: Rows of the corpus.
        seed: Of the choice of one passage for each release.
        exclude: Ids that are left out: near-duplicates of the held-out months.

    Returns:
        Pairs whose bodies lack the lines that repeat headline or standfirst. A body whose opening came before is left
        out: published again, it would be a wrong negative of its first copy.
    """
    left_out = frozenset(exclude)
    draw = random.Random(seed)  # noqa: S311
    pairs = Pairs()
    seen: set[str] = set()
    for row in sorted(rows, key=lambda row: (str(row.get("date") or ""), str(row["id"]))):
        if str(row["id"]) in left_out:
            continue
        body = drop_leaks(row["title"], row["standfirst"], row["body"])
        passages = [passage for passage in (_plain(line) for line in body.split("\n")) if passage]
        text = "\n".join(passages)[:MAX_BODY_CHARS]
        if len(text) < _MIN_BODY_CHARS or text[:300] in seen:
            continue
        seen.add(text[:300])
        headline, standfirst = _plain(row["title"]), _plain(row["standfirst"])
        if len(headline) >= _MIN_HEADLINE_CHARS:
            pairs.headlines.add(headline, text)
        if len(standfirst) >= _MIN_STANDFIRST_CHARS:
            pairs.standfirsts.add(standfirst, text)
        if len(seen) % _PASSAGES_EVERY:
            continue
        low, high = _PASSAGE_CHARS
        fit = [i for i in range(len(passages) - 1) if len(passages[i]) >= low and len(passages[i + 1]) >= low]
        if fit:
            index = draw.choice(fit)
            pairs.passages.add(passages[index][:high], passages[index + 1][:high])
    return pairs
