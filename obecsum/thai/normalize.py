"""Text as Thai readers see it (normalize) and as it is compared (fold)."""

from __future__ import annotations

import re

__all__ = ["fold", "normalize"]

_DROP = re.compile("[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACE = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_BREAK = re.compile("\r\n?|[\x0b\x0c\u0085\u2028\u2029]")
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")


def normalize(text: str) -> str:
    """First version: replaced by the offset-preserving one."""
    text = _DROP.sub("", _BREAK.sub("\n", text)).replace("เเ", "แ")
    text = _SARA_AM.sub("\\1\u0e33", text)
    return _SPACE.sub(" ", text)


def fold(text: str) -> str:
    """First version."""
    return text.translate({0x0E50 + i: 0x30 + i for i in range(10)})
