"""The README's examples print what it says; what it and the other pages name is there."""

from __future__ import annotations

import doctest
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted(path for folder in ("benchmarks", "docs", "examples", "models") for path in (ROOT / folder).rglob("*.md")),
]
SOURCES = [
    path.relative_to(ROOT).as_posix()
    for folder in ("benchmarks", "obecsum", "tests")
    for path in (ROOT / folder).rglob("*.py")
]


@pytest.mark.parametrize("page", ["README.md", "docs/quickstart.md"])
def test_python_examples_print_what_it_says(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    examples = "\n".join(block for block in blocks if block.startswith(">>>"))
    test = doctest.DocTestParser().get_doctest(examples, {}, page, str(ROOT / page), 0)
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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name != "CHANGELOG.md"],  # which also names what is gone
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_commands_and_modules_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for module in re.findall(r"python -m\s+((?:benchmarks|obecsum|tests)(?:\.\w+)*)", text):
        path = ROOT / module.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), f"python -m {module}"
    for name in re.findall(r"`([\w./-]+\.py)`", text):
        assert any(f"/{path}".endswith(f"/{name}") for path in SOURCES), name
    for name in re.findall(r"`((?:benchmarks|docs|examples|models|obecsum|tests)/[\w./-]*)`", text):
        assert (ROOT / name).exists() or name.startswith("obecsum/_models/") or "KIND" in name, name
    for name in re.findall(r"`(obecsum(?:\.\w+)+)", text):
        if not name.endswith((".toml", ".timer", ".service", ".cron")):  # files of that name
            assert pkgutil.resolve_name(name) is not None


@pytest.mark.parametrize("path", sorted((ROOT / "benchmarks").rglob("*.py")), ids=lambda path: path.stem)
def test_benchmarks_name_their_own_commands(path: Path) -> None:
    for module in re.findall(r"python -m\s+(benchmarks(?:\.\w+)*)", path.read_text(encoding="utf-8")):
        assert (ROOT / module.replace(".", "/")).with_suffix(".py") == path, module
