"""Claim: obecsum is fast from raw text.

Rows: raw text to signature, one thread and all cores; raw JSONL to duplicate groups; the floor, which is parsing the
file. Each contender runs in a process of its own, warm, in alternating order; figures are medians of the wall clock,
with the processor time beside them (of text-dedup only what its own process spends, not its workers). The peers are
installed as ``benchmarks/requirements.txt`` says; a peer that is not there is named with its error. Run from the
repository's root::

    python -m benchmarks.dedup.speed FEED... --part signatures
    python -m benchmarks.dedup.speed FEED... --part groups [--limit 8000] [--rounds 5] [--only obecsum]

A peer may take ten minutes for all 85,631 releases: ``--add`` puts the contenders of one run beside those of others of
the same feed, each with the parse floor of its own run. Find the figures, the machine and the versions in
benchmarks/results/speed.json, a chart in speed.png.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import orjson
import typer

from benchmarks.feed import peak_mib, prepare, stream
from benchmarks.machine import machine, sha256

RESULTS = Path(__file__).parents[1] / "results"
_THREAD_VARIABLES = ("RAYON_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
_LEAST_SECONDS = 0.5
_BASELINES = ("datasketch update_batch", "datasketch bulk", "rensa full", "rensa rho")
FLOOR = "parse floor"


class Part(StrEnum):
    """What can be measured."""

    signatures = "signatures"
    groups = "groups"


def _work(part: str, name: str, num_threads: int, path: Path, texts: list[str]) -> Any:
    from benchmarks.dedup.contenders import GROUPS, SIGNATURES

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
    if name.startswith("obecsum"):
        from obecsum.minhash import kernel  # noqa: F401  (else a small sample would be done without)
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


def _race(contenders: list[Contender], rounds: int, *, warm: bool = True) -> None:
    for contender in contenders if warm else []:
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
    from benchmarks.dedup.contenders import SIGNATURES, THREADED

    texts = list(stream(path))
    texts = Random(seed).sample(texts, min(sample, len(texts)))
    rows = []
    for threads in sorted({1, num_threads}):
        names = [name for name in SIGNATURES if threads == 1 or name in THREADED]
        contenders = [Contender("signatures", name, threads, path, texts) for name in names]
        _race(contenders, rounds)
        rows += [_row(contender, len(texts)) for contender in contenders]
    return rows


def _true_pairs(path: Path, num_threads: int, join: Path | None) -> npt.NDArray[np.int64]:
    """All pairs with exact Jaccard 0.8 and more."""
    from benchmarks.dedup.exact_join import exact_join
    from obecsum.minhash.shingles import shingle_batch

    values, bounds = shingle_batch(stream(path))
    joined = np.load(join) if join else exact_join(values, bounds, num_threads=num_threads)
    sizes = np.diff(bounds)
    union = sizes[joined[:, 0]] + sizes[joined[:, 1]] - joined[:, 2]
    pairs: npt.NDArray[np.int64] = joined[joined[:, 2] >= 0.8 * union, :2]
    return pairs


def groups(
    path: Path,
    names: list[str],
    *,
    count: int,
    rounds: int,
    warm: bool,
    recall: bool,
    join: Path | None,
    num_threads: int,
) -> dict[str, Any]:
    """Raw JSONL to groups, and the share of the true pairs (exact Jaccard 0.8 and more) that each finds."""
    truth = _true_pairs(path, num_threads, join) if recall else np.empty((0, 2), dtype=np.int64)
    contenders = [Contender("groups", name, num_threads, path, []) for name in names]
    _race(contenders, rounds, warm=warm)
    rows = []
    for contender in contenders:
        row = _row(contender, count)
        if contender.error is None and contender.name != FLOOR:
            labels = contender.rounds[-1]["result"]
            first, second = labels[truth[:, 0]], labels[truth[:, 1]]
            if recall:
                row["recall_of_pairs"] = round(float(((first == second) | (first < 0) | (second < 0)).mean()), 4)
            row["matched_releases"] = int((np.bincount(labels - labels.min())[labels - labels.min()] > 1).sum())
        rows.append(row)
    floor = next((row for row in rows if row["name"] == FLOOR), {})
    for row in rows:
        if "seconds" in row and "seconds" in floor:
            row["times_the_parse_floor"] = round(row["seconds"] / floor["seconds"], 2)
            row["parse_floor_seconds"] = floor["seconds"]
        row |= {"rounds": rounds, "warm": warm, "measured_at": datetime.now(UTC).isoformat(timespec="seconds")}
    known = {"true_pairs": len(truth)} if recall else {}
    return {"releases": count, **known, "rows": rows}


def joined(before: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The rows of a run beside those of earlier runs of the same feed; a contender's new row replaces its old one."""
    if before.get("feed_sha256") != found["feed_sha256"]:
        return found
    names = [row["name"] for row in found["rows"]]
    return found | {"rows": [row for row in before["rows"] if row["name"] not in names] + found["rows"]}


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
    """Bars of releases a second, logarithmic, as PNG."""
    import matplotlib as mpl  # type: ignore[import-not-found,unused-ignore]

    mpl.use("agg")
    from matplotlib import pyplot  # type: ignore[import-not-found,unused-ignore]

    shown = sorted((row for row in rows if row["threads"] == 1 and "seconds" in row), key=lambda row: -row["seconds"])
    figure, axes = pyplot.subplots(figsize=(7.2, 2.7))
    speeds = [row["releases_per_second"] for row in shown]
    colors = ["#1f6f5c" if row["name"] == "obecsum" else "#b9c4c9" for row in shown]
    bars = axes.barh([row["name"] for row in shown], speeds, color=colors, height=0.66)
    axes.bar_label(bars, [f"{speed:,.0f}" for speed in speeds], padding=4)
    axes.set_xscale("log")
    axes.set_xlim(left=100, right=max(speeds) * 3)
    axes.set_xlabel("releases a second, raw Thai text to 128 MinHash values, one thread (logarithmic)")
    axes.tick_params(axis="y", length=0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    figure.savefig(target, bbox_inches="tight", dpi=160, facecolor="white", metadata={"Software": None})


def main(
    feeds: Annotated[list[Path], typer.Argument(help="JSONL feeds, plain or .xz")],
    part: Annotated[Part, typer.Option(help="What to measure")],
    limit: Annotated[int | None, typer.Option(help="Rows to take; all without it")] = None,
    sample: Annotated[int, typer.Option(help="Releases for raw text to signature")] = 1000,
    rounds: Annotated[int, typer.Option(help="Rounds that count", min=1)] = 5,
    warm: Annotated[bool, typer.Option(help="A round before them that does not count")] = True,
    recall: Annotated[bool, typer.Option(help="Join the feed exactly for the recall; minutes for a large one")] = True,
    join: Annotated[Path | None, typer.Option(help="The exact join of the feed, from dedup.recall")] = None,
    add: Annotated[bool, typer.Option(help="Keep the contenders of earlier runs of the same feed")] = False,
    only: Annotated[list[str] | None, typer.Option(help="Contenders by name; all without it")] = None,
    name: Annotated[str | None, typer.Option(help="Name of these figures in the file; that of the part")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the sample")] = 1,
    out: Annotated[Path, typer.Option(help="Result file; other parts in it stay")] = RESULTS / "speed.json",
) -> None:
    """Measure obecsum against its peers, from raw text."""
    from benchmarks.dedup.contenders import GROUPS

    num_threads = len(os.sched_getaffinity(0))
    found: dict[str, Any] = {"machine": machine(), "peers": {}}
    for peer in ("datasketch", "rensa", "text-dedup", "datasets", "orjson"):
        try:
            found["peers"][peer] = version(peer)
        except PackageNotFoundError:
            found["peers"][peer] = None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.jsonl"
        if len(feeds) == 1 and feeds[0].suffix == ".jsonl" and limit is None:
            path = feeds[0]  # as it is
            found["releases_of_the_feed"] = sum(1 for _ in path.open("rb"))
        else:
            found["releases_of_the_feed"] = prepare(feeds, path, limit=limit)
        found["feed_sha256"] = sha256(path)
        if part is Part.signatures:
            rows = signatures(path, sample=sample, rounds=rounds, num_threads=num_threads, seed=seed)
            found |= {"releases": sample, "seed": seed, "rounds": rounds, "rows": rows}
            found["times_faster"] = ratios(rows, _BASELINES)
            with suppress(ImportError):  # matplotlib draws the chart, where it is installed
                chart(rows, out.with_suffix(".png"))
        else:
            names = [one for one in GROUPS if not only or one in only]
            fixed = {"count": found["releases_of_the_feed"], "rounds": rounds, "num_threads": num_threads}
            found |= groups(path, names, warm=warm, recall=recall, join=join, **fixed)
    found["load_1min_after"] = round(os.getloadavg()[0], 2)
    out.parent.mkdir(parents=True, exist_ok=True)
    report = orjson.loads(out.read_bytes()) if out.exists() else {}
    if add:
        found = joined(report.get(name or part.value, {}), found)
    out.write_bytes(orjson.dumps(report | {name or part.value: found}, option=orjson.OPT_INDENT_2) + b"\n")
    print(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())


if __name__ == "__main__":
    typer.run(main)
