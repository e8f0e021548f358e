"""The README's Python examples print what it says, and it names exactly two set-up commands."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_python_examples_print_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    examples = "\n".join(block for block in blocks if block.startswith(">>>"))
    test = doctest.DocTestParser().get_doctest(examples, {}, "README.md", str(ROOT / "README.md"), 0)
    report: list[str] = []
    failed, attempted = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=report.append)
    assert attempted >= 10
    assert failed == 0, "".join(report)


@pytest.mark.parametrize("block", re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL))
def test_commands_print_what_it_says(block: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    command, _, expected = block.partition("\n")
    assert command.startswith("$ obecsum ")
    done = subprocess.run(
        [sys.executable, "-m", "obecsum", *shlex.split(command)[2:]],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == expected


def test_exactly_two_set_up_commands() -> None:
    section = re.search(r"## Set-up\n(.*?)\n## ", README, flags=re.DOTALL)
    assert section is not None
    assert re.findall(r"```\n(.*?)```", section[1], flags=re.DOTALL) == ["make demo\nmake test\n"]


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert "://" in target or (ROOT / target).exists(), target
