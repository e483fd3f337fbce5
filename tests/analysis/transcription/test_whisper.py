"""The real recogniser on sample answers whose words are known."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from analysis.audio.recording import Recording
from analysis.pipeline import Analysis
from analysis.signal.voice_activity import Activity
from analysis.text.words import bare, spoken_word_count
from analysis.transcription.verbatim import transcribe
from analysis.transcription.whisper import WhisperEngine

pytestmark = pytest.mark.engine

ANSWERS = ("good-answer", "many-fillers")
Manifest = dict[str, dict[str, Any]]


@pytest.mark.parametrize("name", ANSWERS)
def test_words_are_counted_within_five_percent(
    name: str, analysed: Callable[[str], Analysis], manifest: Manifest
) -> None:
    measure = analysed(name).report.measures["spoken_words"]
    assert measure.value == pytest.approx(manifest[name]["word_count"], rel=0.05)
    assert measure.low <= manifest[name]["word_count"] <= measure.high


@pytest.mark.parametrize("name", ANSWERS)
def test_length_is_right_within_a_third_of_a_second(
    name: str, analysed: Callable[[str], Analysis], manifest: Manifest
) -> None:
    truth = manifest[name]["speech_end"] - manifest[name]["speech_start"]
    assert analysed(name).report.measures["answer_length"].value == pytest.approx(truth, abs=0.3)


def test_most_filled_pauses_are_found_and_few_invented(
    analysed: Callable[[str], Analysis], manifest: Manifest
) -> None:
    truth = [f for f in manifest["many-fillers"]["fillers"] if f["kind"] == "filled_pause"]
    report = analysed("many-fillers").report
    written = [f for f in report.fillers if f.kind == "filled_pause"]
    near = [t for t in truth if any(f.start < t["end"] + 0.5 and f.end > t["start"] - 0.5 for f in written)]
    assert len(near) >= 0.6 * len(truth)
    real = [f for f in written if any(f.start < t["end"] + 0.5 and f.end > t["start"] - 0.5 for t in truth)]
    assert len(real) >= 0.85 * len(written)
    count = report.measures["filled_pause_count"]
    assert count.low <= len(truth) <= count.high


def test_discourse_markers_are_told_from_words_with_meaning(
    analysed: Callable[[str], Analysis], manifest: Manifest
) -> None:
    truth = [f for f in manifest["many-fillers"]["fillers"] if f["kind"] == "discourse_marker"]
    report = analysed("many-fillers").report
    counted = [f for f in report.fillers if f.kind == "discourse_marker" and f.state == "filler"]
    assert len(counted) == pytest.approx(len(truth), abs=max(2, 0.4 * len(truth)))


@pytest.mark.parametrize("name", ANSWERS)
def test_like_in_i_would_like_is_not_a_filler(name: str, analysed: Callable[[str], Analysis]) -> None:
    report = analysed(name).report
    wished = [
        second.start
        for first, second in pairwise(report.transcript.words)
        if bare(first.text) == "would" and bare(second.text) == "like"
    ]
    assert wished, "the sample says 'I would like'"
    states = {f.start: f.state for f in report.fillers if f.text == "like"}
    assert [states[start] for start in wished] == ["not_filler"] * len(wished)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_word_is_over_speech_in_order(name: str, analysed: Callable[[str], Analysis]) -> None:
    analysis = analysed(name)
    words = analysis.transcription.transcript.words
    assert all(0.0 <= w.start <= w.end <= analysis.recording.duration + 0.01 for w in words)
    assert all(first.start <= second.start + 0.2 for first, second in pairwise(words))
    assert all(0.0 <= w.probability <= 1.0 and w.text == w.text.strip() and w.text for w in words)
    assert analysis.transcription.transcript.language == "en"


def test_options_are_in_the_report(analysed: Callable[[str], Analysis]) -> None:
    model = analysed("good-answer").report.model
    assert model.name == "base"
    assert model.sha256 == "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
    assert model.options["condition_on_previous_text"] is False
    assert model.options["prompt_every_window"] is True


def test_the_small_english_model_works_too(
    recording: Callable[[str], Recording], activity: Callable[[str], Activity], manifest: Manifest
) -> None:
    engine = WhisperEngine.load("tiny.en")
    found = transcribe(recording("too-short"), activity("too-short"), engine)
    words = spoken_word_count(found.transcript.words)
    assert words == pytest.approx(manifest["too-short"]["word_count"], rel=0.1)
    assert found.model.name == "tiny.en"
    assert found.transcript.language == "en"
