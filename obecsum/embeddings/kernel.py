"""The compiled part of the embedding model: from code points to pieces, and from pieces to vectors.

A release is folded exactly as for comparison (:func:`obecsum.text.normalize.fold` after ``normalize``), what is no
letter, mark or digit parts it into runs, and each run is cut into the pieces of the vocabulary whose scores sum highest
(Viterbi search over a unigram model, Kudo 2018). The trie is a double array (Aoe 1989): one addition and one
comparison a character. `tokenizers` does the same over hash tables of bytes, some fifty times slower on Thai, which
has few spaces and so long runs; the pieces are equal, and a test holds them to that.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from obecsum.text import normalize as rules

__all__ = ["build_trie", "cut_batch", "sum_batch"]

_TABLE_SIZE = np.uint32(rules.TABLE_SIZE)
_SPACE, _DROP = np.uint32(rules.SPACE), np.uint32(rules.DROP)
_TONE, _NIKHAHIT = np.uint32(rules.TONE), np.uint32(rules.NIKHAHIT)
_TONE_ON_NIKHAHIT = np.uint32(rules.TONE_ON_NIKHAHIT)
_BLANK = np.uint32(0x20)
_VOWEL, _AA, _AM, _SARA_E = np.uint32(rules.VOWEL), np.uint32(rules.AA), np.uint32(rules.AM), np.uint32(rules.SARA_E)
_SARA_A, _DOT = np.uint32(rules.SARA_A), np.uint32(rules.DOT)
_CODE_AM, _CODE_AE, _CODE_ELLIPSIS = np.uint32(0x0E33), np.uint32(0x0E41), np.uint32(0x2026)


@njit(cache=True, nogil=True)
def build_trie(symbols: Any, bounds: Any, ids: Any, base: Any, check: Any, value: Any) -> Any:
    """Build the double array of a vocabulary; returns how many slots it takes, or -1 where they do not suffice.

    Args:
        symbols: uint8, the symbols (1 to 255) of all pieces, in lexicographic order of the pieces.
        bounds: int64, one more than there are pieces.
        ids: int32, the id of each piece.
        base: int32 to write: the children of slot ``s`` are at ``base[s] + symbol``.
        check: int32 to write, filled with -1: the parent of each slot.
        value: int32 to write, filled with -1: the id of the piece that ends at a slot.
    """
    size = len(base)
    num_pieces = len(bounds) - 1
    # A queue of tries still to be placed: the slot of its root, its range of pieces, its depth.
    queue = np.empty((len(symbols) + 1, 4), np.int32)
    queue[0, 0], queue[0, 1], queue[0, 2], queue[0, 3] = 0, 0, num_pieces, 0
    check[0] = 0
    head, tail = 0, 1
    used = 1
    child_symbol = np.empty(256, np.int32)
    child_first = np.empty(257, np.int32)
    # Where the last slot for as many children was found. Each search goes on from there: from the start again it
    # would take seconds. Slots that are passed over serve those with fewer children.
    hints = np.zeros(257, np.int64)
    while head < tail:
        slot, low, high, depth = queue[head, 0], queue[head, 1], queue[head, 2], queue[head, 3]
        head += 1
        if low < high and bounds[low + 1] - bounds[low] == depth:
            value[slot] = ids[low]
            low += 1
        count = 0
        for i in range(low, high):
            symbol = np.int32(symbols[bounds[i] + depth])
            if count == 0 or child_symbol[count - 1] != symbol:
                child_symbol[count] = symbol
                child_first[count] = i
                count += 1
        child_first[count] = high
        if count == 0:
            continue
        start = max(1, hints[count] - child_symbol[0])
        while True:
            if start + 256 >= size:
                return -1
            fits = True
            for k in range(count):
                if check[start + child_symbol[k]] != -1:
                    fits = False
                    break
            if fits:
                break
            start += 1
        base[slot] = start
        hints[count] = start + child_symbol[0]
        for k in range(count):
            child = start + child_symbol[k]
            check[child] = slot
            used = max(used, child + 1)
            queue[tail, 0], queue[tail, 3] = child, depth + 1
            queue[tail, 1], queue[tail, 2] = child_first[k], child_first[k + 1]
            tail += 1
    return used


@njit(cache=True, nogil=True)
def _class_at(out: Any, table: Any, at: Any, fence: Any) -> Any:
    """Class of a code point that was written; plain before ``fence``."""
    if at < fence or out[at] >= _TABLE_SIZE:
        return np.uint32(0)
    return np.uint32(table[out[at]] >> np.uint32(24))


@njit(cache=True, nogil=True)
def _takes_tone(class_: Any) -> Any:
    """Whether a vowel stands behind its consonant's tone: sara a, sara aa, sara am."""
    return (class_ == _AA) | (class_ == _AM) | (class_ == _SARA_A)


