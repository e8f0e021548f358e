"""Last phase: what is kept is summarized and written step by step, then the other files. Goes on after a kill."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import orjson

from obecsum.core.choices import SummaryKind
from obecsum.core.progress import Progress
from obecsum.core.serialize import json_line, loads
from obecsum.jobs.phases.outcome import Removed, Tally, summary_fields
from obecsum.jobs.phases.output_rows import kept_row, removed_row
from obecsum.jobs.request.options import Options
from obecsum.jobs.state.known import Known
from obecsum.jobs.state.store import Store, unpacked
from obecsum.jobs.state.texts import Texts
from obecsum.jobs.state.work import WorkFolder, failed
from obecsum.report.page import Samples

if TYPE_CHECKING:
    from obecsum.summaries.summarizer import Summarizer, Summary

__all__ = [
    "count_lines",
    "export_kept",
    "removed_rows",
    "write_file",
    "write_kept",
    "write_possible",
    "write_quarantine",
    "write_removed",
]

_BATCHES_A_STEP = 16  # the summarizer sorts a step by length, so a job goes on at the begin of one
_SYNC_EVERY_S = 5.0  # without summaries: then a step takes milliseconds
_NO_LINKS: dict[str, Any] = {"group": None, "series": None, "previous_id": None, "changes": [], "supersedes": None}


def write_kept(
    work: WorkFolder,
    store: Store,
    texts: Texts,
    options: Options,
    summarizer: Summarizer | None,
    samples: Samples,
    progress: Progress,
) -> Tally:
    """Write kept.jsonl, from where an earlier run came to.

    Args:
        work: Where to write.
        store: Of the job, everything decided.
        texts: Its releases.
        options: Of the job.
        summarizer: None writes no summaries.
        samples: Shown every line.
        progress: Told of the releases done.

    Raises:
        OutputError: The disk is full or fails.
    """
    asked = {"model": options.model, "kinds": list(options.kinds)} if summarizer is not None else None
    tally = Tally(asked)
    step = options.batch_size * _BATCHES_A_STEP
    path = work.file("kept.jsonl")
    try:
        size = _resumed(path, store.state("written") or 0, tally, samples)
        rows = store.rows("SELECT place FROM records WHERE place NOT IN (SELECT place FROM removed) ORDER BY place")
        todo = islice((row for (row,) in rows), tally.kept, None)
        synced = monotonic()
        with work.open("kept.jsonl", "r+b" if size else "wb") as file:
            file.seek(size)
            file.truncate()
            for chunk in texts.batches(todo, most=step):
                before = tally.kept
                for line in _lines(chunk, before, store, texts, options, summarizer, progress):
                    samples.add_kept(line)
                    tally.add(line)
                    file.write(json_line(line))
                file.flush()
                if summarizer is not None or monotonic() - synced > _SYNC_EVERY_S:
                    os.fsync(file.fileno())
                    with store.batch():
                        store.set_state("written", tally.kept)
                    synced = monotonic()
                progress.to(tally.kept)
    except OSError as error:
        raise failed(path, error) from error
    return tally


def _resumed(path: Path, lines: int, tally: Tally, samples: Samples) -> int:
    """Count the lines that an earlier run wrote and brought to the disk, and return where they end."""
    size = 0
    if lines and path.exists():
        with path.open("rb") as file:
            for line in islice(file, lines):
                row = loads(line)
                tally.add(row)
                samples.add_kept(row)
                size += len(line)
    return size


def _lines(
    rows: Sequence[int],
    done: int,
    store: Store,
    texts: Texts,
    options: Options,
    summarizer: Summarizer | None,
    progress: Progress,
) -> Iterator[dict[str, Any]]:
    cleaned = [texts.cleaned(row) for row in rows]
    written: list[dict[SummaryKind, Summary]] = [{} for _ in rows]
    if summarizer is not None:
        kinds = options.kinds
        for number, kind in enumerate(kinds):
            summaries = summarizer.summarize(
                [one.text for one in cleaned],
                kind=kind,
                batch_size=options.batch_size,
                progress=partial(_summarized, progress, done * len(kinds) + len(rows) * number, len(kinds)),
            )
            for one, summary in zip(written, summaries, strict=True):
                one[kind] = summary
    for row, text, summary_of in zip(rows, cleaned, written, strict=True):
        links = store.one("SELECT row FROM links WHERE place = ?", row)
        results = summary_fields(summary_of) | (_NO_LINKS if links is None else unpacked(links))
        yield kept_row(texts.release(row), text, **results)


def _summarized(progress: Progress, before: int, kinds: int, done: int, *_: object) -> None:
    progress.to((before + done) // kinds)


def removed_rows(store: Store, texts: Texts, samples: Samples, known: Known) -> Iterator[dict[str, Any]]:
    """The lines of removed.jsonl, in the order of the feed.

    Args:
        store: Of the job, everything decided.
        texts: Its releases.
        samples: Shown every line.
        known: What an index knows.
    """
    for row, data in store.rows("SELECT place, row FROM removed ORDER BY place"):
        removed = Removed(**unpacked(data))
        line = removed_row(
            texts.release(row),
            kept_id=removed.kept_id,
            relation=removed.relation,
            jaccard=removed.jaccard,
            changes=removed.changes,
            account=removed.account,
        )
        if known.is_index:
            line["kept_in_index"] = removed.is_indexed
        kept = known.name(removed.kept_id) if removed.kept_place is None else texts.name(removed.kept_place)
        samples.add_removed(line, texts.name(row), kept)
        yield line


def write_removed(work: WorkFolder, store: Store, texts: Texts, samples: Samples, known: Known) -> None:
    """Write removed.jsonl; arguments as for :func:`removed_rows`.

    Raises:
        OutputError: The disk is full or fails.
    """
    rows = removed_rows(store, texts, samples, known)
    _write(work, "removed.jsonl", map(json_line, rows))


def write_possible(work: WorkFolder, store: Store, texts: Texts, samples: Samples, known: Known) -> None:
    """Write possible.jsonl; arguments as for :func:`removed_rows`.

    Raises:
        OutputError: The disk is full or fails.
    """

    def lines() -> Iterator[bytes]:
        for (data,) in store.rows("SELECT row FROM possible ORDER BY number"):
            place, other_place, line = unpacked(data)
            other = known.name(line["other_id"]) if other_place is None else texts.name(other_place)
            samples.add_possible(line, texts.name(place), other)
            yield json_line(line)

    _write(work, "possible.jsonl", lines())


def write_quarantine(work: WorkFolder, store: Store, samples: Samples) -> None:
    """Write quarantine.jsonl.

    Raises:
        OutputError: The disk is full or fails.
    """

    def lines() -> Iterator[bytes]:
        for (row,) in store.rows("SELECT row FROM quarantined ORDER BY number"):
            shown = orjson.loads(row)
            samples.add_quarantined(shown["source"], shown["line"], shown["reason"])
            yield row

    _write(work, "quarantine.jsonl", lines())


def export_kept(work: WorkFolder, to: Sequence[str]) -> list[str]:
    """Write kept.jsonl in further forms.

    Args:
        work: Where it lies, complete.
        to: "csv", "parquet", "rss".

    Returns:
        The names of the files.

    Raises:
        OutputError: The disk is full or fails.
    """
    if not to:
        return []
    from obecsum.feeds.write.writers import export, exported_name

    names = {form: exported_name(form) for form in to if form != "jsonl"}
    for form, name in names.items():
        export(work.file("kept.jsonl"), work.file(name), form)
    return list(names.values())


def write_file(work: WorkFolder, name: str, data: bytes) -> None:
    """Write a whole file.

    Raises:
        OutputError: The disk is full or fails.
    """
    _write(work, name, iter([data]))


def _write(work: WorkFolder, name: str, parts: Iterator[bytes]) -> None:
    try:
        with work.open(name) as file:
            for part in parts:
                file.write(part)
    except OSError as error:
        raise failed(work.file(name), error) from error


def count_lines(path: Path) -> int:
    """Whole lines of a file: what it holds, counted apart from what was meant to go there."""
    count = 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            count += chunk.count(b"\n")
    return count
