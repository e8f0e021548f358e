"""Claim: without PyTorch the same summaries come several times faster and start in a few seconds.

Same texts, same batches, 4 beams, every row in a process of its own, one after another. From the repository's root::

    python -m benchmarks.summaries.engines speed FEED      releases a second: ours, and a Pegasus of 512 dimensions
    python -m benchmarks.summaries.engines quality FEED    what 8-bit weights cost: ROUGE and equal texts
    python -m benchmarks.summaries.engines cold            seconds from starting Python to the first summary
    python -m benchmarks.summaries.engines memory FEED     1,000 releases, and the memory in use after every 100

Wall time means something on a quiet machine; beside it stands the processor time, which with `--threads 1` holds on a
busy one too. All rows get the same threads: PyTorch puts them on each product, the fast engines on shares of a batch.
Each command writes its part of benchmarks/results/engines.json. The plain Pegasus has random weights and our tokenizer:
what it writes is noise, and every candidate is made 32 pieces long, so that all engines write as much.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from benchmarks.machine import machine, sha256
from obecsum.evaluate.summaries import SummaryEvaluator, as_kind, examples
from obecsum.evaluate.systems import sample
from obecsum.feeds.read import read

RESULTS = Path(__file__).parents[1] / "results" / "engines.json"
BEAMS = 4
CORES = os.cpu_count() or 1
OURS = ("transformers fp32", "transformers bf16", "transformers int8", "onnx fp32", "onnx int8")
PLAIN = (
    "transformers fp32",
    "transformers bf16",
    "transformers int8",
    "ctranslate2 fp32",
    "ctranslate2 int8",
    "onnx int8",
)
_PLAIN_PIECES = 32

app = typer.Typer(add_completion=False)


def load(folder: Path, row: str, threads: int) -> Any:
    """A model folder with the engine of a row, as :func:`obecsum.summaries.models.load_model` gives it."""
    from obecsum.summaries.engines.torch_model import load_torch
    from obecsum.summaries.models import load_model

    engine, precision = row.split()
    if engine == "transformers":
        loaded = load_torch(str(folder), threads=threads)
        if precision == "bf16":
            loaded.model.bfloat16()
        if precision == "int8":
            import torch
            from torch.ao.quantization import quantize_dynamic

            quantize_dynamic(  # type: ignore[no-untyped-call]
                loaded.model, {torch.nn.Linear}, dtype=torch.qint8, inplace=True
            )
        return loaded
    if engine == "onnx":
        from obecsum.summaries.engines.onnx.export import quantizable, write_folder
        from obecsum.summaries.engines.onnx.layout import Shape

        made = Path(tempfile.mkdtemp()) / "model"
        shape = Shape.of(json.loads((folder / "config.json").read_text(encoding="utf-8")))
        write_folder(folder, made, int8=quantizable(shape) if precision == "int8" else ())
        loaded = load_model(str(made), runtime="onnx", threads=threads)
        shutil.rmtree(made.parent)
        return loaded
    loaded = load_model(str(folder), runtime="ctranslate2", threads=threads)
    if precision == "fp32":
        from obecsum.summaries.engines.ctranslate import CTranslateEngine

        object.__setattr__(loaded, "engine", CTranslateEngine(folder, threads=threads, compute_type="float32"))
    return loaded


def peak_memory_mb() -> float:
    """Of this process since it began; ``ru_maxrss`` would count what the process that started it had."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def make_plain(folder: Path) -> None:
    """A Pegasus as DESIGN.md has it for a GPU: 512 dimensions, 6 and 2 layers, our tokenizer, random weights."""
    import torch
    from transformers import PegasusConfig, PegasusForConditionalGeneration

    from obecsum.core.model_paths import model_path

    torch.manual_seed(0)
    config = PegasusConfig(
        vocab_size=16_000,
        d_model=512,
        encoder_layers=6,
        decoder_layers=2,
        encoder_ffn_dim=2048,
        decoder_ffn_dim=2048,
        encoder_attention_heads=8,
        decoder_attention_heads=8,
        max_position_embeddings=512,
        pad_token_id=0,
        eos_token_id=1,
        decoder_start_token_id=0,
        forced_eos_token_id=None,
        scale_embedding=True,
    )
    PegasusForConditionalGeneration(config).save_pretrained(folder)
    for path in model_path("obecsum-th").glob("tokenizer*"):
        shutil.copy(path, folder)


