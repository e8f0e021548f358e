"""Hashed character 5-grams: what releases are compared by.

The shingles of a text are all runs of five code points of ``fold(normalize(text))`` without white space, each hashed
to 32 bits (a polynomial modulo 2**32, mixed with MurmurHash3's finalizer). No tokenizer, so nothing drifts with the
version of a dictionary. A text of one to four such code points is one shingle, the text itself; a text without any has
none.

Small inputs are computed with numpy alone. From about two million characters on, in one call or in many, the compiled
kernel is loaded: its first use costs a second or so, which a small job would not earn back. Both give the same values.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from obecsum.errors import OptionError
from obecsum.thai import normalize as rules

__all__ = ["containment", "jaccard", "pair_overlaps", "shingle_batch", "shingles"]

SHINGLE_SIZE = 5
_BASE = 0x9E3779B1  # the kernel's; a test holds both paths equal
_POWERS = tuple(np.uint32(pow(_BASE, power, 1 << 32)) for power in (4, 3, 2, 1, 0))
_KERNEL_FROM_CHARS = 2_000_000
_CHUNK_TEXTS = 256
_CHUNK_CHARS = 1 << 20

U32 = npt.NDArray[np.uint32]
I64 = npt.NDArray[np.int64]
Result = TypeVar("Result")
_chars_without_kernel = 0


def shingles(text: str) -> U32:
    """The hashed character 5-grams of ``fold(normalize(text))`` without white space.

    Args:
        text: Any string.

    Returns:
        uint32, sorted, each value once; empty where the text has nothing but white space.

    Example:
        >>> len(shingles("ข่าวสาร")), len(shingles("ข่าว")), len(shingles(" "))
        (3, 1, 0)
    """
    return shingle_batch([text], num_threads=1)[0]


def shingle_batch(texts: Iterable[str], *, num_threads: int | None = None) -> tuple[U32, I64]:
    """:func:`shingles` of many texts.

    Args:
        texts: Any strings.
        num_threads: Threads to use; all cores where None.

    Returns:
        ``(values, bounds)``: uint32 values, sorted and unique per text, and int64 bounds of shape ``(n + 1,)``: text i
        has ``values[bounds[i]:bounds[i + 1]]``.
    """
    parts = list(map_chunks(_unique_chunk, _unique_chunk_slow, texts, num_threads=num_threads))
    return join_ragged(parts)


def jaccard(a: U32, b: U32) -> float:
    """Shared values over all values of two sorted unique arrays; 1.0 where both are empty."""
    shared = _overlap(a, b)
    union = len(a) + len(b) - shared
    return shared / union if union else 1.0


def containment(a: U32, b: U32) -> float:
    """Share of the values of ``a`` that ``b`` has, for sorted unique arrays; 1.0 where ``a`` is empty."""
    return _overlap(a, b) / len(a) if len(a) else 1.0


def pair_overlaps(values: U32, bounds: I64, pairs: I64, *, num_threads: int | None = None) -> I64:
    """How many shingles each pair of texts shares, exactly.

    Args:
        values: As :func:`shingle_batch` returns them.
        bounds: Likewise.
        pairs: int64 of shape ``(m, 2)``: indexes of texts.
        num_threads: Threads to use; all cores where None.

    Returns:
        int64 of shape ``(m,)``. With ``sizes = np.diff(bounds)``, the Jaccard of i and j is
        ``shared / (sizes[i] + sizes[j] - shared)`` and the containment of i in j ``shared / sizes[i]``.
    """
    out = np.zeros(len(pairs), dtype=np.int64)
    pairs = np.ascontiguousarray(pairs, dtype=np.int64)
    work = int(np.diff(bounds)[pairs].sum()) if len(pairs) else 0
    if not use_kernel(work // 8):
        for k, (i, j) in enumerate(pairs):
            out[k] = _overlap(values[bounds[i] : bounds[i + 1]], values[bounds[j] : bounds[j + 1]])
        return out
    from obecsum.dedup import kernel

    def count(begin: int) -> None:
        kernel.overlaps(values, bounds, pairs[begin : begin + 4096], out[begin : begin + 4096])

    with ThreadPoolExecutor(count_threads(num_threads)) as pool:
        list(pool.map(count, range(0, len(pairs), 4096)))
    return out


def _overlap(a: U32, b: U32) -> int:
    if "obecsum.dedup.kernel" in sys.modules:
        from obecsum.dedup import kernel

        return int(kernel.overlap(a, b))
    return len(np.intersect1d(a, b, assume_unique=True))


def count_threads(num_threads: int | None) -> int:
    """Check an option ``num_threads``; None means all cores that this process may use."""
    if num_threads is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if num_threads < 1:
        raise OptionError(f"num_threads must be at least 1, got {num_threads}; leave it out to use all cores")
    return num_threads


def use_kernel(num_chars: int) -> bool:
    """Whether the compiled kernel is worth it: it is loaded already, or so much was computed without that it pays."""
    global _chars_without_kernel
    if "obecsum.dedup.kernel" in sys.modules:
        return True
    _chars_without_kernel += num_chars
    return _chars_without_kernel >= _KERNEL_FROM_CHARS


def map_chunks(
    fast: Callable[[U32, I64], Result],
    slow: Callable[[Sequence[str]], Result],
    texts: Iterable[str],
    *,
    num_threads: int | None,
) -> Iterator[Result]:
    """Apply one of two equal functions to chunks of a feed, in order, holding only a few chunks at a time.

    Args:
        fast: Takes the uint32 code points of a chunk and the int64 bounds of its texts; runs in threads.
        slow: Takes the chunk itself; used for small inputs, before the kernel is loaded.
        texts: Any strings; read as they are needed.
        num_threads: Threads to use; all cores where None.
    """
    workers = count_threads(num_threads)
    chunks = _chunks(texts)

    def run(chunk: list[str]) -> Result:
        return fast(*code_points(chunk))

    if workers == 1:
        for chunk in chunks:
            yield run(chunk) if use_kernel(sum(map(len, chunk))) else slow(chunk)
        return
    with ThreadPoolExecutor(workers) as pool:
        while window := list(islice(chunks, 4 * workers)):
            if use_kernel(sum(sum(map(len, chunk)) for chunk in window)):
                yield from pool.map(run, window)
            else:
                yield from map(slow, window)


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    chars = 0
    for text in texts:
        chunk.append(text)
        chars += len(text)
        if len(chunk) == _CHUNK_TEXTS or chars >= _CHUNK_CHARS:
            yield chunk
            chunk, chars = [], 0
    if chunk:
        yield chunk


def code_points(texts: Sequence[str]) -> tuple[U32, I64]:
    """The uint32 code points of all texts in a row, and where each begins (int64, one more than there are texts)."""
    joined = "".join(texts)
    # numpy copies a string's code points as they are, lone surrogates and NUL too, faster than the UTF-32 encoder.
    source = np.array([joined], dtype=f"U{max(1, len(joined))}").view(np.uint32)[: len(joined)]
    bounds = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum([len(text) for text in texts], out=bounds[1:])
    return source, bounds


def join_ragged(parts: Sequence[tuple[U32, I64]]) -> tuple[U32, I64]:
    """Join ``(values, bounds)`` of chunks into one."""
    if not parts:
        return np.empty(0, dtype=np.uint32), np.zeros(1, dtype=np.int64)
    sizes = np.concatenate([np.diff(bounds) for _, bounds in parts])
    bounds = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=bounds[1:])
    return np.concatenate([values for values, _ in parts]), bounds


def _unique_chunk(source: U32, bounds: I64) -> tuple[U32, I64]:
    from obecsum.dedup import kernel

    out = np.empty(len(source) + len(bounds), dtype=np.uint32)
    total = kernel.unique_batch(source, bounds, *tables(), out)
    return out[:total].copy(), bounds


def _unique_chunk_slow(texts: Sequence[str]) -> tuple[U32, I64]:
    return join_ragged([(values, np.array([0, len(values)])) for values in map(np.unique, map(hashes_slow, texts))])


def tables() -> tuple[U32, Any]:
    """What the kernel's scanner looks up."""
    return rules.kernel_table(), rules.scanner_pairs()


def hashes_slow(text: str) -> U32:
    """All shingle hashes of a text in order, with numpy alone: what the kernel computes, one for each position."""
    codes: U32 = rules.folded_codes(text)
    codes = codes[codes != 0x20]
    if len(codes) == 0:
        return codes
    if len(codes) < SHINGLE_SIZE:
        codes = np.concatenate([codes, np.zeros(SHINGLE_SIZE - len(codes), dtype=np.uint32)])
    count = len(codes) - SHINGLE_SIZE + 1
    value = np.zeros(count, dtype=np.uint32)
    for offset, power in enumerate(_POWERS):
        value += codes[offset : offset + count] * power
    return mix(value)


def mix(value: U32) -> U32:
    """The 32-bit finalizer of MurmurHash3, a bijection (Appleby 2011)."""
    value = value ^ (value >> np.uint32(16))
    value = value * np.uint32(0x85EBCA6B)
    value = value ^ (value >> np.uint32(13))
    value = value * np.uint32(0xC2B2AE35)
    mixed: U32 = value ^ (value >> np.uint32(16))
    return mixed
