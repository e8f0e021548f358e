"""How a long job tells how far it is; what shows it is in :mod:`obecsum.cli.terminal`."""

from __future__ import annotations

from typing import Any, Protocol

__all__ = ["Progress", "Silent"]


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
