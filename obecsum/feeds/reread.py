"""Reading a record of a plain file again by its place, for jobs that go over a feed twice."""

from __future__ import annotations

from types import TracebackType

from obecsum.core.errors import InputError
from obecsum.core.release import Release
from obecsum.feeds.formats.jsonl import json_entry
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.record import Quarantined
from obecsum.feeds.sources import Source

__all__ = ["Again"]


class Again:
    """Gives releases of a plain file of JSON values again, in any order.

    Args:
        source: The source that was read; a file.
        fields: Which field is what; as it was read with.

    Raises:
        InputError: It cannot be opened.
    """

    def __init__(self, source: Source, fields: FieldMap) -> None:
        self._source = source
        self._fields = fields
        if source.path is None:
            raise InputError(f"{source.name} cannot be read twice; only records with a length can")
        try:
            self._file = source.path.open("rb", buffering=0)
        except OSError as error:
            raise InputError(f"{source.name} cannot be read again: {error.strerror or error}") from error

    def release(self, byte_offset: int, length: int, line: int) -> Release:
        """The release of a record.

        Args:
            byte_offset: As the :class:`~obecsum.feeds.records.record.Record` has it.
            length: As it has it.
            line: As it has it; the id of a release without one is made of it.

        Raises:
            InputError: The file has other bytes there than it had.
        """
        try:
            self._file.seek(byte_offset)
            raw = self._file.read(length)
        except OSError as error:
            raise InputError(f"{self._source.name} cannot be read again: {error.strerror or error}") from error
        found = f"{len(raw):,} of its {length:,} bytes are there"
        if len(raw) == length:
            entry = json_entry(
                raw,
                source=self._source.name,
                line=line,
                byte_offset=byte_offset,
                fields=self._fields,
                encoding=self._source.encoding,
            )
            if not isinstance(entry, Quarantined):
                return entry.release
            found = entry.reason
        raise InputError(
            f"{self._source.name} was changed while it was read: line {line} is no longer at byte {byte_offset:,} "
            f"({found}); run the job again when nothing writes to it"
        )

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> Again:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
