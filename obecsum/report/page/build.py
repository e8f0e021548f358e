"""The page put together: what the template draws first, then the cards, then the texts that they open."""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import lru_cache
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from obecsum.comparison.account.judge import HARMLESS
from obecsum.report.page.cards import Deck
from obecsum.report.page.charts import bars, day_chart, sources_bars
from obecsum.report.page.labels import LABELS, label
from obecsum.report.page.parts import Texts
from obecsum.report.page.rows import Files, Outside
from obecsum.report.report import Report
from obecsum.text.printable import printable

__all__ = ["MOST_BYTES", "page"]

MOST_BYTES = 40_000_000
_MOST_TEXT_BYTES = 28_000_000
_MOST_CUTS = 50
_MOST_SOURCES_NAMED = 5
_SCRIPTS = ("base.js", "cards.js", "app.js")
_DECKS = ("removed", "possible", "updates", "series", "kept")


def page(report: Report, where: Callable[[str], Path], outside: Outside) -> Iterator[bytes]:
    """The page of a job, piece by piece.

    Args:
        report: The figures.
        where: Gives the place of kept.jsonl and the other files by their names.
        outside: Gives releases that are in an index alone.
    """
    with tempfile.TemporaryFile() as spool, closing(Files(where, report.sources, outside)) as files:
        texts = Texts(spool, _MOST_TEXT_BYTES)
        deck = Deck(files, texts)
        parts = {name: cards.parts for name, cards in deck.kinds.items()}
        yield _drawn(report, files, deck).encode("utf-8", "replace")
        for name, found in parts.items():
            for number, part in enumerate(found):
                yield _data(f"{name}-{number}", part)
        yield b"<script>" + _script().encode() + b"</script>\n"
        for number, part in enumerate(texts.parts()):
            yield _data(f"text-{number}", part)
        yield b"</body></html>\n"


def _data(name: str, part: bytes) -> bytes:
    return f'<script type="text/plain" id="{name}">'.encode() + part + b"</script>\n"


def _drawn(report: Report, files: Files, deck: Deck) -> str:
    names = [printable(str(source["name"])) for source in report.sources]
    figures = files.figures
    counts = {name: cards.total for name, cards in deck.kinds.items()}
    tabs: list[tuple[str, int | None]] = [("removed", counts["removed"]), ("possible", counts["possible"])]
    tabs += [("updates", counts["updates"]), ("series", report.series), ("kept", counts["kept"])]
    tabs += [("cuts", sum(one["passages"] for one in report.cuts.values())), ("quarantine", report.quarantined)]
    shown = [one for one in tabs if one[1] or one[0] == "removed"]
    facts = {
        "labels": {name: list(both) for name, both in LABELS.items()},
        "sources": names,
        "relations": sorted(report.relations),
        "harmless": sorted(HARMLESS),
        "summarized": figures.summaries > 0,
        "parts": {name: len(cards.parts) for name, cards in deck.kinds.items()},
        "totals": counts,
        "files": {
            "removed": "removed.jsonl",
            "possible": "possible.jsonl",
            "updates": "kept.jsonl",
            "kept": "kept.jsonl",
        },
        "first": "removed" if report.input else None,
    }
    named = ", ".join(names[:_MOST_SOURCES_NAMED]) + (" …" if len(names) > _MOST_SOURCES_NAMED else "")
    return (
        _environment()
        .get_template("page.html")
        .render(
            report=_printable(report.to_json()),
            restored=len(report.restored),
            named=named,
            figures=figures,
            days=day_chart(figures.days),
            reasons=bars(deck.reasons),
            sources=sources_bars([{**source, "name": printable(str(source["name"]))} for source in report.sources])
            if len(report.sources) > 1
            else [],
            tabs=[*shown, ("job", None)],
            decks=_DECKS,
            cuts=[(kind, figures.cuts[kind].most_common(_MOST_CUTS)) for kind in report.cuts if kind in figures.cuts],
            quarantined=deck.quarantined,
            options=[(printable(name), printable(str(value))) for name, value in report.options.items()],
            facts=facts,
            style=Markup(_resource("style.css")),  # noqa: S704 - ours
            style_hash=_hash(_resource("style.css")),
            script_hash=_hash(_script()),
            label=label,
        )
    )


def _printable(value: Any) -> Any:
    """The same JSON value with strings that a page only shows."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {printable(str(name)): _printable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import FunctionLoader

    return Environment(autoescape=True, loader=FunctionLoader(_resource), undefined=StrictUndefined)


@lru_cache(maxsize=8)
def _resource(name: str) -> str:
    return (resources("obecsum.report.page") / "template" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _script() -> str:
    return '(() => {\n"use strict";\n' + "\n".join(map(_resource, _SCRIPTS)) + "})();\n"


def _hash(text: str) -> str:
    """What a content security policy names a script or a style by."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
