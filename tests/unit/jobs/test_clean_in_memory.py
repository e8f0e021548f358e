"""``obecsum.clean`` of records in memory, and its results without an output folder."""

from __future__ import annotations

import datetime
import decimal
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest

import obecsum
from obecsum.core.errors import EmptyFeedError, InputError, OptionError
from obecsum.core.serialize import json_line

A = "กระทรวงศึกษาธิการเปิดรับสมัครครูผู้ช่วย จำนวน 120 อัตรา ระหว่างวันที่ 3-9 มิถุนายน 2567 ที่สำนักงานเขตพื้นที่การศึกษาทั่วประเทศ"
B = "กรมชลประทานแจ้งเตือนประชาชนริมแม่น้ำเจ้าพระยา ให้เฝ้าระวังระดับน้ำที่จะเพิ่มขึ้นอีก 30 เซนติเมตร ในสัปดาห์หน้า"
TEXTS = [A, None, B, A]


def clean(feed: Any, **options: Any) -> Any:
    return obecsum.clean(feed, summaries=False, **options)


def pandas_frame(texts: list[str | None]) -> Any:
    pandas = pytest.importorskip("pandas")
    when = pandas.date_range("2024-06-03", periods=len(texts), tz="Asia/Bangkok")
    frame = {"body": texts, "when": when, "n": range(len(texts)), "cut": "own", "tags": [[1, "a"]] * len(texts)}
    return pandas.DataFrame(frame, index=[7, 7, 8, 9][: len(texts)])


def polars_frame(texts: list[str | None]) -> Any:
    polars = pytest.importorskip("polars")
    dates = [datetime.date(2024, 6, 3)] * len(texts)
    return polars.DataFrame({"text": texts, "when": dates, "n": list(range(len(texts))), "cut": ["own"] * len(texts)})


def arrow_table(texts: list[str | None]) -> Any:
    pyarrow = pytest.importorskip("pyarrow")
    large = pyarrow.array(texts, pyarrow.large_string())
    return pyarrow.table({"content": large, "n": pyarrow.array(range(len(texts)), pyarrow.int8())})


def hub_dataset(texts: list[str | None]) -> Any:
    return pytest.importorskip("datasets").Dataset.from_dict({"text": texts, "n": list(range(len(texts)))})


TABLES: list[Callable[[list[str | None]], Any]] = [pandas_frame, polars_frame, arrow_table, hub_dataset]


def columns(table: Any) -> list[str]:
    return list(table.column_names if hasattr(table, "column_names") else table.columns)


def test_what_dedupe_takes_is_cleaned_and_given_back() -> None:
    records: list[Any] = [{"body": A, "id": 4, "n": 1}, None, obecsum.Release("r", B, extra={"n": 2}), A]
    result = clean(records)
    assert [(row["id"], row["text"], row.get("n")) for row in result.kept] == [("4", A, 1), ("r", B, 2)]
    assert [(row["id"], row["kept_id"], row["relation"]) for row in result.removed] == [("row:3", "4", "duplicate")]
    assert result.quarantined == [{"index": 1, "reason": "no text: the row is None"}]
    assert result.possible == []
    assert result.kept_indices == [0, 2]
    assert result.select(records) == [records[0], records[2]]
    assert result.report.input == 4 == result.report.kept + result.report.removed + result.report.quarantined
    assert result.duplicate_ratio == pytest.approx(1 / 3)
    assert repr(result) == "CleanResult(2 kept, 1 removed, 1 quarantined)"


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_given_back_as_one(table: Callable[[list[str | None]], Any]) -> None:
    given = table(TEXTS)
    result = clean(given)
    for found, rows in ((result.kept, 2), (result.removed, 1), (result.possible, 0), (result.quarantined, 1)):
        assert type(found) is type(given)
        assert len(found) == rows
        assert "id" in columns(found) or "reason" in columns(found)
    assert len(result.select(given)) == 2
    kept = result.kept
    assert [str(text) for text in (kept["text"].to_pylist() if hasattr(kept, "schema") and hasattr(kept["text"], "to_pylist") else list(kept["text"]))] == [A, B]  # fmt: skip
    assert len(clean(table([])).kept) == 0
    assert "text" in columns(clean(table([])).kept)


