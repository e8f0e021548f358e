"""Which date a date of the source supports: the same day, or one that says less."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["date_holds"]


@lru_cache(maxsize=1 << 14)
def date_holds(said: str, known: str) -> bool:
    """Whether ``known``, a date of the source, states the date that a summary says; both are keys of words.

    A summary may leave out the year or the day, but state nothing that the source's date lacks: a year alone
    supports no day of that year, and a month no day of that month.

    >>> date_holds("date:--07-28", "date:2024-07-28"), date_holds("date:2024-09-28", "date:2024")
    (True, False)
    """
    if said == known:
        return True
    part, _, value = said.removeprefix("date:").rpartition(" ")
    other_part, _, other = known.removeprefix("date:").rpartition(" ")
    if part and part != other_part:
        return False
    mine, theirs = value.split("/"), other.split("/")
    if len(mine) != len(theirs):
        return False
    return all(_holds(_parts(x), _parts(y)) for x, y in zip(mine, theirs, strict=True))


def _holds(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    return len(said) <= len(known) and all(not x or x == y for x, y in zip(said, known, strict=False)) and any(said)


def _parts(value: str) -> tuple[str, ...]:
    """Year, month and day, the year empty where it is unknown: --12-13 and 2024-12."""
    if value.startswith("--"):
        return ("", *value[2:].split("-"))
    return tuple(value.split("-"))
