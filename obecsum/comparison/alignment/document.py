"""A text made ready for alignment, and what is worked out of it once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from obecsum.comparison.alignment.blocks import Anchors, anchors_of
from obecsum.text.facts import Fact, facts_of_normalized
from obecsum.text.normalize import fold_with_offsets

__all__ = ["Document", "anchors", "compact", "document_of", "facts_between", "once", "uncached_document_of"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)  # compared and cached by identity: it holds arrays
class Document:
    """A text made ready for alignment; :func:`document_of` keeps the last ones.

    Attributes:
        text: As given.
        folded: ``fold(normalize(text))``.
        starts: Offset in ``text`` of each code point of ``folded``, int32, one longer.
        codes: uint32 code points of ``folded`` without white space.
        offsets: In ``folded``, of each of ``codes``, int32, one longer.
        facts: Facts with spans in ``folded``, by their start.
        fact_ends: For each fact the greatest end so far, for a binary search.
        known: What functions marked with :func:`once` have worked out of this text.
    """

    text: str
    folded: str
    starts: npt.NDArray[np.int32]
    codes: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.int32]
    facts: tuple[Fact, ...]
    fact_ends: tuple[int, ...]
    known: dict[str, Any] = field(default_factory=dict, repr=False)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Span in ``text`` of a span of ``folded``, without white space at its ends."""
        while end > start and self.folded[end - 1] == " ":
            end -= 1
        while start < end and self.folded[start] == " ":
            start += 1
        first, last = int(self.starts[start]), int(self.starts[end])
        while last > first and self.text[last - 1].isspace():
            last -= 1
        return first, last


def once(function: Callable[[Document], _T]) -> Callable[[Document], _T]:
    """Let ``function`` work once a text: a release is compared with many others, and goes with what is known of it."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def remembered(text: Document) -> _T:
        if name not in text.known:
            text.known[name] = function(text)
        result: _T = text.known[name]
        return result

    return remembered


@once
def anchors(text: Document) -> Anchors:
    """What alignment starts from (see :mod:`obecsum.comparison.alignment.blocks`)."""
    return anchors_of(text.codes)


def compact(text: Document) -> str:
    """``text.folded`` without white space."""
    return anchors(text).text


def uncached_document_of(text: str, *, facts_of: Callable[[str], list[Fact]] | None = None) -> Document:
    """``text`` ready for alignment, without keeping it: for callers that keep their own.

    Args:
        text: Any text.
        facts_of: Gives the facts of the folded text, where they are known.
    """
    mapped = fold_with_offsets(text)
    codes = np.frombuffer(mapped.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    offsets = np.flatnonzero(codes != 0x20).astype(np.int32)
    facts = (facts_of or _facts)(mapped.text)
    ends = tuple(accumulate((fact.span[1] for fact in facts), max))
    whole = np.append(offsets, np.int32(len(mapped.text)))
    return Document(text, mapped.text, mapped.starts, codes[offsets].astype(np.uint32), whole, tuple(facts), ends)


_facts = lru_cache(maxsize=8)(facts_of_normalized)  # the same text comes twice, one after the other
_cached = lru_cache(maxsize=512)(uncached_document_of)


def document_of(text: str) -> Document:
    """``text`` ready for alignment. The last 512 texts of up to 20,000 characters are kept."""
    return _cached(text) if len(text) <= 20_000 else uncached_document_of(text)


def facts_between(text: Document, start: int, end: int) -> list[Fact]:
    """The facts that ``folded[start:end]`` holds or cuts."""
    found = []
    if end > start:
        for index in range(bisect_left(text.fact_ends, start + 1), len(text.facts)):
            fact = text.facts[index]
            if fact.span[0] >= end:
                break
            found.append(fact)
    return found
