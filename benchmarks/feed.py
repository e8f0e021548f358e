"""The feed of the speed benchmarks: one plain JSONL file, read line by line or again by offset."""

from __future__ import annotations

import lzma
import os
import resource
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import orjson

__all__ = ["parse", "peak_mib", "prepare", "read_again", "stream"]


def prepare(feeds: Sequence[Path], target: Path, *, limit: int | None = None) -> int:
    """Write the rows of compressed or plain feeds, in order, to one plain JSONL file; returns their number."""
    count = 0
    with target.open("wb") as out:
        for feed in feeds:
            with lzma.open(feed) if feed.suffix == ".xz" else feed.open("rb") as lines:
                for line in lines:
                    if count == limit:
                        return count
                    out.write(line)
                    count += 1
    return count


def parse(line: bytes) -> str:
    """The text of a row as obecsum compares it: title, newline, body; the title once."""
    row = orjson.loads(line)
    title, body = (row.get("title") or "").strip(), row.get("body") or row.get("text") or ""
    return body if not title or body.lstrip().startswith(title) else f"{title}\n{body}"


def stream(path: Path, offsets: array[int] | None = None) -> Iterator[str]:
    """The texts of a JSONL file, one at a time; the offset of each line is appended to ``offsets``."""
    at = 0
    with path.open("rb", buffering=1 << 20) as file:
        for line in file:
            if offsets is not None:
                offsets.append(at)
                at += len(line)
            yield parse(line)


def read_again(path: Path, offsets: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> Iterator[str]:
    """The texts of some rows, in ascending order of the rows."""
    with path.open("rb") as file:
        number, size = file.fileno(), os.fstat(file.fileno()).st_size
        for row in rows.tolist():
            end = offsets[row + 1] if row + 1 < len(offsets) else size
            yield parse(os.pread(number, end - offsets[row], offsets[row]))


def peak_mib() -> int:
    """Peak memory of this process or, if larger, of a process that it waited for, in MiB.

    Linux counts a process's own peak from its exec on only in /proc: getrusage starts from the parent's.
    """
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    except OSError:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return max(own, children) // 1024
