"""What a finished job says, laid out for a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from obecsum.cli.terminal.columns import columns
from obecsum.cli.terminal.show import comparison_json, counted, meaning, show_account, show_change, show_report
from obecsum.comparison.side_by_side import side_by_side
from obecsum.text.printable import printable, shortened

if TYPE_CHECKING:
    from obecsum.comparison.compare import Comparison
    from obecsum.jobs.finished.job import Explanation, FinishedJob, Relative, Role

__all__ = ["explanation_json", "job_json", "show_diff", "show_explanation", "show_job", "show_restored"]

_MOST_RELATIVES = 10
_ROLES: dict[Role, str] = {
    "stays": "kept in its place",
    "went": "went for it",
    "before": "it updates",
    "after": "updates it",
    "possible": "may be the same",
    "superseded": "says less than it, in the index",
}
_OUTCOMES = {"removed": "removed", "kept": "kept", "restored": "kept: removed by the job, and restored"}


def show_explanation(found: Explanation, job: Path, width: int) -> Text:
    """Why a release went, stayed or was linked, and the texts side by side.

    Args:
        found: What :meth:`~obecsum.jobs.finished.job.FinishedJob.explain` returned.
        job: The job's folder, as it was given.
        width: Of the terminal, in cells.
    """
    text = Text.assemble((printable(found.id), "bold"), f"  {printable(found.title)}\n")
    text.append(_OUTCOMES[found.outcome], "red" if found.outcome == "removed" else "green")
    text.append(f"; {_reason(found)}\n", "not bold")
    for relative in found.relatives[:_MOST_RELATIVES]:
        text.append("\n").append_text(_relative(relative))
    if len(found.relatives) > _MOST_RELATIVES:
        text.append(f"\n  and {len(found.relatives) - _MOST_RELATIVES:,} more (--json lists all)", "dim")
    if found.relatives:
        first = found.relatives[0]
        if found.comparison is not None:
            text.append("\n\n").append_text(_judged(found.comparison, found.id, first.id, width))
        else:
            text.append("\n\nIts text is in an index that is not there any more: what the job wrote of it:", "dim")
            for one in first.found.get("account", ()):
                text.append("\n").append_text(show_change(_weighed(one), one["text"], one["other"]))
    if found.outcome == "removed":
        command = f"obecsum restore {shlex.quote(str(job))} {shlex.quote(found.id)}"
        text.append(f"\n\nto bring it back: {printable(command)}", "dim")
    return text


def _reason(found: Explanation) -> str:
    if not found.relatives:
        return "no other release of the job says the same, and none is an update of it"
    first = found.relatives[0]
    if first.role == "stays":
        relation = str(first.found["relation"])
        jaccard = first.found["jaccard"]
        return f"{relation}: {meaning(relation)}; Jaccard similarity {jaccard:.3f}"
    return {
        "before": "it says something new since an earlier release, and is linked to it",
        "possible": "it may be the same as another one, but something would be lost with either",
        "went": "it says all that those say which went for it",
    }.get(first.role, "other releases are linked to it")


def _relative(one: Relative) -> Text:
    text = Text.assemble(
        (f"{_ROLES[one.role]}: ", "dim"), (printable(one.id), "bold"), f"  {printable(one.title or '')}"
    )
    if one.published:
        text.append(f"  {one.published[:10]}", "dim")
    for change in one.found.get("changes", ()) if one.role in ("before", "after") else ():
        text.append("\n").append_text(
            show_change(change["kind"], shortened(change["before"]), shortened(change["after"]))
        )
    return text


def _weighed(one: Mapping[str, Any]) -> str:
    return f"lost, {one['weight']:.2f}: {one['kind']}" if one["weight"] else f"harmless: {one['kind']}"


def _judged(comparison: Comparison, a: str, b: str, width: int) -> Text:
    """The account of one that would go for another, and both side by side."""
    text = show_account(comparison.account_a, printable(a), printable(b), can_go=comparison.a_can_go)
    pieces = side_by_side(comparison.text_a, comparison.text_b, comparison.account_a)
    return text.append("\n\n").append_text(columns(pieces, (a, b), width))


def show_diff(found: Comparison, a: str, b: str, width: int) -> Text:
    """Two releases of a job: how they relate, what would be lost with either, and both side by side."""
    relation = str(found.relation)
    text = Text.assemble((relation, "bold"), f": {meaning(relation)}; Jaccard similarity {found.jaccard:.3f}\n\n")
    text.append_text(show_account(found.account_b, printable(b), printable(a), can_go=found.b_can_go)).append("\n\n")
    return text.append_text(_judged(found, a, b, width))


def show_job(job: FinishedJob, groups: Sequence[tuple[Relative, int]]) -> Text:
    """What a job did: its figures, the largest groups, its inputs, options and files."""
    report = job.report
    text = Text().append_text(show_report(report))
    if report.restored:
        text.append(f"\n{counted(len(report.restored), 'release')} restored after the job", "dim")
    text.append(f"\n\nobecsum {printable(report.version)}, {sum(report.seconds.values()):,.1f} s", "dim")
    inputs = (
        (f"{source['records']:,} records, {source['kept']:,} kept, {source['removed']:,} removed", source["name"])
        for source in report.sources
    )
    _add_table(text, "inputs", inputs)
    _add_table(
        text, "largest groups", ((f"{count:,} went for", f"{one.id}  {one.title or ''}") for one, count in groups)
    )
    options = ((name.replace("_", " "), _value(value)) for name, value in report.options.items())
    _add_table(text, "options", ((name, value) for name, value in options if value))
    _add_table(text, "files", ((f"{size:,} bytes", job.file(name)) for name, size in job.record.files.items()))
    return text


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def _add_table(text: Text, name: str, rows: Iterable[tuple[str, object]]) -> None:
    found = list(rows)
    if not found:
        return
    text.append(f"\n\n{name}", "bold")
    width = max(len(first) for first, _ in found)
    for first, second in found:
        text.append(f"\n  {first:<{width}}  ", "dim").append(printable(str(second)))


def show_restored(job: FinishedJob, restored: Sequence[str], kept: Sequence[str]) -> Text:
    """What became of a wish to restore.

    Args:
        job: Opened again.
        restored: Ids of what was brought back.
        kept: Ids of what was there already.
    """
    text = Text()
    for name in restored:
        text.append(f"{printable(name)} is in kept.jsonl again, and stays in later jobs\n")
    for name in kept:
        text.append(f"{printable(name)} is kept already; nothing to restore\n", "dim")
    report = job.report
    return text.append(f"{report.input:,} read: {report.kept:,} kept, {report.removed:,} removed", "dim")


def explanation_json(found: Explanation) -> dict[str, Any]:
    """An explanation as one JSON object."""
    return {
        "id": found.id,
        "title": found.title,
        "outcome": found.outcome,
        "relatives": [
            {"id": one.id, "role": one.role, "title": one.title, "published": one.published, **one.found}
            for one in found.relatives
        ],
        "comparison": None if found.comparison is None else comparison_json(found.comparison),
    }


def job_json(job: FinishedJob, groups: Sequence[tuple[Relative, int]]) -> dict[str, Any]:
    """A job as one JSON object: what report.json has, the largest groups, the inputs and the files with their sizes."""
    return {
        **job.report.to_json(),
        "out": str(job.path),
        "groups": [{"kept_id": one.id, "title": one.title, "removed": count} for one, count in groups],
        "inputs": [dict(one) for one in job.record.inputs],
        "files": dict(job.record.files),
    }
