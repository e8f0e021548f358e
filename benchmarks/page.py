"""How long a job's report.html takes to write and to be of use, and how large it is.

    python -m benchmarks.page JOB [JOB ...]
    python -m benchmarks.page --copies COPIES FEED --limit 10600

JOB is a folder that `obecsum clean` wrote. The page is written again in a process of its own (processor seconds, peak
memory), then opened in Chromium in turns, a fresh window each time: until the first card can be pressed, and from a
word in the search field to the cards that have it. Medians of the rounds count.

The second form makes a feed of which nearly everything goes: the first releases of another one once more, with other
spaces, some with a line more or a dateline, and a feed of just these releases beside it.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import orjson

from benchmarks.machine import machine, sha256
from obecsum.core.serialize import json_line
from obecsum.feeds.read import read
from obecsum.report.page.build import page
from obecsum.report.report import Report

__all__ = ["main"]

_TAILS = ("\nผู้สนใจสอบถามเพิ่มเติมได้ที่สายด่วนของหน่วยงาน", "\nทั้งนี้ จะมีการติดตามผลอย่างใกล้ชิดต่อไป", "", "", "\n#ข่าวประชาสัมพันธ์")
_VIEW = {"width": 1440, "height": 900}
_SEARCHED = """async () => {
  const begin = performance.now();
  const field = document.getElementById("search");
  field.value = "รัฐมนตรี";
  const changed = new Promise((done) => new MutationObserver(done).observe(
    document.getElementById("status"), { childList: true }));
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await changed;
  return performance.now() - begin;
}"""


def _copies(feed: Path, target: Path, limit: int) -> None:
    """Write the first releases of a feed once more, each a little changed, beside a feed of just these."""
    chosen = random.Random(7)
    with target.open("wb") as copies, target.with_suffix(".originals.jsonl").open("wb") as originals:
        for release in islice(read(str(feed)), limit):
            fields = {"title": release.title, "date": release.published, "url": release.url}
            text = release.text
            originals.write(json_line({"id": release.id, "text": text, **fields}))
            if chosen.random() < 0.5:
                text = text.replace(" ", "\u00a0")
            text += chosen.choice(_TAILS)
            if chosen.random() < 0.3:
                text = f"กรุงเทพฯ {text}"
            copies.write(json_line({"id": f"c{release.id}", "text": text, **fields}))


def _write(job: Path, target: Path) -> dict[str, Any]:
    """Write the page of a job; run in a process of its own, for its memory."""
    report = Report.from_json(orjson.loads((job / "report.json").read_bytes()), job)
    begin = process_time()
    with target.open("wb") as file:
        file.writelines(page(report, lambda name: job / name, lambda _: None))
    return {
        "releases": report.input,
        "removed": report.removed,
        "write_cpu_s": round(process_time() - begin, 2),
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "page_bytes": target.stat().st_size,
    }


def _opened(path: Path, browser: Any) -> tuple[float, float]:
    """Milliseconds to the first card, and of a search."""
    tab = browser.new_page(viewport=_VIEW)
    tab.goto(path.as_uri(), wait_until="commit")
    tab.wait_for_selector(".card button.open")
    tab.locator(".card button.open").first.click(trial=True)
    first = tab.evaluate("performance.now()")
    searched = tab.evaluate(_SEARCHED)
    tab.close()
    return first, searched


def main() -> None:
    """Measure; print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jobs", nargs="+", type=Path, metavar="JOB|FEED")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    parser.add_argument("--copies", type=Path, metavar="COPIES", help="Make a feed instead.")
    parser.add_argument("--limit", type=int, default=10_600)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.copies is not None:
        _copies(asked.jobs[0], asked.copies, asked.limit)
        return
    if asked.write is not None:
        print(orjson.dumps(_write(asked.jobs[0], asked.write)).decode())
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = [Path(folder) / f"{number}.html" for number in range(len(asked.jobs))]
        found = []
        for job, path in zip(asked.jobs, pages, strict=True):
            command = [sys.executable, "-m", "benchmarks.page", str(job), "--write", str(path)]
            found.append(orjson.loads(subprocess.run(command, check=True, capture_output=True).stdout))
            found[-1]["removed_sha256"] = sha256(job / "removed.jsonl")
        browser = playwright.chromium.launch(executable_path=asked.chromium, args=["--no-sandbox"])
        times: list[list[tuple[float, float]]] = [[] for _ in pages]
        for _ in range(asked.rounds):
            for path, mine in zip(pages, times, strict=True):
                mine.append(_opened(path, browser))
        for one, mine in zip(found, times, strict=True):
            one["first_card_ms"] = round(median(first for first, _ in mine))
            one["search_ms"] = round(median(searched for _, searched in mine))
        result = {"chromium": browser.version, "rounds": asked.rounds, "jobs": found, **machine()}
        browser.close()
    print(orjson.dumps(result, option=orjson.OPT_INDENT_2).decode())


if __name__ == "__main__":
    main()
