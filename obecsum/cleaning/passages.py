"""What two runs of units say, and which of them says it better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from obecsum.cleaning.units import Unit
from obecsum.cleaning.wording import changed_words, is_respelling, multiset_difference, novel_words, spelling_votes

__all__ = [
    "Difference",
    "compacted",
    "difference_of",
    "first_goes",
    "grams_of",
    "joined",
    "letters_of",
    "numbers_of",
]


def joined(units: Sequence[Unit], run: tuple[int, int]) -> str:
    """The normalized text of a run, a line a unit."""
    return "\n".join(unit.text for unit in units[run[0] : run[1] + 1])


def compacted(units: Sequence[Unit], run: tuple[int, int]) -> str:
    """What is compared of a run, a line a unit."""
    return "\n".join(unit.compact for unit in units[run[0] : run[1] + 1])


def letters_of(units: Sequence[Unit], run: tuple[int, int]) -> int:
    """How many letters a run has."""
    return sum(unit.letters for unit in units[run[0] : run[1] + 1])


def numbers_of(units: Sequence[Unit], run: tuple[int, int]) -> list[str]:
    """The numbers of a run, in order."""
    return [number for unit in units[run[0] : run[1] + 1] for number in unit.numbers]


def grams_of(units: Sequence[Unit], run: tuple[int, int]) -> set[str]:
    """The character 5-grams of a run."""
    return {gram for unit in units[run[0] : run[1] + 1] for gram in unit.grams}


@dataclass(frozen=True, slots=True)
class Difference:
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


def difference_of(units: Sequence[Unit], first: tuple[int, int], second: tuple[int, int]) -> Difference:
    """Compares two runs by their numbers and words of content; a word in another spelling is no difference."""
    if compacted(units, first) == compacted(units, second):
        return Difference([], [], [], [])
    text_a, text_b = joined(units, first), joined(units, second)
    a, b = novel_words(text_a, compacted(units, second)), novel_words(text_b, compacted(units, first))
    # A wrong letter parts a word in two (การ|ศกึษา for การศึกษา), so stretches that stand for one another are compared.
    respelled = [pair for pair in changed_words(text_a, text_b) if is_respelling(*pair)] if a and b else []
    numbers_a, numbers_b = numbers_of(units, first), numbers_of(units, second)
    return Difference(
        numbers_first=[n for n in multiset_difference(numbers_a, numbers_b) if n not in set(numbers_b)],
        numbers_second=[n for n in multiset_difference(numbers_b, numbers_a) if n not in set(numbers_a)],
        words_first=[x for x in a if not any(x in before for before, _ in respelled)],
        words_second=[y for y in b if not any(y in after for _, after in respelled)],
    )


def first_goes(units: Sequence[Unit], first: tuple[int, int], second: tuple[int, int], difference: Difference) -> bool:
    """Which of two copies is the poorer: facts, then spelling, then length; the later one where all is equal."""
    if bool(difference.numbers_first) != bool(difference.numbers_second):
        return bool(difference.numbers_second)
    if compacted(units, first) == compacted(units, second):
        return False
    votes = spelling_votes(joined(units, first), joined(units, second))
    if votes:
        return votes > 0
    facts = len(difference.words_first) - len(difference.words_second)
    if facts:
        return facts < 0
    return letters_of(units, first) < letters_of(units, second)
