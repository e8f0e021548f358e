"""Training the late-interaction model for real, for a few steps."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import numpy as np
import pytest
import torch
from typer.testing import CliRunner

from obecsum.cli.commands.train import app
from obecsum.core.errors import InputError, OptionError
from obecsum.core.model_paths import model_path
from obecsum.embeddings.interaction import InteractionModel, interact, load_tokenizer
from obecsum.training.embeddings.interaction import (
    InteractionOptions,
    export_interaction,
    loss_of,
    new_network,
    train_interaction,
)
from obecsum.training.embeddings.interaction_examples import Batch, InteractionExamples, ids_in
from tests.unit.training.embeddings.test_train import rows

START = model_path("obecsum-th")
OPTIONS = InteractionOptions(steps=6, batch_size=6, warmup_steps=1, dim=32, dropout=0.1, seed=2)


def examples(exclude: frozenset[str] = frozenset()) -> InteractionExamples:
    return InteractionExamples(
        rows(1000),
        exclude,
        load_tokenizer(START / "tokenizer.json"),
        say=lambda _: None,
    )


def test_a_batch_holds_near_releases_and_says_which_are_one() -> None:
    batch = examples().batch(6, np.random.default_rng(0))
    assert len(batch.headlines) == len(batch.texts) == 6
    assert all(len(row) for row in [*batch.headlines, *batch.texts])
    assert batch.same.diagonal().all()
    assert not (batch.same & batch.unsure).any()
    again = examples().batch(6, np.random.default_rng(0))
    assert all((a == b).all() for a, b in zip(batch.headlines, again.headlines, strict=True))


def test_labeled_releases_are_left_out(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text("".join(json.dumps({"a": str(row["id"]), "b": "1"}) + "\n" for row in rows(1000)))
    with pytest.raises(InputError, match="no two of 0 releases"):
        examples(ids_in(pairs))


def test_the_loss_falls_where_the_right_text_is_found_and_ignores_what_is_unsure() -> None:
    torch.manual_seed(0)
    network = new_network(START, OPTIONS).eval()
    batch = examples().batch(6, np.random.default_rng(1))
    eye = np.eye(6, dtype=bool)
    right = Batch(batch.headlines, batch.texts, eye, np.zeros_like(eye))
    turned = Batch(batch.headlines, batch.texts[1:] + batch.texts[:1], eye, np.zeros_like(eye))
    with torch.inference_mode():
        loss, found = loss_of(network, right, text_share=0.5)
        worse, lost = loss_of(network, turned, text_share=0.5)
        nothing, _ = loss_of(network, Batch(batch.headlines, batch.texts, eye, ~eye), text_share=0.5)
    assert float(loss) < float(worse)
    assert found > lost
    assert float(nothing) == pytest.approx(0.0, abs=1e-3)


def test_a_stopped_run_goes_on_and_the_folder_that_it_writes_reads_releases(tmp_path: Path) -> None:
    drawn = examples()
    silent = {"say": lambda _: None}
    whole = train_interaction(drawn, START, tmp_path / "whole", OPTIONS, **silent)  # type: ignore[arg-type]
    assert whole["step"] == 6
    stopped = train_interaction(drawn, START, tmp_path / "run", OPTIONS, stop_after_s=0, **silent)
    assert stopped["step"] == 1
    resumed = train_interaction(drawn, START, tmp_path / "run", OPTIONS, **silent)  # type: ignore[arg-type]
    assert resumed["step"] == 6
    with pytest.raises(OptionError, match="other options"):
        train_interaction(drawn, START, tmp_path / "run", InteractionOptions(steps=7), **silent)  # type: ignore[arg-type]
    states = [torch.load(tmp_path / name / "checkpoint.pt", weights_only=True)["network"] for name in ("whole", "run")]
    for name, tensor in states[0].items():
        torch.testing.assert_close(tensor, states[1][name], atol=1e-5, rtol=1e-4)
    moved = (states[0]["project.weight"] - new_network(START, OPTIONS).project.weight.detach()).abs().max()
    assert float(moved) > 0
    size = export_interaction(tmp_path / "run", START, tmp_path / "model", OPTIONS)
    assert size == (tmp_path / "model" / "model.safetensors").stat().st_size > 1_000_000
    a, b = InteractionModel(str(tmp_path / "model")).read(
        [("น้ำท่วมเชียงราย", "จังหวัดเชียงรายแจกถุงยังชีพ 500 ชุด"), ("ประชุมครม.", "ที่ประชุมเห็นชอบงบประมาณ")]
    )
    assert a.text.shape[1] == 32
    assert interact(a, b).lead < interact(a, a).lead
    # What was trained can be trained on.
    more = InteractionOptions(steps=2, batch_size=6, dim=32)
    assert train_interaction(drawn, tmp_path / "model", tmp_path / "more", more, **silent)["step"] == 2  # type: ignore[arg-type]


def test_the_command_goes_from_a_corpus_folder_to_a_model_folder(tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(1000))
    for name in ("train-2024", "valid", "test"):
        (folder / f"{name}.jsonl.xz").write_bytes(lzma.compress(lines.encode()))
    given = {"corpus": folder, "work": tmp_path / "work", "out": tmp_path / "model", "steps": 2, "batch-size": 4}
    done = CliRunner().invoke(app, ["interaction", *(f"--{name}={value}" for name, value in given.items())])
    assert done.exit_code == 0, done.output
    assert "MB of weights" in done.output
    assert json.loads(done.stdout.strip().splitlines()[-1])["step"] == 2
    assert json.loads((tmp_path / "work" / "log.jsonl").read_text().splitlines()[-1])["step"] == 2
    assert len(InteractionModel(str(tmp_path / "model")).read([("ข่าว", "น้ำท่วม")])) == 1


def test_a_start_of_another_kind_and_options_out_of_range_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no checkpoint"):
        export_interaction(tmp_path, START, tmp_path / "out", OPTIONS)
    for wrong in ({"steps": 0}, {"batch_size": 1}, {"dropout": 1.0}, {"dim": 0}):
        with pytest.raises(OptionError, match=next(iter(wrong))):
            InteractionOptions(**wrong)
