"""One word in two spellings, one of which is no word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from obecsum.text.lexicon.frequency import telling
from obecsum.text.maximal import is_word, parts_of

__all__ = ["is_short_form", "same_but_misspelled"]

_LEAST_CHARS = 4
_LONG_CHARS = 10
_MOST_CHARS = 60
_LEAST_WORD_CHARS = 8
_FRAGMENTS = 3
_LEAST_SOUNDED_CHARS = 5
_SILENT = re.compile("[ก-ฮ][ิุ]?์")
_SHORT = re.compile("[ก-ฮ]{3,6}|[a-z]{3,6}")
_LEADING_VOWELS = "เแโใไ"
_PARTS_A_LETTER = 4


def same_but_misspelled(x: Sequence[str], y: Sequence[str]) -> bool:
    """Whether two runs of words are the same but for a slip: one letter, or two in a long word, and one side no word.

    Two words of the dictionary are never the same, and neither are figures: another letter is then another word.
    """
    first, second = "".join(x), "".join(y)
    shorter, longer = sorted((len(first), len(second)))
    if shorter < _LEAST_CHARS or longer > _MOST_CHARS or any(char.isdigit() for char in first + second):
        return False
    sounded = _sound(first) == _sound(second)
    if not sounded and not _within(first, second, 1 if shorter < _LONG_CHARS else 2):
        return False
    whole_x, whole_y = _are_words(x), _are_words(y)
    if whole_x and whole_y:
        # A slip inside a word falls apart into shorter words by chance: สานักงาน is สา and นักงาน.
        if is_word(first) == is_word(second):
            return sounded and shorter >= _LEAST_SOUNDED_CHARS
        if _falls_apart(x, y) or _falls_apart(y, x):
            return True
        pieces = max(len(x), len(y))
        return sounded or pieces >= _FRAGMENTS or _only_marks(first, second) or _undoubled(first) == _undoubled(second)
    return whole_x != whole_y


def _sound(word: str) -> str:
    """A word without silent letters, and with one letter for the three of the sound s."""
    return _SILENT.sub("", word).translate(_SIBILANTS)


_SIBILANTS = str.maketrans("ศษ", "สส")


def _falls_apart(slip: Sequence[str], word: Sequence[str]) -> bool:
    """Whether one long word stands against pieces of which one is as good as never written: การก and ศึกษา."""
    return len(word) == 1 < len(slip) and len(word[0]) >= _LEAST_WORD_CHARS and max(map(telling, slip)) == 1.0


def _are_words(keys: Sequence[str]) -> bool:
    return all(len(key) > 1 and is_word(key) for key in keys)


_MARKS = frozenset("ะาำิีึืุู็่้๊๋์ัํๅฺ")


def _only_marks(first: str, second: str) -> bool:
    """Whether both have the same consonants in the same order."""
    return [c for c in first if c not in _MARKS] == [c for c in second if c not in _MARKS]


def _within(first: str, second: str, most: int) -> bool:
    """Whether at most so many letters were changed, left out, put in or exchanged with their neighbor.

    Optimal string alignment distance (Damerau 1964), on strings of at most 60 characters.
    """
    if abs(len(first) - len(second)) > most:
        return False
    before: list[int] = []
    last = list(range(len(second) + 1))
    for i, c in enumerate(first, 1):
        row = [i]
        for j, d in enumerate(second, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (c != d))
            if i > 1 and j > 1 and c == second[j - 2] and first[i - 2] == d:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
        before, last = last, row
    return last[-1] <= most


def _undoubled(text: str) -> str:
    return "".join(char for index, char in enumerate(text) if index == 0 or char != text[index - 1])


def is_short_form(x: Sequence[str], y: Sequence[str]) -> bool:
    """Whether one side is letters that begin words of the other, in order and up to its end.

    As กพฐ of คณะกรรมการการศึกษาขั้นพื้นฐาน. Of three letters or more: two begin the words of many names.
    """
    letters, full = ("".join(x), y) if _SHORT.fullmatch("".join(x)) else ("".join(y), x)
    if not _SHORT.fullmatch(letters) or not 2 <= len(full) <= _PARTS_A_LETTER * len(letters):
        return False
    initials = [part.lstrip(_LEADING_VOWELS)[:1] for word in full for part in parts_of(word)]
    rest = iter(initials)
    return all(letter in rest for letter in letters) and letters[-1] in initials[-2:]
