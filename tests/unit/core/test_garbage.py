"""The collector is left as it was found."""

import gc
from collections.abc import Iterator

import pytest

from obecsum.core.garbage import rare_collections


@pytest.fixture(autouse=True)
def _thresholds() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_collections_are_rare_inside_and_as_before_outside() -> None:
    before = gc.get_threshold()
    with rare_collections():
        inside = gc.get_threshold()
        assert inside[0] > before[0]
        with rare_collections():
            assert gc.get_threshold() == inside
        assert gc.get_threshold() == inside
    assert gc.get_threshold() == before


def test_it_is_set_back_after_an_error() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="stop"), rare_collections():
        raise ValueError("stop")
    assert gc.get_threshold() == before


def test_a_collector_that_is_off_stays_off_and_a_rarer_one_is_kept() -> None:
    gc.set_threshold(0)
    with rare_collections():
        assert gc.get_threshold()[0] == 0
    gc.set_threshold(1_000_000, 10, 500)
    with rare_collections():
        assert gc.get_threshold() == (1_000_000, 10, 500)
    assert gc.get_threshold() == (1_000_000, 10, 500)
