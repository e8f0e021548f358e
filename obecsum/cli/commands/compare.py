"""``obecsum compare``."""

from __future__ import annotations

from typing import Annotated

import typer

from obecsum.cli.terminal.messages import exits_with

__all__ = ["compare"]


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A text file, compressed or not; - for standard input.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say how two texts relate, what changed from the first to the second, and what would be lost with either."""
    from rich.console import Console

    from obecsum.cli.terminal.show import comparison_json, show_comparison
    from obecsum.core.serialize import to_json
    from obecsum.feeds.formats.text_folder import text_of

    with exits_with(2):
        text_a, text_b = text_of(a), text_of(b)
    with exits_with(1):
        from obecsum.comparison.compare import compare as compare_texts

        comparison = compare_texts(text_a, text_b)
        if as_json:
            typer.echo(to_json(comparison_json(comparison)))
        else:
            Console(soft_wrap=True, highlight=False).print(show_comparison(comparison, a, b))
