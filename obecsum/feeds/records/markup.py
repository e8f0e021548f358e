"""The text of a piece of HTML, such as a feed's description: a line a block, entities as their characters.

A field of JSON or of a table does not say whether it is HTML. :func:`plain_text` goes by what only HTML has: a known
block that is closed, an element with attributes, ``<br>``, an image, a CDATA marker. "a < b" has none of them and
stays; about a lone ``<b>`` or ``&quot;`` the rest of the feed decides (:mod:`~obecsum.feeds.records.habits`).
"""

from __future__ import annotations

import re
from html import unescape

__all__ = [
    "has_inline_tags",
    "has_references",
    "looks_like_html",
    "plain_text",
    "text_of_html",
    "without_cdata",
    "without_markup",
    "without_references",
]

_TAG_NAME = r"[a-zA-Z][a-zA-Z0-9:-]*"
# What is no text: declarations and tags. Possessive, so that a hostile piece is read in one pass; what
# begins like one and does not end is text.
_MARKUP = re.compile(
    r"<[!?][^<>]*+>|"
    rf"<(?P<close>/?)(?P<name>{_TAG_NAME})(?P<rest>(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+)>"
)
_TAG = re.compile(rf"</?{_TAG_NAME}(?:\s[^<>]*)?/?>|<!--")
_HTML = re.compile(rf"</?{_TAG_NAME}(?:\s[^<>]*)?/?>|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
# fmt: off
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead",
    "title", "tr", "ul",
))
# fmt: on
_PARAGRAPHS = frozenset(("blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"))
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(("script", "style", "template", "iframe", "object", "noscript", "svg", "math", "head"))
_INLINE_NAMES = "a|b|i|u|s|em|strong|span|font|small|big|sub|sup|mark|cite|code"
_WHOLE_NAMES = "|".join(sorted((*_BLOCKS, *_CELLS, *_UNSEEN, "body", "html")))
_INLINE = re.compile(rf"</(?:{_INLINE_NAMES})\s*>", re.IGNORECASE)
_SURE = re.compile(
    rf"</(?:{_WHOLE_NAMES})\s*>|<(?:{_INLINE_NAMES})\s+[a-z-]+\s*=\s*[\"'][^<>]*>|<br\s*/?>|<hr\s*/?>|<img\s[^<>]*>|<!--[^<>]*-->",
    re.IGNORECASE,
)
_ESCAPED = re.compile(
    rf"&(?:amp;)*lt;\s*(?:/(?:{_INLINE_NAMES}|{_WHOLE_NAMES})|br\s*/?)\s*&(?:amp;)*gt;", re.IGNORECASE
)
_REFERENCE = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_CDATA = re.compile(r"<!\[CDATA\[|&(?:amp;)*lt;!\[CDATA\[", re.IGNORECASE)
_CDATA_END = re.compile(r"\]\](?:>|&(?:amp;)*gt;)")
_MAX_ROUNDS = 4  # of escaping, one in another
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
# Looking back keeps a run of spaces from being read once for each of them.
_BEFORE_BREAK = re.compile(r"(?<![ \t])[ \t]+\n")


def looks_like_html(text: str) -> bool:
    """Whether a text holds a tag or an entity."""
    return _HTML.search(text) is not None


def plain_text(value: str) -> str:
    """The text of a field that may be HTML, if it certainly is: as it stands, escaped, or in a CDATA section.

    Args:
        value: As the feed has it, or what :func:`text_of_html` made of that.

    Returns:
        The same object where nothing in it is certainly markup.

    >>> plain_text("&lt;p&gt;ก &amp;amp; ข&lt;/p&gt;"), plain_text("a < b, <x and y>"), plain_text("R&amp;D")
    ('ก & ข', 'a < b, <x and y>', 'R&amp;D')
    """
    for _ in range(_MAX_ROUNDS):
        if "&" not in value and "<" not in value:
            return value
        before = value
        value = without_cdata(value)
        # A sign that the expression needs is found far sooner than that there is no match.
        if "&" in value and ";" in value and _ESCAPED.search(value):
            value = unescape(value)
        elif "<" in value and ">" in value and _SURE.search(value):
            value = text_of_html(value)
        if value == before:
            return before
    return value


