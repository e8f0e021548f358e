"""Writing rows as CSV, Parquet and RSS, and reading them again."""

from __future__ import annotations

import csv
import errno
import io
from pathlib import Path
from typing import IO, Any

import feedparser
import orjson
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import obecsum
from obecsum.core.errors import InputError, OptionError, OutputError
from obecsum.feeds.formats.csv_table import harmless_cell, original_cell
from obecsum.feeds.write.columns import MAX_COLUMNS, Columns
from obecsum.feeds.write.rows import rows_of
from obecsum.feeds.write.writers import WRITE_FORMATS, check_formats, convert, export, open_writer

ROWS: list[dict[str, Any]] = [
    {
        "id": "a",
        "title": "เปิด “ศูนย์” & <b>อบรม</b>",
        "text": "ย่อหน้าแรก\nบรรทัดสอง\n\nย่อหน้าสอง ]]> 5 < 6 & 7",
        "published": "2024-07-01",
        "url": "https://www.example.go.th/1?a=1&b=2",
        "category": "การศึกษา",
        "links": [{"rel": "enclosure", "href": "https://a.th/p.jpg", "type": "image/jpeg", "length": "5"}],
        "cut": [{"kind": "repeat", "start": 0, "end": 5, "text": "ก"}],
        "summary": "สรุปข่าว",
        "views": 12,
        "supported": True,
    },
    {
        "id": "../../b\x1b[31m",
        "title": None,
        "text": '=HYPERLINK("http://evil.example","คลิก")',
        "published": "2024-07-02T09:30:00+07:00",
        "url": "javascript:alert(1)",
        "extra": {"ลึก": [1, {"a": None}]},
        "cut": [],
        "summary": None,
        "views": None,
        "supported": False,
    },
    {
        "id": "c",
        "title": "+66 2000 0000",
        "text": "\tแท็บ\r\nข้าม\x00\x0b\ufffe😀",
        "published": None,
        "url": None,
        "views": 3,
    },
]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "kept.jsonl"
    path.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in ROWS))
    return path


def write(rows: Path, to: str) -> Path:
    target = rows.with_name(f"out.{to}" if to != "rss" else "out.xml")
    assert export(rows, target, to) == len(ROWS)
    return target


def test_csv_has_the_fields_in_their_order_and_runs_nothing(rows: Path) -> None:
    target = write(rows, "csv")
    assert target.read_bytes().startswith(b"\xef\xbb\xbfid,title,text,published,url,")
    with target.open(encoding="utf-8-sig", newline="") as file:
        header, *found = csv.reader(file)
    assert header == [
        *(
            "id",
            "title",
            "text",
            "published",
            "url",
            "extra",
            "category",
            "links",
            "cut",
            "summary",
            "views",
            "supported",
        )
    ]
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in found for cell in row)
    assert found[1][2] == '\'=HYPERLINK("http://evil.example","คลิก")'
    assert orjson.loads(found[0][header.index("cut")]) == ROWS[0]["cut"]
    assert orjson.loads(found[1][header.index("extra")]) == ROWS[1]["extra"]
    assert [row[header.index("supported")] for row in found] == ["true", "false", ""]
    again = list(obecsum.read(target))
    assert [(release.id, release.title, release.text, release.url) for release in again] == [
        (row["id"], row["title"], row["text"], row["url"]) for row in ROWS
    ]


def test_parquet_gives_every_value_back(rows: Path) -> None:
    target = write(rows, "parquet")
    types = {field.name: str(field.type) for field in pyarrow.parquet.read_schema(target)}
    assert types["text"] == types["cut"] == "string"
    assert (types["views"], types["supported"]) == ("int64", "bool")
    for release, row in zip(obecsum.read(target), ROWS, strict=True):
        assert (release.id, release.title, release.text, release.url) == (
            row["id"],
            row["title"],
            row["text"],
            row["url"],
        )
        for name, value in release.extra.items():
            assert value == row.get(name), name


def test_rss_is_what_a_reader_shows(rows: Path) -> None:
    target = write(rows, "rss")
    parsed = feedparser.parse(io.BytesIO(target.read_bytes()))
    assert not parsed.bozo
    assert (parsed.version, parsed.feed.title, parsed.feed.language) == ("rss20", "obecsum: out.xml", "th")
    assert parsed.feed.link == "https://www.example.go.th/"
    first, second, third = parsed.entries
    assert (first.id, first.link) == ("a", "https://www.example.go.th/1?a=1&b=2")
    assert first.published == "Mon, 01 Jul 2024 00:00:00 +0700"
    assert first.summary == "<p>สรุปข่าว</p>"
    assert first.content[0].value == "<p>ย่อหน้าแรก<br />บรรทัดสอง</p><p>ย่อหน้าสอง ]]&gt; 5 &lt; 6 &amp; 7</p>"
    assert first.tags[0].term == "การศึกษา"
    assert first.enclosures[0].href == "https://a.th/p.jpg"
    assert second.published_parsed[:5] == (2024, 7, 2, 2, 30)
    assert "link" not in second or second.link != "javascript:alert(1)"
    assert "\x1b" not in target.read_text(encoding="utf-8")
    assert third.title == "+66 2000 0000"
    again = list(obecsum.read(target))
    assert [release.id for release in again] == ["a", "../../b\ufffd[31m", "c"]
    assert again[0].text == ROWS[0]["text"]
    assert again[0].title == ROWS[0]["title"]
    assert again[1].text == ROWS[1]["text"]
    assert [release.published for release in again] == ["2024-07-01T00:00+07:00", "2024-07-02T09:30+07:00", None]


