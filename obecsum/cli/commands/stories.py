"""``obecsum stories``."""

from __future__ import annotations

from typing import Annotated

import typer

from obecsum.cli.settings import parameters as given
from obecsum.cli.settings.config_file import section
from obecsum.cli.terminal.messages import exits_with, reporting, warn
from obecsum.core.errors import InputError, OptionError, OutputExistsError

__all__ = ["stories"]

_GROUPING = "What belongs together"


@section("stories")
def stories(
    feeds: given.Feeds,
    out: given.Out,
    input_format: given.Format = None,
    encoding: given.Encoding = None,
    delimiter: given.Delimiter = None,
    fields: given.Fields = None,
    since: given.Since = None,
    limit: given.Limit = None,
    max_record_mb: given.MaxRecord = None,
    max_expanded_gb: given.MaxExpanded = None,
    window_days: Annotated[
        int,
        typer.Option(
            "--window-days", metavar="N", rich_help_panel=_GROUPING, help="Days that lie between two of a story."
        ),
    ] = 7,
    embeddings: Annotated[
        str,
        typer.Option(
            "--embeddings",
            metavar="NAME",
            rich_help_panel=_GROUPING,
            help="obecsum-embeddings, a folder, or a SentenceTransformer model.",
        ),
    ] = "obecsum-embeddings",
    dim: Annotated[
        int | None,
        typer.Option("--dim", metavar="N", rich_help_panel=_GROUPING, help="Dimensions to keep of the vectors."),
    ] = None,
    interaction: Annotated[
        str,
        typer.Option(
            "--interaction",
            metavar="NAME",
            rich_help_panel=_GROUPING,
            help="What reads near pairs piece by piece: obecsum-interaction, a folder, or none: faster, without "
            "PyTorch, and finds fewer.",
        ),
    ] = "obecsum-interaction",
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite/--no-overwrite", rich_help_panel="Writing", help="Replace a stories.jsonl in --out."),
    ] = False,
    strict: given.Strict = False,
    quiet: given.Quiet = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Group releases about one event, in whatever words: write DIR/stories.jsonl and remove nothing."""
    from obecsum.cli.terminal.job_log import JsonLog
    from obecsum.cli.terminal.show import counted
    from obecsum.jobs.request.options import Options, check
    from obecsum.jobs.request.reading import Reading

    with reporting(quiet=quiet, log_json=log_json) as progress:
        with exits_with(2):
            for name, value in (("window_days", window_days), ("dim", dim)):
                check(name, value)
            folder = given.folder(out)
            options = Options(
                summaries=False,
                **given.reading(input_format, encoding, delimiter, since, limit, max_record_mb, max_expanded_gb),
            )
            reading = Reading(given.named(feeds), options, fields=given.field_mapping(fields))
        with exits_with(1):
            from obecsum.story.job import write_stories

            progress.stage("Reading", reading.size_bytes or None, unit="bytes")
            try:
                report = write_stories(
                    reading.releases(progress.to),
                    folder,
                    window_days=window_days,
                    model=embeddings,
                    dim=dim,
                    interaction=None if interaction == "none" else interaction,
                    overwrite=overwrite,
                    progress=progress,
                )
            except (OptionError, OutputExistsError) as error:  # told before reading
                with exits_with(2):
                    raise error
            for entry in reading.quarantined:
                if not quiet:
                    warn(f"{entry.source} line {entry.line} was left out: {entry.reason}")
            reading.check()
            progress.close()
            figures = {"releases": report.releases, "stories": report.stories, "in_stories": report.in_stories}
            if isinstance(progress, JsonLog):
                progress.result(result={"path": str(report.path), **figures, "quarantined": len(reading.quarantined)})
            elif not quiet:
                found = f"{report.stories:,} {'story' if report.stories == 1 else 'stories'}"
                typer.echo(f"{counted(report.releases, 'release')}: {report.in_stories:,} of them in {found}")
                typer.echo(str(report.path))
            if strict and reading.quarantined:
                raise InputError(f"{len(reading.quarantined):,} records were left out, and --strict allows none")
