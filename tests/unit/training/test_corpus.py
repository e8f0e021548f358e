"""From releases to training examples."""

from __future__ import annotations

import lzma
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest

from obecsum.core.errors import InputError
from obecsum.core.model_paths import model_path
from obecsum.training.corpus import (
    Packed,
    corpus_folder,
    near_duplicates_of,
    pack,
    read_own_rows,
    read_rows,
    sample_texts,
    source_text,
)

BODY = (
    "วันที่ 5 มกราคม 2567 ที่ห้องประชุมใหญ่ นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เป็นประธานการประชุมคณะกรรมการ "
    "เพื่อติดตามความก้าวหน้าของโครงการพัฒนาแหล่งน้ำขนาดเล็กในพื้นที่ภาคเหนือ ซึ่งมีเป้าหมาย 1,250 แห่ง "
    "ปัจจุบันดำเนินการแล้วเสร็จ 980 แห่ง คิดเป็นร้อยละ 78 ของเป้าหมายทั้งหมด และจะแล้วเสร็จครบทุกแห่งภายในปีงบประมาณหน้า"
)


def row(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "date": "2024-01-05",
        "title": "กรมตัวอย่างติดตามโครงการแหล่งน้ำ 1,250 แห่ง",
        "standfirst": None,
        "body": BODY,
        **fields,
    }


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(model_path("obecsum-th"))


def test_the_source_lacks_the_lines_that_give_the_target_away() -> None:
    leaky = row(1, body=f"กรมตัวอย่าง ติดตามโครงการแหล่งน้ำ 1,250 แห่ง\n{BODY}")
    assert source_text(leaky) == source_text(row(1))


def test_targets_with_invented_numbers_are_left_out(tokenizer: Any) -> None:
    packed = pack([row(1), row(2, title="กรมตัวอย่างติดตามโครงการแหล่งน้ำ 1,300 แห่ง"), row(3, body="สั้น")], tokenizer)
    assert packed.ids.tolist() == ["1"]
    everything = pack([row(1), row(2, title="กรมตัวอย่างติดตามโครงการแหล่งน้ำ 1,300 แห่ง")], tokenizer, only_supported=False)
    assert np.diff(everything.headline_bounds).tolist()[1] == 0, "kept for its source, without the target"


def test_a_cut_standfirst_ends_at_a_phrase(tokenizer: Any) -> None:
    cut = "กรมตัวอย่าง ติดตามความก้าวหน้าของโครงการพัฒนาแหล่งน้ำขนาดเล็กในพื้นที่ภาคเหนือ " * 3 + "ซึ่งมีเป้าหม -"
    packed = pack([row(1, standfirst=cut)], tokenizer)
    text = tokenizer.decode(packed.summaries)
    assert text
    assert not text.endswith(("เป้าหม", "-"))


def test_packed_arrays_survive_a_file(tokenizer: Any, tmp_path: Path) -> None:
    packed = pack([row(1), row(2)], tokenizer)
    packed.save(tmp_path / "packed.npz")
    again = Packed.load(tmp_path / "packed.npz")
    assert len(again) == 2
    assert again.sources.dtype == np.uint16
    assert all(np.array_equal(getattr(packed, name), getattr(again, name)) for name in Packed.__slots__)


def test_near_duplicates_of_held_out_releases_are_found() -> None:
    other = "กรมอุตุนิยมวิทยารายงานว่า ประเทศไทยตอนบนมีอากาศเย็นในตอนเช้า กับมีหมอกบางในบางพื้นที่ ขอให้ระมัดระวังการสัญจร"
    texts = [other, BODY.replace("5 มกราคม", "6 มกราคม"), other * 2, BODY]
    assert near_duplicates_of([BODY], texts) == [1, 3]


def test_splits_are_read_in_order(tmp_path: Path) -> None:
    for name, ids in (("train-2023", [1, 2]), ("train-2024", [3]), ("valid", [4])):
        with lzma.open(tmp_path / f"{name}.jsonl.xz", "wb") as out:
            out.writelines(orjson.dumps(row(i)) + b"\n" for i in ids)
    assert [r["id"] for r in read_rows(tmp_path, "train")] == ["1", "2", "3"]
    assert [r["id"] for r in read_rows(tmp_path, "valid")] == ["4"]
    texts = sample_texts(tmp_path, 3)
    assert len(texts) == 3
    assert not any(char.isdigit() for text in texts for char in text)


def test_a_missing_corpus_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OBECSUM_DATA", raising=False)
    with pytest.raises(InputError, match="OBECSUM_DATA is not set"):
        corpus_folder()
    monkeypatch.setenv("OBECSUM_DATA", str(tmp_path))
    with pytest.raises(InputError, match="no train-YYYY"):
        corpus_folder()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("{nothing}", "line 1 is no JSON"),
        ('{"body": "ข่าว"}', "line 1 needs body"),
        ('{"title": "ก", "body": "ข"}\n["x"]', "line 2 needs body"),
    ],
)
def test_own_data_that_cannot_teach_is_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_own_rows(path)
