"""Examples in an order that follows from (seed, epoch) alone, in batches of equal length."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from obecsum.core.errors import InputError
from obecsum.text.slots import ALL_SLOTS
from obecsum.training.corpus import Packed
from obecsum.training.summarizer.recipe import TrainOptions
from obecsum.training.summarizer.tokenizer import length_token

__all__ = ["Examples", "batches"]


class Examples:
    """(release, kind) pairs of packed data and the batches made of them."""

    def __init__(self, data: Packed, tokenizer: Any, options: TrainOptions, exclude: set[str]) -> None:
        self.data = data
        self.options = options
        self.pad = int(tokenizer.pad_token_id)
        self.eos = int(tokenizer.eos_token_id)
        tokens = {"headline": "<headline>", "summary": f"<{options.kind}>"}
        self.kind_ids = {kind: int(tokenizer.convert_tokens_to_ids(token)) for kind, token in tokens.items()}
        counts = range(options.target_pieces + 1)
        self.length_ids = [int(tokenizer.convert_tokens_to_ids(length_token(n))) for n in counts]
        self.slot_ids = np.array(tokenizer.convert_tokens_to_ids(list(ALL_SLOTS)), np.int64)
        kept = np.array([row_id not in exclude for row_id in data.ids.tolist()], dtype=bool)
        self.rows: dict[str, np.ndarray] = {}
        for kind, bounds in (("headline", data.headline_bounds), ("summary", data.summary_bounds)):
            lengths = np.diff(bounds)
            self.rows[kind] = np.flatnonzero((lengths > 0) & (lengths <= options.target_pieces) & kept)
        if not len(self.rows["headline"]) and not len(self.rows["summary"]):
            raise InputError("the packed data holds no example: were the targets all left out?")

    def recent(self) -> Examples:
        """The same examples, less those of the older releases."""
        newest = copy.copy(self)
        first = round(len(self.data) * (1 - self.options.recent_share))
        newest.rows = {kind: rows[rows >= first] for kind, rows in self.rows.items()}
        return newest

    def order(self, epoch: int) -> list[tuple[int, str]]:
        """One epoch: every headline once, and as many summaries (repeated if need be) as the share asks for."""
        rng = np.random.default_rng((self.options.seed, epoch))
        headlines, summaries = self.rows["headline"], self.rows["summary"]
        share = self.options.headline_share
        num_summaries = round(len(headlines) * (1 - share) / share) if share > 0 else len(summaries)
        chosen = summaries
        if len(summaries):
            passes = num_summaries // len(summaries) + 1
            chosen = np.concatenate([rng.permutation(summaries) for _ in range(passes)])[:num_summaries]
        examples = [(int(row), "headline") for row in headlines if share > 0]
        examples += [(int(row), "summary") for row in chosen]
        shuffled = [examples[i] for i in rng.permutation(len(examples))]
        # Neighbours in a pool of 40 batches are sorted by length, so that a batch holds little padding.
        size = self.options.batch_size
        pool = 40 * size
        batches: list[list[tuple[int, str]]] = []
        for start in range(0, len(shuffled) - size + 1, pool):
            part = sorted(shuffled[start : start + pool], key=self._length)
            batches += [part[i : i + size] for i in range(0, len(part) - size + 1, size)]
        return [example for i in rng.permutation(len(batches)) for example in batches[i]]

    def _length(self, example: tuple[int, str]) -> tuple[int, int]:
        row, kind = example
        bounds = self.data.source_bounds
        return min(int(bounds[row + 1] - bounds[row]), self.options.source_pieces), len(self.target(row, kind))

    def target(self, row: int, kind: str) -> np.ndarray:
        """Piece ids of a release's headline or summary, uint16."""
        if kind == "headline":
            return self.data.headlines[self.data.headline_bounds[row] : self.data.headline_bounds[row + 1]]
        return self.data.summaries[self.data.summary_bounds[row] : self.data.summary_bounds[row + 1]]

    def batch(self, examples: list[tuple[int, str]], *, source_pieces: int) -> dict[str, torch.Tensor]:
        """Tensors of a batch, padded: input_ids, attention_mask, decoder_input_ids, labels (-100: not learned)."""
        sources, targets = [], []
        for row, kind in examples:
            target = self.target(row, kind).astype(np.int64)
            start, end = self.data.source_bounds[row], self.data.source_bounds[row + 1]
            body = self.data.sources[start : min(end, start + source_pieces - 3)].astype(np.int64)
            # A number that lies beyond the window cannot be pointed at: it is written, but not learned.
            beyond = np.isin(target, self.slot_ids) & ~np.isin(target, body)
            sources.append(np.concatenate([[self.kind_ids[kind], self.length_ids[len(target)]], body, [self.eos]]))
            targets.append(np.concatenate([np.where(beyond, -100, target), [self.eos]]))
        source = np.full((len(examples), max(map(len, sources))), self.pad, np.int64)
        labels = np.full((len(examples), max(map(len, targets))), -100, np.int64)
        decoder = np.full_like(labels, self.pad)
        for i, (ids, target, (row, kind)) in enumerate(zip(sources, targets, examples, strict=True)):
            source[i, : len(ids)] = ids
            labels[i, : len(target)] = target
            decoder[i, 1 : len(target)] = self.target(row, kind)
        input_ids = torch.from_numpy(source)
        return {
            "input_ids": input_ids,
            "attention_mask": (input_ids != self.pad).long(),
            "decoder_input_ids": torch.from_numpy(decoder),
            "labels": torch.from_numpy(labels),
        }


def batches(examples: Examples, first_step: int, num_steps: int) -> Iterator[dict[str, torch.Tensor]]:
    """The batches of ``num_steps`` steps from ``first_step`` on, whichever run they belong to."""
    size = examples.options.batch_size
    step = 0
    epoch = 0
    first_recent = examples.options.steps - examples.options.recent_steps
    while step < first_step + num_steps:
        is_recent = step >= first_recent
        order = (examples.recent() if is_recent else examples).order(epoch)
        steps_in_epoch = len(order) // size
        if not steps_in_epoch:
            raise InputError(f"{len(order)} examples do not fill one batch of {size}: lower batch_size or add data")
        for i in range(steps_in_epoch):
            if step >= first_step:
                short = step < examples.options.short_steps
                window = examples.options.short_pieces if short else examples.options.source_pieces
                yield examples.batch(order[i * size : (i + 1) * size], source_pieces=window)
            step += 1
            if step >= first_step + num_steps:
                return
            if step == first_recent:
                break
        epoch += 1
