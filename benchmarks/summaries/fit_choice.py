"""Fits the weights by which a candidate's confidence is told (obecsum/summaries/choice/weights.py) to read texts.

The labels hold no text: of each text that was read the release's id, a hash, the verdict and the evidence found. With
the texts at hand (``--texts``, JSON lines with id, kind, text and verdict) the evidence is found anew. Run from the
repository's root::

    python -m benchmarks.summaries.fit_choice
    python -m benchmarks.summaries.fit_choice --texts read.jsonl --corpus valid.jsonl.xz

and read: the area under the curve and the share of wrong texts among the most confident, each release's texts judged by
weights that were fitted without it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import orjson
import typer

from obecsum.feeds.read import read
from obecsum.summaries.choice.evidence import Evidence, evidence_of
from obecsum.summaries.choice.source import Source
from obecsum.summaries.extract.reading import Reading

LABELS = Path(__file__).parents[1] / "labels" / "summaries-read.jsonl"
WEIGHTS = Path(__file__).parents[2] / "obecsum" / "summaries" / "choice" / "weights.py"
RIGHT = ("right", "thin")
WRONG = ("wrong", "garbled")
_RIDGE = 10.0
_FOLDS = 8

Array = npt.NDArray[np.float64]


def fit(evidence: Array, is_right: Array) -> tuple[float, Array]:
    """Logistic regression with a ridge on standardized evidence, by Newton's method.

    Args:
        evidence: (texts, kinds of evidence).
        is_right: (texts,), 0 or 1.

    Returns:
        The bias and the weights (kinds of evidence,) of evidence as it is.
    """
    mean, spread = evidence.mean(axis=0), evidence.std(axis=0)
    spread[spread == 0] = 1.0
    rows = np.column_stack([np.ones(len(evidence)), (evidence - mean) / spread])
    ridge = np.full(rows.shape[1], _RIDGE)
    ridge[0] = 1e-6
    beta = np.zeros(rows.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows @ beta))
        slope = rows.T @ (is_right - chance) - ridge * beta
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(ridge)
        beta += np.linalg.solve(curve, slope)
    weights = beta[1:] / spread
    return float(beta[0] - weights @ mean), weights


def folded(evidence: Array, is_right: Array, releases: Sequence[str]) -> Array:
    """The confidence of each text (texts,) by weights that were fitted without its release."""
    fold = np.array([int(hashlib.sha256(release.encode()).hexdigest(), 16) % _FOLDS for release in releases])
    found = np.zeros(len(evidence))
    for number in range(_FOLDS):
        bias, weights = fit(evidence[fold != number], is_right[fold != number])
        found[fold == number] = 1 / (1 + np.exp(-(bias + evidence[fold == number] @ weights)))
    return found


def area(score: Array, is_right: Array) -> float:
    """The area under the curve: how often a right text has a higher score than one that is not."""
    right, other = score[is_right == 1], score[is_right == 0]
    return float((right[:, None] > other).mean() + 0.5 * (right[:, None] == other).mean())


def labelled(texts: Path, corpus: Path) -> list[dict[str, object]]:
    """Labels with the evidence found anew."""
    wanted = [orjson.loads(line) for line in texts.read_bytes().splitlines()]
    ids = {row["id"] for row in wanted}
    sources = {r.id: Source(Reading(r.text)) for r in read(corpus) if r.id in ids}
    found: list[dict[str, object]] = []
    for row in wanted:
        evidence, check = evidence_of(row["text"], sources[row["id"]], row["kind"])
        found.append(
            {
                "id": row["id"],
                "kind": row["kind"],
                "text_sha256": hashlib.sha256(row["text"].encode()).hexdigest()[:16],
                "verdict": row["verdict"],
                "supported": check.supported,
                "evidence": [round(value, 4) for value in evidence.values()],
            }
        )
    return found


def main(
    texts: Annotated[Path | None, typer.Option(help="Texts that were read: id, kind, text, verdict.")] = None,
    corpus: Annotated[Path | None, typer.Option(help="Their releases.")] = None,
) -> None:
    """Fit, print, and write the weights; with texts the labels, too."""
    if texts is not None:
        if corpus is None:
            raise typer.BadParameter("texts need their --corpus")
        lines = b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in labelled(texts, corpus))
        LABELS.write_bytes(lines)
    rows = [orjson.loads(line) for line in LABELS.read_bytes().splitlines()]
    evidence = np.array([row["evidence"] for row in rows], dtype=np.float64)
    is_right = np.array([row["verdict"] in RIGHT for row in rows], dtype=np.float64)
    is_wrong = np.array([row["verdict"] in WRONG for row in rows])
    supported = np.array([row["supported"] for row in rows])
    kinds = np.array([row["kind"] for row in rows])
    found = folded(evidence, is_right, [row["id"] for row in rows])
    typer.echo(f"{len(rows)} texts of {len({row['id'] for row in rows})} releases, area {area(found, is_right):.3f}")
    for kind in ("headline", "summary"):
        for floor in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            taken = supported & (kinds == kind) & (found >= floor)
            if taken.any():
                typer.echo(
                    f"{kind} from {floor:.1f}: {taken.sum()} of {(kinds == kind).sum()}, right or thin "
                    f"{is_right[taken].mean():.0%}, wrong {is_wrong[taken].mean():.0%}"
                )
    bias, weights = fit(evidence, is_right)
    lines_ = [f'    "{name}": {weight:.4f},\n' for name, weight in zip(Evidence.names(), weights, strict=True)]
    WEIGHTS.write_text(
        '"""Weights of the evidence, made by ``python -m benchmarks.summaries.fit_choice``."""\n\n'
        f"BIAS = {bias:.4f}\nWEIGHTS: dict[str, float] = {{\n{''.join(lines_)}}}\n",
        encoding="utf-8",
    )
    typer.echo(f"written to {WEIGHTS}")


if __name__ == "__main__":
    typer.run(main)
