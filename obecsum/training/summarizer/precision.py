"""In which precision a run multiplies: bf16 where this machine does a step of it faster, which is measured."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch

__all__ = ["autocast", "bf16_is_faster"]

_EXAMPLES = 8


def autocast(device: str, *, bf16: bool) -> AbstractContextManager[Any]:
    """The context in which a model is run: bf16 products, or whatever precision its weights have."""
    return torch.autocast(device, dtype=torch.bfloat16) if bf16 else nullcontext()


def bf16_is_faster(model: Any, batch: dict[str, torch.Tensor], device: str) -> bool:
    """Whether a step forward and back takes less time with bf16 products than without.

    A processor's name or flags do not say it: some have the instructions and no fast kernels for them, some the
    other way round.

    Args:
        model: The model that is trained, on ``device``; its gradients are dropped.
        batch: Examples of the run, a few of which are timed.
        device: "cpu" or "cuda".
    """
    if device == "cuda":
        return True
    few = {name: tensor[:_EXAMPLES] for name, tensor in batch.items()}
    plain = min(_seconds(model, few, bf16=False) for _ in range(2))
    # Of two: the first time a shape comes, its kernels are made. Where one is twice as slow, the second is not needed.
    halves = _seconds(model, few, bf16=True)
    if halves < 3 * plain:
        halves = min(halves, _seconds(model, few, bf16=True))
    return halves < plain


def _seconds(model: Any, batch: dict[str, torch.Tensor], *, bf16: bool) -> float:
    began = time.perf_counter()
    with autocast("cpu", bf16=bf16):
        loss = model(**batch).loss
    loss.mean().backward()
    model.zero_grad(set_to_none=True)
    return time.perf_counter() - began
