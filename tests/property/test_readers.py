"""Any bytes in any reader: entries that add up, or an error of ours."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.utils import format_datetime
from itertools import combinations
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import obecsum
from obecsum.core.errors import ObecsumError
from obecsum.feeds.read import FORMATS, plan_sources, read_entries
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.markup import plain_text
from obecsum.feeds.records.record import Quarantined, ReadEntry
from obecsum.feeds.reread import Again

ANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = st.sampled_from(
    [
        *(b"{", b"}", b"[", b"]", b'"', b",", b"\n", b"\r\n", b"\\", b"\t", b";", b"text", b'"text":', b'{"text": "a"}', b"id,text\n"),
        *(b"<item>", b"</item>", b"<entry>", b"</entry>", b"<rss><channel>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<!DOCTYPE x [", b"&lol;"),
        *(b"<description>", b"</description>", b"<html><body><p>", b"</p>", b"<td>", b"\x00", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"),
        *(b"\x1f\x8b", b"BZh9", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"PAR1", b"ARROW1", b"\xed\xa0\x80", b"&#xD800;"),
        *("ข่าว".encode(), "ข่าวประชาสัมพันธ์".encode("cp874"), "ข่าว".encode("utf-16-le"), "ข่าว".encode()[:-1]),
    ]
)  # fmt: skip
BYTES = st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=25).map(b"".join))


def entries(path: Path, **options: str) -> list[ReadEntry]:
    return [entry for source in plan_sources(path, **options) for entry in read_entries(source, FieldMap())]  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [*FORMATS, None])
@ANY
@given(data=BYTES)
def test_any_bytes_in_any_reader(tmp_path: Path, kind: str | None, data: bytes) -> None:
    path = tmp_path / "input"
    path.write_bytes(data)
    options = {} if kind is None else {"input_format": kind}
    try:
        found = entries(path, **options)
    except ObecsumError:
        return
    for entry in found:
        if isinstance(entry, Quarantined):
            assert ":" in entry.reason
            orjson.dumps(entry.to_json())
        else:
            assert entry.release.text.strip()
            orjson.dumps([entry.release.text, entry.release.id, entry.release.title, dict(entry.release.extra)])


@ANY
@given(
    data=BYTES,
    packer=st.sampled_from([gzip.compress, bz2.compress, lzma.compress]),
    cut=st.integers(0, 40),
    extra=st.binary(max_size=5),
)
def test_compressed_bytes_give_the_same_or_an_error(
    tmp_path: Path, data: bytes, packer: object, cut: int, extra: bytes
) -> None:
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    plain.write_bytes(data)
    whole = packer(data)  # type: ignore[operator]
    packed.write_bytes(whole[: len(whole) - cut] + extra)
    try:
        found = entries(packed, input_format="jsonl")
    except ObecsumError:
        return
    if cut == 0 and extra == b"":
        try:
            expected = entries(plain, input_format="jsonl")
        except ObecsumError:
            return
        if not data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")):
            assert [type(entry) for entry in found] == [type(entry) for entry in expected]


@ANY
@given(
    lines=st.lists(st.one_of(BYTES.map(lambda data: data.replace(b"\n", b" ")), st.just(b'{"text": "a"}')), max_size=10)
)
def test_lines_are_neither_lost_nor_made(tmp_path: Path, lines: list[bytes]) -> None:
    path = tmp_path / "feed.jsonl"
    lines = [b"{}", *lines]  # so that the first bytes are no compression and no other encoding
    data = b"\n".join(lines)
    path.write_bytes(data)
    if b"\x00" in data or b"\x0e" in data:
        return  # may be taken for UTF-16
    found = entries(path)
    assert [entry.line for entry in found] == [number for number, line in enumerate(lines, 1) if line.strip()]
    for entry in found:
        if isinstance(entry, Quarantined):
            assert data[entry.byte_offset :].startswith(entry.raw)
        elif entry.length is not None:  # else the others tell how it is read
            with Again(plan_sources(path)[0], FieldMap()) as again:
                assert again.release(entry.byte_offset, entry.length, entry.line) == entry.release


@ANY
@given(
    texts=st.lists(st.text("กขคงจำเ่้ะา ๑๒<>&\"',;\n", min_size=1, max_size=30), max_size=5),
    codec=st.sampled_from(["utf-8", "utf-16"]),
)
def test_what_was_written_is_read(tmp_path: Path, texts: list[str], codec: str) -> None:
    path = tmp_path / "feed.json"
    rows = [{"text": f"ข่าว{text}", "n": text} for text in texts]
    path.write_bytes(orjson.dumps(rows).decode().encode(codec))
    assert [(release.text, release.extra["n"]) for release in obecsum.read(path)] == [
        (row["text"], row["n"]) for row in rows
    ]


def objects(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    space = st.sampled_from(["", " ", "\t", " \r"])
    pairs = st.tuples(NAMES, space, space, values).map(lambda parts: "{}{}:{}{}".format(*parts))
    return st.lists(pairs, max_size=4).map(lambda found: f"{{{','.join(found)}}}")


NAMES = st.sampled_from(["a", "b", "text", r"\"", r"\u0061", ":", r"\":", "c d"]).map('"{}"'.format)
VALUES = st.recursive(
    st.one_of(
        NAMES, st.sampled_from(["1", "2.5", "null", "NaN", "-Infinity", r'"\u0022"', r'"\u003a"', r'"\\"', '""'])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3).map(lambda found: f"[{','.join(found)}]"), objects(inner)),
    max_leaves=5,
)


@settings(ANY, max_examples=300)
@given(more=objects(VALUES))
def test_no_value_is_lost_to_another_of_its_name(tmp_path: Path, more: str) -> None:
    line = '{"text": "ข่าว"' + ("," + more[1:] if len(more) > 2 else "}")
    differ = False

    def found(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal differ
        differ = differ or any(name == other and one != two for (name, one), (other, two) in combinations(pairs, 2))
        return dict(pairs)

    json.loads(line, object_pairs_hook=found)
    path = tmp_path / "feed.jsonl"
    path.write_text(line, encoding="utf-8")
    [entry] = entries(path)
    assert isinstance(entry, Quarantined) == differ, line


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2156, 12, 31))
THAI_MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
FORMS = [
    lambda d: f"{d.day}/{d.month}/{d.year + 543}",
    lambda d: f"{d.year + 543}/{d.month}/{d.day} 09:30",
    lambda d: f"{d.day} {THAI_MONTHS[d.month - 1]} {d.year + 543} เวลา 09.30 น.",
    lambda d: f"{THAI_MONTHS[d.month - 1]} {d.day}, {d.year + 543}",
    lambda d: f"{d:%Y}{d.month:02}{d.day:02}",
    lambda d: f"{d.year:04}-{d.month:02}-{d.day:02}T09:30:00Z",
    lambda d: format_datetime(datetime(d.year, d.month, d.day, 9, 30, tzinfo=UTC)),
]


@given(day=DAYS, form=st.sampled_from(FORMS))
def test_a_date_is_read_as_it_was_meant(day: date, form: Callable[[date], str]) -> None:
    found = obecsum.parse_date(form(day))
    assert found is not None
    assert found[:10] == day.isoformat()


@ANY
@given(text=st.text("กขค abc<>/&;p#39quotltgamr\n\"'=![]CDAT", max_size=60))
def test_no_closed_block_is_left_in_a_text(text: str) -> None:
    found = plain_text(f"ข่าว</p>{text}")
    assert not re.search(r"</(?:p|div|li|table)>", found.replace(" ", "")) or "<" not in found


@pytest.mark.parametrize(
    "piece", ["&amp;", "<!--", "&lt;", "<a ", "<![CDATA[", "]]&gt;", "</p", "&amp;lt;/p&amp;gt;", "<b>", "&#"]
)
def test_markup_takes_no_longer_than_its_length(piece: str) -> None:
    seconds = []
    for count in (5_000, 40_000):
        begin = time.process_time()
        plain_text(piece * count)
        seconds.append(time.process_time() - begin)
    assert seconds[1] < 24 * max(seconds[0], 0.02)


@pytest.mark.parametrize("piece", ["1", "1/", "1 ก.ค. ", "วัน", "  ", "12:", "ม.", "พ.ศ. ", "(", "jan "])
def test_a_date_is_read_in_no_time(piece: str) -> None:
    begin = time.process_time()
    for count in range(1, 101):
        obecsum.parse_date((piece * 100)[:count])
    assert time.process_time() - begin < 2
