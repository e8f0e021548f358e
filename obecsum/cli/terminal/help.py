"""Help pages as plain text in two columns, the options in groups; they fit 80 columns, a pipe and a pager."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

__all__ = ["HelpfulCommand", "HelpfulGroup", "add_group"]

_ORDER = ("Arguments", "", "Reading", "What goes", "What belongs together", "Summaries", "Writing", "Options")
_EPILOG = (
    "All of these can be set in a file and in the environment too, see `obecsum config show`; every switch has its "
    "opposite (--no-quiet) to undo that."
)


class HelpfulCommand(TyperCommand):
    """A command whose options stand in groups (``rich_help_panel``), without types and opposites of switches."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Arguments and options that are needed, then that there are options."""
        pieces = []
        for param in self.get_params(ctx):
            if _is_argument(param):
                name = _names(param)
                pieces.append(name if param.required or name.startswith("[") else f"[{name}]")
            elif param.required:
                pieces.append(_names(param))
        return [*pieces, "[OPTION...]"]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the lists of arguments and options."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            if not getattr(param, "hidden", False):
                name = "Arguments" if _is_argument(param) else getattr(param, "rich_help_panel", None) or "Options"
                groups.setdefault(name, []).append((_names(param), _text(param)))
        for name in sorted(groups, key=lambda name: _ORDER.index(name) if name in _ORDER else 1):
            with formatter.section(name):
                formatter.write_dl(groups[name], col_max=24)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write what holds for all options."""
        if any(param.name == "config" for param in self.get_params(ctx)):
            formatter.write_paragraph()
            formatter.write_text(_EPILOG)


class HelpfulGroup(TyperGroup):
    """A group whose commands are told in whole sentences."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:  # noqa: ARG002 - as the parser calls it
        """That a command comes next."""
        return ["COMMAND", "[OPTION...]"]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the list of options, then of commands."""
        with formatter.section("Options"):
            formatter.write_dl([(_names(param), _text(param)) for param in self.get_params(ctx)])
        with formatter.section("Commands"):
            formatter.write_dl([(name, self._line(ctx, name)) for name in self.list_commands(ctx)])

    def _line(self, ctx: Any, name: str) -> str:
        command = self.get_command(ctx, name)
        return " ".join((command.help or "").partition("\n\n")[0].split()) if command is not None else ""


def add_group(app: typer.Typer, group: typer.Typer, name: str) -> None:
    """Add a group of commands whose help looks like the others'."""
    for command in group.registered_commands:
        command.cls = HelpfulCommand
    app.add_typer(group, name=name, cls=HelpfulGroup)


def _is_argument(param: Any) -> bool:
    return bool(param.param_type_name == "argument")


def _names(param: Any) -> str:
    if _is_argument(param):
        return str(param.metavar or param.name.upper())
    names = ", ".join(sorted(param.opts, key=len))
    if param.is_flag:
        return f"{names}/{param.secondary_opts[0]}" if param.default is True and param.secondary_opts else names
    return f"{names} {param.metavar or max(param.opts, key=len).lstrip('-').upper()}"


def _text(param: Any) -> str:
    text = param.help or ""
    default = param.default
    if _is_argument(param):
        return text
    if getattr(param, "is_flag", False):
        return f"{text} [yes]" if default is True else text
    if param.required:
        return f"{text} [needed]".lstrip()
    if isinstance(default, float):
        default = f"{default:g}"
    shown = param.show_default and default not in (None, "", [], ()) and "[default" not in text
    return f"{text} [{default}]".lstrip() if shown else text
