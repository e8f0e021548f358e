"""Thai that a PDF's text layer or a converter broke: words put together where a dictionary makes it certain.

A PDF draws some marks as glyphs of their own; taking its text out leaves a space in the place of the mark, or before
it: "ส านักงาน" for สำนักงาน, "ขั นพื นฐาน" for ขั้นพื้นฐาน, "ผู ้เข ้า" for ผู้เข้า. Such places show, for nothing in Thai begins
with a mark or with า, and ั and ื end nothing. What stood there is taken from the dictionary: of what it can have been,
one must make a longer word across the place than any other. Elsewhere the text stays as it is, and
:func:`is_broken` tells it.

=====================================  ======================================  ==================
what                                   before                                  after
=====================================  ======================================  ==================
a space before a mark or a vowel       ห ้อง                                    ห้อง
a space that was the ring of sara am   ส านักงาน                                สำนักงาน
a space that was a tone after ั or ื      ขั น                                     ขั้น
the same after ิ ี ึ ุ ู, in a text with    ชี แจง                                    ชี้แจง
two other such places
=====================================  ======================================  ==================

The words are looked for within 24 code points on either side, so this takes time that is linear in the text.
"""

from __future__ import annotations

import re

from obecsum.text.maximal import word_ends

__all__ = ["broken_places", "is_broken", "mend", "whole_parts"]

_AROUND = 24
_MIN_WORD_CHARS = 3
_MIN_WORD_CHARS_AFTER_VOWEL = 4
_MIN_PLACES = (
    2  # that show, before a space behind a vowel that can end a word is looked at, and before a text is broken
)
_MIN_SHARE = 1 / 2000  # of the code points
_MAX_PASSES = 8
_AA, _AM = "\u0e32", "\u0e33"
_TONES = "\u0e48\u0e49\u0e4a\u0e4b"
_BEFORE_MARK = "(?<=[\u0e01-\u0e4e]) (?=[\u0e30-\u0e3a\u0e47-\u0e4e])"
_AFTER_MARK = "(?<=[\u0e31\u0e37]) (?=[\u0e01-\u0e2e])"
_SURE = re.compile(f"{_BEFORE_MARK}|{_AFTER_MARK}")
_ANY = re.compile(f"{_SURE.pattern}|(?<=[\u0e34-\u0e36\u0e38\u0e39]) (?=[\u0e01-\u0e2e\u0e40-\u0e44])")
_PART = re.compile(r"\S+")
_THAI = re.compile("[\u0e01-\u0e4e]*")
# What no Thai word has: a mark on nothing, ั or ื at an end, a vowel that waits for its consonant, two tones.
_IMPOSSIBLE = re.compile(
    "(?<![\u0e01-\u0e4e])[\u0e30-\u0e3a\u0e47-\u0e4e]|[\u0e31\u0e37][\u0e48-\u0e4b]?(?![\u0e01-\u0e4e])"
    "|[\u0e40-\u0e44](?![\u0e01-\u0e2e])|[\u0e48-\u0e4b][\u0e48-\u0e4b]|[\u0e31\u0e34-\u0e37][\u0e31\u0e34-\u0e37]"
)


def broken_places(text: str) -> list[tuple[int, int]]:
    """Spans of what no Thai word has: a mark on nothing, ั or ื at an end, a vowel without its consonant, two tones.

    Args:
        text: As :func:`obecsum.normalize` gives it.
    """
    return [match.span() for match in _IMPOSSIBLE.finditer(text)]


def is_broken(text: str) -> bool:
    """Whether a text is broken beyond a slip of the keyboard: two such places, and one in 2,000 code points.

    A model that reads such a text writes words that are none; its summary should be words of the text's own.

    Args:
        text: As :func:`obecsum.normalize` gives it.

    >>> is_broken("ประชุมส านักงานเขตพื นที่"), is_broken("ประชุมสำนักงานเขตพื้นที่")
    (True, False)
    """
    places = len(broken_places(text))
    return places >= _MIN_PLACES and places >= _MIN_SHARE * len(text)


def whole_parts(text: str) -> str:
    r"""What of a broken text is whole, a passage a line: what no broken place touches; any other text as it is.

    >>> whole_parts("ประชุม ที่นี่ ซั ฟฟก เซื ดดก วันนี้")
    'ประชุม ที่นี่\nวันนี้'
    """
    if not is_broken(text):
        return text
    places = {at for start, end in broken_places(text) for at in range(start - 2, end + 2)}  # over a space, too
    lines: list[list[str]] = [[]]
    for match in _PART.finditer(text):
        if places.isdisjoint(range(match.start(), match.end())):
            lines[-1].append(match[0])
        elif lines[-1]:
            lines.append([])
    return "\n".join(" ".join(line) for line in lines if line)


def mend(text: str) -> tuple[str, list[int]] | None:
    """A text with its words put together, and for each code point its offset in the given one; None if none was.

    Args:
        text: As the tables of :mod:`obecsum.text.normalize` leave it.
    """
    if _SURE.search(text) is None:
        return None
    origin = list(range(len(text)))
    is_changed = False
    for _ in range(_MAX_PASSES):
        done = _once(text, origin)
        if done is None:
            break
        text, origin = done
        is_changed = True
    return (text, origin) if is_changed else None


def _once(text: str, origin: list[int]) -> tuple[str, list[int]] | None:
    """One pass; a word may end where another place begins, so the next one may find more."""
    sure = len(_SURE.findall(text))
    places = _ANY if sure >= _MIN_PLACES else _SURE
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    left = ""  # what stands before the place, mended
    for match in places.finditer(text):
        space = match.start()
        left = (left + text[at:space])[-_AROUND:]
        parts.append(text[at:space])
        offsets += origin[at:space]
        at = space
        found = _best(left, text[space + 1 : space + 1 + _AROUND])
        if found is not None:
            new, taken = found
            parts.append(new)
            offsets += [origin[space]] * len(new)
            left += new
            at = space + taken
    mended = "".join(parts) + text[at:]
    return None if mended == text else (mended, offsets + origin[at:])


def _best(left: str, right: str) -> tuple[str, int] | None:
    """What takes the place of a space and how many code points it takes: what makes the one longest word across it."""
    following = right[:1]
    shortest = _MIN_WORD_CHARS
    if following == _AA:
        choices = [("", 1), (_AM, 2)]
    elif "\u0e30" <= following <= "\u0e3a" or "\u0e47" <= following <= "\u0e4e":
        choices = [("", 1)]
    else:
        choices = [("", 1), *((tone, 1) for tone in _TONES)]
        if left[-1:] not in "\u0e31\u0e37":
            choices = choices[1:]  # two words may well stand apart
            shortest = _MIN_WORD_CHARS_AFTER_VOWEL
    sizes = []
    for new, taken in choices:
        rest = right[taken - 1 :]
        size = _across(left, new, rest)
        sizes.append((size, new, taken))
    sizes.sort(reverse=True)
    best = sizes[0]
    if best[0] < shortest or (len(sizes) > 1 and sizes[1][0] == best[0]):
        return None
    return best[1], best[2]


def _across(left: str, new: str, right: str) -> int:
    """Length of the longest word that begins before a place and goes on behind it."""
    head = left[len(left) - _run(left[::-1]) :]
    tail = right[: _run(right)]
    whole = head + new + tail
    behind = len(head) + len(new)
    longest = 0
    for start in range(len(head)):
        for end in word_ends(whole, start):
            if end > behind or (end == behind and new == _AM):
                longest = max(longest, end - start)
    return longest


def _run(text: str) -> int:
    match = _THAI.match(text)
    return match.end() if match is not None else 0
