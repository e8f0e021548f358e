"""What :func:`obecsum.clean` gives where it writes no files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from obecsum.core.errors import OptionError
from obecsum.core.serialize import loads
from obecsum.feeds.tables import pandas_frame, rows_of, table_like
from obecsum.jobs.phases.output_rows import KEPT_FIELDS, REMOVED_FIELDS
from obecsum.report.report import Report

__all__ = ["CleanResult", "result_of"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class CleanResult:
    """What :func:`obecsum.clean` found, in memory.

    ``kept``, ``removed``, ``possible`` and ``quarantined`` are lists of dicts; where a table or a column of pandas,
    polars, pyarrow or datasets was given they are tables of that library, kept and removed ones with the labels (in
    pandas) and the other columns that the table had.

    Attributes:
        report: The figures of the job; its folder is gone.
        kept: What stays, cleaned and in the order of the input, with the fields of kept.jsonl.
        removed: What went, as it was read, with the fields of removed.jsonl.
        possible: Kept pairs for a person to decide, with the fields of possible.jsonl.
        quarantined: What could not be used: of records ``index`` and ``reason``, of files the fields of
            quarantine.jsonl.
    """

    report: Report
    kept: Any
    removed: Any
    possible: Any
    quarantined: Any
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _records: Any = None

    @property
    def kept_indices(self) -> list[int]:
        """The rows of the records given that stay, from 0, in order.

        Raises:
            OptionError: No records were given, but files.
        """
        self._check_records("kept_indices")
        return [row["index"] for row in self._rows if row["decision"] == "kept"]

    @property
    def duplicate_ratio(self) -> float:
        """The share of the releases that went, 0 to 1; 0 if there are none."""
        return self.report.removed / max(1, self.report.kept + self.report.removed)

    def select(self, records: Any) -> Any:
        """The rows of the records given (or others with as many rows) that stay, as they were, in their type.

        Args:
            records: A sequence or table.

        Raises:
            OptionError: It has another number of rows, or files were given.
        """
        self._check_records("select()")
        return rows_of(records, self.kept_indices, count=len(self._records))

    def to_pandas(self) -> Any:
        """What became of each record, as a ``pandas.DataFrame`` with the columns that a dedupe result has.

        Where records were given the index is their rows; what was left out (``since``, ``limit``) has none.
        """
        frame = pandas_frame(self._rows or [_ROW])[: len(self._rows)]
        return frame.set_index("index") if self._records is not None else frame.drop(columns=["index", "kept_index"])

    def _check_records(self, name: str) -> None:
        if self._records is None:
            raise OptionError(f"{name} goes by rows of records in memory, and files were given; see kept")

    def __repr__(self) -> str:
        parts = [f"{self.report.kept:,} kept", f"{self.report.removed:,} removed"]
        more = (("possible", self.report.possible), ("quarantined", self.report.quarantined))
        parts += [f"{count:,} {name}" for name, count in more if count]
        return f"CleanResult({', '.join(parts)})"


_POSSIBLE_FIELDS = ("id", "other_id", "relation", "account", "lost")
_ROW = dict.fromkeys(("index", "id", "decision", "kept_index", "kept_id", "relation", "jaccard", "reason"))


def result_of(
    folder: Path, report: Report, records: Any, kept_rows: Sequence[int], removed_rows: Sequence[int]
) -> CleanResult:
    """Reads what a job wrote.

    Args:
        folder: The job's output.
        report: Its figures.
        records: What was given in memory; None of files.
        kept_rows: For each line of kept.jsonl the row of the records.
        removed_rows: For each line of removed.jsonl.
    """
    kept, removed, possible, quarantined = (
        _lines(folder / f"{name}.jsonl") for name in ("kept", "removed", "possible", "quarantine")
    )
    rows = [
        {**_ROW, "index": row, "id": line["id"], "decision": "kept"} for row, line in zip(kept_rows, kept, strict=True)
    ]
    row_of = {row["id"]: row["index"] for row in rows}
    for row, line in zip(removed_rows, removed, strict=True):
        why = {name: line[name] for name in ("id", "kept_id", "relation", "jaccard")}
        rows.append({**_ROW, "index": row, "decision": "removed", "kept_index": row_of.get(line["kept_id"]), **why})
    if records is None:
        return CleanResult(report, kept, removed, possible, quarantined, rows)
    quarantined = [{"index": line["line"], "reason": line["reason"]} for line in quarantined]
    rows += [{**_ROW, **line, "decision": "quarantined"} for line in quarantined]
    rows.sort(key=lambda row: row["index"])
    return CleanResult(
        report,
        table_like(records, kept, kept_rows, ours=KEPT_FIELDS),
        table_like(records, removed, removed_rows, ours=REMOVED_FIELDS),
        table_like(records, possible, ours=_POSSIBLE_FIELDS),
        table_like(records, quarantined, [line["index"] for line in quarantined], ours=("index", "reason")),
        rows,
        records,
    )


def _lines(path: Path) -> list[dict[str, Any]]:
    with path.open("rb") as file:
        return [loads(line) for line in file]
