"""From a raw JSONL file to exactly verified groups, holding sketches but no texts: what obecsum's kernel is for."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from benchmarks.feed import read_again, stream
from obecsum.minhash.candidates import candidate_pairs, containment_candidates
from obecsum.minhash.overlap import exact_overlaps
from obecsum.minhash.sifting import sift_contained
from obecsum.minhash.signatures import sketches_of

__all__ = ["Groups", "components", "verified_groups"]

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Groups:
    """What was found.

    Attributes:
        labels: int64 of shape ``(n,)``: the group of each release.
        pairs: int64 of shape ``(m, 2)``: candidates.
        jaccard: float64 of shape ``(m,)``, exact.
        containment: float64 of shape ``(m,)``, exact: of the smaller in the larger.
        seconds: Time of each stage.
        cpu_seconds: Processor time of each stage, all threads together.
    """

    labels: I64
    pairs: I64
    jaccard: npt.NDArray[np.float64]
    containment: npt.NDArray[np.float64]
    seconds: dict[str, float]
    cpu_seconds: dict[str, float]


def components(pairs: I64, count: int) -> I64:
    """The connected component of each of ``count`` items."""
    ones = np.ones(len(pairs), dtype=np.bool_)
    graph = coo_array((ones, (pairs[:, 0], pairs[:, 1])), shape=(count, count))
    labels: I64 = connected_components(graph, directed=False)[1].astype(np.int64)
    return labels


def merge_pairs(*found: I64) -> I64:
    """All pairs of some arrays of shape ``(m, 2)``, each once with the smaller index first, sorted."""
    keys = np.concatenate([(pairs.min(axis=1) << 32) | pairs.max(axis=1) for pairs in found])
    keys.sort()  # np.unique would take several times the memory
    keys = keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys
    return np.stack([keys >> 32, keys & 0xFFFFFFFF], axis=1)


def verified_groups(
    path: Path, *, min_jaccard: float = 0.8, contained: bool = True, num_threads: int | None = None
) -> Groups:
    """Group the releases of a JSONL file by pairs with Jaccard ``min_jaccard`` or, with ``contained``, containment 0.8.

    The texts of candidates are read again from the file by offset, a few thousand pairs at a time.
    """
    seconds = {}
    cpu_seconds = {}
    clock, cpu_clock = perf_counter(), process_time()

    def lap(stage: str) -> None:
        nonlocal clock, cpu_clock
        now, cpu_now = perf_counter(), process_time()
        seconds[stage], cpu_seconds[stage] = round(now - clock, 3), round(cpu_now - cpu_clock, 3)
        clock, cpu_clock = now, cpu_now

    starts = array("q")
    sketches = sketches_of(stream(path, starts), num_threads=num_threads)
    offsets = np.frombuffer(starts, dtype=np.int64)
    lap("read and fingerprint")
    pairs = candidate_pairs(sketches.signatures, min_jaccard=min_jaccard, num_threads=num_threads)
    count = len(sketches)
    lap("pairs")
    text_of = partial(read_again, path, offsets)
    known: dict[int, U32] = {}
    if contained:
        inside = containment_candidates(sketches, num_threads=num_threads)
        lap("contained")
        kept = sift_contained(text_of, sketches, inside, num_threads=num_threads, known=known)
        pairs = merge_pairs(pairs, kept)
        del inside, kept
        lap("sift")
    del sketches
    overlaps = exact_overlaps(text_of, pairs, num_threads=num_threads, known=known)
    jaccard, containment = overlaps.jaccard, overlaps.containment
    lap("verify")
    alike = (jaccard >= min_jaccard) | (contained & (containment >= 0.8))
    labels = components(pairs[alike], count)
    lap("group")
    return Groups(labels, pairs, jaccard, containment, seconds, cpu_seconds)
