"""Claims: size and speed of an index at a million entries.

An index takes at most 1.2 kB a release on disk beside its text, and lookup plus add does 2,000 a second on one core.

An index is filled with real releases first, then with entries whose fingerprints are made from those of real ones by a
seeded generator, as ``benchmarks/rewrite.py`` makes texts: one in ten keeps nine tenths of its source's values, the
others one tenth. Those entries carry a text of 200 characters, so the text counts apart. At each size real releases
that the index does not have are looked up and added in batches of 1,024, as a job does it, and taken back.

Run from the repository's root, on one core::

    taskset -c 0 python -m benchmarks.index FEED... --entries 1000000

and find the figures, the machine and the versions in benchmarks/results/index.json.
"""

from __future__ import annotations

import tempfile
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Annotated, Any

import numpy as np
import orjson
import typer

import obecsum
from benchmarks.feed import peak_mib
from benchmarks.machine import machine
from obecsum.dedup.candidates import candidate_pairs, containment_candidates
from obecsum.dedup.index import Entry, Index, entry_of, sketches
from obecsum.dedup.index_tools import check, show
from obecsum.dedup.overlaps import exact_overlaps
from obecsum.dedup.signatures import SAMPLE_RATE, Fingerprints

RESULTS = Path(__file__).parent / "results"
_BATCH = 1024
_FILL = 8192
_NEAR, _NEAR_SHARE, _FAR_SHARE = 0.1, 0.9, 0.1
_SHORT_CHARS = 200


