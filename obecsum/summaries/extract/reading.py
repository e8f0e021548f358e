"""What is read of a release: its text without page furniture, markup, bylines, links and second copies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

import numpy as np
import numpy.typing as npt

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.bylines import find_bylines
from obecsum.cleaning.repeats import find_repeats
from obecsum.feeds.records.markup import plain_text
from obecsum.text.mend import broken_places, is_broken
from obecsum.text.normalize import normalize_with_offsets

__all__ = ["Reading", "Span"]

_MAX_CHARS_READ = 200_000  # far beyond any release: what a text of megabytes has more is not looked at
_LONE = re.compile("[\ud800-\udfff]")
_URL = re.compile(r"(?:https?://|www\.)[!-~]+")
_LINE = re.compile(r"[^\n]+")
_UNSEEN = re.compile(r"<(script|style|template|noscript|svg)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[!/]?(?P<name>[a-zA-Z][a-zA-Z0-9]*|--|\[CDATA\[)[^<>]*>")
_INLINE = frozenset("a b i u s em strong span font small big sub sup mark cite code".split())  # noqa: SIM905
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

Span = tuple[int, int]
"""(start, end), half-open, in code points."""


class Reading:
    """A release as its summary sees it, and where each character of that stands in what the caller gave.

    Args:
        text: A release; of any length, also empty.

    Attributes:
        given: The text as it was given.
        is_broken: Whether words of it are broken beyond mending (:mod:`obecsum.text.mend`); only what is whole is read.
        text: What is read of it, normalized, a passage a line; lines without a letter or digit are left out.
    """

    __slots__ = ("_ends", "_starts", "given", "is_broken", "text")

    def __init__(self, text: str) -> None:
        self.given = text
        joined, origin, until = _joined(text[:_MAX_CHARS_READ])
        mapped = normalize_with_offsets(joined)
        starts = mapped.starts[:-1]
        lasts = np.maximum(mapped.starts[1:] - 1, starts)
        parts: list[str] = []
        places: list[npt.NDArray[np.intp]] = []
        self.is_broken = is_broken(mapped.text)
        for start, end in _whole(mapped.text, broken_places(mapped.text) if self.is_broken else ()):
            if parts:
                parts.append("\n")
                places.append(np.array([start], dtype=np.intp))
            parts.append(mapped.text[start:end])
            places.append(np.arange(start, end))
        self.text = "".join(parts)
        at = np.concatenate(places) if places else np.empty(0, dtype=np.intp)
        self._starts = origin[starts[at]] if len(at) else np.empty(0, dtype=np.int64)
        self._ends = until[lasts[at]] if len(at) else np.empty(0, dtype=np.int64)

    @property
    def line(self) -> str:
        """The text on one line, as a model reads it."""
        return self.text.replace("\n", " ")

    def spans(self, start: int, end: int) -> list[Span]:
        """As :meth:`span`, without the links that were left out in between."""
        whole = self.span(start, end)
        found = []
        last = whole[0]
        for match in _URL.finditer(self.given, *whole):
            found.append((last, match.start()))
            last = match.end()
        return [*found, (last, whole[1])]

    def has_link(self, start: int, end: int) -> bool:
        """Whether a link was left out of ``text[start:end]``, which is no whole sentence then."""
        return _URL.search(self.given, *self.span(start, end)) is not None

    def span(self, start: int, end: int) -> Span:
        """Where ``text[start:end]`` stands in what was given, with whatever was left out within it, spaces aside."""
        words = self.text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        if end <= start:
            return (0, 0)
        return int(self._starts[start]), int(self._ends[end - 1])


def _joined(text: str) -> tuple[str, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The text less what is no text, and for each code point where it begins and ends in the whole."""
    edits = list(_furniture(text))
    # What is no character of its own would be lost in the middle of a batch.
    edits += [(match.start(), match.end(), "\ufffd") for match in _LONE.finditer(text)]
    if ("<" in text or "&" in text) and plain_text(text) != text:
        edits += _markup(text)
    parts: list[str] = []
    starts: list[npt.NDArray[np.int64]] = []
    ends: list[npt.NDArray[np.int64]] = []
    last = 0
    for start, end, instead in [*sorted(edits), (len(text), len(text), "")]:
        if start > last:
            parts.append(text[last:start])
            kept = np.arange(last, start, dtype=np.int64)
            starts.append(kept)
            ends.append(kept + 1)
        if instead and start >= last:
            parts.append(instead)
            starts.append(np.full(len(instead), start, dtype=np.int64))
            ends.append(np.full(len(instead), end, dtype=np.int64))
        last = max(last, end)
    if not parts:
        return "", np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return "".join(parts), np.concatenate(starts), np.concatenate(ends)


def _furniture(text: str) -> Iterator[tuple[int, int, str]]:
    for start, end in Boilerplate.fixed().find(text):
        yield start, end, ""
    for byline in find_bylines(text):
        yield *byline.span, ""
    for repeat in find_repeats(text):
        yield *repeat.span, ""
    for match in _URL.finditer(text):  # a link says nothing in a summary, and half a link less
        yield *match.span(), ""


def _markup(text: str) -> Iterator[tuple[int, int, str]]:
    """Tags, a line break for those of blocks; and the characters that references stand for."""
    for match in _UNSEEN.finditer(text):
        yield *match.span(), "\n"
    for match in _TAG.finditer(text):
        yield *match.span(), "" if match["name"].lower() in _INLINE else "\n"
    for match in _REFERENCE.finditer(text):
        yield *match.span(), unescape(match[0])


def _whole(text: str, broken: Sequence[Span]) -> Iterator[Span]:
    """The lines that say something, without the spaces around them; of a broken text what no broken place touches."""
    for match in _LINE.finditer(text):
        start, end = match.span()
        edges = [start]
        for first, last in broken:
            if start <= first < end:
                # The whole words on both sides, over a space too, are not to be trusted.
                left = text.rfind(" ", start, max(start, first - 1)) + 1 or start
                right = text.find(" ", min(end, last + 2), end)
                edges += [max(left, edges[-1]), right if right >= 0 else end]
        edges.append(end)
        for begin, until in zip(edges[::2], edges[1::2], strict=True):
            piece = text[begin:until]
            if any(char.isalnum() for char in piece):
                yield begin + len(piece) - len(piece.lstrip()), until - len(piece) + len(piece.rstrip())
