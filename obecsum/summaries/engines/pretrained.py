"""Loads a model and its tokenizer with transformers: the bundled one, a folder, or a Hugging Face name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from obecsum.core.errors import ModelError
from obecsum.core.model_paths import BUNDLED_MODELS, model_path

__all__ = ["Pretrained", "check_tokenizer", "load_pretrained"]

_TOKENIZER_FILES = ("tokenizer.json", "spiece.model", "sentencepiece.bpe.model", "vocab.json", "vocab.txt")
_HUB_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Pretrained:
    """A model of transformers in evaluation mode.

    Attributes:
        name: As the caller named it.
        folder: Where it lies; None for one of the hub.
        model: The model.
        tokenizer: Its tokenizer.
        is_causal: Whether it goes on writing what it reads, as chat models do; else it is an encoder and a decoder.
    """

    name: str
    folder: Path | None
    model: Any
    tokenizer: Any
    is_causal: bool


def load_pretrained(name: str, *, threads: int | None = None) -> Pretrained:
    """Loads a model that writes text. Only safetensors weights are read and no code of the model's is run.

    Args:
        name: ``"obecsum-th"``, a folder, or a name as ``owner/name``.
        threads: Threads at work, at least 1; None leaves it to PyTorch.

    Raises:
        ModelError: There is no such model, it cannot be read, it would need a pickle or remote code, or it writes no
            text.
    """
    folder: Path | None = None
    if name in BUNDLED_MODELS or Path(name).expanduser().is_dir():
        folder = model_path(name)
        check_tokenizer(name, folder)
    elif name.startswith((".", "/", "~")) or name.count("/") > 1 or (os.sep != "/" and os.sep in name):
        raise ModelError(f"there is no model folder {name!r}: give a folder, a name as owner/name or obecsum-th")
    else:
        _find_on_hub(name)

    import torch
    from transformers.utils import logging

    import obecsum.summaries.engines.pointer  # noqa: F401  registers our class with the auto classes

    verbosity = logging.get_verbosity()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    bars = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        loaded = _load(name, folder)
    finally:
        logging.set_verbosity(verbosity)
        if bars:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
    loaded.model.eval()
    if threads is not None:
        torch.set_num_threads(threads)
    return loaded


def _load(name: str, folder: Path | None) -> Pretrained:
    from transformers import (
        MODEL_FOR_CAUSAL_LM_MAPPING,
        AutoConfig,
        AutoModelForCausalLM,
        AutoModelForSeq2SeqLM,
        AutoTokenizer,
    )

    where: str | Path = name if folder is None else folder
    options: dict[str, Any] = {"trust_remote_code": False, "local_files_only": folder is not None}
    config = AutoConfig.from_pretrained(where, **options)
    tokenizer = AutoTokenizer.from_pretrained(where, **options)
    if config.is_encoder_decoder:
        model = _weighed(AutoModelForSeq2SeqLM, name, where, options)
        return Pretrained(name, folder, model.float(), tokenizer, False)
    if type(config) not in MODEL_FOR_CAUSAL_LM_MAPPING:
        raise ModelError(
            f"the model {name!r} (model_type {config.model_type!r}) writes no text; give a sequence-to-sequence model, "
            "or a causal one with a chat template"
        )
    if not tokenizer.chat_template:
        raise ModelError(
            f"the causal model {name!r} has no chat template, by which it is asked for a summary: take its variant for "
            "chats (often called instruct), or wrap it in a function from texts to summaries and give that"
        )
    # As it was saved: a model of billions of weights in single precision would not fit where it does now.
    model = _weighed(AutoModelForCausalLM, name, where, {**options, "dtype": "auto"})
    return Pretrained(name, folder, model, tokenizer, True)


def _weighed(kind: Any, name: str, where: str | Path, options: dict[str, Any]) -> Any:
    """The model with all of its weights: transformers would draw those that are missing at random."""
    model, info = kind.from_pretrained(where, use_safetensors=True, output_loading_info=True, **options)
    if missing := sorted(info["missing_keys"]):
        raise ModelError(
            f"the weights of the model {name!r} lack {len(missing)} of the tensors that its config describes, such as "
            f"{missing[0]}; save the whole model with save_pretrained"
        )
    return model


def _find_on_hub(name: str) -> None:
    """Ask once, and not for long, whether there is such a model; transformers would ask again and again."""
    from huggingface_hub import HfApi, try_to_load_from_cache

    try:
        if not isinstance(try_to_load_from_cache(name, "config.json"), str):
            HfApi().model_info(name, timeout=_HUB_TIMEOUT_S)
    except Exception as error:  # the hub's own errors, and those of whatever carries them
        offline = os.environ.get("HF_HUB_OFFLINE", "").lower() in {"1", "true", "yes", "on"}
        why = "the network is off (HF_HUB_OFFLINE)" if offline else "it was not found, or the hub cannot be reached"
        raise ModelError(
            f"no model {name!r} on this machine and {why}; use the bundled obecsum-th, or fetch the model where there "
            f"is a network (hf download {name} --local-dir DIR) and name the folder: --model DIR. "
            f"Cause: {_detail(error)}"
        ) from error


def check_tokenizer(name: str, folder: Path) -> None:
    """Raise ModelError for a model folder without a tokenizer."""
    # transformers makes up an empty tokenizer for a folder that has none.
    if not any((folder / file).is_file() for file in _TOKENIZER_FILES):
        raise ModelError(
            f"the model folder {name!r} has no tokenizer: save it there too, with tokenizer.save_pretrained(folder)"
        )


def _detail(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
