"""Models of random weights, one of each layout, and a tokenizer for them."""

from __future__ import annotations

from typing import Any


def small_models() -> dict[str, Any]:
    import transformers as t

    size: dict[str, Any] = {"d_model": 16, "vocab_size": 400}
    bart: dict[str, Any] = {
        **size,
        "encoder_layers": 1,
        "decoder_layers": 1,
        "encoder_ffn_dim": 32,
        "decoder_ffn_dim": 32,
        "encoder_attention_heads": 2,
        "decoder_attention_heads": 2,
        "max_position_embeddings": 128,
        "pad_token_id": 0,
        "bos_token_id": 1,
        "eos_token_id": 1,
        "decoder_start_token_id": 1,
        "forced_eos_token_id": 1,
    }
    t5: dict[str, Any] = {
        **size,
        "d_kv": 8,
        "d_ff": 32,
        "num_layers": 1,
        "num_heads": 2,
        "pad_token_id": 0,
        "eos_token_id": 1,
        "decoder_start_token_id": 0,
    }
    return {
        "bart": t.BartForConditionalGeneration(t.BartConfig(**bart)),
        "mbart": t.MBartForConditionalGeneration(t.MBartConfig(**bart)),
        "pegasus": t.PegasusForConditionalGeneration(t.PegasusConfig(**bart)),
        "t5": t.T5ForConditionalGeneration(t.T5Config(**t5)),
        "mt5": t.MT5ForConditionalGeneration(t.MT5Config(**t5)),
    }


def nfkc_tokenizer() -> Any:
    """A character-level tokenizer that splits ำ as T5's and mT5's do."""
    from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted({*"▁", *(chr(c) for c in range(0x0E01, 0x0E5C)), *"abcdefghijklmnopqrstuvwxyz0123456789.,:%“”"})
    vocab = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", -10.0), *((char, -5.0) for char in alphabet)]
    tokenizer = Tokenizer(models.Unigram(vocab, unk_id=2))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=128
    )
