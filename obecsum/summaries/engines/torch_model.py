"""A sequence-to-sequence model and its tokenizer through PyTorch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from obecsum.core.errors import ModelError
from obecsum.summaries.engines.engine import Engine
from obecsum.summaries.engines.pieces import HubPieces, Pieces, TextPieces
from obecsum.summaries.engines.pretrained import Pretrained, load_pretrained

__all__ = ["LoadedModel", "load_torch", "prefix_of", "through_torch", "window_of"]

_DEFAULT_WINDOW = 512


@dataclass(frozen=True)
class LoadedModel:
    """A model ready to write.

    Attributes:
        name: As the caller named it.
        pieces: Its tokenizer, as summaries use it.
        engine: What runs it.
        number_slots: Whether numbers travel as slots; True for models that obecsum trained.
        window: Pieces of the source that the model reads, its end piece included.
        prefix: What a source begins with.
        model: The transformers model, in evaluation mode; None where an engine runs it without PyTorch.
        tokenizer: The transformers tokenizer; None there too.
    """

    name: str
    pieces: TextPieces
    engine: Engine
    number_slots: bool
    window: int
    prefix: str = ""
    model: Any = None
    tokenizer: Any = None


def load_torch(name: str, *, threads: int | None = None) -> LoadedModel:
    """Loads a model with PyTorch: ``model`` and ``tokenizer`` are those of transformers.

    Args:
        name: ``"obecsum-th"``, a folder, or a name as ``owner/name``.
        threads: Threads at work, at least 1; None leaves it to PyTorch.

    Raises:
        ModelError: There is no such model, it cannot be read, it would need a pickle or remote code, or it is no
            sequence-to-sequence model.
    """
    loaded = load_pretrained(name, threads=threads)
    if loaded.is_causal:
        raise ModelError(f"the model {name!r} is a causal one; here a sequence-to-sequence model is needed")
    return through_torch(loaded)


def through_torch(loaded: Pretrained) -> LoadedModel:
    """What a sequence-to-sequence model of transformers needs beside itself to write."""
    from obecsum.summaries.engines.hub import HubEngine

    config = loaded.model.config
    pieces: TextPieces = HubPieces(loaded.tokenizer)
    if getattr(config, "number_slots", False):
        window = int(config.source_pieces)
        if loaded.folder is not None:
            pieces = Pieces(loaded.folder)
    else:
        window = window_of(config.to_dict(), pieces)
    return LoadedModel(
        loaded.name,
        pieces,
        HubEngine(loaded.model, pad_id=pieces.pad_id, end_id=pieces.end_id),
        isinstance(pieces, Pieces),
        window,
        prefix_of(config.model_type),
        loaded.model,
        loaded.tokenizer,
    )


def prefix_of(model_type: str) -> str:
    """What the sources of a type of model begin with."""
    return "summarize: " if model_type == "t5" else ""


def window_of(config: dict[str, Any], pieces: TextPieces) -> int:
    """How many pieces of a source a model reads."""
    limits = [_DEFAULT_WINDOW * 2, pieces.limit]
    positions = config.get("max_position_embeddings") or config.get("n_positions")
    if positions:
        limits.append(int(positions))
    return max(16, min(limits))
