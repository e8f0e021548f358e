"""Which encoding the bytes of a feed are in, and making UTF-8 of them.

Two questions, asked at two levels. A source is in UTF-16 or not: its first bytes tell (:func:`detect_utf16`). A record
of any other source is in UTF-8 or in the Thai code page (TIS-620, ISO-8859-11 and Windows-874 differ in a few signs
only and are read as Windows-874, as the WHATWG Encoding Standard does): its own bytes tell (:func:`to_utf8`), so a feed
that was joined from files of both kinds is read, and what a file declares of itself is never needed.

Bytes that are valid UTF-8 are UTF-8: Thai prose in the code page never is, save for a few letters alone (``หก`` is the
UTF-8 of U+02E1). Bytes that are not must look like Thai to be read in the code page (:func:`looks_thai`), so that
damaged UTF-8 and Latin-1 go to the quarantine and are not made into letters that nobody wrote.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import Any, BinaryIO

from obecsum.core.errors import InputError, OptionError, RecordError
from obecsum.feeds.records.record import undecodable

__all__ = ["ENCODINGS", "THAI", "Utf16Stream", "chosen_encoding", "detect_utf16", "looks_thai", "to_utf8"]

ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "tis-620", "windows-874", "iso-8859-11")
THAI = "cp874"
_NAMES = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "tis-620": THAI,
    "cp874": THAI,
    "iso8859-11": THAI,
}
_MORE_NAMES = {"windows-874": "cp874", "windows874": "cp874", "ms874": "cp874", "x-windows-874": "cp874"}

_RUN = re.compile("[\u0e01-\u0e5b]+")
# A vowel or tone mark above or below that stands on nothing: no Thai text has them.
_MARK_ALONE = re.compile("(?<![\u0e01-\u0e2e\u0e31-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
# The UTF-8 of Thai begins each letter with E0 B8 or E0 B9, which the code page shows as these.
_UTF8_AS_THAI = re.compile("เธ|เน")
_THAI_UTF8 = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")
# Letters and signs that make up less than one in a hundred of Thai prose.
_RARE = re.compile("[ฃฅฆฌฎฏฑฒฤฦฬฮ฿\u0e3a\u0e4d-\u0e4f\u0e5a\u0e5b]")
# Words in which those are common: of the law, of dates and of much else.
_WORDS_WITH_RARE = re.compile(
    "กฤษฎ|กฎ|ฎีกา|ราษฎร|ปรากฏ|ปฏิ|กบฏ|วัฒน|พัฒน|วุฒิ|อัฒ|เฒ่า|ฆ่า|ฆาต|โฆษ|ฆัง|เมฆ|ฌาปน|ฌาน|มณฑ|บัณฑ|กรีฑา|ครุฑ|กีฬา|จุฬา|"
    "นาฬิกา|วาฬ|พฤ|ฤดู|ทฤษ|กฤษ|กฤต|ฤทธิ์|ฤทัย|ฮ่องกง|ฮาร์ด"
)
_MIN_RUN = 3
_LOOKED_AT_CHARS = 600  # at the start and at the end
_MAX_RARE = 0.1
_MAX_MARKS_ALONE = 0.02
_MIN_UTF16_SHARE, _MAX_UTF16_SHARE = 0.6, 0.2


def chosen_encoding(name: str | None) -> str | None:
    """The encoding of a name that a user gave: "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp874" or None.

    Raises:
        OptionError: It is none that obecsum reads.
    """
    if name is None:
        return None
    plain = name.strip().lower().replace("_", "-")
    try:
        canonical = codecs.lookup(_MORE_NAMES.get(plain, plain)).name
    except (LookupError, ValueError):
        canonical = plain
    if canonical not in _NAMES:
        raise OptionError(
            f"the encoding must be one of {', '.join(ENCODINGS)}, got {name!r}; leave it out to let the bytes decide"
        )
    return _NAMES[canonical]


def detect_utf16(head: bytes, *, name: str) -> str | None:
    """Tell whether a source is in UTF-16: "utf-16-le", "utf-16-be" or None.

    Most units of Thai or ASCII text have the high byte 0E or 00, which no text in another encoding has: more than 60 %
    of the bytes at odd (little endian) or even places must be such, and less than 20 % of the others. After a byte
    order mark 20 % suffice: FF FE alone may be two broken bytes before a feed of another encoding.

    Args:
        head: The first bytes.
        name: What messages call the source.

    Raises:
        InputError: It is in UTF-32.
    """
    if head.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise InputError(
            f"{name} is in UTF-32, which is not read; convert it, for example with iconv -f UTF-32 -t UTF-8"
        )
    little, big = head.startswith(b"\xff\xfe"), head.startswith(b"\xfe\xff")
    body = head[2:] if little or big else head
    half = len(body) // 2
    if half < 2:
        return "utf-16-le" if little and not half else "utf-16-be" if big and not half else None
    even, odd = body[: 2 * half : 2], body[1 : 2 * half : 2]
    even_share, odd_share = ((part.count(0) + part.count(0x0E)) / half for part in (even, odd))
    if odd_share > (_MAX_UTF16_SHARE if little else _MIN_UTF16_SHARE) and even_share < _MAX_UTF16_SHARE:
        return "utf-16-le"
    if even_share > (_MAX_UTF16_SHARE if big else _MIN_UTF16_SHARE) and odd_share < _MAX_UTF16_SHARE:
        return "utf-16-be"
    return None


def to_utf8(raw: bytes, encoding: str | None = None) -> bytes:
    """A record's bytes in UTF-8.

    Args:
        raw: As they stand in the feed; ASCII has its own meaning in them, so they were cut at line breaks or brackets.
        encoding: "utf-8", "cp874", or None where the bytes decide.

    Returns:
        The same object where nothing has to be changed.

    Raises:
        RecordError: They are neither; the message is the reason for the quarantine.
    """
    if raw.isascii():
        return raw
    reason = undecodable(raw)
    if encoding == THAI:
        if reason is None and _THAI_UTF8.search(raw):
            raise RecordError(
                "wrong encoding: these bytes are Thai in UTF-8, and the encoding was given as windows-874; leave it out"
            )
        try:
            return raw.decode(THAI).encode()
        except UnicodeDecodeError as error:
            wrong = raw[error.start : error.start + 1].hex()
            raise RecordError(f"invalid windows-874: byte {wrong} at byte {error.start}") from error
    if reason is None:
        return raw
    if encoding is None:
        try:
            text = raw.decode(THAI)
        except UnicodeDecodeError:
            pass
        else:
            if looks_thai(text):
                return text.encode()
    raise RecordError(reason)


def looks_thai(text: str) -> bool:
    """Whether text that was decoded from the Thai code page is Thai, and not something else in other letters.

    Half of its Thai letters stand in runs of three or more (in Latin-1 accented letters stand alone), at most 2 % are
    marks that stand on nothing, at most one or 10 % are letters that Thai hardly uses (Cyrillic and Chinese become
    such; those in common words do not count), and it is not UTF-8 read letter by letter.
    """
    if 6 * (text.count("เธ") + text.count("เน")) >= len(text) - text.count(" "):
        return False
    if len(text) > 2 * _LOOKED_AT_CHARS:
        text = text[:_LOOKED_AT_CHARS] + text[-_LOOKED_AT_CHARS:]
    runs = _RUN.findall(text)
    total = sum(map(len, runs))
    if total == 0 or 2 * sum(len(run) for run in runs if len(run) >= _MIN_RUN) < total:
        return False
    if len(_MARK_ALONE.findall(text)) > _MAX_MARKS_ALONE * total:
        return False
    most = max(1, _MAX_RARE * total)
    if len(_RARE.findall(text)) > most and len(_RARE.findall(_WORDS_WITH_RARE.sub("", text))) > most:
        return False
    return 6 * len(_UTF8_AS_THAI.findall(text)) < total  # of Thai in UTF-8 every third letter would begin one


class Utf16Stream(io.RawIOBase):
    """A UTF-16 source as UTF-8. Lone surrogates stay as they are, so that :meth:`original` can give the bytes again.

    Args:
        source: Bytes in UTF-16, with or without a byte order mark.
        encoding: "utf-16-le" or "utf-16-be".
    """

    def __init__(self, source: BinaryIO, encoding: str) -> None:
        self._source = source
        self._encoding = encoding
        self._ready = b""
        self._half = b""  # a unit, or a pair of surrogates, of which the rest is not here yet
        self._at_start = True
        self._odd_tail = False

    def readable(self) -> bool:
        """See io.RawIOBase."""
        return True

    def readinto(self, buffer: Any) -> int:
        """See io.RawIOBase."""
        while not self._ready:
            data = self._source.read(len(buffer) or 1)
            if not data and not self._half:
                return 0
            self._ready = self._decode(self._half + data, final=not data).encode("utf-8", "surrogatepass")
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _decode(self, data: bytes, *, final: bool) -> str:
        whole = len(data) & ~1
        self._half = data[whole:]
        if not final and whole and 0xD8 <= data[whole - (1 if self._encoding == "utf-16-le" else 2)] < 0xDC:
            whole -= 2
            self._half = data[whole:]
        text = data[:whole].decode(self._encoding, "surrogatepass")
        if final:
            if len(self._half) % 2:  # half a unit at the end: shown as a lone surrogate, so that it is quarantined
                self._odd_tail = True
                text += chr(0xDC00 + self._half[-1])
            self._half = b""
        if self._at_start and text:
            self._at_start = False
            text = text.removeprefix("\ufeff")
        return text

    def original(self, raw: bytes) -> bytes:
        """The UTF-16 bytes that a part of the stream was made of, less a byte order mark and a character cut in two."""
        try:
            text = raw.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            text = raw[: error.start].decode("utf-8", "surrogatepass")
        if self._odd_tail and text and 0xDC00 <= ord(text[-1]) <= 0xDCFF:
            return text[:-1].encode(self._encoding, "surrogatepass") + bytes([ord(text[-1]) - 0xDC00])
        return text.encode(self._encoding, "surrogatepass")
