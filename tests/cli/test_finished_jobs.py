"""``obecsum show``, ``explain``, ``diff`` and ``restore`` on what a job left."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

import obecsum as library
from obecsum.core.errors import InputError
from obecsum.jobs.state.folder import WORK_NAME, OutputFolder
from obecsum.jobs.state.pins import PINS_NAME
from obecsum.jobs.state.record import JobRecord
from tests.unit.report.jobs import Page

Run = Callable[..., Any]
Rows = Callable[[Path], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished job, to be copied."""
    from tests.cli.conftest import FEED

    folder = tmp_path_factory.mktemp("job")
    (folder / "feed.jsonl").write_bytes(FEED)
    library.clean(folder / "feed.jsonl", folder / "out", summaries=False)
    return folder / "out"


@pytest.fixture
def job(done: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(done, tmp_path / "out"))


def test_show_says_what_a_job_did(obecsum: Run, job: Path) -> None:
    report = library.FinishedJob(job).report
    outcome = obecsum("show", job)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{report.input} read: {report.kept} kept, {report.removed} removed")
    for word in ("inputs", "feed.jsonl", "largest groups", "options", "strictness", "files", "kept.jsonl"):
        assert word in outcome.out
    found = orjson.loads(obecsum("show", job, "--json").out)
    assert found["kept"] == report.kept
    assert sum(one["removed"] for one in found["groups"]) == report.removed
    assert found["files"]["kept.jsonl"] == (job / "kept.jsonl").stat().st_size


def test_explain_a_removal(obecsum: Run, job: Path, rows: Rows) -> None:
    removed = next(row for row in rows(job / "removed.jsonl") if row["id"] == "fair")
    outcome = obecsum("explain", job, "fair")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("fair  ")
    assert "\nremoved; " in outcome.out
    assert f"kept in its place: {removed['kept_id']}" in outcome.out
    assert f"fair can go for {removed['kept_id']}: nothing would be lost" in outcome.out
    assert "60,000 บาท" in outcome.out, "what only the one that stays has is shown"
    assert f"obecsum restore {job} fair" in outcome.out
    found = orjson.loads(obecsum("explain", job, "fair", "--json").out)
    assert found["outcome"] == "removed"
    assert found["relatives"][0]["account"] == removed["account"]
    assert found["comparison"]["relation"] == removed["relation"]
    assert found["comparison"]["jaccard"] == removed["jaccard"]


def test_explain_what_stays(obecsum: Run, job: Path, rows: Rows) -> None:
    kept = {row["id"]: row for row in rows(job / "kept.jsonl")}
    keeper = next(name for name, row in kept.items() if row["group"] == name and row["title"])
    assert "went for it: fair" in obecsum("explain", job, keeper).out
    update = kept["fair-next"]
    said = obecsum("explain", job, "fair-next").out
    assert f"it updates: {update['previous_id']}" in said
    assert any(change["after"] and change["after"].split()[0] in said for change in update["changes"])
    assert "no other release of the job says the same" in obecsum("explain", job, "nul").out


