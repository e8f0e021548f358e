"""Removals to be read by people, shuffled with look-alikes that were kept, without what was decided.

    python -m benchmarks.dedup.draw_removals CORPUS_FOLDER OUT [--count 300] [--looks 100] [--months 2024 ...]
        [--not-in READ.jsonl ...] [--strictness cautious] [--seed 0]

Runs ``dedupe`` over the months and draws removals that differ in more than white space, as many from each band of
Jaccard similarity as there are, and *looks*: pairs that were compared and of which both stay though their similarity is
0.7 or more, unless another day or serial tells them apart at a glance. No release is drawn twice, and none that a file
of ``--not-in`` names (JSON Lines with ``a`` and ``b``: what was read before).

OUT gets three files. ``reading.txt``: number, ids, dates and a word diff of each pair, in random order, the two sides
exchanged at random. ``key.jsonl``: what was decided. ``draw.json``: how many there were to draw from, options and
machine. A reader gets the first alone. It holds text of releases: keep OUT out of the repository.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import orjson
import typer

from benchmarks.dedup.reading import LEGEND, looks_equal, word_diff
from benchmarks.machine import machine, sha256
from benchmarks.releases import feeds_of, read_months
from obecsum.core.choices import Strictness
from obecsum.core.progress.bars import Bars
from obecsum.core.release import Release
from obecsum.dedup.dedupe import dedupe
from obecsum.dedup.result import DedupeResult

__all__ = ["Drawn", "draw", "looks_in", "removals_in", "spread"]

BANDS = (0.97, 0.9, 0.8)
LOOKS_FROM = 0.7
_TOLD_BY = ("day:", "serial:")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A pair to be read.

    Attributes:
        kind: A removal, or a look-alike of which both were kept.
        a: ``id`` of the release that went, or of the earlier one.
        b: ``id`` of the one that stayed for it, or of the later one.
        relation: What ``compare`` says.
        jaccard: Of their 5-grams.
    """

    kind: Literal["removal", "look"]
    a: str
    b: str
    relation: str
    jaccard: float

    @property
    def band(self) -> str:
        """The band of similarity that it is drawn from."""
        return next((f">= {edge}" for edge in BANDS if self.jaccard >= edge), f"< {BANDS[-1]}")


def removals_in(result: DedupeResult) -> list[Drawn]:
    """The removals that differ beyond white space, in the order of the input."""
    return [
        Drawn("removal", removal.release.id, removal.kept_id, removal.comparison.relation, removal.comparison.jaccard)
        for removal in result.removed
        if not looks_equal(removal.comparison.text_a, removal.comparison.text_b)
    ]


def looks_in(result: DedupeResult) -> list[Drawn]:
    """The kept look-alikes, by the earlier one."""
    kept = {release.id for release in result.kept}
    return [
        Drawn("look", pair.a_id, pair.b_id, pair.comparison.relation, pair.comparison.jaccard)
        for pair in result.pairs
        if pair.a_id in kept
        and pair.b_id in kept
        and pair.comparison.jaccard >= LOOKS_FROM
        and not any(reason.startswith(_TOLD_BY) for reason in pair.comparison.reasons)
    ]


def spread(pairs: Iterable[Drawn], count: int, chance: random.Random, taken: set[str]) -> list[Drawn]:
    """Draws pairs, one from each band in turn until there are enough, so that the bands are as even as can be.

    Args:
        pairs: To draw from.
        count: How many at most.
        chance: Decides.
        taken: Ids that are not drawn; those of the pairs drawn are added.
    """
    bands: dict[str, list[Drawn]] = defaultdict(list)
    for pair in pairs:
        bands[pair.band].append(pair)
    for name in sorted(bands):
        chance.shuffle(bands[name])
    drawn: list[Drawn] = []
    while any(bands.values()) and len(drawn) < count:
        for name in sorted(bands):
            while bands[name]:
                pair = bands[name].pop()
                if pair.a not in taken and pair.b not in taken:
                    taken.update((pair.a, pair.b))
                    drawn.append(pair)
                    break
            if len(drawn) == count:
                break
    return drawn


