from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.core.errors import ModelError
from obecsum.embeddings.pieces import ALPHABET, WordPieces
from obecsum.text.normalize import folded_codes
from obecsum.training.embeddings.vocabulary import build_tokenizer, unigram_vocabulary
from tests.unit.embeddings.tiny import WORDS, vocabulary

VOCABULARY = vocabulary()
TOKENIZER = build_tokenizer(VOCABULARY)
PIECES = WordPieces(VOCABULARY, max_chars=1_000)
THAI = st.text(alphabet="กขคงจนมยรลวสหอาิีึืุูเแโใไ็่้๊๋์ํำะัฯๆ๐๑๒012 abC.\u200b\u00a0“”()\n", max_size=80)


def names(text: str) -> list[str]:
    ids, _ = PIECES.cut([text])
    return [VOCABULARY[number][0] for number in ids]


def test_words_of_the_vocabulary_are_found_without_spaces() -> None:
    assert names("ประชุมคณะรัฐมนตรี น้ำท่วมจังหวัดเชียงราย") == ["ประชุม", "คณะรัฐมนตรี", "น้ำท่วม", "จังหวัด", "เชียงราย"]


def test_what_a_reader_does_not_see_changes_nothing() -> None:
    assert names("น\u0e4d\u0e49\u0e32ท่วม ๒๕๖๗ COVID") == names("น้ำท่วม\u200b 2567 covid") == ["น้ำท่วม", "2567", "covid"]


def test_unknown_words_become_characters_and_nothing_is_lost() -> None:
    assert "".join(names("กบฏxyz")) == "กบฏxyz"


def test_signs_part_words_and_are_no_pieces() -> None:
    assert names("น้ำ,ท่วม!") == ["น้ำ", *"ท่วม"]
    assert names("“!? ฯลฯ 漢字”") == ["ล"]


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(THAI, st.text(max_size=60)))
def test_the_kernel_cuts_as_tokenizers_does(text: str) -> None:
    ids, _ = PIECES.cut([text])
    folded = "".join(map(chr, folded_codes(text).tolist()))
    expected = TOKENIZER.encode(folded, add_special_tokens=False).ids
    got, wanted = [VOCABULARY[i] for i in ids], [VOCABULARY[i] for i in expected]
    # Pieces of equal scores may be cut in two ways; their sum may not differ.
    assert "".join(piece for piece, _ in got) == "".join(piece for piece, _ in wanted)
    assert sum(score for _, score in got) == pytest.approx(sum(score for _, score in wanted))


def test_texts_do_not_change_one_another() -> None:
    texts = ["น้ำท่วม", "", "ประชุม" * 200, "ก"]
    ids, bounds = PIECES.cut(texts)
    for row, text in enumerate(texts):
        alone, _ = PIECES.cut([text])
        assert ids[bounds[row] : bounds[row + 1]].tolist() == alone.tolist()


def test_a_long_text_is_read_up_to_its_limit() -> None:
    short = WordPieces(VOCABULARY, max_chars=6)
    ids, _ = short.cut(["ประชุมคณะรัฐมนตรี"])
    assert [VOCABULARY[i][0] for i in ids] == ["ประชุม"]


def test_a_vocabulary_without_a_character_is_refused() -> None:
    with pytest.raises(ModelError, match="lacks the characters"):
        WordPieces(VOCABULARY[:-1], max_chars=10)
    with pytest.raises(ModelError, match="twice"):
        WordPieces([*VOCABULARY, VOCABULARY[1]], max_chars=10)


def test_a_tokenizer_of_another_kind_is_refused() -> None:
    with pytest.raises(ModelError, match="cannot be run by the fast kernel"):
        WordPieces.from_json({"model": {"type": "WordPiece", "vocab": {}}}, max_chars=10)


def test_ties_in_frequency_break_by_the_word() -> None:
    chosen = unigram_vocabulary(WORDS, size=9)[1:10]
    assert "covid" in dict(chosen)
    assert "แม่สาย" not in dict(chosen)
    assert set(ALPHABET) <= set(dict(unigram_vocabulary(WORDS, size=9)))
