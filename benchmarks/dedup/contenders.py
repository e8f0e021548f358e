"""obecsum and its peers behind one interface each: raw texts to signatures, raw JSONL to groups.

Peers get the same work as their documentation shows it: character 5-grams made in Python, without obecsum's repairs of
the text, which they would have to pay for as well.

Labels are the group of each release; -1 where a peer says only that it has a match, not with which.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from benchmarks.dedup.groups import components, verified_groups
from benchmarks.feed import stream

__all__ = ["GROUPS", "SIGNATURES", "THREADED"]

NUM_PERM = 128
Labels = npt.NDArray[np.int64]


def grams(text: str) -> set[str]:
    """Character 5-grams without white space, as strings."""
    text = "".join(text.split())
    return {text[at : at + 5] for at in range(len(text) - 4)}


def datasketch_batch(texts: Sequence[str]) -> Any:
    """datasketch, ``update_batch`` with its default hash (SHA-1)."""
    from datasketch import MinHash

    signatures = []
    for text in texts:
        sketch = MinHash(NUM_PERM)
        sketch.update_batch([gram.encode() for gram in grams(text)])
        signatures.append(sketch)
    return signatures


def datasketch_bulk(texts: Sequence[str]) -> Any:
    """datasketch, ``MinHash.bulk`` with its default hash (SHA-1)."""
    from datasketch import MinHash

    return MinHash.bulk(([gram.encode() for gram in grams(text)] for text in texts), num_perm=NUM_PERM)


def rensa_full(texts: Sequence[str]) -> Any:
    """Full mode of rensa, all documents in one call."""
    from rensa import RMinHash  # type: ignore[import-not-found,unused-ignore]

    return RMinHash.digest_matrix_from_token_sets([list(grams(text)) for text in texts], NUM_PERM, 42)


def rensa_rho(texts: Sequence[str]) -> Any:
    """Rho mode of rensa: one value a shingle; faster, another sketch with another recall."""
    from rensa import RMinHash  # type: ignore[import-not-found,unused-ignore]

    return RMinHash.digest_matrix_from_token_sets_rho([list(grams(text)) for text in texts], NUM_PERM, 42)


def obecsum(texts: Sequence[str], *, num_threads: int | None = None) -> Any:
    """obecsum.signatures."""
    from obecsum.minhash.signatures import signatures

    return signatures(texts, num_threads=num_threads)


def group_datasketch(path: Path, num_threads: int) -> Labels:  # noqa: ARG001
    """datasketch.MinHashLSH at 0.8, each release queried before it is inserted."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.8, num_perm=NUM_PERM)
    pairs: list[tuple[int, int]] = []
    count = 0
    sets = ([gram.encode() for gram in grams(text)] for text in stream(path))
    for count, sketch in enumerate(MinHash.generator(sets, num_perm=NUM_PERM), start=1):
        pairs.extend((count - 1, other) for other in index.query(sketch))
        index.insert(count - 1, sketch)
    return components(np.array(pairs, dtype=np.int64).reshape(-1, 2), count)


def _group_rensa(path: Path, *, rho: bool) -> Labels:
    from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found,unused-ignore]

    index = RMinHashLSH(threshold=0.8, num_perm=NUM_PERM, num_bands=16)
    if rho:
        sets = [list(grams(text)) for text in stream(path)]
        matrix = RMinHash.digest_matrix_from_token_sets_rho(sets, NUM_PERM, 42)
        flags = index.query_duplicate_flags_matrix_one_shot(matrix)
        return np.where(np.array(flags), -1, np.arange(len(flags)))
    sketches = []
    for text in stream(path):
        sketch = RMinHash(NUM_PERM, 42)
        sketch.update(list(grams(text)))
        sketches.append(sketch)
    index.insert_many(sketches)
    found = index.query_all(sketches)
    pairs = [(row, other) for row, others in enumerate(found) for other in others if other < row]
    return components(np.array(pairs, dtype=np.int64).reshape(-1, 2), len(found))


def group_rensa(path: Path, num_threads: int) -> Labels:  # noqa: ARG001
    """RMinHashLSH of rensa with 16 bands of 8 (threshold 0.8 by its formula)."""
    return _group_rensa(path, rho=False)


def group_rensa_rho(path: Path, num_threads: int) -> Labels:  # noqa: ARG001
    """Rho mode of rensa: it marks the rows that have a match."""
    return _group_rensa(path, rho=True)


def group_text_dedup(path: Path, num_threads: int) -> Labels:
    """text-dedup's MinHash command at 0.8, 128 permutations; its 5-grams are of what lies between non-letters."""
    from datasets import load_from_disk  # type: ignore[import-not-found,import-untyped,unused-ignore]

    with tempfile.TemporaryDirectory() as folder:
        command = [
            *(sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", str(path)),
            *("--split", "train", "--column", "body", "--cache_dir", f"{folder}/cache", "--output", f"{folder}/out"),
            *(
                "--threshold",
                "0.8",
                "--num_perm",
                str(NUM_PERM),
                "--num_proc",
                str(num_threads),
                "--batch_size",
                "10000",
            ),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        if done.returncode:
            raise RuntimeError(f"text-dedup failed: {done.stderr[-2000:]}")
        kept = {row["id"] for row in load_from_disk(f"{folder}/out").select_columns(["id"])}
    with path.open("rb") as file:
        ids = [orjson.loads(line)["id"] for line in file]
    return np.array([at if name in kept else -1 for at, name in enumerate(ids)])  # it writes what is kept, not groups


def group_obecsum(path: Path, num_threads: int) -> Labels:
    """obecsum: sketches, candidates, exact verification of every pair (Jaccard 0.8)."""
    return verified_groups(path, contained=False, num_threads=num_threads).labels


def group_obecsum_contained(path: Path, num_threads: int) -> Labels:
    """As :func:`group_obecsum`, with the pairs of which one holds 0.8 of the other, verified as well."""
    return verified_groups(path, contained=True, num_threads=num_threads).labels


def parse_only(path: Path, num_threads: int) -> Labels:  # noqa: ARG001
    """The floor: orjson parses every line, nothing else is done."""
    count = 0
    with path.open("rb", buffering=1 << 20) as file:
        for line in file:
            orjson.loads(line)
            count += 1
    return np.arange(count)


SIGNATURES: dict[str, Callable[[Sequence[str]], Any]] = {
    "datasketch update_batch": datasketch_batch,
    "datasketch bulk": datasketch_bulk,
    "rensa full": rensa_full,
    "rensa rho": rensa_rho,
    "obecsum": obecsum,
}
GROUPS: dict[str, Callable[[Path, int], Labels]] = {
    "parse floor": parse_only,
    "datasketch LSH": group_datasketch,
    "rensa LSH": group_rensa,
    "rensa rho": group_rensa_rho,
    "text-dedup": group_text_dedup,
    "obecsum": group_obecsum,
    "obecsum, contained too": group_obecsum_contained,
}
THREADED = ("rensa full", "rensa rho", "obecsum", "rensa LSH", "text-dedup")  # the others have one thread
