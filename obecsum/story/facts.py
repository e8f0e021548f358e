"""What releases say that tells events apart: days, times and places in the lead, rare words of the headline.

How rare something is counts among the releases of the same months only: in a feed of ten years every day is rare, and
a word that was rare for years is in every second headline in the month of the flood.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from obecsum.embeddings.pieces import WordPieces
from obecsum.text.dates import find_dates, find_times
from obecsum.text.facts import FactKind, extract_facts
from obecsum.text.names import find_places
from obecsum.text.normalize import fold, normalize

__all__ = [
    "BUCKET_DAYS",
    "FactKey",
    "LocalCounts",
    "Told",
    "count_words",
    "headline_words",
    "key_facts",
    "rarities_of",
    "rarity_of",
    "shared_facts",
    "tell",
]

FactKey = tuple[FactKind, str]

_MAX_CHARS = 3_000
_LEAD_CHARS = 500
_TITLE_KINDS = frozenset({"number", "date", "time", "serial", "place", "person", "organization"})
BUCKET_DAYS = 30  # releases of a month and of both its neighbors are those of the same months
_FEWEST = 300  # releases that a rarity is told from at least: of ten releases nothing is known to be rare
_COMMON = 3_000  # of so many releases, what one states has a rarity of 1
_CHUNK = 512
_NO_YEAR = re.compile(r"--\d\d-\d\d")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


def key_facts(text: str) -> frozenset[FactKey]:
    """The facts of a release's first 3,000 characters that can tell events apart: numbers of one digit cannot."""
    return frozenset(
        (fact.kind, fact.value)
        for fact in extract_facts(text[:_MAX_CHARS])
        if fact.kind in _TITLE_KINDS and not (fact.kind == "number" and len(fact.value) < 2)
    )


def shared_facts(
    a: frozenset[FactKey], b: frozenset[FactKey], weigh: Callable[[FactKey], float]
) -> tuple[FactKey, ...]:
    """The facts that both state, the weightiest first, those of no weight left out."""
    both = sorted((-weigh(key), key) for key in a & b)
    return tuple(key for weight, key in both if weight < 0)


class LocalCounts:
    """In how many releases of the same months something is.

    Args:
        days_since: Day number of each release's publication; None where unknown: such a release belongs to all months.
    """

    def __init__(self, days_since: Sequence[int | None]) -> None:
        self._bucket = [None if day is None else day // BUCKET_DAYS for day in days_since]
        self._releases: Counter[int | None] = Counter(self._bucket)
        self._held: dict[int | None, Counter[object]] = {}

    def add(self, row: int, keys: Iterable[object]) -> None:
        """Counts what the release at ``row`` holds, each thing once."""
        self._held.setdefault(self._bucket[row], Counter()).update(keys)

    def rarity(self, row: int, key: object) -> float:
        """0 for what all releases of the month and its neighbors hold, 1 for what one of 3,000 does."""
        bucket = self._bucket[row]
        near = list(self._releases) if bucket is None else [None, bucket - 1, bucket, bucket + 1]
        total = sum(self._releases[b] for b in near)
        return rarity_of(total, sum(self._held[b][key] for b in near if b in self._held))


def rarity_of(total: int, held: int) -> float:
    """0 for what all ``total`` releases hold, 1 for what one of 3,000 does, by the logarithm of the share."""
    return min(1.0, max(0.0, math.log(max(total, _FEWEST) / max(held, 1)) / math.log(_COMMON)))


def rarities_of(total: int, held: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """:func:`rarity_of` of many counts."""
    shares = np.log(max(total, _FEWEST) / np.maximum(held, 1)) / math.log(_COMMON)
    bounded: npt.NDArray[np.float64] = np.clip(shares, 0.0, 1.0)
    return bounded


@dataclass(frozen=True, slots=True)
class Told:
    """What a release states.

    Attributes:
        dates: ISO days, months and years of its first 3,000 characters, both ends of a span.
        lead_dates: Those of its headline and first 500 characters.
        lead_times: Times of day there, ``09:30``.
        lead_places: Places there.
        places: Those of its first 3,000 characters.
        headline_places: Those of its headline.
        headline_figures: Numbers of its headline, as digits.
    """

    dates: frozenset[str]
    lead_dates: frozenset[str]
    lead_times: frozenset[str]
    lead_places: frozenset[str]
    places: frozenset[str] = frozenset()
    headline_places: frozenset[str] = frozenset()
    headline_figures: frozenset[str] = frozenset()


def tell(text: str, *, title: str, published: str | None = None) -> Told:
    """Reads the days, times, places and figures of a release that begins with its title.

    A day without a year is that of the year in which it is nearest to ``published``; without that it stays ``--08-13``.
    """
    plain = fold(normalize(text[:_MAX_CHARS]))
    headline = fold(normalize(title))
    end = len(title) + _LEAD_CHARS
    taken = bytearray(len(plain))
    dates = [(start, day) for start, _, value in find_dates(plain, taken) for day in _days(value, published)]
    times = find_times(plain, taken)
    places = find_places(plain)
    return Told(
        frozenset(day for _, day in dates),
        frozenset(day for start, day in dates if start < end),
        frozenset(value for start, _, value in times if start < end),
        frozenset(value for start, _, value in places if start < end),
        frozenset(value for _, _, value in places),
        frozenset(value for start, _, value in places if start < len(headline)),
        frozenset(match.group().replace(",", "") for match in _FIGURE.finditer(headline)),
    )


def _days(value: str, published: str | None) -> Iterator[str]:
    """A date, or both ends of a span."""
    for side in value.split("/"):
        yield _with_year(side, published) if _NO_YEAR.fullmatch(side) else side


def _with_year(day: str, published: str | None) -> str:
    try:
        issued = date.fromisoformat((published or "")[:10])
    except ValueError:
        return day
    months = (int(day[2:4]) - issued.month + 6) % 12 - 6  # from half a year before to half a year after
    return f"{issued.year + (issued.month - 1 + months) // 12}{day[1:]}"


def headline_words(title: str, pieces: WordPieces) -> frozenset[int]:
    """The ids of a headline's pieces of two characters or more; numbers of one or two digits are left out."""
    ids, _ = pieces.cut([title])
    return frozenset(
        number for number in ids.tolist() if len(piece := pieces.vocabulary[number][0]) > 1 and not _short(piece)
    )


def _short(piece: str) -> bool:
    return len(piece) < 3 and piece.isdigit()


def count_words(texts: Sequence[str], pieces: WordPieces, counts: LocalCounts) -> None:
    """Counts in ``counts`` the pieces that each text holds."""
    for first in range(0, len(texts), _CHUNK):
        ids, bounds = pieces.cut(texts[first : first + _CHUNK])
        for offset in range(len(bounds) - 1):
            held: npt.NDArray[np.int32] = np.unique(ids[bounds[offset] : bounds[offset + 1]])
            counts.add(first + offset, held.tolist())
