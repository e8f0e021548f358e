"""Which of the runs that resemble each other is a copy that can go, and which copy stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from obecsum.dedup.runs import RunPair, chain, same_section, widen
from obecsum.dedup.matching import Match, coverage, match_units
from obecsum.dedup.units import Unit
from obecsum.dedup.wording import is_respelling, multiset_difference, novel_words, spelling_votes

__all__ = ["Plan", "grams_of", "joined", "plan_removals"]

_MIN_BLOCK_LETTERS = 150
_MIN_PARAGRAPH_LETTERS = 120
_MIN_STANDFIRST_LETTERS = 45
_MIN_RESTATED_LETTERS = 90
_MIN_ADJACENT_LETTERS = 60
_MIN_TITLE_LETTERS = 15
_TITLE_UNITS = 6
_MAX_LETTERS_BEFORE_STANDFIRST = 400
_MAX_HEADLINE_LETTERS = 90
_MIN_CLOSING_LETTERS = 30
_HEAD_UNITS = 3

MAX_COMPARISONS = 400
_CONTINUES = (
    "ซึ่ง", "ที่", "โดย", "และ", "เพื่อ", "ณ", "ในโอกาส", "พร้อม", "รวมทั้ง", "รวมถึง", "อัน", "ตลอดจน", "กับ", "เข้า", "ให้", "ใน", "ของ", "จาก", "แก่", "ว่า",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """Runs of units: ``gone`` can go because ``kept`` stays."""

    gone: tuple[int, int]
    kept: tuple[int, int]


def joined(units: Sequence[Unit], run: tuple[int, int]) -> str:
    """The normalized text of a run, a line a unit."""
    return "\n".join(unit.text for unit in units[run[0] : run[1] + 1])


def _compact(units: Sequence[Unit], run: tuple[int, int]) -> str:
    return "\n".join(unit.compact for unit in units[run[0] : run[1] + 1])


def _letters(units: Sequence[Unit], run: tuple[int, int]) -> int:
    return sum(unit.letters for unit in units[run[0] : run[1] + 1])


def _numbers(units: Sequence[Unit], run: tuple[int, int]) -> list[str]:
    return [number for unit in units[run[0] : run[1] + 1] for number in unit.numbers]


def grams_of(units: Sequence[Unit], run: tuple[int, int]) -> set[str]:
    """The character 5-grams of a run."""
    return {gram for unit in units[run[0] : run[1] + 1] for gram in unit.grams}


@dataclass(frozen=True, slots=True)
class _Difference:
    """What only one of two passages says."""

    numbers_first: list[str]
    numbers_second: list[str]
    words_first: list[str]
    words_second: list[str]

    @property
    def exchanged(self) -> int:
        """Facts and words of content that one has in place of another, at least."""
        return min(len(self.numbers_first), len(self.numbers_second)) + min(
            len(self.words_first), len(self.words_second)
        )


def _difference(units: Sequence[Unit], first: tuple[int, int], second: tuple[int, int]) -> _Difference:
    if _compact(units, first) == _compact(units, second):
        return _Difference([], [], [], [])
    a, b = (
        novel_words(joined(units, first), _compact(units, second)),
        novel_words(joined(units, second), _compact(units, first)),
    )
    respelled_a = {x for x in a for y in b if is_respelling(x, y)}
    respelled_b = {y for y in b for x in a if is_respelling(x, y)}
    numbers_a, numbers_b = _numbers(units, first), _numbers(units, second)
    return _Difference(
        numbers_first=[n for n in multiset_difference(numbers_a, numbers_b) if n not in set(numbers_b)],
        numbers_second=[n for n in multiset_difference(numbers_b, numbers_a) if n not in set(numbers_a)],
        words_first=[x for x in a if x not in respelled_a],
        words_second=[y for y in b if y not in respelled_b],
    )


def _first_goes(
    units: Sequence[Unit], first: tuple[int, int], second: tuple[int, int], difference: _Difference
) -> bool:
    """Which of two copies is the poorer: facts, then spelling, then length; the later one where all is equal."""
    if bool(difference.numbers_first) != bool(difference.numbers_second):
        return bool(difference.numbers_second)
    if _compact(units, first) == _compact(units, second):
        return False
    votes = spelling_votes(joined(units, first), joined(units, second))
    if votes:
        return votes > 0
    facts = len(difference.words_first) - len(difference.words_second)
    if facts:
        return facts < 0
    return _letters(units, first) < _letters(units, second)


def _adjacent(units: Sequence[Unit]) -> list[Plan]:
    """Lines that follow themselves: nothing stands between, so they have one context.

    Short ones only at the top, where a site sets the headline again; elsewhere they are the cells of a table.
    """
    plans: list[Plan] = []
    kept: int | None = None
    for i, unit in enumerate(units):
        if unit.is_filler:
            continue
        floor = _MIN_TITLE_LETTERS if i < _TITLE_UNITS else _MIN_ADJACENT_LETTERS
        if kept is not None and unit.compact == units[kept].compact and unit.letters >= floor:
            plans.append(Plan((i, i), (kept, kept)))
        else:
            kept = i
    return plans


def _covered_runs(
    units: Sequence[Unit], run: tuple[int, int], grams: set[str], lines: set[str]
) -> list[tuple[int, int]]:
    """The parts of a run that the other copy covers; a unit of its own is left out."""
    runs: list[tuple[int, int]] = []
    begin: int | None = None
    for i in range(run[0], run[1] + 1):
        unit = units[i]
        covered = (
            unit.is_filler or unit.compact in lines or (len(unit.compact) >= 8 and coverage(unit.compact, grams) >= 0.6)
        )
        if covered and begin is None:
            begin = i
        elif not covered and begin is not None:
            runs.append((begin, i - 1))
            begin = None
    if begin is not None:
        runs.append((begin, run[1]))
    trimmed: list[tuple[int, int]] = []
    for a, b in runs:
        while a < b and a != run[0] and units[a].is_filler:
            a += 1
        while b > a and b != run[1] and units[b].is_filler:
            b -= 1
        if _letters(units, (a, b)) >= _MIN_STANDFIRST_LETTERS:
            trimmed.append((a, b))
    return trimmed


def _pasted_block(units: Sequence[Unit], block: RunPair) -> list[Plan]:
    wide = widen(units, block)
    first, second = wide.first, wide.second
    if first[1] >= second[0]:
        return []
    matched = min(
        sum(units[i].letters for i in {m.first for m in block.matches}),
        sum(units[j].letters for j in {m.second for m in block.matches}),
    )
    if matched < _MIN_BLOCK_LETTERS:
        return []
    total = sum(unit.letters for unit in units)
    whole = _letters(units, first) + _letters(units, second) >= 0.6 * total
    if not same_section(units, wide):
        return []
    difference = _difference(units, first, second)
    allowed = max(1, matched // 600) if whole else 0
    if difference.exchanged > allowed:
        return []
    first_goes = _first_goes(units, first, second, difference)
    gone, kept = (first, second) if first_goes else (second, first)
    own_numbers = difference.numbers_first if first_goes else difference.numbers_second
    if own_numbers and not whole:
        return []
    lines = {unit.compact for unit in units[kept[0] : kept[1] + 1]}
    runs = _covered_runs(units, gone, grams_of(units, kept), lines)
    leaving = sum(_letters(units, run) for run in runs)
    if leaving < max(_MIN_BLOCK_LETTERS, 0.8 * _letters(units, gone)):
        return []
    grams = grams_of(units, kept)
    weight = sum(len(units[i].compact) for a, b in runs for i in range(a, b + 1))
    covered = sum(coverage(units[i].compact, grams) * len(units[i].compact) for a, b in runs for i in range(a, b + 1))
    if covered < 0.85 * weight:
        return []
    if any(a == b and (units[a].is_item or units[a].leads_in) for a, b in runs):
        return []
    if len(runs) == 1:
        return [Plan(runs[0], kept)]
    return [Plan(run, _counterpart(run, block, first_goes, kept)) for run in runs]


def _counterpart(run: tuple[int, int], block: RunPair, first_goes: bool, kept: tuple[int, int]) -> tuple[int, int]:
    others = [
        (m.second if first_goes else m.first)
        for m in block.matches
        if run[0] <= (m.first if first_goes else m.second) <= run[1]
    ]
    return (min(others), max(others)) if others else kept


def _window(units: Sequence[Unit], index: int, around: int, lowest: int) -> tuple[int, int]:
    """The units about ``around`` that together cover unit ``index`` best: a body may be wrapped in short lines."""
    compact = units[index].compact
    low = high = around
    best = coverage(compact, grams_of(units, (low, high)))
    for _ in range(6):
        options = [(low - 1, high)] if low - 1 > lowest else []
        if high + 1 < len(units):
            options.append((low, high + 1))
        scored = sorted(((coverage(compact, grams_of(units, option)), -option[0]), option) for option in options)
        if not scored or scored[-1][0][0] < best + 0.02:
            break
        best, (low, high) = scored[-1][0][0], scored[-1][1]
    return low, high


def _standfirst(units: Sequence[Unit], block: RunPair, title_compact: str) -> list[Plan]:
    match = block.matches[0]
    i, j = match.first, match.second
    a, b = units[i], units[j]
    if min(a.letters, b.letters) < _MIN_STANDFIRST_LETTERS and a.compact != b.compact:
        return []
    if a.letters < _MIN_STANDFIRST_LETTERS or a.leads_in or a.is_section or (a.is_item and b.is_item):
        return []
    if a.is_item and any(unit.is_item for unit in units[i + 1 : i + 2]):
        return []
    if sum(unit.letters for unit in units[:i]) > _MAX_LETTERS_BEFORE_STANDFIRST:
        return []
    if any(unit.is_section or unit.leads_in for unit in units[:i]):
        return []
    protected = a.compact == title_compact
    equal = a.compact == b.compact
    in_sentence = j + 1 < len(units) and units[j + 1].text.startswith(_CONTINUES) and len(b.text) < 150
    headline = a.letters < _MAX_HEADLINE_LETTERS and not (equal and in_sentence)
    if not protected and not headline:
        low, high = _window(units, i, j, i)
        rest = "\n".join(unit.compact for unit in units[i + 1 :])
        rest_numbers = {number for unit in units[i + 1 :] for number in unit.numbers}
        novel = novel_words(a.text, rest)
        if (
            coverage(a.compact, grams_of(units, (low, high))) >= 0.85
            and all(number in rest_numbers for number in a.numbers)
            and sum(map(len, novel)) <= max(4, a.letters // 60)
            and not (equal and not in_sentence and not a.is_item and j == len(units) - 1)
        ):
            return [Plan((i, i), (low, high))]
    if (
        in_sentence
        or b.is_item
        or b.is_section
        or b.leads_in
        or b.letters < _MIN_RESTATED_LETTERS
        or not same_section(units, block)
    ):
        return []
    grams = grams_of(units, (i, i))
    if (
        coverage(b.compact, grams) >= 0.93
        and not set(b.numbers) - set(a.numbers)
        and not novel_words(b.text, a.compact)
    ):
        return [Plan((j, j), (i, i))]
    return []


def _paragraph(units: Sequence[Unit], block: RunPair, family: int) -> list[Plan]:
    match = block.matches[0]
    i, j = match.first, match.second
    a, b = units[i], units[j]
    if min(a.letters, b.letters) < _MIN_PARAGRAPH_LETTERS or a.is_item or b.is_item or a.leads_in or b.leads_in:
        return []
    if family > 2 or not same_section(units, block):
        return []
    difference = _difference(units, (i, i), (j, j))
    if difference.exchanged:
        return []
    plans: list[tuple[float, Plan]] = []
    if not difference.numbers_first and not difference.words_first and match.first_covered >= 0.92:
        plans.append((match.first_covered, Plan((i, i), (j, j))))
    if not difference.numbers_second and not difference.words_second and match.second_covered >= 0.92:
        plans.append((match.second_covered, Plan((j, j), (i, i))))
    if len(plans) == 2:
        return [plans[0][1] if _first_goes(units, (i, i), (j, j), difference) else plans[1][1]]
    return [plan for _, plan in plans]


class _Round:
    """The plans of one round: what is gone is not needed by another plan, and the other way round."""

    def __init__(self) -> None:
        self.plans: list[Plan] = []
        self.gone: set[int] = set()
        self.needed: set[int] = set()

    def take(self, candidates: Sequence[Plan]) -> None:
        for plan in candidates:
            leaving, staying = range(plan.gone[0], plan.gone[1] + 1), range(plan.kept[0], plan.kept[1] + 1)
            if plan.gone[0] <= plan.kept[1] and plan.kept[0] <= plan.gone[1]:
                continue
            if self.gone.isdisjoint(leaving) and self.needed.isdisjoint(leaving) and self.gone.isdisjoint(staying):
                self.plans.append(plan)
                self.gone.update(leaving)
                self.needed.update(staying)

    def is_open(self, pair: RunPair) -> bool:
        """Whether one of the two runs may still go."""
        first, second = (range(run[0], run[1] + 1) for run in (pair.first, pair.second))
        if not (self.gone.isdisjoint(first) and self.gone.isdisjoint(second)):
            return False
        return self.needed.isdisjoint(first) or self.needed.isdisjoint(second)


def plan_removals(
    units: Sequence[Unit], *, title_compact: str = "", max_comparisons: int = MAX_COMPARISONS
) -> list[Plan]:
    """Decides which runs of units can go, in one round: what is a copy of a copy may wait for the next.

    Args:
        units: The units of one text.
        title_compact: The folded headline without white space; a unit that equals it is no standfirst.
        max_comparisons: Pairs of passages that are compared word by word at most, so that the time is bounded. No release of the
            corpus comes near; a text of hundreds of releases may keep copies beyond it.

    Returns:
        Plans whose runs do not overlap; empty where nothing can go.
    """
    state = _Round()
    state.take(_adjacent(units))
    if state.plans:
        return state.plans
    matches = match_units(units)
    family = Counter(index for match in matches for index in (match.first, match.second))
    head = [i for i, unit in enumerate(units) if unit.letters >= 15][:_HEAD_UNITS]
    pairs = chain(units, matches)
    singles = [
        RunPair((match.first, match.first), (match.second, match.second), (match,))
        for pair in pairs
        for match in pair.matches
    ]
    for pair in [*(pair for pair in pairs if not pair.is_single), *singles]:
        if max_comparisons <= 0:
            break
        if not state.is_open(pair):
            continue
        found: list[Plan] = []
        if not pair.is_single:
            found = _pasted_block(units, pair)
        elif min(units[pair.first[0]].letters, units[pair.second[0]].letters) >= _MIN_STANDFIRST_LETTERS:
            if pair.first[0] in head:
                found = _standfirst(units, pair, title_compact)
            found = found or _paragraph(units, pair, max(family[pair.first[0]], family[pair.second[0]]))
        max_comparisons -= 1
        state.take(found)
    state.take(_closing_line(units, matches, head))
    return state.plans


def _closing_line(units: Sequence[Unit], matches: Sequence[Match], head: Sequence[int]) -> list[Plan]:
    """A line at the top that the text ends with once more (a disclaimer, a slogan)."""
    last = max((i for i, unit in enumerate(units) if not unit.is_filler), default=-1)
    return [
        Plan((last, last), (match.first, match.first))
        for match in matches
        if match.second == last
        and match.first in head
        and units[match.first].compact == units[last].compact
        and units[last].letters >= _MIN_CLOSING_LETTERS
    ]
