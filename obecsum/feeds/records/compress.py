"""Decompressing, told by the first bytes and not by the name: gzip, xz, bzip2 and zstandard, of one part or of many.

Every decompressor gives no more than it is asked for, so a bomb costs neither memory nor, past the limit, time. An end
that is missing and bytes that do not belong to the data are errors: what is silently left out is lost.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from obecsum.core.errors import InputError
from obecsum.feeds.records.limits import Limits

__all__ = ["COMPRESSED_SUFFIXES", "Decompressed", "compression_of", "split_compression"]

COMPRESSED_SUFFIXES = (".xz", ".gz", ".bz2", ".zst")
_MAGIC = {"gz": b"\x1f\x8b", "xz": b"\xfd7zXZ\x00", "bz2": b"BZh", "zst": b"\x28\xb5\x2f\xfd"}
_PADDED = ("gz", "xz")  # zeros may follow a part: tapes and disks fill their blocks
_READ_BYTES = 1 << 16
_MAX_XZ_MEMORY_BYTES = 1 << 29  # xz -9 needs 65 MB to decompress; a header can ask for 4 GB
_MAX_ZSTD_WINDOW_LOG = 27  # 128 MB, the limit of the zstd command
_ZSTD_SLICE_BYTES = 1 << 10  # four bytes can become 128 kB, and zstandard gives all of a call's output at once


def split_compression(name: str) -> tuple[str, str | None]:
    """A file name without its compression suffix, and that suffix or None."""
    for suffix in COMPRESSED_SUFFIXES:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)], suffix
    return name, None


def compression_of(head: bytes) -> str | None:
    """How bytes are compressed: "gz", "xz", "bz2" or "zst"; None where they are not."""
    return next((kind for kind, magic in _MAGIC.items() if head.startswith(magic)), None)


class Decompressed(io.RawIOBase):
    """A compressed source as its decompressed bytes.

    Reading raises :class:`InputError` where the data is damaged, ends early, is followed by something else, or expands
    further than the limits allow.

    Args:
        source: Compressed bytes.
        kind: As :func:`compression_of` told.
        name: What messages call the source.
        limits: How far it may expand.
    """

    def __init__(self, source: BinaryIO, kind: str, *, name: str, limits: Limits) -> None:
        self._source = source
        self._kind = kind
        self._name = name
        self._limits = limits
        self._new_part = _PARTS[kind](name)
        self._part: Any = None
        self._input = b""
        self._ended = False
        self._compressed_bytes = 0
        self._expanded_bytes = 0

    def readable(self) -> bool:
        """See io.RawIOBase."""
        return True

    def readinto(self, buffer: Any) -> int:
        """See io.RawIOBase."""
        try:
            data = self._read(len(buffer))
        except (OSError, lzma.LZMAError, zlib.error, ValueError, EOFError) as error:
            raise self._error(f"is damaged ({error})") from error
        except MemoryError as error:  # zlib and lzma ask for what a header names
            raise self._error("asks for more memory than there is") from error
        buffer[: len(data)] = data
        return len(data)

    def _read(self, size: int) -> bytes:
        while True:
            if self._part is None and not self._next_part():
                return b""
            if not self._input and self._part.hungry and not self._more():
                raise self._error("ends early")
            data = self._part.decompress(self._input, size)
            self._input = self._part.rest
            if self._part.eof:
                self._part = None
            if data:
                self._expanded_bytes += len(data)
                if why := self._limits.expanded_too_far(self._compressed_bytes, self._expanded_bytes):
                    raise InputError(
                        f"{self._name}: the {self._kind} data {why}; if it is a feed that you trust, allow more with "
                        "--max-expanded-gb (max_expanded_bytes)"
                    )
                return cast(bytes, data)

    def _next_part(self) -> bool:
        """Begin the next part; False where there is none."""
        magic = _MAGIC[self._kind]
        if self._kind in _PADDED and self._compressed_bytes:
            self._input = self._input.lstrip(b"\0")
            while not self._input and self._more():
                self._input = self._input.lstrip(b"\0")
        while len(self._input) < len(magic) and self._more(keep=True):
            pass
        if not self._input:
            return False
        if not self._input.startswith(magic):
            raise self._error("is followed by bytes that do not belong to it")
        self._part = self._new_part()
        return True

    def _more(self, *, keep: bool = False) -> bool:
        data = self._source.read(_READ_BYTES)
        self._compressed_bytes += len(data)
        self._input = self._input + data if keep else data
        return bool(data)

    def _error(self, what: str) -> InputError:
        return InputError(
            f"{self._name}: the {self._kind} data {what} after {self._expanded_bytes:,} decompressed bytes; "
            "get the file again, or decompress what can be saved and feed that"
        )


class _Zlib:
    """A part of a gzip file; the checksum at its end is checked."""

    def __init__(self) -> None:
        self._frame = zlib.decompressobj(wbits=31)
        self.rest = b""
        self.hungry = True
        self.eof = False

    def decompress(self, data: bytes, size: int) -> bytes:
        found = self._frame.decompress(data, size)
        self.eof = self._frame.eof
        self.rest = self._frame.unused_data if self.eof else self._frame.unconsumed_tail
        self.hungry = len(found) < size
        return found


class _Stream:
    """A part of an xz or bzip2 file, or with Python 3.14 of a zstandard one: they share an interface."""

    def __init__(self, frame: Any) -> None:
        self._frame = frame
        self.rest = b""
        self.hungry = True
        self.eof = False

    def decompress(self, data: bytes, size: int) -> bytes:
        found: bytes = self._frame.decompress(data, size)
        self.eof = self._frame.eof
        self.rest = self._frame.unused_data if self.eof else b""
        self.hungry = not self.eof and self._frame.needs_input
        return found


class _Zstandard:
    """A zstandard frame with the package of that name, which cannot be told how much to give: it is fed in slices."""

    def __init__(self, frame: Any, error: type[Exception]) -> None:
        self._frame = frame
        self._error = error
        self._ready = b""
        self._frame_ended = False
        self.rest = b""

    @property
    def hungry(self) -> bool:
        return not self._ready and not self._frame_ended

    @property
    def eof(self) -> bool:
        return self._frame_ended and not self._ready

    def decompress(self, data: bytes, size: int) -> bytes:
        self.rest = data
        at = 0
        while not self._ready and not self._frame_ended and at < len(data):
            piece = data[at : at + _ZSTD_SLICE_BYTES]
            at += len(piece)
            try:
                self._ready = self._frame.decompress(piece)
            except self._error as error:
                raise OSError(str(error)) from error
            if self._frame.eof:
                self._frame_ended = True
                at -= len(self._frame.unused_data)
        self.rest = data[at:]
        found, self._ready = self._ready[:size], self._ready[size:]
        return found


def _zstd_parts(name: str) -> Callable[[], Any]:
    """How to begin a frame: with Python's own module (3.14), else with the zstandard package."""
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        pass
    else:
        options = {zstd.DecompressionParameter.window_log_max: _MAX_ZSTD_WINDOW_LOG}
        return lambda: _Stream(zstd.ZstdDecompressor(options=options))
    try:
        import zstandard
    except ImportError as error:
        raise InputError(f"{name} is compressed with zstandard; run `pip install obecsum[zstd]` to read it") from error
    window_bytes = 1 << _MAX_ZSTD_WINDOW_LOG
    return lambda: _Zstandard(
        zstandard.ZstdDecompressor(max_window_size=window_bytes).decompressobj(), zstandard.ZstdError
    )


_PARTS: dict[str, Callable[[str], Callable[[], Any]]] = {
    "gz": lambda _: _Zlib,
    "xz": lambda _: lambda: _Stream(lzma.LZMADecompressor(memlimit=_MAX_XZ_MEMORY_BYTES)),
    "bz2": lambda _: lambda: _Stream(bz2.BZ2Decompressor()),
    "zst": _zstd_parts,
}
