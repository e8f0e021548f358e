"""The output folder: all or nothing, and only over our own."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import orjson
import pytest

from obecsum.errors import OutputError, OutputExistsError
from obecsum.feeds.write import OWN_FILES, OutputFolder, to_json


def job(out: Path, *, overwrite: bool = False, text: bytes = b"{}\n") -> None:
    with OutputFolder(out, overwrite=overwrite) as folder:
        folder.write("kept.jsonl", text)
        folder.write("report.json", orjson.dumps({"program": "obecsum", "files": list(OWN_FILES)}))
        assert sorted(path.name for path in out.iterdir() if not path.name.startswith(".")) == (
            sorted(OWN_FILES) if overwrite else []
        )
        folder.commit()


def test_files_appear_together(tmp_path: Path) -> None:
    job(tmp_path / "new" / "out")
    assert sorted(path.name for path in (tmp_path / "new" / "out").iterdir()) == sorted(OWN_FILES)


def test_an_earlier_job_is_replaced_on_request_only(tmp_path: Path) -> None:
    job(tmp_path / "out")
    with pytest.raises(OutputExistsError, match=r"earlier job.*--overwrite"):
        OutputFolder(tmp_path / "out")
    (tmp_path / "out" / "mine.txt").write_text("ของฉัน", encoding="utf-8")
    with pytest.raises(OutputExistsError, match=r"not this job's: mine\.txt"):
        OutputFolder(tmp_path / "out")
    (tmp_path / "out" / "mine.txt").rename(tmp_path / "mine.txt")
    job(tmp_path / "out", overwrite=True, text=b"{1}\n")
    assert (tmp_path / "out" / "kept.jsonl").read_bytes() == b"{1}\n"


def test_strangers_stay_and_are_never_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_bytes(b"x")
    with pytest.raises(OutputExistsError, match=r"mine\.txt"):
        OutputFolder(out)
    with OutputFolder(out, overwrite=True) as folder:
        folder.commit()
    assert (out / "mine.txt").read_bytes() == b"x"
    other = tmp_path / "other"
    other.mkdir()
    (other / "kept.jsonl").write_bytes(b"not ours")
    with pytest.raises(OutputExistsError, match=r"kept\.jsonl of which no report"):
        OutputFolder(other, overwrite=True)
    assert (other / "kept.jsonl").read_bytes() == b"not ours"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputExistsError, match="is a file"):
        OutputFolder(tmp_path / "file")
    with pytest.raises(OutputError, match="nothing can be written"), OutputFolder(tmp_path / "file" / "out"):
        pass


def test_a_job_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with OutputFolder(tmp_path / "a" / "b") as folder:
            folder.write("kept.jsonl", b"{}\n")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


class _Full(io.BytesIO):
    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    def fileno(self) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("when", ["write", "commit"])
def test_a_full_disk_leaves_the_old_output_whole(tmp_path: Path, when: str) -> None:
    out = tmp_path / "out"
    job(out, text=b"old\n")

    def fill() -> None:
        with OutputFolder(out, overwrite=True) as folder:
            folder.write("removed.jsonl", b"{}\n")
            folder._files["kept.jsonl"] = _Full()
            if when == "write":
                folder.write("kept.jsonl", b"new\n")
            folder.commit()

    with pytest.raises(OutputError, match=r"No space left.*make room"):
        fill()
    assert (out / "kept.jsonl").read_bytes() == b"old\n"
    assert sorted(path.name for path in out.iterdir()) == sorted(OWN_FILES)


def test_json_of_what_orjson_refuses() -> None:
    value = {"n": 10**30, "s": "\ud800", "ก": "ข"}
    import json

    assert json.loads(to_json(value)) == value
    assert to_json({"ก": "ข"}) == '{"ก":"ข"}'.encode()
