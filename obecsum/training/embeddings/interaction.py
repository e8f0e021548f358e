"""Trains the late-interaction model of :mod:`obecsum.embeddings.interaction` and writes the folder that ships.

A batch holds releases of one week or two that are near one another. Each headline must find its own text among them,
and those of other desks that the story rule is sure of, and each text its headline: a ranking loss in both directions,
each right one against all wrong ones (van den Oord et al. 2018). Pairs that may be one event teach nothing. The encoder
begins as the summarizer's; its vocabulary's vectors stay as they are.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from obecsum.core.errors import InputError, OptionError
from obecsum.core.model_paths import model_path
from obecsum.embeddings.interaction import load_tokenizer
from obecsum.embeddings.interaction_network import HEADLINE, TEXT, InteractionNetwork
from obecsum.training.embeddings.interaction_examples import Batch, InteractionExamples

__all__ = ["InteractionOptions", "export_interaction", "loss_of", "new_network", "run_interaction", "train_interaction"]

_ENCODER_KEYS = (
    "vocab_size",
    "d_model",
    "encoder_layers",
    "encoder_attention_heads",
    "encoder_ffn_dim",
    "activation_function",
    "max_position_embeddings",
    "scale_embedding",
    "pad_token_id",
    "eos_token_id",
)
_NEVER = -1e4
_CHECKPOINT_EVERY = 100
_LOG_EVERY = 50


@dataclass(frozen=True, slots=True)
class InteractionOptions:
    """The recipe.

    Attributes:
        steps: Optimizer steps.
        batch_size: Releases a step, and so texts that each headline is told from.
        learning_rate: Of AdamW for the encoder, after the warm-up; falls to zero by the end.
        head_learning_rate: For the two heads, which begin anew.
        warmup_steps: Steps in which the rates rise.
        text_share: Of the loss of texts that look for their headlines.
        dropout: Share of activations left out.
        dim: Dimensions of a piece's vector.
        seed: Of the first weights and the batches.
    """

    steps: int = 2_600
    batch_size: int = 32
    learning_rate: float = 3e-4
    head_learning_rate: float = 1e-3
    warmup_steps: int = 60
    text_share: float = 0.5
    dropout: float = 0.1
    dim: int = 128
    seed: int = 1

    def __post_init__(self) -> None:
        for name in ("steps", "dim"):
            if getattr(self, name) < 1:
                raise OptionError(f"{name} must be at least 1, got {getattr(self, name)}")
        if self.batch_size < 2:
            raise OptionError(f"batch_size must be at least 2, got {self.batch_size}: a headline needs another text")
        if not 0 <= self.dropout < 1:
            raise OptionError(f"dropout must be from 0 to below 1, got {self.dropout}")


def new_network(start: Path, options: InteractionOptions) -> InteractionNetwork:
    """A network whose encoder is that of a summarizer folder.

    Raises:
        InputError: The folder holds another kind of model.
    """
    from transformers import AutoModelForSeq2SeqLM, PegasusConfig

    import obecsum.summaries.engines.pointer  # noqa: F401  registers our class with the auto classes

    trained = AutoModelForSeq2SeqLM.from_pretrained(start, trust_remote_code=False, use_safetensors=True)
    if "pegasus" not in str(trained.config.model_type):
        raise InputError(f"{start} holds a {trained.config.model_type} model; give a summarizer that obecsum trained")
    config = PegasusConfig(**{key: getattr(trained.config, key) for key in _ENCODER_KEYS}, dropout=options.dropout)
    network = InteractionNetwork(config, options.dim)
    network.encoder.load_state_dict(trained.get_encoder().float().state_dict())
    return network


def loss_of(network: InteractionNetwork, batch: Batch, *, text_share: float) -> tuple[torch.Tensor, float]:
    """The loss of a batch, and the share of headlines whose own text is nearest of all that are not about its event."""
    scores = network.scores(network(batch.headlines, HEADLINE), network(batch.texts, TEXT))
    same = torch.from_numpy(batch.same).to(scores.device)
    scores = scores.masked_fill(torch.from_numpy(batch.unsure).to(scores.device) & ~same, _NEVER)
    wrong = scores.masked_fill(same, _NEVER)

    def ranking(axis: int) -> torch.Tensor:
        others = torch.logsumexp(wrong, axis, keepdim=True)
        return (torch.logaddexp(scores, others) - scores)[same].mean()

    found = float((scores.diagonal() > wrong.amax(1)).float().mean())
    return ranking(1) + text_share * ranking(0), found


def train_interaction(
    examples: InteractionExamples,
    start: Path,
    work: Path,
    options: InteractionOptions,
    *,
    stop_after_s: float = math.inf,
    say: Callable[[str], None] = print,
) -> dict[str, float]:
    """Trains; called again with the same folder it goes on at its last checkpoint.

    Args:
        examples: What batches are drawn from.
        start: Summarizer folder, or a folder that :func:`export_interaction` wrote, to begin with.
        work: Folder for ``checkpoint.pt``, ``log.jsonl`` and ``options.json``.
        options: The recipe.
        stop_after_s: Seconds after which the run stops at a checkpoint, to be resumed.
        say: Told the figures that are logged.

    Returns:
        The last figures logged.

    Raises:
        OptionError: The folder holds a run of another recipe.
        InputError: ``start`` holds another kind of model.
    """
    work.mkdir(parents=True, exist_ok=True)
    checkpoint = work / "checkpoint.pt"
    noted = work / "options.json"
    told = json.dumps(asdict(options), indent=1)
    if checkpoint.exists() and noted.read_text(encoding="utf-8") != told:
        raise OptionError(f"{work} holds a run with other options, see {noted}; resume it with those or name another")
    noted.write_text(told, encoding="utf-8")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(options.seed)
    network = _begin(start, options).to(device).train()
    network.encoder.embed_tokens.weight.requires_grad_(False)
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    rates = (options.learning_rate, options.head_learning_rate)
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": rates[0]}, {"params": heads, "lr": rates[1]}], weight_decay=0.01
    )
    step = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        step = int(state["step"])
    figures: dict[str, float] = {}
    losses: list[float] = []
    shares: list[float] = []
    begun = time.monotonic()
    with (work / "log.jsonl").open("a", encoding="utf-8") as log:
        while step < options.steps:
            rate = min(1.0, (step + 1) / options.warmup_steps) * max(0.02, 1 - step / options.steps)
            for group, full in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = full * rate
            # Drawn by the step, so that a resumed run sees and drops what it would have.
            torch.manual_seed(options.seed + 1_000_003 * step)
            batch = examples.batch(options.batch_size, np.random.default_rng((options.seed, step)))
            loss, found = loss_of(network, batch, text_share=options.text_share)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            losses.append(float(loss.detach()))
            shares.append(found)
            stopped = time.monotonic() - begun > stop_after_s
            if step % _LOG_EVERY == 0 or step == options.steps or stopped:
                seconds = round(time.monotonic() - begun)
                figures = {
                    "step": step,
                    "loss": round(float(np.mean(losses)), 4),
                    "found": round(float(np.mean(shares)), 4),
                    "seconds": seconds,
                }
                losses.clear()
                shares.clear()
                log.write(json.dumps(figures) + "\n")
                log.flush()
                say(json.dumps(figures))
            if step % _CHECKPOINT_EVERY == 0 or step == options.steps or stopped:
                partial = checkpoint.with_suffix(".partial")
                state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
                torch.save(state, partial)
                partial.replace(checkpoint)
            if stopped:
                break
    return figures


def _begin(start: Path, options: InteractionOptions) -> InteractionNetwork:
    config = json.loads((start / "config.json").read_bytes())
    if config.get("model_type") != "obecsum_interaction":
        return new_network(start, options)
    from transformers import PegasusConfig

    from obecsum.embeddings.interaction import load_network

    trained = load_network(start)
    network = InteractionNetwork(PegasusConfig(**{**config["encoder"], "dropout": options.dropout}), options.dim)
    network.load_state_dict(trained.state_dict())
    return network


def export_interaction(work: Path, start: Path, out: Path, options: InteractionOptions) -> int:
    """Writes a run's last checkpoint as a model folder in half precision, with the tokenizer of where it began.

    Returns:
        Bytes of the weights.

    Raises:
        InputError: There is no checkpoint.
    """
    from safetensors.torch import save_file

    checkpoint = work / "checkpoint.pt"
    if not checkpoint.is_file():
        raise InputError(f"{work} holds no checkpoint: run obecsum train interaction --work {work} first")
    network = _begin(start, options)
    network.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=True)["network"])
    out.mkdir(parents=True, exist_ok=True)
    config: Any = network.encoder.config
    told = {
        "model_type": "obecsum_interaction",
        "dim": options.dim,
        "encoder": {key: getattr(config, key) for key in _ENCODER_KEYS},
    }
    (out / "config.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    (out / "tokenizer.json").write_bytes((start / "tokenizer.json").read_bytes())
    weights = {name: tensor.half().contiguous() for name, tensor in network.state_dict().items()}
    path = out / "model.safetensors"
    save_file(weights, path, metadata={"format": "pt"})
    path.chmod(0o644)
    return path.stat().st_size


def run_interaction(
    folder: Path,
    start: str,
    work: Path,
    out: Path,
    options: InteractionOptions,
    *,
    exclude: frozenset[str] = frozenset(),
    limit: int | None = None,
    stop_after_s: float = math.inf,
    say: Callable[[str], None] = print,
) -> dict[str, float]:
    """Corpus folder to model folder; a stopped run goes on at its last checkpoint.

    Args:
        folder: Corpus folder; its training months alone are read.
        start: Name or folder of the model to begin with.
        work: Folder for the checkpoint and the log.
        out: Model folder to write.
        options: The recipe.
        exclude: Ids of releases to leave out.
        limit: Rows to read, for a trial.
        stop_after_s: As for :func:`train_interaction`.
        say: Told what is done, a line at a time.

    Returns:
        The last figures logged.
    """
    import itertools

    from obecsum.training.corpus import read_rows

    begin = model_path(start)
    rows = itertools.islice(read_rows(folder, "train"), limit)
    examples = InteractionExamples(rows, exclude, load_tokenizer(begin / "tokenizer.json"), say=say)
    figures = train_interaction(examples, begin, work, options, stop_after_s=stop_after_s, say=say)
    size = export_interaction(work, begin, out, options)
    say(f"{out}: {size / 1e6:.1f} MB of weights")
    return figures
