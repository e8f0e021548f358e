"""Keeps a summary from saying a thing twice.

Blocking runs of pieces is not enough: the same words come back cut into other pieces or with a space between them. So
this looks at characters. Of a thousand editors' headlines of 2025 2 % repeat 16 characters, spaces aside, and 0.7 % a
number; without a rule 4 % of the model's did the one and 3 % the other, and of its summaries 15 and 10 %.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

__all__ = ["ECHO_CHARS", "NoEcho", "echoes"]

ECHO_CHARS = 16
_CONTROL = re.compile(r"^<.+>$")


def echoes(text: str, *, size: int = ECHO_CHARS) -> bool:
    """Whether a run of ``size`` characters, spaces aside, stands in the text twice."""
    squeezed = "".join(text.split())
    seen: set[str] = set()
    for start in range(len(squeezed) - size + 1):
        run = squeezed[start : start + size]
        if run in seen:
            return True
        seen.add(run)
    return False


class NoEcho:
    """Which of some next pieces would repeat what was written.

    Args:
        pieces: What each id writes, (vocabulary,), in the tokenizer's spelling (``▁`` for a space); control pieces
            write nothing and are never banned.
        once: Ids that are written at most once: the number slots.
        size: Characters, spaces aside, that are not repeated.
    """

    def __init__(self, pieces: Sequence[str], *, once: Collection[int] = (), size: int = ECHO_CHARS) -> None:
        self.texts = [_CONTROL.sub("", piece).replace("▁", "").replace(" ", "") for piece in pieces]
        self.once = frozenset(once)
        self._size = size
        self._lengths = [len(text) for text in self.texts]

    def banned(self, written: Sequence[int], candidates: Iterable[int]) -> list[int]:
        """Those of ``candidates`` that must not follow ``written`` (ids, the decoder's start piece left out)."""
        text = "".join([self.texts[piece] for piece in written])
        return self.banned_after(text, self.once.intersection(written), candidates, self.shortest(text))

    def shortest(self, text: str) -> int:
        """Characters that the next piece must have at least to complete a repetition; a search asks once a text.

        Args:
            text: What was written, spaces aside.
        """
        if len(text) < self._size:
            return len(text) + self._size  # longer than any piece
        # Every new run begins with so much of the end: where that stands nowhere before, no run does.
        same = 0
        while same < self._size - 1 and text.find(text[-same - 1 :], 0, len(text) - 1) >= 0:
            same += 1
        return self._size - same

    def banned_after(self, text: str, used: Collection[int], candidates: Iterable[int], shortest: int) -> list[int]:
        """As :meth:`banned`, of what was written as text.

        Args:
            text: What was written, spaces aside.
            used: Ids in it that are written at most once.
            candidates: Ids.
            shortest: What :meth:`shortest` says of the text.
        """
        lengths = self._lengths
        return [
            piece
            for piece in candidates
            if piece in used or (lengths[piece] >= shortest and self._repeats(text, self.texts[piece]))
        ]

    def _repeats(self, text: str, more: str) -> bool:
        longer = text + more
        for end in range(len(text) + 1, len(longer) + 1):
            run = longer[end - self._size : end]
            if len(run) == self._size and longer.find(run, 0, end - 1) >= 0:
                return True
        return False
