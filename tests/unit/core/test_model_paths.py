"""Where models are found, and which folders are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from obecsum.core import model_paths
from obecsum.core.errors import ModelError
from obecsum.core.model_paths import check_model_folder, model_path


def make_model(folder: Path, *weights: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    for name in weights:
        (folder / name).write_bytes(b"")
    return folder


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty package folder inside an empty checkout, in place of the real one."""
    package = tmp_path / "checkout" / "obecsum"
    package.mkdir(parents=True)
    monkeypatch.setattr(model_paths, "_PACKAGE", package)
    return package


def test_the_wheels_folder_is_found(package: Path) -> None:
    folder = make_model(package / "_models" / "obecsum-summarizer", "model.safetensors")
    assert model_path("obecsum-th") == folder
    assert model_path("obecsum-summarizer") == folder


def test_the_checkouts_folder_is_found(package: Path) -> None:
    folder = make_model(package.parent / "models" / "obecsum-summarizer", "model.safetensors")
    assert model_path("obecsum-th") == folder


def test_the_wheels_folder_comes_first(package: Path) -> None:
    make_model(package.parent / "models" / "obecsum-summarizer", "model.safetensors")
    folder = make_model(package / "_models" / "obecsum-summarizer", "model.safetensors")
    assert model_path("obecsum-th") == folder


def test_each_model_has_its_own_folder(package: Path) -> None:
    make_model(package / "_models" / "obecsum-summarizer", "model.safetensors")
    with pytest.raises(ModelError, match=r"obecsum-embeddings.*is missing"):
        model_path("obecsum-embeddings")
    folder = make_model(package / "_models" / "obecsum-embeddings", "model.safetensors")
    assert model_path("obecsum-embeddings") == folder


def test_a_missing_model_names_both_places(package: Path) -> None:
    with pytest.raises(ModelError) as caught:
        model_path("obecsum-th")
    message = str(caught.value)
    assert str(package / "_models" / "obecsum-summarizer") in message
    assert str(package.parent / "models" / "obecsum-summarizer") in message


def test_the_real_package_is_where_it_looks() -> None:
    assert (model_paths._PACKAGE / "__main__.py").is_file()


def test_a_folder_can_be_named(tmp_path: Path) -> None:
    folder = make_model(tmp_path / "mine", "model-00001-of-00002.safetensors", "pytorch_model.bin")
    assert model_path(str(folder)) == folder


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(ModelError, match=r"obecsum-thai.*obecsum-th"):
        model_path("obecsum-thai")


@pytest.mark.parametrize("weights", ["pytorch_model.bin", "model.pt", "model.pkl", "last.ckpt"])
def test_pickled_weights_are_refused(tmp_path: Path, weights: str) -> None:
    folder = make_model(tmp_path / "pickled", weights)
    with pytest.raises(ModelError, match=f"pickle.*{weights}.*safetensors"):
        check_model_folder(folder)


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no weights"):
        check_model_folder(make_model(tmp_path / "empty", "tokenizer.json"))


def test_a_folder_without_config_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(ModelError, match=r"no config\.json"):
        check_model_folder(tmp_path)


def test_bundled_models_that_are_here_are_usable() -> None:
    for name, folder_name in model_paths.BUNDLED_MODELS.items():
        if (model_paths._PACKAGE.parent / "models" / folder_name).is_dir():
            assert model_path(name).name == folder_name


@pytest.mark.parametrize(
    "config",
    [
        '{"d_model": 1000000000}',
        '{"d_model": 512, "vocab_size": 900000000}',
        '{"d_model": 4096, "encoder_layers": 9000}',
    ],
)
def test_a_config_that_its_weights_cannot_have_is_refused_before_anything_is_built(tmp_path: Path, config: str) -> None:
    folder = make_model(tmp_path / "model", "model.safetensors")
    (folder / "model.safetensors").write_bytes(b"0" * 1_000_000)
    (folder / "config.json").write_text(config)
    with pytest.raises(
        ModelError, match=r"config.json asks for \w+ [\d,]+, which the weights beside it \(1,000,000 bytes\)"
    ):
        check_model_folder(folder)
