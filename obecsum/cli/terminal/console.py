"""Progress bars on a terminal."""

from __future__ import annotations

import contextlib
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Any

from obecsum.text.printable import printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["Bars"]


class Bars:
    """Progress bars on standard error; nothing where that is no terminal, or where nothing should be shown."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
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
        if self._progress is not None:
            self._unit, self._total = unit, total
            self._task = self._progress.add_task(name, total=total, amount="")

    def to(self, done: int, *, total: int | None = None) -> None:
        """See :class:`obecsum.core.progress.Progress`."""
        if self._progress is not None and self._task is not None:
            amount = f"{done / 1e6:,.1f} MB" if self._unit == "bytes" else f"{done:,} {self._unit}"
            self._progress.update(self._task, completed=done, total=total or self._total, amount=amount)

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
