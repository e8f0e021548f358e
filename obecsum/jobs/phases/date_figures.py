"""What a job tells of the dates of its releases: read, not read, missing, and what is odd about them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from obecsum.core.release import Release

__all__ = ["DateFigures"]

_BUDDHIST = re.compile("(?<![0-9๐-๙])(?:2[45]|๒[๔๕])[0-9๐-๙]{2}(?![0-9๐-๙])")
_COMMON = re.compile("(?<![0-9๐-๙])(?:20|๒๐|19|๑๙)[0-9๐-๙]{2}(?![0-9๐-๙])")
_MAX_EXAMPLE_CHARS = 100


@dataclass(slots=True)
class DateFigures:
    """Counts of a job's dates.

    Attributes:
        read: Releases with a date.
        unread: Releases with something in the date's place that is no date, or could be two.
        missing: Releases with nothing there.
        example: The first that was not read.
        eras: Source to how many of its dates name a Buddhist year and how many a common one.
    """

    read: int = 0
    unread: int = 0
    missing: int = 0
    example: str | None = None
    eras: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, source: str, release: Release, written: str | None) -> None:
        """Count a release.

        Args:
            source: Name of its source.
            release: With its date.
            written: The date as the feed has it, if that is another form, or what is there instead of one.
        """
        if release.published is not None:
            self.read += 1
            shown = written or release.published
            era = "buddhist" if _BUDDHIST.search(shown) else "common" if _COMMON.search(shown) else ""
            self.eras.setdefault(source, Counter())[era] += 1
        elif written is None:
            self.missing += 1
        else:
            self.unread += 1
            self.example = self.example or written[:_MAX_EXAMPLE_CHARS]

    def notes(self) -> list[str]:
        """What is odd, in words."""
        found = [
            f"{source}: {eras['buddhist']:,} dates name a Buddhist year and {eras['common']:,} a common one; each was "
            "read by its own"
            for source, eras in self.eras.items()
            if eras["buddhist"] and eras["common"]
        ]
        if self.unread and not self.read:
            found.append("not one date could be read; policies, --since and the order of updates go by none")
        return found

    def to_report(self) -> dict[str, Any]:
        """As report.json has it."""
        counts = {"read": self.read, "unread": self.unread, "missing": self.missing}
        return counts | {"unread_example": self.example, "notes": self.notes()}

    def to_json(self) -> dict[str, Any]:
        """For the store."""
        return {
            "read": self.read,
            "unread": self.unread,
            "missing": self.missing,
            "example": self.example,
            "eras": {source: dict(eras) for source, eras in self.eras.items()},
        }

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> DateFigures:
        """What :meth:`to_json` gave."""
        eras = {source: Counter(counts) for source, counts in found["eras"].items()}
        return cls(found["read"], found["unread"], found["missing"], found["example"], eras)
