"""Builds the ONNX graphs of our model: one that reads a batch of sources, one that writes a piece with every beam.

Beyond what an exporter makes of the PyTorch modules: what the encoder gives the decoder is not repeated for the beams;
the decoder's own keys and values are never reordered, since a beam looks through a mask at what its ancestors wrote;
and 8-bit products scale each row by itself, so what is written of a release does not depend on its batch.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from obecsum.summaries.engines.onnx.layout import Shape, norms

__all__ = ["build_decoder", "build_encoder", "build_overflow_check"]

_OPSET = 20
_IR_VERSION = 10
_MICROSOFT = "com.microsoft"  # ONNX Runtime's own operators
_FLOAT, _INT64 = TensorProto.FLOAT, TensorProto.INT64


class _Graph:
    """Collects nodes; every method returns the name of what it made."""

    def __init__(self, shape: Shape, int8: Collection[str]) -> None:
        self.shape = shape
        self.int8 = frozenset(int8)
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.open: list[str] = []
        self.inputs: list[Any] = []
        self.outputs: list[Any] = []
        self.rows: dict[str, tuple[str, str]] = {}

    def op(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: Any) -> Any:
        names = [f"n{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def constant(self, value: Any, dtype: Any = np.int64) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(value, dtype=dtype), name))
        return name

    def tensor(self, name: str, kind: int, dims: list[int]) -> str:
        """A tensor that the runner gives when it makes a session."""
        if name not in self.open:
            self.open.append(name)
            made = TensorProto(name=name, data_type=kind, dims=dims, data_location=TensorProto.EXTERNAL)
            made.external_data.add(key="location", value="model.safetensors")
            self.constants.append(made)
        return name

    def input(self, name: str, kind: int, dims: list[int | str]) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, kind, dims))
        return name

    def output(self, made: str, name: str, kind: int, dims: list[int | str]) -> str:
        """Gives what was made last its public name; an Identity node would copy it."""
        node = next(node for node in reversed(self.nodes) if made in node.output)
        node.output[list(node.output).index(made)] = name
        self.outputs.append(helper.make_tensor_value_info(name, kind, dims))
        return name

    def norm(self, x: str, name: str) -> str:
        width = self.shape.width
        weight, bias = (self.tensor(f"{name}.{part}", _FLOAT, [width]) for part in ("weight", "bias"))
        return str(self.op("LayerNormalization", x, weight, bias, axis=-1, epsilon=1e-5))

    def linear(self, x: str, name: str, inputs: int, outputs: int) -> str:
        """(rows, inputs) to (rows, outputs)."""
        if name not in self.int8:
            made = self.op("MatMul", x, self.tensor(f"{name}:w", _FLOAT, [inputs, outputs]))
        else:
            integers, scale = self.rows.get(x) or self._quantize(x)
            made = self.op(
                "MatMulIntegerToFloat",
                integers,
                self.tensor(f"{name}:w", TensorProto.INT8, [inputs, outputs]),
                self.constant(1.0, np.float32),
                self.tensor(f"{name}:s", _FLOAT, [outputs]),
                self.constant(128, np.uint8),
                domain=_MICROSOFT,
            )
            made = self.op("Mul", made, scale)
        return str(self.op("Add", made, self.tensor(f"{name}:b", _FLOAT, [outputs])))

    def _quantize(self, x: str) -> tuple[str, str]:
        """Rows as bytes around 128, and the scale of each row, (rows, 1)."""
        largest = self.op("ReduceMax", self.op("Abs", x), self.constant([1]), keepdims=0)
        scale = self.op(
            "Max", self.op("Mul", largest, self.constant(1 / 127, np.float32)), self.constant(1e-9, np.float32)
        )
        middle = self.op("Expand", self.constant(128, np.uint8), self.op("Shape", scale))
        self.rows[x] = (
            self.op("QuantizeLinear", x, scale, middle, axis=0),
            self.op("Unsqueeze", scale, self.constant([1])),
        )
        return self.rows[x]

    def heads(self, x: str, batch_and_length: str, heads: int) -> str:
        """(batch x length, width) to (batch, heads, length, width / heads)."""
        split = self.op("Concat", batch_and_length, self.constant([heads, self.shape.width // heads]), axis=0)
        return str(self.op("Transpose", self.op("Reshape", x, split), perm=[0, 2, 1, 3]))

    def attend(self, query: str, keys: str, values: str, bias: str, heads: int) -> str:
        """Attention of (batch, heads, length, width / heads); the result is (batch x length, width)."""
        scaling = (self.shape.width // heads) ** -0.5
        scores = self.op("FusedMatMul", query, keys, domain=_MICROSOFT, transB=1, alpha=scaling)
        weights = self.op("Softmax", self.op("Add", scores, bias), axis=-1)
        seen = self.op("Transpose", self.op("MatMul", weights, values), perm=[0, 2, 1, 3])
        return str(self.op("Reshape", seen, self.constant([-1, self.shape.width])))

    def feed_forward(self, x: str, layer: str, inner: int) -> str:
        hidden = self.linear(self.norm(x, f"{layer}.final_layer_norm"), f"{layer}.fc1", self.shape.width, inner)
        hidden = self.op("Gelu", hidden) if self.shape.activation == "gelu" else self.op("Relu", hidden)
        return str(self.op("Add", x, self.linear(hidden, f"{layer}.fc2", inner, self.shape.width)))

    def self_attention(self, x: str, layer: str) -> list[str]:
        """Queries, keys and values, (batch x length, width) each, of a layer's own attention."""
        width = self.shape.width
        joined = self.linear(self.norm(x, f"{layer}.self_attn_layer_norm"), f"{layer}.self_attn.qkv", width, 3 * width)
        return list(self.op("Split", joined, outputs=3, axis=1, num_outputs=3))

    def model(self, name: str) -> bytes:
        graph = helper.make_graph(self.nodes, name, self.inputs, self.outputs, self.constants)
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        made = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION, producer_name="obecsum")
        return bytes(made.SerializeToString())


