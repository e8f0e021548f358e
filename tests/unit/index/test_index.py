"""The index: what it finds, what it remembers, and what it refuses."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest

import obecsum
from obecsum import Index, Release
from obecsum.cleaning.boilerplate import Boilerplate
from obecsum.core.errors import InputError, ObecsumError, OptionError, StoreError
from obecsum.index.index import IndexEntry, entry_of, entry_sketches
from obecsum.index.lookup import value_codes
from obecsum.index.postings import Postings, band_hashes, postings_of, sample_hashes
from obecsum.index.rescue import check, repair
from obecsum.index.store import pack_text, unpack_text
from obecsum.index.tools import compact, export, forget, import_entries, show
from obecsum.minhash.signatures import Sketches

LEAD = "วันนี้ ({day} ธ.ค. 67) เวลา 09.30 น. กรมตัวอย่างรายงานผลการลงทะเบียนครั้งที่ {number}/2567 มีผู้ลงทะเบียนแล้ว {count} ราย "
BODY = (
    "โดยผู้ลงทะเบียนส่วนใหญ่อยู่ในภาคกลางและภาคตะวันออกเฉียงเหนือ รองลงมาคือภาคเหนือและภาคใต้ตามลำดับ ซึ่งเป็นไปตามเป้าหมายที่วางไว้ "
    "สำหรับผู้ที่ยังไม่ได้ลงทะเบียน สามารถดำเนินการได้ที่สำนักงานทุกแห่งทั่วประเทศ หรือผ่านทางเว็บไซต์ของหน่วยงานตลอดเวลา "
    "ทั้งนี้ ขอให้ตรวจสอบเอกสารหลักฐานให้ครบถ้วนก่อนยื่นคำขอ เพื่อความรวดเร็วในการให้บริการแก่ประชาชนทุกท่าน"
)
MORE = (
    "\nนอกจากนี้ ยังมีเจ้าหน้าที่คอยให้คำแนะนำ ณ จุดบริการเคลื่อนที่ในชุมชนที่ห่างไกล พร้อมรถรับส่งผู้สูงอายุและผู้พิการโดยไม่คิดค่าใช้จ่าย "
    "และจัดอาสาสมัครช่วยกรอกแบบฟอร์มสำหรับผู้ที่อ่านหนังสือไม่สะดวก รวมทั้งเตรียมน้ำดื่มและที่นั่งพักไว้รองรับอย่างเพียงพอ"
)


def release(name: str, day: int = 13, number: int = 8, count: str = "46,067", extra: str = "") -> Release:
    text = LEAD.format(day=day, number=number, count=count) + BODY + extra
    return Release(name, text, "รายงานผลการลงทะเบียน", f"2024-12-{day:02d}")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feed.db"


def relations(index: Index, new: Release) -> list[tuple[str, str]]:
    return [(match.id, match.comparison.relation) for match in index.match(new)]


def test_it_tells_a_copy_from_an_update(path: Path) -> None:
    with Index(path) as index:
        assert index.add([release("a"), Release("b", "ข่าวอื่นของกรมป่าไม้ เรื่องไฟป่าในภาคเหนือ จำนวน 12 จุด")]) == 2
        assert len(index) == 2
        assert relations(index, release("copy")) == [("a", "duplicate")]
        assert relations(index, release("next", 14, 9, "46,391")) == [("a", "update")]
        assert relations(index, release("longer", extra=MORE)) == [("a", "contained")]
        assert relations(index, Release("x", "เรื่องที่ไม่มีใครพูดถึงมาก่อนเลยในที่ใด")) == []
        assert relations(index, Release("x", " ")) == []
        match = index.match(release("next", 14, 9, "46,391"))[0]
        assert match.published == "2024-12-13"
        assert ("46,391 ราย", "46,067 ราย") in [(change.before, change.after) for change in match.comparison.changes]


def test_a_release_is_no_copy_of_itself(path: Path) -> None:
    with Index(path) as index:
        assert index.add([release("a"), release("a")]) == 1
        assert index.add([release("a")]) == 0
        assert index.match(release("a")) == []
        assert relations(index, release("a", extra=MORE)) == [("a", "contained")]
        assert index.add([release("a", extra=MORE)]) == 1
        assert index.number_of("a#2") == 1
        assert relations(index, release("a")) == [("a#2", "contained")]


def test_it_remembers_when_it_is_opened_again(path: Path) -> None:
    with Index(path) as index:
        index.add([release("a", extra=" ๑๒๓ \u200b และ 😀")])
    with Index(path, is_readonly=True) as index:
        assert len(index) == 1
        assert index.entry(0) == entry_of(release("a", extra=" ๑๒๓ \u200b และ 😀"))
        assert relations(index, release("b", extra=" 123 และ 😀")) == [("a", "duplicate")]
        with pytest.raises(StoreError, match=r"cannot be opened for writing.*readonly"):
            index.add([release("c")])


def test_fixed_boilerplate_changes_no_sketch(path: Path) -> None:
    page = Release("p", "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-" + release("a").text + "\nพิมพ์\nไม่มีความคิดเห็น:", "รายงานผลการลงทะเบียน")
    assert (entry_sketches([entry_of(page)]).signatures == entry_sketches([entry_of(release("a"))]).signatures).all()
    with Index(path) as index:
        index.add([release("a")])
        assert relations(index, page) == [("a", "duplicate")]


def test_what_feeds_repeat_is_remembered(path: Path) -> None:
    first = Boilerplate(100, {"ติดต่อกรม": 40}, {}, False)
    second = Boilerplate(10, {"ติดต่อกรม": 4, "โทร.1111": 9}, {"กรม-": 8}, True)
    with Index(path) as index:
        with index.file.writing():
            index.learn(first)
            index.learn(second)
        found = index.boilerplate
    assert (dict(found.lines), dict(found.prefixes)) == ({"ติดต่อกรม": 40, "โทร.1111": 9}, {"กรม-": 8})
    assert found.has_page_dates


def structure(path: Path) -> list[str]:
    """What `check` finds but that the sketches of this test are not those of the texts."""
    return [one for one in check(path) if "sketch" not in one and "broken" not in one and "cannot be found" not in one]


def test_all_is_found_while_segments_merge(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(7)
    merges: list[int] = []
    real = Postings._merge

    def counted(self: Postings, *arguments: Any, **options: Any) -> Any:
        merges.append(1)
        return real(self, *arguments, **options)

    monkeypatch.setattr(Postings, "_merge", counted)
    signatures = generator.integers(0, 2**32 - 1, (700, 128), dtype=np.uint32)
    samples = generator.integers(0, 2**32 // 48, (700, 20), dtype=np.uint32)
    samples.sort(axis=1)
    sketches = Sketches(signatures, samples.ravel(), np.arange(701, dtype=np.int64) * 20)
    with Index(path) as index:
        for begin in range(0, 700, 7):
            rows = np.arange(begin, begin + 7)
            entries = [
                IndexEntry(str(row), str(row), None, None, f"t{row}", row.to_bytes(16, "big")) for row in rows.tolist()
            ]
            with index.file.writing():
                index.insert([entry.stored for entry in entries], sketches=sketches.take(rows))
        assert len(merges) > 10
        assert show(path)["segments"] < 16
        assert index.lookup(sketches).tolist() == [[row, row] for row in range(700)]
        half = sketches.signatures.copy()
        half[:, 64:] = generator.integers(0, 2**32 - 1, (700, 64), dtype=np.uint32)
        other = Sketches(half, np.empty(0, dtype=np.uint32), np.zeros(701, dtype=np.int64))
        assert len(index.lookup(other)) == 700
    assert structure(path) == []
    assert forget(path, ids=[str(row) for row in range(0, 700, 2)]) == 350
    assert structure(path) == []
    before, after = compact(path)
    assert after < before
    with Index(path) as index:
        assert index.lookup(sketches)[:, 1].tolist() == list(range(1, 700, 2))
    assert structure(path) == []
    assert show(path)["segments"] == 1


def test_hashes_and_postings() -> None:
    signatures = np.arange(256, dtype=np.uint32).reshape(2, 128)
    bands = band_hashes(signatures)
    assert bands.shape == (2, 32)
    assert len(np.unique(bands)) == 64
    assert int(bands.max()) < 1 << 36
    same = np.tile(np.arange(4, dtype=np.uint32), (1, 32))
    assert len(np.unique(band_hashes(same))) == 32, "the same values in two bands are two hashes"
    samples = np.array([1, 2, 3], dtype=np.uint32)
    bounds = np.array([0, 1, 3])
    found = postings_of(signatures, samples, bounds, 5)
    assert (np.diff(found.astype(object)) > 0).all()
    assert np.bincount((found & np.uint64((1 << 28) - 1)).astype(int)).tolist() == [0] * 5 + [33, 34]
    assert {int(value) >> 28 for value in found} >= set(sample_hashes(samples).tolist())
    empty = np.full((1, 128), 0xFFFFFFFF, dtype=np.uint32)
    assert len(postings_of(empty, samples[:0], np.zeros(2, dtype=np.int64), 0)) == 0


@pytest.mark.parametrize("text", ["ข่าว", "ข่าว “ก” – …", "😀 ข่าว\u200b", "", "\0\n\t", "a" * 10_000])
def test_texts_are_packed_and_unpacked(text: str) -> None:
    for title in (None, "หัวข้อ", "😀"):
        assert unpack_text(pack_text(title, text)) == (title, text)


def test_forget_by_date(path: Path) -> None:
    with Index(path) as index:
        index.add([release("a", 13), release("b", 20, 9, "46,500"), Release("c", "ไม่มีวันที่ในข่าวนี้เลย")])
    assert forget(path, before="20 ธันวาคม 2567", dry_run=True) == 1
    assert len(Index(path)) == 3
    assert forget(path, before="2024-12-20") == 1
    with Index(path) as index:
        assert [index.number_of(name) for name in "abc"] == [None, 1, 2]
        assert relations(index, release("copy")) == [("b", "update")]
        assert index.add([release("a")]) == 1
        assert index.number_of("a") == 3, "a number is never given again"
    with pytest.raises(OptionError, match="nothing says what to forget"):
        forget(path)
    with pytest.raises(OptionError, match="before must be a date such as"):
        forget(path, before="last week")
    with pytest.raises(StoreError, match="does not exist"):
        forget(path.with_name("none.db"), ids=["a"])


def test_export_and_import(path: Path, tmp_path: Path) -> None:
    with Index(path) as index:
        index.add([release("a"), release("a", extra=MORE), release("b", 14, 9, "46,391", extra=" 😀")])
        with index.file.writing():
            index.learn(Boilerplate(3, {"ติดต่อกรม": 3}, {}, True))
    out = tmp_path / "entries.jsonl.xz"
    assert export(path, out) == 3
    other = tmp_path / "other.db"
    assert import_entries(other, out) == 3
    assert import_entries(other, out) == 0
    with Index(path) as first, Index(other) as second:
        assert [first.entry(n) for n in range(3)] == [second.entry(n) for n in range(3)]
        assert second.boilerplate == first.boilerplate
        assert relations(second, release("copy")) == relations(first, release("copy"))
    assert check(other) == []
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes('{"id": "z", "text": "ข่าวจากฟีดธรรมดา"}\n'.encode())
    assert import_entries(other, feed) == 1
    feed.write_bytes(b'{"id": "y", "text": "x"}\nbroken\n')
    with pytest.raises(InputError, match="line 2 cannot be imported: no JSON"):
        import_entries(other, feed)
    assert len(Index(other)) == 4


def test_show(path: Path) -> None:
    with Index(path) as index:
        index.add([release("a"), release("b", 14, 9, "46,391")])
    found = show(path)
    assert (found["entries"], found["oldest"], found["newest"], found["segments"]) == (2, "2024-12-13", "2024-12-14", 1)
    assert found["bytes"] == found["bytes_text"] + found["bytes_rest"] == os.path.getsize(path)
    assert (found["scheme"], found["num_perm"], found["seed"], found["shingle_size"]) == ("affine32", 128, 1, 5)


def test_it_refuses_what_does_not_fit(path: Path, tmp_path: Path) -> None:
    with Index(path) as index:
        index.add([release("a")])
    db = sqlite3.connect(path)
    db.execute("UPDATE meta SET value = REPLACE(value, 'affine32', 'sha1') WHERE name = 'settings'")
    db.commit()
    with pytest.raises(
        StoreError, match=r"scheme 'sha1', and this obecsum makes them with 'affine32'.*cannot be mixed"
    ):
        Index(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreError, match=r"newer obecsum \(format 99, this one knows 2\); update obecsum"):
        Index(path)
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE t (x)")
    with pytest.raises(StoreError, match="no index of obecsum but another SQLite file"):
        Index(other)
    text = tmp_path / "text.db"
    text.write_bytes(b"no database at all, but long enough to be taken for one" * 100)
    with pytest.raises(StoreError, match="is damaged or no index"):
        Index(text)
    with pytest.raises(StoreError, match="there is no folder"):
        Index(tmp_path / "none" / "feed.db")
    with pytest.raises(OptionError, match="min_jaccard must be in"):
        Index(tmp_path / "new.db", min_jaccard=80)


def test_a_damaged_index_is_told_and_not_changed(path: Path) -> None:
    with Index(path) as index:
        index.add([release(str(number), extra=f" ข้อความที่ {number} " * 20) for number in range(300)])
    data = bytearray(path.read_bytes())
    generator = np.random.default_rng(3)
    for offset in generator.integers(len(data) // 4, len(data), 40).tolist():
        data[offset : offset + 64] = b"\xaa" * 64
    path.write_bytes(data)
    assert check(path)
    assert path.read_bytes() == data


def dump(path: Path) -> Any:
    """All that an index holds, whatever page it lies on; what cannot be read as such."""
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    db.text_factory = bytes
    try:
        tables = db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        names = ["entries", "texts", "gone", "jobs", "segments", "blocks", "meta"]
        marks = [
            db.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version", "integrity_check")
        ]
        return tables, marks, [db.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names]
    except sqlite3.Error as error:
        return str(error)
    finally:
        db.close()


def filled(path: Path) -> dict[str, Any]:
    """An index with jobs, removals, renamed ids and merged segments; its entries by their unique ids."""
    with Index(path) as index:
        for job in range(5):
            releases = [release(f"{job}-{n}", extra=f" ข้อความที่ {n} ของ {job} " * 9) for n in range(30)]
            entries = [entry_of(one, series=f"s{n % 4}" if n % 3 else None) for n, one in enumerate(releases)]
            with index.file.writing():
                rows = index.named([one.stored for one in entries])
                index.insert(rows, sketches=entry_sketches(entries), job=f"job{job}")
                index.remember_gone([(f"gone{job}-{n}", bytes([n]) * 16) for n in range(9)], job=f"job{job}")
                index.learn(Boilerplate(10 * job, {f"ติดต่อกรม{job}": 4}, {}, False))
        index.add([release("0-0", extra=" อีกฉบับ")])
    forget(path, ids=["1-1", "gone1-1"])
    with Index(path, is_readonly=True) as index:
        numbers = [row[0] for row in index.file.db.execute("SELECT n FROM entries")]
        return {entry.unique_id: entry for entry in map(index.entry, numbers)}


ROWS = (
    "UPDATE entries SET id = 'x' WHERE n = 7",
    "UPDATE entries SET id = x'e0b8' WHERE n = 7",
    "UPDATE entries SET id = CAST(x'e0b8' AS TEXT) WHERE n = 7",
    "UPDATE entries SET unique_id = '0-3' WHERE n = 7",
    "UPDATE entries SET published = x'05' WHERE n = 7",
    "UPDATE entries SET published = '2024-12-14' WHERE n = 7",
    "UPDATE entries SET key = 'text' WHERE n = 7",
    "UPDATE entries SET key = x'00' WHERE n = 7",
    "UPDATE entries SET series = x'ff' WHERE n = 7",
    "UPDATE entries SET series = 'other' WHERE n = 7",
    "UPDATE entries SET job = 99 WHERE n = 7",
    "UPDATE entries SET print = x'00' WHERE n = 7",
    "UPDATE entries SET print = 'text' WHERE n = 7",
    "UPDATE entries SET print = zeroblob(300) WHERE n = 7",
    "UPDATE entries SET n = 268435456 WHERE n = 7",
    "UPDATE entries SET n = -1 WHERE n = 7",
    "INSERT INTO entries SELECT n + 900, id, unique_id, published, key, job, series, print FROM entries WHERE n = 7",
    "DELETE FROM entries WHERE n = 7",
    "DELETE FROM entries",
    "UPDATE texts SET data = x'' WHERE n = 7",
    "UPDATE texts SET data = x'74ff' WHERE n = 7",
    "UPDATE texts SET data = 'text' WHERE n = 7",
    "UPDATE texts SET data = (SELECT data FROM texts WHERE n = 8) WHERE n = 7",
    "DELETE FROM texts WHERE n = 7",
    "DELETE FROM texts",
    "UPDATE gone SET id = 'x' WHERE id = 'gone0-1'",
    "UPDATE gone SET key = 5 WHERE id = 'gone0-1'",
    "DELETE FROM gone WHERE id = 'gone0-1'",
    "UPDATE jobs SET key = 'x' WHERE number = 2",
    "DELETE FROM jobs",
    "UPDATE segments SET bits = 1000000",
    "UPDATE segments SET bits = bits + 1",
    "UPDATE segments SET bits = 'x'",
    "UPDATE segments SET level = level + 1",
    "UPDATE segments SET postings = postings - 1",
    "UPDATE segments SET number = number + 100",
    "DELETE FROM segments",
    "UPDATE blocks SET data = x'00010203' WHERE at = (SELECT MAX(at) FROM blocks)",
    "UPDATE blocks SET data = 'text' WHERE at = (SELECT MAX(at) FROM blocks)",
    "UPDATE blocks SET data = zeroblob(80) WHERE at = (SELECT MAX(at) FROM blocks)",
    "UPDATE blocks SET at = at + 50 WHERE at = (SELECT MAX(at) FROM blocks)",
    "DELETE FROM blocks WHERE at = (SELECT MIN(at) FROM blocks)",
    "UPDATE meta SET value = 'x' WHERE name = 'settings'",
    "UPDATE meta SET value = '[]' WHERE name = 'boilerplate'",
    "UPDATE meta SET value = replace(value, '4', '5') WHERE name = 'boilerplate'",
    "UPDATE meta SET value = 'x' WHERE name = 'next'",
    "UPDATE meta SET value = '3' WHERE name = 'next'",
    "UPDATE meta SET value = '{}' WHERE name = 'sums'",
    "DELETE FROM meta",
    "DROP TABLE texts",
    "DROP TABLE blocks",
    "PRAGMA user_version = 3",
)


def mutated(path: Path, number: int) -> bool:
    """Change an index, by a statement or by bytes; False where that changes nothing of what it holds."""
    before = dump(path)
    if number < len(ROWS):
        db = sqlite3.connect(path)
        db.execute(ROWS[number])
        db.commit()
        db.close()
    else:
        generator = np.random.default_rng(number)
        data = bytearray(path.read_bytes())
        kind = number % 5
        at = int(generator.integers(0 if kind else 20_000, len(data) - 4096))
        if kind == 0:
            data[at] ^= 1 << int(generator.integers(8))
        elif kind == 1:
            data[at : at + 64] = generator.bytes(64)
        elif kind == 2:
            at -= at % 16_384
            data[at : at + 16_384] = bytes(16_384)
        elif kind == 3:
            del data[at:]
        else:
            data[:100] = generator.bytes(100)
        path.write_bytes(data)
    return bool(dump(path) != before)


def test_what_is_damaged_is_named_and_the_rest_is_saved(tmp_path: Path) -> None:
    assert mutations(tmp_path, range(0, len(ROWS) + 30, 5))[0] >= 14


@pytest.mark.slow
def test_all_mutations_are_found(tmp_path: Path) -> None:
    tried, saved_all = mutations(tmp_path, range(len(ROWS) + 30))
    print(f"{tried} mutations, all found; of {saved_all} all entries were saved")
    assert tried >= 60
    assert saved_all >= 25


def mutations(tmp_path: Path, numbers: range) -> tuple[int, int]:
    """No traceback anywhere, `check` finds all, `export` and `repair` save what is whole."""
    whole = tmp_path / "whole.db"
    entries = filled(whole)
    assert check(whole) == []
    tried = saved_all = 0
    for number in numbers:
        path = tmp_path / "feed.db"
        shutil.copy(whole, path)
        if not mutated(path, number):
            continue
        tried += 1
        what = ROWS[number] if number < len(ROWS) else f"bytes {number}"
        damaged = path.read_bytes()
        with contextlib.suppress(StoreError):
            assert check(path), what
        for use in (use_in_a_job, match_all):
            with contextlib.suppress(ObecsumError):
                use(path, tmp_path / f"out-{number}")
            path.write_bytes(damaged)
            path.with_name("feed.db-journal").unlink(missing_ok=True)
        lost: list[str] = []
        try:
            count = export(path, tmp_path / "out.jsonl", on_damaged=lost.append)
        except StoreError:
            continue  # it is no SQLite file any more, or says that it is of another version
        found = [orjson.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().splitlines()[1:]]
        assert count == len(found)
        same = {
            row["unique_id"]
            for row in found
            if row["unique_id"] in entries and row["text"] == entries[row["unique_id"]].text
        }
        assert len(same) >= readable(path, entries), (what, lost)
        saved_all += len(same) == len(entries)
        repaired, copy = repair(path)
        assert len(same) <= repaired <= count, what
        assert check(path) == [], what
        assert copy.read_bytes() == damaged
        copy.unlink()
    return tried, saved_all


def readable(path: Path, entries: dict[str, Any]) -> int:
    """How many rows have id, text and key as they were, looked for one by one."""
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    count = 0
    for entry in entries.values():
        query = "SELECT data, key FROM entries JOIN texts USING (n) WHERE COALESCE(unique_id, id) = ?"
        with contextlib.suppress(sqlite3.Error):
            found = db.execute(query, (entry.unique_id,)).fetchone()
            count += found == (entry.stored.data, entry.key)
    db.close()
    return count


def use_in_a_job(path: Path, out: Path) -> None:
    feed = path.with_name("feed.jsonl")
    rows = [{"id": f"0-{n}", "text": release("x", extra=f" ข้อความที่ {n} ของ 0 " * 9).text} for n in range(30)]
    feed.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    obecsum.clean(feed, out, index=path, summaries=False)


def match_all(path: Path, out: Path) -> None:
    with Index(path) as index:
        index.match(release("y", extra=" ข้อความที่ 3 ของ 0 " * 9))
        index.add([release("new", extra=" ใหม่")])


def test_an_empty_file_is_no_index_that_begins(path: Path) -> None:
    path.touch()
    with pytest.raises(StoreError, match=r"is empty, and no index ever is.*restore it from a copy, or remove it"):
        Index(path)
    assert path.read_bytes() == b""


def test_postings_that_are_gone_are_noticed(path: Path) -> None:
    with Index(path) as index:
        index.add([release("a"), release("b", 14, 9, "46,391")])
        with index.file.writing():
            index.file.db.execute("DELETE FROM blocks")
            index.file.db.execute("DELETE FROM texts WHERE n = 0")
    found = " ".join(check(path))
    assert "1 entries have no text" in found
    assert "1 entries cannot be found" in found
    assert "the rows of texts are not those that were written" in found


def test_a_batch_that_fails_leaves_nothing(path: Path) -> None:
    with Index(path) as index:
        index.add([release("a")])

        def failing() -> None:
            with index.file.writing():
                entry = entry_of(release("b", 14))
                index.insert([entry.stored], sketches=entry_sketches([entry]))
                raise RuntimeError

        with pytest.raises(RuntimeError):
            failing()
        assert len(index) == 1
    assert check(path) == []


def test_it_is_public() -> None:
    assert obecsum.Index is Index


def test_loops_are_the_same_compiled() -> None:
    from obecsum.index import loops as index_loops

    generator = np.random.default_rng(11)
    postings = np.sort(
        generator.integers(0, 60, 900).astype(np.uint64) << np.uint64(28) | np.arange(900, dtype=np.uint64)
    )
    queries = np.sort(generator.integers(0, 64, 80).astype(np.uint64) << np.uint64(28) | np.arange(80, dtype=np.uint64))
    starts = np.array([0, 0, 30, 31, 80])
    values = generator.integers(0, 3, (9, 128)).astype(np.uint16)
    samples, bounds = np.sort(generator.integers(0, 9, (9, 4)).astype(np.uint16), axis=1).ravel(), np.arange(10) * 4
    sizes = np.arange(160)
    given: dict[bool, list[Any]] = {}
    for is_compiled in (False, True):
        join, choose, judge = (
            _compiled_or_not(loop, is_compiled)
            for loop in (index_loops.join_postings, index_loops.choose_pairs, index_loops.judge_pairs)
        )
        counts = np.zeros(80, dtype=np.int64)
        hits: list[int] = []
        begin = 0
        while begin < 80:  # a small buffer, so that it is left and entered again
            out = np.zeros(40, dtype=np.uint64)
            begin, size = join(queries, begin, 80, postings, np.full(80, 20), 2, counts, out)
            hits += out[:size].tolist()
        by_number = (postings >> np.uint64(28)).astype(int)
        asked = (queries >> np.uint64(28)).astype(int)[np.argsort(queries & np.uint64(0xFFF))]
        assert counts.tolist() == [int((by_number == one).sum()) for one in asked]
        found = np.array(sorted(hits), dtype=np.uint64)
        per_query = np.bincount((found >> np.uint64(28)).astype(int), minlength=80)
        assert per_query.tolist() == [count if count <= 20 else 2 for count in counts.tolist()]
        table = np.full(2048, -1, dtype=np.int64)
        pairs = np.zeros(len(found), dtype=np.uint64)
        chosen = choose(found, counts, starts, 10, 4, 3, table, table.copy(), pairs)
        assert (table == -1).all(), "it is left as it was"
        good = np.zeros(81, dtype=bool)
        rows, others = np.divmod(np.arange(81), 9)
        judge(rows, others, values, samples, bounds, values, samples, bounds, 45, sizes // 3, sizes // 2, good)
        assert good.reshape(9, 9).diagonal().all()
        assert 9 < good.sum() < 81
        given[is_compiled] = [hits, pairs[:chosen].tolist(), good.tolist()]
    assert given[False] == given[True]


def _compiled_or_not(function: Any, is_compiled: bool) -> Any:
    from numba import njit

    return njit(function) if is_compiled else function


def test_codes_of_minima_ascend_with_them() -> None:
    values = np.unique(np.concatenate([2 ** np.arange(32), 2 ** np.arange(33) - 1, np.arange(5000), [123_456_789]]))
    codes = value_codes(values.astype(np.uint32)).astype(np.int64)
    assert (np.diff(codes) >= 0).all()
    assert codes[:4096].tolist() == list(range(4096))
    assert int(codes.max()) < 1 << 16
    minima = np.random.default_rng(3).integers(0, 2**21, 4000).astype(np.uint32)
    assert len(np.unique(value_codes(minima))) > 0.5 * len(np.unique(minima))


def test_many_releases_that_share_a_shingle_cost_little_and_the_right_one_is_found(path: Path) -> None:
    generator = np.random.default_rng(5)
    count = 3000
    signatures = generator.integers(0, 2**32 - 1, (count, 128), dtype=np.uint32)
    own = generator.integers(1000, 2**26, (count, 12), dtype=np.uint32)
    crowd = np.tile(np.arange(8, dtype=np.uint32), (count, 1))  # a footer that all have
    samples = np.sort(np.concatenate([crowd, own], axis=1), axis=1)
    sketches = Sketches(signatures, samples.ravel(), np.arange(count + 1, dtype=np.int64) * 20)
    rows = [IndexEntry(str(n), str(n), None, None, f"t{n}", n.to_bytes(16, "big")).stored for n in range(count)]
    with Index(path) as index:
        for begin in range(0, count, 500):
            with index.file.writing():
                index.insert(rows[begin : begin + 500], sketches=sketches.take(np.arange(begin, begin + 500)))
        # Longer releases that hold old ones: other minima, the old ones' samples and as many more.
        held = generator.choice(count, 50, replace=False)
        more = generator.integers(1000, 2**26, (50, 40), dtype=np.uint32)
        longer = np.sort(np.concatenate([samples[held], more], axis=1), axis=1)
        minima = np.where(generator.random((50, 128)) < 1 / 3, signatures[held], signatures[held] // 2)
        new = Sketches(minima.astype(np.uint32), longer.ravel(), np.arange(51, dtype=np.int64) * 60)
        assert index.lookup(new).tolist() == [[row, number] for row, number in enumerate(held.tolist())]


def test_an_older_format_is_told_and_can_be_taken_over(path: Path, tmp_path: Path) -> None:
    with Index(path) as index:
        index.add([release("a"), release("b", 14, 9, "46,391")])
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 1")
    db.close()
    with pytest.raises(StoreError, match=r"older obecsum \(format 1, this one writes 2\).*index export.*index import"):
        Index(path)
    out = tmp_path / "entries.jsonl"
    assert export(path, out) == 2
    assert import_entries(tmp_path / "new.db", out) == 2
    with Index(tmp_path / "new.db") as index:
        assert relations(index, release("copy")) == [("a", "duplicate"), ("b", "update")]


def test_a_batch_of_one_crowd_takes_bounded_memory(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("obecsum.index.postings._MOST_HITS", 1000)
    count = 400
    signatures = np.tile(np.arange(128, dtype=np.uint32), (count, 1))
    signatures[:, 100:] = np.random.default_rng(2).integers(0, 2**32 - 1, (count, 28), dtype=np.uint32)
    sketches = Sketches(signatures, np.empty(0, dtype=np.uint32), np.zeros(count + 1, dtype=np.int64))
    rows = [IndexEntry(str(n), str(n), None, None, f"t{n}", n.to_bytes(16, "big")).stored for n in range(count)]
    with Index(path) as index:
        with index.file.writing():
            index.insert(rows, sketches=sketches)
        hits, counts = index.postings.find(band_hashes(signatures).ravel(), np.full(32 * count, 512))
        assert (counts.reshape(count, 32)[:, :25] == count).all()
        assert len(hits) < 32 * count * 16
        pairs = index.lookup(sketches)
        assert {(n, n) for n in range(count)} <= {(row, number) for row, number in pairs.tolist()}, "itself by its own"
