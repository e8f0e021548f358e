"""Trains the embedding model with sentence-transformers' own trainer and writes the folder that ships.

The model is a ``StaticEmbedding``: the vector of a text is the sum of its pieces' vectors, those of its lead and those
that it repeats counted for more, so it trains on a CPU in minutes. Where it begins says
:mod:`obecsum.training.embeddings.start`. Batches are runs of consecutive publication dates: all releases of the same
category and week are in them, which are the hardest negatives that a feed has. Losses are ranking losses in both
directions (van den Oord et al. 2018) over several prefixes of the dimensions (Kusupati et al. 2022).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from obecsum.core.errors import InputError, OptionError
from obecsum.embeddings.embedder import HASHED_BY, StaticModel, hashed_columns
from obecsum.embeddings.pieces import WordPieces
from obecsum.training.embeddings.examples import MAX_BODY_CHARS, Pairs
from obecsum.training.embeddings.start import Counting, counts_of, mark_lengths, rarities, start_weights

__all__ = ["EmbeddingOptions", "export_embeddings", "recall", "train_embeddings"]

F32 = npt.NDArray[np.float32]
_MARKED_BODIES = 2_000  # that tell how long marks must be


@dataclass(frozen=True, slots=True)
class EmbeddingOptions:
    """The recipe.

    Attributes:
        dim: Dimensions that are learned.
        matryoshka: Prefixes of the dimensions that are trained to serve alone, ``dim`` among them.
        hashed: Dimensions behind them that pieces are hashed into, at least 0.
        hashed_length: Of the hashed part of a body's vector as a share of that of the learned part, above 0.
        steps: Optimizer steps.
        batch_size: Pairs a step, and so candidates that each anchor is told from.
        learning_rate: Of AdamW, after a tenth of the steps; falls to zero by the end.
        scale: Factor of the cosines in the loss (the inverse temperature).
        counting: How the pieces of a text count: ``k1`` and ``b`` of BM25, the usual weight of a body, and the place in
            a text where a piece weighs half (:func:`obecsum.embeddings.kernel.sum_batch`). What a release is about
            stands in its lead.
        share: Of the trained weights in the result; the others are the first weights. Their mean finds more of other
            months than either (Wortsman et al. 2022).
        start_every: Of every so many bodies one is read for the first weights.
        eval_steps: Steps between two measurements on the held-out releases.
        seed: Of the first weights and of the order of the batches.
    """

    dim: int = 640
    matryoshka: tuple[int, ...] = (640, 256, 128, 64)
    hashed: int = 768
    hashed_length: float = 0.6
    steps: int = 250
    batch_size: int = 1024
    learning_rate: float = 0.012
    scale: float = 16.0
    counting: Counting = (1.0, 0.4, 156.0, 100.0)
    share: float = 0.6
    start_every: int = 2
    eval_steps: int = 50
    seed: int = 1

    def __post_init__(self) -> None:
        for name in ("dim", "steps", "batch_size", "start_every", "eval_steps"):
            if getattr(self, name) < 1:
                raise OptionError(f"{name} must be at least 1, got {getattr(self, name)}")
        if max(self.matryoshka) != self.dim or min(self.matryoshka) < 1:
            raise OptionError(f"matryoshka must end at dim {self.dim}, got {self.matryoshka}")
        if self.hashed < 0 or self.hashed_length <= 0:
            raise OptionError(
                f"hashed must be at least 0 and hashed_length above 0, got {self.hashed} and {self.hashed_length}"
            )


def recall(queries: F32, documents: F32) -> dict[str, float]:
    """Recall@1, recall@10 and mean reciprocal rank of row i of ``documents`` for row i of ``queries``; ties count half.

    Both of shape (n, dim), any length; cosine similarity.
    """

    def unit(rows: F32) -> F32:
        scaled: F32 = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return scaled

    cosines = unit(queries) @ unit(documents).T
    right = cosines.diagonal()[:, None]
    ranks = (cosines > right).sum(axis=1) + ((cosines == right).sum(axis=1) - 1) / 2
    return {
        "recall_at_1": float((ranks < 1).mean()),
        "recall_at_10": float((ranks < 10).mean()),
        "mrr": float((1 / (1 + ranks)).mean()),
    }


def train_embeddings(
    pairs: Pairs, held_out: Pairs, tokenizer: Any, out: Path, options: EmbeddingOptions
) -> dict[str, float]:
    """Trains; a run that was stopped goes on at its last checkpoint.

    Args:
        pairs: What to train on.
        held_out: Releases whose headlines are looked up among their bodies, for the log.
        tokenizer: As :func:`obecsum.training.embeddings.vocabulary.build_tokenizer` builds it.
        out: Folder for ``log.jsonl``, ``options.json``, checkpoints and the trained ``weights.npy``.
        options: The recipe.

    Returns:
        The last measurement on the held-out releases.

    Raises:
        InputError: There are no pairs.
    """
    import torch
    from datasets import Dataset, DatasetDict, disable_progress_bars
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.base.sampler import DefaultBatchSampler
    from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from transformers import TrainerCallback

    if not len(pairs.headlines):
        raise InputError("there is no headline with a body to train on; give a corpus with title and body")
    disable_progress_bars()
    out.mkdir(parents=True, exist_ok=True)
    (out / "options.json").write_text(json.dumps(asdict(options), indent=1), encoding="utf-8")
    tokenizer.save(str(out / "tokenizer.json"))
    pieces = WordPieces.from_tokenizer(tokenizer, max_chars=MAX_BODY_CHARS)
    torch.manual_seed(options.seed)

    class FastStaticEmbedding(StaticEmbedding):
        """Cuts with our kernel (`tokenizers` would take most of the training's time) and counts as it does."""

        def preprocess(self, inputs: Any, prompt: str | None = None, **_: Any) -> dict[str, Any]:
            held = counts_of(pieces, [(prompt or "") + text for text in inputs], options.counting)
            return {
                "input_ids": torch.from_numpy(held.indices.astype(np.int64)),
                "offsets": torch.from_numpy(held.indptr[:-1].astype(np.int64)),
                "counts": torch.from_numpy(held.data),
            }

        def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
            features["sentence_embedding"] = torch.nn.functional.embedding_bag(
                features["input_ids"],
                self.embedding.weight,
                features["offsets"],
                mode="sum",
                per_sample_weights=features["counts"],
            )
            return features

    class Consecutive(DefaultBatchSampler):
        """Runs of consecutive rows, from a new beginning in each epoch, in random order."""

        def __init__(self, dataset: Any, *, batch_size: int, seed: int = 0, **_: Any) -> None:
            self.rows, self.batch_size, self.seed, self.epoch = len(dataset), min(batch_size, len(dataset)), seed, 0
            self.drop_last = True
            self.generator = None

        def set_epoch(self, epoch: int) -> None:
            self.epoch = epoch

        def __len__(self) -> int:
            return max(1, self.rows // self.batch_size - 1)

        def __iter__(self) -> Iterator[list[int]]:
            draw = np.random.default_rng((self.seed, self.epoch))
            begin = int(draw.integers(0, self.batch_size)) if self.rows >= 2 * self.batch_size else 0
            for block in draw.permutation(len(self)):
                first = begin + int(block) * self.batch_size
                yield list(range(first, first + self.batch_size))

    class Trainer(SentenceTransformerTrainer):
        """Takes batches from our sampler."""

        def get_batch_sampler(self, dataset: Any, batch_size: int, *_: Any, seed: int = 0, **__: Any) -> Any:
            return Consecutive(dataset, batch_size=batch_size, seed=seed)

    bodies = pairs.headlines.positives[:: options.start_every]
    first = start_weights(pieces, bodies, dim=options.dim, seed=options.seed, counting=options.counting)
    counts = counts_of(pieces, bodies, options.counting)
    rare, some = rarities(counts), counts[:: max(1, len(bodies) // _MARKED_BODIES)]
    hashed = hashed_columns([piece for piece, _ in pieces.vocabulary], options.hashed)
    module = FastStaticEmbedding(tokenizer, embedding_weights=first.copy())
    model = SentenceTransformer(modules=[module], device="cpu")
    ranking = MultipleNegativesRankingLoss(
        model, scale=options.scale, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
    )
    loss = MatryoshkaLoss(model, ranking, matryoshka_dims=list(options.matryoshka))
    sets = {"headlines": pairs.headlines, "standfirsts": pairs.standfirsts, "passages": pairs.passages}
    data = DatasetDict(
        {
            name: Dataset.from_dict({"anchor": part.anchors, "positive": part.positives})
            for name, part in sets.items()
            if len(part)
        }
    )
    log = (out / "log.jsonl").open("a", encoding="utf-8")
    begun = time.perf_counter()

    def result() -> F32:
        trained: F32 = module.embedding.weight.detach().numpy()
        return np.ascontiguousarray(options.share * trained + (1 - options.share) * first, dtype=np.float32)

    def marks(weights: F32) -> F32 | None:
        if not options.hashed:
            return None
        return mark_lengths(some, rare, weights, (*hashed, options.hashed), length=options.hashed_length)

    def measure() -> dict[str, float]:
        weights = result()
        ones = np.ones(len(weights), np.float32)
        static = StaticModel(pieces, weights, ones, options.counting, options.hashed, marks(weights))
        sides = []
        for texts in (held_out.headlines.anchors, held_out.headlines.positives):
            sums = np.empty((len(texts), options.dim + options.hashed), np.float32)
            static.sums(*pieces.cut(texts), sums)
            sides.append(sums)
        found: dict[str, float] = {}
        for dim in dict.fromkeys((options.dim + options.hashed, *options.matryoshka)):
            found |= {f"{name}_{dim}": value for name, value in recall(sides[0][:, :dim], sides[1][:, :dim]).items()}
        return found

    def write(record: dict[str, Any]) -> None:
        log.write(json.dumps(record | {"seconds": round(time.perf_counter() - begun, 1)}) + "\n")
        log.flush()

    class Log(TrainerCallback):
        """Writes the losses, and what the held-out releases say, as JSON lines."""

        def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:  # noqa: ARG002
            if logs and "loss" in logs:
                write({"step": state.global_step, "loss": logs["loss"], "learning_rate": logs.get("learning_rate")})

        def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
            if state.global_step % options.eval_steps == 0:
                write({"step": state.global_step, **measure()})

    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(out / "checkpoints"),
        max_steps=options.steps,
        per_device_train_batch_size=options.batch_size,
        learning_rate=options.learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=max(1, options.steps // 10),
        adam_beta2=0.99,
        weight_decay=0.0,
        max_grad_norm=0.0,
        logging_steps=max(1, options.eval_steps // 5),
        save_strategy="steps",
        save_steps=options.eval_steps,
        save_total_limit=1,
        report_to=[],
        disable_tqdm=True,
        seed=options.seed,
        data_seed=options.seed,
        use_cpu=True,
        dataloader_num_workers=0,
        prompts=None,
    )
    trainer = Trainer(model=model, args=arguments, train_dataset=data, loss=loss, callbacks=[Log()])
    earlier = sorted((out / "checkpoints").glob("checkpoint-*"))
    trainer.train(resume_from_checkpoint=str(earlier[-1]) if earlier else None)
    found = measure()
    write({"step": trainer.state.global_step, "finished": True, **found})
    log.close()
    weights = result()
    lengths = marks(weights)
    if lengths is not None:
        np.save(out / "marks.npy", lengths)
    np.save(out / "weights.npy", weights)
    return found


def export_embeddings(run: Path, out: Path) -> int:
    """Writes a finished run as a folder that ``SentenceTransformer(path)`` loads, the weights at 8 bits.

    Each piece's vector is stored as int8 with a scale of its own, in the layout that StaticEmbedding reads as such
    (``embeddings`` and ``weights``), so the model comes out as float32 without any code of ours. The metadata say how
    pieces count and are hashed, ``marks`` by how much; sentence-transformers alone takes the plain mean of the rest.

    Args:
        run: Folder of :func:`train_embeddings`.
        out: Folder to write; made if missing, its files of these names are replaced.

    Returns:
        Bytes of the weights.

    Raises:
        InputError: The run has not finished.
    """
    from safetensors.numpy import save_file
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    if not (run / "weights.npy").is_file():
        raise InputError(f"{run} holds no finished run: run obecsum train embeddings --out {run} until it ends")
    weights = np.load(run / "weights.npy", allow_pickle=False)
    tokenizer = Tokenizer.from_file(str(run / "tokenizer.json"))
    card = out / "README.md"
    had_card = card.exists()
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(str(out))
    if not had_card:
        card.unlink(missing_ok=True)  # MODEL_CARD.md says more than the generated one
    scales = np.maximum(np.abs(weights).max(axis=1), 1e-12) / 127
    rounded = np.rint(weights / scales[:, None]).astype(np.int8)
    path = out / "model.safetensors"
    options = json.loads((run / "options.json").read_bytes())
    metadata = {"format": "pt", "counts": " ".join(["bm25", *(f"{number:g}" for number in options["counting"])])}
    arrays = {"embeddings": rounded, "weights": scales.astype(np.float32)}
    if options["hashed"]:
        metadata["hashed"] = f"{HASHED_BY} {options['hashed']}"
        arrays["marks"] = np.load(run / "marks.npy", allow_pickle=False).astype(np.float16)
    save_file(arrays, path, metadata=metadata)
    path.chmod(0o644)
    return path.stat().st_size
