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

import orjson
import pytest

import obecsum
from obecsum.core.errors import OutputError, StoreBusyError, StoreError
from obecsum.index.index import Index, entry_of
from obecsum.index.rescue import check
from obecsum.jobs.state.folder import OWN_FILES, WORK_NAME
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
    """The second is refused and touches nothing of the first: not what it spooled of its standard input, either."""
    command = [sys.executable, "-m", "obecsum", "clean", "-", "--out", str(tmp_path / "out"), "--no-summaries"]
    work = tmp_path / "out" / WORK_NAME
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as first:
        assert first.stdin is not None
        first.stdin.write(feed.read_bytes()[:1000])
        first.stdin.flush()
        while not (work / "new-input-0").exists():
            assert first.poll() is None
            time.sleep(0.01)
        before = sorted(work.iterdir())
        second = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        assert (second.returncode, "another obecsum works in" in second.stderr) == (2, True), second.stderr
        with pytest.raises(OutputError, match="another obecsum works in"):
            obecsum.clean(feed, tmp_path / "out", summaries=False, overwrite=True)
        assert sorted(work.iterdir()) == before
        _, err = first.communicate(feed.read_bytes()[1000:], timeout=120)
    assert first.returncode == 0, err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(OWN_FILES)
    obecsum.clean(feed, tmp_path / "expected", summaries=False)
    kept = [orjson.loads(line)["text"] for line in (tmp_path / "out" / "kept.jsonl").read_bytes().splitlines()]
    expected = (tmp_path / "expected" / "kept.jsonl").read_bytes().splitlines()
    assert kept == [orjson.loads(line)["text"] for line in expected]


def test_a_job_that_waits_for_the_index_keeps_the_folder_and_its_input(feed: Path, tmp_path: Path) -> None:
    """Two feeds with one folder: the second does not replace what the first is about to write."""
    index = tmp_path / "feed.db"
    fill(index)
    other = tmp_path / "other.jsonl"
    other.write_bytes(b"\n".join(lines(5, 10, "b")))
    with held(index, 600):
        command = [sys.executable, "-m", "obecsum", "clean", "-", "--out", str(tmp_path / "out"), "--no-summaries"]
        command += ["--index", str(index), "--index-wait", "120"]
        with subprocess.Popen(command, stdin=feed.open("rb"), stderr=subprocess.PIPE) as first:
            while not (tmp_path / "out" / WORK_NAME / "lock").exists():
                assert first.poll() is None
                time.sleep(0.01)
            time.sleep(0.3)
            with pytest.raises(OutputError, match="another obecsum works in"):
                obecsum.clean(other, tmp_path / "out", summaries=False, index=index, overwrite=True)
            first.terminate()
            first.communicate()
    assert obecsum.clean(other, tmp_path / "out", summaries=False, index=index).kept > 0


def test_a_dry_run_that_fails_early_touches_nothing_of_the_temporary_folder(tmp_path: Path) -> None:
    code = (
        "import os, sys, obecsum\n"
        "planted = os.path.join(sys.argv[1], f'obecsum-{os.getpid()}')\n"
        "os.symlink(sys.argv[2], planted)\n"
        "try:\n    obecsum.clean(sys.argv[3], None, dry_run=True, summaries=False)\n"
        "except obecsum.core.errors.ObecsumError as error:\n    print(error)\n"
    )
    (tmp_path / "shared").mkdir()
    (tmp_path / "treasure").mkdir()
    (tmp_path / "treasure" / "gold").write_bytes(b"gold")
    feed = tmp_path / "feed.jsonl.gz"
    feed.write_bytes(b"no gzip")
    arguments = [str(tmp_path / "shared"), str(tmp_path / "treasure"), str(feed)]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"TMPDIR": str(tmp_path / "shared")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "could be used" in done.stdout
    assert [path.name for path in (tmp_path / "treasure").iterdir()] == ["gold"]
    assert len(list((tmp_path / "shared").iterdir())) == 1, "nothing is left but what was there"


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