@njit(cache=True, nogil=True)
def _append_by_rule(out: Any, n: Any, fence: Any, code: Any, class_: Any, table: Any) -> Any:
    """Write a code point where a rule of ``normalize._rewrite`` may apply; returns the new length."""
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
def _fold(source: Any, table: Any, suspects: Any, out: Any) -> Any:
    """Write ``fold(normalize(...))`` of the code points to ``out``, spaces too; returns how many."""
    n = np.int64(0)
    fence = np.int64(0)
    last = np.uint32(0)
    for i in range(len(source)):
        raw = source[i]
        entry = table[raw] if raw < _TABLE_SIZE else raw
        class_ = np.uint32(entry >> np.uint32(24))
        code = np.uint32(entry & np.uint32(0xFFFFFF))
        if not suspects[(last << np.uint32(4)) | class_]:
            out[n] = code
            n += 1
            last = class_
        elif class_ == _SPACE:
            out[n] = _BLANK
            n += 1
            fence = n
            last = np.uint32(0)
        elif class_ != _DROP:
            n = np.int64(_append_by_rule(out, n, fence, code, class_, table))
            last = _class_at(out, table, n - 1, fence)
            if last == _TONE and _class_at(out, table, n - 2, fence) == _NIKHAHIT:
                last = _TONE_ON_NIKHAHIT
    return n


@njit(cache=True, nogil=True)
def _cut_run(
    run: Any, begin: Any, end: Any, base: Any, check: Any, value: Any, scores: Any, best: Any, came: Any, out: Any
) -> Any:
    """Write the best pieces of ``run[begin:end]`` to ``out`` from its start; returns how many."""
    n = end - begin
    for i in range(1, n + 1):
        came[i] = -1
    best[0] = 0.0
    for i in range(n):
        if i > 0 and came[i] < 0:
            continue
        till_here = best[i]
        slot = np.int32(0)
        for j in range(i, n):
            symbol = np.int32(run[begin + j])
            child = base[slot] + symbol
            if check[child] != slot:
                break
            slot = child
            piece = value[slot]
            if piece >= 0:
                score = scores[piece] + till_here
                if came[j + 1] < 0 or score > best[j + 1]:
                    best[j + 1] = score
                    came[j + 1] = i
                    out[j + 1] = piece
    # Walk back, then turn round in place: the pieces stand in out[1:n + 1] at their ends.
    count = 0
    at = n
    while at > 0:
        piece = out[at]
        at = came[at]
        came[n - count] = piece  # offsets behind `at` are not needed any more
        count += 1
    for k in range(count):
        out[k] = came[n - count + 1 + k]
    return count


