"""How long one comparison takes on one core: two unseen releases, and two whose facts and folded texts are kept.

    python -m benchmarks.dedup.compare_speed LABELS --corpus FEED [--corpus FEED ...] [--json OUT]

Of the labelled pairs those whose texts both have about 3,000 characters (2,500 to 3,500) are compared, each for the
first time (folding, facts, alignment, decision) and then again (alignment and decision alone, the best of five runs,
since another process may take the core). Processor time of the thread, not the clock. The first three pairs are
compared once before, so that dictionaries and patterns are loaded. Then texts that are meant to be hard.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import orjson
import typer

from benchmarks.machine import machine, sha256
from obecsum.comparison.alignment.document import uncached_document_of
from obecsum.comparison.compare import compare, compare_documents
from obecsum.evaluate.pairs import find_releases, read_labels
from obecsum.feeds.read import read

RUNS = 5
LINE = "ขอเชิญประชาชนร่วมงานวันเด็กแห่งชาติ ณ ศาลากลางจังหวัดตัวอย่าง ตั้งแต่เวลา 09.00 น. เป็นต้นไป\n"


def seconds(work: Callable[[], object], runs: int = 1) -> float:
    """Processor time of the fastest of ``runs`` runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.thread_time()
        work()
        times.append(time.thread_time() - start)
    return min(times)


def summary(values: list[float]) -> dict[str, float]:
    """Median, 95th percentile and greatest of times in seconds, as milliseconds."""
    values_ms = 1e3 * np.array(values)
    return {
        "median_ms": round(float(np.median(values_ms)), 2),
        "p95_ms": round(float(np.percentile(values_ms, 95)), 2),
        "max_ms": round(float(values_ms.max()), 2),
    }


def measure(texts: list[tuple[str, str]]) -> dict[str, Any]:
    """Times of comparisons of pairs, unseen and kept."""
    for a, b in texts[:3]:
        compare(a, b)
    gc.collect()
    gc.freeze()
    unseen, kept = [], []
    for a, b in texts:
        start = time.thread_time()
        first, second = uncached_document_of(a), uncached_document_of(b)
        compare_documents(first, second)
        unseen.append(time.thread_time() - start)
        kept.append(seconds(partial(compare_documents, first, second), RUNS))
    gc.unfreeze()
    return {"pairs": len(texts), "unseen": summary(unseen), "kept": summary(kept)}


def hard() -> dict[str, float]:
    """Seconds of comparisons that a quadratic algorithm would not end."""
    long = "".join(f"{number} {LINE}" for number in range(20_000))
    cases = {
        "5 characters": ("ทดสอบ", "ทดสอย"),
        "2 MB, one figure changed": (long, long.replace("10000 ", "10009 ", 1)),
        "2 MB and a release": (long, long[:3000]),
        "10,000 identical lines": (LINE * 10_000, LINE * 9_990 + "จบ"),
        "10,000 digits": ("0123456789" * 1_000, "9876543210" * 1_000),
        "empty and 2 MB": ("", long),
    }
    return {name: round(seconds(partial(compare, *pair)), 3) for name, pair in cases.items()}


def main(
    labels: Annotated[Path, typer.Argument(help="Labelled pairs of ids, JSON Lines.")],
    corpus: Annotated[list[Path], typer.Option("--corpus", help="The feeds that hold the releases.")],
    json: Annotated[Path | None, typer.Option(help="Where to write the figures.")] = None,
) -> None:
    """Time comparisons."""
    pairs = read_labels(labels)
    releases = find_releases(pairs, (release for feed in corpus for release in read(feed)))
    texts = [(releases[pair.a].full_text, releases[pair.b].full_text) for pair in pairs]
    texts = [(a, b) for a, b in texts if all(2_500 < len(text) < 3_500 for text in (a, b))]
    report = {
        **measure(texts),
        "hard_s": hard(),
        "labels_sha256": sha256(labels),
        "machine": machine(),
        "command": f"python -m benchmarks.dedup.compare_speed {labels.name} --corpus FEED [--corpus FEED ...]",
    }
    print(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode())
    if json:
        json.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    typer.run(main)
