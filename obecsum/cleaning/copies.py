"""Which of the runs that resemble each other is a copy that can go, and which copy stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from obecsum.cleaning.matching import UnitMatch, coverage, match_units
from obecsum.cleaning.passages import Run, grams_of, later_is_better, letters_of, losses
from obecsum.cleaning.runs import RunPair, chain, in_parallel, same_section, widen
from obecsum.cleaning.units import Unit

__all__ = ["MAX_COMPARISONS", "Plan", "plan_removals"]

_MIN_BLOCK_LETTERS = 150
_MIN_PHRASES_LETTERS = 300
_MIN_PARAGRAPH_LETTERS = 120
_MIN_STANDFIRST_LETTERS = 45
_MIN_LATER_STANDFIRST_LETTERS = 120
_MIN_STANDFIRST_COVERED = 0.88
_MIN_RESTATED_LETTERS = 90
_MIN_MUTUAL = 0.75
_MIN_BACK = 0.6
_MIN_LINE_COVERED = 0.6
_MIN_PART_LETTERS = 45
_MIN_LEAVING = 0.5
_WHOLE_SHARE = 0.6
_MIN_ADJACENT_LETTERS = 60
_MIN_TITLE_LETTERS = 15
_MAX_LETTERS_BEFORE_STANDFIRST = 250
_MAX_HEADLINE_LETTERS = 90
_MIN_CLOSING_LETTERS = 80
_MIN_BRACKETED_LETTERS = 30
_HEAD_UNITS = 3

MAX_COMPARISONS = 400
# Words that go on with the sentence of the line above: the text is wrapped, and its lines are parts of sentences.
_CONTINUES = tuple(
    "ซึ่ง ที่ โดย และ เพื่อ ณ ในโอกาส พร้อม รวมทั้ง รวมถึง อัน ตลอดจน กับ เข้า ให้ ใน ของ จาก แก่ ว่า".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Runs of units: ``gone`` can go because ``kept`` stays."""

    gone: Run
    kept: Run


def _adjacent(units: Sequence[Unit]) -> list[Plan]:
    """Lines that follow themselves: nothing stands between, so they have one context.

    Short ones only at the top, where a site sets the headline again; elsewhere they are the cells of a table.
    """
    plans: list[Plan] = []
    top = next((i for i, unit in enumerate(units) if not unit.is_filler), None)
    kept: int | None = None
    for i, unit in enumerate(units):
        if unit.is_filler:
            continue
        floor = _MIN_TITLE_LETTERS if kept == top else _MIN_ADJACENT_LETTERS
        if kept is not None and unit.compact == units[kept].compact and unit.letters >= floor:
            plans.append(Plan((i, i), (kept, kept)))
        else:
            kept = i
    return plans


def _parts(units: Sequence[Unit], run: Run, staying: set[int], originals: Run) -> list[Run]:
    """The parts of a run that can go: without the lines that must stay or that the other run has not."""
    lines = {unit.compact for unit in units[originals[0] : originals[1] + 1]}
    grams = grams_of(units, originals)
    parts: list[Run] = []
    for i in range(run[0], run[1] + 1):
        unit = units[i]
        is_copy = unit.is_filler or unit.compact in lines or coverage(unit.compact, grams) >= _MIN_LINE_COVERED
        if i in staying or not is_copy:
            continue
        if parts and parts[-1][1] == i - 1:
            parts[-1] = (parts[-1][0], i)
        else:
            parts.append((i, i))
    if parts != [run] and any(units[i].is_phrase for i in range(run[0], run[1] + 1)):
        return []  # phrases of a line go together: one by itself says nothing
    trimmed = [_trimmed(units, part, run) for part in parts]
    return [part for part in trimmed if letters_of(units, part) >= _MIN_PART_LETTERS]


def _trimmed(units: Sequence[Unit], part: Run, run: Run) -> Run:
    """Without rules and rows of dots where it does not end with the whole run."""
    low, high = part
    while low < high and low != run[0] and units[low].is_filler:
        low += 1
    while high > low and high != run[1] and units[high].is_filler:
        high -= 1
    return low, high


def _pasted_block(units: Sequence[Unit], block: RunPair) -> list[Plan]:
    wide = widen(units, block)
    first, second = wide.first, wide.second
    if first[1] >= second[0]:
        return []
    matched = min(
        sum(units[i].letters for i in {m.first for m in block.matches}),
        sum(units[j].letters for j in {m.second for m in block.matches}),
    )
    is_phrases = any(unit.is_phrase for unit in _ends(units, wide))
    if matched < (_MIN_PHRASES_LETTERS if is_phrases else _MIN_BLOCK_LETTERS) or not same_section(units, wide):
        return []
    total = sum(unit.letters for unit in units)
    whole = letters_of(units, first) + letters_of(units, second) >= _WHOLE_SHARE * total
    # The entries of a list belong to what announces it; without that they may be another list's.
    if not whole and any(unit.is_item or unit.is_section or unit.is_labeled for unit in _ends(units, wide)):
        return []
    staying = losses(units, first, second)
    # A rule as it was and as it is amended: what else is equal in them belongs to each.
    if not whole and all(staying):
        return []
    options = []
    for gone, kept, must_stay in ((first, second, staying[0]), (second, first, staying[1])):
        parts = _parts(units, gone, must_stay, kept)
        leaving = sum(letters_of(units, part) for part in parts)
        is_list = any(a == b and (units[a].is_item or units[a].leads_in) for a, b in parts)
        if leaving >= max(_MIN_BLOCK_LETTERS, _MIN_LEAVING * letters_of(units, gone)) and not is_list:
            options.append((len(must_stay), gone, kept, parts))
    if not options:
        return []
    fewest = min(option[0] for option in options)
    options = [option for option in options if option[0] == fewest]
    _, gone, kept, parts = options[0 if len(options) == 1 or later_is_better(units, first, second) else 1]
    # A copy is as long as its original: lines that one long paragraph holds among other matter are not that paragraph
    # again.
    if _covered(units, kept, gone) < _MIN_BACK:
        return []
    return [Plan(part, kept if parts == [part] else _counterpart(part, block, gone == first, kept)) for part in parts]


