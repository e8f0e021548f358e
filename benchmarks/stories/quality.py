"""Claim: the bundled embeddings find what is about the same as well as lexical search does.

    python -m benchmarks.stories.quality TEST.jsonl.xz [--pairs benchmarks/labels/stories-pairs.jsonl] [--json OUT]

(a) Retrieval: each headline looks for its own body among all bodies of the feed, from which the lines that repeat the
headline were dropped. A body that ``compare`` calls a duplicate of the right one is right too. The ceiling is what a
perfect reader could reach: headlines that several different releases share cannot be told apart.

(b) Same event: pairs of releases within 7 days that were read and labelled; drawn from all ranges of the cosines of
three systems (TF-IDF of words and of characters, an early model of ours), each read by three readers who saw no score;
the label is the majority's.
Precision where recall reaches 0.7, and the decision of the story rule, whose weights are fitted on other months
(``benchmarks.stories.fit``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
import orjson
import typer

from benchmarks.machine import machine, sha256
from benchmarks.stories.pairs import evidence_on, read_pairs, read_rows
from benchmarks.stories.rows import F32, Comparer, bm25, embeddings, hybrid, lsa, minhash, plain_mean, tfidf, untrained
from obecsum.comparison.compare import compare
from obecsum.embeddings import DEFAULT_EMBEDDINGS, Embedder
from obecsum.embeddings.interaction import InteractionModel
from obecsum.evaluate.pairs import wilson
from obecsum.minhash.candidates import candidate_pairs
from obecsum.minhash.signatures import signatures
from obecsum.story.rule import StoryRule
from obecsum.story.stories import STORY_DIM
from obecsum.text.leaks import drop_leaks

RESULTS = Path(__file__).parents[1] / "results"
PAIRS = Path(__file__).parents[1] / "labels" / "stories-pairs.jsonl"
AT_RECALL = 0.7
_RESAMPLES = 1_000


def duplicates(bodies: Sequence[str]) -> set[tuple[int, int]]:
    """Pairs of bodies that ``compare`` calls duplicates, both ways."""
    found = set()
    for i, j in candidate_pairs(signatures(bodies), min_jaccard=0.6).tolist():
        if compare(bodies[i], bodies[j]).relation == "duplicate":
            found |= {(i, j), (j, i)}
    return found


def ranks(scores: F32, same: set[tuple[int, int]]) -> npt.NDArray[np.float64]:
    """For each query the rank, from 0, of the first right document; a tie counts as half a place each."""
    found = np.empty(len(scores))
    twins: dict[int, list[int]] = {}
    for i, j in same:
        twins.setdefault(i, []).append(j)
    for i, row in enumerate(scores):
        right = [i, *twins.get(i, [])]
        best = max(row[j] for j in right)
        wrong = np.delete(row, right)
        found[i] = (wrong > best).sum() + (wrong == best).sum() / 2
    return found


def interval(values: Any, seed: int = 0) -> list[float]:
    """95 % bootstrap interval of a mean."""
    draw = np.random.default_rng(seed)
    means = [values[draw.integers(0, len(values), len(values))].mean() for _ in range(_RESAMPLES)]
    return [round(float(np.percentile(means, q)), 4) for q in (2.5, 97.5)]


def retrieval(rows: Sequence[dict[str, Any]], systems: Sequence[Comparer]) -> dict[str, Any]:
    """Recall@1, recall@10 and mean reciprocal rank of every system, and the ceiling."""
    titles = [row["title"] or "" for row in rows]
    bodies = [drop_leaks(row["title"], row["standfirst"], row["body"]) for row in rows]
    same = duplicates(bodies)
    sharing: dict[str, list[int]] = {}
    for row, title in enumerate(titles):
        sharing.setdefault("".join(title.split()), []).append(row)
    fair = []
    for titled in sharing.values():
        for i in titled:
            alike = sum(1 for j in titled if j == i or (i, j) in same)
            fair.append(alike / len(titled) if bodies[i].strip() else 0.0)
    table = []
    for system in systems:
        found = ranks(system.compare(titles, bodies), same)
        first, ten = (found < 1).astype(float), (found < 10).astype(float)
        record = {
            "system": system.name,
            "recall_at_1": round(float(first.mean()), 4),
            "recall_at_1_interval": interval(first),
            "recall_at_10": round(float(ten.mean()), 4),
            "recall_at_10_interval": interval(ten),
            "mrr": round(float((1 / (1 + found)).mean()), 4),
        }
        table.append(record)
        typer.echo(f"{system.name:50} {record['recall_at_1']:.4f} {record['recall_at_10']:.4f} {record['mrr']:.4f}")
    return {
        "releases": len(rows),
        "duplicate_pairs": len(same) // 2,
        "ceiling_recall_at_1": round(float(np.mean(fair)), 4),
        "systems": table,
    }


def at_recall(scores: Sequence[float], is_same: Sequence[bool], recall: float = AT_RECALL) -> dict[str, Any]:
    """Precision at the highest threshold whose recall is reached; equal scores stand or fall together."""
    needed = recall * sum(is_same)
    for threshold in sorted(set(scores), reverse=True):
        taken = [same for score, same in zip(scores, is_same, strict=True) if score >= threshold]
        if sum(taken) >= needed:
            share = wilson(sum(taken), len(taken))
            return {
                "precision": round(share.value, 4),
                "precision_interval": [round(share.low, 4), round(share.high, 4)],
                "recall": round(sum(taken) / sum(is_same), 4),
                "threshold": round(float(threshold), 4),
            }
    raise ValueError("no threshold reaches that recall")


def decided(above: Sequence[float], pairs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What a rule takes at its own score: how much of it is right, what is wrong."""
    taken = [pair for score, pair in zip(above, pairs, strict=True) if score >= 0]
    wrong = [pair for pair in taken if pair["label"] != "same"]
    right = len(taken) - len(wrong)
    share = wilson(right, len(taken))
    return {
        "accepted": len(taken),
        "precision": round(share.value, 4),
        "precision_interval": [round(share.low, 4), round(share.high, 4)],
        "recall": round(right / sum(pair["label"] == "same" for pair in pairs), 4),
        "wrong": [{"a": pair["a"], "b": pair["b"], "reason": pair.get("reason")} for pair in wrong],
    }


