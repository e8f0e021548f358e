"""Parquet, Arrow and Feather, good, odd and damaged."""

from __future__ import annotations

import base64
import contextlib
import datetime
import decimal
import gzip
import io
import sys
import zlib
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet
import pytest

import obecsum
from obecsum.core.errors import InputError
from obecsum.feeds.records.record import Quarantined

ROWS = 700


def table() -> Any:
    return pa.table(
        {
            "id": list(range(ROWS)),
            "headline": [None if number % 7 == 0 else f"หัวข้อ {number}" for number in range(ROWS)],
            "body": [" " if number % 100 == 99 else f"เนื้อข่าวที่ {number}" for number in range(ROWS)],
            "date": [datetime.date(2024, 7, 1)] * ROWS,
            "at": [datetime.datetime(2024, 7, 1, 9, 30)] * ROWS,
            "price": [decimal.Decimal("1.50")] * ROWS,
            "blob": [b"\x00\xff"] * ROWS,
            "words": ["ข้อความ".encode()] * ROWS,
            "nested": [{"a": [1, None], "b": "ก"}] * ROWS,
            "big": [2**63 - 1] * ROWS,
            "nothing": pa.nulls(ROWS),
        }
    )


def write(path: Path, data: Any) -> None:
    if path.suffix == ".parquet":
        pyarrow.parquet.write_table(data, path, row_group_size=300)
    elif path.suffix == ".feather":
        pyarrow.feather.write_feather(data, path)
    else:
        with pa.OSFile(str(path), "wb") as sink, pyarrow.ipc.new_stream(sink, data.schema) as writer:
            writer.write_table(data)


def read(path: Path, **options: Any) -> tuple[list[obecsum.Release], list[Quarantined]]:
    quarantined: list[Quarantined] = []
    return list(obecsum.read(path, on_quarantine=quarantined.append, **options)), quarantined


@pytest.mark.parametrize("name", ["f.parquet", "f.feather", "f.arrow", "f.data", "f.parquet.gz"])
def test_rows_are_releases(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / ("f.parquet" if "parquet" in name or "data" in name else name)
    write(source, table())
    path = tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(source.read_bytes()))
    elif path != source:
        source.rename(path)
    releases, quarantined = read(path)
    assert [release.id for release in releases] == [str(number) for number in range(ROWS) if number % 100 != 99]
    assert [(entry.line, entry.kind) for entry in quarantined] == [
        (n + 100, "only white space") for n in range(0, ROWS, 100)
    ]
    assert orjson.loads(quarantined[0].raw)["id"] == 99
    first = releases[1]
    assert (first.title, first.text, first.published, first.source) == ("หัวข้อ 1", "เนื้อข่าวที่ 1", "2024-07-01", name)
    assert first.extra == {
        "at": "2024-07-01T09:30:00",
        "price": "1.50",
        "blob": {"base64": "AP8="},
        "words": "ข้อความ",
        "nested": {"a": [1, None], "b": "ก"},
        "big": 2**63 - 1,
        "nothing": None,
    }
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    assert [release.text for release in obecsum.read("-", on_quarantine=id)] == [release.text for release in releases]


