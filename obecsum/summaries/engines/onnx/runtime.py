"""Runs our model with ONNX Runtime: no PyTorch, weights from the same safetensors file, 8-bit products."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import ModelError
from obecsum.summaries.engines.beam import beam_search
from obecsum.summaries.engines.engine import Request
from obecsum.summaries.engines.onnx.layout import FORMAT, INT8_LIMIT, Shape, tensors
from obecsum.summaries.engines.shares import search_in_shares, workers_and_threads

__all__ = ["GRAPHS", "OnnxEngine", "OnnxModel"]

GRAPHS = "onnx"
"""Folder, inside a model's, that holds ``encoder.onnx``, ``decoder.onnx`` and ``graphs.json``."""

_FAR = np.float32(-1e9)
_SPARE = 16  # pieces beyond twice the beams that a step brings along, for those that the rules forbid
_FLOOR = np.float32(1e-30)
_LOWEST = np.float32(np.log(1e-20))


@dataclass(frozen=True, slots=True)
class _Next:
    """What may follow: see :class:`obecsum.summaries.engines.beam.NextPieces`; ``log_gates``: (sources, beams, 1)."""

    top_ids: npt.NDArray[np.int64]
    top_scores: npt.NDArray[np.float32]
    complete: bool
    parts: npt.NDArray[np.float32]
    log_gates: npt.NDArray[np.float32]

    def scores(self, source: int, beam: int, ids: Sequence[int] | None) -> npt.NDArray[np.float32]:
        row = self.parts[source, beam]
        return _log(row if ids is None else row[ids], self.log_gates[source, beam])


