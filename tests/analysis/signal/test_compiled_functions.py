"""Functions that are compiled on import are loaded by one process at a time."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from filelock import FileLock, Timeout

from analysis.signal import compiled_functions


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(compiled_functions, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    compiled_functions.librosa.cache_clear()
    yield tmp_path / "cache"
    compiled_functions.librosa.cache_clear()


def test_they_are_loaded_under_a_lock(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = []

    def load() -> ModuleType:
        try:
            FileLock(cache_folder / "compiling.lock", timeout=0).acquire()
        except Timeout:
            refused.append(True)
        return compiled_functions.import_module("librosa")

    monkeypatch.setattr(compiled_functions, "_load", load)
    assert compiled_functions.librosa().__name__ == "librosa"
    assert compiled_functions.librosa().__name__ == "librosa"
    assert refused == [True], "once, and nobody else meanwhile"
    FileLock(cache_folder / "compiling.lock", timeout=0).acquire().lock.release()


def test_after_a_timeout_they_are_loaded_without_the_lock(
    cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiled_functions, "_PATIENCE", 0.1)
    cache_folder.mkdir()
    with FileLock(cache_folder / "compiling.lock"):
        assert compiled_functions.librosa().yin


def test_without_a_lock_they_are_loaded_anyway(cache_folder: Path) -> None:
    cache_folder.write_text("a file, and no folder")
    assert compiled_functions.librosa().yin


def test_every_module_that_compiles_on_import_is_loaded_under_the_lock() -> None:
    """Checks every module that the used parts of librosa import."""
    librosa = compiled_functions.librosa()
    assert all((librosa.yin, librosa.feature.mfcc, librosa.resample))
    at_loading = re.compile(r"@(numba\.)?guvectorize|@numba\.vectorize")
    compiled = {
        name
        for name, module in sys.modules.items()
        if name.startswith("librosa.")
        and (path := getattr(module, "__file__", None))
        and at_loading.search(Path(path).read_text())
    }
    assert compiled <= set(compiled_functions._COMPILED)
