"""Beam search over any model that can be asked for the next piece, with rules on what may be written.

The search is transformers' own as obecsum uses it (early stopping, scores divided by the length, as many candidates as
beams), written for speed on a CPU: the model gives for each beam its best pieces and, where the rules forbid too many
of them, all of them; sources whose candidates are complete leave the batch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import numpy as np
import numpy.typing as npt

from obecsum.summaries.constraints.locks import LockState, Rule

__all__ = ["Candidate", "Model", "NextPieces", "beam_search"]

_NEVER = float("-inf")
_MOST_LOOKED_AT = 1000  # pieces of one beam's next step, best first; what comes after is never chosen
_ASKED_AHEAD = 8  # pieces that rules are asked about beyond those wanted, since each round of asking costs


@dataclass(frozen=True, slots=True)
class Candidate:
    """One summary as pieces.

    Attributes:
        pieces: Ids, the end piece included if the model wrote it.
        score: Mean log-probability of a piece; what candidates are ordered by.
    """

    pieces: list[int]
    score: float


class NextPieces(Protocol):
    """Log-probabilities of what may follow each beam."""

    @property
    def top_ids(self) -> npt.NDArray[np.int64]:
        """(sources, beams, some), ids, the most probable first."""
        ...

    @property
    def top_scores(self) -> npt.NDArray[np.float32]:
        """The same shape, their log-probabilities."""
        ...

    @property
    def complete(self) -> bool:
        """Whether ``top_ids`` holds the whole vocabulary."""
        ...

    def scores(self, source: int, beam: int, ids: Sequence[int] | None) -> npt.NDArray[np.float32]:
        """Log-probabilities of some pieces, or of the whole vocabulary."""
        ...


class Model(Protocol):
    """An encoder-decoder model at work on one batch."""

    def step(
        self, pieces: npt.NDArray[np.int64], parents: npt.NDArray[np.int64], sources: npt.NDArray[np.int64] | None
    ) -> NextPieces:
        """Writes one piece more with every beam.

        Args:
            pieces: (sources, beams) the last piece of each beam.
            parents: (sources, beams) which beam of the step before each goes on from.
            sources: Indices, among the sources of the step before, of those that are still searched; None for all.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Beam:
    """A summary that is being written; ``parent`` is the beam of the step before that it goes on from."""

    score: float
    pieces: tuple[int, ...]
    states: tuple[LockState, ...]
    parent: int = 0


class _BeamSearch:
    """The search for one source."""

    __slots__ = ("beams", "finished", "num_beams", "source")

    def __init__(self, source: int, num_beams: int, rules: Sequence[Rule]) -> None:
        self.source = source
        self.num_beams = num_beams
        self.beams = [_Beam(0.0, (), tuple(rule.start(source) for rule in rules))]
        self.finished: list[Candidate] = []

    def advance(self, options: Sequence[tuple[float, int, int]], length: int, end_id: int, *, last: bool) -> None:
        """Goes on with the best ways; a summary that ends counts if it is among the first ``num_beams`` of them."""
        following: list[_Beam] = []
        for rank, (score, beam, piece) in enumerate(options):
            before = self.beams[beam]
            if piece == end_id or last:
                if rank < self.num_beams:
                    self.finished.append(Candidate([*before.pieces, piece], score / length))
            elif len(following) < self.num_beams:
                states = tuple(state.push(piece) for state in before.states)
                following.append(_Beam(score, (*before.pieces, piece), states, beam))
        self.finished.sort(key=lambda candidate: -candidate.score)
        del self.finished[self.num_beams :]
        self.beams = following