def without_references(value: str) -> str:
    """A text without references to characters, however often their ampersands were escaped.

    >>> without_references("R&amp;amp;D")
    'R&D'
    """
    for _ in range(_MAX_ROUNDS):
        if not has_references(value):
            break
        value = unescape(value)
    return value


def without_markup(value: str) -> str:
    """A text as if it was HTML for certain: whether anything in it can be read is not for the feed to tell.

    >>> without_markup("<b>R&amp;D</b>")
    'R&D'
    """
    if "<" in value:
        value = _TAG.sub("", value)
    return without_references(value)


def has_references(value: str) -> bool:
    """Whether a text has references to characters: HTML that was escaped twice, or words about it."""
    return "&" in value and ";" in value and _REFERENCE.search(value) is not None


def without_cdata(value: str) -> str:
    """A value without the markers of CDATA sections, which feeds escape or put one in another."""
    return _CDATA_END.sub("", _CDATA.sub("", value)) if "!" in value and _CDATA.search(value) else value


def has_inline_tags(value: str) -> bool:
    """Whether elements within a line are closed in a text: HTML, or the words of somebody who writes about it."""
    return "<" in value and _INLINE.search(value) is not None


def text_of_html(html: str) -> str:
    r"""The text that a reader of a piece of HTML sees.

    Without any tag, line breaks stay as they are. Else block elements and ``<br>`` end a line, paragraphs and headings
    leave an empty line, cells of a row are apart by a tab; scripts, styles and comments are left out. White space is as
    a browser shows it; no-break spaces stay.

    Args:
        html: A fragment or a page; it need not be well-formed.

    >>> text_of_html("<p>ข่าว &amp; <b>ภาพ</b></p><ul><li>ก</li><li>ข</li></ul>")
    'ข่าว & ภาพ\n\nก\nข'
    """
    if _TAG.search(html) is None:
        return unescape(html).strip()
    html = _without_comments(html)
    parts = _Parts()
    hidden: str | None = None
    at = 0
    for match in _MARKUP.finditer(html):
        if hidden is None:
            parts.text(html[at : match.start()])
        at = match.end()
        name = (match["name"] or "").lower()
        if not name:
            continue
        if hidden is not None:
            if name == hidden and match["close"]:
                hidden = None
        elif name in _UNSEEN:
            if not match["close"] and not match["rest"].endswith("/"):
                hidden = name
        elif name in _CELLS:
            if match["close"]:
                parts.cell()
        elif name == "br":
            parts.line()
        elif name in _BLOCKS:
            parts.block(2 if name in _PARAGRAPHS else 1)
    if hidden is None:
        parts.text(html[at:])
    return str(parts)


def _without_comments(html: str) -> str:
    parts = []
    at = 0
    while (begin := html.find("<!--", at)) >= 0 and (end := html.find("-->", begin + 4)) >= 0:
        parts.append(html[at:begin])
        at = end + 3
    parts.append(html[at:])
    return "".join(parts)


class _Parts:
    """Pieces of text and the breaks between them: blocks next to each other make one break, not two."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._lines = 0  # of <br> since the last text
        self._block = 0

    def text(self, html: str) -> None:
        if not html:
            return
        text = _SPACES.sub(" ", unescape(html))
        if not self._parts or self._lines or self._block:
            text = text.lstrip(" ")
            if not text:
                return
        if self._parts and (breaks := max(min(self._lines, 2), self._block)):
            self._parts.append("\n" * breaks)
        self._lines = self._block = 0
        self._parts.append(text)

    def line(self) -> None:
        self._lines += 1

    def block(self, lines: int) -> None:
        self._block = max(self._block, lines)

    def cell(self) -> None:
        if self._parts and not self._block and not self._lines:
            self._parts.append("\t")

    def __str__(self) -> str:
        return _BEFORE_BREAK.sub("\n", "".join(self._parts)).strip(" \t\n")
