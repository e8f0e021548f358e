"""The lines of kept.jsonl and removed.jsonl, and what of the one makes the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from obecsum.cleaning.clean_text import Cleaned, Cut, clean_again, restore
from obecsum.core.release import Release

__all__ = ["KEPT_FIELDS", "REMOVED_FIELDS", "cleaned_row", "kept_again", "kept_row", "removed_row", "restore_text"]

_RELEASE_FIELDS = ("id", "title", "text", "published", "url")
_CLEANING_FIELDS = ("cut", "edits")
KEPT_FIELDS = (
    *_RELEASE_FIELDS,
    *_CLEANING_FIELDS,
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
REMOVED_FIELDS = (*_RELEASE_FIELDS, "kept_id", "relation", "jaccard", "changes", "account", "spans", *_CLEANING_FIELDS)
_IN_INDEX = "kept_in_index"
# The same in both files: a field of the input has one name, whichever file its release is in.
_RESERVED = frozenset((*KEPT_FIELDS, *REMOVED_FIELDS, _IN_INDEX))


def kept_row(release: Release, cleaned: Cleaned, **results: Any) -> dict[str, Any]:
    """A line of kept.jsonl: the release's fields, the other input fields, then what the job found.

    Args:
        release: As it was read.
        cleaned: Its text after cleaning.
        **results: The fields after ``edits`` in ``KEPT_FIELDS``; what is not given is null.
    """
    return _release_fields(release, cleaned.text) | _cleaning_fields(cleaned) | _results(results)


def removed_row(
    release: Release,
    cleaned: Cleaned,
    *,
    kept_id: str,
    relation: str,
    jaccard: float,
    changes: list[dict[str, str]],
    account: list[dict[str, Any]],
    spans: list[list[Any]],
    is_indexed: bool | None = None,
) -> dict[str, Any]:
    """A line of removed.jsonl: the release as it was read, text uncut, why it could go, and what it would be if kept.

    Args:
        release: As it was read.
        cleaned: Its text after cleaning.
        kept_id: Id of the one that stays.
        relation: As :class:`~obecsum.jobs.phases.outcome.Removed` has it, as the next four.
        jaccard: See there.
        changes: See there.
        account: See there.
        spans: See there.
        is_indexed: Whether the one that stays is in the index; None without one.
    """
    found: dict[str, Any] = {"kept_id": kept_id, "relation": relation, "jaccard": jaccard}
    found |= {"changes": changes, "account": account, "spans": spans, **_cleaning_fields(cleaned)}
    if is_indexed is not None:
        found[_IN_INDEX] = is_indexed
    return _release_fields(release, release.text) | found


def kept_again(row: Mapping[str, Any], **results: Any) -> dict[str, Any]:
    """The line of kept.jsonl that a release of removed.jsonl would have had, had it been kept.

    Args:
        row: Of removed.jsonl.
        **results: As for :func:`kept_row`.
    """
    own = {name: value for name, value in row.items() if name in _RELEASE_FIELDS or name not in _RESERVED}
    own["text"] = cleaned_row(row)
    return own | {name: row[name] for name in _CLEANING_FIELDS} | _results(results)


def cleaned_row(row: Mapping[str, Any]) -> str:
    """The text after cleaning of a line of removed.jsonl."""
    return clean_again(row["text"], *_cleaning(row))


def restore_text(row: Mapping[str, Any]) -> str:
    """The text as it was read of a line of kept.jsonl, character for character."""
    return restore(row["text"], *_cleaning(row))


def _cleaning(row: Mapping[str, Any]) -> tuple[list[Cut], Iterable[tuple[int, str, str]]]:
    cuts = [Cut(cut["kind"], cut["start"], cut["end"], cut["text"]) for cut in row["cut"]]
    return cuts, ((start, before, after) for start, before, after in row["edits"])


def _cleaning_fields(cleaned: Cleaned) -> dict[str, Any]:
    return {"cut": [cut.to_json() for cut in cleaned.cuts], "edits": [list(edit) for edit in cleaned.edits]}


def _results(results: Mapping[str, Any]) -> dict[str, Any]:
    return {name: results.get(name) for name in KEPT_FIELDS[len(_RELEASE_FIELDS) + len(_CLEANING_FIELDS) :]}


def _release_fields(release: Release, text: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": release.id,
        "title": release.title,
        "text": text,
        "published": release.published,
        "url": release.url,
    }
    for name, value in release.extra.items():
        free = name
        while free in _RESERVED or free in row or (free != name and free in release.extra):
            free = f"input_{free}"  # a feed's own "summary" stays, beside ours
        row[free] = value
    return row
