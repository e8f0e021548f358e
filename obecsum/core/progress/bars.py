"""Progress bars on a terminal; a line a minute where standard error leads elsewhere."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any

from obecsum.text.printable import printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["Bars"]


class Bars:
    """Progress on standard error; nothing where nothing should be shown.

    Args:
        quiet: Whether nothing should be.
        every_s: Seconds between two lines where that is no terminal.
        clock: Seconds, never going back.
    """

    def __init__(self, *, quiet: bool = False, every_s: float = 60.0, clock: Callable[[], float] = monotonic) -> None:
        self._quiet = quiet
        self._progress = _bars() if not quiet and sys.stderr.isatty() else None
        self._task: TaskID | None = None
        self._every_s, self._clock = every_s, clock
        self._last = clock()
        self._name = self._unit = ""
        self._total: int | None = None
        self._begin: tuple[float, int] | None = None  # of the stage: when it was first told of, and what was done then

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
        self._name, self._unit, self._total = name, unit, total
        self._begin = None
        if self._progress is not None:
            self._task = self._progress.add_task(name, total=total, amount="")

    def to(self, done: int, *, total: int | None = None) -> None:
        """See :class:`obecsum.core.progress.Progress`."""
        self._total = total or self._total
        if self._progress is None:
            self._tell(done)
        elif self._task is not None:
            self._progress.update(self._task, completed=done, total=self._total, amount=self._amount(done))

    def note(self, message: str, **figures: Any) -> None:  # noqa: ARG002 - they are for programs
        """Show a message wherever standard error leads, above the bars of a terminal."""
        if self._quiet:
            return
        if self._progress is not None:
            self._progress.console.print(printable(message), markup=False, highlight=False, soft_wrap=True)
        else:
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(f"obecsum: {printable(message)}\n")
                sys.stderr.flush()

    def _tell(self, done: int) -> None:
        """A line on how far the stage is, if the last one is long enough ago."""
        now = self._clock()
        first, had = self._begin = self._begin or (now, done)  # what an earlier run had done took no time of this one
        if now - self._last < self._every_s:
            return
        self._last = now
        line = f"{self._name}: {self._amount(done)}"
        if self._total:
            part = self._amount(done).rpartition(" ")[0]
            line = f"{self._name}: {part} of {self._amount(self._total)} ({min(done / self._total, 1):.0%})"
            if had < done <= self._total:
                minutes = (now - first) * (self._total - done) / (done - had) / 60
                line += f", {minutes:,.0f} min left" if minutes >= 1 else ", less than a minute left"
        self.note(line)

    def _amount(self, count: int) -> str:
        return f"{count / 1e6:,.1f} MB" if self._unit == "bytes" else f"{count:,} {self._unit}"

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
