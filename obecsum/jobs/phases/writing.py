"""Last phase: what is kept is summarized and written step by step, then the other files. Goes on after a kill."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from obecsum.core.choices import SummaryKind
from obecsum.core.progress import Progress, time_in_words
from obecsum.core.serialize import json_line, loads
from obecsum.jobs.phases.outcome import Removed, Tally, summary_fields
from obecsum.jobs.phases.output_rows import kept_row, removed_row
from obecsum.jobs.request.options import Options
from obecsum.jobs.state.known import Known
from obecsum.jobs.state.store import Store, unpacked
from obecsum.jobs.state.texts import Texts
from obecsum.jobs.state.work import WorkFolder, failed

if TYPE_CHECKING:
    from obecsum.summaries.summarizer import Summarizer, Summary

__all__ = [
    "count_lines",
    "export_kept",
    "removed_rows",
    "write_kept",
    "write_lines",
    "write_possible",
    "write_quarantine",
    "write_removed",
]

_BATCHES_A_STEP = 16  # the summarizer sorts a step by length, so a job goes on at the begin of one
_MEASURED = 8  # releases at least of a first step, by which the time for all is told
_TOLD_FROM_S = 30.0
_SYNC_EVERY_S = 5.0  # without summaries: then a step takes milliseconds
_NO_LINKS: dict[str, Any] = {"group": None, "series": None, "previous_id": None, "changes": [], "supersedes": None}


def write_kept(
    work: WorkFolder,
    store: Store,
    texts: Texts,
    options: Options,
    summarizer: Summarizer | None,
    progress: Progress,
    *,
    total: int,
) -> Tally:
    """Write kept.jsonl, from where an earlier run came to.

    Args:
        work: Where to write.
        store: Of the job, everything decided.
        texts: Its releases.
        options: Of the job.
        summarizer: None writes no summaries.
        progress: Told of the releases done, and after the first of them how long summaries will take.
        total: How many lines there will be.

    Raises:
        OutputError: The disk is full or fails.
    """
    asked = {"model": options.model, "kinds": list(options.kinds)} if summarizer is not None else None
    tally = Tally(asked)
    step = options.batch_size * _BATCHES_A_STEP
    path = work.file("kept.jsonl")
    try:
        size = _resumed(path, store.state("written") or 0, tally)
        rows = store.rows("SELECT place FROM records WHERE place NOT IN (SELECT place FROM removed) ORDER BY place")
        todo = islice((row for (row,) in rows), tally.kept, None)
        left = total - tally.kept
        first = max(options.batch_size, _MEASURED) if summarizer is not None else 0
        begin = synced = monotonic()
        with work.open("kept.jsonl", "r+b" if size else "wb") as file:
            file.seek(size)
            file.truncate()
            chunks = chain(texts.batches(islice(todo, first), most=first), texts.batches(todo, most=step))
            for number, chunk in enumerate(chunks):
                before = tally.kept
                for line in _lines(chunk, before, store, texts, options, summarizer, progress):
                    tally.add(line)
                    file.write(json_line(line))
                file.flush()
                if summarizer is not None or monotonic() - synced > _SYNC_EVERY_S:
                    os.fsync(file.fileno())
                    with store.batch():
                        store.set_state("written", tally.kept)
                    synced = monotonic()
                progress.to(tally.kept)
                if number == 0 and summarizer is not None:
                    seconds = (monotonic() - begin) * left / len(chunk)
                    if seconds >= _TOLD_FROM_S:
                        told = f"summarizing {left:,} releases takes {time_in_words(seconds)}"
                        progress.note(told, releases=left, seconds=round(seconds))
    except OSError as error:
        raise failed(path, error) from error
    return tally


def _resumed(path: Path, lines: int, tally: Tally) -> int:
    """Count the lines that an earlier run wrote and brought to the disk, and return where they end."""
    size = 0
    if lines and path.exists():
        with path.open("rb") as file:
            for line in islice(file, lines):
                tally.add(loads(line))
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
                length=options.length,
                max_chars=options.max_chars,
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


def removed_rows(store: Store, texts: Texts, known: Known) -> Iterator[dict[str, Any]]:
    """The lines of removed.jsonl, in the order of the feed.

    Args:
        store: Of the job, everything decided.
        texts: Its releases.
        known: What an index knows.
    """
    for row, data in store.rows("SELECT place, row FROM removed ORDER BY place"):
        removed = Removed(**unpacked(data))
        yield removed_row(
            texts.release(row),
            texts.cleaned(row),
            kept_id=removed.kept_id,
            relation=removed.relation,
            jaccard=removed.jaccard,
            changes=removed.changes,
            account=removed.account,
            spans=removed.spans,
            is_indexed=removed.is_indexed if known.is_index else None,
        )


def write_removed(work: WorkFolder, store: Store, texts: Texts, known: Known) -> None:
    """Write removed.jsonl; arguments as for :func:`removed_rows`.

    Raises:
        OutputError: The disk is full or fails.
    """
    write_lines(work, "removed.jsonl", map(json_line, removed_rows(store, texts, known)))


def write_possible(work: WorkFolder, store: Store) -> None:
    """Write possible.jsonl.

    Raises:
        OutputError: The disk is full or fails.
    """
    rows = store.rows("SELECT row FROM possible ORDER BY number")
    write_lines(work, "possible.jsonl", (json_line(unpacked(data)) for (data,) in rows))


def write_quarantine(work: WorkFolder, store: Store) -> None:
    """Write quarantine.jsonl.

    Raises:
        OutputError: The disk is full or fails.
    """
    write_lines(work, "quarantine.jsonl", (row for (row,) in store.rows("SELECT row FROM quarantined ORDER BY number")))


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


def write_lines(work: WorkFolder, name: str, parts: Iterator[bytes]) -> None:
    """Write a file, one part after the other.

    Raises:
        OutputError: The disk is full or fails.
    """
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
