"""How a long job tells how far it is; what shows it is in :mod:`obecsum.cli.terminal`."""

from __future__ import annotations

from typing import Any, Protocol

__all__ = ["Progress", "Silent", "time_in_words"]


def time_in_words(seconds: float) -> str:
    """A time as one says it where it is only estimated.

    >>> time_in_words(20), time_in_words(170), time_in_words(9000)
    ('less than a minute', 'about 3 minutes', 'about 2.5 hours')
    """
    minutes = round(seconds / 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 100:
        return f"about {minutes} minutes" if minutes > 1 else "about a minute"
    return f"about {minutes / 60:,.1f} hours"


class Progress(Protocol):
    """What the pipeline calls while it works."""

    def stage(self, name: str, total: int | None = None, *, unit: str = "releases") -> None:
        """Begin a stage; it ends the one before.

        Args:
            name: What is being done, in a few words.
            total: Units to do; None where nobody knows.
            unit: What is counted: "releases", "bytes", ....
        """

    def to(self, done: int, *, total: int | None = None) -> None:
        """Units of the stage that are done so far, and how many there are where that shows only now."""

    def note(self, message: str, **figures: Any) -> None:
        """Something worth knowing that is no error: that a killed job is continued, for instance.

        Args:
            message: A sentence for people.
            **figures: The same for programs, as JSON values.
        """


class Silent:
    """Shows nothing."""

    def stage(self, name: str, total: int | None = None, *, unit: str = "releases") -> None:
        """Ignored."""

    def to(self, done: int, *, total: int | None = None) -> None:
        """Ignored."""

    def note(self, message: str, **figures: Any) -> None:
        """Ignored."""
