"""Sources of weights, and that only the published ones are loaded."""

import hashlib
import sys
from pathlib import Path

import pytest

from analysis.errors import RecogniserError
from analysis.transcription import weights
from analysis.transcription.weights import PACKAGED_MODELS, find_weights
from analysis.transcription.whisper import WhisperEngine

CONTENT = (b"first half, ", b"second half")


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A packaged model `small` in two halves; returns the folder of its second package."""
    for name, part in zip(("halves_one", "halves_two"), CONTENT, strict=True):
        data = tmp_path / "packages" / name / "data"
        data.mkdir(parents=True)
        (data.parent / "__init__.py").touch()
        (data / "model.bin.part").write_bytes(part)
        (data / "tokenizer.json").write_text("{}")
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    model = weights._PackagedModel(
        sha256=hashlib.sha256(b"".join(CONTENT)).hexdigest(),
        parts=(("halves_one", "data/model.bin.part"), ("halves_two", "data/model.bin.part")),
        companions=("tokenizer.json",),
    )
    monkeypatch.setitem(PACKAGED_MODELS, "halves", model)
    return tmp_path / "packages" / "halves_two"


def test_halves_are_joined_and_checked(packaged: Path, tmp_path: Path) -> None:
    found = find_weights("halves", cache=tmp_path / "cache")
    assert (found.folder / "model.bin").read_bytes() == b"".join(CONTENT)
    assert (found.folder / "tokenizer.json").exists()
    assert found.sha256 == hashlib.sha256(b"".join(CONTENT)).hexdigest()
    assert sorted(p.name for p in found.folder.iterdir()) == ["model.bin", "tokenizer.json"]


def test_they_are_joined_once(packaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = find_weights("halves", cache=tmp_path / "cache")
    monkeypatch.setattr(weights, "_join", lambda *_: pytest.fail("joined again"))
    assert find_weights("halves", cache=tmp_path / "cache") == first


def test_a_damaged_joined_file_is_made_again(packaged: Path, tmp_path: Path) -> None:
    found = find_weights("halves", cache=tmp_path / "cache")
    (found.folder / "model.bin").write_bytes(b"half of it")
    assert find_weights("halves", cache=tmp_path / "cache").sha256 == found.sha256
    assert (found.folder / "model.bin").read_bytes() == b"".join(CONTENT)


def test_other_weights_than_the_published_are_refused(packaged: Path, tmp_path: Path) -> None:
    (packaged / "data" / "model.bin.part").write_bytes(b"something else")
    with pytest.raises(RecogniserError) as refused:
        find_weights("halves", cache=tmp_path / "cache")
    assert refused.value.code == "model_damaged"
    assert "SHA-256" in refused.value.text
    assert not list((tmp_path / "cache").rglob("model.bin"))


def test_a_real_package_with_another_hash_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published = PACKAGED_MODELS["tiny.en"]
    other = weights._PackagedModel("0" * 64, published.parts, published.companions)
    monkeypatch.setitem(PACKAGED_MODELS, "tiny.en", other)
    with pytest.raises(RecogniserError) as refused:
        find_weights("tiny.en", cache=tmp_path)
    assert refused.value.code == "model_damaged"


def test_a_missing_package_is_named(packaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = weights._PackagedModel("0" * 64, (("package_that_is_not_there", "data/model.bin"),), ())
    monkeypatch.setitem(PACKAGED_MODELS, "halves", gone)
    with pytest.raises(RecogniserError) as refused:
        find_weights("halves", cache=tmp_path)
    assert refused.value.code == "model_not_found"
    assert "package_that_is_not_there" in refused.value.text


def test_a_cache_that_cannot_be_written_is_reported(packaged: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the folder's place")
    with pytest.raises(RecogniserError) as refused:
        find_weights("halves", cache=tmp_path / "cache")
    assert refused.value.code == "model_not_found"


def test_an_unknown_name() -> None:
    with pytest.raises(RecogniserError) as refused:
        find_weights("no-such-model")
    assert refused.value.code == "model_not_found"
    assert "no-such-model" in refused.value.text and "base" in refused.value.text


def test_a_known_name_without_a_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(_: str) -> str:
        raise ConnectionError("offline")

    monkeypatch.setattr("faster_whisper.utils.download_model", unreachable)
    with pytest.raises(RecogniserError) as refused:
        find_weights("small")
    assert refused.value.code == "model_not_found"
    assert "without a connection" in refused.value.text


@pytest.mark.parametrize("missing", ["model.bin", "tokenizer.json"])
def test_a_folder_without_what_a_model_needs(missing: str, tmp_path: Path) -> None:
    for name in {"model.bin", "tokenizer.json"} - {missing}:
        (tmp_path / name).write_text("x")
    with pytest.raises(RecogniserError) as refused:
        find_weights(str(tmp_path))
    assert refused.value.code == "model_not_found"
    assert missing in refused.value.text


def test_a_folder_without_a_loadable_model_is_damaged(tmp_path: Path) -> None:
    for name in ("model.bin", "tokenizer.json", "config.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(RecogniserError) as refused:
        WhisperEngine.load(str(tmp_path))
    assert refused.value.code == "model_damaged"


def test_the_published_hashes() -> None:
    assert PACKAGED_MODELS["base"].sha256.startswith("d01c3014881c9c6f")
    assert PACKAGED_MODELS["tiny.en"].sha256.startswith("1a5afae06a4db91c")
