"""What no candidate may be that is printed: no text at all, one that says a thing twice, or breaks off."""

from __future__ import annotations

import re

from obecsum.summaries.constraints.echo import echoes
from obecsum.text.normalize import fold, normalize

__all__ = ["is_awkward", "is_readable", "squeezed", "stutters"]

_THAI = re.compile("[ก-ฮะ-ฺเ-๎]")
_NUMBER = re.compile(r"\d[\d,./]*\d")
_DOUBLED = re.compile(r"([ก-๎]{2,12}?)\1")
_CUT_MONTH = re.compile(r"(?<![ก-๎.])\.[ก-ฮ]\.")
_CUT_ENGLISH = re.compile(r"\b(?:to|of|and|the|for|in|by|with|on|at|a)[”\"')]*$", re.IGNORECASE)
_UNFINISHED = re.compile(r"(?:พ\.ศ\.|ค\.ศ\.|(?:ครั้ง|รุ่น|ฉบับ)ที่)(?=\s|$)(?!\s?\d)")  # its number never came


def is_readable(candidate: str) -> bool:
    """Whether a candidate is a text at all: a dozen characters, most of a word's worth of them Thai."""
    return len(candidate) >= 12 and len(_THAI.findall(candidate)) >= 8


def squeezed(text: str) -> str:
    """A text as wording is compared: folded, without white space."""
    return "".join(fold(normalize(text)).split())


def stutters(candidate: str) -> bool:
    """Whether a squeezed candidate says 16 characters or a number of two digits and more twice."""
    numbers = _NUMBER.findall(candidate)
    return len(numbers) > len(set(numbers)) or echoes(candidate)


def is_awkward(candidate: str, source: str = "") -> bool:
    """Whether a candidate stutters, breaks off, or has a word that wants a number (พ.ศ., ครั้งที่) without one.

    Args:
        candidate: A text.
        source: Its source, :func:`squeezed`: a word that it doubles may be doubled.
    """
    text = squeezed(candidate)
    return (
        stutters(text)
        or any(match.group() not in source for match in _DOUBLED.finditer(text))
        or _CUT_ENGLISH.search(candidate) is not None
        or _CUT_MONTH.search(candidate) is not None
        or _UNFINISHED.search(fold(normalize(candidate))) is not None
    )
