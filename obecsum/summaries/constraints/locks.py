"""What the model may write, piece by piece: rules that keep a summary within its source.

The rules know no framework. Each is asked for a state at the beginning of a source's summary; a state says what may
follow, and gives the state after one more piece, so nothing that was written is read again.
:mod:`obecsum.summaries.engines.logits` offers the same rules as logits processors of transformers, the beam search of
:mod:`obecsum.summaries.engines.beam` obeys them directly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from obecsum.summaries.constraints.echo import NoEcho

__all__ = ["EchoRule", "LockState", "NameRule", "PhraseRule", "Rule"]

_NOTHING: frozenset[int] = frozenset()


class LockState(Protocol):
    """What a rule remembers of a summary that is being written; it does not change."""

    def limits(self) -> tuple[Collection[int] | None, Collection[int]]:
        """Pieces that alone may follow (None: any), and pieces that must not.

        Where none of the first remains, the summary may end.
        """
        ...

    def refused(self, candidates: Sequence[int]) -> Collection[int]:
        """Those of some pieces that must not follow either; asked only for pieces that are about to be chosen."""
        ...

    def push(self, piece: int) -> LockState:
        """The state after one more piece."""
        ...


class Rule(Protocol):
    """A rule for the summaries of a batch of sources."""

    def start(self, source: int) -> LockState:
        """The state before the first piece.

        Args:
            source: Index of the source in the batch.
        """
        ...


class PhraseRule:
    """Forbids a run of ``size`` pieces to be written twice, and a piece to follow itself; exempt pieces may do both.

    Args:
        size: Pieces in a phrase, at least 2.
        exempt: Ids that may repeat (number slots, digits).
        spaces: Ids of pieces that are nothing but a space: they may repeat and do not part a phrase.
        max_period: Longest phrase, in pieces without spaces, that must not follow itself at once.
    """

    def __init__(
        self,
        size: int,
        exempt: Collection[int],
        *,
        spaces: Collection[int] = (),
        max_period: int = 8,
    ) -> None:
        self.size = size
        self.spaces = frozenset(spaces)
        self.exempt = frozenset(exempt) | self.spaces
        self.max_period = max_period

    def start(self, source: int) -> _PhraseState:  # noqa: ARG002  the same for every source
        """The state before the first piece."""
        return _PhraseState(self, (), (), {})


class _PhraseState:
    """``tail``: the last size - 1 pieces; ``solid``: the last without spaces; ``after``: phrase -> what followed it."""

    __slots__ = ("after", "rule", "solid", "tail")

    def __init__(
        self,
        rule: PhraseRule,
        tail: tuple[int, ...],
        solid: tuple[int, ...],
        after: dict[tuple[int, ...], frozenset[int]],
    ) -> None:
        self.rule = rule
        self.tail = tail
        self.solid = solid
        self.after = after

    def limits(self) -> tuple[None, Collection[int]]:
        rule, solid = self.rule, self.solid
        banned = set(self.after.get(self.tail, _NOTHING))
        if solid:
            banned.add(solid[-1])
        banned -= rule.exempt
        # Nor does a phrase follow itself at once, slots or not: 1 อำเภอ 1 อำเภอ.
        for period in range(2, min(rule.max_period, (len(solid) + 1) // 2) + 1):
            if solid[-1] != solid[-period - 1]:
                continue
            phrase = solid[-period:]
            if phrase[1:] == solid[-(2 * period - 1) : -period] and not rule.exempt.issuperset(phrase):
                banned.add(phrase[0])
        return None, banned

    def refused(self, candidates: Sequence[int]) -> Collection[int]:  # noqa: ARG002
        return ()

    def push(self, piece: int) -> _PhraseState:
        rule, after = self.rule, self.after
        tail = self.tail
        if len(tail) == rule.size - 1:
            after = {**after, tail: after.get(tail, _NOTHING) | {piece}}
        tail = (*tail, piece)[-(rule.size - 1) :]
        solid = self.solid if piece in rule.spaces else (*self.solid, piece)[-2 * rule.max_period :]
        return _PhraseState(rule, tail, solid, after)


class EchoRule:
    """:class:`~.echo.NoEcho` as a rule: what was written is not written again in other pieces.

    Args:
        echo: What is a repetition.
        twice: For each source, pieces that it repeats within one phrase itself, and that may be repeated.
    """

    def __init__(self, echo: NoEcho, twice: Sequence[frozenset[int]] = ()) -> None:
        self.echo = echo
        self.twice = twice

    def start(self, source: int) -> _EchoState:
        """The state before the first piece."""
        return _EchoState(
            self.echo, "", _NOTHING, self.echo.once - self.twice[source] if self.twice else self.echo.once
        )


class _EchoState:
    """``text``: what was written, spaces aside; ``used``: ids in it of those that are written ``once`` at most."""

    __slots__ = ("echo", "once", "shortest", "text", "used")

    def __init__(self, echo: NoEcho, text: str, used: frozenset[int], once: frozenset[int]) -> None:
        self.echo = echo
        self.once = once
        self.text = text
        self.used = used
        self.shortest = echo.shortest(text)

    def limits(self) -> tuple[None, Collection[int]]:
        return None, ()

    def refused(self, candidates: Sequence[int]) -> Collection[int]:
        return self.echo.banned_after(self.text, self.used, candidates, self.shortest)

    def push(self, piece: int) -> _EchoState:
        used = self.used | {piece} if piece in self.once else self.used
        return _EchoState(self.echo, self.text + self.echo.texts[piece], used, self.once)


class NameRule:
    """Lets a person's or a place's name go on only as it goes on in the source.

    After a title (นาย, พล.ต.อ.) or a place's head word (จังหวัด) only pieces follow that follow it somewhere in the
    source; inside a person's name only that name's own next piece, until the name may end. So the names of two people
    are not blended into a third, and nobody is given a title that the source has not.

    Args:
        heads: For each source, piece -> the pieces that may follow it; a head that the source lacks maps to none and is
            thereby forbidden itself.
        names: For each source, the pieces of every person's name, title included; and beside each piece whether the
            name may end before it (a surname may be left out).
        titles: For each source, as ``heads`` for titles of several pieces and their beginnings; all rows have the same
            keys.
        bare: Piece that begins with a space -> the same without; the first piece of a name or title may be either.
    """

    def __init__(
        self,
        heads: Sequence[Mapping[int, frozenset[int]]],
        names: Sequence[Sequence[tuple[tuple[int, ...], tuple[bool, ...]]]],
        *,
        titles: Sequence[Mapping[tuple[int, ...], frozenset[int]]] = (),
        bare: Mapping[int, int] | None = None,
    ) -> None:
        self.heads = heads
        self.absent = [frozenset(head for head, following in row.items() if not following) for row in heads]
        self.bare = bare or {}
        # For each source, beginning of a name (two pieces and more) -> next pieces, whether something else may follow.
        self.beginnings: list[dict[tuple[int, ...], tuple[frozenset[int], bool]]] = []
        self.firsts = [frozenset(self.bare.get(pieces[0], pieces[0]) for pieces, _ in row if pieces) for row in names]
        for row in names:
            found: dict[tuple[int, ...], tuple[frozenset[int], bool]] = {}
            for given, may_end in row:
                pieces = (self.bare.get(given[0], given[0]), *given[1:])
                for size in range(2, len(pieces) + 1):
                    following, free = found.get(pieces[:size], (_NOTHING, False))
                    if size == len(pieces):
                        free = True
                    else:
                        following = following | {pieces[size]}
                        free = free or may_end[size]
                    found[pieces[:size]] = (following, free)
            self.beginnings.append(found)
        self.titles = titles
        # Beginning of a title -> the pieces with which it is a title, or so much of one that it can be nothing else.
        self.title_ends: dict[tuple[int, ...], list[int]] = {}
        for title in titles[0] if titles else ():
            self.title_ends.setdefault(title[:-1], []).append(title[-1])
            for size in range(1, len(title) + 1):
                self.title_ends.setdefault(title[:size], [])

    def start(self, source: int) -> _NameState:
        """The state before the first piece."""
        return _NameState(self, source, (), (), None)


class _NameState:
    """``names``, ``titles``: beginnings that the text ends with, the longest first; ``last``: its last piece."""

    __slots__ = ("last", "names", "rule", "source", "titles")

    def __init__(
        self,
        rule: NameRule,
        source: int,
        names: tuple[tuple[int, ...], ...],
        titles: tuple[tuple[int, ...], ...],
        last: int | None,
    ) -> None:
        self.rule = rule
        self.source = source
        self.names = names
        self.titles = titles
        self.last = last

    def limits(self) -> tuple[Collection[int] | None, Collection[int]]:
        rule, source = self.rule, self.source
        banned = rule.absent[source]
        for begun in self.titles:
            present = rule.titles[source]
            banned |= {end for end in rule.title_ends[begun] if not present[*begun, end]}
        return self._allowed(), banned

    def _allowed(self) -> Collection[int] | None:
        rule, source = self.rule, self.source
        if self.names and len(self.names[0]) > 1:
            following, free = rule.beginnings[source][self.names[0]]
            return None if free else following
        for begun in self.titles:
            if after := rule.titles[source].get(begun):
                return after
        return (rule.heads[source].get(self.last) if self.last is not None else None) or None

    def refused(self, candidates: Sequence[int]) -> Collection[int]:  # noqa: ARG002
        return ()

    def push(self, piece: int) -> _NameState:
        rule = self.rule
        first = (rule.bare.get(piece, piece),)
        names = _grown(self.names, piece, rule.beginnings[self.source])
        if first[0] in rule.firsts[self.source]:
            names.append(first)
        titles = _grown(self.titles, piece, rule.title_ends)
        if first in rule.title_ends:
            titles.append(first)
        return _NameState(rule, self.source, tuple(names), tuple(titles), piece)


def _grown(begun: Iterable[tuple[int, ...]], piece: int, known: Collection[tuple[int, ...]]) -> list[tuple[int, ...]]:
    return [longer for beginning in begun if (longer := (*beginning, piece)) in known]
