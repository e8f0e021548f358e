"""Claims: size and speed of an index at a million entries.

An index takes at most 1.2 kB a release on disk beside its text, and lookup plus add does 2,000 a second on one core.

An index is filled with real releases first, then with rewritten ones (benchmarks/dedup/rewrite.py): whole texts, their
sketches made from them, stored compressed as any other. What is timed:

- ``make``: what a job does to each release while it cuts: boilerplate and normalization, the digest, the sketch,
  and the compressed text. In no other figure.
- ``lookup``: ``Index.lookup`` of real releases that the index does not have, in batches of 8,192, as a job asks: from
  sketches to the few entries whose texts will be compared. Comparing is no part of it.
- ``add``: a transaction of 8,192 entries with its commit: rows, compressed texts, postings, and the merges that it sets
  off. The mean over all that were added since the size before, so every level of merging has its share.

Processor time is what counts on a machine that does other things; the wall clock stands beside it.

Run from the repository's root, on one core::

    taskset -c 0 python -m benchmarks.dedup.index FEED... --index big.db --entries 1000000

It goes on with an index that has fewer entries, and only measures one that has as many. Figures, machine and versions
are in benchmarks/results/index.json.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Annotated, Any

import numpy as np
import orjson
import typer

import obecsum
from benchmarks.dedup.rewrite import rewritten
from benchmarks.feed import peak_mib
from benchmarks.machine import machine
from obecsum.index.index import Index, IndexEntry, entry_of, entry_sketches
from obecsum.index.tools import show
from obecsum.minhash.candidates import candidate_pairs, containment_candidates
from obecsum.minhash.overlap import exact_overlaps
from obecsum.minhash.signatures import Sketches

RESULTS = Path(__file__).parents[1] / "results"
_BATCH = 8192
_SMALL_BATCH = 1024
_ALONE = 64
_SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000)


class _Clock:
    """Seconds of the processor and of the wall, summed over the times that it was entered."""

    def __init__(self) -> None:
        self.processor = self.wall = 0.0

    def __enter__(self) -> _Clock:
        self._begin = process_time(), perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.processor += process_time() - self._begin[0]
        self.wall += perf_counter() - self._begin[1]

    def us(self, count: int) -> dict[str, float]:
        """Microseconds each."""
        return {"processor_us": round(1e6 * self.processor / count, 1), "wall_us": round(1e6 * self.wall / count, 1)}


def made(first: int, generator: Iterator[tuple[str, str]]) -> Iterator[IndexEntry]:
    """Entries made of real ones without end; their texts are normalized and cut, because those of the real ones are."""
    for number, (title, text) in enumerate(generator, first):
        name = str(number)
        yield IndexEntry(name, name, f"{2000 + number % 24}-06-01", title or None, text, b"%016d" % number)


def fill(index: Index, entries: Iterator[IndexEntry], upto: int) -> tuple[_Clock, int]:
    """Add entries until there are so many; the time that adding took, and how many were added."""
    clock = _Clock()
    begin = have = int(index.file.meta("next"))
    while have < upto:
        batch = list(islice(entries, min(_BATCH, upto - have)))
        sketches = entry_sketches(batch)
        rows = [entry.stored for entry in batch]
        with clock, index.file.writing():
            index.insert(rows, sketches=sketches)
        have += len(batch)
    return clock, have - begin


def true_pairs(entries: list[IndexEntry], sketches: Sketches, known: int) -> dict[str, set[tuple[int, int]]]:
    """Pairs of a new and a known release by what they really share, of those that the candidates of a batch hold."""
    near = candidate_pairs(sketches.signatures)
    inside = np.sort(containment_candidates(sketches), axis=1)
    pairs = np.unique(np.concatenate([near, inside]), axis=0)
    pairs = pairs[(pairs[:, 0] < known) & (pairs[:, 1] >= known)]
    shares = exact_overlaps(lambda rows: [entries[row].release.full_text for row in rows.tolist()], pairs)
    kinds = {
        "jaccard_0.5": shares.jaccard >= 0.5,
        "jaccard_0.8": shares.jaccard >= 0.8,
        "containment_0.8": shares.containment >= 0.8,
    }
    return {name: {(new - known, old) for old, new in pairs[kind].tolist()} for name, kind in kinds.items()}


def looked_up(index: Index, sketches: Sketches, size: int, truth: dict[str, set[tuple[int, int]]]) -> dict[str, Any]:
    """Time, candidates and recall of looking releases up in batches of one size."""
    clock = _Clock()
    found: set[tuple[int, int]] = set()
    for begin in range(0, len(sketches), size):
        batch = sketches.take(np.arange(begin, min(begin + size, len(sketches))))
        with clock:
            pairs = index.lookup(batch)
        found.update((begin + row, number) for row, number in pairs.tolist())
    recall = {name: {"pairs": len(pairs), "found": len(pairs & found)} for name, pairs in truth.items()}
    return {**clock.us(len(sketches)), "candidates_a_release": round(len(found) / len(sketches), 2), "recall": recall}


def measured(index: Index, sketches: Sketches, truth: dict[str, set[tuple[int, int]]]) -> dict[str, Any]:
    """Lookups in batches as a job makes them, in small ones, and alone."""
    index.lookup(sketches.take(np.arange(16)))  # SQLite's first pages
    small = looked_up(index, sketches.take(np.arange(_BATCH)), _SMALL_BATCH, {})
    alone = looked_up(index, sketches.take(np.arange(_ALONE)), 1, {})
    return {
        "lookup": looked_up(index, sketches, _BATCH, truth),
        "lookup_in_batches_of_1024": {name: small[name] for name in ("processor_us", "wall_us")},
        "lookup_alone": {name: alone[name] for name in ("processor_us", "wall_us")},
    }


def main(
    feeds: Annotated[list[Path], typer.Argument(help="JSONL feeds, plain or compressed")],
    index_path: Annotated[Path, typer.Option("--index", help="Index to make, to go on with or to measure")],
    entries: Annotated[int, typer.Option(help="Entries at the end")] = 1_000_000,
    real: Annotated[int, typer.Option(help="Real releases to begin with")] = 16_384,
    new: Annotated[int, typer.Option(help="Real releases to look up")] = 2 * _BATCH,
    seed: Annotated[int, typer.Option(help="Seed of the generator")] = 1,
    out: Annotated[Path, typer.Option(help="Result file")] = RESULTS / "index.json",
) -> None:
    """Measure size and time of an index as it grows."""
    from obecsum.minhash import kernel  # noqa: F401  (loaded before anything is timed)

    releases = list(islice((release for feed in feeds for release in obecsum.read(feed)), real + new))
    making, sketching, packing = _Clock(), _Clock(), _Clock()
    with making:
        real_entries = [entry_of(release) for release in releases]
    entry_sketches(real_entries[:16])
    with sketching:
        sketches = entry_sketches(real_entries)
    with packing:
        rows = [entry.stored for entry in real_entries]
    truth = true_pairs(real_entries, sketches, real)
    own, asked = sketches.take(np.arange(real)), sketches.take(np.arange(real, real + new))
    report: dict[str, Any] = {"rows": []}
    with Index(index_path) as index:
        have = int(index.file.meta("next"))
        if have:
            report = orjson.loads(out.read_bytes())
        else:
            with index.file.writing():
                index.insert(rows[:real], sketches=own)
            found = show(index_path)
            texts = round(found["bytes_text"] / real)
            report["real"] = {"entries": real, "text_bytes": texts, "other_bytes": round(found["bytes_rest"] / real)}
        report |= {"machine": machine(), "seed": seed, "batch": _BATCH}
        report["mean_chars"] = round(sum(len(entry.text) for entry in real_entries) / len(real_entries))
        clocks = {"entry": making, "fingerprint": sketching, "compressed_text": packing}
        report["make"] = {name: clock.us(len(real_entries)) for name, clock in clocks.items()}
        random = Random(seed + have)
        known = [(entry.title or "", entry.text) for entry in real_entries[:real]]
        generator = made(max(have, real), rewritten(known, random))
        for size in [size for size in _SIZES if max(have, real) < size < entries] + [entries]:
            clock, count = fill(index, generator, size)
            found = show(index_path)
            row = {
                "entries": size,
                "segments": found["segments"],
                "text_bytes": round(found["bytes_text"] / size),
                "other_bytes": round(found["bytes_rest"] / size),
                "peak_mib": peak_mib(),
                "load_1min": machine()["load_1min"],
                **measured(index, asked, truth),
            }
            before = {one["entries"]: one for one in report["rows"]}
            row["add"] = clock.us(count) if count else before[size]["add"]
            for name in ("processor", "wall"):
                both = row["lookup"][f"{name}_us"] + row["add"][f"{name}_us"]
                row[f"lookups_plus_adds_a_second_{name}"] = round(1e6 / both)
            report["rows"] = [*(one for one in report["rows"] if one["entries"] != size), row]
            print(orjson.dumps(row).decode(), flush=True)
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    typer.run(main)
