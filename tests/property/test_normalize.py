"""Properties of normalize() and fold() over arbitrary text, most of it made to provoke the Thai rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obecsum.text.normalize import fold, fold_with_offsets, normalize, normalize_with_offsets

RULED = "กขเแะาำ\u0e4d\u0e48\u0e49\u0e4b\u0e4c\u0e31\u0e34\u0e35\u0e38\u0e47\u0e3a\u0e4eะๆ๐๙.…\u2025 \u00a0\u200b\r\n\t\uf701\uf70a\uf711ＡaA\ud800😀"
texts = st.one_of(
    st.text(alphabet=RULED, max_size=40),
    st.text(alphabet=st.characters(), max_size=40),
    st.text(alphabet=st.one_of(st.sampled_from(RULED), st.characters()), max_size=40),
)
# What a reader sees: letters, vowels and marks, without what normalize() may drop, join or move.
MARKS = [chr(code) for code in (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))]


@given(texts)
def test_normalize_is_idempotent(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(texts)
def test_fold_is_idempotent_and_normal(text: str) -> None:
    folded = fold(normalize(text))
    assert fold(folded) == folded
    assert normalize(folded) == folded


@given(texts)
def test_offsets_describe_the_same_text(text: str) -> None:
    for mapped, expected in (
        (normalize_with_offsets(text), normalize(text)),
        (fold_with_offsets(text), fold(normalize(text))),
    ):
        assert mapped.text == expected
        starts = mapped.starts.tolist()
        assert len(starts) == len(expected) + 1
        assert starts == sorted(starts)
        assert starts[-1] == len(text)
        assert not starts[:-1] or starts[-2] < len(text)


@given(texts, texts)
def test_spans_stand_for_themselves(before: str, after: str) -> None:
    """A span of the mapped text, cut from the original and normalized alone, is that span (clean borders)."""
    text = f"{before}|{after}"
    mapped = normalize_with_offsets(text)
    at = mapped.text.index("|") if "|" not in before else None
    if at is not None:
        first, last = mapped.span(0, at)
        assert normalize(text[first:last]) == mapped.text[:at]


@given(
    st.text(alphabet="กขคงมา", min_size=1, max_size=8),
    st.integers(0, 7),
    st.sampled_from(MARKS),
    st.sampled_from(MARKS),
)
def test_no_mark_is_lost_or_changed(word: str, at: int, mark: str, other: str) -> None:
    """With and without a mark, or with another mark, a word stays another word."""
    at = min(at, len(word) - 1) + 1
    marked = normalize(word[:at] + mark + word[at:])
    assert marked != normalize(word)
    assert (marked == normalize(word[:at] + other + word[at:])) == (mark == other)


@given(st.text(alphabet="กขเแาำ" + "".join(MARKS), max_size=12))
def test_letters_survive(text: str) -> None:
    """normalize() joins and moves, but a consonant stays where it is among consonants."""
    letters = [c for c in text if c in "กข"]
    assert [c for c in normalize(text) if c in "กข"] == letters


@pytest.mark.parametrize("pair", [("ม่า", "มา"), ("ไม่", "ไม้"), ("ข่าว", "ข้าว")])
@given(data=st.data())
def test_named_words_stay_apart_in_any_company(pair: tuple[str, str], data: st.DataObject) -> None:
    before, after = data.draw(texts), data.draw(texts)
    one, other = (fold(normalize(f"{before} {word} {after}")) for word in pair)
    assert one != other
