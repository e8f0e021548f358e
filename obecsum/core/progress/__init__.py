"""How a long call tells how far it is.

Everything that may take long (``clean``, ``dedupe``, ``stories``, ``signatures``, ``Summarizer.summarize``) takes the
same ``progress``:

- ``True``: bars on a terminal, a line a minute where standard error leads elsewhere, as into a log.
- A function: called with (done, total, stage) now and then: units done, units to do or None where nobody knows, and
  what is being done, such as ``"Comparing"``.
- An object with the methods of :class:`Progress`, which is also told of units and notes.
- ``None`` or ``False``: nothing is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, cast

__all__ = ["Progress", "ProgressLike", "Silent", "telling"]


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


ProgressLike = bool | Callable[[int, int | None, str], object] | Progress | None
"""What may be given as ``progress``."""


class Silent:
    """Shows nothing."""

    def stage(self, name: str, total: int | None = None, *, unit: str = "releases") -> None:
        """Ignored."""

    def to(self, done: int, *, total: int | None = None) -> None:
        """Ignored."""

    def note(self, message: str, **figures: Any) -> None:
        """Ignored."""


class _Called(Silent):
    """Calls a function with (done, total, stage)."""

    def __init__(self, call: Callable[[int, int | None, str], object]) -> None:
        self._call = call
        self._total: int | None = None
        self._name = ""

    def stage(self, name: str, total: int | None = None, *, unit: str = "releases") -> None:  # noqa: ARG002
        self._name, self._total = name, total
        self._call(0, total, name)

    def to(self, done: int, *, total: int | None = None) -> None:
        self._total = self._total if total is None else total
        self._call(done, self._total, self._name)


@contextmanager
def telling(progress: ProgressLike) -> Iterator[Progress]:
    """What is told how far a call is, made of what the caller gave as ``progress``.

    Raises:
        TypeError: It is nothing that can be told.
    """
    if progress is None or progress is False:
        yield Silent()
    elif progress is True:
        from obecsum.core.progress.bars import Bars

        with Bars() as bars:
            yield bars
    elif all(callable(getattr(progress, name, None)) for name in ("stage", "to", "note")):
        yield cast("Progress", progress)
    elif callable(progress):
        yield _Called(progress)
    else:
        raise TypeError(
            "progress must be True, a function of (done, total, stage), or an object with the methods of "
            f"obecsum.core.progress.Progress, got {type(progress).__name__}"
        )
