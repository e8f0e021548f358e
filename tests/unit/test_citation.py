"""The citation file is valid and of this version."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import obecsum

ROOT = Path(__file__).resolve().parents[2]


def test_citation_is_valid() -> None:
    program = "from cffconvert.cli.cli import cli; cli()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--validate", "-i", str(ROOT / "CITATION.cff")],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "are valid" in done.stdout


def test_citation_names_this_version() -> None:
    assert f"version: {obecsum.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