def test_own_columns_of_a_table_keep_their_types_and_labels() -> None:
    frame = pandas_frame(TEXTS)
    kept = clean(frame).kept
    assert list(kept.index) == [7, 8]
    assert kept["when"].dtype == frame["when"].dtype
    assert kept["when"].tolist() == [frame["when"].iloc[0], frame["when"].iloc[2]]
    assert kept["n"].dtype == frame["n"].dtype
    assert kept["tags"].tolist() == [[1, "a"], [1, "a"]]
    assert kept["cut"].tolist() == [[], []]  # ours; theirs is beside it
    assert kept["input_cut"].tolist() == ["own", "own"]
    polars = pytest.importorskip("polars")
    schema = clean(polars_frame(TEXTS)).kept.schema
    assert (schema["when"], schema["n"], schema["cut"]) == (polars.Date, polars.Int64, polars.String)
    pyarrow = pytest.importorskip("pyarrow")
    assert clean(arrow_table(TEXTS)).kept.schema.field("n").type == pyarrow.int8()


@pytest.mark.parametrize("shape", [tuple, iter, lambda texts: np.array(texts, dtype=object)])
def test_what_is_no_table_becomes_dicts(shape: Callable[[list[str | None]], Any]) -> None:
    result = clean(shape(TEXTS))
    assert [row["id"] for row in result.kept] == ["row:0", "row:2"]
    assert result.kept_indices == [0, 2]


def test_it_says_the_same_as_files_do(tmp_path: Path) -> None:
    """The records of the examples, once from a file and once from memory."""
    records = [
        {
            "id": str(n),
            "title": f"ข่าวที่ {n}",
            "text": text,
            "date": "7/15/2567" if n else "7/6/2567",
            "n": n * 10**20,
            "x": "<b>",
        }
        for n, text in enumerate([f"<p>{A}</p><p>อ่านต่อ&nbsp;คลิก</p>", B, f"{B} ครั้งที่ 2"])
    ]
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"".join(map(json_line, records)))
    of_file, of_memory = clean(str(path)), clean(records)
    assert of_file.kept == of_memory.kept
    assert of_file.removed == of_memory.removed
    assert of_memory.kept[0]["published"] == "2024-07-06"  # its column has the month first
    clean(records, out=tmp_path / "out")
    lines = (tmp_path / "out" / "kept.jsonl").read_bytes().splitlines()
    assert [orjson.loads(line)["id"] for line in lines] == [row["id"] for row in of_memory.kept]


def test_with_a_folder_a_report_is_given_and_the_same_call_changes_nothing(tmp_path: Path) -> None:
    first = clean(TEXTS, out=tmp_path / "out")
    assert (first.input, first.kept, first.removed, first.quarantined) == (4, 2, 1, 1)
    assert orjson.loads((tmp_path / "out" / "quarantine.jsonl").read_bytes())["line"] == 1
    assert clean(TEXTS, out=tmp_path / "out").already_done
    with pytest.raises(obecsum.core.errors.OutputExistsError):
        clean([*TEXTS, B], out=tmp_path / "out")
    dry = clean(TEXTS, dry_run=True)
    assert isinstance(dry, obecsum.Report)
    assert [row["id"] for row in dry.removals] == ["row:3"]


def test_files_are_cleaned_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text(f'{{"id": "a", "text": "{A}"}}\n{{"id": "b", "text": "{A}"}}\nno JSON\n', encoding="utf-8")
    for feed in (str(path), path, [str(path)], [path]):
        result = clean(feed)
        assert [row["id"] for row in result.kept] == ["a"]
        assert (result.quarantined[0]["source"], result.quarantined[0]["line"]) == ("feed.jsonl", 3)
        with pytest.raises(OptionError, match="kept_indices goes by rows of records in memory, and files were given"):
            _ = result.kept_indices
        with pytest.raises(OptionError, match=r"select\(\) goes by rows"):
            result.select([1, 2, 3])
        pytest.importorskip("pandas")
        assert list(result.to_pandas()["decision"]) == ["kept", "removed"]


def test_what_became_of_each_row() -> None:
    pandas = pytest.importorskip("pandas")
    frame = clean(TEXTS).to_pandas()
    assert list(frame["decision"]) == ["kept", "quarantined", "kept", "removed"]
    assert frame["kept_index"].tolist() == [pandas.NA, pandas.NA, pandas.NA, 0]
    assert list(clean([{"text": A, "date": "2024-01-01"}, {"text": B, "date": "2024-07-01"}], since="2024-06-01").to_pandas().index) == [1]  # fmt: skip
    assert len(clean(iter([])).to_pandas()) == 0


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    clean(TEXTS)
    clean(TEXTS, dry_run=True)
    with pytest.raises(TypeError):
        clean([A, 5])
    with pytest.raises(EmptyFeedError, match=r"none of the 2 records .* name the field .* fields=\{'text': ...\}"):
        clean([{"titel": A}, None])
    assert list(tmp_path.iterdir()) == []


