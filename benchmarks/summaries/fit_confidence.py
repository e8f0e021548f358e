"""Fits the weights of the confidence of :func:`obecsum.check` by logistic regression, and tells how it is calibrated.

The examples are true texts and texts made wrong on purpose (see :mod:`benchmarks.summaries.check`), or texts that were
read: a JSONL file of ``{"summary": ..., "source": ..., "right": true}``. Run from the repository's root::

    python -m benchmarks.summaries.fit_confidence CORPUS_FOLDER --months 2024-01 --months 2024-02
    python -m benchmarks.summaries.fit_confidence CORPUS_FOLDER --labels READ.jsonl

and put what it prints into obecsum/summaries/check/confidence.py.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import orjson
import typer

from benchmarks.releases import read_months
from benchmarks.summaries.check import LEAST_SOURCE_CHARS, true_texts
from benchmarks.summaries.corruptions import corrupted
from obecsum.core.release import Release
from obecsum.summaries.check.confidence import FEATURES
from obecsum.summaries.check.support import SourceFacts

Example = tuple[tuple[float, ...], bool]
RIDGE = 1.0
STEPS = 50
HELD_OUT = 4  # every fourth release


def made(release: Release, rng: random.Random) -> Iterator[Example]:
    """True texts of a release and wrong ones, as features. Headlines are left out: nobody has read them."""
    facts = SourceFacts(release.text)
    for kind, text in true_texts(release, rng):
        if kind == "headline":
            continue
        yield facts.check(text).features, True
        for _, wrong in corrupted(text, release.text, rng):
            yield facts.check(wrong).features, False


def read_labels(path: Path) -> Iterator[Example]:
    """Texts that were read, as features."""
    for line in path.read_bytes().splitlines():
        row = orjson.loads(line)
        yield SourceFacts(row["source"]).check(row["summary"]).features, bool(row["right"])


def fit(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Weights by Newton's method, right and wrong examples counting as much as each other, with a small ridge."""
    balance = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -50, 50)))
        gradient = x.T @ (balance * (y - p)) - RIDGE * weights
        hessian = (x * (balance * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(x.shape[1])
        weights += np.linalg.solve(hessian, gradient)
    return weights


def main(
    corpus: Annotated[Path, typer.Argument(help="Folder of the corpus.")],
    months: Annotated[list[str] | None, typer.Option(help="Years, months or splits.")] = None,
    labels: Annotated[list[Path] | None, typer.Option(help="Files of texts that were read, instead.")] = None,
    limit: Annotated[int, typer.Option(help="Releases to draw at random.")] = 1000,
    seed: Annotated[int, typer.Option(help="Of the drawing and of what is changed.")] = 0,
) -> None:
    """Fit, print the weights and, of what was held out, how often each tenth of the confidence is right."""
    rng = random.Random(seed)
    groups: list[list[Example]]
    if labels:
        groups = [[example] for path in labels for example in read_labels(path)]
    else:
        releases = [r for r in read_months(corpus, months or ["2024-01"]) if len(r.text) >= LEAST_SOURCE_CHARS]
        groups = [list(made(release, rng)) for release in rng.sample(releases, min(limit, len(releases)))]
    rows = [(number, *example) for number, group in enumerate(groups) for example in group if example[0]]
    held = np.array([number % HELD_OUT == 0 for number, _, _ in rows])
    x = np.array([features for _, features, _ in rows])
    y = np.array([float(right) for _, _, right in rows])
    weights = fit(x[~held], y[~held])
    typer.echo("WEIGHTS = (" + ", ".join(f"{weight:.3f}" for weight in weights) + ")")
    typer.echo("  " + ", ".join(FEATURES))
    p = 1 / (1 + np.exp(-np.clip(x @ weights, -50, 50)))
    for low in np.arange(0, 1, 0.1):
        inside = held & (p >= low) & (p < low + 0.1 + (low > 0.85))
        if inside.any():
            typer.echo(f"confidence {low:.1f} to {low + 0.1:.1f}: {y[inside].mean():.3f} right of {int(inside.sum())}")


if __name__ == "__main__":
    typer.run(main)
