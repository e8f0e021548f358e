"""The rules piece by piece, against what they say of a whole text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from obecsum.summaries.constraints.echo import NoEcho
from obecsum.summaries.constraints.locks import EchoRule, LockState, NameRule, PhraseRule, Rule

PIECES = st.integers(0, 7)
TEXTS = st.lists(PIECES, max_size=24)


def state_after(rule: Rule, written: list[int]) -> LockState:
    state = rule.start(0)
    for piece in written:
        state = state.push(piece)
    return state


def repeated(written: list[int], *, size: int, exempt: set[int], spaces: set[int]) -> set[int]:
    """What PhraseRule forbids, read off the whole text."""
    exempt = exempt | spaces
    solid = [piece for piece in written if piece not in spaces]
    banned = set(solid[-1:])
    for start in range(len(written) - size + 1):
        if written[start : start + size - 1] == written[len(written) - size + 1 :]:
            banned.add(written[start + size - 1])
    banned -= exempt
    for period in range(2, 9):
        if len(solid) < 2 * period - 1:
            break
        phrase = solid[-period:]
        if phrase[1:] == solid[-(2 * period - 1) : -period] and not set(phrase) <= exempt:
            banned.add(phrase[0])
    return banned


@given(written=TEXTS, size=st.integers(2, 4), exempt=st.sets(PIECES, max_size=2), spaces=st.sets(PIECES, max_size=2))
def test_phrases(written: list[int], size: int, exempt: set[int], spaces: set[int]) -> None:
    state = state_after(PhraseRule(size, exempt, spaces=spaces), written)
    assert state.limits() == (None, repeated(written, size=size, exempt=exempt, spaces=spaces))


@given(written=TEXTS)
def test_a_text_that_obeys_has_no_run_of_three_twice(written: list[int]) -> None:
    """Pieces that the rule forbids are skipped; what is left repeats nothing."""
    state: LockState = PhraseRule(3, ()).start(0)
    kept: list[int] = []
    for piece in written:
        if piece not in state.limits()[1]:
            kept.append(piece)
            state = state.push(piece)
    runs = [tuple(kept[i : i + 3]) for i in range(len(kept) - 2)]
    assert len(runs) == len(set(runs))
    assert all(a != b for a, b in pairwise(kept))


NAMES = st.lists(st.lists(PIECES, min_size=2, max_size=5), max_size=4)


@given(written=TEXTS, names=NAMES, heads=st.dictionaries(PIECES, st.frozensets(PIECES, max_size=3), max_size=3))
def test_names_go_on_as_in_the_source(
    written: list[int], names: list[list[int]], heads: dict[int, frozenset[int]]
) -> None:
    rows = [(tuple(name), tuple(piece == 7 for piece in name)) for name in names]
    allowed, banned = state_after(NameRule([heads], [rows]), written).limits()
    assert banned == {head for head, following in heads.items() if not following}
    # The longest end of the text with which a name begins decides.
    for size in range(5, 1, -1):
        begun = [(name, ends) for name, ends in rows if len(written) >= size and name[:size] == tuple(written[-size:])]
        if begun:
            if any(len(name) == size or ends[size] for name, ends in begun):
                assert allowed is None
            else:
                assert set(allowed or ()) == {name[size] for name, _ in begun}
            return
    assert set(allowed or ()) == set(heads.get(written[-1], ()) if written else ())


def test_a_title_of_several_pieces() -> None:
    """10 20 30 is in the source, followed by 5; 10 20 31 is not. 11 is 10 with a space before it."""
    titles: dict[tuple[int, ...], frozenset[int]] = {(10, 20, 30): frozenset({5}), (10, 20, 31): frozenset[int]()}
    rule = NameRule([{}], [[]], titles=[titles], bare={11: 10})
    for first in (10, 11):
        assert state_after(rule, [4, first, 20]).limits() == (None, {31})
        assert state_after(rule, [4, first, 20, 30]).limits() == (frozenset({5}), frozenset())
    assert state_after(rule, [4, 20, 30]).limits() == (None, frozenset())


def test_a_name_may_begin_with_or_without_a_space() -> None:
    rule = NameRule([{}], [[((11, 20, 30), (False, False, False))]], bare={11: 10})
    for first in (10, 11):
        assert state_after(rule, [first, 20]).limits()[0] == {30}


@given(written=st.lists(st.integers(0, 3), max_size=30), candidates=st.lists(st.integers(0, 3), max_size=4))
def test_echoes(written: list[int], candidates: list[int]) -> None:
    echo = NoEcho(["ก", "ข", "▁", "\ue000"], once=[3], size=4)
    state = state_after(EchoRule(echo), written)
    assert state.limits() == (None, ())
    assert list(state.refused(candidates)) == echo.banned(written, candidates)
