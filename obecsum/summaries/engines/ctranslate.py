"""Plain layouts (Pegasus, BART, mBART, T5) through CTranslate2, in 8 bits.

A model is converted when it is first used. The conversion is believed only if CTranslate2, in single precision, scores
a few sentences as PyTorch does: some layouts are converted wrongly without a word. Rules cannot be obeyed step by step
here; of the candidates those that the source does not support are passed over by the caller.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from obecsum.core.errors import ModelError
from obecsum.summaries.engines.engine import Request
from obecsum.summaries.engines.pieces import HubPieces, Pieces
from obecsum.summaries.engines.shares import workers_and_threads

__all__ = ["MAX_SCORE_DIFFERENCE", "CTranslateEngine", "cache_folder"]

MAX_SCORE_DIFFERENCE = 0.01
"""Largest difference of a piece's log-probability, PyTorch against CTranslate2, both in single precision."""

_FORMAT = 1  # raised when a conversion made by an older obecsum must not be used
_LAYOUTS = {
    "pegasus": {"normalize_before": True, "normalize_embedding": False},
    "bart": {"normalize_before": False, "normalize_embedding": True},
    "mbart": {"normalize_before": True, "normalize_embedding": True},
}
_CHECKS = (
    ("วันที่ 13 ธันวาคม 2567 นายสมชาย ใจดี เปิดเผยว่า น้ำในเขื่อนมี 1,250 ล้านลูกบาศก์เมตร เพียงพอตลอดปี", "น้ำในเขื่อนเพียงพอตลอดปี"),
    ("กระทรวงศึกษาธิการเปิดรับสมัครครูผู้ช่วยทั่วประเทศ ตั้งแต่วันนี้ถึงสิ้นเดือน", "ศธ. เปิดรับสมัครครูผู้ช่วย"),
    ("The ministry said on Monday that water reserves would last through the dry season.", "Water reserves will last"),
)  # fmt: skip


