"""Pegasus with a copy head: a pointer-generator (See, Liu and Manning 2017, "Get To The Point") on a transformer.

The next piece is written from the vocabulary or copied from the source::

    P(w) = g * P_vocab(w) + (1 - g) * sum of copy attention over the source positions that hold w

The copy attention is a head of its own over the encoder's output, so it is trained to point and nothing else, and the
fast fused attention of the decoder stays in use. Importing this module registers the class with transformers' auto
classes; no remote code is needed to load the model.
"""

from __future__ import annotations

from typing import Any

import torch
from huggingface_hub.dataclasses import strict
from torch import nn
from transformers import AutoConfig, AutoModelForSeq2SeqLM, PegasusConfig, PegasusForConditionalGeneration
from transformers.cache_utils import DynamicCache, EncoderDecoderCache
from transformers.modeling_outputs import Seq2SeqLMOutput
from transformers.models.pegasus.modeling_pegasus import shift_tokens_right

__all__ = ["PegasusPointerConfig", "PegasusPointerForConditionalGeneration"]


@strict
class PegasusPointerConfig(PegasusConfig):  # type: ignore[no-untyped-call]
    """Pegasus' configuration and two fields of ours.

    Attributes:
        copy_dim: Width of the copy head's queries and keys.
        number_slots: Whether numbers travel as slots (:mod:`obecsum.text.slots`).
        source_pieces: Pieces of the source that the model was trained to read, control tokens included.
        label_smoothing: Share of the loss, while training, that asks the vocabulary's part for an even distribution
            (Szegedy et al. 2016), 0 to 1.
    """

    model_type = "pegasus_pointer"
    copy_dim: int = 128
    number_slots: bool = True
    source_pieces: int = 256
    label_smoothing: float = 0.0


