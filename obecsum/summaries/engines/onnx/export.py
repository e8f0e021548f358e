"""Writes the graphs of a model beside its weights, and compares what they compute with what PyTorch computes."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import ModelError
from obecsum.summaries.engines.onnx.graph import build_decoder, build_encoder, build_overflow_check
from obecsum.summaries.engines.onnx.layout import FORMAT, Shape, linears
from obecsum.summaries.engines.onnx.runtime import GRAPHS, OnnxModel
from obecsum.summaries.engines.pieces import Pieces

__all__ = ["FLOAT", "Agreement", "compare_with_torch", "quantizable", "write_graphs"]

FLOAT = ("copy_gate",)
"""Products that stay in single precision: the gate is one column and decides everything."""

_MAX_DIFFERENCE = 1e-3  # of a log-probability, graphs in single precision against PyTorch
_MAX_INT8_DIFFERENCE = 0.15  # the mean over all pieces of the texts below, 8 bits against PyTorch
_TEXTS = (
    (
        "วันที่ \ue010 ธันวาคม \ue000 นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เปิดเผยว่า น้ำในเขื่อนมี \ue0b0 ล้านลูกบาศก์เมตร คิดเป็นร้อยละ \ue030 "
        "ของความจุ เพียงพอสำหรับการเพาะปลูกในฤดูแล้งของเกษตรกรทั่วประเทศ",
        "กรมตัวอย่าง เผยน้ำในเขื่อนเพียงพอสำหรับการเพาะปลูกในฤดูแล้ง",
    ),
    (
        "กระทรวงศึกษาธิการเปิดรับสมัครครูผู้ช่วยทั่วประเทศ จำนวน \ue070 อัตรา ตั้งแต่วันนี้ถึงวันที่ \ue010 เมษายน \ue000 ทางเว็บไซต์",
        "ศธ. เปิดรับสมัครครูผู้ช่วย \ue070 อัตรา ถึง \ue010 เมษายน",
    ),
    ("ประชุมคณะกรรมการ", "คณะกรรมการประชุม"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the graphs' log-probabilities of some pieces are from PyTorch's, both given the same pieces before.

    Attributes:
        pieces: How many were compared.
        largest_fp32: Largest difference with weights in single precision.
        mean_int8: Mean difference with 8-bit weights.
        largest_int8: Largest difference with 8-bit weights.
    """

    pieces: int
    largest_fp32: float
    mean_int8: float
    largest_int8: float


def quantizable(shape: Shape) -> list[str]:
    """Names of the products whose weights become 8-bit integers."""
    names = [linear.name for graph in ("encoder", "decoder") for linear in linears(shape, graph)]
    return [name for name in names if name not in FLOAT]


