"""Claim: stories are found at the speed of a batch job: over 5,000 releases a second become vectors on one core.

    python -m benchmarks.stories.speed CORPUS_FOLDER [--json OUT]

(a) Vectors of raw releases a second on one core, beside MinHash signatures, by processor time and by the clock.
(b) All near pairs within the window among the whole corpus by faiss, which obecsum uses, by plain numpy, and by
usearch where it is installed (``benchmarks/requirements.txt``); by exact search each.
(c) ``obecsum.stories`` over the whole corpus: time, memory, stories.
"""

from __future__ import annotations

import importlib
import importlib.util
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import orjson
import typer

from benchmarks.machine import machine
from benchmarks.stories.pairs import as_release, read_rows
from obecsum.core.release import Release
from obecsum.embeddings import DEFAULT_EMBEDDINGS, Embedder
from obecsum.minhash.signatures import signatures
from obecsum.story.evidence import day_of
from obecsum.story.job import story_record
from obecsum.story.rule import StoryRule
from obecsum.story.search import near_pairs
from obecsum.story.stories import stories

RESULTS = Path(__file__).parents[1] / "results"
WINDOW_DAYS = 7
_BLOCK = 1_024
_NEIGHBORS = 256  # usearch gives the nearest few of each; more than any release has in the window is not needed


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """What ``work`` gives, its processor time and its time by the clock, in seconds."""
    clock, processor = time.perf_counter(), time.process_time()
    found = work()
    return found, time.process_time() - processor, time.perf_counter() - clock


def one_core(texts: Sequence[str], embedder: Embedder, rounds: int = 3) -> list[dict[str, Any]]:
    """Releases a second of every way to make vectors or signatures; the best of three rounds."""
    learned, small = (Embedder(embedder.name, dim=dim) for dim in (640, 256))
    ways: list[tuple[str, Callable[[], Any]]] = [
        (f"vectors, {embedder.dim} dimensions", lambda: embedder.encode_known(texts, num_threads=1)),
        ("vectors, 640 dimensions", lambda: learned.encode_known(texts, num_threads=1)),
        ("vectors, 256 dimensions", lambda: small.encode_known(texts, num_threads=1)),
        ("MinHash signatures, 128 permutations", lambda: signatures(texts, num_threads=1)),
    ]
    table = []
    for name, work in ways:
        work()
        runs = [timed(work)[1:] for _ in range(rounds)]
        record = {
            "what": name,
            "releases_a_second_of_processor_time": round(len(texts) / min(run[0] for run in runs)),
            "releases_a_second": round(len(texts) / min(run[1] for run in runs)),
        }
        table.append(record)
        typer.echo(str(record))
    return table


def by_numpy(vectors: Any, days: Any, min_cosine: float) -> int:
    """Near pairs by a matrix product a block."""
    found = 0
    for first in range(0, len(vectors), _BLOCK):
        block = np.arange(first, min(first + _BLOCK, len(vectors)))
        last = int(np.searchsorted(days, days[block[-1]] + WINDOW_DAYS, side="right"))
        cosines = vectors[block] @ vectors[first:last].T
        rows, columns = np.nonzero(cosines >= min_cosine)
        others = columns + first
        near = (others > block[rows]) & (days[others] - days[block[rows]] <= WINDOW_DAYS)
        found += int(near.sum())
    return found


def by_usearch(vectors: Any, days: Any, min_cosine: float) -> int:
    """The same by usearch's exact search."""
    usearch = importlib.import_module("usearch.index")
    found = 0
    for first in range(0, len(vectors), _BLOCK):
        block = np.arange(first, min(first + _BLOCK, len(vectors)))
        last = int(np.searchsorted(days, days[block[-1]] + WINDOW_DAYS, side="right"))
        pool = vectors[first:last]
        count = min(_NEIGHBORS, len(pool))
        matches = usearch.search(pool, vectors[block], count, usearch.MetricKind.IP, exact=True, threads=0)
        others = matches.keys.astype(np.int64) + first
        near = (1 - matches.distances >= min_cosine) & (others > block[:, None])
        near &= days[np.minimum(others, len(days) - 1)] - days[block][:, None] <= WINDOW_DAYS
        found += int(near.sum())
    return found


