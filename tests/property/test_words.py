"""Words are those of pythainlp's newmm, whole and phrase by phrase."""

from itertools import accumulate, pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pythainlp.corpus import thai_words
from pythainlp.tokenize.newmm import segment

from obecsum.text.maximal import cut, may_cut_at_space
from obecsum.text.segment import words

LETTERS = "กขคงจดตนบปมยรลวสหอะาำัิีึืุูเแโไใ็่้๊๋์ๆฯ"
PIECES = [
    "การ",
    "ความ",
    "ประชาชน",
    "เสีย",
    "เรือ",
    "ตากลม",
    "กรรมการ",
    "จริง ๆ",
    "ๆ",
    "13",
    "4.0",
    "1,200",
    "OBEC",
    " ",
    "\n",
    "”",
]
SPACED = sorted(word for word in thai_words() if " " in word)
texts = st.one_of(
    st.text(alphabet=LETTERS + " ab1,.-\n\r\t๑\u200b", max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=20).map("".join),
    st.lists(st.one_of(st.sampled_from(SPACED), st.sampled_from(PIECES)), max_size=12).map("".join),
    st.text(max_size=40),
)


def expected(text: str) -> list[int]:
    return list(accumulate(map(len, segment(text))))


@given(texts)
@settings(max_examples=1500)
@example("เสีย")
@example("เสีย ")
@example("เปี่ยม\n")
@example("ก" * 200)
@example("ตากลมมานานานานานานานานานานานานานานานานานานาน")
def test_cut_is_newmm(text: str) -> None:
    assert cut(text) == expected(text)


@given(texts)
@settings(max_examples=1500)
@example("จริง ๆ จริง ๆ")
@example("มือถือสาก ปากถือศีล")
@example("เสีย เปี่ยม เสีย")
def test_phrases_have_the_words_of_the_whole(text: str) -> None:
    spans = [(a, b) for a, b in pairwise((0, *expected(text))) if not text[a:b].isspace()]
    assert words(text) == spans


def test_no_word_is_cut_at_a_space_in_it() -> None:
    for word in SPACED:
        for at in (index for index, letter in enumerate(word) if letter == " "):
            assert not may_cut_at_space(word, at)
            assert not may_cut_at_space(f"ก{word}ก", at + 1)
    assert may_cut_at_space("ประชาชน กรม", 7)
