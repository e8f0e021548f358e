"""Our beam search against transformers' own, and what it promises for any model and any rules."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.summaries.constraints.locks import NameRule, PhraseRule, Rule
from obecsum.summaries.engines.beam import Candidate, beam_search
from obecsum.summaries.engines.engine import Request

END = 1
SOURCES = [[5, 6, 7, 8, 9, 10, 11, END], [20, 21, 22, END], [30, 5, 31, 32, 33, 30, 34, 8, 9, END]]


class Scores:
    """All scores of a step as one array of log-probabilities."""

    complete = False

    def __init__(self, scores: npt.NDArray[np.float32], top: int) -> None:
        self.all = scores
        self.top_ids = np.argsort(-scores, axis=-1, kind="stable")[..., :top]
        self.top_scores = np.take_along_axis(scores, self.top_ids, axis=-1)

    def scores(self, source: int, beam: int, ids: Sequence[int] | None) -> npt.NDArray[np.float32]:
        row: npt.NDArray[np.float32] = self.all[source, beam]
        return row if ids is None else row[ids]


class Markov:
    """A model whose next piece depends on the last alone."""

    def __init__(self, table: npt.NDArray[np.float32], top: int) -> None:
        self.table = table
        self.top = top

    def step(self, pieces: Any, parents: Any, sources: Any) -> Scores:
        return Scores(self.table[pieces], self.top)


class Whole:
    """A transformers model without any cache: every step reads all that was written."""

    def __init__(self, model: Any, sources: Sequence[Sequence[int]]) -> None:
        import torch

        width = max(map(len, sources))
        self.ids = torch.tensor([[*ids, *[0] * (width - len(ids))] for ids in sources])
        self.mask = torch.tensor([[1] * len(ids) + [0] * (width - len(ids)) for ids in sources])
        self.model = model
        self.written: npt.NDArray[np.int64] | None = None

    def step(self, pieces: Any, parents: Any, sources: Any) -> Scores:
        import torch

        if sources is not None:
            assert self.written is not None
            self.ids, self.mask, self.written = self.ids[sources], self.mask[sources], self.written[sources]
        if self.written is None:
            self.written = pieces[..., None]
        else:
            before = np.take_along_axis(self.written, parents[..., None], axis=1)
            self.written = np.concatenate([before, pieces[..., None]], axis=2)
        count, beams, length = self.written.shape
        with torch.inference_mode():
            logits = self.model(
                input_ids=self.ids.repeat_interleave(beams, 0),
                attention_mask=self.mask.repeat_interleave(beams, 0),
                decoder_input_ids=torch.from_numpy(self.written.reshape(-1, length)),
            ).logits[:, -1]
        return Scores(torch.log_softmax(logits, -1).reshape(count, beams, -1).numpy(), 12)


def rules() -> list[Rule]:
    names = [[((20, 21, 22), (False,) * 3)]] * len(SOURCES)
    return [PhraseRule(3, [30]), NameRule([{40: frozenset({5, 6}), 41: frozenset()}] * len(SOURCES), names)]


FORBIDDEN = [frozenset({0, 2, 3}), frozenset({0, 2, 3, 50}), frozenset({0, 2, 3, 51, 52})]


def written(model: Any, request: Request) -> list[list[list[int]]]:
    from obecsum.summaries.engines.hub import HubEngine

    return HubEngine(model, pad_id=0, end_id=END).search(SOURCES, request)


def score(model: Any, source: int, pieces: Sequence[int], start: int, **given: float) -> float:
    """Mean log-probability of the pieces, in double precision, all read at once."""
    import torch

    with torch.inference_mode():
        logits = (
            copy.deepcopy(model)
            .double()(
                input_ids=torch.tensor([SOURCES[source]]),
                decoder_input_ids=torch.tensor([[start, *pieces[:-1]]]),
                **given,
            )
            .logits[0]
        )
    found = torch.log_softmax(logits, -1)[torch.arange(len(pieces)), torch.tensor(pieces)]
    return float(found.mean())


def assert_alike(
    model: Any, found: list[list[list[int]]], expected: list[list[list[int]]], *, start: int = 0, **given: float
) -> None:
    """The same candidates in the same order, but for those that are equally good up to the rounding of a processor."""
    for source, (ours, theirs) in enumerate(zip(found, expected, strict=True)):
        if ours != theirs:
            scores = [[score(model, source, pieces, start, **given) for pieces in rows] for rows in (ours, theirs)]
            assert scores[0] == pytest.approx(scores[1], abs=1e-5), (ours, theirs)


def searched(model: Any, request: Request, start: int = 0) -> list[list[list[int]]]:
    found = beam_search(
        model,
        num_sources=len(SOURCES),
        num_beams=request.num_beams,
        start_id=start,
        end_id=END,
        rules=request.rules,
        forbidden=request.forbidden or None,
        min_new_pieces=request.min_new_pieces,
        max_new_pieces=request.max_new_pieces,
    )
    return [[candidate.pieces for candidate in candidates] for candidates in found]


@pytest.mark.parametrize("locked", [False, True])
@pytest.mark.parametrize("num_beams", [1, 2, 4])
def test_the_candidates_are_those_of_transformers(small_pointer: Any, num_beams: int, locked: bool) -> None:
    given_rules, forbidden = (rules(), FORBIDDEN) if locked else ([], [])
    request = Request(num_beams, 18, rules=given_rules, forbidden=forbidden)
    expected = written(small_pointer, request)
    assert_alike(small_pointer, searched(Whole(small_pointer, SOURCES), request), expected)
    assert max(len(ids) for row in expected for ids in row) > 6, "nothing was searched, or the test shows nothing"


@pytest.mark.parametrize("architecture", ["bart", "pegasus", "t5"])
def test_other_models(architecture: str) -> None:
    import torch

    from tests.unit.summaries.small import small_models

    torch.manual_seed(8)  # of which no two candidates are nearly equal, so that rounding chooses nothing
    model = small_models()[architecture].eval().double()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.mul_(6)  # random weights as they come are too even to tell beams apart
    model.generation_config.forced_eos_token_id = None
    request = Request(4, 12, rules=rules()[:1])
    start = int(model.config.decoder_start_token_id)
    for source, rows in enumerate(written(model, Request(8, 12, rules=request.rules))):
        gaps = np.diff(sorted(score(model, source, pieces, start) for pieces in rows))
        assert gaps.min() > 2e-5, "near-equal candidates: take another seed"
    assert_alike(model, searched(Whole(model, SOURCES), request, start), written(model, request), start=start)


def test_the_graphs_find_what_transformers_finds(small_pointer: Any, small_pointer_folder: Path) -> None:
    pytest.importorskip("onnxruntime")
    from obecsum.summaries.engines.onnx.runtime import OnnxEngine

    request = Request(4, 18, rules=rules(), forbidden=FORBIDDEN)
    engine = OnnxEngine(small_pointer_folder, end_id=END, threads=1)
    assert_alike(small_pointer, engine.search(SOURCES, request), written(small_pointer, request))


def test_the_batch_changes_nothing(small_pointer_folder: Path) -> None:
    pytest.importorskip("onnxruntime")
    from obecsum.summaries.engines.onnx.runtime import OnnxEngine

    engine = OnnxEngine(small_pointer_folder, end_id=END, threads=1)
    together = engine.search(SOURCES, Request(3, 18))
    assert [engine.search([source], Request(3, 18))[0] for source in SOURCES] == together


class Bans:
    """Forbids each source pieces of its own; a rule and its state at once."""

    def __init__(self, pieces: Sequence[int], source: int | None = None) -> None:
        self.pieces = pieces
        self.source = source

    def start(self, source: int) -> Bans:
        return Bans(self.pieces, source)

    def push(self, piece: int) -> Bans:
        return self

    def limits(self) -> tuple[None, frozenset[int]]:
        assert self.source is not None
        return None, frozenset({self.pieces[self.source]})

    def refused(self, candidates: Sequence[int]) -> tuple[()]:
        return ()


@pytest.mark.parametrize("threads", [2, 3, 9])
def test_nor_do_the_threads_that_share_it(small_pointer_folder: Path, threads: int) -> None:
    pytest.importorskip("onnxruntime")
    from obecsum.summaries.engines.onnx.runtime import OnnxEngine

    # The same three sources again: a share that mistook its sources would give one the bans of another.
    sources = [*SOURCES, *SOURCES, SOURCES[0]]
    engine = OnnxEngine(small_pointer_folder, end_id=END, threads=1)
    free = [row[0][0] for row in engine.search(sources[:3], Request(3, 18))]
    request = Request(3, 18, rules=[Bans([2, 2, 2, *free, 2])], forbidden=[*FORBIDDEN, *FORBIDDEN, FORBIDDEN[0]])
    alone = engine.search(sources, request)
    assert alone[0] == alone[6] != alone[3]
    shared = OnnxEngine(small_pointer_folder, end_id=END, threads=threads).search(sources, request)
    assert shared == alone


TABLES = st.integers(0, 10_000).map(
    lambda seed: np.log(np.random.default_rng(seed).dirichlet(np.full(8, 0.4), size=8) + 1e-6).astype(np.float32)
)


@settings(max_examples=60)
@given(table=TABLES, num_beams=st.integers(1, 5), top=st.integers(2, 8), length=st.integers(2, 9))
def test_candidates_are_ordered_distinct_and_obedient(
    table: npt.NDArray[np.float32], num_beams: int, top: int, length: int
) -> None:
    rule = PhraseRule(2, [7])
    forbidden = frozenset({0, 3})
    (found,) = beam_search(
        Markov(table, top),
        num_sources=1,
        num_beams=num_beams,
        start_id=0,
        end_id=END,
        rules=[rule],
        forbidden=[forbidden],
        min_new_pieces=1,
        max_new_pieces=length,
    )
    assert len(found) <= num_beams
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert len({tuple(c.pieces) for c in found}) == len(found)
    for candidate in found:
        _check(candidate, table, rule, forbidden, length)


def _check(
    candidate: Candidate, table: npt.NDArray[np.float32], rule: PhraseRule, forbidden: frozenset[int], length: int
) -> None:
    state, last, total = rule.start(0), 0, 0.0
    assert 2 <= len(candidate.pieces) <= length
    assert candidate.pieces[-1] == END or len(candidate.pieces) == length
    assert END not in candidate.pieces[:-1]
    for piece in candidate.pieces:
        assert piece not in forbidden
        assert piece not in state.limits()[1]
        total += float(table[last, piece])
        state, last = state.push(piece), piece
    assert candidate.score == pytest.approx(total / len(candidate.pieces), abs=1e-4)


@settings(max_examples=30)
@given(table=TABLES)
def test_with_a_beam_for_every_text_the_best_is_the_best(table: npt.NDArray[np.float32]) -> None:
    """Three pieces of eight, 512 texts: as many beams search them all."""
    (found,) = beam_search(
        Markov(table, 8), num_sources=1, num_beams=512, start_id=0, end_id=END, min_new_pieces=2, max_new_pieces=3
    )
    others = [i for i in range(8) if i != END]
    scores = [
        (float(table[0, a] + table[a, b] + table[b, c]) / 3, [a, b, c])
        for a in others
        for b in others
        for c in range(8)
    ]
    best = max(scores)
    assert found[0].score == pytest.approx(best[0], abs=1e-5)


def test_rules_without_any_way_on_leave_no_candidate() -> None:
    table = np.full((8, 8), np.log(1 / 8), dtype=np.float32)
    (found,) = beam_search(
        Markov(table, 8),
        num_sources=1,
        num_beams=2,
        start_id=0,
        end_id=END,
        forbidden=[frozenset(range(8))],
        min_new_pieces=2,
        max_new_pieces=5,
    )
    assert found == []


@given(st.lists(st.integers(0, 4), min_size=1, max_size=60), st.integers(1, 60))
def test_the_best_are_those_of_a_whole_sort(values: list[int], count: int) -> None:
    from obecsum.summaries.engines.beam import _best

    scores = np.array(values, dtype=np.float32)
    found = _best(scores, count).tolist()
    # Of equals at the edge any may be taken; what is taken stands in order.
    assert scores[found].tolist() == sorted(values, reverse=True)[:count]
    assert found == sorted(found, key=lambda i: (-scores[i], i))
    assert len(set(found)) == len(found)
