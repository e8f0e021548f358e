"""What a job found about each release, as the fields of its output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from obecsum.text.printable import shortened

if TYPE_CHECKING:
    from obecsum.comparison.account.account import Difference
    from obecsum.comparison.alignment.align import Change
    from obecsum.core.choices import SummaryKind
    from obecsum.summaries.summarizer import Summary
    from obecsum.text.facts import Fact

__all__ = [
    "Links",
    "Removed",
    "Tally",
    "account_json",
    "changes_json",
    "count_summaries",
    "spans_json",
    "summary_fields",
]


_MOST_DIFFERENCES = 20
_DIFFERENCE_CHARS = 160


@dataclass(frozen=True, slots=True)
class Removed:
    """Why a release could go.

    Attributes:
        kept_id: Id of the one that stays; as ``relation``, ``jaccard``, ``changes`` and ``account`` a field of
            removed.jsonl; ``spans`` too.
        relation: ``duplicate`` or ``contained``.
        jaccard: Jaccard similarity of the two, 0 to 1.
        changes: What differs, without spans; see :func:`changes_json`.
        account: Why it could go: each difference with its class; see :func:`account_json`.
        spans: Where each of them stands; see :func:`spans_json`.
        kept_place: Row in the feed of the one that stays; None where that is in the index.
    """

    kept_id: str
    relation: str
    jaccard: float
    changes: list[dict[str, str]]
    account: list[dict[str, Any]]
    spans: list[list[Any]]
    kept_place: int | None

    @property
    def is_indexed(self) -> bool:
        """Whether the one that stays is in the index, from an earlier job."""
        return self.kept_place is None


def changes_json(changes: Iterable[Change]) -> list[dict[str, str]]:
    """Changes without spans: those count characters of cleaned texts, which the output does not hold."""
    return [{"kind": change.kind, "before": change.before, "after": change.after} for change in changes]


def account_json(differences: Iterable[Difference]) -> list[dict[str, Any]]:
    """Differences for the output: the gravest first, at most twenty, long passages by their begin and end."""
    gravest = sorted(differences, key=lambda one: (-one.weight, one.span, one.other_span))
    return [
        {
            "kind": one.kind,
            "text": shortened(one.text, _DIFFERENCE_CHARS),
            "other": shortened(one.other, _DIFFERENCE_CHARS),
            "weight": round(one.weight, 3),
        }
        for one in gravest[:_MOST_DIFFERENCES]
    ]


def spans_json(differences: Iterable[Difference]) -> list[list[Any]]:
    """All differences in order: class, weight, and begin and end of what stands there in both compared texts."""
    return [[one.kind, round(one.weight, 3), *one.span, *one.other_span] for one in differences]


def summary_fields(summaries: Mapping[SummaryKind, Summary]) -> dict[str, Any]:
    """The fields of kept.jsonl that tell of summaries; all null without any.

    Args:
        summaries: Kind to summary, for the kinds that were asked for.
    """
    if not summaries:
        return {"sentences": [], "unsupported": []}
    reasons = {kind: summary.fallback for kind, summary in summaries.items() if summary.fallback}
    fallback = "; ".join(f"{kind}: {reason}" for kind, reason in reasons.items()) or None
    if len(reasons) == len(summaries) and len(set(reasons.values())) == 1:
        fallback = next(iter(reasons.values()))  # one reason for all kinds is said once
    return {
        "headline": summaries["headline"].text or None if "headline" in summaries else None,
        "summary": summaries["summary"].text or None if "summary" in summaries else None,
        "points": summaries["points"].points if "points" in summaries else None,
        "sentences": [
            {"in": kind, "text": one.text, "start": one.passage[0], "end": one.passage[1]}
            for kind, summary in summaries.items()
            for one in summary.sentences
        ],
        "confidence": round(min(summary.confidence for summary in summaries.values()), 3),
        "supported": all(summary.supported for summary in summaries.values()),
        "unsupported": [{"in": kind, "kind": fact.kind, "text": fact.text} for kind, fact in _unsupported(summaries)],
        "fallback": fallback,
    }


def _unsupported(summaries: Mapping[SummaryKind, Summary]) -> Iterable[tuple[SummaryKind, Fact]]:
    return ((kind, fact) for kind, summary in summaries.items() for fact in summary.unsupported)


def count_summaries(figures: dict[str, Any], row: Mapping[str, Any]) -> None:
    """Add a line of kept.jsonl to the report's figures on summaries."""
    figures["supported"] += row["supported"] is True
    if row["fallback"]:
        figures["fallbacks"] += 1
        # What is in brackets differs from release to release: it is no reason of its own.
        reason = str(row["fallback"]).partition(" (")[0]
        figures["fallback_reasons"][reason] = figures["fallback_reasons"].get(reason, 0) + 1


@dataclass(frozen=True, slots=True)
class Links:
    """How kept releases hang together.

    Attributes:
        groups: Id of a kept release to the id of its group, which is its own; only where it stands for removed ones.
        series: Id to the name of its series: the id of the series' first release.
        previous: Id to the id of the kept release that it continues.
        changes: Id to what changed since the previous one.
        supersedes: Id to the id of an older release of the index of which it says all and more.
    """

    groups: dict[str, str] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)
    previous: dict[str, str] = field(default_factory=dict)
    changes: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    supersedes: dict[str, str] = field(default_factory=dict)

    def fields(self, release_id: str) -> dict[str, Any]:
        """The fields of kept.jsonl that tell of other releases."""
        return {
            "group": self.groups.get(release_id),
            "series": self.series.get(release_id),
            "previous_id": self.previous.get(release_id),
            "changes": self.changes.get(release_id, []),
            "supersedes": self.supersedes.get(release_id),
        }

    @property
    def num_series(self) -> int:
        """Number of series."""
        return len(set(self.series.values()))

    @property
    def updates(self) -> int:
        """Number of kept releases that continue another one."""
        return len(self.previous)


class Tally:
    """The figures of a report that are counted over the lines of kept.jsonl.

    Args:
        summaries: The model and the kinds of summary that were asked for; None without.
    """

    def __init__(self, summaries: Mapping[str, Any] | None = None) -> None:
        self.kept = 0
        self.cuts: dict[str, dict[str, int]] = {}
        self.repaired = {"nul_characters": 0, "edits": 0, "releases": 0}
        self.summaries: dict[str, Any] | None = None
        if summaries is not None:
            counts = {"releases": 0, "supported": 0, "fallbacks": 0, "fallback_reasons": {}}
            self.summaries = dict(summaries) | counts

    def add(self, row: Mapping[str, Any]) -> None:
        """Count a line."""
        self.kept += 1
        for kind in {cut["kind"] for cut in row["cut"]}:
            self.cuts.setdefault(kind, {"releases": 0, "passages": 0, "characters": 0})["releases"] += 1
        for cut in row["cut"]:
            self.cuts[cut["kind"]]["passages"] += 1
            self.cuts[cut["kind"]]["characters"] += cut["end"] - cut["start"]
        read = [row["text"], *(cut["text"] for cut in row["cut"]), *(before for _, before, _ in row["edits"])]
        self.repaired["nul_characters"] += sum(part.count("\0") for part in read)
        self.repaired["edits"] += len(row["edits"])
        self.repaired["releases"] += bool(row["edits"])
        if self.summaries is not None:
            self.summaries["releases"] += 1
            count_summaries(self.summaries, row)
