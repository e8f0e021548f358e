"""Opening a source: a file or standard input, compressed or not, in UTF-16 or not."""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from obecsum.core.errors import InputError
from obecsum.feeds.records.compress import Decompressed, compression_of
from obecsum.feeds.records.encoding import Utf16Stream, detect_utf16
from obecsum.feeds.records.limits import KEPT_BYTES, Limits
from obecsum.feeds.records.record import Quarantined, too_long

__all__ = ["PEEK_BYTES", "OpenSource", "open_source", "read_whole", "standard_input"]

PEEK_BYTES = 1 << 16
_BUFFER_BYTES = 1 << 19


class OpenSource:
    """A source that is open for reading.

    Attributes:
        path: The file, or None for standard input.
        stream: Decompressed bytes, positioned at the start; UTF-16 is UTF-8 here. Reading it raises :class:`InputError`
            where the data is damaged, ends early or expands too far.
        head: The first bytes of ``stream``, 64 KiB or all, which are read again from it.
        plain: Whether the bytes are those of the file, so that offsets into them are offsets into it.
        utf16: The stream that makes UTF-8 of UTF-16, or None.
    """

    def __init__(
        self, path: Path | None, name: str, *, limits: Limits | None = None, encoding: str | None = None
    ) -> None:
        """Open a file, or standard input for None; messages call it ``name``."""
        self.path = path
        self._owned = path is not None
        try:
            self._raw: Any = path.open("rb", buffering=0) if path is not None else standard_input()
            regular = path is not None and stat.S_ISREG(path.stat().st_mode)
        except (OSError, ValueError) as error:
            raise InputError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}") from error
        self.plain = regular
        self.utf16: Utf16Stream | None = None
        stream = io.BufferedReader(_Guarded(self._raw, name, fill=not regular), _BUFFER_BYTES)
        kind = compression_of(stream.peek(1))
        if kind is not None:
            self.plain = False
            source = Decompressed(stream, kind, name=name, limits=limits or Limits())
            stream = io.BufferedReader(_Guarded(source, name, fill=True), _BUFFER_BYTES)
        utf16 = encoding if encoding in ("utf-16-le", "utf-16-be") else None
        if utf16 is None and encoding in (None, "utf-16"):
            utf16 = detect_utf16(stream.peek(1)[:PEEK_BYTES], name=name)
            if encoding == "utf-16":
                utf16 = utf16 or ("utf-16-be" if stream.peek(1).startswith(b"\xfe\xff") else "utf-16-le")
        if utf16 is not None:
            self.plain = False
            self.utf16 = Utf16Stream(stream, utf16)
            stream = io.BufferedReader(_Guarded(self.utf16, name, fill=True), _BUFFER_BYTES)
        self.stream: BinaryIO = stream
        self.head: bytes = stream.peek(1)[:PEEK_BYTES]

    def position(self) -> int:
        """Bytes read from the file so far, compressed ones where it is compressed; 0 where that cannot be told."""
        try:
            return int(self._raw.tell()) if self._owned else 0
        except (OSError, ValueError):
            return 0

    def __enter__(self) -> OpenSource:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._owned:
            self._raw.close()


def open_source(
    path: Path | None, name: str, *, limits: Limits | None = None, encoding: str | None = None
) -> OpenSource:
    """Open a file, or standard input for None; see :class:`OpenSource`.

    Args:
        path: The file, or None.
        name: What messages call it.
        limits: How far compressed data may expand.
        encoding: As :func:`obecsum.feeds.records.encoding.chosen_encoding` gives it.

    Raises:
        InputError: It cannot be read.
    """
    return OpenSource(path, name, limits=limits, encoding=encoding)


def standard_input() -> BinaryIO:
    """The bytes of standard input.

    Raises:
        InputError: It is closed.
    """
    if sys.stdin is None or sys.stdin.closed:
        raise InputError("standard input is closed, and - reads from it; pipe a feed into the command, or name a file")
    return sys.stdin.buffer


def read_whole(stream: BinaryIO, *, source: str, limits: Limits) -> bytes | Quarantined:
    """All of a file that is one record, or its quarantine entry if it is longer than a record may be.

    Args:
        stream: Decompressed bytes.
        source: Name of the file.
        limits: How long a record may be.
    """
    raw = stream.read(limits.max_record_bytes + 1)
    if len(raw) <= limits.max_record_bytes:
        return raw
    length, head = len(raw), raw[:KEPT_BYTES]
    del raw
    while more := stream.read(_BUFFER_BYTES):
        length += len(more)
    return too_long(source, 1, 0, head, length, limit=limits.max_record_bytes)


class _Guarded(io.RawIOBase):
    """A source whose complaints name it, and which is first asked until there is enough to tell what it is.

    Args:
        source: What is read: a file, standard input, a decompressor.
        name: What messages call it.
        fill: Whether it may give less than it is asked for, as a pipe does.
    """

    def __init__(self, source: Any, name: str, *, fill: bool) -> None:
        self._source = source
        self._name = name
        self._fill = fill

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = self._once(buffer)
        if self._fill:
            self._fill = False
            view = memoryview(buffer)
            while 0 < count < min(PEEK_BYTES, len(buffer)) and (more := self._once(view[count:])):
                count += more
        return count

    def _once(self, buffer: Any) -> int:
        try:
            # A buffered reader would wait until the buffer is full.
            read = getattr(self._source, "readinto1", None) or self._source.readinto
            return int(read(buffer) or 0)
        except OSError as error:
            raise InputError(f"{self._name} cannot be read: {error.strerror or error}") from error
