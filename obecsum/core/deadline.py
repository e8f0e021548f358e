"""A limit on the processor time of one step, for texts that make something run for ever."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["TooSlowError", "deadline"]


class TooSlowError(BaseException):
    """A step took longer than it may. No ``Exception``, so that nothing on the way takes it for another one's."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Stop what is inside once it has taken so much processor time.

    Python asks for signals between its own steps and inside of regular expressions, and handles them in the main thread
    only: elsewhere, on Windows, and where the program uses this timer itself, there is no limit.

    Raises:
        TooSlowError: It has.
    """
    if not _can_be_timed():
        yield
        return
    signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)


def _can_be_timed() -> bool:
    return (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL
    )


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as Python calls it
    raise TooSlowError
