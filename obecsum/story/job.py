"""``obecsum stories``: from feeds to ``stories.jsonl``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from obecsum.core.errors import OutputError, OutputExistsError
from obecsum.core.files import replacing
from obecsum.core.ids import unique_ids
from obecsum.core.progress import ProgressLike
from obecsum.core.release import Release
from obecsum.dedup.verify import text_key
from obecsum.embeddings import DEFAULT_EMBEDDINGS, Embedder
from obecsum.embeddings.interaction import DEFAULT_INTERACTION, InteractionModel
from obecsum.story.rule import StoryRule
from obecsum.story.stories import STORY_DIM, Story, stories
from obecsum.text.timestamps import order_key

__all__ = ["StoriesReport", "story_record", "write_stories"]

FILE_NAME = "stories.jsonl"


@dataclass(frozen=True, slots=True)
class StoriesReport:
    """What a run did.

    Attributes:
        releases: Releases read, each once.
        stories: Stories found.
        in_stories: Releases that are in one.
        path: The file written.
    """

    releases: int
    stories: int
    in_stories: int
    path: Path


def story_record(story: Story, releases: dict[str, Release]) -> dict[str, Any]:
    """One line of ``stories.jsonl``: ``id``, ``headline``, ``first``, ``last`` and its releases with their reasons."""
    links = {link.id: link for link in story.links}
    members = []
    for release_id in story.ids:
        release = releases[release_id]
        link = links.get(release_id)
        members.append(
            {
                "id": release_id,
                "title": release.title,
                "published": release.published,
                "url": release.url,
                "source": release.source,
                "is_center": link is None,
                "cosine": link.cosine if link else None,
                "shared_facts": [{"kind": kind, "value": value} for kind, value in link.facts] if link else [],
                "reason": link.reason if link else "the center of the story",
            }
        )
    dates = sorted(
        (member["published"] for member in members if member["published"]), key=lambda one: order_key(str(one))
    )
    return {
        "id": story.id,
        "headline": story.headline,
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
        "size": len(members),
        "releases": members,
    }


def write_stories(
    releases: Iterable[Release],
    out: Path,
    *,
    window_days: int | None = 7,
    model: str = DEFAULT_EMBEDDINGS,
    dim: int | None = None,
    interaction: str | None = DEFAULT_INTERACTION,
    rule: StoryRule | None = None,
    write_headline: Callable[[str], str] | None = None,
    overwrite: bool = False,
    num_threads: int | None = None,
    progress: ProgressLike = None,
) -> StoriesReport:
    """Finds the stories of releases and writes them to ``out/stories.jsonl``, whole or not at all.

    Args:
        releases: As :func:`obecsum.read` yields them. One that comes again is read once; where different texts share
            an id, later ones become ``id#2``, ``id#3``, as in ``obecsum clean``.
        out: Folder; made if missing.
        window_days: As :func:`obecsum.story.stories.stories` takes it.
        model: ``"obecsum-embeddings"``, a folder, or any SentenceTransformer name.
        dim: Dimensions to keep; where None 640 of the bundled model, all of another.
        interaction: ``"obecsum-interaction"``, or the folder of such a model; None to read no pair piece by piece.
        rule: As for ``stories``.
        write_headline: As for ``stories``.
        overwrite: Replace a ``stories.jsonl`` that is there.
        num_threads: As for ``stories``.
        progress: As for ``stories``.

    Raises:
        OutputExistsError: The file is there and ``overwrite`` is False.
        OutputError: It cannot be written.
        InputError: Of two releases or more, none has a word that the model knows.
        OptionError: An option is out of its range.
        ModelError: The model cannot be loaded.
    """
    path = out / FILE_NAME
    if path.exists() and not overwrite:
        raise OutputExistsError(f"{path} is there already; give another --out or allow it to be replaced")
    embedder = Embedder(model, dim=STORY_DIM if dim is None and model == DEFAULT_EMBEDDINGS else dim)
    given = _with_own_ids(list(releases))
    found = stories(
        given,
        window_days=window_days,
        rule=rule,
        embedder=embedder,
        interaction=InteractionModel(interaction, num_threads=num_threads) if interaction is not None else False,
        write_headline=write_headline,
        num_threads=num_threads,
        progress=progress,
    )
    by_id = {release.id: release for release in given}
    lines = b"".join(orjson.dumps(story_record(story, by_id), option=orjson.OPT_APPEND_NEWLINE) for story in found)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with replacing(path) as partial:
            partial.write_bytes(lines)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}; give a folder that can be") from error
    return StoriesReport(len(given), len(found), sum(len(story.ids) for story in found), path)


def _with_own_ids(releases: Sequence[Release]) -> list[Release]:
    unique = unique_ids(
        [release.id for release in releases],
        [release.published for release in releases],
        lambda row: text_key(releases[row].full_text),
    )
    return [
        replace(release, id=unique.renamed[row]) if row in unique.renamed else release
        for row, release in enumerate(releases)
        if row not in unique.same
    ]
