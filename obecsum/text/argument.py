"""The argument of public functions of one text, checked where it comes in: a mistake is told with what was given."""

from __future__ import annotations

from typing import Any

__all__ = ["text_argument"]


def text_argument(text: Any) -> str:
    """The text of a function that takes one.

    Raises:
        TypeError: It is none.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, got {type(text).__name__}; decode bytes, and give None as ''")
    return text
