"""``obecsum config``."""

from __future__ import annotations

import json
import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer

from obecsum.cli.settings import config_file as configuration
from obecsum.core.errors import OptionError
from obecsum.text.printable import UNSAFE

__all__ = ["app"]

app = typer.Typer(help="Options from obecsum.toml and the environment.", no_args_is_help=True)


@app.callback()
def _config() -> None:
    """Keeps ``show`` a name of its own though it is the only command."""


@app.command(context_settings={"ignore_unknown_options": True})
def show(
    ctx: typer.Context,
    command: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[COMMAND [ARGUMENT...]]",
            help="Of one command (clean, index show, ...), with arguments as if it were run; of all if left out.",
        ),
    ] = None,
    path: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="TOML file. [obecsum.toml, if it is there]")
    ] = None,
) -> None:
    """Print the options in force, and where each comes from: command line, environment, file or default.

    What is printed is such a file itself: `obecsum config show clean > obecsum.toml` makes one to start from.
    """
    words = list(command or [])
    names = configuration.sections()
    arguments: list[str] = []
    if words:
        names, arguments = _chosen(words)
    found_path = configuration.find_file(path, os.environ)
    typer.echo(f"# the file: {found_path}" if found_path else f"# no {configuration.FILE_NAME} here")
    for name in names:
        found = configuration.resolve(name, found_path, os.environ)
        given = _given(ctx, name, arguments) if arguments else {}
        typer.echo(f"\n[{name}]")
        for key, setting in configuration.settings(name).items():
            one = found.get(key, configuration.Found(setting.default, "default"))
            if setting.parameter in given:
                value = given[setting.parameter]
                value = configuration.from_text(setting, value) if isinstance(value, str) else value
                one = configuration.Found(value, "command line")
            typer.echo(_line(key, one))
    for variable, near in configuration.strays(os.environ):
        typer.echo(f"\n# the environment variable {variable} sets nothing; did you mean {near}?")


def _chosen(words: list[str]) -> tuple[list[str], list[str]]:
    """The sections that the words name, and the words after."""
    sections = configuration.sections()
    for count in (2, 1):
        name = ".".join(words[:count])
        if name in sections:
            return [name], words[count:]
    group = [name for name in sections if name.startswith(f"{words[0]}.")]
    if group and not words[1:]:
        return group, []
    near = get_close_matches(words[0], {name.partition(".")[0] for name in sections}, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise OptionError(
        f"{words[0]!r} is no command with options that a file can set; those are "
        f"{', '.join(name.replace('.', ' ') for name in sections)}{hint}"
    )


def _given(ctx: typer.Context, name: str, arguments: list[str]) -> dict[str, Any]:
    """Parameter to value of what stands among arguments, without running the command."""
    group: Any = ctx.find_root().command
    here: Any = ctx.find_root()
    for part in name.split("."):
        group = group.get_command(here, part)
    options, _, _ = group.make_parser(ctx).parse_args(args=list(arguments))
    return {key: value for key, value in options.items() if value not in (None, (), [])}


def _line(key: str, found: configuration.Found) -> str:
    value = found.value
    if value is None:
        return f"# {key} is not set"
    if isinstance(value, bool):
        text = f"{key} = {'true' if value else 'false'}"
    elif isinstance(value, int | float):
        text = f"{key} = {value}"
    elif isinstance(value, list | tuple):
        text = f"{key} = [{', '.join(_quoted(str(one)) for one in value)}]"
    else:
        text = f"{key} = {_quoted(str(value))}"
    return f"{text:<40}  # {found.origin}"


def _quoted(text: str) -> str:
    """A string of TOML: JSON's, without what TOML and a terminal mind."""
    return UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))
