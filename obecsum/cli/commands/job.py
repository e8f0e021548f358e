"""``obecsum explain``, ``restore``, ``diff`` and ``show``: what a finished job did, why, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from obecsum.cli.settings import parameters as given
from obecsum.cli.settings.config_file import section
from obecsum.cli.terminal.messages import exits_with, reporting

if TYPE_CHECKING:
    from rich.console import Console

    from obecsum.jobs.finished.job import FinishedJob

__all__ = ["diff", "explain", "restore", "show"]

_Job = Annotated[Path, typer.Argument(metavar="JOB", help="The folder that a job wrote (--out).", show_default=False)]
_Id = Annotated[str, typer.Argument(metavar="ID", help="Id of a release, kept or removed.", show_default=False)]
_Json = Annotated[bool, typer.Option("--json/--no-json", help="One JSON object.")]


@section("explain")
def explain(
    job: _Job,
    release_id: _Id,
    as_json: _Json = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Say why a release went, stayed or was linked, and show it beside the one that explains it."""
    from obecsum.cli.terminal.job import explanation_json, show_explanation

    with reporting(quiet=False, log_json=log_json):
        opened = _opened(job)
        with exits_with(1):
            found = opened.explain(release_id)
            if as_json:
                _print_json(explanation_json(found))
            else:
                console = _console()
                console.print(show_explanation(found, job, console.width))


@section("restore")
def restore(
    job: _Job,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of removed releases.", show_default=False)],
    quiet: given.Quiet = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Bring removed releases back into kept.jsonl; they stay in later jobs too."""
    from obecsum.cli.terminal.job import show_restored

    with reporting(quiet=quiet, log_json=log_json) as progress:
        opened = _opened(job)
        with exits_with(1):
            restored = opened.restore(*ids, progress=progress)
        progress.close()
        if not quiet:
            _console().print(show_restored(opened, restored, [one for one in ids if one not in restored]))


@section("diff")
def diff(
    job: _Job,
    a: Annotated[str, typer.Argument(metavar="A", help="Id of a release.", show_default=False)],
    b: Annotated[str, typer.Argument(metavar="B", help="Id of another one.", show_default=False)],
    as_json: _Json = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Show two releases of a job side by side, as it compared them."""
    from obecsum.cli.terminal.job import show_diff
    from obecsum.cli.terminal.show import comparison_json

    with reporting(quiet=False, log_json=log_json):
        opened = _opened(job)
        with exits_with(1):
            found = opened.diff(a, b)
            if as_json:
                _print_json({"a": a, "b": b, **comparison_json(found)})
            else:
                console = _console()
                console.print(show_diff(found, a, b, console.width))


@section("show")
def show(
    job: _Job,
    as_json: _Json = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Say what a job did: counts, the largest groups, its options and its files."""
    from obecsum.cli.terminal.job import job_json, show_job

    with reporting(quiet=False, log_json=log_json):
        opened = _opened(job)
        with exits_with(1):
            groups = opened.groups()
            if as_json:
                _print_json(job_json(opened, groups))
            else:
                _console().print(show_job(opened, groups))


def _opened(folder: Path) -> FinishedJob:
    with exits_with(2):
        from obecsum.jobs.finished.job import FinishedJob

        return FinishedJob(folder)


def _print_json(value: object) -> None:
    from obecsum.core.serialize import to_json

    typer.echo(to_json(value))


def _console() -> Console:
    from rich.console import Console

    return Console(soft_wrap=True, highlight=False)
