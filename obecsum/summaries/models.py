"""Loads a model, its tokenizer and the engine that runs it: the bundled one, a folder, or a Hugging Face name."""

from __future__ import annotations

import json
import os
import warnings
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from obecsum.errors import ModelError, OptionError
from obecsum.summaries.engines.engine import ENGINES, Engine, EngineName
from obecsum.summaries.locate import BUNDLED_MODELS, model_path
from obecsum.summaries.pieces import HubPieces, Pieces, TextPieces

__all__ = ["LoadedModel", "load_model", "load_torch"]

_DEFAULT_WINDOW = 512
_TOKENIZER_FILES = ("tokenizer.json", "spiece.model", "sentencepiece.bpe.model", "vocab.json", "vocab.txt")
_HUB_TIMEOUT_S = 5.0
_PLAIN_TYPES = ("pegasus", "bart", "mbart", "t5", "mt5")
_INSTALL = "install the extra: pip install obecsum[fast]"


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


def load_model(name: str, *, engine: EngineName = "auto", threads: int | None = None) -> LoadedModel:
    """Loads a bundled model, a model folder or, where the user names one, a model of the Hugging Face hub.

    Only safetensors weights are read and no code of the model's is run.

    Args:
        name: ``"obecsum-th"``, a folder, or a name as ``owner/name``.
        engine: "torch"; "fast", without PyTorch (the extra ``obecsum[fast]``); or "auto", the fast one where it is
            installed and the model's folder is made for it, else PyTorch.
        threads: Threads at work, at least 1; None leaves it to the engine, which takes one a core.

    Raises:
        ModelError: There is no such model, it cannot be read, it would need a pickle or remote code, or ``engine`` is
            "fast" and cannot run it or is not installed.
        OptionError: ``engine`` or ``threads`` is out of its range.
    """
    if engine not in ENGINES:
        raise OptionError(f"engine must be 'auto', 'torch' or 'fast', got {engine!r}")
    if threads is not None and threads < 1:
        raise OptionError(f"threads must be at least 1, got {threads}; leave it out for one a core")
    if engine == "torch":
        return load_torch(name, threads=threads)
    folder = model_path(name) if name in BUNDLED_MODELS or Path(name).expanduser().is_dir() else None
    if folder is None:
        if engine == "fast":
            raise ModelError(
                f"engine='fast' runs the bundled model and model folders, got {name!r}; name the folder that the model "
                "was saved to, or use engine='torch'"
            )
        return load_torch(name, threads=threads)
    graphs = (folder / "onnx").is_dir()
    load, module = (_load_onnx, "onnxruntime") if graphs else (_load_ctranslate, "ctranslate2")
    if engine == "fast":
        return load(name, folder, threads)
    if find_spec(module) is not None and (graphs or _config(folder).get("model_type") in _PLAIN_TYPES):
        _check_tokenizer(name, folder)
        try:
            return load(name, folder, threads)
        except ModelError as error:
            warnings.warn(f"{name} runs through PyTorch: {error}", stacklevel=3)
    return load_torch(name, threads=threads)


def _config(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}/config.json cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise ModelError(f"{folder}/config.json must hold one JSON object")
    return found


def _need(module: str, name: str) -> None:
    if find_spec(module) is None:
        raise ModelError(f"engine='fast' needs {module} to run {name!r}, which is not installed; {_INSTALL}")


def _load_onnx(name: str, folder: Path, threads: int | None) -> LoadedModel:
    _need("onnxruntime", name)
    from obecsum.summaries.engines.runtime import OnnxEngine

    config = _config(folder)
    pieces = Pieces(folder)
    engine = OnnxEngine(folder, end_id=pieces.end_id, threads=threads)
    return LoadedModel(name, pieces, engine, bool(config.get("number_slots")), _slot_window(config))


def _slot_window(config: dict[str, Any]) -> int:
    return int(config.get("source_pieces") or 256)


def _load_ctranslate(name: str, folder: Path, threads: int | None) -> LoadedModel:
    config = _config(folder)
    kind = config.get("model_type")
    if kind not in _PLAIN_TYPES:
        raise ModelError(
            f"engine='fast' runs models with graphs (write them with obecsum train graphs) and of the types "
            f"{', '.join(_PLAIN_TYPES)}; {folder} is of type {kind!r}; use engine='torch'"
        )
    _need("ctranslate2", name)
    from obecsum.summaries.engines.ctranslate import CTranslateEngine

    _check_tokenizer(name, folder)
    engine = CTranslateEngine(folder, threads=threads)
    pieces = engine.pieces
    window = _slot_window(config) if config.get("number_slots") else _window(config, pieces)
    return LoadedModel(name, pieces, engine, bool(config.get("number_slots")), window, _prefix(kind))


def _prefix(model_type: str) -> str:
    return "summarize: " if model_type == "t5" else ""


def _check_tokenizer(name: str, folder: Path) -> None:
    # transformers makes up an empty tokenizer for a folder that has none.
    if not any((folder / file).is_file() for file in _TOKENIZER_FILES):
        raise ModelError(
            f"the model folder {name!r} has no tokenizer: save it there too, with tokenizer.save_pretrained(folder)"
        )


def load_torch(name: str, *, threads: int | None = None) -> LoadedModel:
    """As :func:`load_model` with PyTorch: ``model`` and ``tokenizer`` are those of transformers.

    Raises:
        ModelError: As there.
    """
    where: str | Path = name
    if name in BUNDLED_MODELS or Path(name).expanduser().is_dir():
        where = model_path(name)
        local = True
        _check_tokenizer(name, where)
    elif name.startswith((".", "/", "~")) or name.count("/") > 1 or (os.sep != "/" and os.sep in name):
        raise ModelError(f"there is no model folder {name!r}: give a folder, a name as owner/name or obecsum-th")
    else:
        local = False
        _find_on_hub(name)

    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
    from transformers.utils import logging

    import obecsum.summaries.pointer  # noqa: F401  registers our class with the auto classes
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
        window = _window(config.to_dict(), pieces)
    engine = HubEngine(model, pad_id=pieces.pad_id, end_id=pieces.end_id)
    number_slots = isinstance(pieces, Pieces)
    return LoadedModel(name, pieces, engine, number_slots, window, _prefix(config.model_type), model, tokenizer)


def _find_on_hub(name: str) -> None:
    """Ask once, and not for long, whether there is such a model; transformers would ask again and again."""
    from huggingface_hub import HfApi, try_to_load_from_cache

    try:
        if not isinstance(try_to_load_from_cache(name, "config.json"), str):
            HfApi().model_info(name, timeout=_HUB_TIMEOUT_S)
    except Exception as error:  # the hub's own errors, and those of whatever carries them
        raise ModelError(_explain(name, False, error)) from error


def _window(config: dict[str, Any], pieces: TextPieces) -> int:
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
