"""``obecsum train embeddings`` from a corpus folder to the model folder: vocabulary, pairs, training, export."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from obecsum.training.corpus import Row, near_duplicates_of, read_rows
from obecsum.training.embeddings.examples import make_pairs
from obecsum.training.embeddings.train import EmbeddingOptions, export_embeddings, train_embeddings
from obecsum.training.embeddings.vocabulary import build_tokenizer, count_words, unigram_vocabulary

__all__ = ["run_embeddings"]

_HEADLINES_EVERY, _BODIES_EVERY, _BODY_CHARS = 4, 24, 2_500  # what newmm reads: about six million characters


def _once(path: Path, make: Callable[[], Any]) -> Any:
    """What ``make`` gives, kept in a file for a run that goes on."""
    if not path.is_file():
        path.write_text(json.dumps(make(), ensure_ascii=False), encoding="utf-8")
    return json.loads(path.read_text(encoding="utf-8"))


def run_embeddings(
    folder: Path,
    work: Path,
    out: Path,
    options: EmbeddingOptions,
    *,
    vocab_size: int = 30_000,
    limit: int | None = None,
    say: Callable[[str], None] = print,
) -> dict[str, float]:
    """Runs the whole recipe; a stopped run goes on at its last checkpoint.

    Args:
        folder: Corpus folder.
        work: Folder for checkpoints, the log and the trained weights.
        out: Model folder to write.
        options: The recipe.
        vocab_size: Words in the vocabulary.
        limit: Rows of each split, for a trial.
        say: Told what is done, a line at a time.

    Returns:
        Retrieval figures on the validation months.
    """
    rows: list[Row] = list(itertools.islice(read_rows(folder, "train"), limit))
    work.mkdir(parents=True, exist_ok=True)

    def count() -> list[list[str | float]]:
        texts = itertools.chain(
            (row["title"] or "" for row in rows[::_HEADLINES_EVERY]),
            (row["body"][:_BODY_CHARS] for row in rows[::_BODIES_EVERY]),
        )
        return [list(piece) for piece in unigram_vocabulary(count_words(texts), size=vocab_size)]

    def find_repeated() -> list[str]:
        held_out = [f"{r['title']}\n{r['body']}" for split in ("valid", "test") for r in read_rows(folder, split)]
        repeated = near_duplicates_of(held_out, (f"{row['title']}\n{row['body']}" for row in rows))
        return sorted(str(rows[position]["id"]) for position in repeated)

    vocabulary = [(str(piece), float(score)) for piece, score in _once(work / "vocabulary.json", count)]
    say(f"vocabulary: {len(vocabulary)} pieces")
    excluded = frozenset(_once(work / "excluded.json", find_repeated))
    say(f"{len(excluded)} releases nearly repeat a held-out one and are not trained on")
    pairs = make_pairs(rows, seed=options.seed, exclude=excluded)
    say(f"{len(pairs.headlines)} headlines, {len(pairs.standfirsts)} standfirsts, {len(pairs.passages)} passages")
    valid = make_pairs(itertools.islice(read_rows(folder, "valid"), limit), seed=options.seed)
    figures = train_embeddings(pairs, valid, build_tokenizer(vocabulary), work, options)
    size = export_embeddings(work, out)
    say(f"{out}: {size / 1e6:.1f} MB of weights")
    return figures
