"""The folder of a job that is done, opened to be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

import orjson

from obecsum.comparison.alignment.document import document_of
from obecsum.comparison.compare import Comparison, compare_documents
from obecsum.core.errors import InputError, OptionError
from obecsum.core.progress import Progress
from obecsum.core.release import Release
from obecsum.dedup.verify import days_between
from obecsum.jobs.finished.lines import all_rows, ids_of, rows_naming
from obecsum.jobs.phases.output_rows import cleaned_row
from obecsum.jobs.state.folder import REPORT_NAME, WORK_NAME, OutputFolder
from obecsum.jobs.state.record import JobRecord
from obecsum.jobs.state.work import JOB_NAME
from obecsum.report.report import Report
from obecsum.text.printable import shortened

__all__ = ["Explanation", "FinishedJob", "Relative", "Role"]

Role = Literal["stays", "went", "before", "after", "possible", "superseded"]
"""What another release is to the one that is explained: the one that stays in its place; one that went for it; the one
that it updates; one that updates it; one that may be the same; an older one of the index of which it says all."""

_SUGGESTED_FROM = 20_000
_NAME_CHARS = 200
_AGAIN = "restore it from a copy, or give the `obecsum clean` command with --overwrite, which does the job anew"


@dataclass(frozen=True, slots=True)
class Relative:
    """Another release that a job brought together with one.

    Attributes:
        id: Its id.
        role: What it is to the one that is explained.
        title: Its title, or its first line; None where only the index has it.
        published: ISO 8601, or None.
        found: What the job wrote of the two: ``relation``, ``jaccard``, ``account``, ``changes`` or ``lost``.
    """

    id: str
    role: Role
    title: str | None
    published: str | None
    found: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a release went, stayed or was linked.

    Attributes:
        id: Its id.
        title: Its title, or its first line.
        outcome: "removed", "kept", or "restored": removed by the job and brought back by hand.
        row: Its line in removed.jsonl or kept.jsonl.
        relatives: The releases that it was brought together with; the one that explains most first.
        comparison: With the first of them, this release first, if both texts can be had; else None.
    """

    id: str
    title: str
    outcome: Literal["removed", "kept", "restored"]
    row: Mapping[str, Any]
    relatives: tuple[Relative, ...]
    comparison: Comparison | None


