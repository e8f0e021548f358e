"""Reading records again by their place."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import orjson
import pytest

from obecsum.core.errors import InputError
from obecsum.feeds.read import plan_sources, read_entries
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.record import Record
from obecsum.feeds.reread import Again

ROWS = [{"id": n, "title": f"ข่าว {n}", "text": "ก" * n + "\n", "n": [n]} for n in range(1, 200)]


def records(path: Path) -> list[Record]:
    [source] = plan_sources(path)
    return [entry for entry in read_entries(source, FieldMap()) if isinstance(entry, Record)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
@pytest.mark.parametrize("kind", ["jsonl", "json"])
def test_every_record_of_a_plain_file_is_given_again(tmp_path: Path, encoding: str, kind: str) -> None:
    path = tmp_path / f"feed.{kind}"
    text = (
        "\n".join(orjson.dumps(row).decode() for row in ROWS)
        if kind == "jsonl"
        else orjson.dumps(ROWS, option=2).decode()
    )
    path.write_bytes((b"\xef\xbb\xbf" if encoding == "utf-8" else b"") + text.encode(encoding))
    found = records(path)
    assert len(found) == len(ROWS)
    random.Random(1).shuffle(found)
    [source] = plan_sources(path)
    with Again(source, FieldMap()) as again:
        for record in found:
            assert record.length is not None
            assert again.release(record.byte_offset, record.length, record.line) == record.release


def test_what_the_feed_told_is_not_given_again_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_text(
        '{"text": "<b>ก</b>"}\n{"text": "<p>ข</p>", "date": "15/7/2567"}\n{"text": "ค", "date": "7/6/2567"}\n{"text": "R&D"}\n'
    )
    found = records(path)
    assert [(record.release.text, record.length is None) for record in found] == [
        ("ก", True), ("ข", False), ("ค", True), ("R&D", False),
    ]  # fmt: skip
    with Again(plan_sources(path)[0], FieldMap()) as again:
        for record in found:
            if record.length is not None:
                assert again.release(record.byte_offset, record.length, record.line) == record.release


def test_what_is_no_plain_file_of_json_has_no_length(tmp_path: Path) -> None:
    lines = b"".join(orjson.dumps(row) + b"\n" for row in ROWS)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines))
    (tmp_path / "b.jsonl").write_bytes(lines.decode().encode("utf-16"))
    (tmp_path / "c.csv").write_text("text\nก\n", encoding="utf-8")
    for path in sorted(tmp_path.iterdir()):
        assert {record.length for record in records(path)} == {None}


def test_a_file_that_was_changed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b'{"text": "a"}\n{"text": "b"}\n')
    _, record = records(path)
    [source] = plan_sources(path)
    with Again(source, FieldMap()) as again:
        path.write_bytes(b'{"text": "a"}\n')
        with pytest.raises(InputError, match=r"feed.jsonl was changed while .* line 2 .* byte 14 .* of its 14 bytes"):
            again.release(record.byte_offset, record.length or 0, record.line)
    path.unlink()
    with pytest.raises(InputError, match="cannot be read again"):
        Again(source, FieldMap())
