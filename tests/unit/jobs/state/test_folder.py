"""The output folder: all or nothing, only over our own, and a commit that was cut off is completed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from obecsum.core.errors import OutputError, OutputExistsError
from obecsum.jobs.state.folder import OWN_FILES, REPORT_NAME, WORK_NAME, OutputFolder
from obecsum.jobs.state.record import JobRecord
from obecsum.jobs.state.work import JOB_NAME, WorkFolder

RECORD = JobRecord(({"name": "feed.jsonl", "bytes": 3, "sha256": "0"},), {"limit": None})
OTHER = JobRecord(RECORD.inputs, {"limit": 5})
WRITTEN = tuple(name for name in OWN_FILES if name != JOB_NAME)


def begin(out: Path, record: JobRecord = RECORD, *, overwrite: bool = False, text: bytes = b"{}\n") -> OutputFolder:
    folder = OutputFolder(out, overwrite=overwrite)
    folder.hold()
    assert not folder.refuse(record)
    folder.work.set_record(record)
    for name in WRITTEN:
        folder.work.file(name).write_bytes(text)
    folder.work.file(REPORT_NAME).write_bytes(orjson.dumps({"program": "obecsum", "files": list(WRITTEN)}))
    return folder


def job(out: Path, record: JobRecord = RECORD, **options: Any) -> None:
    folder = begin(out, record, **options)
    folder.decide(record, WRITTEN)
    folder.finish()


def test_files_appear_together(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    folder = begin(out)
    assert [path.name for path in out.iterdir()] == [WORK_NAME]
    folder.decide(RECORD, WRITTEN)
    folder.finish()
    assert sorted(path.name for path in out.iterdir()) == sorted(OWN_FILES)
    done = JobRecord.read(out / JOB_NAME)
    assert done is not None
    assert (done.state, set(done.files)) == ("done", set(WRITTEN))


def test_the_same_job_is_done_and_another_one_is_refused(tmp_path: Path) -> None:
    job(tmp_path / "out")
    assert OutputFolder(tmp_path / "out").refuse(RECORD)
    with pytest.raises(OutputExistsError, match=r"another job: its limit was None, not 5.*--overwrite"):
        OutputFolder(tmp_path / "out").refuse(OTHER)
    assert not OutputFolder(tmp_path / "out", overwrite=True).refuse(RECORD)
    job(tmp_path / "out", OTHER, overwrite=True, text=b"{1}\n")
    assert (tmp_path / "out" / "kept.jsonl").read_bytes() == b"{1}\n"


def test_a_finished_job_that_lost_a_file_is_not_finished(tmp_path: Path) -> None:
    job(tmp_path / "out")
    (tmp_path / "out" / "kept.jsonl").write_bytes(b"")
    with pytest.raises(OutputExistsError, match="not all of it"):
        OutputFolder(tmp_path / "out").refuse(RECORD)


def test_an_unfinished_job_goes_on_and_another_one_is_refused(tmp_path: Path) -> None:
    begin(tmp_path / "out").work.release()
    assert OutputFolder(tmp_path / "out").continues(RECORD)
    assert not OutputFolder(tmp_path / "out").refuse(RECORD)
    with pytest.raises(OutputExistsError, match=r"not finished: its limit was None, not 5; give the same command"):
        OutputFolder(tmp_path / "out").refuse(OTHER)
    later = JobRecord(RECORD.inputs, RECORD.options, version="99.0")
    with pytest.raises(OutputExistsError, match=r"it is of obecsum .*, this is 99\.0"):
        OutputFolder(tmp_path / "out").refuse(later)


@pytest.mark.parametrize("renamed", range(len(WRITTEN) + 1))
def test_a_commit_that_was_cut_off_is_completed_by_whoever_comes_next(
    tmp_path: Path, renamed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    job(out, text=b"old\n")
    folder = begin(out, OTHER, overwrite=True, text=b"new\n")
    folder.decide(OTHER, WRITTEN)
    real, count = Path.replace, [0]

    def replace(path: Path, target: Path) -> Path:
        if count[0] == renamed:
            raise KeyboardInterrupt
        count[0] += 1
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            folder.finish()
    folder.work.release()
    completed: list[str] = []

    def complete(record: JobRecord, work: WorkFolder) -> bool:
        completed.append(record.key)
        return True

    again = OutputFolder(out, complete=complete)
    again.hold()
    assert completed == [OTHER.key]
    assert again.refuse(OTHER)
    again.work.remove()
    assert (out / "kept.jsonl").read_bytes() == b"new\n"
    assert sorted(path.name for path in out.iterdir()) == sorted(OWN_FILES)


def test_a_decision_that_does_not_stand_is_taken_back(tmp_path: Path) -> None:
    folder = begin(tmp_path / "out")
    folder.decide(RECORD, WRITTEN)
    folder.work.release()
    again = OutputFolder(tmp_path / "out", complete=lambda record, work: False)
    again.hold()
    assert again.continues(RECORD)
    assert [path.name for path in (tmp_path / "out").iterdir()] == [WORK_NAME]


def test_who_does_not_hold_a_folder_removes_nothing(tmp_path: Path) -> None:
    folder = begin(tmp_path / "out")
    before = sorted((tmp_path / "out" / WORK_NAME).iterdir())
    other = OutputFolder(tmp_path / "out")
    with pytest.raises(OutputError, match=r"another obecsum works in .*out: wait until it has ended"):
        other.hold()
    other.work.remove()
    WorkFolder(None).remove()
    assert sorted((tmp_path / "out" / WORK_NAME).iterdir()) == before
    folder.work.release()
    other.hold()
    assert other.continues(RECORD)


def test_nothing_that_others_planted_is_written_through(tmp_path: Path) -> None:
    treasure = tmp_path / "treasure"
    treasure.mkdir()
    (treasure / "gold").write_bytes(b"gold")
    out = tmp_path / "out"
    out.mkdir()
    (out / WORK_NAME).symlink_to(treasure)
    with pytest.raises(OutputError, match="is a link"):
        OutputFolder(out).hold()
    (out / WORK_NAME).unlink()
    folder = OutputFolder(out)
    folder.hold()
    folder.work.file("kept.jsonl").symlink_to(treasure / "gold")
    with pytest.raises(OutputError):
        folder.work.open("kept.jsonl", "r+b")
    with folder.work.open("kept.jsonl") as file:
        file.write(b"kept")
    assert (treasure / "gold").read_bytes() == b"gold"
    folder.work.remove()
    assert [path.name for path in treasure.iterdir()] == ["gold"]


def test_strangers_stay_and_are_never_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_bytes(b"x")
    with pytest.raises(OutputExistsError, match=r"not this job's: mine\.txt"):
        OutputFolder(out)
    job(out, overwrite=True)
    assert (out / "mine.txt").read_bytes() == b"x"
    other = tmp_path / "other"
    other.mkdir()
    (other / "kept.jsonl").write_bytes(b"not ours")
    with pytest.raises(OutputExistsError, match=r"kept\.jsonl of which no report"):
        OutputFolder(other, overwrite=True)
    assert (other / "kept.jsonl").read_bytes() == b"not ours"


def test_forms_of_an_earlier_job_go_with_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    folder = begin(out)
    folder.work.file("kept.csv").write_bytes(b"id\n")
    folder.work.file(REPORT_NAME).write_bytes(orjson.dumps({"program": "obecsum", "files": [*WRITTEN, "kept.csv"]}))
    folder.decide(RECORD, [*WRITTEN, "kept.csv"])
    folder.finish()
    assert (out / "kept.csv").exists()
    job(out, OTHER, overwrite=True)
    assert sorted(path.name for path in out.iterdir()) == sorted(OWN_FILES)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputExistsError, match="is a file"):
        OutputFolder(tmp_path / "file")
    with pytest.raises(OutputError, match="nothing can be written"):
        OutputFolder(tmp_path / "file" / "out").hold()


def test_what_was_made_for_a_job_that_gives_up_goes(tmp_path: Path) -> None:
    folder = begin(tmp_path / "a" / "b")
    folder.work.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_record_of_another_program_or_format_is_none(tmp_path: Path) -> None:
    path = tmp_path / JOB_NAME
    for data in (b"", b"{", b"[]", b'{"program": "x", "format": 1}', b'{"program": "obecsum", "format": 99}'):
        path.write_bytes(data)
        assert JobRecord.read(path) is None
    path.write_bytes(RECORD.to_bytes())
    assert JobRecord.read(path) == RECORD
