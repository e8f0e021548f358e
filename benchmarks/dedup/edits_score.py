"""What clean-ups do with releases of which one was made out of the other by a known edit.

    python -m benchmarks.dedup.edits_score CORPUS_FOLDER --set SET [--releases 20] [--seed 1]
        [--months 2024 --months valid] [--peers] [--json OUT]

Every kind of edit of ``benchmarks/dedup/edits/`` makes a pair out of each of some random releases. Of a *must-keep*
pair both are news (or the later one says something more): it is lost if what must stay is removed. Of a *must-go* pair
one says all of the other: it is removed if one that may go is, missed if both stay, and lost if the wrong one goes.
obecsum is asked with ``dedupe`` over the two, published at the same time and an hour apart; the worse answer counts.

Rules are tuned on ``development``. ``held_out`` and then ``held_out_2`` were written by somebody who had not read how
texts are compared, and each was scored once before anybody looked at it. Peers (``--peers``; those that are not
installed are left out) see the same texts and remove the later one, as a clean-up that keeps what came first. A share
is of pairs; those of one release resemble each other, so the Wilson intervals are somewhat narrow.
"""

from __future__ import annotations

import importlib
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any, Literal, Protocol

import orjson
import typer

from benchmarks.dedup.embedding_peers import semhash_rows
from benchmarks.dedup.peers import minhash_rows
from benchmarks.machine import machine, sha256
from benchmarks.releases import feeds_of, read_months
from obecsum.core.choices import Strictness
from obecsum.core.release import Release
from obecsum.dedup.dedupe import dedupe
from obecsum.evaluate.pairs import Interval, wilson

__all__ = ["Answer", "EditedPair", "Kind", "make_pairs", "outcome", "run"]

Outcome = Literal["right", "missed", "lost"]
Side = Literal["a", "b"]
Texts = tuple[tuple[str, str], tuple[str, str]]

_DAY = "2024-01-01"
SETS = ("development", "held_out", "held_out_2", "held_out_3")
_WORST: tuple[Outcome, ...] = ("lost", "missed", "right")


class Kind(Protocol):
    """What the modules of edits hold in ``KINDS``; see there."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def must(self) -> str: ...  # noqa: D102
    @property
    def stays(self) -> str: ...  # noqa: D102
    @property
    def goes(self) -> str | None: ...  # noqa: D102
    @property
    def edit(self) -> Callable[[str, str, random.Random], Texts | None]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class EditedPair:
    """Two releases that one kind of edit made of one release.

    Attributes:
        kind: The kind.
        origin: ``id`` of the release.
        a: The earlier one, with the id "a".
        b: The later one, with the id "b".
    """

    kind: Kind
    origin: str
    a: Release
    b: Release


@dataclass(frozen=True, slots=True)
class Answer:
    """What a clean-up does with a pair.

    Attributes:
        gone: Which of the two it removes; None if both stay.
        is_possible: Whether it lists the two for a person to decide.
    """

    gone: Side | None
    is_possible: bool = False


Ask = Callable[[Release, Release], Answer]


def make_pairs(kinds: Iterable[Kind], releases: Sequence[Release], seed: int) -> list[EditedPair]:
    """A pair of each kind out of each release to which it applies; the same for the same seed."""
    pairs = []
    for kind in kinds:
        for release in releases:
            chance = random.Random(f"{seed}-{release.id}-{kind.name}")
            made = kind.edit(release.title or "", release.text, chance)
            if made is not None:
                a, b = (
                    Release(id=name, title=title, text=body, published=f"{_DAY}T09:00:00")
                    for name, (title, body) in zip("ab", made, strict=True)
                )
                pairs.append(EditedPair(kind, release.id, a, b))
    return pairs


def outcome(kind: Kind, gone: Side | None) -> Outcome:
    """Whether it is right that this one goes, or that none does."""
    if kind.must == "keep":
        return "lost" if gone is not None and kind.stays in ("both", gone) else "right"
    if gone is None:
        return "missed"
    return "right" if kind.goes in ("either", gone) else "lost"


def obecsum(strictness: Strictness = "cautious") -> Ask:
    """What ``dedupe`` does with two releases and nothing else."""

    def ask(a: Release, b: Release) -> Answer:
        result = dedupe([a, b], strictness=strictness, num_threads=1)
        gone: Side | None = None
        if result.removed:
            gone = "a" if result.removed[0].release is a else "b"
        return Answer(gone, bool(result.possible))

    return ask


def _peer(decide: Callable[[str, str], bool]) -> Ask:
    once = lru_cache(maxsize=1)(decide)  # it is asked twice of the same texts, and does not see the dates
    return lambda a, b: Answer("b" if once(a.full_text, b.full_text) else None)


def rows_of(pairs: Sequence[EditedPair], *, with_peers: bool) -> Iterator[tuple[str, Ask]]:
    """The clean-ups that are scored, obecsum's default first."""
    yield "obecsum", obecsum()
    yield "obecsum, balanced", obecsum("balanced")
    if not with_peers:
        return
    for name, decide in minhash_rows((0.8, 0.9)):
        yield name, _peer(decide)
    texts = [release.full_text for pair in pairs for release in (pair.a, pair.b)]
    for name, decide in semhash_rows(texts, (0.9,)):  # its default
        yield name, _peer(decide)


