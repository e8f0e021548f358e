"""The logits processors, on scores made by hand."""

import torch

from obecsum.summaries.constraints.locks import NameRule, PhraseRule
from obecsum.summaries.engines.logits import PieceLock, RuleLock

VOCABULARY = 12


def scores(rows: int) -> torch.FloatTensor:
    return torch.zeros((rows, VOCABULARY), dtype=torch.float32)  # type: ignore[return-value]


def ids(*rows: list[int]) -> torch.LongTensor:
    return torch.tensor(rows)  # type: ignore[return-value]


def allowed(row: torch.Tensor) -> set[int]:
    return set(torch.isfinite(row).nonzero()[:, 0].tolist())


def phrase_lock(size: int, *, exempt: list[int], spaces: tuple[int, ...] | list[int] = ()) -> RuleLock:
    return RuleLock(PhraseRule(size, exempt, spaces=spaces), 1, ())


def test_piece_lock_repeats_each_source_for_its_beams() -> None:
    forbidden = torch.zeros((2, VOCABULARY), dtype=torch.bool)
    forbidden[0, 3] = forbidden[1, 5] = True
    out = PieceLock(forbidden)(ids([0], [0], [0], [0]), scores(4))
    assert [3 in allowed(row) for row in out] == [False, False, True, True]
    assert [5 in allowed(row) for row in out] == [True, True, False, False]


def test_no_phrase_is_written_twice() -> None:
    out = phrase_lock(3, exempt=[])(ids([0, 4, 5, 6, 7, 4, 5]), scores(1))
    assert 6 not in allowed(out[0])
    assert 5 not in allowed(out[0]), "a piece does not follow itself"
    assert 7 in allowed(out[0])


def test_exempt_pieces_may_repeat() -> None:
    out = phrase_lock(3, exempt=[6, 5])(ids([0, 4, 5, 6, 7, 4, 5]), scores(1))
    assert {5, 6} <= allowed(out[0])


def test_a_word_does_not_follow_itself_across_a_space() -> None:
    # 5 is the word, 8 the bare space.
    out = phrase_lock(3, exempt=[9], spaces=[8])(ids([0, 4, 5, 8]), scores(1))
    assert allowed(out[0]) == set(range(VOCABULARY)) - {5}


def test_a_phrase_does_not_follow_itself_even_with_exempt_pieces() -> None:
    # 9 is a slot: "1 อำเภอ 1 อำเภอ" is barred, "1 อำเภอ 1 โรงเรียน" is not.
    out = phrase_lock(3, exempt=[9], spaces=[8])(ids([0, 9, 4, 8, 9]), scores(1))
    assert 4 not in allowed(out[0])
    assert 5 in allowed(out[0])


def test_a_name_goes_on_as_in_the_source_until_it_may_end() -> None:
    # 1 is the end, 2 a title; the source has the names 2 4 5 | 6 7 (a surname from 6 on) and 2 8 9.
    rule = NameRule(
        heads=[{2: frozenset({4, 8}), 3: frozenset()}],
        names=[[((2, 4, 5, 6, 7), (False, False, False, True, False)), ((2, 8, 9), (False, False, False))]],
    )
    lock = RuleLock(rule, 1, end_ids=[1])
    assert allowed(lock(ids([0, 10, 2]), scores(1))[0]) == {4, 8}
    assert allowed(lock(ids([0, 10, 2, 4]), scores(1))[0]) == {5}
    assert allowed(lock(ids([0, 10, 2, 4, 5]), scores(1))[0]) == set(range(VOCABULARY)) - {3}, (
        "the surname may be left out"
    )
    assert allowed(lock(ids([0, 10, 2, 4, 5, 6]), scores(1))[0]) == {7}
    assert 3 not in allowed(lock(ids([0, 10]), scores(1))[0]), "a title that the source lacks"


def test_a_locked_name_whose_next_piece_is_forbidden_lets_the_summary_end() -> None:
    lock = RuleLock(NameRule(heads=[{2: frozenset({4})}], names=[[]]), 1, end_ids=[1])
    blocked = scores(1)
    blocked[0, 4] = float("-inf")
    assert allowed(lock(ids([0, 2]), blocked)[0]) == {1}
