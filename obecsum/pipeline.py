"""The whole job: read, clean, find what was published again, summarize, write.

It composes the stages and has nothing of its own. A job has two halves: :class:`Job` checks everything that can be
checked before reading (options, sources, the output folder, the model), and :meth:`Job.run` works. The command's exit
code tells them apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from obecsum import __version__
from obecsum.cleaning import Cleaned, clean_release
from obecsum.dedup.boilerplate import Boilerplate
from obecsum.dedup.compare import compare
from obecsum.dedup.groups import DedupeResult, Policy, dedupe
from obecsum.errors import EmptyFeedError, ObecsumError
from obecsum.feeds.fields import FieldMap
from obecsum.feeds.read import Feed, plan_sources, read_entries
from obecsum.feeds.record import Quarantined, Record
from obecsum.feeds.rows import kept_row, removed_row
from obecsum.feeds.write import OutputFolder, json_line, to_json
from obecsum.ids import UniqueIds, unique_ids
from obecsum.options import DEFAULT_MODEL, Options, chosen_kinds
from obecsum.outcome import Links, Removed, Texts, changes_json, count_summaries, cut_figures, summary_fields
from obecsum.progress import Progress, Silent
from obecsum.release import Release
from obecsum.report.page import Samples, render
from obecsum.report.report import Report
from obecsum.since import chosen_since, is_since

if TYPE_CHECKING:
    from obecsum.summaries.summarizer import Kind, Summarizer, Summary

__all__ = ["Job", "Report", "clean"]

_BATCHES_A_STEP = 16  # the summarizer sorts a step by length; its results are written before the next one begins


def clean(
    feed: Feed,
    out: str | Path,
    *,
    summaries: bool = True,
    kind: str | None = None,
    model: str = DEFAULT_MODEL,
    cut: bool = True,
    min_jaccard: float = 0.5,
    min_containment: float = 0.8,
    policy: Policy = "most_complete",
    prefer_sources: Sequence[str] = (),
    batch_size: int = 16,
    fields: Mapping[str, str] | None = None,
    input_format: str | None = None,
    limit: int | None = None,
    since: str | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Clean a feed: cut what repeats inside releases, remove what was published again, summarize what is kept.

    Writes kept.jsonl, removed.jsonl, quarantine.jsonl, report.json and report.html; all of them or none.

    Args:
        feed: A source or several; see :func:`obecsum.read`.
        out: Folder for the output; new, empty, or with ``overwrite`` one of an earlier job.
        summaries: Whether kept releases are summarized; without, torch is not needed.
        kind: "summary" or "headline" alone; None writes both.
        model: Summarizer: "obecsum-th", a path, or the name of a Hugging Face seq2seq model.
        cut: Whether texts are cut and normalized; without, kept releases have their text as it was read.
        min_jaccard: Releases from this Jaccard similarity on are compared, in (0, 1].
        min_containment: Releases of which one holds this share of the other are compared too, in (0, 1].
        policy: Which copy stays: "most_complete", "earliest", "latest" or "longest".
        prefer_sources: Names of sources whose copy stays, the preferred first; decides before the policy.
        batch_size: Releases that are summarized at a time.
        fields: Role to field name, where names cannot be guessed.
        input_format: "jsonl", "json", "csv", "tsv" or "text"; None goes by name and content.
        limit: At most so many records are read; None reads all.
        since: A date, ISO or Thai; releases that were published before are left out and count nowhere but in
            ``skipped``. A release without a date is never left out.
        overwrite: Whether an earlier job's files in ``out`` may be replaced.
        progress: What is told how far the job is.

    Returns:
        The figures of the job; ``input == kept + removed + quarantined``.

    Raises:
        OptionError: An option is out of its range.
        InputError: A source is missing or damaged.
        EmptyFeedError: There were records and none could be used; the output is written all the same.
        OutputError: The output cannot be written.
        ModelError: The model cannot be found or loaded.
    """
    options = Options(
        summaries=summaries,
        kinds=chosen_kinds(kind, summaries=summaries),
        model=model,
        cut=cut,
        min_jaccard=min_jaccard,
        min_containment=min_containment,
        policy=policy,
        prefer_sources=tuple(prefer_sources),
        batch_size=batch_size,
        input_format=input_format,
        limit=limit,
        since=chosen_since(since),
    )
    return Job(feed, out, options, fields=fields, overwrite=overwrite, progress=progress).run()


