"""Releases about one event, in whatever words: :func:`stories`.

Two ministries report one event in their own words, and MinHash sees nothing in common. Their vectors are near
(:mod:`obecsum.embeddings`), nearer than to those of other weeks, they come within days, and they state the same days,
hours and places (:mod:`obecsum.story.rule`). Nothing is removed for that: a story lists its releases and says of
each why it belongs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import numpy as np

from obecsum.core.arguments import checked
from obecsum.core.errors import InputError, ModelError, OptionError
from obecsum.core.progress import Progress, ProgressLike, telling
from obecsum.core.release import Release
from obecsum.dedup.result import DedupeResult, Pair
from obecsum.feeds.given import given
from obecsum.story.evidence import Gatherer, day_of
from obecsum.story.facts import FactKey, LocalCounts, key_facts, shared_facts
from obecsum.story.reading import Reader, interactions
from obecsum.story.rule import StoryEvidence, StoryRule
from obecsum.story.search import near_pairs
from obecsum.text.timestamps import order_key

if TYPE_CHECKING:
    from obecsum.embeddings import Embedder
    from obecsum.embeddings.pieces import WordPieces

__all__ = ["STORY_DIM", "Story", "StoryLink", "stories"]

STORY_DIM = 640  # dimensions of the bundled model: those behind find more headlines, but no more stories
_SHOWN_FACTS = 3
_HEADLINE_CHARS = 120
_Value = TypeVar("_Value")
_LINK = 0.5  # strength of a link that the rule only just accepts
_KIND_NAMES = {"person": "person", "place": "place", "organization": "organization", "number": "figure", "serial": ""}


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


@checked
def stories(
    releases: Any,
    *,
    fields: Mapping[str, str] | None = None,
    window_days: int | None = 7,
    rule: StoryRule | None = None,
    embedder: Embedder | None = None,
    interaction: Reader | Literal[False] | None = None,
    write_headline: Callable[[str], str] | None = None,
    num_threads: int | None = None,
    progress: ProgressLike = None,
) -> list[Story]:
    """Groups releases about one event; each is checked against the center itself, so no chain joins what differs.

    Args:
        releases: Any number, as :func:`obecsum.dedupe` takes them; nothing of them is changed or removed. One without
            anything to embed is in no story. Or what :func:`obecsum.dedupe` found among them, kept and removed ones
            alike: the pairs that it calls related, duplicate or contained are then linked within the window without a
            minimum, since they share passages; updates are not linked with each other.
        fields: Role (id, text, title, published, url) to field or column name, where names cannot be guessed.
        window_days: Most days between a release and its story's center, at least 0; None for no limit. A release
            without a readable date is compared with all.
        rule: From which evidence on two releases are one story; where None, the one that was fitted with
            ``interaction``, or without it.
        embedder: The model; the first 640 dimensions of the bundled one where None, for which the rule was fitted.
        interaction: Reads the pairs that come near to one story, piece by piece; the bundled
            :class:`obecsum.embeddings.interaction.InteractionModel` where None. False leaves it out, which takes no
            PyTorch and finds fewer.
        write_headline: Makes a headline of a release's text, such as a summarizer's; where None, the center's own.
        num_threads: For the vectors and for reading; all cores where None.
        progress: What is told how far it is: True, a function of (done, total, stage), or an object; see
            :mod:`obecsum.core.progress`.

    Returns:
        Stories of two releases or more, by their first release. The result depends on the releases, not on their order.

    Raises:
        InputError: Of two releases or more, none has a word that the model knows.
        OptionError: An option is out of its range, or two releases have one id (of a result: with different texts).
        ModelError: A model cannot be loaded.

    Example:
        >>> from obecsum import Release
        >>> stories([Release(id="1", text="ประชุมคณะรัฐมนตรี", published="2025-01-07")])
        []
    """
    if window_days is not None and window_days < 0:
        raise OptionError(f"window_days must be at least 0, got {window_days}; None is no limit")
    pairs: Sequence[Pair] = ()
    if isinstance(releases, DedupeResult):
        pairs, found = releases.pairs, _distinct(releases)
    else:
        found = given(releases, fields=fields).releases
    ordered = sorted(found, key=lambda release: (order_key(release.published), release.id, release.text))
    if len({release.id for release in ordered}) < len(ordered):
        raise OptionError("two releases have one id; stories name releases by their ids, so each needs its own")
    if len(ordered) < 2:
        return []
    if rule is None:
        rule = StoryRule.without_interaction() if interaction is False else StoryRule()
    if interaction is False and rule.reads:
        raise OptionError(
            "this rule weighs what an interaction model tells: give one, or StoryRule.without_interaction()"
        )
    if interaction is None and rule.reads:
        from obecsum.embeddings.interaction import InteractionModel

        interaction = InteractionModel(num_threads=num_threads)
    if embedder is None:
        from obecsum.embeddings import Embedder

        embedder = Embedder(dim=STORY_DIM)
    elif not hasattr(embedder, "encode_known"):
        raise TypeError(f"embedder must be an obecsum.embeddings.Embedder, got {type(embedder).__name__}")
    with telling(progress) as told:
        return _found(
            ordered, pairs, window_days, rule, embedder, interaction or None, write_headline, num_threads, told
        )


def _found(
    ordered: list[Release],
    pairs: Sequence[Pair],
    window_days: int | None,
    rule: StoryRule,
    embedder: Embedder,
    interaction: Reader | None,
    write_headline: Callable[[str], str] | None,
    num_threads: int | None,
    told: Progress,
) -> list[Story]:
    told.stage("Embedding", len(ordered))
    days = [day_of(release.published) for release in ordered]
    ordered, days = _undated_last(ordered, days)
    vectors, known = embedder.encode_known([release.full_text for release in ordered], num_threads=num_threads)
    if not known.any():
        raise InputError(
            f"none of the {len(ordered)} releases has a word that the embedding model knows; check that their texts "
            "are Thai and not empty, and that the model fits them"
        )
    told.to(len(ordered))
    told.stage("Finding near pairs", len(ordered))
    rows = np.flatnonzero(known)
    near = [
        (int(rows[i]), int(rows[j]), cosine)
        for i, j, cosine in near_pairs(
            np.ascontiguousarray(vectors[rows]),
            [days[row] for row in rows],
            window_days=window_days,
            min_cosine=rule.min_cosine,
        )
    ]
    gatherer = Gatherer(
        ordered,
        days,
        vectors,
        known,
        pieces=_pieces(embedder),
        window_days=window_days,
        lowest_usual=rule.lowest_usual,
    )
    told.to(len(ordered))
    links = _links(near, gatherer, rule, ordered, interaction, told)
    _add_compared(links, ordered, vectors, known, days, pairs, window_days)
    return _group(ordered, days, links, write_headline, told)


def _distinct(result: DedupeResult) -> list[Release]:
    """Each release of a result once; stories name them by their ids."""
    first: dict[str, Release] = {}
    for release in result.given.releases:
        if first.setdefault(release.id, release).full_text != release.full_text:
            raise OptionError(
                f"two releases have the id {release.id!r} and different texts; stories name releases by their ids, so "
                "each needs its own"
            )
    return list(first.values())


def _pieces(embedder: Embedder) -> WordPieces:
    """The words of the embedder's own vocabulary; for a model that has none, those of the bundled one."""
    static = getattr(embedder, "static", None)
    return static.pieces if static is not None else _bundled_pieces()


