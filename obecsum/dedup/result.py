"""What :func:`obecsum.dedupe` found, in the caller's own shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from obecsum.comparison.compare import Comparison
from obecsum.core.release import Release
from obecsum.dedup.series import Series
from obecsum.feeds.given import Given, Unusable
from obecsum.feeds.tables import pandas_frame, rows_of

__all__ = ["DedupeResult", "Group", "Pair", "Removal"]


@dataclass(frozen=True, slots=True)
class Removal:
    """A release that can go.

    Attributes:
        release: The release, as it was read.
        index: Its row in what was given, from 0.
        kept_id: ``id`` of the one that stays and says the same or more.
        kept_index: The row of that one.
        comparison: ``compare(removed, kept)``: ``duplicate``, or ``contained`` with the removed one inside the
            kept one. With strictness ``similarity`` any relation; ``comparison.lost_a`` says what was lost.
    """

    release: Release
    index: int
    kept_id: str
    kept_index: int
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Pair:
    """Two releases that were compared, the earlier first.

    Attributes:
        a_id: ``id`` of the earlier one by (published, id).
        b_id: ``id`` of the later one.
        comparison: ``compare(a, b)``.
    """

    a_id: str
    b_id: str
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Group:
    """A kept release and those that went for it.

    Attributes:
        kept_id: ``id`` of the kept one.
        removed_ids: The others, by (published, id).
        indices: The rows of all, the kept one's first, then in that order.
    """

    kept_id: str
    removed_ids: tuple[str, ...]
    indices: tuple[int, ...]


@dataclass(frozen=True, slots=True, repr=False)
class DedupeResult:
    """What :func:`dedupe` found.

    Attributes:
        given: What it was given, as releases.
        kept_indices: The rows that stay, from 0, in the order of the input.
        removed: Those that can go, in the order of the input.
        pairs: All pairs that were compared, by the earlier one, then the later one.
        groups: The kept releases for which others went.
        series: Updates of one another, by their first release.
        possible: Kept pairs that say the same by their facts, but of which something would be lost with either; what
            it is, ``comparison.lost_a`` and ``lost_b`` say. For a person to decide.
    """

    given: Given
    kept_indices: list[int]
    removed: list[Removal]
    pairs: list[Pair]
    groups: list[Group]
    series: list[Series]
    possible: list[Pair]

    @property
    def kept(self) -> Any:
        """What stays, in the type that came in and its order; of an iterable that is no table, a list."""
        return self.given.take(self.kept_indices)

    @property
    def unusable(self) -> list[Unusable]:
        """Rows without a text, each with the reason. They are neither kept nor removed."""
        return self.given.unusable

    @property
    def duplicate_ratio(self) -> float:
        """The share of the releases that can go, 0 to 1; 0 if there are none."""
        return len(self.removed) / max(1, len(self.given.releases))

    def select(self, records: Any) -> Any:
        """The same rows of other records as :attr:`kept`, in their type: of the table that the texts were a column of.

        Args:
            records: A sequence or table, a row for each that was given.

        Raises:
            OptionError: It has another number of rows.
        """
        return rows_of(records, self.kept_indices, count=len(self.given))

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON has it.

        Returns:
            ``rows``, a dict for every row given (``index``, ``id``, ``decision``: "kept", "removed" or "unusable",
            ``kept_index``, ``kept_id``, ``relation``, ``jaccard``, ``reason``), and ``duplicate_ratio``, ``groups``,
            ``possible`` and ``series`` by ids.
        """
        return {
            "rows": self._rows(),
            "duplicate_ratio": self.duplicate_ratio,
            "groups": [[group.kept_id, *group.removed_ids] for group in self.groups],
            "possible": [[pair.a_id, pair.b_id] for pair in self.possible],
            "series": [list(series.ids) for series in self.series],
        }

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame`` of the ``rows`` of :meth:`to_dict`, one for every row given; needs pandas."""
        return pandas_frame(self._rows() or [_row(0, "", "")])[: len(self.given)].set_index("index")

    def _rows(self) -> list[dict[str, Any]]:
        rows = [
            _row(row, release.id, "kept") for row, release in zip(self.given.indices, self.given.releases, strict=True)
        ]
        rows += [_row(row.index, None, "unusable", reason=row.reason) for row in self.unusable]
        rows.sort(key=lambda row: row["index"])
        for removal in self.removed:
            rows[removal.index] |= {
                "decision": "removed",
                "kept_index": removal.kept_index,
                "kept_id": removal.kept_id,
                "relation": removal.comparison.relation,
                "jaccard": removal.comparison.jaccard,
            }
        return rows

    def __repr__(self) -> str:
        parts = [f"{len(self.kept_indices):,} kept", f"{len(self.removed):,} removed"]
        for name, found in (("possible", self.possible), ("series", self.series), ("unusable", self.unusable)):
            if found:
                parts.append(f"{len(found):,} {name}")
        return f"DedupeResult({', '.join(parts)})"


def _row(index: int, release_id: str | None, decision: str, *, reason: str | None = None) -> dict[str, Any]:
    return {
        "index": index,
        "id": release_id,
        "decision": decision,
        "kept_index": None,
        "kept_id": None,
        "relation": None,
        "jaccard": None,
        "reason": reason,
    }
