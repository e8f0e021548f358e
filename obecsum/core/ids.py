"""Making the ids of a job unique, so that a release that comes twice is one and two that share an id are two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from obecsum.text.timestamps import order_key

__all__ = ["UniqueIds", "Version", "unique_ids"]


@dataclass(frozen=True, slots=True)
class Version:
    """A release of an id that was kept before.

    Attributes:
        unique_id: The id that it was kept under.
        key: :func:`obecsum.dedup.verify.text_key` of its whole text.
    """

    unique_id: str
    key: bytes


@dataclass(frozen=True, slots=True)
class UniqueIds:
    """What is to be done so that no two releases share an id.

    Attributes:
        renamed: Row of a later version to its id, with ``#2``, ``#3`` ... added.
        same: Row of a release that came before under the same id with the same text, to the row of that one.
        previous: Unique id of a later version to the one of the version before it.
    """

    renamed: dict[int, str] = field(default_factory=dict)
    same: dict[int, int] = field(default_factory=dict)
    previous: dict[str, str] = field(default_factory=dict)


def unique_ids(
    ids: Sequence[str],
    published: Sequence[str | None],
    key_of: Callable[[int], bytes],
    *,
    earlier: Mapping[str, Sequence[Version]] | None = None,
    is_taken: Callable[[str], bool] | None = None,
) -> UniqueIds:
    """Tell releases with one id apart.

    Versions go by date where all of them have one, else by their order in the feed: the first keeps the id, a later
    one with another text becomes ``id#2``. Texts are the same if folding leaves no difference but white space.

    Args:
        ids: In the order of the feed.
        published: When each was published, or None; in the order of the feed.
        key_of: Gives the :func:`~obecsum.dedup.verify.text_key` of the release at a row; asked where an id is shared.
        earlier: Versions of an id that were kept before, in their order; a release of the same text takes their id.
        is_taken: Whether an id was given before to a release of another one.
    """
    earlier = earlier or {}
    rows: dict[str, list[int]] = {}
    for row, release_id in enumerate(ids):
        rows.setdefault(release_id, []).append(row)
    result = UniqueIds()
    given: set[str] = set()
    for release_id, group in rows.items():
        kept = earlier.get(release_id, ())
        if len(group) == 1 and not kept:
            continue
        if all(published[row] for row in group):
            group = sorted(group, key=lambda row: (order_key(published[row]), row))
        by_key: dict[bytes, int] = {}
        for row in group:
            first = by_key.setdefault(key_of(row), row)
            if first != row:
                result.same[row] = first
        names = {version.key: version.unique_id for version in kept}
        number = 1
        first_is_free = release_id not in names.values() and not (kept and is_taken and is_taken(release_id))
        for key in by_key:
            if key in names:
                continue
            name = release_id
            while not first_is_free:
                number += 1
                name = f"{release_id}#{number}"
                if name not in rows and name not in given and not (is_taken and is_taken(name)):
                    break
            first_is_free = False
            names[key] = name
            given.add(name)
        for key, row in by_key.items():
            if names[key] != release_id:
                result.renamed[row] = names[key]
        result.previous.update(_chain([names[key] for key in by_key], [version.unique_id for version in kept]))
    return result


def _chain(mine: Sequence[str], kept: Sequence[str]) -> dict[str, str]:
    """Each version with the one before; the first with the last that was kept before it and is not given again."""
    chain = {after: before for before, after in pairwise(mine)}
    known = kept[: kept.index(mine[0])] if mine[0] in kept else kept
    before = [name for name in known if name not in mine]
    if before:
        chain[mine[0]] = before[-1]
    return chain
