"""What the command says on standard error, for people or with ``--log-json`` for programs, and how it ends."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from obecsum.core.errors import ObecsumError
from obecsum.core.progress.bars import Bars
from obecsum.text.printable import printable

if TYPE_CHECKING:
    from obecsum.cli.terminal.job_log import JsonLog

__all__ = ["exits_with", "fail", "reporting", "use_json", "wants_json", "warn"]

_json = False
_log: JsonLog | None = None


def wants_json(arguments: Sequence[str]) -> bool:
    """Whether arguments or the environment ask for a JSON log, even where the arguments cannot be parsed."""
    if "--no-log-json" in arguments:
        return False
    return "--log-json" in arguments or os.environ.get("OBECSUM_LOG_JSON", "").lower() in ("1", "true", "yes", "on")


def use_json(on: bool) -> None:
    """Whether messages are lines of JSON from now on."""
    global _json
    _json = on


@contextmanager
def reporting(*, quiet: bool, log_json: bool) -> Iterator[Bars | JsonLog]:
    """What is told how far a job is: bars on a terminal and a line a minute elsewhere, or the log."""
    use_json(log_json)
    if not log_json:
        with Bars(quiet=quiet) as bars:
            yield bars
        return
    from obecsum.cli.terminal.job_log import JsonLog

    global _log
    with JsonLog(quiet=quiet) as log:
        _log = log
        try:
            yield log
        finally:
            _log = None


def warn(message: str) -> None:
    """Something that does not stop the command."""
    if _log is not None:
        _log.write("warning", "warning", message=message)
    else:
        _write("warning", message)


def fail(message: str, code: int) -> None:
    """Why the command ends with an exit code other than 0; the caller ends it."""
    if _log is not None:
        _log.failed(message, exit_code=code)
    else:
        _write("error", message, exit_code=code)


@contextmanager
def exits_with(code: int) -> Iterator[None]:
    """Tell of errors that obecsum raises on purpose, and end with a code."""
    try:
        yield
    except ObecsumError as error:
        fail(str(error), code)
        raise typer.Exit(code) from error


def _write(level: str, message: str, **fields: int) -> None:
    if _json:
        from obecsum.cli.terminal.job_log import log_line

        line = log_line(level, level, message=message, **fields)
    else:
        line = f"obecsum: {'error: ' if level == 'error' else ''}{printable(message)}"
    with contextlib.suppress(OSError, ValueError):  # where nobody can be told, the exit code tells
        sys.stderr.write(line + "\n")
        sys.stderr.flush()
