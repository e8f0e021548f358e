"""Trains the summarizer on packed examples: one loop for a CPU and a GPU, stopped and resumed at any step.

The order of the examples follows from (seed, epoch) alone and the learning rate from the step alone, so a run that was
killed and resumed sees what an uninterrupted one would have seen.
"""

from __future__ import annotations

import copy
import json
import math
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from obecsum.errors import InputError, OptionError
from obecsum.summaries.slots import ALL_SLOTS
from obecsum.training.corpus import Packed
from obecsum.training.tokenizer import length_token

__all__ = ["TrainOptions", "build_model", "train"]


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """What a run is made of; written beside its checkpoints.

    Attributes:
        steps: Optimizer steps in all.
        decay_steps: The last steps, over which the learning rate falls linearly to nothing; before them it is constant.
        warmup_steps: The first steps, over which it rises.
        batch_size: Examples a step.
        source_pieces: Pieces of the source that the model reads, control tokens included.
        short_pieces: As many during the first ``short_steps``: half the window costs half the time, and what a model
            learns first (words, pointing) is learned there as well.
        short_steps: Steps with the short window.
        target_pieces: Longest target; longer ones are left out.
        muon_lr: Learning rate of the matrices (Muon; Jordan et al. 2024), scaled to match AdamW's update size.
        adamw_lr: Learning rate of everything else.
        headline_share: Share of the examples whose target is the headline; 0 in stage 1.
        kind: What the other examples' targets are: "summary", or "gap" in stage 1.
        recent_steps: The last steps, whose examples come from the newest releases alone: what is summarized next is
            nearer to them than to the oldest.
        recent_share: Share of the releases, in the order of the corpus, that are the newest.
        seed: Of the initial weights and the order of examples.
        checkpoint_every: Steps between checkpoints.
        evaluate_every: Steps between losses on the held-out examples.
    """

    steps: int
    decay_steps: int
    warmup_steps: int = 200
    batch_size: int = 32
    source_pieces: int = 256
    short_pieces: int = 160
    short_steps: int = 0
    target_pieces: int = 90
    muon_lr: float = 2e-3
    adamw_lr: float = 1e-3
    weight_decay: float = 0.01
    headline_share: float = 0.7
    kind: str = "summary"
    recent_steps: int = 0
    recent_share: float = 0.5
    seed: int = 1
    checkpoint_every: int = 250
    evaluate_every: int = 250


def build_model(
    tokenizer: Any, *, d_model: int, encoder_layers: int, decoder_layers: int, copy_head: bool = True
) -> Any:
    """A Pegasus with random weights, with the copy head or plain, sized for the tokenizer."""
    from transformers import PegasusConfig, PegasusForConditionalGeneration

    from obecsum.summaries.pointer import PegasusPointerConfig, PegasusPointerForConditionalGeneration

    if d_model % 64:
        raise OptionError(f"d_model must be a multiple of 64 (the width of an attention head), got {d_model}")
    settings: dict[str, Any] = {
        "vocab_size": len(tokenizer),
        "d_model": d_model,
        "encoder_layers": encoder_layers,
        "decoder_layers": decoder_layers,
        "encoder_ffn_dim": 4 * d_model,
        "decoder_ffn_dim": 4 * d_model,
        "encoder_attention_heads": d_model // 64,
        "decoder_attention_heads": d_model // 64,
        "max_position_embeddings": 512,
        # One to three passes over the data and no more: nothing is seen often enough to overfit, and dropout costs
        # a fifth of the time on a CPU.
        "dropout": 0.0,
        "attention_dropout": 0.0,
        "activation_dropout": 0.0,
        "activation_function": "gelu",
        "scale_embedding": True,
        "pad_token_id": tokenizer.pad_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "decoder_start_token_id": tokenizer.pad_token_id,
        "forced_eos_token_id": None,
    }
    if copy_head:
        return PegasusPointerForConditionalGeneration(PegasusPointerConfig(**settings))
    return PegasusForConditionalGeneration(PegasusConfig(**settings))


