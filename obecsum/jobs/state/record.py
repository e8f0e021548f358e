"""What a job was asked to do: its inputs with size and hash, its options, the version; the file job.json."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from obecsum.core.errors import InputError
from obecsum.core.serialize import to_json
from obecsum.core.version import __version__
from obecsum.feeds.formats.text_folder import folder_files
from obecsum.feeds.sources import Source
from obecsum.jobs.request.options import Options

__all__ = ["FORMAT", "JobRecord", "changed", "described", "is_stream"]

FORMAT = 2
_PROGRAM = "obecsum"
_CHUNK_BYTES = 1 << 20
_NOT_ASKED = (
    "dry_run",
    "index_wait_s",
    "max_records",
    "max_stdin_bytes",
    "threads",
)  # these change nothing of what is written


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job as job.json has it.

    Attributes:
        inputs: One entry a source: ``name``, ``bytes``, ``sha256``.
        options: All options that decide what is written, as JSON.
        out: The output folder, absolute: the same asked for elsewhere is another job.
        version: obecsum's.
        state: "working", "committing" (all files are complete, their names are being given), "restoring" (the same of
            files in which a finished job's releases were brought back) or "done".
        files: When complete: the name of each file and its size in bytes.
        stale: Files of an earlier job that have no place beside these; they go.
    """

    inputs: tuple[Mapping[str, Any], ...]
    options: Mapping[str, Any]
    out: str = ""
    version: str = __version__
    state: str = "working"
    files: Mapping[str, int] = field(default_factory=dict)
    stale: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names the job: the same for the same inputs, options and folder, whatever the version."""
        asked = json.dumps([list(map(dict, self.inputs)), dict(self.options), self.out], sort_keys=True)
        return hashlib.sha256(asked.encode()).hexdigest()[:32]

    def differs_from(self, other: JobRecord) -> str | None:
        """What another job was asked otherwise, in words; None if it is the same, in whatever folder."""
        if self.version != other.version:
            return f"it is of obecsum {other.version}, this is {self.version}"
        names = [[one["name"] for one in record.inputs] for record in (self, other)]
        if names[0] != names[1]:
            return f"it read {', '.join(names[1])}, not {', '.join(names[0])}"
        for mine, theirs in zip(self.inputs, other.inputs, strict=True):
            if mine != theirs:
                return f"{mine['name']} had other contents ({theirs['bytes']:,} bytes, now {mine['bytes']:,})"
        for name in sorted({*self.options, *other.options}):
            if self.options.get(name) != other.options.get(name):
                return f"its {name} was {other.options.get(name)!r}, not {self.options.get(name)!r}"
        return None

    def to_bytes(self) -> bytes:
        """As a file."""
        record = {"program": _PROGRAM, "format": FORMAT, **asdict(self)}
        return to_json(record, indent=True) + b"\n"

    @classmethod
    def read(cls, path: Path) -> JobRecord | None:
        """What a file says; None where there is none, or none of a version that can be read."""
        try:
            found = json.loads(path.read_bytes())
            if found["program"] != _PROGRAM or found["format"] != FORMAT:
                return None
            return cls(
                tuple(found["inputs"]),
                found["options"],
                found.get("out", ""),
                found["version"],
                found["state"],
                found["files"],
                tuple(found["stale"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def at(self, state: str, **changes: Any) -> JobRecord:
        """The same job in another state."""
        return replace(self, state=state, **changes)


def described(
    sources: Sequence[Source],
    options: Options,
    fields: Mapping[str, str],
    out: Path | None,
    *,
    progress: Callable[[int], object] | None = None,
) -> JobRecord:
    """The record of a job that begins, its inputs hashed.

    Args:
        sources: What is read; no streams any more.
        options: How.
        fields: Role to field name.
        out: The output folder; None for a dry run.
        progress: Called with the bytes hashed so far.

    Raises:
        InputError: A source cannot be read.
    """
    asked = {name: value for name, value in asdict(options).items() if name not in _NOT_ASKED}
    asked["min_jaccard"] = options.compared_from  # given as it is without being given, it is the same job
    if options.index is not None:  # named from where the command was given, and maybe continued from elsewhere
        asked["index"] = str(Path(options.index).resolve())
    asked = json.loads(json.dumps({**asked, "fields": dict(fields)}))  # tuples become lists, as read again
    done = 0
    inputs = []
    for source in sources:
        size, digest = _hashed(source, lambda count: progress(done + count) if progress else None)  # noqa: B023
        done += size
        inputs.append({"name": source.name, "bytes": size, "sha256": digest})
    return JobRecord(tuple(inputs), asked, "" if out is None else str(out.resolve()))


def changed(
    sources: Sequence[Source], record: JobRecord, *, progress: Callable[[int], object] | None = None
) -> str | None:
    """The name of a source that is no longer what the record says; None if all are.

    Args:
        sources: As the record was made of.
        record: The job's.
        progress: Called with the bytes hashed so far.

    Raises:
        InputError: A source can no longer be read.
    """
    done = 0
    for source, known in zip(sources, record.inputs, strict=True):
        size, digest = _hashed(source, lambda count: progress(done + count) if progress else None)  # noqa: B023
        done += size
        if (size, digest) != (known["bytes"], known["sha256"]):
            return source.name
    return None


def is_stream(source: Source) -> bool:
    """Whether a source can be read only once: standard input, a pipe."""
    if source.path is None:
        return True
    mode = source.path.stat().st_mode
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _hashed(source: Source, progress: Callable[[int], object]) -> tuple[int, str]:
    assert source.path is not None
    total = hashlib.sha256()
    done = 0
    try:
        files = folder_files(source.path) if source.path.is_dir() else [source.path]
        for path in files:
            one = hashlib.sha256()
            with path.open("rb") as file:
                while chunk := file.read(_CHUNK_BYTES):
                    one.update(chunk)
                    done += len(chunk)
                    progress(done)
            if len(files) == 1 and path == source.path:
                return done, one.hexdigest()
            total.update(path.relative_to(source.path).as_posix().encode("utf-8", "surrogateescape") + b"\0")
            total.update(one.digest())
    except OSError as error:
        raise InputError(f"{source.name} cannot be read: {error.strerror or error}") from error
    return done, total.hexdigest()
