"""The layout of the package: small folders that say what they are for, and one direction of imports."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "obecsum"
FOLDERS = sorted({path.parent.relative_to(ROOT) for path in PACKAGE.rglob("*.py")})
MAX_FILES = 14


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs import-linter on the obecsum of a folder, which comes before an installed one."""
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, encoding="utf-8", timeout=120
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with a copy of the package and its contracts."""
    shutil.copytree(PACKAGE, tmp_path / "obecsum", ignore=shutil.ignore_patterns("__pycache__", "_models"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_a_folder_is_small_and_says_what_it_is_for(folder: Path) -> None:
    files = [path.name for path in (ROOT / folder).iterdir() if path.is_file()]
    assert len(files) <= MAX_FILES, f"{folder} holds {len(files)} files: make a folder of some of them"
    init = ROOT / folder / "__init__.py"
    assert init.is_file(), f"{folder} has no __init__.py"
    assert ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))), f"{init} has no docstring"


def test_the_contracts_of_imports_are_kept() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("module", "planted", "contract", "reported"),
    [
        (
            "text/slots.py",
            "from obecsum.dedup.series import Series",
            "Each folder imports only from those below it",
            "obecsum.text.slots -> obecsum.dedup.series",
        ),
        (
            "dedup/series.py",
            "from obecsum.dedup.dedupe import dedupe",
            "No cycle between modules or folders",
            "No cycles are allowed in obecsum.dedup.",
        ),
    ],
)
def test_an_import_against_a_contract_is_reported(
    copy: Path, module: str, planted: str, contract: str, reported: str
) -> None:
    path = copy / "obecsum" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{planted}\n", encoding="utf-8")
    done = lint_imports(copy)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{contract} BROKEN" in done.stdout
    assert reported in done.stdout
