"""The one record type that flows through obecsum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from obecsum.text.timestamps import BANGKOK, parse_date

__all__ = ["Release"]


@dataclass(frozen=True, slots=True, init=False)
class Release:
    """A press release as it was read, before any cleaning.

    Attributes:
        id: Unique in a feed. Readers make one (``<source name>:<line>``) where the input has none.
        text: The body as the input has it, never normalized. Spans elsewhere count its code points.
        title: The headline, or None.
        published: Date or date-time of publication in ISO 8601, as :func:`obecsum.parse_date` gives it, or None. A
            date, a datetime (without a zone it is Bangkok's) and whatever that function reads may be given; a string
            that is no date becomes None and stays in ``extra`` under "published".
        url: Link to the release, or None.
        source: Name of the file or feed that it came from, or None.
        extra: All other fields of the input, in the input's order, untouched.
    """

    id: str
    text: str
    title: str | None
    published: str | None
    url: str | None
    source: str | None
    extra: Mapping[str, Any]

    def __init__(
        self,
        id: str,  # noqa: A002 - the field's name
        text: str,
        title: str | None = None,
        published: str | date | None = None,
        url: str | None = None,
        source: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """Make a release; see its attributes."""
        read = None
        if extra is None:
            extra = {}
        if published is not None:
            read = parse_date(published) if type(published) is str else _iso(published)
            if read is None and published and "published" not in extra:
                extra = {**extra, "published": published}
        give = object.__setattr__
        give(self, "id", id)
        give(self, "text", text)
        give(self, "title", title)
        give(self, "published", read)
        give(self, "url", url)
        give(self, "source", source)
        give(self, "extra", extra)

    @property
    def full_text(self) -> str:
        """What is compared: title, newline, text; the title once if the text begins with it."""
        title = (self.title or "").strip()
        if not title or self.text.lstrip().startswith(title):
            return self.text
        return f"{title}\n{self.text}"


def _iso(published: str | date) -> str | None:
    if isinstance(published, datetime):
        moment = published if published.tzinfo is not None else published.replace(tzinfo=BANGKOK)
        return parse_date(moment.isoformat())
    if isinstance(published, date):
        return published.isoformat()
    if isinstance(published, str):
        return parse_date(str.__str__(published))
    raise TypeError(
        f"published must be a date, a datetime or a string such as 2024-07-15, got {type(published).__name__}; "
        "leave it out where there is none"
    )
