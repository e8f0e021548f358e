"""The compiled loops behind shingles and signatures (numba; imported only when a batch is worth it).

No object is made per shingle. A text is scanned once: a table look-up folds each code point, the neighbor rules of
:mod:`obecsum.text.normalize` repair marks in the output buffer, white space is left out. Then the shingles of the text
are hashed from the buffer, position by position, and one pass over the hashes keeps all minima in vector registers.
All functions release the GIL, so threads over chunks of a batch use all cores.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import carray, njit  # type: ignore[attr-defined]

from obecsum.minhash.sets import HASH_BITS, unique
from obecsum.minhash.simd import BLOCK, CLASS_SHIFT, CODE_BITS, LANES, POWERS, SLOTS, absorb, hash_run, plain_run
from obecsum.minhash.strings import units_8, units_16, units_32, width_of
from obecsum.text import normalize as rules

__all__ = ["BLOCK", "LANES", "count_held", "scan", "scan_text", "sign_batch", "unique_batch"]

SHINGLE_SIZE = 5
_P4, _P3, _P2, _P1 = (np.uint32(power) for power in POWERS[:4])

_VOWEL, _NIKHAHIT, _TONE = np.uint32(rules.VOWEL), np.uint32(rules.NIKHAHIT), np.uint32(rules.TONE)
_AA, _AM, _SARA_E = np.uint32(rules.AA), np.uint32(rules.AM), np.uint32(rules.SARA_E)
_SARA_A = np.uint32(rules.SARA_A)
_DOT = np.uint32(rules.DOT)
_TONE_ON_NIKHAHIT = np.uint32(rules.TONE_ON_NIKHAHIT)
_SPACE, _DROP = np.uint32(rules.SPACE), np.uint32(rules.DROP)
_TABLE_SIZE = np.uint32(rules.TABLE_SIZE)
_CODE_AM = np.uint32(0x0E33)
_CODE_AE = np.uint32(0x0E41)
_CODE_ELLIPSIS = np.uint32(0x2026)

_SAMPLE_BITS = 26  # samples are below 2**32 / 64


@njit(cache=True, nogil=True)
def _mix(value: Any) -> Any:
    """The 32-bit finalizer of MurmurHash3, a bijection (Appleby 2011); datasketch mixes its input with the same."""
    # numba widens every operation to 64 bits: without the casts the result would differ and the loop be half as fast.
    value = np.uint32(value ^ (value >> np.uint32(16)))
    value = np.uint32(value * np.uint32(0x85EBCA6B))
    value = np.uint32(value ^ (value >> np.uint32(13)))
    value = np.uint32(value * np.uint32(0xC2B2AE35))
    return np.uint32(value ^ (value >> np.uint32(16)))


@njit(cache=True, nogil=True)
def _class_of(entry: Any) -> Any:
    return np.uint32((entry >> np.uint32(CLASS_SHIFT)) & np.uint32(15))


@njit(cache=True, nogil=True)
def _class_at(out: Any, table: Any, at: Any, fence: Any) -> Any:
    """Class of a code point that was written; plain before ``fence``."""
    if at < fence or out[at] >= _TABLE_SIZE:
        return np.uint32(0)
    return _class_of(table[out[at]])


@njit(cache=True, nogil=True)
def _takes_tone(class_: Any) -> Any:
    """Whether a vowel stands behind its consonant's tone: sara a, sara aa, sara am."""
    return (class_ == _AA) | (class_ == _AM) | (class_ == _SARA_A)


