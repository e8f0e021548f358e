"""report.html: the job on one page that needs nothing else, safe to open whatever the feed held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from obecsum.report.report import Report
from obecsum.text.printable import printable, shortened

__all__ = ["Samples", "render"]

MAX_ROWS = 100
_MAX_DISTINCT_CUTS = 20_000
_MAX_CUT_CHARS = 200
_MAX_CHANGES = 6
_QUIET = frozenset(("space", "punctuation"))
_WORDS = frozenset(("wording", "spelling", "added", "removed", "reorder"))
_RELATION_WORDS = {
    "duplicate": "published again, some of them in other words",
    "contained": "wholly in a longer release",
}
_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5d6879; --line: #d9dee6; --back: #fff; --tint: #f4f6f9;
  --keep: #1f7a4d; --remove: #b3541e; --aside: #8a6d00; --old: #b0242b; --new: #1f7a4d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ee; --soft: #9aa5b5; --line: #38414f; --back: #14181e;
  --tint: #1d232c; --keep: #57c48d; --remove: #eb9160; --aside: #d9b945; --old: #f08a8f; --new: #57c48d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 72rem; color: var(--ink); background: var(--back);
  font: 16px/1.7 system-ui, "Noto Sans Thai", "Sarabun", "Leelawadee UI", Thonburi, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); } .small { font-size: .875rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem;
  margin: 1.25rem 0 .75rem; }
.tile { background: var(--tint); border-radius: .5rem; padding: .75rem 1rem; }
.tile b { display: block; font-size: 1.7rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.bar { display: flex; height: .6rem; border-radius: .3rem; overflow: hidden; background: var(--line); }
.bar i { display: block; }
.keep { color: var(--keep); } .remove { color: var(--remove); } .aside { color: var(--aside); }
.bar .keep { background: var(--keep); } .bar .remove { background: var(--remove); }
.bar .aside { background: var(--aside); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere; }
th { font-weight: 600; color: var(--soft); white-space: nowrap; }
td.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
del { color: var(--old); } ins { color: var(--new); text-decoration: none; }
details { border-bottom: 1px solid var(--line); padding: .45rem 0; } summary { cursor: pointer; }
ul { margin: .25rem 0; padding-left: 1.2rem; } code { font-size: .85em; overflow-wrap: anywhere; }
"""


@dataclass(slots=True)
class Samples:
    """What the page shows of the records themselves: the first of each kind, however long the feed is."""

    kept: list[dict[str, Any]] = field(default_factory=list)
    removed: list[dict[str, Any]] = field(default_factory=list)
    possible: list[dict[str, Any]] = field(default_factory=list)
    quarantined: list[dict[str, Any]] = field(default_factory=list)
    cuts: Counter[str] = field(default_factory=Counter)

    def add_kept(self, row: Mapping[str, Any]) -> None:
        """Look at a line of kept.jsonl."""
        if len(self.kept) < MAX_ROWS:
            texts = ("headline", "summary", "points", "supported", "fallback")
            names = ("id", "title", "url", *texts, "previous_id", "changes")
            self.kept.append({name: row[name] for name in names} | {"begin": row["text"][:300]})
        for cut in row["cut"]:
            text = cut["text"].strip()
            short = cut["kind"] == "boilerplate" and 0 < len(text) <= _MAX_CUT_CHARS
            if short and (text in self.cuts or len(self.cuts) < _MAX_DISTINCT_CUTS):
                self.cuts[text] += 1

    def add_removed(self, row: Mapping[str, Any], title: str, kept_title: str) -> None:
        """Look at a line of removed.jsonl.

        Args:
            row: The line.
            title: What to call the release.
            kept_title: What to call the one that was kept.
        """
        if len(self.removed) < MAX_ROWS:
            names = ("id", "kept_id", "relation", "jaccard", "changes")
            self.removed.append({name: row[name] for name in names} | {"title": title, "kept_title": kept_title})

    def add_possible(self, row: Mapping[str, Any], title: str, other_title: str) -> None:
        """Look at a line of possible.jsonl.

        Args:
            row: The line.
            title: What to call the release.
            other_title: What to call the other one.
        """
        if len(self.possible) < MAX_ROWS:
            names = ("id", "other_id", "relation", "lost")
            self.possible.append({name: row[name] for name in names} | {"title": title, "other_title": other_title})

    def add_quarantined(self, source: str, line: int, reason: str) -> None:
        """Look at a line of quarantine.jsonl."""
        if len(self.quarantined) < MAX_ROWS:
            self.quarantined.append({"source": source, "line": line, "reason": reason})


def render(report: Report, samples: Samples) -> str:
    """The page.

    Args:
        report: The figures.
        samples: The records to show.
    """
    parts = [_head(report), _figures(report)]
    if report.input:
        parts += [section(report, samples) for section in (_removed, _possible, _quarantined, _dates, _cuts, _kept)]
    parts.append(_job(report))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>obecsum: {report.kept:,} of {report.input:,} kept</title><style>{_STYLE}</style></head>\n<body>"
        + "\n".join(part for part in parts if part)
        + "</body></html>\n"
    )