def test_narrow_terminals_have_one_text_below_the_other(
    obecsum: Run, job: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert " │ " in obecsum("diff", job, "fair", "fair-next").out
    monkeypatch.setenv("COLUMNS", "50")
    said = obecsum("diff", job, "fair", "fair-next").out
    assert " │ " not in said
    assert "\n- fair\n" in said
    assert "\n+ fair-next\n" in said


def test_diff_compares_as_the_job_did(obecsum: Run, job: Path) -> None:
    found = orjson.loads(obecsum("diff", job, "fair", "fair-next", "--json").out)
    assert found["relation"] == "update"
    assert library.FinishedJob(job).diff("fair", "fair-next").jaccard == found["jaccard"]


@pytest.mark.parametrize("command", [("explain", "fairy"), ("restore", "fairy"), ("diff", "fair", "fairy")])
def test_an_unknown_id_is_told_with_the_nearest(obecsum: Run, job: Path, command: tuple[str, ...]) -> None:
    before = {path.name: path.read_bytes() for path in job.iterdir()}
    outcome = obecsum(command[0], job, *command[1:])
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == f"obecsum: error: the job in {job} has no release 'fairy'; did you mean 'fair'?\n"
    assert {path.name: path.read_bytes() for path in job.iterdir()} == before


def _no_record(job: Path) -> None:
    (job / "job.json").unlink()


def _damaged_record(job: Path) -> None:
    (job / "job.json").write_bytes(b'{"program": "obecsum"')


def _changed(job: Path) -> None:
    with (job / "kept.jsonl").open("ab") as file:
        file.write(b"\n")


def _lost(job: Path) -> None:
    (job / "removed.jsonl").unlink()


def _unfinished(job: Path) -> None:
    record = JobRecord.read(job / "job.json")
    assert record is not None
    (job / "job.json").unlink()
    (job / WORK_NAME).mkdir()
    (job / WORK_NAME / "job.json").write_bytes(record.at("working").to_bytes())


def _damaged_report(job: Path) -> None:
    path = job / "report.json"
    path.write_bytes(b"[" + b" " * (path.stat().st_size - 2) + b"]")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_no_record, "holds no job.json and so no job; name the folder that `obecsum clean ... --out` wrote"),
        (_damaged_record, "job.json is damaged, or of another version of obecsum; restore it from a copy, or give"),
        (_changed, "kept.jsonl was changed: it has"),
        (_lost, "removed.jsonl cannot be read: No such file or directory; restore it from a copy, or give"),
        (_unfinished, "is not finished; give its `obecsum clean` command again, which completes it"),
        (_damaged_report, "report.json is damaged"),
    ],
)
@pytest.mark.parametrize(
    "command", [("show",), ("explain", "fair"), ("diff", "fair", "fair-next"), ("restore", "fair")]
)
def test_a_folder_that_is_no_whole_job_is_refused(
    obecsum: Run, job: Path, damage: Callable[[Path], None], says: str, command: tuple[str, ...]
) -> None:
    damage(job)
    outcome = obecsum(command[0], job, *command[1:])
    assert (outcome.code, outcome.out) == (2, "")
    assert says in outcome.err
    assert outcome.err.count("\n") == 1


def test_what_is_no_folder_is_refused(obecsum: Run, tmp_path: Path) -> None:
    assert "does not exist; name the folder" in obecsum("show", tmp_path / "none").err
    (tmp_path / "file").write_bytes(b"")
    outcome = obecsum("show", tmp_path / "file")
    assert outcome.code == 2
    assert "is a file; name the folder" in outcome.err


def test_restore_moves_the_release_and_counts_it(obecsum: Run, job: Path, rows: Rows) -> None:
    before = library.FinishedJob(job).report
    removed = {row["id"]: row for row in rows(job / "removed.jsonl")}
    outcome = obecsum("restore", job, "fair")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("fair is in kept.jsonl again, and stays in later jobs\n")
    kept = {row["id"]: row for row in rows(job / "kept.jsonl")}
    assert "fair" not in {row["id"] for row in rows(job / "removed.jsonl")}
    assert set(kept["fair"]) == {*kept["fair-next"], "สำนัก"}
    assert kept["fair"]["สำนัก"] == "สพป.", "the input's own fields are there again"
    assert kept["fair"]["text"] == removed["fair"]["text"]
    after = library.FinishedJob(job).report
    assert (after.kept, after.removed) == (before.kept + 1, before.removed - 1)
    assert after.input == after.kept + after.removed + after.quarantined
    assert sum(after.relations.values()) == after.removed
    assert after.restored == ("fair",)
    assert sum(source["kept"] for source in after.sources) == after.kept
    page = Page(job / "report.html")
    assert "fair" not in {card["i"] for card in page.part("removed-0") or ()}
    assert "fair" in {card["i"] for card in page.part("kept-0")}
    assert "kept: removed by the job, and restored" in obecsum("explain", job, "fair").out
    again = obecsum("restore", job, "fair")
    assert again.code == 0
    assert "fair is kept already; nothing to restore" in again.out


def test_a_job_with_a_restored_release_is_the_job_still(done: Path, tmp_path: Path, obecsum: Run) -> None:
    feed = done.parent / "feed.jsonl"
    out = tmp_path / "again"
    command = ("clean", feed, "--out", out, "--no-summaries")
    assert obecsum(*command).code == 0
    assert obecsum("restore", out, "fair").code == 0
    kept = (out / "kept.jsonl").read_bytes()
    assert "is finished already" in obecsum(*command).err
    assert (out / "kept.jsonl").read_bytes() == kept
    assert obecsum(*command, "--overwrite").code == 0
    names = [orjson.loads(line)["id"] for line in (out / "kept.jsonl").read_bytes().splitlines()]
    assert "fair" in names, "what was brought back is not removed by the next run"
    assert "fair-longer" in names, "and does not push out what it had gone for"
    (out / PINS_NAME).write_bytes(b'{"id": 1}\n')
    refused = obecsum(*command, "--overwrite")
    assert refused.code == 2
    assert "line 1, is no pin of a restored release" in refused.err


