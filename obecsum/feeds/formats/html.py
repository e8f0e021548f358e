"""Web pages, a release a page: trafilatura finds the text between menus, side bars and footers."""

from __future__ import annotations

import logging
import re
from typing import Any, BinaryIO

from obecsum.core.errors import InputError, RecordError
from obecsum.feeds.formats.page_data import SiteNames, date_of, headline_of
from obecsum.feeds.records.encoding import to_utf8
from obecsum.feeds.records.fields import FieldMap, has_content
from obecsum.feeds.records.limits import Limits
from obecsum.feeds.records.open import read_whole
from obecsum.feeds.records.record import Quarantined, ReadEntry, Record, too_long

__all__ = ["MAX_PAGE_BYTES", "read_html"]

MAX_PAGE_BYTES = 16 << 20  # far above any page of text; extraction takes many times a page's size in memory
_BOM = b"\xef\xbb\xbf"
_SILENT = logging.NullHandler()
_MAX_CELL_CHARS = 300
_TABLE_TAG = re.compile(r"<(/?)(?:table|tbody|thead|tfoot|tr|td|th|center)\b[^<>]*>", re.IGNORECASE)
_RULE = re.compile(r"\|(?:-+\|)+")
_EXTRA = ("author", "sitename", "description", "categories", "tags", "image", "language", "license")


def read_html(
    stream: BinaryIO,
    *,
    source: str,
    release_id: str,
    fields: FieldMap,
    encoding: str | None = None,
    limits: Limits | None = None,
    sites: SiteNames | None = None,
) -> ReadEntry:
    """The release that a web page is.

    The text is what trafilatura takes for the page's own, tables included, comments of readers left out; its filter for
    near-duplicates, which misreads Thai, is off. Headline and date are as
    :mod:`~obecsum.feeds.formats.page_data` reads them: never a guess of htmldate's. The encoding is told
    by the bytes; what the page declares does not count.

    Args:
        stream: Decompressed bytes.
        source: Name of the file.
        release_id: The release's id.
        fields: Which of text, title, published, url, author, sitename, description, categories, tags is what.
        encoding: "utf-8", "cp874", or None where the bytes decide.
        sites: The names of hosts that other pages told.
        limits: How long it may be; pages of more than 16 MiB are always quarantined.

    Raises:
        InputError: trafilatura is not installed.
    """
    limits = limits or Limits()
    raw = read_whole(stream, source=source, limits=limits)
    if isinstance(raw, Quarantined):
        return raw
    if len(raw) > MAX_PAGE_BYTES:
        return too_long(source, 1, 0, raw, len(raw), limit=MAX_PAGE_BYTES)
    try:
        if not raw.strip():
            raise RecordError("no text: the file is empty")
        page = to_utf8(raw, encoding).removeprefix(_BOM).decode("utf-8")
        record = {"id": release_id, **_extract(page, sites or SiteNames())}
        return Record(fields.release(record, source=source, line=1), 1, 0)
    except RecordError as error:
        return Quarantined(source, 1, 0, str(error), raw)


def _extract(page: str, sites: SiteNames) -> dict[str, Any]:
    document = _document(page)
    text = getattr(document, "text", None) or ""
    if _lays_out(text):  # an old page whose columns are a table: its cells are blocks of text and not figures
        again = _document(_TABLE_TAG.sub(r"<\1div>", page))
        text = getattr(again, "text", None) or text
    if not has_content(text):
        raise RecordError("no text: trafilatura finds none in the page")
    record: dict[str, Any] = {
        "title": headline_of(page, sites) or document.title,
        "text": _without_table_marks(text),
        "published": date_of(page),
        "url": document.url,
    }
    for name in _EXTRA:
        if value := getattr(document, name, None):
            record[name] = value
    return record


def _document(page: str) -> Any:
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise InputError(f"reading HTML needs trafilatura ({error}); run `pip install obecsum[web]`") from error
    for name in ("trafilatura", "htmldate", "justext", "courlan"):  # what they complain of is told in the quarantine
        logging.getLogger(name).addHandler(_SILENT)
    try:
        return bare_extraction(
            page,
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            deduplicate=False,
            with_metadata=True,
            # Its date is not used; so it should look for none for long.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # whatever lxml and the extraction rules raise at a page that is none
        raise RecordError(f"no page: trafilatura cannot read it ({type(error).__name__}: {error})") from error


def _lays_out(text: str) -> bool:
    """Whether the cells of a table hold the page itself."""
    return "|" in text and any(
        len(cell) > _MAX_CELL_CHARS for line in text.split("\n") if line.startswith("|") for cell in line.split("|")
    )


def _without_table_marks(text: str) -> str:
    """Text in which the rows of tables are lines with tabs, where trafilatura draws them with bars."""
    lines = []
    for line in text.split("\n"):
        bare = line.strip()
        if _RULE.fullmatch(bare):
            continue
        if bare.startswith("| ") and bare.endswith(" |"):
            line = "\t".join(cell.strip() for cell in bare[1:-1].split("|"))
        lines.append(line)
    return "\n".join(lines)
