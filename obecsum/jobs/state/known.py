"""What a job knows from earlier ones: nothing, or what an index tells."""

# ruff: noqa: ARG002 (who knows nothing needs no arguments)

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from obecsum.core.ids import Version
from obecsum.core.release import Release
from obecsum.dedup.verify import Item
from obecsum.jobs.state.pins import Pins

if TYPE_CHECKING:
    from obecsum.cleaning.boilerplate import Boilerplate
    from obecsum.jobs.state.store import Store

__all__ = ["Known"]


class Known:
    """A job without an index knows nothing; :class:`obecsum.jobs.phases.indexing.Indexed` overrides all of it.

    Attributes:
        is_index: Whether there is an index.
        job: Key of the job; what that added itself is not from another one.
        before: Names what the index held when the job got it; None without one.
        after: Names what it will hold when the job has committed; None without one.
        pins: What was brought back from an earlier job of the folder, and stays.
    """

    is_index = False
    job = ""
    before: str | None = None
    after: str | None = None
    pins = Pins()

    def is_seen(self, release: Release) -> bool:
        """Whether another job kept or removed this very release: its id and its text."""
        return False

    def versions(self, ids: Iterable[str]) -> Mapping[str, Sequence[Version]]:
        """The releases that were kept under ids, the first one first."""
        return {}

    def has(self, unique_id: str) -> bool:
        """Whether a release was kept under an id."""
        return False

    def matching(self, store: Store, rows: Sequence[int], ids: Sequence[str]) -> list[tuple[Item, int]]:
        """The indexed releases that those at some rows of the feed may repeat or continue, each with its number.

        Args:
            store: Of the job.
            rows: Ascending.
            ids: Unique id of each row of the feed.
        """
        return []

    def pairs(self) -> list[tuple[int, int]]:
        """Row of the feed and number in the index of each pair that :meth:`matching` found."""
        return []

    def key(self, number: int) -> bytes:
        """The :func:`~obecsum.dedup.verify.text_key` of what is compared of an indexed release."""
        raise KeyError(number)

    def text(self, number: int) -> str:
        """What is compared of an indexed release."""
        raise KeyError(number)

    def distinct(self, number: int) -> str:
        """The same without what feeds repeat."""
        raise KeyError(number)

    def text_of(self, unique_id: str) -> str:
        """What is compared of the release that was kept under an id."""
        raise KeyError(unique_id)

    def series(self, unique_id: str) -> str | None:
        """The series of an indexed release, if it has one."""
        return None

    def release(self, unique_id: str) -> Release | None:
        """What is compared of the release that was kept under an id; None if there is none."""
        return None

    def boilerplate(self, learned: Boilerplate) -> Boilerplate:
        """What the feed repeats, with what earlier feeds of the index repeated."""
        return learned

    def state(self) -> dict[str, Any] | None:
        """What the report tells of the index as it was when the job began."""
        return None

    def is_own(self, row: int) -> bool:
        """Whether the release at a row is in the index itself."""
        return False

    def came_earlier(self, row: int) -> bool:
        """Whether an earlier job put the release at a row into the index: not this job, which is done again."""
        return False

    def commit(self, store: Store) -> None:
        """Remember what the job kept."""

    def close(self) -> None:
        """Let others use the index."""
