"""RSS 2.0, RSS 1.0 and Atom: each item is cut out and parsed by feedparser on its own.

So memory is constant, an item has a place and bytes, and one broken item harms no other. feedparser's guesses about
encodings never apply: it gets UTF-8 that :mod:`~obecsum.feeds.records.encoding` made, whatever the feed declares. It
gets no document type declaration either, so there is nothing that could expand or be fetched; an item that refers to
an entity of the feed's own is quarantined. Its dates are not used: it fills what is missing from the clock. The media
extension's captions are taken out before it looks, because it takes them for the item's own description.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.entities import html5
from itertools import chain
from typing import Any, BinaryIO

from obecsum.core.errors import InputError, RecordError
from obecsum.feeds.formats.xml_items import ItemScanner, XmlItem
from obecsum.feeds.records.encoding import to_utf8
from obecsum.feeds.records.fields import FieldMap, has_content
from obecsum.feeds.records.limits import DEFAULT_MAX_RECORD_BYTES
from obecsum.feeds.records.markup import looks_like_html, plain_text, text_of_html, without_cdata
from obecsum.feeds.records.record import Quarantined, ReadEntries, ReadEntry, Record, too_long
from obecsum.text.timestamps import parse_date

__all__ = ["MAX_ITEM_BYTES", "read_rss"]

MAX_ITEM_BYTES = 4 << 20  # 0.6 MB of the worst kind kept feedparser for 34 seconds on a busy machine
_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>'
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_RSS = b'<rss version="2.0">'
_CDATA = re.compile(rb"(<!\[CDATA\[.*?\]\]>|<!--.*?-->)", re.DOTALL)
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9._-]*);")
_XML_ENTITIES = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_BARE = re.compile(rb"&(?!#[0-9]{1,8};|#[xX][0-9a-fA-F]{1,7};|[A-Za-z][A-Za-z0-9._-]*;)")
_PAIR = re.compile(
    rb"&#(?:x([dD][89abAB][0-9a-fA-F]{2})|(5[56]\d{3}));&#(?:x([dD][c-fC-F][0-9a-fA-F]{2})|(5[67]\d{3}));"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# Feedparser makes letters of the controls U+0080 to U+009F, as if they were Windows-1252: hidden from it in plane 16.
_CONTROL = re.compile(rb"\xc2([\x80-\x9f])")
_SHOWN = {0x10FF00 + code: code for code in range(0x80, 0xA0)}
_MEDIA = b"http://search.yahoo.com/mrss"
_PREFIX = re.compile(rb"xmlns:([A-Za-z_][\w.-]*)\s*=\s*[\"']" + re.escape(_MEDIA) + rb"/?[\"']", re.IGNORECASE)
_CAPTIONS = (b"description", b"text", b"title")
_DATES = ("published", "updated", "created", "issued")
_OWN = frozenset(("guidislink", "published_parsed", "updated_parsed", "created_parsed", "expired_parsed"))


def read_rss(
    stream: BinaryIO,
    *,
    source: str,
    fields: FieldMap,
    encoding: str | None = None,
    max_record_bytes: int = DEFAULT_MAX_RECORD_BYTES,
) -> ReadEntries:
    """Yield one entry an item.

    The text is the fullest of content (``content:encoded``, Atom's ``content``) and description or summary, HTML made
    text; of an item that has a title alone, the title. Captions of media are ``media_description`` and the like.
    Everything else passes through under feedparser's names: ``links`` (with enclosures),
    ``tags``, ``author``, ``summary`` beside a full content, elements of other namespaces.

    Args:
        stream: Decompressed bytes.
        source: Name of the source, for ids and messages.
        fields: Which field is what, by feedparser's names.
        encoding: "utf-8", "cp874", or None where each item's bytes decide.
        max_record_bytes: Longer items are quarantined unread; those of more than 4 MiB always are.

    Raises:
        InputError: It is no RSS or Atom.
    """
    limit = min(max_record_bytes, MAX_ITEM_BYTES)
    scanner = ItemScanner(stream, limit)
    items = iter(scanner)
    first = next(items, None)
    if scanner.root is None and first is None:
        raise InputError(f"{source}: neither RSS nor Atom: there is no <rss>, <rdf:RDF> or <feed> and no item in it")
    found: Iterator[XmlItem] = items if first is None else chain((first,), items)
    for item in found:
        if item.length > limit:
            yield too_long(source, item.line, item.byte_offset, item.raw, item.length, limit=limit)
        else:
            yield _entry(item, scanner, source=source, fields=fields, encoding=encoding)


def _entry(item: XmlItem, scanner: ItemScanner, *, source: str, fields: FieldMap, encoding: str | None) -> ReadEntry:
    try:
        if item.problem is not None:
            raise RecordError(item.problem)
        raw, captions = _without_captions(to_utf8(item.raw, encoding), scanner)
        is_atom = scanner.root is not None and _name(scanner.root).endswith(b"feed")
        record = _record(_parse(raw, scanner), fields, is_atom=is_atom) | captions
        return Record(fields.release(record, source=source, line=item.line), item.line, item.byte_offset)
    except RecordError as error:
        return Quarantined(source, item.line, item.byte_offset, str(error), item.raw)


def _parse(item: bytes, scanner: ItemScanner) -> dict[str, Any]:
    """What feedparser makes of one item, with the tags of the feed around it."""
    import feedparser

    root, channel = (_tag(tag) for tag in (scanner.root, scanner.channel))
    root = root or _RSS
    parts = [_DECLARATION, root]
    closers = [b"</" + _name(root) + b">"]
    if _name(root).endswith(b"rss"):
        channel = channel or b"<channel>"
        parts.append(channel)
        closers.insert(0, b"</" + _name(channel) + b">")
    item = _with_characters(item)
    has_controls = _CONTROL.search(item) is not None
    document = b"".join((*parts, _CONTROL.sub(_hidden, item) if has_controls else item, *closers))
    try:
        parsed = feedparser.parse(
            io.BytesIO(document),  # a string could be taken for an address or a path
            response_headers=_HEADERS,
            sanitize_html=False,  # what passes through does so untouched, and the text is made of it by us
            resolve_relative_uris=False,
        )
    except Exception as error:  # feedparser lets through what its parsers raise
        raise RecordError(f"no XML: feedparser cannot read the item ({type(error).__name__}: {error})") from error
    if not parsed.entries:
        raise RecordError("no XML: feedparser finds no item in what looks like one")
    plain = _plain(parsed.entries[0], has_controls=has_controls)
    assert isinstance(plain, dict)
    return plain


def _tag(tag: bytes | None) -> bytes | None:
    """A start tag in UTF-8."""
    if tag is None:
        return None
    try:
        return to_utf8(tag).replace(b"/>", b">")
    except RecordError:
        return tag.decode("ascii", "replace").encode()


def _name(tag: bytes) -> bytes:
    return re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]


def _with_characters(item: bytes) -> bytes:
    """An item in which HTML's named entities are characters' numbers, as XML without a declaration needs them."""

    def number(match: re.Match[bytes]) -> bytes:
        name = match[1]
        if name in _XML_ENTITIES:
            return match[0]
        characters = html5.get(f"{name.decode()};")
        if characters is None:
            raise RecordError(
                f"unknown entity: &{name.decode()}; is none of XML or HTML, and the declarations of a feed are not read"
            )
        return b"".join(b"&#%d;" % ord(character) for character in characters)

    parts = _CDATA.split(item)
    parts[::2] = [_ENTITY.sub(number, _PAIR.sub(_paired, _BARE.sub(b"&amp;", part))) for part in parts[::2]]
    return b"".join(parts)


def _hidden(match: re.Match[bytes]) -> bytes:
    return chr(0x10FF00 + match[1][0]).encode()


def _paired(match: re.Match[bytes]) -> bytes:
    """The two halves of a character beyond the basic plane, each of which was written as one, as the character."""
    high, low = (
        int(hexadecimal, 16) if hexadecimal else int(decimal or b"0")
        for hexadecimal, decimal in (match.group(1, 2), match.group(3, 4))
    )
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return match[0]
    return b"&#%d;" % (0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)


def _without_captions(item: bytes, scanner: ItemScanner) -> tuple[bytes, dict[str, Any]]:
    """An item without the descriptions and titles of its media, and those by name."""
    if _MEDIA not in item and b"media:" not in item and (scanner.root is None or _MEDIA not in scanner.root):
        return item, {}
    declared = _PREFIX.findall(item) + _PREFIX.findall(scanner.root or b"") + _PREFIX.findall(scanner.channel or b"")
    captions: dict[str, Any] = {}
    for prefix in {b"media", *declared}:
        for name in _CAPTIONS:
            tag = re.escape(prefix + b":" + name)
            start = rb"<" + tag + rb"(?=[\s/>])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+"
            inside = rb"(?:<!\[CDATA\[(?:[^\]]|\](?!\]>))*+\]\]>|[^<]|<(?!/?" + tag + rb"[\s/>]|!\[CDATA\[))*+"
            pattern = re.compile(start + rb"(?:/>|>(" + inside + rb")</" + tag + rb"\s*>)")
            for found in pattern.findall(item):
                caption = plain_text(
                    text_of_html(found.replace(b"<![CDATA[", b"").replace(b"]]>", b"").decode("utf-8"))
                )
                if has_content(caption):
                    captions.setdefault(f"media_{name.decode()}", []).append(caption)
            item = pattern.sub(b"", item)
    return item, captions


def _record(entry: dict[str, Any], fields: FieldMap, *, is_atom: bool) -> dict[str, Any]:
    """The fields of an item: its text first, then everything that feedparser found."""
    record: dict[str, Any] = {}
    contents = entry.get("content")
    full = [one for one in contents if isinstance(one, dict)] if isinstance(contents, list) else []
    candidates = [("content", _text(one, is_atom=is_atom)) for one in full]
    if "summary_detail" in entry:
        candidates.append(("summary", _text(entry["summary_detail"] or {}, is_atom=is_atom)))
    # The first of those with most to read: a content that is cut short, or a caption, must not hide the description.
    used, text = max(candidates, key=lambda one: len("".join(one[1].split())), default=("summary", ""))
    record["text"] = text or None
    if used == "content" and entry.get("summary") in [one.get("value") for one in full]:
        del entry["summary"]  # feedparser's own copy
    for name, value in entry.items():
        if name in _OWN or name.endswith("_detail") or name == used or value in (None, "", [], {}):
            continue
        record[name] = value
    if isinstance(title := record.get("title"), str) and looks_like_html(title):
        record["title"] = " ".join(text_of_html(without_cdata(title)).split())
    if record["text"] is None and isinstance(title := record.get("title"), str) and has_content(title):
        record["text"] = title
    if record.get("link") == record.get("id") and "://" not in str(record.get("link")):
        record.pop("link", None)  # an id that feedparser took for an address
    if record.get("links") == [{"rel": "alternate", "type": "text/html", "href": record.get("link")}]:
        del record["links"]  # it says the same again
    _date(record, entry)
    mapped = fields.fields.get("text")
    if mapped is not None and isinstance(record.get(mapped), str):
        record[mapped] = text_of_html(without_cdata(record[mapped]))
    return record


def _text(part: dict[str, Any], *, is_atom: bool) -> str:
    """The text of a content or summary; only Atom says whether it is HTML, in RSS it may always be."""
    value = part.get("value")
    if not isinstance(value, str):
        return ""
    value = without_cdata(value)
    return value.strip() if is_atom and part.get("type") == "text/plain" else text_of_html(value)


def _date(record: dict[str, Any], entry: dict[str, Any]) -> None:
    """Put the date under "published", in the feed's own words: the first that can be read."""
    for name in _DATES:
        value = entry.get(name)
        if isinstance(value, str) and parse_date(value) is not None:
            if name != "published" and "published" in record:
                record["published_as_written"] = record["published"]
            record["published"] = value
            return


def _plain(value: Any, *, has_controls: bool) -> Any:
    """Feedparser's objects as those of JSON.

    Raises:
        RecordError: A character reference names half a surrogate pair.
    """
    if isinstance(value, str):
        if has_controls:
            value = value.translate(_SHOWN)
        if _SURROGATE.search(value):
            raise RecordError("lone surrogates: a character reference &#xD800; to &#xDFFF;")
        return value
    if isinstance(value, dict):
        return {str(name): _plain(item, has_controls=has_controls) for name, item in value.items()}
    if isinstance(value, list | tuple):  # a struct_time is a tuple
        return [_plain(item, has_controls=has_controls) for item in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
