"""The folder that a job writes: all of its files appear together, and a job that was killed goes on where it was.

A job works in ``.obecsum`` inside the output folder. There lie its lock, its record (``job.json``), the store of what
its phases found, and its files as far as they are. When all are complete and on the disk, the record says "committing";
then the index gets what is new, and the files their names, one after the other. A kill before leaves a job to be
continued, one after it a commit that the next run completes, or takes back where the index says so
(:mod:`obecsum.jobs.phases.indexing` has the invariant).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import orjson

from obecsum.core.errors import OutputError, OutputExistsError
from obecsum.jobs.state.pins import PINS_NAME
from obecsum.jobs.state.record import JobRecord
from obecsum.jobs.state.work import JOB_NAME, WorkFolder, failed

__all__ = ["LONG_NAME", "OWN_FILES", "PAGE_NAME", "REPORT_NAME", "WORK_NAME", "OutputFolder"]

REPORT_NAME = "report.json"
PAGE_NAME = "report.html"
OWN_FILES = (
    "kept.jsonl",
    "removed.jsonl",
    "possible.jsonl",
    "quarantine.jsonl",
    PAGE_NAME,
    REPORT_NAME,
    JOB_NAME,
)
WORK_NAME = ".obecsum"
LONG_NAME = "quarantine.bin"
_OPTIONAL = ("kept.csv", "kept.parquet", "kept.rss.xml", LONG_NAME)
_PROGRAM = "obecsum"
_NAMING = ("committing", "restoring")


class OutputFolder:
    """The folder for a job's files. What it holds is looked at when this is made, and again when it is held.

    Args:
        path: The folder; made where it is missing.
        overwrite: Whether the files of an earlier job may be replaced. Other files are never touched.
        complete: What a commit does before the files get their names; called with the record and the work folder of a
            job that was killed in its commit. It says whether the decision stands: if not, the job is to be done anew.

    Attributes:
        work: Where the job works.
        unfinished: The record of a job that was begun here and not finished, or None.
        finished: The record of the job whose files lie here, complete, or None.

    Raises:
        OutputExistsError: The folder holds files that no job may replace.
        OutputError: It is no folder, or nothing can be written there.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        overwrite: bool = False,
        complete: Callable[[JobRecord, WorkFolder], bool] | None = None,
    ) -> None:
        self.path = Path(path)
        self.work = WorkFolder(self.path / WORK_NAME)
        self._overwrite = overwrite
        self._complete = complete
        self._look()

    def _look(self) -> None:
        names = _names(self.path)
        self.unfinished = self.work.record() if WORK_NAME in names else None
        if self.unfinished is None or self.unfinished.state not in _NAMING:  # then the files are between two names
            given = [name for name in names if name not in (WORK_NAME, PINS_NAME)]
            _refuse_strangers(self.path, given, overwrite=self._overwrite)
        self.finished = self._whole()

    def hold(self) -> None:
        """Keep others out, complete the commit of a job that was killed in it, and look at what is there again.

        Raises:
            OutputExistsError: The folder holds files that no job may replace.
            OutputError: Another process works here, or nothing can be written.
        """
        self.work.hold()
        decided = self.work.record()
        if decided is not None and decided.state in _NAMING:
            if decided.state == "restoring" or self._complete is None or self._complete(decided, self.work):
                self.finish()
                self.work.hold()
            else:
                self.work.set_record(decided.at("working", files={}, stale=()))
        self._look()

    def _whole(self) -> JobRecord | None:
        record = JobRecord.read(self.path / JOB_NAME)
        if record is None or record.state != "done":
            return None
        try:
            sizes = {name: (self.path / name).stat().st_size for name in record.files}
        except OSError:
            return None
        return record if sizes == dict(record.files) else None

    def has_done(self, record: JobRecord) -> bool:
        """Whether the same job is finished already, and is not to be done again."""
        return not self._overwrite and self.finished is not None and record.differs_from(self.finished) is None

    def refuse(self, record: JobRecord) -> bool:
        """Say whether a job has nothing to do here, or why it may not begin.

        Args:
            record: What the job is asked.

        Returns:
            True if the same job is finished already; False if it may begin or go on.

        Raises:
            OutputExistsError: Here lies another job's work or output.
        """
        if self._overwrite:
            return False
        if self.has_done(record):
            return True
        if self.finished is not None:
            difference = record.differs_from(self.finished)
            raise OutputExistsError(
                f"{self.path} holds the output of another job: {difference}; choose another folder, or --overwrite to "
                "replace it"
            )
        if (self.path / REPORT_NAME).exists():
            raise OutputExistsError(
                f"{self.path} holds the output of an earlier job, not all of it; choose another folder, or --overwrite "
                "to replace it"
            )
        if self.unfinished is not None and (difference := record.differs_from(self.unfinished)) is not None:
            raise OutputExistsError(
                f"{self.path} holds a job that was not finished: {difference}; give the same command to continue it, "
                "choose another folder, or --overwrite to begin anew"
            )
        return False

    def continues(self, record: JobRecord) -> bool:
        """Whether an unfinished job is the same, of the same folder, and can be continued."""
        return (
            self.unfinished is not None
            and self.unfinished.out == record.out
            and record.differs_from(self.unfinished) is None
        )

    def decide(self, record: JobRecord, names: Sequence[str]) -> None:
        """Say that all files are complete. From here on the job is decided: a next run only completes it.

        Args:
            record: The job's.
            names: Its files, complete in the work folder.

        Raises:
            OutputError: The disk is full or fails.
        """
        files = self._synced(names)
        stale = tuple(sorted(_own_files(self.path) & set(_OPTIONAL) - set(files)))
        self.work.set_record(record.at("committing", files=files, stale=stale))

    def decide_again(self, record: JobRecord, names: Sequence[str]) -> None:
        """Say that some files of a finished job are to be replaced, all or none.

        Args:
            record: The finished job's.
            names: The files, complete in the work folder.

        Raises:
            OutputError: The disk is full or fails.
        """
        self.work.set_record(record.at("restoring", files={**record.files, **self._synced(names)}))

    def _synced(self, names: Sequence[str]) -> dict[str, int]:
        """The sizes of files of the work folder, which are on the disk now."""
        files: dict[str, int] = {}
        for name in names:
            path = self.work.file(name)
            try:
                with path.open("rb+") as file:
                    os.fsync(file.fileno())
                files[name] = path.stat().st_size
            except OSError as error:
                raise failed(self.path / name, error) from error
        return files

    def finish(self) -> None:
        """Give the files of a job that is decided their names.

        Raises:
            OutputError: A file cannot be renamed.
        """
        record = self.work.record()
        if record is None or record.state not in _NAMING:
            return
        for name in record.files:
            source = self.work.file(name)
            try:
                if source.exists():
                    source.replace(self.path / name)
            except OSError as error:
                raise failed(self.path / name, error) from error
        for name in record.stale:
            with contextlib.suppress(OSError):
                (self.path / name).unlink()
        self.work.write_record(record.at("done"), self.path / JOB_NAME)
        self.work.remove()


