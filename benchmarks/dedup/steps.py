"""Where the time between raw text and signature goes, step by step, on one thread.

    python -m benchmarks.dedup.steps FEED... [--sample 1000] [--rounds 60]

Each step is run with those before it; printed is the least of the rounds in microseconds a release, as what disturbs a
round of some milliseconds only makes it longer. Clocks differ between hours: compare figures of one run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import typer
from numba import njit

from benchmarks.feed import prepare, stream
from obecsum.minhash import kernel
from obecsum.minhash.shingles import SHINGLE_SIZE, bounds_of, tables
from obecsum.minhash.signatures import permutations, signatures
from obecsum.minhash.simd import hash_run

_BATCH = 64
_NO_SAMPLE = np.uint32(0)


@njit(nogil=True)
def _scan(text: Any, bounds: Any, table: Any, suspects: Any, carries: Any, buffers: Any, hashing: Any) -> Any:
    folded, spare, hashes = buffers
    total = 0
    for i in range(len(bounds) - 1):
        count = kernel.scan_text(text, bounds[i], bounds[i + 1], table, suspects, carries, spare, folded)
        if hashing:
            count = hash_run(folded, max(count - (SHINGLE_SIZE - 1), 0), _NO_SAMPLE, hashes)
        total += count
    return total


def main(
    feeds: Annotated[list[Path], typer.Argument(help="JSONL feeds, plain or .xz.")],
    sample: Annotated[int, typer.Option(help="Releases to take.")] = 1_000,
    rounds: Annotated[int, typer.Option(help="Rounds; the fastest counts.", min=1)] = 60,
    seed: Annotated[int, typer.Option(help="Seed of the sample.")] = 1,
) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.jsonl"
        prepare(feeds, path, limit=None)
        texts = list(stream(path))
    texts = Random(seed).sample(texts, min(sample, len(texts)))
    parts = [texts[first : first + _BATCH] for first in range(0, len(texts), _BATCH)]
    batches = [("".join(part), bounds_of([len(text) for text in part])) for part in parts]
    longest = max(map(len, texts)) + 4 * kernel.LANES
    types: tuple[npt.DTypeLike, ...] = (np.uint32, np.uint16, np.uint32)
    buffers = tuple(np.empty(longest, dtype) for dtype in types)
    factors, addends = permutations(128, 1)
    out = np.empty((_BATCH, len(factors)), np.uint32)
    nothing = np.empty(0, np.uint32)

    def join() -> None:
        for part in parts:
            "".join(part)

    def scan(*, hashing: bool) -> None:
        for text, bounds in batches:
            _scan(text, bounds, *tables(), buffers, hashing)

    def sign() -> None:
        for text, bounds in batches:
            kernel.sign_batch(text, bounds.copy(), *tables(), factors, addends, _NO_SAMPLE, out, nothing)

    def least(step: Callable[[], object]) -> float:
        step()  # compiled and warm
        found = []
        for _ in range(rounds):
            started = perf_counter()
            step()
            found.append(perf_counter() - started)
        return min(found) / len(texts) * 1e6

    scanned = least(lambda: scan(hashing=False))
    hashed = least(lambda: scan(hashing=True))
    signed = least(sign)
    typer.echo(f"{len(texts)} releases of {sum(map(len, texts)) / len(texts):,.0f} code points; microseconds a release")
    typer.echo(f"  join                 {least(join):6.2f}")
    typer.echo(f"  scan                 {scanned:6.2f}")
    typer.echo(f"  hashes               {hashed - scanned:6.2f}")
    typer.echo(f"  repeats, 128 minima  {signed - hashed:6.2f}")
    typer.echo(f"  raw text to signature, all of it  {least(lambda: signatures(texts, num_threads=1)):6.2f}")


if __name__ == "__main__":
    typer.run(main)
