"""What a web page says of itself: its headline and its date; and the names that the pages of one host share."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from obecsum.feeds.records.markup import plain_text, text_of_html
from obecsum.text.lexicon.tables import ORGANIZATION_HEADS
from obecsum.text.normalize import fold, normalize
from obecsum.text.timestamps import parse_date

__all__ = ["HEAD_BYTES", "SiteNames", "date_of", "headline_of"]

HEAD_BYTES = 1 << 14  # of a page, in which its title stands
_META = re.compile(r"<meta\s[^<>]{1,4000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"(?<![a-z:-])([a-z:-]+)\s*+=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_TITLE = re.compile(r"<title(?:\s[^<>]*)?>([^<]{1,2000}(?:<(?!/title)[^<]{0,2000}){0,20})</title", re.IGNORECASE)
_H1 = re.compile(r"<h1(?:\s[^<>]{0,2000})?>(.{0,4000}?)</h1\s*>", re.IGNORECASE | re.DOTALL)
_H1_TAG = re.compile(r"<h1[\s>]", re.IGNORECASE)
_LINKED_DATA = re.compile(
    r"<script\s[^<>]{0,500}application/ld\+json[^<>]{0,500}>([^<]*(?:<(?!/script)[^<]*)*+)</script", re.IGNORECASE
)
_CANONICAL = re.compile(r"<link\s[^<>]{0,500}rel=[\"']canonical[\"'][^<>]{0,2000}>", re.IGNORECASE)
_TIME = re.compile(r"<time(\s[^<>]{0,1000})?>([^<]{0,200})", re.IGNORECASE)
_DATED = re.compile(
    r"<(?:span|div|p|td|li|dd|em|i|b|small|strong|abbr)\s[^<>]{0,300}?(?:class|id|itemprop)=[\"'][^\"'<>]{0,100}?"
    r"(?:date|publish|posted|time)[^\"'<>]{0,100}[\"'][^<>]{0,300}>([^<]{1,200})<",
    re.IGNORECASE,
)
_DATED_NAME = re.compile(r"=[\"'][^\"'<>]{0,100}?(?:date|publish|posted|time)", re.IGNORECASE)
_DATE_NAMES = (
    "article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "publishdate",
    "publish_date",
    "publish-date",
    "date",
    "pubdate",
)
_ARTICLE = re.compile(r"Article|BlogPosting|Report|WebPage")
_MAX_DATA_CHARS = 1 << 18
# What parts a headline from its site's name; a dash only between spaces, for headlines hold them.
_BETWEEN = re.compile(r"\s*[|»«]\s*|\s+[-–—]\s+")
_MAY_PART = re.compile("[|»«–—-]")
_MIN_PAGES = 3
_MIN_SHARE = 0.5
_MAX_HEADLINE_CHARS = 1000


class SiteNames:
    """The names that pages of one host put on either side of their headlines.

    Args:
        pages: The beginnings of pages.
    """

    def __init__(self, pages: Iterable[str] = ()) -> None:
        parts: dict[str, Counter[str]] = {}
        totals: Counter[str] = Counter()
        for page in pages:
            title = _page_title(page)
            if title is None:
                continue
            host = _host(page)
            totals[host] += 1
            found = parts.setdefault(host, Counter())
            found.update({_key(part) for _, _, part in _ends(title)})
        self._names = {
            host: {key for key, count in found.items() if key and count >= max(_MIN_PAGES, _MIN_SHARE * totals[host])}
            for host, found in parts.items()
        }

    def of(self, page: str) -> set[str]:
        """The names that the page's host is known to have."""
        return self._names.get(_host(page), set())


def headline_of(page: str, sites: SiteNames) -> str | None:
    """The headline of a page: og:title, a JSON-LD article's, the only h1, the title; None where it has none of them.

    Args:
        page: Its source.
        sites: What is known of its host. A name that is known, or that the page gives as its site's, is taken off
            either side. Of a ``<title>`` a part that begins as an office does (กระทรวง, กรม) is taken off too where
            another part is longer.
    """
    meta = _meta(page)
    known = sites.of(page) | {_key(meta[name]) for name in ("og:site_name", "application-name") if name in meta}
    for found in (meta.get("og:title"), _linked(page, "headline"), _only_h1(page)):
        title = _bare(found, known) if found else ""
        if title and _key(title) not in known:
            return title
    title = _page_title(page) or ""
    bare = _bare(title, known, guess=True)
    return bare or title or None


