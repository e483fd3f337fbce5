"""Where the recogniser runs, on machines with and without a graphics processor."""

import ctranslate2
import pytest

from analysis.errors import RecogniserError
from analysis.transcription.device import chosen_device


@pytest.fixture
def graphics_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 1)
    kinds = {"cpu": {"int8", "float32"}, "cuda": {"int8", "float16", "int8_float16"}}
    monkeypatch.setattr(ctranslate2, "get_supported_compute_types", lambda device: kinds[device])


@pytest.fixture
def no_graphics_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: 0)


@pytest.mark.usefixtures("graphics_processor")
def test_a_graphics_processor_is_used_where_it_is_asked_for() -> None:
    assert chosen_device() == ("cpu", "int8")
    assert chosen_device("auto") == chosen_device("cuda") == ("cuda", "float16")
    assert chosen_device("cuda", "int8_float16") == ("cuda", "int8_float16")


@pytest.mark.usefixtures("no_graphics_processor")
def test_without_one_only_the_wish_for_it_is_refused() -> None:
    assert chosen_device() == chosen_device("auto") == ("cpu", "int8")
    with pytest.raises(RecogniserError) as refused:
        chosen_device("cuda")
    assert refused.value.code == "no_graphics_processor"
    with pytest.raises(RecogniserError) as refused:
        chosen_device("cpu", "float17")
    assert refused.value.code == "unknown_compute_type"
    assert "int8" in refused.value.text
