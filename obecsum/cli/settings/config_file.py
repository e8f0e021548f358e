"""Options of the command from a TOML file and from the environment.

The command line goes before the environment, the environment before the file, the file before the defaults. What can be
set is read off the commands themselves: a function marked with :func:`section` has a :class:`Setting` for each of its
parameters, so no option of the command can be missing here. Nothing is ever ignored: a key that no command has, a value
of another type or out of its range is an :class:`OptionError` that says where it stands.

A file has keys for all commands first, then a table a command, which goes before them::

    min_jaccard = 0.6

    [clean]
    out = "cleaned"
    kind = "headline"
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from obecsum.core.errors import OptionError
from obecsum.jobs.request.options import check

__all__ = [
    "FILE_NAME",
    "PREFIX",
    "Found",
    "Setting",
    "find_file",
    "from_text",
    "resolve",
    "section",
    "sections",
    "settings",
    "strays",
]

FILE_NAME = "obecsum.toml"
PREFIX = "OBECSUM_"
OTHER_VARIABLES = frozenset({"OBECSUM_CONFIG", "OBECSUM_DATA", "OBECSUM_TRACEBACK"})

_SECTIONS: dict[str, Callable[..., Any]] = {}
_TRUE = ("1", "true", "yes", "on")
_FALSE = ("0", "false", "no", "off")
_Function = TypeVar("_Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Setting:
    """An option or argument of a command.

    Attributes:
        key: Its name in a file: the option's, with ``_`` for ``-``.
        parameter: Name of the function's parameter.
        kind: bool, int, float or str.
        many: Whether it may be given more than once.
        default: Without any setting; None where there is none.
    """

    key: str
    parameter: str
    kind: type
    many: bool
    default: Any = None

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return PREFIX + self.key.upper()

    @property
    def takes(self) -> str:
        """What a value looks like, for messages."""
        if self.key == "field":
            return 'a table such as {text = "body"}, or a list such as ["text=body"]'
        if self.many:
            return 'a list of strings such as ["a", "b"]'
        names: dict[type, str] = {bool: "true or false", int: "a whole number", float: "a number"}
        return names.get(self.kind, "a string")


@dataclass(frozen=True, slots=True)
class Found:
    """A value that was set, and where.

    Attributes:
        value: As the command takes it.
        origin: The file and the table, or the environment variable.
    """

    value: Any
    origin: str


def section(name: str) -> Callable[[_Function], _Function]:
    """Mark the function of a command: its options can be set in a file and in the environment.

    Args:
        name: The command's, a dot between a group and its command: "index.show".
    """

    def mark(function: _Function) -> _Function:
        _SECTIONS[name] = function
        return function

    return mark


def sections() -> list[str]:
    """Names of the commands that have settings; those of groups last."""
    return sorted(_SECTIONS, key=lambda name: ("." in name, name))


def settings(name: str) -> dict[str, Setting]:
    """Key to setting of a command, in the order of its parameters."""
    found = {}
    defaults = signature(_SECTIONS[name]).parameters
    for parameter, hint in get_type_hints(_SECTIONS[name], include_extras=True).items():
        if get_origin(hint) is None or not hasattr(hint, "__metadata__"):
            continue  # the context, and what is returned
        kind, info = get_args(hint)[:2]
        # In Annotated the first name of an option stands where a default would.
        declared = [getattr(info, "default", None), *(getattr(info, "param_decls", None) or ())]
        options = [name for name in declared if isinstance(name, str) and name.startswith("--")]
        key = options[0].partition("/")[0].lstrip("-").replace("-", "_") if options else parameter
        if key != "config":
            default = defaults[parameter].default
            found[key] = _setting(key, parameter, kind, None if default is Parameter.empty else default)
    return found


def _setting(key: str, parameter: str, kind: Any, default: Any) -> Setting:
    if get_origin(kind) is list:
        return Setting(key, parameter, str, many=True, default=default)
    if alternatives := [one for one in get_args(kind) if one is not type(None)]:  # X | None
        return _setting(key, parameter, alternatives[0], default)
    return Setting(key, parameter, kind if kind in (bool, int, float) else str, many=False, default=default)


def find_file(given: str | Path | None, environment: Mapping[str, str]) -> Path | None:
    """The file to read: the given one, else the one that OBECSUM_CONFIG names, else obecsum.toml if it is there."""
    if given is not None:
        return Path(given)
    if named := environment.get("OBECSUM_CONFIG"):
        return Path(named)
    path = Path(FILE_NAME)
    return path if path.exists() else None


def resolve(name: str, path: Path | None, environment: Mapping[str, str]) -> dict[str, Found]:
    """What a file and the environment set for a command; the whole file is checked, also what other commands have.

    Args:
        name: The command's, see :func:`section`.
        path: The file, or None without one.
        environment: Variable to value, as ``os.environ``.

    Returns:
        Key to what was found.

    Raises:
        OptionError: The file cannot be read, or something in it or in the environment cannot be used.
    """
    own = settings(name)
    found: dict[str, Found] = {}
    if path is not None:
        for table, values in _tables(_parse(path), str(path)):
            checked = _check_table(values, table, str(path))
            if not table or name == table or name.startswith(f"{table}."):
                where = f"{path} [{table}]" if table else str(path)
                found |= {key: Found(value, where) for key, value in checked.items() if key in own}
    for key, setting in own.items():
        text = environment.get(setting.variable, "")
        if text:
            found[key] = Found(from_text(setting, text), setting.variable)
    return found


def strays(environment: Mapping[str, str]) -> list[tuple[str, str]]:
    """Variables that no command has but that nearly have the name of one, each with that name.

    Others are left alone: an orchestrator sets variables of its own for a service called obecsum.
    """
    known = {setting.variable for name in _SECTIONS for setting in settings(name).values()} | OTHER_VARIABLES
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    near = ((name, get_close_matches(name, known, 1, cutoff=0.85)) for name in unknown)
    return [(name, match[0]) for name, match in near if match]


def _parse(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except RecursionError as error:
        raise OptionError(f"{path} is no TOML file for obecsum: its lists or tables are nested too deeply") from error
    except FileNotFoundError as error:
        raise OptionError(f"{path} does not exist; give the path of a TOML file, or leave --config out") from error
    except (OSError, ValueError) as error:  # tomllib's error and one of the encoding are ValueErrors
        if isinstance(error, OSError):
            raise OptionError(f"{path} cannot be read: {error.strerror or error}") from error
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        raise OptionError(f"{path} is no TOML file: {reason}") from error


def _tables(data: Mapping[str, Any], path: str) -> list[tuple[str, dict[str, Any]]]:
    """The tables of a file, the general before the special: (name, key to value), the name "" for what stands first."""
    groups = {name.partition(".")[0] for name in _SECTIONS}
    tables: list[tuple[str, dict[str, Any]]] = [("", {})]
    for key, value in data.items():
        if key not in groups:
            tables[0][1][key] = value
            continue
        if not isinstance(value, dict):
            raise OptionError(f"{path}: {key} is a command; write its options under [{key}], got {_shown(value)}")
        inner = {one: part for one, part in value.items() if f"{key}.{one}" in _SECTIONS and isinstance(part, dict)}
        tables.append((key, {one: part for one, part in value.items() if one not in inner}))
        tables += [(f"{key}.{one}", part) for one, part in inner.items()]
    return tables


def _check_table(values: Mapping[str, Any], table: str, path: str) -> dict[str, Any]:
    """The values as the commands take them."""
    names = [name for name in _SECTIONS if not table or name == table or name.startswith(f"{table}.")]
    allowed = {key: setting for name in names for key, setting in settings(name).items()}
    where = f"{path}: [{table}] " if table else f"{path}: "
    checked = {}
    for key, value in values.items():
        if key not in allowed:
            what = f"{where}[{key}]" if isinstance(value, dict) else f"{where}{key} = {_shown(value)}"
            raise OptionError(f"{what}: {_unknown(key, table, allowed)}")
        try:
            checked[key] = _from_toml(allowed[key], value)
            _check_each(allowed[key], checked[key])
        except OptionError as error:
            raise OptionError(f"{where}{key} = {_shown(value)}: {error}") from error
    return checked


def _unknown(key: str, table: str, allowed: Mapping[str, Setting]) -> str:
    owner = f"obecsum {table.replace('.', ' ')} has no option {key}" if table else f"there is no option {key}"
    others = [name for name in _SECTIONS if key in settings(name)]
    groups = {name.partition(".")[0] for name in _SECTIONS} if not table else set()
    near = get_close_matches(key.replace("-", "_").lower(), [*allowed, *groups], 1)
    if others:
        return f"{owner}; it is an option of {', '.join(name.replace('.', ' ') for name in others)}"
    if near:
        return f"{owner}; did you mean {f'[{near[0]}]' if near[0] in groups else near[0]}?"
    return f"{owner}; it can have {', '.join(sorted(allowed))}"


def _from_toml(setting: Setting, value: Any) -> Any:
    if setting.many:
        if setting.key == "field" and isinstance(value, dict):
            value = [f"{role}={name}" for role, name in value.items()]
        if isinstance(value, str) and setting.key == "kind":
            value = [value]  # one kind is what most ask for
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return value
        extra = ' or a table such as {text = "body"}' if setting.key == "field" else ""
        raise OptionError(f"{setting.key} must be {setting.takes}{extra}, got {_type_name(value)}")
    if setting.key in ("since", "before") and isinstance(value, datetime.date):
        return value.isoformat()
    if setting.kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not setting.kind:
        raise OptionError(f"{setting.key} must be {setting.takes}, got {_type_name(value)}")
    return value


def from_text(setting: Setting, text: str) -> Any:
    """A value of an environment variable.

    Raises:
        OptionError: It is not of the setting's type, or out of its range.
    """
    value: Any = text
    try:
        if setting.many:
            value = [part.strip() for part in text.split(",") if part.strip()]
        elif setting.kind is bool:
            word = text.strip().lower()
            if word not in _TRUE + _FALSE:
                raise OptionError(f"{setting.key} must be one of {', '.join(_TRUE + _FALSE)}")
            value = word in _TRUE
        elif setting.kind in (int, float):
            try:
                value = setting.kind(text)
            except ValueError:
                raise OptionError(f"{setting.key} must be {setting.takes}") from None
        _check_each(setting, value)
    except OptionError as error:
        raise OptionError(f"environment variable {setting.variable}={text!r}: {error}") from error
    return value


def _check_each(setting: Setting, value: Any) -> None:
    for one in value if setting.many else [value]:
        check(setting.key, one)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else text[:57] + "..."


def _type_name(value: Any) -> str:
    names: dict[type, str] = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}
    names |= {list: "a list", dict: "a table"}
    return names.get(
        type(value), "a date or time" if isinstance(value, datetime.date | datetime.time) else "something else"
    )
