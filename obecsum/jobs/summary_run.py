"""``obecsum summarize``: releases of a feed and their summaries, one batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.cleaning.clean_text import clean_release
from obecsum.core.release import Release
from obecsum.feeds.records.record import Quarantined
from obecsum.jobs.request.options import Options
from obecsum.jobs.request.reading import Reading
from obecsum.summaries.summarizer import Summarizer, Summary

__all__ = ["SummaryRun"]


class SummaryRun:
    """Summarizes a feed, or one text, after cutting what a release alone shows to be furniture or a repeat.

    Args:
        feed: A source; standard input that is neither JSON nor a table is one text.
        options: Of them count those on reading and on summaries.
        fields: Role to field name, where names cannot be guessed.
    """

    def __init__(self, feed: str, options: Options, *, fields: Mapping[str, str] | None = None) -> None:
        self._options = options
        self._reading = Reading([feed], options, fields=fields, text_if_unknown=True)
        self._summarizer = Summarizer(options.model, runtime=options.runtime, threads=options.threads)
        self._boilerplate = Boilerplate.fixed()

    @property
    def quarantined(self) -> list[Quarantined]:
        """Records that could not be used; complete after :meth:`results`."""
        return self._reading.quarantined

    def results(self) -> Iterator[tuple[Release, list[Summary]]]:
        """Yield every release with its summaries, in the order of the feed."""
        releases = self._reading.releases()
        while batch := list(islice(releases, self._options.batch_size)):
            texts = [clean_release(release, self._boilerplate).text for release in batch]
            columns = [
                self._summarizer.summarize(
                    texts,
                    kind=kind,
                    length=self._options.length,
                    max_chars=self._options.max_chars,
                    batch_size=self._options.batch_size,
                )
                for kind in self._options.kinds
            ]
            for release, *summaries in zip(batch, *columns, strict=True):
                yield release, summaries

    def check(self) -> None:
        """Raise EmptyFeedError if there were records and none could be used."""
        self._reading.check()
