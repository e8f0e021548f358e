"""``obecsum summarize``."""

from __future__ import annotations

from typing import Annotated

import typer

from obecsum.cli.settings import parameters as given
from obecsum.cli.settings.config_file import section
from obecsum.cli.terminal.messages import exits_with, reporting, warn
from obecsum.core.choices import DEFAULT_MODEL
from obecsum.core.errors import InputError

__all__ = ["summarize"]


@section("summarize")
def summarize(
    feed: Annotated[str, typer.Argument(metavar="FEED|-", help="A feed, or one text; - for standard input.")],
    input_format: given.Format = None,
    encoding: given.Encoding = None,
    delimiter: given.Delimiter = None,
    fields: given.Fields = None,
    since: given.Since = None,
    limit: given.Limit = None,
    max_record_mb: given.MaxRecord = None,
    max_expanded_gb: given.MaxExpanded = None,
    kind: given.Kind = None,
    length: given.Length = "medium",
    max_chars: given.MaxChars = None,
    model: given.ModelOption = DEFAULT_MODEL,
    runtime: given.RuntimeOption = "auto",
    threads: given.Threads = None,
    batch_size: given.BatchSize = 16,
    as_json: Annotated[
        bool, typer.Option("--json/--no-json", rich_help_panel="Writing", help="One JSON object a line.")
    ] = False,
    strict: given.Strict = False,
    quiet: given.Quiet = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Summarize the releases of a feed, or one text, and print the summaries."""
    from rich.console import Console

    from obecsum.cli.terminal.show import show_summary, summary_json
    from obecsum.core.serialize import to_json
    from obecsum.jobs.request.options import Options, chosen_kinds, chosen_length, chosen_runtime
    from obecsum.jobs.summary_run import SummaryRun

    with reporting(quiet=quiet, log_json=log_json):
        with exits_with(2):
            options = Options(
                kinds=chosen_kinds(given.parts(kind)),
                length=chosen_length(length),
                max_chars=max_chars,
                model=model,
                runtime=chosen_runtime(runtime),
                threads=threads,
                batch_size=batch_size,
                **given.reading(input_format, encoding, delimiter, since, limit, max_record_mb, max_expanded_gb),
            )
            run = SummaryRun(given.named([feed])[0], options, fields=given.field_mapping(fields))
        with exits_with(1):
            written = 0
            for release, summaries in run.results():
                written += 1
                if as_json:
                    for summary in summaries:
                        typer.echo(to_json(summary_json(release.id, release.title, summary)))
                else:
                    Console(soft_wrap=True).print(show_summary(release.id, release.title, summaries))
            for entry in run.quarantined:
                if not quiet:
                    warn(f"{entry.source} line {entry.line} was left out: {entry.reason}")
            run.check()
            if not written and not run.quarantined and not quiet:
                warn(f"{feed} holds no release: there was nothing to summarize")
            if strict and run.quarantined:
                raise InputError(f"{len(run.quarantined):,} records were left out, and --strict allows none")
