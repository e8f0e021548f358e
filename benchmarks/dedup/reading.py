"""Two releases as a word diff for a reader: what both have in short, what only one has in full."""

from __future__ import annotations

import difflib
import re

from obecsum.text.segment import words

__all__ = ["LEGEND", "looks_equal", "word_diff"]

LEGEND = (
    "Plain text is equal in both; long equal runs are folded as …<N same>…. [-…-] stands only in A, {+…+} only in B; "
    "⏎ is a line break. What was moved shows as deleted in one place and inserted in another. The first "
    "line is the headline."
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_FOLD_FROM, _HEAD, _TAIL = 140, 70, 60


def _shown(text: str) -> str:
    """The text with everything unified that looks the same on paper."""
    text = _INVISIBLE.sub("", text).replace("\u0e4d\u0e32", "\u0e33").replace("เเ", "แ")
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def looks_equal(a: str, b: str) -> bool:
    """Whether two texts differ in nothing but white space and what no reader sees."""
    first, second = ("".join(_shown(text).split()) for text in (a, b))
    return first == second


def _tokens(text: str) -> list[str]:
    """Words, and what lies between them, of a text as shown."""
    found, at = [], 0
    for start, end in words(text):
        if start > at:
            found.append(text[at:start])
        found.append(text[start:end])
        at = end
    return [*found, text[at:]] if at < len(text) else found


def _fold(same: str) -> str:
    if len(same) <= _FOLD_FROM:
        return same
    return f"{same[:_HEAD]} …<{len(same) - _HEAD - _TAIL} same>… {same[-_TAIL:]}"


def word_diff(a: str, b: str, *, max_chars: int) -> str:
    """The two texts as one, see :data:`LEGEND`.

    Args:
        a: First text: title, newline, body.
        b: Second text.
        max_chars: Of a longer diff the middle is left out, and how much is said: a fifth of the room is for its end.
    """
    first, second = _tokens(_shown(a)), _tokens(_shown(b))
    parts = []
    for op, i, j, k, m in difflib.SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        mine, theirs = ("".join(tokens).replace("\n", "⏎") for tokens in (first[i:j], second[k:m]))
        if op == "equal":
            parts.append(_fold(mine))
            continue
        before, after = (text if text.strip(" ⏎") else "" for text in (mine, theirs))
        parts += [f"[-{before}-]"] if before else []
        parts += [f"{{+{after}+}}"] if after else []
        parts += [] if before or after else [" "]
    shown = "".join(parts)
    if len(shown) <= max_chars:
        return shown
    tail = max_chars // 5
    left_out = len(shown) - max_chars
    return f"{shown[: max_chars - tail]} …<<{left_out} characters of this diff left out>>… {shown[-tail:]}"
