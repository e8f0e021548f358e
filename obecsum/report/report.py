"""The figures of a job, as :func:`obecsum.clean` returns them and as report.json has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Report"]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of every record of a job.

    ``input == kept + removed + quarantined`` always.

    Attributes:
        out: The output folder.
        input: Records read.
        kept: Releases in kept.jsonl.
        removed: Releases in removed.jsonl.
        quarantined: Records in quarantine.jsonl.
        relations: Relation ("duplicate", "contained") to the number of releases that it removed.
        quarantine_reasons: Reason to number of records.
        cuts: Kind ("repeat", "boilerplate", "title", "date") to {"releases", "passages", "characters"}.
        repaired: "nul_characters", "edits", "releases" (with any), and "ids": ids that got a ``#2``.
        uncut: Ids of the releases that took too long to be cut; they were passed on as they were read.
        skipped: Reason to number of records that were left out before they counted: "before_since", "in_index".
        dates: "read", "unread" and "missing": releases of the input by what became of their date; "unread_example"; and
            "notes" on what is odd about a source's dates.
        updates: Kept releases that are an update of another one or a later version of one with the same id.
        series: Number of series of updates.
        possible: Pairs in possible.jsonl: both stay, and a person may find that one suffices.
        summaries: None without; else {"model", "kinds", "supported", "fallback": reason to number, ...}.
        sources: One entry a source: {"name", "bytes", "records", "quarantined", "kept", "removed"}; kept.jsonl and
            removed.jsonl have their releases source by source, in this order.
        options: As the job was called.
        seconds: Stage to wall-clock seconds.
        version: obecsum's version.
        index: None without; else {"path", "entries_before", "repeats_of_indexed", "linked_to_indexed", "added"}.
        files: The files of the output, but for job.json.
        dry_run: Whether nothing was written.
        restored: Ids of releases that were brought back from removed.jsonl after the job, in the order of that.
        removals: Of a dry run: ``id``, ``title``, ``kept_id``, ``relation``, ``jaccard`` and ``changes`` of what would
            go.
        continued: Whether an earlier run of the same job had begun it.
        already_done: Whether the job was finished before; nothing was changed.
    """

    out: Path
    input: int
    kept: int
    removed: int
    quarantined: int
    relations: Mapping[str, int] = field(default_factory=dict)
    quarantine_reasons: Mapping[str, int] = field(default_factory=dict)
    cuts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    repaired: Mapping[str, int] = field(default_factory=dict)
    uncut: tuple[str, ...] = ()
    skipped: Mapping[str, int] = field(default_factory=dict)
    dates: Mapping[str, Any] = field(default_factory=dict)
    updates: int = 0
    series: int = 0
    possible: int = 0
    summaries: Mapping[str, Any] | None = None
    sources: tuple[Mapping[str, Any], ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    version: str = ""
    index: Mapping[str, Any] | None = None
    files: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    dry_run: bool = False
    removals: tuple[Mapping[str, Any], ...] = ()
    continued: bool = False
    already_done: bool = False

    @property
    def paths(self) -> dict[str, Path]:
        """File name to where it is."""
        return {name: self.out / name for name in self.files}

    def to_json(self) -> dict[str, Any]:
        """As report.json has it."""
        return {
            "program": "obecsum",
            "version": self.version,
            "input": self.input,
            "kept": self.kept,
            "removed": self.removed,
            "quarantined": self.quarantined,
            "relations": dict(self.relations),
            "quarantine_reasons": dict(self.quarantine_reasons),
            "cuts": {kind: dict(figures) for kind, figures in self.cuts.items()},
            "repaired": dict(self.repaired),
            "uncut": list(self.uncut),
            "skipped": dict(self.skipped),
            "dates": dict(self.dates),
            "updates": self.updates,
            "series": self.series,
            "possible": self.possible,
            "summaries": None if self.summaries is None else dict(self.summaries),
            "index": None if self.index is None else dict(self.index),
            "sources": [dict(source) for source in self.sources],
            "options": dict(self.options),
            "seconds": {stage: round(seconds, 3) for stage, seconds in self.seconds.items()},
            "files": list(self.files),
            "restored": list(self.restored),
        }

    @classmethod
    def from_json(cls, found: Mapping[str, Any], out: Path) -> Report:
        """The report of a job that was finished before.

        Args:
            found: What :meth:`to_json` gave.
            out: The output folder.
        """
        values = {name: value for name, value in found.items() if name != "program"}
        for name in ("sources", "files", "uncut", "restored"):
            values[name] = tuple(values.get(name, ()))
        return cls(out=out, already_done=True, **values)
