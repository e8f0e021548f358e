"""Bringing removed releases back: every file of the job says so, or none does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from obecsum.core.choices import SummaryKind
from obecsum.core.errors import OutputError
from obecsum.core.progress import Progress, Silent
from obecsum.core.release import Release
from obecsum.core.serialize import json_line
from obecsum.index.index import Index
from obecsum.jobs.finished.lines import all_rows
from obecsum.jobs.phases.indexing import add_restored, indexed_release
from obecsum.jobs.phases.outcome import Links, Tally, summary_fields
from obecsum.jobs.phases.output_rows import cleaned_row, kept_again, restore_text
from obecsum.jobs.phases.reporting import write_report
from obecsum.jobs.phases.writing import export_kept, write_lines
from obecsum.jobs.state.folder import PAGE_NAME, REPORT_NAME, OutputFolder
from obecsum.jobs.state.known import Known
from obecsum.jobs.state.pins import Pin, Pins
from obecsum.jobs.state.record import JobRecord
from obecsum.report.page.rows import Outside
from obecsum.report.report import Report

if TYPE_CHECKING:
    from obecsum.summaries.summarizer import Summary

__all__ = ["restore"]


def restore(path: Path, rows: Sequence[Mapping[str, Any]], *, progress: Progress | None = None) -> None:
    """Move releases of a finished job from removed.jsonl to kept.jsonl, with all that counts them.

    Args:
        path: The job's folder.
        rows: Their lines in removed.jsonl.
        progress: Told of the summaries.

    Raises:
        OutputError: Another job works in the folder, or nothing can be written there.
        StoreError: The index cannot be used.
        ModelError: The model of the job's summaries cannot be loaded.
    """
    folder = OutputFolder(path)
    folder.hold()
    try:
        if folder.unfinished is not None or folder.finished is None:
            raise OutputError(
                f"another job was begun in {path} and is not finished; give its `obecsum clean` command again first"
            )
        record = folder.finished
        report = Report.from_json(orjson.loads((path / REPORT_NAME).read_bytes()), path)
        _Restoring(folder, record, report, rows, progress or Silent()).run()
        folder.finish()
    finally:
        # Before the decision nothing has changed; after it what is left to do is another process's.
        left = folder.work.record() if folder.work.is_held else None
        if left is None or left.state != "restoring":
            folder.work.remove()
        folder.work.release()


class _Restoring:
    def __init__(
        self,
        folder: OutputFolder,
        record: JobRecord,
        report: Report,
        rows: Sequence[Mapping[str, Any]],
        progress: Progress,
    ) -> None:
        self._folder, self._record, self._report, self._progress = folder, record, report, progress
        self._rows = {str(row["id"]): row for row in rows}
        self._places: dict[str, int] = {}  # number of the source of each
        self._groups: set[str] = set()  # what other releases still go for
        self._beside: dict[str, Release] = {}  # what they had gone for
        options = record.options
        asked = {"model": options["model"], "kinds": options["kinds"]} if options["summaries"] else None
        self._tally = Tally(asked)

    def run(self) -> None:
        work = self._folder.work
        write_lines(work, "removed.jsonl", self._still_removed())
        kept = self._as_kept()
        write_lines(work, "kept.jsonl", self._now_kept(kept))
        names = ["kept.jsonl", "removed.jsonl", *export_kept(work, self._report.options.get("to", ()))]
        self._write_report()
        self._remember()
        self._folder.decide_again(self._record, [*names, REPORT_NAME, PAGE_NAME])

    def _still_removed(self) -> Iterator[bytes]:
        """The lines of removed.jsonl but for those that go back; of one that is there twice the first does."""
        source = 0
        left = [int(one["removed"]) for one in self._report.sources]
        for line, row in all_rows(self._folder.path / "removed.jsonl"):
            while source < len(left) - 1 and not left[source]:
                source += 1
            left[source] -= 1
            if row["id"] in self._rows and row["id"] not in self._places:
                self._places[row["id"]] = source
            else:
                self._groups.add(row["kept_id"])
                yield line

    def _as_kept(self) -> list[dict[str, Any]]:
        """Their lines in kept.jsonl; summarized if the job summarized."""
        options = self._record.options
        summaries: list[dict[SummaryKind, Summary]] = [{} for _ in self._rows]
        if options["summaries"]:
            from obecsum.summaries.summarizer import Summarizer

            self._progress.stage("Summarizing", len(self._rows))
            summarizer = Summarizer(options["model"])
            texts = [cleaned_row(row) for row in self._rows.values()]
            for kind in options["kinds"]:
                found = summarizer.summarize(texts, kind=kind, batch_size=options["batch_size"])
                for one, summary in zip(summaries, found, strict=True):
                    one[kind] = summary
        return [
            kept_again(row, **summary_fields(one), **Links().fields(row["id"]))
            for row, one in zip(self._rows.values(), summaries, strict=True)
        ]

    def _now_kept(self, restored: Sequence[dict[str, Any]]) -> Iterator[bytes]:
        """The lines of kept.jsonl, each restored one behind those of its source."""
        waiting: dict[int, list[dict[str, Any]]] = {}
        for row in restored:
            waiting.setdefault(self._places[row["id"]], []).append(row)
        beside = {str(row["kept_id"]) for row in self._rows.values()}
        rows = all_rows(self._folder.path / "kept.jsonl")
        for number, source in enumerate(self._report.sources):
            for _ in range(int(source["kept"])):
                line, row = next(rows)
                if row["id"] in beside:
                    self._beside[row["id"]] = Release(
                        row["id"], restore_text(row), row["title"], row["published"], row["url"]
                    )
                    if row["group"] is not None and row["id"] not in self._groups:
                        row["group"] = None
                        line = json_line(row)
                self._tally.add(row)
                yield line
            for row in waiting.get(number, ()):
                self._tally.add(row)
                yield json_line(row)

    def _counted(self) -> Report:
        report, tally = self._report, self._tally
        count = len(self._rows)
        back = Counter(self._places.values())
        relations = Counter(report.relations)
        relations.subtract(Counter(str(row["relation"]) for row in self._rows.values()))
        sources = [
            {**one, "kept": one["kept"] + back[number], "removed": one["removed"] - back[number]}
            for number, one in enumerate(report.sources)
        ]
        return replace(
            report,
            kept=report.kept + count,
            removed=report.removed - count,
            relations={name: number for name, number in sorted(relations.items()) if number},
            cuts=dict(sorted(tally.cuts.items())),
            repaired=tally.repaired | {"ids": report.repaired["ids"]},
            summaries=tally.summaries,
            sources=tuple(sources),
            restored=(*report.restored, *self._rows),
        )

    def _write_report(self) -> None:
        work = self._folder.work
        path = self._record.options["index"]

        def where(name: str) -> Path:
            return work.file(name) if work.file(name).exists() else self._folder.path / name

        with ExitStack() as stack:
            outside: Outside = Known().release
            if path is not None and Path(path).exists():
                outside = partial(indexed_release, stack.enter_context(Index(path, is_readonly=True)))
            write_report(work, self._counted(), where, outside)

    def _remember(self) -> None:
        """Have later jobs keep them: before the files change, and again if that is given again, with nothing new."""
        index = self._record.options["index"]
        releases = [
            Release(row["id"], row["text"], row["title"], row["published"], row["url"]) for row in self._rows.values()
        ]
        if index is not None:
            add_restored(index, releases)
            return
        pins = list(Pins.read(self._folder.path))
        for release, row in zip(releases, self._rows.values(), strict=True):
            pins.append(Pin.of(release, row["kept_id"]))
            pins.append(Pin.of(self._beside[row["kept_id"]], release.id))
        Pins(pins).write(self._folder.path)