def made(real: Fingerprints, count: int, generator: np.random.Generator) -> Fingerprints:
    """Fingerprints made of real ones: some values kept, the others random."""
    rows = generator.integers(0, len(real), count)
    share = np.where(generator.random(count) < _NEAR, _NEAR_SHARE, _FAR_SHARE)
    source = real.take(rows)
    fresh = generator.integers(0, 2**32 - 1, source.signatures.shape, dtype=np.uint32)
    kept = generator.random(source.signatures.shape, dtype=np.float32) < share[:, None]
    sizes = np.diff(source.bounds)
    is_kept = generator.random(len(source.samples), dtype=np.float32) < np.repeat(share, sizes)
    other = generator.integers(0, 2**32 // SAMPLE_RATE, len(source.samples), dtype=np.uint32)
    mixed = np.where(is_kept, source.samples, other)
    owners = np.repeat(np.arange(count), sizes)
    samples = mixed[np.lexsort((mixed, owners))]
    return Fingerprints(np.where(kept, source.signatures, fresh), samples, source.bounds)


def fill(index: Index, real: Fingerprints, texts: list[str], upto: int, generator: np.random.Generator) -> float:
    """Add made entries until there are so many; returns seconds."""
    begin = perf_counter()
    while (have := int(index.file.meta("next"))) < upto:
        count = min(_FILL, upto - have)
        prints = made(real, count, generator)
        entries = [
            Entry(
                str(have + at),
                str(have + at),
                "2024-06-01",
                None,
                texts[(have + at) % len(texts)],
                b"%016d" % (have + at),
            )
            for at in range(count)
        ]
        with index.file.writing():
            index.insert(entries, prints=prints)
    return perf_counter() - begin


def recall(index: Index, entries: list[Entry], prints: Fingerprints, known: int) -> dict[str, Any]:
    """Of the pairs of a known and a new release that the candidates of a batch hold: which the index finds."""
    near = candidate_pairs(prints.signatures)
    inside = np.sort(containment_candidates(prints), axis=1)
    pairs = np.unique(np.concatenate([near, inside]), axis=0)
    pairs = pairs[(pairs[:, 0] < known) & (pairs[:, 1] >= known)]
    shares = exact_overlaps(lambda rows: [entries[row].release.full_text for row in rows.tolist()], pairs)
    found = {
        (known + row, number) for row, number in index.lookup(prints.take(np.arange(known, len(entries)))).tolist()
    }
    is_found = np.array([(new, old) in found for old, new in pairs.tolist()], dtype=bool)
    kinds = {
        "jaccard_0.5": shares.jaccard >= 0.5,
        "jaccard_0.8": shares.jaccard >= 0.8,
        "containment_0.8": shares.containment >= 0.8,
    }
    return {name: {"pairs": int(kind.sum()), "found": int(is_found[kind].sum())} for name, kind in kinds.items()}


class _TakenBackError(Exception):
    """Ends a transaction that is only measured."""


class _Clock:
    """Seconds of the processor and of the wall since it was made: on a busy machine only the first say much."""

    def __init__(self) -> None:
        self._begin = process_time(), perf_counter()

    def seconds(self) -> tuple[float, float]:
        return process_time() - self._begin[0], perf_counter() - self._begin[1]


def measured(index: Index, batches: list[list[Entry]]) -> dict[str, Any]:
    """Look up and add real releases, a batch a transaction; medians over the batches."""
    prints = [sketches(batch) for batch in batches]
    lookups, adds, candidates = [], [], 0
    for batch, sketch in zip(batches, prints, strict=True):
        clock = _Clock()
        pairs = index.lookup(sketch)
        lookups.append(clock.seconds())
        candidates += len(pairs)
        clock = _Clock()
        try:
            with index.file.writing():
                index.insert(batch, prints=sketch)
                adds.append(clock.seconds())
                raise _TakenBackError
        except _TakenBackError:
            pass
    found: dict[str, Any] = {"candidates_a_release": round(candidates / (len(batches) * _BATCH), 2)}
    for number, name in enumerate(("processor", "wall")):
        lookup, add = (median(one[number] for one in taken) / _BATCH for taken in (lookups, adds))
        found[name] = {
            "lookup_us": round(1e6 * lookup),
            "add_us": round(1e6 * add),
            "lookups_plus_adds_a_second": round(1 / (lookup + add)),
        }
    clock = _Clock()
    for at in range(64):
        index.lookup(prints[0].take(np.arange(at, at + 1)))
    found["one_release_alone_us"] = round(1e6 * clock.seconds()[0] / 64)
    return found


def main(
    feeds: Annotated[list[Path], typer.Argument(help="JSONL feeds, plain or compressed")],
    entries: Annotated[int, typer.Option(help="Entries at the end")] = 1_000_000,
    real: Annotated[int, typer.Option(help="Real releases to begin with")] = 4096,
    rounds: Annotated[int, typer.Option(help="Batches that are measured at each size")] = 5,
    seed: Annotated[int, typer.Option(help="Seed of the generator")] = 1,
    folder: Annotated[Path | None, typer.Option(help="Where to keep the index meanwhile; 1.6 GB a million")] = None,
    out: Annotated[Path, typer.Option(help="Result file")] = RESULTS / "index.json",
) -> None:
    """Measure size and time of an index as it grows."""
    from obecsum.dedup import kernel  # noqa: F401  (loaded before anything is timed)

    generator = np.random.default_rng(seed)
    releases = list(islice((release for feed in feeds for release in obecsum.read(feed)), real + rounds * _BATCH))
    clock = _Clock()
    prepared = [entry_of(release) for release in releases]
    prepare_s, _ = clock.seconds()
    sketches(prepared[:16])
    clock = _Clock()
    prints = sketches(prepared)
    sketch_s, _ = clock.seconds()
    known, new = prepared[:real], prepared[real:]
    batches = [new[begin : begin + _BATCH] for begin in range(0, len(new), _BATCH)]
    report: dict[str, Any] = {
        "machine": machine(),
        "seed": seed,
        "real_releases": len(releases),
        "mean_chars": round(sum(len(entry.text) for entry in prepared) / len(prepared)),
        "prepare_us_a_release": round(1e6 * prepare_s / len(prepared)),
        "sketch_us_a_release": round(1e6 * sketch_s / len(prepared)),
        "rows": [],
    }
    with tempfile.TemporaryDirectory(dir=folder) as scratch, Index(Path(scratch) / "feed.db") as index:
        path = Path(scratch) / "feed.db"
        with index.file.writing():
            index.insert(known, prints=prints.take(np.arange(real)))
        report["recall"] = recall(index, prepared, prints, real)
        first = show(path)
        report["real"] = {
            "entries": real,
            "text_bytes_a_release": round(first["bytes_text"] / real),
            "other_bytes_a_release": round(first["bytes_rest"] / real),
        }
        short = [entry.text[:_SHORT_CHARS] for entry in known]
        own = prints.take(np.arange(real))
        sizes = [size for size in (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000) if size < entries]
        for size in [*sizes, entries]:
            seconds = fill(index, own, short, size, generator)
            found = show(path)
            row = {
                "entries": size,
                "segments": found["segments"],
                "other_bytes_a_release": round(found["bytes_rest"] / size),
                "filled_in_s": round(seconds, 1),
                "peak_mib": peak_mib(),
                **measured(index, batches),
            }
            report["rows"].append(row)
            print(orjson.dumps(row).decode(), flush=True)
            out.parent.mkdir(parents=True, exist_ok=True)
            out.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))
        if entries <= 100_000:
            report["intact"] = check(path) == []
    out.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))


if __name__ == "__main__":
    typer.run(main)
