"""Fits the weights of the story rule to read pairs of the training and validation months.

    python -m benchmarks.stories.fit CORPUS_FOLDER [--model FOLDER] [--dim N] [--interaction FOLDER | --no-interaction]

Logistic regression on what ``obecsum.story.evidence`` gathers and what reading the pairs piece by piece tells;
labels of low confidence count half. Each of the 24 groups of months is also judged by the weights of the others, so
that no story is on both sides. The months of the 200 pairs that the rule is measured on take no part. Two desks weigh
as little as costs nothing there (``DESKS``; the regression would have it more): less is lost in months and feeds in
which one desk tells its events in parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import typer

from benchmarks.stories.draw import MORE_WINDOWS, THIRD_WINDOWS, WINDOWS
from benchmarks.stories.pairs import evidence_on, read_pairs, read_rows
from obecsum.embeddings import DEFAULT_EMBEDDINGS, Embedder
from obecsum.embeddings.interaction import DEFAULT_INTERACTION, InteractionModel
from obecsum.story.rule import StoryEvidence, StoryRule
from obecsum.story.stories import STORY_DIM

DATA = Path(__file__).parents[1] / "labels"
# What `months` says of the pairs: their file, the file of releases, its first and last day.
MONTHS = {
    "2024-06-15 to 09-15": ("stories-train", "train-2024", "2024-06-15", "2024-09-15"),
    "2024-10 to 12": ("stories-train", "train-2024", "2024-10-01", "2024-12-31"),
    "2025-01 to 03": ("stories-dev", "valid", "2025-01-01", "2025-03-31"),
    **{name: ("stories-more", f"train-{name[:4]}", first, last) for name, first, last in (*WINDOWS, *MORE_WINDOWS)},
    **{name: ("stories-third", f"train-{name[:4]}", first, last) for name, first, last in THIRD_WINDOWS},
}
# The numbers that the rule weighs: its field, and what it multiplies.
FEATURES: dict[str, Any] = {
    "nearer": lambda e: e.nearer,
    "desks": lambda e: e.desks > 0,
    "words": lambda e: e.word_rarity,
    "alike": lambda e: -e.alike,
    "phrases": lambda e: e.phrases,
    "dates": lambda e: e.date_rarity,
    "other_dates": lambda e: -e.other_dates,
    "times": lambda e: e.times,
    "places": lambda e: e.places,
    "other_places": lambda e: -e.other_places,
    "other_figures": lambda e: -float(e.other_figures),
}
# And of what reading piece by piece tells.
READ: dict[str, Any] = {
    "told": lambda e: e.read.told,
    "missing": lambda e: -e.read.missing,
    "lead": lambda e: -e.read.lead,
}
UNSURE = 0.5  # weight of a label of low confidence
DESKS, DESKS_UNREAD = 1.4, 1.8
_PENALTY = 0.3  # scikit-learn's C
F64 = npt.NDArray[np.float64]
RowMask = npt.NDArray[np.bool_]


def names(evidence: Sequence[StoryEvidence]) -> list[str]:
    """What is weighed: ``FEATURES``, and ``READ`` where the pairs were read piece by piece."""
    return [*FEATURES, *(READ if evidence[0].read is not None else ())]


def row_of(evidence: StoryEvidence) -> list[float]:
    """The numbers that the rule weighs, in the order of :func:`names`."""
    numbers = [*FEATURES.values(), *(READ.values() if evidence.read is not None else ())]
    return [float(number(evidence)) for number in numbers]


def precision_at(scores: F64, same: RowMask, recall: float) -> float:
    """Precision where so many of the same are found."""
    order = np.argsort(-scores, kind="stable")
    enough = int(np.searchsorted(np.cumsum(same[order]), np.ceil(recall * same.sum()))) + 1
    return float(same[order][:enough].mean())


def fit(features: F64, same: RowMask, sure: F64, *, desks: float | None) -> tuple[F64, float]:
    """Weights and constant; the penalty is on features of unit variance, the weight of two desks given or free."""
    from scipy.optimize import minimize

    spread = features.std(axis=0)
    spread[spread == 0] = 1.0
    at = list(FEATURES).index("desks")
    free = [index for index in range(features.shape[1]) if desks is None or index != at]
    given = features[:, at] * (desks or 0.0) if desks is not None else np.zeros(len(same))
    scaled = np.c_[features[:, free] / spread[free], np.ones(len(same))]
    sign = np.where(same, 1.0, -1.0)

    def loss(weights: F64) -> tuple[float, F64]:
        margin = sign * (scaled @ weights + given)
        pull = sure * sign / (1.0 + np.exp(margin))
        slope = np.r_[weights[:-1], 0.0] - _PENALTY * (scaled.T @ pull)
        return _PENALTY * float((sure * np.logaddexp(0.0, -margin)).sum()) + float(
            weights[:-1] @ weights[:-1]
        ) / 2, slope

    found: Any = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B")
    weights = np.zeros(features.shape[1])
    weights[free] = found.x[:-1] / spread[free]
    if desks is not None:
        weights[at] = desks
    return weights, float(found.x[-1])


def gather(
    corpus: Path, embedder: Embedder, interaction: InteractionModel | None
) -> tuple[list[dict[str, Any]], list[StoryEvidence]]:
    """All read pairs and the evidence on them, each among the releases of its months."""
    pairs: list[dict[str, Any]] = []
    evidence: list[StoryEvidence] = []
    for name, (file, feed, first, last) in MONTHS.items():
        here = [pair for pair in read_pairs(DATA / f"{file}.jsonl") if pair.get("months", name) == name]
        rows = [row for row in read_rows(corpus / f"{feed}.jsonl.xz") if first <= row["date"][:10] <= last]
        pairs += [{**pair, "months": name} for pair in here]
        evidence += evidence_on(here, rows, embedder, interaction)
    return pairs, evidence


def main(
    corpus: Annotated[Path, typer.Argument(help="Folder of train-*.jsonl.xz and valid.jsonl.xz.")],
    model: Annotated[str, typer.Option(help="Embedding model.")] = DEFAULT_EMBEDDINGS,
    dim: Annotated[int | None, typer.Option(help="Its dimensions to use.")] = STORY_DIM,
    interaction: Annotated[str, typer.Option(help="Interaction model.")] = DEFAULT_INTERACTION,
    read: Annotated[bool, typer.Option("--read/--no-read", help="Read the pairs piece by piece.")] = True,
) -> None:
    """Fit, print the weights and what they find."""
    pairs, evidence = gather(corpus, Embedder(model, dim=dim), InteractionModel(interaction) if read else None)
    given = DESKS if read else DESKS_UNREAD
    x = np.array([row_of(each) for each in evidence])
    y = np.array([pair["label"] == "same" for pair in pairs])
    sure = np.array([UNSURE if pair.get("confidence") == "low" else 1.0 for pair in pairs])
    months = np.array([pair["months"] for pair in pairs])
    desks = np.array([each.desks for each in evidence])
    by_cosines = np.array([pair["stratum"].split(":")[0] in ("char4", "words", "emb") for pair in pairs])
    parts: dict[str, RowMask] = {
        "all pairs": np.ones(len(y), bool),
        "drawn by cosines alone": by_cosines,
        "labels of high confidence": sure == 1.0,
        "drawn by cosines, high confidence": by_cosines & (sure == 1.0),
        "one desk": desks < 0,
        "two desks": desks > 0,
    }

    def show(what: str, scores: F64) -> None:
        typer.echo(f"{what}:")
        for part, mask in parts.items():
            found = ", ".join(f"{precision_at(scores[mask], y[mask], r):.3f} at {r}" for r in (0.5, 0.7, 0.8))
            typer.echo(f"  {part:34} {mask.sum():5} pairs, {y[mask].sum():4} same: precision {found}")

    apart = np.zeros(len(y))
    constants = []
    for name in MONTHS:
        weights, constant = fit(x[months != name], y[months != name], sure[months != name], desks=given)
        apart[months == name] = x[months == name] @ weights + constant
        constants.append(constant)
    show("each group of months judged by the others", apart)
    weights, constant = fit(x, y, sure, desks=given)
    for feature, weight in zip(names(evidence), weights, strict=True):
        typer.echo(f"  {feature:14} {weight:7.2f}")
    typer.echo(f"  constant       {constant:7.2f}")
    typer.echo(f"  desks, were its weight free: {fit(x, y, sure, desks=None)[0][list(FEATURES).index('desks')]:.2f}")
    for odds in np.arange(0.0, 2.6, 0.25):
        taken = apart >= odds
        plain = taken & by_cosines
        typer.echo(
            f"  min_score {odds - constant:.2f}: {taken.sum()} taken, {y[taken].mean():.3f} right, "
            f"{y[taken].sum() / y.sum():.3f} of the same found; drawn by cosines: {y[plain].mean():.3f} right, "
            f"{y[plain].sum() / y[by_cosines].sum():.3f} found"
        )
    rule = StoryRule() if read else StoryRule.without_interaction()
    own = np.array([rule.above(each) for each in evidence])
    show("the rule as it ships, fitted on these pairs", own)
    taken = own >= 0
    typer.echo(
        f"  at its min_score {rule.min_score}: {y[taken].mean():.3f} right, {y[taken].sum() / y.sum():.3f} found"
    )


if __name__ == "__main__":
    typer.run(main)
