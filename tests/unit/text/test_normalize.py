"""What normalize() and fold() repair, and what they leave alone."""

import subprocess
import sys

import numpy as np
import pytest

from obecsum.text.normalize import fold, fold_with_offsets, normalize, normalize_with_offsets


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("เเละ", "และ"),
        ("เ\u200bเละ", "และ"),
        ("ทํา", "ทำ"),
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("น\u0e49\u0e4dา", "น้ำ"),
        ("น\u0e33\u0e49", "น้ำ"),
        ("ส\u0e48\u0e34ง", "สิ่ง"),
        ("สิทธ\u0e4c\u0e34", "สิทธิ์"),
        ("ผ\u0e39\u0e49\u0e49", "ผู้"),
        ("ไม\u0e48\u0e48", "ไม่"),
        ("\u0e01\uf701\uf70a", "กิ่"),
        ("\u0e1b\uf710\u0e19", "ปัน"),
        ("ก\u00a0\u2009\u3000ข", "ก ข"),
        ("ก\tข  ค", "ก ข ค"),
        ("ก\r\nข\rค\u2028ง\x85จ", "ก\nข\nค\nง\nจ"),
        ("ก\x00ข\ufeffค\u00adง", "กขคง"),
        ("หญา\u0e49 หนา\u0e49 ลา\u0e49น", "หญ้า หน้า ล้าน"),
        ("บ\u0e49า\u0e49น", "บ้าน"),
        ("คะ\u0e48", "ค่ะ"),
        ("ส\u0e34\u0e48\u0e34ง", "สิ่ง"),
        ("", ""),
    ],
)
def test_repairs(before: str, after: str) -> None:
    assert normalize(before) == after
    assert normalize_with_offsets(before).text == after


@pytest.mark.parametrize(
    "text",
    [
        "ก\n\nข",
        "OBEC Thailand ๒๕๖๗ 2567",
        "“ปี” – ฯลฯ ๆ ...",
        "มากกกก",
        "พุทฺธํ สรณํ คจฺฉามิ",
        "น้ำใจ กำลัง ก็ เป็น ผู้ ฤๅ",
        "บรรทัด \n ถัดไป",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert normalize(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ม่า", "มา"),
        ("ไม่", "ไม้"),
        ("ข่าว", "ข้าว"),
        ("ปา", "ป่า"),
        ("คน", "ค้น"),
        ("การ", "การ์"),
        ("นำ", "น้ำ"),
        ("เก", "แก"),
    ],
)
def test_words_stay_apart(one: str, other: str) -> None:
    assert fold(normalize(one)) != fold(normalize(other))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("๒๕๖๗", "2567"),
        ("OBEC É Ω", "obec é ω"),
        ("ＯＢＥＣ１２３", "obec123"),
        ("“ก” «ข» ‘ค’", '"ก" "ข" \'ค\''),
        ("ก – ข — ค − ง", "ก - ข - ค - ง"),
        ("ก... ข…… ค.", "ก… ข… ค."),
        ("ก \n\n ข", "ก ข"),
        ("1.5", "1.5"),
        ("\uf0b7 ก ● ข", "• ก • ข"),
    ],
)
def test_fold(before: str, after: str) -> None:
    assert fold(before) == after


def test_offsets_lead_back_to_the_original() -> None:
    text = "ปี\u200b  ๒๕๖๗  ท\u0e4dา\u0e43ห้\u0e49 เเละ…"
    mapped = fold_with_offsets(text)
    assert mapped.text == fold(normalize(text)) == "ปี 2567 ทำให้ และ…"
    assert mapped.starts.dtype == np.int32
    assert len(mapped.starts) == len(mapped.text) + 1
    for word, original in (("2567", "๒๕๖๗"), ("ทำ", "ท\u0e4dา"), ("และ", "เเละ"), ("ปี", "ปี\u200b")):
        start = mapped.text.index(word)
        first, last = mapped.span(start, start + len(word))
        assert text[first:last] == original
    assert mapped.span(0, len(mapped.text)) == (0, len(text))
    assert mapped.span(3, 3) == (mapped.starts[3], mapped.starts[3])


def test_long_runs_take_linear_time() -> None:
    for unit in (
        "\u0e48\u0e49",
        "\u0e48\u0e34",
        "\u0e33\u0e48",
        "\u0e4d\u0e48\u0e32",
        "\u0e32\u0e48",
        "\u0e32\u0e33\u0e48",
        ".",
        "เ",
    ):
        text = unit * 100_000
        assert normalize(normalize(text)) == normalize(text)


def test_imports_numpy_only() -> None:
    code = "import sys, obecsum.text.normalize; print([m for m in ('numba', 'torch', 'pyarrow', 'pythainlp') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"
