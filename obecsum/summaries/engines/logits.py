"""The rules of :mod:`~.locks` as logits processors of transformers.

They are ordinary :class:`transformers.LogitsProcessor` objects, one row of state for each source of the batch, so
beam search, sampling and greedy decoding of any Hugging Face model obey them and no remote code is needed.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from transformers import LogitsProcessor

from obecsum.summaries.constraints.locks import LockState, Rule

__all__ = ["PieceLock", "RuleLock"]

_NEVER = float("-inf")
_LOOKED_AT = 24  # the best pieces of a row, which a rule may refuse one by one; more than any search takes from a row


class PieceLock(LogitsProcessor):
    """Forbids pieces for a whole generation: number slots that the source lacks, raw digits, control tokens.

    Args:
        forbidden: (batch, vocabulary) bool: True where a piece must not be written.
    """

    def __init__(self, forbidden: torch.Tensor) -> None:
        self.forbidden = forbidden

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:  # noqa: ARG002
        """Scores, (batch x beams, vocabulary), with the forbidden pieces at minus infinity."""
        num_beams = scores.shape[0] // self.forbidden.shape[0]
        mask = self.forbidden.repeat_interleave(num_beams, dim=0) if num_beams > 1 else self.forbidden
        return scores.masked_fill(mask, _NEVER)  # type: ignore[return-value]


class RuleLock(LogitsProcessor):
    """Obeys a rule; keeps the states of the last step, so that only what was added is read.

    Args:
        rule: What may follow what.
        num_sources: Sources in a batch.
        end_ids: Pieces that stay allowed where all that the rule allows is forbidden.
    """

    def __init__(self, rule: Rule, num_sources: int, end_ids: Sequence[int]) -> None:
        self.rule = rule
        self.num_sources = num_sources
        self.end_ids = list(end_ids)
        self._states: dict[tuple[int, tuple[int, ...]], LockState] = {}

    def __call__(self, input_ids: torch.LongTensor, scores: torch.FloatTensor) -> torch.FloatTensor:
        """Scores with the pieces at minus infinity that the rule forbids."""
        rows_a_source = max(1, scores.shape[0] // self.num_sources)
        states: dict[tuple[int, tuple[int, ...]], LockState] = {}
        for row, ids in enumerate(input_ids.tolist()):
            source = min(row // rows_a_source, self.num_sources - 1)
            written = tuple(ids[1:])  # without the decoder's start piece
            state = states[source, written] = self._state(source, written)
            allowed, banned = state.limits()
            if banned:
                scores[row, list(banned)] = _NEVER
            if allowed is not None:
                keep = list(allowed)
                limited = torch.full_like(scores[row], _NEVER)
                limited[keep] = scores[row, keep]
                # Where every way on is forbidden by another processor the summary may at least end.
                if torch.isinf(limited).all():
                    limited[self.end_ids] = scores[row, self.end_ids]
                scores[row] = limited
            self._refuse(state, scores[row])
        self._states = states
        return scores

    @staticmethod
    def _refuse(state: LockState, row: torch.Tensor) -> None:
        best = row.topk(min(_LOOKED_AT, row.shape[0])).indices.tolist()
        if refused := state.refused(best):
            row[list(refused)] = _NEVER

    def _state(self, source: int, written: tuple[int, ...]) -> LockState:
        before = self._states.get((source, written[:-1])) if written else None
        if before is not None:
            return before.push(written[-1])
        state = self.rule.start(source)
        for piece in written:
            state = state.push(piece)
        return state
