"""Claim: candidates miss next to nothing.

Every pair with exact Jaccard 0.7 and more or exact containment 0.8 and more comes from an exact join of the whole feed
(``benchmarks/dedup/exact_join.py``); recall is the share of them among the candidates. Run from the repository's root::

    python -m benchmarks.dedup.recall FEED... [--limit 20000]

and find the figures in benchmarks/results/recall.json.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from functools import partial
from pathlib import Path
from time import process_time
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import orjson
import typer

from benchmarks.dedup.exact_join import exact_join
from benchmarks.dedup.groups import components
from benchmarks.feed import prepare, read_again, stream
from benchmarks.machine import machine
from obecsum.minhash.candidates import candidate_pairs, containment_candidates
from obecsum.minhash.shingles import pair_overlaps, shingle_batch
from obecsum.minhash.sifting import sift_contained
from obecsum.minhash.signatures import sketches_of

RESULTS = Path(__file__).parents[1] / "results"
I64 = npt.NDArray[np.int64]


def _packed(pairs: I64) -> I64:
    ordered = np.sort(pairs, axis=1)
    packed: I64 = (ordered[:, 0] << 32) | ordered[:, 1]
    return packed


def main(
    feeds: Annotated[list[Path], typer.Argument(help="JSONL feeds, plain or .xz")],
    limit: Annotated[int | None, typer.Option(help="Rows to take; all without it")] = None,
    join: Annotated[Path | None, typer.Option(help="Read the exact join of these feeds, or keep it, as .npy")] = None,
    out: Annotated[Path, typer.Option(help="Result file")] = RESULTS / "recall.json",
) -> None:
    """Measure the recall of candidates against an exact join."""
    report: dict[str, Any] = {"machine": machine()}
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "feed.jsonl"
    report["releases"] = count = prepare(feeds, path, limit=limit)
    values, bounds = shingle_batch(stream(path))
    starts = array("q")
    sketches = sketches_of(stream(path, starts))
    text_of = partial(read_again, path, np.frombuffer(starts, dtype=np.int64))
    if join and join.exists():
        joined = np.load(join)
    else:
        started = process_time()
        joined = exact_join(values, bounds, num_threads=len(os.sched_getaffinity(0)))
        report["exact_join_cpu_seconds"] = round(process_time() - started, 1)
        if join:
            np.save(join, joined)
    sizes = np.diff(bounds)
    truth, shared = joined[:, :2], joined[:, 2]
    jaccard = shared / (sizes[truth].sum(axis=1) - shared)
    containment = shared / sizes[truth[:, 0]]
    wanted = _packed(truth)
    classes = {
        "jaccard >= 0.9": jaccard >= 0.9,
        "jaccard >= 0.8": jaccard >= 0.8,
        "jaccard >= 0.7": jaccard >= 0.7,
        "containment >= 0.8": containment >= 0.8,
        "containment >= 0.8, jaccard < 0.5": (containment >= 0.8) & (jaccard < 0.5),
        "containment >= 0.9, jaccard < 0.5": (containment >= 0.9) & (jaccard < 0.5),
    }
    report["true_pairs"] = {name: int(chosen.sum()) for name, chosen in classes.items()}
    found: dict[str, I64] = {}
    report["rows"] = []

    def row(name: str, pairs: I64, seconds: float) -> None:
        found[name] = pairs
        hit = np.isin(wanted, _packed(pairs))
        overlap = pair_overlaps(values, bounds, pairs)
        alike = overlap >= 0.8 * (sizes[pairs].sum(axis=1) - overlap)
        labels = components(pairs[alike], count)
        linked = hit | (labels[truth[:, 0]] == labels[truth[:, 1]])
        recall = {one: round(float(hit[chosen].mean()), 4) for one, chosen in classes.items() if chosen.any()}
        same_group = {one: round(float(linked[chosen].mean()), 4) for one, chosen in classes.items() if chosen.any()}
        spent = {"candidates": len(pairs), "cpu_seconds": round(seconds, 2)}
        any_found = {}
        for one, chosen in classes.items():
            if chosen.any():
                smaller = np.unique(truth[chosen, 0])
                any_found[one] = round(float(np.isin(smaller, truth[chosen & hit, 0]).mean()), 4)
        recalls = {"recall": recall, "recall_or_in_one_group": same_group, "of_the_smaller_any_found": any_found}
        report["rows"].append({"name": name, **spent, **recalls})

    for warm in (True, False):
        for rows in (3, 4, 5, 6, 7):
            started = process_time()
            pairs = candidate_pairs(sketches.signatures, min_jaccard=0.5, rows=rows)
            if not warm:
                row(f"bands of {rows}", pairs, process_time() - started)
        started = process_time()
        pairs = containment_candidates(sketches)
        if not warm:
            row("contained", pairs, process_time() - started)
        started = process_time()
        pairs = sift_contained(text_of, sketches, pairs)
        if not warm:
            row("contained, sifted", pairs, process_time() - started)
    folder.cleanup()
    both = np.unique(np.sort(np.concatenate([found["bands of 4"], found["contained, sifted"]]), axis=1), axis=0)
    row("bands of 4 and contained, sifted (what obecsum uses)", both, 0.0)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))
    print(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode())


if __name__ == "__main__":
    typer.run(main)