def _text(value: object) -> str:
    return escape(printable(str(value)), quote=True)


def _thai(value: object) -> str:
    return f'<span lang="th">{_text(value)}</span>'


def _head(report: Report) -> str:
    names = [str(source["name"]) for source in report.sources]
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    return f'<h1>Cleaned feed</h1><p class="soft">{_text(shown)}</p>'


def _figures(report: Report) -> str:
    tiles = [
        ("", report.input, "records read"),
        ("keep", report.kept, "kept"),
        ("remove", report.removed, "removed"),
        ("aside", report.quarantined, "quarantined"),
    ]
    tiles_html = "".join(
        f'<div class="tile"><b class="{name}">{count:,}</b><span class="soft">{label}</span></div>'
        for name, count, label in tiles
    )
    bar = "".join(
        f'<i class="{name}" style="width:{100 * count / report.input:.3f}%"></i>'
        for name, count, _ in tiles[1:]
        if report.input
    )
    notes = []
    if report.updates:
        notes.append(
            f"{report.updates:,} of the kept releases resemble an earlier one and say something new: another date, "
            "place or figure. They are linked, not removed."
        )
    if report.possible:
        notes.append(
            f"{report.possible:,} pairs of kept releases may be the same, but something would be lost with either. "
            "They are listed for a person to decide."
        )
    summaries = report.summaries
    if summaries is not None and summaries["releases"]:
        notes.append(
            f"Every number, date and name is in the source in {summaries['supported']:,} of {summaries['releases']:,} "
            f"summarized releases; {summaries['fallbacks']:,} fell back to sentences of the release."
        )
    text = "".join(f"<p>{_text(note)}</p>" for note in notes)
    if not report.input:
        text = "<p>The feed is empty: there was nothing to clean.</p>"
    return f'<div class="tiles">{tiles_html}</div><div class="bar" aria-hidden="true">{bar}</div>{text}'


def _more(shown: int, total: int, file: str) -> str:
    return f'<p class="soft small">The first {shown:,} of {total:,}; all are in {file}.</p>' if total > shown else ""


def _changes(changes: Iterable[Mapping[str, Any]]) -> str:
    items = []
    # What a reader would see first: facts, then words; spaces and punctuation are in the files.
    changes = sorted((c for c in changes or () if c["kind"] not in _QUIET), key=lambda c: c["kind"] in _WORDS)
    for change in changes[:_MAX_CHANGES]:
        before = f"<del>{_text(shortened(change['before']))}</del>" if change["before"] else ""
        after = f"<ins>{_text(shortened(change['after']))}</ins>" if change["after"] else ""
        kind = _text(change["kind"])
        items.append(f'<li><span class="soft">{kind}</span> <span lang="th">{before} {after}</span></li>')
    if len(changes) > _MAX_CHANGES:
        items.append(f'<li class="soft">and {len(changes) - _MAX_CHANGES} more</li>')
    return f'<ul class="small">{"".join(items)}</ul>' if items else ""


def _named(row: Mapping[str, Any]) -> str:
    title = row.get("title") or str(row.get("begin") or "").strip().split("\n")[0]
    return shortened(title, 200) or str(row["id"])


def _removed(report: Report, samples: Samples) -> str:
    if not samples.removed:
        return '<h2>Removed</h2><p class="soft">Nothing: no release is published twice in this feed.</p>'
    words = "; ".join(f"{count:,} {_RELATION_WORDS.get(name, name)}" for name, count in report.relations.items())
    rows = "".join(
        f"<tr><td><code>{_text(row['id'])}</code><br>{_thai(shortened(row['title'], 200))}</td>"
        f"<td class=n>{_text(row['relation'])}</td><td class=n>{row['jaccard']:.3f}</td>"
        f"<td><code>{_text(row['kept_id'])}</code><br>{_thai(shortened(row['kept_title'], 200))}"
        f"{_changes(row['changes'])}</td></tr>"
        for row in samples.removed
    )
    return (
        f'<h2>Removed</h2><p class="soft">{_text(words)}.</p><div class="scroll"><table>'
        "<tr><th>release</th><th>relation</th>"
        f"<th>Jaccard</th><th>kept in its place, with what differs</th></tr>{rows}</table></div>"
        + _more(len(samples.removed), report.removed, "removed.jsonl")
    )


def _lost(losses: Iterable[Mapping[str, Any]]) -> str:
    """What would be lost, the gravest first, each against what the other has in its place."""
    shown = [
        {"kind": one["kind"], "before": one["text"], "after": one["other"]}
        for one in losses
        if one["text"] or one["other"]
    ]
    return _changes(shown) or '<p class="small soft">nothing</p>'


