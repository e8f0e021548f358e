"""The one record type that flows through obecsum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Release"]


@dataclass(frozen=True, slots=True)
class Release:
    """A press release as it was read, before any cleaning.

    Attributes:
        id: Unique in a feed. Readers make one (``<source name>:<line>``) where the input has none.
        text: The body as the input has it, never normalized. Spans elsewhere count its code points.
        title: The headline, or None.
        published: ISO 8601 date or date-time of publication, or None.
        url: Link to the release, or None.
        source: Name of the file or feed that it came from, or None.
        extra: All other fields of the input, in the input's order, untouched.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    source: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def full_text(self) -> str:
        """What is compared: title, newline, text; the title once if the text begins with it."""
        title = (self.title or "").strip()
        if not title or self.text.lstrip().startswith(title):
            return self.text
        return f"{title}\n{self.text}"
