"""What a job found about each release, as the fields of its output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from obecsum.cleaning import Cleaned
from obecsum.dedup.compare import compare
from obecsum.ids import UniqueIds

if TYPE_CHECKING:
    from obecsum.dedup.align import Change
    from obecsum.dedup.groups import DedupeResult
    from obecsum.summaries.summarizer import Kind, Summary
    from obecsum.thai.facts import Fact

__all__ = ["Links", "Removed", "Texts", "changes_json", "count_summaries", "cut_figures", "summary_fields"]


@dataclass(frozen=True, slots=True)
class Removed:
    """Why a release could go; the fields of removed.jsonl after the release's own."""

    kept_id: str
    relation: str
    jaccard: float
    changes: list[dict[str, str]]


def changes_json(changes: Iterable[Change]) -> list[dict[str, str]]:
    """Changes without spans: those count characters of cleaned texts, which the output does not hold."""
    return [{"kind": change.kind, "before": change.before, "after": change.after} for change in changes]


def summary_fields(summaries: Mapping[Kind, Summary]) -> dict[str, Any]:
    """The fields of kept.jsonl that tell of summaries; all null without any.

    Args:
        summaries: Kind to summary, for the kinds that were asked for.
    """
    if not summaries:
        return {"unsupported": []}
    reasons = {kind: summary.fallback for kind, summary in summaries.items() if summary.fallback}
    fallback = "; ".join(f"{kind}: {reason}" for kind, reason in reasons.items()) or None
    if len(reasons) == len(summaries) and len(set(reasons.values())) == 1:
        fallback = next(iter(reasons.values()))  # one reason for all kinds is said once
    return {
        "summary": summaries["summary"].text or None if "summary" in summaries else None,
        "headline": summaries["headline"].text or None if "headline" in summaries else None,
        "supported": all(summary.supported for summary in summaries.values()),
        "unsupported": [{"in": kind, "kind": fact.kind, "text": fact.text} for kind, fact in _unsupported(summaries)],
        "fallback": fallback,
    }


def _unsupported(summaries: Mapping[Kind, Summary]) -> Iterable[tuple[Kind, Fact]]:
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
    """

    groups: dict[str, str] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)
    previous: dict[str, str] = field(default_factory=dict)
    changes: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, result: DedupeResult, ids: UniqueIds, removals: Mapping[int, Removed], texts: Mapping[str, str]
    ) -> Links:
        """The links of a job.

        Args:
            result: What :func:`obecsum.dedupe` found.
            ids: The releases under their unique ids.
            removals: What goes, by place in the feed.
            texts: Id to what was compared of a release; asked for later versions of an id and the ones before.
        """
        links = cls()
        gone = {ids.releases[place].id: removed.kept_id for place, removed in removals.items()}
        links.groups.update({removed.kept_id: removed.kept_id for removed in removals.values()})
        for series in result.series:
            links.series.update(dict.fromkeys(series.ids, series.id))
            for link in series.links:
                links.previous[link.id] = link.previous_id
                links.changes[link.id] = changes_json(link.changes)
        for later, earlier in ids.previous.items():
            before = gone.get(earlier, earlier)
            if later in gone or before == later:
                continue
            links.previous[later] = before
            links.changes[later] = changes_json(compare(texts[before], texts[later]).changes)
        return links

    def fields(self, release_id: str) -> dict[str, Any]:
        """The fields of kept.jsonl that tell of other releases."""
        return {
            "group": self.groups.get(release_id),
            "series": self.series.get(release_id),
            "previous_id": self.previous.get(release_id),
            "changes": self.changes.get(release_id, []),
        }

    @property
    def num_series(self) -> int:
        """Number of series."""
        return len(set(self.series.values()))

    @property
    def updates(self) -> int:
        """Number of kept releases that continue another one."""
        return len(self.previous)


def cut_figures(cleaned: Iterable[Cleaned]) -> dict[str, dict[str, int]]:
    """Kind of cut to the number of releases, passages and characters."""
    figures: dict[str, dict[str, int]] = {}
    for one in cleaned:
        for kind in {cut.kind for cut in one.cuts}:
            figures.setdefault(kind, {"releases": 0, "passages": 0, "characters": 0})["releases"] += 1
        for cut in one.cuts:
            figures[cut.kind]["passages"] += 1
            figures[cut.kind]["characters"] += cut.end - cut.start
    return dict(sorted(figures.items()))


class Texts(dict[str, str]):
    """Id to what was compared of a release, made when it is asked for."""

    def __init__(self, ids: UniqueIds, cleaned: Sequence[Cleaned]) -> None:
        super().__init__()
        self._ids = ids
        self._cleaned = cleaned
        self._places = {release.id: place for place, release in reversed(list(enumerate(ids.releases)))}

    def at(self, place: int) -> str:
        """Of the release at a place of the feed."""
        return replace(self._ids.releases[place], text=self._cleaned[place].text).full_text

    def place(self, release_id: str) -> int:
        """Where in the feed the release of an id is."""
        return self._places[release_id]

    def name(self, place: int) -> str:
        """What to call the release at a place: its title, or its first line after cleaning."""
        title = self._ids.releases[place].title or self._cleaned[place].text.strip().partition("\n")[0]
        return title or self._ids.releases[place].id

    def __missing__(self, release_id: str) -> str:
        return self.at(self._places[release_id])
