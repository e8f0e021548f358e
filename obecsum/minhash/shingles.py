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
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import OptionError
from obecsum.minhash.memory import Growing
from obecsum.text import normalize as rules
from obecsum.text.argument import text_argument

__all__ = ["containment", "jaccard", "pair_overlaps", "shingle_batch", "shingles"]

SHINGLE_SIZE = 5
_BASE = 0x9E3779B1  # the kernel's; a test holds both paths equal
_POWERS = tuple(np.uint32(pow(_BASE, power, 1 << 32)) for power in (4, 3, 2, 1, 0))
_KERNEL_FROM_CHARS = 2_000_000
_CHUNK_TEXTS = 64
_PAIRS_AT_ONCE = 256
_CHUNK_CHARS = 1 << 18  # half a megabyte of Thai: a quarter of the second-level cache

U32 = npt.NDArray[np.uint32]
I64 = npt.NDArray[np.int64]
Result = TypeVar("Result")
_chars_without_kernel = 0
_scratch = threading.local()


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
    return shingle_batch([text_argument(text)], num_threads=1)[0]


def shingle_batch(texts: Iterable[str], *, num_threads: int | None = None) -> tuple[U32, I64]:
    """:func:`shingles` of many texts.

    Args:
        texts: Any strings.
        num_threads: Threads to use; all cores where None.

    Returns:
        ``(values, bounds)``: uint32 values, sorted and unique per text, and int64 bounds of shape ``(n + 1,)``: text i
        has ``values[bounds[i]:bounds[i + 1]]``.
    """
    values, sizes = Growing(), [np.empty(0, dtype=np.int64)]
    for part, bounds in shingle_chunks(texts, num_threads=num_threads):
        values.append(part)
        sizes.append(np.diff(bounds))
    return values.done(), bounds_of(np.concatenate(sizes))


def shingle_chunks(texts: Iterable[str], *, num_threads: int | None = None) -> Iterator[tuple[U32, I64]]:
    """:func:`shingle_batch` of some texts after the other, in order, as they are read."""
    return map_chunks(_unique_chunk, _unique_chunk_slow, texts, num_threads=num_threads)


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
        values: uint32, sorted and unique per text, from :func:`shingle_batch`.
        bounds: int64 bounds of the texts in ``values``, from the same.
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
    from obecsum.minhash import kernel, sets

    assert kernel  # use_kernel asks whether it is loaded

    def count(begin: int) -> None:
        end = begin + _PAIRS_AT_ONCE
        sets.overlaps(values, bounds, pairs[begin:end], out[begin:end])

    with ThreadPoolExecutor(count_threads(num_threads)) as pool:
        list(pool.map(count, range(0, len(pairs), _PAIRS_AT_ONCE)))
    return out


def _overlap(a: U32, b: U32) -> int:
    if "obecsum.minhash.kernel" in sys.modules:
        from obecsum.minhash import sets

        return int(sets.overlap(a, b))
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
    if "obecsum.minhash.kernel" in sys.modules:
        return True
    _chars_without_kernel += num_chars
    return _chars_without_kernel >= _KERNEL_FROM_CHARS


def map_chunks(
    fast: Callable[[str, I64, int], Result],
    slow: Callable[[Sequence[str], int], Result],
    texts: Iterable[str],
    *,
    num_threads: int | None,
) -> Iterator[Result]:
    """Apply one of two equal functions to chunks of a feed, in order, holding only a few chunks at a time.

    Args:
        fast: Takes the texts of a chunk in a row, the int64 bounds of each (one more than there are texts) and the
            number of texts before the chunk; runs in threads.
        slow: Takes the chunk itself and that number; used for small inputs, before the kernel is loaded.
        texts: Any strings; read as they are needed.
        num_threads: Threads to use; all cores where None.
    """
    workers = count_threads(num_threads)

    def run(chunk: list[str], before: int) -> Result:
        return fast("".join(chunk), bounds_of([len(text) for text in chunk]), before)

    before = 0

    with ThreadPoolExecutor(workers) as pool:
        pending: deque[Future[Result]] = deque()
        for chunk in _chunks(texts):
            if not use_kernel(sum(map(len, chunk))):
                yield slow(chunk, before)
            elif workers == 1:
                yield run(chunk, before)
            else:
                pending.append(pool.submit(run, chunk, before))
                if len(pending) == 4 * workers:  # the next texts are read while these are computed
                    yield pending.popleft().result()
            before += len(chunk)
        while pending:
            yield pending.popleft().result()


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