def cache_folder() -> Path:
    """Where conversions are kept: ``$XDG_CACHE_HOME/obecsum``, by default ``~/.cache/obecsum``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache") / "obecsum"


class CTranslateEngine:
    """A model folder through CTranslate2.

    Args:
        folder: A checked model folder (:func:`obecsum.core.model_paths.check_model_folder`).
        threads: Threads in all, at least 1; None for one a core. They share the sources of a batch.
        compute_type: "int8", or "float32".

    Raises:
        ModelError: The model cannot be converted, or the conversion does not score as the model does.
    """

    name = "ctranslate2"

    def __init__(self, folder: Path, *, threads: int | None = None, compute_type: str = "int8") -> None:
        import ctranslate2

        converted = _converted(folder)
        self.config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.pieces = _pieces(folder, self.config)
        self._tokens = _by_id(self.pieces)
        # Half a batch on each of two cores is twice as fast as two cores on each product (docs/engines.md).
        self._workers, each = workers_and_threads(threads)
        self._translator = ctranslate2.Translator(
            str(converted),
            device="cpu",
            compute_type=compute_type,
            inter_threads=self._workers,
            intra_threads=each,
        )
        self._prefix = _forced(folder, self.config)

    def search(self, sources: Sequence[Sequence[int]], request: Request) -> list[list[list[int]]]:
        """See :class:`~obecsum.summaries.engines.engine.Engine`; rules are not obeyed, what all sources forbid is."""
        tokens, vocabulary = self._tokens, self.pieces.vocabulary
        never = frozenset.intersection(*request.forbidden) if request.forbidden else frozenset()
        prefix = [tokens[self._prefix]] if self._prefix is not None else []
        found = self._translator.translate_batch(
            [[tokens[i] for i in ids] for ids in sources],
            target_prefix=[prefix] * len(sources) if prefix else None,
            beam_size=request.num_beams,
            num_hypotheses=request.num_beams,
            length_penalty=1.0,
            min_decoding_length=request.min_new_pieces,
            max_decoding_length=request.max_new_pieces,
            max_input_length=0,
            max_batch_size=-(-len(sources) // self._workers),
            suppress_sequences=[[tokens[i]] for i in sorted(never)] or None,
            # Phrases are not repeated, whatever they hold: CTranslate2 knows no exemption.
            no_repeat_ngram_size=4 if request.rules else 0,
            return_end_token=True,
        )
        # A model may have more pieces than its tokenizer; those stand for nothing.
        return [
            [[vocabulary[token] for token in row if token in vocabulary] for row in result.hypotheses]
            for result in found
        ]


def _pieces(folder: Path, config: dict[str, Any]) -> Pieces | HubPieces:
    # mBART puts language codes around a text, which transformers alone knows.
    if (folder / "tokenizer.json").is_file() and config.get("model_type") != "mbart":
        return Pieces(folder)
    from transformers import AutoTokenizer

    return HubPieces(AutoTokenizer.from_pretrained(folder, trust_remote_code=False, local_files_only=True))


def _by_id(pieces: Pieces | HubPieces) -> dict[int, str]:
    return {index: piece for piece, index in pieces.vocabulary.items()}


def _forced(folder: Path, config: dict[str, Any]) -> int | None:
    """The piece that every summary of a model begins with, where its configuration names one."""
    settings = dict(config)
    path = folder / "generation_config.json"
    if path.is_file():
        settings.update(json.loads(path.read_text(encoding="utf-8")))
    forced = settings.get("forced_bos_token_id")
    return int(forced) if forced is not None else None


def _digest(folder: Path) -> str:
    """SHA-256 over all that a conversion depends on, and the versions that make it."""
    import ctranslate2

    digest = hashlib.sha256(f"{_FORMAT} {ctranslate2.__version__}".encode())
    names = {"config.json", "generation_config.json", "tokenizer.json", "spiece.model", "sentencepiece.bpe.model"}
    for path in sorted(folder.iterdir()):
        if path.name in names or path.suffix == ".safetensors":
            digest.update(path.name.encode() + b"\0")
            with path.open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
    return digest.hexdigest()[:24]


def _converted(folder: Path) -> Path:
    """The conversion of a model folder, made and checked if it is not there."""
    target = cache_folder() / f"ctranslate2-{_digest(folder)}"
    if (target / "checked.json").is_file():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(dir=target.parent, prefix=".converting-"))
    except OSError as error:
        raise ModelError(
            f"the model in {folder} is converted for CTranslate2 into {target.parent}, which cannot be written: "
            f"{error}; set XDG_CACHE_HOME to a folder that can, or use runtime='torch'"
        ) from error
    try:
        made = scratch / "model"
        difference = _convert(folder, made)
        (made / "checked.json").write_text(json.dumps({"largest_score_difference": difference}), encoding="utf-8")
        if not target.exists():  # another process may have been first
            made.rename(target)
    except OSError as error:
        if not (target / "checked.json").is_file():
            raise ModelError(f"the conversion of {folder} cannot be written to {target}: {error}") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return target


def _convert(folder: Path, made: Path) -> float:
    """Converts and compares; the largest difference of scores."""
    import ctranslate2
    from ctranslate2.converters import TransformersConverter

    from obecsum.summaries.engines.torch_model import load_torch

    loaded = load_torch(str(folder))
    try:
        source = _with_layout(folder, made.parent / "source")
        TransformersConverter(str(source)).convert(str(made), quantization="float32")
    except Exception as error:  # the converter raises ValueError, AttributeError, KeyError and more
        raise ModelError(f"CTranslate2 cannot convert the model in {folder}: {error}; use runtime='torch'") from error
    theirs = ctranslate2.Translator(str(made), device="cpu", compute_type="float32")
    difference = _largest_difference(loaded, theirs)
    if not difference <= MAX_SCORE_DIFFERENCE:
        raise ModelError(
            f"CTranslate2 converts the model in {folder} wrongly: a log-probability differs by {difference:.3g} from "
            f"PyTorch's (allowed: {MAX_SCORE_DIFFERENCE}); use runtime='torch'"
        )
    return difference


def _with_layout(folder: Path, copy: Path) -> Path:
    """The same model with the fields in its configuration that the converter asks for and transformers 5 left out."""
    copy.mkdir()
    for path in folder.iterdir():
        if path.is_file() and path.suffix in (".safetensors", ".json", ".model", ".txt") and path.name != "config.json":
            (copy / path.name).symlink_to(path.resolve())
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    for name, value in _LAYOUTS.get(config["model_type"], {}).items():
        config.setdefault(name, value)
    (copy / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return copy


def _largest_difference(loaded: Any, translator: Any) -> float:
    import torch

    model = loaded.model
    tokens = _by_id(loaded.pieces)
    start = int(model.config.decoder_start_token_id)
    largest = 0.0
    for source, target in _CHECKS:
        (source_ids,) = loaded.pieces.sources([loaded.prefix + source], window=loaded.window)
        (target_ids,) = loaded.pieces.sources([target], window=loaded.window)
        target_ids = [i for i in target_ids if i not in (start, loaded.pieces.end_id)]
        (scores,) = translator.score_batch([[tokens[i] for i in source_ids]], [[tokens[i] for i in target_ids]])
        labels = torch.tensor([*target_ids, loaded.pieces.end_id])
        with torch.inference_mode():
            logits = model(
                input_ids=torch.tensor([source_ids]), decoder_input_ids=torch.tensor([[start, *target_ids]])
            ).logits[0]
        ours = torch.log_softmax(logits.float(), dim=-1).gather(1, labels[:, None])[:, 0]
        found = torch.tensor(scores.log_probs)
        if found.shape != ours.shape:
            return float("inf")
        largest = max(largest, float((found - ours).abs().max()))
    return largest