def _possible(report: Report, samples: Samples) -> str:
    if not samples.possible:
        return ""
    rows = "".join(
        f"<tr><td><code>{_text(row['id'])}</code><br>{_thai(shortened(row['title'], 200))}"
        f'<p class="small soft">lost with it:</p>{_lost(row["lost"]["id"])}</td>'
        f"<td class=n>{_text(row['relation'])}</td>"
        f"<td><code>{_text(row['other_id'])}</code><br>{_thai(shortened(row['other_title'], 200))}"
        f'<p class="small soft">lost with it:</p>{_lost(row["lost"]["other_id"])}</td></tr>'
        for row in samples.possible
    )
    return (
        '<h2>Possible duplicates</h2><p class="soft">Both were kept: they say the same by their facts, but something '
        "would be lost with either. Whether that matters is for a person to decide.</p>"
        '<div class="scroll"><table><tr><th>release</th><th>relation</th><th>the other one</th></tr>'
        f"{rows}</table></div>" + _more(len(samples.possible), report.possible, "possible.jsonl")
    )


def _quarantined(report: Report, samples: Samples) -> str:
    if not samples.quarantined:
        return ""
    rows = "".join(
        f"<tr><td><code>{_text(row['source'])}</code></td><td class=n>{row['line']:,}</td>"
        f"<td>{_text(row['reason'])}</td></tr>"
        for row in samples.quarantined
    )
    return (
        '<h2>Quarantined</h2><p class="soft">These records could not be used. Their bytes are in quarantine.jsonl, '
        "those of long ones in quarantine.bin.</p>"
        f'<div class="scroll"><table><tr><th>source</th><th>line</th><th>reason</th></tr>{rows}</table></div>'
        + _more(len(samples.quarantined), report.quarantined, "quarantine.jsonl")
    )


def _cuts(report: Report, samples: Samples) -> str:
    if not report.cuts:
        return ""
    words = "; ".join(
        f"{kind}: {figures['passages']:,} passages in {figures['releases']:,} releases, "
        f"{figures['characters']:,} characters"
        for kind, figures in report.cuts.items()
    )
    rows = "".join(
        f"<tr><td class=n>{count:,}</td><td>{_thai(text)}</td></tr>" for text, count in samples.cuts.most_common(25)
    )
    table = f"<table><tr><th>releases</th><th>most frequent boilerplate</th></tr>{rows}</table>" if rows else ""
    return f'<h2>Cut inside releases</h2><p class="soft">{_text(words)}.</p><div class="scroll">{table}</div>'


def _kept(report: Report, samples: Samples) -> str:
    if not samples.kept:
        return ""
    items = []
    for row in samples.kept:
        url = str(row["url"] or "")
        # Only web links: javascript: and data: addresses of a feed must not become something to click on.
        is_web = url.startswith(("http://", "https://"))
        link = f' <a href="{_text(url)}" rel="noreferrer noopener">source</a>' if is_web else ""
        lines = []
        if row["headline"]:
            lines.append(f"<p><b>{_thai(row['headline'])}</b></p>")
        if row["summary"]:
            lines.append(f"<p>{_thai(row['summary'])}</p>")
        if row["points"]:
            lines.append(f"<ul>{''.join(f'<li>{_thai(point)}</li>' for point in row['points'])}</ul>")
        if row["fallback"]:
            lines.append(f'<p class="small aside">fallback: {_text(row["fallback"])}</p>')
        if row["supported"] is False:
            lines.append('<p class="small aside">not all in it is in the source: see "unsupported" in kept.jsonl</p>')
        if row["previous_id"]:
            previous = f"<code>{_text(row['previous_id'])}</code>"
            lines.append(f'<p class="small soft">after {previous}</p>{_changes(row["changes"])}')
        if not lines:
            lines.append(f'<p class="soft">{_thai(shortened(row["begin"], 300))}</p>')
        items.append(f"<details><summary>{_thai(_named(row))}{link}</summary>{''.join(lines)}</details>")
    return "<h2>Kept</h2>" + "".join(items) + _more(len(samples.kept), report.kept, "kept.jsonl")


def _dates(report: Report, samples: Samples) -> str:  # noqa: ARG001 - every section is given both
    dates = report.dates
    if not dates or not (dates["unread"] or dates["notes"] or (report.options.get("since") and dates["missing"])):
        return ""
    words = [f"{dates['read']:,} were read, {dates['unread']:,} could not be, {dates['missing']:,} releases have none."]
    if dates["unread"]:
        words.append(f"Not read, for example: {dates['unread_example']!r}.")
    if report.options.get("since"):
        words.append(f"{dates['unread'] + dates['missing']:,} without a date were let through by --since.")
    words += [f"{note}." for note in dates["notes"]]
    return f'<h2>Dates</h2><p class="soft">{_text(" ".join(words))}</p>'


def _job(report: Report) -> str:
    sources = "".join(
        f"<tr><td><code>{_text(source['name'])}</code></td><td class=n>{source['records']:,}</td>"
        f"<td class=n>{source['quarantined']:,}</td></tr>"
        for source in report.sources
    )
    options = ", ".join(f"{name} {value}" for name, value in report.options.items())
    return (
        '<h2>The job</h2><div class="scroll"><table><tr><th>source</th><th>records</th><th>quarantined</th></tr>'
        f'{sources}</table></div><p class="small soft">obecsum {_text(report.version)}; {_text(options)}</p>'
    )
