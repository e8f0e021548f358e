"""A feed of any size, made from a real one by a seeded generator.

Each further release takes the phrases of a real one (what stands between spaces) and replaces some by phrases of other
releases. One in ten keeps 97 % and is a near-duplicate of its source; the others keep 15 %, so they read like releases
that share set phrases. Lengths, letters and line breaks stay as in the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random

import orjson

__all__ = ["grow", "rewritten"]

_NEAR_DUPLICATES = 0.1
_PHRASE_CHARS = 60


def _drawn(lines: Iterable[bytes], wanted: int | None, random: Random) -> list[bytes]:
    rows = list(lines)
    return rows if wanted is None or wanted >= len(rows) else random.sample(rows, wanted)


def grow(source: Path, target: Path, count: int, *, sources: int | None = None, seed: int = 1) -> int:
    """Write ``count`` releases: those of ``source`` first, rewritten ones after them.

    Args:
        source: JSONL with ``title`` and ``body``.
        target: The JSONL file to write: ``id``, ``title``, ``body``.
        count: Rows to write.
        sources: Rows of ``source`` to begin with; all of it without. Those of a smaller number are drawn at random, so
            that feeds of all sizes can be made alike: as many rewritten rows for each real one.
        seed: Seed of the generator; the same seed gives the same file.

    Returns:
        Size of the file in bytes.
    """
    random = Random(seed)
    rows: list[tuple[str, str]] = []
    size = 0
    with target.open("wb") as out:

        def write(number: int, title: str, body: str) -> int:
            return out.write(orjson.dumps({"id": str(number), "title": title, "body": body}) + b"\n")

        with source.open("rb") as lines:
            for number, line in enumerate(_drawn(lines, sources, random)):
                if number == count:
                    return size
                row = orjson.loads(line)
                rows.append((row.get("title") or "", row.get("body") or row.get("text") or ""))
                size += write(number, *rows[-1])
        for number, (title, body) in enumerate(islice(rewritten(rows, random), count - len(rows)), len(rows)):
            size += write(number, title, body)
    return size


def rewritten(rows: Sequence[tuple[str, str]], random: Random) -> Iterator[tuple[str, str]]:
    """Titles and bodies without end, made of real ones."""
    # Short phrases only: a paragraph without spaces would hold whole short releases.
    phrases = [
        [phrase for phrase in body.split(" ") if len(phrase) <= _PHRASE_CHARS] or [""]
        for _, body in random.sample(rows, min(len(rows), 20_000))
    ]
    while True:
        title, body = rows[random.randrange(len(rows))]
        keep = 0.97 if random.random() < _NEAR_DUPLICATES else 0.15
        own = body.split(" ")
        for at in range(len(own)):
            if random.random() >= keep:
                other = phrases[int(random.random() * len(phrases))]
                own[at] = other[int(random.random() * len(other))]
        yield title, " ".join(own)
