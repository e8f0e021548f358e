"""What clean-ups may delete on pairs labelled by what would be lost: obecsum by strictness, beside its peers.

    python -m benchmarks.dedup.removable benchmarks/labels/removable.jsonl --corpus FEED [--corpus ...] [--json OUT]

A label says of each of two releases whether it could be deleted with the other kept, and nothing of substance lost.
So a pair has two *directions*. A row allows a direction or not; plain similarity cannot tell one from the other and
allows both. Scored are the directions that must stay and went, as a share of those that must stay and of those that
went; the duplicates (either may go) of which one goes, and the contained pairs of which the contained one goes; and how
many of them are removed or at least listed as possible. "Listed, and true" is the share of what is listed as possible
of which one may go. All are printed for the pairs labelled with high confidence and for all.

obecsum's rows compare each pair with its dates, as ``dedupe`` does, and allow nothing below the similarity and the
containment from which ``dedupe`` compares. The other rows are those of ``benchmarks/dedup/peers.py``. Intervals are
Wilson's of 95 %; two directions of one pair are not independent, so those of directions are somewhat narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from benchmarks.dedup.peers import peers
from benchmarks.machine import machine, sha256
from obecsum.comparison.compare import Comparison
from obecsum.core.errors import InputError
from obecsum.core.release import Release
from obecsum.dedup.strictness import Rule
from obecsum.evaluate.pairs import Interval, LabelledPair, compare_pairs, find_releases, wilson
from obecsum.feeds.read import read

__all__ = ["Agreement", "Decision", "RemovablePair", "Score", "Vote", "agreement", "read_removable", "score"]

MIN_JACCARD, MIN_CONTAINMENT = 0.5, 0.8  # the defaults of dedupe: what is less alike is not compared
RULES = {
    "obecsum": Rule(),
    "obecsum, balanced": Rule("balanced"),
    "obecsum, similarity 0.8": Rule("similarity", 0.8),
    "obecsum, similarity 0.9": Rule("similarity", 0.9),
}


@dataclass(frozen=True, slots=True)
class Vote:
    """What one reader said of a pair.

    Attributes:
        can_go: Whether nothing of substance would be lost with the first, and with the second.
        is_sure: Whether the reader's confidence is high.
    """

    can_go: tuple[bool, bool]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class RemovablePair:
    """Two releases and what would be lost with either.

    Attributes:
        pair: Their ids, the relation and the confidence.
        a_can_go: Whether nothing of substance would be lost with the first.
        b_can_go: The same for the second.
        votes: In the order of reading; none where the texts are equal but for white space.
    """

    pair: LabelledPair
    a_can_go: bool
    b_can_go: bool
    votes: tuple[Vote, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a row does with a pair.

    Attributes:
        a_goes: Whether it allows the first to go for the second.
        b_goes: Whether it allows the second to go for the first.
        is_possible: Whether it lists the two for a person to decide.
    """

    a_goes: bool
    b_goes: bool
    is_possible: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """What a row does on labelled pairs; every share with its Wilson interval.

    Attributes:
        lost: Of the directions that must stay, those that go.
        news: Of the directions that go, those that must stay.
        duplicates: Of the pairs of which either may go, those of which one goes.
        duplicates_shown: The same, or listed as possible.
        contained: Of the pairs of which one may go, those of which it goes.
        contained_shown: The same, or listed as possible.
        listed_true: Of the pairs listed as possible, those of which one may go.
        counts: The whole numbers: ``stay``, ``gone``, ``duplicates``, ``contained``, ``listed``.
    """

    lost: Interval
    news: Interval
    duplicates: Interval
    duplicates_shown: Interval
    contained: Interval
    contained_shown: Interval
    listed_true: Interval
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far further readers agree with the first one, on both directions of a pair.

    Attributes:
        num_pairs: Pairs with more than one vote.
        num_votes: Votes of further readers.
        all: Share of these votes that are the first reader's.
        sure: The same, of pairs of which the first reader was sure.
    """

    num_pairs: int
    num_votes: int
    all: Interval
    sure: Interval


def read_removable(path: Path) -> list[RemovablePair]:
    """Reads labels: JSON Lines with ``a``, ``b``, ``a_can_go``, ``b_can_go``, ``label``, ``confidence``, ``votes``.

    Raises:
        InputError: A line is no such object; the message names it.
    """
    pairs = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            row = orjson.loads(line)
            pairs.append(
                RemovablePair(
                    LabelledPair(row["a"], row["b"], row["label"], row["confidence"]),
                    row["a_can_go"],
                    row["b_can_go"],
                    tuple(
                        Vote((vote["a_can_go"], vote["b_can_go"]), vote["confidence"] == "high")
                        for vote in row["votes"]
                    ),
                )
            )
        except (orjson.JSONDecodeError, KeyError, TypeError) as error:
            raise InputError(f"{path}, line {number}: expected a, b, a_can_go, b_can_go and votes ({error})") from None
    return pairs


def agreement(pairs: Sequence[RemovablePair]) -> Agreement:
    """How far readers agree."""
    votes = [(vote.can_go == pair.votes[0].can_go, pair.votes[0].is_sure) for pair in pairs for vote in pair.votes[1:]]
    sure = [agrees for agrees, is_sure in votes if is_sure]
    return Agreement(
        sum(len(pair.votes) > 1 for pair in pairs),
        len(votes),
        wilson(sum(agrees for agrees, _ in votes), len(votes)),
        wilson(sum(sure), len(sure)),
    )


def by_rule(rule: Rule, found: Comparison) -> Decision:
    """What ``dedupe`` does with two releases of this comparison."""
    if found.jaccard < MIN_JACCARD and max(found.containment_a_in_b, found.containment_b_in_a) < MIN_CONTAINMENT:
        return Decision(a_goes=False, b_goes=False)
    return Decision(rule.can_go(found, first=True), rule.can_go(found, first=False), rule.is_possible(found))


def score(pairs: Sequence[RemovablePair], decisions: Sequence[Decision]) -> Score:
    """Scores one row."""
    may = [go for pair in pairs for go in (pair.a_can_go, pair.b_can_go)]
    went = [goes for decision in decisions for goes in (decision.a_goes, decision.b_goes)]
    wrong = sum(goes and not go for go, goes in zip(may, went, strict=True))
    rows = list(zip(pairs, decisions, strict=True))
    duplicates = [(d.a_goes or d.b_goes, d.is_possible) for p, d in rows if p.a_can_go and p.b_can_go]
    contained = [(d.a_goes if p.a_can_go else d.b_goes, d.is_possible) for p, d in rows if p.a_can_go is not p.b_can_go]
    listed = [p.a_can_go or p.b_can_go for p, d in rows if d.is_possible]
    stay = may.count(False)

    def gone(chosen: list[tuple[bool, bool]]) -> Interval:
        return wilson(sum(goes for goes, _ in chosen), len(chosen))

    def shown(chosen: list[tuple[bool, bool]]) -> Interval:
        return wilson(sum(goes or possible for goes, possible in chosen), len(chosen))

    return Score(
        wilson(wrong, stay),
        wilson(wrong, sum(went)),
        gone(duplicates),
        shown(duplicates),
        gone(contained),
        shown(contained),
        wilson(sum(listed), len(listed)),
        {
            "stay": stay,
            "gone": sum(went),
            "duplicates": len(duplicates),
            "contained": len(contained),
            "listed": len(listed),
        },
    )


def rows_of(pairs: Sequence[RemovablePair], releases: dict[str, Release]) -> Iterator[tuple[str, list[Decision]]]:
    """Each row with what it does with each pair: obecsum's first, its default before the others."""
    found = compare_pairs([pair.pair for pair in pairs], releases)
    for name, rule in RULES.items():
        yield name, [by_rule(rule, comparison) for comparison in found]
    texts = [(releases[pair.pair.a].full_text, releases[pair.pair.b].full_text) for pair in pairs]
    for name, decide in peers(text for both in texts for text in both):
        yield name, [_either(decide, a, b) for a, b in texts]


