"""How fast each format is read, beside what its bare parser needs.

    python -m benchmarks.reading valid.jsonl.xz test.jsonl.xz --limit 5000

The rows of the feeds are written in every format; each reader and its bare parser take turns, five times, and the
median of the processor seconds counts. The parsers: orjson for lines of JSON, the csv module, pyarrow, feedparser
over the whole feed, trafilatura.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import orjson

from benchmarks.feed import prepare
from benchmarks.machine import machine, sha256
from obecsum.feeds.read import plan_sources, read_entries
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.record import Quarantined
from obecsum.feeds.write.writers import export

__all__ = ["main"]


def _jsonl(path: Path) -> int:
    count = 0
    with path.open("rb") as file:
        for line in file:
            orjson.loads(line)
            count += 1
    return count


def _json(path: Path) -> int:
    return len(orjson.loads(path.read_bytes()))


def _csv(path: Path) -> int:
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def _parquet(path: Path) -> int:
    from pyarrow import parquet

    return sum(len(batch.to_pylist()) for batch in parquet.ParquetFile(path).iter_batches(batch_size=128))


def _rss(path: Path) -> int:
    import feedparser

    data = io.BytesIO(path.read_bytes())
    return len(feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False).entries)


def _text(folder: Path) -> int:
    return sum(1 for path in folder.iterdir() if path.read_text(encoding="utf-8"))


def _html(folder: Path) -> int:
    from trafilatura import bare_extraction

    return sum(1 for path in folder.iterdir() if bare_extraction(path.read_text(encoding="utf-8"), favor_recall=True))


def _ours(path: Path) -> int:
    fields = FieldMap()
    count = 0
    for source in plan_sources(path):
        for entry in read_entries(source, fields):
            if isinstance(entry, Quarantined):
                raise SystemExit(f"{path}: {entry.reason}")
            count += 1
    return count


def _write(lines: Path, folder: Path, *, pages: int) -> dict[str, tuple[Path, Callable[[Path], int] | None]]:
    """The rows in every format: name to the path and its bare parser."""
    rows = [orjson.loads(line) for line in lines.read_bytes().splitlines()]
    thai = folder / "thai.jsonl"
    thai.write_bytes(b"".join(orjson.dumps(row).decode().encode("cp874", "ignore") + b"\n" for row in rows))
    array = folder / "feed.json"
    array.write_bytes(orjson.dumps(rows))
    for to in ("csv", "parquet"):
        export(lines, folder / f"feed.{to}", to)
    some = folder / "some.jsonl"
    some.write_bytes(b"".join(orjson.dumps({**row, "text": row["body"]}) + b"\n" for row in rows[:pages]))
    export(some, folder / "feed.rss", "rss")
    texts, web = folder / "texts", folder / "pages"
    texts.mkdir()
    web.mkdir()
    for number, row in enumerate(rows[:pages]):
        body = f"{row['title']}\n\n{row['body']}"
        (texts / f"{number}.txt").write_text(body, encoding="utf-8")
        paragraphs = "".join(f"<p>{line}</p>" for line in row["body"].split("\n"))
        (web / f"{number}.html").write_text(
            f"<html><head><title>{row['title']}</title></head><body><nav><a href='/'>หน้าแรก</a></nav>"
            f"<article>{paragraphs}</article><footer>ติดต่อเรา</footer></body></html>",
            encoding="utf-8",
        )
    return {
        "JSON Lines": (lines, _jsonl),
        "JSON Lines in TIS-620": (thai, None),
        "JSON array": (array, _json),
        "CSV": (folder / "feed.csv", _csv),
        "Parquet": (folder / "feed.parquet", _parquet),
        "RSS": (folder / "feed.rss", _rss),
        "text files": (texts, _text),
        "web pages": (web, _html),
    }


def _timed(run: Callable[[Path], int], path: Path) -> tuple[float, int]:
    begin = process_time()
    count = run(path)
    return process_time() - begin, count


def measure(lines: Path, *, rounds: int, pages: int) -> list[dict[str, Any]]:
    """One row a format: releases a processor second, ours and the bare parser's, and the share."""
    result = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (path, bare) in _write(lines, Path(folder), pages=pages).items():
            ours: list[float] = []
            theirs: list[float] = []
            count = 0
            for _ in range(rounds):
                if bare is not None:
                    seconds, bare_count = _timed(bare, path)
                    theirs.append(seconds)
                seconds, count = _timed(_ours, path)
                ours.append(seconds)
                if bare is not None and bare_count != count:
                    raise SystemExit(f"{name}: the parser finds {bare_count} records, obecsum {count}")
            row: dict[str, Any] = {"format": name, "releases": count, "per_second": round(count / median(ours))}
            if theirs:
                row["bare_per_second"] = round(count / median(theirs))
                row["share"] = round(median(theirs) / median(ours), 3)
                row["share_by_round"] = [round(bare / own, 3) for bare, own in zip(theirs, ours, strict=True)]
            result.append(row)
            print(json.dumps(row, ensure_ascii=False), file=sys.stderr)
    return result


def main() -> None:
    """Run the benchmark and write its result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("feeds", nargs="+", type=Path)
    parser.add_argument("--limit", type=int, default=5000, help="releases")
    parser.add_argument("--pages", type=int, default=500, help="releases for RSS, text files and web pages")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/reading.json"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "feed.jsonl"
        prepare(options.feeds, lines, limit=options.limit)
        before = machine()
        rows = measure(lines, rounds=options.rounds, pages=options.pages)
        result = {
            "machine": before,
            "feeds": {feed.name: sha256(feed) for feed in options.feeds},
            "megabytes": round(lines.stat().st_size / 1e6, 1),
            "rounds": options.rounds,
            "formats": rows,
        }
    options.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print("| format | releases a second | bare parser | share |\n|---|---|---|---|")
    for row in rows:
        share = f"{row['share']:.0%}" if "share" in row else ""
        bare = f"{row['bare_per_second']:,}" if "bare_per_second" in row else ""
        print(f"| {row['format']} | {row['per_second']:,} | {bare} | {share} |")


if __name__ == "__main__":
    main()
