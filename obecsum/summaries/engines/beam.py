"""Beam search over any model that can be asked for the next piece, with rules on what may be written.

The search is transformers' own as obecsum uses it (early stopping, scores divided by the length, as many candidates as
beams), written for speed on a CPU: the model gives for each beam its best pieces and, where the rules forbid too many
of them, all of them; the rules are asked of the best pieces of all beams of a source together, until enough may be
written; sources whose candidates are complete leave the batch.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from obecsum.summaries.constraints.locks import LockState, Rule

__all__ = ["Candidate", "Model", "NextPieces", "beam_search"]

_NEVER = float("-inf")
_MOST_LOOKED_AT = 1000  # pieces of one beam's next step, best first; what comes after is never chosen
_ASKED_AHEAD = 4  # pieces that rules are asked about beyond those wanted, since each round of asking costs

_Way = tuple[float, int, int]
"""A way on: the score of all that would then be written, which beam it continues, and with which piece."""


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

    def advance(self, options: Sequence[_Way], length: int, end_id: int, *, last: bool) -> None:
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
        ranked = _ranked(searches, found, num_beams)
        alive: list[int] = []
        next_pieces: list[list[int]] = []
        next_parents: list[list[int]] = []
        for row, search in enumerate(searches):
            options = _ways_on(
                search,
                found,
                row,
                ranked[row],
                wanted=2 * num_beams,
                end_id=end_id,
                may_end=length > min_new_pieces,
                forbidden=() if forbidden is None else forbidden[search.source],
            )
            search.advance(options, length, end_id, last=length == max_new_pieces)
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


def _ranked(searches: Sequence[_BeamSearch], found: NextPieces, num_beams: int) -> list[list[_Way]]:
    """For each source what its beams may go on with, of the pieces that the model brought, the best first."""
    top_ids, top_scores = found.top_ids, found.top_scores
    rows, _, some = top_ids.shape
    written = np.full((rows, num_beams, 1), _NEVER)
    for row, search in enumerate(searches):
        written[row, : len(search.beams), 0] = [beam.score for beam in search.beams]
    totals = (written + top_scores).reshape(rows, -1)
    order = np.argsort(-totals, axis=1, kind="stable")
    scores = np.take_along_axis(totals, order, axis=1).tolist()
    ids = np.take_along_axis(top_ids.reshape(rows, -1), order, axis=1).tolist()
    return [list(zip(*row, strict=True)) for row in zip(scores, (order // some).tolist(), ids, strict=True)]


def _ways_on(
    search: _BeamSearch,
    found: NextPieces,
    row: int,
    ranked: Sequence[_Way],
    *,
    wanted: int,
    end_id: int,
    may_end: bool,
    forbidden: Collection[int],
) -> list[_Way]:
    """The best ways on that the rules allow, the best first; ``wanted`` of them or fewer."""
    beams = search.beams
    limits = [_limits(beam.states, end_id, may_end=may_end) for beam in beams]
    ways: list[_Way] = []
    for number, (allowed, banned) in enumerate(limits):
        if allowed is not None:
            ids = [piece for piece in sorted(allowed) if piece not in forbidden and piece not in banned]
            # Where every way on is forbidden the summary may at least end.
            ids = _not_refused(beams[number].states, ids) or ([end_id] if may_end else [])
            scores = found.scores(row, number, ids).tolist()
            ways += [(beams[number].score + score, number, piece) for score, piece in zip(scores, ids, strict=True)]
    free = [number for number, (allowed, _) in enumerate(limits) if allowed is None]
    if free:
        # Below the last piece that the model brought of a beam, others of that beam may be better.
        last = {number: score for score, number, _ in ranked}
        least = _NEVER if found.complete else max(last[number] for number in free)
        picked = _pick(beams, limits, ranked, least=least, wanted=wanted, forbidden=forbidden)
        if len(picked) < wanted and not found.complete:
            ranked = []
            for number in free:
                scores = found.scores(row, number, None)
                best = _best(scores, _MOST_LOOKED_AT)
                written = beams[number].score
                ranked += [(written + s, number, i) for s, i in zip(scores[best].tolist(), best.tolist(), strict=True)]
            ranked.sort(key=_by_score)
            picked = _pick(beams, limits, ranked, least=_NEVER, wanted=wanted, forbidden=forbidden)
        ways += picked
    ways = [way for way in ways if way[0] > _NEVER]
    if len(free) < len(beams):
        ways.sort(key=lambda way: (-way[0], way[1]))
    return ways[:wanted]


def _by_score(way: _Way) -> float:
    return -way[0]


def _limits(
    states: Iterable[LockState], end_id: int, *, may_end: bool
) -> tuple[Collection[int] | None, Collection[int]]:
    """What all rules allow together, and what they forbid."""
    allowed: Collection[int] | None = None
    banned = set() if may_end else {end_id}
    for state in states:
        only, never = state.limits()
        if only is not None:
            allowed = only if allowed is None else [piece for piece in only if piece in allowed]
        banned.update(never)
    return allowed, banned


def _not_refused(states: Iterable[LockState], pieces: list[int]) -> list[int]:
    for state in states:
        if pieces and (refused := state.refused(pieces)):
            pieces = [piece for piece in pieces if piece not in refused]
    return pieces


def _pick(
    beams: Sequence[_Beam],
    limits: Sequence[tuple[Collection[int] | None, Collection[int]]],
    ranked: Sequence[_Way],
    *,
    least: float,
    wanted: int,
    forbidden: Collection[int],
) -> list[_Way]:
    """The first ``wanted`` of ``ranked`` that may be written, of beams without limits to certain pieces."""
    picked: list[_Way] = []
    waiting: list[_Way] = []
    asked: dict[int, list[int]] = {}  # beam -> pieces

    def ask() -> None:
        fine = {number: _not_refused(beams[number].states, pieces) for number, pieces in asked.items()}
        picked.extend(way for way in waiting if way[2] in fine[way[1]])
        waiting.clear()
        asked.clear()

    for way in ranked:
        score, number, piece = way
        if score < least or score == _NEVER:
            break
        allowed, banned = limits[number]
        if allowed is None and piece not in forbidden and piece not in banned:
            waiting.append(way)
            asked.setdefault(number, []).append(piece)
            # Rules that look at each piece are asked for few more of them than are wanted.
            if len(waiting) == wanted - len(picked) + _ASKED_AHEAD:
                ask()
                if len(picked) >= wanted:
                    break
    ask()
    return picked[:wanted]


def _best(scores: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.intp]:
    """Indices of the highest scores, the highest first; of equals the lower index."""
    if len(scores) <= count:
        return np.argsort(-scores, kind="stable")
    highest = np.sort(np.argpartition(scores, -count)[-count:])
    return highest[np.argsort(-scores[highest], kind="stable")]
