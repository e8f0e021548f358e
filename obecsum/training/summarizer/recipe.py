"""What a training run is made of."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TrainOptions"]


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """What a run is made of; written beside its checkpoints.

    Attributes:
        steps: Optimizer steps in all.
        decay_steps: The last steps, over which the learning rate falls linearly to nothing; before them it is constant.
        warmup_steps: The first steps, over which it rises.
        batch_size: Examples a step.
        source_pieces: Pieces of the source that the model reads, control tokens included.
        short_pieces: As many during the first ``short_steps``: half the window costs half the time, and what a model
            learns first (words, pointing) is learned there as well.
        short_steps: Steps with the short window.
        target_pieces: Longest target; longer ones are left out.
        muon_lr: Learning rate of the matrices (Muon; Jordan et al. 2024), scaled to match AdamW's update size.
        adamw_lr: Learning rate of everything else.
        headline_share: Share of the examples whose target is the headline; 0 in stage 1.
        kind: What the other examples' targets are: "summary", or "gap" in stage 1.
        recent_steps: The last steps, whose examples come from the newest releases alone: what is summarized next is
            nearer to them than to the oldest.
        recent_share: Share of the releases, in the order of the corpus, that are the newest.
        dropout: Share of the activations left out while training, 0 to below 1.
        label_smoothing: Share of the loss that asks for an even distribution over the vocabulary, 0 to below 1.
        bf16: Whether products are computed in bf16; None: measured at the beginning, kept when resumed.
        seed: Of the initial weights, the order of examples and what is left out.
        checkpoint_every: Steps between checkpoints.
        evaluate_every: Steps between losses on the held-out examples.
        rouge_rows: Held-out headlines that are written and scored with each such loss; 0 for none.
    """

    steps: int
    decay_steps: int
    warmup_steps: int = 200
    batch_size: int = 32
    source_pieces: int = 256
    short_pieces: int = 160
    short_steps: int = 0
    target_pieces: int = 90
    muon_lr: float = 2e-3
    adamw_lr: float = 1e-3
    weight_decay: float = 0.01
    headline_share: float = 0.7
    kind: str = "summary"
    recent_steps: int = 0
    recent_share: float = 0.5
    dropout: float = 0.0
    label_smoothing: float = 0.0
    bf16: bool | None = None
    seed: int = 1
    checkpoint_every: int = 250
    evaluate_every: int = 250
    rouge_rows: int = 64
