"""Chooses among a model's candidates: what the source supports, said once, and as much in new words as can be had."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from obecsum.summaries.check.support import Check, SourceFacts
from obecsum.summaries.constraints.echo import echoes
from obecsum.text.facts import Fact
from obecsum.text.normalize import fold, normalize

__all__ = ["Choice", "best_candidate", "is_readable", "new_wording"]

_RUN_CHARS = 6
_THAI = re.compile("[ก-ฮะ-ฺเ-๎]")
_NUMBER = re.compile(r"\d[\d,./]*\d")
_DOUBLED = re.compile(r"([ก-๎]{2,12}?)\1")
_CUT_MONTH = re.compile(r"(?<![ก-๎.])\.[ก-ฮ]\.")
_CUT_ENGLISH = re.compile(r"\b(?:to|of|and|the|for|in|by|with|on|at|a)[”\"')]*$", re.IGNORECASE)
_UNFINISHED = re.compile(r"(?:พ\.ศ\.|ค\.ศ\.|(?:ครั้ง|รุ่น|ฉบับ)ที่)(?=\s|$)(?!\s?\d)")  # its number never came
_TOP = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate and what was found about it.

    Attributes:
        text: The candidate.
        support: Its facts held against the source.
    """

    text: str
    support: Check

    @property
    def is_supported(self) -> bool:
        """Whether the source states every fact."""
        return not self.support.unsupported

    @property
    def num_wrong(self) -> tuple[int, int]:
        """How many numbers, dates, times and serials are unsupported; and how many names."""
        hard = sum(is_figure(fact) for fact in self.support.unsupported)
        return hard, len(self.support.unsupported) - hard


def is_figure(fact: Fact) -> bool:
    """Whether a fact is a number, date, time or serial."""
    return fact.kind in ("number", "date", "time", "serial")


def is_readable(candidate: str) -> bool:
    """Whether a candidate is a text at all: a dozen characters, most of a word's worth of them Thai."""
    return len(candidate) >= 12 and len(_THAI.findall(candidate)) >= 8


def squeezed(text: str) -> str:
    """A text as wording is compared: folded, without white space."""
    return "".join(fold(normalize(text)).split())


def new_wording(candidate: str, source: str) -> float:
    """Share of a candidate's runs of six characters that the source lacks, 0 to 1; both squeezed.

    It orders candidates as their share of new word bigrams does, without segmenting the whole source.
    """
    runs = len(candidate) - _RUN_CHARS + 1
    if runs < 1:
        return 0.0
    return sum(candidate[i : i + _RUN_CHARS] not in source for i in range(runs)) / runs


def stutters(candidate: str) -> bool:
    """Whether a squeezed candidate says 16 characters or a number of two digits and more twice."""
    numbers = _NUMBER.findall(candidate)
    return len(numbers) > len(set(numbers)) or echoes(candidate)


def is_awkward(candidate: str, source: str = "") -> bool:
    """Whether a candidate stutters, breaks off, or has a word that wants a number (พ.ศ., ครั้งที่) without one.

    Args:
        candidate: A text.
        source: Its source, :func:`squeezed`: a word that it doubles may be doubled.
    """
    text = squeezed(candidate)
    return (
        stutters(text)
        or any(match.group() not in source for match in _DOUBLED.finditer(text))
        or _CUT_ENGLISH.search(candidate) is not None
        or _CUT_MONTH.search(candidate) is not None
        or _UNFINISHED.search(fold(normalize(candidate))) is not None
    )


def best_candidate(candidates: Sequence[str], facts: SourceFacts, source: str) -> Choice | None:
    """The candidate to print.

    Those with the fewest unsupported facts come first, then those that are not awkward. Of the first three that are
    left, in the model's own order, the one with the most new wording is taken.

    Args:
        candidates: The model's texts, its favorite first.
        facts: The source's facts.
        source: The source, :func:`squeezed`.

    Returns:
        The choice, supported or not; None if no candidate can be read.
    """
    ranked: list[tuple[tuple[tuple[int, int], bool], Choice]] = []
    for candidate in candidates:
        if is_readable(candidate):
            choice = Choice(candidate, facts.check(candidate))
            awkward = is_awkward(candidate, source) or facts.has_cut_latin(candidate)
            ranked.append(((choice.num_wrong, awkward), choice))
    if not ranked:
        return None
    best = min(key for key, _ in ranked)
    equals = [choice for key, choice in ranked if key == best][:_TOP]
    return max(equals, key=lambda choice: new_wording(squeezed(choice.text), source))  # the first of equals
