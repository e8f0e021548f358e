"""Claim: extracts hold nothing but words of their releases, say nothing twice, and end where a sentence may.

Rows: headline, short, medium and long summary, key points, of releases drawn from whole months. Containment is checked
span by span; what no figure shows, whether a text is right when read, has to be read: ``--show`` prints the texts
beside the editors' headlines. ROUGE against headline and standfirst is a floor, no aim: an extract does not write as
editors do. Run from the repository's root::

    python -m benchmarks.summaries.extracts CORPUS_FOLDER 2023-05 2024-02 valid --draw 60 --seed 7 --show
    python -m benchmarks.summaries.extracts CORPUS_FOLDER valid --draw 1000

and find the figures in benchmarks/results/extracts.json.
"""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from benchmarks.machine import machine
from benchmarks.releases import read_months
from obecsum.core.choices import SummaryKind, SummaryLength
from obecsum.core.release import Release
from obecsum.evaluate.rouge import rouge, words
from obecsum.summaries.extract.plan import Passage, plan_reading
from obecsum.summaries.extract.reading import Reading
from obecsum.summaries.extract.units import content_of, overlap
from obecsum.text.normalize import normalize

__all__ = ["contained", "said_again"]

RESULT = Path(__file__).parents[1] / "results" / "extracts.json"
ROWS: dict[str, tuple[SummaryKind, SummaryLength]] = {
    "headline": ("headline", "medium"),
    "short": ("summary", "short"),
    "medium": ("summary", "medium"),
    "long": ("summary", "long"),
    "points": ("points", "medium"),
}


def contained(passage: Passage, text: str) -> bool:
    """Whether the spans that a passage keeps of a text hold its words and no others, white space aside."""
    kept = "".join(normalize(text[start:end]) for start, end in passage.kept)
    return "".join(kept.split()) == "".join(passage.text.split())


def said_again(passages: list[Passage]) -> float:
    """The largest share of a sentence's content words that the sentences before it said; 0 of a single one."""
    said: set[str] = set()
    most = 0.0
    for number, passage in enumerate(passages):
        content = content_of(passage.text)
        if number:
            most = max(most, overlap(content, said))
        said |= content.keys()
    return most


def _figures(releases: list[Release], kind: SummaryKind, length: SummaryLength) -> dict[str, Any]:
    seconds = 0.0
    lengths: list[int] = []
    sentences: list[int] = []
    again: list[float] = []
    scores: list[tuple[float, float, float]] = []
    held = whole = count = 0
    for release in releases:
        reading = Reading(release.text)
        began = time.process_time()
        plan = plan_reading(reading, kind=kind, length=length)
        seconds += time.process_time() - began
        lengths.append(sum(len(passage.text) + 1 for passage in plan) - 1 if plan else 0)
        sentences.append(len(plan))
        again.append(said_again(plan))
        held += sum(contained(passage, release.text) for passage in plan)
        whole += sum(passage.is_whole for passage in plan)
        count += len(plan)
        reference = release.title if kind == "headline" else release.extra.get("standfirst")
        if reference:
            found = rouge(words(" ".join(passage.text for passage in plan)), words(reference))
            scores.append((found.r1, found.r2, found.rl))
    quartiles = statistics.quantiles(lengths, n=4) if len(lengths) > 1 else lengths * 3
    return {
        "sentences": round(statistics.mean(sentences), 2),
        "characters": [round(quartile) for quartile in quartiles],
        "contained": f"{held} of {count}",
        "ends_with_a_part": round(whole / max(1, count), 3),
        "said_again": round(statistics.mean(again), 3),
        "rouge": [round(100 * statistics.mean(column), 1) for column in zip(*scores, strict=True)] if scores else None,
        "ms": round(1000 * seconds / len(releases), 2),
    }


def _show(release: Release) -> None:
    print(f"\n## {release.id} {release.title}")
    reading = Reading(release.text)
    for row, (kind, length) in ROWS.items():
        for passage in plan_reading(reading, kind=kind, length=length):
            print(f"{row:9}{'' if passage.is_whole else '!'} {passage.text}")


def main(
    folder: Annotated[Path, typer.Argument(help="Corpus, as `obecsum corpus build` makes it.")],
    months: Annotated[list[str], typer.Argument(help="2024, 2024-05, valid, ...")],
    draw: Annotated[int, typer.Option(min=1, help="Releases drawn.")] = 300,
    seed: Annotated[int, typer.Option(help="Of the draw.")] = 1,
    show: Annotated[bool, typer.Option(help="Print the texts and write no result.")] = False,
) -> None:
    """Measure extracts, or print them to be read."""
    releases = [release for release in read_months(folder, months) if release.text.strip()]
    random.Random(seed).shuffle(releases)
    releases = releases[:draw]
    if show:
        for release in releases:
            _show(release)
        return
    figures = {row: _figures(releases, kind, length) for row, (kind, length) in ROWS.items()}
    result = {"months": months, "seed": seed, "releases": len(releases), "rows": figures, "machine": machine()}
    RESULT.write_bytes(orjson.dumps(result, option=orjson.OPT_INDENT_2))
    for row, found in figures.items():
        print(row, found)


if __name__ == "__main__":
    typer.run(main)
