"""What kind of feed bytes are, where the name does not tell."""

from __future__ import annotations

import orjson

from obecsum.core.errors import InputError, RecordError
from obecsum.feeds.formats.csv_table import sniff_delimiter
from obecsum.feeds.records.encoding import to_utf8
from obecsum.feeds.records.fields import FieldMap

__all__ = ["looks_like_lines", "sniff"]

_BOM = b"\xef\xbb\xbf"
_TABLES = {b"PAR1": "parquet", b"ARROW1": "arrow", b"\xff\xff\xff\xff": "arrow"}
_NOT_READ = {
    b"PK\x03\x04": "a zip archive or an office document: unpack it, or save the sheet as CSV",
    b"%PDF": "a PDF: take its text out, for example with pdftotext",
    b"\xd0\xcf\x11\xe0": "an old office document: save it as text or CSV",
    b"SQLite format 3\0": "an SQLite database: write its table to CSV",
}
_ROOTS = (b"<rss", b"<feed", b"<rdf:rdf", b":feed", b":rdf")
_LOOKED_AT_LINES = 50


def sniff(head: bytes, fields: FieldMap, *, name: str, text_if_unknown: bool) -> str:
    """The format of a source.

    Args:
        head: Its first bytes; UTF-16 already made UTF-8.
        fields: Which column would hold the text of a table.
        name: What messages call it.
        text_if_unknown: Whether content that is nothing else is one text rather than JSON lines.

    Returns:
        One of :data:`obecsum.feeds.sources.FORMATS`; "json" also for JSON lines.

    Raises:
        InputError: It is something that is not read, such as an archive.
    """
    for magic, kind in _TABLES.items():
        if head.startswith(magic):
            return kind
    for magic, what in _NOT_READ.items():
        if head.startswith(magic):
            raise InputError(f"{name} is {what}")
    plain = head.removeprefix(_BOM)
    if plain.lstrip().startswith(b"<"):
        begin = plain[:4096].lower()
        if any(root in begin for root in _ROOTS):
            return "rss"
        if b"<!doctype html" in begin or b"<html" in begin:
            return "html"
    lines = plain.split(b"\n")[:_LOOKED_AT_LINES]
    if any(line.lstrip().startswith(b"{") for line in lines) or lines[0].lstrip().startswith(b"["):
        return "json"
    first = next((line for line in lines if line.strip()), b"").rstrip(b"\r")
    try:
        header = to_utf8(first).decode("utf-8")
    except RecordError:
        header = first.decode("utf-8", "replace")
    names = header.split(sniff_delimiter(header))
    if fields.finds_text(tuple(name.strip().strip('"') for name in names)):
        return "csv"
    return "text" if text_if_unknown else "jsonl"


def looks_like_lines(head: bytes) -> bool:
    """Whether JSON is a value a line rather than an array or values over several lines."""
    lines = [line for line in head.removeprefix(_BOM).split(b"\n") if line.strip()]
    if not lines:
        return True
    first = lines[0].strip()
    if first.startswith(b"["):
        rest = first[1:].lstrip()
        return bool(rest) and not rest.startswith((b"{", b"]"))
    if not first.startswith(b"{"):
        return True
    if len(lines) == 1:  # the only line, or one longer than what was looked at
        return True
    return any(_is_object(line) for line in lines[:_LOOKED_AT_LINES])


def _is_object(line: bytes) -> bool:
    if not line.startswith(b"{"):
        return False
    try:
        return type(orjson.loads(to_utf8(line))) is dict
    except (orjson.JSONDecodeError, RecordError):
        return False
