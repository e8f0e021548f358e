"""Cleaning one text so that nothing is lost: what was cut and repaired, with offsets into the text as it was read.

``text == normalize(original without the cut spans)`` always, and :func:`restore` gives the original back, character for
character, from the cleaned text, the cuts and the edits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.repeats import find_repeats
from obecsum.core.release import Release
from obecsum.feeds.records.fields import has_content, title_of_text
from obecsum.text.normalize import fold, normalize, normalize_with_offsets

__all__ = ["Cleaned", "Cut", "apply_cuts", "clean_again", "clean_release", "merged", "restore", "within", "without"]

Span = tuple[int, int]
_OPENING_CHARS = 60
_BLANK = " \t\r\u00a0\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage that was taken out.

    Attributes:
        kind: "repeat" or "boilerplate"; "title" or "date" where the line became that field.
        start: Offset of its first code point in the original text.
        end: Offset after its last one.
        text: The passage itself.
    """

    kind: str
    start: int
    end: int
    text: str

    def to_json(self) -> dict[str, Any]:
        """As kept.jsonl has it."""
        return {"kind": self.kind, "start": self.start, "end": self.end, "text": self.text}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned text and what became of the rest.

    Attributes:
        text: Cut and normalized.
        cuts: In the order of the text, none over another.
        edits: What normalization changed outside the cuts, in order: (offset in the original, characters that were
            there, characters that are there now). Two edits at one offset cannot be.
        frequent: Spans of ``text`` that the feed repeats and that stay, in order.
    """

    text: str
    cuts: list[Cut]
    edits: list[tuple[int, str, str]]
    frequent: list[Span] = field(default_factory=list)

    @property
    def distinct(self) -> str:
        """The text without what its feed repeats: what makes two releases alike."""
        return without(self.text, self.frequent)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans sorted, those that overlap or touch made one, empty ones left out."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        elif start < end:
            result.append((start, end))
    return result


def within(kept: str, spans: Iterable[Span], cuts: Sequence[Span]) -> list[Span]:
    """Spans of what is left of a text after cuts, as spans of the text itself.

    Args:
        kept: What is left; its length bounds the spans.
        spans: Half-open spans in it.
        cuts: What was cut, sorted, in the text's own offsets.

    Returns:
        Sorted spans in the text; one that runs over a cut takes it in.
    """
    pieces = _pieces(len(kept), cuts)
    ends = [end for _, end, _ in pieces]
    found = []
    for start, end in spans:
        if start < end:
            first, last = pieces[bisect_right(ends, start)], pieces[bisect_right(ends, end - 1)]
            found.append((start + first[2], end + last[2]))
    return sorted(found)


def apply_cuts(
    original: str,
    boilerplate: Iterable[Span],
    repeats: Iterable[Span],
    lifted: Sequence[tuple[int, int, str]] = (),
) -> Cleaned:
    """Cut a text and normalize what is left.

    A cut of whole lines takes their line breaks along. Where nothing that can be read would be left, nothing is cut.

    Args:
        original: The text as it was read.
        boilerplate: Half-open spans in it that are boilerplate.
        repeats: Half-open spans in it that repeat others; boilerplate within one goes with it.
        lifted: (start, end, kind) of lines that became fields; whatever else would cut them leaves that to them.
    """
    length = len(original)
    cuts = _merge(original, merged(_clipped(boilerplate, length)), merged(_clipped(repeats, length)), lifted)
    left = without(original, [(cut.start, cut.end) for cut in cuts])
    if cuts and not has_content(left):
        cuts, left = [], original
    mapped = normalize_with_offsets(left)
    return Cleaned(mapped.text, cuts, _edits(left, mapped.text, mapped.starts, [(cut.start, cut.end) for cut in cuts]))


def clean_release(release: Release, boilerplate: Boilerplate, lifted: Sequence[tuple[int, int, str]] = ()) -> Cleaned:
    """Cut a release's boilerplate, then what is left twice, and normalize the rest.

    A headline that is only the first line of the text goes where a longer one says it, not where the body alone does:
    a release without its headline is not clean.

    Args:
        release: As it was read.
        boilerplate: What its feed repeats, or the fixed table.
        lifted: (start, end, kind) of its text's lines that became fields of it.
    """
    cleaned = _cut(release, boilerplate, lifted)
    frequent = boilerplate.frequent(cleaned.text, title=release.title)
    return replace(cleaned, frequent=frequent) if frequent else cleaned


def _cut(release: Release, boilerplate: Boilerplate, lifted: Sequence[tuple[int, int, str]]) -> Cleaned:
    spans = merged([*boilerplate.find(release.text, title=release.title), *((start, end) for start, end, _ in lifted)])
    left = without(release.text, spans)
    cleaned = _cut_repeats(release.text, left, spans, release.title, lifted)
    if release.title is None and (headline := title_of_text(left)):
        opening = _compact(headline)[:_OPENING_CHARS]
        if opening not in _compact(cleaned.text):
            return _cut_repeats(release.text, left, spans, headline, lifted)
    return cleaned


def _cut_repeats(
    text: str, left: str, boilerplate: list[Span], title: str | None, lifted: Sequence[tuple[int, int, str]]
) -> Cleaned:
    repeats = [repeat.span for repeat in find_repeats(left, title=title)]
    return apply_cuts(text, boilerplate, within(left, repeats, boilerplate), lifted)


def _compact(text: str) -> str:
    return "".join(fold(normalize(text)).split())


def restore(text: str, cuts: Iterable[Cut], edits: Iterable[tuple[int, str, str]]) -> str:
    """The original text of a cleaned one.

    Args:
        text: The cleaned text.
        cuts: Its cuts.
        edits: Its edits; see :class:`Cleaned`.
    """
    parts: list[str] = []
    done = 0  # in the original
    at = 0  # in the cleaned text
    for start, before, after in _changes(cuts, edits):
        parts.append(text[at : at + start - done])
        at += start - done
        parts.append(before)
        done = start + len(before)
        at += len(after)
    parts.append(text[at:])
    return "".join(parts)


def clean_again(original: str, cuts: Iterable[Cut], edits: Iterable[tuple[int, str, str]]) -> str:
    """The cleaned text of an original one: the reverse of :func:`restore`, whose other arguments it takes."""
    parts: list[str] = []
    done = 0
    for start, before, after in _changes(cuts, edits):
        parts += (original[done:start], after)
        done = start + len(before)
    return "".join((*parts, original[done:]))


def _changes(cuts: Iterable[Cut], edits: Iterable[tuple[int, str, str]]) -> list[tuple[int, str, str]]:
    """What cleaning changed, in order: (offset in the original, what was there, what is there now)."""
    return sorted([*((cut.start, cut.text, "") for cut in cuts), *edits])


def without(text: str, spans: Sequence[Span]) -> str:
    """A text without some spans, which are sorted and do not overlap."""
    if not spans:
        return text
    return "".join(text[start:end] for start, end in _kept_spans(len(text), spans))


def _kept_spans(length: int, cuts: Sequence[Span]) -> list[Span]:
    bounds = [0, *(bound for cut in cuts for bound in cut), length]
    return [(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True) if start < end]


def _pieces(kept_length: int, cuts: Sequence[Span]) -> list[tuple[int, int, int]]:
    """(start, end) in the kept text of each piece between cuts, and what to add to get to the original."""
    length = kept_length + sum(end - start for start, end in cuts)
    pieces = []
    at = 0
    for start, end in _kept_spans(length, cuts):
        pieces.append((at, at + end - start, start - at))
        at += end - start
    return pieces


def _clipped(spans: Iterable[Span], length: int) -> Iterator[Span]:
    return ((max(0, start), min(length, end)) for start, end in spans)


def _merge(
    text: str, boilerplate: list[Span], repeats: list[Span], lifted: Sequence[tuple[int, int, str]]
) -> list[Cut]:
    """Sorted cuts that do not overlap, widened to the line breaks of the lines that they cover."""
    fields = [(start, end) for start, end, _ in lifted]
    spans: list[tuple[int, int, str]] = [
        *lifted,
        *((start, end, "repeat") for start, end in _apart(repeats, fields)),
        *((start, end, "boilerplate") for start, end in _apart(boilerplate, merged([*repeats, *fields]))),
    ]
    spans.sort()
    cuts: list[Cut] = []
    index = 0
    while index < len(spans):
        last = index  # spans that touch, or have only blanks between them, are widened as one
        while last + 1 < len(spans) and not text[spans[last][1] : spans[last + 1][0]].strip():
            last += 1
        floor = cuts[-1].end if cuts else 0
        start, end = _widen(text, spans[index][0], spans[last][1], floor)
        for number in range(index, last + 1):
            first = start if number == index else spans[number][0]
            after = end if number == last else spans[number + 1][0]
            cuts.append(Cut(spans[number][2], first, after, text[first:after]))
        index = last + 1
    return cuts


def _apart(spans: Iterable[Span], others: Sequence[Span]) -> Iterator[Span]:
    """What of spans is in none of the others, which are sorted and do not overlap."""
    for start, end in spans:
        at = start
        for first, last in others:
            if first < end and last > at:
                if at < first:
                    yield at, first
                at = last
        if at < end:
            yield at, end


def _widen(text: str, start: int, end: int, floor: int) -> Span:
    """Take blanks and line breaks along so that the lines around a cut stand as if it had never been there."""
    before = start
    while before > floor and text[before - 1] in _BLANK:
        before -= 1
    after = end
    while after < len(text) and text[after] in _BLANK:
        after += 1
    at_line_start = before == 0 or text[before - 1] == "\n"
    at_line_end = after == len(text) or text[after] == "\n"
    if not (at_line_start and at_line_end):
        return start, end  # part of a line: its neighbors keep their space
    breaks_after = after
    while breaks_after < len(text) and (text[breaks_after] == "\n" or text[breaks_after] in _BLANK):
        breaks_after += 1
    breaks_before = before
    while breaks_before > floor and (text[breaks_before - 1] == "\n" or text[breaks_before - 1] in _BLANK):
        breaks_before -= 1
    if breaks_after == len(text):
        return breaks_before, len(text)
    if breaks_before == 0:
        return 0, _line_begin(text, after, breaks_after)
    # Between two paragraphs stays the wider of the two gaps that the cut lay in.
    if text.count("\n", end, breaks_after) >= text.count("\n", breaks_before, start):
        return breaks_before, after
    return before, _line_begin(text, after, breaks_after)


def _line_begin(text: str, after: int, breaks_after: int) -> int:
    """The begin of the line at ``breaks_after``, so that its indentation stays."""
    return text.rfind("\n", after, breaks_after) + 1


def _edits(left: str, text: str, starts: Any, cuts: Sequence[Span]) -> list[tuple[int, str, str]]:
    if left == text:
        return []
    before = np.frombuffer(left.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    after = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    begin = np.asarray(starts[:-1], dtype=np.int64)
    same = (np.diff(np.asarray(starts, dtype=np.int64)) == 1) & (before[np.minimum(begin, len(left) - 1)] == after)
    edits: list[tuple[int, str, str]] = []
    pieces = _pieces(len(left), cuts)
    if not len(text) or int(starts[0]) > 0:
        edits.extend(_in_original(left[: int(starts[0])], "", 0, pieces))
    changed = np.flatnonzero(np.diff(np.concatenate(([True], same, [True])).astype(np.int8)))
    for first, last in zip(changed[::2].tolist(), changed[1::2].tolist(), strict=True):
        first_left, last_left = int(starts[first]), int(starts[last])
        edits.extend(_in_original(left[first_left:last_left], text[first:last], first_left, pieces))
    return edits


def _in_original(before: str, after: str, start: int, pieces: list[tuple[int, int, int]]) -> list[tuple[int, str, str]]:
    """An edit in the kept text as edits in the original: one, or one a piece where a cut lies inside."""
    edits: list[tuple[int, str, str]] = []
    end = start + len(before)
    for kept_start, kept_end, shift in pieces:
        if start < kept_end and end > kept_start:
            first, last = max(start, kept_start), min(end, kept_end)
            edits.append((first + shift, before[first - start : last - start], after if not edits else ""))
    return edits
