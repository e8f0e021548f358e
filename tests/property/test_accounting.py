"""Whatever a feed holds: input = kept + removed + quarantine, record by record."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

import obecsum

TEXTS = st.one_of(
    st.sampled_from(
        [
            "",
            " \n",
            "ข",
            "กรมตัวอย่างเปิดรับสมัครงาน จำนวน 25 อัตรา ถึงวันที่ 30 เมษายน 2568",
            "กรมตัวอย่างเปิดรับสมัครงาน จำนวน 25 อัตรา  ถึงวันที่ ๓๐ เมษายน ๒๕๖๘",
            "กรมตัวอย่างเปิดรับสมัครงาน จำนวน 40 อัตรา ถึงวันที่ 31 พฤษภาคม 2568",
            "no Thai at all",
        ]
    ),
    st.text(alphabet="กขำ่้ 12\x00\u200b\n", max_size=20),
)
OBJECTS = st.fixed_dictionaries({"text": TEXTS}, optional={"id": st.sampled_from(["1", "2", "1#2", "", 3])})
LINES = st.one_of(
    OBJECTS.map(orjson.dumps),
    st.sampled_from(
        [b"[1, 2]", b"nothing", b"{", b'{"id": "5"}', b'{"text": 5}', b"\xff\xfe", b'{"text": "\\ud800"}', b"null"]
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(LINES, max_size=12))
def test_no_record_is_lost_and_none_is_made(lines: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        feed, out = Path(folder) / "feed.jsonl", Path(folder) / "out"
        feed.write_bytes(b"\n".join(lines) + b"\n" if lines else b"")
        readable = any(_is_readable(line) for line in lines)
        if lines and not readable:
            return  # nothing could be read: the job says so with an error, tested with the command
        report = obecsum.clean(feed, out, summaries=False)
        files = {name: (out / f"{name}.jsonl").read_bytes().splitlines() for name in ("kept", "removed", "quarantine")}
        assert sum(map(len, files.values())) == len(lines) == report.input
        assert [report.kept, report.removed, report.quarantined] == [len(rows) for rows in files.values()]
        quarantined = {orjson.loads(row)["line"] for row in files["quarantine"]}
        assert quarantined == {number for number, line in enumerate(lines, 1) if not _is_readable(line)}
        ids = Counter(orjson.loads(row)["id"] for name in ("kept", "removed") for row in files[name])
        kept = [orjson.loads(row)["id"] for row in files["kept"]]
        assert len(kept) == len(set(kept)), ids
        assert all(orjson.loads(row)["kept_id"] in set(kept) for row in files["removed"])


def _is_readable(line: bytes) -> bool:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    text = record.get("text") if isinstance(record, dict) else None
    return isinstance(text, str) and bool(obecsum.normalize(text).strip())
