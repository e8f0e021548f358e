"""Vectors of texts: :class:`Embedder`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from os import cpu_count
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import InputError, ModelError, OptionError
from obecsum.core.model_paths import BUNDLED_MODELS, model_path
from obecsum.embeddings.pieces import WordPieces
from obecsum.text.normalize import fold, normalize

__all__ = ["DEFAULT_EMBEDDINGS", "Embedder", "StaticModel", "hashed_columns"]

F32 = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

DEFAULT_EMBEDDINGS = "obecsum-embeddings"
MAX_CHARS = 6_000
_PLAIN = (0.0, 0.0, 1.0, 0.0)
HASHED_BY = "blake2b"
_CHUNK = 256


@dataclass(frozen=True)
class StaticModel:
    """A StaticEmbedding that our kernel runs.

    Attributes:
        pieces: Cuts texts.
        rows: int8 or float32 of shape (pieces, dimensions).
        scales: float32 of shape (pieces,), the factor of each row.
        counting: ``k1``, ``b`` and the usual weight of a text, as BM25 has them (Robertson and Zaragoza 2009), and the
            place in a text where a piece weighs half: how the pieces of a text count, see
            :func:`obecsum.embeddings.kernel.sum_batch`.
        hashed: Dimensions behind those of ``rows`` that pieces are hashed into, see :func:`hashed_columns`.
        marks: float32 of shape (pieces,), what each piece adds in its hashed dimension.
    """

    pieces: WordPieces
    rows: Any
    scales: F32
    counting: tuple[float, float, float, float] = _PLAIN
    hashed: int = 0
    marks: F32 | None = None

    @cached_property
    def columns(self) -> tuple[Any, F32]:
        """The hashed dimension of each piece, int32, and its mark with its sign, float32."""
        if self.marks is None:
            return np.zeros(len(self.rows), np.int32), np.zeros(len(self.rows), np.float32)
        columns, signs = hashed_columns([piece for piece, _ in self.pieces.vocabulary], self.hashed)
        return columns, self.marks * signs

    def sums(self, ids: Any, bounds: Any, out: F32) -> None:
        """Writes the sums of cut texts, a row a text; as many dimensions as ``out`` has."""
        from obecsum.embeddings.kernel import sum_batch

        columns, marks = self.columns
        sum_batch(ids, bounds, self.rows, self.scales, np.array(self.counting, np.float32), columns, marks, out)


def hashed_columns(pieces: Sequence[str], width: int) -> tuple[npt.NDArray[np.int32], F32]:
    """One of ``width`` columns and a sign for each piece, by its hash alone (Weinberger et al. 2009).

    Two pieces that share a column add to it with random signs, so that the dot product of two texts is, on average,
    that of their pieces themselves; nothing needs to be stored for it.

    Returns:
        int32 columns, from 0, and float32 signs, 1 or -1.
    """
    hashes = np.array(
        [int.from_bytes(blake2b(piece.encode(), digest_size=8).digest(), "little") for piece in pieces], np.uint64
    )
    columns = ((hashes >> np.uint64(1)) % np.uint64(max(width, 1))).astype(np.int32)
    return columns, np.where(hashes & np.uint64(1), np.float32(1.0), np.float32(-1.0))


class Embedder:
    """Turns texts into unit vectors whose dot product says how much they are about the same.

    The bundled model, and any StaticEmbedding folder with the same kind of tokenizer, runs in our own kernel, without
    torch. It gives what ``SentenceTransformer(path).encode(fold(normalize(text)))`` gives, but for the bundled model.
    Its pieces count the less the later they come, and repeated ones less and less, as in BM25; behind its learned
    dimensions come some that pieces are hashed into. The metadata of its weights say so; sentence-transformers, which
    cannot, gives the plain mean of the learned ones. Anything else is loaded by sentence-transformers, never with code
    from the model's folder.

    Args:
        name: ``"obecsum-embeddings"`` (bundled), the path of a model folder, or any SentenceTransformer name.
        dim: Dimensions to keep, the first ones; all where None. The bundled model's first 640, 256, 128 and 64 were
            trained to serve alone; the 768 behind them, which say which words a text holds, serve with all of them.
        max_chars: Code points that are read of a text, at least 1.

    Attributes:
        name: As given.
        dim: Dimensions of the vectors.

    Raises:
        ModelError: The model cannot be found or loaded.
        OptionError: ``dim`` is more than the model has, or an option is below 1.
    """

    def __init__(self, name: str = DEFAULT_EMBEDDINGS, *, dim: int | None = None, max_chars: int = MAX_CHARS) -> None:
        if max_chars < 1:
            raise OptionError(f"max_chars must be at least 1, got {max_chars}")
        self.name = name
        self.max_chars = max_chars
        path = model_path(name) if name in BUNDLED_MODELS or Path(name).expanduser().is_dir() else None
        self.static = _load_static(path, max_chars) if path is not None else None
        self._model: Any = None
        if self.static is None:
            self._model = _load_any(str(path) if path else name)
            full = int(self._model.get_embedding_dimension())
        else:
            full = self.static.rows.shape[1] + self.static.hashed
        if dim is not None and not 1 <= dim <= full:
            raise OptionError(f"dim must be from 1 to the {full} dimensions of {name}, got {dim}")
        self.dim = dim or full

    def encode(self, texts: Sequence[str], *, num_threads: int | None = None) -> F32:
        """Unit vectors of texts.

        Args:
            texts: Texts with something to embed.
            num_threads: Threads to use; all cores where None.

        Returns:
            float32 of shape ``(len(texts), dim)``, in order, each row of length 1.

        Raises:
            InputError: A text is empty or has no piece that the model knows; :meth:`encode_known` takes such texts.
            ModelError: The model gave a vector with NaN or infinity.
        """
        vectors, known = self.encode_known(texts, num_threads=num_threads)
        if not known.all():
            missing = np.flatnonzero(~known)
            shown = ", ".join(str(index) for index in missing[:5])
            raise InputError(
                f"{len(missing)} of {len(texts)} texts have nothing that {self.name} knows (at {shown}): an empty text "
                "has no vector; leave it out, or use encode_known, which says which rows count"
            )
        return vectors

    def encode_known(self, texts: Sequence[str], *, num_threads: int | None = None) -> tuple[F32, Mask]:
        """As :meth:`encode`, and a mask of the rows that count; the others are NaN, so that they equal nothing."""
        if isinstance(texts, str):
            raise OptionError("texts must be a list of texts, got one str; did you mean [text]?")
        if num_threads is not None and num_threads < 1:
            raise OptionError(f"num_threads must be at least 1, got {num_threads}")
        sums = self._sums(list(texts), num_threads or cpu_count() or 1)
        lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))
        if not np.isfinite(lengths).all():  # so is the length of a row that holds NaN or infinity
            raise ModelError(f"{self.name} gave NaN or infinity: its weights are damaged; install or train it again")
        known = lengths > 1e-9
        sums /= np.where(known, lengths, np.float32(np.nan))[:, None]
        return sums, known

    def _sums(self, texts: list[str], num_threads: int) -> F32:
        if self.static is None:
            # Some models give an empty text the vector of their control tokens: it must not pass for a meaning.
            folded = [fold(normalize(text[: self.max_chars])).strip() for text in texts]
            found = np.asarray(
                self._model.encode(folded, convert_to_numpy=True, show_progress_bar=False), dtype=np.float32
            ).reshape(len(texts), -1)[:, : self.dim]
            found[[not text for text in folded]] = 0.0
            return np.ascontiguousarray(found)
        model = self.static
        out = np.empty((len(texts), self.dim), np.float32)

        def work(first: int) -> None:
            ids, bounds = model.pieces.cut(texts[first : first + _CHUNK])
            model.sums(ids, bounds, out[first : first + _CHUNK])

        firsts = range(0, len(texts), _CHUNK)
        if num_threads == 1 or len(firsts) < 2:
            for first in firsts:
                work(first)
        else:
            with ThreadPoolExecutor(num_threads) as pool:
                list(pool.map(work, firsts))
        return out


def _load_static(folder: Path, max_chars: int) -> StaticModel | None:
    """A StaticEmbedding folder that our kernel can run; None for any other model."""
    modules, tokenizer, weights = (folder / n for n in ("modules.json", "tokenizer.json", "model.safetensors"))
    if not (modules.is_file() and tokenizer.is_file() and weights.is_file()):
        return None
    try:
        kinds = [str(module["type"]).rpartition(".")[2] for module in json.loads(modules.read_bytes())]
        content = json.loads(tokenizer.read_bytes())
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder} is damaged: {error}; copy the model again") from error
    if kinds not in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"]):
        return None
    try:
        pieces = WordPieces.from_json(content, max_chars=max_chars)
    except ModelError:
        return None  # a tokenizer of another kind: sentence-transformers runs it
    from safetensors import safe_open

    try:
        with safe_open(weights, framework="numpy") as file:
            metadata = file.metadata() or {}
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
    except Exception as error:
        raise ModelError(f"{weights} cannot be read ({error}); copy the model again") from error
    rows = arrays.get("embedding.weight", arrays.get("embeddings"))
    if rows is None or rows.ndim != 2 or len(rows) != len(pieces.vocabulary) or "mapping" in arrays:
        shape = None if rows is None else rows.shape
        raise ModelError(f"{weights} holds weights of shape {shape} for {len(pieces.vocabulary)} pieces; copy it again")
    scales = arrays.get("weights", np.ones(len(rows), np.float32)).astype(np.float32)
    if rows.dtype != np.int8:
        rows = rows.astype(np.float32)
    hashed = _hashed(metadata, weights)
    marks = arrays.get("marks")
    if hashed and (marks is None or marks.shape != scales.shape):
        shape = None if marks is None else marks.shape
        raise ModelError(f"{weights} holds marks of shape {shape} for {len(scales)} pieces; copy it again")
    return StaticModel(
        pieces,
        np.ascontiguousarray(rows),
        np.ascontiguousarray(scales),
        _counting(metadata, weights),
        hashed,
        marks.astype(np.float32) if hashed and marks is not None else None,
    )


def _hashed(metadata: Mapping[str, str], weights: Path) -> int:
    told = metadata.get("hashed")
    if told is None:
        return 0
    kind, _, width = told.partition(" ")
    if kind == HASHED_BY and width.isascii() and width.isdigit() and int(width) > 0:
        return int(width)
    raise ModelError(f"{weights} hashes pieces in a way that this version does not know ({told!r}); update obecsum")


def _counting(metadata: Mapping[str, str], weights: Path) -> tuple[float, float, float, float]:
    counts = metadata.get("counts")
    if counts is None:
        return _PLAIN
    try:
        kind, *numbers = counts.split()
        k1, b, usual, lead = map(float, numbers if len(numbers) == 4 else [*numbers, "0"])
        if kind == "bm25" and k1 > 0 and 0 <= b <= 1 and usual > 0 and lead >= 0:
            return k1, b, usual, lead
    except ValueError:
        pass
    raise ModelError(f"{weights} counts pieces in a way that this version does not know ({counts!r}); update obecsum")


def _load_any(name: str) -> Any:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, device="cpu", trust_remote_code=False)
    except Exception as error:
        raise ModelError(
            f"{name} cannot be loaded as an embedding model ({error}); give {DEFAULT_EMBEDDINGS}, a folder, or the "
            "name of a SentenceTransformer that this machine can reach"
        ) from error
