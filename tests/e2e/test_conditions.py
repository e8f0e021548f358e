"""Real trouble: two jobs on one index, a full disk, a folder that cannot be written, an index that is damaged or new."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import obecsum
from obecsum.core.errors import OutputError, StoreBusyError, StoreError
from obecsum.index.index import Index, entry_of
from obecsum.index.tools import check
from obecsum.jobs.state.folder import WORK_NAME
from tests.e2e.jobs import outcome
from tests.e2e.test_kills import lines, texts


@contextmanager
def file_system(folder: Path, size: str) -> Iterator[Path]:
    """A small file system of its own; skips where none can be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if not sys.platform.startswith("linux") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system is not permitted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def remount(folder: Path, option: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{option}", str(folder)], check=True)


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b"\n".join(lines(1, 40, "a")))
    return path


def fill(index: Path, count: int = 60) -> None:
    with Index(index) as opened:
        opened.add(obecsum.Release(f"old{number}", text) for number, text in enumerate(texts(9, count)))


HOLDER = """
import sys, time
from obecsum.index.index import Index
with Index(sys.argv[1]) as index, index.file.writing():
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@contextmanager
def held(index: Path, seconds: float) -> Iterator[None]:
    """Another process that writes to an index."""
    command = [sys.executable, "-c", HOLDER, str(index), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield
        process.kill()


def test_a_second_job_waits_or_says_who_is_in_the_way(feed: Path, tmp_path: Path) -> None:
    index = tmp_path / "feed.db"
    fill(index)
    with held(index, 600):
        begin = time.monotonic()
        with pytest.raises(StoreBusyError, match=r"is in use by another obecsum; wait until it has ended"):
            obecsum.clean(feed, tmp_path / "out", summaries=False, index=index, index_wait_s=0.3)
        assert 0.2 < time.monotonic() - begin < 30
        assert not (tmp_path / "out").exists()
        with Index(index, is_readonly=True) as opened:
            assert opened.match(obecsum.Release("copy", next(texts(9, 1))))[0].id == "old0", "reading goes on"
    with held(index, 1.0):
        report = obecsum.clean(feed, tmp_path / "out", summaries=False, index=index, index_wait_s=120)
    assert report.index is not None
    assert report.index["added"] == report.kept > 0
    assert check(index) == []


def test_two_jobs_in_one_folder(feed: Path, tmp_path: Path) -> None:
    work = tmp_path / "out" / WORK_NAME
    work.mkdir(parents=True)
    from obecsum.jobs.state.store import Store

    store = Store(work / "store.db")
    try:
        with pytest.raises(OutputError, match="another obecsum works in"):
            obecsum.clean(feed, tmp_path / "out", summaries=False)
    finally:
        store.close()
    assert obecsum.clean(feed, tmp_path / "out", summaries=False).kept > 0


def test_a_disk_that_is_full_when_the_index_grows(feed: Path, tmp_path: Path) -> None:
    expected_index = tmp_path / "expected.db"
    fill(expected_index)
    with file_system(tmp_path / "small", "64m") as small:
        index = small / "feed.db"
        shutil.copy(expected_index, index)
        (small / "ballast").write_bytes(bytes(shutil.disk_usage(small).free - 8192))
        entries = sorted(path.name for path in small.iterdir())
        with pytest.raises(StoreError, match=r"No space left on device; it is as it was before; make room"):
            obecsum.clean(feed, tmp_path / "out", summaries=False, index=index)
        assert sorted(path.name for path in small.iterdir()) == entries
        assert check(index) == []
        with Index(index, is_readonly=True) as opened:
            assert len(opened) == 60
        (small / "ballast").unlink()
        again = obecsum.clean(feed, tmp_path / "out", summaries=False, index=index)
        assert again.kept + again.removed + again.quarantined == again.input
        shutil.copy(index, tmp_path / "feed.db")
    found = outcome(tmp_path / "out", tmp_path / "feed.db")
    obecsum.clean(feed, tmp_path / "expected", summaries=False, index=expected_index)
    expected = outcome(tmp_path / "expected", expected_index)
    for name in ("kept.jsonl", "removed.jsonl", "quarantine.jsonl", "index"):
        assert found[name] == expected[name]


def test_a_disk_that_is_full_while_a_job_works(feed: Path, tmp_path: Path) -> None:
    with file_system(tmp_path / "small", "160k") as small:
        with pytest.raises(OutputError, match=r"No space left on device.*make room"):
            obecsum.clean(feed, small / "out", summaries=False)
        remount(small, "size=64m")
        obecsum.clean(feed, small / "out", summaries=False)
        found = outcome(small / "out")
    obecsum.clean(feed, tmp_path / "out", summaries=False)
    assert found == outcome(tmp_path / "out")


def test_a_folder_that_cannot_be_written(feed: Path, tmp_path: Path) -> None:
    with file_system(tmp_path / "small", "8m") as small:
        index = small / "feed.db"
        fill(index)
        remount(small, "ro")
        with pytest.raises(OutputError, match="Read-only file system"):
            obecsum.clean(feed, small / "out", summaries=False)
        with pytest.raises(StoreError, match=r"cannot be opened for writing.*may be written"):
            obecsum.clean(feed, tmp_path / "out", summaries=False, index=index)
        with pytest.raises(StoreError, match=r"cannot be opened for writing"):
            obecsum.clean(feed, tmp_path / "out", summaries=False, index=small / "new.db")
        assert not (tmp_path / "out").exists()
        assert obecsum.clean(feed, None, summaries=False, index=index, dry_run=True).kept > 0, (
            "a dry run writes nothing"
        )


def test_an_index_that_cannot_be_used_is_refused_before_reading(feed: Path, tmp_path: Path) -> None:
    index = tmp_path / "feed.db"
    fill(index)
    newer = tmp_path / "newer.db"
    shutil.copy(index, newer)
    db = sqlite3.connect(newer)
    db.execute("PRAGMA user_version = 3")
    db.close()
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"\0" * 100 + index.read_bytes()[100:])
    cut = tmp_path / "cut.db"
    cut.write_bytes(index.read_bytes()[:20_000])
    for path, message in ((newer, "made by a newer obecsum"), (broken, "damaged or no index"), (feed, "no index")):
        before = path.read_bytes()
        with pytest.raises(StoreError, match=message):
            obecsum.clean(feed, tmp_path / "out", summaries=False, index=path)
        assert path.read_bytes() == before
        assert not (tmp_path / "out").exists()
    with pytest.raises(StoreError):
        obecsum.clean(feed, tmp_path / "out", summaries=False, index=cut)


def test_a_killed_writer_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    index = tmp_path / "feed.db"
    fill(index)
    code = (
        "import os, signal, sys\nfrom obecsum.index.index import Index, entry_of, entry_sketches\nfrom obecsum import Release\n"
        "index = Index(sys.argv[1])\nindex.file.db.execute('PRAGMA cache_size = 10')\n"
        "with index.file.writing():\n"
        "    entries = [entry_of(Release(f'n{n}', f'ข่าวที่ {n} ' * 400)) for n in range(300)]\n"
        "    index.insert([entry.stored for entry in entries], sketches=entry_sketches(entries))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(index)], check=False).returncode == -9
    assert check(index) == []
    with Index(index) as opened:
        assert len(opened) == 60
        assert opened.add([obecsum.Release("one", "อีกข่าวหนึ่ง")]) == 1
        assert opened.entry(60) == entry_of(obecsum.Release("one", "อีกข่าวหนึ่ง"))


def test_an_unknown_model_is_told_at_once(feed: Path, tmp_path: Path) -> None:
    code = (
        "import sys, time, obecsum\nfrom obecsum.core.errors import ModelError\n"
        "try:\n    obecsum.clean(sys.argv[1], sys.argv[2], model='someone/some-model')\n"
        "except ModelError as error:\n    print(error)\n"
        "print('torch' in sys.modules)\n"
    )
    # Nobody listens there, as where there is no network.
    environment = os.environ | {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HUB_OFFLINE": "0", "HF_HOME": str(tmp_path)}
    command = [sys.executable, "-c", code, str(feed), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=20, check=True)
    assert "no model 'someone/some-model' on this machine" in done.stdout
    assert done.stdout.strip().endswith("False"), "PyTorch is not loaded for it"
    assert not (tmp_path / "out").exists()
