"""From a finished run to the folder that ships."""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

from obecsum.core.errors import InputError

__all__ = ["export_model"]


def export_model(run: Path, out: Path) -> int:
    """Writes ``model.safetensors`` in half precision, tokenizer, configurations and the graphs of the fast engine.

    The graphs are left out where onnx or onnxruntime is not installed.

    Args:
        run: Folder of a run that :func:`obecsum.training.summarizer.finetune.train` finished.
        out: Model folder; made if missing, its files of these names are replaced.

    Returns:
        Bytes of the weights.

    Raises:
        InputError: The run has not finished: it has no ``model`` folder.
        ModelError: The graphs compute something else than the model.
    """
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    import obecsum.summaries.engines.pointer  # noqa: F401  registers the class

    trained = run / "model"
    if not (trained / "config.json").is_file():
        raise InputError(f"{run} holds no finished model: run obecsum train summarizer --out {run} until it ends")
    options = json.loads((run / "options.json").read_text(encoding="utf-8"))
    model = AutoModelForSeq2SeqLM.from_pretrained(trained, use_safetensors=True)
    model.config.number_slots = True
    model.config.source_pieces = int(options["source_pieces"])
    model.to(torch.float16).save_pretrained(out)
    AutoTokenizer.from_pretrained(trained).save_pretrained(out)
    weights = out / "model.safetensors"
    weights.chmod(0o644)  # safetensors writes for its owner alone
    if find_spec("onnx") is not None and find_spec("onnxruntime") is not None:
        from obecsum.summaries.engines.onnx.export import write_graphs

        write_graphs(out)
    else:
        shutil.rmtree(out / "onnx", ignore_errors=True)  # of other weights, perhaps of another shape
    return weights.stat().st_size
