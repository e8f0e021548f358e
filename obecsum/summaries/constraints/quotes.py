"""Keeps what a summary puts in quotation marks within its source: a nickname or a slogan cannot be made up.

Nor cut: “ศิกานต์” stands in ศศิกานต์ and is nobody's name, and a title in Latin letters ends where its last word does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from obecsum.text.names import find_people

__all__ = ["QuoteRule", "inside_of_names", "marked_pieces"]

_OPENING, _CLOSING = frozenset('“"'), frozenset('”"')
_MARKS = _OPENING | _CLOSING
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_RUNS = re.compile(r'[“”"]|[^“”"]+')
_LATIN_GAP = re.compile(r"(?<=[A-Za-z,])\s+(?=[A-Za-z])")


def inside_of_names(text: str) -> set[int]:
    """Offsets in a text that are within a given name or a surname: no quotation begins or ends there."""
    found: set[int] = set()
    for start, end, name in find_people(text):
        at = start
        for part in name.split():
            at = text.find(part, at, end)
            if at < 0:
                break
            found.update(range(at + 1, at + len(part)))
            at += len(part)
    return found


class _SpacelessSource:
    """A source without spaces, and where in it a quotation does not begin, and not end."""

    __slots__ = ("not_begins", "not_ends", "text")

    def __init__(self, text: str) -> None:
        kept = [i for i, char in enumerate(text) if not char.isspace()]
        offset_of = dict(zip(kept, range(len(kept)), strict=True))  # of each character, without spaces
        self.text = "".join(text[i] for i in kept)
        inside = inside_of_names(text)
        for word in _LATIN_WORD.finditer(text):
            inside.update(range(word.start() + 1, word.end()))
        self.not_begins = {offset_of[i] for i in inside if i in offset_of}
        self.not_ends = self.not_begins | {offset_of[gap.end()] for gap in _LATIN_GAP.finditer(text)}

    def ends(self, words: str) -> tuple[int, ...]:
        """Where ``words`` end, each time they stand where a quotation may begin."""
        found = []
        at = self.text.find(words)
        while at >= 0:
            if at not in self.not_begins:
                found.append(at + len(words))
            at = self.text.find(words, at + 1)
        return tuple(found)


class QuoteRule:
    """After an opening quotation mark only what stands in the source follows, until the mark is closed.

    Args:
        pieces: What each id writes, (vocabulary,), without the mark of a space.
        sources: The sources of the batch, as they were cut into pieces.
        marked: Ids of the pieces that hold a quotation mark, if they are known; see :func:`marked_pieces`.
        end_id: What ends a summary, if it may end only where an open mark could be closed.
    """

    def __init__(
        self,
        pieces: Sequence[str],
        sources: Sequence[str],
        *,
        marked: frozenset[int] | None = None,
        end_id: int | None = None,
    ) -> None:
        self.pieces = pieces
        self.end_id = end_id
        self.longest = max(map(len, pieces), default=0)
        self.marked = marked_pieces(pieces) if marked is None else marked
        self.sources = [_SpacelessSource(source) for source in sources]

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

    __slots__ = ("ends", "following", "inside", "rule", "source")

    def __init__(self, rule: QuoteRule, source: int, inside: str | None, ends: tuple[int, ...]) -> None:
        self.rule = rule
        self.source = source
        self.inside = inside
        self.ends = ends
        self.following: Collection[str] | None = None

    def limits(self) -> tuple[None, Collection[int]]:
        if self.inside is None or self.rule.end_id is None:
            return None, ()
        not_ends = self.rule.sources[self.source].not_ends
        return None, () if any(end not in not_ends for end in self.ends) else (self.rule.end_id,)

    def refused(self, candidates: Sequence[int]) -> Collection[int]:
        rule, inside = self.rule, self.inside
        pieces, marked = rule.pieces, rule.marked
        if inside is None:
            return [piece for piece in candidates if piece in marked and not self._read(pieces[piece])[2]]
        if not inside:
            return [piece for piece in candidates if not self._read(pieces[piece])[2]]
        following = self.following
        if following is None:
            following = self.following = self._following()
        return [
            piece
            for piece in candidates
            if (not self._read(pieces[piece])[2] if piece in marked else pieces[piece] not in following)
        ]

    def push(self, piece: int) -> _QuoteState:
        if self.inside is None and piece not in self.rule.marked:
            return self  # what holds outside of marks still holds
        inside, ends, _ = self._read(self.rule.pieces[piece])
        return _QuoteState(self.rule, self.source, inside, ends)

    def _following(self) -> Collection[str]:
        """All that may be written next, of any length that a piece has."""
        source = self.rule.sources[self.source].text
        return {source[end : end + size] for end in self.ends for size in range(self.rule.longest + 1)}

    def _read(self, text: str) -> tuple[str | None, tuple[int, ...], bool]:
        """``inside`` and ``ends`` after ``text``, and whether it may be written."""
        source = self.rule.sources[self.source]
        inside, ends, fits = self.inside, self.ends, True
        for run in _RUNS.findall(text):
            if inside is None:
                inside = "" if run in _OPENING else None
            elif run in _CLOSING:
                fits = fits and (not inside or any(end not in source.not_ends for end in ends))
                inside, ends = None, ()
            else:
                if inside:
                    ends = tuple(end + len(run) for end in ends if source.text.startswith(run, end))
                else:
                    ends = source.ends(run)
                inside += run
                fits = fits and bool(ends)
        return inside, ends, fits