def write_graphs(folder: Path) -> Agreement:
    """Writes the ``onnx`` folder of a model, after it has been found to compute what PyTorch computes.

    Args:
        folder: A model folder with config, weights and tokenizer.

    Returns:
        How well it agrees; it is written into ``onnx/graphs.json`` too.

    Raises:
        ModelError: The model has another layout, or the graphs compute something else.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    shape = Shape.of(config)
    with tempfile.TemporaryDirectory() as scratch:
        exact, small = Path(scratch) / "exact", Path(scratch) / "small"
        write_folder(folder, exact, int8=())
        write_folder(folder, small, int8=quantizable(shape))
        agreement = compare_with_torch(folder, exact, small)
        if not agreement.largest_fp32 <= _MAX_DIFFERENCE:
            raise ModelError(
                f"the graphs of {folder} compute something else than the model: a log-probability differs by "
                f"{agreement.largest_fp32:.3g} (allowed: {_MAX_DIFFERENCE}); they were not written"
            )
        if not agreement.mean_int8 <= _MAX_INT8_DIFFERENCE:
            raise ModelError(
                f"8-bit weights change the model in {folder} too much: log-probabilities differ by "
                f"{agreement.mean_int8:.3g} in the mean (allowed: {_MAX_INT8_DIFFERENCE}); nothing was written"
            )
        about = json.loads((small / GRAPHS / "graphs.json").read_text(encoding="utf-8"))
        about["agreement"] = {name: float(f"{value:.3g}") for name, value in asdict(agreement).items()}
        (small / GRAPHS / "graphs.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
        out = folder / GRAPHS
        if out.exists():
            shutil.rmtree(out)
        shutil.copytree(small / GRAPHS, out)
    return agreement


def write_folder(folder: Path, out: Path, *, int8: Collection[str]) -> None:
    """Writes a model folder that shares the files of another and has graphs of its own, unchecked.

    Args:
        folder: A model folder.
        out: Folder to make.
        int8: Names of the products with 8-bit weights; empty for single precision.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    shape = Shape.of(config)
    graphs = out / GRAPHS
    graphs.mkdir(parents=True)
    for path in folder.iterdir():
        if path.is_file():
            (out / path.name).symlink_to(path.resolve())
    encoder = build_encoder(shape, inner=int(config["encoder_ffn_dim"]), int8=int8)
    decoder = build_decoder(shape, inner=int(config["decoder_ffn_dim"]), int8=int8)
    (graphs / "encoder.onnx").write_bytes(encoder)
    (graphs / "decoder.onnx").write_bytes(decoder)
    (graphs / "overflow.onnx").write_bytes(build_overflow_check())
    about = {"format": FORMAT, "int8": list(int8)}
    (graphs / "graphs.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def compare_with_torch(folder: Path, exact: Path, small: Path) -> Agreement:
    """Compares graphs in single precision and in 8 bits with PyTorch, piece by piece of a few texts.

    Args:
        folder: The model.
        exact: A folder whose graphs have weights in single precision.
        small: A folder whose graphs have 8-bit weights.
    """
    from obecsum.summaries.engines.torch_model import load_torch

    model = load_torch(str(folder)).model
    pieces = Pieces(folder)
    runners = [OnnxModel(exact), OnnxModel(small)]
    differences: list[list[float]] = [[], []]
    for source, target in _TEXTS:
        (source_ids, _), (target_ids, _) = pieces.encode([source, target])
        source_ids, target_ids = [*source_ids, pieces.end_id], [*target_ids, pieces.end_id]
        expected = _torch_scores(model, source_ids, target_ids)
        for runner, found in zip(runners, differences, strict=True):
            found += np.abs(_graph_scores(runner, source_ids, target_ids) - expected).tolist()
    return Agreement(len(differences[0]), max(differences[0]), float(np.mean(differences[1])), max(differences[1]))


def _torch_scores(model: object, source: Sequence[int], target: Sequence[int]) -> npt.NDArray[np.float32]:
    import torch

    start = int(model.config.decoder_start_token_id)  # type: ignore[attr-defined]
    with torch.inference_mode():
        logits = model(  # type: ignore[operator]
            input_ids=torch.tensor([source]), decoder_input_ids=torch.tensor([[start, *target[:-1]]])
        ).logits[0]
    scores = torch.log_softmax(logits.float(), dim=-1).gather(1, torch.tensor(target)[:, None])[:, 0]
    return np.asarray(scores.numpy(), dtype=np.float32)


def _graph_scores(runner: OnnxModel, source: Sequence[int], target: Sequence[int]) -> npt.NDArray[np.float32]:
    # Two beams write the same, so that what a beam sees of the others is part of the comparison.
    batch = runner.start([source], 2)
    pieces = [int(runner.config.get("decoder_start_token_id") or 0), *target[:-1]]
    found = []
    for step, (piece, following) in enumerate(zip(pieces, target, strict=True)):
        parents = np.array([[step % 2, (step + 1) % 2]], dtype=np.int64)
        result = batch.step(np.full((1, 2), piece, dtype=np.int64), parents, None)
        found.append(float(result.scores(0, step % 2, [following])[0]))
    return np.array(found, dtype=np.float32)
