"""Results laid out for a terminal. What came from a feed goes through :func:`~obecsum.text.printable.printable`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from obecsum.text.printable import printable

if TYPE_CHECKING:
    from obecsum.comparison.account.account import Account, Difference
    from obecsum.comparison.compare import Comparison
    from obecsum.report.report import Report
    from obecsum.summaries.extract.frame import Frame
    from obecsum.summaries.summarizer import Summary

__all__ = [
    "comparison_json",
    "counted",
    "meaning",
    "removal_json",
    "report_json",
    "show_account",
    "show_change",
    "show_comparison",
    "show_figures",
    "show_removal",
    "show_report",
    "show_summary",
    "summary_json",
]

_CUTS = {"title": "title line", "date": "date line"}
_SKIPPED = {"before_since": "published before --since", "in_index": "kept by an earlier job (--new-only)"}
_MEANING = {
    "duplicate": "the same release again; one suffices",
    "contained": "one holds the other; the longer suffices",
    "update": "the same series or template, another occasion, place or figure; both are news",
    "related": "they share passages, each has its own substance; both are news",
    "different": "two releases",
}


def meaning(relation: str) -> str:
    """What a relation says, in words."""
    return _MEANING.get(relation, "")


def show_comparison(comparison: Comparison, name_a: str, name_b: str) -> RenderableType:
    """The relation, the shares, the changes, and for each direction what would be lost.

    Args:
        comparison: What :func:`obecsum.compare` returned.
        name_a: What to call the first text.
        name_b: What to call the second text.
    """
    relation = str(comparison.relation)
    text = Text.assemble((relation, "bold"), f": {meaning(relation)}\n")
    text.append(f"Jaccard similarity {comparison.jaccard:.3f}\n")
    text.append(f"{comparison.containment_a_in_b:.1%} of {printable(name_a)} stands in the other\n")
    text.append(f"{comparison.containment_b_in_a:.1%} of {printable(name_b)} stands in the other")
    if relation == "different":
        return text
    if not comparison.changes:
        return text.append("\nno changes")
    text.append("\n")
    for change in comparison.changes:
        text.append("\n").append_text(show_change(change.kind, change.before, change.after))
    names = (printable(name_a), printable(name_b))
    sides = ((comparison.account_a, comparison.a_can_go), (comparison.account_b, comparison.b_can_go))
    for (account, can_go), (goes, stays) in zip(sides, (names, names[::-1]), strict=True):
        text.append("\n\n").append_text(show_account(account, goes, stays, can_go=can_go))
    return text


def show_account(account: Account, goes: str, stays: str, *, can_go: bool) -> Text:
    """What each difference is if one text goes and the other stays, losses first.

    Args:
        account: Of the text that would go.
        goes: What to call it, printable.
        stays: What to call the other one, printable.
        can_go: Whether it may.
    """
    verdict = "can go" if can_go else "cannot go"
    text = Text.assemble((f"{goes} {verdict} for {stays}", "bold"))
    if account.lost:
        text.append(f": {counted(len(account.lost), 'loss', 'losses')} would weigh {account.weight:.2f}")
    else:
        text.append(": nothing would be lost")
    harmless = [difference for difference in account.differences if not difference.weight]
    for difference in (*account.lost, *harmless):
        weight = f"lost, {difference.weight:.2f}: " if difference.weight else "harmless: "
        text.append("\n").append_text(show_change(f"{weight}{difference.kind}", difference.text, difference.other))
    return text


def show_change(kind: str, before: str, after: str) -> Text:
    """A change as two lines under its kind: Thai has no blanks where columns could wrap."""
    text = Text(kind, "dim")
    for sign, part, color in (("-", before, "red"), ("+", after, "green")):
        if part:
            shown = " ".join(part.split()) or ("a line break" if "\n" in part else "a space")
            text.append(f"\n  {sign} {printable(shown)}", f"not dim {color}")
    return text


def _dates(report: Report) -> list[str]:
    """What to say of dates: those that could not be read, what --since could not judge, and what is odd."""
    found = []
    if unread := report.dates.get("unread", 0):
        example = printable(str(report.dates.get("unread_example")))
        found.append(f"{counted(unread, 'date')} could not be read (such as {example!r})")
    undated = unread + report.dates.get("missing", 0)
    if report.options.get("since") and undated:
        found.append(f"{counted(undated, 'release')} without a date let through by --since")
    return found + [printable(note) for note in report.dates.get("notes", ())]


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """A comparison as one flat JSON object."""
    return {
        "relation": comparison.relation,
        "jaccard": comparison.jaccard,
        "containment_a_in_b": comparison.containment_a_in_b,
        "containment_b_in_a": comparison.containment_b_in_a,
        "changes": [
            {
                "kind": change.kind,
                "before": change.before,
                "after": change.after,
                "span_a": list(change.span_a),
                "span_b": list(change.span_b),
            }
            for change in comparison.changes
        ],
        "a_can_go": comparison.a_can_go,
        "b_can_go": comparison.b_can_go,
        "weight_a": comparison.account_a.weight,
        "weight_b": comparison.account_b.weight,
        "account_a": _differences_json(comparison.account_a.differences),
        "account_b": _differences_json(comparison.account_b.differences),
        "lost_a": _differences_json(comparison.lost_a),
        "lost_b": _differences_json(comparison.lost_b),
    }


def _differences_json(differences: Sequence[Difference]) -> list[dict[str, Any]]:
    return [
        {
            "kind": difference.kind,
            "weight": difference.weight,
            "text": difference.text,
            "other": difference.other,
            "span": list(difference.span),
            "other_span": list(difference.other_span),
        }
        for difference in differences
    ]


def show_report(report: Report) -> Text:
    """The figures of a job in a few lines."""
    text = Text()
    text.append(f"{report.input:,} read: ").append(f"{report.kept:,} kept", "green")
    text.append(f", {report.removed:,} removed{_reasons(report.relations)}")
    text.append(f", {report.quarantined:,} quarantined{_reasons(report.quarantine_reasons)}")
    details = [
        f"{counted(figures['passages'], _CUTS.get(kind, f'{kind} passage'))} cut"
        for kind, figures in report.cuts.items()
    ]
    if report.updates:
        details.append(f"{counted(report.updates, 'update')} linked to the release before")
    if report.possible:
        details.append(f"{counted(report.possible, 'possible duplicate')} to look at")
    if report.uncut:
        names = ", ".join(printable(name) for name in report.uncut[:5])
        details.append(f"{counted(len(report.uncut), 'release')} passed on uncut, since cutting took too long: {names}")
    details += [f"{count:,} left out: {_SKIPPED.get(reason, reason)}" for reason, count in report.skipped.items()]
    details += _dates(report)
    if details:
        text.append(f"\n{', '.join(details)}", "dim")
    if report.index is not None:
        text.append(f"\n{_index_line(report.index, dry_run=report.dry_run)}", "dim")
    last = "nothing was written (dry run)" if report.dry_run else printable(str(report.out / "report.html"))
    return text.append(f"\n{last}")


def _index_line(figures: Mapping[str, Any], *, dry_run: bool) -> str:
    line = f"{printable(str(figures['path']))}: {counted(figures['entries_before'], 'release')} before"
    line += f", {figures['repeats_of_indexed']:,} of these repeated, {figures['linked_to_indexed']:,} continued"
    return line if dry_run else f"{line}, {figures['added']:,} added"


def _reasons(counts: Mapping[str, int]) -> str:
    return f" ({', '.join(f'{count:,} {reason}' for reason, count in counts.items())})" if counts else ""


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """A number and what is counted: "1 release", "1,234 releases"."""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def show_summary(release_id: str, title: str | None, summaries: list[Summary]) -> RenderableType:
    """The summaries of one release."""
    text = Text(printable(title or release_id), "dim")
    for summary in summaries:
        text.append(f"\n{summary.kind}: ", "dim not bold")
        shown = "\n".join(map(printable, summary.text.split("\n")))
        text.append(
            f"\n{shown}" if summary.kind == "points" else shown, "bold" if summary.kind == "headline" else "none"
        )
        if summary.fallback:
            text.append(f"\n  not the model's: {printable(summary.fallback)}", "yellow")
        if summary.unsupported:
            facts = ", ".join(printable(fact.text) for fact in summary.unsupported)
            text.append(f"\n  not in the release: {facts}", "red")
    return Group(text, Text(""))


def _frame_json(frame: Frame) -> dict[str, Any]:
    """Who did what, when and where, without the spans, which count code points of a text that is not printed."""
    found: dict[str, Any] = {name: copied and copied.text for name, copied in frame.parts().items()}
    return found | {"figures": [copied.text for copied in frame.figures]}


def summary_json(release_id: str, title: str | None, summary: Summary) -> dict[str, Any]:
    """A summary as one flat JSON object."""
    return {
        "id": release_id,
        "title": title,
        "kind": summary.kind,
        "text": summary.text,
        "supported": summary.supported,
        "unsupported": [{"kind": fact.kind, "text": fact.text} for fact in summary.unsupported],
        "model": summary.model,
        "fallback": summary.fallback,
        "confidence": summary.confidence,
        "sentences": [one.text for one in summary.sentences],
        "frame": _frame_json(summary.frame),
    }


def show_removal(row: Mapping[str, Any]) -> RenderableType:
    """What ``--dry-run`` says of a release that would go.

    Args:
        row: As removed.jsonl has it.
    """
    text = Text(printable(str(row["id"])), "bold")
    if row["title"]:
        text.append(f"  {printable(' '.join(row['title'].split()))}", "not bold")
    relation = {"duplicate": "the same as", "contained": "contained in"}.get(row["relation"], f"{row['relation']} of")
    text.append(f"\n{relation} {printable(row['kept_id'])}, Jaccard similarity {row['jaccard']:.3f}", "not bold")
    for change in row["changes"]:
        text.append("\n").append_text(show_change(change["kind"], change["before"], change["after"]))
    return text.append("\n")


def removal_json(row: Mapping[str, Any]) -> dict[str, Any]:
    """The same as one flat JSON object."""
    return {key: row[key] for key in ("id", "title", "kept_id", "relation", "jaccard", "changes")}


def report_json(report: Report) -> dict[str, Any]:
    """The figures of a job for the log: what report.json has, without options, sources and seconds."""
    left_out = {"program", "version", "options", "sources", "seconds", "files"}
    more = {"continued": report.continued, "already_done": report.already_done, "dry_run": report.dry_run}
    figures = {key: value for key, value in report.to_json().items() if key not in left_out}
    return {"out": None if report.dry_run else str(report.out)} | figures | more


def show_figures(figures: Mapping[str, Any]) -> str:
    """Names and values in two columns."""
    width = max(map(len, figures), default=0)
    rows = []
    for name, value in figures.items():
        shown = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
        rows.append(f"{name.replace('_', ' '):<{width}}  {printable(shown)}")
    return "\n".join(rows)
