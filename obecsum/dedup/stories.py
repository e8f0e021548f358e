"""Releases about one event, in whatever words: :func:`stories`.

Two ministries report one event in their own words, and MinHash sees nothing in common. Their vectors are near
(:mod:`obecsum.embeddings`), they come within days, and they state the same names, places, days and figures. Nothing is
removed for that: a story lists its releases and says of each why it belongs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from obecsum.dedup.story_links import FactKey, FactWeights, StoryRule, key_facts, shared_facts
from obecsum.dedup.story_search import near_pairs
from obecsum.errors import OptionError
from obecsum.release import Release

if TYPE_CHECKING:
    from obecsum.dedup.groups import Pair
    from obecsum.embeddings import Embedder

__all__ = ["Story", "StoryLink", "stories"]

_SHOWN_FACTS = 3
_HEADLINE_CHARS = 120
_COUNT_ALL_UP_TO = 500
_KIND_NAMES = {
    "person": "person",
    "place": "place",
    "organization": "organization",
    "date": "date",
    "time": "time",
    "number": "figure",
    "serial": "serial",
}


@dataclass(frozen=True, slots=True)
class StoryLink:
    """Why a release is in a story.

    Attributes:
        id: ``id`` of the release.
        cosine: Of its vector and the center's.
        facts: (kind, value) of the facts that both state, the rarest first.
        reason: The same in words.
    """

    id: str
    cosine: float
    facts: tuple[FactKey, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """Releases about one event.

    Attributes:
        id: ``id`` of the release at its center: the one that most of the others are linked with.
        headline: The center's headline, or what ``write_headline`` made of its text.
        ids: All its releases, by (published, id).
        links: For each release but the center, in the same order, why it belongs.
    """

    id: str
    headline: str
    ids: tuple[str, ...]
    links: tuple[StoryLink, ...]


def stories(
    releases: Iterable[Release],
    *,
    window_days: int | None = 7,
    rule: StoryRule | None = None,
    embedder: Embedder | None = None,
    pairs: Iterable[Pair] = (),
    write_headline: Callable[[str], str] | None = None,
    num_threads: int | None = None,
) -> list[Story]:
    """Groups releases about one event; each is checked against the center itself, so no chain joins what differs.

    Args:
        releases: Any number; nothing of them is changed or removed. One without anything to embed is in no story.
        window_days: Most days between a release and its story's center, at least 0; None for no limit. A release
            without a readable date is compared with all.
        rule: From which cosine and shared facts on two releases are one story.
        embedder: The model; the bundled one where None.
        pairs: Pairs that :func:`obecsum.dedupe` compared: those it calls related, duplicate or contained are linked
            within the window without a minimum, since they share passages; updates are not linked with each other.
        write_headline: Makes a headline of a release's text, such as a summarizer's; where None, the center's own.
        num_threads: For the vectors; all cores where None.

    Returns:
        Stories of two releases or more, by their first release. The result depends on the releases, not on their order.

    Raises:
        OptionError: An option is out of its range, or two releases have one id.
        ModelError: The model cannot be loaded.

    Example:
        >>> from obecsum import Release
        >>> stories([Release(id="1", text="ประชุมคณะรัฐมนตรี", published="2025-01-07")])
        []
    """
    if window_days is not None and window_days < 0:
        raise OptionError(f"window_days must be at least 0, got {window_days}; None is no limit")
    ordered = sorted(releases, key=lambda release: (release.published or "", release.id, release.text))
    if len({release.id for release in ordered}) < len(ordered):
        raise OptionError("two releases have one id; stories name releases by their ids, so each needs its own")
    if len(ordered) < 2:
        return []
    rule = rule or StoryRule()
    if embedder is None:
        from obecsum.embeddings import Embedder

        embedder = Embedder()
    days = [_day(release.published) for release in ordered]
    ordered, days = _undated_last(ordered, days)
    vectors, known = embedder.encode_known([release.full_text for release in ordered], num_threads=num_threads)
    headlines, titled = embedder.encode_known([release.title or "" for release in ordered], num_threads=num_threads)
    places = np.flatnonzero(known)
    near = [
        (int(places[i]), int(places[j]), cosine)
        for i, j, cosine in near_pairs(
            np.ascontiguousarray(vectors[places]),
            [days[place] for place in places],
            window_days=window_days,
            min_cosine=rule.min_cosine,
        )
    ]
    alike = [
        (i, j, cosine, float(headlines[i] @ headlines[j]) if titled[i] and titled[j] else cosine)
        for i, j, cosine in near
    ]
    links = _links(ordered, alike, days, rule)
    _add_compared(links, ordered, vectors, known, days, pairs, window_days, rule)
    return _group(ordered, links, write_headline)


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def _undated_last(ordered: list[Release], days: list[int | None]) -> tuple[list[Release], list[int | None]]:
    order = sorted(range(len(ordered)), key=lambda i: (days[i] is None, days[i] or 0, i))
    return [ordered[i] for i in order], [days[i] for i in order]


@dataclass(frozen=True, slots=True)
class _Edge:
    strength: float
    cosine: float
    facts: tuple[FactKey, ...]
    relation: str = ""


def _links(
    ordered: Sequence[Release],
    near: Sequence[tuple[int, int, float, float]],
    days: Sequence[int | None],
    rule: StoryRule,
) -> dict[tuple[int, int], _Edge]:
    """The pairs that the rule accepts."""
    hopeful = []
    for i, j, cosine, of_headlines in near:
        apart = _apart(days[i], days[j])
        if rule.score(cosine, of_headlines, rule.max_fact_weight, apart) >= rule.min_score:
            hopeful.append((i, j, cosine, of_headlines, apart))
    # Rarity is told from the releases that are like another; of a small feed, from all.
    few = range(len(ordered)) if hopeful and len(ordered) <= _COUNT_ALL_UP_TO else ()
    places = {*few, *(place for pair in hopeful for place in pair[:2])}
    facts = {place: key_facts(ordered[place].full_text) for place in sorted(places)}
    weights = FactWeights.count(facts.values())
    links = {}
    for i, j, cosine, of_headlines, apart in hopeful:
        both, weight = shared_facts(facts[i], facts[j], weights.weight)
        score = rule.score(cosine, of_headlines, weight, apart)
        if score >= rule.min_score:
            telling = tuple(key for key in both if weights.weight(key) > 0)
            links[i, j] = _Edge(score, cosine, telling)
    return links


def _apart(first: int | None, second: int | None) -> int:
    return abs(second - first) if first is not None and second is not None else 0


def _add_compared(
    links: dict[tuple[int, int], _Edge],
    ordered: Sequence[Release],
    vectors: Any,
    known: Any,
    days: Sequence[int | None],
    pairs: Iterable[Pair],
    window_days: int | None,
    rule: StoryRule,
) -> None:
    place = {release.id: index for index, release in enumerate(ordered)}
    for pair in pairs:
        if pair.a_id not in place or pair.b_id not in place:
            continue
        i, j = sorted((place[pair.a_id], place[pair.b_id]))
        if pair.comparison.relation == "update":
            links.pop((i, j), None)  # the next occasion of a series, however alike
        if pair.comparison.relation not in ("related", "duplicate", "contained"):
            continue
        if i == j or (window_days is not None and _apart(days[i], days[j]) > window_days):
            continue
        earlier = links.get((i, j))
        cosine = float(vectors[i] @ vectors[j]) if known[i] and known[j] else 0.0
        facts = earlier.facts if earlier else ()
        links[i, j] = _Edge(rule.min_score + pair.comparison.jaccard, cosine, facts, pair.comparison.relation)


def _group(
    ordered: Sequence[Release],
    links: dict[tuple[int, int], _Edge],
    write_headline: Callable[[str], str] | None,
) -> list[Story]:
    """Takes the release with the strongest links as a center, with all that are linked to it; then among the rest."""
    neighbors: dict[int, dict[int, _Edge]] = defaultdict(dict)
    for (i, j), edge in links.items():
        neighbors[i][j] = neighbors[j][i] = edge
    free = set(neighbors)
    found: list[tuple[int, list[int]]] = []

    def pull(center: int) -> tuple[float, int]:
        return (round(sum(e.strength for j, e in neighbors[center].items() if j in free), 6), -center)

    pulls = {place: pull(place) for place in free}
    while free:
        center = max(free, key=lambda place: pulls[place])
        members = [j for j in neighbors[center] if j in free]
        free.discard(center)
        if not members:
            continue
        free.difference_update(members)
        found.append((center, sorted([center, *members])))
        for gone in (center, *members):
            for j in neighbors[gone]:
                if j in free:
                    pulls[j] = pull(j)
    found.sort(key=lambda story: story[1])
    return [
        Story(
            ordered[center].id,
            _headline(ordered[center], write_headline),
            tuple(ordered[place].id for place in members),
            tuple(_link(ordered[place], neighbors[center][place]) for place in members if place != center),
        )
        for center, members in found
    ]


def _headline(center: Release, write_headline: Callable[[str], str] | None) -> str:
    if write_headline is not None:
        written = write_headline(center.full_text).strip()
        if written:
            return written
    if center.title and center.title.strip():
        return " ".join(center.title.split())
    from obecsum.summaries.extract import cut_at_phrase

    return cut_at_phrase(" ".join(center.text.split()), max_chars=_HEADLINE_CHARS)


def _link(release: Release, edge: _Edge) -> StoryLink:
    shown = ", ".join(f"{_KIND_NAMES[kind]} {value}" for kind, value in edge.facts[:_SHOWN_FACTS])
    more = len(edge.facts) - _SHOWN_FACTS
    parts = [f"cosine {edge.cosine:.2f}"]
    if edge.relation:
        parts.append(f"compared: {edge.relation}")
    if shown:
        parts.append(f"both state {shown}" + (f" and {more} more" if more > 0 else ""))
    return StoryLink(release.id, round(edge.cosine, 4), edge.facts, "; ".join(parts))
