"""Two runs of units of one text: what would be lost with either of them, and which is the better one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from obecsum.cleaning.spelling import spelling_votes
from obecsum.cleaning.units import Unit
from obecsum.comparison.account.account import Account
from obecsum.comparison.alignment.document import document_of
from obecsum.comparison.compare import MOST_LOST, SHORT_CHARS, accounts_of

__all__ = ["Run", "compacted", "grams_of", "joined", "later_is_better", "letters_of", "losses"]

Run = tuple[int, int]
"""Units from the first to the second, inclusive."""


def joined(units: Sequence[Unit], run: Run) -> str:
    """The normalized text of a run, a line a unit."""
    return "\n".join(unit.text for unit in units[run[0] : run[1] + 1])


def compacted(units: Sequence[Unit], run: Run) -> str:
    """What is compared of a run, a line a unit."""
    return "\n".join(unit.compact for unit in units[run[0] : run[1] + 1])


def letters_of(units: Sequence[Unit], run: Run) -> int:
    """How many letters a run has."""
    return sum(unit.letters for unit in units[run[0] : run[1] + 1])


def grams_of(units: Sequence[Unit], run: Run) -> set[str]:
    """The character 5-grams of a run."""
    return {gram for unit in units[run[0] : run[1] + 1] for gram in unit.grams}


def losses(units: Sequence[Unit], first: Run, second: Run) -> tuple[set[int], set[int]]:
    """The units of either run that must stay because the other run does not say all that they say.

    Returns:
        Indices of units of the first run, and of the second. Both empty if either run can go.
    """
    if compacted(units, first) == compacted(units, second):
        return set(), set()
    one, other = accounts_of(document_of(joined(units, first)), document_of(joined(units, second)))
    return set(_losing(units, first, one)), set(_losing(units, second, other))


def _losing(units: Sequence[Unit], run: Run, account: Account) -> Iterator[int]:
    chars = sum(len(unit.compact) for unit in units[run[0] : run[1] + 1])
    if account.weight < MOST_LOST and (chars >= SHORT_CHARS or not account.lost):
        return
    ends = list(accumulate(len(unit.text) + 1 for unit in units[run[0] : run[1] + 1]))
    for difference in account.lost:
        # What the run lacks stands between two words, which may be those of two units.
        start, end = max(0, difference.span[0] - 1), difference.span[1]
        for index, last in enumerate(ends):
            if last - len(units[run[0] + index].text) - 1 <= max(start, end - 1) and start < last:
                yield run[0] + index


def later_is_better(units: Sequence[Unit], first: Run, second: Run) -> bool:
    """Which of two copies that say the same is the better: spelling, then length; the earlier where all is equal."""
    if compacted(units, first) == compacted(units, second):
        return False
    votes = spelling_votes(joined(units, first), joined(units, second))
    return votes > 0 if votes else letters_of(units, first) < letters_of(units, second)