@cache
def _bundled_pieces() -> WordPieces:
    from obecsum.embeddings import Embedder

    static = Embedder().static
    if static is None:  # pragma: no cover - the bundled model is a static one
        raise ModelError("the bundled embedding model is damaged; install obecsum again")
    return static.pieces


def _undated_last(ordered: list[Release], days: list[int | None]) -> tuple[list[Release], list[int | None]]:
    order = sorted(range(len(ordered)), key=lambda i: (days[i] is None, days[i] or 0, i))
    return [ordered[i] for i in order], [days[i] for i in order]


@dataclass(frozen=True, slots=True)
class _Edge:
    strength: float  # above 0: what pulls a release to a center
    cosine: float
    evidence: StoryEvidence | None = None
    relation: str = ""


def _links(
    near: Sequence[tuple[int, int, float]],
    gatherer: Gatherer,
    rule: StoryRule,
    releases: Sequence[Release],
    interaction: Reader | None,
    told: Progress,
) -> dict[tuple[int, int], _Edge]:
    """The pairs that the rule accepts; what costs more is asked only of those that it may still accept."""
    hopeful = []
    told.stage("Comparing", len(near), unit="pairs")
    for i, j, cosine in _counted(near, told):
        judge = rule.judge(cosine)
        seen = gatherer.glance(i, j, cosine)
        if judge.score(seen) + judge.phrases + judge.most < judge.min_score:
            continue
        seen = gatherer.scan(i, j, seen)
        if judge.score(seen) + judge.most >= judge.min_score:
            hopeful.append((i, j, seen))
    gatherer.read(sorted({row for i, j, _ in hopeful for row in (i, j)}))
    looked = []
    told.stage("Comparing closely", len(hopeful), unit="pairs")
    for i, j, seen in _counted(hopeful, told):
        judge, seen = rule.judge(seen.cosine), gatherer.look(i, j, seen.cosine, seen)
        if judge.score(seen) + judge.most_read >= judge.min_score:
            looked.append((i, j, seen))
    if interaction is not None:
        open_pairs = [(i, j) for i, j, seen in looked if rule.judge(seen.cosine).reads]
        told.stage("Reading both", len(open_pairs), unit="pairs")
        read = _counted(interactions(open_pairs, releases, interaction), told)
        looked = [
            (i, j, replace(seen, read=next(read)) if rule.judge(seen.cosine).reads else seen) for i, j, seen in looked
        ]
    links = {}
    for i, j, seen in looked:
        above = rule.above(seen)
        if above >= 0:
            links[i, j] = _Edge(above + _LINK, seen.cosine, replace(seen, phrase=gatherer.phrase(i, j)))
    return links