def draw(result: DedupeResult, *, count: int, looks: int, seed: int, not_in: Iterable[str] = ()) -> list[Drawn]:
    """Removals and look-alikes in random order; the same for the same result and seed."""
    chance = random.Random(seed)
    taken = set(not_in)
    drawn = spread(removals_in(result), count, chance, taken) + spread(looks_in(result), looks, chance, taken)
    chance.shuffle(drawn)
    return drawn


def write(out: Path, drawn: Sequence[Drawn], releases: dict[str, Release], *, seed: int, max_chars: int) -> None:
    """Writes the reading file and the key; which of the two stands first is another draw of the same seed."""
    chance = random.Random(f"sides-{seed}")
    reading, key = [LEGEND, ""], []
    for number, pair in enumerate(drawn, 1):
        first, second = (pair.a, pair.b) if chance.random() < 0.5 else (pair.b, pair.a)
        a, b = releases[first], releases[second]
        reading += [
            f"=== {number}: {first} {second}",
            f"A {a.published} | B {b.published}",
            word_diff(a.full_text, b.full_text, max_chars=max_chars),
            "",
        ]
        removed = None if pair.kind == "look" else "a" if first == pair.a else "b"
        key.append(
            {
                "number": number,
                "a": first,
                "b": second,
                "kind": pair.kind,
                "removed": removed,
                "relation": pair.relation,
                "jaccard": round(pair.jaccard, 4),
                "band": pair.band,
            }
        )
    out.mkdir(parents=True, exist_ok=True)
    (out / "reading.txt").write_text("\n".join(reading), encoding="utf-8")
    (out / "key.jsonl").write_bytes(b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in key))


def _ids(paths: Iterable[Path]) -> set[str]:
    rows = (orjson.loads(line) for path in paths for line in path.read_bytes().splitlines() if line.strip())
    return {str(row[side]) for row in rows for side in ("a", "b")}


def main(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS_FOLDER", help="Of obecsum corpus build.")],
    out: Annotated[Path, typer.Argument(help="Folder for the three files, outside the repository.")],
    count: Annotated[int, typer.Option(min=0, help="Removals.")] = 300,
    looks: Annotated[int, typer.Option(min=0, help="Look-alikes that were kept.")] = 100,
    months: Annotated[
        list[str] | None, typer.Option(help="Year, month, valid, test or a file; repeatable. [default: 2024]")
    ] = None,
    not_in: Annotated[list[Path] | None, typer.Option(help="Pairs that were read before; repeatable.")] = None,
    strictness: Annotated[Strictness, typer.Option(help="Of dedupe: cautious or balanced.")] = "cautious",
    max_chars: Annotated[int, typer.Option(min=1000, help="Of a longer diff the middle is left out.")] = 12_000,
    seed: Annotated[int, typer.Option(help="Of the drawing.")] = 0,
) -> None:
    """Dedupe the months, draw the pairs and write them for reading."""
    months = months or ["2024"]
    with Bars() as bars:
        bars.stage("reading")
        releases = list(read_months(corpus, months))
        result = dedupe(releases, strictness=strictness, progress=bars)
        bars.stage("drawing")
        drawn = draw(result, count=count, looks=looks, seed=seed, not_in=_ids(not_in or ()))
        write(out, drawn, {release.id: release for release in releases}, seed=seed, max_chars=max_chars)
    content = {
        "feeds": {path.name: sha256(path) for path in sorted({p for month in months for p in feeds_of(corpus, month)})},
        "months": months,
        "strictness": strictness,
        "seed": seed,
        "releases": len(releases),
        "removed": len(result.removed),
        "to_draw_from": {
            "removal": Counter(pair.band for pair in removals_in(result)),
            "look": Counter(pair.band for pair in looks_in(result)),
        },
        "drawn": {kind: Counter(pair.band for pair in drawn if pair.kind == kind) for kind in ("removal", "look")},
        "not_in": {path.name: sha256(path) for path in not_in or ()},
        "machine": machine(),
    }
    (out / "draw.json").write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))
    typer.echo(
        orjson.dumps({name: content[name] for name in ("releases", "removed", "to_draw_from", "drawn")}).decode()
    )


if __name__ == "__main__":
    typer.run(main)