def same_event(
    rows: Sequence[dict[str, Any]], labels: Path, systems: Sequence[Comparer], embedder: Embedder
) -> dict[str, Any]:
    """Precision at recall 0.7 of every system, and what the story rule decides."""
    row_of = {str(row["id"]): index for index, row in enumerate(rows)}
    texts = [f"{row['title']}\n{row['body']}" for row in rows]
    pairs = read_pairs(labels)
    ends = [(row_of[pair["a"]], row_of[pair["b"]]) for pair in pairs]
    is_same = [pair["label"] == "same" for pair in pairs]
    firsts = [texts[i] for i, _ in ends]
    table = []
    for system in systems:
        scores = system.compare(firsts, texts)
        found = [float(scores[index, j]) for index, (_, j) in enumerate(ends)]
        table.append({"system": system.name, **at_recall(found, is_same)})
    rule = StoryRule()
    evidence = evidence_on(pairs, rows, embedder, InteractionModel())
    rule_scores = [rule.above(each) for each in evidence]
    unread = StoryRule.without_interaction()
    without = [rule.above(replace(each, desks=0)) for each in evidence]
    by_first = [pair["votes"][0] == "same" for pair in pairs]
    sure = [index for index, pair in enumerate(pairs) if pair.get("confidence") != "low"]
    one_desk = [index for index, each in enumerate(evidence) if each.desks < 0]
    two_desks = [index for index, each in enumerate(evidence) if each.desks > 0]

    def rows_of(name: str, chosen: Sequence[int]) -> dict[str, Any]:
        found = at_recall([rule_scores[index] for index in chosen], [is_same[index] for index in chosen])
        return {"system": f"ours, the story rule, {len(chosen)} {name}", **found}

    table += [
        {"system": "ours, nearer than other weeks", **at_recall([e.nearer for e in evidence], is_same)},
        {
            "system": "ours, the story rule without the interaction model",
            **at_recall([unread.score(each) for each in evidence], is_same),
        },
        {"system": "ours, the story rule without desks", **at_recall(without, is_same)},
        {"system": "ours, the story rule", **at_recall(rule_scores, is_same)},
        rows_of("labels of high confidence", sure),
        rows_of("pairs of one desk", one_desk),
        rows_of("pairs of two desks", two_desks),
        {"system": "ours, the story rule, by the first reader's labels", **at_recall(rule_scores, by_first)},
    ]
    decision = {
        "rule": {name: getattr(rule, name) for name in rule.__slots__},
        **decided(rule_scores, pairs),
        "without_interaction": decided([unread.above(each) for each in evidence], pairs),
    }
    for record in table:
        typer.echo(f"{record['system']:50} precision {record['precision']:.3f} at recall {record['recall']:.3f}")
    typer.echo(f"the rule: precision {decision['precision']} at recall {decision['recall']}")
    left_out = decision["without_interaction"]
    typer.echo(f"without the interaction model: precision {left_out['precision']} at recall {left_out['recall']}")
    return {"pairs": len(pairs), "same": sum(is_same), "systems": table, "decision": decision}


def main(
    feed: Annotated[Path, typer.Argument(help="Releases with title, standfirst and body, such as test.jsonl.xz.")],
    pairs: Annotated[Path, typer.Option(help="Labelled pairs of the feed's releases.")] = PAIRS,
    model: Annotated[str, typer.Option(help="Embedding model.")] = DEFAULT_EMBEDDINGS,
    dims: Annotated[str, typer.Option(help="Its dimensions to measure.")] = "1408,640,256,128,64",
    part: Annotated[str, typer.Option(help="retrieval, same-event or both; the rest of the file stays.")] = "both",
    out: Annotated[Path, typer.Option("--json")] = RESULTS / "stories.json",
) -> None:
    """Measure, print, write the result file."""
    rows = read_rows(feed)
    full = Embedder(model)
    ours = [embeddings(Embedder(model, dim=int(dim)), f"ours, {dim} dimensions") for dim in dims.split(",")]
    bodies = [row["body"] for row in rows]
    systems = [
        tfidf(chars=False, sublinear=False),
        tfidf(chars=False, sublinear=True),
        tfidf(chars=True, sublinear=False),
        tfidf(chars=True, sublinear=True),
        bm25(),
        lsa(full.dim),
        lsa(256),
        minhash(),
        embeddings(untrained(full, bodies), "ours before training (random)"),
        embeddings(plain_mean(full), "ours, repeated words counted in full (sentence-transformers alone)"),
        *ours,
        hybrid(embeddings(full, "ours"), bm25()),
    ]
    report: dict[str, Any] = orjson.loads(out.read_bytes()) if out.is_file() and part != "both" else {}
    report |= {"feed": feed.name, "feed_sha256": sha256(feed), "machine": machine()}
    if part in ("both", "retrieval"):
        report["retrieval"] = retrieval(rows, systems)
    if part in ("both", "same-event"):
        report["same_event"] = same_event(rows, pairs, systems, Embedder(model, dim=STORY_DIM))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    typer.echo(f"written to {out}")


if __name__ == "__main__":
    typer.run(main)