class Job:
    """One run of the pipeline, checked when it is made.

    Args:
        feed: A source or several.
        out: Folder for the output.
        options: What to do.
        fields: Role to field name, where names cannot be guessed.
        overwrite: Whether an earlier job's files may be replaced.
        progress: What is told how far the job is.

    Raises:
        ObecsumError: Anything that can be known before reading; nothing was read or written.
    """

    def __init__(
        self,
        feed: Feed,
        out: str | Path,
        options: Options,
        *,
        fields: Mapping[str, str] | None = None,
        overwrite: bool = False,
        progress: Progress | None = None,
    ) -> None:
        self.options = options
        self.progress: Progress = progress or Silent()
        self._fields = FieldMap(fields)
        self._sources = plan_sources(feed, input_format=options.input_format)
        self._folder = OutputFolder(out, overwrite=overwrite)
        self._samples = Samples()
        self._seconds: dict[str, float] = {}
        self._reasons: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._source_figures: list[dict[str, Any]] = []
        self._summarizer: Summarizer | None = None
        if options.summaries:
            self._summarizer = self._load(options.model)

    def _load(self, model: str) -> Summarizer:
        from obecsum.summaries.summarizer import Summarizer

        with self._timed("Loading the model"):
            return Summarizer(model)

    def run(self) -> Report:
        """Do it.

        Raises:
            ObecsumError: It failed after it began; nothing was written, except with EmptyFeedError.
        """
        with self._folder:
            releases = self._read()
            ids = unique_ids(releases)
            del releases
            cleaned = self._clean(ids.releases)
            result, removals = self._dedupe(ids, cleaned)
            texts = Texts(ids, cleaned)
            links = Links.of(result, ids, removals, texts)
            kept_places = [place for place in range(len(ids.releases)) if place not in removals]
            summary_figures = self._write_kept(ids.releases, cleaned, kept_places, links)
            self._write_removed(ids.releases, removals, texts)
            report = self._report(ids, cleaned, kept_places, removals, links, summary_figures)
            self._folder.write("report.json", to_json(report.to_json(), indent=True))
            self._folder.write("report.html", render(report, self._samples).encode("utf-8", "replace"))
            self._folder.commit()
        if report.input and report.quarantined == report.input:
            raise EmptyFeedError(
                f"none of the {report.input:,} records could be used "
                f"({', '.join(f'{reason}: {count:,}' for reason, count in report.quarantine_reasons.items())}); "
                f"see {self._folder.file('quarantine.jsonl')}"
            )
        return report

    @contextmanager
    def _timed(self, name: str, total: int | None = None, unit: str = "releases") -> Iterator[None]:
        self.progress.stage(name, total, unit=unit)
        begin = perf_counter()
        try:
            yield
        finally:
            self._seconds[name.lower()] = self._seconds.get(name.lower(), 0.0) + perf_counter() - begin

    def _read(self) -> list[Release]:
        releases: list[Release] = []
        count = 0
        total_bytes = sum(source.size_bytes for source in self._sources)
        with self._timed("Reading", total_bytes or None, unit="bytes"):
            done_bytes = 0
            for source in self._sources:
                figures: dict[str, Any] = {
                    "name": source.name,
                    "bytes": source.size_bytes,
                    "records": 0,
                    "quarantined": 0,
                }
                self._source_figures.append(figures)
                for entry in read_entries(source, self._fields, on_bytes=partial(self._read_bytes, done_bytes)):
                    if count == self.options.limit:
                        break
                    if self._is_before(entry):
                        self._skipped["before_since"] += 1
                        continue
                    count += 1
                    figures["records"] += 1
                    if isinstance(entry, Quarantined):
                        figures["quarantined"] += 1
                        self._quarantine(entry)
                    else:
                        releases.append(entry.release)
                done_bytes += source.size_bytes
        return releases

    def _is_before(self, entry: Record | Quarantined) -> bool:
        """Whether a release is older than what is asked for; it is then no input of the job."""
        if self.options.since is None or isinstance(entry, Quarantined):
            return False
        return not is_since(entry.release.published, self.options.since)

    def _read_bytes(self, before: int, read: int) -> None:
        self.progress.to(before + read)

    def _quarantine(self, entry: Quarantined) -> None:
        self._reasons[entry.kind] += 1
        self._samples.add_quarantined(entry.source, entry.line, entry.reason)
        self._folder.write("quarantine.jsonl", json_line(entry.to_json()))

    def _clean(self, releases: Sequence[Release]) -> list[Cleaned]:
        if not self.options.cut:
            return [Cleaned(release.text, [], []) for release in releases]
        with self._timed("Learning boilerplate", len(releases)):
            boilerplate = Boilerplate.learn(self._counted(release.text for release in releases))
        cleaned: list[Cleaned] = []
        with self._timed("Cutting", len(releases)):
            for release in releases:
                cleaned.append(clean_release(release, boilerplate))
                self.progress.to(len(cleaned))
        return cleaned

    def _counted(self, texts: Iterable[str]) -> Iterator[str]:
        for number, text in enumerate(texts, 1):
            yield text
            if not number % 64:
                self.progress.to(number)

    def _dedupe(self, ids: UniqueIds, cleaned: list[Cleaned]) -> tuple[DedupeResult, dict[int, Removed]]:
        """What can go, by place in the feed."""
        places = [place for place in range(len(ids.releases)) if place not in ids.same]
        candidates = [replace(ids.releases[place], text=cleaned[place].text) for place in places]
        with self._timed("Comparing", unit="pairs"):
            result = dedupe(
                candidates,
                policy=self.options.policy,
                prefer_sources=self.options.prefer_sources,
                min_jaccard=self.options.min_jaccard,
                min_containment=self.options.min_containment,
                progress=lambda done, known: self.progress.to(done, total=known),
            )
        texts = Texts(ids, cleaned)
        place_of = {ids.releases[place].id: place for place in places}
        removals: dict[int, Removed] = {}
        for removal in result.removed:
            comparison = removal.comparison
            removals[place_of[removal.release.id]] = Removed(
                removal.kept_id, str(comparison.relation), comparison.jaccard, changes_json(comparison.changes)
            )
        for place, first in ids.same.items():
            # The first of them may be a copy of yet another release; then both go for that one.
            comparison = compare(texts.at(place), texts.at(first))
            kept_id = removals[first].kept_id if first in removals else ids.releases[first].id
            removals[place] = Removed(kept_id, "duplicate", comparison.jaccard, changes_json(comparison.changes))
        return result, removals

    def _write_kept(
        self, releases: Sequence[Release], cleaned: Sequence[Cleaned], places: Sequence[int], links: Links
    ) -> dict[str, Any] | None:
        figures: dict[str, Any] | None = None
        step = self.options.batch_size * _BATCHES_A_STEP
        if self._summarizer is not None:
            figures = {
                "model": self.options.model,
                "kinds": list(self.options.kinds),
                "releases": len(places),
                "supported": 0,
                "fallbacks": 0,
                "fallback_reasons": {},
            }
        with self._timed("Summarizing" if figures is not None else "Writing", len(places)):
            for begin in range(0, len(places), step):
                chunk = places[begin : begin + step]
                written = self._summarize([cleaned[place].text for place in chunk], begin)
                for place, summaries in zip(chunk, written, strict=True):
                    results = summary_fields(summaries) | links.fields(releases[place].id)
                    row = kept_row(releases[place], cleaned[place], **results)
                    self._samples.add_kept(row)
                    self._folder.write("kept.jsonl", json_line(row))
                    if figures is not None:
                        count_summaries(figures, row)
                self.progress.to(begin + len(chunk))
        return figures

    def _summarize(self, texts: Sequence[str], done: int) -> list[dict[Kind, Summary]]:
        written: list[dict[Kind, Summary]] = [{} for _ in texts]
        if self._summarizer is None:
            return written
        for number, kind in enumerate(self.options.kinds):
            summaries = self._summarizer.summarize(
                texts,
                kind=kind,
                batch_size=self.options.batch_size,
                progress=partial(self._summarized, done * len(self.options.kinds) + len(texts) * number),
            )
            for one, summary in zip(written, summaries, strict=True):
                one[kind] = summary
        return written

    def _summarized(self, before: int, count: int) -> None:
        self.progress.to((before + count) // len(self.options.kinds))

    def _write_removed(self, releases: Sequence[Release], removals: Mapping[int, Removed], texts: Texts) -> None:
        for place in sorted(removals):
            removal = removals[place]
            row = removed_row(
                releases[place],
                kept_id=removal.kept_id,
                relation=removal.relation,
                jaccard=removal.jaccard,
                changes=removal.changes,
            )
            self._samples.add_removed(row, texts.name(place), texts.name(texts.place(removal.kept_id)))
            self._folder.write("removed.jsonl", json_line(row))

    def _report(
        self,
        ids: UniqueIds,
        cleaned: Sequence[Cleaned],
        kept: Sequence[int],
        removals: Mapping[int, Removed],
        links: Links,
        summaries: Mapping[str, Any] | None,
    ) -> Report:
        report = Report(
            out=self._folder.path,
            input=sum(figures["records"] for figures in self._source_figures),
            kept=self._folder.lines("kept.jsonl"),
            removed=self._folder.lines("removed.jsonl"),
            quarantined=self._folder.lines("quarantine.jsonl"),
            relations=dict(sorted(Counter(removal.relation for removal in removals.values()).items())),
            quarantine_reasons=dict(sorted(self._reasons.items())),
            cuts=cut_figures([cleaned[place] for place in kept]),
            repaired={
                "nul_characters": sum(ids.releases[place].text.count("\0") for place in kept),
                "edits": sum(len(cleaned[place].edits) for place in kept),
                "releases": sum(bool(cleaned[place].edits) for place in kept),
                "ids": len(ids.previous),
            },
            skipped=dict(self._skipped),
            updates=links.updates,
            series=links.num_series,
            summaries=summaries,
            sources=tuple(self._source_figures),
            options=self.options.to_json(),
            seconds=self._seconds,
            version=__version__,
        )
        if report.input != report.kept + report.removed + report.quarantined:
            raise ObecsumError(
                f"the records do not add up: {report.input:,} read, {report.kept:,} kept, {report.removed:,} removed "
                f"and {report.quarantined:,} quarantined; nothing was written: a mistake of obecsum, please report it"
            )
        return report
