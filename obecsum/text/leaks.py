"""Removes the headline and the standfirst where a scraped body repeats them.

A page shows its headline and its summary above the text, so many scraped bodies begin with them. A model that is
trained on such a body learns to copy the first line, and a score measured on it says nothing. Exact repeats are easy;
those that remain differ by a quotation mark or an abbreviation, hold half of a headline that the page broke in two, or
the whole of one that the site cut at its limit.

Lines are compared by sets of character trigrams of their letters, digits and Thai marks, which needs no word
segmentation and no alignment: some 20 microseconds a line.
"""

from __future__ import annotations

import re

__all__ = ["drop_leaks"]

_TOP_LINES = 8
"""Lines that have letters, counted from the top, among which a repeat is looked for."""
_PARAGRAPH_LETTERS = 90
"""The first line kept that is at least this long ends the page's head; below it only the target itself is a leak."""
_MIN_LETTERS = 8
"""A shorter line is never judged: the name of a place or an agency alone stands in many headlines."""
_MIN_DICE = 0.75
"""Trigram similarity (Dice) from which a line of about the target's length is the target."""
_MIN_DICE_BELOW = 0.85
_MIN_SHARE = 0.85
"""Share of a line's trigrams that the target holds from which the line is a part of it."""
_MIN_OPENING_SHARE = 0.92
"""Share of the target's trigrams in a line's opening from which the line is the target and more."""
_MAX_LENGTH_RATIO = 1.15
_MAX_STANDFIRST_RATIO = 1.6
"""Sites cut standfirsts at 250 characters: a line that opens with one is the uncut one up to this length ratio."""
_MAX_TITLE_RATIO = 4.0
"""The same for headlines, which sites cut shorter."""

_NOT_LETTERS = re.compile(r"(?:[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|_)+")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def _fold(text: str) -> str:
    text = text.replace("\u0e4d\u0e32", "\u0e33").replace("\u0e40\u0e40", "\u0e41").translate(_DIGITS).lower()
    return _NOT_LETTERS.sub("", text)


def _trigrams(folded: str) -> set[str]:
    return {folded[i : i + 3] for i in range(len(folded) - 2)}


class _Target:
    """A title or standfirst that must not stand in the body."""

    __slots__ = ("grams", "max_opening_letters", "max_same_letters", "opening_letters")

    def __init__(self, folded: str, max_ratio: float) -> None:
        self.grams = _trigrams(folded)
        self.max_same_letters = len(folded) * _MAX_LENGTH_RATIO
        self.max_opening_letters = len(folded) * max_ratio
        self.opening_letters = int(len(folded) * 1.05) + 2

    def leaks_into(self, folded: str, *, in_head: bool) -> bool:
        if len(folded) <= self.max_same_letters:
            grams = _trigrams(folded)
            common = len(grams & self.grams)
            min_dice = _MIN_DICE if in_head else _MIN_DICE_BELOW
            if 2 * common >= min_dice * (len(grams) + len(self.grams)):
                return True
            return in_head and common >= _MIN_SHARE * len(grams)
        if not in_head or len(folded) > self.max_opening_letters:
            return False
        return len(self.grams & _trigrams(folded[: self.opening_letters])) >= _MIN_OPENING_SHARE * len(self.grams)


def drop_leaks(title: str | None, standfirst: str | None, body: str) -> str:
    """Drops the body's lines near the top that are (nearly) the title or the standfirst, or a part of them.

    Lines are dropped whole and the others stay as they are, so the result is the body less some of its first eight
    lines. In the page's head, above the first paragraph that stays, a line also goes that is a part of the title or
    standfirst, or that opens with one of them and is not much longer (sites cut both at a limit), as long as most of
    the body is left. A lead paragraph that merely contains the standfirst is the news itself and stays.

    Args:
        title: The headline, or None.
        standfirst: The editor's summary, or None.
        body: The text below them, one paragraph a line.

    Returns:
        The body without those lines; empty where it held nothing else. A body without a leak comes back unchanged.

    Examples:
        >>> body = "“สพฐ.”เปิดประชุมผู้บริหารโรงเรียน" + chr(10) + "วันที่ 5 มกราคม 2567 ที่กรุงเทพฯ"
        >>> drop_leaks("สพฐ. เปิดประชุมผู้บริหารโรงเรียน", None, body)
        'วันที่ 5 มกราคม 2567 ที่กรุงเทพฯ'
    """
    targets: list[_Target] = []
    for text, max_ratio in ((title, _MAX_TITLE_RATIO), (standfirst, _MAX_STANDFIRST_RATIO)):
        folded = _fold(text) if text else ""
        if len(folded) >= _MIN_LETTERS:
            targets.append(_Target(folded, max_ratio))
    if not targets:
        return body
    max_letters = max(target.max_opening_letters for target in targets)
    lines = body.split("\n")
    kept: list[str] = []
    judged = 0
    in_head = True
    chars_left = len(body)
    for position, line in enumerate(lines):
        if judged == _TOP_LINES:
            kept.extend(lines[position:])
            break
        # Marks and spaces make a line longer than its letters, rarely by half: far longer lines need no folding.
        folded = _fold(line) if len(line) <= 2 * max_letters else line
        judged += bool(folded)
        if _MIN_LETTERS <= len(folded) <= max_letters and any(t.leaks_into(folded, in_head=in_head) for t in targets):
            opens_only = all(len(folded) > target.max_same_letters for target in targets)
            if not opens_only or chars_left > 2 * len(line):
                chars_left -= len(line)
                continue
        kept.append(line)
        in_head = in_head and len(folded) < _PARAGRAPH_LETTERS
    return body if len(kept) == len(lines) else "\n".join(kept).strip("\n")