@njit(cache=True, nogil=True)
def _append_by_rule(out: Any, n: Any, fence: Any, code: Any, class_: Any, table: Any) -> Any:
    """Write a code point where a rule may apply, as ``normalize._rewrite`` does; returns the new length."""
    last = _class_at(out, table, n - 1, fence)
    before = _class_at(out, table, n - 2, fence)
    if _VOWEL <= class_ <= _TONE:
        moves = last == _TONE and before != _TONE
        if class_ == _TONE:
            moves = _takes_tone(last) and not _takes_tone(before)
        at = n - 1 if moves else n
        if at > fence and out[at - 1] == code:
            return n
        if at < n:
            out[n] = out[at]
        out[at] = code
        return n + 1
    if class_ == _AA:
        at = n - 1 if last == _NIKHAHIT else n - 2 if last == _TONE and before == _NIKHAHIT else -1
        if at >= 0:
            behind = _class_at(out, table, at - 1, fence)
            if behind != _TONE and not _takes_tone(behind):
                if at == n - 2:
                    out[at] = out[n - 1]
                out[n - 1] = _CODE_AM
                return n
    elif class_ == _SARA_E and last == _SARA_E:
        out[n - 1] = _CODE_AE
        return n
    elif class_ >= _DOT and last >= _DOT:
        out[n - 1] = _CODE_ELLIPSIS
        return n
    out[n] = code
    return n + 1


@njit(cache=True, nogil=True)
def scan(source: Any, table: Any, suspects: Any, carries: Any, out: Any) -> Any:
    """Write the folded code points of ``source`` without white space to ``out``; returns how many.

    Args:
        source: Code points, uint16 or uint32.
        table: As :func:`obecsum.minhash.shingles.tables` packs it; the following too.
        suspects: Pairs of classes at which a rule may apply. Everything but plain appending happens at such pairs only:
            marks are frequent, and a branch at each would be mispredicted.
        carries: By class, the rules that a code point may begin.
        out: uint32, ``LANES`` longer than ``source``.
    """
    n = np.int64(0)
    fence = np.int64(0)  # behind the last white space: rules do not look across it
    last = np.uint32(0)
    i = np.int64(0)
    while i < len(source):
        begin = i
        i, n = plain_run(source, i, table, carries[last], out, n)
        if i > begin:
            last = _class_of(table[source[i - 1]])
            # Rules look three code points back, so a fence further away than that may be anywhere further away.
            back = 0
            while back < 4 and _class_of(table[source[i - 1 - back]]) != _SPACE:
                back += 1
            fence = n - back
            if back == 0:
                last = np.uint32(0)
        for _ in range(min(LANES, len(source) - i)):
            raw = np.uint32(source[i])
            i += 1
            entry = table[raw] if raw < _TABLE_SIZE else np.uint32(0)
            code = np.uint32(entry & np.uint32((1 << CODE_BITS) - 1)) if raw < _TABLE_SIZE else raw
            class_ = _class_of(entry)
            if not suspects[(last << np.uint32(4)) | class_]:
                out[n] = code
                n += 1
                last = class_
            elif class_ == _SPACE:
                fence = n
                last = np.uint32(0)
            elif class_ != _DROP:
                n = _append_by_rule(out, n, fence, code, class_, table)
                last = _class_at(out, table, n - 1, fence)
                if last == _TONE and _class_at(out, table, n - 2, fence) == _NIKHAHIT:
                    last = _TONE_ON_NIKHAHIT
    return n


@njit(cache=True, nogil=True)
def scan_text(text: Any, begin: Any, end: Any, table: Any, suspects: Any, carries: Any, spare: Any, out: Any) -> Any:
    """As :func:`scan`, of ``text[begin:end]``, a string: its code points are read where they lie.

    Args:
        text: Any string, lone surrogates and NUL too.
        begin: Index of its first code point to scan.
        end: Index behind the last.
        table: As for :func:`scan`.
        suspects: As for :func:`scan`.
        carries: As for :func:`scan`.
        spare: uint16, as long as ``end - begin``: written where the string has a byte a code point.
        out: As for :func:`scan`.
    """
    width = width_of(text)
    if width == 2:
        return scan(carray(units_16(text), len(text))[begin:end], table, suspects, carries, out)
    if width == 4:
        return scan(carray(units_32(text), len(text))[begin:end], table, suspects, carries, out)
    source = carray(units_8(text), len(text))
    for i in range(begin, end):
        spare[i - begin] = source[i]
    return scan(spare[: end - begin], table, suspects, carries, out)


