"""From which confidence on a model's own text is printed."""

from __future__ import annotations

from typing import Literal

from obecsum.summaries.check.sensitive import is_sensitive

__all__ = ["MARGIN", "least_confidence"]

_LEAST = {"headline": 0.6, "summary": 0.65}
_LEAST_SENSITIVE = 0.8
MARGIN = 0.1
"""A text that is less surely right than the extract by more than this gives way to it."""
_READ_CHARS = 600  # of a release: what it is about stands at its beginning


def least_confidence(kind: Literal["headline", "summary"], text: str) -> float:
    """From which confidence on a text is printed: higher where the release tells of royal persons, crime or death.

    Args:
        kind: "headline" or "summary".
        text: The release.
    """
    return _LEAST_SENSITIVE if is_sensitive(text[:_READ_CHARS]) else _LEAST[kind]
