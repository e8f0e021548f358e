"""The optimizer of the matrices, held against PyTorch's."""

from __future__ import annotations

import pytest
import torch

from obecsum.training.summarizer.muon import Muon, orthogonalized

SHAPES = [(64, 64), (64, 64), (128, 64), (64, 128), (64, 64)]


@pytest.mark.parametrize(("bf16", "most"), [(True, 2e-5), (False, 2e-4)])
def test_it_steps_as_pytorchs_does(bf16: bool, most: float) -> None:
    torch.manual_seed(3)
    ours = [torch.nn.Parameter(torch.randn(shape)) for shape in SHAPES]
    theirs = [torch.nn.Parameter(parameter.detach().clone()) for parameter in ours]
    mine = Muon(ours, lr=2e-3, weight_decay=0.01, bf16=bf16)
    reference = torch.optim.Muon(theirs, lr=2e-3, weight_decay=0.01, momentum=0.95, adjust_lr_fn="match_rms_adamw")
    for step in range(4):
        for one, other in zip(ours, theirs, strict=True):
            one.grad = torch.randn_like(one)
            other.grad = one.grad.clone()
        if step == 2:
            ours[1].grad = theirs[1].grad = None  # one that took no part
        before = [parameter.detach().clone() for parameter in ours]
        mine.step()
        reference.step()  # type: ignore[no-untyped-call]
        moved = [float((new - old).detach().abs().max()) for new, old in zip(ours, before, strict=True)]
        assert all(move > 5e-4 for i, move in enumerate(moved) if (step, i) != (2, 1))
    for one, other in zip(ours, theirs, strict=True):
        assert float((one - other).detach().abs().max()) < most


def test_singular_values_come_near_one() -> None:
    matrices = torch.randn(3, 40, 90, generator=torch.Generator().manual_seed(0))
    for values in torch.linalg.svdvals(orthogonalized(matrices, torch.float32)):
        assert 0.5 < values.min() <= values.max() < 1.3
