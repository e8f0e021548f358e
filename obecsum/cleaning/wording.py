"""What one wording says that another does not, and which of two wordings is the better spelled."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache

__all__ = ["changed_words", "is_respelling", "novel_words", "spelling_votes", "words"]

# Longer texts are cut for this purpose; a wording is judged on its first part then.
_MAX_CHARS = 20_000
_MAX_TOKENS = 2_000

# Connectives of press releases that the stop-word list of pythainlp lacks: they add no fact.
_CONNECTIVES = frozenset(
    """
    กล่าว กล่าวว่า ระบุ ระบุว่า เผย เปิดเผย เปิดเผยว่า เพิ่มเติม ต่อ ต่อไป ต่อว่า ตอนท้าย
    ทิ้งท้าย ย้ำ ย้ำว่า ชี้ แจ้ง แจ้งว่า แถลง ดังกล่าว โอกาส ในโอกาส พร้อม พร้อมด้วย พร้อมทั้ง
    รวมทั้ง รวมถึง ตลอดจน อีกทั้ง ทั้งนี้ นอกจากนี้ สำหรับ ภายใต้ ณ ที่ผ่านมา วันนี้ เมื่อเร็ว
    เร็วๆ ล่าสุด ภาพ ข่าว ประมวล ประมวลภาพ อ่าน คลิก รายละเอียด ดังนี้ ได้แก่ อาทิ เช่น ฯลฯ คือ
    ฯ ๆ ว่า นาย นาง นางสาว ดร. น.ส. ได้รับ มอบหมาย ร่วม เข้าร่วม เป็น ให้ มี การ ความ ใน ที่
    ซึ่ง อัน โดย ของ และ หรือ กับ แก่ แด่ จาก ถึง ตาม
    """.split()  # noqa: SIM905
)


@cache
def _stop_words() -> frozenset[str]:
    from pythainlp.corpus import thai_stopwords

    return frozenset(thai_stopwords()) | _CONNECTIVES


@cache
def _word_list() -> frozenset[str]:
    from pythainlp.corpus import thai_words

    return frozenset(thai_words())


@cache
def _frequencies() -> dict[str, int]:
    from pythainlp.corpus.tnc import unigram_word_freqs

    return dict(unigram_word_freqs())


@lru_cache(maxsize=256)
def words(text: str) -> tuple[str, ...]:
    """The words of a text by newmm, white space left out."""
    from pythainlp.tokenize import word_tokenize

    return tuple(word for word in word_tokenize(text[:_MAX_CHARS], engine="newmm") if not word.isspace())[:_MAX_TOKENS]


def _has_letters(word: str) -> bool:
    return any(character.isalpha() for character in word)


def novel_words(text: str, reference_compact: str) -> list[str]:
    """The words of ``text`` that carry content and do not occur in a reference.

    Args:
        text: A normalized text.
        reference_compact: The folded text, without white space, in which they are looked up as strings.

    Returns:
        The words in order, numbers and stop words left out.
    """
    stops = _stop_words()
    return [
        word
        for word in words(text)
        if _has_letters(word)
        and word not in stops
        and word.lower() not in reference_compact
        and word not in reference_compact
    ]


def is_respelling(before: str, after: str) -> bool:
    """Whether two words or short phrases are one in two spellings (การกศึกษา, การศึกษา)."""
    if before == after:
        return True
    shorter, longer = sorted((len(before), len(after)))
    if shorter < 4 or longer - shorter > 2:
        return False
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    kept = sum(block.size for block in matcher.get_matching_blocks())
    return longer - kept <= max(1, longer // 8)


def changed_words(before: str, after: str) -> list[tuple[str, str]]:
    """The stretches of words in which two normalized texts differ, aligned: (before, after), either may be empty."""
    a, b = words(before), words(after)
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return [("".join(a[i:j]), "".join(b[k:m])) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]


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
    a, b = words(before), words(after)
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "replace" or not is_respelling("".join(a[i:j]), "".join(b[k:m])):
            continue
        difference = _rarity(a[i:j]) - _rarity(b[k:m])
        if abs(difference) >= 1.0:
            votes += 1 if difference > 0 else -1
    return votes


def multiset_difference(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """What ``before`` has more often than ``after``, sorted."""
    return sorted((Counter(before) - Counter(after)).elements())
