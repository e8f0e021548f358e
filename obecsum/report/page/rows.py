"""What the page needs of a job's files, read line by line: no file is held, however long it is."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from obecsum.cleaning.clean_text import Cut, clean_again
from obecsum.core.release import Release
from obecsum.core.serialize import loads
from obecsum.text.printable import printable, shortened

__all__ = ["Figures", "Files", "Named", "Outside", "first_line", "web_url"]

Outside = Callable[[str], Release | None]
"""Gives a release that is in no file of the job, by its id: of an index."""

_NAME_CHARS = 240
_KEEP_ROWS = 64
_DAY_CHARS = len("2024-12-31")
_MAX_CUT_CHARS = 300
_MAX_DISTINCT_CUTS = 20_000
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Named:
    """What to call a release, and where it is read.

    Attributes:
        id: Its id, printable.
        title: Its title, or its first line, printable.
        url: A web link, or None.
        published: ISO 8601, or None.
    """

    id: str
    title: str
    url: str | None
    published: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Named:
        """Of a line of kept.jsonl or removed.jsonl."""
        published = row["published"]
        title = first_line(row["title"], row["text"]) or str(row["id"])
        return cls(
            printable(str(row["id"])),
            title,
            web_url(row["url"]),
            None if published is None else printable(str(published)),
        )


@dataclass(slots=True)
class Figures:
    """What is counted over the lines of kept.jsonl and removed.jsonl.

    Attributes:
        days: Day of publication, or None, to the number of releases kept and removed.
        cuts: Kind of cut to passage, as it first came, and the number of releases that had it, in whatever figures.
        updates: Kept releases with a predecessor.
        summaries: Kept releases with a summary.
    """

    days: dict[str | None, list[int]] = field(default_factory=dict)
    cuts: dict[str, Counter[str]] = field(default_factory=dict)
    updates: int = 0
    summaries: int = 0
    _examples: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, row: Mapping[str, Any], *, is_kept: bool) -> None:
        """Count a line."""
        day = None if row["published"] is None else str(row["published"])[:_DAY_CHARS]
        self.days.setdefault(day, [0, 0])[not is_kept] += 1
        if not is_kept:
            return
        self.updates += row["previous_id"] is not None
        self.summaries += bool(row["summary"] or row["headline"] or row.get("points"))
        for cut in row["cut"]:
            text = cut["text"].strip()
            found = self.cuts.setdefault(cut["kind"], Counter())
            key = (cut["kind"], _FIGURE.sub("0", text))
            if text and (key in self._examples or len(self._examples) < _MAX_DISTINCT_CUTS):
                found[self._examples.setdefault(key, shortened(printable(text), _MAX_CUT_CHARS))] += 1


class Files:
    """The files of a job.

    Args:
        where: Gives their places by their names.
        sources: As the report has them.
        outside: Gives releases of an index.
    """

    def __init__(self, where: Callable[[str], Path], sources: Sequence[Mapping[str, Any]], outside: Outside) -> None:
        self._where, self._sources, self._outside = where, sources, outside
        self._places: dict[str, int] = {}
        self._names: dict[str, Named] = {}
        self._rows: OrderedDict[str, Mapping[str, Any] | None] = OrderedDict()
        self._kept = where("kept.jsonl").open("rb")
        self.figures = Figures()
        self._look()

    def close(self) -> None:
        """Close what is open."""
        self._kept.close()

    def _look(self) -> None:
        """Count everything, and find the kept releases that others name."""
        wanted: set[str] = set()
        for row in self._lines("removed.jsonl"):
            wanted.add(row["kept_id"])
            self.figures.add(row, is_kept=False)
        for row in self._lines("possible.jsonl"):
            wanted |= {row["id"], row["other_id"]}
        for row in self._lines("kept.jsonl"):
            self.figures.add(row, is_kept=True)
            if row["previous_id"] is not None:
                wanted.add(row["previous_id"])
        at = 0
        with self._where("kept.jsonl").open("rb") as file:
            for line in file:
                row = loads(line)
                if row["id"] in wanted:
                    self._places[row["id"]] = at
                    self._names[row["id"]] = Named.of(row)
                at += len(line)

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        with self._where(name).open("rb") as file:
            yield from map(loads, file)

    def kept(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The lines of kept.jsonl, each with the number of its source."""
        return self._with_source("kept")

    def removed(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """The lines of removed.jsonl, each with the number of its source."""
        return self._with_source("removed")

    def possible(self) -> Iterator[dict[str, Any]]:
        """The lines of possible.jsonl."""
        return self._lines("possible.jsonl")

    def quarantined(self) -> Iterator[dict[str, Any]]:
        """The lines of quarantine.jsonl."""
        return self._lines("quarantine.jsonl")

    def _with_source(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        numbers: Iterable[int] = (
            number for number, source in enumerate(self._sources) for _ in range(int(source[name]))
        )
        return zip(numbers, self._lines(f"{name}.jsonl"), strict=True)

    def name(self, release_id: str) -> Named:
        """What to call a kept release, of the job or of its index."""
        found = self._names.get(release_id)
        if found is None:
            row = self._row(release_id)
            shown = printable(release_id)
            found = Named(shown, shown, None, None) if row is None else Named.of(row)
        return found

    def compared(self, release_id: str) -> str | None:
        """What was compared of a kept release; None if it cannot be had any more."""
        row = self._row(release_id)
        return None if row is None else self.compared_of(row)

    @staticmethod
    def compared_of(row: Mapping[str, Any]) -> str:
        """What was compared of the release of a line: its title and its cleaned text."""
        text = row["text"]
        if "kept_id" in row:
            cuts = [Cut(cut["kind"], cut["start"], cut["end"], cut["text"]) for cut in row["cut"]]
            text = clean_again(text, cuts, ((start, before, after) for start, before, after in row["edits"]))
        return Release(row["id"], text, row["title"]).full_text

    def _row(self, release_id: str) -> Mapping[str, Any] | None:
        if release_id not in self._rows:
            self._rows[release_id] = self._read(release_id)
            if len(self._rows) > _KEEP_ROWS:
                self._rows.popitem(last=False)
        return self._rows[release_id]

    def _read(self, release_id: str) -> Mapping[str, Any] | None:
        if release_id in self._places:
            self._kept.seek(self._places[release_id])
            found: Mapping[str, Any] = loads(self._kept.readline())
            return found
        release = self._outside(release_id)
        if release is None:
            return None
        names = ("id", "title", "text", "published", "url")
        return {name: getattr(release, name) for name in names}


def first_line(title: str | None, text: str) -> str:
    """What to call a release: its title, or its first line; printable and not too long."""
    line = title or text.strip().partition("\n")[0]
    return shortened(printable(" ".join(line.split())), _NAME_CHARS)


def web_url(url: object) -> str | None:
    """A link that may be followed: of the web, and of a length that browsers take."""
    found = str(url or "").strip()
    is_web = found.lower().startswith(("http://", "https://")) and len(found) <= 2000
    return printable(found) if is_web else None
