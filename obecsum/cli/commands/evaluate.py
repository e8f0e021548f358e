"""``obecsum evaluate``: how good the comparison of releases and the summaries are, on data with known answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer

from obecsum.core.choices import DEFAULT_MODEL
from obecsum.core.errors import OutputError

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="Measure obecsum on data with known answers.")


@app.callback()
def _evaluate() -> None:
    """Keeps the commands below by name even where only one is there."""


@app.command()
def pairs(
    labels: Annotated[
        Path, typer.Argument(metavar="LABELS", help="JSON Lines: a, b (ids), label, and confidence, stratum if known.")
    ],
    corpus: Annotated[
        list[str], typer.Option("--corpus", metavar="FEED", help="Where the releases are; may be given more than once.")
    ],
    dates: Annotated[bool, typer.Option(help="Use the dates of publication, as a clean-up does.")] = True,
    json: Annotated[Path | None, typer.Option(help="Write the relation and the shares of each pair here.")] = None,
) -> None:
    """Compare labelled pairs of releases and say how much goes that can go, and how much news goes with it."""
    from obecsum.core.progress.bars import Bars
    from obecsum.evaluate.pairs import compare_pairs, find_releases, read_labels, table
    from obecsum.feeds.read import read

    labelled = read_labels(labels)
    with Bars() as bars:
        bars.stage("reading the corpus")
        releases = find_releases(labelled, (release for feed in corpus for release in read(feed)))
        bars.stage("comparing the pairs", len(labelled), unit="pairs")
        found = compare_pairs(labelled, releases, use_dates=dates, progress=bars.to)
    typer.echo(table(labelled, found))
    if json is not None:
        rows = [
            {
                "a": pair.a,
                "b": pair.b,
                "label": pair.label,
                "relation": comparison.relation,
                "jaccard": comparison.jaccard,
                "containment_a_in_b": comparison.containment_a_in_b,
                "containment_b_in_a": comparison.containment_b_in_a,
                "reasons": comparison.reasons,
            }
            for pair, comparison in zip(labelled, found, strict=True)
        ]
        try:
            json.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2))
        except OSError as error:
            raise OutputError(
                f"cannot write {json}: {error.strerror}; name a file in a folder that you may write to"
            ) from None


@app.command()
def summaries(
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEED...", help="Releases with the editors' title and standfirst.")
    ],
    kind: Annotated[
        str, typer.Option(help="headline: against the title; summary: against the standfirst.")
    ] = "headline",
    model: Annotated[
        list[str] | None,
        typer.Option(help="A model's name or folder; may be given more than once. [default: obecsum-th]"),
    ] = None,
    no_model: Annotated[bool, typer.Option("--no-model", help="Only the baselines.")] = False,
    baselines: Annotated[bool, typer.Option(help="Rows for lead, oracle, frequency, TextRank and LexRank.")] = True,
    limit: Annotated[int | None, typer.Option(help="Rows to draw at random. [default: all]")] = None,
    seed: Annotated[int, typer.Option(help="Of the drawing and of the bootstrap.")] = 0,
    batch_size: Annotated[int, typer.Option(help="Releases that a model decodes together.")] = 8,
    json: Annotated[Path | None, typer.Option(help="Write all figures with their 95 % intervals here.")] = None,
) -> None:
    """Score summaries against the editors' and against their sources.

    ROUGE counts newmm words, digits folded, without spaces and punctuation; in brackets 95 % bootstrap intervals.
    """
    from obecsum.core.progress.bars import Bars
    from obecsum.evaluate import systems
    from obecsum.evaluate.summaries import SummaryEvaluator, as_kind, examples
    from obecsum.feeds.read import read

    wanted = as_kind(kind)
    rows = examples((release for feed in feeds for release in read(feed)), kind=wanted)
    rows = systems.sample(rows, limit=limit, seed=seed)
    chosen = systems.baselines() if baselines else []
    if not no_model:
        chosen += [systems.model(name, kind=wanted, batch_size=batch_size) for name in model or [DEFAULT_MODEL]]
    with Bars() as bars:
        bars.stage("analyzing the rows", len(rows))
        evaluator = SummaryEvaluator(rows, seed=seed)
        results = systems.run_systems([*chosen, systems.editors()], evaluator, progress=bars)
    typer.echo(f"{len(rows)} rows, {wanted}; ROUGE on newmm words without spaces and punctuation, 95 % intervals")
    typer.echo(systems.table(results))
    if json is not None:
        try:
            json.write_bytes(orjson.dumps(systems.as_json(results, kind=wanted, seed=seed), option=orjson.OPT_INDENT_2))
        except OSError as error:
            raise OutputError(
                f"cannot write {json}: {error.strerror}; name a file in a folder that you may write to"
            ) from None
