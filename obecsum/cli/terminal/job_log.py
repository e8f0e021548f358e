"""``--log-json``: what a job does as JSON on standard error, one object a line.

Every line has ``time`` (UTC, ISO 8601), ``level`` ("info", "warning" or "error") and ``event``; docs/batch-jobs.md
lists the events and their fields.
"""

from __future__ import annotations

import contextlib
import io
import logging
import re
import sys
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import Any, TextIO

from obecsum.text.printable import UNSAFE

__all__ = ["JsonLog", "log_line"]

_LEVELS = ("info", "warning", "error")


def log_line(event: str, level: str = "info", **fields: Any) -> str:
    """One line of the log, without its line break.

    Args:
        event: What happened.
        level: "info", "warning" or "error".
        **fields: JSON values; anything else becomes a string.
    """
    import orjson

    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    head = {"time": now, "level": level, "event": event}
    line = orjson.dumps(head | _plain(fields)).decode()
    # JSON leaves some controls as they are; as escapes no terminal obeys them when the log is looked at.
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {_plain(str(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value).encode("utf-8", "replace").decode("utf-8")


class JsonLog:
    """Progress, warnings and results as lines of JSON; its first methods are those of a progress.

    As a context manager it also takes what Python and libraries warn of, and whatever else is printed to standard
    error, so that every line there is JSON.

    Args:
        quiet: Whether only warnings and errors are written.
        stream: Where to; standard error if None.
        every_s: Seconds between two lines on the progress of one stage.
        clock: Seconds, never going back.
    """

    def __init__(
        self,
        *,
        quiet: bool = False,
        stream: TextIO | None = None,
        every_s: float = 1.0,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._least = 1 if quiet else 0
        self._stream = stream
        self._every_s = every_s
        self._clock = clock
        self._begin = self._last = clock()
        self._stage: str | None = None
        self._stage_begin = self._begin
        self._unit = ""
        self._done: int | None = None
        self._total: int | None = None
        self._handler = _Handler(self)
        self._show_warning = warnings.showwarning
        self._stderr: TextIO | None = None

    def __enter__(self) -> JsonLog:
        warnings.showwarning = self._warned
        self._stderr = sys.stderr
        self._stream = self._stream or sys.stderr
        sys.stderr = _Printed(self)
        logging.getLogger().addHandler(self._handler)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._stage = None  # it did not end
        self.close()
        warnings.showwarning = self._show_warning
        if isinstance(sys.stderr, _Printed) and self._stderr is not None:
            sys.stderr.finish()
            sys.stderr = self._stderr
        logging.getLogger().removeHandler(self._handler)

    def write(self, event: str, level: str = "info", **fields: Any) -> None:
        """Write a line, unless ``quiet`` leaves its level out."""
        if _LEVELS.index(level) < self._least:
            return
        stream = self._stream or sys.stderr
        with contextlib.suppress(OSError, ValueError):  # a log that nobody can take, as on a full disk, stops no job
            stream.write(log_line(event, level, **fields) + "\n")
            stream.flush()

    def stage(self, name: str, total: int | None = None, *, unit: str = "releases") -> None:
        """Begin a stage and end the one before."""
        self.close()
        self._stage, self._unit, self._done, self._total = name, unit, None, total
        self._stage_begin = self._last = self._clock()
        self.write("stage", stage=name, total=total, unit=unit)

    def to(self, done: int, *, total: int | None = None) -> None:
        """Units that are done; written at most once in ``every_s``."""
        self._done, self._total = done, total if total is not None else self._total
        now = self._clock()
        if self._stage is not None and now - self._last >= self._every_s:
            self._last = now
            self.write("progress", stage=self._stage, done=done, total=self._total, unit=self._unit)

    def note(self, message: str, **figures: Any) -> None:
        """Something worth knowing."""
        self.write("note", message=message, **figures)

    def close(self) -> None:
        """End the last stage."""
        if self._stage is not None:
            seconds = round(self._clock() - self._stage_begin, 3)
            self.write("stage_done", stage=self._stage, done=self._done, unit=self._unit, seconds=seconds)
            self._stage = None

    def failed(self, message: str, *, exit_code: int) -> None:
        """The last line of a job that did not end well; the stage that it was in has no end."""
        self._stage = None
        self.write("error", "error", message=message, exit_code=exit_code)

    def result(self, **fields: Any) -> None:
        """The last line of a job that ended well."""
        self.close()
        self.write("done", seconds=round(self._clock() - self._begin, 3), **fields)

    def _warned(self, message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
        self.write("warning", "warning", message=str(message), category=category.__name__)


class _Printed(io.TextIOBase):
    """Standard error while a log is written: a line that somebody prints becomes a line of the log."""

    def __init__(self, log: JsonLog) -> None:
        self._log = log
        self._begun = ""

    def writable(self) -> bool:
        """As a stream says it."""
        return True

    def write(self, text: str) -> int:
        """Take a part of what is printed."""
        *lines, self._begun = re.split("[\r\n]", self._begun + text)
        for line in lines:
            self._tell(line)
        return len(text)

    def flush(self) -> None:
        """Nothing: a line is told of when it is complete."""

    def finish(self) -> None:
        """Tell of a last line without an end."""
        self._tell(self._begun)
        self._begun = ""

    def _tell(self, line: str) -> None:
        if line.strip():
            self._log.write("library", "warning", message=line.strip(), logger=None)


class _Handler(logging.Handler):
    """Takes what libraries log from warnings on."""

    def __init__(self, log: JsonLog) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        level = "error" if record.levelno >= logging.ERROR else "warning"
        self._log.write("library", level, message=record.getMessage(), logger=record.name)