@pytest.mark.parametrize("to", WRITE_FORMATS)
def test_the_same_rows_give_the_same_bytes_and_none_give_a_file(rows: Path, to: str) -> None:
    first = write(rows, to).read_bytes()
    assert write(rows, to).read_bytes() == first
    rows.write_bytes(b"")
    assert export(rows, rows.with_name("empty"), to) == 0
    assert sorted(path.name for path in rows.parent.iterdir() if path.name.startswith(".")) == []


@pytest.mark.parametrize("to", WRITE_FORMATS)
def test_a_writer_of_rows(tmp_path: Path, to: str) -> None:
    path = tmp_path / "feed.out"
    path.write_bytes(b"before")
    with open_writer(path, to) as writer:
        for row in ROWS:
            writer.write(row)
        assert path.read_bytes() == b"before"
    kind = {"rss": "rss", "parquet": "parquet", "csv": "csv", "jsonl": "jsonl"}[to]
    assert [release.id[:1] for release in obecsum.read(path, input_format=kind)] == ["a", ".", "c"]
    whole = path.read_bytes()
    with pytest.raises(OutputError, match="is closed"):
        writer.write({})

    def fail() -> None:
        with open_writer(path, to) as writer:
            writer.write({"id": "x"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_bytes() == whole
    assert [entry.name for entry in tmp_path.iterdir()] == ["feed.out"]


class _Full(io.BytesIO):
    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("to", WRITE_FORMATS)
def test_a_full_disk_leaves_what_was_there(rows: Path, to: str, monkeypatch: pytest.MonkeyPatch) -> None:
    target = rows.with_name("out")
    target.write_bytes(b"before")
    real = Path.open

    def full(self: Path, mode: str = "r", *args: Any, **options: Any) -> IO[Any]:
        return _Full() if "w" in mode and "partial" in self.name else real(self, mode, *args, **options)

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(OutputError, match="No space left"):
        export(rows, target, to)
    assert target.read_bytes() == b"before"


def test_formats_are_checked_before_reading(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    check_formats(WRITE_FORMATS)
    with pytest.raises(OptionError, match="jsonl, csv, parquet, rss, got 'xml'"):
        check_formats(("xml",))
    with pytest.raises(OptionError, match="twice"):
        check_formats(("csv", "csv"))
    monkeypatch.setattr("obecsum.feeds.write.writers.find_spec", lambda name: None)
    with pytest.raises(OptionError, match=r"pip install obecsum\[parquet\]"):
        check_formats(("parquet",))
    (tmp_path / "bad.jsonl").write_bytes(b"[]\n")
    with pytest.raises(InputError, match="line 1 is no JSON object"):
        convert(tmp_path / "bad.jsonl", tmp_path / "x.csv", "csv")
    with pytest.raises(InputError, match="cannot be read"):
        convert(tmp_path / "missing.jsonl", tmp_path / "x.csv", "csv")
    with pytest.raises(OutputError, match="could not be written"):
        convert(tmp_path / "bad.jsonl", tmp_path / "no" / "x.csv", "csv")


def test_columns_of_rows_with_names_of_their_own() -> None:
    columns = Columns()
    columns.add(["id", "text", "z"])
    columns.add(["id", "title", "text", "a", "z"])
    assert columns.names == ["id", "title", "text", "a", "z"]
    columns.add(f"n{number}" for number in range(MAX_COLUMNS))
    assert len(columns.names) == MAX_COLUMNS + 1
    assert columns.names[-1] == "other_fields"
    values = columns.values({"id": 1, "n999": "ข", "n998": None})
    assert values[columns.names.index("id")] == 1
    assert orjson.loads(values[-1]) == {"n999": "ข", "n998": None}


@given(st.text(alphabet="'=+-@\t\rก1", max_size=6))
def test_cells_are_made_harmless_and_come_back(cell: str) -> None:
    assert not harmless_cell(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert original_cell(harmless_cell(cell)) == cell


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("กab\n,", max_size=3), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["id", "text", "ก", "=x", "n", ""]), JSON, max_size=5), max_size=5))
def test_any_rows_are_written_in_every_format(
    tmp_path_factory: pytest.TempPathFactory, found: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    for to in WRITE_FORMATS:
        with open_writer(folder / to, to) as writer:
            for row in found:
                writer.write(row)
    assert list(rows_of(folder / "jsonl")) == found
    assert not feedparser.parse(io.BytesIO((folder / "rss").read_bytes())).bozo
    table = pyarrow.parquet.read_table(folder / "parquet")
    assert (table.num_rows if table.num_columns else 0) in (len(found), 0)
