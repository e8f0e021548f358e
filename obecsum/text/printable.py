"""Text of a feed without anything that a terminal or a page obeys."""

from __future__ import annotations

import re

__all__ = ["UNSAFE", "printable"]

# C0 and C1 controls, and the marks that change the direction of what follows.
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Text that a terminal or a page only shows: control characters become U+FFFD, line breaks and tabs stay."""
    return UNSAFE.sub("\ufffd", text.replace("\r\n", "\n")).encode("utf-8", "replace").decode("utf-8")