def scratch(name: str, size: int) -> U32:
    """An uninitialized uint32 array of this thread: the same memory for the same name.

    Fresh memory costs more than what the kernel does with it: each page of it is a fault. A large array is not kept.
    """
    kept: U32 | None = getattr(_scratch, name, None)
    if kept is None or len(kept) < size:
        kept = np.empty(max(size, _CHUNK_CHARS), dtype=np.uint32)
        if size <= 4 * _CHUNK_CHARS:
            setattr(_scratch, name, kept)
    return kept[:size]


def bounds_of(sizes: npt.ArrayLike) -> I64:
    """Where each of some texts begins, and the last ends, if they have these sizes."""
    given = np.asarray(sizes)
    bounds = np.zeros(len(given) + 1, dtype=np.int64)
    np.cumsum(given, dtype=np.int64, out=bounds[1:])
    return bounds


def join_ragged(parts: Sequence[tuple[U32, I64]]) -> tuple[U32, I64]:
    """Join ``(values, bounds)`` of chunks into one."""
    if not parts:
        return np.empty(0, dtype=np.uint32), np.zeros(1, dtype=np.int64)
    sizes = np.concatenate([np.diff(bounds) for _, bounds in parts])
    return np.concatenate([values for values, _ in parts]), bounds_of(sizes)


def _unique_chunk(text: str, bounds: I64, _before: int) -> tuple[U32, I64]:
    from obecsum.minhash import kernel

    out = scratch("out", len(text) + len(bounds))
    total = kernel.unique_batch(text, bounds, *tables(), out)
    return out[:total].copy(), bounds


def _unique_chunk_slow(texts: Sequence[str], _before: int) -> tuple[U32, I64]:
    return join_ragged([(values, np.array([0, len(values)])) for values in map(np.unique, map(hashes_slow, texts))])


# Rules over two code points, by the classes that may be first and second: a table of pairs as two masks of bits.
_RULES = (
    ((rules.VOWEL,), (rules.VOWEL,)),
    ((rules.TONE, rules.TONE_ON_NIKHAHIT), (rules.VOWEL, rules.NIKHAHIT, rules.TONE)),
    (
        (rules.NIKHAHIT, rules.TONE_ON_NIKHAHIT, rules.AM, rules.AA, rules.SARA_A),
        (rules.NIKHAHIT, rules.TONE, rules.AA),
    ),
    ((rules.SARA_E,), (rules.SARA_E,)),
    ((rules.DOT, rules.ELLIPSIS), (rules.DOT, rules.ELLIPSIS)),
    (range(16), (rules.DROP,)),
)


@lru_cache(maxsize=1)
def tables() -> tuple[U32, npt.NDArray[np.bool_], U32]:
    """What the kernel's scanner looks up.

    Returns:
        ``(table, suspects, carries)``: for each code point below 65,536, packed into 32 bits, what it becomes (16
        bits), its class (4), the rules that it may begin and those that it may end (6 each); pairs of classes at which
        a rule may apply, as ``first * 16 + second``; by class, the rules that it may begin.
    """
    codes, classes = rules.fold_tables()
    begins, ends = np.zeros(16, dtype=np.uint32), np.zeros(16, dtype=np.uint32)
    for bit, (firsts, seconds) in enumerate(_RULES):
        begins[list(firsts)] |= np.uint32(1 << bit)
        ends[list(seconds)] |= np.uint32(1 << bit)
    packed = codes | (classes.astype(np.uint32) << np.uint32(16))
    packed |= (begins[classes] << np.uint32(20)) | (ends[classes] << np.uint32(26))
    return packed, rules.scanner_pairs(), begins


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
