"""Bombs, endless lines and damaged compression: a clear error or a quarantine entry, and no memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
import zstandard

import obecsum
from obecsum.core.errors import InputError, OptionError
from obecsum.feeds.formats.json_array import read_json
from obecsum.feeds.records.fields import FieldMap
from obecsum.feeds.records.limits import Limits
from obecsum.feeds.records.record import Quarantined

OK = orjson.dumps({"text": "ข่าวดี"})
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "xz": lzma.compress,
    "bz2": bz2.compress,
    "zst": zstandard.compress,
}


def read(path: Path, **options: int) -> tuple[list[str], list[Quarantined]]:
    quarantined: list[Quarantined] = []
    return [r.text for r in obecsum.read(path, on_quarantine=quarantined.append, **options)], quarantined  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", list(COMPRESSORS))
def test_a_bomb_is_refused_and_can_be_allowed(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("obecsum.feeds.records.limits.FREE_EXPANDED_BYTES", 1 << 20)
    path = tmp_path / f"bomb.jsonl.{kind}"
    path.write_bytes(COMPRESSORS[kind](OK + b"\n" + b" " * (40 << 20) + b"\n" + OK))
    with pytest.raises(
        InputError, match=rf"bomb.jsonl.{kind}: the {kind} data expands to more than 200 times.*--max-expanded-gb"
    ):
        read(path)
    texts, _ = read(path, max_expanded_bytes=50 << 20)
    assert texts == ["ข่าวดี", "ข่าวดี"]
    with pytest.raises(InputError, match=r"expands to more than the 30,000,000 bytes that are allowed"):
        read(path, max_expanded_bytes=30_000_000)


@pytest.mark.parametrize("kind", list(COMPRESSORS))
def test_parts_padding_and_what_follows(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"feed.jsonl.{kind}"
    part = COMPRESSORS[kind](OK + b"\n")
    for count in (1, 2, 5):
        path.write_bytes(part * count)
        assert read(path) == (["ข่าวดี"] * count, [])
    padding = b"\0" * (4 if kind == "xz" else 70_000)
    path.write_bytes(part + padding + part + padding)
    if kind in ("gz", "xz"):
        assert read(path)[0] == ["ข่าวดี"] * 2
    else:
        with pytest.raises(InputError, match="followed by bytes that do not belong to it"):
            read(path)
    for tail, message in (
        (b"tail", "followed by bytes"),
        (part[:-3], "ends early"),
        (part[:5], "ends early|followed by"),
    ):
        path.write_bytes(part + tail)
        with pytest.raises(InputError, match=message):
            read(path)


def test_a_wrong_checksum_is_told(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(OK * 1))
    data[-5] ^= 1
    (tmp_path / "f.jsonl.gz").write_bytes(bytes(data))
    with pytest.raises(InputError, match="is damaged"):
        read(tmp_path / "f.jsonl.gz")


def test_headers_that_ask_for_gigabytes(tmp_path: Path) -> None:
    xz = lzma.compress(
        OK, format=lzma.FORMAT_XZ, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30, "preset": 0}]
    )
    (tmp_path / "f.jsonl.xz").write_bytes(xz)
    with pytest.raises(InputError, match=r"xz data is damaged \(Memory usage limit"):
        read(tmp_path / "f.jsonl.xz")
    parameters = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True, write_content_size=False)
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    (tmp_path / "f.jsonl.zst").write_bytes(compressor.compress(OK) + compressor.flush())
    with pytest.raises(InputError, match="zst data is damaged"):
        read(tmp_path / "f.jsonl.zst")


def test_archives_are_refused(tmp_path: Path) -> None:
    for head, word in (
        (b"PK\x03\x04rest", "zip archive"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0", "office document"),
    ):
        (tmp_path / "feed").write_bytes(head)
        with pytest.raises(InputError, match=word):
            read(tmp_path / "feed")
    (tmp_path / "feed.zip").write_bytes(b"PK")
    with pytest.raises(InputError, match=r"\.zip is not read: unpack it"):
        read(tmp_path / "feed.zip")


@pytest.mark.parametrize("name", ["f.jsonl", "f.json", "f.csv", "f.txt", "f.html", "f.jsonl.gz"])
def test_records_over_the_limit_are_quarantined_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    long = '{"text": "' + "ย" * 40_000 + '\\" ]}"}'
    if name == "f.csv":
        data = ("text\nก\n" + "ย" * 40_000 + "\nข\n").encode()
    elif name == "f.json":
        data = f'[{{"text": "ก"}}, {long}, {{"text": "ข"}}]'.encode()
    elif name in ("f.txt", "f.html"):
        data = ("ย" * 40_000).encode()
    else:
        data = f'{{"text": "ก"}}\n{long}\n{{"text": "ข"}}\n'.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    texts, [entry] = read(tmp_path / name, max_record_bytes=100_000)
    assert texts == ([] if name in ("f.txt", "f.html") else ["ก", "ข"])
    assert (entry.kind, len(entry.raw)) == ("too long", 1 << 16)
    assert entry.length is not None
    assert 120_000 <= entry.length <= 120_030
    assert "raise it with --max-record-mb" in entry.reason
    assert data[entry.byte_offset :].startswith(entry.raw)
    assert entry.to_json()["length"] == entry.length
    assert all(entry.kind != "too long" for entry in read(tmp_path / name, max_record_bytes=200_000)[1])


def test_long_values_of_an_array_are_skipped_wherever_the_buffer_ends() -> None:
    for pad in range(0, 40, 17):
        for value in (b'"' + b"\\\\" * 600_000 + b'\\""', b"[" + b'{"a": "]}"},' * 60_000 + b"1]", b"1" * 700_000):
            data = b"[" + b" " * pad + OK + b"," + value + b"," + OK + b"]"
            found = list(read_json(io.BytesIO(data), source="f", fields=FieldMap(), max_record_bytes=1000))
            assert [type(entry).__name__ for entry in found] == ["Record", "Quarantined", "Record"], (pad, value[:4])
            entry = found[1]
            assert isinstance(entry, Quarantined)
            assert data[entry.byte_offset : entry.byte_offset + (entry.length or 0)].strip() == value


def test_a_quote_that_never_closes_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b'text\n"open\n' + b"line\n" * 100_000)
    texts, [entry] = read(path, max_record_bytes=10_000)
    assert (len(texts), entry.kind, entry.line) == (100_000, "no row", 2)


def test_limits_are_checked() -> None:
    with pytest.raises(OptionError, match="max_record_bytes must be at least 1, got 0"):
        obecsum.read("-", max_record_bytes=0)
    with pytest.raises(OptionError, match="max_expanded_bytes must be at least 1, got -1"):
        obecsum.read("-", max_expanded_bytes=-1)
    limits = Limits()
    assert limits.expanded_too_far(1, 1 << 30) is None
    assert limits.expanded_too_far(1 << 25, 200 << 25) is None
    assert limits.expanded_too_far(1 << 20, (1 << 30) + 1) is not None


_MEMORY = """
import resource, sys, obecsum
resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))
count = quarantined = 0
def bad(entry):
    global quarantined
    quarantined += 1
    assert entry.kind == "too long", entry.reason
