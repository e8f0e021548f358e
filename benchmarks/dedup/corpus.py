"""A whole corpus through ``dedupe``: counts by relation, and what a plain clean-up at Jaccard 0.8 would have deleted.

    python -m benchmarks.dedup.corpus FEED... --out DIR [--limit N] [--removals 100] [--updates 50]

Writes ``corpus.json`` (the figures, with the machine) and two lists of ids to read by hand, drawn with a seed:
``removals.jsonl`` and ``updates.jsonl`` (pairs kept as updates at Jaccard 0.8 or more, where a plain clean-up
deletes). Ids, relations and shares only, no text. Pairs by Jaccard band are in the figures too: the weights for
``benchmarks.dedup.relations --strata``.
"""

from __future__ import annotations

import random
import resource
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Annotated, Any

import orjson
import typer

from benchmarks.machine import machine
from obecsum.core.progress.bars import Bars
from obecsum.dedup.dedupe import dedupe
from obecsum.dedup.result import DedupeResult
from obecsum.evaluate.pairs import REMOVABLE
from obecsum.feeds.read import read

PLAIN = 0.8


def stratum(jaccard: float) -> str:
    """The band that the development labels name a pair by."""
    if jaccard == 1:
        return "exact"
    for edge in (0.9, 0.8, 0.7, 0.5):
        if jaccard >= edge:
            return str(edge)
    return "contain"


def figures(result: DedupeResult) -> dict[str, Any]:
    """Counts of releases, of pairs by relation and band, and what a threshold would have deleted."""
    pairs = [pair.comparison for pair in result.pairs]
    plain = [c for c in pairs if c.jaccard >= PLAIN]
    news = [c for c in plain if c.relation not in REMOVABLE]
    held = [c for c in pairs if c.relation in REMOVABLE and not c.a_can_go and not c.b_can_go]
    return {
        "releases": len(result.kept) + len(result.removed),
        "kept": len(result.kept),
        "removed": len(result.removed),
        "groups": len(result.groups),
        "series": len(result.series),
        "releases_in_series": sum(len(series.ids) for series in result.series),
        "pairs": len(pairs),
        "pairs_by_relation": dict(Counter(c.relation for c in pairs)),
        "pairs_by_stratum": dict(Counter(stratum(c.jaccard) for c in pairs)),
        "pairs_kept_for_a_loss": len(held),
        "plain_pairs_kept_for_a_loss": sum(c.jaccard >= PLAIN for c in held),
        "plain_threshold": PLAIN,
        "plain_pairs": len(plain),
        "plain_pairs_that_are_news": len(news),
        "removed_below_plain": sum(r.comparison.jaccard < PLAIN for r in result.removed),
    }


def _kinds(reasons: Iterable[str]) -> list[str]:
    """What kind each reason is of; its values are words of the releases, which stay where they are."""
    return [reason.partition(":")[0] for reason in reasons]


def draw(rows: Iterable[dict[str, Any]], count: int, seed: int) -> bytes:
    """``count`` rows at random, as JSON Lines."""
    chosen = list(rows)
    chosen = random.Random(seed).sample(chosen, min(count, len(chosen)))
    return b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in chosen)


def main(
    feeds: Annotated[list[str], typer.Argument(metavar="FEED...")],
    out: Annotated[Path, typer.Option(help="Folder for the results.")],
    limit: Annotated[int | None, typer.Option(help="Only the first releases.")] = None,
    removals: Annotated[int, typer.Option(help="Removals to draw.")] = 100,
    updates: Annotated[int, typer.Option(help="Pairs kept as updates to draw.")] = 50,
    seed: Annotated[int, typer.Option(help="Of the drawing.")] = 0,
) -> None:
    """Dedupe the feeds and write the figures and the lists to read."""
    with Bars() as bars:
        bars.stage("reading")
        releases = list(islice((release for feed in feeds for release in read(feed)), limit))
        wall, cpu = perf_counter(), process_time()
        result = dedupe(releases, progress=bars)
        took = {"wall_s": round(perf_counter() - wall, 1), "cpu_s": round(process_time() - cpu, 1)}
        bars.stage("what updates changed")  # worked out when it is asked for
        cpu = process_time()
        took["changed_facts"] = sum(len(link.changes) for series in result.series for link in series.links)
        took["changes_cpu_s"] = round(process_time() - cpu, 1)
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    content = {**figures(result), **took, "peak_mib": peak_mib, "seed": seed, "machine": machine()}
    out.mkdir(parents=True, exist_ok=True)
    (out / "corpus.json").write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2))
    removed = (
        {
            "removed": r.release.id,
            "kept": r.kept_id,
            "relation": r.comparison.relation,
            "jaccard": round(r.comparison.jaccard, 4),
        }
        for r in result.removed
    )
    (out / "removals.jsonl").write_bytes(draw(removed, removals, seed))
    kept = (
        {"a": p.a_id, "b": p.b_id, "jaccard": round(p.comparison.jaccard, 4), "reasons": _kinds(p.comparison.reasons)}
        for p in result.pairs
        if p.comparison.relation == "update" and p.comparison.jaccard >= PLAIN
    )
    (out / "updates.jsonl").write_bytes(draw(kept, updates, seed))
    typer.echo(orjson.dumps(content, option=orjson.OPT_INDENT_2).decode())


if __name__ == "__main__":
    typer.run(main)
