"""Finds the models that travel with obecsum, and refuses folders that cannot be trusted or loaded.

In an installed package the models lie in ``obecsum/_models/``; in a checkout (an editable install) in ``models/``
beside the package. Nothing is downloaded here.
"""

from __future__ import annotations

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
            weights, or its only weights are pickles, which can run any code.
    """
    of_modules = (folder / "modules.json").is_file()
    if not of_modules and not (folder / "config.json").is_file():
        raise ModelError(
            f"{folder} is no model folder: it has no config.json or modules.json; name the folder that holds it"
        )
    # sentence-transformers may keep the weights of a module in a folder of its own.
    files = sorted(path for path in (folder.rglob("*") if of_modules else folder.iterdir()) if path.is_file())
    if any(path.suffix == ".safetensors" for path in files):
        return folder
    pickles = [path.name for path in files if path.suffix in _PICKLE_SUFFIXES]
    if pickles:
        raise ModelError(
            f"{folder} holds its weights only as pickle ({', '.join(pickles)}), which can run any code when it is "
            "loaded; save it as safetensors, with model.save_pretrained(folder), where you trust it"
        )
    raise ModelError(f"{folder} holds no weights: no .safetensors file is in it; copy model.safetensors there")
