# ruff: noqa: E501, SIM905 - lists of Thai words read better as words
"""A source made ready once: its words of content, its sentences, where each word stands, and who acts where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from obecsum.comparison.account.tokens import is_idle_word
from obecsum.comparison.account.words import Words, words_of
from obecsum.comparison.alignment.document import Document
from obecsum.summaries.check.tokens import Tokens, tokens_of
from obecsum.text.facts import Fact
from obecsum.text.lexicon.frequency import telling
from obecsum.text.lexicon.tables import ORGANIZATION_HEADS
from obecsum.text.segment import sentences

__all__ = ["RANKED", "Actor", "Text", "weight_of"]

_POSTS = frozenset(
    "นายก รัฐมนตรี ปลัด อธิบดี ผู้ว่าราชการ ผู้ว่า ผู้ว่าการ เลขาธิการ เลขา เลขานุการ โฆษก ผู้อำนวยการ ประธาน ผู้บัญชาการ ผู้บังคับการ คณบดี อธิการบดี ที่ปรึกษา กรรมการ"
    " นายอำเภอ ผู้ตรวจราชการ ผู้บริหาร กรรมาธิการ เอกอัครราชทูต".split()
)
_ORGANIZATIONS = frozenset({*ORGANIZATION_HEADS, "รัฐบาล", "คณะ", "ที่ประชุม", "ตำรวจ", "เจ้าหน้าที่"})
RANKED = frozenset({"รอง", "ผู้ช่วย", "อดีต", "ว่าที่", "รักษาการ", "ช่วย"})
"""Who stands for another, or did."""
# Behind these a name is no subject: it takes part, owns, or is acted on.
_NOT_SUBJECT = frozenset(
    "พร้อม พร้อมด้วย พร้อมทั้ง และ กับ ร่วมกับ ของ ใน ต่อ แก่ จาก ณ ถึง แด่ รวมถึง รวมทั้ง ตลอดจน ได้แก่ ที่ สำหรับ เป็น เช่น อาทิ คือ หรือ ระหว่าง ร่วม ต้อนรับ พบ"
    " หารือ ประชุม ประกอบด้วย ในฐานะ ตำแหน่ง ดำรงตำแหน่ง แห่ง ภายใต้ ตาม สู่ ไปยัง ผ่าน".split()
)
_SUBJECT_BEHIND = frozenset("ว่า ให้ โดย โดยมี ซึ่ง ขณะที่ ด้าน ส่วน ทำให้ มี เมื่อ หลัง หลังจาก ภายหลัง".split())
_IN_NAMES = frozenset({"และ", "การ", "ความ", "แห่ง", "เพื่อ", "ด้าน", "ส่วน", "รับ", "ใช้"})
_SHORT_FORM = re.compile("[ก-ฮ]{2,6}")
_LONGEST_NAME = 14  # words
_MOST_TOKENS = 250


class Actor:
    """A mention of somebody who may act.

    Attributes:
        start: Its first word.
        end: The word behind its last.
        kind: "person", "post" or "organization".
        is_subject: Whether it stands where a subject stands.
        is_apposed: Whether it says who the one before it is.
    """

    __slots__ = ("end", "is_apposed", "is_subject", "kind", "start")

    def __init__(self, start: int, end: int, kind: str, *, is_subject: bool, is_apposed: bool) -> None:
        self.start, self.end, self.kind = start, end, kind
        self.is_subject, self.is_apposed = is_subject, is_apposed


@lru_cache(maxsize=1 << 14)
def weight_of(key: str) -> float:
    """How much a word counts where texts are aligned: 0.2 if every release has it, 1 if one in a thousand."""
    return 1.0 if ":" in key else 0.2 + 0.8 * telling(key)


class Text:
    """A text as the check reads it, a summary or a source.

    Args:
        document: The text, made ready for comparing.

    Attributes:
        words: All of its words.
        tokens: Those of content.
        sentences: (start, end) of each sentence, as ranges of tokens.
        actors: Who may act, in order.
        named: Of words of people's names which of the actors it is, titles left out.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.words: Words = words_of(document)
        self.tokens: Tokens = tokens_of(self.words)
        self.sentences = self._cut()
        self.actors = _actors(self.words, document.facts)
        self.actor_starts = [actor.start for actor in self.actors]
        self.named = {
            word: number
            for number, actor in enumerate(self.actors)
            if actor.kind == "person"
            for word in range(actor.start, actor.end)
            if not is_idle_word(self.words.keys[word])
        }
        self._places: dict[str, list[int]] | None = None
        self._names: list[tuple[frozenset[str], ...]] | None = None

    def _cut(self) -> list[tuple[int, int]]:
        """The sentences that have words; one beyond any that is written is cut, so that the time stays linear."""
        starts, found = self.words.starts, []
        for start, end in sentences(self.document.folded):
            first, last = self.token_of(bisect_left(starts, start)), self.token_of(bisect_left(starts, end))
            found += [(at, min(at + _MOST_TOKENS, last)) for at in range(first, last, _MOST_TOKENS)]
        return found

    def token_of(self, word: int) -> int:
        """The token that a word is, or the next one."""
        of_word = self.tokens.of_word
        return of_word[word] if word < len(of_word) else len(self.tokens.keys)

    @property
    def places(self) -> dict[str, list[int]]:
        """Where each key stands, as tokens in order."""
        if self._places is None:
            found: dict[str, list[int]] = defaultdict(list)
            for at, key in enumerate(self.tokens.keys):
                found[key].append(at)
            self._places = dict(found)
        return self._places

    def word_range(self, span: tuple[int, int]) -> tuple[int, int]:
        """The words that lie in a span of the folded text, as a range."""
        first = bisect_right(self.words.ends, span[0])
        return first, bisect_left(self.words.starts, span[1], first)

    def token_range(self, span: tuple[int, int]) -> tuple[int, int]:
        """The tokens that lie in a span of the folded text, as a range."""
        first, last = self.word_range(span)
        return self.token_of(first), self.token_of(last)

    def name_of(self, actor: Actor) -> frozenset[str]:
        """The words of a name or a post that tell who it is."""
        return frozenset(key for key in self.words.keys[actor.start : actor.end] if not is_idle_word(key))

    @property
    def names(self) -> list[tuple[frozenset[str], ...]]:
        """Who is called what: names, posts and offices that stand beside one another, each set once."""
        if self._names is None:
            chains: list[list[frozenset[str]]] = []
            for actor in self.actors:
                if not actor.is_apposed or not chains:
                    chains.append([])
                chains[-1].append(self.name_of(actor))
            self._names = sorted(
                {tuple(chain) for chain in chains if len(chain) > 1}, key=lambda c: [sorted(n) for n in c]
            )
        return self._names

    def actors_between(self, first: int, last: int) -> list[Actor]:
        """Actors that begin at one of the words from ``first`` to before ``last``."""
        return self.actors[bisect_left(self.actor_starts, first) : bisect_left(self.actor_starts, last)]


