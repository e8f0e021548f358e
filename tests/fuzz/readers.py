"""Fuzzes each reader: whatever the bytes, there are entries that add up or an ObecsumError, and nothing else.

Not part of the test suite: it needs atheris (``pip install atheris``, no wheels for every Python) and time. ::

    python -m tests.fuzz.readers --seconds 60             # every target for a minute, prints a table
    python -m tests.fuzz.readers --target rss --seconds 600

A crash leaves its input in the folder that is printed.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import json
import lzma
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import warnings
from pathlib import Path
from typing import Any

TARGETS = (
    *("jsonl", "json", "csv", "tsv", "spreadsheet", "rss", "html", "text", "parquet", "arrow", "any", "compressed"),
    "date",
)
_MAX_BYTES = {"date": 100, "spreadsheet": 16384, "parquet": 16384, "arrow": 16384, "html": 8192}
_EPOCH = re.compile(r"[\s\S]*\d{10}[\s\S]*")
_MARKUP = re.compile(r"</(?:p|div|table|li)>|<!\[CDATA\[", re.IGNORECASE)
_ROWS = [
    {"id": "a", "title": "ข่าวหนึ่ง", "text": "เนื้อข่าว วันที่ 1 กรกฎาคม 2567\nบรรทัดสอง", "date": "1 ก.ค. 67", "n": [1, {"a": None}]},
    {"id": "b", "title": None, "text": 'มี "คำพูด", จุลภาค', "date": "2024-07-01", "n": 1.5e300},
]  # fmt: skip


def seeds(target: str) -> list[bytes]:
    """Inputs that the fuzzer starts from."""
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in _ROWS)
    array = json.dumps(_ROWS, ensure_ascii=False, indent=1)
    table = 'id,title,text\r\n1,"ก ""ข""","ค\r\nง"\r\n2,,=1+1\r\n'
    feeds = Path(__file__).parents[1] / "unit" / "feeds"
    pages, cases = feeds / "formats", feeds / "cases"
    feed = (pages / "rss" / "agency.xml").read_text(encoding="utf-8")
    atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><content type='html'>&lt;p&gt;ก&lt;/p&gt;</content></entry></feed>"
    page = (pages / "pages" / "old_table.html").read_text(encoding="utf-8")
    plain = {
        "jsonl": [lines],
        "json": [array, lines],
        "csv": [table],
        "tsv": [table.replace(",", "\t")],
        "rss": [feed, atom, "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><item>&a;</item></channel></rss>"],
        "html": [page],
        "text": ["หัวข้อ\nเนื้อหา"],
        "any": [lines, array, table, atom, page[:2000], "ข้อความ"],
        "compressed": [lines],
    }
    found = [
        text.encode(codec, "ignore")
        for text in plain.get(target, [])
        for codec in ("utf-8", "cp874", "utf-16", "utf-16-be")
    ]
    if target == "compressed":
        data = lines.encode()
        found = [gzip.compress(data), lzma.compress(data), bz2.compress(data), gzip.compress(data) * 2]
        try:
            import zstandard

            found.append(zstandard.compress(data))
        except ImportError:
            pass
    if target in ("parquet", "arrow"):
        found = _tables(target)
    if target == "spreadsheet":
        found = _spreadsheets()
    if target == "date":
        dates = json.loads((cases / "expected.json").read_text(encoding="utf-8"))["rss-dates-39-forms.xml"]["published"]
        found = [text.encode() for text in dates]
    endings = {"rss": ".xml", "csv": ".csv", "jsonl": ".jsonl", "json": ".json", "html": ".html", "any": ""}
    if target in endings:
        found += [path.read_bytes() for path in sorted(cases.glob(f"*/*{endings[target]}"))]
    return found


