"""The releases of a job by their row in the feed, read again when they are asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from obecsum.cleaning.clean_text import Cleaned, Cut
from obecsum.cleaning.page_fields import Lifted, PageFields
from obecsum.core.release import Release
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.reread import Again
from obecsum.feeds.sources import Source
from obecsum.jobs.state.store import Store, packed, unpacked

__all__ = ["Texts", "packed_cleaned", "packed_release"]

_BATCH_BYTES = 8 << 20
_KEEP_BYTES = 16 << 20  # of records, as they are in the feed


def packed_release(release: Release) -> bytes:
    """A release for the store: of a source that cannot be read by offset."""
    extra = dict(release.extra)
    return packed([release.id, release.text, release.title, release.published, release.url, release.source, extra])


def packed_cleaned(cleaned: Cleaned) -> bytes:
    """A cleaned text for the store; the passages that were cut are in the release's text."""
    cuts = [[cut.kind, cut.start, cut.end] for cut in cleaned.cuts]
    return packed([cleaned.text, cuts, cleaned.edits, cleaned.frequent])


class Texts:
    """Releases and their cleaned texts; the last ones asked for are held.

    Args:
        store: Of the job.
        sources: What was read.
        fields: How.
    """

    def __init__(self, store: Store, sources: Sequence[Source], fields: FieldMap) -> None:
        self._store = store
        self._sources = sources
        self._fields = fields
        self._files: dict[int, Again] = {}
        self._releases: OrderedDict[int, tuple[Lifted, int]] = OrderedDict()
        self._cleaned: OrderedDict[int, tuple[Cleaned, int]] = OrderedDict()
        self._held = [0, 0]
        self._pages: list[PageFields] | None = None

    def release(self, row: int) -> Release:
        """The release at a row, with the fields that its page had; under its unique id if it was given one."""
        return self.lifted(row).release

    def lifted(self, row: int) -> Lifted:
        """The release at a row, and where its text has the fields that it was given."""
        if self._pages is None:
            self._pages = [PageFields.from_json(found) for found in self._store.state("pages") or []]
        if row not in self._releases:
            source, offset, length, line, spooled, renamed = self._store.row(
                "SELECT source, byte_offset, length, line, spooled, renamed.id FROM records "
                "LEFT JOIN renamed USING (place) WHERE records.place = ?",
                row,
            )
            if spooled is not None:
                release = Release(*unpacked(spooled))
            else:
                if source not in self._files:
                    self._files[source] = Again(self._sources[source], self._fields)
                release = self._files[source].release(offset, length, line)
            release = release if renamed is None else replace(release, id=renamed)
            lifted = self._pages[source].lift(release) if source < len(self._pages) else Lifted(release)
            self._releases[row] = lifted, length or 4 * len(spooled)
            self._held[0] += self._releases[row][1]
            while self._held[0] > _KEEP_BYTES and len(self._releases) > 1:
                self._held[0] -= self._releases.popitem(last=False)[1][1]
        return self._releases[row][0]

    def cleaned(self, row: int) -> Cleaned:
        """The cleaned text at a row."""
        if row not in self._cleaned:
            data = self._store.one("SELECT row FROM cleaned WHERE place = ?", row)
            original = self.release(row).text
            if data is None:
                cleaned = Cleaned(original, [], [])
            else:
                text, cuts, edits, frequent = unpacked(data)
                cleaned = Cleaned(
                    text,
                    [Cut(kind, start, end, original[start:end]) for kind, start, end in cuts],
                    [(start, before, after) for start, before, after in edits],
                    [(start, end) for start, end in frequent],
                )
            self._cleaned[row] = cleaned, 3 * len(original)
            self._held[1] += self._cleaned[row][1]
            while self._held[1] > _KEEP_BYTES and len(self._cleaned) > 1:
                self._held[1] -= self._cleaned.popitem(last=False)[1][1]
        return self._cleaned[row][0]

    def batches(self, rows: Iterable[int], *, most: int) -> Iterator[list[int]]:
        """Rows in order, so many at a time that their records fit into memory.

        Args:
            rows: Of releases.
            most: At most so many in a batch.
        """
        query = "SELECT COALESCE(length, 4 * LENGTH(spooled)) FROM records WHERE place = ?"
        batch: list[int] = []
        size = 0
        for row in rows:
            batch.append(row)
            size += self._store.one(query, row)
            if len(batch) == most or size >= _BATCH_BYTES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def compared(self, row: int) -> str:
        """What is compared of the release at a row: its title and its cleaned text."""
        return replace(self.release(row), text=self.cleaned(row).text).full_text

    def distinct(self, row: int) -> str:
        """The same without what the feed repeats, which stays in the text but makes no two releases alike."""
        return replace(self.release(row), text=self.cleaned(row).distinct).full_text

    def name(self, row: int) -> str:
        """What to call the release at a row: its title, or its first line after cleaning."""
        release = self.release(row)
        return release.title or self.cleaned(row).text.strip().partition("\n")[0] or release.id

    def forget(self) -> None:
        """Hold nothing: releases were given other ids."""
        self._releases.clear()
        self._cleaned.clear()
        self._held = [0, 0]

    def close(self) -> None:
        """Close what is open."""
        for file in self._files.values():
            file.close()
        self._files.clear()
