"""The network of :mod:`obecsum.embeddings.interaction`: the summarizer's encoder and two small heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from transformers import PegasusConfig
from transformers.models.pegasus.modeling_pegasus import PegasusEncoder

__all__ = ["HEADLINE", "TEXT", "InteractionNetwork"]

HEADLINE, TEXT = 0, 1  # what a sequence is read as
_MOST_IMPORTANCE = 4.0  # of a piece, as a logarithm, and as little as that below zero
_FIRST_SCALE = 3.0


class InteractionNetwork(nn.Module):
    """A vector and an importance for each piece of a text, in its context.

    Args:
        config: Of the encoder.
        dim: Dimensions of a piece's vector.
    """

    def __init__(self, config: PegasusConfig, dim: int) -> None:
        super().__init__()
        self.encoder = PegasusEncoder(config)
        self.kind = nn.Embedding(2, config.d_model)
        self.project = nn.Linear(config.d_model, dim, bias=False)
        self.importance = nn.Linear(config.d_model, 1)
        self.scale = nn.Parameter(torch.tensor(_FIRST_SCALE))  # logarithm of the inverse temperature
        nn.init.zeros_(self.kind.weight)
        nn.init.orthogonal_(self.project.weight)
        nn.init.zeros_(self.importance.weight)
        nn.init.zeros_(self.importance.bias)

    def forward(
        self, rows: Sequence[npt.NDArray[np.uint16]], kind: int
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Reads sequences of pieces, none of them empty.

        Returns:
            Unit vectors of shape (n, length, dim), importances and mask of shape (n, length); the last piece of each
            is the end piece.
        """
        config: Any = self.encoder.config
        length = -(-max(len(row) + 1 for row in rows) // 8) * 8
        pieces = torch.full((len(rows), length), int(config.pad_token_id))
        for index, row in enumerate(rows):
            pieces[index, : len(row)] = torch.from_numpy(row.astype(np.int64))
            pieces[index, len(row)] = int(config.eos_token_id)
        pieces = pieces.to(self.scale.device)
        mask = pieces != int(config.pad_token_id)
        embedded = self.encoder.embed_tokens(pieces) + self.kind.weight[kind]
        states = self.encoder(
            inputs_embeds=embedded * self.encoder.embed_scale, attention_mask=mask.long()
        ).last_hidden_state
        vectors = nn.functional.normalize(self.project(states), dim=-1)
        weights = torch.exp(self.importance(states)[..., 0].clamp(-_MOST_IMPORTANCE, _MOST_IMPORTANCE)) * mask
        return vectors, weights, mask

    def scores(self, headlines: tuple[torch.Tensor, ...], texts: tuple[torch.Tensor, ...]) -> torch.Tensor:
        """How much of each headline each text tells, of shape (headlines, texts), times the inverse temperature.

        Each piece of a headline counts by its best match in the text (Khattab and Zaharia 2020, "ColBERT"), and by
        its importance.
        """
        vectors, weights, _ = headlines
        others, _, mask = texts
        n, length, dim = vectors.shape
        m, width, _ = others.shape
        matches = (vectors.reshape(-1, dim) @ others.reshape(-1, dim).T).view(n, length, m, width)
        best = matches.masked_fill(~mask[None, None], -1.0).amax(-1)
        shares = weights / weights.sum(1, keepdim=True)
        return (best * shares[..., None]).sum(1) * torch.exp(self.scale)