for release in obecsum.read(sys.argv[1], on_quarantine=bad, max_expanded_bytes=2 << 30):
    count += 1
print(count, quarantined)
"""


_SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in ("f.json.gz", "f.csv.gz", "f.xml.gz", "f.txt.gz")]


@pytest.mark.parametrize("name", ["f.jsonl.gz", *_SLOW])
def test_a_gigabyte_on_one_line_under_a_memory_limit(tmp_path: Path, name: str) -> None:
    """The process may have 700 MB of address space, and the line has 1 GB; it comes compressed to spare the disk."""
    before, after = {
        "f.jsonl.gz": (OK + b'\n{"text": "', b'"}\n' + OK),
        "f.json.gz": (b"[" + OK + b',{"text": "', b'"},' + OK + b"]"),
        "f.csv.gz": ("text\nก\n".encode(), "\nข".encode()),
        "f.xml.gz": (b"<rss><item><description>a</description></item><item><description>", b"</description></item><item><description>b</description></item></rss>"),
        "f.txt.gz": (b"", b""),
    }[name]  # fmt: skip
    packer = zlib.compressobj(1, wbits=31)
    with (tmp_path / name).open("wb") as file:
        file.write(packer.compress(before))
        for _ in range(64):
            file.write(packer.compress(b"x" * (16 << 20)))
        file.write(packer.compress(after) + packer.flush())
    done = subprocess.run(
        [sys.executable, "-c", _MEMORY, str(tmp_path / name)], capture_output=True, text=True, timeout=300
    )
    assert done.stdout.split() == (["0", "1"] if name == "f.txt.gz" else ["2", "1"]), done.stderr[-2000:]


def test_a_quote_that_does_not_close_is_not_called_long() -> None:
    data = b'[{"text": "a"}, x"yz, {"text": "b"}, "' + b" " * 3000
    found = list(read_json(io.BytesIO(data), source="f", fields=FieldMap(), max_record_bytes=256))
    assert [type(entry).__name__ for entry in found] == ["Record", "Quarantined", "Quarantined"]
    entry = found[1]
    assert isinstance(entry, Quarantined)
    assert (entry.reason, entry.length) == ("no JSON: a string that begins here does not end", None)
    assert data[entry.byte_offset :].startswith(entry.raw)
    assert len(entry.raw) < 10, "nothing of the next one"
