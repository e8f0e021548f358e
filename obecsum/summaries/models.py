"""Loads what writes summaries: the bundled model, a folder, a Hugging Face name, or a function of the caller's."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from obecsum.core.choices import RUNTIMES, Runtime
from obecsum.core.errors import ModelError, ObecsumError, OptionError
from obecsum.core.model_paths import BUNDLED_MODELS, model_path
from obecsum.summaries.engines.engine import CandidateWriter
from obecsum.summaries.engines.pieces import Pieces
from obecsum.summaries.engines.pretrained import check_tokenizer, load_pretrained
from obecsum.summaries.engines.torch_model import LoadedModel, load_torch, prefix_of, through_torch, window_of

__all__ = ["MOST_THREADS", "Model", "load_model", "load_writer", "name_of"]

Model = str | os.PathLike[str] | Callable[[list[str]], Sequence[str]]
"""What the caller may name or give as a model."""

MOST_THREADS = 512  # far beyond any machine's cores; a slip of a digit would start as many
_PLAIN_TYPES = ("pegasus", "bart", "mbart", "t5", "mt5")
_Load = Callable[[str, Path, int | None], LoadedModel]


def name_of(model: Model) -> str:
    """What a model is called in summaries and messages; a function by its own name."""
    if isinstance(model, str | os.PathLike):
        return os.fspath(model)
    function = model
    while hasattr(function, "func"):  # functools.partial
        function = function.func
    return str(getattr(function, "__qualname__", type(function).__name__))


def load_writer(
    model: Model, *, num_beams: int, runtime: Runtime = "auto", threads: int | None = None
) -> CandidateWriter:
    """Loads a model and what makes candidates with it.

    Args:
        model: A name or folder as for :func:`load_model`, or of a causal model with a chat template; or a function.
        num_beams: Beams, and candidates for each text; of a function it is one.
        runtime: As for :func:`load_model`; only "auto" for a function.
        threads: As for :func:`load_model`; None for a function.

    Raises:
        ModelError: As for :func:`load_model`.
        OptionError: ``model`` is nothing of these, or ``runtime`` or ``threads`` are out of their range.
    """
    check_options(runtime, threads)
    if not isinstance(model, str | os.PathLike):
        if not callable(model):
            raise OptionError(
                "model must be obecsum-th, a folder, a name as owner/name or a function from texts to summaries, got "
                f"{model!r}"
            )
        if runtime != "auto" or threads is not None:
            raise OptionError(f"runtime and threads are for models; the function {name_of(model)} decides by itself")
        from obecsum.summaries.function import FunctionWriter

        return FunctionWriter(model, name_of(model))
    from obecsum.summaries.writer import Writer

    name = os.fspath(model)
    fast, refused = _without_torch(name, runtime, threads)
    if fast is not None:
        return Writer(fast, num_beams=num_beams)
    with _loading(name):
        loaded = load_pretrained(name, threads=threads)
        writer: CandidateWriter
        if loaded.is_causal:
            from obecsum.summaries.chat import ChatWriter

            writer = ChatWriter(loaded, num_beams=num_beams)
        else:
            writer = Writer(through_torch(loaded), num_beams=num_beams)
    _tell(name, refused)
    return writer


def load_model(name: str, *, runtime: Runtime = "auto", threads: int | None = None) -> LoadedModel:
    """Loads a bundled model, a model folder or, where the user names one, a model of the Hugging Face hub.

    Only safetensors weights are read and no code of the model's is run.

    Args:
        name: ``"obecsum-th"``, a folder, or a name as ``owner/name``.
        runtime: "onnx", for the bundled model and folders with graphs; "torch", for any model; "ctranslate2", for
            folders of plain layouts (the extra ``obecsum[ctranslate2]``); or "auto", without PyTorch where the folder
            is made for it and what runs it is installed.
        threads: Threads at work, at least 1; None leaves it to the runtime, which takes one a core.

    Raises:
        ModelError: There is no such model, it cannot be read, it would need a pickle or remote code, or ``runtime``
            cannot run it or is not installed.
        OptionError: ``runtime`` or ``threads`` is out of its range.
    """
    check_options(runtime, threads)
    fast, refused = _without_torch(name, runtime, threads)
    if fast is not None:
        return fast
    with _loading(name):
        loaded = load_torch(name, threads=threads)
    _tell(name, refused)
    return loaded


def check_options(runtime: object, threads: object) -> None:
    """Raises OptionError where one of the two is out of its range."""
    if runtime not in RUNTIMES:
        raise OptionError(f"runtime must be one of {', '.join(RUNTIMES)}, got {runtime!r}")
    is_count = isinstance(threads, int) and not isinstance(threads, bool) and 1 <= threads <= MOST_THREADS
    if threads is not None and not is_count:
        raise OptionError(f"threads must be from 1 to {MOST_THREADS}, got {threads!r}; leave it out for one a core")


def _without_torch(name: str, runtime: Runtime, threads: int | None) -> tuple[LoadedModel | None, ModelError | None]:
    """The model through what ``runtime`` names, None where that is PyTorch; and why, where another was tried."""
    if runtime == "torch":
        return None, None
    folder = model_path(name) if name in BUNDLED_MODELS or Path(name).expanduser().is_dir() else None
    if folder is None:
        if runtime == "auto":
            return None, None
        raise ModelError(
            f"runtime={runtime!r} runs the bundled model and model folders, got {name!r}; name the folder that the "
            "model was saved to, or use runtime='torch'"
        )
    if runtime != "auto":
        with _loading(name):
            return _RUNTIMES[runtime](name, folder, threads), None
    graphs = (folder / "onnx").is_dir()
    if not graphs and (find_spec("ctranslate2") is None or _config(folder).get("model_type") not in _PLAIN_TYPES):
        return None, None
    check_tokenizer(name, folder)
    try:
        with _loading(name):
            return _RUNTIMES["onnx" if graphs else "ctranslate2"](name, folder, threads), None
    except ModelError as error:
        return None, error


def _tell(name: str, refused: ModelError | None) -> None:
    if refused is not None:
        warnings.warn(f"{name} runs through PyTorch: {refused}", stacklevel=4)


@contextmanager
def _loading(name: str) -> Iterator[None]:
    """What is wrong with a model comes out in many ways, each library's own; it is told in one."""
    try:
        yield
    except (ObecsumError, MemoryError):
        raise
    except Exception as error:
        detail = " ".join(str(error).split())[:300]
        raise ModelError(
            f"the model {name!r} cannot be loaded ({type(error).__name__}: {detail}); its config, weights and "
            "tokenizer must be of one model"
        ) from error


