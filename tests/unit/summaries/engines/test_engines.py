"""Which runtime runs a model, what it needs, and what is said of folders that cannot be used."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

import obecsum
from obecsum.core.errors import ModelError, OptionError
from obecsum.core.model_paths import model_path
from obecsum.summaries import models
from obecsum.summaries.engines.onnx.layout import FORMAT
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


def without(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.setattr(models, "find_spec", lambda name: None if name == missing else object())


def test_auto_is_onnx_for_the_bundled_model(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_model("obecsum-th").engine.name == "onnx"
    without(monkeypatch, "onnxruntime")
    with pytest.raises(ModelError, match="needs onnxruntime, which cannot be imported"):
        obecsum.Summarizer(runtime="onnx")
    with pytest.warns(UserWarning, match="runs through PyTorch: .*onnxruntime"):
        assert load_model("obecsum-th").engine.name == "transformers"


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without(monkeypatch, "ctranslate2")
    small_models()["pegasus"].save_pretrained(tmp_path)
    nfkc_tokenizer().save_pretrained(tmp_path)
    with pytest.raises(ModelError, match=r"needs ctranslate2 .* pip install obecsum\[ctranslate2\]"):
        obecsum.Summarizer(str(tmp_path), runtime="ctranslate2")
    assert load_model(str(tmp_path)).engine.name == "transformers"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"runtime": "fast"}, "runtime must be one of auto, onnx, torch, ctranslate2, got 'fast'"),
        ({"threads": 0}, "threads must be from 1 to 512, got 0"),
    ],
)
def test_wrong_options(options: dict[str, Any], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        obecsum.Summarizer(**options)


@pytest.mark.parametrize("options", [{"runtime": None}, {"threads": 1.5}, {"threads": "2"}])
def test_options_of_wrong_types(options: dict[str, Any]) -> None:
    (name,) = options
    with pytest.raises(TypeError, match=rf"{name} must be .*, got "):
        obecsum.Summarizer(**options)


@pytest.mark.parametrize("runtime", ["onnx", "ctranslate2"])
def test_names_of_the_hub_run_through_torch_alone(runtime: Any) -> None:
    with pytest.raises(ModelError, match="runs the bundled model and model folders, got 'someone/some-model'"):
        obecsum.Summarizer("someone/some-model", runtime=runtime)


def test_a_folder_for_another_runtime(bundled: Path) -> None:
    with pytest.raises(ModelError, match=r"runs models of the types .* is of type 'pegasus_pointer'"):
        load_model(str(bundled), runtime="ctranslate2")
    shutil.rmtree(bundled / "onnx")
    with pytest.raises(ModelError, match=r"has no graphs .* write them with obecsum train graphs"):
        load_model(str(bundled), runtime="onnx")
    assert load_model(str(bundled)).engine.name == "transformers"


@pytest.mark.parametrize("file", ["encoder.onnx", "decoder.onnx", "overflow.onnx", "graphs.json"])
@pytest.mark.parametrize("damage", ["cut", "missing", "noise"])
def test_damaged_graphs(file: str, damage: str, bundled: Path) -> None:
    path = bundled / "onnx" / file
    data = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(data[: len(data) // 2] if damage == "cut" else b"\x07" * 500)
    with pytest.raises(ModelError, match="write it again with obecsum train graphs"):
        load_model(str(bundled), runtime="onnx")
    with pytest.warns(UserWarning, match="runs through PyTorch"):
        assert load_model(str(bundled)).engine.name == "transformers"


def test_graphs_of_another_format_and_another_shape(bundled: Path) -> None:
    about = bundled / "onnx" / "graphs.json"
    about.write_text(json.dumps({"format": 99, "int8": []}), encoding="utf-8")
    with pytest.raises(ModelError, match="graphs of format 99"):
        load_model(str(bundled), runtime="onnx")
    # Graphs that know nothing of 8 bits, beside a list that asks for them.
    about.write_text(json.dumps({"format": FORMAT, "int8": []}), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be used with the weights beside it"):
        load_model(str(bundled), runtime="onnx")


def test_damaged_weights_and_a_pickle(bundled: Path) -> None:
    weights = bundled / "model.safetensors"
    weights.unlink()
    weights.write_bytes(b"\x00" * 100)
    with pytest.raises(ModelError, match=r"the weights in .* cannot be read"):
        load_model(str(bundled), runtime="onnx")
    weights.rename(bundled / "pytorch_model.bin")
    for runtime in ("onnx", "auto", "torch"):
        with pytest.raises(ModelError, match="pickle"):
            load_model(str(bundled), runtime=runtime)


def test_a_folder_without_tokenizer(bundled: Path) -> None:
    (bundled / "tokenizer.json").unlink()
    for runtime in ("onnx", "auto", "torch"):
        with pytest.raises(ModelError, match="has no tokenizer"):
            load_model(str(bundled), runtime=runtime)


@pytest.mark.parametrize("runtime", ["onnx", "auto", "torch"])
@pytest.mark.parametrize(
    "changes",
    [
        {"d_model": None},
        {"d_model": 64},
        {"vocab_size": "many"},
        {"encoder_layers": 9},
        {"decoder_layers": None},
        {"source_pieces": "many"},
        {"eos_token_id": None},
        {"max_position_embeddings": None},
        {"decoder_start_token_id": "first"},
        {"model_type": "unheard-of"},
    ],
    ids=lambda changes: "-".join(f"{name}={value}" for name, value in changes.items()),
)
def test_a_config_that_the_weights_are_not_of(changes: dict[str, Any], runtime: Any, bundled: Path) -> None:
    """Nothing is drawn at random, guessed or raised as another library's error: one line says which model."""
    path = bundled / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config = {name: value for name, value in {**config, **changes}.items() if value is not None}
    path.unlink()
    path.write_text(json.dumps(config), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a fallback that fails as well is told as one error
        with pytest.raises(ModelError) as caught:
            obecsum.Summarizer(str(bundled), runtime=runtime)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("runtime", ["onnx", "torch"])
def test_a_tokenizer_of_another_model(runtime: Any, bundled: Path) -> None:
    for path in bundled.glob("tokenizer*"):
        path.unlink()
    nfkc_tokenizer().save_pretrained(bundled)
    with pytest.raises(ModelError, match="weights and tokenizer must be of one model"):
        obecsum.Summarizer(str(bundled), runtime=runtime)


def test_a_tokenizer_with_more_pieces_than_the_model(tmp_path: Path) -> None:
    small_models()["bart"].save_pretrained(tmp_path)
    for path in model_path("obecsum-th").glob("tokenizer*"):
        shutil.copy(path, tmp_path)
    with pytest.raises(ModelError, match="weights and tokenizer must be of one model"):
        obecsum.Summarizer(str(tmp_path), runtime="torch")


def test_damaged_weights_through_torch(bundled: Path) -> None:
    weights = bundled / "model.safetensors"
    data = weights.read_bytes()
    weights.unlink()
    weights.write_bytes(data[: len(data) // 2])
    with pytest.raises(ModelError, match=r"the model '.*' cannot be loaded \(SafetensorError"):
        load_model(str(bundled), runtime="torch")


HEAVY = "{'torch', 'transformers', 'sentence_transformers', 'pyarrow', 'scipy'} & set(sys.modules)"


def test_a_summary_imports_neither_torch_nor_transformers() -> None:
    code = (
        "import sys, obecsum\n"
        f"assert obecsum.summarize({TEXT!r}).fallback is None\n"
        f"print(*sorted({HEAVY} | {{'numba'}} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_a_whole_job_imports_neither_torch_nor_transformers(tmp_path: Path) -> None:
    (tmp_path / "feed.jsonl").write_text(json.dumps({"text": TEXT}), encoding="utf-8")
    code = (
        "import sys\nfrom obecsum.cli.app import main\n"
        "sys.argv = ['obecsum', 'clean', 'feed.jsonl', '--out', 'out', '--threads', '1']\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print('heavy:', *sorted({HEAVY}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "heavy:"
    kept = json.loads((tmp_path / "out" / "kept.jsonl").read_text(encoding="utf-8"))
    assert kept["headline"]
    assert kept["fallback"] is None


def test_both_engines_read_the_same_pieces_and_mostly_write_the_same() -> None:
    from obecsum.summaries.writer import Writer

    texts = [TEXT, TEXT.replace("น้ำในเขื่อน", "ข้าวในคลัง"), "กรมตัวอย่างเปิดรับสมัครบุคคลเข้ารับราชการ จำนวน 25 อัตรา " * 3]
    fast, slow = (Writer(load_model("obecsum-th", runtime=runtime), num_beams=4) for runtime in ("onnx", "torch"))
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
    loaded = load_model(str(folder), runtime="ctranslate2")
    assert loaded.engine.name == "ctranslate2"
    (summary,) = obecsum.Summarizer(str(folder), runtime="ctranslate2", num_beams=2).summarize([TEXT])
    assert summary.text
    wrong = tmp_path / "mt5"
    small_models()["mt5"].save_pretrained(wrong)
    nfkc_tokenizer().save_pretrained(wrong)
    with pytest.raises(ModelError, match=r"converts the model in .* wrongly"):
        load_model(str(wrong), runtime="ctranslate2")
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