def date_of(page: str) -> str | None:
    """The date of a page in its own words: of the metadata, JSON-LD, ``<time>``, or an element that is named as one.

    A date that only stands in the text is not taken, nor one of several elements that differ.
    """
    meta = _meta(page)
    for name in _DATE_NAMES:
        if name in meta and parse_date(meta[name]):
            return meta[name]
    linked = _linked(page, "datePublished")
    if linked and parse_date(linked):
        return linked
    times: list[tuple[bool, str]] = []
    for attributes, content in _TIME.findall(page):
        named = {name.lower(): first or second for name, first, second in _ATTRIBUTE.findall(attributes)}
        value = named.get("datetime") or content
        if parse_date(value.strip()):
            is_published = "publish" in attributes.lower() or "pubdate" in attributes.lower()
            times.append((is_published, value.strip()))
    if times:
        published = [value for is_published, value in times if is_published]
        values = published or [value for _, value in times]
        return values[0] if published or len(set(values)) == 1 else None
    if _DATED_NAME.search(page) is None:
        return None
    dated = {" ".join(text_of_html(content).split()) for content in _DATED.findall(page)}
    readable = {text: iso for text in sorted(dated) if (iso := parse_date(text))}
    return next(iter(readable)) if len({iso[:10] for iso in readable.values()}) == 1 else None


@lru_cache(maxsize=2)
def _meta(page: str) -> dict[str, str]:
    named: dict[str, str] = {}
    if "<meta" not in page and "<META" not in page:
        return named
    for tag in _META.findall(page):
        attributes = {name.lower(): first or second for name, first, second in _ATTRIBUTE.findall(tag)}
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        if name and attributes.get("content"):
            named.setdefault(name, text_of_html(attributes["content"]))
    return named


def _linked(page: str, name: str) -> str | None:
    """A text that the page's JSON-LD gives of its article."""
    for source in _LINKED_DATA.findall(page):
        if len(source) > _MAX_DATA_CHARS or name not in source:
            continue
        try:
            data = json.loads(source.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data, 0):
            if _ARTICLE.search(str(thing.get("@type"))) and isinstance(thing.get(name), str) and thing[name].strip():
                return str(thing[name])
    return None


def _things(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 5:
        return
    if isinstance(data, dict):
        yield data
        yield from _things(data.get("@graph"), depth + 1)
        yield from _things(data.get("mainEntity"), depth + 1)
    elif isinstance(data, list):
        for one in data[:100]:
            yield from _things(one, depth + 1)


def _only_h1(page: str) -> str | None:
    if len(_H1_TAG.findall(page)) != 1:
        return None
    match = _H1.search(page)
    return text_of_html(match[1]) if match else None


def _page_title(page: str) -> str | None:
    match = _TITLE.search(page)
    title = " ".join(plain_text(text_of_html(match[1])).split()) if match else ""
    return title if 0 < len(title) <= _MAX_HEADLINE_CHARS else None


def _host(page: str) -> str:
    """The host that a page says it is of; pages that do not say are taken for those of one."""
    tag = _CANONICAL.search(page)
    address = ""
    if tag:
        named = {name.lower(): first or second for name, first, second in _ATTRIBUTE.findall(tag[0])}
        address = named.get("href", "")
    try:
        return urlsplit(address or _meta(page).get("og:url", "")).netloc.lower()
    except ValueError:
        return ""


def _ends(title: str) -> list[tuple[int, int, str]]:
    """The first and the last part of a title that has several: where the rest of it begins and ends, and the part."""
    found = list(_BETWEEN.finditer(title)) if _MAY_PART.search(title) else []
    if not found:
        return []
    return [(found[0].end(), len(title), title[: found[0].start()]), (0, found[-1].start(), title[found[-1].end() :])]


@lru_cache(maxsize=1024)  # the pages of a site have the same
def _key(name: str) -> str:
    return "".join(fold(normalize(name)).split())


def _bare(title: str, known: set[str], *, guess: bool = False) -> str:
    """A headline without its site's names."""
    title = " ".join(plain_text(title).split())
    whole = title
    while ends := _ends(title):
        taken = [(start, end) for start, end, part in ends if not part or _key(part) in known]
        if not taken and guess and title == whole:
            taken = [
                (start, end)
                for start, end, part in ends
                if part.startswith(ORGANIZATION_HEADS) and len(part) < len(title[start:end])
            ]
            taken = taken if len(taken) == 1 else []
        if not taken:
            break
        start, end = taken[0]
        title = title[start:end].strip()
    return title
