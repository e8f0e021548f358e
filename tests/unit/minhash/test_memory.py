"""Arrays that grow by parts: same values on every path, and no memory for what was not written."""

import mmap
from pathlib import Path

import numpy as np
import pytest

from obecsum.minhash import memory as growing
from obecsum.minhash.memory import Growing, fleeting, give_back

STATUS = Path("/proc/self/status")
MIB = 1 << 20


def resident_mib() -> float:
    lines = STATUS.read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def grown(num_parts: int, columns: int | None) -> np.ndarray:
    rows = Growing(columns)
    for number in range(num_parts):
        part = np.arange(1000 * (columns or 1), dtype=np.uint32) + np.uint32(number)
        rows.append(part.reshape(-1, columns) if columns else part)
    return rows.done()


@pytest.mark.parametrize("columns", [None, 16])
@pytest.mark.parametrize("num_parts", [0, 1, 7, 300, 4500])
def test_holds_every_part_in_order(columns: int | None, num_parts: int) -> None:
    if columns and num_parts > 300:
        num_parts //= 16
    found = grown(num_parts, columns)
    assert found.shape == (1000 * num_parts, *([columns] if columns else []))
    assert found.dtype == np.uint32
    for number in range(num_parts):
        part = found[1000 * number : 1000 * (number + 1)].ravel()
        assert (part == np.arange(len(part), dtype=np.uint32) + np.uint32(number)).all()


def test_is_copied_where_a_system_cannot_move_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    class Fixed(mmap.mmap):
        def resize(self, size: int) -> None:
            tried.append(size)
            raise SystemError("mmap: resizing not available--no mremap()")

    monkeypatch.setattr(mmap, "mmap", Fixed)
    found = grown(20_000, None)
    assert len(tried) >= 3  # it grew, and was cut to its size
    assert found.shape == (20_000_000,)
    assert (found[::1000] == np.arange(20_000)).all()


@pytest.mark.skipif(not STATUS.exists(), reason="memory is read from /proc")
def test_takes_no_memory_beside_its_rows() -> None:
    part = np.ones((64, 128), dtype=np.uint32)
    rows = Growing(128)
    for _ in range(100):
        rows.append(part)
    before = resident_mib()
    for _ in range(2500):
        rows.append(part)
    size = 2500 * part.nbytes / MIB
    assert size == pytest.approx(78, abs=1)
    assert resident_mib() - before < 1.15 * size
    found = rows.done()
    assert found.shape == (2600 * 64, 128)
    del found, rows
    assert resident_mib() - before < 0.15 * size


@pytest.mark.skipif(not STATUS.exists(), reason="memory is read from /proc")
def test_fleeting_memory_is_taken_when_written_and_goes_at_once() -> None:
    before = resident_mib()
    values = fleeting(64 * MIB, np.uint32)
    assert values.shape == (64 * MIB,)
    assert resident_mib() - before < 8
    values[: 8 * MIB] = 1
    assert not values[8 * MIB : 8 * MIB + 1000].any()
    assert 30 < resident_mib() - before < 48
    del values
    assert resident_mib() - before < 8


def test_an_empty_fleeting_array() -> None:
    assert fleeting(0, np.int64).shape == (0,)


def test_giving_back_is_for_large_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(growing, "_trim", lambda: asked.append)
    give_back(1000)
    assert asked == []
    give_back(1 << 30)
    assert asked == [0]


def test_giving_back_does_nothing_with_another_allocator(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    def no_library(_: object) -> None:
        raise OSError("no such library")

    growing._trim.cache_clear()
    monkeypatch.setattr(ctypes, "CDLL", no_library)
    give_back(1 << 30)
    growing._trim.cache_clear()


@pytest.mark.parametrize("size", [1000, 6 << 20])
def test_cut_rows_are_written_over(size: int) -> None:
    rows = Growing()
    rows.append(np.arange(size, dtype=np.uint32))
    rows.cut(10)
    rows.rows[0] = 77
    rows.append(np.array([5, 6], dtype=np.uint32))
    assert rows.rows.tolist() == [77, *range(1, 10), 5, 6]
    assert rows.done().tolist() == [77, *range(1, 10), 5, 6]
