"""The page's charts as figures that the template draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

__all__ = ["Bar", "DayChart", "bars", "day_chart", "sources_bars"]

_MOST_BARS = 12
_MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart.

    Attributes:
        name: What is counted.
        count: How many.
        share: Of the largest bar, 0 to 100.
        total: Of how many, where that is known.
    """

    name: str
    count: int
    share: float
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A span of days; heights are shares of the highest column, 0 to 100."""

    first: str
    last: str
    kept: int
    removed: int
    kept_height: float
    removed_height: float


@dataclass(frozen=True, slots=True)
class DayChart:
    """Releases by the day of their publication.

    Attributes:
        columns: In order, without gaps.
        days: Days that a column stands for.
        highest: Releases of the highest one.
        undated: Releases without a day.
    """

    columns: tuple[Column, ...]
    days: int
    highest: int
    undated: int


def bars(counts: Mapping[str, int], totals: Mapping[str, int] | None = None) -> list[Bar]:
    """Counts as bars, the largest first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    most = max([count for _, count in ordered], default=0) or 1
    return [
        Bar(name, count, round(100 * count / most, 2), None if totals is None else totals.get(name))
        for name, count in ordered[:_MOST_BARS]
        if count
    ]


def day_chart(days: Mapping[str | None, Sequence[int]]) -> DayChart | None:
    """Columns over the time that the releases span; None if less than two days have any.

    Args:
        days: Day to the number of releases kept and removed.
    """
    known: dict[int, Sequence[int]] = {}
    undated = 0
    for day, counts in days.items():
        try:
            known[date.fromisoformat(day or "").toordinal()] = counts
        except ValueError:
            undated += sum(counts)
    if len(known) < 2:
        return None
    first, last = min(known), max(known)
    width = max(1, -(-(last - first + 1) // _MOST_COLUMNS))
    sums: dict[int, list[int]] = {}
    for day_number, counts in known.items():
        column = sums.setdefault((day_number - first) // width, [0, 0])
        column[0] += counts[0]
        column[1] += counts[1]
    highest = max(map(sum, sums.values()))
    columns = []
    for number in range((last - first) // width + 1):
        kept, removed = sums.get(number, (0, 0))
        begin = first + number * width
        columns.append(
            Column(
                date.fromordinal(begin).isoformat(),
                date.fromordinal(min(last, begin + width - 1)).isoformat(),
                kept,
                removed,
                round(100 * kept / highest, 2),
                round(100 * removed / highest, 2),
            )
        )
    return DayChart(tuple(columns), width, highest, undated)


def sources_bars(sources: Sequence[Mapping[str, Any]]) -> list[Bar]:
    """What was removed of each source, beside how many releases it had."""
    removed: dict[str, int] = {}
    totals: dict[str, int] = {}
    for source in sources:
        name = str(source["name"])
        removed[name] = removed.get(name, 0) + int(source["removed"])
        totals[name] = totals.get(name, 0) + int(source["removed"]) + int(source["kept"])
    return bars(removed, totals)
