"""ROUGE on Thai words, against values worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obecsum.evaluate.rouge import lcs_length, ngrams, rouge, word_spans, words, xlsum_tokens


def test_words_are_folded_and_hold_no_punctuation() -> None:
    assert words("สพฐ. ประชุม “โรงเรียนคุณภาพ” ครั้งที่ ๓/๒๕๖๗ (OBEC)") == [
        *["สพฐ", "ประชุม", "โรงเรียน", "คุณภาพ", "ครั้ง", "ที่", "3", "2567", "obec"],
    ]


@pytest.mark.parametrize("text", ["", "   ", "...", "“” - ()"])
def test_no_words(text: str) -> None:
    assert words(text) == []


def test_split_sara_am_and_its_repair_are_the_same_word() -> None:
    assert words("น\u0e49\u0e4d\u0e32ท่วม") == words("น้ำท่วม") == ["น้ำท่วม"]


def test_marks_make_different_words() -> None:
    assert rouge(words("ข่าว"), words("ข้าว")).r1 == 0


def test_spans_stand_in_the_text_that_was_given() -> None:
    text = "\u200bเงิน\u00a0\u00a0๑,๘๐๘  บาท"
    assert [text[start:end] for start, end in (word.span for word in word_spans(text))] == ["เงิน", "๑,๘๐๘", "บาท"]


def test_xlsum_counts_spaces_and_punctuation() -> None:
    assert xlsum_tokens("Zoom แล้ว (ครั้งที่ ๑)") == ["zoom", " ", "แล้ว", " ", "(", "ครั้ง", "ที่", " ", "๑", ")"]


def test_rouge_by_hand() -> None:
    # Shared: unigrams a, b, c (a once, for the counts are clipped): 3 of 4 and 3 of 5; bigrams ab; subsequence a b c.
    scores = rouge(["a", "b", "x", "c"], ["a", "b", "c", "d", "a"])
    assert scores.r1 == pytest.approx(2 * 3 / 9)
    assert scores.r2 == pytest.approx(2 * 1 / 7)
    assert scores.rl == pytest.approx(2 * 3 / 9)


def test_order_matters_to_the_subsequence_only() -> None:
    scores = rouge(["c", "b", "a"], ["a", "b", "c"])
    assert (scores.r1, scores.r2) == (1, 0)
    assert scores.rl == pytest.approx(1 / 3)


@pytest.mark.parametrize(("candidate", "reference"), [([], ["a"]), (["a"], []), ([], []), (["a"], ["b"])])
def test_nothing_shared_is_zero(candidate: list[str], reference: list[str]) -> None:
    scores = rouge(candidate, reference)
    assert (scores.r1, scores.r2, scores.rl) == (0, 0, 0)


def test_ngrams_are_counted() -> None:
    assert ngrams(["a", "b", "a", "b"], 2) == {("a", "b"): 2, ("b", "a"): 1}
    assert not ngrams(["a"], 2)


def plain_lcs(a: list[str], b: list[str]) -> int:
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]


@given(st.lists(st.sampled_from("กขคง"), max_size=90), st.lists(st.sampled_from("กขคง"), max_size=90))
def test_the_bit_parallel_subsequence_equals_the_table(a: list[str], b: list[str]) -> None:
    assert lcs_length(a, b) == plain_lcs(a, b)
