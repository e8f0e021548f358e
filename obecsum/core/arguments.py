"""Arguments of public functions, checked where they come in: a mistake is told with what was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from obecsum.core.release import Release

__all__ = ["release_arguments", "text_arguments"]


def text_arguments(texts: Any) -> Iterator[str]:
    """The texts of a function that takes many, one at a time.

    Raises:
        TypeError: They are one text, nothing to iterate over, or one of them is no text.
    """
    if isinstance(texts, str | bytes):
        raise TypeError(f"texts must be several, got one {type(texts).__name__}; did you mean [text]?")
    return _each(texts, str, "texts")


def release_arguments(releases: Any) -> Iterator[Release]:
    """The releases of a function that takes many, one at a time.

    Raises:
        TypeError: They are no releases.
    """
    return _each(releases, Release, "releases")


def _each(values: Any, kind: type[Any], name: str) -> Iterator[Any]:
    if not isinstance(values, Iterable):
        raise TypeError(f"{name} must be a list or another iterable of {kind.__name__}, got {type(values).__name__}")
    return _checked(values, kind, name)


def _checked(values: Iterable[Any], kind: type[Any], name: str) -> Iterator[Any]:
    for number, value in enumerate(values):
        if not isinstance(value, kind):
            hint = "; obecsum.read makes releases of a feed" if kind is Release else ""
            raise TypeError(f"{name}[{number}] must be a {kind.__name__}, got {type(value).__name__}{hint}")
        yield value
