"""Loads a model, its tokenizer and the engine that runs it: the bundled one, a folder, or a Hugging Face name."""

from __future__ import annotations

import json
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from obecsum.core.errors import ModelError, OptionError
from obecsum.core.model_paths import BUNDLED_MODELS, model_path
from obecsum.summaries.engines.engine import ENGINES, EngineName
from obecsum.summaries.engines.pieces import Pieces
from obecsum.summaries.engines.torch_model import LoadedModel, check_tokenizer, load_torch, prefix_of, window_of

__all__ = ["load_model"]

_PLAIN_TYPES = ("pegasus", "bart", "mbart", "t5", "mt5")
_INSTALL = "install the extra: pip install obecsum[fast]"


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
        check_tokenizer(name, folder)
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
    from obecsum.summaries.engines.onnx.runtime import OnnxEngine

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

    check_tokenizer(name, folder)
    engine = CTranslateEngine(folder, threads=threads)
    pieces = engine.pieces
    window = _slot_window(config) if config.get("number_slots") else window_of(config, pieces)
    return LoadedModel(name, pieces, engine, bool(config.get("number_slots")), window, prefix_of(kind))
