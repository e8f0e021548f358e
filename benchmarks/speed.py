"""Claim: obecsum is fast from raw text.

Rows: raw text to signature, one thread and all cores; raw JSONL to duplicate groups; the floor, which is parsing the
file. Each contender runs in a process of its own, warm, in alternating order; figures are medians of the wall clock,
with the processor time beside them (of text-dedup only what its own process spends, not its workers). The peers are
installed as ``benchmarks/requirements.txt`` says; a peer that is not there is named with its error. Run from the
repository's root::

    python -m benchmarks.speed FEED... [--limit 20000] [--rounds 5]

and find the figures, the machine and the versions in benchmarks/results/speed.json, a chart in speed.svg.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import traceback
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Annotated, Any

import numpy as np
import orjson
import typer

from benchmarks.feed import peak_mib, prepare, stream
from benchmarks.machine import machine, sha256

RESULTS = Path(__file__).parent / "results"
_THREAD_VARIABLES = ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
_LEAST_SECONDS = 0.5
_BASELINES = ("datasketch update_batch", "rensa full")


def _work(part: str, name: str, num_threads: int, path: Path, texts: list[str]) -> Any:
    from benchmarks.contenders import GROUPS, SIGNATURES

    if part == "groups":
        return GROUPS[name](path, num_threads)
    if name == "obecsum":
        SIGNATURES[name](texts, num_threads=num_threads)  # type: ignore[call-arg]
    else:
        SIGNATURES[name](texts)
    return None


def _serve(pipe: Connection, part: str, name: str, num_threads: int, path: Path, texts: list[str]) -> None:
    """A contender's process: waits for the word, does one round, answers what it took or the error.

    A round of raw text to signature lasts half a second at least: the fast ones go over the texts again.
    """
    if name == "obecsum":
        from obecsum.dedup import kernel  # noqa: F401  (else a small sample would be done without)
    while pipe.recv():
        try:
            passes, started, cpu_started = 0, perf_counter(), process_time()
            while passes == 0 or (part == "signatures" and perf_counter() - started < _LEAST_SECONDS):
                result = _work(part, name, num_threads, path, texts)
                passes += 1
            seconds, cpu_seconds = perf_counter() - started, process_time() - cpu_started
        except Exception:
            pipe.send({"error": traceback.format_exc(limit=3)})
            return
        spent = {"seconds": seconds / passes, "cpu_seconds": cpu_seconds / passes, "peak_mib": peak_mib()}
        pipe.send({"result": result, **spent})


class Contender:
    """A contender in a process of its own with its number of threads set before anything is imported."""

    def __init__(self, part: str, name: str, num_threads: int, path: Path, texts: list[str]) -> None:
        self.name, self.num_threads = name, num_threads
        self.rounds: list[dict[str, Any]] = []
        self.error: str | None = None
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
            answer: dict[str, Any] = self._pipe.recv()
        except (EOFError, BrokenPipeError):
            answer = {"error": "the process ended"}
        self.error = answer.get("error")
        if self.error is None and count:
            self.rounds.append(answer)

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
    took = [one["seconds"] for one in contender.rounds]
    return row | {
        "seconds": round(median(took), 4),
        "fastest": round(min(took), 4),
        "slowest": round(max(took), 4),
        "cpu_seconds": round(median(one["cpu_seconds"] for one in contender.rounds), 4),
        "releases_per_second": round(releases / median(took), 1),
        "peak_mib": contender.rounds[-1]["peak_mib"],
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
            labels = contender.rounds[-1]["result"]
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
                for clock in ("seconds", "cpu_seconds"):
                    name = f"{baseline}, {row['threads']} thread(s), {clock}"
                    found[name] = round(row[clock] / mine[0][clock], 2)
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
