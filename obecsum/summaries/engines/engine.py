"""What every model does, and every engine: from the pieces of sources to the pieces of candidate summaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from obecsum.summaries.constraints.locks import Rule

__all__ = ["CandidateWriter", "Engine", "Request"]


@dataclass(frozen=True, slots=True)
class Request:
    """How the candidates of a batch are to be found.

    Attributes:
        num_beams: Beams, and candidates for each source.
        max_new_pieces: Pieces of a candidate at most, the end piece included.
        min_new_pieces: Pieces before the end piece at least.
        rules: What may follow what. CTranslate2 cannot obey them; its candidates are only checked afterwards.
        forbidden: For each source, or empty, pieces that must not be written.
    """

    num_beams: int
    max_new_pieces: int
    min_new_pieces: int = 4
    rules: Sequence[Rule] = ()
    forbidden: Sequence[frozenset[int]] = field(default=())


class Engine(Protocol):
    """Runs a model.

    Attributes:
        name: "transformers", "torch", "onnx" or "ctranslate2"; stands in reports.
    """

    name: str

    def search(self, sources: Sequence[Sequence[int]], request: Request) -> list[list[list[int]]]:
        """For each source the pieces of up to ``num_beams`` candidates, the best first, each without a start piece."""
        ...


class CandidateWriter(Protocol):
    """Writes candidates, whatever it is made of; nothing that it writes is believed before it was checked."""

    def write(self, texts: Sequence[str], *, kind: str) -> list[list[str]]:
        """For each text up to a handful of candidates, the favorite first.

        Args:
            texts: Prepared texts, one line each.
            kind: "summary" or "headline".
        """
        ...
