"""Short differences in the same place of two releases' openings, and where headline and lead are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from obecsum.comparison.alignment.blocks import Block, gaps_between
from obecsum.comparison.alignment.document import Document, once
from obecsum.text.facts import Fact

__all__ = ["DATE_WORDS", "EDIT_CHARS", "OPENING_CHARS", "SPARE_CHARS", "Gap", "headline_chars", "rest", "short_gaps"]

OPENING_CHARS = 700  # of headline and lead, without white space
EDIT_CHARS = 60
SPARE_CHARS = 8
_HEADLINE_CHARS = 260
_GAP_CHARS = 150  # a venue with its address
DATE_WORDS = re.compile(r"วันนี้|(?:เมื่อ|ใน|ณ)?วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)?(?:ที่)?|เวลา|น\.|[()\s.,]")


@dataclass(frozen=True, slots=True)
class Gap:
    """A short difference in the same place of both, in offsets of the folded texts."""

    a: tuple[int, int]
    b: tuple[int, int]


@once
def headline_chars(text: Document) -> int:
    """How many of ``text.codes`` are the headline: the first line, if more follows and it is no paragraph."""
    end = text.text.lstrip().find("\n") + len(text.text) - len(text.text.lstrip())
    if not 0 < end <= _HEADLINE_CHARS:
        return 0
    return int(np.searchsorted(text.starts[text.offsets[:-1]], end))


def short_gaps(a: Document, b: Document, chain: list[Block]) -> Iterator[Gap]:
    """Two-sided differences that begin in the openings and are no longer than a venue with its address."""
    for start_a, end_a, start_b, end_b in gaps_between(chain, len(a.codes), len(b.codes)):
        if min(start_a, start_b) > OPENING_CHARS:
            return
        if end_a > start_a and end_b > start_b and max(end_a - start_a, end_b - start_b) <= _GAP_CHARS:
            yield Gap(
                (int(a.offsets[start_a]), int(a.offsets[end_a - 1]) + 1),
                (int(b.offsets[start_b]), int(b.offsets[end_b - 1]) + 1),
            )


def rest(text: Document, span: tuple[int, int], fact: Fact) -> str:
    """What a span of ``folded`` holds besides a fact and the words that go with dates."""
    before = text.folded[span[0] : max(span[0], fact.span[0])]
    after = text.folded[min(span[1], fact.span[1]) : span[1]]
    return DATE_WORDS.sub("", before + after)
