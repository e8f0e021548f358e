"""Claims: time and memory grow with the number of releases, not with its square; crowds make no cliff.

Sizes: the feed and rewritten copies of it (``rewrite.py``), 10,000 to 1,000,000 releases, from a file on
disk to verified groups. Cliffs: feeds in which all releases share a footer, are the same, are one line long, or one is
5 MB, each against as many ordinary ones. Every measurement is a process of its own. Run from the repository's root::

    python -m benchmarks.dedup.scale FEED... --size 10000 --size 100000 --size 1000000
    python -m benchmarks.dedup.scale FEED... --cliffs [--share 0.1]

and find the figures, the machine and the versions in benchmarks/results/scale.json and cliffs.json.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice, repeat
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import numpy as np
import orjson
import typer

from benchmarks.dedup.rewrite import grow
from benchmarks.feed import peak_mib, prepare, stream
from benchmarks.machine import machine

RESULTS = Path(__file__).parents[1] / "results"
_WORDS_OF_A_PROCESS = "from benchmarks.dedup.scale import measure; measure({path!r}, {num_threads})"
_MEMORY_BASE_RELEASES = 100
_FEW_RELEASES, _MORE_ROUNDS = 2000, 5  # so few take a tenth of a second: measured more often


def measure(path: str, num_threads: int) -> None:
    """Group one file and print what it took: the body of a measuring process."""
    from time import perf_counter, process_time

    from benchmarks.dedup.groups import verified_groups

    warm = Path(path).with_suffix(".warm")
    verified_groups(warm, num_threads=num_threads)  # loads the compiled code
    started, cpu_started = perf_counter(), process_time()
    groups = verified_groups(Path(path), num_threads=num_threads)
    seconds, cpu_seconds = perf_counter() - started, process_time() - cpu_started
    found = {
        "releases": len(groups.labels),
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu_seconds, 3),
        "stages": groups.seconds,
        "cpu_stages": groups.cpu_seconds,
        "peak_mib": peak_mib(),
        "candidates": len(groups.pairs),
        "jaccard_0.8": int((groups.jaccard >= 0.8).sum()),
        "containment_0.8": int((groups.containment >= 0.8).sum()),
        "groups": int((np.unique(groups.labels, return_counts=True)[1] > 1).sum()),
    }
    print(orjson.dumps(found).decode())


def _measured(path: Path, warm: Path, num_threads: int) -> dict[str, Any]:
    path.with_suffix(".warm").unlink(missing_ok=True)
    os.link(warm, path.with_suffix(".warm"))
    command = [sys.executable, "-c", _WORDS_OF_A_PROCESS.format(path=str(path), num_threads=num_threads)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"measuring {path.name} failed: {done.stderr[-3000:]}")
    found: dict[str, Any] = orjson.loads(done.stdout.splitlines()[-1])
    return found


def sizes(
    source: Path, folder: Path, counts: list[int], *, share: float, num_threads: int, seed: int
) -> dict[str, Any]:
    """Time and peak memory by size, the exponent between neighbors, and bytes a release beside an idle process.

    Each feed begins with the same share of real releases, so all are alike but for their size. Feeds that lie in
    ``folder`` already are not made again.
    """
    warm = folder / "warm.jsonl"
    grow(source, warm, 2000, seed=seed)
    base = folder / "base.jsonl"
    grow(source, base, _MEMORY_BASE_RELEASES, seed=seed)
    floor = _measured(base, warm, num_threads)["peak_mib"]
    rows: list[dict[str, Any]] = []
    for count in sorted(counts):
        path = folder / f"feed-{count}.jsonl"
        if not path.exists():
            grow(source, path, count, sources=round(count * share), seed=seed)
        row = _measured(path, warm, num_threads) | {"file_mib": path.stat().st_size >> 20}
        row["bytes_a_release"] = round((row["peak_mib"] - floor) * 1048576 / count)
        if rows:
            more, longer = count / rows[-1]["releases"], row["seconds"] / rows[-1]["seconds"]
            row["times_longer"] = round(longer, 2)
            row["exponent"] = round(math.log(longer) / math.log(more), 3)
            row["times_longer_cpu"] = round(row["cpu_seconds"] / rows[-1]["cpu_seconds"], 2)
        rows.append(row)
        print(orjson.dumps(row).decode(), flush=True)
    return {"share_of_real_releases": share, "memory_of_an_idle_process_mib": floor, "rows": rows}


def _ordinary(texts: list[str]) -> Iterator[str]:
    """Texts without end, each unlike the others: the feed's, then again with their halves joined another way."""
    yield from texts
    for shift in range(1, len(texts)):
        for at, text in enumerate(texts):
            other = texts[(at + shift) % len(texts)]
            yield text[: len(text) // 2] + other[len(other) // 2 :]


def _shared_footer(texts: list[str], count: int) -> Iterator[str]:
    footer = "".join(texts)[:2000]
    return (text + "\n" + footer for text in islice(_ordinary(texts[1:]), count))


def _same(texts: list[str], count: int) -> Iterator[str]:
    mean = sum(map(len, texts)) / len(texts)
    return repeat(min(texts, key=lambda text: abs(len(text) - mean)), count)  # not shorter or longer than the ordinary


def _one_line(texts: list[str], count: int) -> Iterator[str]:
    return (text[:80].replace("\n", " ") for text in islice(_ordinary(texts), count))


def _one_of_5_mb(texts: list[str], count: int) -> Iterator[str]:
    yield from islice(_ordinary(texts), count - 1)
    yield "\n".join(islice(_ordinary(texts), 3000))[:1_900_000]  # about 5 MB in UTF-8


def _middle(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The round of the middle clock, with the median of each clock over all rounds."""
    middle = sorted(found, key=lambda one: float(one["seconds"]))[len(found) // 2]
    return middle | {clock: round(median(one[clock] for one in found), 3) for clock in ("seconds", "cpu_seconds")}


CLIFFS: dict[str, tuple[int, Callable[[list[str], int], Iterator[str]]]] = {
    "all share one footer of 2,000 characters": (100_000, _shared_footer),
    "all the same": (20_000, _same),
    "one line each": (50_000, _one_line),
    "one of 5 MB among 1,000": (1_000, _one_of_5_mb),
}


def cliffs(source: Path, folder: Path, *, share: float, rounds: int, num_threads: int) -> list[dict[str, Any]]:
    """Each crowd against as many ordinary releases: how many times as long it takes."""
    texts = list(stream(source))
    warm = folder / "warm.jsonl"
    grow(source, warm, 2000)

    def write(name: str, made: Iterator[str]) -> Path:
        path = folder / f"{name}.jsonl"
        with path.open("wb") as out:
            for number, text in enumerate(made):
                out.write(orjson.dumps({"id": str(number), "body": text}) + b"\n")
        return path

    rows = []
    for name, (full, make) in CLIFFS.items():
        count = max(100, int(full * share))
        paths = [write("crowd", make(texts, count)), write("ordinary", islice(_ordinary(texts), count))]
        repeats = rounds * (_MORE_ROUNDS if count <= _FEW_RELEASES else 1)
        measured = [[_measured(path, warm, num_threads) for path in paths] for _ in range(repeats)]  # in turn
        crowd, ordinary = (_middle(list(found)) for found in zip(*measured, strict=True))
        times = {
            f"times_ordinary_{clock}": round(crowd[clock] / ordinary[clock], 2) for clock in ("seconds", "cpu_seconds")
        }
        rows.append({"crowd": name, "releases": count, "rounds": repeats, **times, "took": crowd, "ordinary": ordinary})
        print(name, count, times, flush=True)
    return rows


def main(
    feeds: Annotated[list[Path], typer.Argument(help="JSONL feeds, plain or .xz")],
    size: Annotated[list[int] | None, typer.Option(help="Number of releases; repeat for more sizes")] = None,
    crowds: Annotated[bool, typer.Option("--cliffs", help="Measure crowds instead of sizes")] = False,
    share: Annotated[float, typer.Option(help="Crowds of this share of their full size", min=0.001, max=1)] = 1.0,
    rounds: Annotated[int, typer.Option(help="Rounds for crowds", min=1)] = 3,
    seed: Annotated[int, typer.Option(help="Seed of the generator")] = 1,
    folder: Annotated[Path | None, typer.Option(help="Where to write feeds; a million take 7 GB")] = None,
    made: Annotated[Path | None, typer.Option(help="Folder of feeds that were made before, or are to be kept")] = None,
    out: Annotated[Path | None, typer.Option(help="Result file")] = None,
) -> None:
    """Measure growth, or crowds."""
    num_threads = len(os.sched_getaffinity(0))
    report: dict[str, Any] = {"machine": machine(), "seed": seed, "threads": num_threads}
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        source = Path(scratch) / "source.jsonl"
        report["releases_of_the_feed"] = prepare(feeds, source)
        if crowds:
            measured = cliffs(source, Path(scratch), share=share, rounds=rounds, num_threads=num_threads)
            report |= {"share_of_full_size": share, "crowds": measured}
        else:
            counts = size or [10_000, 100_000, 1_000_000]
            share = report["releases_of_the_feed"] / max(counts)
            report |= sizes(source, made or Path(scratch), counts, share=share, num_threads=num_threads, seed=seed)
    out = out or RESULTS / ("cliffs.json" if crowds else "scale.json")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    typer.run(main)