def test_columns_are_guessed_mapped_or_told(tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    write(path, pa.table({"ข่าว": ["ก"], "b": ["ข"]}))
    with pytest.raises(InputError, match=r"no column holds the text: the columns are 'ข่าว', 'b'.*--field text=COLUMN"):
        read(path)
    assert [release.text for release in obecsum.read(path, fields={"text": "ข่าว"})] == ["ก"]
    write(path, pa.Table.from_arrays([pa.array(["ก"]), pa.array(["1"]), pa.array(["2"])], names=["text", "x", "x"]))
    assert [release.extra for release in obecsum.read(path)] == [{"x": "1", "x_2": "2"}]
    write(path, pa.table({"text": pa.array([], pa.string())}))
    assert read(path) == ([], [])


def test_texts_in_the_code_page_and_in_none(tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    words = ["กรมตัวอย่าง".encode("cp874"), "ข่าว".encode(), b"caf\xe9", None]
    write(path, pa.table({"text": pa.array(words, pa.binary()), "n": [1, 2, 3, 4]}))
    releases, quarantined = read(path)
    assert [release.text for release in releases] == ["กรมตัวอย่าง", "ข่าว"]
    assert [entry.kind for entry in quarantined] == ["invalid UTF-8", "no text"]
    # The same bytes in a column that says that they are UTF-8, as careless writers leave them.
    write(path, pa.table({"text": pa.array(words, pa.binary()).view(pa.string()), "n": [1, 2, 3, 4]}))
    assert read(path)[0] == releases
    feather = tmp_path / "f.feather"
    write(feather, pa.table({"text": pa.array(words, pa.binary()).view(pa.string()), "n": [1, 2, 3, 4]}))
    assert [release.text for release in read(feather)[0]] == ["กรมตัวอย่าง", "ข่าว"]


def test_a_value_that_python_has_no_place_for_is_one_rows_matter(tmp_path: Path) -> None:
    path = tmp_path / "f.parquet"
    write(path, pa.table({"text": ["ก", "ข", "ค"], "at": pa.array([0, 2**62, None], pa.timestamp("us"))}))
    releases, quarantined = read(path)
    assert [release.text for release in releases] == ["ก", "ค"]
    assert [entry.kind for entry in quarantined] == ["no value"]


@pytest.mark.parametrize("name", ["f.parquet", "f.feather", "f.arrow"])
def test_damaged_files_are_refused_with_the_rows_that_were_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write(path, table())
    whole = path.read_bytes()
    for data in (
        whole[:4],
        whole[:100],
        whole[: len(whole) // 2],
        whole[:-1],
        b"\0" * 8 + whole[8:],
        whole[:-40] + b"\xff" * 40,
    ):
        path.write_bytes(data)
        releases: list[obecsum.Release] = []
        if name == "f.arrow":  # a stream may lose its end mark and nothing else
            with contextlib.suppress(InputError):
                releases += obecsum.read(path, on_quarantine=id)
        else:
            with pytest.raises(InputError, match=name.replace(".", "[.]")):
                releases += obecsum.read(path, on_quarantine=id)
        assert len(releases) <= ROWS
    path.write_bytes(b"PAR1 no parquet at all")
    with pytest.raises(InputError, match=r"f\..*damaged"):
        read(path)


def test_rows_that_are_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("obecsum.feeds.records.limits.FREE_EXPANDED_BYTES", 1 << 20)
    path = tmp_path / "f.parquet"
    write(path, pa.table({"text": pa.DictionaryArray.from_arrays(pa.array([0] * 20_000), ["ข" * 5_000])}))
    assert path.stat().st_size < 100_000
    with pytest.raises(InputError, match=r"expands to more than 200 times its size.*--max-expanded-gb"):
        for _ in obecsum.read(path):
            pass
    with pytest.raises(InputError, match="1,000,000 bytes that are allowed"):
        for _ in obecsum.read(path, max_expanded_bytes=1_000_000):
            pass
    long, [entry] = read_one(tmp_path)
    # All of it: a row has no bytes in the file that a job could copy later.
    assert (long, entry.kind, entry.length) == (["ก"], "too long", None)
    assert entry.raw == ('{"text":"' + "ข" * 100_000 + '"}').encode()


def read_one(folder: Path) -> tuple[list[str], list[Quarantined]]:
    path = folder / "long.parquet"
    write(path, pa.table({"text": ["ก", "ข" * 100_000]}))
    releases, quarantined = read(path, max_record_bytes=100_000)
    return [release.text for release in releases], quarantined


# A stream in which a bit of the schema was turned, so that a column has a type that there is not (from the fuzzer).
NO_TYPE = (
    "eNq1UjFSAzEMlC93yU3iwswwGYrMQDqKFHlCOvKEe0BSUEB1RQqKQMUTeAAFT8gTKFLmAfmJWVm6wYiEjp2RZVlryau7GGOcO6JA"
    "jCF56lNFNXaAKxETohprqavYJ+wVNtO4QR1cGHGdSz1LJWAr2Bb5J+F4zl8ph/NB/SPsA5x34RUh45H6+3b9wPu3xCG3wHIQfsX8"
    "ieG3600r+zLFAa+roXGQlAXVLb3yuwX3WrF2Dxsk7V0/BlrGxolWhqexTs6nyq5Xprc31GGI2Kcp8mz3qrugb4zoPILx9tyrv1Hf"
    "V3+bfQfG3PAXpl4Xq15amvzyxDsqo4P+iJ3x5/juxHkv0zW9ez7uXn7WcaZ+jBfZ1/qNfIxyj3/463+GNPwC+RBVmw=="
)


def test_a_type_that_there_is_not(tmp_path: Path) -> None:
    (tmp_path / "f.arrow").write_bytes(zlib.decompress(base64.b64decode(NO_TYPE)))
    with pytest.raises(InputError, match="the arrow file is damaged after 0 rows"):
        list(obecsum.read(tmp_path / "f.arrow"))
