"""How much of one release another tells, piece by piece: a late-interaction model.

One vector says what a release is about. Whether it tells of *this* visit or of the next stop stands in a few words of
the headline and the lead, which a vector of the whole drowns. Here each piece of the headline and the lead looks for
its best match among the pieces of the other release, each read in its context (Khattab and Zaharia 2020, "ColBERT:
Efficient and Effective Passage Search via Contextualized Late Interaction over BERT"). The encoder is the summarizer's,
trained on to tell a headline's own text, and other desks' reports of its event, from the nearest releases of its week
(``obecsum train interaction``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import ModelError, OptionError
from obecsum.core.model_paths import model_path
from obecsum.text.leaks import drop_leaks
from obecsum.text.normalize import normalize
from obecsum.text.slots import hash_numbers

__all__ = ["DEFAULT_INTERACTION", "Interaction", "InteractionModel", "ReadRelease", "interact", "pieces_of"]

DEFAULT_INTERACTION = "obecsum-interaction"
HEADLINE_PIECES, LEAD_PIECES, TEXT_PIECES = 48, 48, 160
_TEXT_CHARS = 1_500  # hold more than those pieces
_BATCH = 32
_FEW = 5  # pieces of a headline that the other text lacks most

F32 = npt.NDArray[np.float32]
U16 = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class ReadRelease:
    """A release as the model reads it; each row is a unit vector of a piece.

    Attributes:
        headline: Of shape (pieces, dim).
        importance: How much each of those counts, their sum 1.
        own: Cosine of each of those and its best match in the release's own text.
        lead: The beginning of the text, read as a headline is.
        text: The beginning of the text.
    """

    headline: F32
    importance: F32
    own: F32
    lead: F32
    text: F32


@dataclass(frozen=True, slots=True)
class Interaction:
    """How much of either release the other tells.

    Attributes:
        told: Mean cosine of a headline's pieces and their best matches in the other text, by importance; the larger
            of both directions: a whole need not be told by its part.
        missing: By how much the five pieces of a headline that the other text lacks most are nearer to their own text,
            and the smaller of both directions; at least 0.
        lead: Mean cosine of that quarter of a lead's pieces that the other text matches least; the smaller one. It is
            high where both are made by one pattern.
    """

    told: float
    missing: float
    lead: float


class InteractionModel:
    """The model; it runs through PyTorch.

    Args:
        name: ``"obecsum-interaction"`` (bundled), or a folder that ``obecsum train interaction`` wrote.
        num_threads: Threads of PyTorch, at least 1; left as they are where None.

    Raises:
        ModelError: The model cannot be found or loaded.
        OptionError: ``num_threads`` is below 1.
    """

    def __init__(self, name: str = DEFAULT_INTERACTION, *, num_threads: int | None = None) -> None:
        if num_threads is not None and num_threads < 1:
            raise OptionError(f"num_threads must be at least 1, got {num_threads}; leave it out for one a core")
        self.name = name
        self._folder = model_path(name)
        self._num_threads = num_threads

    @cached_property
    def _tokenizer(self) -> Any:
        return load_tokenizer(self._folder / "tokenizer.json")

    @cached_property
    def _network(self) -> Any:
        import torch

        if self._num_threads is not None:
            torch.set_num_threads(self._num_threads)
        return load_network(self._folder)

    def read(self, releases: Sequence[tuple[str, str]]) -> list[ReadRelease]:
        """Reads releases, each a headline and a text; where one has no headline, its lead stands for it.

        Raises:
            ModelError: The model cannot be loaded.
        """
        import torch

        from obecsum.embeddings.interaction_network import HEADLINE, TEXT

        headlines, texts = [], []
        for title, text in releases:
            body = pieces_of(self._tokenizer, text_of(title, text))[:TEXT_PIECES]
            headline = pieces_of(self._tokenizer, normalize(title))[:HEADLINE_PIECES]
            headlines.append(headline if len(headline) else body[:HEADLINE_PIECES])
            texts.append(body if len(body) else headline)
        rows = [*headlines, *(text[:LEAD_PIECES] for text in texts), *texts]
        kinds = [HEADLINE] * (2 * len(texts)) + [TEXT] * len(texts)
        found: list[tuple[F32, F32]] = [(np.empty((0, 0), np.float32), np.empty(0, np.float32))] * len(rows)
        for kind in (HEADLINE, TEXT):
            order = sorted((i for i in range(len(rows)) if kinds[i] == kind), key=lambda i: (len(rows[i]), i))
            for first in range(0, len(order), _BATCH):
                batch = order[first : first + _BATCH]
                with torch.inference_mode():
                    vectors, weights, _ = self._network([rows[i] for i in batch], kind)
                for row, i in enumerate(batch):
                    length = len(rows[i]) + 1
                    found[i] = vectors[row, :length].numpy().copy(), weights[row, :length].numpy().copy()
        n = len(texts)
        return [_read(found[i], found[n + i][0], found[2 * n + i][0]) for i in range(n)]


def _read(headline: tuple[F32, F32], lead: F32, text: F32) -> ReadRelease:
    vectors, weights = headline
    return ReadRelease(vectors, weights / weights.sum(), (vectors @ text.T).max(axis=1), lead, text)


def interact(a: ReadRelease, b: ReadRelease) -> Interaction:
    """Compares two releases; the same for (a, b) and (b, a)."""
    told, missing, leads = [], [], []
    for one, other in ((a, b), (b, a)):
        best = (one.headline @ other.text.T).max(axis=1)
        gaps = np.maximum(one.own - best, 0.0)
        told.append(float(best @ one.importance))
        missing.append(float(np.sort(gaps)[-_FEW:].mean()))
        matched = np.sort((one.lead @ other.text.T).max(axis=1))
        leads.append(float(matched[: max(1, len(matched) // 4)].mean()))
    return Interaction(max(told), min(missing), min(leads))


def text_of(title: str, text: str) -> str:
    """What is read of a text: its beginning, without lines that repeat the headline, as many scraped pages do."""
    return normalize(drop_leaks(title, None, text))[:_TEXT_CHARS]


def pieces_of(tokenizer: Any, text: str) -> U16:
    """A text's pieces, its numbers as slots that are the same in all texts."""
    return np.array(tokenizer.encode(hash_numbers(text), add_special_tokens=False).ids, np.uint16)


def load_tokenizer(path: Path) -> Any:
    """A ``tokenizer.json``, without its limits on length.

    Raises:
        ModelError: It cannot be read.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises Exception itself
        raise ModelError(f"{path} cannot be read ({error}); copy the model again") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_network(folder: Path) -> Any:
    """The network of a model folder, in evaluation mode.

    Raises:
        ModelError: The folder holds another kind of model, or a damaged one.
    """
    from safetensors.torch import load_file
    from transformers import PegasusConfig

    from obecsum.embeddings.interaction_network import InteractionNetwork

    try:
        config = json.loads((folder / "config.json").read_bytes())
        if config.get("model_type") != "obecsum_interaction":
            raise ValueError(f"its model_type is {config.get('model_type')!r}, not 'obecsum_interaction'")
        network = InteractionNetwork(PegasusConfig(**config["encoder"]), int(config["dim"]))
        weights = {name: tensor.float() for name, tensor in load_file(folder / "model.safetensors").items()}
        network.load_state_dict(weights)
    except Exception as error:
        raise ModelError(
            f"{folder} cannot be loaded as an interaction model ({error}); give {DEFAULT_INTERACTION}, or a folder "
            "that obecsum train interaction wrote"
        ) from error
    return network.eval()
