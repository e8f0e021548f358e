"""What clean-ups delete on labelled pairs: obecsum beside keep-all, exact hashes, datasketch, rensa, TF-IDF.

    python -m benchmarks.dedup.relations LABELS --corpus FEED [--corpus FEED ...] [--strata COUNTS.json] [--json OUT]

A row removes one release of a pair or keeps both (obecsum: what ``dedupe`` removes). "Duplicates removed" is its share
of the pairs labelled duplicate or contained; "news deleted" the share of what it removes that is labelled update,
related or different. The other rows are those of :mod:`~.peers`. The labels say how two releases relate; whether one
can be deleted is another question, which ``benchmarks/dedup/removable.py`` asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import orjson
import typer

from benchmarks.dedup.peers import peers
from benchmarks.machine import machine, sha256
from obecsum.core.release import Release
from obecsum.evaluate.pairs import (
    LabelledPair,
    PairScores,
    compare_pairs,
    find_releases,
    read_labels,
    score,
)
from obecsum.feeds.read import read


def run(
    pairs: Sequence[LabelledPair], releases: dict[str, Release], weights: dict[str, float] | None
) -> list[tuple[str, PairScores]]:
    """The scores of each row."""
    texts = [(releases[pair.a].full_text, releases[pair.b].full_text) for pair in pairs]
    results = []
    for name, decide in peers(text for pair in texts for text in pair):
        results.append((name, score(pairs, [decide(a, b) for a, b in texts], stratum_weights=weights)))
    for name, use_dates in (("obecsum, texts alone", False), ("obecsum", True)):
        found = compare_pairs(pairs, releases, use_dates=use_dates)
        results.append((name, score(pairs, [c.a_can_go or c.b_can_go for c in found], stratum_weights=weights)))
    return results


def table(results: Sequence[tuple[str, PairScores]]) -> str:
    """The rows as Markdown."""
    lines = [
        "| | removed | duplicates removed | news deleted | duplicates removed, by stratum | news deleted, by stratum |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {s.num_removed} of {s.num_pairs} | {s.recall} | {s.news_deleted} | {s.recall_by_stratum} "
        f"| {s.news_by_stratum} |"
        for name, s in results
    ]
    return "\n".join(lines)


def main(
    labels: Annotated[Path, typer.Argument(help="JSON Lines: a, b, label, confidence, stratum.")],
    corpus: Annotated[list[str], typer.Option(help="Feeds that hold the releases.")],
    confidence: Annotated[str, typer.Option(help="all, or high: only pairs labelled with high confidence.")] = "all",
    strata: Annotated[
        Path | None, typer.Option(help="JSON object: how many pairs each stratum was drawn from.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write the figures here.")] = None,
) -> None:
    """Score every row on the labels and print the table."""
    pairs = [pair for pair in read_labels(labels) if confidence in ("all", pair.confidence)]
    releases = find_releases(pairs, (release for feed in corpus for release in read(feed)))
    weights = orjson.loads(strata.read_bytes()) if strata else None
    results = run(pairs, releases, weights)
    typer.echo(f"{len(pairs)} pairs ({confidence} confidence); 95 % intervals: Wilson; by stratum: bootstrap")
    typer.echo(table(results))
    if json:
        rows = {
            name: {
                "removed": s.num_removed,
                **{
                    key: [getattr(s, key).value, getattr(s, key).low, getattr(s, key).high]
                    for key in ("recall", "news_deleted", "recall_by_stratum", "news_by_stratum")
                },
            }
            for name, s in results
        }
        json.parent.mkdir(parents=True, exist_ok=True)
        content = {
            "labels": sha256(labels),
            "pairs": len(pairs),
            "confidence": confidence,
            "stratum_weights": weights or "equal",
            "rows": rows,
            "machine": machine(),
        }
        json.write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    typer.run(main)
