"""What a run learned, drawn: loss and ROUGE over the examples seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from obecsum.core.errors import InputError

__all__ = ["draw_curve", "read_log"]

_ROUGE = (("rouge1", "ROUGE-1"), ("rouge2", "ROUGE-2"), ("rougeL", "ROUGE-L"))


def read_log(run: Path) -> list[dict[str, float]]:
    """The lines of a run's ``log.jsonl``; a line that a kill cut is left out.

    Raises:
        InputError: There is no log, or nothing in it.
    """
    path = run / "log.jsonl" if run.is_dir() else run
    if not path.is_file():
        raise InputError(f"{run} holds no log.jsonl: name the folder of a run (`obecsum train summarizer --out`)")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, float]] = [json.loads(line) for line in lines if line.endswith("}")]
    if not rows:
        raise InputError(f"{path} is empty: the run has not come to its first figures (after 25 steps)")
    return rows


def draw_curve(runs: Sequence[Path], out: Path) -> None:
    """Draws the logs of one or more runs into one picture.

    Where runs follow one another (stage 1, then stage 2), each begins at its own zero.

    Args:
        runs: Folders of runs, or their logs.
        out: The picture; its suffix (.png, .svg, .pdf) says the format.

    Raises:
        InputError: A run has no log.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    logs = [(run.name if run.is_dir() else run.parent.name or run.stem, read_log(run)) for run in runs]
    has_rouge = any("rouge1" in row for _, rows in logs for row in rows)
    figure, axes = plt.subplots(1, 2 if has_rouge else 1, figsize=(11 if has_rouge else 6.5, 4), squeeze=False)
    losses, scores = axes[0][0], axes[0][-1]
    for number, (name, rows) in enumerate(logs):
        color = f"C{number}"
        losses.plot(*_points(rows, "loss"), color=color, alpha=0.35, label=f"{name}, training (mean of 25 steps)")
        losses.plot(*_points(rows, "held_out_loss"), color=color, marker="o", ms=3, label=f"{name}, held out")
        if has_rouge:
            for style, (key, label) in zip(("-", "--", ":"), _ROUGE, strict=True):
                examples, values = _points(rows, key)
                if values:
                    scores.plot(examples, values, style, color=color, marker="o", ms=3, label=f"{name}, {label}")
    losses.set(xlabel="examples seen", ylabel="loss a piece (nats)", title="Loss")
    losses.set_xlim(left=0)
    for axis in {losses, scores}:
        axis.xaxis.set_major_formatter(mpl.ticker.FuncFormatter(lambda value, _: f"{value:,.0f}"))
        axis.grid(alpha=0.3)
        axis.legend(fontsize=8)
    if has_rouge:
        scores.set(
            xlabel="examples seen", ylabel="F1 x 100", title="ROUGE of greedy held-out headlines", xlim=(0, None)
        )
    figure.tight_layout()
    out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(out, dpi=150, metadata={"Date": None} if out.suffix == ".svg" else None)
    plt.close(figure)


def _points(rows: Sequence[dict[str, Any]], key: str) -> tuple[list[float], list[float]]:
    found = [row for row in rows if key in row]
    return [row["examples"] for row in found], [row[key] for row in found]
