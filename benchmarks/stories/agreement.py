"""How far the readers of the story pairs agree, from the votes in ``benchmarks/labels``.

    python -m benchmarks.stories.agreement

For each file and two readers: pairs that both read, how many they call the same thing, Cohen's kappa, and the precision
and recall of the later reader's labels by the earlier one's. A third who read only where two differed is left out: that
reader saw the hard ones alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import typer

from benchmarks.stories.pairs import read_pairs

DATA = Path(__file__).parents[1] / "labels"
FILES = (("stories-pairs",), ("stories-dev", "stories-train", "stories-more"), ("stories-third",))


def kappa(first: Sequence[bool], second: Sequence[bool]) -> float:
    """Agreement beyond what chance gives (Cohen 1960), at most 1."""
    n = len(first)
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    a, b = sum(first) / n, sum(second) / n
    chance = a * b + (1 - a) * (1 - b)
    return (agreed - chance) / (1 - chance)


def main() -> None:
    """Print."""
    for files in FILES:
        votes = [[vote == "same" for vote in pair["votes"]] for f in files for pair in read_pairs(DATA / f"{f}.jsonl")]
        for i, j in combinations(range(min(map(len, votes))), 2):
            first, second = [each[i] for each in votes], [each[j] for each in votes]
            both = sum(a and b for a, b in zip(first, second, strict=True))
            agreed = sum(a == b for a, b in zip(first, second, strict=True)) / len(votes)
            typer.echo(
                f"{', '.join(files)}: {len(votes)} pairs, reader {i + 1} and {j + 1} agree on {agreed:.1%}, kappa "
                f"{kappa(first, second):.2f}; {j + 1} by {i + 1}: precision {both / sum(second):.2f} at recall "
                f"{both / sum(first):.2f}"
            )


if __name__ == "__main__":
    typer.run(main)
