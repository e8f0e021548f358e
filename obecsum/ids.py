"""Making the ids of a job unique, so that a release that comes twice is one and two that share an id are two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from obecsum.release import Release
from obecsum.thai.normalize import fold, normalize

__all__ = ["UniqueIds", "unique_ids"]


@dataclass(frozen=True, slots=True)
class UniqueIds:
    """Releases of which no two share an id.

    Attributes:
        releases: As given, in the same order, with ``#2``, ``#3`` ... added to the ids of later versions.
        same: Position of a release that came before under the same id with the same text, to the position of that one.
        previous: Id of a later version to the id of the version before it.
    """

    releases: list[Release]
    same: dict[int, int] = field(default_factory=dict)
    previous: dict[str, str] = field(default_factory=dict)


def unique_ids(releases: Sequence[Release]) -> UniqueIds:
    """Tell releases with one id apart.

    Versions go by date where all of them have one, else by their order in the feed: the first keeps the id, a later
    one with another text becomes ``id#2``. Texts are the same if folding leaves no difference but white space.

    Args:
        releases: In the order of the feed.
    """
    places: dict[str, list[int]] = {}
    for place, release in enumerate(releases):
        places.setdefault(release.id, []).append(place)
    result = UniqueIds(list(releases))
    taken = set(places)
    for release_id, group in places.items():
        if len(group) == 1:
            continue
        if all(releases[place].published for place in group):
            group = sorted(group, key=lambda place: (str(releases[place].published), place))
        by_text: dict[str, int] = {}
        for place in group:
            first = by_text.setdefault(_compared(releases[place]), place)
            if first != place:
                result.same[place] = first
        versions = list(by_text.values())
        number = 1
        for before, place in pairwise(versions):
            number += 1
            while (new_id := f"{release_id}#{number}") in taken:
                number += 1
            taken.add(new_id)
            result.releases[place] = replace(releases[place], id=new_id)
            result.previous[new_id] = result.releases[before].id
    return result


def _compared(release: Release) -> str:
    return "".join(fold(normalize(release.full_text)).split())
