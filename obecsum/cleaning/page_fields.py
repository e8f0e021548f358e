"""What a scraped page knows: the title and the date that stand over the text of most pages of a source.

Such a source has texts alone, and over each a line that is the headline and one that is nothing but a date. A line is
taken for a field if it stands in the same place in at least 80 % of the source's pages; it then leaves the text, where
it is recorded as a cut.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from obecsum.cleaning.furniture import Line, site_prefixes
from obecsum.core.release import Release
from obecsum.text.normalize import fold, normalize
from obecsum.text.timestamps import parse_date

__all__ = ["Lifted", "PageFields"]

_TOP = 8
_MIN_SHARE = 0.8
_MIN_PREFIX_SHARE = 0.3  # of the first lines that a site's name begins; a site has several parts
_MIN_PAGES = 3
_MAX_TITLE_CHARS = 400
_MIN_AGAIN_CHARS = 10
_MAX_PREFIXES = 10_000
_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_DIGIT = re.compile("[0-9๐-๙]")
_MAX_DATE_CHARS = 80
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Lifted:
    """A release with the fields that its text held.

    Attributes:
        release: With the text as it was read.
        spans: (start, end, "title" or "date") in its text, in order: the lines that became fields.
    """

    release: Release
    spans: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PageFields:
    """Where the pages of a source have their fields.

    Attributes:
        date_line: Number of the date's line among those that are not blank, from 0; None where there is none.
        has_title: Whether the first line is the title.
        prefixes: What the site puts before titles, as it is written, the longest first.
    """

    date_line: int | None = None
    has_title: bool = False
    prefixes: tuple[str, ...] = ()

    @classmethod
    def learn(cls, releases: Iterable[Release]) -> PageFields:
        """Learn from all releases of a source, in any order.

        A first line is the title if, in 80 % of the pages that have none, it has letters and at most 400 characters,
        is no date, and the date's line follows it or one of the next lines says it again.
        """
        pages = untitled = 0
        dated: Counter[int] = Counter()
        titled: Counter[int] = Counter()  # by the date's line; -1: the line comes again
        prefixes: Counter[str] = Counter()
        for release in releases:
            pages += 1
            lines = _lines(release.text)
            dates = {number for number, (start, end) in enumerate(lines) if _date(release.text[start:end])}
            if release.published is None:
                dated.update(dates)
            if release.title is not None or not lines:
                continue
            untitled += 1
            first = release.text[slice(*lines[0])]
            if 0 in dates or len(first) > _MAX_TITLE_CHARS or _LETTER.search(first) is None:
                continue
            if len(prefixes) < _MAX_PREFIXES:
                prefixes.update(_prefixes(first))
            whole = "".join(first.split())
            again = ("".join(release.text[start:end].split()) for start, end in lines[1:])
            if any(len(line) >= _MIN_AGAIN_CHARS and whole.endswith(line) for line in again):
                titled[-1] += 1
                dates |= {-1}
            titled.update(number for number in dates if number > 0)
        floor = max(_MIN_PAGES, _MIN_SHARE * pages)
        places = sorted(number for number, count in dated.items() if count >= floor)
        date_line = places[0] if places else None
        title_floor = max(_MIN_PAGES, _MIN_SHARE * untitled)
        has_title = titled[-1] >= title_floor or (date_line == 1 and titled[1] >= title_floor)
        known = [name for name, count in prefixes.items() if count >= max(_MIN_PAGES, _MIN_PREFIX_SHARE * untitled)]
        return cls(date_line, has_title, tuple(sorted(known, key=lambda name: (-len(name), name))) if has_title else ())

    def lift(self, release: Release) -> Lifted:
        """The release with the fields that its text holds and it lacks."""
        if not self:
            return Lifted(release)
        lines = _lines(release.text)
        spans: list[tuple[int, int, str]] = []
        found: dict[str, Any] = {}
        if self.has_title and release.title is None and lines:
            start, end = lines[0]
            first = release.text[start:end]
            if len(first) <= _MAX_TITLE_CHARS and _LETTER.search(first) and _date(first) is None:
                prefix = next((name for name in self.prefixes if first.startswith(name) and len(name) < len(first)), "")
                found["title"] = normalize(first[len(prefix) :]).strip() or first
                spans.append((start, end, "title"))
        if self.date_line is not None and release.published is None and self.date_line < len(lines):
            start, end = lines[self.date_line]
            if (published := _date(release.text[start:end])) is not None:
                found["published"] = published
                spans.append((start, end, "date"))
        return Lifted(replace(release, **found) if found else release, tuple(sorted(spans)))

    def __bool__(self) -> bool:
        return self.has_title or self.date_line is not None

    def to_json(self) -> dict[str, Any]:
        """For a store."""
        return {"date_line": self.date_line, "has_title": self.has_title, "prefixes": list(self.prefixes)}

    @classmethod
    def from_json(cls, found: Mapping[str, Any]) -> PageFields:
        """What :meth:`to_json` gave."""
        return cls(found["date_line"], found["has_title"], tuple(found["prefixes"]))


def _lines(text: str) -> list[tuple[int, int]]:
    """The first lines that are not blank, without white space around them."""
    spans: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        line = match[0]
        bare = line.strip()
        if bare:
            start = match.start() + len(line) - len(line.lstrip())
            spans.append((start, start + len(bare)))
            if len(spans) == _TOP:
                break
    return spans


def _date(line: str) -> str | None:
    """The date that a whole line is; digits alone are none, for a number over a text has other meanings."""
    if len(line) > _MAX_DATE_CHARS or line.isdigit() or _DIGIT.search(line) is None:
        return None
    return parse_date(line)


def _compact(line: str) -> str:
    return "".join(fold(normalize(line)).split())


def _prefixes(line: str) -> list[str]:
    """What may be a site's name before a title, as it is written."""
    folded = fold(normalize(line[:80]))
    found = []
    for prefix in site_prefixes(Line(0, len(folded), folded)):
        size = len("".join(prefix.split()))
        at = seen = 0
        while at < len(line) and seen < size:
            seen += not line[at].isspace()
            at += 1
        while at < len(line) and line[at].isspace():
            at += 1
        if _compact(line[:at]) == "".join(prefix.split()):
            found.append(line[:at])
    return found