class PegasusPointerForConditionalGeneration(PegasusForConditionalGeneration):  # type: ignore[no-untyped-call]
    """Pegasus whose logits are the log-probabilities of the pointer-generator mixture.

    ``forward`` takes beside Pegasus' arguments ``source_ids``, the ids that may be copied, of shape (batch, source
    length); by default they are ``input_ids``, and ``generate`` passes them on by itself.
    """

    config_class = PegasusPointerConfig

    def __init__(self, config: PegasusPointerConfig) -> None:
        super().__init__(config)
        self.copy_query = nn.Linear(config.d_model, config.copy_dim)
        self.copy_key = nn.Linear(config.d_model, config.copy_dim)
        self.copy_gate = nn.Linear(config.d_model, 1)
        self.post_init()  # type: ignore[no-untyped-call]

    def forward(
        self,
        input_ids: torch.Tensor | None = None,
        attention_mask: torch.Tensor | None = None,
        decoder_input_ids: torch.Tensor | None = None,
        encoder_outputs: Any = None,
        past_key_values: Any = None,
        labels: torch.Tensor | None = None,
        use_cache: bool | None = None,
        source_ids: torch.Tensor | None = None,
        return_dict: bool | None = None,  # noqa: ARG002  a named output is always returned
        **kwargs: Any,
    ) -> Seq2SeqLMOutput:
        """Returns the mixture's log-probabilities, or with ``labels`` only the loss (``logits`` is then None)."""
        if source_ids is None:
            source_ids = input_ids
        if source_ids is None:
            raise ValueError("the copy head needs the source: pass input_ids or source_ids")
        if labels is not None:
            use_cache = False
            if decoder_input_ids is None:
                decoder_input_ids = shift_tokens_right(
                    labels, int(self.config.pad_token_id or 0), int(self.config.decoder_start_token_id or 0)
                )
        outputs = self.model(
            input_ids,
            attention_mask=attention_mask,
            decoder_input_ids=decoder_input_ids,
            encoder_outputs=encoder_outputs,
            past_key_values=past_key_values,
            use_cache=use_cache,
            return_dict=True,
            **kwargs,
        )
        hidden = outputs.last_hidden_state
        # The keys are the same at every step of a generation: they stay with the encoder's output.
        keys = getattr(encoder_outputs, "copy_keys", None)
        if keys is None:
            keys = self.copy_key(outputs.encoder_last_hidden_state)
            if encoder_outputs is not None and not torch.is_grad_enabled():
                encoder_outputs.copy_keys = keys
        copy_scores = self._copy_scores(hidden, keys, attention_mask)
        loss = logits = None
        if labels is not None:
            loss = self._loss(hidden, copy_scores, source_ids, labels)
        else:
            logits = self._log_probs(hidden, copy_scores, source_ids)
        return Seq2SeqLMOutput(
            loss=loss,
            logits=logits,
            past_key_values=outputs.past_key_values,
            encoder_last_hidden_state=outputs.encoder_last_hidden_state,
        )

    def _copy_scores(
        self, hidden: torch.Tensor, keys: torch.Tensor, attention_mask: torch.Tensor | None
    ) -> torch.Tensor:
        """Copy attention before its softmax, (batch, target length, source length), padding at minus infinity."""
        query = self.copy_query(hidden) * self.config.copy_dim**-0.5
        scores = torch.matmul(query, keys.transpose(1, 2)).float()
        if attention_mask is not None:
            scores = scores.masked_fill(attention_mask[:, None, :] == 0, float("-inf"))
        return scores

    def _loss(
        self, hidden: torch.Tensor, copy_scores: torch.Tensor, source_ids: torch.Tensor, labels: torch.Tensor
    ) -> torch.Tensor:
        # Only the positions that count go through the vocabulary: it is the widest product of the model.
        counted = labels != -100
        target = labels[counted]
        hidden = hidden[counted]
        rows = counted.nonzero()[:, 0]
        logits = self.lm_head(hidden).float()
        total = torch.logsumexp(logits, 1)
        log_vocab = logits.gather(1, target[:, None])[:, 0] - total
        attention = torch.softmax(copy_scores[counted], dim=-1)
        copied = (attention * (source_ids[rows] == target[:, None])).sum(1)
        gate = self.copy_gate(hidden).float()[:, 0]
        mixed = torch.logaddexp(
            nn.functional.logsigmoid(gate) + log_vocab,
            nn.functional.logsigmoid(-gate) + torch.log(copied + 1e-9),
        )
        smoothing = self.config.label_smoothing
        if not smoothing or not self.training:
            return -mixed.mean()
        # Of the vocabulary's part alone: spread over what may be copied, it would ask for pieces at random.
        even = logits.mean(1) - total
        smoothed: torch.Tensor = -((1 - smoothing) * mixed + smoothing * even).mean()
        return smoothed

    def _log_probs(self, hidden: torch.Tensor, copy_scores: torch.Tensor, source_ids: torch.Tensor) -> torch.Tensor:
        probs = torch.softmax((self.lm_head(hidden) + self.final_logits_bias).float(), dim=-1)
        gate = torch.sigmoid(self.copy_gate(hidden).float())
        attention = torch.softmax(copy_scores, dim=-1) * (1 - gate)
        index = source_ids[:, None, :].expand(-1, hidden.shape[1], -1)
        return (probs * gate).scatter_add(2, index, attention).clamp_min(1e-20).log()

    def generate(self, inputs: torch.Tensor | None = None, *args: Any, **kwargs: Any) -> Any:
        """As transformers' ``generate``; keeps the source's ids, which are gone once the encoder has run."""
        source = inputs if inputs is not None else kwargs.get("input_ids")
        if source is not None:
            kwargs.setdefault("source_ids", source)  # generate() repeats every tensor argument for the beams
            if kwargs.get("use_cache", True):
                kwargs.setdefault("past_key_values", _BeamCache(DynamicCache(), DynamicCache()))
        return super().generate(inputs, *args, **kwargs)  # type: ignore[misc]


class _BeamCache(EncoderDecoderCache):
    """A cache whose cross-attention is not reordered: all beams of a source see the same source."""

    def reorder_cache(self, beam_idx: torch.LongTensor) -> None:
        """Reorders what the decoder has written, and that alone."""
        self.self_attention_cache.reorder_cache(beam_idx)


AutoConfig.register("pegasus_pointer", PegasusPointerConfig, exist_ok=True)
AutoModelForSeq2SeqLM.register(PegasusPointerConfig, PegasusPointerForConditionalGeneration, exist_ok=True)