@dataclass(frozen=True, slots=True)
class Score:
    """What one clean-up did.

    Attributes:
        by_kind: For each kind how often it was right, missed and lost one, and how many of the missed are listed as
            possible ("possible").
        must_keep: Pairs of the must-keep kinds.
        must_go: Pairs of the must-go kinds.
        lost: Share of the must-keep pairs that lose what must stay.
        removed: Share of the must-go pairs of which one that may go does.
        shown: Share of them that is removed or listed as possible.
        news: Share of all removals that is news: what must stay, of either sort of pair.
        losses: (kind, id) of each pair that lost what must stay.
    """

    by_kind: dict[str, Counter[str]]
    must_keep: int
    must_go: int
    lost: Interval
    removed: Interval
    shown: Interval
    news: Interval
    losses: list[tuple[str, str]]


def run(pairs: Sequence[EditedPair], ask: Ask) -> Score:
    """Ask about each pair twice, at one time and an hour apart, and count the worse answer."""
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    totals: Counter[tuple[str, str]] = Counter()
    losses = []
    removals = 0
    for pair in pairs:
        later = Release(id="b", title=pair.b.title, text=pair.b.text, published=f"{_DAY}T10:00:00")
        answers = [ask(pair.a, pair.b), ask(pair.a, later)]
        found = min((outcome(pair.kind, answer.gone) for answer in answers), key=_WORST.index)
        by_kind[pair.kind.name][found] += 1
        totals[pair.kind.must, found] += 1
        removals += any(answer.gone for answer in answers)
        if found == "missed" and all(answer.is_possible or answer.gone for answer in answers):
            by_kind[pair.kind.name]["possible"] += 1
            totals[pair.kind.must, "possible"] += 1
        if found == "lost":
            losses.append((pair.kind.name, pair.origin))
    num_keep = sum(pair.kind.must == "keep" for pair in pairs)
    num_go = len(pairs) - num_keep
    return Score(
        dict(by_kind),
        num_keep,
        num_go,
        wilson(totals["keep", "lost"], num_keep),
        wilson(totals["go", "right"], num_go),
        wilson(totals["go", "right"] + totals["go", "possible"], num_go),
        wilson(len(losses), removals),
        losses,
    )


