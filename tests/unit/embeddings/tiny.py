"""A tiny embedding model that tests make themselves."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np

from obecsum.training.embeddings.vocabulary import build_tokenizer, unigram_vocabulary

WORDS = Counter(
    {
        "น้ำ": 9,
        "น้ำท่วม": 8,
        "ประชุม": 7,
        "คณะรัฐมนตรี": 6,
        "จังหวัด": 5,
        "เชียงราย": 4,
        "โรงเรียน": 4,
        "2567": 3,
        "covid": 2,
        "แม่สาย": 2,
    }
)


COUNTING = (3.0, 0.75, 8.0, 0.0)


def vocabulary() -> list[tuple[str, float]]:
    return unigram_vocabulary(WORDS, size=100)


def save_model(
    folder: Path,
    *,
    dim: int = 16,
    seed: int = 0,
    quantized: bool = True,
    counting: tuple[float, ...] = COUNTING,
    hashed: int = 0,
) -> Path:
    """A StaticEmbedding folder with random weights."""
    from obecsum.training.embeddings.train import export_embeddings

    run = folder / "run"
    run.mkdir(parents=True)
    tokenizer = build_tokenizer(vocabulary())
    tokenizer.save(str(run / "tokenizer.json"))
    weights = np.random.default_rng(seed).standard_normal((len(vocabulary()), dim)).astype(np.float32)
    weights[0] = 0.0
    np.save(run / "weights.npy", weights)
    if hashed:
        np.save(run / "marks.npy", np.linspace(0, 2, len(weights), dtype=np.float32))
    (run / "options.json").write_text(json.dumps({"counting": counting, "hashed": hashed}), encoding="utf-8")
    out = folder / "model"
    out.mkdir()
    export_embeddings(run, out)
    if not quantized:
        from safetensors.numpy import save_file

        save_file({"embedding.weight": weights.astype(np.float16)}, out / "model.safetensors")
    return out