def _either(decide: Callable[[str, str], bool], a: str, b: str) -> Decision:
    goes = decide(a, b)
    return Decision(a_goes=goes, b_goes=goes)


def table(results: Sequence[tuple[str, Score]]) -> str:
    """The rows as Markdown."""
    counts = results[0][1].counts
    lines = [
        f"| | lost, of {counts['stay']} that must stay | news among what goes "
        f"| duplicates ({counts['duplicates']}) removed | or listed "
        f"| contained ({counts['contained']}) removed | or listed | listed, and true |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {s.lost} | {s.news} | {s.duplicates} | {s.duplicates_shown} | {s.contained} "
        f"| {s.contained_shown} | {s.listed_true} |"
        for name, s in results
    ]
    return "\n".join(lines)


def as_json(found: Score) -> dict[str, Any]:
    """Counts, and [share, low, high] of each figure; null where nothing was counted."""
    figures = {
        name: [getattr(found, name).value, getattr(found, name).low, getattr(found, name).high]
        for name in Score.__slots__
        if name != "counts"
    }
    return {**found.counts, **figures}


def main(
    labels: Annotated[Path, typer.Argument(help="JSON Lines, as benchmarks/labels/removable.jsonl.")],
    corpus: Annotated[list[str], typer.Option(help="Feeds that hold the releases.")],
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
) -> None:
    """Score every row on the labels and print the tables."""
    pairs = read_removable(labels)
    releases = find_releases([pair.pair for pair in pairs], (release for feed in corpus for release in read(feed)))
    decided = list(rows_of(pairs, releases))
    readers = agreement(pairs)
    typer.echo(
        f"readers: {readers.num_votes} further votes on {readers.num_pairs} pairs agree with the first in "
        f"{readers.all}; where the first was sure in {readers.sure}"
    )
    rows: dict[str, dict[str, Any]] = {}
    for confidence in ("high", "all"):
        chosen = [at for at, pair in enumerate(pairs) if confidence in ("all", pair.pair.confidence)]
        results = [
            (name, score([pairs[at] for at in chosen], [decisions[at] for at in chosen])) for name, decisions in decided
        ]
        typer.echo(f"\n{len(chosen)} pairs, confidence: {confidence}; 95 % intervals: Wilson\n{table(results)}")
        rows[confidence] = {"pairs": len(chosen), "rows": {name: as_json(found) for name, found in results}}
    if json:
        wrong = [
            [pair.pair.a, pair.pair.b, side, pair.pair.confidence]
            for pair, decision in zip(pairs, decided[0][1], strict=True)
            for side, goes, may in (("a", decision.a_goes, pair.a_can_go), ("b", decision.b_goes, pair.b_can_go))
            if goes and not may
        ]
        content = {
            "labels": sha256(labels),
            "feeds": {Path(feed).name: sha256(Path(feed)) for feed in corpus if Path(feed).is_file()},
            "agreement": {
                "pairs": readers.num_pairs,
                "votes": readers.num_votes,
                "all": [readers.all.value, readers.all.low, readers.all.high],
                "first_sure": [readers.sure.value, readers.sure.low, readers.sure.high],
            },
            **rows,
            "wrong": wrong,
            "machine": machine(),
        }
        json.parent.mkdir(parents=True, exist_ok=True)
        json.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    typer.run(main)
