"""A function of the caller's as the model, and what is made of answers that were written as prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from obecsum.core.errors import ModelError
from obecsum.summaries.writer import tidy
from obecsum.text.normalize import normalize

__all__ = ["FunctionWriter", "as_candidate"]

_THOUGHTS = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
_MARKUP = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|[-*•][ \t]+)|\*\*|__|`+", re.MULTILINE)
_QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"))


def as_candidate(answer: str, *, kind: str, finished: bool = True) -> str:
    """What an answer says, as it may be printed: on one line, without markup and without marks around the whole.

    Args:
        answer: As it was given.
        kind: Of a headline the first line counts, of a summary all.
        finished: Whether it was written to its end; if not, its last phrase is cut off.
    """
    text = _MARKUP.sub("", _THOUGHTS.sub("", normalize(answer))).strip()
    if kind == "headline":
        text, _, rest = text.partition("\n")
        finished = finished or bool(rest.strip())
    # Marks around all of it are the answer's, and would be held against the release as a quotation.
    for opening, closing in _QUOTES:
        inside = text[len(opening) : -len(closing)]
        if text == f"{opening}{inside}{closing}" and opening not in inside and closing not in inside:
            text = inside
    return tidy(text, finished=finished)


class FunctionWriter:
    """Asks a function for one candidate a text.

    Args:
        function: Takes prepared texts, whole and on one line each, and gives one summary for each, in order.
        name: What it is called in messages.
    """

    def __init__(self, function: Callable[[list[str]], Sequence[str]], name: str) -> None:
        self._function = function
        self._name = name

    def write(self, texts: Sequence[str], *, kind: str) -> list[list[str]]:
        """See :class:`~obecsum.summaries.engines.engine.CandidateWriter`.

        Raises:
            ModelError: The function raised an error, or gave something else than a text for each.
        """
        if not texts:
            return []
        try:
            answers = self._function(list(texts))
        except Exception as error:
            raise ModelError(
                f"the function {self._name}, called with {len(texts)} texts, raised {type(error).__name__}: "
                f"{' '.join(str(error).split())}"
            ) from error
        wanted = f"the function {self._name} must give a list of {len(texts)} texts for as many, got"
        if isinstance(answers, str | bytes) or not isinstance(answers, Sequence):
            raise ModelError(f"{wanted} {type(answers).__name__}")
        if len(answers) != len(texts):
            raise ModelError(f"{wanted} {len(answers)}")
        for number, answer in enumerate(answers):
            if not isinstance(answer, str):
                raise ModelError(f"{wanted} {type(answer).__name__} as number {number}; an empty text says no summary")
        return [[candidate] if (candidate := as_candidate(answer, kind=kind)) else [] for answer in answers]