@app.command(hidden=True)
def row(
    name: str,
    folder: Path,
    texts: Path,
    plain: bool = False,
    kind: str = "headline",
    batch_size: int = 8,
    threads: int = 1,
) -> None:
    """One row, in this process: prints its figures and what was written."""
    from obecsum.summaries.engines.engine import Request
    from obecsum.summaries.writer import Writer

    sources: list[str] = json.loads(texts.read_text(encoding="utf-8"))
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    begun = time.perf_counter()
    loaded = load(folder, name, threads)
    load_s = time.perf_counter() - begun
    writer = Writer(loaded, num_beams=BEAMS)

    def write(batch: Sequence[str]) -> list[list[str]]:
        if not plain:
            return writer.write(batch, kind=kind)
        pieces = loaded.pieces.sources(batch, window=256)
        request = Request(BEAMS, _PLAIN_PIECES, min_new_pieces=_PLAIN_PIECES - 1)
        return [[str(ids) for ids in found] for found in loaded.engine.search(pieces, request)]

    write([sources[i] for i in order[:batch_size]])  # what is made at the first call is not of a steady run
    written: list[list[str]] = [[] for _ in sources]
    begun, begun_cpu = time.perf_counter(), time.process_time()
    for first in range(0, len(order), batch_size):
        batch = order[first : first + batch_size]
        found = write([sources[i] for i in batch])
        for index, candidates in zip(batch, found, strict=True):
            written[index] = candidates
    seconds, cpu_seconds = time.perf_counter() - begun, time.process_time() - begun_cpu
    one = sources[order[len(order) // 2]]
    singles = []
    for _ in range(4):
        begun_cpu = time.process_time()
        write([one])
        singles.append(time.process_time() - begun_cpu)
    figures = {
        "releases_per_s": len(sources) / seconds,
        "releases_per_cpu_s": len(sources) / cpu_seconds,
        "one_release_cpu_s": min(singles),
        "load_s": load_s,
        "peak_memory_mb": peak_memory_mb(),
    }
    print(json.dumps({"figures": figures, "written": written}))


def run_row(name: str, folder: Path, texts: Sequence[str], **options: Any) -> tuple[dict[str, float], list[list[str]]]:
    """A row in a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "texts.json"
        path.write_text(json.dumps(list(texts)), encoding="utf-8")
        plain = "--plain" if options.pop("plain", False) else "--no-plain"
        arguments = [name, str(folder), str(path), plain]
        for option, value in options.items():
            arguments += [f"--{option.replace('_', '-')}", str(value)]
        command = [sys.executable, "-m", "benchmarks.summaries.engines", "row", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{name}: {done.stderr[-2000:]}")
        found = json.loads(done.stdout.splitlines()[-1])
    return found["figures"], found["written"]


def save(part: str, result: dict[str, Any]) -> None:
    """Replaces one part of the result file."""
    whole = orjson.loads(RESULTS.read_bytes()) if RESULTS.exists() else {}
    whole[part] = {"machine": machine(), **result}
    RESULTS.write_bytes(orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def texts_of(feed: Path, kind: str, limit: int, seed: int) -> tuple[list[Any], list[str]]:
    """Rows drawn at random, and what the model is given of them."""
    from obecsum.summaries.summarizer import prepare

    rows = sample(examples(read(feed), kind=as_kind(kind)), limit=limit, seed=seed)
    return rows, [prepare(row.source) for row in rows]


FeedArgument = Annotated[Path, typer.Argument(help="Releases, such as valid.jsonl.xz.")]
Threads = Annotated[int, typer.Option(help="Threads of each product.")]


@app.command()
def speed(
    feed: FeedArgument,
    limit: Annotated[int, typer.Option(help="Releases.")] = 64,
    plain_limit: Annotated[int, typer.Option(help="Releases for the plain Pegasus.")] = 32,
    batch_size: Annotated[int, typer.Option(help="Releases written together.")] = 8,
    threads: Threads = CORES,
    seed: int = 0,
) -> None:
    """Releases a second of every engine: search, rules, numbers; without preparing the text and checking the facts."""
    from obecsum.core.model_paths import model_path

    _, texts = texts_of(feed, "headline", limit, seed)
    options = {"kind": "headline", "batch_size": batch_size, "threads": threads}
    result: dict[str, Any] = {"feed": sha256(feed), "releases": limit, "plain_releases": plain_limit, **options}
    with tempfile.TemporaryDirectory() as scratch:
        make_plain(Path(scratch))
        for part, folder, names in (("ours", model_path("obecsum-th"), OURS), ("plain", Path(scratch), PLAIN)):
            rows: dict[str, dict[str, float]] = {}
            plain = part == "plain"
            for name in names:
                figures, _ = run_row(name, folder, texts[:plain_limit] if plain else texts, plain=plain, **options)
                rows[name] = {key: round(value, 3) for key, value in figures.items()}
                for key, unit in (("ratio", "releases_per_s"), ("cpu_ratio", "releases_per_cpu_s")):
                    rows[name][key] = round(rows[name][unit] / rows[names[0]][unit], 2)
                typer.echo(f"{part:6} {name:20} {json.dumps(rows[name])}")
            result[part] = rows
    save("speed", result)


@app.command()
def quality(
    feed: FeedArgument,
    limit: Annotated[int, typer.Option(help="Releases.")] = 200,
    kind: str = "headline",
    names: Annotated[list[str] | None, typer.Option("--row", help="Rows; the first is compared with. [all]")] = None,
    threads: Threads = CORES,
    seed: int = 0,
) -> None:
    """What 8-bit weights cost: the model's favorite candidates against those in single precision."""
    from obecsum.core.model_paths import model_path

    examples_, texts = texts_of(feed, kind, limit, seed)
    evaluator = SummaryEvaluator(examples_, seed=seed)
    rows: dict[str, dict[str, float]] = {}
    first: list[list[str]] = []
    for name in names or [name for name in OURS if name != "transformers bf16"]:
        options = {"kind": kind, "batch_size": 8, "threads": threads}
        _, written = run_row(name, model_path("obecsum-th"), texts, **options)
        first = first or written
        best = [candidates[0] if candidates else "" for candidates in written]
        scores = evaluator.score(best).metrics
        rows[name] = {metric: round(scores[metric].value, 2) for metric in ("rouge1", "rouge2", "rougeL")}
        pairs = list(zip(written, first, strict=True))
        rows[name]["same_text"] = sum(a[:1] == b[:1] for a, b in pairs) / len(pairs)
        rows[name]["all_candidates_same"] = sum(a == b for a, b in pairs) / len(pairs)
        typer.echo(f"{name:20} {json.dumps(rows[name])}")
    save(f"quality-{kind}", {"feed": sha256(feed), "releases": limit, "seed": seed, "rows": rows})


@app.command()
def cold(runs: Annotated[int, typer.Option(help="The fastest counts.")] = 3) -> None:
    """Seconds from starting Python to the first summary, of the example release."""
    text = Path("examples/tsqm.txt").read_text(encoding="utf-8")
    rows: dict[str, Any] = {}
    for runtime in ("onnx", "torch"):
        code = (
            "import sys, obecsum\n"
            "from pathlib import Path\n"
            f"assert obecsum.Summarizer(runtime={runtime!r}).summarize([{text!r}])[0].text\n"
            "lines = Path('/proc/self/status').read_text().splitlines()\n"
            "print('torch' in sys.modules, *(int(x.split()[1]) / 1024 for x in lines if x.startswith('VmHWM')))"
        )
        seconds, cpu_seconds = [], []
        for _ in range(runs):
            begun, begun_cpu = time.perf_counter(), _children_cpu_s()
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
            seconds.append(time.perf_counter() - begun)
            cpu_seconds.append(_children_cpu_s() - begun_cpu)
        torch, memory = done.stdout.split()
        rows[runtime] = {
            "first_summary_s": round(min(seconds), 2),
            "slowest_s": round(max(seconds), 2),
            "cpu_s": round(min(cpu_seconds), 2),
            "torch_imported": torch == "True",
            "peak_memory_mb": round(float(memory)),
        }
        typer.echo(f"{runtime:6} {json.dumps(rows[runtime])}")
    save("cold", {"runs": runs, "rows": rows})


def _children_cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@app.command()
def memory(
    feed: FeedArgument, limit: Annotated[int, typer.Option(help="Releases.")] = 1000, threads: Threads = CORES
) -> None:
    """Megabytes in use after every hundredth release."""
    import obecsum

    texts = [release.text for release in islice(read(feed), limit)]
    summarizer = obecsum.Summarizer(runtime="onnx", threads=threads)
    used = []
    begun = time.perf_counter()
    for start in range(0, limit, 100):
        summarizer.summarize(texts[start : start + 100], kind="headline")
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        used.append(round(pages * resource.getpagesize() / 1e6, 1))
        typer.echo(f"{start + 100:6} {used[-1]} MB")
    result = {"feed": sha256(feed), "releases": limit, "seconds": round(time.perf_counter() - begun, 1)}
    save("memory", {**result, "megabytes_after_each_hundred": used})


if __name__ == "__main__":
    app()
