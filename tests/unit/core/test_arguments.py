"""Wrong arguments of public functions are told with what was given, never by an attribute that is missing."""

from __future__ import annotations

from typing import Any

import pytest

import obecsum

WRONG: list[Any] = [None, 5, b"text", ["a", 5], [None], {"a": 1}]


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("name", ["normalize", "shingles", "signature", "find_repeats", "remove_repeats"])
def test_one_text(name: str, wrong: Any) -> None:
    with pytest.raises(TypeError, match=rf"text must be a str, got {type(wrong).__name__}"):
        getattr(obecsum, name)(wrong)


@pytest.mark.parametrize("wrong", [*WRONG[:-1], "text"])
@pytest.mark.parametrize("name", ["dedupe", "stories"])
def test_releases(name: str, wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"releases(\[\d\] must be a Release| must be a list or another iterable)"):
        getattr(obecsum, name)(wrong)


@pytest.mark.parametrize("wrong", [None, 5, ["a", 5], "text", b"text"])
def test_texts(wrong: Any) -> None:
    with pytest.raises(TypeError, match=r"texts(\[1\])? must be"):
        obecsum.signatures(wrong)
    assert obecsum.signatures(text for text in ("a", "b")).shape == (2, 128)
