"""Updates in the order they came: each linked to the release that it updates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from obecsum.comparison.alignment.align import FACT_KINDS, Change, fact_changes, word_changes
from obecsum.comparison.alignment.document import document_of

if TYPE_CHECKING:
    from obecsum.dedup.verify import Item, Verifier

__all__ = ["FACT_KINDS", "Chain", "Series", "SeriesLink", "find_chains", "link_series"]


@dataclass(frozen=True)
class SeriesLink:
    """A release and the one that it updates.

    Attributes:
        id: ``id`` of the release.
        previous_id: ``id`` of its predecessor, published before it.
        text: The release as it was compared.
        previous_text: Its predecessor as it was compared.
    """

    id: str
    previous_id: str
    text: str = field(repr=False)
    previous_text: str = field(repr=False)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What changed, before and after: the facts, and where no fact did, the words (approved, not approved).

        Spans count code points of the compared texts.

        Worked out when they are asked for, as ``Comparison.changes`` are: cutting what is new at words takes several
        times as long as finding that it is new.
        """
        before, after = document_of(self.previous_text), document_of(self.text)
        return tuple(fact_changes(before, after) or word_changes(before, after))


@dataclass(frozen=True, slots=True)
class Series:
    """Releases that update one another.

    Attributes:
        id: ``id`` of the first release.
        ids: All members, by (published, id).
        links: For each member but the first its predecessor, in the same order.
    """

    id: str
    ids: tuple[str, ...]
    links: tuple[SeriesLink, ...]


class Chain(NamedTuple):
    """A series by indexes.

    Attributes:
        members: The releases, in order.
        previous: For each member but the first its predecessor.
    """

    members: list[int]
    previous: dict[int, int]


def find_chains(verifier: Verifier, kept_for: dict[int, int]) -> list[Chain]:
    """The series among the kept releases.

    A release's predecessor is the last before it, by (published, id), that it was found an update of. A removed release
    stands for the one that was kept for it.
    """
    previous: dict[int, int] = {}
    for i, j, found in verifier.compared():
        if found.relation != "update":
            continue
        first, second = sorted((kept_for.get(i, i), kept_for.get(j, j)))
        if first == second or ((first, second) != (i, j) and verifier.compare(first, second).relation != "update"):
            continue
        previous[second] = max(first, previous.get(second, -1))
    roots: dict[int, int] = {}
    chains: dict[int, Chain] = {}
    for index in sorted({*previous, *previous.values()}):
        root = roots[previous[index]] if index in previous else index
        roots[index] = root
        chain = chains.setdefault(root, Chain([], {}))
        chain.members.append(index)
        if index in previous:
            chain.previous[index] = previous[index]
    return [chain for _, chain in sorted(chains.items())]


def link_series(ordered: Sequence[Item], chains: Sequence[Chain], text_of: Callable[[int], str]) -> list[Series]:
    """Series as they are given to users.

    Args:
        ordered: The releases.
        chains: Of :func:`find_chains`.
        text_of: The text of a release by its index; called once for each release and each that it updates.
    """
    return [
        Series(
            ordered[members[0]].id,
            tuple(ordered[index].id for index in members),
            tuple(
                SeriesLink(ordered[index].id, ordered[before].id, text_of(index), text_of(before))
                for index, before in previous.items()
            ),
        )
        for members, previous in chains
    ]
