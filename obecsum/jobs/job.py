"""The whole job: read, clean, find what was published again, summarize, write.

It composes the phases and has nothing of its own. A job has two halves: :class:`Job` checks everything that can be
checked before reading (options, sources, the output folder, the index, the model), and :meth:`Job.run` works. The
command's exit code tells them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal, overload

import orjson

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.core.arguments import checked
from obecsum.core.choices import DEFAULT_MODEL, Policy, Strictness
from obecsum.core.errors import EmptyFeedError, InputError, ObecsumError, OptionError, OutputError
from obecsum.core.progress import Progress, ProgressLike, Silent, telling
from obecsum.core.serialize import to_json
from obecsum.feeds.read import check_tables
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.limits import DEFAULT_MAX_RECORD_BYTES, Limits
from obecsum.feeds.sources import Feed, Source, plan_sources
from obecsum.jobs.phases.comparing import compare_all
from obecsum.jobs.phases.cutting import cut_all
from obecsum.jobs.phases.indexing import complete_commit, open_known
from obecsum.jobs.phases.outcome import Tally
from obecsum.jobs.phases.reading import ReadFigures, read_all, settled, spooled
from obecsum.jobs.phases.reporting import report_of
from obecsum.jobs.phases.writing import (
    export_kept,
    removed_rows,
    write_file,
    write_kept,
    write_possible,
    write_quarantine,
    write_removed,
)
from obecsum.jobs.request.options import (
    DEFAULT_INDEX_WAIT_S,
    DEFAULT_MAX_RECORDS,
    DEFAULT_MAX_STDIN_BYTES,
    Options,
    chosen_kinds,
)
from obecsum.jobs.request.records import asked
from obecsum.jobs.request.since import chosen_since
from obecsum.jobs.result import CleanResult, result_of
from obecsum.jobs.state.folder import LONG_NAME, OWN_FILES, REPORT_NAME, OutputFolder
from obecsum.jobs.state.known import Known
from obecsum.jobs.state.record import changed, described, is_stream
from obecsum.jobs.state.store import Store
from obecsum.jobs.state.texts import Texts
from obecsum.jobs.state.work import WorkFolder
from obecsum.report.page import Samples, render
from obecsum.report.report import Report

if TYPE_CHECKING:
    from obecsum.summaries.summarizer import Summarizer

__all__ = ["Job", "Report", "clean"]


@overload
def clean(feed: Any, out: str | Path, **options: Any) -> Report: ...
@overload
def clean(feed: Any, out: None = None, *, dry_run: Literal[True], **options: Any) -> Report: ...
@overload
def clean(feed: Any, out: None = None, *, dry_run: Literal[False] = False, **options: Any) -> CleanResult: ...
@checked  # type: ignore[misc]  # the options are told once, here
def clean(
    feed: Any,
    out: str | Path | None = None,
    *,
    summaries: bool = True,
    kind: str | None = None,
    model: str = DEFAULT_MODEL,
    cut: bool = True,
    strictness: Strictness = "cautious",
    min_jaccard: float | None = None,
    min_containment: float = 0.8,
    policy: Policy = "most_complete",
    prefer_sources: Sequence[str] = (),
    batch_size: int = 16,
    fields: Mapping[str, str] | None = None,
    input_format: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    max_record_bytes: int | None = None,
    max_expanded_bytes: int | None = None,
    max_records: int = DEFAULT_MAX_RECORDS,
    max_stdin_bytes: int = DEFAULT_MAX_STDIN_BYTES,
    limit: int | None = None,
    since: str | None = None,
    index: str | Path | None = None,
    index_wait_s: float = DEFAULT_INDEX_WAIT_S,
    new_only: bool = False,
    to: Sequence[str] = (),
    dry_run: bool = False,
    overwrite: bool = False,
    progress: ProgressLike = None,
) -> Report | CleanResult:
    """Clean a feed: cut what repeats inside releases, remove what was published again, summarize what is kept.

    Without ``out`` what was found is returned. With it kept.jsonl, removed.jsonl, possible.jsonl, quarantine.jsonl,
    report.json, report.html and job.json are written; all of them or none. A job that was killed is continued by the
    same call; one that is finished is not done again.

    Args:
        feed: A source or several (see :func:`obecsum.read`), or records in memory, as :func:`obecsum.dedupe` takes
            them: dicts, releases, a DataFrame or Series, .... Strings in a list are sources if all look like names of
            files (they are there, have a known ending, or have no spaces); else they are texts.
        out: Folder for the output; new, empty, with an unfinished job of the same inputs and options, or with
            ``overwrite`` one of an earlier job. None writes nothing.
        summaries: Whether kept releases are summarized; without, torch is not needed.
        kind: "summary" or "headline" alone; None writes both.
        model: Summarizer: "obecsum-th", a path, or the name of a Hugging Face seq2seq model.
        cut: Whether texts are cut and normalized; without, kept releases have their text as it was read.
        strictness: "cautious" removes a release only if the one that stays says all that it says, "balanced" also if
            what is lost is a detail, "similarity" whatever is as alike as ``min_jaccard``, news or not. What a looser
            setting might also remove is in possible.jsonl.
        min_jaccard: From which Jaccard similarity on releases are compared, in (0, 1]; None: 0.5. It finds pairs, and
            nothing goes for being alike, except with "similarity", which needs 0.8 or more.
        min_containment: From which share of the one in the other on releases are compared too, in (0, 1]. It finds
            pairs, and nothing goes for being contained.
        policy: Which copy stays: "most_complete", "earliest", "latest" or "longest".
        prefer_sources: Names of sources whose copy stays, the preferred first; decides before the policy.
        batch_size: Releases that are summarized at a time.
        fields: Role to field name, where names cannot be guessed.
        input_format: One of :data:`obecsum.feeds.sources.FORMATS`; None goes by name and content.
        encoding: As for :func:`obecsum.read`; None goes by the bytes.
        delimiter: As for :func:`obecsum.read`; None goes by the header.
        max_record_bytes: Longer records are quarantined unread; None: 64 MiB.
        max_expanded_bytes: A compressed file may expand to so many bytes; None: to 1 GiB, or 200 times its size.
        max_records: A feed with more is an error: it may have no end.
        max_stdin_bytes: So is standard input, or a pipe, with more.
        limit: At most so many records are read; None reads all.
        since: A date, ISO or Thai; releases that were published before are left out and count nowhere but in
            ``skipped``. A release without a date is never left out.
        index: File that remembers what earlier jobs kept; made where it is missing. What repeats one of those goes,
            what says more stays and is linked to it, and what is kept is added when the job is done.
        index_wait_s: Seconds to wait for another job that uses the index.
        new_only: Whether releases that another job with this index kept or removed, with their id and text, are left
            out (counted in ``skipped``).
        to: Further forms of kept.jsonl: "csv", "parquet", "rss".
        dry_run: Whether everything is decided and nothing written; ``removals`` of the report says what would go.
        overwrite: Whether an earlier job's files in ``out`` may be replaced.
        progress: What is told how far the job is: True, a function of (done, total, stage), or an object; see
            :mod:`obecsum.core.progress`.

    Returns:
        With ``out`` or ``dry_run`` the figures of the job; ``input == kept + removed + quarantined``. Else what was
        kept, removed and set aside, and the figures as its ``report``.

    Raises:
        TypeError: ``feed`` is neither sources nor records.
        OptionError: An option is out of its range.
        InputError: A source is missing or damaged.
        EmptyFeedError: There were records and none could be used; the output is written all the same.
        OutputError: The output cannot be written, or holds something else.
        StoreError: The index cannot be used.
        ModelError: The model cannot be found or loaded.
    """
    options = Options(
        summaries=summaries,
        kinds=chosen_kinds(kind, summaries=summaries),
        model=model,
        cut=cut,
        strictness=strictness,
        min_jaccard=min_jaccard,
        min_containment=min_containment,
        policy=policy,
        prefer_sources=tuple(prefer_sources),
        batch_size=batch_size,
        input_format=input_format,
        encoding=encoding,
        delimiter=delimiter,
        max_record_bytes=max_record_bytes,
        max_expanded_bytes=max_expanded_bytes,
        max_records=max_records,
        max_stdin_bytes=max_stdin_bytes,
        limit=limit,
        since=chosen_since(since),
        index=None if index is None else str(index),
        index_wait_s=index_wait_s,
        new_only=new_only,
        to=tuple(to),
        dry_run=dry_run,
    )
    if out is None and not dry_run and to:
        raise OptionError(f"to={list(to)!r} writes files; name the folder for them with out")
    with asked(feed, fields, options) as source, telling(progress) as told:
        if out is not None or dry_run:
            return Job(source.feed, out, options, fields=fields, overwrite=overwrite, progress=told).run()
        with TemporaryDirectory(prefix="obecsum-") as folder:
            job = Job(source.feed, Path(folder, "out"), options, fields=fields, progress=told, is_temporary=True)
            report = job.run()
            return result_of(report.out, replace(report, files=()), source.records, *job.lines)


class Job:
    """One run of the pipeline, checked when it is made.

    Args:
        feed: A source or several, by name or as planned.
        out: Folder for the output; None for a dry run.
        options: What to do.
        fields: Role to field name, where names cannot be guessed.
        overwrite: Whether an earlier job's files may be replaced.
        progress: What is told how far the job is.
        on_removed: In a dry run called with each line that removed.jsonl would have.
        is_temporary: Whether the output folder goes when it was read.

    Attributes:
        lines: Of a temporary job: of each kept release, then of each removed one, the line in its source.

    Raises:
        ObecsumError: Anything that can be known before reading; nothing was read or written.
    """

    def __init__(
        self,
        feed: Feed | Source,
        out: str | Path | None,
        options: Options,
        *,
        fields: Mapping[str, str] | None = None,
        overwrite: bool = False,
        progress: Progress | None = None,
        on_removed: Callable[[dict[str, Any]], object] | None = None,
        is_temporary: bool = False,
    ) -> None:
        self.options = options
        self.progress: Progress = progress or Silent()
        self._on_removed = on_removed
        self._is_temporary = is_temporary
        self.lines: tuple[list[int], list[int]] = ([], [])
        self._fields = FieldMap(fields)
        self._seconds: dict[str, float] = {}
        self._samples = Samples()
        self._removals: list[dict[str, Any]] = []
        self._folder: OutputFolder | None = None
        if options.dry_run:
            self._work = WorkFolder(None)
        elif out is None:
            raise OutputError("no output folder was given; name one with --out, or ask for a dry run")
        else:
            complete = partial(complete_commit, wait_s=options.index_wait_s)
            self._folder = OutputFolder(out, overwrite=overwrite, complete=complete)
            self._work = self._folder.work
        if options.to:
            from obecsum.feeds.write.writers import check_formats

            check_formats(options.to)
        self._sources = _planned(feed, options)
        self._is_done = False
        self._summarizer: Summarizer | None = None
        self._known = Known()
        try:
            self._prepare()
        except BaseException:
            self._give_up()
            raise

    def _prepare(self) -> None:
        """All that can be refused, in an order that takes from a stream only when nothing else can be."""
        has_streams = any(map(is_stream, self._sources))
        if not has_streams:
            check_tables(self._sources, self._fields)
            self._describe()
            if self._folder is not None and not self._work.path.exists() and self._folder.has_done(self._record):
                self._is_done = True  # without a lock: nothing is made in the folder, which may be read-only
                return
        if self._folder is None:
            self._work.hold()
        else:
            self._folder.hold()  # told now if nothing can be written there, before a model is loaded
        if not has_streams and self._refuse():
            return
        if self.options.summaries and not self.options.dry_run:
            self._summarizer = self._load(self.options.model)
        self._known = open_known(self.options)
        if has_streams:
            self._sources = spooled(self._sources, self._work, "new-", max_bytes=self.options.max_stdin_bytes)
            check_tables(self._sources, self._fields)
            self._describe()
            if self._refuse():
                return
        self._known.job = self._record.key
        self._sources = settled(self._sources, self._work, "new-")

    def _refuse(self) -> bool:
        self._is_done = self._folder is not None and self._folder.refuse(self._record)
        return self._is_done

    def _describe(self) -> None:
        out = None if self._folder is None else self._folder.path
        with self._timed("Checking", sum(source.size_bytes for source in self._sources), unit="bytes"):
            fields = self._fields.fields
            self._record = described(self._sources, self.options, fields, out, progress=self.progress.to)

    def _load(self, model: str) -> Summarizer:
        from obecsum.summaries.summarizer import Summarizer

        with self._timed("Loading the model"):
            return Summarizer(model)

    def run(self) -> Report:
        """Do it, from where an earlier run of the same job was killed.

        Raises:
            ObecsumError: It failed after it began; nothing was written, except with EmptyFeedError.
        """
        try:
            report = self._finished() if self._is_done else self._worked()
        finally:
            self._known.close()
            self._work.release()
        if report.input and report.quarantined == report.input and not report.skipped:  # what was left out was read
            reasons = ", ".join(f"{reason}: {count:,}" for reason, count in report.quarantine_reasons.items())
            where = "" if report.dry_run else f"; see {report.out / 'quarantine.jsonl'}"
            if self._is_temporary:
                where = "; name the field that holds the text with fields={'text': ...}"
            raise EmptyFeedError(f"none of the {report.input:,} records could be used ({reasons}){where}")
        return report

    def _finished(self) -> Report:
        assert self._folder is not None
        self._give_up()  # nothing was begun
        self.progress.note(f"the job in {self._folder.path} is finished already; nothing was changed")
        found = orjson.loads((self._folder.path / REPORT_NAME).read_bytes())
        return Report.from_json(found, self._folder.path)

    def _worked(self) -> Report:
        # What a next run can go on with stays: what was read, and what can be read only once.
        keep = self._folder is not None and (self._folder.continues(self._record) or self._is_spooled)
        try:
            with closing(Store(self._work.file("store.db"))) as store:
                is_continued = self._begin(store)
                with closing(Texts(store, self._sources, self._fields)) as texts:
                    read = self._read(store)
                    keep = not self.options.dry_run
                    self._cut(store, texts, read)
                    with self._timed("Comparing", unit="pairs", store=store):
                        compare_all(store, texts, self.options, self._known, self.progress)
                    report = self._write(store, texts, read, is_continued)
                    if self._is_temporary:
                        self.lines = _lines(store)
                    if self._folder is not None:
                        self._verify()
                        self._folder.decide(self._record, report.files)
                        self._known.commit(store)
            if self._folder is not None:
                self._folder.finish()
        except ObecsumError:
            if not keep:
                self._work.remove()
            raise
        finally:
            if self.options.dry_run:
                self._work.remove()
        return report

    def _verify(self) -> None:
        """Look whether the inputs are what they were when the job began: a feed edited while it is read is two."""
        with self._timed("Verifying", sum(source.size_bytes for source in self._sources), unit="bytes"):
            name = changed(self._sources, self._record, progress=self.progress.to)
        if name is not None:
            if not self._is_spooled:
                self._work.remove()  # what was found in it is of no feed that there ever was
            raise InputError(
                f"{name} was changed while it was read; nothing was written; give the command again when nothing "
                "writes to it, or a copy of it"
            )

    @property
    def _is_spooled(self) -> bool:
        return any(source.path is not None and source.path.parent == self._work.path for source in self._sources)

    def _give_up(self) -> None:
        """Leave nothing behind but the work of a job that can be continued; what others work at is theirs."""
        self._known.close()
        if self._work.is_held:
            for source in self._sources:
                if source.path is not None and source.path.parent == self._work.path:
                    source.path.unlink(missing_ok=True)
            if self._folder is None or self._folder.unfinished is None:
                self._work.remove()
        self._work.release()

    def _begin(self, store: Store) -> bool:
        """Make the store that of this job; True if an earlier run of it had begun."""
        is_same = self._folder is not None and self._folder.continues(self._record) and store.state("read") is not None
        if is_same and store.state("index_before") != self._known.before:
            is_same = False
            self.progress.note("the index is not as it was when this job was killed: the job begins anew")
        if is_same:
            done = store.one("SELECT COUNT(*) FROM cleaned")
            total = store.one("SELECT COUNT(*) FROM records")
            self.progress.note(f"continuing a job: {done:,} of {total:,} releases were cleaned", done=done, total=total)
            self._seconds = {**(store.state("seconds") or {}), **self._seconds}
        else:
            store.clear()
            self._work.file("kept.jsonl").unlink(missing_ok=True)
        with store.batch():
            if not is_same:
                store.set_state("index", self._known.state())
                store.set_state("index_before", self._known.before)
            store.set_state("index_after", self._known.after)
        if not self.options.dry_run:
            self._work.set_record(self._record)
        return is_same

    def _read(self, store: Store) -> ReadFigures:
        found = store.state("read")
        if found is None:
            with self._timed("Reading", sum(source.size_bytes for source in self._sources) or None, unit="bytes"):
                read_all(self._sources, self._fields, self.options, store, self._known, self.progress, self._work)
            found = store.state("read")
        return ReadFigures.from_json(found)

    def _cut(self, store: Store, texts: Texts, read: ReadFigures) -> None:
        boilerplate = Boilerplate.from_json(store.state("boilerplate")) if self.options.cut else None
        with self._timed("Cutting" if self.options.cut else "Sketching", read.releases, store=store):
            for_index = self._known.is_index
            cut_all(store, texts, boilerplate, read.releases, self.progress, for_index=for_index)

    def _write(self, store: Store, texts: Texts, read: ReadFigures, is_continued: bool) -> Report:
        if self.options.dry_run:
            for row in removed_rows(store, texts, self._samples, self._known):
                names = ("id", "title", "kept_id", "relation", "jaccard", "changes")
                self._removals.append({name: row[name] for name in names})
                if self._on_removed is not None:
                    self._on_removed(row)
            return self._report(store, read, Tally(), is_continued, ())
        with self._timed(
            "Summarizing" if self._summarizer is not None else "Writing",
            store.one("SELECT COUNT(*) FROM records") - store.one("SELECT COUNT(*) FROM removed"),
            store=store,
        ):
            arguments = (self._work, store, texts, self.options, self._summarizer, self._samples, self.progress)
            tally = write_kept(*arguments)
        with self._timed("Writing"):
            write_removed(self._work, store, texts, self._samples, self._known)
            write_possible(self._work, store, texts, self._samples, self._known)
            write_quarantine(self._work, store, self._samples)
            more = [LONG_NAME] if store.state("long") else []
            files = (*OWN_FILES[:4], *more, *export_kept(self._work, self.options.to), *OWN_FILES[4:-1])
            report = self._report(store, read, tally, is_continued, files)
        write_file(self._work, REPORT_NAME, to_json(report.to_json(), indent=True))
        write_file(self._work, "report.html", render(report, self._samples).encode("utf-8", "replace"))
        return report

    def _report(
        self, store: Store, read: ReadFigures, tally: Tally, is_continued: bool, files: tuple[str, ...]
    ) -> Report:
        report = report_of(
            self._work, store, read, tally, self.options, files=files, seconds=self._seconds, removals=self._removals
        )
        return replace(
            report, out=self._work.path if self._folder is None else self._folder.path, continued=is_continued
        )

    @contextmanager
    def _timed(
        self, name: str, total: int | None = None, unit: str = "releases", store: Store | None = None
    ) -> Iterator[None]:
        self.progress.stage(name, total, unit=unit)
        begin = perf_counter()
        try:
            yield
        finally:
            self._seconds[name.lower()] = self._seconds.get(name.lower(), 0.0) + perf_counter() - begin
        if store is not None:
            with store.batch():
                store.set_state("seconds", self._seconds)


def _lines(store: Store) -> tuple[list[int], list[int]]:
    kept: list[int] = []
    removed: list[int] = []
    query = "SELECT line, place IN (SELECT place FROM removed) FROM records ORDER BY place"
    for line, is_removed in store.rows(query):
        (removed if is_removed else kept).append(line)
    return kept, removed


def _planned(feed: Feed | Source, options: Options) -> list[Source]:
    if isinstance(feed, Source):
        return [replace(feed, limits=Limits(options.max_record_bytes or DEFAULT_MAX_RECORD_BYTES))]
    return plan_sources(
        feed,
        input_format=options.input_format,
        encoding=options.encoding,
        delimiter=options.delimiter,
        max_record_bytes=options.max_record_bytes or DEFAULT_MAX_RECORD_BYTES,
        max_expanded_bytes=options.max_expanded_bytes,
    )
