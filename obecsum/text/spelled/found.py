"""What is found in words: span, kind and value."""

from __future__ import annotations

from typing import Literal

__all__ = ["Found"]

Found = tuple[int, int, Literal["number", "date", "time", "serial"], str]
"""(start, end, kind, value): a half-open span and the value that a fact of the same in digits has."""
