"""Runs summarizers and baselines over the same rows and lays their scores side by side."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from obecsum.core.choices import SummaryKind
from obecsum.core.errors import OptionError
from obecsum.core.progress import Progress, Silent
from obecsum.evaluate.baselines import BASELINES
from obecsum.evaluate.summaries import METRICS, Example, SummaryEvaluator, SummaryScores

__all__ = [
    "EDITORS",
    "System",
    "SystemScores",
    "as_json",
    "baselines",
    "editors",
    "model",
    "run_systems",
    "sample",
    "table",
]

EDITORS = "editors (the reference)"
_COLUMNS = (
    ("rouge1", "R1"),
    ("rouge2", "R2"),
    ("rougeL", "RL"),
    ("xlsum_rougeL", "XL-Sum RL"),
    ("chrf", "chrF"),
    ("numbers_supported", "num %"),
    ("dates_supported", "date %"),
    ("names_supported", "name %"),
    ("novel_bigrams", "novel %"),
    ("coverage", "cover %"),
    ("density", "density"),
    ("one_span", "1 span %"),
    ("repetition", "repeat %"),
    ("words", "words"),
)


@dataclass(frozen=True, slots=True)
class System:
    """Something that writes summaries.

    Attributes:
        name: What tables call it.
        write: From examples to their summaries, in order, and how many of them are marked fallbacks (None where that
            cannot be); it may be called with some of the examples at a time.
    """

    name: str
    write: Callable[[Sequence[Example]], tuple[list[str], int | None]]


@dataclass(frozen=True, slots=True)
class SystemScores:
    """One row of a comparison.

    Attributes:
        name: The system's.
        scores: On all examples.
        summaries: In the examples' order.
        fallbacks: Summaries that are not the model's own, or None for a system that has no fallback.
        seconds: Wall time of writing, without loading the model and without scoring.
    """

    name: str
    scores: SummaryScores
    summaries: list[str]
    fallbacks: int | None
    seconds: float


def sample(rows: Sequence[Example], *, limit: int | None, seed: int = 0) -> list[Example]:
    """At most `limit` of the rows, drawn at random without repetition; all of them, in order, where that is None.

    Raises:
        OptionError: `limit` is below 1.
    """
    if limit is not None and limit < 1:
        raise OptionError(f"limit must be at least 1, got {limit}")
    if limit is None or limit >= len(rows):
        return list(rows)
    return random.Random(seed).sample(list(rows), limit)  # noqa: S311


def baselines() -> list[System]:
    """Every baseline of :data:`obecsum.evaluate.baselines.BASELINES`."""

    def system(name: str) -> System:
        write = BASELINES[name]
        return System(name, lambda rows: ([write(row.source, row.reference) for row in rows], None))

    return [system(name) for name in BASELINES]


def editors() -> System:
    """The references themselves: full marks for overlap, and what editors do in all other columns."""
    return System(EDITORS, lambda rows: ([row.reference for row in rows], None))


def model(name: str, *, kind: SummaryKind, batch_size: int = 8) -> System:
    """A summarization model, as :class:`obecsum.Summarizer` runs it: its decoding, checks and fallback included.

    Args:
        name: ``"obecsum-th"``, a folder, or any Hugging Face sequence-to-sequence model.
        kind: What it shall write.
        batch_size: Releases decoded together.

    Raises:
        ModelError: The model cannot be found or loaded.
    """
    from obecsum.summaries.summarizer import Summarizer

    summarizer = Summarizer(name)

    def write(rows: Sequence[Example]) -> tuple[list[str], int]:
        # A standfirst is a sentence, too; the length does not touch headlines.
        sources = [row.source for row in rows]
        found = summarizer.summarize(sources, kind=kind, length="short", batch_size=batch_size)
        return [summary.text or "" for summary in found], sum(summary.fallback is not None for summary in found)

    return System(name, write)


def run_systems(
    systems: Iterable[System], evaluator: SummaryEvaluator, *, progress: Progress | None = None, chunk: int = 64
) -> list[SystemScores]:
    """Lets each system summarize the evaluator's rows, and scores it.

    Args:
        systems: In the order of the result.
        evaluator: Holds the rows.
        progress: Told about every system and chunk.
        chunk: Rows given to a system at a time.
    """
    progress = progress or Silent()
    results = []
    for system in systems:
        progress.stage(system.name, len(evaluator.rows))
        summaries: list[str] = []
        fallbacks: int | None = None
        seconds = 0.0
        for start in range(0, len(evaluator.rows), chunk):
            begun = time.perf_counter()
            written, marked = system.write(evaluator.rows[start : start + chunk])
            seconds += time.perf_counter() - begun
            summaries += written
            fallbacks = fallbacks if marked is None else (fallbacks or 0) + marked
            progress.to(len(summaries))
        results.append(SystemScores(system.name, evaluator.score(summaries), summaries, fallbacks, seconds))
    return results


def as_json(results: Sequence[SystemScores], *, kind: SummaryKind, seed: int) -> dict[str, object]:
    """All figures with their intervals, what each metric is, and how the rows were made; ready for JSON."""
    return {
        "kind": kind,
        "seed": seed,
        "metrics": dict(METRICS),
        "systems": [
            {
                "system": result.name,
                "seconds": round(result.seconds, 2),
                "fallbacks": result.fallbacks,
                **result.scores.to_json(),
            }
            for result in results
        ],
    }


def table(results: Sequence[SystemScores]) -> str:
    """The results as an aligned table of plain text; ROUGE with its 95 % interval, a dash where nothing was counted."""

    def cell(result: SystemScores, name: str) -> str:
        metric = result.scores.metrics.get(name)
        if metric is None or metric.value != metric.value:
            return "-"
        if name in ("rouge1", "rouge2", "rougeL"):
            return f"{metric.value:.1f} ({metric.low:.1f}-{metric.high:.1f})"
        return f"{metric.value:.1f}"

    lines = [["system", *(title for _, title in _COLUMNS), "fallback %"]]
    for result in results:
        own = "-" if result.fallbacks is None else f"{100 * result.fallbacks / max(1, result.scores.rows):.1f}"
        lines.append([result.name, *(cell(result, name) for name, _ in _COLUMNS), own])
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0]), *(part.rjust(width) for part, width in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    )
