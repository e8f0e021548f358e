"""``obecsum index``: look after the file that remembers what earlier jobs saw."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from obecsum.cli.settings import parameters as given
from obecsum.cli.settings.config_file import section
from obecsum.cli.terminal.messages import exits_with, fail, reporting, warn
from obecsum.core.errors import OptionError
from obecsum.jobs.request.options import DEFAULT_INDEX_WAIT_S

__all__ = ["app"]

app = typer.Typer(
    help="Look after an index: the file that remembers what earlier jobs saw (clean --index).", no_args_is_help=True
)

_IndexPath = Annotated[Path, typer.Argument(metavar="DB", help="The index.")]
_Json = Annotated[bool, typer.Option("--json/--no-json", help="One JSON object.")]
_Wait = Annotated[
    float,
    typer.Option("--index-wait", metavar="SECONDS", help="How long to wait while another job uses the index."),
]


@app.command()
@section("index.show")
def show(
    index: _IndexPath,
    as_json: _Json = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Say what an index holds, how large it is and how it was made."""
    from obecsum.cli.terminal.show import show_figures
    from obecsum.core.serialize import to_json
    from obecsum.index import tools as index_tools

    with reporting(quiet=False, log_json=log_json), exits_with(1):
        found = index_tools.show(_existing(index))
        typer.echo(to_json(found) if as_json else show_figures(found))


@app.command()
@section("index.check")
def check(
    index: _IndexPath,
    quiet: given.Quiet = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Check that an index is intact; exit with 1 if it is not."""
    from obecsum.index.rescue import check as check_index

    with reporting(quiet=quiet, log_json=log_json), exits_with(1):
        problems = check_index(_existing(index))
        for problem in problems:
            fail(f"{index}: {problem}", 1)
        if problems:
            raise typer.Exit(1)
        if not quiet:
            typer.echo(f"{index} is intact")


@app.command()
@section("index.forget")
def forget(
    index: _IndexPath,
    ids: Annotated[
        list[str] | None, typer.Option("--id", metavar="ID", help="Forget this release; may be repeated.")
    ] = None,
    before: Annotated[
        str | None,
        typer.Option("--before", metavar="DATE", help="Forget what was published before a date, ISO or Thai."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run/--no-dry-run", help="Change nothing; say how many.")] = False,
    index_wait: _Wait = DEFAULT_INDEX_WAIT_S,
    quiet: given.Quiet = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Forget releases by id or by date. What repeats them later is new then."""
    from obecsum.cli.terminal.show import counted
    from obecsum.index import tools as index_tools
    from obecsum.jobs.request.since import chosen_date

    with reporting(quiet=quiet, log_json=log_json):
        with exits_with(2):
            if not ids and before is None:
                raise OptionError("nothing to forget was named; give --id ID or --before DATE")
            date = chosen_date("before", before)
        with exits_with(1):
            count = index_tools.forget(
                _existing(index),
                ids=tuple(ids or ()),
                before=date,
                dry_run=dry_run,
                wait_s=index_wait,
                on_unknown=lambda name: warn(f"{index} has no release with the id {name!r}; index export lists them"),
            )
            if not quiet:
                typer.echo(f"{counted(count, 'release')} {'would be ' if dry_run else ''}forgotten")


@app.command()
@section("index.compact")
def compact(
    index: _IndexPath,
    index_wait: _Wait = DEFAULT_INDEX_WAIT_S,
    quiet: given.Quiet = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Give the room of forgotten releases back to the disk."""
    from obecsum.index import tools as index_tools

    with reporting(quiet=quiet, log_json=log_json), exits_with(1):
        before, after = index_tools.compact(_existing(index), wait_s=index_wait)
        if not quiet:
            typer.echo(f"{before / 1e6:,.1f} MB before, {after / 1e6:,.1f} MB after")


@app.command()
@section("index.export")
def export(
    index: _IndexPath,
    file: Annotated[
        str, typer.Argument(metavar="FILE|-", help="JSON Lines, also .gz, .xz or .bz2; - for standard output.")
    ],
    quiet: given.Quiet = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Write what an index remembers as JSON Lines; of a damaged one all that is whole."""
    from obecsum.cli.terminal.show import counted
    from obecsum.index import tools as index_tools

    with reporting(quiet=quiet, log_json=log_json), exits_with(1):
        lost: list[str] = []
        count = index_tools.export(_existing(index), file, on_damaged=lost.append)
        if not quiet and file != "-":
            typer.echo(f"{counted(count, 'release')} written to {file}")
        _tell_lost(index, lost)


@app.command()
@section("index.repair")
def repair(
    index: _IndexPath,
    index_wait: _Wait = DEFAULT_INDEX_WAIT_S,
    quiet: given.Quiet = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Make a damaged index anew of all that is whole in it; the damaged file stays beside it."""
    from obecsum.cli.terminal.show import counted
    from obecsum.index.rescue import repair as repair_index

    with reporting(quiet=quiet, log_json=log_json), exits_with(1):
        lost: list[str] = []
        count, copy = repair_index(_existing(index), wait_s=index_wait, on_damaged=lost.append)
        if not quiet:
            typer.echo(f"{index} has {counted(count, 'release')} now; {copy} is what it was")
        for what in lost:
            warn(f"{index}: lost: {what}")


def _tell_lost(index: Path, lost: Sequence[str]) -> None:
    """Name what could not be read, and end with 1 if there is something."""
    for what in lost:
        fail(f"{index}: {what}", 1)
    if lost:
        raise typer.Exit(1)


@app.command("import")
@section("index.import")
def import_(
    index: Annotated[Path, typer.Argument(metavar="DB", help="The index; made if it is missing.")],
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="What export wrote; - for standard input.")],
    index_wait: _Wait = DEFAULT_INDEX_WAIT_S,
    quiet: given.Quiet = False,
    log_json: given.LogJson = False,
    config: given.Config = None,  # noqa: ARG001 - read before the others, see parameters.py
) -> None:
    """Add what another index wrote with export; what the index has already stays."""
    from obecsum.cli.terminal.show import counted
    from obecsum.index import tools as index_tools

    with reporting(quiet=quiet, log_json=log_json), exits_with(1):
        count = index_tools.import_entries(index, file, wait_s=index_wait)
        if not quiet:
            typer.echo(f"{counted(count, 'release')} added to {index}")


def _existing(index: Path) -> Path:
    """The path, if there is something: a mistyped name must not make an empty index."""
    with exits_with(2):
        if not index.exists():
            raise OptionError(f"{index} does not exist; give the file that clean --index made")
    return index
