"""A feed larger than the memory that a job may have; and without summaries no torch."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from tests.e2e.jobs import Server
from tests.e2e.test_kills import lines

MIB = 1 << 20
LIMIT = """
import resource
now = next(int(line.split()[1]) << 10 for line in open("/proc/self/status") if line.startswith("VmData"))
limit = {limit} or now + {more}
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
"""
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the memory of a process is limited as on Linux"
)


def write_feed(path: Path, size: int) -> int:
    """A feed of so many bytes at least: releases with an attachment of a megabyte each, which passes through."""
    attachment = "ภาพ" * (MIB // 9)
    count = 0
    with path.open("wb") as file:
        while file.tell() < size:
            for line in lines(count, 40, f"r{count}-"):
                if line.startswith(b"{broken"):
                    file.write(line + b"\n")
                else:
                    file.write(orjson.dumps(orjson.loads(line) | {"attachment": attachment}) + b"\n")
                count += 1
    return count


def test_a_feed_is_not_held_in_memory(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    count = write_feed(feed, 260 * MIB)
    setup = LIMIT.format(limit=0, more=130 * MIB)
    with Server() as server:
        code, _ = server.run(feed, tmp_path / "out", setup=setup, summaries=False)
        held = f"from pathlib import Path; Path({str(feed)!r}).read_bytes()"
        assert server.run(feed, tmp_path / "held", setup=setup + held, summaries=False)[0] == 1, "no limit is no test"
    assert code == 0
    report = orjson.loads((tmp_path / "out" / "report.json").read_bytes())
    assert report["input"] == count == report["kept"] + report["removed"] + report["quarantined"]


@pytest.mark.slow
def test_a_feed_ten_times_the_memory(tmp_path: Path) -> None:
    """All of a process, Python and the compiled code included (300 MiB of it), in 440 MiB; the feed has ten times that."""
    feed = tmp_path / "feed.jsonl"
    count = write_feed(feed, 4401 * MIB)
    with Server() as server:
        setup = LIMIT.format(limit=440 * MIB, more=0)
        code, _ = server.run(feed, tmp_path / "out", setup=setup, summaries=False)
    assert code == 0
    report = orjson.loads((tmp_path / "out" / "report.json").read_bytes())
    assert report["input"] == count == report["kept"] + report["removed"] + report["quarantined"]
    feed.unlink()
    (tmp_path / "out" / "kept.jsonl").unlink()


def test_without_summaries_torch_is_not_loaded(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(b"\n".join(lines(1, 10, "a")))
    code = (
        "import sys, obecsum\n"
        f"obecsum.clean({str(feed)!r}, {str(tmp_path / 'out')!r}, summaries=False, index={str(tmp_path / 'i.db')!r})\n"
        "print(sorted({'torch', 'transformers', 'pyarrow', 'numba'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