@njit(cache=True, nogil=True)
def cut_batch(
    source: Any,
    bounds: Any,
    table: Any,
    suspects: Any,
    alphabet: Any,
    base: Any,
    check: Any,
    value: Any,
    scores: Any,
    max_chars: Any,
    out: Any,
) -> Any:
    """Pieces of the texts ``source[bounds[i]:bounds[i + 1]]``, of their first ``max_chars`` code points each.

    Args:
        source: uint32 code points of all texts.
        bounds: int64, one more than there are texts; becomes, in place, the bounds of the texts in ``out``.
        table: ``normalize.kernel_table()``.
        suspects: ``normalize.scanner_pairs()``.
        alphabet: uint8 of length ``TABLE_SIZE``: the symbol of a folded code point, 0 for what parts runs.
        base: The trie, as :func:`build_trie` wrote it; every symbol alone is a piece.
        check: As ``base``.
        value: As ``base``.
        scores: float64, the score of each piece.
        max_chars: Code points that are read of a text.
        out: int32, at least as long as ``source`` and one more.

    Returns:
        How many pieces were written to ``out``.
    """
    longest = 0
    for i in range(len(bounds) - 1):
        longest = max(longest, min(max_chars, bounds[i + 1] - bounds[i]))
    folded = np.empty(longest + 2, np.uint32)
    run = np.empty(longest + 2, np.uint8)
    best = np.empty(longest + 2, np.float64)
    came = np.empty(longest + 2, np.int32)
    pieces = np.empty(longest + 2, np.int32)
    begin = bounds[0]
    bounds[0] = 0
    total = 0
    for i in range(len(bounds) - 1):
        end = bounds[i + 1]
        n = _fold(source[begin : min(end, begin + max_chars)], table, suspects, folded)
        begin = end
        for k in range(n):
            code = folded[k]
            run[k] = alphabet[code] if code < _TABLE_SIZE else np.uint8(0)
        k = 0
        while k < n:
            if run[k] == 0:
                k += 1
                continue
            first = k
            while k < n and run[k] != 0:
                k += 1
            count = _cut_run(run, first, k, base, check, value, scores, best, came, pieces)
            for j in range(count):
                out[total + j] = pieces[j]
            total += count
        bounds[i + 1] = total
    return total


@njit(cache=True, nogil=True)
def sum_batch(
    pieces: Any, bounds: Any, rows: Any, scales: Any, counting: Any, columns: Any, marks: Any, out: Any
) -> None:
    """Sums of the vectors of each text's pieces.

    Args:
        pieces: int32, the pieces of all texts.
        bounds: int64, one more than there are texts.
        rows: int8 or float32, a row a piece; its first columns are read, as many as ``out`` has.
        scales: float32, the factor of each row.
        counting: float32 ``k1``, ``b``, ``usual`` and ``lead``. The piece at offset i of a text, from 0, weighs
            ``1 / (1 + i / lead)``, 1 where ``lead`` is 0. A piece whose occurrences weigh n, in a text whose pieces
            weigh L, counts as ``n (k1 + 1) / (n + k1 (1 - b + b L / usual))``; as n where ``k1`` is 0.
        columns: int32, for each piece the one column behind those of ``rows`` that its mark is added to.
        marks: float32, the mark of each piece.
        out: float32 to write, a row a text; zeros for a text without pieces. Columns behind those of ``rows`` are
            for the marks; a mark whose column is not there is left out.
    """
    width = out.shape[1]
    dim = min(width, rows.shape[1])
    held = np.zeros(len(rows), np.float32)
    k1, b, usual, lead = counting[0], counting[1], counting[2], counting[3]
    one = np.float32(1.0)
    for i in range(len(bounds) - 1):
        total = out[i]
        for d in range(width):
            total[d] = 0.0
        length = np.float32(0.0)
        for k in range(bounds[i], bounds[i + 1]):
            weight = one / (one + np.float32(k - bounds[i]) / lead) if lead > 0.0 else one
            held[pieces[k]] += weight
            length += weight
        half = k1 * (one - b + b * length / usual)
        for k in range(bounds[i], bounds[i + 1]):
            piece = pieces[k]
            if held[piece] == 0.0:
                continue
            weight = held[piece]
            held[piece] = 0.0
            count = weight if k1 == 0.0 else weight * (k1 + one) / (weight + half)
            scale = scales[piece] * count
            vector = rows[piece]
            for d in range(dim):
                total[d] += np.float32(vector[d]) * scale
            if width > dim:
                column = rows.shape[1] + columns[piece]
                if column < width:
                    total[column] += marks[piece] * count
