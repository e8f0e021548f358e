"""Small models, and a cache of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# As in tests/property: machines are shared, and a slow example is no failure.
settings.register_profile("obecsum", deadline=None)
settings.load_profile("obecsum")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def small_pointer() -> Any:
    """A copy-head model of random weights, its distributions sharp enough that beams are told apart."""
    import torch

    from obecsum.summaries.engines.pointer import PegasusPointerConfig, PegasusPointerForConditionalGeneration

    torch.manual_seed(3)
    config = PegasusPointerConfig(
        vocab_size=60,
        d_model=32,
        encoder_layers=2,
        decoder_layers=2,
        encoder_ffn_dim=48,
        decoder_ffn_dim=48,
        encoder_attention_heads=2,
        decoder_attention_heads=4,
        max_position_embeddings=64,
        activation_function="gelu",
        scale_embedding=True,
        copy_dim=8,
        pad_token_id=0,
        eos_token_id=1,
        decoder_start_token_id=0,
        init_std=0.3,
        forced_eos_token_id=None,
    )
    model = PegasusPointerForConditionalGeneration(config)
    with torch.no_grad():
        model.final_logits_bias.normal_(std=0.5)
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter.add_(torch.randn_like(parameter) * 0.1)
    model.train(False)
    return model


@pytest.fixture(scope="session")
def small_pointer_folder(small_pointer: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a folder, with graphs in single precision."""
    from obecsum.summaries.engines.onnx.export import write_folder

    base = tmp_path_factory.mktemp("pointer")
    small_pointer.save_pretrained(base / "model")
    write_folder(base / "model", base / "graphs", int8=())
    return base / "graphs"
