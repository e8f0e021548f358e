"""Labelled pairs of releases, and the evidence on them that the story rule goes by."""

from __future__ import annotations

import lzma
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from obecsum.core.release import Release
from obecsum.embeddings import Embedder
from obecsum.story.evidence import Gatherer, day_of
from obecsum.story.reading import Reader, interactions
from obecsum.story.rule import StoryEvidence, StoryRule

WINDOW_DAYS = 7


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The feed's objects, in order."""
    content = path.read_bytes()
    if path.suffix == ".xz":
        content = lzma.decompress(content)
    return [orjson.loads(line) for line in content.splitlines()]


def read_pairs(path: Path) -> list[dict[str, Any]]:
    """Labelled pairs: ``a``, ``b``, ``label`` (same or different) and more."""
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def as_release(row: Mapping[str, Any]) -> Release:
    """A row of the corpus as ``obecsum.read`` gives it."""
    return Release(
        id=str(row["id"]),
        text=row["body"],
        title=row["title"],
        published=row["date"],
        extra={"category": row.get("category")},
    )


def evidence_on(
    pairs: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    embedder: Embedder,
    interaction: Reader | None = None,
) -> list[StoryEvidence]:
    """What speaks for and against each pair, among all releases of the feed; read piece by piece where it is given."""
    releases = sorted((as_release(row) for row in rows), key=lambda release: (release.published or "", release.id))
    row_of = {release.id: number for number, release in enumerate(releases)}
    gatherer, vectors = gatherer_of(releases, embedder)
    ends = [(min(i, j), max(i, j)) for i, j in ((row_of[pair["a"]], row_of[pair["b"]]) for pair in pairs)]
    gatherer.read(range(len(releases)))
    evidence = [gatherer.look(i, j, float(vectors[i] @ vectors[j])) for i, j in ends]
    if interaction is None:
        return evidence
    read = interactions(ends, releases, interaction)
    return [replace(each, read=found) for each, found in zip(evidence, read, strict=True)]


def gatherer_of(releases: Sequence[Release], embedder: Embedder) -> tuple[Gatherer, npt.NDArray[np.float32]]:
    """What gathers the evidence on releases in order of publication, and their vectors."""
    vectors, known = embedder.encode_known([release.full_text for release in releases])
    if embedder.static is None:
        raise ValueError(f"{embedder.name} has no vocabulary of its own to tell rare words by")
    gatherer = Gatherer(
        releases,
        [day_of(release.published) for release in releases],
        vectors,
        known,
        pieces=embedder.static.pieces,
        window_days=WINDOW_DAYS,
        lowest_usual=StoryRule().lowest_usual,
    )
    return gatherer, vectors