def _config(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}/config.json cannot be read: {error}") from error
    if not isinstance(found, dict):
        raise ModelError(f"{folder}/config.json must hold one JSON object")
    return found


def _load_onnx(name: str, folder: Path, threads: int | None) -> LoadedModel:
    if not (folder / "onnx").is_dir():
        raise ModelError(
            f"the model folder {name!r} has no graphs (a folder onnx), which runtime='onnx' runs: write them with "
            "obecsum train graphs, or use runtime='torch'"
        )
    try:
        from obecsum.summaries.engines.onnx.runtime import OnnxEngine

        config = _config(folder)
        pieces = Pieces(folder)
        engine = OnnxEngine(folder, end_id=pieces.end_id, threads=threads)
    except ImportError as error:  # a machine without wheels of it, or with half an installation
        raise ModelError(
            f"runtime='onnx' needs onnxruntime, which cannot be imported here ({error}); install it again, or use "
            "runtime='torch'"
        ) from error
    return LoadedModel(name, pieces, engine, bool(config.get("number_slots")), _slot_window(config))


def _slot_window(config: dict[str, Any]) -> int:
    return int(config.get("source_pieces") or 256)


def _load_ctranslate(name: str, folder: Path, threads: int | None) -> LoadedModel:
    config = _config(folder)
    kind = config.get("model_type")
    if kind not in _PLAIN_TYPES:
        raise ModelError(
            f"runtime='ctranslate2' runs models of the types {', '.join(_PLAIN_TYPES)}; {folder} is of type {kind!r}; "
            "use runtime='torch'"
        )
    if find_spec("ctranslate2") is None:
        raise ModelError(
            f"runtime='ctranslate2' needs ctranslate2 to run {name!r}, which is not installed; install the extra: "
            "pip install obecsum[ctranslate2]"
        )
    from obecsum.summaries.engines.ctranslate import CTranslateEngine

    check_tokenizer(name, folder)
    engine = CTranslateEngine(folder, threads=threads)
    pieces = engine.pieces
    window = _slot_window(config) if config.get("number_slots") else window_of(config, pieces)
    return LoadedModel(name, pieces, engine, bool(config.get("number_slots")), window, prefix_of(kind))


_RUNTIMES: dict[str, _Load] = {"onnx": _load_onnx, "ctranslate2": _load_ctranslate}