def kind_table(kinds: Sequence[Kind], score: Score, num_releases: int) -> str:
    """What the first row did, by kind."""
    lines = [
        "| kind | must | pairs | no pair | kept / removed | missed (listed as possible) | lost |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind in sorted(kinds, key=lambda kind: (kind.must != "keep", kind.name)):
        counts = score.by_kind.get(kind.name, Counter())
        made = sum(counts[name] for name in _WORST)
        missed = f"{counts['missed']} ({counts['possible']})" if kind.must == "go" else ""
        lines.append(
            f"| {kind.name} | {kind.must} | {made} | {num_releases - made} | {counts['right']} | {missed} "
            f"| {counts['lost'] or ''} |"
        )
    return "\n".join(lines)


def total_table(scores: Sequence[tuple[str, Score]]) -> str:
    """The totals of all rows."""
    first = scores[0][1]
    lines = [
        f"| | lost, of {first.must_keep} that must stay | removed, of {first.must_go} that must go "
        "| removed or listed | news among the removed |",
        "|---|---|---|---|---|",
    ]
    lines += [f"| {name} | {s.lost} | {s.removed} | {s.shown} | {s.news} |" for name, s in scores]
    return "\n".join(lines)


def _interval(interval: Interval) -> list[float]:
    return [round(value, 4) for value in (interval.value, interval.low, interval.high)]


def as_json(name: str, score: Score) -> dict[str, Any]:
    """The figures of a row; ids and names of kinds, no text. Of a peer, which loses nearly all, no ids."""
    return {
        "must_keep": score.must_keep,
        "must_go": score.must_go,
        **{figure: _interval(getattr(score, figure)) for figure in ("lost", "removed", "shown", "news")},
        "by_kind": score.by_kind,
        **({"losses": score.losses} if name.startswith("obecsum") else {}),
    }


def main(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS_FOLDER", help="Of obecsum corpus build.")],
    edits: Annotated[str, typer.Option("--set", help="One of development, held_out, held_out_2 and held_out_3.")],
    releases: Annotated[int, typer.Option(min=1, help="Random releases that each kind edits.")] = 20,
    seed: Annotated[int, typer.Option(help="Of the releases and the edits.")] = 1,
    months: Annotated[
        list[str] | None, typer.Option(help="Year, month, valid, test or a file. [default: 2024, valid]")
    ] = None,
    peers: Annotated[bool, typer.Option("--peers", help="Score other clean-ups, too.")] = False,
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
) -> None:
    """Make the pairs, score every row and print the tables."""
    if edits not in SETS:
        raise typer.BadParameter(f"--set must be one of {', '.join(SETS)}, got {edits}")
    module = importlib.import_module(f"benchmarks.dedup.edits.{edits}")
    months = months or ["2024", "valid"]
    known = list(read_months(corpus, months))
    drawn = random.Random(seed).sample(known, min(releases, len(known)))
    pairs = make_pairs(module.KINDS, drawn, seed)
    feeds = sorted({path for month in months for path in feeds_of(corpus, month)})
    content = {
        "set": edits,
        "set_sha256": sha256(Path(str(module.__file__))),
        "feeds": {path.name: sha256(path) for path in feeds},
        "months": months,
        "seed": seed,
        "releases": [release.id for release in drawn],
        "kinds": len(module.KINDS),
        "machine": machine(),
    }
    scores: list[tuple[str, Score]] = []
    for name, ask in rows_of(pairs, with_peers=peers):
        started = perf_counter()
        scores.append((name, run(pairs, ask)))
        typer.echo(f"{name}: {len(pairs)} pairs in {perf_counter() - started:.0f} s", err=True)
        if json:  # after each row: a run that is stopped leaves the rows that it has
            json.parent.mkdir(parents=True, exist_ok=True)
            rows = {"rows": {name: as_json(name, score) for name, score in scores}}
            json.write_bytes(orjson.dumps({**content, **rows}, option=orjson.OPT_INDENT_2))
    typer.echo(f"{len(pairs)} pairs of {len(module.KINDS)} kinds from {len(drawn)} releases; 95 % intervals: Wilson\n")
    typer.echo(kind_table(module.KINDS, scores[0][1], len(drawn)))
    typer.echo("\n" + total_table(scores))


if __name__ == "__main__":
    typer.run(main)
