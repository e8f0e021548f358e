"""JSON arrays, and objects one after the other, read by element: an array may be larger than memory."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

import orjson

from obecsum.feeds.formats.jsonl import json_entry
from obecsum.feeds.records.encoding import THAI
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.limits import DEFAULT_MAX_RECORD_BYTES, KEPT_BYTES
from obecsum.feeds.records.record import Quarantined, ReadEntries, too_long

__all__ = ["has_envelope", "read_json"]

_BOM = b"\xef\xbb\xbf"
_CHUNK_BYTES = 1 << 18
# A whole string, or one character that opens, closes or separates. Possessive: no backtracking over megabytes.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["\[\]{},]', re.DOTALL)
_TOKEN_START = re.compile(rb'["\[\]{},]')
_STRING_TOKEN = re.compile(rb'\\.|\\|"', re.DOTALL)
_MAX_BRACES = 4
_MOST_BYTES_AT_ONCE = 1 << 23
_CLOSERS = {b"{": b"}", b"[": b"]"}
_SPACE = re.compile(rb"[ \t\r\n]*+")
_HEAD_BYTES = 1 << 16
_ENVELOPES = frozenset(("items", "entries", "posts", "articles", "news", "releases", "records", "results", "data"))


def read_json(
    stream: BinaryIO,
    *,
    source: str,
    fields: FieldMap,
    encoding: str | None = None,
    max_record_bytes: int = DEFAULT_MAX_RECORD_BYTES,
) -> ReadEntries:
    """Yield one entry an element of the array, or one a value where values follow each other without one.

    Args:
        stream: Decompressed bytes.
        source: Name of the source, for ids and messages. The line of an element is the one on which it begins.
        fields: Which field is what.
        encoding: "utf-8", "cp874", or None where each element's bytes decide.
        max_record_bytes: Longer elements are quarantined unread.
    """
    scanner = _Scanner(stream, max_record_bytes)
    envelope = scanner.envelope(fields)
    if envelope is not None:
        scanner.drop(envelope)
    in_array = scanner.skip_space() == b"["
    if in_array:
        scanner.drop(1)
    first = True
    while (byte := scanner.skip_space()) is not None:
        if in_array and byte == b"]":
            scanner.drop(1)
            in_array = False
            if envelope is not None and scanner.ends_envelope():
                return
            if scanner.skip_space() is not None:
                yield scanner.rest(source, "no JSON: something follows the end of the array")
            return
        if in_array and not first:
            if byte not in (b",", b"{"):  # before an object a missing comma does no harm
                yield scanner.rest(source, "no JSON: neither a comma nor the end of the array follows an element")
                return
            while scanner.skip_space() == b",":
                scanner.drop(1)
            byte = scanner.skip_space()
            if byte in (b"]", None):
                continue  # a comma after the last element: harmless
        first = False
        line, offset = scanner.line, scanner.offset
        parsed = scanner.object() if byte == b"{" and encoding != THAI else None
        if parsed is not None:
            body, value = parsed
            if len(body) <= max_record_bytes:
                yield json_entry(body, source=source, line=line, byte_offset=offset, fields=fields, value=value)
            else:
                yield too_long(source, line, offset, body, len(body), limit=max_record_bytes)
            continue
        try:
            raw = scanner.value()
        except _TooLongError:
            head = scanner.head()
            ended = scanner.skip_value()
            length = scanner.offset - offset
            if length > max_record_bytes:
                yield too_long(source, line, offset, head[:length], length, limit=max_record_bytes)
            else:  # it only seemed so: a quote in it is not closed
                reason = "no JSON: a string that begins here does not end"
                yield Quarantined(source, line, offset, reason, head[:length], length if length > len(head) else None)
            if not ended:
                return
            continue
        if raw is None:
            yield scanner.rest(source, "no JSON: the element that begins here does not end")
            return
        if len(raw) > max_record_bytes:
            yield too_long(source, line, offset, raw, len(raw), limit=max_record_bytes)
            continue
        yield json_entry(raw, source=source, line=line, byte_offset=offset, fields=fields, encoding=encoding)
    if in_array:
        yield Quarantined(source, scanner.line, scanner.offset, "no JSON: the array is not closed", b"")


def has_envelope(head: bytes, fields: FieldMap) -> bool:
    """Whether bytes begin an object around the records, as JSON Feed has ``{"version": ..., "items": [...]}``."""
    return _envelope(head.removeprefix(_BOM), fields) is not None


def _envelope(head: bytes, fields: FieldMap) -> int | None:
    """Where the array of the records begins that an object holds; None where the object is a record, or none.

    An object is one around others if an array of objects stands under a name such as "items" and no field of its own
    could be a text.
    """
    at = _skip(head, 0)
    if head[at : at + 1] != b"{":
        return None
    names: list[str] = []
    found = None
    depth = 1
    at += 1
    while found is None:
        match = _TOKEN.search(head, at)
        if match is None or match[0] == b'"':
            return None
        token, at = match[0], match.end()
        if token in (b"{", b"["):
            depth += 1
        elif token in (b"}", b"]"):
            depth -= 1
            if not depth:
                return None
        elif depth == 1 and token.startswith(b'"') and head[(colon := _skip(head, at)) : colon + 1] == b":":
            names.append(token[1:-1].decode("utf-8", "replace"))
            begin = _skip(head, colon + 1)
            if names[-1].casefold() in _ENVELOPES and head[begin : begin + 1] == b"[":
                first = _skip(head, begin + 1)
                if head[first : first + 1] in (b"{", b"]", b""):
                    found = begin
    line_end = head.find(b"\n")
    try:  # a whole line of JSON lines: its fields behind the array count, too
        whole = orjson.loads(head[: line_end if line_end >= 0 else len(head)])
        names = list(whole) if type(whole) is dict else names
    except orjson.JSONDecodeError:
        pass
    return None if fields.finds_text(tuple(names)) else found


def _skip(data: bytes, at: int) -> int:
    match = _SPACE.match(data, at)
    return match.end() if match is not None else at


class _TooLongError(Exception):
    """A value has more bytes than are held."""


class _Scanner:
    """Finds where JSON values end without parsing them; keeps count of bytes and lines."""

    def __init__(self, stream: BinaryIO, max_bytes: int) -> None:
        self._stream = stream
        self._max_bytes = max_bytes
        self._buffer = b""
        self._start = 0
        self._read_bytes = _CHUNK_BYTES
        self.line = 1
        self.offset = 0
        if self._more() and self._buffer.startswith(_BOM):
            self.drop(3)

    def skip_space(self) -> bytes | None:
        """Go to the next byte that is no white space and return it; None at the end."""
        while True:
            match = _SPACE.match(self._buffer, self._start)
            if match is not None and match.end() > self._start:
                self.drop(match.end() - self._start)
            if self._start < len(self._buffer):
                return self._buffer[self._start : self._start + 1]
            if not self._more():
                return None

    def envelope(self, fields: FieldMap) -> int | None:
        """How many bytes stand before the array of the records, if an object holds it; nothing is passed."""
        while len(self._buffer) - self._start < _HEAD_BYTES and self._more():
            pass
        return _envelope(self._buffer[self._start : self._start + _HEAD_BYTES], fields)

    def ends_envelope(self) -> bool:
        """Whether what comes is the rest of the object around the records; then it is passed."""
        while len(self._buffer) - self._start <= self._max_bytes and self._more(double=True):
            pass
        rest = self._buffer[self._start :]
        try:
            orjson.loads(b'{"":0' + rest)
        except orjson.JSONDecodeError:
            return False
        self.drop(len(rest))
        return True

    def drop(self, count: int) -> bytes:
        """Go on by some bytes and return them."""
        data = self._buffer[self._start : self._start + count]
        if b"\n" in data:  # a count alone takes longer to say that there is none
            self.line += data.count(b"\n")
        self.offset += count
        self._start += count
        return data

    def object(self) -> tuple[bytes, dict[str, Any]] | None:
        """The object that begins here, with its bytes, if it ends at one of the next few braces; else nothing happens.

        What begins with a brace and is JSON up to a closing one is that object, whatever follows: trying is several
        times faster than looking at each quote.
        """
        end = self._start
        for _ in range(_MAX_BRACES):
            end = self._buffer.find(b"}", end) + 1
            if not 0 < end <= self._start + _CHUNK_BYTES:
                return None
            try:
                value = orjson.loads(self._buffer[self._start : end])
            except orjson.JSONDecodeError:
                continue
            return self._taken(end), value
        return None

    def value(self) -> bytes | None:
        """The bytes of the value that begins here; None where the input ends first.

        Only brackets of the kind that opens the value count: one broken element must not take its neighbors along.
        """
        depth = 0
        opener = closer = b""
        at = self._start
        while True:
            match = _TOKEN.search(self._buffer, at)
            if match is None or match[0] == b'"':
                # Nothing more, or a string whose end is not here yet: scan on from there when more has come.
                at = (match.start() if match else len(self._buffer)) - self._start
                if len(self._buffer) - self._start > self._max_bytes:
                    raise _TooLongError
                if not self._more(double=True):
                    return None if depth or match else self._scalar(len(self._buffer))
                at += self._start
                continue
            at = match.end()
            token = match[0]
            if depth:
                depth += (token == opener) - (token == closer)
                if depth == 0:
                    return self._taken(at)
            elif token in _CLOSERS:
                if match.start() > self._start:
                    return self._scalar(match.start())  # something before it that is no value of its own
                opener, closer, depth = token, _CLOSERS[token], 1
            elif token in (b",", b"}", b"]"):
                return self._scalar(match.start())
            elif match.start() == self._start:
                return self._taken(at)  # a string

    def rest(self, source: str, reason: str) -> Quarantined:
        """Everything from here to the end, as one record that cannot be used."""
        line, offset = self.line, self.offset
        while len(self._buffer) - self._start <= self._max_bytes and self._more(double=True):
            pass
        raw = self.drop(len(self._buffer) - self._start)
        while self._more():
            self.drop(len(self._buffer) - self._start)
        length = self.offset - offset
        if length == len(raw):
            return Quarantined(source, line, offset, reason, raw)
        return Quarantined(source, line, offset, reason, raw[:KEPT_BYTES], length)

    def head(self) -> bytes:
        """The beginning of what comes, as far as a record that is too long is kept."""
        return self._buffer[self._start : self._start + KEPT_BYTES]

    def skip_value(self) -> bool:
        """Go past the value that begins here and hold no more than a piece of it; False where the input ends first."""
        depth = 0
        opener = closer = b""
        in_string = False
        at = self._start
        while True:
            match = (_STRING_TOKEN if in_string else _TOKEN_START).search(self._buffer, at)
            if match is None or match[0] == b"\\":  # a backslash whose character is not here yet stays
                self.drop((match.start() if match else len(self._buffer)) - self._start)
                self._read_bytes = _CHUNK_BYTES
                if not self._more():
                    self.drop(len(self._buffer) - self._start)
                    return depth == 0 and not in_string
                at = self._start
                continue
            at = match.end()
            token = match[0]
            if token == b'"':
                in_string = not in_string
                if not in_string and depth == 0:
                    self.drop(at - self._start)
                    return True
            elif in_string:
                continue  # an escape
            elif depth:
                depth += (token == opener) - (token == closer)
                if depth == 0:
                    self.drop(at - self._start)
                    return True
            elif token in _CLOSERS:
                opener, closer, depth = token, _CLOSERS[token], 1
            else:
                self.drop(match.start() - self._start)
                return True

    def _scalar(self, end: int) -> bytes | None:
        if end == self._start:
            return self._taken(end + 1)  # a comma or bracket where a value should be: taken, so that the scan goes on
        return self._taken(end)

    def _taken(self, end: int) -> bytes:
        self._read_bytes = _CHUNK_BYTES
        return self.drop(end - self._start)

    def _more(self, *, double: bool = False) -> bool:
        data = self._stream.read(self._read_bytes)
        if double:
            # A long value is copied a few times only.
            self._read_bytes = min(2 * self._read_bytes, _MOST_BYTES_AT_ONCE)
        self._buffer = self._buffer[self._start :] + data
        self._start = 0
        return bool(data)
