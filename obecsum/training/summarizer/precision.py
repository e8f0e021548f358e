"""In which precision a run multiplies: bf16 where this machine does a step of it faster, which is measured."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch

__all__ = ["autocast", "bf16_is_faster"]

_EXAMPLES = 8
_PRODUCT = 512  # rows and columns


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
    if _is_emulated():
        return False
    few = {name: tensor[:_EXAMPLES] for name, tensor in batch.items()}
    return _seconds(lambda: _step(model, few, bf16=True)) < _seconds(lambda: _step(model, few, bf16=False))


def _is_emulated() -> bool:
    """Whether bf16 products take several times as long as fp32 ones: a whole step in them would take minutes."""
    ones = torch.ones(_PRODUCT, _PRODUCT)
    halves = ones.bfloat16()
    return _seconds(lambda: halves @ halves) > 4 * _seconds(lambda: ones @ ones)


def _seconds(work: Callable[[], object]) -> float:
    """The shorter of two times: at the first, kernels for the shapes are made."""
    times = []
    for _ in range(2):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def _step(model: Any, batch: dict[str, torch.Tensor], *, bf16: bool) -> None:
    with autocast("cpu", bf16=bf16):
        loss = model(**batch).loss
    loss.mean().backward()
    model.zero_grad(set_to_none=True)
