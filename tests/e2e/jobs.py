"""Jobs in processes of their own that can be killed: real processes, real SIGKILL.

One server process imports everything once and makes a child for each job (fork), so that a kill costs no start of
Python. A child may kill itself after a counted event, which gives a point that is the same every time, or be killed
from outside at any moment.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import orjson

from obecsum.jobs.state.folder import OWN_FILES

__all__ = ["Server", "deviations", "outcome"]

_SERVER = r"""
import json, os, signal, sys, time
import obecsum.jobs.job
from obecsum.index.index import Index
from obecsum.jobs.state import folder
from obecsum.jobs.state import store
from obecsum.jobs.phases import indexing, writing
from pathlib import Path

# Loaded once, in the parent: the compiled code, the dictionary.
from obecsum.minhash import kernel
from obecsum.minhash.signatures import sketches_of
from obecsum.comparison.alignment.align import align
sketches_of(["ข่าว"], num_threads=1)
align("เปิดห้องสมุด 3 แห่ง", "เปิดโรงอาหาร 4 แห่ง")

def die_after(point, count):
    left = [count]
    def counted(owner, name, matters=lambda *arguments: True):
        real = getattr(owner, name)
        def call(*arguments, **options):
            if matters(*arguments):
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments, **options)
        setattr(owner, name, call)
    table = {"reading": "records", "cutting": "cleaned", "comparing": "verdicts"}.get(point)
    if table:
        counted(store.Store, "write", lambda self, name, rows: name == table)
    elif point == "matching":
        counted(Index, "lookup")
    elif point == "indexing":
        counted(Index, "insert")
    elif point == "deciding":  # decided, and the index does not know it yet
        counted(indexing.Indexed, "commit")
    elif point == "committed":  # the index knows it, and no file has its name yet
        counted(folder.OutputFolder, "finish")
    elif point == "writing":
        counted(writing, "json_line")
    elif point == "summarizing":
        from obecsum.summaries.summarizer import Summarizer
        counted(Summarizer, "summarize")
    elif point == "naming":
        counted(Path, "replace", lambda path, target: path.parent.name == folder.WORK_NAME)
    else:
        raise ValueError(point)

for line in sys.stdin:
    asked = json.loads(line)
    begin = time.monotonic()
    child = os.fork()
    if not child:
        try:
            if asked["point"]:
                die_after(asked["point"], asked["count"])
            if asked["setup"]:
                exec(asked["setup"])
            obecsum.jobs.job.clean(asked["feed"], asked["out"], **asked["options"])
            os._exit(0)
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            os._exit(1)
    if asked["after_s"] is not None:
        deadline = begin + asked["after_s"]
        while time.monotonic() < deadline and os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            time.sleep(0.001)
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            pass
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    print(json.dumps({"code": code, "seconds": time.monotonic() - begin}), flush=True)
"""


class Server:
    """Runs jobs; a context manager."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)

    def run(
        self,
        feed: Path | list[str],
        out: Path,
        *,
        point: str | None = None,
        count: int = 1,
        after_s: float | None = None,
        setup: str = "",
        **options: Any,
    ) -> tuple[int, float]:
        """Do a job in a child.

        Args:
            feed: What to clean.
            out: Where to.
            point: The kind of event at which the child kills itself; None for none.
            count: At the how-manieth.
            after_s: Seconds after which it is killed from outside.
            setup: Program that the child runs before.
            **options: Of ``obecsum.clean``.

        Returns:
            Its exit code, -9 where it was killed, and how long it took.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        feeds = feed if isinstance(feed, list) else str(feed)
        asked = {"feed": feeds, "out": str(out), "point": point, "count": count, "after_s": after_s, "setup": setup}
        self._process.stdin.write(orjson.dumps(asked | {"options": options}).decode() + "\n")
        self._process.stdin.flush()
        answer = orjson.loads(self._process.stdout.readline())
        return answer["code"], answer["seconds"]


def deviations(outs: Sequence[Path], index: Path, feeds: Sequence[bytes]) -> list[str]:
    """Where the invariant does not hold: what is delivered once is in the index once, and the reverse.

    Args:
        outs: What finished jobs with ``new_only`` wrote.
        index: Theirs.
        feeds: What they read.
    """
    from obecsum.index.index import Index
    from obecsum.index.rescue import check

    found = check(index)
    kept, texts, told = Counter[str](), Counter[str](), set[str]()
    references: set[str] = set()
    for out in outs:
        if sorted(path.name for path in out.iterdir()) != sorted(OWN_FILES):
            found.append(f"{out.name} holds {[path.name for path in out.iterdir()]}")
        for name in ("kept", "removed"):
            for row in map(orjson.loads, (out / f"{name}.jsonl").read_bytes().splitlines()):
                told.add(row["id"].partition("#")[0])
                if name == "kept":
                    kept[row["id"]] += 1
                    texts["".join(row["text"].split())] += 1
                references |= {row.get("kept_id"), row.get("previous_id")} - {None}
    with Index(index, is_readonly=True) as opened:
        numbers = [row[0] for row in opened.file.db.execute("SELECT n FROM entries")]
        entries = Counter(opened.entry(number).unique_id for number in numbers)
    found += [f"{name} was delivered {count} times" for name, count in kept.items() if count > 1]
    found += [f"a text was delivered {count} times: {text[:60]}" for text, count in texts.items() if count > 1]
    found += [f"{name} is in the index {count} times" for name, count in entries.items() if count > 1]
    found += [f"{name} was delivered and is not in the index" for name in kept.keys() - entries.keys()]
    found += [f"{name} is in the index and was not delivered" for name in entries.keys() - kept.keys()]
    found += [f"{name} is referred to and nowhere" for name in references - entries.keys()]
    given = {
        orjson.loads(line)["id"] for feed in feeds for line in feed.splitlines() if not line.startswith(b"{broken")
    }
    found += [f"nothing was told of {name}" for name in given - told]
    return found


def outcome(out: Path, index: Path | None = None) -> dict[str, Any]:
    """What a job left: every file's bytes but for the seconds in report.json (and so its size in job.json)."""
    found: dict[str, Any] = {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}
    report = orjson.loads(found.pop("report.json"))
    assert report.pop("seconds")
    job = orjson.loads(found.pop("job.json"))
    assert job.pop("out") == str(out)
    assert job["files"].pop("report.json")
    found |= {"report": report, "job": job, "names": sorted(path.name for path in out.iterdir())}
    if index is not None:
        from obecsum.index.index import Index
        from obecsum.index.rescue import check

        assert check(index) == []
        with Index(index, is_readonly=True) as opened:
            numbers = [row[0] for row in opened.file.db.execute("SELECT n FROM entries ORDER BY n")]
            found["index"] = [opened.entry(number) for number in numbers]
            found["learned"] = opened.boilerplate
    return found
