"""What a text denies, and what it takes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from obecsum.comparison.account.tokens import is_idle_word
from obecsum.comparison.account.words import Words, words_of
from obecsum.comparison.alignment.document import Document, once
from obecsum.text.lexicon.function_words import CORRECTIONS, NEGATIONS

__all__ = ["denials", "denials_between", "negations"]


def negations(keys: Sequence[str]) -> list[str]:
    """Its negations, sorted."""
    return sorted(key for at, key in enumerate(keys) if _denies(keys, at))


def _denies(keys: Sequence[str], at: int) -> bool:
    """Whether a word is a negation.

    มิ before a single letter is a syllable of a name that no dictionary has (เตมิท), and t denies only behind n (don't).
    """
    key = keys[at]
    if key == "t":
        return at > 0 and keys[at - 1].endswith("n")
    return (key in NEGATIONS or key.startswith(("ไม่", "มิได้"))) and (at + 1 == len(keys) or len(keys[at + 1]) != 1)


@once
def denials(text: Document) -> frozenset[tuple[str, str]]:
    """What it denies or takes back: the word that does, and the word of content that it does so with."""
    words = words_of(text)
    return frozenset(denials_between(words, 0, len(words.keys)))


def denials_between(words: Words, start: int, end: int) -> Iterator[tuple[str, str]]:
    """The same of some words; what is denied may stand behind them.

    It is the next word of content in the line, or the last one where none follows.
    """
    keys, lines = words.keys, words.lines
    for at in range(start, end):
        if not _denies(keys, at) and keys[at] not in CORRECTIONS:
            continue
        for step in (1, -1):
            other = at + step
            while 0 <= other < len(keys) and lines[other] == lines[at] and is_idle_word(keys[other]):
                other += step
            if 0 <= other < len(keys) and lines[other] == lines[at]:
                yield keys[at], keys[other]
                break
        else:
            yield keys[at], ""