def _log(parts: npt.NDArray[np.float32], log_gates: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    # No piece is impossible to the model: as in pointer.py, and small enough to be taken last.
    return np.maximum(np.log(np.maximum(parts, _FLOOR)) + log_gates, _LOWEST)


class OnnxModel:
    """A model folder's graphs with its weights in them.

    Args:
        folder: A model folder with an ``onnx`` folder in it, as ``obecsum train export`` writes it.
        threads: Threads of each product, at least 1.

    Raises:
        ModelError: The graphs or the weights are missing, damaged, or do not fit each other.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        import onnxruntime

        self.config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.shape = Shape.of(self.config)
        about = _about(folder / GRAPHS)
        weights = _weights(folder)
        limit = _int8_limit(onnxruntime, folder / GRAPHS / "overflow.onnx") if about["int8"] else INT8_LIMIT
        self._encoder = self._session(onnxruntime, folder, "encoder", weights, about, threads=threads, limit=limit)
        self._decoder = self._session(onnxruntime, folder, "decoder", weights, about, threads=threads, limit=limit)
        self._table = weights["model.shared.weight"].astype(np.float32)
        if self.config.get("scale_embedding"):
            self._table *= np.float32(self.shape.width**0.5)
        positions = int(self.config["max_position_embeddings"])
        self._positions = weights.get("model.encoder.embed_positions.weight", _sinusoids(positions, self.shape.width))
        self._outputs = [output.name for output in self._decoder.get_outputs()]

    def _session(
        self,
        onnxruntime: Any,
        folder: Path,
        graph: str,
        weights: Mapping[str, npt.NDArray[Any]],
        about: Mapping[str, Any],
        *,
        threads: int,
        limit: int,
    ) -> Any:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4  # what is wrong is raised
        options.intra_op_num_threads = threads
        try:
            made = tensors(self.shape, graph, weights, int8=about["int8"], limit=limit)
            values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in made.values()]
            options.add_external_initializers(list(made), values)
            data = (folder / GRAPHS / f"{graph}.onnx").read_bytes()
            return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        except ModelError:
            raise
        except Exception as error:  # ONNX Runtime raises classes of its own, and OSError comes from reading
            detail = " ".join(str(error).split())[:300]
            raise ModelError(
                f"{folder / GRAPHS / f'{graph}.onnx'} cannot be used with the weights beside it: {detail}; write it "
                "again with obecsum train graphs, or use runtime='torch'"
            ) from error

    def start(self, sources: Sequence[Sequence[int]], num_beams: int) -> _OnnxBatch:
        """Reads a batch.

        Args:
            sources: Pieces of each source, at least one each.
            num_beams: Beams for each source.
        """
        length = max(map(len, sources))
        ids = np.zeros((len(sources), length), dtype=np.int64)
        bias = np.full((len(sources), 1, 1, length), _FAR, dtype=np.float32)
        for row, source in enumerate(sources):
            ids[row, : len(source)] = source
            bias[row, ..., : len(source)] = 0.0
        embeds = self._table[ids] + self._positions[:length]
        names = [output.name for output in self._encoder.get_outputs()]
        read = self._encoder.run(names, {"embeds": embeds.astype(np.float32, copy=False), "bias": bias})
        fixed = dict(zip(names, read, strict=True))
        fixed["cross_bias"] = bias
        if self.shape.copy_dim:
            fixed["source_ids"] = np.repeat(ids[:, None, :], num_beams, axis=1)
        return _OnnxBatch(self, fixed, num_beams)


class OnnxEngine:
    """Our model through ONNX Runtime.

    Args:
        folder: A model folder with an ``onnx`` folder in it, as ``obecsum train export`` writes it.
        end_id: What ends a summary.
        threads: Threads in all, at least 1; None for one a core. They share the sources of a batch.

    Raises:
        ModelError: The graphs or the weights are missing, damaged, or do not fit each other.
    """

    name = "onnx"

    def __init__(self, folder: Path, *, end_id: int, threads: int | None = None) -> None:
        self._workers, each = workers_and_threads(threads)
        self.model = OnnxModel(folder, threads=each)
        self.end_id = end_id

    def search(self, sources: Sequence[Sequence[int]], request: Request) -> list[list[list[int]]]:
        """See :class:`~obecsum.summaries.engines.engine.Engine`."""
        return search_in_shares(self._search, sources, request, workers=self._workers)

    def _search(self, sources: Sequence[Sequence[int]], request: Request) -> list[list[list[int]]]:
        found = beam_search(
            self.model.start(sources, request.num_beams),
            num_sources=len(sources),
            num_beams=request.num_beams,
            start_id=int(self.model.config.get("decoder_start_token_id") or 0),
            end_id=self.end_id,
            rules=request.rules,
            forbidden=request.forbidden or None,
            min_new_pieces=request.min_new_pieces,
            max_new_pieces=request.max_new_pieces,
        )
        return [[candidate.pieces for candidate in candidates] for candidates in found]


class _OnnxBatch:
    """A batch that is being written: the :class:`~obecsum.summaries.engines.beam.Model` of one search.

    ``fixed``: what every step is given again; ``past``: keys and values of all that was written; ``bias``: which of it
    each beam sees.
    """

    def __init__(self, model: OnnxModel, fixed: dict[str, npt.NDArray[Any]], num_beams: int) -> None:
        self.model = model
        self.fixed = fixed
        self.num_beams = num_beams
        shape = model.shape
        batch = len(fixed["cross_bias"])
        empty = np.zeros((batch, shape.decoder_heads, 0, shape.width // shape.decoder_heads), dtype=np.float32)
        self.past: dict[str, Any] = {f"past_{name}_{i}": empty for i in range(shape.decoder_layers) for name in "kv"}
        self.bias = np.zeros((batch, 1, num_beams, 0), dtype=np.float32)
        self.own = np.where(np.eye(num_beams, dtype=bool), np.float32(0.0), _FAR)
        self.top = np.array([min(shape.vocabulary, 2 * num_beams + _SPARE)], dtype=np.int64)
        self.length = 0

    def step(
        self, pieces: npt.NDArray[np.int64], parents: npt.NDArray[np.int64], sources: npt.NDArray[np.int64] | None
    ) -> _Next:
        """See :class:`~obecsum.summaries.engines.beam.Model`."""
        model = self.model
        if sources is not None:
            self.fixed = {name: value[sources] for name, value in self.fixed.items()}
            self.past = {name: value[sources] for name, value in self.past.items()}
            self.bias = self.bias[sources]
        if self.length:
            self.bias = np.take_along_axis(self.bias, parents[:, None, :, None], axis=2)
        own = np.broadcast_to(self.own, (len(pieces), 1, *self.own.shape))
        self.bias = np.concatenate([self.bias, own], axis=3)
        embeds = model._table[pieces] + model._positions[self.length]
        self.length += 1
        feed = {**self.fixed, **self.past, "embeds": embeds, "self_bias": self.bias, "top": self.top}
        found = dict(zip(model._outputs, model._decoder.run(model._outputs, feed), strict=True))
        for name in self.past:
            self.past[name] = found[name.replace("past", "present")]
        gates = found["gate"] if model.shape.copy_dim else np.full((*pieces.shape, 1), np.inf, dtype=np.float32)
        log_gates = -np.logaddexp(np.float32(0.0), -gates)
        return _Next(
            found["top_ids"],
            _log(found["top_parts"], log_gates),
            bool(self.top[0] == model.shape.vocabulary),
            found["parts"],
            log_gates,
        )


def _sinusoids(positions: int, width: int) -> npt.NDArray[np.float32]:
    """Pegasus' positions, (positions, width): sines in the first half, cosines in the second."""
    angles = np.arange(positions)[:, None] / 10000 ** (2 * (np.arange(width) // 2) / width)
    return np.concatenate([np.sin(angles[:, 0::2]), np.cos(angles[:, 1::2])], axis=1).astype(np.float32)


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / "graphs.json").read_text(encoding="utf-8"))
        if about["format"] != FORMAT:
            raise ModelError(
                f"{folder} holds graphs of format {about['format']}, this obecsum reads format {FORMAT}; write them "
                "again with obecsum train graphs"
            )
        return {"int8": frozenset(map(str, about["int8"]))}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{folder}/graphs.json cannot be read ({error}); write it again with obecsum train graphs"
        ) from error


def _weights(folder: Path) -> dict[str, npt.NDArray[Any]]:
    from safetensors.numpy import load_file

    files = sorted(folder.glob("*.safetensors"))
    try:
        return {name: value for file in files for name, value in load_file(file).items()}
    except Exception as error:  # safetensors raises a class of its own
        raise ModelError(f"the weights in {folder} cannot be read: {error}") from error


def _int8_limit(onnxruntime: Any, check: Path) -> int:
    """127, or 63 where this processor's products of bytes overflow (x86 before VNNI adds two of them in 16 bits)."""
    rows = np.full((2, 64), 255, dtype=np.uint8)
    try:
        session = onnxruntime.InferenceSession(check.read_bytes(), providers=["CPUExecutionProvider"])
        (product,) = session.run(None, {"rows": rows})
    except Exception as error:
        raise ModelError(f"{check} cannot be used: {error}; write it again with obecsum train graphs") from error
    return INT8_LIMIT if bool((product == 64 * 255 * 127).all()) else INT8_LIMIT // 2