def _actors(words: Words, facts: Iterable[Fact]) -> list[Actor]:
    keys, breaks = words.keys, words.breaks
    people: dict[int, int] = {}
    for fact in facts:
        if fact.kind == "person":
            first = bisect_right(words.ends, fact.span[0])
            people[first] = bisect_left(words.starts, fact.span[1], first)
    found: list[Actor] = []
    for at, key in enumerate(keys):
        if found and at < found[-1].end and not (found[-1].kind == "post" and at in people):
            continue
        if at in people:
            kind, end = "person", people[at]
        elif key in RANKED and keys[at + 1 : at + 2] and keys[at + 1] in _POSTS:
            kind, end = "post", _phrase_end(words, at + 2)
        elif key in _POSTS or key in _ORGANIZATIONS:
            kind, end = "post" if key in _POSTS else "organization", _phrase_end(words, at + 1)
        else:
            continue
        last = found[-1] if found else None
        if last is not None and last.end > at:
            last.end = at
        behind = keys[at - 1] if at else ""
        beside = last if last is not None and last.end == at else None
        # A person and the post, a post and its office, a post and who holds it; not the next one of a list.
        is_apposed = beside is not None and (
            kind == "organization"
            or (kind == "post" and beside.kind == "person")
            or (kind == "person" and beside.kind != "person" and not beside.is_apposed)
        )
        listed = is_apposed or (beside is not None and kind == "person")
        is_subject = not listed and behind not in _NOT_SUBJECT and (breaks[at] or behind in _SUBJECT_BEHIND)
        found.append(Actor(at, max(end, at + 1), kind, is_subject=is_subject, is_apposed=is_apposed))
    return found


def _phrase_end(words: Words, at: int) -> int:
    """Where the name of a post or an agency ends: at a space, or where the sentence goes on."""
    keys, breaks = words.keys, words.breaks
    limit = min(len(keys), at + _LONGEST_NAME)
    while at < limit and not breaks[at] and (keys[at] in _IN_NAMES or not is_idle_word(keys[at])):
        at += 1
    if at < limit and _SHORT_FORM.fullmatch(keys[at]):  # เลขาธิการ กพฐ.
        at += 1
    return at
