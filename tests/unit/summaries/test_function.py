"""A function of the caller's as the model: held against the release like any other, and its mistakes told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest

import obecsum
from obecsum.core.errors import ModelError, OptionError
from obecsum.summaries.function import as_candidate

THAI = (
    "วันที่ 13 ธันวาคม 2567 นายสมชาย ใจดี อธิบดีกรมตัวอย่าง เปิดเผยว่า น้ำในเขื่อนมี 1,250 ล้านลูกบาศก์เมตร "
    "คิดเป็นร้อยละ 60 ของความจุ เพียงพอสำหรับการเพาะปลูกในฤดูแล้งของเกษตรกรทั่วประเทศ"
)
TRUE = "อธิบดีกรมตัวอย่าง เปิดเผยว่า น้ำในเขื่อนมี 1,250 ล้านลูกบาศก์เมตร คิดเป็นร้อยละ 60 ของความจุ เพียงพอสำหรับการเพาะปลูกในฤดูแล้งของเกษตรกรทั่วประเทศ"


def test_what_the_release_supports_is_printed_and_what_not_is_not() -> None:
    asked: list[list[str]] = []

    def quoting(texts: list[str]) -> list[str]:
        asked.append(texts)
        return [TRUE if "ร้อยละ 60" in text else "น้ำในเขื่อนมี 99,999 ล้านลูกบาศก์เมตร" for text in texts]

    texts = [
        THAI,
        "",
        THAI.replace("60", "70"),
        "Nothing in Thai is in this release, so that no model is asked for it.",
    ]
    summaries = obecsum.Summarizer(quoting).summarize(texts, kind="headline")
    assert (summaries[0].text, summaries[0].fallback) == (TRUE, None)
    assert summaries[2].fallback is not None
    assert "99,999" in summaries[2].fallback
    assert "99,999" not in summaries[2].text
    assert summaries[1].text == ""
    assert summaries[3].fallback is not None
    assert "not in Thai" in summaries[3].fallback
    assert asked == [[THAI, THAI.replace("60", "70")]], "each prepared text is asked for once"
    assert {summary.model for summary in summaries} == {
        "test_what_the_release_supports_is_printed_and_what_not_is_not.<locals>.quoting"
    }


def test_each_kind_its_own() -> None:
    def write(kind: str, texts: list[str]) -> list[str]:
        return [TRUE if kind == "headline" else "นายสมชาย ใจดี " + TRUE for _ in texts]

    for kind in ("headline", "summary"):
        (summary,) = obecsum.Summarizer(partial(write, kind)).summarize([THAI], kind=kind)
        assert summary.text == write(kind, [THAI])[0]
        assert summary.model == "test_each_kind_its_own.<locals>.write"


def test_one_text_with_a_function() -> None:
    class Model:
        """Without a name of its own, and not to be hashed."""

        __hash__ = None  # type: ignore[assignment]

        def __call__(self, texts: list[str]) -> tuple[str, ...]:
            return tuple(TRUE for _ in texts)

    summary = obecsum.summarize(THAI, kind="headline", model=Model())
    assert (summary.text, summary.model) == (TRUE, "Model")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (lambda texts: "หัวข้อ", "must give a list of 2 texts for as many, got str"),
        (lambda texts: None, "got NoneType"),
        (lambda texts: (text for text in texts), "got generator"),
        (lambda texts: {0: "a", 1: "b"}, "got dict"),
        (lambda texts: texts[:1], "for as many, got 1"),
        (lambda texts: [], "for as many, got 0"),
        (lambda texts: [*texts, "หนึ่ง"], "for as many, got 3"),
        (lambda texts: ["หัวข้อ", None], "got NoneType as number 1"),
        (lambda texts: ["หัวข้อ", b"x"], "got bytes as number 1"),
    ],
)
def test_another_result_is_told(answers: Any, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        obecsum.Summarizer(answers).summarize([THAI, THAI + " จบข่าว"])
    assert message in str(caught.value)
    assert "<lambda>" in str(caught.value)


def test_an_error_in_it_is_told_with_its_cause() -> None:
    def fails(texts: list[str]) -> list[str]:
        raise ConnectionError("the server\nis away")

    with pytest.raises(ModelError, match="called with 1 texts, raised ConnectionError: the server is away") as caught:
        obecsum.Summarizer(fails).summarize([THAI])
    assert isinstance(caught.value.__cause__, ConnectionError)


def test_it_is_stopped_by_an_interrupt() -> None:
    def interrupted(texts: list[str]) -> list[str]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        obecsum.Summarizer(interrupted).summarize([THAI])


def test_options_of_models_are_refused() -> None:
    def model(texts: list[str]) -> Sequence[str]:
        return texts

    for options in ({"runtime": "torch"}, {"threads": 2}):
        with pytest.raises(OptionError, match=r"runtime and threads are for models; the function .*model decides"):
            obecsum.Summarizer(model, **options)
    with pytest.raises(OptionError, match=r"model must be .* a function from texts to summaries, got 5"):
        obecsum.Summarizer(5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "headline", "summary"),
    [
        (TRUE, TRUE, TRUE),
        (f"“{TRUE}”", TRUE, TRUE),
        (f'**"{TRUE}"**\n', TRUE, TRUE),
        (f"# {TRUE}\n\nอธิบาย", TRUE, f"{TRUE} อธิบาย"),
        (f"<think>นายสมชาย\nคือ</think>\n{TRUE}", TRUE, TRUE),
        ("<think>นายสมชาย", "", ""),
        ("“เปิดงาน” ที่ “บ้านทุ่ง”", "“เปิดงาน” ที่ “บ้านทุ่ง”", "“เปิดงาน” ที่ “บ้านทุ่ง”"),
        ("\u0e19\u0e4d\u0e49\u0e32ในเขื่อน", "น้ำในเขื่อน", "น้ำในเขื่อน"),
        ("  \n ", "", ""),
    ],
)
def test_what_an_answer_says(answer: str, headline: str, summary: str) -> None:
    assert as_candidate(answer, kind="headline") == headline
    assert as_candidate(answer, kind="summary") == summary


def test_an_answer_that_breaks_off() -> None:
    assert as_candidate("น้ำในเขื่อนเพียงพอ สำหรับการเพาะ", kind="summary", finished=False) == "น้ำในเขื่อนเพียงพอ"
    assert as_candidate("น้ำในเขื่อน เพียงพอ\nคำอธิบาย", kind="headline", finished=False) == "น้ำในเขื่อน เพียงพอ"
