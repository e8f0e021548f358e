"""Records that are longer than is read keep all their bytes and can be fed again."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path
from typing import Any

import orjson
import pytest

import obecsum

LONG = "ยาวมาก 😀 " * 12_000
JSON = orjson.dumps({"id": "long", "text": LONG})
SHORT = ('{"id": "1", "text": "ชาวสวนยางได้รับกล้าพันธุ์ดี"}', '{"id": "2", "text": "วัดเก่ากลางเมืองบูรณะจิตรกรรม"}')


def lines() -> bytes:
    return b"\n".join([SHORT[0].encode(), JSON, SHORT[1].encode(), JSON.replace(b"long", b"more")])


def rows(out: Path) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in (out / "quarantine.jsonl").read_bytes().splitlines()]


def kept_bytes(out: Path, row: dict[str, Any]) -> bytes:
    data: bytes = (out / row["raw_file"]).read_bytes()[row["raw_offset"] :][: row["raw_length"]]
    assert len(data) == row["raw_length"]
    return data


def clean(feed: Path, out: Path, **options: Any) -> obecsum.Report:
    return obecsum.clean(feed, out, summaries=False, max_record_bytes=100_000, **options)


@pytest.mark.parametrize("name", ["f.jsonl", "f.json", "f.jsonl.gz", "utf-16-le", "utf-16-be"])
def test_the_bytes_are_kept_and_can_be_fed_again(tmp_path: Path, name: str) -> None:
    feed = tmp_path / (f"{name}.jsonl" if "utf" in name else name)
    data = lines()
    if name == "f.json":
        data = b"[" + data.replace(b"\n", b",\n") + b"]"
    if "utf" in name:
        data = data.decode().encode(name)
    feed.write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    out = tmp_path / "out"
    report = clean(feed, out)
    assert (report.input, report.kept, report.quarantined) == (4, 2, 2)
    assert "quarantine.bin" in report.files
    assert "quarantine.bin" in orjson.loads((out / "job.json").read_bytes())["files"]
    found = [kept_bytes(out, row).rstrip(b"\n\0") for row in rows(out)]
    codec = name if "utf" in name else "utf-8"
    wanted = [JSON.decode().encode(codec), JSON.replace(b"long", b"more").decode().encode(codec)]
    assert [one.rstrip(b"\0") for one in found] == [one.rstrip(b"\0") for one in wanted]
    assert [row["kind"] if "kind" in row else row["reason"].partition(":")[0] for row in rows(out)] == ["too long"] * 2
    again = tmp_path / "again.jsonl"
    again.write_bytes(kept_bytes(out, rows(out)[0]))
    [release] = obecsum.read(again)
    assert (release.id, release.text) == ("long", LONG)
    if name == "f.jsonl":
        assert data.startswith(base64.b64decode(rows(out)[0]["raw_base64"]), rows(out)[0]["byte_offset"])


@pytest.mark.parametrize("pad", range(5))
def test_what_is_shown_of_a_long_record_ends_with_a_whole_character(tmp_path: Path, pad: int) -> None:
    feed = tmp_path / "f.jsonl"
    feed.write_bytes(("x" * pad + LONG + "\n" + SHORT[0]).encode("utf-16"))
    clean(feed, tmp_path / "out")
    [row] = rows(tmp_path / "out")
    assert kept_bytes(tmp_path / "out", row).decode("utf-16-le") == "x" * pad + LONG + "\n"
    shown = base64.b64decode(row["raw_base64"]).decode("utf-16-le")
    assert ("x" * pad + LONG).startswith(shown)
    assert len(shown.encode()) > 65_530


def test_tables_pages_and_folders(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "long.txt").write_text(LONG, encoding="utf-8")
    (folder / "short.txt").write_text("ข่าวสั้น", encoding="utf-8")
    (folder / "z.html").write_text(f"<p>{LONG}</p>", encoding="utf-8")
    clean(folder, tmp_path / "out")
    assert [kept_bytes(tmp_path / "out", row).decode() for row in rows(tmp_path / "out")] == [LONG, f"<p>{LONG}</p>"]
    table = tmp_path / "f.csv"
    table.write_text(f'id,text\n1,ก\n2,"{LONG}\n{LONG}"\n3,ข\n', encoding="utf-8")
    clean(table, tmp_path / "csv")
    assert kept_bytes(tmp_path / "csv", rows(tmp_path / "csv")[0]).decode().startswith(f'2,"{LONG}')
    feed = tmp_path / "f.xml"
    item = f"<item><title>ก</title><description>{LONG}</description></item>"
    feed.write_text(
        f"<rss version='2.0'><channel><item><title>ข</title><description>ข่าวสั้น</description></item>{item}</channel></rss>",
        encoding="utf-8",
    )
    clean(feed, tmp_path / "rss")
    assert [kept_bytes(tmp_path / "rss", row).decode() for row in rows(tmp_path / "rss") if "raw_file" in row] == [item]


def test_rows_of_parquet_keep_theirs_in_the_line(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.table({"id": ["1", "2"], "text": ["ก", LONG]}), tmp_path / "f.parquet")
    clean(tmp_path / "f.parquet", tmp_path / "out")
    [row] = rows(tmp_path / "out")
    assert orjson.loads(base64.b64decode(row["raw_base64"])) == {"id": "2", "text": LONG}
    assert not (tmp_path / "out" / "quarantine.bin").exists()


def test_no_file_where_nothing_is_long_and_an_old_one_goes(tmp_path: Path) -> None:
    feed, out = tmp_path / "f.jsonl", tmp_path / "out"
    feed.write_bytes(lines())
    clean(feed, out)
    assert (out / "quarantine.bin").exists()
    feed.write_bytes(SHORT[0].encode())
    report = clean(feed, out, overwrite=True)
    assert "quarantine.bin" not in report.files
    assert not (out / "quarantine.bin").exists()
    assert clean(feed, out).already_done
