"""Arguments of public functions, checked where they come in: a mistake is told with what was given."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import wraps
from itertools import chain
from numbers import Integral, Real
from os import PathLike
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin

from obecsum.core.choices import SUMMARY_KINDS, SUMMARY_LENGTHS
from obecsum.core.errors import OptionError

__all__ = ["LEAST_SUMMARY_CHARS", "check_shape", "checked", "did_you_mean", "text_arguments"]

LEAST_SUMMARY_CHARS = 20
"""The least that a summary can be limited to, in code points."""

_Function = TypeVar("_Function", bound=Callable[..., Any])
_SHOWN_CHARS = 60
_LEFT = ("self", "text", "texts")
_WORDS: dict[Any, str] = {
    NoneType: "None",
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    str: "a string",
    Path: "a path",
    Sequence: "a list of strings",
    Iterable: "a list of strings",
    Mapping: "a dict",
    Mapping[str, str]: "a dict of strings such as {'text': 'body'}",
    Callable: "a function",
}


def text_arguments(texts: Any) -> Iterator[str]:
    """The texts of a function that takes many, one at a time.

    Raises:
        TypeError: They are one text, nothing to iterate over, or one of them is no text.
    """
    if isinstance(texts, str | bytes):
        raise TypeError(f"texts must be several, got one {type(texts).__name__}; did you mean [text]?")
    if not isinstance(texts, Iterable):
        raise TypeError(f"texts must be a list or another iterable of str, got {type(texts).__name__}")
    return _each_text(texts)


def _each_text(texts: Iterable[Any]) -> Iterator[str]:
    for number, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(f"texts[{number}] must be a str, got {type(text).__name__}")
        yield text


def did_you_mean(value: str, names: Sequence[str], otherwise: str = "") -> str:
    """The end of a message about a name that there is not: the one that was meant, if that shows."""
    begun = [name for name in names if len(value) > 2 and (value.startswith(name) or name.startswith(value))]
    near = begun or get_close_matches(value, names, 1, cutoff=0.7)  # newest is not longest
    return f"; did you mean {near[0]}?" if near else otherwise


def checked(function: _Function) -> _Function:
    """A function whose arguments are of the types that its annotations say; else a TypeError tells which is not.

    What an annotation cannot say, such as a range, and what it says by classes that are not loaded, is left to the
    function. ``Any`` and protocols take everything; ``text`` and ``texts`` have checks of their own.
    """
    names = list(inspect.signature(function).parameters)
    types: dict[str, Any] = {}

    @wraps(function)
    def call(*arguments: Any, **options: Any) -> Any:
        if not types:
            types.update(_types(function))
        for name, value in chain(zip(names, arguments, strict=False), options.items()):
            if name in types and not _takes(types[name], value):
                raise TypeError(_refusal(name, types[name], value))
        return function(*arguments, **options)

    return cast("_Function", call)


def _types(function: Callable[..., Any]) -> dict[str, Any]:
    names = vars(sys.modules[function.__module__])
    found: dict[str, Any] = {"": Any}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD) and name not in _LEFT:
            try:
                found[name] = eval(parameter.annotation, names)  # noqa: S307 - what the module itself wrote
            except (NameError, TypeError):
                continue  # of a class that is imported for type checkers alone
    return found


def _kinds(annotation: Any) -> tuple[Any, ...]:
    """The types that a union is of; of anything else itself."""
    if get_origin(annotation) in (Union, UnionType):
        return tuple(one for part in get_args(annotation) for one in _kinds(part))
    return (NoneType if annotation is None else annotation,)


def _takes(annotation: Any, value: Any) -> bool:
    return any(_is_of(kind, value) for kind in _kinds(annotation))


def _is_of(kind: Any, value: Any) -> bool:
    origin = get_origin(kind) or kind
    if origin is Literal:
        return any(type(value) is type(one) for one in get_args(kind)) and (
            not isinstance(value, bool) or value in get_args(kind)
        )
    if origin in (int, float):
        return isinstance(value, Integral if origin is int else Real) and not isinstance(value, bool)
    if origin is bool:
        return type(value).__name__ in ("bool", "bool_")  # numpy's too
    if origin is Path:
        return isinstance(value, PathLike)
    if origin in (Sequence, Iterable) and get_args(kind) == (str,):
        each = value if isinstance(value, list | tuple | set | frozenset) else ()
        return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping) and all(map(_is_str, each))
    if origin is Mapping and get_args(kind) == (str, str):
        return isinstance(value, Mapping) and all(map(_is_str, chain(value, value.values())))
    if origin is Callable or getattr(origin, "__name__", "") == "Callable":
        return callable(value)
    if origin is Any or not isinstance(origin, type) or getattr(origin, "_is_protocol", False):
        return True
    return isinstance(value, origin)


def _is_str(value: Any) -> bool:
    return isinstance(value, str)


def _refusal(name: str, annotation: Any, value: Any) -> str:
    allowed = []
    for kind in _kinds(annotation):
        origin = get_origin(kind) or kind
        if origin is Literal:
            allowed += [repr(one) for one in get_args(kind)]
        elif origin is not Path or str not in _kinds(annotation):
            words = "a path" if origin is str and Path in _kinds(annotation) else _WORDS.get(kind, _WORDS.get(origin))
            allowed.append(words or f"a {getattr(origin, '__name__', origin)}")
    shown = repr(value)
    shown = shown if len(shown) <= _SHOWN_CHARS else f"{shown[:_SHOWN_CHARS]}..."
    hint = ""
    if isinstance(value, str) and any(get_origin(kind) in (Sequence, Iterable) for kind in _kinds(annotation)):
        hint = f"; did you mean [{shown}]?"
    elif isinstance(value, bytes | bytearray) and not {int, float} & {*_kinds(annotation)}:
        hint = "; decode the bytes"
    elif isinstance(value, str) and {int, float} & {*_kinds(annotation)}:
        hint = "; give the number without quotes"
    listed = f"{', '.join(allowed[:-1])} or {allowed[-1]}" if len(allowed) > 1 else allowed[0]
    return f"{name} must be {listed}, got {shown} ({type(value).__name__}){hint}"


def check_shape(kind: str, length: str, max_chars: int | None) -> None:
    """Check how long a summary of what kind is asked for.

    Raises:
        OptionError: One of the three is out of its range, or length and max_chars are both given.
    """
    if kind not in SUMMARY_KINDS:
        raise OptionError(f"kind must be one of {', '.join(SUMMARY_KINDS)}, got {kind!r}")
    if length not in SUMMARY_LENGTHS:
        raise OptionError(f"length must be one of {', '.join(SUMMARY_LENGTHS)}, got {length!r}")
    if max_chars is not None:
        if max_chars < LEAST_SUMMARY_CHARS:
            raise OptionError(f"max_chars must be at least {LEAST_SUMMARY_CHARS}, got {max_chars}")
        if length != "medium":
            raise OptionError(f"max_chars={max_chars} takes the place of length={length!r}; give one of the two")
