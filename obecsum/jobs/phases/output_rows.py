"""The lines of kept.jsonl and removed.jsonl."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from obecsum.cleaning.clean_text import Cleaned, Cut, restore
from obecsum.core.release import Release

__all__ = ["KEPT_FIELDS", "REMOVED_FIELDS", "kept_row", "removed_row", "restore_text"]

_RELEASE_FIELDS = ("id", "title", "text", "published", "url")
KEPT_FIELDS = (
    *_RELEASE_FIELDS,
    "cut",
    "edits",
    "headline",
    "summary",
    "points",
    "sentences",
    "confidence",
    "supported",
    "unsupported",
    "fallback",
    "group",
    "series",
    "previous_id",
    "changes",
    "supersedes",
)
REMOVED_FIELDS = (*_RELEASE_FIELDS, "kept_id", "relation", "jaccard", "changes", "account")


def kept_row(release: Release, cleaned: Cleaned, **results: Any) -> dict[str, Any]:
    """A line of kept.jsonl: the release's fields, the other input fields, then what the job found.

    Args:
        release: As it was read.
        cleaned: Its text after cleaning.
        **results: The fields after ``edits`` in ``KEPT_FIELDS``; what is not given is null.
    """
    row = _release_fields(release, cleaned.text, KEPT_FIELDS)
    row["cut"] = [cut.to_json() for cut in cleaned.cuts]
    row["edits"] = [list(edit) for edit in cleaned.edits]
    for name in KEPT_FIELDS[len(_RELEASE_FIELDS) + 2 :]:
        row[name] = results.get(name)
    return row


def removed_row(
    release: Release,
    *,
    kept_id: str,
    relation: str,
    jaccard: float,
    changes: list[dict[str, str]],
    account: list[dict[str, Any]],
) -> dict[str, Any]:
    """A line of removed.jsonl: the release as it was read, text uncut, and why it could go."""
    row = _release_fields(release, release.text, REMOVED_FIELDS)
    found = {"kept_id": kept_id, "relation": relation, "jaccard": jaccard, "changes": changes, "account": account}
    return row | found


def restore_text(row: Mapping[str, Any]) -> str:
    """The text as it was read of a line of kept.jsonl, character for character."""
    cuts = [Cut(cut["kind"], cut["start"], cut["end"], cut["text"]) for cut in row["cut"]]
    edits: Iterable[tuple[int, str, str]] = ((start, before, after) for start, before, after in row["edits"])
    return restore(row["text"], cuts, edits)


def _release_fields(release: Release, text: str, reserved: tuple[str, ...]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": release.id,
        "title": release.title,
        "text": text,
        "published": release.published,
        "url": release.url,
    }
    for name, value in release.extra.items():
        free = name
        while free in reserved or free in row or (free != name and free in release.extra):
            free = f"input_{free}"  # a feed's own "summary" stays, beside ours
        row[free] = value
    return row