def test_another_text_under_a_pinned_id_is_another_release(tmp_path: Path, obecsum: Run, fair: str) -> None:
    feed, out = tmp_path / "feed.jsonl", tmp_path / "out"
    line = orjson.dumps
    feed.write_bytes(line({"id": "a", "text": fair}) + b"\n" + line({"id": "b", "text": fair}) + b"\n")
    command = ("clean", feed, "--out", out, "--no-summaries", "--overwrite")
    assert obecsum(*command).code == 0
    assert obecsum("restore", out, "b").code == 0
    assert obecsum(*command).out.startswith("2 read: 2 kept")
    changed = fair.replace("350", "360")
    feed.write_bytes(b"\n".join(line({"id": name, "text": changed}) for name in "ab"))
    assert obecsum(*command).out.startswith("2 read: 1 kept, 1 removed")


def test_releases_without_ids_are_known_by_their_text(tmp_path: Path, obecsum: Run, fair: str) -> None:
    longer = fair + "\nทั้งนี้ งานปิดเวลา 16.00 น. และมีรถรับส่งฟรีตลอดวัน"
    rows = [orjson.dumps({"text": text}) for text in ("ข่าวอื่นของโรงเรียนบ้านทุ่งทอง", fair, longer)]
    feed, out = tmp_path / "feed.jsonl", tmp_path / "out"
    command = ("clean", feed, "--out", out, "--no-summaries", "--overwrite")
    feed.write_bytes(b"\n".join(rows))
    assert obecsum(*command).out.startswith("3 read: 2 kept, 1 removed")
    assert obecsum("restore", out, "feed.jsonl:2").code == 0
    feed.write_bytes(b"\n".join(rows[1:]))  # every line moves up
    assert obecsum(*command).out.startswith("2 read: 2 kept, 0 removed")


def test_an_index_remembers_what_was_restored(tmp_path: Path, obecsum: Run, done: Path) -> None:
    feed, index = done.parent / "feed.jsonl", tmp_path / "feed.db"
    first, second = tmp_path / "first", tmp_path / "second"
    assert obecsum("clean", feed, "--out", first, "--no-summaries", "--index", index).code == 0
    size = len(library.Index(index))
    assert obecsum("restore", first, "fair").code == 0
    assert len(library.Index(index)) == size + 1
    assert not (first / PINS_NAME).exists()
    assert obecsum("clean", feed, "--out", second, "--no-summaries", "--index", index).code == 0
    kept = {orjson.loads(line)["id"] for line in (second / "kept.jsonl").read_bytes().splitlines()}
    assert {"fair", "fair-longer"} <= kept


def test_a_restore_that_was_killed_is_completed(job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(self: OutputFolder) -> None:
        raise KeyboardInterrupt

    opened = library.FinishedJob(job)
    with monkeypatch.context() as patched:
        patched.setattr(OutputFolder, "finish", die)
        with pytest.raises(KeyboardInterrupt):
            opened.restore("fair")
    assert (job / WORK_NAME / "job.json").exists()
    assert library.FinishedJob(job).explain("fair").outcome == "restored"
    assert not (job / WORK_NAME).exists()


def test_a_restore_that_fails_leaves_everything(job: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from obecsum.jobs.finished import restoring

    def fail(*arguments: object) -> list[str]:
        raise library.core.errors.OutputError("No space left on device")

    before = {path.name: path.read_bytes() for path in job.iterdir()}
    monkeypatch.setattr(restoring, "export_kept", fail)
    with pytest.raises(library.core.errors.OutputError):
        library.FinishedJob(job).restore("fair")
    assert {path.name: path.read_bytes() for path in job.iterdir()} == before


def test_exports_are_written_again(tmp_path: Path, done: Path) -> None:
    out = tmp_path / "out"
    library.clean(done.parent / "feed.jsonl", out, summaries=False, to=("csv",))
    assert "fair," not in (out / "kept.csv").read_text(encoding="utf-8-sig")
    library.FinishedJob(out).restore("fair")
    assert "fair," in (out / "kept.csv").read_text(encoding="utf-8-sig")


def test_damage_inside_a_line_is_told_with_its_place(job: Path) -> None:
    path = job / "kept.jsonl"
    data = bytearray(path.read_bytes())
    data[0:1] = b"["
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"kept.jsonl, line 1, is damaged"):
        library.FinishedJob(job).explain("nul-is-not-there")
