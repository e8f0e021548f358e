"""Words of run-on Thai text by maximal matching, as pythainlp's newmm cuts them, several times as fast.

The words are those of ``pythainlp.tokenize.newmm.segment`` on any text (``tests/property/test_words.py``): the fewest
words of its dictionary that end where a character cluster ends (Theeramunkong et al. 2000, "Character cluster based
Thai information retrieval"), the first such path breadth first, forced to a decision after 50 candidates; what is in no
dictionary goes up to the next word of more than two consonants. What is different is the work: the dictionary is
one table of all beginnings of its words, asked only where a cluster ends, and clusters are found by one expression.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, pairwise

__all__ = ["cut", "is_word", "longest_word", "may_cut_at_space", "parts_of", "word_ends"]

_MAX_CANDIDATES = 50
_BEGINNING, _WORD, _WORD_OF_WORDS = 0, 1, 2  # of words only; a word and of none; both

_C = "[ก-ฮ]"
_TONE = "[่-๋]?"
_SILENT = f"(?:{_C}{_C}?[ิุู]?์)?"  # letters that thanthakhat makes silent belong to the syllable before
_NEXT = "(?=[ก-ฮเ-ไ]|$)"
# Alternatives in their order: the first that fits is the cluster. Any other code point is one of its own.
_AFTER_E = (
    f"{_C}็{_C}{_SILENT}",
    f"{_C}{_C}{_TONE}าะ{_SILENT}",
    f"{_C}{_C}ี{_TONE}ย(?:ะ|{_NEXT}){_SILENT}",
    f"{_C}{_C}็{_C}{_SILENT}",
    f"{_C}ิ{_C}์{_C}{_SILENT}",
    f"{_C}ิ{_TONE}{_C}{_SILENT}",
    f"{_C}ี{_TONE}ยะ?{_SILENT}",
    f"{_C}ื{_TONE}อะ?{_SILENT}",
    f"{_C}[ิุู]{_TONE}ย{_NEXT}{_SILENT}",
    f"{_C}{_TONE}า?ะ?{_SILENT}",
)
_AFTER_AE = (f"{_C}็{_C}", f"{_C}{_C}์", f"{_C}{_TONE}ะ", f"{_C}{_C}็{_C}", f"{_C}{_C}{_C}์")
_AFTER_CONSONANT = (
    f"ั{_TONE}วะ{_SILENT}",
    f"[ัื]{_TONE}{_C}[ะิุ]?{_SILENT}",
    "[ิุู]์",
    f"[ะ-ู]{_TONE}{_SILENT}",
    f"รร{_C}์",
    "็",
    f"{_TONE}[ะาำ]?{_SILENT}",
)
_CLUSTER = re.compile(
    f"เ(?:{'|'.join(_AFTER_E)})|แ(?:{'|'.join(_AFTER_AE)})|โ{_C}{_TONE}ะ|[เ-ไ]{_C}{_TONE}"
    f"|{_C}(?:{'|'.join(_AFTER_CONSONANT)})|.",
    re.DOTALL,
)
_FOREIGN = re.compile(r"[-a-zA-Z]+|\d+(?:[,.]\d+)*|[ \t]+|\r?\n|[^\u0E00-\u0E7F \t\r\n]+")
_FEW_CONSONANTS = re.compile("[ก-ฮ]{1,2}")


@lru_cache(maxsize=1)
def _beginnings() -> dict[str, int]:
    """Each beginning of a word of the dictionary, and whether it is a word itself: 0.15 s and 26 MiB, once."""
    from pythainlp.corpus import thai_words

    known = dict.fromkeys(thai_words(), _WORD)
    for word in list(known):
        for end in range(len(word) - 1, 0, -1):
            start = word[:end]
            kind = known.get(start)
            if kind == _WORD:
                known[start] = _WORD_OF_WORDS
            if kind is not None:
                break
            known[start] = _BEGINNING
    return known


@lru_cache(maxsize=1)
def _joined_by_space() -> frozenset[str]:
    """What stands around the white space inside words of the dictionary (จริง ๆ)."""
    return frozenset(
        word[at - 1] + word[at + 1]
        for word, is_word in _beginnings().items()
        if is_word
        for at in range(1, len(word) - 1)
        if word[at] == " "
    )


def may_cut_at_space(text: str, at: int) -> bool:
    """Whether no word goes on behind the space ``text[at]``: what stands before and behind it is cut on its own then.

    The space has to stay with what stands before it: a cluster may depend on whether the text ends there.
    """
    return text[at - 1 : at] + text[at + 1 : at + 2] not in _joined_by_space()


def word_ends(text: str, start: int) -> list[int]:
    """Where the words of the dictionary end that begin at a place, ascending.

    >>> word_ends("การศึกษา", 0)
    [2, 3, 6, 8]
    """
    beginnings = _beginnings().get
    ends = []
    for end in range(start + 1, len(text) + 1):
        kind = beginnings(text[start:end])
        if kind is None:
            break
        if kind != _BEGINNING:
            ends.append(end)
    return ends


def cut(text: str) -> list[int]:
    """Where the words of ``text`` end, ascending; a run of white space is a word, too.

    >>> cut("การศึกษาไทย 4.0")
    [8, 11, 12, 15]
    """
    beginnings = _beginnings().get
    offsets = [0, *accumulate(map(len, _CLUSTER.findall(text)))]
    last = len(offsets) - 1
    ends: list[int] = []
    # Clusters at which a word may begin that is not yet looked for; all of them lie behind ``at``.
    waiting, num_waiting = bytearray(last + 1), 0
    edges: dict[int, list[int]] = {}
    num_edges = decided = at = 0
    while at < last:
        start = offsets[at]
        found = edges[at] = []
        for end in range(at + 1, last + 1):
            kind = beginnings(text[start : offsets[end]])
            if kind:
                found.append(end)
                if not waiting[end]:
                    waiting[end] = 1
                    num_waiting += 1
                num_edges += 1
                if kind == _WORD or num_edges > _MAX_CANDIDATES:
                    break
            elif kind is None:
                break
        if num_waiting > 1:
            at = waiting.find(1, at + 1)
            waiting[at] = 0
            num_waiting -= 1
            continue
        if num_waiting:
            at = waiting.find(1, at + 1)
            waiting[at] = num_waiting = 0
            ends += [offsets[end] for end in _fewest(edges, decided, at)]
        else:
            at = _unknown(text, offsets, at)
            ends.append(offsets[at])
        decided, num_edges = at, 0
        edges.clear()
    return ends


def _fewest(edges: dict[int, list[int]], start: int, goal: int) -> list[int]:
    """The ends of the fewest words from ``start`` to ``goal``, the first such path breadth first."""
    if goal in edges[start]:
        return [goal]
    came: dict[int, int] = {}
    queue = [start]
    for cluster in queue:
        for end in edges.get(cluster, ()):
            if end == goal:
                path = [goal]
                while cluster != start:
                    path.append(cluster)
                    cluster = came[cluster]
                return path[::-1]
            if end not in came:
                came[end] = cluster
                queue.append(end)
    raise AssertionError(f"no path from {start} to {goal}")  # every cluster that waited was reached from the start


def _unknown(text: str, offsets: list[int], at: int) -> int:
    """Where what begins at ``at`` and is no word of the dictionary ends."""
    foreign = _FOREIGN.match(text, offsets[at])
    if foreign:
        return at + foreign.end() - foreign.start()  # each of its code points is a cluster
    last = len(offsets) - 1
    for cluster in range(at + 1, last):
        if _begins_word(text, offsets, cluster) or _FOREIGN.match(text, offsets[cluster]):
            return cluster
    return last


def _begins_word(text: str, offsets: list[int], at: int) -> bool:
    """Whether a word begins at ``at`` that is more than one or two consonants."""
    beginnings = _beginnings()
    start = offsets[at]
    for end in offsets[at + 1 :]:
        is_word = beginnings.get(text[start:end])
        if is_word is None:
            return False
        if is_word and not _FEW_CONSONANTS.fullmatch(text, start, end):
            return True
    return False


def is_word(text: str) -> bool:
    """Whether the dictionary has a word."""
    return _beginnings().get(text, _BEGINNING) != _BEGINNING


def longest_word(text: str, start: int) -> int:
    """Where the longest word of the dictionary ends that begins at an offset; the offset itself if none does.

    >>> longest_word("หกล้มหกลุก", 0)
    5
    """
    beginnings, longest = _beginnings(), start
    for end in range(start + 1, len(text) + 1):
        kind = beginnings.get(text[start:end])
        if kind is None:
            break
        if kind != _BEGINNING:
            longest = end
    return longest


_LEAST_PART_CHARS = 3
_COMPOUND_CHARS = 10
_INSIDE = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")  # marks and vowels that no word begins with


@lru_cache(maxsize=1 << 14)
def parts_of(word: str) -> tuple[str, ...]:
    """The words that a compound is made of, each shorter than ten characters or no compound; itself if it is none.

    >>> parts_of("กระทรวงเกษตรและสหกรณ์")
    ('กระทรวง', 'เกษตร', 'และ', 'สหกรณ์')
    """
    size = len(word)
    best: list[tuple[int, ...] | None] = [(0,), *[None] * size]
    for end in range(_LEAST_PART_CHARS, size + 1):
        if end < size and _INSIDE.match(word[end]):
            continue
        for start in range(end - _LEAST_PART_CHARS, -1, -1):
            before = best[start]
            if before is None or (start == 0 and end == size) or not is_word(word[start:end]):
                continue
            found = best[end]
            if found is None or len(before) + 1 < len(found):
                best[end] = (*before, end)
    cuts = best[size]
    if cuts is None:
        return (word,)
    pieces = (word[start:end] for start, end in pairwise(cuts))
    return tuple(part for piece in pieces for part in (parts_of(piece) if len(piece) >= _COMPOUND_CHARS else (piece,)))
