"""Fits the weights of the story rule to read pairs of the training and validation months.

    python -m benchmarks.story_fit CORPUS_FOLDER

Logistic regression (scikit-learn) on what ``obecsum.dedup.story_evidence`` gathers; each of the three groups of months
is also judged by the weights of the other two. The months of the 200 pairs that the rule is measured on take no part.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import typer

from benchmarks.story_pairs import evidence_on, read_pairs, read_rows
from obecsum.dedup.story_rule import Evidence, StoryRule
from obecsum.embeddings import DEFAULT_EMBEDDINGS, Embedder

DATA = Path(__file__).parent / "data"
FEATURES = ("nearer", "desks", "words", "dates", "other_dates", "times", "places")
MONTHS = {  # file of pairs, what `months` says of them, file of releases, first and last day
    "2024-06-15 to 09-15": ("stories-train.jsonl", "train-2024", "2024-06-15", "2024-09-15"),
    "2024-10 to 12": ("stories-train.jsonl", "train-2024", "2024-10-01", "2024-12-31"),
    "2025-01 to 03": ("stories-dev.jsonl", "valid", "2025-01-01", "2025-03-31"),
}
F64 = npt.NDArray[np.float64]


def row_of(evidence: Evidence) -> list[float]:
    """The numbers that the rule weighs, in the order of ``FEATURES``."""
    return [
        evidence.nearer,
        evidence.desks,
        evidence.word_rarity,
        evidence.date_rarity,
        -float(evidence.other_dates),
        evidence.times,
        evidence.places,
    ]


def precision_at(scores: F64, same: npt.NDArray[np.bool_], recall: float = 0.7) -> float:
    """Precision where so many of the same are found."""
    order = np.argsort(-scores, kind="stable")
    enough = int(np.searchsorted(np.cumsum(same[order]), np.ceil(recall * same.sum()))) + 1
    return float(same[order][:enough].mean())


def fit(features: F64, same: npt.NDArray[np.bool_]) -> tuple[F64, float]:
    """Weights and constant; the penalty is on features of unit variance."""
    from sklearn.linear_model import LogisticRegression

    spread = features.std(axis=0)
    spread[spread == 0] = 1.0
    model: Any = LogisticRegression(C=0.3, max_iter=1_000).fit(features / spread, same)
    return model.coef_[0] / spread, float(model.intercept_[0])


def main(
    corpus: Annotated[Path, typer.Argument(help="Folder of train-2024.jsonl.xz and valid.jsonl.xz.")],
    model: Annotated[str, typer.Option(help="Embedding model.")] = DEFAULT_EMBEDDINGS,
) -> None:
    """Fit, print the weights and what they find."""
    embedder = Embedder(model)
    features, same, group = [], [], []
    for name, (pairs_file, feed, first, last) in MONTHS.items():
        pairs = [pair for pair in read_pairs(DATA / pairs_file) if pair.get("months", name) == name]
        rows = [row for row in read_rows(corpus / f"{feed}.jsonl.xz") if first <= row["date"][:10] <= last]
        features += [row_of(evidence) for evidence in evidence_on(pairs, rows, embedder)]
        same += [pair["label"] == "same" for pair in pairs]
        group += [name] * len(pairs)
    x, y, months = np.array(features, np.float64), np.array(same), np.array(group)
    typer.echo(f"{len(y)} pairs, {y.sum()} same")
    apart = np.zeros(len(y))
    for name in MONTHS:
        weights, constant = fit(x[months != name], y[months != name])
        apart[months == name] = x[months == name] @ weights + constant
    typer.echo(f"months judged by the others: precision {precision_at(apart, y):.3f} at recall 0.7")
    weights, constant = fit(x, y)
    for feature, weight in zip(FEATURES, weights, strict=True):
        typer.echo(f"  {feature:12} {weight:7.2f}")
    typer.echo(f"  constant     {constant:7.2f}")
    rule = StoryRule()
    by = np.array([rule.nearer, rule.desks, rule.words, rule.dates, rule.other_dates, rule.times, rule.places])
    own = x @ by
    typer.echo(f"the rule as it ships: precision {precision_at(own, y):.3f} at recall 0.7")
    for min_score in np.arange(rule.min_score - 1.0, rule.min_score + 1.1, 0.25):
        taken = own >= min_score
        typer.echo(
            f"  from {min_score:.2f}: {taken.sum()} taken, {y[taken].mean():.3f} of them right, "
            f"{y[taken].sum() / y.sum():.3f} of the same found"
        )


if __name__ == "__main__":
    typer.run(main)
