"""Where a job works, and who may: the process that holds the lock, and nobody else."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO

from filelock import FileLock, Timeout

from obecsum.core.errors import OutputError
from obecsum.core.files import sync_folder
from obecsum.jobs.state.record import JobRecord

__all__ = ["JOB_NAME", "WorkFolder", "failed"]

JOB_NAME = "job.json"
_LOCK_NAME = "lock"
_LOCK_WAIT_S = 0.5  # who lets go of the lock removes its file; a try that met the removed one is made again


class WorkFolder:
    """Where a job works; each file is written here first.

    What lies here belongs to the process that holds the lock: :meth:`hold` comes before anything is written, and
    :meth:`remove` does nothing without it.

    Args:
        path: The folder. None: a temporary one of an unpredictable name, for jobs that write nothing.
    """

    def __init__(self, path: Path | None) -> None:
        self._given = path
        self._made: list[Path] = []
        self._lock: FileLock | None = None

    @property
    def path(self) -> Path:
        """The folder; a temporary one once it is held."""
        assert self._given is not None, "a temporary folder has no path before it is held"
        return self._given

    @property
    def is_held(self) -> bool:
        """Whether this process may write here."""
        return self._lock is not None

    def hold(self) -> None:
        """Make the folder and those above it, and keep others out until :meth:`release` or the end of the process.

        Raises:
            OutputError: Another process works here, or the folder cannot be made.
        """
        if self.is_held:
            return
        try:
            if self._given is None:
                self._given = Path(tempfile.mkdtemp(prefix="obecsum-"))
                self._made.append(self._given)
            missing = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
            for folder in reversed(missing):
                folder.mkdir(exist_ok=True)
                self._made.append(folder)
            if self.path.is_symlink():
                raise OutputError(f"{self.path} is a link, and a job works in a folder of its own; remove it")
            lock = FileLock(self.path / _LOCK_NAME, timeout=_LOCK_WAIT_S, thread_local=False)
            lock.acquire()
            self._lock = lock
        except Timeout:
            raise OutputError(
                f"another obecsum works in {self.path.parent}: wait until it has ended, or choose another folder"
            ) from None
        except OSError as error:
            self._remove_made()
            raise OutputError(f"nothing can be written to {self.path.parent}: {error.strerror or error}") from error

    def release(self) -> None:
        """Let others in; what lies here stays."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def remove(self) -> None:
        """Remove it if this process holds it, and the folders that were made for it as far as they are empty."""
        if not self.is_held:
            return
        lock = self.path / _LOCK_NAME
        with contextlib.suppress(OSError):
            (self.path / JOB_NAME).unlink(missing_ok=True)  # first: without it nothing here is a job
            for entry in self.path.iterdir():
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry, ignore_errors=True)
                elif entry != lock:
                    with contextlib.suppress(OSError):
                        entry.unlink()
        with contextlib.suppress(OSError):
            lock.unlink()  # last, and while it is held: who waits for it sees that its file is gone
        with contextlib.suppress(OSError):
            self.path.rmdir()
        self.release()
        self._remove_made()

    def _remove_made(self) -> None:
        for folder in reversed(self._made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        self._made = []

    def file(self, name: str) -> Path:
        """Where a file is until it gets its name."""
        return self.path / name

    def record(self) -> JobRecord | None:
        """What the job that works here was asked."""
        return JobRecord.read(self.path / JOB_NAME)

    def set_record(self, record: JobRecord) -> None:
        """Write the record, all of it or nothing.

        Raises:
            OutputError: The disk is full or fails.
        """
        self.write_record(record, self.path / JOB_NAME)

    def write_record(self, record: JobRecord, target: Path) -> None:
        """Write a record to the folder or to the one above, all of it or nothing.

        Raises:
            OutputError: The disk is full or fails.
        """
        try:
            with self.open("record.partial") as file:
                file.write(record.to_bytes())
                file.flush()
                os.fsync(file.fileno())
            self.file("record.partial").replace(target)
            sync_folder(target.parent)
        except OSError as error:
            raise failed(target, error) from error

    def open(self, name: str, mode: str = "wb") -> IO[bytes]:
        """Open a file of the job for writing: a new one ("wb"), or one that is there ("r+b"); no link is followed.

        Raises:
            OutputError: It cannot be written.
        """
        path = self.path / name
        try:
            if mode == "wb":
                path.unlink(missing_ok=True)
                return path.open("xb")
            return open(path, mode, opener=_open_no_link)
        except OSError as error:
            raise failed(path, error) from error


def _open_no_link(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def failed(path: Path, error: OSError) -> OutputError:
    """What to tell when a file cannot be written."""
    return OutputError(
        f"{path} could not be written: {error.strerror or error}; what was there before is unchanged; make room or "
        "choose another folder with --out, then give the same command again"
    )
