"""The summary without a model: the release's own best sentence, whole phrases only.

Used where the model cannot serve (a text too short, not Thai, or no candidate that the source supports). Sentences are
scored by centrality, the mean log-frequency of their content words in the release (Nenkova and Vanderwende 2005,
SumBasic), and by position, since a release states its news first.
"""

from __future__ import annotations

import math
import re
from collections import Counter

from obecsum.text.facts import extract_facts
from obecsum.text.segment import sentences, words

__all__ = ["best_extract", "cut_at_phrase"]

_FACT_CHARS = 80
_DAY_LEAD = re.compile(r"(?:\s|^)(?:เมื่อ|ใน|ตั้งแต่)?\s?วันที่$")
_MAX_CHARS_READ = 20_000  # beyond the first pages of a release nothing that a summary needs is new


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


def best_extract(text: str, *, max_chars: int) -> str:
    """The most central sentence of ``text``, cut at a phrase to ``max_chars``; empty if the text has no word.

    Args:
        text: A release, normalized.
        max_chars: Longest extract, in code points, at least 20.
    """
    text = text[:_MAX_CHARS_READ]
    spans = [span for span in sentences(text) if text[span[0] : span[1]].strip()]
    if not spans:
        return ""
    tokens = [
        [text[start + s : start + e] for s, e in words(text[start:end]) if text[start + s : start + e].strip()]
        for start, end in spans
    ]
    counts = Counter(word for sentence in tokens for word in sentence if len(word) > 1)
    best, best_score = "", -math.inf
    for position, ((start, end), sentence) in enumerate(zip(spans, tokens, strict=True)):
        content = [word for word in sentence if len(word) > 1]
        if not content:
            continue
        centrality = sum(math.log1p(counts[word]) for word in content) / len(content)
        length = min(1.0, (end - start) / max_chars)
        score = centrality * (0.4 + 0.6 * length) * (1.0 + 1.0 / (1 + position))
        if score > best_score:
            best, best_score = text[start:end], score
    return cut_at_phrase(" ".join((best or text).split()), max_chars=max_chars)
