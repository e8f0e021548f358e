"""The ``obecsum`` command: it parses, calls, and sets the exit code; what it does is in :mod:`obecsum.cli.commands`.

0: done. 1: failed after it began; something was quarantined under ``--strict``; nothing of a non-empty input could be
read. 2: refused before reading. 130: interrupted (Ctrl-C).
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from difflib import get_close_matches
from typing import Annotated, Any, NoReturn

import typer

from obecsum.cli.commands import config, corpus, index
from obecsum.cli.commands.clean import clean, dedupe
from obecsum.cli.commands.compare import compare
from obecsum.cli.commands.evaluate import app as evaluate_app
from obecsum.cli.commands.stories import stories
from obecsum.cli.commands.summarize import summarize
from obecsum.cli.commands.train import app as train_app
from obecsum.cli.settings import parameters
from obecsum.cli.terminal import messages
from obecsum.cli.terminal.help import HelpfulCommand, HelpfulGroup, add_group
from obecsum.core.errors import ObecsumError
from obecsum.core.version import __version__

__all__ = ["app", "main"]

app = typer.Typer(
    name="obecsum",
    cls=HelpfulGroup,
    help="Clean feeds of Thai press releases: remove what is published again, keep every update, summarize in Thai.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (clean, dedupe, summarize, stories, compare):
    app.command(cls=HelpfulCommand)(command)
add_group(app, index.app, "index")
add_group(app, config.app, "config")
add_group(app, evaluate_app, "evaluate")
add_group(app, train_app, "train")
add_group(app, corpus.app, "corpus")


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"obecsum {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command; what goes wrong is told in a line, without a traceback unless OBECSUM_TRACEBACK is set."""
    _open_streams()
    messages.use_json(messages.wants_json(sys.argv))
    try:
        code = app(prog_name="obecsum", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output is gone: nothing is wrong
        _print_nothing_more()
        sys.exit(0)
    except (KeyboardInterrupt, typer.Abort):
        _end("interrupted", 130)
    except MemoryError:
        _end("out of memory; feed less at a time", 1)
    except ObecsumError as error:  # of the settings, and of evaluate and train, which refuse before they begin
        _end(str(error), 2)
    except OSError as error:  # of a path that no system takes, or of standard output
        path = error.filename
        name = "standard output could not be written" if path is None else f"{path!r} cannot be used"
        _print_nothing_more()
        _end(f"{name}: {error.strerror or error}", 2 if error.errno == errno.ENAMETOOLONG else 1)
    except Exception as error:
        if hasattr(error, "format_message"):  # the parser's: its classes have no public name in every version of typer
            _refuse(error)
        if os.environ.get("OBECSUM_TRACEBACK"):
            raise
        _end(f"{type(error).__name__}: {error} (a mistake of obecsum: OBECSUM_TRACEBACK=1 shows where)", 1)
    if code == 130:
        messages.fail("interrupted", 130)
    sys.exit(code if isinstance(code, int) else 0)


def _open_streams() -> None:
    """Have three standard streams that take any text; a caller may have closed them, or speak another encoding."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number; else a file of ours would, with what is printed
    if not os.environ.get("COLUMNS", "").strip().strip("0"):  # no columns: what is laid out for them would be nothing
        os.environ.pop("COLUMNS", None)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - to the end of the process
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _print_nothing_more() -> None:
    """Have Python write nothing to standard output at its end: it cannot be written."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(error: Any) -> NoReturn:
    """End for arguments that cannot be parsed."""
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.ctx.get_help())
        sys.exit(2)
    message = error.format_message().rstrip(".")
    ctx = getattr(error, "ctx", None)
    option = getattr(error, "option_name", None)
    if option and hasattr(error, "possibilities"):
        near = get_close_matches(option, error.possibilities or [], 1, cutoff=0.7)
        message = f"no such option: {option}{f'; did you mean {near[0]}?' if near else ''}"
    elif type(error).__name__ == "MissingParameter" and error.param is not None:
        name = error.param.metavar or max(error.param.opts, key=len)
        message = f"{name} is missing{f': {error.param.help}' if getattr(error.param, 'help', None) else ''}".rstrip(
            "."
        )
    elif isinstance(error, typer.BadParameter) and ctx is not None and error.param is not None:
        message = parameters.wrong_type(ctx, error.param, sys.argv) or message
    path = ctx.command_path if ctx is not None else "obecsum"
    message = message if message[:2].isupper() else f"{message[:1].lower()}{message[1:]}"
    _end(f"{message} (see `{path} --help`)", 2)


def _end(message: str, code: int) -> NoReturn:
    messages.fail(message, code)
    sys.exit(code)
