"""What kind of feed bytes are, where the name does not tell."""

from __future__ import annotations

import orjson

from obecsum.core.errors import InputError, RecordError
from obecsum.feeds.formats.csv_table import form_of
from obecsum.feeds.records.encoding import to_utf8
from obecsum.feeds.records.fields import FieldMap

__all__ = ["has_cr_lines", "is_unicode_text", "looks_like_lines", "sniff"]

_BOM = b"\xef\xbb\xbf"
_TABLES = {b"PAR1": "parquet", b"ARROW1": "arrow", b"\xff\xff\xff\xff": "arrow"}
_OFFICE = (b"[Content_Types].xml", b"xl/", b"_rels/", b"docProps/")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_NOT_READ = {
    b"PK\x03\x04": "a zip archive or an office document that is no .xlsx or .ods: unpack it, or save it as CSV or text",
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
    if is_spreadsheet(head):
        return "spreadsheet"
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
    if fields.finds_text(form_of(_lines(plain), fields).names):
        return "csv"
    return "text" if text_if_unknown else "jsonl"


def is_spreadsheet(head: bytes) -> bool:
    """Whether bytes begin an .xlsx or .ods file."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    if _OPEN_DOCUMENT in head[:200]:
        return True
    return head[30:].startswith(_OFFICE) and b"word/" not in head and b"ppt/" not in head


def is_unicode_text(head: bytes, fields: FieldMap) -> bool:
    """Whether a .txt file is the table that Excel saves as "Unicode Text": a line of names with tabs, and rows.

    A text would have to begin with a line of two names of fields, tabs between them, and go on with as many tabs.
    """
    lines = _lines(head.removeprefix(_BOM))
    if len(lines) < 2 or "\t" not in lines[0]:
        return False
    names = form_of(lines, fields, delimiter="\t").names
    return fields.finds_text(names) and fields.num_roles(names) > 1 and lines[1].count("\t") >= len(names) - 1


def has_cr_lines(head: bytes) -> bool:
    """Whether lines end with a carriage return alone."""
    return b"\r" in head and b"\n" not in head


def _lines(plain: bytes) -> list[str]:
    """The first lines that are not blank."""
    split = plain.split(b"\r" if has_cr_lines(plain) else b"\n")[:_LOOKED_AT_LINES]
    found = []
    for line in [line.rstrip(b"\r") for line in split if line.strip()][:3]:
        try:
            found.append(to_utf8(line).decode("utf-8"))
        except RecordError:
            found.append(line.decode("utf-8", "replace"))
    return found


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
