"""Progress bars on a terminal; elsewhere a line a minute."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any

from obecsum.core.progress import time_in_words
from obecsum.text.printable import printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["Bars"]


_LINE_EVERY_S = 60.0


class Bars:
    """Progress bars on standard error; where that is no terminal a line for each minute that a stage takes.

    Args:
        quiet: Whether nothing should be shown.
        clock: Seconds, never going back.
    """

    def __init__(self, *, quiet: bool = False, clock: Callable[[], float] = monotonic) -> None:
        self._quiet = quiet
        self._clock = clock
        self._stage = ""
        self._begin = self._told = clock()
        self._progress = _bars() if not quiet and sys.stderr.isatty() else None
        self._task: TaskID | None = None
        self._unit = ""
        self._total: int | None = None

    def __enter__(self) -> Bars:
        if self._progress is not None:
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Finish the last bar; what is printed from now on stands below it."""
        self._end()
        if self._progress is not None:
            self._progress.stop()

    def stage(self, name: str, total: int | None = None, *, unit: str = "releases") -> None:
        """See :class:`obecsum.core.progress.Progress`."""
        self._end()
        self._stage, self._unit, self._total = name, unit, total
        self._begin = self._told = self._clock()
        if self._progress is not None:
            self._task = self._progress.add_task(name, total=total, amount="")

    def to(self, done: int, *, total: int | None = None) -> None:
        """See :class:`obecsum.core.progress.Progress`."""
        total = total or self._total
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done, total=total, amount=self._amount(done))
        elif self._progress is None and self._clock() - self._told >= _LINE_EVERY_S:
            self._told = self._clock()
            of = f" of {self._amount(total)}" if total else ""
            left = (self._told - self._begin) * (total - done) / done if total and 0 < done <= total else None
            more = f", {time_in_words(left)} left" if left is not None else ""
            self.note(f"{self._stage}: {self._amount(done)}{of}{more}")

    def _amount(self, count: int) -> str:
        return f"{count / 1e6:,.1f} MB" if self._unit == "bytes" else f"{count:,} {self._unit}"

    def note(self, message: str, **figures: Any) -> None:  # noqa: ARG002 - they are for programs
        """Show a message wherever standard error leads, above the bars of a terminal."""
        if self._quiet:
            return
        if self._progress is not None:
            self._progress.console.print(printable(message), markup=False, highlight=False, soft_wrap=True)
        else:
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(f"obecsum: {printable(message)}\n")

    def _end(self) -> None:
        if self._progress is not None and self._task is not None:
            task = self._progress.tasks[self._task]
            total = task.total if task.total is not None else max(task.completed, 1)
            self._progress.update(self._task, total=total, completed=total)
            self._progress.stop_task(self._task)
            self._task = None


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}% {task.fields[amount]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
    )