@njit(cache=True, nogil=True)
def _pad(folded: Any, n: Any) -> Any:
    """Number of shingles; a text shorter than one is padded with zeros to one."""
    if n == 0:
        return 0
    for i in range(n, SHINGLE_SIZE):
        folded[i] = 0
    return max(n, SHINGLE_SIZE) - (SHINGLE_SIZE - 1)


@njit(cache=True, nogil=True)
def _gram(folded: Any, i: Any) -> Any:
    """Hash of ``SHINGLE_SIZE`` code points in a row."""
    value = np.uint32(folded[i] * _P4)
    value = np.uint32(value + np.uint32(folded[i + 1] * _P3))
    value = np.uint32(value + np.uint32(folded[i + 2] * _P2))
    value = np.uint32(value + np.uint32(folded[i + 3] * _P1))
    return _mix(np.uint32(value + folded[i + 4]))


@njit(cache=True, nogil=True)
def _next_turn(seen: Any, turn: Any) -> Any:
    """The turn of the next text in ``seen``, which :func:`absorb` reads; cleared where all turns were taken."""
    turn = np.uint32(turn + np.uint32(1))
    if turn == SLOTS:
        seen[:] = 0
        turn = np.uint32(1)
    return turn


@njit(cache=True, nogil=True)
def _thin(hashes: Any, count: Any, seen: Any, turn: Any) -> Any:
    """Drop most repeated hashes, in place, as ``absorb`` does; returns how many are left."""
    in_slot = np.uint32(SLOTS - 1)
    kept = np.uint64(0)
    for i in range(count):
        value = hashes[i]
        slot = value & in_slot
        entry = np.uint32((value - slot) | turn)
        hashes[kept] = value
        kept = np.uint64(kept + np.uint64(seen[slot] != entry))
        seen[slot] = entry
    return np.int64(kept)


@njit(cache=True, nogil=True)
def _room(bounds: Any) -> Any:
    """Buffer size that the longest text of a batch needs."""
    longest = 0
    for i in range(len(bounds) - 1):
        longest = max(longest, bounds[i + 1] - bounds[i])
    return longest + 2 * LANES


@njit(cache=True, nogil=True)
def sign_batch(
    text: Any,
    bounds: Any,
    table: Any,
    suspects: Any,
    carries: Any,
    factors: Any,
    addends: Any,
    limit: Any,
    out: Any,
    sample: Any,
) -> Any:
    """Signatures of the texts ``text[bounds[i]:bounds[i + 1]]``, and a sample of their shingles.

    Args:
        text: All texts in a row, one string.
        bounds: int64, one more than there are texts; becomes, in place, the bounds of the texts in ``sample``.
        table: As for :func:`scan`.
        suspects: As for :func:`scan`.
        carries: As for :func:`scan`.
        factors: uint32, a multiple of ``BLOCK`` long: datasketch's permutations.
        addends: uint32, as ``factors``.
        limit: Mixed hashes below it are sampled; 0 for none.
        out: uint32, a row a text, a column a permutation.
        sample: uint32, as long as ``text`` where ``limit`` is above 0: sorted and unique per text.
    """
    room = _room(bounds)
    folded = np.empty(room, np.uint32)
    spare = np.empty(room, np.uint16)
    hashes = np.empty(room, np.uint32)
    seen = np.zeros(SLOTS, np.uint32)
    turn = np.uint32(0)
    begin = bounds[0]
    total = 0
    bounds[0] = 0
    for i in range(len(bounds) - 1):
        end = bounds[i + 1]
        count = _pad(folded, scan_text(text, begin, end, table, suspects, carries, spare, folded))
        begin = end
        taken = hash_run(folded, count, limit, hashes)
        turn = _next_turn(seen, turn)
        count = absorb(hashes, count, seen, turn, factors[:BLOCK], addends[:BLOCK], out[i, :BLOCK])
        for start in range(BLOCK, len(factors), BLOCK):
            stop = start + BLOCK
            absorb(hashes, count, seen, np.uint32(0), factors[start:stop], addends[start:stop], out[i, start:stop])
        if limit > 0:
            total += unique(folded, taken, hashes, sample[total:], _SAMPLE_BITS)
        bounds[i + 1] = total
    return total


