"""``obecsum corpus``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from obecsum.cli.settings import parameters as given
from obecsum.cli.terminal.messages import exits_with
from obecsum.core.progress.bars import Bars

__all__ = ["app"]

app = typer.Typer(help="The corpus that the models are trained on.", no_args_is_help=True)


@app.callback()
def _corpus() -> None:
    """Keeps ``build`` a name of its own though it is the only command."""


@app.command()
def build(
    clone: Annotated[Path, typer.Argument(metavar="CLONE", help="Clone of thaigov-corpus or thaigov-v2-corpus.")],
    out: given.Out,
    quiet: given.Quiet = False,
) -> None:
    """Make training rows of a clone of the public corpora: one file a year."""
    from obecsum.training.corpus_build import build_corpus

    with Bars(quiet=quiet) as bars, exits_with(2):
        built = build_corpus(clone, given.folder(out), progress=bars)
    if not quiet:
        for name, rows in built.files.items():
            typer.echo(f"{name}: {rows:,} rows")
        for reason, pages in built.skipped.items():
            typer.echo(f"left out, {reason}: {pages:,} pages")