class FinishedJob:
    """What :func:`obecsum.clean` left in a folder.

    Args:
        folder: The one that was given as ``out``.

    Attributes:
        path: The folder.
        record: What was asked: inputs, options, version, the files with their sizes.
        report: The figures.

    Raises:
        InputError: It is no folder, holds no finished job, or one of which something was changed or is lost.

    Example:
        >>> import tempfile, obecsum
        >>> report = obecsum.clean("examples/water.jsonl", tempfile.mkdtemp() + "/out", summaries=False)
        >>> job = obecsum.FinishedJob(report.out)
        >>> found = job.explain("b1")
        >>> found.outcome, found.relatives[0].id, found.comparison.relation
        ('removed', 'a2', 'duplicate')
        >>> job.restore("b1")
        ['b1']
        >>> job.explain("b1").outcome
        'restored'
    """

    def __init__(self, folder: str | Path) -> None:
        self.path = Path(folder)
        self._open()

    def _open(self) -> None:
        self.record = self._recorded()
        for name, size in self.record.files.items():
            self._check(name, size)
        try:
            self.report = Report.from_json(orjson.loads(self.file(REPORT_NAME).read_bytes()), self.path)
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise InputError(f"{self.file(REPORT_NAME)} is damaged ({error}); {_AGAIN}") from error

    def _recorded(self) -> JobRecord:
        if not self.path.is_dir():
            what = "is a file" if self.path.exists() else "does not exist"
            raise InputError(f"{self.path} {what}; name the folder that `obecsum clean ... --out` wrote")
        found = JobRecord.read(self.path / JOB_NAME)
        begun = JobRecord.read(self.path / WORK_NAME / JOB_NAME)
        if begun is not None and begun.state == "restoring":
            folder = OutputFolder(self.path)
            folder.hold()  # completes it
            folder.work.remove()
            found = JobRecord.read(self.path / JOB_NAME)
        elif begun is not None and (begun.state == "committing" or found is None):
            raise InputError(
                f"the job in {self.path} is not finished; give its `obecsum clean` command again, which completes it"
            )
        if found is None:
            if (self.path / JOB_NAME).exists():
                raise InputError(f"{self.path / JOB_NAME} is damaged, or of another version of obecsum; {_AGAIN}")
            raise InputError(
                f"{self.path} holds no {JOB_NAME} and so no job; name the folder that `obecsum clean ... --out` wrote"
            )
        return found

    def _check(self, name: str, size: int) -> None:
        try:
            now = self.file(name).stat().st_size
        except OSError as error:
            raise InputError(f"{self.file(name)} cannot be read: {error.strerror or error}; {_AGAIN}") from error
        if now != size:
            raise InputError(
                f"{self.file(name)} was changed: it has {now:,} bytes, and the job wrote {size:,}; {_AGAIN}"
            )

    def file(self, name: str) -> Path:
        """Where a file of the job lies."""
        return self.path / name

    @property
    def index(self) -> str | None:
        """The index that the job had."""
        found = self.record.options.get("index")
        return None if found is None else str(found)

    def groups(self, most: int = 10) -> list[tuple[Relative, int]]:
        """The kept releases for which most others went, each with their number.

        Args:
            most: So many at most.
        """
        counts = Counter(str(row["kept_id"]) for _, row in all_rows(self.file("removed.jsonl")))
        largest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
        kept = self._kept(name for name, _ in largest)
        return [(_relative(name, "stays", kept.get(name), {}), count) for name, count in largest]

    def explain(self, release_id: str) -> Explanation:
        """Why a release went, stayed or was linked.

        Args:
            release_id: As kept.jsonl or removed.jsonl has it.

        Raises:
            OptionError: The job knows no release of that id.
            InputError: A file is damaged.
            StoreError: The index cannot be read.
        """
        row, is_kept = self._row(release_id)
        relatives = list(self._relatives(row)) if is_kept else [self._keeper(row)]
        first = relatives[0] if relatives else None
        other = None if first is None else self._release(first.id)
        outcome: Literal["removed", "kept", "restored"] = "removed"
        if is_kept:
            outcome = "restored" if release_id in self.report.restored else "kept"
        comparison = None if other is None else _compared(_release_of(row), other)
        return Explanation(release_id, name_of(row), outcome, row, tuple(relatives), comparison)

    def diff(self, a: str, b: str) -> Comparison:
        """Compare two releases of the job, as it compared them: cleaned, each with its title.

        Args:
            a: Id of the first.
            b: Id of the second; of this job or of its index.

        Raises:
            OptionError: The job knows no release of an id.
            InputError: A file is damaged.
            StoreError: The index cannot be read.
        """
        found = []
        for release_id in (a, b):
            release = self._release(release_id)
            if release is None:
                raise self._unknown(release_id)
            found.append(release)
        return _compared(*found)

    def restore(self, *ids: str, progress: Progress | None = None) -> list[str]:
        """Bring removed releases back: out of removed.jsonl, into kept.jsonl, as if the job had kept them.

        All of the job's files change together, or none. What is brought back stays in later jobs too: with an index it
        is added there, without one it is listed in pins.jsonl in the folder, which a later job in this folder reads.

        Args:
            *ids: As removed.jsonl has them. Those that are kept already are left alone.
            progress: Told of the summaries, if the job wrote any.

        Returns:
            The ids of those that were brought back.

        Raises:
            OptionError: The job knows no release of an id; nothing was changed.
            OutputError: Another job works in the folder, or nothing can be written there.
            StoreError: The index cannot be used.
            ModelError: The model that wrote the job's summaries cannot be loaded.
        """
        from obecsum.jobs.finished.restoring import restore

        rows = [row for row, is_kept in map(self._row, dict.fromkeys(ids)) if not is_kept]
        if rows:
            restore(self.path, rows, progress=progress)
            self._open()  # its files are others now
        return [str(row["id"]) for row in rows]

    def _row(self, release_id: str) -> tuple[dict[str, Any], bool]:
        """The line of a release, and whether it is kept."""
        for name in ("kept.jsonl", "removed.jsonl"):
            for row in rows_naming(self.file(name), [release_id]):
                if row["id"] == release_id:
                    return row, name == "kept.jsonl"
        raise self._unknown(release_id)

    def _unknown(self, release_id: str) -> OptionError:
        known = [name for file in ("removed.jsonl", "kept.jsonl") for name in ids_of(self.file(file), _SUGGESTED_FROM)]
        near = get_close_matches(release_id, known, 1)
        hint = f"; did you mean {near[0]!r}?" if near else "; ids are those of kept.jsonl and removed.jsonl"
        return OptionError(f"the job in {self.path} has no release {release_id!r}{hint}")

    def _kept(self, ids: Iterator[str]) -> dict[str, dict[str, Any]]:
        wanted = set(ids)
        return {row["id"]: row for row in rows_naming(self.file("kept.jsonl"), wanted) if row["id"] in wanted}

    def _keeper(self, row: Mapping[str, Any]) -> Relative:
        found = {name: row[name] for name in ("relation", "jaccard", "account", "changes")}
        kept = self._kept(iter([row["kept_id"]])).get(row["kept_id"])
        if kept is not None:
            return _relative(row["kept_id"], "stays", kept, found)
        indexed = self._indexed(row["kept_id"])
        if indexed is None:
            return Relative(row["kept_id"], "stays", None, None, found)
        return Relative(row["kept_id"], "stays", _first_line(indexed), indexed.published, found)

    def _relatives(self, row: Mapping[str, Any]) -> Iterator[Relative]:
        """Of a kept release: what it updates, what may be the same, what went for it, what updates it."""
        own = str(row["id"])
        kept = {one["id"]: one for one in rows_naming(self.file("kept.jsonl"), [own])}
        wanted = {row["previous_id"], row["supersedes"]} - {None}
        possible = []
        for one in rows_naming(self.file("possible.jsonl"), [own]):
            if own in (one["id"], one["other_id"]):
                mine, theirs = ("id", "other_id") if one["id"] == own else ("other_id", "id")
                other = one[theirs]
                lost = {"id": one["lost"][mine], "other_id": one["lost"][theirs]}
                possible.append((other, {"relation": one["relation"], "lost": lost}))
                wanted.add(other)
        kept |= self._kept(iter(wanted - kept.keys()))
        if (before := row["previous_id"]) is not None:
            yield _relative(before, "before", kept.get(before), {"changes": row["changes"]})
        if (older := row["supersedes"]) is not None:
            yield _relative(older, "superseded", kept.get(older), {})
        for other, found in possible:
            yield _relative(other, "possible", kept.get(other), found)
        for one in rows_naming(self.file("removed.jsonl"), [own]):
            if one["kept_id"] == own:
                found = {name: one[name] for name in ("relation", "jaccard", "account", "changes")}
                yield _relative(one["id"], "went", one, found)
        for one in kept.values():
            if one["previous_id"] == own:
                yield _relative(one["id"], "after", one, {"changes": one["changes"]})

    def _release(self, release_id: str) -> Release | None:
        """A release as it is compared: of this job, else of its index."""
        for name in ("kept.jsonl", "removed.jsonl"):
            for row in rows_naming(self.file(name), [release_id]):
                if row["id"] == release_id:
                    return _release_of(row)
        return self._indexed(release_id)

    def _indexed(self, release_id: str) -> Release | None:
        from obecsum.index.index import Index
        from obecsum.jobs.phases.indexing import indexed_release

        if self.index is None or not Path(self.index).exists():
            return None
        with Index(self.index, is_readonly=True) as index:
            return indexed_release(index, release_id)


def _release_of(row: Mapping[str, Any]) -> Release:
    text = cleaned_row(row) if "kept_id" in row else row["text"]
    return Release(row["id"], text, row["title"], row["published"], row["url"])


def _compared(a: Release, b: Release) -> Comparison:
    apart = days_between(a.published, b.published)
    return compare_documents(document_of(a.full_text), document_of(b.full_text), days_apart=apart)


def _relative(release_id: str, role: Role, row: Mapping[str, Any] | None, found: Mapping[str, Any]) -> Relative:
    if row is None:
        return Relative(release_id, role, None, None, found)
    return Relative(release_id, role, name_of(row), row["published"], found)


def name_of(row: Mapping[str, Any]) -> str:
    """What to call the release of a line: its title, or its first line, or its id."""
    return shortened(_first_line(_release_of(row)), _NAME_CHARS)


def _first_line(release: Release) -> str:
    return " ".join((release.title or release.text.strip().partition("\n")[0]).split()) or release.id
