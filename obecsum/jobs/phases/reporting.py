"""The report of a job, and whether its records add up; report.json and report.html."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from obecsum.core.errors import ObecsumError
from obecsum.core.serialize import to_json
from obecsum.core.version import __version__
from obecsum.jobs.phases.outcome import Tally
from obecsum.jobs.phases.reading import ReadFigures
from obecsum.jobs.phases.writing import count_lines, write_lines
from obecsum.jobs.request.options import Options
from obecsum.jobs.state.folder import PAGE_NAME, REPORT_NAME
from obecsum.jobs.state.store import Store
from obecsum.jobs.state.work import WorkFolder
from obecsum.report.report import Report

if TYPE_CHECKING:
    from obecsum.report.page.rows import Outside

__all__ = ["report_of", "write_report"]


def report_of(
    work: WorkFolder,
    store: Store,
    read: ReadFigures,
    tally: Tally,
    options: Options,
    *,
    files: tuple[str, ...],
    seconds: Mapping[str, float],
    removals: Sequence[Mapping[str, Any]],
) -> Report:
    """The figures of a job. Its files are counted apart from what was meant to go there.

    Args:
        work: Where its files lie, complete; none in a dry run.
        store: Everything decided.
        read: What reading found.
        tally: What was counted over the lines of kept.jsonl.
        options: Of the job.
        files: Names of the files.
        seconds: Stage to seconds.
        removals: Of a dry run.

    Raises:
        ObecsumError: The records do not add up.
    """
    decided = store.state("compared")
    if options.dry_run:
        removed, quarantined = (store.one(f"SELECT COUNT(*) FROM {name}") for name in ("removed", "quarantined"))  # noqa: S608
        kept = store.one("SELECT COUNT(*) FROM records") - removed
    else:
        names = ("kept.jsonl", "removed.jsonl", "quarantine.jsonl")
        kept, removed, quarantined = (count_lines(work.file(name)) for name in names)
    if read.input != kept + removed + quarantined:
        raise ObecsumError(
            f"the records do not add up: {read.input:,} read, {kept:,} kept, {removed:,} removed and {quarantined:,} "
            "quarantined; nothing was written: a mistake of obecsum, please report it"
        )
    return Report(
        out=work.path,
        input=read.input,
        kept=kept,
        removed=removed,
        quarantined=quarantined,
        relations=decided["relations"],
        quarantine_reasons=dict(sorted(read.reasons.items())),
        cuts=dict(sorted(tally.cuts.items())),
        repaired=tally.repaired | {"ids": decided["ids"]},
        uncut=tuple(store.state("uncut") or ()),
        skipped=dict(sorted(read.skipped.items())),
        dates=read.dates.to_report(),
        updates=decided["updates"],
        series=decided["series"],
        possible=decided["possible"],
        summaries=tally.summaries,
        index=decided.get("index"),
        sources=tuple(_sources(store, read)),
        options=options.to_json(),
        seconds=seconds,
        version=__version__,
        files=files,
        dry_run=options.dry_run,
        removals=tuple(removals),
    )


def write_report(work: WorkFolder, report: Report, where: Callable[[str], Path], outside: Outside) -> None:
    """Write report.json and report.html.

    Args:
        work: Where they are written.
        report: The figures.
        where: Gives the place of the job's other files by their names, complete.
        outside: Gives releases that are in an index alone.

    Raises:
        OutputError: The disk is full or fails.
    """
    from obecsum.report.page.build import page  # the template's engine is slow to import

    write_lines(work, REPORT_NAME, iter([to_json(report.to_json(), indent=True)]))
    write_lines(work, PAGE_NAME, page(report, where, outside))


def _sources(store: Store, read: ReadFigures) -> Iterator[dict[str, Any]]:
    """The figures of each source, with how many of its releases were kept and removed."""
    query = "SELECT source, COUNT(*), COUNT(removed.place) FROM records LEFT JOIN removed USING (place) GROUP BY source"
    counts = {number: (total - removed, removed) for number, total, removed in store.rows(query)}
    for number, source in enumerate(read.sources):
        kept, removed = counts.get(number, (0, 0))
        yield {**source, "kept": kept, "removed": removed}
