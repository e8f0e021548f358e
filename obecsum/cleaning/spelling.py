"""Which of two wordings of one text is the better spelled."""

from __future__ import annotations

import math
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

__all__ = ["spelling_votes"]

# Longer texts are cut for this purpose; a wording is judged on its first part then.
_MAX_CHARS = 20_000
_MAX_TOKENS = 2_000


@cache
def _word_list() -> frozenset[str]:
    from pythainlp.corpus import thai_words

    return frozenset(thai_words())


@cache
def _frequencies() -> dict[str, int]:
    from pythainlp.corpus.tnc import unigram_word_freqs

    return dict(unigram_word_freqs())


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text by newmm, white space left out."""
    from pythainlp.tokenize import word_tokenize

    return tuple(word for word in word_tokenize(text[:_MAX_CHARS], engine="newmm") if not word.isspace())[:_MAX_TOKENS]


def _is_respelling(before: str, after: str) -> bool:
    """Whether two words or short phrases are one in two spellings (การกศึกษา, การศึกษา)."""
    if before == after:
        return True
    shorter, longer = sorted((len(before), len(after)))
    if shorter < 4 or longer - shorter > 2:
        return False
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks())
    return longer - kept <= max(1, longer // 8)


def _rarity(segments: Sequence[str]) -> float:
    """How odd the oddest word is: -log10 of its share in the Thai National Corpus, more where no list has it."""
    known, frequencies = _word_list(), _frequencies()
    worst = 0.0
    for word in segments:
        if not any("\u0e01" <= character <= "\u0e4e" for character in word):
            continue
        count = frequencies.get(word, 0)
        rarity = 8.0 - math.log10(count + 1.0) + (0.0 if count or word in known else 2.0)
        worst = max(worst, rarity)
    return worst


def spelling_votes(before: str, after: str) -> int:
    """Which of two texts is the better spelled, by the places where only the spelling differs.

    A place counts against the text whose oddest word is at least ten times rarer in the Thai National Corpus (as
    bundled with pythainlp) or is in no word list.

    Returns:
        Places in which ``after`` is the better one minus those in which ``before`` is.
    """
    votes = 0
    a, b = _words(before), _words(after)
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "replace" or not _is_respelling("".join(a[i:j]), "".join(b[k:m])):
            continue
        difference = _rarity(a[i:j]) - _rarity(b[k:m])
        if abs(difference) >= 1.0:
            votes += 1 if difference > 0 else -1
    return votes
