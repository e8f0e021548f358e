"""How a model does on releases that it is not trained on: the loss per piece, and ROUGE of what it writes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import torch

from obecsum.evaluate.rouge import rouge, words
from obecsum.text.slots import ALL_SLOTS
from obecsum.training.corpus import Packed
from obecsum.training.summarizer.examples import Examples, batches
from obecsum.training.summarizer.precision import autocast
from obecsum.training.summarizer.recipe import TrainOptions

__all__ = ["HeldOut"]

_LOSS_BATCHES = 8
# A slot is a private character: as a number it counts as one word.
_SLOT_WORDS = str.maketrans({slot: f" {ord(slot)} " for slot in ALL_SLOTS})


class HeldOut:
    """Fixed examples of packed data that a run is measured on.

    Args:
        data: Held-out releases.
        tokenizer: The tokenizer that packed them.
        options: The recipe; its ``rouge_rows`` is the number of headlines that are written for ROUGE.
    """

    def __init__(self, data: Packed, tokenizer: Any, options: TrainOptions) -> None:
        self._tokenizer = tokenizer
        self._options = options
        fixed = replace(options, short_steps=0, recent_steps=0)
        self._examples = Examples(data, tokenizer, fixed, set())
        self._batches = list(batches(self._examples, 0, _LOSS_BATCHES))
        rows = self._examples.rows["headline"]
        rng = np.random.default_rng(options.seed)
        self._rows: list[int] = rng.permutation(rows)[: options.rouge_rows].tolist()

    def figures(self, model: Any, device: str) -> dict[str, float]:
        """``held_out_loss`` and, where rows were asked for, ``rouge1``, ``rouge2`` and ``rougeL`` (F1 x 100)."""
        model.eval()
        found = {"held_out_loss": round(self._loss(model, device), 4)}
        if self._rows:
            found |= self._rouge(model, device)
        model.train()
        return found

    @torch.no_grad()
    def _loss(self, model: Any, device: str) -> float:
        total = count = 0.0
        for batch in self._batches:
            pieces = float((batch["labels"] != -100).sum())
            with autocast(device, bf16=bool(self._options.bf16)):
                loss = model(**{name: tensor.to(device) for name, tensor in batch.items()}).loss
            total += float(loss) * pieces
            count += pieces
        return total / max(count, 1.0)

    @torch.no_grad()
    def _rouge(self, model: Any, device: str) -> dict[str, float]:
        """Of greedy headlines, on newmm words; number slots count as words and are not filled."""
        scores: list[tuple[float, float, float]] = []
        size = self._options.batch_size
        for first in range(0, len(self._rows), size):
            rows = self._rows[first : first + size]
            batch = self._examples.batch([(row, "headline") for row in rows], source_pieces=self._options.source_pieces)
            with autocast(device, bf16=bool(self._options.bf16)):
                written = model.generate(
                    input_ids=batch["input_ids"].to(device),
                    attention_mask=batch["attention_mask"].to(device),
                    num_beams=1,
                    do_sample=False,
                    max_new_tokens=self._options.target_pieces,
                    pad_token_id=self._tokenizer.pad_token_id,
                    eos_token_id=self._tokenizer.eos_token_id,
                    decoder_start_token_id=self._tokenizer.pad_token_id,
                )
            for row, ids in zip(rows, written.tolist(), strict=True):
                target = self._examples.target(row, "headline").tolist()
                score = rouge(self._words(ids), self._words(target))
                scores.append((score.r1, score.r2, score.rl))
        means = 100 * np.mean(np.array(scores), axis=0)
        return {name: round(float(mean), 2) for name, mean in zip(("rouge1", "rouge2", "rougeL"), means, strict=True)}

    def _words(self, pieces: list[int]) -> list[str]:
        return words(self._tokenizer.decode(pieces, skip_special_tokens=True).translate(_SLOT_WORDS))
