"""The wheel: what is in it, and that it works away from the checkout with the network off."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "quality-networks.txt"
MODELS = sorted(path.parent for path in (ROOT / "models").glob("*/config.json"))
MAX_WHEEL_BYTES = 95_000_000

NO_NETWORK = """
import socket


def refuse(*args, **kwargs):
    raise OSError("this test allows no network")


socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
"""

needs_models = pytest.mark.skipif(not MODELS, reason="models/ holds no model in this checkout")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, as it lies in an environment that it was installed into."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    (folder / "sitecustomize.py").write_text(NO_NETWORK)
    return folder


def offline(folder: Path) -> dict[str, str]:
    """The environment of a user who has only what lies in `folder`, and no network."""
    settings = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "HF_", "PIP_", "OBECSUM_"))
    }
    hub = folder / "empty-hub"
    return settings | {"PYTHONPATH": str(folder), "PYTHONUTF8": "1", "HF_HUB_OFFLINE": "1", "HF_HOME": str(hub)}


def run(command: list[str], folder: Path, *, timeout_s: int = 300) -> str:
    done = subprocess.run(
        command, cwd=folder, env=offline(folder), capture_output=True, encoding="utf-8", timeout=timeout_s
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


SUMMARIZE = f"""
import pathlib
import obecsum

assert {str(ROOT)!r} not in obecsum.__file__, obecsum.__file__
text = pathlib.Path({str(EXAMPLE)!r}).read_text(encoding="utf-8")
summary = obecsum.summarize(text, kind="headline")
assert summary.fallback is None, summary
assert "สถานศึกษา" in text and len(summary.text) > 15, summary
print(summary.text)
"""


def test_the_wheel_holds_the_whole_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "obecsum"], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout.split()
    assert len(tracked) > 15
    assert set(tracked) <= names
    assert "obecsum/py.typed" in names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    for name in zipfile.ZipFile(wheel).namelist():
        assert name.startswith(("obecsum/", "obecsum-")), name
        assert not name.endswith((".bin", ".pt", ".pkl", ".pyc")), name


def test_the_wheel_is_small_enough(wheel: Path) -> None:
    assert wheel.stat().st_size < MAX_WHEEL_BYTES


def test_the_wheel_names_command_and_license(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert "obecsum = obecsum.cli.app:main" in archive.read(entry_points).decode()
        (metadata,) = [name for name in archive.namelist() if name.endswith("METADATA")]
        assert "License-Expression: Apache-2.0" in archive.read(metadata).decode()


@needs_models
def test_the_wheel_holds_every_model(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for model in MODELS:
            for file in filter(Path.is_file, model.rglob("*")):
                packed = archive.getinfo(f"obecsum/_models/{model.name}/{file.relative_to(model).as_posix()}")
                assert packed.file_size == file.stat().st_size


@needs_models
def test_both_places_of_the_models_are_found(unpacked: Path) -> None:
    program = "from obecsum.core.model_paths import model_path; print(model_path('obecsum-th'))"
    installed = Path(run([sys.executable, "-c", program], unpacked).strip())
    assert installed == unpacked / "obecsum" / "_models" / "obecsum-summarizer"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, encoding="utf-8", timeout=60
    )
    assert Path(done.stdout.strip()) == ROOT / "models" / "obecsum-summarizer"


@needs_models
def test_the_unpacked_wheel_summarizes_with_the_network_off(unpacked: Path) -> None:
    assert run([sys.executable, "-c", SUMMARIZE], unpacked).strip()


@pytest.mark.slow
@needs_models
def test_the_wheel_installs_into_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Takes minutes and needs a package index: everything but obecsum's own code is installed anew."""
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True, timeout=300)
    python = environment / "bin" / "python"
    constraints = ROOT / "constraints.txt"
    install = [str(python), "-m", "pip", "install", "--quiet", "--constraint", str(constraints), str(wheel)]
    subprocess.run(install, check=True, timeout=3000, cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "sitecustomize.py").write_text(NO_NETWORK)
    assert run([str(python), "-c", SUMMARIZE], elsewhere).strip()
    run(
        [str(environment / "bin" / "obecsum"), "clean", str(ROOT / "examples"), "--out", str(elsewhere / "out")],
        elsewhere,
    )
    assert len((elsewhere / "out" / "kept.jsonl").read_text(encoding="utf-8").splitlines()) == 5
