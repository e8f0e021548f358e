# ruff: noqa: E501, SIM905 - lists of Thai words read better as words
"""The words of content of a text, each with what binds it: a negation, a condition, a plan, a deputy's rank.

They are the words that :func:`obecsum.compare` weighs (:mod:`obecsum.comparison.account.words`): short forms written out,
dates and figures as values. What only restricts the word behind it (ไม่, จะ, รอง) is no word of its own here but belongs to
that word, so that a summary that drops it says something else of the same word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from obecsum.comparison.account.tokens import is_idle_word
from obecsum.comparison.account.words import Words, is_figure
from obecsum.summaries.check.measures import unit_class
from obecsum.text.lexicon.function_words import NEGATIONS
from obecsum.text.lexicon.headline_words import SAME_AS
from obecsum.text.lexicon.tables import UNITS
from obecsum.text.maximal import parts_of

__all__ = ["BOUND", "Tokens", "same_word", "tokens_of"]

_NOT = "not"
_DENIALS = (
    "ไม่ มิ มิได้ ไม่ได้ ไม่มี ไม่ใช่ ไม่ต้อง ไม่เป็น ไม่สามารถ ไม่ให้ ไม่พบ ไม่เคย ยังไม่ ไร้ อย่า ห้าม งด เว้น not no never without cannot"
).split()
_BINDING = {
    **dict.fromkeys(_DENIALS, _NOT),
    **dict.fromkeys("จะ เตรียม เล็ง กำลังจะ will would shall".split(), "will"),
    **dict.fromkeys("อาจ คาด คาดว่า น่าจะ may might could likely expected possibly probably".split(), "may"),
    **dict.fromkeys("ต้อง ควร must should".split(), "must"),
    **dict.fromkeys("หาก ถ้า if unless".split(), "if"),
    **dict.fromkeys("ถูก โดน".split(), "passive"),
    **{word: word for word in "รอง ผู้ช่วย อดีต ว่าที่ รักษาการ เฉพาะ เกือบ ร่าง deputy vice assistant former acting".split()},
    **dict.fromkeys(("ยกเว้น", "เว้นแต่", "except"), "except"),
}
"""What binds the word behind it and is no word of its own -> what it says."""
# These say something of their own, too.
_GOVERNING = (NEGATIONS - _BINDING.keys() - {"เท็จ", "ปลอม", "t"}) | {"เสนอ", "พิจารณา", "ขอ", "ขอให้", "ตั้งเป้า", "propose"}
_SUBORDINATE = frozenset({"ที่", "เพื่อ", "ก่อน", "กว่า"})  # ที่จะ, เพื่อจะ: no plan of its own
_GIVEN = frozenset("มอบ มอบหมาย แต่งตั้ง เชิญ บริจาค อนุมัติ สนับสนุน ถวาย โอน จ่าย ส่งมอบ ร้องเรียน แจ้ง".split())
_RECEIVED = frozenset({"รับ", "ได้รับ"})
_UNITS = frozenset(UNITS)
_NOMINAL = ("การ", "ความ")
_WHOLE = frozenset({"การเมือง", "การบ้าน", "การเงิน", "การค้า", "ความดัน"})
_NONE: frozenset[str] = frozenset()
_SHORT_YEAR = re.compile(r"number:([5-7]\d)")  # ปี 67
_BUDDHIST = 543
_SHORT_NAME = 3
BOUND = "bound:"
"""Begins the key of what binds a word that is no word of content."""


class Tokens(NamedTuple):
    """The words of content of a text, in order.

    Attributes:
        keys: What is compared: nouns made of verbs are the verbs, words of one meaning one word, what a number counts
            ``unit:`` and its class.
        words: Which of the text's words each is.
        bound: What binds each, see ``_BINDING``.
        of_word: For each of the text's words which token it is; of others the next one's number.
    """

    keys: list[str]
    words: list[int]
    bound: list[frozenset[str]]
    of_word: list[int]


@lru_cache(maxsize=1 << 15)
def same_word(key: str) -> str:
    """The word that stands for all of its meaning: การสนับสนุน, หนุน and สนับสนุน are one."""
    if key not in _WHOLE:
        for nominal in _NOMINAL:
            if key.startswith(nominal) and len(key) > len(nominal) + 2:
                key = key[len(nominal) :]
                break
    return SAME_AS.get(key, key)


def tokens_of(words: Words) -> Tokens:
    """The words of content among the words of a text."""
    keys: list[str] = []
    places: list[int] = []
    bound: list[frozenset[str]] = []
    of_word: list[int] = []
    pending: set[str] = set()
    known = words.keys
    for at, key in enumerate(known):
        of_word.append(len(keys))
        if pending and _is_parted(words, at):
            # What it bound was a word that joins or reports (ไม่เปิดเผยว่า).
            for left in sorted(pending - _GOVERNING):
                keys.append(f"{BOUND}{left}")
                places.append(at - 1)
                bound.append(_NONE)
            of_word[-1] = len(keys)
            pending.clear()
        binding = _binding(known, at)
        if binding is not None:
            if binding:
                pending.add(binding)
            continue
        if is_idle_word(key):
            continue
        if key.startswith("ไม่") and len(key) > 4:
            pending.add(_NOT)
            key = key[3:]
        if key in _GIVEN and at and known[at - 1] in _RECEIVED:
            pending.add("passive")
        if at and known[at - 1] == "ปี" and (year := _SHORT_YEAR.fullmatch(key)):
            if keys and places[-1] == at - 1:
                keys.pop(), places.pop(), bound.pop()
            token = f"date:{2500 + int(year[1]) - _BUDDHIST}"
        elif keys and places[-1] == at - 1 and keys[-1].startswith("number:") and key in _UNITS:
            token = f"unit:{unit_class(key)}"
        else:
            token = key if is_figure(key) else same_word(key)
        parts: tuple[str, ...] = (token,)
        if token.endswith("ฯ") and len(token) > _SHORT_NAME:  # กระทรวงเกษตรฯ: the rest of the name is left out
            parts = tuple(map(same_word, parts_of(token[:-1])))
        for part in parts:
            keys.append(part)
            places.append(at)
            bound.append(frozenset(pending) if pending else _NONE)
            pending.clear()
        if key in _GOVERNING:
            pending.add(key)
    return Tokens(keys, places, bound, of_word)


def _is_parted(words: Words, at: int) -> bool:
    """Whether another clause begins with a word: it binds nothing of what stands before it."""
    if not words.breaks[at]:
        return False
    behind = words.keys[at - 1]
    return words.lines[at] != words.lines[at - 1] or not (_binding(words.keys, at - 1) or behind in _GOVERNING)


def _binding(keys: Sequence[str], at: int) -> str | None:
    """What a word says of the word behind it: empty if nothing (ที่จะ), None if it is no such word."""
    key = keys[at]
    if key == "ช่วย":
        return key if keys[at + 1 : at + 2] == ["ว่าการ"] else None
    if key == "ที่จะ":
        return ""
    found = _BINDING.get(key)
    if key == "จะ" and at and keys[at - 1] in _SUBORDINATE:
        return ""
    return found
