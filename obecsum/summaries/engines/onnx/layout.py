"""The parts of our model that both its ONNX graphs and their runner must agree on: shapes and weights by name.

The graphs hold no weights. Every tensor is taken from the model folder's ``model.safetensors`` when a session is made:
matrices are joined where they read the same input, turned, and made 8-bit integers there and then. So the graphs are
small, the weights lie in the package once, and a retrained model needs no new file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import ModelError

__all__ = ["FORMAT", "INT8_LIMIT", "Linear", "Shape", "linears", "norms", "tensors"]

FORMAT = 2
"""Of the graphs and their names; a runner refuses another."""

INT8_LIMIT = 127
_ACTIVATIONS = ("gelu", "relu")


@dataclass(frozen=True, slots=True)
class Shape:
    """What the graphs depend on.

    Attributes:
        width: d_model.
        encoder_layers: Their number.
        decoder_layers: Their number.
        encoder_heads: Attention heads of an encoder layer.
        decoder_heads: Attention heads of a decoder layer.
        activation: "gelu" (exact) or "relu".
        copy_dim: Width of the copy head, 0 for a model without.
        vocabulary: Pieces.
    """

    width: int
    encoder_layers: int
    decoder_layers: int
    encoder_heads: int
    decoder_heads: int
    activation: str
    copy_dim: int
    vocabulary: int

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Shape:
        """Reads a ``config.json``.

        Raises:
            ModelError: The model is no Pegasus with or without our copy head, or has an activation we do not build.
        """
        kind = config.get("model_type")
        if kind not in ("pegasus_pointer", "pegasus"):
            raise ModelError(f"ONNX graphs are made for pegasus_pointer and pegasus models, got model_type {kind!r}")
        activation = str(config.get("activation_function", "gelu"))
        if activation not in _ACTIVATIONS:
            allowed = " or ".join(_ACTIVATIONS)
            raise ModelError(f"ONNX graphs are made for the activation {allowed}, got {activation!r}")
        return cls(
            width=int(config["d_model"]),
            encoder_layers=int(config["encoder_layers"]),
            decoder_layers=int(config["decoder_layers"]),
            encoder_heads=int(config["encoder_attention_heads"]),
            decoder_heads=int(config["decoder_attention_heads"]),
            activation=activation,
            copy_dim=int(config.get("copy_dim", 128)) if kind == "pegasus_pointer" else 0,
            vocabulary=int(config["vocab_size"]),
        )


@dataclass(frozen=True, slots=True)
class Linear:
    """One matrix product of a graph.

    Attributes:
        name: What its tensors are called in the graph: ``name:w`` (inputs, outputs), ``name:b`` (outputs), and for
            8-bit weights ``name:s`` (outputs), the scale of each column.
        parts: Modules of the model whose outputs stand side by side.
    """

    name: str
    parts: tuple[str, ...]


def linears(shape: Shape, graph: str) -> list[Linear]:
    """The products of a graph, ``"encoder"`` or ``"decoder"``, in their order."""
    if graph == "encoder":
        found = []
        for i in range(shape.encoder_layers):
            layer = f"model.encoder.layers.{i}"
            found += _attention(f"{layer}.self_attn")
            found += [Linear(f"{layer}.{name}", (f"{layer}.{name}",)) for name in ("fc1", "fc2")]
        for i in range(shape.decoder_layers):
            layer = f"model.decoder.layers.{i}.encoder_attn"
            found.append(Linear(f"{layer}.kv", (f"{layer}.k_proj", f"{layer}.v_proj")))
        return [*found, Linear("copy_key", ("copy_key",))] if shape.copy_dim else found
    found = []
    for i in range(shape.decoder_layers):
        layer = f"model.decoder.layers.{i}"
        found += _attention(f"{layer}.self_attn")
        found += [
            Linear(f"{layer}.{name}", (f"{layer}.{name}",))
            for name in ("encoder_attn.q_proj", "encoder_attn.out_proj", "fc1", "fc2")
        ]
    if shape.copy_dim:
        found.append(Linear("copy_query", ("copy_query",)))
        found.append(Linear("copy_gate", ("copy_gate",)))
    return [*found, Linear("lm_head", ("lm_head",))]


def _attention(module: str) -> list[Linear]:
    return [
        Linear(f"{module}.qkv", tuple(f"{module}.{name}_proj" for name in "qkv")),
        Linear(f"{module}.out_proj", (f"{module}.out_proj",)),
    ]


def norms(shape: Shape, graph: str) -> list[str]:
    """The layer normalizations of a graph by module name; their tensors are ``name.weight`` and ``name.bias``."""
    inner = ["self_attn_layer_norm", "final_layer_norm"]
    count = shape.encoder_layers
    if graph == "decoder":
        inner.insert(1, "encoder_attn_layer_norm")
        count = shape.decoder_layers
    return [f"model.{graph}.layers.{i}.{name}" for i in range(count) for name in inner] + [f"model.{graph}.layer_norm"]


def tensors(
    shape: Shape,
    graph: str,
    weights: Mapping[str, npt.NDArray[Any]],
    *,
    int8: Collection[str],
    limit: int = INT8_LIMIT,
) -> dict[str, npt.NDArray[Any]]:
    """Every tensor that a graph leaves open.

    Args:
        shape: The model's.
        graph: "encoder" or "decoder".
        weights: The model's tensors by name, floating point.
        int8: Names of the products whose matrices become 8-bit integers, symmetric, a scale for each column.
        limit: Largest integer; 63 where the processor's products of bytes overflow.

    Raises:
        ModelError: A tensor is missing.
    """

    def get(name: str) -> npt.NDArray[np.float32]:
        found = weights.get(name)
        if found is None and name == "lm_head.weight":
            found = weights.get("model.shared.weight")  # tied
        if found is None and name == "lm_head.bias":
            found = weights.get("final_logits_bias", np.zeros(shape.vocabulary, dtype=np.float32)).reshape(-1)
        if found is None:
            raise ModelError(f"the model's weights lack {name}; save the whole model with save_pretrained")
        return found.astype(np.float32)

    made: dict[str, npt.NDArray[Any]] = {}
    for linear in linears(shape, graph):
        matrix = np.concatenate([get(f"{part}.weight") for part in linear.parts])
        made[f"{linear.name}:b"] = np.concatenate([get(f"{part}.bias") for part in linear.parts])
        if linear.name in int8:
            scale = np.maximum(np.abs(matrix).max(axis=1), 1e-8) / np.float32(limit)
            matrix /= scale[:, None]
            made[f"{linear.name}:w"] = np.ascontiguousarray(np.rint(matrix, out=matrix).astype(np.int8).T)
            made[f"{linear.name}:s"] = scale.astype(np.float32)
        else:
            made[f"{linear.name}:w"] = np.ascontiguousarray(matrix.T)
    for name in norms(shape, graph):
        for part in ("weight", "bias"):
            made[f"{name}.{part}"] = get(f"{name}.{part}")
    return made
