"""Claim: summaries of up to three sentences say what a person who read the release would say.

150 releases of 2025-04 to 06 with a summary of two to five sentences each, written for this from the releases and
corrected by a second reader (56 of them; both are language models with the instructions of a desk editor). Run from the
repository's root::

    python -m benchmarks.summaries.references FEED

and find ROUGE with 95 % intervals in benchmarks/results/summaries-references.json.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import orjson
import typer

import obecsum
from benchmarks.machine import machine, sha256
from obecsum.core.choices import SummaryLength
from obecsum.evaluate.summaries import Example, SummaryEvaluator
from obecsum.evaluate.systems import System, as_json, run_systems, table
from obecsum.feeds.read import read
from obecsum.summaries.extract.cut import cut_at_phrase
from obecsum.summaries.extract.plan import plan_reading
from obecsum.summaries.extract.reading import Reading

REFERENCES = Path(__file__).parent / "references.jsonl"
RESULTS = Path(__file__).parents[1] / "results" / "summaries-references.json"

Write = Callable[[Sequence[Example]], tuple[list[str], None]]


def printed(length: SummaryLength) -> Write:
    """What is printed for a length."""

    def write(rows: Sequence[Example]) -> tuple[list[str], None]:
        found = obecsum.Summarizer().summarize([row.source for row in rows], length=length, batch_size=16)
        return [summary.text for summary in found], None

    return write


def extract(rows: Sequence[Example]) -> tuple[list[str], None]:
    """The extract alone, up to three sentences."""
    plans = [plan_reading(Reading(row.source), kind="summary") for row in rows]
    return [" ".join(passage.text for passage in plan) for plan in plans], None


def lead(rows: Sequence[Example]) -> tuple[list[str], None]:
    """The first 400 characters."""
    return [cut_at_phrase(Reading(row.source).line, max_chars=400) for row in rows], None


def of_pythainlp(rows: Sequence[Example]) -> tuple[list[str], None]:
    """The summarizer of pythainlp, by frequency, three sentences."""
    from pythainlp.summarize import summarize

    return [" ".join(" ".join(summarize(row.source, n=3)).split()) for row in rows], None


def main(feed: Annotated[Path, typer.Argument(help="The releases, such as test.jsonl.xz.")]) -> None:
    """Measure, print the table, write the result file."""
    references = {row["id"]: row["summary"] for row in map(orjson.loads, REFERENCES.read_bytes().splitlines())}
    rows = [Example(r.id, r.text, references[r.id]) for r in read(feed) if r.id in references]
    systems = [
        System("lead, 400 characters", lead),
        System("pythainlp, three sentences", of_pythainlp),
        System("obecsum, the extract", extract),
        System("obecsum, medium", printed("medium")),
        System("obecsum, long", printed("long")),
    ]
    results = run_systems(systems, SummaryEvaluator(rows))
    typer.echo(table(results))
    report = {
        "feed": feed.name,
        "feed_sha256": sha256(feed),
        "rows": len(rows),
        **as_json(results, kind="summary", seed=0),
        "machine": machine(),
    }
    RESULTS.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
    typer.run(main)
