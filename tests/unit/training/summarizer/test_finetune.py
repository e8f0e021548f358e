"""The training loop, on a model that learns in seconds."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from obecsum.core.errors import InputError, OptionError
from obecsum.core.model_paths import model_path
from obecsum.training.corpus import Packed, pack
from obecsum.training.summarizer import precision
from obecsum.training.summarizer.examples import Examples
from obecsum.training.summarizer.examples import batches as batches_of
from obecsum.training.summarizer.export import export_model
from obecsum.training.summarizer.finetune import build_model, train
from obecsum.training.summarizer.recipe import TrainOptions

PLACES = ("เชียงใหม่", "ลำพูน", "แพร่", "น่าน", "ตาก", "พะเยา", "เลย", "ระยอง", "ตรัง", "สตูล", "ยะลา", "กระบี่")
OPTIONS = TrainOptions(
    steps=12,
    decay_steps=4,
    warmup_steps=2,
    batch_size=4,
    source_pieces=64,
    short_pieces=32,
    short_steps=4,
    recent_steps=3,
    checkpoint_every=5,
    evaluate_every=6,
    rouge_rows=3,
    dropout=0.1,
    label_smoothing=0.05,
    bf16=False,
)


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(model_path("obecsum-th"))


@pytest.fixture(scope="module")
def data(tokenizer: Any) -> Packed:
    rows = [
        {
            "id": f"{place}{i}",
            "title": f"จังหวัด{place}เปิดงานประจำปี ครั้งที่ {i + 2}",
            "standfirst": f"จังหวัด{place}เชิญชวนประชาชนร่วมงานประจำปี ครั้งที่ {i + 2} ตลอดสัปดาห์นี้",
            "body": f"วันที่ {i + 3} มกราคม 2567 ผู้ว่าราชการจังหวัด{place} เป็นประธานเปิดงานประจำปี ครั้งที่ {i + 2} "
            + "ภายในงานมีการออกร้านของชุมชน การแสดงพื้นบ้าน และการจำหน่ายสินค้าเกษตรของกลุ่มเกษตรกรในพื้นที่ " * 3,
        }
        for i, place in enumerate(PLACES)
    ]
    return pack(rows, tokenizer)


def run(folder: Path, data: Packed, tokenizer: Any, **arguments: Any) -> dict[str, float]:
    return train(data, data, tokenizer, folder, OPTIONS, d_model=64, encoder_layers=1, decoder_layers=1, **arguments)


def test_a_stopped_run_resumes_to_the_same_weights(data: Packed, tokenizer: Any, tmp_path: Path) -> None:
    whole = run(tmp_path / "whole", data, tokenizer)
    first = run(tmp_path / "parts", data, tokenizer, stop_after_s=0.0)
    assert first == {} or first["step"] < OPTIONS.steps
    again = run(tmp_path / "parts", data, tokenizer)
    assert again["step"] == whole["step"] == OPTIONS.steps
    ours, theirs = (torch.load(tmp_path / p / "checkpoint.pt", weights_only=True)["model"] for p in ("whole", "parts"))
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)


def test_what_a_killed_run_logged_after_its_checkpoint_is_logged_once(
    data: Packed, tokenizer: Any, tmp_path: Path
) -> None:
    run(tmp_path, data, tokenizer, stop_after_s=0.0)
    log = tmp_path / "log.jsonl"
    log.write_text('{"step": 1, "loss": 1.0}\n{"step": 12, "loss": 1.0}\n{"step": 1', encoding="utf-8")
    run(tmp_path, data, tokenizer)
    steps = [json.loads(line)["step"] for line in log.read_text().splitlines()]
    assert steps == [1, 12]


def test_a_run_is_not_resumed_with_another_recipe(data: Packed, tokenizer: Any, tmp_path: Path) -> None:
    run(tmp_path, data, tokenizer, stop_after_s=0.0)
    with pytest.raises(OptionError, match=r"batch_size 4 \(now 2\)"):
        train(data, data, tokenizer, tmp_path, replace(OPTIONS, batch_size=2), d_model=64)


def test_a_run_can_be_told_to_end_before_its_time(data: Packed, tokenizer: Any, tmp_path: Path) -> None:
    long = replace(OPTIONS, steps=1000, decay_steps=0, recent_steps=0, checkpoint_every=2)
    train(data, data, tokenizer, tmp_path, long, d_model=64, encoder_layers=1, decoder_layers=1, stop_after_s=0.0)
    begun = torch.load(tmp_path / "checkpoint.pt", weights_only=True)["step"]
    end = replace(long, steps=begun + 4, decay_steps=4, recent_steps=2)
    figures = train(data, data, tokenizer, tmp_path, end, d_model=64, encoder_layers=1, decoder_layers=1)
    assert figures["step"] == begun + 4
    assert figures["rate"] == 0
    assert (tmp_path / "model" / "config.json").exists()


@pytest.mark.parametrize("faster", [True, False])
def test_the_precision_is_chosen_by_time_and_kept_when_resumed(
    faster: bool, data: Packed, tokenizer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured = replace(OPTIONS, bf16=None)
    clock = [0.0]
    monkeypatch.setattr(precision, "_is_emulated", lambda: False)
    monkeypatch.setattr(precision, "time", SimpleNamespace(perf_counter=lambda: clock[0]))
    model = build_model(tokenizer, d_model=64, encoder_layers=1, decoder_layers=1)
    plain = type(model).forward

    def forward(self: Any, *args: Any, **kwargs: Any) -> Any:
        if self is model and torch.is_autocast_enabled("cpu") != faster:
            clock[0] += 2.0
        clock[0] += 1.0
        return plain(self, *args, **kwargs)

    monkeypatch.setattr(type(model), "forward", forward)
    batch = next(batches_of(Examples(data, tokenizer, OPTIONS, set()), 0, 1))
    before = [parameter.clone() for parameter in model.parameters()]
    assert precision.bf16_is_faster(model, batch, "cpu") is faster
    assert all(parameter.grad is None for parameter in model.parameters())
    assert all(torch.equal(old, new) for old, new in zip(before, model.parameters(), strict=True))

    train(data, data, tokenizer, tmp_path, measured, model=model, stop_after_s=0.0)
    faster = not faster  # a resumed run does not measure again
    train(data, data, tokenizer, tmp_path, measured, model=model, stop_after_s=0.0)
    assert json.loads((tmp_path / "options.json").read_text())["bf16"] is not faster


def test_smoothing_costs_nothing_when_it_is_measured(data: Packed, tokenizer: Any) -> None:
    model = build_model(tokenizer, d_model=64, encoder_layers=1, decoder_layers=1)
    batch = next(batches_of(Examples(data, tokenizer, OPTIONS, set()), 0, 1))
    plain = float(model.eval()(**batch).loss.detach())
    model.config.label_smoothing = 0.5
    assert float(model(**batch).loss.detach()) == plain
    assert float(model.train()(**batch).loss.detach()) != plain


def test_it_learns_logs_and_exports(data: Packed, tokenizer: Any, tmp_path: Path) -> None:
    run(tmp_path / "run", data, tokenizer)
    lines = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    assert lines[-1]["held_out_loss"] < 9.6, "below the loss of random weights, log(16,000) = 9.68"
    assert 0 <= lines[-1]["rouge2"] <= lines[-1]["rouge1"] <= 100
    assert lines[-1]["examples"] == OPTIONS.steps * OPTIONS.batch_size
    assert export_model(tmp_path / "run", tmp_path / "model") > 1_000_000
    from obecsum.summaries.summarizer import Summarizer

    config = json.loads((tmp_path / "model" / "config.json").read_text())
    assert config["source_pieces"] == 64
    assert config["dtype"] == "float16"
    assert (
        len(Summarizer(str(tmp_path / "model"), num_beams=1).summarize(["จังหวัดตากเปิดงาน " * 20], kind="headline")) == 1
    )


def test_the_last_steps_are_taken_from_the_newest_releases(data: Packed, tokenizer: Any) -> None:
    examples = Examples(data, tokenizer, OPTIONS, set())
    batches = list(batches_of(examples, 0, OPTIONS.steps))
    assert len(batches) == OPTIONS.steps
    targets = [(int(row), kind) for kind, rows in examples.recent().rows.items() for row in rows]
    assert {row for row, _ in targets} == set(range(len(PLACES) // 2, len(PLACES)))
    newest = {(*examples.target(row, kind).tolist(), 1) for row, kind in targets}
    for number, batch in enumerate(batches):
        starts = [tuple(ids[1:]) for ids in batch["decoder_input_ids"].tolist()]
        known = [any(ids[: len(target) - 1] == target[:-1] for target in newest) for ids in starts]
        assert all(known) or number < OPTIONS.steps - OPTIONS.recent_steps
    resumed = list(batches_of(examples, 10, 2))
    assert all((a["input_ids"] == b["input_ids"]).all() for a, b in zip(resumed, batches[10:], strict=True))


def test_excluded_releases_are_not_trained_on(data: Packed, tokenizer: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no example"):
        run(tmp_path, data, tokenizer, exclude=set(data.ids.tolist()))


def test_the_plain_layout_trains_too(data: Packed, tokenizer: Any, tmp_path: Path) -> None:
    run(tmp_path, data, tokenizer, copy_head=False)
    assert json.loads((tmp_path / "model" / "config.json").read_text())["model_type"] == "pegasus"


def test_a_width_that_has_no_whole_heads_is_refused(tokenizer: Any) -> None:
    with pytest.raises(OptionError, match="multiple of 64"):
        build_model(tokenizer, d_model=100, encoder_layers=1, decoder_layers=1)


def test_an_unfinished_run_is_not_exported(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no finished model"):
        export_model(tmp_path, tmp_path / "out")
