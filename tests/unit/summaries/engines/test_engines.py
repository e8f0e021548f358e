"""Which engine runs a model, what it needs, and what is said of folders that cannot be used."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import obecsum
from obecsum.core.errors import ModelError, OptionError
from obecsum.core.model_paths import model_path
from obecsum.summaries import models
from obecsum.summaries.models import load_model
from tests.unit.summaries.small import nfkc_tokenizer, small_models

TEXT = (
    "วันที่ 13 ธันวาคม 2567 นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เปิดเผยว่า น้ำในเขื่อนมี 1,250 ล้านลูกบาศก์เมตร "
    "คิดเป็นร้อยละ 60 ของความจุ เพียงพอสำหรับการเพาะปลูกในฤดูแล้งของเกษตรกรทั่วประเทศ"
)


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    """A copy of the bundled model's folder, its large files linked."""
    source = model_path("obecsum-th")
    for path in source.iterdir():
        if path.is_file():
            (tmp_path / path.name).symlink_to(path)
    shutil.copytree(source / "onnx", tmp_path / "onnx")
    return tmp_path


def without(monkeypatch: pytest.MonkeyPatch, *missing: str) -> None:
    monkeypatch.setattr(models, "find_spec", lambda name: None if name in missing else object())


def test_auto_is_fast_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("onnxruntime")
    assert load_model("obecsum-th").engine.name == "onnx"
    without(monkeypatch, "onnxruntime")
    assert load_model("obecsum-th").engine.name == "transformers"


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without(monkeypatch, "onnxruntime", "ctranslate2")
    with pytest.raises(ModelError, match=r"needs onnxruntime .* pip install obecsum\[fast\]"):
        obecsum.Summarizer(engine="fast")
    small_models()["pegasus"].save_pretrained(tmp_path)
    nfkc_tokenizer().save_pretrained(tmp_path)
    with pytest.raises(ModelError, match=r"needs ctranslate2 .* pip install obecsum\[fast\]"):
        obecsum.Summarizer(str(tmp_path), engine="fast")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": "onnx"}, "engine must be 'auto', 'torch' or 'fast', got 'onnx'"),
        ({"threads": 0}, "threads must be at least 1, got 0"),
    ],
)
def test_wrong_options(options: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        obecsum.Summarizer(**options)


def test_the_fast_engine_takes_no_name_of_the_hub() -> None:
    with pytest.raises(ModelError, match="runs the bundled model and model folders, got 'someone/some-model'"):
        obecsum.Summarizer("someone/some-model", engine="fast")


@pytest.mark.parametrize("file", ["encoder.onnx", "decoder.onnx", "overflow.onnx", "graphs.json"])
@pytest.mark.parametrize("damage", ["cut", "missing", "noise"])
def test_damaged_graphs(file: str, damage: str, bundled: Path) -> None:
    pytest.importorskip("onnxruntime")
    path = bundled / "onnx" / file
    data = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(data[: len(data) // 2] if damage == "cut" else b"\x07" * 500)
    with pytest.raises(ModelError, match="write it again with obecsum train graphs"):
        load_model(str(bundled), engine="fast")
    with pytest.warns(UserWarning, match="runs through PyTorch"):
        assert load_model(str(bundled)).engine.name == "transformers"


def test_graphs_of_another_format_and_another_shape(bundled: Path) -> None:
    pytest.importorskip("onnxruntime")
    about = bundled / "onnx" / "graphs.json"
    about.write_text(json.dumps({"format": 99, "int8": []}), encoding="utf-8")
    with pytest.raises(ModelError, match="graphs of format 99"):
        load_model(str(bundled), engine="fast")
    # Graphs that know nothing of 8 bits, beside a list that asks for them.
    about.write_text(json.dumps({"format": 1, "int8": []}), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be used with the weights beside it"):
        load_model(str(bundled), engine="fast")


def test_damaged_weights_and_a_pickle(bundled: Path) -> None:
    pytest.importorskip("onnxruntime")
    weights = bundled / "model.safetensors"
    weights.unlink()
    weights.write_bytes(b"\x00" * 100)
    with pytest.raises(ModelError, match=r"the weights in .* cannot be read"):
        load_model(str(bundled), engine="fast")
    weights.rename(bundled / "pytorch_model.bin")
    for engine in ("fast", "auto", "torch"):
        with pytest.raises(ModelError, match="pickle"):
            load_model(str(bundled), engine=engine)


def test_a_folder_without_tokenizer(bundled: Path) -> None:
    (bundled / "tokenizer.json").unlink()
    for engine in ("fast", "auto"):
        with pytest.raises(ModelError, match="has no tokenizer"):
            load_model(str(bundled), engine=engine)


def test_the_first_summary_without_torch() -> None:
    pytest.importorskip("onnxruntime")
    code = (
        "import sys, obecsum\n"
        f"summary = obecsum.Summarizer(engine='fast').summarize([{TEXT!r}])[0]\n"
        "assert summary.text\n"
        "print(*sorted({'torch', 'transformers', 'numba', 'pyarrow', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_both_engines_read_the_same_pieces_and_mostly_write_the_same() -> None:
    pytest.importorskip("onnxruntime")
    from obecsum.summaries.writer import Writer

    texts = [TEXT, TEXT.replace("น้ำในเขื่อน", "ข้าวในคลัง"), "กรมตัวอย่างเปิดรับสมัครบุคคลเข้ารับราชการ จำนวน 25 อัตรา " * 3]
    fast, slow = (Writer(load_model("obecsum-th", engine=engine), num_beams=4) for engine in ("fast", "torch"))
    ours, theirs = fast.write(texts, kind="headline"), slow.write(texts, kind="headline")
    # 8-bit weights may change the order of near equals, not what is written.
    for mine, yours in zip(ours, theirs, strict=True):
        assert set(mine) & set(yours)


def test_pieces_are_those_of_transformers() -> None:
    from transformers import AutoTokenizer

    from obecsum.summaries.engines.pieces import Pieces

    folder = model_path("obecsum-th")
    theirs, ours = AutoTokenizer.from_pretrained(folder), Pieces(folder)
    texts = [TEXT, "", "  สอง  ช่องว่าง ", "\ue000 ก์ABC😀", "<headline>ก"]
    encoded = theirs(texts, add_special_tokens=False, return_offsets_mapping=True)
    found = ours.encode(texts)
    assert [ids for ids, _ in found] == encoded["input_ids"]
    assert [offsets for _, offsets in found] == encoded["offset_mapping"]
    for ids, _ in found:
        assert ours.decode(ids) == theirs.decode(ids, skip_special_tokens=True)


def test_conversions_are_believed_only_on_equal_scores(tmp_path: Path) -> None:
    pytest.importorskip("ctranslate2")
    import torch
    from transformers import PegasusConfig, PegasusForConditionalGeneration

    tokenizer = nfkc_tokenizer()
    torch.manual_seed(0)
    config = PegasusConfig(
        vocab_size=len(tokenizer),
        d_model=32,
        encoder_layers=2,
        decoder_layers=1,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        max_position_embeddings=256,
        pad_token_id=0,
        eos_token_id=1,
        decoder_start_token_id=0,
        scale_embedding=True,
    )
    folder = tmp_path / "pegasus"
    PegasusForConditionalGeneration(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    loaded = load_model(str(folder), engine="fast")
    assert loaded.engine.name == "ctranslate2"
    (summary,) = obecsum.Summarizer(str(folder), engine="fast", num_beams=2).summarize([TEXT])
    assert summary.text
    wrong = tmp_path / "mt5"
    small_models()["mt5"].save_pretrained(wrong)
    nfkc_tokenizer().save_pretrained(wrong)
    with pytest.raises(ModelError, match=r"converts the model in .* wrongly"):
        load_model(str(wrong), engine="fast")
    with pytest.warns(UserWarning, match="runs through PyTorch"):
        assert load_model(str(wrong)).engine.name == "transformers"


def test_a_conversion_is_made_once_and_again_for_other_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ctranslate2")
    from obecsum.summaries.engines import ctranslate

    calls: list[Path] = []

    def convert(folder: Path, made: Path) -> float:
        calls.append(folder)
        made.mkdir()
        return 0.0

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(ctranslate, "_convert", convert)
    folder = tmp_path / "model"
    small_models()["bart"].save_pretrained(folder)
    first = ctranslate._converted(folder)
    assert ctranslate._converted(folder) == first
    assert len(calls) == 1
    (folder / "config.json").write_text("{}", encoding="utf-8")
    assert ctranslate._converted(folder) != first
    assert not [path for path in first.parent.iterdir() if path.name.startswith(".")], "scratch folders are removed"


def test_a_cache_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ctranslate2")
    from obecsum.summaries.engines import ctranslate

    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    folder = tmp_path / "model"
    small_models()["bart"].save_pretrained(folder)
    with pytest.raises(ModelError, match="set XDG_CACHE_HOME to a folder that can"):
        ctranslate._converted(folder)
