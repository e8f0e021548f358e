"""From which confidence on a model's own text is printed."""

from __future__ import annotations

from obecsum.summaries.check.sensitive import is_sensitive

__all__ = ["least_confidence"]

_LEAST = {"headline": 0.5, "summary": 0.5, "points": 0.5}
_LEAST_SENSITIVE = 0.7
_READ_CHARS = 600  # of a release: what it is about stands at its beginning


def least_confidence(kind: str, text: str) -> float:
    """From which confidence on a text is printed: higher where the release tells of royal persons, crime or death.

    Args:
        kind: "headline", "summary" or "points".
        text: The release.
    """
    return _LEAST_SENSITIVE if is_sensitive(text[:_READ_CHARS]) else _LEAST[kind]
