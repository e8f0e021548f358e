"""Keep one of what was published again: :func:`dedupe`.

Releases are ordered by (published, id) first, so neither their order in the input nor the number of threads
changes anything. Equal folded texts are one class. Among the rest candidates are found by signature, verified
exactly, and compared. A release goes only if the one that stays says all that it says
(:mod:`obecsum.comparison.account`): each is compared with that one itself, so no chain of look-alikes removes anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from obecsum.comparison.compare import Comparison
from obecsum.core.arguments import checked, did_you_mean, text_arguments
from obecsum.core.choices import DEFAULT_MIN_JACCARD, POLICIES, Policy, Strictness
from obecsum.core.errors import OptionError
from obecsum.core.progress import ProgressLike, telling
from obecsum.core.release import Release
from obecsum.dedup.result import DedupeResult, Group, Pair, Removal
from obecsum.dedup.series import Series, find_chains, link_series
from obecsum.dedup.strictness import Rule
from obecsum.dedup.verify import Item, Verifier, text_key
from obecsum.feeds.given import Given, given
from obecsum.minhash.shingles import U32
from obecsum.minhash.signatures import sketches_of
from obecsum.text.timestamps import order_key

__all__ = ["dedupe", "keepers"]

_ROWS_AT_ONCE = 4096
_ALL_PAIRS_UP_TO = 40  # members of a group that are all compared with each other to find the one that holds the others


@checked
def dedupe(
    releases: Any,
    *,
    fields: Mapping[str, str] | None = None,
    strictness: Strictness = "cautious",
    policy: Policy = "most_complete",
    prefer_sources: Sequence[str] = (),
    min_jaccard: float | None = None,
    min_containment: float = 0.8,
    texts: Sequence[str] | None = None,
    num_threads: int | None = None,
    progress: ProgressLike = None,
    **gone: Any,
) -> DedupeResult:
    """Keep one of each release that was published again; never remove news.

    Args:
        releases: Any number of strings, dicts or releases in a list or another iterable, or a table: a DataFrame or
            Series of pandas or polars, a table of pyarrow, a ``datasets.Dataset``. Ids should differ; equal ids with
            equal texts are duplicates; a record without one gets ``row:<number>``. Rows without a text are listed as
            ``unusable``.
        fields: Role (id, text, title, published, url) to field or column name, where names cannot be guessed.
        strictness: ``cautious`` removes a release only if the one that stays says all that it says; ``balanced`` also
            if what is lost is a detail; ``similarity`` whatever is as alike as ``min_jaccard``, news or not. What a
            looser setting might also remove is listed as ``possible``.
        policy: Which of those that hold all the others' content stays: ``most_complete`` (most facts, then most text),
            ``earliest``, ``latest`` or ``longest``.
        prefer_sources: Names of sources, the preferred first; decides before the policy.
        min_jaccard: From which similarity on pairs are compared, above 0 and up to 1 (0.5 where None); it finds
            pairs, and nothing goes for being alike, except with ``similarity``, which needs 0.8 or more.
        min_containment: From which share of the one in the other on pairs are compared, too; it finds pairs, and
            nothing goes for being contained.
        texts: What to compare instead of ``full_text``, a text a release (a feed's boilerplate taken out, for
            instance).
        num_threads: Threads for the signatures; all cores where None.
        progress: What is told how far it is: True, a function of (done, total, stage), or an object; see
            :mod:`obecsum.core.progress`.
        **gone: Refused; names what took the place of keywords of earlier versions.

    Returns:
        What stays, what can go and for which, and the series of updates. The result depends on the releases and
        the options, not on their order or the number of threads; deduping what was kept removes nothing.

    Raises:
        InputError: A table has no column where a text would be, or none of several rows holds a text.
        OptionError: An option is out of its range.
        TypeError: ``releases`` is one record, or holds what is no record.
    """
    if gone:
        _refuse(gone)
    rule = Rule(strictness, min_jaccard)
    min_jaccard = DEFAULT_MIN_JACCARD if min_jaccard is None else min_jaccard
    _check(policy, min_jaccard, min_containment)
    source = given(releases, fields=fields)
    every = source.releases
    texts = None if texts is None else list(text_arguments(texts))
    if texts is not None and len(texts) != len(source):
        raise OptionError(f"texts must hold one text a release: got {len(texts)} texts for {len(source)} releases")
    contents = [texts[i] for i in source.indices] if texts is not None else [release.full_text for release in every]
    order = sorted(range(len(every)), key=lambda i: (order_key(every[i].published), every[i].id, contents[i], i))
    ordered = [every[i] for i in order]
    contents = [contents[i] for i in order]
    comparisons: dict[tuple[int, int], Comparison] = {}

    def remember(i: int, j: int, comparison: Comparison) -> None:
        comparisons[i, j] = comparison

    items = [Item(release.id, release.published, release.source) for release in ordered]
    with telling(progress) as told:
        told.stage("Sketching", len(contents))
        sketches = sketches_of(contents, num_threads=num_threads, on_done=told.to)
        told.stage("Comparing", unit="pairs")
        verifier = Verifier(
            items,
            contents.__getitem__,
            keys=_keys(contents, sketches.signatures),
            sketches=sketches,
            min_jaccard=min_jaccard,
            min_containment=min_containment,
            rule=rule,
            num_threads=num_threads,
            progress=lambda done, total: told.to(done, total=total),
            on_compared=remember,
        )
        kept_for = keepers(items, verifier, policy=policy, prefer_sources=prefer_sources)
    series = link_series(items, find_chains(verifier, kept_for), contents.__getitem__)
    return _result(source, order, ordered, comparisons, kept_for, series, verifier)


def _keys(contents: Sequence[str], signatures: U32) -> list[bytes]:
    """:func:`text_key` of each text whose signature another one has, too; no other text can equal it."""
    weights = np.arange(1, 2 * signatures.shape[1], 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    hashes = np.empty(len(signatures), dtype=np.uint64)
    for start in range(0, len(signatures), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        hashes[rows] = (signatures[rows] * weights).sum(axis=1, dtype=np.uint64)
    _, inverse, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    shared = counts[inverse] > 1
    return [text_key(text) if again else b"" for text, again in zip(contents, shared.tolist(), strict=True)]


def _refuse(keywords: dict[str, Any]) -> None:
    """Say what became of a keyword of earlier versions."""
    if "stories" in keywords:
        raise OptionError(
            "dedupe() has no stories any more: call obecsum.stories(result) with its result, or with releases"
        )
    raise TypeError(f"dedupe() got an unexpected keyword argument {next(iter(keywords))!r}")


def keepers(
    items: Sequence[Item], verifier: Verifier, *, policy: Policy, prefer_sources: Sequence[str] = ()
) -> dict[int, int]:
    """What goes: for each such release, by its row, the one that it goes for.

    Args:
        items: The releases in the order that breaks ties, by (published, id). A pinned one never goes, and stays for
            those that say the same.
        verifier: Over the same releases.
        policy: Which of those that hold all the others' content stays, as for :func:`dedupe`.
        prefer_sources: Names of sources, the preferred first; decides before the policy.
    """
    rank = _ranking(items, verifier, policy, prefer_sources)
    kept_for: dict[int, int] = {}
    fresh = verifier.find(range(len(items)))
    while fresh:
        kept_for = _choose(verifier, rank)
        # Fewer releases fill fewer buckets, so pairs may show now that were not tried before.
        fresh = verifier.find([i for i in range(len(items)) if i not in kept_for])
    return _choose(verifier, rank)


def _check(policy: str, min_jaccard: float, min_containment: float) -> None:
    if policy not in POLICIES:
        raise OptionError(
            f"policy must be one of {', '.join(POLICIES)}, got {policy!r}{did_you_mean(policy, POLICIES)}"
        )
    for name, value in (("min_jaccard", min_jaccard), ("min_containment", min_containment)):
        if not 0 < value <= 1:
            hint = f"; did you mean {value / 100:g}?" if 1 < value <= 100 else ""
            raise OptionError(f"{name} must be in (0, 1], got {value}{hint}")


def _ranking(
    items: Sequence[Item], verifier: Verifier, policy: Policy, prefer_sources: Sequence[str]
) -> Callable[[int], tuple[int, ...]]:
    """A key: the smallest is kept. The row in (published, id) order breaks ties."""
    ranks = {name: rank for rank, name in enumerate(prefer_sources)}

    def key(index: int) -> tuple[int, ...]:
        first = (not items[index].is_pinned, ranks.get(items[index].source or "", len(ranks)))
        if policy == "earliest":
            return (*first, index)
        if policy == "latest":
            return (*first, -index)
        if policy == "longest":
            return (*first, -verifier.num_chars(index), index)
        return (*first, *(-count for count in verifier.completeness(index)), index)

    return key


def _choose(verifier: Verifier, rank: Callable[[int], tuple[int, ...]]) -> dict[int, int]:
    """For each release that goes the one that it goes for."""
    kept_for: dict[int, int] = {}
    for members in verifier.components():
        remaining = sorted(members, key=rank)
        while len(remaining) > 1:
            keeper = _keeper(remaining, verifier)
            gone = {
                i
                for i in remaining
                if i != keeper and not verifier.is_pinned(i) and verifier.compare(i, keeper).a_can_go
            }
            kept_for.update(dict.fromkeys(gone, keeper))
            remaining = [i for i in remaining if i != keeper and i not in gone]
    return kept_for


def _keeper(remaining: list[int], verifier: Verifier) -> int:
    """The first in rank that none of the others holds as a part."""
    small = len(remaining) <= _ALL_PAIRS_UP_TO
    for candidate in remaining:
        others = remaining if small else [i for i in verifier.neighbors(candidate) if i in set(remaining)]
        if not any(
            i != candidate and verifier.is_part(candidate, i) for i in others if small or verifier.known(candidate, i)
        ):
            return candidate
    return remaining[0]


def _result(
    source: Given,
    order: list[int],
    ordered: list[Release],
    comparisons: dict[tuple[int, int], Comparison],
    kept_for: dict[int, int],
    series: list[Series],
    verifier: Verifier,
) -> DedupeResult:
    rows = [source.indices[i] for i in order]  # of each release in the order of (published, id)
    kept, removed = [], []
    groups: dict[int, list[int]] = defaultdict(list)
    for index in sorted(range(len(ordered)), key=rows.__getitem__):
        if index not in kept_for:
            kept.append(rows[index])
            continue
        keeper = kept_for[index]
        found = comparisons[min(index, keeper), max(index, keeper)]
        comparison = found if index < keeper else found.reversed()
        removed.append(Removal(ordered[index], rows[index], ordered[keeper].id, rows[keeper], comparison))
        groups[keeper].append(index)
    return DedupeResult(
        given=source,
        kept_indices=kept,
        removed=removed,
        pairs=[
            Pair(ordered[i].id, ordered[j].id, found) for (i, j), found in sorted(comparisons.items(), key=_indexes)
        ],
        groups=[
            Group(
                ordered[keeper].id,
                tuple(ordered[i].id for i in sorted(groups[keeper])),
                tuple(rows[i] for i in (keeper, *sorted(groups[keeper]))),
            )
            for keeper in sorted(groups)
        ],
        series=series,
        possible=[
            Pair(ordered[i].id, ordered[j].id, comparisons[i, j])
            for i, j, verdict in verifier.compared()
            if verdict.is_possible and i not in kept_for and j not in kept_for
        ],
    )


def _indexes(item: tuple[tuple[int, int], Comparison]) -> tuple[int, int]:
    return item[0]
