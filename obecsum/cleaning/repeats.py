"""Text that one release holds twice: finds the copy that can go.

A copy can go if the other one says all that it says: if the account of their differences
(:mod:`obecsum.comparison.account`) is empty. Three shapes are known:

- A **pasted block**: several paragraphs, often the whole release, again in the same order. A paragraph that says
  something of its own stays, in both copies; the others go.
- A **standfirst that the body restates**: a paragraph at the top that one later passage says.
- A **paragraph given again**: a long one, under the same heading and in no list.

The same words under two headings, as items of two lists, or in a family of paragraphs with own figures are never a
repeat.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from obecsum.cleaning.copies import MAX_COMPARISONS, Plan, plan_removals
from obecsum.cleaning.matching import coverage
from obecsum.cleaning.passages import grams_of, joined
from obecsum.cleaning.units import Unit, units_of
from obecsum.core.arguments import checked
from obecsum.text.argument import text_argument
from obecsum.text.normalize import fold, normalize

if TYPE_CHECKING:
    from obecsum.comparison.alignment.align import Change

__all__ = ["Repeat", "find_repeats", "remove_repeats"]

_MAX_ROUNDS = 12
_LEAST_COMPARISONS = 25
# Characters read over all rounds: a long text has fewer rounds, so that the time grows with its length only.
_MAX_READ_CHARS = 4_000_000


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage that a text holds twice.

    Attributes:
        span: (start, end) of the copy that can go, half-open, in code points of the caller's text.
        copy_of: (start, end) of the copy that stays.
        similarity: Share of the characters of ``span`` that ``copy_of`` has in the same 5-grams, 0 to 1.
        changes: What differs: ``before`` in the copy that goes, ``after`` in the one that stays; spans in the
            caller's text.
    """

    span: tuple[int, int]
    copy_of: tuple[int, int]
    similarity: float
    changes: list[Change]


def _span(units: Sequence[Unit], run: tuple[int, int], tail: int) -> tuple[int, int]:
    """The stretch of text that goes with a run.

    The white space after it goes along, and at the end of a text (nothing stays from unit ``tail`` on) that before
    it, so that no empty line is left.
    """
    if run[0] >= tail:
        return (units[run[0] - 1].end if run[0] else units[0].start), units[run[1]].end
    return units[run[0]].start, units[run[1] + 1].start


def _tail(units: Sequence[Unit], plans: Sequence[Plan]) -> int:
    gone = {index for plan in plans for index in range(plan.gone[0], plan.gone[1] + 1)}
    tail = len(units)
    while tail - 1 in gone:
        tail -= 1
    return tail


