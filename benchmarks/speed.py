"""Claim: obecsum is fast from raw text.

Rows: raw text to signature, one thread and all cores; raw JSONL to duplicate groups; the floor, which is parsing the
file. Each contender runs in a process of its own, warm, in alternating order; figures are medians. The peers are
installed as ``benchmarks/requirements.txt`` says; a peer that is not there is named with its error. Run from the
repository's root::

    python -m benchmarks.speed FEED... [--limit 20000] [--rounds 5]

and find the figures, the machine and the versions in benchmarks/results/speed.json, a chart in speed.svg.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import traceback
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Annotated, Any

import numpy as np
import orjson
import typer

from benchmarks.feed import prepare, stream
from benchmarks.machine import machine, sha256

RESULTS = Path(__file__).parent / "results"
_THREAD_VARIABLES = ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
_BASELINES = ("datasketch update_batch", "rensa full")


def _serve(pipe: Connection, part: str, name: str, num_threads: int, path: Path, texts: list[str]) -> None:
    """A contender's process: waits for the word, does one round, answers (seconds, result or error)."""
    from benchmarks.contenders import GROUPS, SIGNATURES

    while pipe.recv():
        try:
            started = perf_counter()
            if part == "groups":
                result: Any = GROUPS[name](path, num_threads)
            elif name == "obecsum":
                result = len(SIGNATURES[name](texts, num_threads=num_threads))  # type: ignore[call-arg]
            else:
                SIGNATURES[name](texts)
                result = len(texts)
            seconds = perf_counter() - started
        except Exception:
            pipe.send((0.0, traceback.format_exc(limit=3), 0))
            return
        usage = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        pipe.send((seconds, result, max(usage) // 1024))


class Contender:
    """A contender in a process of its own with its number of threads set before anything is imported."""

    def __init__(self, part: str, name: str, num_threads: int, path: Path, texts: list[str]) -> None:
        self.name, self.num_threads = name, num_threads
        self.seconds: list[float] = []
        self.result: Any = None
        self.error: str | None = None
        self.peak_mib = 0
        for variable in _THREAD_VARIABLES:
            os.environ[variable] = str(num_threads)
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        arguments = (there, part, name, num_threads, path, texts)
        self._process = context.Process(target=_serve, args=arguments, daemon=part != "groups")
        self._process.start()
        there.close()

    def round(self, *, count: bool) -> None:
        """One round; the warm-up does not count."""
        if self.error:
            return
        try:
            self._pipe.send(True)
            seconds, result, self.peak_mib = self._pipe.recv()
        except (EOFError, BrokenPipeError):
            self.error = "the process ended"
            return
        if isinstance(result, str):
            self.error = result
        elif count:
            self.seconds.append(seconds)
            self.result = result

    def close(self) -> None:
        """End the process."""
        with suppress(BrokenPipeError):
            self._pipe.send(False)
        self._process.join()


def _race(contenders: list[Contender], rounds: int) -> None:
    for contender in contenders:
        contender.round(count=False)
    for number in range(rounds):
        order = contenders if number % 2 == 0 else contenders[::-1]
        for contender in order:
            contender.round(count=True)
    for contender in contenders:
        contender.close()


def _row(contender: Contender, releases: int) -> dict[str, Any]:
    row: dict[str, Any] = {"name": contender.name, "threads": contender.num_threads}
    if contender.error:
        return row | {"error": contender.error.strip().splitlines()[-1]}
    seconds = median(contender.seconds)
    return row | {
        "seconds": round(seconds, 4),
        "fastest": round(min(contender.seconds), 4),
        "slowest": round(max(contender.seconds), 4),
        "releases_per_second": round(releases / seconds, 1),
        "peak_mib": contender.peak_mib,
    }


def signatures(path: Path, *, sample: int, rounds: int, num_threads: int, seed: int) -> list[dict[str, Any]]:
    """Raw text to signature over a sample of the feed."""
    from benchmarks.contenders import SIGNATURES, THREADED

    texts = list(stream(path))
    texts = Random(seed).sample(texts, min(sample, len(texts)))
    rows = []
    for threads in sorted({1, num_threads}):
        names = [name for name in SIGNATURES if threads == 1 or name in THREADED]
        contenders = [Contender("signatures", name, threads, path, texts) for name in names]
        _race(contenders, rounds)
        rows += [_row(contender, len(texts)) for contender in contenders]
    return rows


def groups(path: Path, *, rounds: int, num_threads: int) -> list[dict[str, Any]]:
    """Raw JSONL to groups, and the share of the true pairs (exact Jaccard 0.8 and more) that each finds."""
    from benchmarks.contenders import GROUPS
    from benchmarks.exact_join import exact_join
    from obecsum.dedup.shingles import shingle_batch

    values, bounds = shingle_batch(stream(path))
    joined = exact_join(values, bounds, num_threads=num_threads)
    sizes = np.diff(bounds)
    union = sizes[joined[:, 0]] + sizes[joined[:, 1]] - joined[:, 2]
    truth = joined[joined[:, 2] >= 0.8 * union, :2]
    del values, joined
    contenders = [Contender("groups", name, num_threads, path, []) for name in GROUPS]
    _race(contenders, rounds)
    rows = []
    for contender in contenders:
        row = _row(contender, len(bounds) - 1)
        if contender.error is None and contender.name != "parse floor":
            labels = contender.result
            first, second = labels[truth[:, 0]], labels[truth[:, 1]]
            row["true_pairs"] = len(truth)
            row["recall_of_pairs"] = round(float(((first == second) | (first < 0) | (second < 0)).mean()), 4)
            row["matched_releases"] = int((np.bincount(labels - labels.min())[labels - labels.min()] > 1).sum())
        rows.append(row)
    return rows


def ratios(rows: list[dict[str, Any]], baselines: tuple[str, ...]) -> dict[str, float]:
    """How many times faster obecsum is than each baseline with as many threads."""
    found = {}
    for baseline in baselines:
        for row in rows:
            mine = [one for one in rows if one["name"] == "obecsum" and one["threads"] == row["threads"]]
            if row["name"] == baseline and mine and "seconds" in row and "seconds" in mine[0]:
                found[f"{baseline}, {row['threads']} thread(s)"] = round(row["seconds"] / mine[0]["seconds"], 2)
    return found


def chart(rows: list[dict[str, Any]], target: Path) -> None:
    """Bars of releases a second, logarithmic, as SVG."""
    import matplotlib as mpl  # type: ignore[import-not-found,unused-ignore]

    mpl.use("svg")
    from matplotlib import pyplot  # type: ignore[import-not-found,unused-ignore]

    shown = sorted((row for row in rows if row["threads"] == 1 and "seconds" in row), key=lambda row: -row["seconds"])
    figure, axes = pyplot.subplots(figsize=(7, 2.6))
    speeds = [row["releases_per_second"] for row in shown]
    bars = axes.barh(
        [row["name"] for row in shown],
        speeds,
        color=["#1f6f5c" if row["name"] == "obecsum" else "#b9c4c9" for row in shown],
    )
    axes.bar_label(bars, [f"{speed:,.0f}" for speed in speeds], padding=3)
    axes.set_xscale("log")
    axes.set_xlim(right=max(speeds) * 4)
    axes.set_xlabel("releases a second, raw Thai text to a 128-value signature, one thread")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.savefig(target, bbox_inches="tight", metadata={"Date": None})


def main(
    feeds: Annotated[list[Path], typer.Argument(help="JSONL feeds, plain or .xz")],
    limit: Annotated[int | None, typer.Option(help="Rows to take; all without it")] = None,
    sample: Annotated[int, typer.Option(help="Releases for raw text to signature")] = 1000,
    rounds: Annotated[int, typer.Option(help="Rounds that count, after one that warms up", min=1)] = 5,
    group_rounds: Annotated[int, typer.Option(help="Rounds of raw JSONL to groups; 0 leaves them out", min=0)] = 5,
    seed: Annotated[int, typer.Option(help="Seed of the sample")] = 1,
    out: Annotated[Path, typer.Option(help="Result file")] = RESULTS / "speed.json",
) -> None:
    """Measure obecsum against its peers, from raw text."""
    num_threads = len(os.sched_getaffinity(0))
    report: dict[str, Any] = {"machine": machine(), "seed": seed, "rounds": rounds, "peers": {}}
    for peer in ("datasketch", "rensa", "text-dedup", "datasets"):
        try:
            report["peers"][peer] = version(peer)
        except PackageNotFoundError:
            report["peers"][peer] = None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.jsonl"
        report["releases"] = prepare(feeds, path, limit=limit)
        report["feed_sha256"] = sha256(path)
        report["signatures"] = signatures(path, sample=sample, rounds=rounds, num_threads=num_threads, seed=seed)
        report["times_faster"] = ratios(report["signatures"], _BASELINES)
        if group_rounds:
            report["groups"] = groups(path, rounds=group_rounds, num_threads=num_threads)
            seconds = {row["name"]: row.get("seconds") for row in report["groups"]}
            report["times_the_parse_floor"] = {
                name: round(took / seconds["parse floor"], 2) for name, took in seconds.items() if took
            }
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))
    try:
        chart(report["signatures"], out.with_suffix(".svg"))
    except ImportError:
        print("matplotlib is not installed: no chart")
    print(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode())


if __name__ == "__main__":
    typer.run(main)