def _counted(values: Iterable[_Value], told: Progress, each: int = 64) -> Iterator[_Value]:
    """The values, each counted when the next is asked for."""
    done = 0
    for done, value in enumerate(values, 1):
        yield value
        if not done % each:
            told.to(done)
    told.to(done)


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
) -> None:
    row_of = {release.id: index for index, release in enumerate(ordered)}
    for pair in pairs:
        if pair.a_id not in row_of or pair.b_id not in row_of:
            continue
        i, j = sorted((row_of[pair.a_id], row_of[pair.b_id]))
        relation = pair.comparison.relation
        if relation == "update":
            links.pop((i, j), None)  # the next occasion of a series, however alike
        if relation not in ("related", "duplicate", "contained"):
            continue
        if i == j or (window_days is not None and _apart(days[i], days[j]) > window_days):
            continue
        earlier = links.get((i, j))
        cosine = float(vectors[i] @ vectors[j]) if known[i] and known[j] else 0.0
        links[i, j] = _Edge(_LINK + pair.comparison.jaccard, cosine, earlier.evidence if earlier else None, relation)


def _group(
    ordered: Sequence[Release],
    days: Sequence[int | None],
    links: dict[tuple[int, int], _Edge],
    write_headline: Callable[[str], str] | None,
    told: Progress,
) -> list[Story]:
    """Takes the release with the strongest links as a center, with all that are linked to it; then among the rest."""
    neighbors: dict[int, dict[int, _Edge]] = defaultdict(dict)
    for (i, j), edge in links.items():
        neighbors[i][j] = neighbors[j][i] = edge
    free = set(neighbors)
    found: list[tuple[int, list[int]]] = []

    def pull(center: int) -> tuple[float, int]:
        return (round(sum(e.strength for j, e in neighbors[center].items() if j in free), 6), -center)

    pulls = {row: pull(row) for row in free}
    while free:
        center = max(free, key=lambda row: pulls[row])
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
    named = LocalCounts(days)
    facts = {row: key_facts(ordered[row].full_text) for _, members in found for row in members}
    for row, keys in facts.items():
        named.add(row, keys)

    def link(row: int, center: int) -> StoryLink:
        shared = shared_facts(facts[row], facts[center], lambda key: named.rarity(row, key))
        return _link(ordered[row], neighbors[center][row], shared)

    told.stage("Writing headlines", len(found), unit="stories")
    return [
        Story(
            ordered[center].id,
            _headline(ordered[center], write_headline),
            tuple(ordered[row].id for row in members),
            tuple(link(row, center) for row in members if row != center),
        )
        for center, members in _counted(found, told, 1)
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


def _link(release: Release, edge: _Edge, facts: tuple[FactKey, ...]) -> StoryLink:
    parts = [f"compared: {edge.relation}"] if edge.relation else []
    parts.append(StoryRule.reason(edge.evidence) if edge.evidence else f"cosine {edge.cosine:.2f}")
    named = [f"{_KIND_NAMES[kind]} {value}".lstrip() for kind, value in facts if kind in _KIND_NAMES][:_SHOWN_FACTS]
    if named:
        parts.append("both name " + ", ".join(named))
    return StoryLink(release.id, round(edge.cosine, 4), facts, "; ".join(parts))
