"""Claim: obecsum's summaries beat extracts, and what they state stands in the source.

Rows: baselines without a model; each model greedy, with 4 beams, and with 4 beams decoded for trust (locks on numbers
and names, phrase blocking, candidates ranked by support, a marked fallback where none holds); the editors themselves.
Run from the repository's root::

    python -m benchmarks.summaries.quality FEED --kind headline
    python -m benchmarks.summaries.quality FEED --kind summary --limit 500 --model obecsum-th --model owner/name

and find the figures with their 95 % intervals, the machine and the versions in benchmarks/results/.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import orjson
import typer

from benchmarks.machine import machine, sha256
from obecsum.core.choices import SummaryKind
from obecsum.core.progress.bars import Bars
from obecsum.evaluate.summaries import Example, SummaryEvaluator, as_kind, examples
from obecsum.evaluate.systems import System, as_json, baselines, editors, model, run_systems, sample, table
from obecsum.feeds.read import read

RESULTS = Path(__file__).parents[1] / "results"


def undecoded(name: str, *, kind: SummaryKind, num_beams: int, batch_size: int) -> System:
    """A model with plain search: its favorite candidate as it comes, no locks, no checks, no fallback."""
    from obecsum.summaries.models import load_model
    from obecsum.summaries.summarizer import prepare
    from obecsum.summaries.writer import Writer

    writer = Writer(load_model(name), num_beams=num_beams, locked=False)

    def write(rows: Sequence[Example]) -> tuple[list[str], None]:
        texts = [prepare(row.source) for row in rows]
        order = sorted(range(len(rows)), key=lambda i: len(texts[i]))
        written = [""] * len(rows)
        for start in range(0, len(order), batch_size):
            batch = order[start : start + batch_size]
            for index, candidates in zip(batch, writer.write([texts[i] for i in batch], kind=kind), strict=True):
                written[index] = candidates[0] if candidates else ""
        return written, None

    search = "greedy" if num_beams == 1 else f"beam {num_beams}"
    return System(f"{name}, {search}", write)


def main(
    feed: Annotated[Path, typer.Argument(help="Releases with title and standfirst, such as test.jsonl.xz.")],
    kind: Annotated[str, typer.Option(help="headline or summary.")] = "headline",
    names: Annotated[
        list[str] | None, typer.Option("--model", help="Name or folder, more than once if wanted.")
    ] = None,
    no_model: Annotated[bool, typer.Option("--no-model", help="Only the baselines.")] = False,
    plain: Annotated[bool, typer.Option(help="Rows for each model without decoding for trust.")] = True,
    limit: Annotated[int | None, typer.Option(help="Rows to draw at random. [default: all]")] = None,
    seed: Annotated[int, typer.Option(help="Of the drawing and of the bootstrap.")] = 0,
    batch_size: Annotated[int, typer.Option(help="Releases decoded together.")] = 8,
    shown: Annotated[int, typer.Option(help="Rows of which every system's text is printed.")] = 0,
    out: Annotated[Path | None, typer.Option(help="[default: benchmarks/results/summaries-KIND.json]")] = None,
) -> None:
    """Measure, print the table, write the result file."""
    wanted = as_kind(kind)
    rows = sample(examples(read(feed), kind=wanted), limit=limit, seed=seed)
    chosen = baselines()
    for name in [] if no_model else names or ["obecsum-th"]:
        if plain:
            chosen += [undecoded(name, kind=wanted, num_beams=beams, batch_size=batch_size) for beams in (1, 4)]
        trusted = model(name, kind=wanted, batch_size=batch_size)
        chosen.append(System(f"{name}, beam 4, for trust", trusted.write))
    with Bars() as bars:
        results = run_systems([*chosen, editors()], SummaryEvaluator(rows, seed=seed), progress=bars)
    typer.echo(table(results))
    for i in range(min(shown, len(rows))):
        typer.echo(f"\n{rows[i].id}")
        for result in results:
            typer.echo(f"  {result.name}: {' '.join(result.summaries[i].split())}")
    result_file = out or RESULTS / f"summaries-{wanted}.json"
    report = {
        "feed": feed.name,
        "feed_sha256": sha256(feed),
        "limit": limit,
        "batch_size": batch_size,
        **as_json(results, kind=wanted, seed=seed),
        "machine": machine(),
    }
    result_file.parent.mkdir(parents=True, exist_ok=True)
    result_file.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    typer.echo(f"\nwritten to {result_file}")


if __name__ == "__main__":
    typer.run(main)