def _covered(units: Sequence[Unit], run: Run, other: Run) -> float:
    """The share of a run's characters that stand in the 5-grams of another."""
    grams, members = grams_of(units, other), units[run[0] : run[1] + 1]
    covered = sum(coverage(unit.compact, grams) * len(unit.compact) for unit in members)
    return covered / sum(len(unit.compact) for unit in members)


def _counterpart(run: Run, block: RunPair, earlier_goes: bool, kept: Run) -> Run:
    others = [
        (m.second if earlier_goes else m.first)
        for m in block.matches
        if run[0] <= (m.first if earlier_goes else m.second) <= run[1]
    ]
    return (min(others), max(others)) if others else kept


def _window(units: Sequence[Unit], index: int, around: int, lowest: int) -> Run:
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
    equal = a.compact == b.compact
    if a.letters < _MIN_STANDFIRST_LETTERS or (b.letters < _MIN_STANDFIRST_LETTERS and not equal):
        return []
    if a.leads_in or a.is_section or (a.is_item and any(unit.is_item for unit in (b, *units[i + 1 : i + 2]))):
        return []
    before = sum(unit.letters for unit in units[:i])
    if before > _MAX_LETTERS_BEFORE_STANDFIRST or (before and a.letters < _MIN_LATER_STANDFIRST_LETTERS):
        return []
    if any(unit.is_section or unit.leads_in for unit in units[:i]):
        return []
    in_sentence = j + 1 < len(units) and units[j + 1].text.startswith(_CONTINUES) and len(b.text) < 150
    headline = a.letters < _MAX_HEADLINE_LETTERS and not (equal and in_sentence)
    is_last = equal and not in_sentence and not a.is_item and j == len(units) - 1
    if a.compact != title_compact and not headline and not is_last:
        window = _window(units, i, j, i)
        is_covered = coverage(a.compact, grams_of(units, window)) >= _MIN_STANDFIRST_COVERED
        if is_covered and not losses(units, (i, i), window)[0]:
            return [Plan((i, i), window)]
    if (
        in_sentence
        or b.is_item
        or b.is_section
        or b.leads_in
        or b.letters < _MIN_RESTATED_LETTERS
        or min(match.first_covered, match.second_covered) < _MIN_MUTUAL
        or not same_section(units, block)
    ):
        return []
    return [] if losses(units, (i, i), (j, j))[1] else [Plan((j, j), (i, i))]


def _paragraph(units: Sequence[Unit], block: RunPair, family: int) -> list[Plan]:
    match = block.matches[0]
    i, j = match.first, match.second
    a, b = units[i], units[j]
    if min(a.letters, b.letters) < _MIN_PARAGRAPH_LETTERS or a.leads_in or b.leads_in:
        return []
    if any(unit.is_item or unit.is_labeled for unit in (a, b)) or in_parallel(units, i, j):
        return []
    if family > 2 or min(match.first_covered, match.second_covered) < _MIN_MUTUAL or not same_section(units, block):
        return []
    first, second = (i, i), (j, j)
    staying = losses(units, first, second)
    if all(staying):
        return []
    if staying[0] or (not staying[1] and not later_is_better(units, first, second)):
        return [Plan(second, first)]
    return [Plan(first, second)]


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
        max_comparisons: Pairs of passages that are compared word by word at most, so that the time is bounded. No
            release of the corpus comes near; a text of hundreds of releases may keep copies beyond it.

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
        elif not any(unit.is_phrase or unit.letters < _MIN_STANDFIRST_LETTERS for unit in _ends(units, pair)):
            if pair.first[0] in head:
                found = _standfirst(units, pair, title_compact)
            if title_compact not in (unit.compact for unit in _ends(units, pair)):
                found = found or _paragraph(units, pair, max(family[pair.first[0]], family[pair.second[0]]))
        max_comparisons -= 1
        state.take(found)
    state.take(_closing_line(units, matches, head))
    return state.plans


def _ends(units: Sequence[Unit], pair: RunPair) -> tuple[Unit, Unit]:
    return units[pair.first[0]], units[pair.second[0]]


def _closing_line(units: Sequence[Unit], matches: Sequence[UnitMatch], head: Sequence[int]) -> list[Plan]:
    """A line at the top that the text ends with once more (a disclaimer, a slogan)."""
    last = max((i for i, unit in enumerate(units) if not unit.is_filler), default=-1)
    return [
        Plan((last, last), (match.first, match.first))
        for match in matches
        if match.second == last
        and match.first in head
        and units[match.first].compact == units[last].compact
        and (units[last].letters >= _MIN_CLOSING_LETTERS or units[last].compact[0] in "([*")
        and units[last].letters >= _MIN_BRACKETED_LETTERS
        and not any(unit.is_section or unit.leads_in for unit in units[: match.first + 1])
    ]
