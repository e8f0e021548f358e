"""What stands in quotation marks comes from the source."""

from __future__ import annotations

from obecsum.summaries.constraints.quotes import QuoteRule

PIECES = ["", "“", "ภูมิ", "ธรรม", "อนุ", "ทิน", "”", "เผย", "“อนุ", '"']
RULE = QuoteRule(PIECES, ["นายภูมิธรรม กล่าวว่า", "นายอนุทิน เผย"])


def refused(written: list[int], *, source: int = 0) -> list[int]:
    state = RULE.start(source)
    for piece in written:
        state = state.push(piece)
    return list(state.refused(range(len(PIECES))))


def test_outside_of_marks_only_a_piece_that_opens_and_goes_wrong_is_refused() -> None:
    assert refused([]) == [8]
    assert refused([4, 5]) == [8]
    assert refused([], source=1) == []


def test_inside_only_the_source_goes_on() -> None:
    assert sorted(refused([1])) == [1, 3, 4, 5, 7, 8]  # ธรรม is the end of a name
    assert 3 not in refused([1, 2])
    assert 5 in refused([1, 2])
    assert 5 not in refused([1, 4], source=1)


def test_a_straight_mark_opens_and_closes() -> None:
    assert 4 in refused([9])
    assert refused([9, 2, 3, 9]) == [8]
    assert refused([1, 2, 3, 6]) == [8]


def test_every_place_where_the_words_stand_may_go_on() -> None:
    rule = QuoteRule(["", "“", "ก", "ข", "ค", "กข", "”"], ["กขคกคขกข"])
    state = rule.start(0).push(1).push(2)
    assert list(state.refused([2, 3, 4, 5, 6])) == [2, 5]
    assert list(state.push(3).refused([2, 3, 4, 5, 6])) == [2, 3, 5]
    assert list(state.push(4).refused([2, 3, 4, 5, 6])) == [2, 4, 5]


LATIN = ["", "“", "”", "When", "Lines", "Be", "come", "Light", "2025", "END"]


def test_a_title_in_latin_letters_ends_with_a_word_and_not_between_two() -> None:
    rule = QuoteRule(LATIN, ["นิทรรศการ “When Lines Become Light” 2025"], end_id=9)
    state = rule.start(0).push(1).push(3)
    assert 2 in state.refused([2, 4])
    assert state.limits() == (None, (9,))
    state = state.push(4).push(5)
    assert list(state.refused([2, 6])) == [2]
    state = state.push(6).push(7)
    assert list(state.refused([2])) == []
    assert state.limits() == (None, ())


def test_a_quotation_does_not_begin_within_a_name() -> None:
    rule = QuoteRule(["", "“", "ศิกานต์", "ศ", "”", "วัฒนะ"], ["นางสาวศศิกานต์ วัฒนะจันทร์ เปิดเผย"])
    opened = rule.start(0).push(1)
    assert list(opened.refused([2, 3])) == [2]
    whole = opened.push(3).push(2)
    assert list(whole.refused([4, 5])) == []
    assert list(whole.push(5).refused([4])) == [4]  # half a surname