def _names(path: Path) -> list[str]:
    try:
        if not path.exists():
            return []
        if not path.is_dir():
            raise OutputExistsError(f"{path} is a file; --out takes a folder")
        return sorted(entry.name for entry in path.iterdir())
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise OutputError(f"{path} cannot be used for output: {getattr(error, 'strerror', None) or error}") from error


def _refuse_strangers(path: Path, names: list[str], *, overwrite: bool) -> None:
    own = _own_files(path)
    strangers = [name for name in names if name not in own]
    clash = [name for name in strangers if name in (*OWN_FILES, *_OPTIONAL)]
    if clash:
        raise OutputExistsError(
            f"{path} holds {', '.join(clash[:5])} of which no {REPORT_NAME} of obecsum knows; --overwrite replaces "
            "obecsum's own files only: move them away or choose another folder"
        )
    if strangers and not overwrite:
        raise OutputExistsError(
            f"{path} holds files that are not this job's: {', '.join(strangers[:5])}; choose an empty or new folder "
            "(with --overwrite they stay and obecsum's own files are written beside them)"
        )


def _own_files(path: Path) -> set[str]:
    """The files that an earlier job's report names as its own."""
    try:
        report = orjson.loads((path / REPORT_NAME).read_bytes())
        if report["program"] != _PROGRAM:
            return set()
        return {name for name in (*OWN_FILES, *_OPTIONAL) if name in report["files"] or name == JOB_NAME}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
