"""Keeps what a summary puts in quotation marks within its source: a nickname or a slogan cannot be made up."""

from __future__ import annotations

from collections.abc import Collection, Sequence

__all__ = ["QuoteRule"]

_OPENING, _CLOSING = frozenset('“"'), frozenset('”"')


class QuoteRule:
    """After an opening quotation mark only what stands in the source follows, until the mark is closed.

    Args:
        pieces: What each id writes, (vocabulary,), without the mark of a space.
        sources: The sources of the batch, as they were cut into pieces.
    """

    def __init__(self, pieces: Sequence[str], sources: Sequence[str]) -> None:
        self.pieces = pieces
        self.sources = ["".join(source.split()) for source in sources]

    def start(self, source: int) -> _QuoteState:
        """The state before the first piece."""
        return _QuoteState(self, source, None)


class _QuoteState:
    """``inside`` is what was written since the mark was opened, None outside of marks."""

    __slots__ = ("inside", "rule", "source")

    def __init__(self, rule: QuoteRule, source: int, inside: str | None) -> None:
        self.rule = rule
        self.source = source
        self.inside = inside

    def limits(self) -> tuple[None, Collection[int]]:
        return None, ()

    def refused(self, candidates: Sequence[int]) -> Collection[int]:
        source = self.rule.sources[self.source]
        return [piece for piece in candidates if not self._fits(self.rule.pieces[piece], source)]

    def push(self, piece: int) -> _QuoteState:
        inside, _ = _read(self.inside, self.rule.pieces[piece])
        return _QuoteState(self.rule, self.source, inside)

    def _fits(self, text: str, source: str) -> bool:
        inside, quoted = _read(self.inside, text)
        return all(part in source for part in quoted) and (inside is None or inside in source)


def _read(inside: str | None, text: str) -> tuple[str | None, list[str]]:
    """What is open after ``text``, and what it closed."""
    closed = []
    for char in text:
        if inside is None:
            if char in _OPENING:
                inside = ""
        elif char in _CLOSING:
            closed.append(inside)
            inside = None
        else:
            inside += char
    return inside, closed
