"""The samples match their manifest and their purposes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

SAMPLES = Path(__file__).parents[2] / "samples"
ENTRIES: list[dict[str, Any]] = [
    json.loads(line) for line in (SAMPLES / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
]
FILLED_PAUSES = {"um", "uh", "er", "hmm"}

# Purposes of the samples: limits of the answer length in seconds and of words per minute.
PURPOSES = {
    "good-answer": ((60, 120), (100, 165)),
    "too-long": ((180, 300), (100, 165)),
    "too-short": ((20, 45), (100, 180)),
    "many-fillers": ((60, 120), (100, 165)),
    "fast": ((60, 120), (180, 205)),
    "long-pauses": ((60, 120), (80, 130)),
}

each_sample = pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])


def level(samples: np.ndarray) -> float:
    """RMS in dB below full scale."""
    return float(10 * np.log10(np.mean(samples**2) + 1e-12))


def loudest(samples: np.ndarray, rate: int) -> float:
    """Level of the loudest 10 ms, in dB below full scale."""
    frame = rate // 100
    return max(
        level(samples[start : start + frame]) for start in range(0, len(samples) - frame + 1, frame // 2)
    )


def read(entry: dict[str, Any]) -> tuple[np.ndarray, int]:
    samples, rate = soundfile.read(SAMPLES / entry["audio"])
    return samples, rate


def test_every_purpose_has_a_sample_and_every_file_an_entry() -> None:
    assert {entry["id"] for entry in ENTRIES} == set(PURPOSES)
    files = {f"audio/{path.name}" for path in (SAMPLES / "audio").iterdir()}
    assert files == {entry["audio"] for entry in ENTRIES}


@each_sample
def test_length_and_pace_fit_the_purpose(entry: dict[str, Any]) -> None:
    (shortest, longest), (slowest, fastest) = PURPOSES[entry["id"]]
    span = entry["speech_end"] - entry["speech_start"]
    assert shortest <= span <= longest
    assert slowest <= 60 * entry["word_count"] / span <= fastest
    assert entry["question"].endswith(("?", "."))


@each_sample
def test_file_is_small_mono_and_not_clipped(entry: dict[str, Any]) -> None:
    samples, rate = read(entry)
    assert samples.ndim == 1
    assert len(samples) / rate == pytest.approx(entry["duration"], abs=1e-3)
    assert np.abs(samples).max() < 0.9
    assert (SAMPLES / entry["audio"]).stat().st_size < 3_000_000


@each_sample
def test_words_are_those_of_the_text(entry: dict[str, Any]) -> None:
    spoken = re.findall(r"[a-z']+", entry["text"].lower())
    assert entry["word_count"] == sum(word not in FILLED_PAUSES for word in spoken)
    filled_pauses = [filler["text"] for filler in entry["fillers"] if filler["kind"] == "filled_pause"]
    assert filled_pauses == [word for word in spoken if word in FILLED_PAUSES]
    assert entry["text"] == " ".join(segment["text"] for segment in entry["segments"])


@each_sample
def test_times_are_in_order_and_within_the_speech(entry: dict[str, Any]) -> None:
    for name in ("segments", "fillers", "pauses"):
        edges = [edge for part in entry[name] for edge in (part["start"], part["end"])]
        assert edges == sorted(edges), name
        assert all(entry["speech_start"] <= edge <= entry["speech_end"] for edge in edges), name
    assert all(pause["end"] - pause["start"] >= 0.15 for pause in entry["pauses"])
    for filler in entry["fillers"]:
        assert not any(
            pause["start"] < filler["end"] - 0.001 and filler["start"] + 0.001 < pause["end"]
            for pause in entry["pauses"]
        )


@each_sample
def test_pauses_are_silent_and_their_surroundings_are_not(entry: dict[str, Any]) -> None:
    samples, rate = read(entry)
    for pause in entry["pauses"]:
        start, end = round(pause["start"] * rate), round(pause["end"] * rate)
        edge, beside = round(0.015 * rate), round(0.15 * rate)
        assert level(samples[start + edge : end - edge]) < -48
        if pause["exact"]:
            assert loudest(samples[start - beside : start], rate) > -46
            assert loudest(samples[end : end + beside], rate) > -46


@each_sample
def test_fillers_are_audible_and_all_silences_are_listed(entry: dict[str, Any]) -> None:
    samples, rate = read(entry)
    for filler in entry["fillers"]:
        assert level(samples[round(filler["start"] * rate) : round(filler["end"] * rate)]) > -35
    # Outside of the listed pauses, no stretch of 0.2 s is at the level of the room.
    start, end = round(entry["speech_start"] * rate), round(entry["speech_end"] * rate)
    listed = np.zeros(len(samples), dtype=bool)
    for pause in entry["pauses"]:
        listed[round(pause["start"] * rate) : round(pause["end"] * rate)] = True
    window = round(0.2 * rate)
    for position in range(start, end - window, window // 4):
        stretch = slice(position, position + window)
        assert listed[stretch].any() or level(samples[stretch]) > -55


def test_the_sample_with_long_pauses_has_them() -> None:
    entry = next(entry for entry in ENTRIES if entry["id"] == "long-pauses")
    long = [pause["end"] - pause["start"] for pause in entry["pauses"] if pause["end"] - pause["start"] >= 1]
    assert len(long) >= 8
    assert max(long) < 3.1


def test_the_sample_with_many_fillers_has_them_and_ordinary_uses() -> None:
    entry = next(entry for entry in ENTRIES if entry["id"] == "many-fillers")
    kinds = [filler["kind"] for filler in entry["fillers"]]
    assert kinds.count("filled_pause") >= 12
    markers = {filler["text"] for filler in entry["fillers"] if filler["kind"] == "discourse_marker"}
    assert markers == {"like", "you know", "i mean", "sort of", "basically"}
    as_filler = sum(filler["text"] == "like" for filler in entry["fillers"])
    assert len(re.findall(r"\blike\b", entry["text"].lower())) >= as_filler + 3
