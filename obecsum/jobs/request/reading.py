"""The releases of feeds as the options on reading choose them, for commands that need no job on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from obecsum.core.errors import EmptyFeedError
from obecsum.core.release import Release
from obecsum.feeds.read import read_entries
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.limits import DEFAULT_MAX_RECORD_BYTES
from obecsum.feeds.records.record import Quarantined
from obecsum.feeds.sources import plan_sources
from obecsum.jobs.request.options import Options
from obecsum.jobs.request.since import is_since

__all__ = ["Reading"]


class Reading:
    """Reads feeds once, one release at a time.

    Args:
        feeds: Sources.
        options: Of them count format, encoding, limits on size, ``limit`` and ``since``.
        fields: Role to field name, where names cannot be guessed.
        text_if_unknown: Whether content that is nothing else is one text.

    Attributes:
        quarantined: Records that could not be used; complete when all is read.

    Raises:
        OptionError: An unknown role.
        InputError: A source is missing or of no known kind.
    """

    def __init__(
        self,
        feeds: Sequence[str],
        options: Options,
        *,
        fields: Mapping[str, str] | None = None,
        text_if_unknown: bool = False,
    ) -> None:
        self._options = options
        self._fields = FieldMap(fields)
        self._text_if_unknown = text_if_unknown
        self._sources = plan_sources(
            list(feeds),
            input_format=options.input_format,
            encoding=options.encoding,
            delimiter=options.delimiter,
            max_record_bytes=options.max_record_bytes or DEFAULT_MAX_RECORD_BYTES,
            max_expanded_bytes=options.max_expanded_bytes,
        )
        self._read = 0
        self.quarantined: list[Quarantined] = []

    @property
    def size_bytes(self) -> int:
        """Size of all sources on disk."""
        return sum(source.size_bytes for source in self._sources)

    def releases(self, on_bytes: Callable[[int], object] | None = None) -> Iterator[Release]:
        """Yield every release in the order of the feeds.

        Args:
            on_bytes: Called now and then with the bytes that were read so far.
        """
        before = 0
        for source in self._sources:

            def report(count: int, before: int = before) -> None:
                if on_bytes is not None:
                    on_bytes(before + count)

            for entry in read_entries(source, self._fields, text_if_unknown=self._text_if_unknown, on_bytes=report):
                if self._read == self._options.limit:
                    return
                if isinstance(entry, Quarantined):
                    self._read += 1
                    self.quarantined.append(entry)
                elif self._options.since is None or is_since(entry.release.published, self._options.since):
                    self._read += 1
                    yield entry.release
            before += source.size_bytes

    def check(self) -> None:
        """Raise EmptyFeedError if there were records and none could be used."""
        if self._read and self._read == len(self.quarantined):
            raise EmptyFeedError(f"none of the {self._read:,} records could be used")
