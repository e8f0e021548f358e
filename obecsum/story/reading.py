"""Reads pairs of releases with the late-interaction model, and each release once, however long the feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from obecsum.core.release import Release
from obecsum.embeddings.interaction import Interaction, ReadRelease, interact

__all__ = ["Reader", "interactions"]

_CHUNK = 256


class Reader(Protocol):
    """What reads releases: :class:`obecsum.embeddings.interaction.InteractionModel`, or another of its kind."""

    def read(self, releases: Sequence[tuple[str, str]]) -> list[ReadRelease]:
        """Reads releases, each a headline and a text."""
        ...


def interactions(pairs: Sequence[tuple[int, int]], releases: Sequence[Release], model: Reader) -> Iterator[Interaction]:
    """How much of either release of each pair the other tells, in the order of the pairs.

    A release takes 100 KB once it is read, so it is forgotten after the last pair that it is in: with pairs in order
    of publication, those of one window are held.

    Args:
        pairs: Rows of ``releases``.
        releases: The feed.
        model: What reads them.
    """
    last = {row: number for number, pair in enumerate(pairs) for row in pair}
    held: dict[int, ReadRelease] = {}
    for first in range(0, len(pairs), _CHUNK):
        chunk = pairs[first : first + _CHUNK]
        new = sorted({row for pair in chunk for row in pair} - held.keys())
        read = model.read([(releases[row].title or "", releases[row].text) for row in new])
        held.update(zip(new, read, strict=True))
        for number, (i, j) in enumerate(chunk, first):
            yield interact(held[i], held[j])
            for row in (i, j):
                if last[row] == number:
                    held.pop(row, None)
