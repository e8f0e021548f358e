"""Scores of a decision on labelled pairs of releases: how much of what can go goes, and how much news goes with it."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from obecsum.comparison.alignment.align import document_of
from obecsum.comparison.compare import Comparison, compare_documents
from obecsum.comparison.relation import Relation
from obecsum.core.errors import InputError
from obecsum.core.release import Release
from obecsum.dedup.verify import days_between

__all__ = [
    "RELATIONS",
    "REMOVABLE",
    "Interval",
    "LabelledPair",
    "PairScores",
    "compare_pairs",
    "find_releases",
    "read_labels",
    "score",
    "table",
    "wilson",
]

RELATIONS: tuple[Relation, ...] = ("duplicate", "contained", "update", "related", "different")
REMOVABLE = frozenset({"duplicate", "contained"})
_Z = 1.959963984540054  # of a 95 % interval
_RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two releases and what a reader said of them.

    Attributes:
        a: ``id`` of the first.
        b: ``id`` of the second.
        label: One of ``RELATIONS``.
        confidence: "high" or "low".
        stratum: What the pair was drawn from; "" if the labels do not say.
        reason: The reader's words.
    """

    a: str
    b: str
    label: str
    confidence: str = "high"
    stratum: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    """A share and its 95 % interval, 0 to 1; all NaN if nothing was counted."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        if math.isnan(self.value):
            return "–"
        return f"{100 * self.value:.1f} % [{100 * self.low:.1f}, {100 * self.high:.1f}]"


@dataclass(frozen=True, slots=True)
class PairScores:
    """What a decision does on labelled pairs.

    Attributes:
        num_pairs: Pairs that were scored.
        num_removed: Of these, pairs of which the decision removes one release.
        recall: Share of the duplicate and contained pairs that it removes, Wilson interval.
        news_deleted: Share of what it removes that is labelled update, related or different, Wilson interval.
        recall_by_stratum: As ``recall``, each stratum counting by its weight; bootstrap interval over the pairs.
        news_by_stratum: As ``news_deleted``, each stratum counting by its weight; bootstrap interval over the pairs.
    """

    num_pairs: int
    num_removed: int
    recall: Interval
    news_deleted: Interval
    recall_by_stratum: Interval
    news_by_stratum: Interval


def read_labels(path: str | Path) -> list[LabelledPair]:
    """Labelled pairs from JSON Lines: ``a``, ``b``, ``label``; ``confidence``, ``stratum``, ``reason`` if there.

    Raises:
        InputError: The file cannot be read, or a line is no such object; the message names the line.
    """
    try:
        lines = Path(path).read_bytes().splitlines()
    except OSError as error:
        raise InputError(f"cannot read the labels {path}: {error.strerror}; name a JSON Lines file") from None
    pairs = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
            pair = LabelledPair(
                str(row["a"]),
                str(row["b"]),
                row["label"],
                row.get("confidence", "high"),
                str(row.get("stratum", "")),
                row.get("reason", ""),
            )
        except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"{path}, line {number}: expected an object with a, b and label, got {line[:60]!r} ({error})"
            ) from None
        if pair.label not in RELATIONS:
            raise InputError(f"{path}, line {number}: label must be one of {', '.join(RELATIONS)}, got {pair.label!r}")
        pairs.append(pair)
    if not pairs:
        raise InputError(f"{path} holds no labelled pair; each line must be an object with a, b and label")
    return pairs


def find_releases(pairs: Iterable[LabelledPair], releases: Iterable[Release]) -> dict[str, Release]:
    """The releases that the pairs name, by id.

    Raises:
        InputError: Some are not among ``releases``.
    """
    wanted = {identifier for pair in pairs for identifier in (pair.a, pair.b)}
    found = {}
    for release in releases:
        if release.id in wanted and release.id not in found:
            found[release.id] = release
            if len(found) == len(wanted):
                break
    missing = sorted(wanted - found.keys())
    if missing:
        raise InputError(
            f"{len(missing)} of {len(wanted)} releases that the labels name are not in the corpus, the first: "
            f"{', '.join(missing[:5])}; give all feeds that the labels were drawn from"
        )
    return found


def compare_pairs(
    pairs: Sequence[LabelledPair],
    releases: Mapping[str, Release],
    *,
    use_dates: bool = True,
    progress: Callable[[int], None] | None = None,
) -> list[Comparison]:
    """Compare each pair as :func:`obecsum.dedupe` does; without ``use_dates`` as :func:`obecsum.compare` does."""
    found = []
    for number, pair in enumerate(pairs, 1):
        a, b = releases[pair.a], releases[pair.b]
        apart = days_between(a.published, b.published) if use_dates else None
        found.append(compare_documents(document_of(a.full_text), document_of(b.full_text), days_apart=apart))
        if progress:
            progress(number)
    return found


def wilson(hits: int, total: int) -> Interval:
    """Share of ``hits`` with the 95 % score interval of Wilson (1927), which does not fail at 0 and 1."""
    if not total:
        return Interval(math.nan, math.nan, math.nan)
    share, square = hits / total, _Z * _Z
    center = (share + square / (2 * total)) / (1 + square / total)
    half = _Z * math.sqrt(share * (1 - share) / total + square / (4 * total * total)) / (1 + square / total)
    return Interval(share, max(0.0, center - half), min(1.0, center + half))


def score(
    pairs: Sequence[LabelledPair],
    removed: Sequence[bool],
    *,
    stratum_weights: Mapping[str, float] | None = None,
    seed: int = 0,
) -> PairScores:
    """Score which pairs lose a release.

    Args:
        pairs: The labelled pairs.
        removed: For each whether the decision removes one of the two.
        stratum_weights: How much each stratum counts, e.g. the number of pairs that it was drawn from. None:
            all the same.
        seed: Of the bootstrap.
    """
    labels = [pair.label in REMOVABLE for pair in pairs]
    hits = sum(x and y for x, y in zip(labels, removed, strict=True))
    num_removed = sum(removed)
    sizes = Counter(pair.stratum for pair in pairs)
    weights = [(stratum_weights or {}).get(p.stratum, 1.0) / sizes[p.stratum] for p in pairs]
    cells: dict[str, list[int]] = defaultdict(list)
    for index, pair in enumerate(pairs):
        cells[pair.stratum].append(index)

    def weighted(chosen: Iterable[int]) -> tuple[float, float]:
        can_go = gone = both = 0.0
        for index in chosen:
            weight = weights[index]
            can_go += weight * labels[index]
            gone += weight * removed[index]
            both += weight * (labels[index] and removed[index])
        return (both / can_go if can_go else math.nan, 1 - both / gone if gone else math.nan)

    recall, news = weighted(range(len(pairs)))
    generator = random.Random(seed)  # noqa: S311 - resampling, not secrets
    drawn = [
        weighted(i for cell in cells.values() for i in generator.choices(cell, k=len(cell))) for _ in range(_RESAMPLES)
    ]
    return PairScores(
        len(pairs),
        num_removed,
        wilson(hits, sum(labels)),
        wilson(num_removed - hits, num_removed),
        _percentiles(recall, [pair[0] for pair in drawn]),
        _percentiles(news, [pair[1] for pair in drawn]),
    )


def _percentiles(value: float, drawn: list[float]) -> Interval:
    valid = sorted(x for x in drawn if not math.isnan(x))
    if math.isnan(value) or not valid:
        return Interval(math.nan, math.nan, math.nan)
    return Interval(value, valid[int(0.025 * (len(valid) - 1))], valid[int(0.975 * (len(valid) - 1) + 0.5)])


def table(pairs: Sequence[LabelledPair], found: Sequence[Comparison], *, max_errors: int = 20) -> str:
    """Confusion by relation, the two figures that matter, and the pairs that differ, as text."""
    counts = Counter((pair.label, c.relation) for pair, c in zip(pairs, found, strict=True))
    lines = ["label \\ found".ljust(14) + "".join(name.rjust(11) for name in RELATIONS)]
    lines += [
        label.ljust(14) + "".join(str(counts[label, name]).rjust(11) for name in RELATIONS)
        for label in RELATIONS
        if any(counts[label, name] for name in RELATIONS)
    ]
    right = sum(pair.label == c.relation for pair, c in zip(pairs, found, strict=True))
    lines += ["", f"relation right        {wilson(right, len(pairs))} of {len(pairs)} pairs"]
    for name in ("all", "high"):
        chosen = [
            (p, c.a_can_go or c.b_can_go) for p, c in zip(pairs, found, strict=True) if name in ("all", p.confidence)
        ]
        if not chosen:
            continue
        scores = score([p for p, _ in chosen], [gone for _, gone in chosen])
        lines += [
            f"{name} pairs" if name == "all" else "pairs labelled with high confidence",
            f"  duplicates removed  {scores.recall} of {sum(p.label in REMOVABLE for p, _ in chosen)}",
            f"  news deleted        {scores.news_deleted} of {scores.num_removed} removed",
        ]
    wrong = [(p, c) for p, c in zip(pairs, found, strict=True) if p.label != c.relation]
    for pair, comparison in wrong[:max_errors]:
        why = "; ".join(comparison.reasons) or "nothing speaks for an update"
        lines.append(f"{pair.a} {pair.b}: {pair.label} ({pair.confidence}), found {comparison.relation}: {why}")
    if len(wrong) > max_errors:
        lines.append(f"... and {len(wrong) - max_errors} more")
    return "\n".join(lines)
