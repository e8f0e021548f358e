"""Builds the examples of both stages from a corpus folder: no leaks, no inventions, nothing of the held-out months."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from obecsum.training.corpus import near_duplicates_of, pack, read_rows
from obecsum.training.summarizer.pretrain import pack_pretraining
from obecsum.training.summarizer.recipe import TrainOptions
from obecsum.training.summarizer.targets import leave_out, read_targets, teaches_inventing, wording

__all__ = ["build_examples"]

_SOURCE_PIECES = TrainOptions(steps=1, decay_steps=0).source_pieces - 3  # the control pieces and the end


def build_examples(
    folder: Path,
    tokenizer: Any,
    out: Path,
    *,
    limit: int | None = None,
    seed: int = 1,
    content_words: bool = False,
    say: Callable[[str], None] = print,
) -> None:
    """Writes train.npz, valid.npz, pretrain.npz, pretrain-valid.npz and excluded.json.

    The targets of the held-out months are all kept but for those with a number that the release lacks, as they were
    when the figures of earlier models were taken.

    Args:
        folder: Corpus folder.
        tokenizer: The tokenizer of the model.
        out: Folder to write to; made if missing.
        limit: Rows of each split, for a trial.
        seed: Of what is masked in stage 1.
        content_words: Whether a content word that is not read is an invention, too, and not only a fact.
        say: Told what was done.
    """
    out.mkdir(parents=True, exist_ok=True)
    valid, rows = (list(itertools.islice(read_rows(folder, split), limit)) for split in ("valid", "train"))
    held_out = [f"{r['title']}\n{r['body']}" for split in ("valid", "test") for r in read_rows(folder, split)]
    repeated = set(near_duplicates_of(held_out, (f"{row['title']}\n{row['body']}" for row in rows)))
    excluded = [str(rows[i]["id"]) for i in sorted(repeated)]
    (out / "excluded.json").write_text(json.dumps(excluded), encoding="utf-8")
    say(f"{len(excluded)} releases nearly repeat a held-out one and are not trained on")
    rows = [row for i, row in enumerate(rows) if i not in repeated]

    read = list(read_targets(rows, tokenizer, source_pieces=_SOURCE_PIECES))
    known = wording(reading for *_, reading in read) if content_words else None
    invented = {(row_id, kind) for row_id, kind, reading in read if teaches_inventing(reading, known)}
    num_read = Counter(kind for _, kind, _ in read)
    num_invented = Counter(kind for _, kind in invented)
    for kind in sorted(num_read):
        say(f"{kind}: {num_invented[kind]} of {num_read[kind]} targets say what is not read, and are left out")

    for name, packed in (
        ("valid", pack(valid, tokenizer)),
        ("train", leave_out(pack(rows, tokenizer), invented)),
        ("pretrain-valid", pack_pretraining(valid, tokenizer, seed=seed)),
        ("pretrain", pack_pretraining(rows, tokenizer, seed=seed)),
    ):
        packed.save(out / f"{name}.npz")
        say(f"{name}: {len(packed)} releases")