class _Examples:
    """(release, kind) pairs of packed data and the batches made of them."""

    def __init__(self, data: Packed, tokenizer: Any, options: TrainOptions, exclude: set[str]) -> None:
        self.data = data
        self.options = options
        self.pad = int(tokenizer.pad_token_id)
        self.eos = int(tokenizer.eos_token_id)
        tokens = {"headline": "<headline>", "summary": f"<{options.kind}>"}
        self.kind_ids = {kind: int(tokenizer.convert_tokens_to_ids(token)) for kind, token in tokens.items()}
        counts = range(options.target_pieces + 1)
        self.length_ids = [int(tokenizer.convert_tokens_to_ids(length_token(n))) for n in counts]
        self.slot_ids = np.array(tokenizer.convert_tokens_to_ids(list(ALL_SLOTS)), np.int64)
        kept = np.array([row_id not in exclude for row_id in data.ids.tolist()], dtype=bool)
        self.rows: dict[str, np.ndarray] = {}
        for kind, bounds in (("headline", data.headline_bounds), ("summary", data.summary_bounds)):
            lengths = np.diff(bounds)
            self.rows[kind] = np.flatnonzero((lengths > 0) & (lengths <= options.target_pieces) & kept)
        if not len(self.rows["headline"]) and not len(self.rows["summary"]):
            raise InputError("the packed data holds no example: were the targets all left out?")

    def recent(self) -> _Examples:
        """The same examples, less those of the older releases."""
        newest = copy.copy(self)
        first = round(len(self.data) * (1 - self.options.recent_share))
        newest.rows = {kind: rows[rows >= first] for kind, rows in self.rows.items()}
        return newest

    def order(self, epoch: int) -> list[tuple[int, str]]:
        """One epoch: every headline once, and as many summaries (repeated if need be) as the share asks for."""
        rng = np.random.default_rng((self.options.seed, epoch))
        headlines, summaries = self.rows["headline"], self.rows["summary"]
        share = self.options.headline_share
        num_summaries = round(len(headlines) * (1 - share) / share) if share > 0 else len(summaries)
        chosen = summaries
        if len(summaries):
            passes = num_summaries // len(summaries) + 1
            chosen = np.concatenate([rng.permutation(summaries) for _ in range(passes)])[:num_summaries]
        examples = [(int(row), "headline") for row in headlines if share > 0]
        examples += [(int(row), "summary") for row in chosen]
        shuffled = [examples[i] for i in rng.permutation(len(examples))]
        # Neighbours in a pool of 40 batches are sorted by length, so that a batch holds little padding.
        size = self.options.batch_size
        pool = 40 * size
        batches: list[list[tuple[int, str]]] = []
        for start in range(0, len(shuffled) - size + 1, pool):
            part = sorted(shuffled[start : start + pool], key=self._length)
            batches += [part[i : i + size] for i in range(0, len(part) - size + 1, size)]
        return [example for i in rng.permutation(len(batches)) for example in batches[i]]

    def _length(self, example: tuple[int, str]) -> tuple[int, int]:
        row, kind = example
        bounds = self.data.source_bounds
        return min(int(bounds[row + 1] - bounds[row]), self.options.source_pieces), len(self.target(row, kind))

    def target(self, row: int, kind: str) -> np.ndarray:
        if kind == "headline":
            return self.data.headlines[self.data.headline_bounds[row] : self.data.headline_bounds[row + 1]]
        return self.data.summaries[self.data.summary_bounds[row] : self.data.summary_bounds[row + 1]]

    def batch(self, examples: list[tuple[int, str]], *, source_pieces: int) -> dict[str, torch.Tensor]:
        sources, targets = [], []
        for row, kind in examples:
            target = self.target(row, kind).astype(np.int64)
            start, end = self.data.source_bounds[row], self.data.source_bounds[row + 1]
            body = self.data.sources[start : min(end, start + source_pieces - 3)].astype(np.int64)
            # A number that lies beyond the window cannot be pointed at: it is written, but not learned.
            beyond = np.isin(target, self.slot_ids) & ~np.isin(target, body)
            sources.append(np.concatenate([[self.kind_ids[kind], self.length_ids[len(target)]], body, [self.eos]]))
            targets.append(np.concatenate([np.where(beyond, -100, target), [self.eos]]))
        source = np.full((len(examples), max(map(len, sources))), self.pad, np.int64)
        labels = np.full((len(examples), max(map(len, targets))), -100, np.int64)
        decoder = np.full_like(labels, self.pad)
        for i, (ids, target, (row, kind)) in enumerate(zip(sources, targets, examples, strict=True)):
            source[i, : len(ids)] = ids
            labels[i, : len(target)] = target
            decoder[i, 1 : len(target)] = self.target(row, kind)
        input_ids = torch.from_numpy(source)
        return {
            "input_ids": input_ids,
            "attention_mask": (input_ids != self.pad).long(),
            "decoder_input_ids": torch.from_numpy(decoder),
            "labels": torch.from_numpy(labels),
        }


