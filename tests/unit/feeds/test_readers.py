"""Reading feeds of every format, compressed or not, good and bad."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from obecsum.core.errors import InputError, OptionError
from obecsum.feeds.formats.json_array import read_json
from obecsum.feeds.read import plan_sources, read, read_entries
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.record import Quarantined, ReadEntry, Record

ROWS = [
    {"id": "a", "title": "ข่าวหนึ่ง", "text": "เนื้อข่าวหนึ่ง\nบรรทัดสอง", "date": "2024-07-01", "ผู้เขียน": "สมชาย"},
    {"id": "b", "title": 'เปิด "ศูนย์", ใหม่', "text": "เนื้อข่าวสอง; มีจุลภาค, และ\tแท็บ", "date": "2024-07-02", "ผู้เขียน": ""},
]


def entries(feed: str | Path, **options: Any) -> list[ReadEntry]:
    fields = FieldMap()
    return [entry for source in plan_sources(feed, **options) for entry in read_entries(source, fields)]


def bad(feed: str | Path, **options: str) -> list[Quarantined]:
    return [entry for entry in entries(feed, **options) if isinstance(entry, Quarantined)]


def good(feed: str | Path, **options: str) -> list[Record]:
    return [entry for entry in entries(feed, **options) if isinstance(entry, Record)]


def jsonl(rows: list[dict[str, str]]) -> bytes:
    return b"".join(orjson.dumps(row) + b"\n" for row in rows)


def table(delimiter: str) -> bytes:
    import csv

    file = io.StringIO()
    writer = csv.DictWriter(file, list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return file.getvalue().encode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("feed.jsonl", jsonl(ROWS)),
        ("feed.json", orjson.dumps(ROWS)),
        ("feed.json", orjson.dumps(ROWS, option=orjson.OPT_INDENT_2)),
        ("feed.json", jsonl(ROWS)),
        ("feed.json", b"\n".join(orjson.dumps(row, option=orjson.OPT_INDENT_2) for row in ROWS)),
        ("feed.csv", table(",")),
        ("feed.csv", table(";")),
        ("feed.tsv", table("\t")),
        ("feed.data", jsonl(ROWS)),
        ("feed.data", table("|")),
        ("feed.csv", b"\xef\xbb\xbf" + table(",")),
        ("feed.jsonl", b"\xef\xbb\xbf" + jsonl(ROWS)),
        ("feed.json", b"\xef\xbb\xbf" + orjson.dumps(ROWS)),
    ],
)
def test_every_format_gives_the_same_releases(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    releases = list(read(path))
    assert [(r.id, r.title, r.text, r.published) for r in releases] == [
        (r["id"], r["title"], r["text"], r["date"]) for r in ROWS
    ]
    assert [r.extra["ผู้เขียน"] for r in releases] == ["สมชาย", ""]


COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    ".xz": lzma.compress,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".zst": zstandard.compress,
    ".none": bytes,
}


@pytest.mark.parametrize("suffix", list(COMPRESSORS))
def test_compression_is_told_by_content(tmp_path: Path, suffix: str) -> None:
    for name in (f"feed.jsonl{suffix}", "feed.jsonl"):
        path = tmp_path / name
        path.write_bytes(COMPRESSORS[suffix](jsonl(ROWS)))
        assert [release.id for release in read(path)] == ["a", "b"]


@pytest.mark.parametrize("suffix", [".xz", ".gz", ".bz2", ".zst"])
@pytest.mark.parametrize("damage", ["short", "flipped"])
def test_damaged_compression_is_told_not_swallowed(tmp_path: Path, suffix: str, damage: str) -> None:
    rows = [{"id": str(number), "text": f"ข่าวที่ {number} " + "ก" * (number % 97)} for number in range(800)]
    data = COMPRESSORS[suffix](jsonl(rows))
    if damage == "flipped":
        data = data[:-200] + bytes(byte ^ 0xFF for byte in data[-200:-100]) + data[-100:]
    path = tmp_path / f"feed.jsonl{suffix}"
    path.write_bytes(data[: len(data) // 2] if damage == "short" else data)
    with pytest.raises(InputError, match=r"feed\.jsonl.*(ends early|is damaged)"):
        list(read(path))


def test_two_zstandard_frames(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl.zst"
    path.write_bytes(zstandard.compress(jsonl(ROWS[:1])) + zstandard.compress(jsonl(ROWS[1:])))
    assert [release.id for release in read(path)] == ["a", "b"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (jsonl(ROWS), lzma.compress(jsonl(ROWS)), orjson.dumps(ROWS), table(",")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert [release.id for release in read("-")] == ["a", "b"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "\xe0\xb8\x81"}\n')))
    assert next(iter(read("-"))).id == "stdin:1"


def test_folder_of_text_files(tmp_path: Path) -> None:
    (tmp_path / "feed" / "sub").mkdir(parents=True)
    (tmp_path / "feed" / "b.txt").write_text("หัวข้อ ข\n\nเนื้อ ข", encoding="utf-8")
    (tmp_path / "feed" / "a.txt.xz").write_bytes(lzma.compress("หัวข้อ ก\nเนื้อ ก".encode()))
    (tmp_path / "feed" / "sub" / "c.TXT").write_text("ก" * 300, encoding="utf-8")
    (tmp_path / "feed" / "empty.txt").write_bytes(b"")
    (tmp_path / "feed" / ".hidden.txt").write_text("ซ่อน", encoding="utf-8")
    (tmp_path / "feed" / "notes.md").write_text("ไม่ใช่", encoding="utf-8")
    found = good(tmp_path / "feed")
    assert [(e.release.id, e.release.title) for e in found] == [("a", "หัวข้อ ก"), ("b", "หัวข้อ ข"), ("c", None)]
    assert found[1].release.text == "หัวข้อ ข\n\nเนื้อ ข"
    assert [(q.source, q.kind) for q in bad(tmp_path / "feed")] == [("feed/empty.txt", "no text")]


BAD_LINES = [
    (b"{", "no JSON"),
    (b"nonsense", "no JSON"),
    (b'{"text": NaN}', "no text"),
    (b'{"text": "a"} {"text": "b"}', "no JSON"),
    (b"[" * 5000, "no JSON"),
    (b'["a"]', "no object"),
    (b"5", "no object"),
    (b"null", "no object"),
    (b'"a"', "no object"),
    (b"{}", "no text"),
    (b'{"text": null}', "no text"),
    (b'{"text": ""}', "no text"),
    (b'{"text": {"a": 1}}', "no text"),
    (b'{"text": " \\n\\u00a0\\u200b"}', "only white space"),
    (b'{"text": "\xff\xfe"}', "invalid UTF-8"),
    ("ข่าว".encode("tis-620"), "no JSON"),
    ('{"text": "ข่าวด้วน'.encode()[:-1], "invalid UTF-8"),
    (b'{"text": "caf\xe9"}', "invalid UTF-8"),
    (b'{"text": "a", "x": ' + b"[" * 300 + b"]" * 300 + b"}", "too deep"),
    (b'{"text": "a", "x": [' + b"9" * 5000 + b"]}", "no JSON"),
    (b'{"text": "\\ud83d"}', "lone surrogates"),
    (b'{"text": "\xed\xa0\xbd"}', "lone surrogates"),
    (b'{"text": "a", "x": "\\udc00"}', "lone surrogates"),
]


def test_bad_lines_are_quarantined_with_place_bytes_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    ok = '{"text": "ข่าวดี"}'.encode()
    path.write_bytes(b"".join(ok + b"\n" + line + b"\r\n" + b"\n" for line, _ in BAD_LINES) + ok)
    data = path.read_bytes()
    quarantined = bad(path)
    assert [entry.kind for entry in quarantined] == [kind for _, kind in BAD_LINES]
    assert len(good(path)) == len(BAD_LINES) + 1
    for number, (entry, (line, _)) in enumerate(zip(quarantined, BAD_LINES, strict=True)):
        assert (entry.source, entry.line) == ("feed.jsonl", 3 * number + 2)
        assert entry.raw == line
        assert data[entry.byte_offset :].startswith(line)
        assert base64.b64decode(entry.to_json()["raw_base64"]) == line
    assert [e.release.id for e in good(path)][:2] == ["feed.jsonl:1", "feed.jsonl:4"]


def test_two_values_of_one_name_are_told(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    lines = [
        '{"id": "1", "text": "หนึ่ง", "text": "สอง"}',
        '{"id": "2", "text": "หนึ่ง", "text" : "หนึ่ง"}',
        '{"id": "3", "text": "เขียน \\"a\\": 1", "more": {"a": [{"b": 1, "b": 2}]}}',
        '{"id": "4", "text": "เขียน {\\"a\\": 1}", "more": {"a": {"b": 1}}}',
        '{"id" :"5","text":"หนึ่ง","id"\t: "6"}',
        '{"id": "7", "text": "\\u0022\\u003a \\":", "n": 1, "n": 2}',
        '{"id": "8", "text": "ก", "n": 1, "top": Infinity, "n": 2}',
        '{"id": "9", "text": "ก\\u0022:", "n": 1, "\\u006e": 1}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    bad: list[Quarantined] = []
    assert [release.id for release in read(path, on_quarantine=bad.append)] == ["2", "4", "9"]
    assert [(one.line, one.reason) for one in bad] == [
        (1, "one name twice: the record has two values of 'text'"),
        (3, "one name twice: the record has two values of 'b'"),
        (5, "one name twice: the record has two values of 'id'"),
        (6, "one name twice: the record has two values of 'n'"),
        (7, "one name twice: the record has two values of 'n'"),
    ]


def test_fields_pass_through_untouched(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(
        b'{"z": 123456789012345678901234567890, "text": "a", "a": [1.5, {"b": null}], "\\u0000": "\\u0000"}'
    )
    extra = good(path)[0].release.extra
    assert list(extra) == ["z", "a", "\x00"]
    assert extra["z"] == 123456789012345678901234567890


def test_large_and_odd_texts_are_read(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    texts = ["ก", "hello", "ก" * 1_700_000, "a\x00b"]
    path.write_bytes(jsonl([{"text": text} for text in texts]))
    assert [release.text for release in read(path)] == texts
    as_table = tmp_path / "feed.csv"
    as_table.write_bytes(b"text\n" + b"".join(text.encode() + b"\n" for text in texts))
    assert [release.text for release in read(as_table)] == texts


def test_empty_feeds_have_no_records(tmp_path: Path) -> None:
    for name, data in [("e.jsonl", b""), ("e.json", b"[]"), ("e.json", b" [\n] "), ("e.csv", b""), ("e.csv", b"id,text\r\n"),
                       ("e.txt", b""), ("e.jsonl", b"\n\n \n"), ("e.jsonl", b"\xef\xbb\xbf\r\n"), ("e.jsonl.gz", gzip.compress(b"")), ("e", b"")]:  # fmt: skip
        (tmp_path / name).write_bytes(data)
        assert entries(tmp_path / name) == [], name


@pytest.mark.parametrize(
    ("data", "ids", "kinds"),
    [
        (b'[{"id":"a","text":"x"},\n {"id":"b"}, 5, {"id":"c","text":"y"}]', ["a", "c"], ["no text", "no object"]),
        (b'[{"id":"a","text":"x"},{"id":"b","text":]}, {"id":"c","text":"y"}]', ["a", "c"], ["no JSON"]),
        (b'[{"id":"a","text":"x"},{"id":"c","text":"y"},]', ["a", "c"], []),
        (b'[{"id":"a","text":"x"},,{"id":"c","text":"y"}]', ["a", "c"], []),
        (b'[{"id":"a","text":"x"} {"id":"c","text":"y"}]', ["a", "c"], []),
        (b'[{"id":"a","text":"x"} 5 {"id":"c","text":"y"}]', ["a"], ["no JSON"]),
        (b'[{"id":"a","text":"x"},{"id":"c","text":"y"}', ["a", "c"], ["no JSON"]),
        (b'[{"id":"a","text":"x"},{"id":"c","te', ["a"], ["no JSON"]),
        (b'[{"id":"a","text":"x"}] tail', ["a"], ["no JSON"]),
        (b'[{"id":"a]","text":"x\\"}],["},{"id":"b","text":"[{"}]', ["a]", "b"], []),
        (b'{\n"id":"a","text":"x"}\n5\n{\n"id":"b","text":"y"}', ["a", "b"], ["no object"]),
    ],
)
def test_json_arrays_lose_nothing(tmp_path: Path, data: bytes, ids: list[str], kinds: list[str]) -> None:
    path = tmp_path / "feed.json"
    path.write_bytes(data)
    assert [entry.release.id for entry in good(path)] == ids
    assert [entry.kind for entry in bad(path)] == kinds
    for entry in bad(path):
        assert data[entry.byte_offset :].startswith(entry.raw)


class _Dribble(io.RawIOBase):
    """Gives a few bytes a time, as a slow pipe does."""

    def __init__(self, data: bytes, step: int) -> None:
        self._data = data
        self._step = step

    def read(self, size: int = -1) -> bytes:
        chunk, self._data = self._data[: self._step], self._data[self._step :]
        return chunk


@settings(deadline=None)
@given(
    st.lists(st.fixed_dictionaries({"text": st.text(min_size=1, alphabet='กa"\\[]{},\n ')}), max_size=5),
    st.integers(1, 40),
)
def test_arrays_do_not_depend_on_how_they_arrive(rows: list[dict[str, str]], step: int) -> None:
    data = orjson.dumps(rows, option=orjson.OPT_INDENT_2)
    fields = FieldMap()
    whole = list(read_json(io.BytesIO(data), source="f", fields=fields))
    dribbled = list(read_json(_Dribble(data, step), source="f", fields=fields))  # type: ignore[arg-type]
    assert whole == dribbled
    assert len(whole) == len(rows)
    for entry in whole:
        assert data[entry.byte_offset : entry.byte_offset + 1] == b"{"
        assert data[: entry.byte_offset].count(b"\n") + 1 == entry.line


def test_csv_keeps_what_it_cannot_use(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_bytes(b'id,text\r\n1,"one\r\ntwo"\r\n2,\xe0\xb8\r\n3,a,b\r\n4\r\n\r\n5,""\r\n6,"open\r\n7,seven\r\n')
    assert [(e.release.id, e.release.text, e.line) for e in good(path)] == [("1", "one\r\ntwo", 2), ("7", "seven", 10)]
    found = [(entry.kind, entry.line, entry.raw) for entry in bad(path)]
    assert found == [
        ("invalid UTF-8", 4, b"2,\xe0\xb8"),
        ("no row", 5, b"3,a,b"),
        ("no text", 6, b"4"),
        ("no text", 8, b'5,""'),
        ("no row", 9, b'6,"open'),
    ]
    data = path.read_bytes()
    assert all(data[entry.byte_offset :].startswith(entry.raw) for entry in bad(path))


def test_tsv_in_which_headlines_begin_with_quotes(tmp_path: Path) -> None:
    path = tmp_path / "feed.tsv"
    path.write_text('title\ttext\n"สพฐ." ผนึกกำลัง\tเนื้อหา\n"คำ\tอื่น\n', encoding="utf-8")
    assert [(release.title, release.text) for release in read(path)] == [('"สพฐ." ผนึกกำลัง', "เนื้อหา"), ('"คำ', "อื่น")]


def test_a_table_without_a_text_column_is_told(tmp_path: Path) -> None:
    path = tmp_path / "feed.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"'a', 'b'.*--field text=COLUMN"):
        list(read(path))
    assert [release.text for release in read(path, fields={"text": "b"})] == ["2"]


def test_refused_before_reading(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.jsonl does not exist"):
        read(tmp_path / "missing.jsonl")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"no \.txt or \.html files: it is empty"):
        read(tmp_path / "empty")
    (tmp_path / "empty" / "a.jsonl").write_bytes(b"")
    with pytest.raises(InputError, match=r"1 other files \(\.jsonl\)"):
        read(tmp_path / "empty")
    (tmp_path / "a.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(InputError, match=r"\.xls is not read: save it as \.xlsx or CSV"):
        read(tmp_path / "a.xls")
    with pytest.raises(OptionError, match=r"the delimiter must be one sign .*, got 'ab'"):
        read("-", delimiter="ab")
    with pytest.raises(
        OptionError, match="jsonl, json, csv, tsv, spreadsheet, parquet, arrow, rss, html, text, got 'xml'"
    ):
        read("-", input_format="xml")
    with pytest.raises(OptionError, match=r"must be one of utf-8, utf-16, .*, got 'latin-1'.*let the bytes decide"):
        read("-", encoding="latin-1")
    with pytest.raises(InputError, match="given twice"):
        plan_sources(["-", "-"])
    with pytest.raises(OptionError, match="no feed"):
        plan_sources([])
    with pytest.raises(InputError):
        read("nul\x00byte.jsonl")


def test_sources_of_one_name_are_named_apart(tmp_path: Path) -> None:
    paths = [tmp_path / "x" / "feed.jsonl", tmp_path / "y" / "feed.jsonl"]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(jsonl([{"text": "ก"}]))
    sources = plan_sources(paths)
    assert len({source.name for source in sources}) == 2


def test_what_is_set_aside_is_told(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b'{"text": "a"}\n{}\n')
    with pytest.warns(UserWarning, match=r"1 of 2 records could not be used \(the first: feed\.jsonl line 2: no text"):
        assert len(list(read(path))) == 1
    collected: list[Quarantined] = []
    assert len(list(read(path, on_quarantine=collected.append))) == 1
    assert collected[0].line == 2


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_a_traceback(data: bytes) -> None:
    for reader in ("jsonl", "json", "csv"):
        from obecsum.feeds.formats.csv_table import read_csv
        from obecsum.feeds.formats.jsonl import read_jsonl

        fields = FieldMap()
        stream = io.BytesIO(data)
        if reader == "csv":
            try:
                list(read_csv(stream, source="f", fields=fields))
            except InputError:
                continue
        else:
            read_one = read_jsonl if reader == "jsonl" else read_json
            found = list(read_one(stream, source="f", fields=fields))
            if reader == "jsonl":
                assert len(found) == sum(bool(line.strip()) for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))
