"""Trains the summarizer on packed examples: one loop for a CPU and a GPU, stopped and resumed at any step.

The order of the examples follows from (seed, epoch) alone and the learning rate from the step alone, so a run that was
killed and resumed sees what an uninterrupted one would have seen.
"""

from __future__ import annotations

import json
import math
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from obecsum.core.errors import OptionError
from obecsum.training.corpus import Packed
from obecsum.training.summarizer.examples import Examples, batches
from obecsum.training.summarizer.held_out import HeldOut
from obecsum.training.summarizer.muon import Muon
from obecsum.training.summarizer.precision import autocast, bf16_is_faster
from obecsum.training.summarizer.recipe import TrainOptions

__all__ = ["TrainOptions", "build_model", "train"]

_SCHEDULE = frozenset(
    {"steps", "decay_steps", "recent_steps", "checkpoint_every"}
)  # a run may end when there is no time left


def build_model(
    tokenizer: Any, *, d_model: int, encoder_layers: int, decoder_layers: int, copy_head: bool = True
) -> Any:
    """A Pegasus with random weights, with the copy head or plain, sized for the tokenizer."""
    from transformers import PegasusConfig, PegasusForConditionalGeneration

    from obecsum.summaries.engines.pointer import PegasusPointerConfig, PegasusPointerForConditionalGeneration

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
        # Set by the recipe (TrainOptions.dropout) when training begins.
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


def _regularize(model: Any, options: TrainOptions) -> None:
    """Sets dropout behind every block (not inside attention: its fast fused form would be lost) and smoothing."""
    for module in model.modules():
        if isinstance(getattr(module, "dropout", None), float) and not type(module).__name__.endswith("Attention"):
            module.dropout = options.dropout
    model.config.dropout = options.dropout
    if hasattr(model.config, "label_smoothing"):
        model.config.label_smoothing = options.label_smoothing
    else:
        model.train_label_smoothing = options.label_smoothing


def _optimizers(model: Any, options: TrainOptions) -> list[torch.optim.Optimizer]:
    matrices: list[torch.nn.Parameter] = []
    others: list[torch.nn.Parameter] = []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        hidden = parameter.ndim == 2 and "shared" not in name and "embed" not in name and "copy_gate" not in name
        (matrices if hidden else others).append(parameter)
    muon = Muon(matrices, lr=options.muon_lr, weight_decay=options.weight_decay, bf16=bool(options.bf16))
    adamw = torch.optim.AdamW(others, lr=options.adamw_lr, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    return [muon, adamw]


def _rate(step: int, options: TrainOptions) -> float:
    """Share of the full learning rate at a step: warm-up, constant, linear decay."""
    if step < options.warmup_steps:
        return (step + 1) / options.warmup_steps
    left = options.steps - step
    return min(1.0, max(left, 0) / max(options.decay_steps, 1))


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
        held_out: Examples whose loss and ROUGE are logged (:class:`obecsum.training.summarizer.held_out.HeldOut`).
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
        The last figures: step, examples, loss, held-out loss, ROUGE.

    Raises:
        OptionError: The folder holds a run of another recipe.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = out / "checkpoint.pt"
    options = _same_options(out / "options.json", options) if checkpoint.exists() else options
    torch.manual_seed(options.seed)
    examples = Examples(data, tokenizer, options, exclude or set())
    if model is None:
        model = build_model(
            tokenizer,
            d_model=d_model,
            encoder_layers=encoder_layers,
            decoder_layers=decoder_layers,
            copy_head=copy_head,
        )
    model.to(device).train()
    _regularize(model, options)
    if options.bf16 is None:
        options = replace(options, bf16=bf16_is_faster(model, next(batches(examples, 0, 1)), device))
    (out / "options.json").write_text(json.dumps(asdict(options), indent=1) + "\n", encoding="utf-8")
    optimizers = _optimizers(model, options)
    rates = [[group["lr"] for group in optimizer.param_groups] for optimizer in optimizers]
    step = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        for optimizer, saved in zip(optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved)
        step = int(state["step"])
    checks = HeldOut(held_out, tokenizer, options)
    _drop_log_after(out / "log.jsonl", step)
    figures: dict[str, float] = {}
    began = last = time.monotonic()
    losses: list[torch.Tensor] = []
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:
        for batch in batches(examples, step, options.steps - step):
            for optimizer, full in zip(optimizers, rates, strict=True):
                for group, rate in zip(optimizer.param_groups, full, strict=True):
                    group["lr"] = rate * _rate(step, options)
            torch.manual_seed(options.seed + 1_000_003 * step)  # so that a resumed run drops what it would have
            with autocast(device, bf16=bool(options.bf16)):
                loss = _loss(model, {name: tensor.to(device) for name, tensor in batch.items()})
            loss.backward()  # type: ignore[no-untyped-call]
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
                    figures |= checks.figures(model, device)
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


def _loss(model: Any, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """The training loss; the copy head smooths its own, transformers' Pegasus knows no smoothing."""
    smoothing = float(getattr(model, "train_label_smoothing", 0.0))
    if not smoothing:
        loss: torch.Tensor = model(**batch).loss
        return loss
    labels = batch["labels"]
    inputs = {name: tensor for name, tensor in batch.items() if name != "labels"}
    logits = model(**inputs).logits.float()
    return torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), label_smoothing=smoothing)


def _same_options(path: Path, options: TrainOptions) -> TrainOptions:
    """The options to go on with; the end of the schedule may be set anew, all else must be as it was."""
    if not path.exists():
        return options
    before = json.loads(path.read_text(encoding="utf-8"))
    if options.bf16 is None:
        options = replace(options, bf16=before.get("bf16"))
    mine = asdict(options)
    changed = sorted(name for name, value in before.items() if name in mine and mine[name] != value)
    if refused := [name for name in changed if name not in _SCHEDULE]:
        was = ", ".join(f"{name} {before[name]} (now {mine[name]})" for name in refused)
        raise OptionError(
            f"{path.parent} holds a run with other options: {was}; resume it with those, or name another folder"
        )
    return options


def _drop_log_after(path: Path, step: int) -> None:
    """Takes out of the log what a killed run wrote after its last checkpoint: it is written again."""
    if not path.exists():
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.endswith("}") and json.loads(line)["step"] <= step]
    if len(kept) < len(lines):
        path.write_text("".join(line + "\n" for line in kept), encoding="utf-8")


def _save_checkpoint(path: Path, model: Any, optimizers: list[torch.optim.Optimizer], step: int) -> None:
    state = {
        "model": model.state_dict(),
        "optimizers": [optimizer.state_dict() for optimizer in optimizers],
        "step": step,
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)