def _first_dims(graph: _Graph, x: str) -> str:
    return str(graph.op("Slice", graph.op("Shape", x), graph.constant([0]), graph.constant([2])))


def build_encoder(shape: Shape, *, inner: int, int8: Collection[str] = ()) -> bytes:
    """The graph that reads.

    Inputs: ``embeds`` (batch, length, width), embedded pieces with their positions; ``bias`` (batch, 1, 1, length), 0
    or a large negative number where a row is padded. Outputs: for each decoder layer i ``cross_k_i`` and ``cross_v_i``
    (batch, heads, length, width / heads), and with a copy head ``copy_keys`` (batch, length, copy_dim).

    Args:
        shape: The model's.
        inner: Width of the feed-forward layers.
        int8: Names of the products with 8-bit weights.
    """
    graph = _Graph(shape, int8)
    width, heads = shape.width, shape.encoder_heads
    embeds = graph.input("embeds", _FLOAT, ["batch", "length", width])
    bias = graph.input("bias", _FLOAT, ["batch", 1, 1, "length"])
    dims = _first_dims(graph, embeds)
    x = graph.op("Reshape", embeds, graph.constant([-1, width]))
    for i in range(shape.encoder_layers):
        layer = f"model.encoder.layers.{i}"
        query, keys, values = (graph.heads(part, dims, heads) for part in graph.self_attention(x, layer))
        seen = graph.attend(query, keys, values, bias, heads)
        x = graph.op("Add", x, graph.linear(seen, f"{layer}.self_attn.out_proj", width, width))
        x = graph.feed_forward(x, layer, inner)
    x = graph.norm(x, norms(shape, "encoder")[-1])
    head_dims: list[int | str] = ["batch", shape.decoder_heads, "length", width // shape.decoder_heads]
    for i in range(shape.decoder_layers):
        joined = graph.linear(x, f"model.decoder.layers.{i}.encoder_attn.kv", width, 2 * width)
        for name, part in zip("kv", graph.op("Split", joined, outputs=2, axis=1, num_outputs=2), strict=True):
            graph.output(graph.heads(part, dims, shape.decoder_heads), f"cross_{name}_{i}", _FLOAT, head_dims)
    if shape.copy_dim:
        keys = graph.linear(x, "copy_key", width, shape.copy_dim)
        size = graph.op("Concat", dims, graph.constant([shape.copy_dim]), axis=0)
        graph.output(graph.op("Reshape", keys, size), "copy_keys", _FLOAT, ["batch", "length", shape.copy_dim])
    return graph.model("encoder")


def build_decoder(shape: Shape, *, inner: int, int8: Collection[str] = ()) -> bytes:
    """The graph that writes one piece with every beam.

    Inputs: ``embeds`` (batch, beams, width); ``cross_bias`` (batch, 1, 1, length) for the padding of the source;
    ``self_bias`` (batch, 1, beams, past + beams), 0 where a beam's ancestor or itself wrote, a large negative number
    elsewhere; for each layer i ``past_k_i``, ``past_v_i`` (batch, heads, past, width / heads), all beams of all steps
    one after another, and ``cross_k_i``, ``cross_v_i``; ``top`` (1), how many of the most probable pieces are wanted;
    with a copy head ``copy_keys`` and ``source_ids`` (batch, beams, length). Outputs: ``parts`` (batch, beams,
    vocabulary), probabilities, with a copy head divided by the sigmoid of ``gate`` (batch, beams, 1); ``top_parts`` and
    ``top_ids`` (batch, beams, top), the largest of them; ``present_k_i``, ``present_v_i``.

    Args:
        shape: The model's.
        inner: Width of the feed-forward layers.
        int8: Names of the products with 8-bit weights.
    """
    graph = _Graph(shape, int8)
    width, heads = shape.width, shape.decoder_heads
    embeds = graph.input("embeds", _FLOAT, ["batch", "beams", width])
    cross_bias = graph.input("cross_bias", _FLOAT, ["batch", 1, 1, "length"])
    self_bias = graph.input("self_bias", _FLOAT, ["batch", 1, "beams", "seen"])
    dims = _first_dims(graph, embeds)
    x = graph.op("Reshape", embeds, graph.constant([-1, width]))
    for i in range(shape.decoder_layers):
        layer = f"model.decoder.layers.{i}"
        query, *written = (graph.heads(part, dims, heads) for part in graph.self_attention(x, layer))
        seen = []
        for name, part in zip("kv", written, strict=True):
            past = graph.input(f"past_{name}_{i}", _FLOAT, ["batch", heads, "past", width // heads])
            joined = graph.op("Concat", past, part, axis=2)
            seen.append(graph.output(joined, f"present_{name}_{i}", _FLOAT, ["batch", heads, "seen", width // heads]))
        own = graph.attend(query, seen[0], seen[1], self_bias, heads)
        x = graph.op("Add", x, graph.linear(own, f"{layer}.self_attn.out_proj", width, width))
        query = graph.linear(
            graph.norm(x, f"{layer}.encoder_attn_layer_norm"), f"{layer}.encoder_attn.q_proj", width, width
        )
        source = [graph.input(f"cross_{name}_{i}", _FLOAT, ["batch", heads, "length", width // heads]) for name in "kv"]
        read = graph.attend(graph.heads(query, dims, heads), source[0], source[1], cross_bias, heads)
        x = graph.op("Add", x, graph.linear(read, f"{layer}.encoder_attn.out_proj", width, width))
        x = graph.feed_forward(x, layer, inner)
    x = graph.norm(x, norms(shape, "decoder")[-1])
    logits = graph.linear(x, "lm_head", width, shape.vocabulary)
    whole = graph.op("Concat", dims, graph.constant([shape.vocabulary]), axis=0)
    parts = graph.op("Reshape", graph.op("Softmax", logits, axis=-1), whole)
    if shape.copy_dim:
        parts = _copied(graph, x, dims, parts, cross_bias)
    parts = graph.output(parts, "parts", _FLOAT, ["batch", "beams", shape.vocabulary])
    best, ids = graph.op("TopK", parts, graph.input("top", _INT64, [1]), outputs=2, axis=-1)
    graph.output(best, "top_parts", _FLOAT, ["batch", "beams", "wanted"])
    graph.output(ids, "top_ids", _INT64, ["batch", "beams", "wanted"])
    return graph.model("decoder")


def _copied(graph: _Graph, x: str, dims: str, written: str, cross_bias: str) -> str:
    """The mixture of writing and copying of :mod:`~.engines.pointer`, divided by the gate: one pass saved."""
    width, copy_dim = graph.shape.width, graph.shape.copy_dim
    keys = graph.input("copy_keys", _FLOAT, ["batch", "length", copy_dim])
    source_ids = graph.input("source_ids", _INT64, ["batch", "beams", "length"])
    size = graph.op("Concat", dims, graph.constant([copy_dim]), axis=0)
    query = graph.op("Reshape", graph.linear(x, "copy_query", width, copy_dim), size)
    scores = graph.op("FusedMatMul", query, keys, domain=_MICROSOFT, transB=1, alpha=copy_dim**-0.5)
    bias = graph.op("Squeeze", cross_bias, graph.constant([1]))
    attention = graph.op("Softmax", graph.op("Add", scores, bias), axis=-1)
    size = graph.op("Concat", dims, graph.constant([1]), axis=0)
    gate = graph.op("Reshape", graph.linear(x, "copy_gate", width, 1), size)
    gate = graph.output(gate, "gate", _FLOAT, ["batch", "beams", 1])
    # Beyond 60 one of the two is nothing in single precision.
    bounded = graph.op("Clip", gate, graph.constant(-60.0, np.float32), graph.constant(60.0, np.float32))
    odds = graph.op("Exp", graph.op("Neg", bounded))  # of copying: (1 - g) / g
    copied = graph.op("Mul", attention, odds)
    return str(graph.op("ScatterElements", written, source_ids, copied, axis=2, reduction="add"))


def build_overflow_check() -> bytes:
    """A product of bytes at their limits, (2, 64) by (64, 16): where it is wrong, 8-bit weights must be smaller."""
    rows = helper.make_tensor_value_info("rows", TensorProto.UINT8, [2, 64])
    product = helper.make_tensor_value_info("product", TensorProto.INT32, [2, 16])
    matrix = numpy_helper.from_array(np.full((64, 16), 127, dtype=np.int8), "matrix")
    node = helper.make_node("MatMulInteger", ["rows", "matrix"], ["product"])
    graph = helper.make_graph([node], "overflow", [rows], [product], [matrix])
    opsets = [helper.make_opsetid("", _OPSET)]
    return bytes(helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION).SerializeToString())
