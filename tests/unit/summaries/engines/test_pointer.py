"""The copy head: its loss is its own log-probability, and generation needs nothing but ids."""

from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import AutoModelForSeq2SeqLM

from obecsum.summaries.engines.pointer import PegasusPointerConfig, PegasusPointerForConditionalGeneration


@pytest.fixture(scope="module")
def model() -> PegasusPointerForConditionalGeneration:
    torch.manual_seed(0)
    config = PegasusPointerConfig(
        vocab_size=40,
        d_model=16,
        encoder_layers=1,
        decoder_layers=1,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        max_position_embeddings=64,
        copy_dim=8,
        pad_token_id=0,
        eos_token_id=1,
        decoder_start_token_id=0,
    )
    built = PegasusPointerForConditionalGeneration(config)
    built.train(False)
    return built


SOURCE = torch.tensor([[5, 6, 7, 1], [8, 9, 1, 0]])
MASK = (SOURCE != 0).long()


def test_probabilities_sum_to_one_and_padding_is_not_copied(model: PegasusPointerForConditionalGeneration) -> None:
    with torch.no_grad():
        logits = model(input_ids=SOURCE, attention_mask=MASK, decoder_input_ids=torch.tensor([[0, 5], [0, 8]])).logits
    assert torch.allclose(logits.exp().sum(-1), torch.ones(2, 2), atol=1e-5)


def test_loss_is_the_mean_negative_log_probability(model: PegasusPointerForConditionalGeneration) -> None:
    labels = torch.tensor([[6, 30, 1], [9, 1, -100]])
    decoder = torch.tensor([[0, 6, 30], [0, 9, 1]])
    with torch.no_grad():
        loss = model(input_ids=SOURCE, attention_mask=MASK, decoder_input_ids=decoder, labels=labels).loss
        logits = model(input_ids=SOURCE, attention_mask=MASK, decoder_input_ids=decoder).logits
    counted = labels != -100
    expected = -logits[counted].gather(1, labels[counted][:, None]).mean()
    assert torch.allclose(loss, expected, atol=1e-4)


def test_beams_are_what_a_search_without_cache_finds(model: PegasusPointerForConditionalGeneration) -> None:
    settings: dict[str, Any] = {"num_beams": 3, "max_new_tokens": 6, "do_sample": False}
    cached = model.generate(input_ids=SOURCE, attention_mask=MASK, use_cache=True, **settings)
    plain = model.generate(input_ids=SOURCE, attention_mask=MASK, use_cache=False, **settings)
    assert cached.tolist() == plain.tolist()


def test_saved_and_loaded_by_the_auto_class(model: PegasusPointerForConditionalGeneration, tmp_path: Path) -> None:
    model.save_pretrained(tmp_path)
    assert (tmp_path / "model.safetensors").exists()
    loaded = AutoModelForSeq2SeqLM.from_pretrained(tmp_path, trust_remote_code=False).eval()
    decoder = torch.tensor([[0, 5], [0, 8]])
    with torch.no_grad():
        ours = model(input_ids=SOURCE, attention_mask=MASK, decoder_input_ids=decoder).logits
        theirs = loaded(input_ids=SOURCE, attention_mask=MASK, decoder_input_ids=decoder).logits
    assert torch.allclose(ours, theirs, atol=1e-5)
