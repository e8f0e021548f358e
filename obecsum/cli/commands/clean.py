"""``obecsum clean`` and ``obecsum dedupe``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from obecsum.cli.settings import parameters as given
from obecsum.cli.settings.config_file import section
from obecsum.cli.terminal.messages import exits_with, fail, reporting
from obecsum.core.choices import DEFAULT_MODEL
from obecsum.core.errors import OptionError
from obecsum.jobs.request.options import DEFAULT_INDEX_WAIT_S, DEFAULT_MAX_RECORDS, DEFAULT_MAX_STDIN_BYTES

if TYPE_CHECKING:
    from obecsum.cli.terminal.job_log import JsonLog
    from obecsum.core.progress.bars import Bars
    from obecsum.jobs.request.options import Options
    from obecsum.report.report import Report

__all__ = ["clean", "dedupe"]

_OptionalOut = Annotated[
    str | None,
    typer.Option(
        "--out", metavar="DIR", rich_help_panel="Writing", help="Folder for the output; needed but for --dry-run."
    ),
]


@section("clean")
def clean(
    feeds: given.Feeds,
    input_format: given.Format = None,
    encoding: given.Encoding = None,
    delimiter: given.Delimiter = None,
    fields: given.Fields = None,
    since: given.Since = None,
    limit: given.Limit = None,
    max_record_mb: given.MaxRecord = None,
    max_expanded_gb: given.MaxExpanded = None,
    max_records: given.MaxRecords = DEFAULT_MAX_RECORDS,
    max_stdin_gb: given.MaxStdin = DEFAULT_MAX_STDIN_BYTES / (1 << 30),
    strictness: given.StrictnessOption = "cautious",
    min_jaccard: given.MinJaccard = None,
    min_containment: given.MinContainment = 0.8,
    policy: given.PolicyOption = "most_complete",
    prefer_sources: given.PreferSources = None,
    index: given.IndexOption = None,
    index_wait: given.IndexWait = DEFAULT_INDEX_WAIT_S,
    new_only: given.NewOnly = False,
    summaries: Annotated[
        bool,
        typer.Option(
            "--summaries/--no-summaries",
            rich_help_panel="Summaries",
            help="Summarize what is kept; without, no torch is needed.",
        ),
    ] = True,
    kind: given.Kind = None,
    model: given.ModelOption = DEFAULT_MODEL,
    batch_size: given.BatchSize = 16,
    out: _OptionalOut = None,
    to: given.To = None,
    overwrite: given.Overwrite = False,
    dry_run: given.DryRun = False,
    strict: given.Strict = False,
    quiet: given.Quiet = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Clean feeds: cut repeats and boilerplate, remove what is published again, summarize what is kept."""
    from obecsum.jobs.request.options import Options, chosen_kinds

    with reporting(quiet=quiet, log_json=log_json) as progress:
        with exits_with(2):
            options = Options(
                **given.reading(input_format, encoding, delimiter, since, limit, max_record_mb, max_expanded_gb),
                max_records=max_records,
                max_stdin_bytes=given.as_bytes("max_stdin_gb", max_stdin_gb, 1 << 30) or 1,
                **given.comparing(
                    strictness, min_jaccard, min_containment, policy, prefer_sources, index, index_wait, new_only
                ),
                summaries=summaries,
                kinds=chosen_kinds(kind, summaries=summaries),
                model=model,
                batch_size=batch_size,
                to=given.parts(to),
                dry_run=dry_run,
            )
        _run("clean", feeds, out, options, fields, progress, overwrite=overwrite, strict=strict, quiet=quiet)


@section("dedupe")
def dedupe(
    feeds: given.Feeds,
    input_format: given.Format = None,
    encoding: given.Encoding = None,
    delimiter: given.Delimiter = None,
    fields: given.Fields = None,
    since: given.Since = None,
    limit: given.Limit = None,
    max_record_mb: given.MaxRecord = None,
    max_expanded_gb: given.MaxExpanded = None,
    max_records: given.MaxRecords = DEFAULT_MAX_RECORDS,
    max_stdin_gb: given.MaxStdin = DEFAULT_MAX_STDIN_BYTES / (1 << 30),
    strictness: given.StrictnessOption = "cautious",
    min_jaccard: given.MinJaccard = None,
    min_containment: given.MinContainment = 0.8,
    policy: given.PolicyOption = "most_complete",
    prefer_sources: given.PreferSources = None,
    index: given.IndexOption = None,
    index_wait: given.IndexWait = DEFAULT_INDEX_WAIT_S,
    new_only: given.NewOnly = False,
    out: _OptionalOut = None,
    to: given.To = None,
    overwrite: given.Overwrite = False,
    dry_run: given.DryRun = False,
    strict: given.Strict = False,
    quiet: given.Quiet = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Remove what is published again and leave every text as it was read: clean without cuts and summaries."""
    from obecsum.jobs.request.options import Options

    with reporting(quiet=quiet, log_json=log_json) as progress:
        with exits_with(2):
            options = Options(
                **given.reading(input_format, encoding, delimiter, since, limit, max_record_mb, max_expanded_gb),
                max_records=max_records,
                max_stdin_bytes=given.as_bytes("max_stdin_gb", max_stdin_gb, 1 << 30) or 1,
                **given.comparing(
                    strictness, min_jaccard, min_containment, policy, prefer_sources, index, index_wait, new_only
                ),
                summaries=False,
                cut=False,
                to=given.parts(to),
                dry_run=dry_run,
            )
        _run("dedupe", feeds, out, options, fields, progress, overwrite=overwrite, strict=strict, quiet=quiet)


def _run(
    command: str,
    feeds: Sequence[str],
    out: str | None,
    options: Options,
    fields: Sequence[str] | None,
    progress: Bars | JsonLog,
    *,
    overwrite: bool,
    strict: bool,
    quiet: bool,
) -> None:
    from rich.console import Console

    from obecsum.cli.terminal.job_log import JsonLog
    from obecsum.cli.terminal.show import removal_json, show_removal
    from obecsum.core.serialize import to_json
    from obecsum.core.version import __version__
    from obecsum.jobs.job import Job

    log = progress if isinstance(progress, JsonLog) else None

    def would_remove(row: Mapping[str, Any]) -> None:
        progress.close()
        if log is not None:
            typer.echo(to_json(removal_json(row)))
        else:
            Console(soft_wrap=True, highlight=False).print(show_removal(row))

    with exits_with(2):
        if out is None and not options.dry_run:
            raise OptionError("--out DIR is missing: the folder for the output; --dry-run alone needs none")
        if log is not None:
            log.write(
                "start",
                command=command,
                version=__version__,
                feeds=list(feeds),
                out=out,
                options=options.to_json(),
            )
        job = Job(
            given.named(feeds),
            None if out is None else given.folder(out),
            options,
            fields=given.field_mapping(fields),
            overwrite=overwrite,
            progress=progress,
            on_removed=would_remove if options.dry_run else None,
        )
    with exits_with(1):
        report = job.run()
    _finish(report, progress, log, strict=strict, quiet=quiet)


def _finish(report: Report, progress: Bars | JsonLog, log: JsonLog | None, *, strict: bool, quiet: bool) -> None:
    from rich.console import Console

    from obecsum.cli.terminal.show import report_json, show_report

    progress.close()
    if log is not None:
        log.result(result=report_json(report))
    elif not quiet:
        Console(soft_wrap=True, highlight=False).print(show_report(report))
    if strict and report.quarantined:
        fail(f"{report.quarantined:,} records were quarantined, and --strict allows none; see {report.out}", 1)
        raise typer.Exit(1)
