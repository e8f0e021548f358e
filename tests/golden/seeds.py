"""The five seed releases, as they came."""

from __future__ import annotations

from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def seed(name: str) -> str:
    """The text of examples/<name>.txt."""
    return (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8")


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """A text without some of its spans."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text
