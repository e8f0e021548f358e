"""The table of word frequencies: what the command makes, and that the shipped one has its form."""

from __future__ import annotations

import json
import lzma
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from obecsum.cli.app import app
from obecsum.core.errors import InputError
from obecsum.training.frequencies import as_table, make_frequencies


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for year in (2023, 2024):
        with lzma.open(tmp_path / f"train-{year}.jsonl.xz", "wt", encoding="utf-8") as out:
            for n in range(80):
                body = "ชาวบ้านและเขื่อน" if n % 8 == 0 else "ชาวบ้านและตลาด" if n % 4 == 0 else "โรงเรียน"
                row = {"id": f"{year}-{n}", "title": None, "body": f"{body} 25", "date": f"{year}-01-01"}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return tmp_path


def test_words_are_ranked_by_the_releases_that_have_them() -> None:
    seen = {"และ": 1000, "ตลาด": 464, "เขื่อน": 100, "เรือ": 20, "แพ": 19, "๒๕": 500, "2ครั้ง": 500, "-": 900}
    assert as_table(1000, seen) == "0\tและ\n1\tตลาด\n3\tเขื่อน\n5\tเรือ\n"
    assert as_table(100_000, {"เรือ": 20}) == "9\tเรือ\n"


def test_every_fourth_release_of_each_year_is_read(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.txt"
    assert make_frequencies(folder, out) == (40, 4)
    assert out.read_text(encoding="utf-8") == "0\tชาวบ้าน\tและ\n1\tตลาด\tเขื่อน\n"


def test_the_command_says_what_it_read(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.txt"
    done = CliRunner().invoke(app, ["train", "frequencies", str(folder), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "4 words of 40 releases" in done.output
    assert out.is_file()


def test_too_small_a_corpus_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="add releases"):
        make_frequencies(folder, tmp_path / "table.txt", every=40)
    assert not (tmp_path / "table.txt").exists()


def test_the_shipped_table_has_the_form_that_the_command_makes() -> None:
    table = files("obecsum.text.lexicon").joinpath("frequencies.txt").read_text(encoding="utf-8")
    assert table.endswith("\n")
    lines = [line.split("\t") for line in table.splitlines()]
    assert [line[0] for line in lines] == [str(level) for level in range(10)]
    for _, *found in lines:
        assert found
        assert found == sorted(found)
    listed = [word for _, *found in lines for word in found]
    assert len(set(listed)) == len(listed)
    assert not any(char.isdigit() for word in listed for char in word)
    assert all(any(char.isalpha() for char in word) for word in listed)
