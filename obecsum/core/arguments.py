"""Arguments of public functions, checked where they come in: a mistake is told with what was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from obecsum.core.choices import SUMMARY_KINDS, SUMMARY_LENGTHS
from obecsum.core.errors import OptionError
from obecsum.core.release import Release

__all__ = ["LEAST_SUMMARY_CHARS", "check_shape", "release_arguments", "text_arguments"]

LEAST_SUMMARY_CHARS = 20
"""The least that a summary can be limited to, in code points."""


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
