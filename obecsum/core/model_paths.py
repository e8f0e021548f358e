"""Finds the models that travel with obecsum, and refuses folders that cannot be trusted or loaded.

In an installed package the models lie in ``obecsum/_models/``; in a checkout (an editable install) in ``models/``
beside the package. Nothing is downloaded here.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from obecsum.core.errors import ModelError

__all__ = ["BUNDLED_MODELS", "check_model_folder", "model_path"]

BUNDLED_MODELS = {
    "obecsum-th": "obecsum-summarizer",
    "obecsum-summarizer": "obecsum-summarizer",
    "obecsum-embeddings": "obecsum-embeddings",
    "obecsum-interaction": "obecsum-interaction",
}
"""Public name of each bundled model: its folder."""

_PACKAGE = Path(__file__).resolve().parent.parent
_WIDTHS = ("d_model", "hidden_size", "n_embd", "dim")
_SIZE = re.compile(r"dim$|size$|layers$|layer$|d_model|d_ff|d_kv|n_embd|heads$|positions|position_embeddings")
_SMALL = 50_000_000  # values of tables that are no weights, such as positions
_PICKLE_SUFFIXES = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt"})


def model_path(name: str) -> Path:
    """Finds the folder of a bundled model, or checks a folder that the caller names.

    Args:
        name: A bundled model's name (``"obecsum-th"``, ``"obecsum-embeddings"``), or the path of a model folder.

    Returns:
        The folder, in the package's ``_models`` or else in the checkout's ``models``, with a config and safetensors.

    Raises:
        ModelError: There is no such model, or its folder cannot be used (see :func:`check_model_folder`).
    """
    if name not in BUNDLED_MODELS:
        folder = Path(name).expanduser()
        if folder.is_dir():
            return check_model_folder(folder)
        allowed = ", ".join(sorted(BUNDLED_MODELS))
        raise ModelError(
            f"no model named {name!r} comes with obecsum and there is no such folder; bundled are: {allowed}"
        )
    folders = [_PACKAGE / "_models" / BUNDLED_MODELS[name], _PACKAGE.parent / "models" / BUNDLED_MODELS[name]]
    for folder in folders:
        if folder.is_dir():
            return check_model_folder(folder)
    raise ModelError(
        f"the model {name!r} is missing: looked for {folders[0]} and {folders[1]}; install obecsum again from its "
        "wheel, or use a checkout that has its models/ folder"
    )


def check_model_folder(folder: Path) -> Path:
    """Checks that a folder holds a model which loads without running code from it.

    Args:
        folder: A model folder as transformers or sentence-transformers saves it.

    Returns:
        The same folder.

    Raises:
        ModelError: It has neither ``config.json`` (transformers) nor ``modules.json`` (sentence-transformers), no
            weights, its only weights are pickles, which can run any code, or its config asks for a network that its
            weights cannot be those of.
    """
    of_modules = (folder / "modules.json").is_file()
    if not of_modules and not (folder / "config.json").is_file():
        raise ModelError(
            f"{folder} is no model folder: it has no config.json or modules.json; name the folder that holds it"
        )
    # sentence-transformers may keep the weights of a module in a folder of its own.
    files = sorted(path for path in (folder.rglob("*") if of_modules else folder.iterdir()) if path.is_file())
    weights = [path.stat().st_size for path in files if path.suffix == ".safetensors"]
    if weights:
        for path in files:
            if path.name == "config.json":
                _check_sizes(path, sum(weights))
        return folder
    pickles = [path.name for path in files if path.suffix in _PICKLE_SUFFIXES]
    if pickles:
        raise ModelError(
            f"{folder} holds its weights only as pickle ({', '.join(pickles)}), which can run any code when it is "
            "loaded; save it as safetensors, with model.save_pretrained(folder), where you trust it"
        )
    raise ModelError(f"{folder} holds no weights: no .safetensors file is in it; copy model.safetensors there")


def _check_sizes(path: Path, weights: int) -> None:
    """Refuse a config that would fill the memory before anybody sees that the weights are others'.

    A matrix of a network has at least ``size x width`` values, and its weights have no more than four to a byte.
    """
    try:
        config = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} cannot be read: {error}") from error
    sizes = {name: value for name, value in config.items() if type(value) is int} if isinstance(config, dict) else {}
    width = max((abs(sizes[name]) for name in _WIDTHS if name in sizes), default=1)
    most = 4 * weights + _SMALL
    for name, value in sizes.items():
        if _SIZE.search(name):
            needed = abs(value) * width * (width if "layer" in name else 1)
            if needed > most:
                raise ModelError(
                    f"{path} asks for {name} {value:,}, which the weights beside it ({weights:,} bytes) cannot have; "
                    "the config is of another model, or wrong"
                )
