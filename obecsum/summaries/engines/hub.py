"""Any Hugging Face model through transformers' own ``generate``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from transformers import LogitsProcessorList

from obecsum.summaries.engines.engine import Request
from obecsum.summaries.engines.logits import PieceLock, RuleLock

__all__ = ["HubEngine"]


class HubEngine:
    """transformers' beam search, with the rules as logits processors.

    Args:
        model: A sequence-to-sequence model in evaluation mode.
        pad_id: What short sources are filled up with.
        end_id: What ends a summary.
    """

    name = "transformers"

    def __init__(self, model: Any, *, pad_id: int, end_id: int) -> None:
        self.model = model
        self.pad_id = pad_id
        self.end_id = end_id

    @torch.inference_mode()
    def search(self, sources: Sequence[Sequence[int]], request: Request) -> list[list[list[int]]]:
        """See :class:`~obecsum.summaries.engines.engine.Engine`."""
        input_ids = torch.full((len(sources), max(map(len, sources))), self.pad_id)
        mask = torch.zeros_like(input_ids)
        for row, ids in enumerate(sources):
            input_ids[row, : len(ids)] = torch.tensor(ids)
            mask[row, : len(ids)] = 1
        num_beams = request.num_beams
        sequences = self.model.generate(
            input_ids=input_ids,
            attention_mask=mask,
            num_beams=num_beams,
            num_return_sequences=num_beams,
            max_new_tokens=request.max_new_pieces,
            min_new_tokens=request.min_new_pieces,
            do_sample=False,
            **({"early_stopping": True, "length_penalty": 1.0} if num_beams > 1 else {}),
            pad_token_id=self.pad_id,
            logits_processor=self._processors(request, len(sources)),
        )
        rows = [row[1:] for row in sequences.tolist()]
        found = [row[: row.index(self.end_id) + 1] if self.end_id in row else row for row in rows]
        return [found[first : first + num_beams] for first in range(0, len(found), num_beams)]

    def _processors(self, request: Request, num_sources: int) -> LogitsProcessorList:
        processors = LogitsProcessorList()
        if request.forbidden:
            forbidden = torch.zeros((num_sources, self.model.config.vocab_size), dtype=torch.bool)
            for row, ids in enumerate(request.forbidden):
                forbidden[row, sorted(ids)] = True
            processors.append(PieceLock(forbidden))
        processors.extend(RuleLock(rule, num_sources, [self.end_id]) for rule in request.rules)
        return processors
