"""``obecsum summarize``: releases of a feed and their summaries, one batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from obecsum.cleaning import clean_release
from obecsum.dedup.boilerplate import Boilerplate
from obecsum.errors import EmptyFeedError
from obecsum.feeds.fields import FieldMap
from obecsum.feeds.limits import DEFAULT_MAX_RECORD_BYTES
from obecsum.feeds.read import plan_sources, read_entries
from obecsum.feeds.record import Quarantined
from obecsum.options import Options
from obecsum.release import Release
from obecsum.since import is_since
from obecsum.summaries.summarizer import Summarizer, Summary

__all__ = ["SummaryRun"]


class SummaryRun:
    """Summarizes a feed, or one text, after cutting what a release alone shows to be furniture or a repeat.

    Args:
        feed: A source; standard input that is neither JSON nor a table is one text.
        options: Of them count those on reading and on summaries.
        fields: Role to field name, where names cannot be guessed.

    Attributes:
        quarantined: Records that could not be used; complete after :meth:`results`.
    """

    def __init__(self, feed: str, options: Options, *, fields: Mapping[str, str] | None = None) -> None:
        self._options = options
        self._fields = FieldMap(fields)
        self._sources = plan_sources(
            feed,
            input_format=options.input_format,
            encoding=options.encoding,
            max_record_bytes=options.max_record_bytes or DEFAULT_MAX_RECORD_BYTES,
            max_expanded_bytes=options.max_expanded_bytes,
        )
        self._summarizer = Summarizer(options.model)
        self._boilerplate = Boilerplate.fixed()
        self._read = 0
        self.quarantined: list[Quarantined] = []

    def results(self) -> Iterator[tuple[Release, list[Summary]]]:
        """Yield every release with its summaries, in the order of the feed."""
        releases = self._releases()
        while batch := list(islice(releases, self._options.batch_size)):
            texts = [clean_release(release, self._boilerplate).text for release in batch]
            columns = [
                self._summarizer.summarize(texts, kind=kind, batch_size=self._options.batch_size)
                for kind in self._options.kinds
            ]
            for release, *summaries in zip(batch, *columns, strict=True):
                yield release, summaries

    def check(self) -> None:
        """Raise EmptyFeedError if there were records and none could be used."""
        if self._read and self._read == len(self.quarantined):
            raise EmptyFeedError(f"none of the {self._read:,} records could be used")

    def _releases(self) -> Iterator[Release]:
        since = self._options.since
        for source in self._sources:
            for entry in read_entries(source, self._fields, text_if_unknown=True):
                if self._read == self._options.limit:
                    return
                if isinstance(entry, Quarantined):
                    self._read += 1
                    self.quarantined.append(entry)
                elif since is None or is_since(entry.release.published, since):
                    self._read += 1
                    yield entry.release