def test_what_json_has_no_word_for() -> None:
    odd = {
        "text": np.str_(A),
        "money": decimal.Decimal("1.10"),
        "at": datetime.datetime(2024, 7, 1, 9, 30),
        "numbers": np.arange(2),
        "half": np.float32(0.5),
        "none": float("nan"),
        "endless": float("inf"),
        "set": {"b", "a"},
        "huge": 10**30,
        "deep": {1: {"x": float("nan")}},
    }
    (kept,) = clean([odd]).kept
    assert {name: kept[name] for name in odd} == {
        "text": A,
        "money": "1.10",
        "at": "2024-07-01T09:30:00",
        "numbers": [0, 1],
        "half": 0.5,
        "none": None,
        "endless": "inf",
        "set": ["a", "b"],
        "huge": 10**30,
        "deep": {"1": {"x": None}},
    }
    for value in (b"x", object(), [bytearray(b"x")]):
        with pytest.raises(TypeError, match=r"feed\[1\]\['x'\] is of type .*, which JSON.* leave the field out"):
            clean([A + " ก", {"text": A, "x": value}])
    nested: list[Any] = []
    nested.append(nested)
    with pytest.raises(TypeError, match="more than 100 lists or dicts"):
        clean([{"text": A, "x": nested}])


def test_rows_that_cannot_be_used_are_quarantined_with_their_number() -> None:
    rows = [{"text": 5}, {"text": A}, obecsum.Release("e", " "), f"{B}\ud800", obecsum.Release("s", f"{B}\udfff"), ""]
    assert [(row["index"], row["reason"].partition(":")[0]) for row in clean(rows).quarantined] == [
        (0, "no text"),
        (2, "no text"),
        (3, "lone surrogates"),
        (4, "lone surrogates"),
        (5, "no text"),
    ]


def test_a_release_is_taken_as_it_is() -> None:
    release = obecsum.Release("r", f"5 &lt; 6 <p>{B}</p>", None, "2024-07-01", source="moe", extra={"headline": "ก"})
    (kept,) = clean([release]).kept
    assert (kept["text"], kept["title"], kept["input_headline"]) == (release.text, None, "ก")


def test_sources_of_records_are_preferred() -> None:
    same = [{"id": "1", "text": A, "source": "x"}, {"id": "2", "text": A, "source": "y"}]
    for records in (same, [obecsum.Release(row["id"], row["text"], source=row["source"]) for row in same]):
        assert [row["id"] for row in clean(records, prefer_sources=["y"]).kept] == ["2"]


@pytest.mark.parametrize(
    ("feed", "options", "error", "says"),
    [
        ([], {}, OptionError, "no feed was given"),
        (["ประชุม", "ข่าว"], {}, OptionError, r"words without spaces, 'ประชุม' for one, .* texts as dicts"),
        ([__file__, f"{A} ก"], {}, OptionError, "names of files or texts, not both: number 0, .* number 1"),
        (["nowhere.csv"], {}, InputError, "nowhere.csv does not exist"),
        (["s3://bucket/feed.csv"], {}, InputError, "is a URL"),
        ([f"{A} ก"], {"input_format": "csv"}, OptionError, "input_format says how files are read"),
        ([f"{A} ก"], {"to": ["csv"]}, OptionError, r"to=\['csv'\] writes files; name the folder for them with out"),
        ({"text": [A]}, {}, TypeError, "for columns, pass pandas.DataFrame"),
        ({"text": A}, {}, TypeError, r"did you mean \[record\]"),
        (obecsum.Release("a", A), {}, TypeError, r"did you mean \[release\]"),
        ([A, Path("x")], {}, InputError, r"\(\d+ characters\) is a text"),
    ],
)
def test_what_it_cannot_take_is_told(feed: Any, options: Any, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        clean(feed, **options)


def test_a_table_without_a_text_is_told() -> None:
    frame = pandas_frame(TEXTS).rename(columns={"body": "topic"})
    with pytest.raises(InputError, match="feed has no column that holds the text: its columns are 'topic', 'when'"):
        clean(frame)
    assert len(clean(frame, fields={"text": "topic"}).kept) == 2
