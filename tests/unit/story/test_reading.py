"""Each release is read once, and forgotten after its last pair."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from obecsum.core.release import Release
from obecsum.embeddings.interaction import ReadRelease, interact
from obecsum.story import reading as story_reading
from obecsum.story.reading import interactions


class Counting:
    """Reads a release as two pieces that its text says, and counts."""

    def __init__(self) -> None:
        self.read_texts: list[str] = []

    def read(self, releases: Sequence[tuple[str, str]]) -> list[ReadRelease]:
        self.read_texts += [text for _, text in releases]
        found = []
        for _, text in releases:
            angle = np.array([float(text), float(text) + 0.5])
            rows = np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)
            found.append(ReadRelease(rows, np.full(2, 0.5, np.float32), np.ones(2, np.float32), rows, rows))
        return found


def test_pairs_come_in_their_order_and_each_release_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story_reading, "_CHUNK", 2)
    releases = [Release(id=str(row), text=str(row / 3)) for row in range(6)]
    pairs = [(0, 1), (0, 2), (1, 2), (3, 4), (2, 5), (4, 5)]
    model = Counting()
    found = list(interactions(pairs, releases, model))
    assert sorted(model.read_texts) == sorted(release.text for release in releases)
    fresh = Counting().read([("", release.text) for release in releases])
    assert found == [interact(fresh[i], fresh[j]) for i, j in pairs]


def test_nothing_to_read_asks_no_model() -> None:
    model = Counting()
    assert list(interactions([], [], model)) == []
    assert model.read_texts == []
