"""Stage 1: what a release teaches without a headline, so that all bodies are read before the pairs are.

Two tasks, a release each in turn. *Gap sentences* (Zhang et al. 2020, PEGASUS): the sentences that say most about the
rest are masked in the source and are the target. *Span denoising* (Raffel et al. 2020, T5): short spans are masked and
the target gives them back, each after its mask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from obecsum.text.segment import sentences
from obecsum.text.slots import slot_source
from obecsum.training.corpus import MAX_SOURCE_PIECES, MIN_SOURCE_CHARS, Packed, Row, source_text

__all__ = ["gap_sentences", "masked_spans", "pack_pretraining"]

MAX_TARGET_PIECES = 88
_SPAN_PIECES = 6  # mean length of a masked span
_MASKED_SHARE = 0.2


def gap_sentences(parts: Sequence[Sequence[int]], *, max_pieces: int = MAX_TARGET_PIECES) -> list[int]:
    """Indices of the sentences to mask, in order: those that overlap the rest most, up to ``max_pieces``.

    Overlap is the F1 of shared pieces between a sentence and all others (the independent, original selection of
    PEGASUS, with pieces for words).

    Args:
        parts: The piece ids of each sentence.
        max_pieces: Pieces that the target may have.

    Returns:
        At least one index unless every sentence is longer than ``max_pieces`` or there are fewer than three; at most a
        third of the sentences.
    """
    if len(parts) < 3:
        return []
    total = Counter(piece for part in parts for piece in part)
    size = sum(map(len, parts))
    scored = []
    for index, part in enumerate(parts):
        own = Counter(part)
        shared = sum(min(count, total[piece] - count) for piece, count in own.items())
        rest = size - len(part)
        f1 = 2 * shared / (len(part) + rest) if part else 0.0
        # By the length: else the longest sentence always wins, as it shares most.
        scored.append((f1 / max(len(part), 12) ** 0.5, -index))
    chosen: list[int] = []
    used = 0
    for _, negative in sorted(scored, reverse=True):
        index = -negative
        if len(chosen) < max(1, len(parts) // 3) and used + len(parts[index]) <= max_pieces and len(parts[index]) >= 6:
            chosen.append(index)
            used += len(parts[index])
    return sorted(chosen)


def masked_spans(
    ids: Sequence[int], mask: int, rng: np.random.Generator, *, max_pieces: int = MAX_TARGET_PIECES
) -> tuple[list[int], list[int]]:
    """Masks random spans; returns the source with one mask a span, and the target: mask, span, mask, span.

    Args:
        ids: Piece ids of a text.
        mask: Id of the mask piece.
        rng: Where the spans come from.
        max_pieces: Pieces that the target may have.
    """
    num_spans = max(1, min(int(len(ids) * _MASKED_SHARE / _SPAN_PIECES), max_pieces // (_SPAN_PIECES + 4)))
    starts = np.sort(rng.choice(len(ids), size=min(num_spans, len(ids)), replace=False))
    source: list[int] = []
    target: list[int] = []
    position = 0
    for start in starts.tolist():
        length = 1 + int(rng.poisson(_SPAN_PIECES - 1))
        if start < position or len(target) + length + 1 > max_pieces:
            continue
        source += [*ids[position:start], mask]
        target += [mask, *ids[start : start + length]]
        position = min(len(ids), start + length)
    source += ids[position:]
    return source, target


def pack_pretraining(rows: Iterable[Row], tokenizer: Any, *, seed: int = 1) -> Packed:
    """Packs bodies for stage 1; the targets stand in ``summaries``, ``headlines`` is empty.

    Args:
        rows: Rows of the corpus; headlines and standfirsts are not used.
        tokenizer: The tokenizer that :mod:`obecsum.training.summarizer.tokenizer` trained.
        seed: Of the masked spans, and of which releases have gap sentences: every other one, by the next seed the
            others.
    """
    rng = np.random.default_rng(seed)
    mask = int(tokenizer.convert_tokens_to_ids("<mask>"))
    ids: list[str] = []
    sources: list[np.ndarray] = []
    targets: list[np.ndarray] = []
    for number, row in enumerate(rows):
        text = source_text(row)[:6000]
        if len(text) < MIN_SOURCE_CHARS:
            continue
        slotted = slot_source(text).text
        parts = [slotted[start:end] for start, end in sentences(slotted)]
        encoded: list[list[int]] = tokenizer(parts, add_special_tokens=False)["input_ids"]
        gaps = set(gap_sentences(encoded)) if (number + seed) % 2 else set()
        if gaps:
            source = [piece for i, part in enumerate(encoded) for piece in ([mask] if i in gaps else part)]
            target = [piece for i in sorted(gaps) for piece in encoded[i]]
        else:
            flat = [piece for part in encoded for piece in part][:MAX_SOURCE_PIECES]
            source, target = masked_spans(flat, mask, rng)
        ids.append(str(row["id"]))
        sources.append(np.array(source[:MAX_SOURCE_PIECES], np.uint16))
        targets.append(np.array(target, np.uint16))
    empty = np.zeros(0, np.uint16)
    return Packed(
        ids=np.array(ids, dtype=np.str_),
        sources=np.concatenate(sources) if sources else empty,
        source_bounds=np.cumsum([0, *map(len, sources)], dtype=np.int64),
        headlines=empty,
        headline_bounds=np.zeros(len(ids) + 1, np.int64),
        summaries=np.concatenate(targets) if targets else empty,
        summary_bounds=np.cumsum([0, *map(len, targets)], dtype=np.int64),
    )
