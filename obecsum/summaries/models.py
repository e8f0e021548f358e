"""Loads a seq2seq model and its tokenizer: the bundled one, a folder, or a Hugging Face name."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from obecsum.errors import ModelError
from obecsum.summaries.locate import BUNDLED_MODELS, model_path
from obecsum.summaries.slots import ALL_SLOTS, OVERFLOW

__all__ = ["LoadedModel", "load_model"]

_DEFAULT_WINDOW = 512
_NO_LIMIT = 10**9
_TOKENIZER_FILES = ("tokenizer.json", "spiece.model", "sentencepiece.bpe.model", "vocab.json", "vocab.txt")
_PERSON_TITLES = (
    *("นาย", "นาง", "นางสาว", "ดร.", "ดร", "พลเอก", "พันเอก"),
    *("พล.อ.", "พล.ต.อ.", "พล.ต.ท.", "พล.ต.ต.", "พล.ท.", "พล.ต."),
)
_PLACE_HEADS = ("จังหวัด", "จ.", "อำเภอ", "อ.", "ตำบล", "ต.")


@dataclass(frozen=True)
class LoadedModel:
    """A model ready to write.

    Attributes:
        name: As the caller named it.
        model: The transformers model, in evaluation mode.
        tokenizer: Its tokenizer.
        number_slots: Whether numbers travel as slots; True for models that obecsum trained.
        window: Pieces of the source that the model reads, its end piece included.
    """

    name: str
    model: Any
    tokenizer: Any
    number_slots: bool
    window: int
    prefix: str = field(default="")

    @cached_property
    def forbidden_ids(self) -> list[int]:
        """Pieces that our own model must never write: control tokens, digits, bytes, the overflow slot."""
        vocab: dict[str, int] = self.tokenizer.get_vocab()
        ends = {self.tokenizer.eos_token_id}
        return sorted(
            index
            for piece, index in vocab.items()
            if index not in ends
            and (
                (piece.startswith("<") and piece.endswith(">") and len(piece) > 2)
                or piece == OVERFLOW
                or any(char.isdigit() for char in piece)
            )
        )

    @cached_property
    def slot_ids(self) -> dict[str, int]:
        """Slot -> its id."""
        return {slot: int(self.tokenizer.convert_tokens_to_ids(slot)) for slot in ALL_SLOTS}

    @cached_property
    def head_ids(self) -> list[int]:
        """Ids of the pieces that are a person's title or a place's head word."""
        vocab: dict[str, int] = self.tokenizer.get_vocab()
        return sorted(
            vocab[piece] for head in (*_PERSON_TITLES, *_PLACE_HEADS) for piece in (head, "▁" + head) if piece in vocab
        )

    @cached_property
    def twins(self) -> dict[int, tuple[int, ...]]:
        """Piece -> the same with or without a leading space, where both exist."""
        vocab: dict[str, int] = self.tokenizer.get_vocab()
        pairs: dict[int, tuple[int, ...]] = {}
        for piece, index in vocab.items():
            other = vocab.get(piece.removeprefix("▁")) if len(piece) > 1 and piece.startswith("▁") else None
            if other is not None:
                pairs[index] = (other,)
                pairs[other] = (index,)
        return pairs

    @cached_property
    def space_ids(self) -> frozenset[int]:
        """Ids of pieces that begin with a space: a word or name before them has ended."""
        return frozenset(index for piece, index in self.tokenizer.get_vocab().items() if piece.startswith("▁"))


def load_model(name: str) -> LoadedModel:
    """Loads a bundled model, a model folder or, where the user names one, a model of the Hugging Face hub.

    Only safetensors weights are read and no code of the model's is run.

    Raises:
        ModelError: There is no such model, it cannot be read, or it would need a pickle or remote code.
    """
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
    from transformers.utils import logging

    import obecsum.summaries.pointer  # noqa: F401  registers our class with the auto classes

    where: str | Path = name
    if name in BUNDLED_MODELS or Path(name).expanduser().is_dir():
        where = model_path(name)
        local = True
        # transformers makes up an empty tokenizer for a folder that has none.
        if not any((where / file).is_file() for file in _TOKENIZER_FILES):
            raise ModelError(
                f"the model folder {name!r} has no tokenizer: save it there too, with tokenizer.save_pretrained(folder)"
            )
    elif name.startswith((".", "/", "~")) or name.count("/") > 1 or (os.sep != "/" and os.sep in name):
        raise ModelError(f"there is no model folder {name!r}: give a folder, a name as owner/name or obecsum-th")
    else:
        local = False
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
    number_slots = bool(getattr(model.config, "number_slots", False))
    window = int(model.config.source_pieces) if number_slots else _window(model.config, tokenizer)
    tokenizer.model_max_length = _NO_LIMIT  # we count and cut ourselves; its warning about long texts would be false
    prefix = "summarize: " if getattr(model.config, "model_type", "") == "t5" else ""
    return LoadedModel(name, model, tokenizer, number_slots, window, prefix)


def _window(config: Any, tokenizer: Any) -> int:
    limits = [_DEFAULT_WINDOW * 2, int(getattr(tokenizer, "model_max_length", _DEFAULT_WINDOW))]
    positions = getattr(config, "max_position_embeddings", None) or getattr(config, "n_positions", None)
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
