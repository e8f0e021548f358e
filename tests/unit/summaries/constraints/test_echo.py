"""A summary says nothing twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from obecsum.summaries.constraints.echo import NoEcho, echoes

PIECES = ["<pad>", "▁บูรณาการ", "ทุก", "ภาคส่วน", "▁", "บูรณา", "การ", "\ue000", "▁ต้อง", "คน"]


def test_the_same_words_in_other_pieces_are_an_echo() -> None:
    rule = NoEcho(PIECES, size=11)
    # บูรณาการทุก is 11 characters, the second time in other pieces.
    written = [1, 2, 3, 8, 5, 6]
    assert rule.banned(written, range(len(PIECES))) == [2]
    assert rule.banned([1, 2, 3, 8], range(len(PIECES))) == []


def test_a_number_is_written_once() -> None:
    rule = NoEcho(PIECES, once=[7])
    assert rule.banned([7, 9], [7, 9]) == [7]
    assert rule.banned([9, 9], [7, 9]) == []


def test_spaces_and_control_pieces_are_never_banned() -> None:
    rule = NoEcho(PIECES, size=4)
    assert rule.banned([1, 2, 3, 8, 0, 0], [0, 4]) == []


@given(st.lists(st.integers(1, len(PIECES) - 1), max_size=30))
def test_what_is_written_by_the_rule_has_no_echo(choices: list[int]) -> None:
    rule = NoEcho(PIECES, size=8)
    written: list[int] = []
    for piece in choices:
        if not rule.banned(written, [piece]):
            written.append(piece)
    assert not echoes("".join(PIECES[piece] for piece in written).replace("▁", " "), size=8)


def test_a_number_that_the_source_repeats_in_one_phrase_may_be_repeated() -> None:
    from obecsum.summaries.constraints.locks import EchoRule
    from obecsum.summaries.writer import _said_twice

    assert _said_twice([7, 9, 7, 8, 5], [7, 8]) == {7}
    assert _said_twice([7, *[9] * 8, 7], [7, 8]) == frozenset()
    rule = EchoRule(NoEcho(PIECES, once=[7]), [frozenset(), frozenset({7})])
    assert list(rule.start(0).push(7).push(9).refused([7, 9])) == [7]
    assert list(rule.start(1).push(7).push(9).refused([7, 9])) == []