def _spreadsheets() -> list[bytes]:
    import zipfile

    import openpyxl

    book = openpyxl.Workbook()
    for row in (["หัวข้อข่าว", "text", "วันที่"], ["หัว", "ข่าว", 45488], [None, "<p>ข่าว</p>", "15 ก.ค. 67"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    stored = io.BytesIO()  # not compressed, so that a change of one byte is one of a cell
    with zipfile.ZipFile(io.BytesIO(file.getvalue())) as old, zipfile.ZipFile(stored, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return [file.getvalue(), stored.getvalue()]


def _tables(target: str) -> list[bytes]:
    import pyarrow as pa
    from pyarrow import ipc, parquet

    table = pa.table({"id": [1, 2], "text": ["ก", "ข"], "n": [[1], None], "d": pa.array([0, 1], pa.timestamp("s"))})
    found = []
    for compression in ("snappy", "zstd", "none"):
        file = io.BytesIO()
        if target == "parquet":
            parquet.write_table(table, file, compression=compression)
        else:
            options = ipc.IpcWriteOptions(compression="zstd" if compression == "zstd" else None)
            new = ipc.new_file if compression == "snappy" else ipc.new_stream
            with new(file, table.schema, options=options) as writer:
                writer.write_table(table)
        found.append(file.getvalue())
    return found


def check_date(data: bytes) -> None:
    """Read bytes as a date: it is one whose year stands there, it is the same when read again, or it is None."""
    from obecsum import parse_date

    text = data.decode("utf-8", "replace")
    found = parse_date(text)
    if found is not None:
        assert parse_date(found) == found
        if not _EPOCH.search(re.sub(r"\D", "", data.decode("utf-8", "replace"))):
            _check_year(found, _digits(data))


def _digits(data: bytes) -> str:
    """Data in which Thai digits are plain, whatever the encoding, and control characters part nothing."""
    from obecsum import normalize

    text = data.replace(b"\0", b"").decode("utf-8", "replace") + data.decode("cp874", "replace")
    return unicodedata.normalize("NFKC", f"{text} {normalize(text)}").translate(
        str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    )


def _check_year(published: str, held: str) -> None:
    """Check that the year of a date stands in the data: in either era, in four digits or two, or one off at its end."""
    years = [int(published[:4]) + add for add in (-1, 0, 1)]
    written = {form for year in years for form in (f"{year}", f"{year + 543}", f"{year:04}"[2:], f"{year + 543}"[2:])}
    assert any(form in held for form in written), published


def check(data: bytes, target: str, folder: Path) -> None:
    """Read bytes as a feed and check what comes."""
    if target == "date":
        check_date(data)
        return
    from obecsum.cleaning.clean_text import Cleaned
    from obecsum.core.errors import ObecsumError
    from obecsum.core.serialize import json_line
    from obecsum.feeds.read import plan_sources, read_entries
    from obecsum.feeds.records.fields import FieldMap
    from obecsum.feeds.records.record import Quarantined, Record
    from obecsum.jobs.phases.output_rows import removed_row
    from obecsum.jobs.state.folder import LONG_NAME
    from obecsum.jobs.state.long_records import LongRecords
    from obecsum.jobs.state.work import WorkFolder

    path = folder / "input"
    path.write_bytes(data)
    kind = None if target in ("any", "compressed") else target
    count = 0
    long, work = LongRecords(), WorkFolder(folder)
    most = 1 << 20 if sum(data[:4]) % 2 else 256  # half of the inputs have records that are too long
    try:
        [source] = plan_sources(path, input_format=kind, max_record_bytes=most, max_expanded_bytes=1 << 24)
        for entry in read_entries(source, FieldMap()):
            count += 1
            if isinstance(entry, Quarantined):
                assert entry.reason
                assert entry.kind != entry.reason or target == "", entry.reason
                json_line(entry.to_json())
                long.add(count, 0, entry)
            else:
                assert isinstance(entry, Record)
                cleaned = Cleaned(entry.release.text, [], [])
                why: dict[str, Any] = {
                    "relation": "duplicate",
                    "jaccard": 1.0,
                    "changes": [],
                    "account": [],
                    "spans": [],
                }
                row = removed_row(entry.release, cleaned, kept_id="k", **why)
                assert json.loads(json_line(row))["text"] == entry.release.text
                assert entry.release.text.strip()
                if target in ("csv", "jsonl", "json", "rss"):
                    assert not _MARKUP.search(entry.release.text), entry.release.text
                if entry.release.published and target in ("csv", "tsv") and not _EPOCH.search(_digits(data)):
                    _check_year(entry.release.published, _digits(data))
        for (_, line), (_, _, entry) in zip(long.copied([source], work), long.found, strict=True):
            row = json.loads(line)
            stored = (folder / LONG_NAME).read_bytes()[row["raw_offset"] :][: row["raw_length"]]
            assert stored.startswith(entry.raw)
            assert row["length"] >= len(entry.raw) // 2
    except ObecsumError:
        return
    if (
        target == "jsonl"
        and b"\0" not in data
        and b"\x0e" not in data
        and not data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7", b"\x28\xb5", b"\xff\xfe", b"\xfe\xff"))
    ):
        lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
        assert count == sum(bool(line.strip()) for line in lines), (count, len(lines))


def run_one(target: str, seconds: int, corpus: Path) -> None:
    """Fuzz in this process; does not return."""
    import atheris

    with atheris.instrument_imports(include=["obecsum"]):
        import importlib

        for name in ("feeds.read", "feeds.formats.rss", "feeds.formats.html", "text.timestamps", "text.mend"):
            importlib.import_module(f"obecsum.{name}")
    warnings.simplefilter("ignore")
    folder = Path(tempfile.mkdtemp(prefix="obecsum-fuzz-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))

    def test(data: bytes) -> None:
        check(data, target, folder)

    arguments = [
        sys.argv[0],
        f"-max_total_time={seconds}",
        f"-max_len={_MAX_BYTES.get(target, 4096)}",
        "-rss_limit_mb=3000",
        "-timeout=60",
        "-print_final_stats=1",
        f"-artifact_prefix={corpus.parent}/{target}-",
        str(corpus),
    ]
    atheris.Setup(arguments, test)
    atheris.Fuzz()


def run_all(targets: list[str], seconds: int) -> int:
    """Fuzz each target in a process of its own and print what came of it."""
    work = Path(tempfile.mkdtemp(prefix="obecsum-fuzz-"))
    print(f"findings go to {work}")
    print("| reader | seconds | inputs | edges covered | crashes |\n|---|---|---|---|---|")
    bad = 0
    for target in targets:
        corpus = work / f"corpus-{target}"
        corpus.mkdir()
        for number, data in enumerate(seeds(target)):
            (corpus / f"seed{number}").write_bytes(data)
        command = [
            sys.executable,
            "-m",
            "tests.fuzz.readers",
            "--worker",
            target,
            "--seconds",
            str(seconds),
            "--corpus",
            str(corpus),
        ]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        # A "slow-unit" is none: an input that took ten seconds, on a machine that does other things.
        crashes = [path for kind in ("crash", "timeout", "oom", "leak") for path in work.glob(f"{target}-{kind}-*")]
        inputs = re.findall(r"number_of_executed_units: (\d+)", done.stderr)
        edges = re.findall(r"cov: (\d+)", done.stderr)
        if done.returncode != 0 or not inputs:
            bad += 1
            print(done.stderr[-3000:], file=sys.stderr)
        print(
            f"| {target} | {seconds} | {int(inputs[-1]) if inputs else 0:,} | {edges[-1] if edges else '?'} | {len(crashes)} |",
            flush=True,
        )
    return bad


def main() -> None:
    """Parse the arguments and fuzz."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", choices=TARGETS, action="append")
    parser.add_argument("--worker", choices=TARGETS, help=argparse.SUPPRESS)
    parser.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    options: Any = parser.parse_args()
    if options.worker:
        run_one(options.worker, options.seconds, options.corpus)
    sys.exit(1 if run_all(options.target or list(TARGETS), options.seconds) else 0)


if __name__ == "__main__":
    main()
