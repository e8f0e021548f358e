"""Claim: what obecsum prints is right when read against its release.

Releases are drawn, every system writes its texts, and a packet shows each release with its texts in an order that says
nothing of the systems. Two readers judge each text by itself: *right*, *thin* (true, and misses the news), *flawed*
(true as far as it goes, and a reader stumbles), *wrong* (a reader would believe something false), *garbled*. The worse
of the two verdicts counts. Run from the repository's root::

    python -m benchmarks.summaries.reading draw FEED PACKET --releases 100 --seed 1
    python -m benchmarks.summaries.reading draw FEED PACKET --texts old=before.jsonl    # texts of another version
    python -m benchmarks.summaries.reading tell PACKET.json FIRST.jsonl SECOND.jsonl

``PACKET.txt`` is for the readers, ``PACKET.json`` keeps which text is whose; verdicts are JSON lines with ``n`` and
``verdict``. Texts of another version are JSON lines with ``id``, ``kind`` and ``text``.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

import obecsum
from benchmarks.summaries.quality import undecoded
from obecsum.core.release import Release
from obecsum.core.serialize import to_json
from obecsum.evaluate.pairs import wilson
from obecsum.evaluate.summaries import Example
from obecsum.feeds.read import read
from obecsum.summaries.extract.plan import plan_reading
from obecsum.summaries.extract.reading import Reading

RESULTS = Path(__file__).parents[1] / "results"
VERDICTS = ("right", "thin", "flawed", "wrong", "garbled")
_SHOWN_CHARS = 3500
_LEAD_CHARS = {"headline": 110, "short": 160, "medium": 400}
KINDS = ("headline", "short", "medium")

app = typer.Typer(add_completion=False)
Texts = list[dict[str, Any]]


def _now(releases: Sequence[Release]) -> dict[str, Texts]:
    """What this version prints, and of each text whether it is the model's own."""
    summarizer = obecsum.Summarizer()
    texts = [release.text for release in releases]
    found: dict[str, Texts] = {}
    for kind in KINDS:
        if kind == "headline":
            written = summarizer.summarize(texts, kind="headline", batch_size=16)
        else:
            written = summarizer.summarize(texts, kind="summary", length=kind, batch_size=16)  # type: ignore[arg-type]
        found[kind] = [
            {
                "text": summary.text,
                "own": summary.fallback is None,
                "supported": summary.supported,
                "confidence": round(summary.confidence, 3),
                "own_sentences": sum(sentence.kept == () for sentence in summary.sentences),
                "sentences": len(summary.sentences),
            }
            for summary in written
        ]
    return found


def _extract(releases: Sequence[Release]) -> dict[str, Texts]:
    found: dict[str, Texts] = {}
    for kind in KINDS:
        rows: Texts = []
        for release in releases:
            if kind == "headline":
                plan = plan_reading(Reading(release.text), kind="headline")
            else:
                plan = plan_reading(Reading(release.text), kind="summary", length=kind)  # type: ignore[arg-type]
            rows.append({"text": " ".join(passage.text for passage in plan)})
        found[kind] = rows
    return found


def _lead(releases: Sequence[Release]) -> dict[str, Texts]:
    from obecsum.summaries.extract.cut import cut_at_phrase

    lines = [Reading(release.text).line for release in releases]
    return {kind: [{"text": cut_at_phrase(line, max_chars=_LEAD_CHARS[kind])} for line in lines] for kind in KINDS}


def _pythainlp(releases: Sequence[Release]) -> dict[str, Texts]:
    from pythainlp.summarize import summarize

    numbers = {"headline": 1, "short": 1, "medium": 3}
    return {
        kind: [{"text": " ".join(" ".join(summarize(release.text, n=numbers[kind])).split())} for release in releases]
        for kind in KINDS
    }


def _plain(num_beams: int) -> Callable[[Sequence[Release]], dict[str, Texts]]:
    """The model as it comes: no rules, no check, no extract."""

    def write(releases: Sequence[Release]) -> dict[str, Texts]:
        rows = [Example(release.id, release.text, "") for release in releases]
        found: dict[str, Texts] = {}
        for kind in ("headline", "summary"):
            system = undecoded("obecsum-th", kind=kind, num_beams=num_beams, batch_size=16)
            found["headline" if kind == "headline" else "short"] = [{"text": text} for text in system.write(rows)[0]]
        return found

    return write


SYSTEMS: dict[str, Callable[[Sequence[Release]], dict[str, Texts]]] = {
    "now": _now,
    "extract": _extract,
    "lead": _lead,
    "pythainlp": _pythainlp,
    "greedy": _plain(1),
    "4 beams": _plain(4),
}


