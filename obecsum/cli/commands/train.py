"""``obecsum train``: tokenizer, data, summarizer, export, embeddings, interaction, frequencies. Parses and calls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from obecsum.core.choices import DEFAULT_MODEL
from obecsum.core.errors import InputError

app = typer.Typer(help="Train obecsum's models from a corpus folder (see obecsum corpus build).", no_args_is_help=True)

_Corpus = Annotated[Path | None, typer.Option("--corpus", help="Corpus folder; default: OBECSUM_DATA.")]


def _folder(corpus: Path | None) -> Path:
    from obecsum.training.corpus import corpus_folder, find_corpus

    return find_corpus(corpus) if corpus is not None else corpus_folder()


def _beginning(start: str | None, tokenizer_folder: Path | None) -> tuple[Any, Any]:
    """The model to go on from, or None, and the tokenizer."""
    if start is not None:
        from obecsum.summaries.engines.torch_model import load_torch

        loaded = load_torch(start)
        if not loaded.number_slots:
            raise InputError(f"--from {start} is no model of obecsum's; fine-tune it with transformers' own trainer")
        return loaded.model, loaded.tokenizer
    if tokenizer_folder is not None:
        from transformers import AutoTokenizer

        return None, AutoTokenizer.from_pretrained(tokenizer_folder)
    raise InputError("name a tokenizer for a new model (--tokenizer DIR), or a model to go on from (--from obecsum-th)")


@app.command()
def tokenizer(
    out: Annotated[Path, typer.Option("--out", help="Folder to write the tokenizer to.")],
    corpus: _Corpus = None,
    releases: Annotated[int, typer.Option(min=100, help="Releases to train on, spread over all years.")] = 14_000,
    vocab_size: Annotated[int, typer.Option(min=2_000, max=65_535, help="Pieces in all.")] = 16_000,
    threads: Annotated[int, typer.Option(min=1, help="Threads of the trainer.")] = 2,
) -> None:
    """Train the SentencePiece tokenizer (about five minutes) and export it for transformers."""
    from obecsum.training.corpus import sample_texts
    from obecsum.training.summarizer.tokenizer import train_tokenizer

    train_tokenizer(sample_texts(_folder(corpus), releases), out, vocab_size=vocab_size, num_threads=threads)
    typer.echo(f"tokenizer written to {out}")


@app.command()
def data(
    tokenizer_folder: Annotated[Path, typer.Option("--tokenizer", help="Folder of the tokenizer.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write train.npz, valid.npz and excluded.json to.")],
    corpus: _Corpus = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows of each split, for a trial.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of what stage 1 masks; another one for a second pass.")] = 1,
    content_words: Annotated[
        bool, typer.Option(help="Leave out targets with a content word that is not read, too.")
    ] = False,
) -> None:
    """Build the examples: no leaks, no targets that teach inventing, no near-duplicates of held-out releases."""
    from transformers import AutoTokenizer

    from obecsum.training.summarizer.data import build_examples

    build_examples(
        _folder(corpus),
        AutoTokenizer.from_pretrained(tokenizer_folder),
        out,
        limit=limit,
        seed=seed,
        content_words=content_words,
        say=typer.echo,
    )


@app.command()
def pretrain(
    out: Annotated[Path, typer.Option("--out", help="Folder for checkpoints, the log and the model.")],
    data_folder: Annotated[Path, typer.Option("--examples", help="Folder of `obecsum train data`.")],
    tokenizer_folder: Annotated[Path | None, typer.Option("--tokenizer", help="Folder of the tokenizer.")] = None,
    start: Annotated[
        str | None, typer.Option("--from", help="Go on from a model folder instead of random weights.")
    ] = None,
    steps: Annotated[int, typer.Option(min=1, help="Optimizer steps.")] = 3_000,
    decay_steps: Annotated[int, typer.Option(min=0, help="The last steps, with a falling learning rate.")] = 300,
    batch_size: Annotated[int, typer.Option(min=1, help="Examples a step.")] = 48,
    d_model: Annotated[int, typer.Option(min=64, help="Width of a new model.")] = 256,
    encoder_layers: Annotated[int, typer.Option(min=1)] = 4,
    decoder_layers: Annotated[int, typer.Option(min=1)] = 2,
    copy_head: Annotated[bool, typer.Option(help="A copy head over the source.")] = True,
    seed: Annotated[int, typer.Option(min=0, help="Of the weights and the order of the examples.")] = 1,
    stop_after_s: Annotated[float, typer.Option(help="Stop after so many seconds.")] = float("inf"),
) -> None:
    """Stage 1, gap sentences and masked spans; go on with `summarizer --from OUT/model --examples DIR`."""
    from obecsum.training.corpus import Packed
    from obecsum.training.summarizer.finetune import train
    from obecsum.training.summarizer.recipe import TrainOptions

    model, pieces = _beginning(start, tokenizer_folder)
    options = TrainOptions(
        steps=steps,
        decay_steps=decay_steps,
        warmup_steps=min(200, max(1, steps // 10)),
        batch_size=batch_size,
        headline_share=0.0,
        kind="gap",
        seed=seed,
        rouge_rows=0,
    )
    figures = train(
        Packed.load(data_folder / "pretrain.npz"),
        Packed.load(data_folder / "pretrain-valid.npz"),
        pieces,
        out,
        options,
        model=model,
        d_model=d_model,
        encoder_layers=encoder_layers,
        decoder_layers=decoder_layers,
        copy_head=copy_head,
        stop_after_s=stop_after_s,
    )
    typer.echo(json.dumps(figures))


@app.command()
def summarizer(
    out: Annotated[Path, typer.Option("--out", help="Folder for checkpoints, the log and the model.")],
    data_folder: Annotated[Path | None, typer.Option("--examples", help="Folder of `obecsum train data`.")] = None,
    tokenizer_folder: Annotated[Path | None, typer.Option("--tokenizer", help="Folder of the tokenizer.")] = None,
    start: Annotated[
        str | None, typer.Option("--from", help="Fine-tune obecsum-th or a model folder instead of random weights.")
    ] = None,
    own: Annotated[
        Path | None, typer.Option("--data", help="Your own JSONL (title, standfirst, body) to fine-tune on.")
    ] = None,
    steps: Annotated[int, typer.Option(min=1, help="Optimizer steps.")] = 2_600,
    decay_steps: Annotated[int, typer.Option(min=0, help="The last steps, with a falling learning rate.")] = 800,
    short_steps: Annotated[int, typer.Option(min=0, help="The first steps, with a window of 160 pieces.")] = 1_700,
    batch_size: Annotated[int, typer.Option(min=1, help="Examples a step.")] = 48,
    muon_lr: Annotated[float, typer.Option(help="Learning rate of the matrices.")] = 2e-3,
    adamw_lr: Annotated[float, typer.Option(help="Learning rate of all else.")] = 1e-3,
    headline_share: Annotated[float, typer.Option(min=0.0, max=1.0, help="Share of headline targets.")] = 0.72,
    recent_steps: Annotated[
        int | None,
        typer.Option(min=0, help="The last steps, on the newer half of the releases. [default: 800, with --from 0]"),
    ] = None,
    rouge_rows: Annotated[int, typer.Option(min=0, help="Held-out headlines scored while training.")] = 64,
    dropout: Annotated[float, typer.Option(min=0.0, max=0.9, help="Share of activations left out.")] = 0.0,
    label_smoothing: Annotated[float, typer.Option(min=0.0, max=0.9, help="Share for an even distribution.")] = 0.0,
    d_model: Annotated[int, typer.Option(min=64, help="Width of a new model.")] = 256,
    encoder_layers: Annotated[int, typer.Option(min=1)] = 4,
    decoder_layers: Annotated[int, typer.Option(min=1)] = 2,
    copy_head: Annotated[bool, typer.Option(help="A copy head over the source.")] = True,
    stop_after_s: Annotated[float, typer.Option(help="Stop after so many seconds.")] = float("inf"),
) -> None:
    """Train the summarizer, or fine-tune it on your own releases; the same command resumes a stopped run."""
    from obecsum.training.corpus import Packed, pack, read_own_rows
    from obecsum.training.summarizer.finetune import train
    from obecsum.training.summarizer.recipe import TrainOptions

    excluded: set[str] = set()
    model, pieces = _beginning(start, tokenizer_folder)
    if own is not None:
        rows = read_own_rows(own)
        held = max(1, len(rows) // 10)
        train_data, held_out = pack(rows[held:], pieces), pack(rows[:held], pieces)
    elif data_folder is not None:
        train_data, held_out = Packed.load(data_folder / "train.npz"), Packed.load(data_folder / "valid.npz")
        excluded = set(json.loads((data_folder / "excluded.json").read_text(encoding="utf-8")))
    else:
        raise InputError(
            "name the examples (--examples DIR, of `obecsum train data`) or your own releases (--data FILE)"
        )
    options = TrainOptions(
        steps=steps,
        decay_steps=decay_steps,
        warmup_steps=min(200, max(1, steps // 10)),
        short_steps=short_steps if start is None else 0,
        batch_size=batch_size,
        muon_lr=muon_lr,
        adamw_lr=adamw_lr,
        headline_share=headline_share,
        recent_steps=(800 if start is None else 0) if recent_steps is None else recent_steps,
        rouge_rows=rouge_rows,
        dropout=dropout,
        label_smoothing=label_smoothing,
    )
    figures = train(
        train_data,
        held_out,
        pieces,
        out,
        options,
        model=model,
        exclude=excluded,
        d_model=d_model,
        encoder_layers=encoder_layers,
        decoder_layers=decoder_layers,
        copy_head=copy_head,
        stop_after_s=stop_after_s,
    )
    typer.echo(json.dumps(figures))


@app.command()
def export(
    run: Annotated[Path, typer.Option("--run", help="Folder of a finished run (`obecsum train summarizer --out`).")],
    out: Annotated[Path, typer.Option("--out", help="Model folder to write.")],
) -> None:
    """Write the model that ships: half-precision safetensors, tokenizer, configurations, graphs of the fast engine."""
    from obecsum.training.summarizer.export import export_model

    size = export_model(run, out)
    typer.echo(f"{out}: {size / 1e6:.1f} MB of weights")


@app.command()
def graphs(
    folder: Annotated[Path, typer.Argument(help="Model folder: config, safetensors, tokenizer.")],
) -> None:
    """Write the graphs with which a model runs without PyTorch (--runtime onnx), if they compute what it computes."""
    from obecsum.core.model_paths import check_model_folder
    from obecsum.summaries.engines.onnx.export import write_graphs

    agreement = write_graphs(check_model_folder(folder))
    typer.echo(
        f"{folder / 'onnx'}: log-probabilities of {agreement.pieces} pieces differ from PyTorch's by at most "
        f"{agreement.largest_fp32:.1g} in single precision, by {agreement.mean_int8:.2g} in the mean with 8-bit weights"
    )


@app.command()
def curve(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Folders of runs, or their log.jsonl.")],
    out: Annotated[Path, typer.Option("--out", help="The picture: .png, .svg or .pdf.")],
) -> None:
    """Draw the learning curve of one or more runs."""
    from obecsum.training.curve import draw_curve

    draw_curve(runs, out)
    typer.echo(f"curve written to {out}")


@app.command()
def embeddings(
    out: Annotated[Path, typer.Option("--out", help="Model folder to write.")],
    work: Annotated[Path, typer.Option("--work", help="Folder for the vocabulary, checkpoints and log.jsonl.")],
    corpus: _Corpus = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows of each split, for a trial.")] = None,
    vocab_size: Annotated[int, typer.Option(min=100, help="Words in the vocabulary.")] = 30_000,
    dims: Annotated[str, typer.Option(help="Dimensions that shall serve alone, the full number first.")] = "",
    steps: Annotated[int | None, typer.Option(min=1, help="Optimizer steps. [default: the recipe's]")] = None,
    batch_size: Annotated[int | None, typer.Option(min=2, help="Pairs a step. [default: the recipe's]")] = None,
    learning_rate: Annotated[float | None, typer.Option(help="Of AdamW. [default: the recipe's]")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the first weights and the batches.")] = 1,
) -> None:
    """Train the embedding model that groups stories; the same command resumes a stopped run."""
    from dataclasses import replace

    from obecsum.training.embeddings.run import run_embeddings
    from obecsum.training.embeddings.train import EmbeddingOptions

    options = EmbeddingOptions(seed=seed)
    if dims:
        try:
            parts = tuple(int(part) for part in dims.split(","))
        except ValueError as error:
            raise InputError(f"--dims must be numbers with commas, such as 256,128,64; got {dims}") from error
        options = replace(options, dim=max(parts), matryoshka=parts)
    given: dict[str, Any] = {"steps": steps, "batch_size": batch_size, "learning_rate": learning_rate}
    options = replace(options, **{name: value for name, value in given.items() if value is not None})
    figures = run_embeddings(_folder(corpus), work, out, options, vocab_size=vocab_size, limit=limit, say=typer.echo)
    typer.echo(json.dumps(figures))


@app.command()
def interaction(
    out: Annotated[Path, typer.Option("--out", help="Model folder to write.")],
    work: Annotated[Path, typer.Option("--work", help="Folder for the checkpoint and log.jsonl.")],
    corpus: _Corpus = None,
    start: Annotated[
        str, typer.Option("--start", help="What to begin with: a summarizer, or an interaction model to train on.")
    ] = DEFAULT_MODEL,
    exclude: Annotated[
        list[Path] | None, typer.Option("--exclude", help="Labeled pairs (JSONL with a, b) to leave out; repeatable.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Releases to read, for a trial.")] = None,
    steps: Annotated[int | None, typer.Option(min=1, help="Optimizer steps. [default: the recipe's]")] = None,
    batch_size: Annotated[int | None, typer.Option(min=2, help="Releases a step. [default: the recipe's]")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the first weights and the batches.")] = 1,
    minutes: Annotated[float | None, typer.Option(help="Stop at a checkpoint after so long.")] = None,
) -> None:
    """Train the model that reads pairs of releases piece by piece; the same command resumes a stopped run."""
    import math
    from dataclasses import replace

    from obecsum.training.embeddings.interaction import InteractionOptions, run_interaction
    from obecsum.training.embeddings.interaction_examples import ids_in

    given: dict[str, Any] = {"steps": steps, "batch_size": batch_size}
    options = replace(
        InteractionOptions(seed=seed), **{name: value for name, value in given.items() if value is not None}
    )
    figures = run_interaction(
        _folder(corpus),
        start,
        work,
        out,
        options,
        exclude=frozenset().union(*(ids_in(path) for path in exclude or ())),
        limit=limit,
        stop_after_s=math.inf if minutes is None else minutes * 60,
        say=typer.echo,
    )
    typer.echo(json.dumps(figures))


@app.command()
def frequencies(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS_FOLDER", help="Folder with train-YYYY.jsonl.xz.")],
    out: Annotated[Path, typer.Option("--out", help="The table to write.")],
) -> None:
    """Count how many releases have each word (some minutes): the table that says how telling a word is."""
    from obecsum.core.progress.bars import Bars
    from obecsum.training.frequencies import make_frequencies

    with Bars() as bars:
        bars.stage("counting words", unit="releases")
        num_releases, num_words = make_frequencies(_folder(corpus), out, progress=lambda done: bars.to(done))
    typer.echo(f"{out}: {num_words:,} words of {num_releases:,} releases")
