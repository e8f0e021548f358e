"""The late-interaction model, as it ships and made small."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from obecsum.core.errors import ModelError, OptionError
from obecsum.core.model_paths import model_path
from obecsum.embeddings.interaction import (
    DEFAULT_INTERACTION,
    HEADLINE_PIECES,
    LEAD_PIECES,
    TEXT_PIECES,
    InteractionModel,
    ReadRelease,
    interact,
    text_of,
)
from tests.golden.stories import RELEASES


@cache
def bundled() -> InteractionModel:
    return InteractionModel(DEFAULT_INTERACTION)


@cache
def read() -> dict[str, ReadRelease]:
    found = bundled().read([(release.title or "", release.text) for release in RELEASES])
    return {release.id: each for release, each in zip(RELEASES, found, strict=True)}


def test_one_event_in_other_words_is_told_and_another_place_is_missing() -> None:
    same = interact(read()["flood-interior"], read()["flood-health"])
    other = interact(read()["flood-interior"], read()["rail-cabinet"])
    assert same.told > other.told + 0.1
    assert same.missing < other.missing
    assert same.lead > other.lead


def test_a_release_tells_all_of_itself() -> None:
    one = read()["rail-cabinet"]
    itself = interact(one, one)
    assert itself.missing == 0
    assert itself.told == pytest.approx(float(one.own @ one.importance), abs=1e-5)


def test_the_order_of_two_and_the_others_of_a_batch_change_nothing() -> None:
    a, b = read()["flood-interior"], read()["flood-health"]
    assert interact(a, b) == interact(b, a)
    release = next(release for release in RELEASES if release.id == "flood-health")
    (alone,) = bundled().read([(release.title or "", release.text)])
    np.testing.assert_allclose(alone.text, b.text, atol=2e-5)
    np.testing.assert_allclose(alone.importance, b.importance, atol=2e-5)


def test_vectors_are_of_unit_length_and_no_more_pieces_than_read() -> None:
    long = "จังหวัดเชียงรายเร่งช่วยเหลือผู้ประสบภัย " * 200
    text = "กรมชลประทานประกาศเตือนประชาชนริมแม่น้ำเจ้าพระยาให้ยกของขึ้นที่สูง " * 100
    (found,) = bundled().read([(long, text)])
    assert len(found.headline) == HEADLINE_PIECES + 1  # the end piece
    assert len(found.lead) == LEAD_PIECES + 1
    assert len(found.text) == TEXT_PIECES + 1
    for rows in (found.headline, found.lead, found.text):
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-4)
    assert found.importance.sum() == pytest.approx(1.0, abs=1e-5)


def test_without_a_headline_the_lead_stands_for_it_and_nothing_at_all_can_be_read() -> None:
    text = "กรมชลประทานปล่อยน้ำเพิ่มจากเขื่อนป่าสัก"
    bare, both, empty = bundled().read([("", text), (text, ""), ("", "")])
    assert len(bare.headline) == len(both.headline) > 5
    assert len(empty.headline) == len(empty.text) == 1
    assert np.isfinite(list(vars_of(interact(empty, bare)))).all()


def vars_of(found: object) -> list[float]:
    return [getattr(found, name) for name in ("told", "missing", "lead")]


def test_lines_that_repeat_the_headline_are_not_read() -> None:
    title = "ผู้ว่าฯ เชียงราย เร่งแจกถุงยังชีพแก่ผู้ประสบภัยแม่สาย"
    assert title not in text_of(title, f"{title}\nวันนี้ (12 ก.ย. 2567) ผู้ว่าราชการจังหวัดลงพื้นที่อำเภอแม่สาย")


def test_a_folder_of_another_kind_or_damaged_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="not 'obecsum_interaction'"):
        InteractionModel(str(model_path("obecsum-th"))).read([("ก", "ข")])
    source = model_path(DEFAULT_INTERACTION)
    for name in ("config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    (tmp_path / "model.safetensors").write_bytes(b"no tensors")
    with pytest.raises(ModelError, match="cannot be loaded as an interaction model"):
        InteractionModel(str(tmp_path)).read([("ก", "ข")])
    (tmp_path / "tokenizer.json").write_text(json.dumps({}))
    with pytest.raises(ModelError, match=r"tokenizer\.json cannot be read"):
        InteractionModel(str(tmp_path)).read([("ก", "ข")])
    with pytest.raises(ModelError, match="no model named"):
        InteractionModel("no-such-model")
    with pytest.raises(OptionError, match="num_threads"):
        InteractionModel(num_threads=0)


def test_naming_the_model_imports_no_torch() -> None:
    code = (
        "import sys; from obecsum.embeddings.interaction import InteractionModel; InteractionModel();"
        "print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
