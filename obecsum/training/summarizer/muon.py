"""Muon (Jordan et al. 2024) with the matrices of a shape together, in the precision that is fast on the machine.

PyTorch's own takes the matrices one by one and always in bf16, which processors without such instructions multiply
some hundred times slower than fp32.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import torch

__all__ = ["Muon"]

_NESTEROV_MOMENTUM = 0.95
_EPS = 1e-7
_STEPS = 5
_A, _B, _C = 3.4445, -4.7750, 2.0315  # the quintic of Jordan's Newton-Schulz iteration


class Muon(torch.optim.Optimizer):
    """Steps along the orthogonalized momentum, scaled to the size of AdamW's updates.

    Args:
        matrices: Parameters of two dimensions.
        lr: Learning rate, as AdamW's.
        weight_decay: Decoupled, times the learning rate.
        bf16: Whether the iteration is computed in bf16, as on GPUs.
    """

    def __init__(self, matrices: Iterable[torch.nn.Parameter], *, lr: float, weight_decay: float, bf16: bool) -> None:
        super().__init__(matrices, {"lr": lr, "weight_decay": weight_decay})
        self._dtype = torch.bfloat16 if bf16 else torch.float32

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]  # noqa: ARG002
        """One step for all matrices that have a gradient."""
        for group in self.param_groups:
            of_shape: defaultdict[torch.Size, list[torch.nn.Parameter]] = defaultdict(list)
            for parameter in group["params"]:
                if parameter.grad is not None:
                    of_shape[parameter.shape].append(parameter)
            for shape, parameters in of_shape.items():
                updates = torch.stack([self._momentum(parameter) for parameter in parameters])
                scaled = 0.2 * max(shape) ** 0.5 * group["lr"]
                updates = orthogonalized(updates, self._dtype)
                for parameter, update in zip(parameters, updates, strict=True):
                    parameter.mul_(1 - group["lr"] * group["weight_decay"]).add_(update, alpha=-scaled)

    def _momentum(self, parameter: torch.nn.Parameter) -> torch.Tensor:
        state: dict[str, Any] = self.state[parameter]
        if "momentum_buffer" not in state:
            state["momentum_buffer"] = torch.zeros_like(parameter)
        assert parameter.grad is not None
        state["momentum_buffer"].lerp_(parameter.grad, 1 - _NESTEROV_MOMENTUM)
        return parameter.grad.lerp(state["momentum_buffer"], _NESTEROV_MOMENTUM)


def orthogonalized(matrices: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """Nearly U V of each matrix U S V, by five Newton-Schulz steps.

    Args:
        matrices: Shape (n, rows, columns).
        dtype: What is computed in.
    """
    turned = matrices.shape[1] > matrices.shape[2]
    x = (matrices.mT if turned else matrices).to(dtype)
    x = x / x.flatten(1).norm(dim=1).clamp(min=_EPS)[:, None, None]
    for _ in range(_STEPS):
        gram = x @ x.mT
        x = torch.baddbmm(x, torch.baddbmm(gram, gram, gram, beta=_B, alpha=_C), x, beta=_A)
    return x.mT if turned else x
