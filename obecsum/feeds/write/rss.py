"""RSS 2.0 that a reader program shows: the cleaned feed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from obecsum.feeds.records.markup import looks_like_html
from obecsum.feeds.write.rows import rows_of
from obecsum.text.timestamps import parse_date

__all__ = ["write_rss"]

_BANGKOK = timezone(timedelta(hours=7))
_MAX_TITLE_CHARS = 250
# What XML 1.0 has no place for, not even as a reference.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{title}</title>
<link>{link}</link>
<description>{description}</description>
<language>th</language>
<generator>obecsum</generator>
"""


def write_rss(rows: Path, file: IO[bytes], *, title: str) -> int:
    """Write rows as RSS 2.0.

    An item has title, link (of http and https only), guid (the id), pubDate, category, dc:creator and enclosure, as far
    as the row has them. Where there is a summary it is the description and the text stands in content:encoded, else the
    text is the description; both are HTML with a paragraph for each of the text's. Other fields have no place in RSS.
    Dates without a zone are taken for Bangkok's.

    Args:
        rows: A file of JSON lines.
        file: Open for writing.
        title: The feed's name.

    Returns:
        The number of rows.
    """
    link = next((found for row in rows_of(rows) if (found := _site(row.get("url")))), "urn:obecsum:feed")
    description = "Press releases, cleaned by obecsum"
    file.write(_HEAD.format(title=_text(title), link=_text(link), description=description).encode())
    count = 0
    for row in rows_of(rows):
        file.write("".join(_item(row)).encode())
        count += 1
    file.write(b"</channel>\n</rss>\n")
    return count


def _item(row: Mapping[str, Any]) -> Iterator[str]:
    text = str(row.get("text") or "")
    title = row.get("title") or row.get("headline") or text.strip().partition("\n")[0][:_MAX_TITLE_CHARS]
    yield "<item>\n"
    # A title is plain text, yet some readers show it as HTML: one that could be taken for it is escaped for them too.
    title = escape(str(title)) if looks_like_html(str(title)) else str(title)
    yield f"<title>{_text(title)}</title>\n"
    if _site(row.get("url")):
        yield f"<link>{_text(row['url'])}</link>\n"
    yield f'<guid isPermaLink="false">{_text(str(row.get("id") or ""))}</guid>\n'
    if date := _rfc_822(row.get("published")):
        yield f"<pubDate>{date}</pubDate>\n"
    if author := _name(row.get("author")):
        yield f"<dc:creator>{_text(author)}</dc:creator>\n"
    for category in _categories(row):
        yield f"<category>{_text(category)}</category>\n"
    for url, kind, length in _enclosures(row):
        yield f"<enclosure url={_attribute(url)} length={_attribute(length)} type={_attribute(kind)}/>\n"
    summary = row.get("summary")
    if isinstance(summary, str) and summary.strip():
        yield f"<description>{_text(_html(summary))}</description>\n"
        yield f"<content:encoded>{_text(_html(text))}</content:encoded>\n"
    else:
        yield f"<description>{_text(_html(text))}</description>\n"
    yield "</item>\n"


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", value).replace("\r\n", "\n"))


def _attribute(value: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", value))


def _html(text: str) -> str:
    """Text as HTML: empty lines part paragraphs, other line breaks stay."""
    paragraphs = re.split(r"\n[ \t]*\n+", text.replace("\r\n", "\n").strip("\n"))
    return "".join(f"<p>{escape(paragraph).replace(chr(10), '<br/>')}</p>" for paragraph in paragraphs if paragraph)


def _site(url: Any) -> str | None:
    """The site of a link; None of what is none, as javascript: is not."""
    if not isinstance(url, str):
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}/" if parts.scheme in ("http", "https") and parts.netloc else None


def _rfc_822(published: Any) -> str | None:
    iso = parse_date(published) if isinstance(published, str) else None
    if iso is None:
        return None
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=_BANGKOK)
    elif moment.tzinfo is UTC:
        moment = moment.replace(tzinfo=timezone(timedelta(0)))
    return format_datetime(moment)


def _name(author: Any) -> str | None:
    if isinstance(author, dict):
        author = author.get("name")
    return author if isinstance(author, str) and author.strip() else None


def _categories(row: Mapping[str, Any]) -> Iterator[str]:
    for name in ("category", "categories", "tags"):
        value = row.get(name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                one = one.get("term")
            if isinstance(one, str) and one.strip():
                yield one


def _enclosures(row: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    links = row.get("links")
    for one in links if isinstance(links, list) else []:
        if isinstance(one, dict) and one.get("rel") == "enclosure" and _site(one.get("href")):
            kind, length = str(one.get("type") or "application/octet-stream"), str(one.get("length") or "0")
            yield one["href"], kind, length if length.isdigit() else "0"