@njit(cache=True, nogil=True)
def unique_batch(text: Any, bounds: Any, table: Any, suspects: Any, carries: Any, out: Any) -> Any:
    """Sorted unique shingles of each text into ``out``; ``bounds`` becomes their bounds; returns their number."""
    room = _room(bounds)
    folded = np.empty(room, np.uint32)
    spare = np.empty(room, np.uint16)
    hashes = np.empty(room, np.uint32)
    seen = np.zeros(SLOTS, np.uint32)
    turn = np.uint32(0)
    begin = bounds[0]
    total = 0
    bounds[0] = 0
    for i in range(len(bounds) - 1):
        end = bounds[i + 1]
        count = _pad(folded, scan_text(text, begin, end, table, suspects, carries, spare, folded))
        begin = end
        for j in range(count):
            hashes[j] = _gram(folded, j)
        turn = _next_turn(seen, turn)
        count = _thin(hashes, count, seen, turn)
        total += unique(hashes, count, folded, out[total:], HASH_BITS)
        bounds[i + 1] = total
    return total


@njit(cache=True, nogil=True)
def count_held(
    text: Any,
    bounds: Any,
    table: Any,
    suspects: Any,
    carries: Any,
    signatures: Any,
    inverses: Any,
    addends: Any,
    others: Any,
    starts: Any,
    out: Any,
) -> None:
    """Of how many minima of some texts' signatures the shingle is in another text.

    A permutation can be undone: each minimum tells the shingle that gave it.

    Args:
        text: The texts that may hold others in a row, one string.
        bounds: int64, one more than there are texts.
        table: As for :func:`scan`.
        suspects: As for :func:`scan`.
        carries: As for :func:`scan`.
        signatures: uint32 of shape ``(n, num_perm)``.
        inverses: uint32: the permutations' factors, inverted modulo 2**32.
        addends: uint32: their addends.
        others: int64: rows of ``signatures``.
        starts: int64: text i is asked for ``others[starts[i]:starts[i + 1]]``.
        out: int64, as ``others``, written: how many minima.
    """
    room = _room(bounds)
    folded = np.empty(room, np.uint32)
    spare = np.empty(room, np.uint16)
    slots = 64
    while slots < 2 * room:
        slots *= 2
    hashes = np.empty(room, np.uint32)
    held = np.empty(slots, np.uint32)
    for i in range(len(bounds) - 1):
        begin, end = bounds[i], bounds[i + 1]
        count = _pad(folded, scan_text(text, begin, end, table, suspects, carries, spare, folded))
        slots = 64
        while slots < 2 * count:
            slots *= 2
        last_slot = np.uint32(slots - 1)
        held[:slots] = np.uint32(0)
        zero = False
        hash_run(folded, count, np.uint32(0), hashes)
        for j in range(count):
            value = hashes[j]
            zero |= value == 0
            slot = value & last_slot
            while held[slot] != 0 and held[slot] != value:
                slot = (slot + np.uint32(1)) & last_slot
            held[slot] = value
        for ask in range(starts[i], starts[i + 1]):
            row = others[ask]
            shared = 0
            for k in range(signatures.shape[1]):
                value = np.uint32(np.uint32(signatures[row, k] - addends[k]) * inverses[k])
                slot = value & last_slot
                while held[slot] != 0 and held[slot] != value:
                    slot = (slot + np.uint32(1)) & last_slot
                shared += held[slot] == value if value != 0 else zero
            out[ask] = shared
