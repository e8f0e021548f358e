"""Text of a feed without anything that a terminal or a page obeys."""

from __future__ import annotations

import re

__all__ = ["UNSAFE", "printable", "shortened"]

# C0 and C1 controls, and the marks that change the direction of what follows.
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

# A consonant whose marks may follow beyond the cut, with a vowel before it; marks whose consonant is before the cut.
_CLUSTER_END = re.compile("[เ-ไ]?[ก-ฮ]?[\u0e31-\u0e3a\u0e47-\u0e4e]*$")
_CLUSTER_BEGIN = re.compile("^[ก-ฮ]?[\u0e31-\u0e3a\u0e45\u0e47-\u0e4e]+")


def printable(text: str) -> str:
    """Text that a terminal or a page only shows: control characters become U+FFFD, line breaks and tabs stay."""
    return UNSAFE.sub("\ufffd", text.replace("\r\n", "\n")).encode("utf-8", "replace").decode("utf-8")


def shortened(text: str, limit: int = 160) -> str:
    """A text of at most about ``limit`` characters: its begin and end, cut at spaces or between character clusters."""
    if len(text) <= limit:
        return text
    head, tail = text[: limit // 2], text[-limit // 2 :]
    cut = head.rfind(" ", limit // 4)
    head = head[:cut] if cut > 0 else _CLUSTER_END.sub("", head)
    cut = tail.find(" ", 0, limit // 4)
    tail = tail[cut + 1 :] if cut >= 0 else _CLUSTER_BEGIN.sub("", tail)
    return f"{head} … {tail}"
