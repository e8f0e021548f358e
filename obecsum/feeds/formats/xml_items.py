"""Cutting an RSS or Atom feed into its items without parsing it: constant memory, one broken item harms no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from obecsum.feeds.records.limits import KEPT_BYTES

__all__ = ["ItemScanner", "XmlItem"]

_CHUNK_BYTES = 1 << 18
_OVERLAP_BYTES = 256  # a token that a chunk cuts in two is shorter, save for the start tags of hostile feeds
_NAME = rb"(?:[A-Za-z_][\w.-]*:)?(?:item|entry)"
_TOKEN = re.compile(rb"<!--|<!\[CDATA\[|<\?|<!DOCTYPE|<(/?)(" + _NAME + rb")(?=[\s/>])")
_OPENING = re.compile(rb"<" + _NAME + rb"(?=[\s/>])")
_ENDS = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_START_TAG = re.compile(rb"<[A-Za-z_][\w.:-]*(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>")
_ROOT = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?(?:rss|RDF|feed))(?=[\s/>])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>")
_CHANNEL = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?channel)(?=[\s/>])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>")
_NO_CONTENT = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_INTERNAL_SUBSET_END = re.compile(rb"\]\s*>")
_MAX_HEAD_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class XmlItem:
    """One item or entry of a feed.

    Attributes:
        line: Line on which it begins, from 1.
        byte_offset: Offset of its first byte.
        raw: Its bytes, tags included; the beginning of them where ``length`` is larger.
        length: All its bytes.
        problem: Why it cannot be parsed, or None.
    """

    line: int
    byte_offset: int
    raw: bytes
    length: int
    problem: str | None = None


class ItemScanner:
    """Finds the items of a feed.

    Comments and CDATA sections are passed over, a document type declaration is skipped and never read. An item that
    does not end before the next one begins is cut there.

    Args:
        stream: Decompressed bytes in an encoding in which ASCII has its own meaning.
        max_bytes: Of longer items only the beginning is held.

    Attributes:
        root: The start tag of the feed's root element, or None where there was none before the first item.
        channel: The start tag of an RSS channel, or None.
    """

    def __init__(self, stream: BinaryIO, max_bytes: int) -> None:
        self._stream = stream
        self._max_bytes = max_bytes
        self._buffer = b""
        self._start = 0
        self._line = 1
        self._offset = 0
        self._ended = False
        self.root: bytes | None = None
        self.channel: bytes | None = None

    def __iter__(self) -> Iterator[XmlItem]:
        self._more()
        head = bytearray()
        while self._to_item(head):
            if head:
                self._learn(bytes(head))
                head = bytearray()
            yield self._item()
        if head:
            self._learn(bytes(head))

    def _learn(self, head: bytes) -> None:
        """Keep the tags around the items, for the names and prefixes that they declare."""
        bare = _NO_CONTENT.sub(b"", head)
        if self.root is None and (match := _ROOT.search(bare)):
            self.root = match[0]
        if self.channel is None and (match := _CHANNEL.search(bare)):
            self.channel = match[0]

    def _to_item(self, head: bytearray) -> bool:
        """Go to the start of the next item; what is passed is added to ``head``, up to 1 MiB."""
        while True:
            match = self._search(_TOKEN, head)
            if match is None:
                return False
            token = match[0]
            if token == b"<!DOCTYPE":
                self._drop(match.end() - self._start)
                self._skip_doctype()
            elif (end := _ENDS.get(token)) is not None:
                self._drop(match.end() - self._start)
                self._skip_past(end)
            elif match[1]:
                self._drop(match.end() - self._start)  # an end without a beginning
            else:
                return True

    def _search(self, pattern: re.Pattern[bytes], head: bytearray) -> re.Match[bytes] | None:
        """The next match, with what precedes it dropped."""
        while True:
            match = pattern.search(self._buffer, self._start)
            if match is not None and (self._ended or match.end() < len(self._buffer)):
                self._pass(match.start() - self._start, head)
                return pattern.match(self._buffer, self._start)
            self._pass(max(0, len(self._buffer) - self._start - _OVERLAP_BYTES), head)
            if not self._more():
                if match is None:
                    self._pass(len(self._buffer) - self._start, head)
                    return None
                self._ended = True

    def _pass(self, count: int, head: bytearray) -> None:
        dropped = self._drop(count)
        if len(head) < _MAX_HEAD_BYTES:
            head += dropped

    def _skip_doctype(self) -> None:
        nothing = bytearray(_MAX_HEAD_BYTES)  # full: nothing of it is kept
        match = self._search(re.compile(rb"[\[>]"), nothing)
        if match is None:
            return
        self._drop(1)
        if match[0] == b"[" and (end := self._search(_INTERNAL_SUBSET_END, nothing)):
            self._drop(len(end[0]))

    def _skip_past(self, end: bytes) -> None:
        nothing = bytearray(_MAX_HEAD_BYTES)
        if self._search(re.compile(re.escape(end)), nothing):
            self._drop(len(end))

    def _item(self) -> XmlItem:
        """The item that begins here."""
        line, offset = self._line, self._offset
        tag = None
        while tag is None:
            tag = _START_TAG.match(self._buffer, self._start)
            if tag is None and (self._size() > self._max_bytes or not self._more()):
                return self._broken(line, offset, "no XML: the tag that begins here does not end")
        name = re.split(rb"[\s/>]", tag[0][1:], maxsplit=1)[0]
        if tag[0].endswith(b"/>"):
            return self._whole(line, offset, len(tag[0]))
        at = len(tag[0])  # from the start of the item
        while True:
            match = _TOKEN.search(self._buffer, self._start + at)
            if match is None or (match.end() == len(self._buffer) and not self._ended):
                at = max(at, self._size() - _OVERLAP_BYTES) if match is None else match.start() - self._start
                if self._size() > self._max_bytes:
                    return self._too_long(line, offset, name)
                if not self._more() and match is None:
                    return self._broken(line, offset, f"no XML: <{name.decode()}> is not closed")
                continue
            token = match[0]
            at = match.end() - self._start
            if (end := _ENDS.get(token)) is not None:
                while (found := self._buffer.find(end, self._start + at)) < 0:
                    if self._size() > self._max_bytes:
                        return self._too_long(line, offset, name)
                    at = max(at, self._size() - len(end) + 1)
                    if not self._more():
                        return self._broken(line, offset, f"no XML: {token.decode()} is not closed")
                at = found + len(end) - self._start
            elif match[2] != name:
                continue
            elif match[1]:
                while (close := self._buffer.find(b">", self._start + at)) < 0 and self._more():
                    pass
                return self._whole(line, offset, (close + 1 if close >= 0 else len(self._buffer)) - self._start)
            else:
                reason = f"no XML: <{name.decode()}> is not closed before the next one begins"
                raw = self._drop(match.start() - self._start)
                return XmlItem(line, offset, raw, len(raw), reason)

    def _whole(self, line: int, offset: int, length: int) -> XmlItem:
        raw = self._drop(length)
        return XmlItem(line, offset, raw[:KEPT_BYTES] if length > self._max_bytes else raw, length)

    def _broken(self, line: int, offset: int, problem: str) -> XmlItem:
        """What begins here, up to where the next item begins or to the end."""
        match = _OPENING.search(self._buffer, self._start + 1)
        if match is None and not self._ended:
            return self._too_long(line, offset, None, problem)
        raw = self._drop((match.start() if match else len(self._buffer)) - self._start)
        return XmlItem(line, offset, raw, len(raw), problem)

    def _too_long(self, line: int, offset: int, name: bytes | None, problem: str | None = None) -> XmlItem:
        """What begins here, of which there is too much to hold: up to its end tag, or to where another one begins."""
        head = self._buffer[self._start : self._start + KEPT_BYTES]
        self._drop(1)
        stop = rb"</" + re.escape(name) + rb"\s*>|" if name else rb""
        nothing = bytearray(_MAX_HEAD_BYTES)
        match = self._search(re.compile(stop + _OPENING.pattern), nothing)
        if match is not None and match[0].startswith(b"</"):
            self._drop(len(match[0]))
        length = self._offset - offset
        return XmlItem(line, offset, head[:length], length, problem)

    def _size(self) -> int:
        return len(self._buffer) - self._start

    def _drop(self, count: int) -> bytes:
        data = self._buffer[self._start : self._start + count]
        self._line += data.count(b"\n")
        self._offset += count
        self._start += count
        return data

    def _more(self) -> bool:
        data = self._stream.read(_CHUNK_BYTES)
        self._buffer = self._buffer[self._start :] + data
        self._start = 0
        self._ended = not data
        return bool(data)
