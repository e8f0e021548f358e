"""The argument of public functions of one text, checked where it comes in: a mistake is told with what was given."""

from __future__ import annotations

from typing import Any

__all__ = ["text_argument"]


def text_argument(text: Any, *, name: str = "text", for_many: str = "") -> str:
    """The text of a function that takes one.

    Args:
        text: What was given.
        name: What the argument is called.
        for_many: What takes several texts.

    Raises:
        TypeError: It is none.
    """
    if isinstance(text, str):
        return text
    advice = "pass the release's text as a string"
    if isinstance(text, bytes | bytearray):
        advice = "decode the bytes"
    elif text is None:
        advice = "give no text as ''"
    elif hasattr(text, "full_text"):
        advice = "pass its full_text"
    elif isinstance(text, list | tuple):
        advice = f"{for_many} takes several" if for_many else "call it for each text"
    raise TypeError(f"{name} must be a str, got {type(text).__name__}; {advice}")
