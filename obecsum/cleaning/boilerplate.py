"""Lines and tails that a feed repeats: buttons, the site's prefix, page dates, contact footers.

A small table of fixed wordings works alone. What a feed adds is learned from its own frequencies: a line near the top
or the end of many releases *with different content*, unless it carries a fact. So a release that was published ten
times teaches nothing, nor does a sentence with a figure, however often it is quoted.

Frequency alone cuts nothing: a warning stands under each release of a week, too. A learned line is cut where closed
classes explain all of it (:mod:`obecsum.cleaning.classes`); any other stays, and only candidates are found without it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from obecsum.cleaning.classes import is_explained, is_warning
from obecsum.cleaning.furniture import (
    Line,
    can_be_learned,
    fixed_part,
    is_page_date,
    lines_of,
    site_prefixes,
)
from obecsum.cleaning.units import cuts_cluster
from obecsum.core.errors import InputError
from obecsum.text.normalize import fold_with_offsets

__all__ = ["Boilerplate"]

VERSION = 1
_TOP = 8
_BOTTOM = 12
_CELLS = 1 << 21
_PREFIX_CELLS = 1 << 18  # a prefix counts from a third of the releases on: a few that share its cells do no harm
_MIN_DOCUMENTS = 3
# Shares of the feed's releases. A line that is furniture by its words may be one ministry's; any other wording must be
# the whole feed's.
_MIN_CONTACT_SHARE = 0.001
_MIN_WORDING_SHARE = 0.02
_MIN_PREFIX_SHARE = 0.3
_MIN_DATE_SHARE = 0.3
_SMALL_FEED = 50
_MIN_SMALL_FEED_SHARE = 0.5


class _Counter:
    """Counts lines in fixed memory, the same whatever the order.

    Two rows of cells count the releases of a line; two more hold a 64-bit map of the contents it came with, joined by
    OR. The smaller of the two rows counts (a count-min sketch, Cormode and Muthukrishnan 2005), so a collision must
    happen twice.
    """

    def __init__(self, cells: int) -> None:
        import numpy as np

        self._cells = cells
        self._counts = np.zeros((2, cells), dtype=np.uint32)
        self._contents = np.zeros((2, cells), dtype=np.uint64)
        self.frequent: dict[str, tuple[int, int]] = {}

    def add(self, key: str, content: int) -> None:
        digest = int.from_bytes(hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        cells = digest % self._cells, (digest >> 32) % self._cells
        bit = 1 << (content % 64)
        for row, cell in enumerate(cells):
            self._counts[row, cell] += 1
            self._contents[row, cell] |= bit
        if min(int(self._counts[row, cell]) for row, cell in enumerate(cells)) >= _MIN_DOCUMENTS:
            self.frequent[key] = cells

    def counts(self) -> dict[str, tuple[int, int]]:
        """Each frequent line with its releases and the number of different contents (at most 64) it came with."""
        return {
            key: (
                min(int(self._counts[row, cell]) for row, cell in enumerate(cells)),
                min(int(self._contents[row, cell]).bit_count() for row, cell in enumerate(cells)),
            )
            for key, cells in sorted(self.frequent.items())
        }


def _content(text: str) -> int:
    """A number that releases of the same content share: the smallest hash of the phrases of their longest line."""
    longest = max(text.splitlines(), key=len, default="")
    phrases = [longest[i : i + 24] for i in range(0, min(len(longest), 2_000), 4)] or [text[:200]]
    return min(
        int.from_bytes(hashlib.blake2b(p.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        for p in phrases
    )


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """What a feed repeats around its releases.

    Attributes:
        documents: How many releases it was learned from; 0 for the fixed table alone.
        lines: Learned lines (folded, without white space) and how many releases each was in; which of them are cut,
            :meth:`find` says.
        prefixes: Learned beginnings of first lines (folded), each with its count.
        has_page_dates: Whether the feed's pages set a date of their own over each release.
    """

    documents: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)
    prefixes: Mapping[str, int] = field(default_factory=dict)
    has_page_dates: bool = False

    @classmethod
    def fixed(cls) -> Boilerplate:
        """The small fixed table only."""
        return cls()

    @classmethod
    def learn(cls, texts: Iterable[str], *, min_documents: int = _MIN_DOCUMENTS) -> Boilerplate:
        """Learns from a feed, read once, in about 50 MB whatever its length.

        Args:
            texts: The texts of the feed's releases, in any order: the result is the same.
            min_documents: Releases of different content that a line must be in, at least 2.

        Returns:
            What the feed repeats. Empty but for the fixed table where it has fewer releases than ``min_documents``.
        """
        if min_documents < 2:
            raise ValueError(f"min_documents must be at least 2, got {min_documents}")
        counter, prefixes = _Counter(_CELLS), _Counter(_PREFIX_CELLS)
        documents = dated = 0
        for text in texts:
            documents += 1
            lines = lines_of(text, top=_TOP, bottom=_BOTTOM)
            if not lines:
                continue
            content = _content(text)
            first = lines[0][1]
            for prefix in site_prefixes(first):
                prefixes.add(prefix, content)
            dated += any(is_page_date(line) for number, line in lines if 0 < number < _TOP)
            keys = {
                line.compact
                for number, line in lines
                if number and line.compact not in first.compact and can_be_learned(line)
            }
            for key in sorted(keys):
                counter.add(key, content)
        small = documents < _SMALL_FEED
        contact_floor = max(min_documents, (_MIN_SMALL_FEED_SHARE if small else _MIN_CONTACT_SHARE) * documents)
        wording_floor = max(min_documents, (_MIN_SMALL_FEED_SHARE if small else _MIN_WORDING_SHARE) * documents)
        share = _MIN_SMALL_FEED_SHARE if small else _MIN_PREFIX_SHARE
        learned: dict[str, int] = {}
        for key, (count, contents) in counter.counts().items():
            floor = contact_floor if is_explained(key) else wording_floor
            if count >= floor and contents >= min(24, max(min_documents, count // 3)):
                learned[key] = count
        found = {
            prefix: count
            for prefix, (count, contents) in prefixes.counts().items()
            if count >= max(min_documents, share * documents) and contents >= min_documents
        }
        dates = dated >= max(min_documents, max(_MIN_DATE_SHARE, share if small else 0.0) * documents)
        return cls(documents, learned, found, dates)

    def find(self, text: str, *, title: str | None = None) -> list[tuple[int, int]]:
        """Finds what can go: what the fixed table has, and learned lines that a class of furniture explains.

        Args:
            text: The text of one release, as it is.
            title: Its headline, if known: a line that equals it is kept, however often the feed has it.

        Returns:
            Spans (start, end) in code points of ``text``, in order, not overlapping; a whole line goes with its line
            break. A page's date goes only beside another line that goes. Nothing is cut inside a Thai character
            cluster, and a text that is nothing else is left as it is.
        """
        return self._spans(text, title, explained=True)

    def frequent(self, text: str, *, title: str | None = None) -> list[tuple[int, int]]:
        """Finds what the feed repeats and no class explains: it stays, but makes no two releases alike.

        Args:
            text: The text of one release, without what :meth:`find` found.
            title: Its headline, if known.

        Returns:
            Spans as :meth:`find` gives them.
        """
        return self._spans(text, title, explained=False) if self.lines or self.prefixes else []

    def _spans(self, text: str, title: str | None, *, explained: bool) -> list[tuple[int, int]]:
        lines = lines_of(text, top=_TOP, bottom=_BOTTOM)
        if not lines:
            return []
        heading = "".join(fold_with_offsets(title).text.split()) if title else ""
        whole: set[int] = set()
        parts: list[tuple[int, int]] = []
        first = lines[0][1]
        for number, line in lines:
            part = fixed_part(line) if explained else None
            part = part or (self._prefix(line, explained=explained) if number == 0 else None)
            if part == (0, len(line.folded)):
                whole.add(number)
            elif part is not None:
                parts.append(_original(text, line, part))
            elif (
                number
                and line.compact in self.lines
                and line.compact != heading
                and line.compact not in first.compact
                and is_explained(line.folded) == explained
            ):
                whole.add(number)
        if explained and (self.has_page_dates or whole):
            self._add_dates(lines, whole, prefixed=any(start <= first.start < end for start, end in parts))
        spans = _merged([*_line_spans(text, lines, whole), *parts])
        at, rest = 0, False
        for start, end in [*spans, (len(text), len(text))]:
            rest = rest or any(map(str.isalnum, text[at:start]))
            at = end
        return spans if rest else []

    def _prefix(self, line: Line, *, explained: bool) -> tuple[int, int] | None:
        fitting = [
            prefix
            for prefix in self.prefixes
            if line.folded.startswith(prefix) and len(prefix) < len(line.folded) and is_warning(prefix) != explained
        ]
        return (0, len(max(fitting, key=len))) if fitting else None

    def _add_dates(self, lines: list[tuple[int, Line]], whole: set[int], *, prefixed: bool) -> None:
        """A page's date is furniture beside other furniture at the top; alone it is the release's own dateline."""
        dates = [number for number, line in lines if number < _TOP and is_page_date(line)]
        if not self.has_page_dates and not any(number + 1 in dates for number in dates):
            return
        for number in [*dates, *reversed(dates)]:
            if number - 1 in whole or number + 1 in whole or (prefixed and number == 1):
                whole.add(number)

    def to_json(self) -> str:
        """The learned lines as one line of JSON, with the version of the format."""
        record = {
            "version": VERSION,
            "documents": self.documents,
            "lines": dict(sorted(self.lines.items())),
            "prefixes": dict(sorted(self.prefixes.items())),
            "has_page_dates": self.has_page_dates,
        }
        return json.dumps(record, ensure_ascii=False)

    @classmethod
    def from_json(cls, record: str) -> Boilerplate:
        """Reads what :meth:`to_json` wrote.

        Raises:
            InputError: The record is not of this version or not of this shape.
        """
        try:
            loaded: Any = json.loads(record)
            if loaded["version"] != VERSION:
                raise InputError(
                    f"boilerplate of version {loaded['version']!r} cannot be read; this release reads version {VERSION}"
                )
            return cls(
                int(loaded["documents"]),
                {str(key): int(count) for key, count in loaded["lines"].items()},
                {str(key): int(count) for key, count in loaded["prefixes"].items()},
                bool(loaded["has_page_dates"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(
                f"no boilerplate record: {record[:60]!r}; it must be what Boilerplate.to_json wrote"
            ) from error


def _original(text: str, line: Line, part: tuple[int, int]) -> tuple[int, int]:
    mapped = fold_with_offsets(text[line.start : line.end])
    lead = len(mapped.text) - len(mapped.text.lstrip())
    start, end = mapped.span(part[0] + lead, part[1] + lead)
    if part[1] == len(line.folded):
        end = line.end - line.start
    return line.start + start, line.start + end


def _line_spans(text: str, lines: list[tuple[int, Line]], whole: set[int]) -> list[tuple[int, int]]:
    """Whole lines with the white space after them; at the end of the text, with the white space before."""
    by_number = dict(lines)
    last = max(by_number)
    spans: list[tuple[int, int]] = []
    for number in sorted(whole):
        line = by_number[number]
        if number == last:
            before = line.start
            while before > 0 and text[before - 1].isspace():
                before -= 1
            spans.append((before, line.end))
        else:
            after = line.end
            while after < len(text) and text[after].isspace() and not cuts_cluster(text, after + 1):
                after += 1
            spans.append((line.start, after))
    return spans


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
