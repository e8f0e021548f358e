"""Opening a source: a file or standard input, compressed or not, told by its first bytes and not by its name."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, cast

from obecsum.errors import InputError

__all__ = ["COMPRESSED_SUFFIXES", "OpenSource", "open_source", "split_compression"]

COMPRESSED_SUFFIXES = (".xz", ".gz", ".bz2", ".zst")
_MAGIC = {b"\x1f\x8b": "gz", b"\xfd7zXZ\x00": "xz", b"BZh": "bz2", b"\x28\xb5\x2f\xfd": "zst"}
_LONGEST_MAGIC = max(map(len, _MAGIC))
_BUFFER_BYTES = 1 << 18


def split_compression(name: str) -> tuple[str, str | None]:
    """A file name without its compression suffix, and that suffix or None."""
    for suffix in COMPRESSED_SUFFIXES:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)], suffix
    return name, None


class OpenSource:
    """A source that is open for reading.

    Attributes:
        stream: Decompressed bytes, buffered, positioned at the start. Reading it raises :class:`InputError` where the
            compressed data is damaged or ends early.
    """

    def __init__(self, path: Path | None, name: str) -> None:
        """Open a file, or standard input for None; messages call it ``name``."""
        self._owned = path is not None
        try:
            self._raw: BinaryIO = path.open("rb") if path is not None else sys.stdin.buffer
        except OSError as error:
            raise InputError(f"{name} cannot be read: {error.strerror or error}") from error
        head = _read_head(self._raw)
        source: Any = _Joined(head, self._raw)
        kind = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
        if kind is not None:
            source = _Guarded(_decompressor(kind, io.BufferedReader(source, _BUFFER_BYTES), name), name, kind)
        self.stream = cast(BinaryIO, io.BufferedReader(source, _BUFFER_BYTES))

    def position(self) -> int:
        """Bytes read from the file so far, compressed ones where it is compressed; 0 where that cannot be told."""
        try:
            return self._raw.tell() if self._owned else 0
        except (OSError, ValueError):
            return 0

    def __enter__(self) -> OpenSource:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._owned:
            self._raw.close()


def open_source(path: Path | None, name: str) -> OpenSource:
    """Open a file, or standard input for None; see :class:`OpenSource`."""
    return OpenSource(path, name)


def _read_head(raw: BinaryIO) -> bytes:
    head = b""
    while len(head) < _LONGEST_MAGIC:  # a pipe may give less than was asked for
        more = raw.read(_LONGEST_MAGIC - len(head))
        if not more:
            break
        head += more
    return head


class _Joined(io.RawIOBase):
    """The head that was looked at, then the rest."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            count = min(len(buffer), len(self._head))
            buffer[:count] = self._head[:count]
            self._head = self._head[count:]
            return count
        if hasattr(self._rest, "readinto1"):
            return int(self._rest.readinto1(buffer))
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _Guarded(io.RawIOBase):
    """A decompressor whose complaints say which file is damaged."""

    def __init__(self, source: Any, name: str, kind: str) -> None:
        self._source = source
        self._name = name
        self._kind = kind
        self._done_bytes = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._source.read(len(buffer))
        except EOFError as error:
            raise self._damaged("ends early") from error
        except (OSError, lzma.LZMAError, zlib.error, ValueError) as error:
            raise self._damaged(f"is damaged ({error})") from error
        buffer[: len(data)] = data
        self._done_bytes += len(data)
        return len(data)

    def _damaged(self, what: str) -> InputError:
        return InputError(
            f"{self._name}: the {self._kind} data {what} after {self._done_bytes:,} decompressed bytes; "
            "get the file again, or decompress what can be saved and feed that"
        )


class _ZstdReader:
    """Decompresses zstandard frames one after the other; unlike zstandard's own reader it notices a missing end."""

    def __init__(self, source: BinaryIO, new_frame: Callable[[], Any]) -> None:
        self._source = source
        self._new_frame = new_frame
        self._frame: Any = None
        self._ready = b""
        self._input = b""

    def read(self, size: int) -> bytes:
        while not self._ready:
            if not self._input:
                self._input = self._source.read(1 << 16)
                if not self._input:
                    if self._frame is not None:
                        raise EOFError("the last zstandard frame is not complete")
                    return b""
            if self._frame is None:
                self._frame = self._new_frame()
            self._ready = self._frame.decompress(self._input)
            self._input = b""
            if self._frame.eof:
                self._input = self._frame.unused_data
                self._frame = None
        data, self._ready = self._ready[:size], self._ready[size:]
        return data


def _decompressor(kind: str, source: Any, name: str) -> Any:
    if kind == "gz":
        return gzip.GzipFile(fileobj=source)
    if kind == "xz":
        return lzma.LZMAFile(source)
    if kind == "bz2":
        return bz2.BZ2File(source)
    return _ZstdReader(source, _zstd_frames(name))


def _zstd_frames(name: str) -> Callable[[], Any]:
    """How to begin a frame: with Python's own module (3.14), else with the zstandard package."""
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        pass
    else:
        return cast(Callable[[], Any], zstd.ZstdDecompressor)
    try:
        import zstandard
    except ImportError as error:
        raise InputError(f"{name} is compressed with zstandard; run `pip install zstandard` to read it") from error

    class Frame:
        """zstandard's own error class, made one that the caller knows."""

        def __init__(self) -> None:
            self._frame = zstandard.ZstdDecompressor().decompressobj()

        def decompress(self, data: bytes) -> bytes:
            try:
                return self._frame.decompress(data)
            except zstandard.ZstdError as error:
                raise OSError(str(error)) from error

        @property
        def eof(self) -> bool:
            return bool(self._frame.eof)

        @property
        def unused_data(self) -> bytes:
            return self._frame.unused_data

    return Frame