def _shift(pieces: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Maps a stretch of the joined pieces back to stretches of the original."""
    stretches: list[tuple[int, int]] = []
    at = 0
    for low, high in pieces:
        a, b = max(start, at), min(end, at + high - low)
        if a < b:
            stretches.append((low + a - at, low + b - at))
        at += high - low
    return stretches


def _whole(pieces: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Maps a stretch back to one stretch of the original, which holds all of it; an empty one to its place."""
    if start < end:
        stretches = _shift(pieces, start, end)
        return stretches[0][0], stretches[-1][1]
    at = 0
    for low, high in pieces:
        if start <= at + high - low:
            return low + start - at, low + start - at
        at += high - low
    return (pieces[-1][1], pieces[-1][1]) if pieces else (0, 0)


def _similarity(units: Sequence[Unit], plan: Plan) -> float:
    gone = [unit for unit in units[plan.gone[0] : plan.gone[1] + 1] if not unit.is_filler]
    grams = grams_of(units, plan.kept)
    covered = sum(coverage(unit.compact, grams) * len(unit.compact) for unit in gone)
    return round(covered / max(1, sum(len(unit.compact) for unit in gone)), 4)


def _changes(text: str, units: Sequence[Unit], plan: Plan) -> list[Change]:
    gone, kept = joined(units, plan.gone), joined(units, plan.kept)
    if gone == kept:
        return []
    from obecsum.comparison.alignment.align import align

    a = units[plan.gone[0]].start, units[plan.gone[1]].end
    b = units[plan.kept[0]].start, units[plan.kept[1]].end
    return [
        replace(
            change,
            span_a=(change.span_a[0] + a[0], change.span_a[1] + a[0]),
            span_b=(change.span_b[0] + b[0], change.span_b[1] + b[0]),
        )
        for change in align(text[a[0] : a[1]], text[b[0] : b[1]])
    ]


@checked
def find_repeats(text: str, *, title: str | None = None) -> list[Repeat]:
    """Finds the passages of a release that it holds twice.

    Args:
        text: The text of one release, as it is.
        title: Its headline, if known: a line that equals it is never taken for a standfirst.

    Returns:
        The repeats by the place of the copy that can go; their spans do not overlap, and none cuts a Thai character
        cluster. Where a copy stays but a third one is preferred to it, ``copy_of`` names the last. Empty where
        nothing can go.
    """
    text = text_argument(text)
    title_compact = "".join(fold(normalize(title)).split()) if title else ""
    pieces = [(0, len(text))]
    repeats: list[Repeat] = []
    read = 0
    for round_number in range(_MAX_ROUNDS):
        current = "".join(text[a:b] for a, b in pieces)
        read += len(current)
        if round_number and read > _MAX_READ_CHARS:
            break
        units = units_of(current)
        plans = plan_removals(
            units, title_compact=title_compact, max_comparisons=max(_LEAST_COMPARISONS, MAX_COMPARISONS >> round_number)
        )
        if not plans:
            break
        leaving: list[tuple[int, int]] = []
        tail = _tail(units, plans)
        for plan in plans:
            start, end = _span(units, plan.gone, tail)
            leaving.append((start, end))
            kept = _whole(pieces, units[plan.kept[0]].start, units[plan.kept[1]].end)
            changes = [
                replace(change, span_a=_whole(pieces, *change.span_a), span_b=_whole(pieces, *change.span_b))
                for change in _changes(current, units, plan)
            ]
            stretches = _shift(pieces, start, end)
            repeats.extend(
                Repeat(stretch, kept, _similarity(units, plan), changes if n == 0 else [])
                for n, stretch in enumerate(stretches)
            )
        leaving.sort()
        remaining: list[tuple[int, int]] = []
        at = 0
        for start, end in leaving:
            remaining.extend(_shift(pieces, at, start))
            at = max(at, end)
        remaining.extend(_shift(pieces, at, len(current)))
        pieces = remaining
    repeats.sort(key=lambda repeat: repeat.span)
    repeats = _joined_blanks(text, repeats)
    starts = [repeat.span[0] for repeat in repeats]
    return [replace(repeat, copy_of=_survivor(repeat, repeats, starts)) for repeat in repeats]


def _joined_blanks(text: str, repeats: Sequence[Repeat]) -> list[Repeat]:
    """White space that a later round left beside an earlier cut goes with that cut; it is no repeat of its own."""
    joined_up: list[Repeat] = []
    pending: tuple[int, int] | None = None
    for repeat in repeats:
        if not text[slice(*repeat.span)].strip():
            if joined_up and joined_up[-1].span[1] == repeat.span[0]:
                joined_up[-1] = replace(joined_up[-1], span=(joined_up[-1].span[0], repeat.span[1]))
            else:
                pending = repeat.span
            continue
        if pending is not None and pending[1] == repeat.span[0]:
            repeat = replace(repeat, span=(pending[0], repeat.span[1]))
        pending = None
        joined_up.append(repeat)
    return joined_up


def _survivor(repeat: Repeat, repeats: Sequence[Repeat], starts: Sequence[int]) -> tuple[int, int]:
    """Follows a chain of copies to the one that stays."""
    copy = repeat.copy_of
    for _ in range(_MAX_ROUNDS):
        at = bisect_right(starts, copy[0]) - 1
        if at < 0 or copy[1] > repeats[at].span[1] or repeats[at].copy_of == copy:
            return copy
        copy = repeats[at].copy_of
    return copy


@checked
def remove_repeats(text: str, *, title: str | None = None) -> str:
    """Returns a text without the copies that :func:`find_repeats` names; doing it twice changes nothing more."""
    at = 0
    parts: list[str] = []
    for repeat in find_repeats(text, title=title):
        parts.append(text[at : repeat.span[0]])
        at = repeat.span[1]
    parts.append(text[at:])
    return "".join(parts)