def searches(releases: Sequence[Release], embedder: Embedder) -> list[dict[str, Any]]:
    """Time and pairs of each library."""
    dated = sorted((r for r in releases if day_of(r.published) is not None), key=lambda r: (r.published or "", r.id))
    vectors, known = embedder.encode_known([release.full_text for release in dated])
    days = np.array([day_of(release.published) for release in dated], np.int64)[known]
    vectors = np.ascontiguousarray(vectors[known])
    min_cosine = StoryRule().min_cosine
    ways: list[tuple[str, Callable[[], int]]] = [
        (
            "faiss, range search over a flat index",
            lambda: sum(1 for _ in near_pairs(vectors, days.tolist(), window_days=WINDOW_DAYS, min_cosine=min_cosine)),
        ),
        ("numpy, a matrix product a block", lambda: by_numpy(vectors, days, min_cosine)),
    ]
    if importlib.util.find_spec("usearch") is not None:
        ways.append((f"usearch, exact, {_NEIGHBORS} neighbors", lambda: by_usearch(vectors, days, min_cosine)))
    table = []
    for name, work in ways:
        pairs, processor, clock = timed(work)
        record = {"what": name, "pairs": pairs, "processor_s": round(processor, 1), "seconds": round(clock, 1)}
        table.append(record)
        typer.echo(str(record))
    return table


def copies(releases: Sequence[Release], members: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Pairs of releases with one text and none between them, within the window, and how many are in one story."""
    story = {release_id: number for number, ids in enumerate(members) for release_id in ids}
    last: dict[str, tuple[int, str]] = {}
    pairs = together = 0
    for release in sorted(releases, key=lambda release: (release.published or "", release.id)):
        day, text = day_of(release.published), "".join(release.text.split())
        if day is None or not text:
            continue
        if text in last and day - last[text][0] <= WINDOW_DAYS:
            pairs += 1
            together += release.id in story and story.get(last[text][1]) == story[release.id]
        last[text] = (day, release.id)
    return pairs, together


def whole(releases: Sequence[Release], out: Path | None, *, read: bool) -> dict[str, Any]:
    """``stories`` over everything, with the interaction model or without."""
    interaction: Literal[False] | None = None if read else False
    found, processor, clock = timed(lambda: stories(releases, window_days=WINDOW_DAYS, interaction=interaction))
    if out is not None:
        by_id = {release.id: release for release in releases}
        out.write_bytes(b"".join(orjson.dumps(story_record(story, by_id)) + b"\n" for story in found))
    sizes = [len(story.ids) for story in found]
    return {
        "releases": len(releases),
        "seconds": round(clock, 1),
        "processor_s": round(processor, 1),
        "stories": len(found),
        "in_stories": sum(sizes),
        "largest": max(sizes, default=0),
        "copies": dict(zip(("pairs", "in_one_story"), copies(releases, [s.ids for s in found]), strict=True)),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main(
    corpus: Annotated[Path, typer.Argument(help="Folder of the corpus' .jsonl.xz files.")],
    texts: Annotated[int, typer.Option(help="Releases of the raw feed for (a).")] = 2_000,
    part: Annotated[str, typer.Option(help="core, search, whole or all; the rest of the file stays.")] = "all",
    keep: Annotated[Path | None, typer.Option(help="Where to write the stories of (c).")] = None,
    read: Annotated[bool, typer.Option("--read/--no-read", help="(c) with the interaction model or without.")] = True,
    out: Annotated[Path, typer.Option("--json")] = RESULTS / "story-speed.json",
) -> None:
    """Measure, print, write the result file."""
    report: dict[str, Any] = orjson.loads(out.read_bytes()) if out.is_file() and part != "all" else {}
    report["machine"] = machine()
    embedder = Embedder(DEFAULT_EMBEDDINGS)
    if part in ("all", "core"):
        raw = [row["text"] for row in read_rows(corpus / "raw-feed-2024h2.jsonl.xz")[:texts]]
        characters = round(sum(map(len, raw)) / len(raw))
        report["one_core"] = {"releases": len(raw), "characters": characters, "ways": one_core(raw, embedder)}
    if part in ("all", "search", "whole"):
        files = [*sorted(corpus.glob("train-*.jsonl.xz")), corpus / "valid.jsonl.xz", corpus / "test.jsonl.xz"]
        releases = [as_release(row) for file in files for row in read_rows(file)]
        if part != "search":
            name = "corpus" if read else "corpus_without_interaction"
            report[name] = whole(releases, keep, read=read)
            typer.echo(str(report[name]))
        if part != "whole":
            report["search"] = searches(releases, embedder)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    typer.echo(f"written to {out}")


if __name__ == "__main__":
    typer.run(main)