def _optimizers(model: Any, options: TrainOptions) -> list[torch.optim.Optimizer]:
    matrices: list[torch.nn.Parameter] = []
    others: list[torch.nn.Parameter] = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        hidden = parameter.ndim == 2 and "shared" not in name and "embed" not in name and "copy_gate" not in name
        (matrices if hidden else others).append(parameter)
    muon = torch.optim.Muon(
        matrices, lr=options.muon_lr, weight_decay=options.weight_decay, momentum=0.95, adjust_lr_fn="match_rms_adamw"
    )
    adamw = torch.optim.AdamW(others, lr=options.adamw_lr, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    return [muon, adamw]


def _autocast(device: str) -> Any:
    """bf16 where the hardware multiplies it faster: on a GPU, and on a CPU with AMX tiles (without, fp32 is faster)."""
    fast = device == "cuda" or torch.cpu._is_amx_tile_supported()
    return torch.autocast(device, dtype=torch.bfloat16) if fast else nullcontext()


def _rate(step: int, options: TrainOptions) -> float:
    """Share of the full learning rate at a step: warm-up, constant, linear decay."""
    if step < options.warmup_steps:
        return (step + 1) / options.warmup_steps
    left = options.steps - step
    return min(1.0, max(left, 0) / max(options.decay_steps, 1))


@torch.no_grad()
def _held_out_loss(model: Any, batches: list[dict[str, torch.Tensor]], device: str) -> float:
    model.eval()
    total = count = 0.0
    for batch in batches:
        pieces = float((batch["labels"] != -100).sum())
        with _autocast(device):
            loss = model(**{name: tensor.to(device) for name, tensor in batch.items()}).loss
        total += float(loss) * pieces
        count += pieces
    model.train()
    return total / max(count, 1.0)


def train(
    data: Packed,
    held_out: Packed,
    tokenizer: Any,
    out: Path,
    options: TrainOptions,
    *,
    model: Any = None,
    exclude: set[str] | None = None,
    d_model: int = 256,
    encoder_layers: int = 4,
    decoder_layers: int = 2,
    copy_head: bool = True,
    stop_after_s: float = math.inf,
) -> dict[str, float]:
    """Trains and checkpoints; called again with the same folder it goes on where the last checkpoint stands.

    Args:
        data: Training examples.
        held_out: Examples whose loss is logged; 8 batches are used.
        tokenizer: The tokenizer that packed both.
        out: Folder for ``checkpoint.pt``, ``log.jsonl``, ``options.json`` and, at the end, ``model/``.
        options: The recipe.
        model: Where to begin (fine-tuning); random weights without it.
        exclude: Ids of releases that are not trained on.
        d_model: Width of a new model.
        encoder_layers: Its encoder's layers.
        decoder_layers: Its decoder's layers.
        copy_head: Whether it has one.
        stop_after_s: Seconds after which the run stops at a checkpoint, to be resumed.

    Returns:
        The last figures: step, examples, loss, held-out loss.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    out.mkdir(parents=True, exist_ok=True)
    (out / "options.json").write_text(json.dumps(asdict(options), indent=1), encoding="utf-8")
    torch.manual_seed(options.seed)
    examples = _Examples(data, tokenizer, options, exclude or set())
    if model is None:
        model = build_model(
            tokenizer,
            d_model=d_model,
            encoder_layers=encoder_layers,
            decoder_layers=decoder_layers,
            copy_head=copy_head,
        )
    model.to(device).train()
    optimizers = _optimizers(model, options)
    rates = [[group["lr"] for group in optimizer.param_groups] for optimizer in optimizers]
    checkpoint = out / "checkpoint.pt"
    step = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        step = int(state["step"])
    checks = list(
        _batches(_Examples(held_out, tokenizer, replace(options, short_steps=0, recent_steps=0), set()), 0, 8)
    )
    figures: dict[str, float] = {}
    began = last = time.monotonic()
    losses: list[torch.Tensor] = []
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        for batch in _batches(examples, step, options.steps - step):
            for optimizer, full in zip(optimizers, rates, strict=True):
                for group, rate in zip(optimizer.param_groups, full, strict=True):
                    group["lr"] = rate * _rate(step, options)
            with _autocast(device):
                loss = model(**{name: tensor.to(device) for name, tensor in batch.items()}).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            for optimizer in optimizers:
                optimizer.step()
                optimizer.zero_grad(set_to_none=True)
            losses.append(loss.detach())
            step += 1
            timed_out = time.monotonic() - began > stop_after_s
            if step % 25 == 0 or step == options.steps:
                now = time.monotonic()
                figures = {
                    "step": step,
                    "examples": step * options.batch_size,
                    "loss": round(float(torch.stack(losses).mean()), 4),
                    "rate": round(_rate(step, options), 4),
                    "examples_per_s": round(len(losses) * options.batch_size / (now - last), 2),
                }
                losses.clear()
                last = now
                if step % options.evaluate_every == 0 or step == options.steps:
                    figures["held_out_loss"] = round(_held_out_loss(model, checks, device), 4)
                    last = time.monotonic()
                log.write(json.dumps(figures) + "\n")
                log.flush()
            if step % options.checkpoint_every == 0 or step == options.steps or timed_out:
                _save_checkpoint(checkpoint, model, optimizers, step)
            if timed_out:
                return figures
    model.generation_config.update(
        pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        decoder_start_token_id=tokenizer.pad_token_id,
        max_length=None,
        max_new_tokens=options.target_pieces,
        num_beams=4,
        length_penalty=1.0,
    )
    model.save_pretrained(out / "model")
    tokenizer.save_pretrained(out / "model")
    return figures


def _batches(examples: _Examples, first_step: int, num_steps: int) -> Iterator[dict[str, torch.Tensor]]:
    size = examples.options.batch_size
    step = 0
    epoch = 0
    first_recent = examples.options.steps - examples.options.recent_steps
    while step < first_step + num_steps:
        is_recent = step >= first_recent
        order = (examples.recent() if is_recent else examples).order(epoch)
        steps_in_epoch = len(order) // size
        if not steps_in_epoch:
            raise InputError(f"{len(order)} examples do not fill one batch of {size}: lower batch_size or add data")
        for i in range(steps_in_epoch):
            if step >= first_step:
                short = step < examples.options.short_steps
                window = examples.options.short_pieces if short else examples.options.source_pieces
                yield examples.batch(order[i * size : (i + 1) * size], source_pieces=window)
            step += 1
            if step >= first_step + num_steps:
                return
            if step == first_recent:
                break
        epoch += 1


def _save_checkpoint(path: Path, model: Any, optimizers: list[torch.optim.Optimizer], step: int) -> None:
    state = {
        "model": model.state_dict(),
        "optimizers": [optimizer.state_dict() for optimizer in optimizers],
        "step": step,
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)
