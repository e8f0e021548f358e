"""Claim: a check that finds what is wrong in a summary and lets true ones pass.

True texts are sentences of the releases themselves, shortened ones, and headlines whose words the release has; each is
then made wrong in every way that :mod:`benchmarks.summaries.corruptions` knows. Of the wrong ones those count whose
true text the check lets pass: what it refuses anyway is no detection. Run from the repository's root::

    python -m benchmarks.summaries.check CORPUS_FOLDER --months valid --limit 400
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import orjson
import typer

from benchmarks.machine import machine
from benchmarks.releases import read_months
from benchmarks.summaries.corruptions import compressed, corrupted
from obecsum.core.release import Release
from obecsum.summaries.check.support import SourceFacts
from obecsum.text.segment import sentences

RESULT = Path(__file__).parents[1] / "results" / "summaries-check.json"
LEAST_CHARS, MOST_CHARS = 40, 260
LEAST_SOURCE_CHARS = 600
QUOTES = re.compile('["“”]')
BREAKS_OFF = (
    "ว่า",
    "และ",
    "โดย",
    "ดังนี้",
    "กับ",
    ":",
    ",",
    "ด้วย",
    "จาก",
    "ที่",
    "ใน",
    "เพื่อ",
    "ให้",
    "ของ",
    "เป็น",
    "คือ",
    "เช่น",
    "ระหว่าง",
)


def cut(sentence: str) -> str:
    """The beginning of a sentence, up to a space within :data:`MOST_CHARS`."""
    if len(sentence) <= MOST_CHARS:
        return sentence
    return sentence[:MOST_CHARS].rsplit(" ", 1)[0]


def is_whole(text: str) -> bool:
    """Whether a text is a sentence, or a clause, that breaks off nowhere: it was cut by a rule."""
    text = text.strip()
    if text.startswith(("#", "*")) or text.endswith(BREAKS_OFF) or len(QUOTES.findall(text)) % 2:
        return False
    return text.count("(") == text.count(")") and text.count("“") == text.count("”")


def true_texts(release: Release, rng: random.Random) -> Iterator[tuple[str, str]]:
    """(kind, text): a sentence word for word, the same shortened, the headline."""
    spans = [(a, b) for a, b in sentences(release.text) if b - a >= LEAST_CHARS and is_whole(release.text[a:b])]
    if spans:
        start, end = rng.choice(spans[:6])
        whole = release.text[start:end]
        if len(whole) <= MOST_CHARS:
            yield "verbatim", whole
        shorter = compressed(cut(whole), rng) if len(whole) <= 2 * MOST_CHARS else None
        if shorter and is_whole(shorter):
            yield "compressed", shorter
    if release.title and len(release.title) >= LEAST_CHARS:
        yield "headline", release.title


def measure(releases: Iterable[Release], *, seed: int, shown: int = 0) -> dict[str, object]:
    """Counts of what passes and what is found, and the time for each candidate."""
    rng = random.Random(seed)
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    left = Counter[str]()
    spent = checked = 0.0
    for release in releases:
        facts = SourceFacts(release.text)
        for kind, text in true_texts(release, rng):
            started = time.process_time()
            result = facts.check(text)
            spent, checked = spent + time.process_time() - started, checked + 1
            total[kind] += 1
            passed[kind] += result.supported
            if not result.supported:
                if left[kind] < shown and kind != "headline":
                    left[kind] += 1
                    typer.echo(f"\n{kind} refused: {text}\n   {[(f.kind, f.text) for f in result.unsupported]}")
                continue
            for name, wrong in corrupted(text, release.text, rng):
                found[name]["all"] += 1
                detected = not facts.check(wrong).supported
                found[name]["found"] += detected
                if not detected and left[name] < shown:
                    left[name] += 1
                    typer.echo(f"\n{name} missed: {text}\n   {wrong}")
    num_found, num_wrong = (sum(counts[key] for counts in found.values()) for key in ("found", "all"))
    return {
        "true": {kind: {"texts": total[kind], "supported": passed[kind]} for kind in sorted(total)},
        "wrong": {kind: dict(counts) for kind, counts in sorted(found.items())},
        "detected": round(num_found / max(1, num_wrong), 4),
        "ms_per_candidate": round(1000 * spent / max(1, checked), 3),
    }


def main(
    corpus: Annotated[Path, typer.Argument(help="Folder of the corpus.")],
    months: Annotated[list[str] | None, typer.Option(help="Years, months or splits.")] = None,
    limit: Annotated[int, typer.Option(help="Releases to draw at random.")] = 400,
    seed: Annotated[int, typer.Option(help="Of the drawing and of what is changed.")] = 0,
    shown: Annotated[int, typer.Option(help="Of each kind, mistakes that are printed.")] = 0,
    out: Annotated[Path, typer.Option()] = RESULT,
) -> None:
    """Measure, print, write the result file."""
    releases = [r for r in read_months(corpus, months or ["valid"]) if len(r.text) >= LEAST_SOURCE_CHARS]
    releases = random.Random(seed).sample(releases, min(limit, len(releases)))
    result = measure(releases, seed=seed, shown=shown)
    for part in ("true", "wrong"):
        for kind, counts in result[part].items():  # type: ignore[attr-defined]
            good, all_ = list(counts.values())[::-1] if part == "true" else (counts["found"], counts["all"])
            typer.echo(f"{kind:12} {good:5} of {all_:5}  {100 * good / all_:5.1f} %")
    typer.echo(f"detected {result['detected']:.3f}, {result['ms_per_candidate']} ms a candidate")
    report = {"months": months or ["valid"], "limit": limit, "seed": seed, **result, "machine": machine()}
    out.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
    typer.run(main)
