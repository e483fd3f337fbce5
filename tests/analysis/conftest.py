"""The sample answers, decoded and analysed at most once a session."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from analysis.audio.decoding import decode
from analysis.audio.recording import Recording
from analysis.pipeline import Analysis, analyse
from analysis.signal.voice_activity import Activity, detect_activity
from analysis.text.numerals import number_words
from tests.recogniser import SharedWhisper

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(scope="session", autouse=True)
def _loaded() -> None:
    """Loads the number speller, which takes seconds, because Hypothesis times its examples."""
    number_words()


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    lines = (SAMPLES / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return {entry["id"]: entry for entry in map(json.loads, lines)}


@cache
def _recording(name: str) -> Recording:
    return decode(SAMPLES / _manifest()[name]["audio"])


@cache
def _activity(name: str) -> Activity:
    return detect_activity(_recording(name))


@pytest.fixture(scope="session")
def manifest() -> dict[str, dict[str, Any]]:
    """The labels of each sample answer, by its id; fields as in the evaluation set."""
    return _manifest()


@pytest.fixture(scope="session")
def recording() -> Callable[[str], Recording]:
    """A sample answer, decoded."""
    return _recording


@pytest.fixture(scope="session")
def activity() -> Callable[[str], Activity]:
    """Speech and silence of a sample answer."""
    return _activity


@pytest.fixture(scope="session")
def engine() -> SharedWhisper:
    """The real recogniser with the default weights."""
    return SharedWhisper("base")


@pytest.fixture(scope="session")
def analysed(engine: SharedWhisper) -> Callable[[str], Analysis]:
    """The analysis of a sample answer with the real recogniser."""

    @cache
    def run(name: str) -> Analysis:
        return analyse(SAMPLES / _manifest()[name]["audio"], lambda: engine)

    return run
