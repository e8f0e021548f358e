"""Where a text can be cut if no part of its sentence ends: at a space, else between words."""

from __future__ import annotations

import re

from obecsum.text.facts import extract_facts
from obecsum.text.segment import words

__all__ = ["cut_at_phrase"]

_FACT_CHARS = 80
_DAY_LEAD = re.compile(r"(?:\s|^)(?:เมื่อ|ใน|ตั้งแต่)?\s?วันที่$")


def cut_at_phrase(text: str, *, max_chars: int) -> str:
    """The beginning of ``text``, at most ``max_chars`` long, cut at a space, else between words, never in a cluster.

    Nor within a date, a number or a name (วันที่ 1 พฤษภาคม), as far as something is left before it.
    """
    text = text.strip()
    if len(text) <= max_chars:
        return text
    end = text.rfind(" ", int(max_chars * 0.5), max_chars + 1)
    if end <= 0:
        end = 0
        for _, word_end in words(text[: max_chars + 40]):
            if word_end > max_chars:
                break
            end = word_end
    whole = end
    for fact in sorted(extract_facts(text[: max_chars + _FACT_CHARS]), key=lambda fact: -fact.span[0]):
        if fact.span[0] < whole < fact.span[1]:
            whole = fact.span[0]
    if 0 < whole < end:
        return _DAY_LEAD.sub("", text[:whole].rstrip()).rstrip() or text[:end].rstrip()
    return text[:end].rstrip()
