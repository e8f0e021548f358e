"""Records as callers have them, and results in their shape."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import obecsum
from obecsum.core.errors import InputError, OptionError
from obecsum.feeds.given import given, one_given

A = "กระทรวงศึกษาธิการเปิดรับสมัครครูผู้ช่วย จำนวน 120 อัตรา ระหว่างวันที่ 3-9 มิถุนายน 2567 ที่สำนักงานเขตพื้นที่การศึกษาทั่วประเทศ"
B = "กรมชลประทานแจ้งเตือนประชาชนริมแม่น้ำเจ้าพระยา ให้เฝ้าระวังระดับน้ำที่จะเพิ่มขึ้นอีก 30 เซนติเมตร ในสัปดาห์หน้า"
TEXTS = [A, B, A + " "]


def pandas_frame(texts: list[str]) -> Any:
    pandas = pytest.importorskip("pandas")
    return pandas.DataFrame({"body": texts, "n": range(len(texts))}, index=[7] * len(texts))  # equal labels are no rows


def pandas_series(texts: list[str]) -> Any:
    return pytest.importorskip("pandas").Series(texts)


def polars_frame(texts: list[str]) -> Any:
    return pytest.importorskip("polars").DataFrame({"text": texts, "n": list(range(len(texts)))})


def polars_series(texts: list[str]) -> Any:
    return pytest.importorskip("polars").Series(texts)


def arrow_table(texts: list[str]) -> Any:
    return pytest.importorskip("pyarrow").table({"content": texts})


def hub_dataset(texts: list[str]) -> Any:
    return pytest.importorskip("datasets").Dataset.from_dict({"text": texts})


SHAPES: list[Callable[[list[str]], Any]] = [
    list,
    tuple,
    np.array,
    pandas_frame,
    pandas_series,
    polars_frame,
    polars_series,
    arrow_table,
    hub_dataset,
]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_kept_comes_back_in_the_shape_that_came_in(shape: Callable[[list[str]], Any]) -> None:
    records = shape(TEXTS)
    result = obecsum.dedupe(records)
    (removal,) = result.removed
    assert sorted([*result.kept_indices, removal.index]) == [0, 1, 2]
    assert {removal.index, removal.kept_index} == {0, 2}
    assert isinstance(result.kept, list if shape in (list, tuple) else type(records))
    assert len(result.kept) == 2
    assert result.groups[0].indices == (removal.kept_index, removal.index)
    assert result.duplicate_ratio == pytest.approx(1 / 3)
    assert result.select(["a", "b", "c"]) == ["abc"[row] for row in result.kept_indices]


@pytest.mark.parametrize("shape", [pandas_frame, polars_frame, arrow_table, hub_dataset])
def test_a_table_is_read_as_a_feed_is(shape: Callable[[list[str]], Any]) -> None:
    assert [release.text for release in given(shape(TEXTS)).releases] == TEXTS
    assert [release.id for release in given(shape(TEXTS)).releases] == ["row:0", "row:1", "row:2"]


def test_dicts_releases_and_strings_may_stand_side_by_side() -> None:
    rows = [{"id": 4, "body": A, "published": "3 มิ.ย. 67", "source": "moe"}, obecsum.Release("r", B), A]
    releases = given(rows).releases
    assert [(r.id, r.published, r.source) for r in releases] == [
        ("4", "2024-06-03", "moe"),
        ("r", None, None),
        ("row:2", None, None),
    ]
    assert obecsum.dedupe(rows).kept_indices in ([0, 1], [1, 2])


def test_dates_of_a_table_are_read() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"text": [A, B], "date": [pandas.Timestamp("2024-06-03 09:30"), pandas.NaT]})
    assert [r.published for r in given(frame).releases] == ["2024-06-03T09:30+07:00", None]
    assert given([{"text": A, "date": datetime.date(2024, 6, 3)}]).releases[0].published == "2024-06-03"


def test_rows_without_a_text_are_told_and_move_no_index() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"id": [1, "b", None, 2.5], "text": [None, A, float("nan"), B]})
    result = obecsum.dedupe(frame)
    assert result.kept_indices == [1, 3]
    assert [(row.index, row.reason) for row in result.unusable] == [
        (0, "no text: field 'text' is empty"),
        (2, "no text: field 'text' is empty"),
    ]
    assert list(result.to_pandas()["decision"]) == ["unusable", "kept", "unusable", "kept"]
    assert [row["id"] for row in result.to_dict()["rows"]] == [None, "b", None, "row:3"]


def test_an_iterable_is_read_once() -> None:
    def once() -> Iterator[str]:
        yield from TEXTS

    records = once()
    assert len(obecsum.dedupe(records).kept) == 2
    with pytest.raises(InputError, match="used up before; make it anew, or pass a list"):
        obecsum.dedupe(records)


def test_a_result_is_told_in_a_line() -> None:
    assert repr(obecsum.dedupe(TEXTS)) == "DedupeResult(2 kept, 1 removed)"
    assert repr(obecsum.dedupe([])) == "DedupeResult(0 kept, 0 removed)"
    assert obecsum.dedupe([]).duplicate_ratio == 0


@pytest.mark.parametrize(
    ("records", "error", "says"),
    [
        ("ข่าว", TypeError, r"got one string; did you mean \[text\], or obecsum.read\(path\)"),
        (b"x", TypeError, "got bytes; decode them to str"),
        ({"text": ["ก", "ข"]}, TypeError, "for columns, pass pandas.DataFrame"),
        ({"text": "ก"}, TypeError, r"got one dict; did you mean \[record\]"),
        (None, TypeError, "got NoneType"),
        ([A, 5], TypeError, r"releases\[1\] must be a string, a dict or an obecsum.Release, got int"),
        ([b"x"], TypeError, r"releases\[0\] must be .* got bytes"),
        ([None, {"text": ""}], InputError, "none of the 2 releases can be used; the first: no text: the row is None"),
        ([{"titel": A}], InputError, r"no field any of text, body.*fields=\{'text'"),
    ],
)
def test_what_is_no_records_is_told(records: Any, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        obecsum.dedupe(records)


def test_a_table_without_a_text_column_is_told() -> None:
    frame = pytest.importorskip("pandas").DataFrame({"headline": [A], "topic": [B]})
    with pytest.raises(InputError, match=r"columns are 'headline', 'topic'; .* fields=\{'text': COLUMN\}"):
        obecsum.dedupe(frame)
    assert obecsum.dedupe(frame, fields={"text": "topic"}).kept_indices == [0]
    with pytest.raises(InputError, match="no column 'body' for the text: its columns are 'headline', 'topic'"):
        obecsum.dedupe(frame, fields={"text": "body"})


def test_other_records_must_have_as_many_rows() -> None:
    with pytest.raises(OptionError, match="a row for each of the 3 given, got 2"):
        obecsum.dedupe(TEXTS).select([1, 2])


def test_one_record() -> None:
    assert one_given({"body": A}).text == A
    with pytest.raises(InputError, match="release cannot be used: no text"):
        one_given({"body": None})
    with pytest.raises(TypeError, match=r"release must be a string, a dict .* got int"):
        one_given(3)


def test_no_table_library_is_imported_for_lists() -> None:
    import subprocess

    code = "import sys, obecsum; obecsum.dedupe(['ก ข ค ง']); print({'pandas', 'polars', 'datasets', 'pyarrow'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_an_index_matches_what_is_no_release_yet(tmp_path: Any) -> None:
    with obecsum.Index(tmp_path / "feed.db") as index:
        index.add([obecsum.Release("a", A)])
        assert [(m.id, m.comparison.relation) for m in index.match(A)] == [("a", "duplicate")]
        assert [m.id for m in index.match({"body": A})] == ["a"]
        with pytest.raises(TypeError, match=r"release must be a Release, a dict or a string, got 5 \(int\)"):
            index.match(5)  # type: ignore[arg-type]


def test_what_is_missing_is_so_in_every_shape() -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    texts = [A, None, B]
    for records in (
        [A, pandas.NA, B],
        [A, float("nan"), B],
        [A, pandas.NaT, B],
        pandas.Series([A, pandas.NA, B], dtype=object),
        pandas.DataFrame({"text": pandas.Series([A, None, B], dtype="string")}),
        pandas.DataFrame({"text": pandas.Categorical(texts)}),
        polars.Series(texts),
        np.array(texts, dtype=object),
        [{"text": A}, {"text": pandas.NA}, {"text": B}],
    ):
        found = given(records)
        assert found.indices == [0, 2]
        assert [row.index for row in found.unusable] == [1]


def test_values_of_other_types_are_no_text() -> None:
    frame = pytest.importorskip("pandas").DataFrame({"text": [A, 5, [B], b"x", True]})
    reasons = [row.reason for row in given(frame).unusable]
    assert [reason.rpartition("but ")[2] for reason in reasons] == ["a number", "an array", "bytes", "true or false"]


def test_ids_are_what_they_were_before_a_table_made_floats_of_them() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({"id": [1, None, 3], "share": [0.5, None, 1.0], "text": [A, B, A]})
    found = given(frame).releases
    assert [release.id for release in found] == ["1", "row:1", "3"]
    assert [release.extra["share"] for release in found] == [0.5, None, 1.0]
    rows = [{"id": 10**30, "text": A}, {"id": np.int64(7), "text": B}, {"id": ["x"], "text": B}]
    assert [release.id for release in given(rows).releases] == [str(10**30), "7", "row:2"]


def test_moments_keep_their_zone() -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    noon = datetime.datetime(2024, 6, 3, 12, tzinfo=datetime.UTC)
    for frame in (
        pandas.DataFrame({"text": [A], "date": [noon]}),
        polars.DataFrame({"text": [A], "date": [noon]}),
        pytest.importorskip("pyarrow").table({"text": [A], "date": [noon]}),
        [{"text": A, "date": noon}],
    ):
        assert given(frame).releases[0].published == "2024-06-03T12:00+00:00"
    numpy_own = [np.datetime64("2024-06-03"), np.datetime64("2024-06-03T09:30:00.123456789"), np.datetime64("NaT")]
    assert [release.published for release in given([{"text": A, "date": date} for date in numpy_own]).releases] == [
        "2024-06-03",
        "2024-06-03T09:30:00.123456+07:00",
        None,
    ]


def test_two_columns_of_one_name_lose_nothing() -> None:
    frame = pytest.importorskip("pandas").DataFrame([[A, B]], columns=["text", "text"])
    (release,) = given(frame).releases
    assert (release.text, release.extra["text_2"]) == (A, B)


def test_arrow_has_many_types_of_strings() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    for array in (
        pyarrow.array(TEXTS, pyarrow.large_string()),
        pyarrow.array(TEXTS).dictionary_encode(),
        pyarrow.chunked_array([TEXTS[:1], TEXTS[1:]]),
    ):
        assert len(obecsum.dedupe(array).kept) == len(obecsum.dedupe(pyarrow.table({"text": array})).kept) == 2
    batch = obecsum.dedupe(pyarrow.record_batch({"text": TEXTS})).kept
    assert (type(batch), batch.num_rows) == (pyarrow.RecordBatch, 2)


def test_a_column_of_a_dataset_is_one_of_texts() -> None:
    dataset = hub_dataset(TEXTS)
    assert obecsum.dedupe(dataset["text"]).kept_indices == obecsum.dedupe(dataset).kept_indices
    assert len(obecsum.dedupe(dataset.to_iterable_dataset()).kept) == 2


def test_what_looks_like_records_and_is_none_is_told(tmp_path: Any) -> None:
    polars, datasets = pytest.importorskip("polars"), pytest.importorskip("datasets")
    path = tmp_path / "feed.txt"
    path.write_text(A, encoding="utf-8")
    for records, says in (
        (polars.DataFrame({"text": TEXTS}).lazy(), r"got LazyFrame; call its collect\(\) first"),
        (datasets.DatasetDict(train=hub_dataset(TEXTS)), "pass one of its splits: 'train'"),
        (np.array(A), "an array must have one dimension, a text each, got 0"),
        (np.array([TEXTS]), "an array must have one dimension, a text each, got 2"),
        ({"text": np.array(TEXTS)}, "for columns, pass pandas.DataFrame"),
        (path, r"got a path; obecsum.read\(path\)"),
        (path.open(encoding="utf-8"), r"got an open file; obecsum.read\(path\)"),
    ):
        with pytest.raises(TypeError, match=says):
            obecsum.dedupe(records)


def test_a_column_that_was_named_and_is_not_there_is_told() -> None:
    frame = pytest.importorskip("pandas").DataFrame({"text": [A], "no": [1]})
    with pytest.raises(InputError, match=r"no column 'key' for the id: its columns are 'text', 'no'; .*fields=\{'id'"):
        obecsum.dedupe(frame, fields={"id": "key"})
    with pytest.raises(InputError, match="its columns are none"):
        obecsum.dedupe(frame[[]])


def test_an_index_remembers_what_has_an_id(tmp_path: Any) -> None:
    frame = pytest.importorskip("pandas").DataFrame({"no": [1, 2], "body": [A, B]})
    with obecsum.Index(tmp_path / "feed.db") as index:
        assert index.add(frame, fields={"id": "no"}) == 2
        assert index.add([{"id": "2", "text": B}, obecsum.Release("3", A + " ก")]) == 1
        assert [match.id for match in index.match(B)] == ["2"]
        for records, says in (
            ([A], r"releases\[0\] has no id; give a dict with an id"),
            ([{"id": "4", "text": A}, {"id": "5"}], r"releases\[1\] cannot be used: no text"),
        ):
            with pytest.raises(InputError, match=says):
                index.add(records)