def beam_search(
    model: Model,
    *,
    num_sources: int,
    num_beams: int,
    start_id: int,
    end_id: int,
    rules: Sequence[Rule] = (),
    forbidden: Sequence[Collection[int]] | None = None,
    min_new_pieces: int = 0,
    max_new_pieces: int = 60,
) -> list[list[Candidate]]:
    """Finds up to ``num_beams`` candidates for each source, the best first.

    Args:
        model: At the beginning of a batch.
        num_sources: Sources in the batch.
        num_beams: Beams for each source, at least 1; with 1 the search is greedy.
        start_id: The decoder's first piece.
        end_id: The piece that ends a summary.
        rules: What may follow what; asked for every beam.
        forbidden: For each source, pieces that must not be written at all; sets, for speed.
        min_new_pieces: Pieces before the end piece at least.
        max_new_pieces: Pieces at most, the end piece included.

    Returns:
        For each source its candidates; none where the rules left no way to an end.
    """
    searches = [_BeamSearch(source, num_beams, rules) for source in range(num_sources)]
    results: list[list[Candidate]] = [[] for _ in searches]
    pieces = np.full((num_sources, num_beams), start_id, dtype=np.int64)
    parents = np.zeros((num_sources, num_beams), dtype=np.int64)
    kept: npt.NDArray[np.int64] | None = None
    for length in range(1, max_new_pieces + 1):
        found = model.step(pieces, parents, kept)
        top_ids, top_scores = found.top_ids.tolist(), found.top_scores.tolist()
        alive: list[int] = []
        next_pieces: list[list[int]] = []
        next_parents: list[list[int]] = []
        for row, search in enumerate(searches):
            never = () if forbidden is None else forbidden[search.source]
            options = [
                (hypothesis.score + score, beam, piece)
                for beam, hypothesis in enumerate(search.beams)
                for score, piece in _ways_on(
                    hypothesis.states,
                    found,
                    (row, beam),
                    dict(zip(top_ids[row][beam], top_scores[row][beam], strict=True)),
                    wanted=2 * num_beams,
                    end_id=end_id,
                    may_end=length > min_new_pieces,
                    forbidden=never,
                )
            ]
            options.sort(key=lambda option: -option[0])
            search.advance(options[: 2 * num_beams], length, end_id, last=length == max_new_pieces)
            if len(search.finished) == num_beams or not search.beams:
                results[search.source] = search.finished
                continue
            alive.append(row)
            # A source with fewer ways on than beams goes on with what it has; the rest of its row is idle.
            idle = num_beams - len(search.beams)
            next_pieces.append([beam.pieces[-1] for beam in search.beams] + [end_id] * idle)
            next_parents.append([beam.parent for beam in search.beams] + [0] * idle)
        if not alive:
            break
        kept = None if len(alive) == len(searches) else np.array(alive, dtype=np.int64)
        searches = [searches[row] for row in alive]
        pieces = np.array(next_pieces, dtype=np.int64)
        parents = np.array(next_parents, dtype=np.int64)
    return results


def _ways_on(
    states: Sequence[LockState],
    found: NextPieces,
    beam: tuple[int, int],
    ids_and_scores: Mapping[int, float],
    *,
    wanted: int,
    end_id: int,
    may_end: bool,
    forbidden: Collection[int],
) -> list[tuple[float, int]]:
    """The best pieces, with their log-probabilities, that a beam may be followed by; ``wanted`` of them or fewer."""
    allowed: Collection[int] | None = None
    banned = set() if may_end else {end_id}
    for state in states:
        only, never = state.limits()
        if only is not None:
            allowed = only if allowed is None else [piece for piece in only if piece in allowed]
        banned.update(never)

    def free(pieces: Iterable[int], count: int) -> list[int]:
        left = (piece for piece in pieces if piece not in forbidden and piece not in banned)
        free_ones: list[int] = []
        # Rules that look at each piece are asked for few more of them than are wanted.
        while len(free_ones) < count and (asked := list(islice(left, count - len(free_ones) + _ASKED_AHEAD))):
            for state in states:
                if refused := state.refused(asked):
                    asked = [piece for piece in asked if piece not in refused]
            free_ones += asked
        return free_ones[:count]

    if allowed is not None:
        # Where every way on is forbidden the summary may at least end.
        ids = free(sorted(allowed), len(allowed)) or ([end_id] if may_end else [])
        return _finite(found.scores(*beam, ids).tolist(), ids)
    picked = free(ids_and_scores, wanted)
    if len(picked) < wanted and not found.complete:
        scores = found.scores(*beam, None)
        picked = free(_best(scores, _MOST_LOOKED_AT).tolist(), wanted)
        return _finite(scores[picked].tolist(), picked)
    return [(ids_and_scores[piece], piece) for piece in picked]


def _best(scores: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.intp]:
    """Indices of the highest scores, the highest first; of equals the lower index."""
    if len(scores) <= count:
        return np.argsort(-scores, kind="stable")
    highest = np.sort(np.argpartition(scores, -count)[-count:])
    return highest[np.argsort(-scores[highest], kind="stable")]


def _finite(scores: Sequence[float], ids: Sequence[int]) -> list[tuple[float, int]]:
    return [(score, piece) for score, piece in zip(scores, ids, strict=True) if score > _NEVER]