@app.command()
def draw(
    feed: Annotated[Path, typer.Argument(help="Releases.")],
    packet: Annotated[Path, typer.Argument(help="PACKET.txt and PACKET.json are written.")],
    releases: Annotated[int, typer.Option(help="How many are drawn.")] = 100,
    seed: Annotated[int, typer.Option()] = 1,
    systems: Annotated[list[str] | None, typer.Option("--system", help=", ".join(SYSTEMS))] = None,
    texts: Annotated[list[str] | None, typer.Option(help="NAME=FILE: texts of another version.")] = None,
    parts: Annotated[int, typer.Option(help="Files for the readers.")] = 1,
) -> None:
    """Draw releases and write what readers get."""
    chosen = list(read(feed))
    random.Random(seed).shuffle(chosen)
    chosen = chosen[:releases]
    written: dict[str, dict[str, Texts]] = {name: SYSTEMS[name](chosen) for name in systems or SYSTEMS}
    for option in texts or []:
        name, _, file = option.partition("=")
        known = {(r["id"], r["kind"]): r for r in map(orjson.loads, Path(file).read_bytes().splitlines())}
        written[name] = {kind: [known.get((r.id, kind), {"text": ""}) for r in chosen] for kind in KINDS}
    rng = random.Random(seed)
    items: list[dict[str, Any]] = []
    pages: list[list[str]] = [[] for _ in range(parts)]
    for row, release in enumerate(chosen):
        page = pages[row % parts]
        page.append(f"\n######## RELEASE {release.id}\nTITLE: {release.title}\nTEXT: {release.text[:_SHOWN_CHARS]}")
        for kind in KINDS:
            of_text: dict[str, list[dict[str, Any]]] = {}
            for name, found in written.items():
                if kind in found and found[kind][row]["text"]:
                    one = found[kind][row]
                    of_text.setdefault(one["text"], []).append({"system": name, **one})
            for text in rng.sample(sorted(of_text), len(of_text)):
                shown = "headline" if kind == "headline" else "summary"
                page.append(f"  [{len(items)}] ({shown}) {text}")
                items.append({"n": len(items), "id": release.id, "kind": kind, "text": text, "of": of_text[text]})
    for number, page in enumerate(pages, start=1):
        suffix = "" if parts == 1 else f"-{number}"
        packet.with_name(f"{packet.name}{suffix}.txt").write_text("\n".join(page), encoding="utf-8")
    packet.with_name(f"{packet.name}.json").write_bytes(orjson.dumps(items))
    typer.echo(f"{len(items)} texts of {len(chosen)} releases")


def agreement(first: dict[int, str], second: dict[int, str]) -> tuple[float, float]:
    """How often two readers say the same of right or thin, flawed, and wrong or garbled, and Cohen's kappa of it."""
    pairs = [(_class(first[n]), _class(second[n])) for n in first.keys() & second.keys()]
    same = sum(a == b for a, b in pairs) / len(pairs)
    ours, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(ours[name] * theirs[name] for name in ours) / len(pairs) ** 2
    return same, (same - chance) / (1 - chance) if chance < 1 else 1.0


def _class(verdict: str) -> str:
    return "good" if verdict in ("right", "thin") else "bad" if verdict in ("wrong", "garbled") else "flawed"


def joint(first: str | None, second: str | None) -> str:
    """The verdict of two readers: the worse."""
    return max((verdict for verdict in (first, second) if verdict is not None), key=VERDICTS.index)


def tabulate(items: Sequence[dict[str, Any]], verdicts: dict[int, str]) -> list[dict[str, Any]]:
    """A row for each system and kind, of the model's own texts and the supported ones apart."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for item in items:
        verdict = verdicts.get(item["n"])
        if verdict is None:
            continue
        for one in item["of"]:
            groups = [one["system"]]
            if "own" in one:
                groups.append("now, the model's own" if one["own"] else "now, extracts")
                if one["supported"]:
                    groups.append("now, supported")
            for group in groups:
                counts.setdefault((group, item["kind"]), Counter())[verdict] += 1
    return [{"system": system, "kind": kind, **_shares(count)} for (system, kind), count in counts.items()]


def _shares(count: Counter[str]) -> dict[str, Any]:
    total = count.total()
    bad = count["wrong"] + count["garbled"]
    return {
        "texts": total,
        **{name: count[name] for name in VERDICTS},
        "right_share": list(astuple(wilson(count["right"], total))),
        "wrong_share": list(astuple(wilson(bad, total))),
    }


@app.command()
def tell(
    packet: Annotated[Path, typer.Argument(help="PACKET.json.")],
    readers: Annotated[list[Path], typer.Argument(help="Verdicts of the first reader and of the second.")],
    out: Annotated[Path | None, typer.Option(help="[default: benchmarks/results/summaries-read.json]")] = None,
) -> None:
    """Print how the readers agree and what they say of each system."""
    items = orjson.loads(packet.read_bytes())
    read_by = [{row["n"]: row["verdict"] for row in map(orjson.loads, f.read_bytes().splitlines())} for f in readers]
    verdicts = {n: joint(*(one.get(n) for one in read_by), *[None][: 2 - len(read_by)]) for n in set().union(*read_by)}
    rows = tabulate(items, verdicts)
    report: dict[str, Any] = {"packet": packet.name, "texts": len(verdicts), "rows": rows}
    if len(read_by) == 2:
        same, kappa = agreement(*read_by)
        report |= {"agreement": same, "kappa": kappa}
        typer.echo(f"the readers agree on {same:.0%}, kappa {kappa:.2f}")
    own = [one for item in items for one in item["of"] if "own_sentences" in one and item["kind"] == "medium"]
    if own:
        report["own_sentences"] = sum(one["own_sentences"] for one in own) / sum(one["sentences"] for one in own)
        typer.echo(f"{report['own_sentences']:.0%} of the sentences of medium summaries are the model's own")
    typer.echo(f"{'':32}{'':10}{'texts':>6}" + "".join(f"{name:>9}" for name in VERDICTS))
    for row in sorted(rows, key=lambda row: (row["kind"], row["system"])):
        cells = "".join(f"{row[name]:>9}" for name in VERDICTS)
        typer.echo(f"{row['system']:32}{row['kind']:10}{row['texts']:>6}{cells}")
    (out or RESULTS / "summaries-read.json").write_bytes(to_json(report, indent=True))


if __name__ == "__main__":
    app()
