"""How often words stand in releases: how telling it is that one is missing."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["telling"]

_LEVELS = 9  # level 9: one release in a thousand has the word; what is rarer is not in the table


@cache
def _levels() -> dict[str, int]:
    table = files("obecsum.text.lexicon").joinpath("frequencies.txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines())
    return {word: int(level) for level, *words in rows for word in words}


def telling(word: str) -> float:
    """How telling a word is: 0 if every release has it, 1 from one in a thousand on (log of its document frequency).

    The table is made by ``obecsum train frequencies`` from the public corpus of government releases.

    >>> telling("และ") < 0.1 < telling("เขื่อน") < 1.0 == telling("ฮิปโปโปเตมัส")
    True
    """
    return min(1.0, _levels().get(word, _LEVELS) / _LEVELS)
