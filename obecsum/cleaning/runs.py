"""From matching units to runs of units that may be one passage pasted twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from obecsum.cleaning.matching import UnitMatch
from obecsum.cleaning.units import Unit

__all__ = ["RunPair", "chain", "in_parallel", "same_section", "widen"]

# Units that one copy has and the other lacks may lie between two matches of a run.
_MAX_SKIPPED = 2
_MUTUAL = 0.6


@dataclass(frozen=True, slots=True)
class RunPair:
    """Two runs of units that match in order; the first run ends before the second begins.

    Attributes:
        first: Indices (from, to inclusive) of the earlier run.
        second: Indices of the later run.
        matches: The matches that hold the pair together.
    """

    first: tuple[int, int]
    second: tuple[int, int]
    matches: tuple[UnitMatch, ...]

    @property
    def is_single(self) -> bool:
        """One unit against one."""
        return len(self.matches) == 1


def _next_match(
    run: Sequence[UnitMatch], by_first: dict[int, list[UnitMatch]], rank: Sequence[int], used: set[tuple[int, int]]
) -> UnitMatch | None:
    last, limit = run[-1], run[0].second
    best: tuple[tuple[int, int, int], UnitMatch] | None = None
    for index in range(last.first, limit):
        step_first = rank[index] - rank[last.first]
        if step_first > _MAX_SKIPPED + 1:
            break
        for match in by_first.get(index, ()):
            step_second = rank[match.second] - rank[last.second]
            if not 0 <= step_second <= _MAX_SKIPPED + 1 or step_first == step_second == 0:
                continue
            if (match.first, match.second) in used:
                continue
            cost = (abs(step_first - step_second), step_first + step_second, match.second)
            if best is None or cost < best[0]:
                best = (cost, match)
    return best[1] if best else None


def chain(units: Sequence[Unit], matches: Sequence[UnitMatch]) -> list[RunPair]:
    """Joins matches that follow one another in both places.

    Args:
        units: The units of one text.
        matches: Matches sorted by (first, second); those of a unit without letters and digits are ignored.

    Returns:
        The pairs of runs, the longest text first, ties by offset.
    """
    rank: list[int] = []
    for unit in units:
        rank.append((rank[-1] if rank else -1) + (0 if unit.is_filler else 1))
    usable = [m for m in matches if not units[m.first].is_filler and not units[m.second].is_filler]
    pairs: list[RunPair] = []
    # Units that say the same lead the way; a line that a longer one merely holds must not draw a run off its course.
    mutual = [m for m in usable if min(m.first_covered, m.second_covered) >= _MUTUAL]
    for group in (mutual, [m for m in usable if min(m.first_covered, m.second_covered) < _MUTUAL]):
        pairs.extend(_runs(group, rank))
    pairs.sort(key=lambda pair: (-sum(units[m.first].letters for m in pair.matches), pair.first, pair.second))
    return pairs


def _runs(matches: Sequence[UnitMatch], rank: Sequence[int]) -> list[RunPair]:
    by_first: dict[int, list[UnitMatch]] = {}
    for match in matches:
        by_first.setdefault(match.first, []).append(match)
    used: set[tuple[int, int]] = set()
    pairs: list[RunPair] = []
    for start in matches:
        if (start.first, start.second) in used:
            continue
        run = [start]
        following: UnitMatch | None = start
        while following is not None:
            used.add((following.first, following.second))
            following = _next_match(run, by_first, rank, used)
            if following is not None:
                run.append(following)
        pairs.append(RunPair((run[0].first, run[-1].first), (run[0].second, run[-1].second), tuple(run)))
    return pairs


def _alike(a: Unit, b: Unit) -> bool:
    return a.compact == b.compact or (a.is_filler and b.is_filler)


def widen(units: Sequence[Unit], pair: RunPair) -> RunPair:
    """Takes in equal or letterless units on either side of both runs (separators, lines too short for a seed)."""
    (a, b), (c, d) = pair.first, pair.second
    while a > 0 and c - 1 > b and _alike(units[a - 1], units[c - 1]):
        a, c = a - 1, c - 1
    while b + 1 < c and d + 1 < len(units) and _alike(units[b + 1], units[d + 1]):
        b, d = b + 1, d + 1
    if all(unit.is_filler for unit in units[:a]):
        a = 0
    if all(unit.is_filler for unit in units[d + 1 :]):
        d = len(units) - 1
    return RunPair((a, b), (c, d), pair.matches)


def _section_between(units: Sequence[Unit], low: int, high: int) -> bool:
    return any(units[i].is_section for i in range(low, high))


def _announced_by(units: Sequence[Unit], index: int, lowest: int) -> int | None:
    """The unit that announces the list or section in which ``index`` stands, where it is near."""
    for i in range(index - 1, lowest, -1):
        unit = units[i]
        if unit.is_filler or (unit.is_item and units[index].is_item and not unit.leads_in):
            continue
        return i if unit.leads_in or unit.is_section else None
    return None


def same_section(units: Sequence[Unit], pair: RunPair) -> bool:
    """Whether both runs stand under the same heading.

    The same words under two headings are two statements: a detour named for two closed roads, a date of effect given
    for two appointments. A heading counts where it lies between the runs and governs the later one.
    """
    first, last = pair.first
    second = pair.second[0]
    if _section_between(units, last + 1, second):
        return False
    announced = _announced_by(units, second, last)
    if announced is not None:
        before = _announced_by(units, first, -1)
        return before is not None and units[before].compact == units[announced].compact
    return not units[second].is_section or units[second].compact == units[first].compact


def in_parallel(units: Sequence[Unit], i: int, j: int) -> bool:
    """Whether neighbors of two units begin alike and go on differently, as lines of two sections of one template do."""
    for step in (-1, 1):
        if not (0 <= i + step < j + step < len(units)):
            continue
        a, b = units[i + step].compact, units[j + step].compact
        if a != b and a[:6] == b[:6] and min(len(a), len(b)) >= 6:
            return True
    return False
