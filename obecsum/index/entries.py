"""What an index keeps of a release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.clean_text import clean_release, without
from obecsum.core.release import Release
from obecsum.dedup.verify import text_key
from obecsum.index.store import NUM_PERM, SEED, pack_text, unpack_text
from obecsum.minhash.signatures import Sketches, sketches_of
from obecsum.text.normalize import normalize

__all__ = ["IndexEntry", "Stored", "compared_texts", "entry_of", "entry_sketches", "learned_from", "read_entry"]

_KEY_BYTES = (0, 16)  # none: of an empty text


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A release as an index has it.

    Attributes:
        id: As it came.
        unique_id: What it was kept under: its id, or with ``#2`` where another one had that.
        published: ISO 8601, or None.
        title: The headline, or None.
        text: Normalized, without fixed boilerplate.
        key: :func:`~obecsum.dedup.verify.text_key` of the whole release as it was read.
        series: The series of updates that it belongs to, or None.
    """

    id: str
    unique_id: str
    published: str | None
    title: str | None
    text: str
    key: bytes
    series: str | None = None

    @property
    def release(self) -> Release:
        """As a release under its unique id."""
        return Release(self.unique_id, self.text, self.title, self.published)

    @property
    def stored(self) -> Stored:
        """As it is written, the text compressed."""
        data = pack_text(self.title, self.text)
        return Stored(self.id, self.unique_id, self.published, self.key, data, self.series)


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as the file has it, its sketch apart.

    Attributes:
        id: As it came.
        unique_id: What it was kept under: its id, or with ``#2`` where another one had that.
        published: ISO 8601, or None.
        key: :func:`~obecsum.dedup.verify.text_key` of the whole release as it was read.
        data: :func:`~obecsum.index.store.pack_text` of title and text.
        series: The series of updates that it belongs to, or None.
    """

    id: str
    unique_id: str
    published: str | None
    key: bytes
    data: bytes
    series: str | None = None


def read_entry(row: Sequence[Any]) -> IndexEntry:
    """The entry of a row: id, unique id, published, key, series, packed text.

    Raises:
        TypeError, ValueError, zlib.error: It is not as one is written.
    """
    release_id, unique_id, published, key, series, data = row
    for value, kinds in ((release_id, (str,)), (key, (bytes,)), (data, (bytes,))):
        if not isinstance(value, kinds):
            raise TypeError(f"a row has {type(value).__name__} where it must have {kinds[0].__name__}")
    for value in (unique_id, published, series):
        if not isinstance(value, str | None):
            raise TypeError(f"a row has {type(value).__name__} where it must have a text")
    title, text = unpack_text(data)
    if not (isinstance(text, str) and isinstance(title, str | None)) or len(key) not in _KEY_BYTES:
        raise ValueError("a row holds no text, or no key of one")
    return IndexEntry(release_id, unique_id or release_id, published, title, text, key, series)


def entry_of(release: Release, *, unique_id: str | None = None, series: str | None = None) -> IndexEntry:
    """The entry that a release makes.

    Args:
        release: As it was read.
        unique_id: What it was kept under; None: its id.
        series: The series that it belongs to.
    """
    spans = Boilerplate.fixed().find(release.text, title=release.title)
    text = normalize(without(release.text, spans))
    key = text_key(release.full_text)
    return IndexEntry(release.id, unique_id or release.id, release.published, release.title, text, key, series)


def entry_sketches(entries: Sequence[IndexEntry]) -> Sketches:
    """What entries are found by."""
    return sketches_of([entry.release.full_text for entry in entries], num_perm=NUM_PERM, seed=SEED)


def learned_from(first: Boilerplate, second: Boilerplate) -> Boilerplate:
    """What either of two feeds repeats."""
    return Boilerplate(
        max(first.documents, second.documents),
        _larger(dict(first.lines), dict(second.lines)),
        _larger(dict(first.prefixes), dict(second.prefixes)),
        first.has_page_dates or second.has_page_dates,
    )


def _larger(first: dict[str, int], second: dict[str, int]) -> dict[str, int]:
    return {key: max(first.get(key, 0), second.get(key, 0)) for key in sorted({*first, *second})}


def compared_texts(entry: IndexEntry, boilerplate: Boilerplate) -> tuple[str, str]:
    """What is compared of an entry: without boilerplate and what it holds twice; and that without what feeds repeat."""
    release = entry.release
    cleaned = clean_release(release, boilerplate)
    compared = replace(release, text=cleaned.text).full_text
    return compared, replace(release, text=cleaned.distinct).full_text if cleaned.frequent else compared
