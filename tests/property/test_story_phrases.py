"""Phrases that releases share: what holds for any texts."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.embeddings import Embedder
from obecsum.embeddings.pieces import WordPieces
from obecsum.story.phrases import Phrases

WORDS = ("ประชุม", "คณะรัฐมนตรี", "น้ำท่วม", "แม่สาย", "โรงเรียน", "ลงนาม", "บันทึกความร่วมมือ", "12", "2567", " ")
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map("".join), min_size=2, max_size=6)


@cache
def pieces() -> WordPieces:
    static = Embedder(dim=64).static
    assert static is not None
    return static.pieces


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_what_two_releases_of_a_month_share_is_the_same_from_both_sides(texts: list[str]) -> None:
    phrases = Phrases(texts, pieces(), [20_000] * len(texts))
    for i in range(len(texts)):
        for j in range(len(texts)):
            rarity = phrases.rarity(i, j)
            assert 0.0 <= rarity <= 1.0
            assert rarity == phrases.rarity(j, i)
            assert rarity <= phrases.rarity(i, i)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_phrase_that_is_shown_is_of_the_first_and_has_no_figure(texts: list[str]) -> None:
    phrases = Phrases(texts, pieces(), [None, *([20_000] * (len(texts) - 1))])
    shown = phrases.rarest(0, 1)
    assert shown in texts[0].replace(" ", "")
    assert not any(char.isdigit() for char in shown)
    if shown:
        assert phrases.rarity(0, 1) > 0.0
        assert len(shown) <= 48
