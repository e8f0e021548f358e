"""Writing the output of a job: all of it or nothing, and never over a file that is not obecsum's."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import orjson

from obecsum.errors import OutputError, OutputExistsError

__all__ = ["OWN_FILES", "REPORT_NAME", "OutputFolder", "json_line", "to_json"]

REPORT_NAME = "report.json"
OWN_FILES = ("kept.jsonl", "removed.jsonl", "quarantine.jsonl", "report.html", REPORT_NAME)
_PROGRAM = "obecsum"


def to_json(value: Any, *, indent: bool = False) -> bytes:
    """JSON in UTF-8. Integers of any size and lone surrogates (as escapes) pass, which orjson alone refuses."""
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else None)
    except TypeError:
        return json.dumps(value, ensure_ascii=True, indent=2 if indent else None, allow_nan=False).encode("ascii")


def json_line(value: Mapping[str, Any]) -> bytes:
    """One line of a JSON Lines file."""
    return to_json(value) + b"\n"


class OutputFolder:
    """The folder that a job writes: its files appear together at the end, under their names, or not at all.

    Every file is written under a temporary name, brought to the disk (fsync) and renamed when all are complete. Used as
    a context manager: leaving it without :meth:`commit` removes what was begun.

    Args:
        path: The folder; made where it is missing.
        overwrite: Whether the files of an earlier job may be replaced. Other files are never touched.

    Raises:
        OutputExistsError: The folder holds files that this job may not replace.
        OutputError: It is no folder, or nothing can be written there.
    """

    def __init__(self, path: str | Path, *, overwrite: bool = False) -> None:
        self.path = Path(path)
        self._files: dict[str, IO[bytes]] = {}
        self._made: list[Path] = []
        self._lines: dict[str, int] = {}
        _check(self.path, overwrite=overwrite)

    def file(self, name: str) -> Path:
        """Where a file is when the job is done."""
        return self.path / name

    def __enter__(self) -> OutputFolder:
        try:
            missing = [folder for folder in (self.path, *self.path.parents) if not folder.exists()]
            for folder in reversed(missing):
                folder.mkdir()
                self._made.append(folder)
            for name in OWN_FILES:
                self._files[name] = self._partial(name).open("wb")
        except OSError as error:
            self._abort()
            raise OutputError(f"nothing can be written to {self.path}: {error.strerror or error}") from error
        return self

    def write(self, name: str, data: bytes) -> None:
        """Append to one of the job's files.

        Raises:
            OutputError: The disk is full or fails.
        """
        try:
            self._files[name].write(data)
        except OSError as error:
            raise self._failed(name, error) from error
        self._lines[name] = self._lines.get(name, 0) + data.count(b"\n")

    def lines(self, name: str) -> int:
        """Lines that were written to a file: what it holds, counted apart from what was meant to go there."""
        return self._lines.get(name, 0)

    def commit(self) -> None:
        """Give all files their names, the report last: where it is, the others are complete.

        Raises:
            OutputError: The disk is full or fails.
        """
        for name, file in self._files.items():
            try:
                file.flush()
                os.fsync(file.fileno())
                file.close()
            except OSError as error:
                raise self._failed(name, error) from error
        for name in list(self._files):
            try:
                self._partial(name).replace(self.file(name))
            except OSError as error:
                raise self._failed(name, error) from error
            del self._files[name]
        with contextlib.suppress(OSError):  # some file systems cannot sync a folder; the files themselves are safe
            descriptor = os.open(self.path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        self._made = []

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._abort()

    def _abort(self) -> None:
        for name, file in self._files.items():
            with contextlib.suppress(OSError):
                file.close()
            with contextlib.suppress(OSError):
                self._partial(name).unlink()
        self._files = {}
        for folder in reversed(self._made):
            with contextlib.suppress(OSError):
                folder.rmdir()
        self._made = []

    def _partial(self, name: str) -> Path:
        return self.path / f".{name}.obecsum-partial"

    def _failed(self, name: str, error: OSError) -> OutputError:
        return OutputError(
            f"{self.file(name)} could not be written: {error.strerror or error}; the folder is as it was before; "
            "make room or choose another folder with --out, then run the same again"
        )


def _check(path: Path, *, overwrite: bool) -> None:
    try:
        if not path.exists():
            return
        if not path.is_dir():
            raise OutputExistsError(f"{path} is a file; --out takes a folder")
        names = sorted(entry.name for entry in path.iterdir() if not entry.name.endswith(".obecsum-partial"))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise OutputError(f"{path} cannot be used for output: {getattr(error, 'strerror', None) or error}") from error
    if not names:
        return
    own = _own_files(path)
    strangers = [name for name in names if name not in own]
    clash = [name for name in strangers if name in OWN_FILES]
    if overwrite and not clash:
        return
    shown = ", ".join((clash or strangers or names)[:5])
    if clash:
        raise OutputExistsError(
            f"{path} holds {shown} of which no {REPORT_NAME} of obecsum knows; --overwrite replaces obecsum's own "
            "files only: move them away or choose another folder"
        )
    if strangers:
        raise OutputExistsError(
            f"{path} holds files that are not this job's: {shown}; choose an empty or new folder "
            "(with --overwrite they stay and obecsum's own files are written beside them)"
        )
    raise OutputExistsError(
        f"{path} holds the output of an earlier job; choose another folder, or --overwrite to replace it"
    )


def _own_files(path: Path) -> set[str]:
    """The files that an earlier job's report names as its own."""
    try:
        report = orjson.loads((path / REPORT_NAME).read_bytes())
        if report["program"] != _PROGRAM:
            return set()
        return {name for name in OWN_FILES if name in report["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
