"""Keeps what a summary puts in quotation marks within its source: a nickname or a slogan cannot be made up."""

from __future__ import annotations

from collections.abc import Collection, Sequence

__all__ = ["QuoteRule", "marked_pieces"]

_OPENING, _CLOSING = frozenset('“"'), frozenset('”"')
_MARKS = _OPENING | _CLOSING


class QuoteRule:
    """After an opening quotation mark only what stands in the source follows, until the mark is closed.

    Args:
        pieces: What each id writes, (vocabulary,), without the mark of a space.
        sources: The sources of the batch, as they were cut into pieces.
        marked: Ids of the pieces that hold a quotation mark, if they are known; see :func:`marked_pieces`.
    """

    def __init__(self, pieces: Sequence[str], sources: Sequence[str], *, marked: frozenset[int] | None = None) -> None:
        self.pieces = pieces
        self.longest = max(map(len, pieces), default=0)
        self.marked = marked_pieces(pieces) if marked is None else marked
        self.sources = ["".join(source.split()) for source in sources]

    def start(self, source: int) -> _QuoteState:
        """The state before the first piece."""
        return _QuoteState(self, source, None, ())


def marked_pieces(pieces: Sequence[str]) -> frozenset[int]:
    """Ids of the pieces that hold a quotation mark."""
    return frozenset(index for index, piece in enumerate(pieces) if not _MARKS.isdisjoint(piece))


class _QuoteState:
    """The state of :class:`QuoteRule`.

    ``inside`` is what was written since the mark was opened, None outside of marks; ``ends``: where it ends in the
    source, each time it stands there, not kept while it is empty.
    """

    __slots__ = ("ends", "inside", "rule", "source")

    def __init__(self, rule: QuoteRule, source: int, inside: str | None, ends: tuple[int, ...]) -> None:
        self.rule = rule
        self.source = source
        self.inside = inside
        self.ends = ends

    def limits(self) -> tuple[None, Collection[int]]:
        return None, ()

    def refused(self, candidates: Sequence[int]) -> Collection[int]:
        rule, inside = self.rule, self.inside
        pieces, marked = rule.pieces, rule.marked
        if inside is None:
            return [piece for piece in candidates if piece in marked and not self._fits(pieces[piece])]
        source = rule.sources[self.source]
        following = self._following() if inside else source  # a substring, or one of a set
        return [
            piece
            for piece in candidates
            if (not self._fits(pieces[piece]) if piece in marked else pieces[piece] not in following)
        ]

    def _following(self) -> Collection[str]:
        """All that may be written next, of any length that a piece has."""
        source = self.rule.sources[self.source]
        return {source[end : end + size] for end in self.ends for size in range(self.rule.longest + 1)}

    def push(self, piece: int) -> _QuoteState:
        rule, inside = self.rule, self.inside
        if piece in rule.marked:
            inside, _ = _read(inside, rule.pieces[piece])
            return _QuoteState(rule, self.source, inside, _ends(inside, rule.sources[self.source]))
        if inside is None:
            return self  # what holds outside of marks still holds
        more, source = rule.pieces[piece], rule.sources[self.source]
        if not inside:
            return _QuoteState(rule, self.source, more, _ends(more, source))
        ends = tuple(end + len(more) for end in self.ends if source.startswith(more, end))
        return _QuoteState(rule, self.source, inside + more, ends)

    def _fits(self, text: str) -> bool:
        source = self.rule.sources[self.source]
        inside, quoted = _read(self.inside, text)
        return all(part in source for part in quoted) and (inside is None or inside in source)


def _ends(inside: str | None, source: str) -> tuple[int, ...]:
    if not inside:
        return ()
    found = []
    at = source.find(inside)
    while at >= 0:
        found.append(at + len(inside))
        at = source.find(inside, at + 1)
    return tuple(found)


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
