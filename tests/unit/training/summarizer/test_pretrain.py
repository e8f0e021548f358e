"""Stage 1: what is masked comes back in the target."""

from typing import Any

import numpy as np
import pytest

from obecsum.core.model_paths import model_path
from obecsum.training.summarizer.pretrain import gap_sentences, masked_spans, pack_pretraining


def test_the_sentence_that_says_most_about_the_rest_is_chosen() -> None:
    about = [1, 2, 3, 4, 5, 6]
    parts = [[*about, 50], [1, 2, 3, 60, 61, 62], [4, 5, 6, 70, 71, 72], [80, 81, 82, 83, 84, 85]]
    assert gap_sentences(parts) == [0]
    assert gap_sentences(parts[:2]) == []
    assert gap_sentences([[1] * 100] * 4) == []


def test_masked_spans_can_be_put_back() -> None:
    ids = list(range(10, 310))
    source, target = masked_spans(ids, 5, np.random.default_rng(0))
    assert 0 < len(target) <= 88
    spans: list[list[int]] = []
    for piece in target:
        if piece == 5:
            spans.append([])
        else:
            spans[-1].append(piece)
    restored: list[int] = []
    rest = iter(spans)
    for piece in source:
        restored += next(rest) if piece == 5 else [piece]
    assert restored == ids


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(model_path("obecsum-th"))


def test_bodies_become_examples(tokenizer: Any) -> None:
    body = "\n".join(
        f"กรมตัวอย่างรายงานว่าโครงการแหล่งน้ำระยะที่ {i} ในพื้นที่ภาคเหนือคืบหน้าแล้ว {i * 7 + 3} แห่ง และจะเสร็จตามแผน"
        for i in range(8)
    )
    rows = [{"id": str(i), "title": None, "standfirst": None, "body": body} for i in range(4)]
    packed = pack_pretraining(rows, tokenizer)
    mask = tokenizer.convert_tokens_to_ids("<mask>")
    assert len(packed) == 4
    for i in range(4):
        source = packed.sources[packed.source_bounds[i] : packed.source_bounds[i + 1]].tolist()
        target = packed.summaries[packed.summary_bounds[i] : packed.summary_bounds[i + 1]].tolist()
        assert mask in source
        assert (mask in target) == (i % 2 == 1), "gap sentences and masked spans in turn"
        assert len(target) <= 88
    assert all(np.array_equal(a, b) for a, b in [(packed.sources, pack_pretraining(rows, tokenizer).sources)])
