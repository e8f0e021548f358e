"""A model and its tokenizer through PyTorch: the bundled one, a folder, or a Hugging Face name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from obecsum.core.errors import ModelError
from obecsum.core.model_paths import BUNDLED_MODELS, model_path
from obecsum.summaries.engines.engine import Engine
from obecsum.summaries.engines.pieces import HubPieces, Pieces, TextPieces

__all__ = ["LoadedModel", "check_tokenizer", "load_torch", "prefix_of", "window_of"]

_DEFAULT_WINDOW = 512
_TOKENIZER_FILES = ("tokenizer.json", "spiece.model", "sentencepiece.bpe.model", "vocab.json", "vocab.txt")
_HUB_TIMEOUT_S = 5.0


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
        ModelError: There is no such model, it cannot be read, or it would need a pickle or remote code.
    """
    where: str | Path = name
    if name in BUNDLED_MODELS or Path(name).expanduser().is_dir():
        where = model_path(name)
        local = True
        check_tokenizer(name, where)
    elif name.startswith((".", "/", "~")) or name.count("/") > 1 or (os.sep != "/" and os.sep in name):
        raise ModelError(f"there is no model folder {name!r}: give a folder, a name as owner/name or obecsum-th")
    else:
        local = False
        _find_on_hub(name)

    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
    from transformers.utils import logging

    import obecsum.summaries.engines.pointer  # noqa: F401  registers our class with the auto classes
    from obecsum.summaries.engines.hub import HubEngine

    verbosity = logging.get_verbosity()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    bars = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        tokenizer = AutoTokenizer.from_pretrained(where, trust_remote_code=False, local_files_only=local)
        model = AutoModelForSeq2SeqLM.from_pretrained(
            where, trust_remote_code=False, use_safetensors=True, local_files_only=local
        )
    except Exception as error:  # transformers raises OSError, ValueError, KeyError and more for a model it cannot load
        raise ModelError(_explain(name, local, error)) from error
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
    model.float().eval()
    if threads is not None:
        torch.set_num_threads(threads)
    config = model.config
    hub_pieces = HubPieces(tokenizer)
    if getattr(config, "number_slots", False):
        pieces: TextPieces = Pieces(Path(where)) if local else hub_pieces
        window = int(config.source_pieces)
    else:
        pieces = hub_pieces
        window = window_of(config.to_dict(), pieces)
    engine = HubEngine(model, pad_id=pieces.pad_id, end_id=pieces.end_id)
    number_slots = isinstance(pieces, Pieces)
    return LoadedModel(name, pieces, engine, number_slots, window, prefix_of(config.model_type), model, tokenizer)


def _find_on_hub(name: str) -> None:
    """Ask once, and not for long, whether there is such a model; transformers would ask again and again."""
    from huggingface_hub import HfApi, try_to_load_from_cache

    try:
        if not isinstance(try_to_load_from_cache(name, "config.json"), str):
            HfApi().model_info(name, timeout=_HUB_TIMEOUT_S)
    except Exception as error:  # the hub's own errors, and those of whatever carries them
        raise ModelError(_explain(name, False, error)) from error


def check_tokenizer(name: str, folder: Path) -> None:
    """Raise ModelError for a model folder without a tokenizer."""
    # transformers makes up an empty tokenizer for a folder that has none.
    if not any((folder / file).is_file() for file in _TOKENIZER_FILES):
        raise ModelError(
            f"the model folder {name!r} has no tokenizer: save it there too, with tokenizer.save_pretrained(folder)"
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


def _explain(name: str, local: bool, error: Exception) -> str:
    detail = " ".join(str(error).split())[:300]
    if local:
        return f"the model in {name!r} cannot be loaded: {detail}"
    offline = os.environ.get("HF_HUB_OFFLINE", "").lower() in {"1", "true", "yes", "on"}
    why = "the network is off (HF_HUB_OFFLINE)" if offline else "it was not found, or the hub cannot be reached"
    return (
        f"no model {name!r} on this machine and {why}; use the bundled obecsum-th, or fetch the model where there is a "
        f"network (hf download {name} --local-dir DIR) and name the folder: --model DIR. Cause: {detail}"
    )
