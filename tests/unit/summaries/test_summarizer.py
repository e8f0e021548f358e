"""The public functions: what they promise for any text and any model, with small models made here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import obecsum
from obecsum.core.errors import ModelError, OptionError
from tests.unit.summaries.small import nfkc_tokenizer, small_models

THAI = (
    "วันที่ 13 ธันวาคม 2567 นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เปิดเผยว่า น้ำในเขื่อนมี 1,250 ล้านลูกบาศก์เมตร "
    "คิดเป็นร้อยละ 60 ของความจุ เพียงพอสำหรับการเพาะปลูกในฤดูแล้งของเกษตรกรทั่วประเทศ"
)


@pytest.mark.parametrize("architecture", ["bart", "mbart", "pegasus", "t5", "mt5"])
def test_any_seq2seq_model_from_a_folder(architecture: str, tmp_path: Path) -> None:
    import torch

    torch.manual_seed(0)
    small_models()[architecture].save_pretrained(tmp_path)
    nfkc_tokenizer().save_pretrained(tmp_path)
    summaries = obecsum.Summarizer(str(tmp_path), num_beams=2, engine="torch").summarize(
        [THAI, "", THAI * 3], kind="headline"
    )
    assert [s.kind for s in summaries] == ["headline"] * 3
    assert summaries[1].text == ""
    for summary in (summaries[0], summaries[2]):
        # Random weights write noise: what is not supported is either said or replaced by an extract.
        assert summary.text
        assert summary.supported == (not summary.unsupported)
        assert "\u0e4d\u0e32" not in summary.text


def test_text_of_an_nfkc_tokenizer_is_recomposed() -> None:
    from obecsum.text.normalize import normalize

    tokenizer = nfkc_tokenizer()
    decoded = tokenizer.decode(tokenizer("น้ำทำนา")["input_ids"], skip_special_tokens=True)
    assert "\u0e4d\u0e32" in decoded, "this tokenizer splits ำ, or the test shows nothing"
    assert normalize(decoded) == "น้ำทำนา"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text"),
        (" \n\t ", "no text"),
        ("....\n----", "no text"),
        ("\x00\x01\x02", "no text"),
        ("1234 5678", "no text"),
        ("ข่าว", "too short"),
        ("ซั ฟฟก เซื ดดก ข่าวของกรมตัวอย่าง เรื่องการประชุมประจำปีของหน่วยงานในจังหวัดทุกแห่ง " * 3, "is broken"),
        ("The committee met on Monday to discuss the budget for the next fiscal year in Bangkok.", "not in Thai"),
    ],
)
def test_what_cannot_be_summarized_is_a_marked_fallback(text: str, reason: str) -> None:
    summary = obecsum.summarize(text)
    assert summary.fallback is not None
    assert reason in summary.fallback
    assert summary.text in " ".join(text.split())


def test_a_release_of_the_same_line_ten_thousand_times_and_one_of_megabytes() -> None:
    line = "กรมตัวอย่างเปิดรับสมัครบุคคลเข้ารับราชการ จำนวน 25 อัตรา ตั้งแต่วันนี้ถึงวันที่ 30 เมษายน 2568\n"
    for text in (line * 10_000, THAI * 4_000):
        summary = obecsum.summarize(text, kind="headline")
        assert 0 < len(summary.text) < 400
        assert not [fact for fact in summary.unsupported if fact.kind == "number"]


def test_links_are_not_read() -> None:
    from obecsum.summaries.summarizer import prepare

    assert prepare("ดูที่ https://example.org/a?a=1 และ www.example.org/x ได้\n....\nข่าวใหม่") == "ดูที่  และ  ได้ ข่าวใหม่"


def test_order_is_kept_whatever_the_batch() -> None:
    texts = [THAI, "", THAI.replace("น้ำ", "ข้าว") * 2, "สั้น", THAI[:120]]
    summarizer = obecsum.Summarizer(num_beams=1)
    one = summarizer.summarize(texts, kind="headline", batch_size=1)
    many = summarizer.summarize(texts, kind="headline", batch_size=5)
    assert [s.text for s in one] == [s.text for s in many]


def test_half_a_character_costs_itself_and_no_batch() -> None:
    texts = [f"ข่าว\ud800 ของ {'จังหวัด ' * 20}", "ข่าวสั้น"]
    summaries = obecsum.Summarizer("obecsum-th").summarize(texts, kind="headline")
    assert len(summaries) == 2
    assert all(summary.text.encode("utf-8") for summary in summaries)


def test_every_number_of_a_summary_is_in_the_source() -> None:
    summary = obecsum.summarize(THAI)
    assert summary.text
    for fact, (start, end) in summary.sources:
        assert 0 <= start < end <= len(THAI), fact
    assert not [fact for fact in summary.unsupported if fact.kind in ("number", "date")]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: obecsum.summarize("ข่าว", kind="title"),  # type: ignore[arg-type]
            "kind must be 'summary' or 'headline', got 'title'",
        ),
        (lambda: obecsum.Summarizer(num_beams=0), "num_beams must be from 1 to 16, got 0"),
        (
            lambda: obecsum.Summarizer(num_beams=1).summarize(["ก"], batch_size=0),
            "batch_size must be at least 1, got 0",
        ),
    ],
)
def test_wrong_options_are_named(call: Any, message: str) -> None:
    with pytest.raises(OptionError) as caught:
        call()
    assert message in str(caught.value)


def test_a_missing_folder_and_a_folder_without_tokenizer(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no model folder"):
        obecsum.Summarizer(str(tmp_path / "nothing"))
    small_models()["bart"].save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="has no tokenizer"):
        obecsum.Summarizer(str(tmp_path))


def test_a_pickled_model_is_refused(tmp_path: Path) -> None:
    import torch

    model = small_models()["bart"]
    model.config.save_pretrained(tmp_path)
    torch.save(model.state_dict(), tmp_path / "pytorch_model.bin")
    nfkc_tokenizer().save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="pickle"):
        obecsum.Summarizer(str(tmp_path))


def test_an_unknown_name_while_offline_says_how_to_get_it() -> None:
    code = "import obecsum\ntry:\n    obecsum.Summarizer('someone/some-model')\nexcept obecsum.core.errors.ModelError as error:\n    print(error)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "no model 'someone/some-model' on this machine" in done.stdout
    assert "hf download someone/some-model" in done.stdout
