"""Updates in the order they came: each linked to the release that it updates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from obecsum.dedup.align import FACT_KINDS, Change
from obecsum.dedup.collector import rare_collections

if TYPE_CHECKING:
    from obecsum.dedup.verify import Item, Verifier

__all__ = ["FACT_KINDS", "Series", "SeriesLink", "link_series"]


@dataclass(frozen=True, slots=True)
class SeriesLink:
    """A release and the one that it updates.

    Attributes:
        id: ``id`` of the release.
        previous_id: ``id`` of its predecessor, published before it.
        changes: The facts that changed, before and after; spans count code points of the compared texts.
    """

    id: str
    previous_id: str
    changes: tuple[Change, ...]


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


def link_series(ordered: Sequence[Item], verifier: Verifier, kept_for: dict[int, int]) -> list[Series]:
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
    members: dict[int, list[int]] = {}
    for index in sorted({*previous, *previous.values()}):
        root = roots[previous[index]] if index in previous else index
        roots[index] = root
        members.setdefault(root, []).append(index)
    with rare_collections():
        return [_series(ordered, verifier, group, previous) for _, group in sorted(members.items())]


def _series(ordered: Sequence[Item], verifier: Verifier, group: list[int], previous: dict[int, int]) -> Series:
    """One series, of its members in order."""
    return Series(
        ordered[group[0]].id,
        tuple(ordered[index].id for index in group),
        tuple(
            SeriesLink(
                ordered[index].id,
                ordered[previous[index]].id,
                tuple(verifier.fact_changes(previous[index], index)),
            )
            for index in group
            if index in previous
        ),
    )
