"""What the interviewers say: every text is spoken as it stands, in files that a page can play."""

import hashlib
import json
from pathlib import Path
from typing import Any

import librosa
import numpy as np
import pytest
import soundfile

from analysis.evaluation.word_errors import WordErrors, word_errors
from analysis.report import Span
from service.practice.spoken_lines import spoken_lines
from tests.recogniser import SharedWhisper

SPEECH = Path(__file__).parents[2] / "web" / "speech"
MANIFEST: dict[str, Any] = json.loads((SPEECH / "manifest.json").read_text(encoding="utf-8"))
LINES: dict[str, Any] = MANIFEST["lines"]
FILES: list[tuple[str, dict[str, Any]]] = [
    (line["text"], file) for line in LINES.values() for file in line["files"].values()
]

HOW_TO_RENDER = "what is spoken is not what is written: render it as samples/interviewer/README.md says"
LARGEST = 10_000_000
"""Bytes of all files together."""
DECODED = 40
"""Files that the quick test decodes; the long one decodes all."""

RECOGNISER_RATE = 16_000
MOST_MISHEARD = 0.02
"""Share of all words. The recogniser mishears some clear ones itself: 'let' for 'led', 'who's' for 'whose'."""
MISHEARD_FILE = 0.25
"""Share of a file's words from which it counts as said wrongly, if it is more than one word."""


def read(file: dict[str, Any]) -> tuple[np.ndarray, int]:
    samples, rate = soundfile.read(SPEECH / file["file"], dtype="float32")
    return samples, rate


def test_everything_is_spoken_as_it_is_written() -> None:
    texts = spoken_lines()
    written = {identifier: line["text"] for identifier, line in LINES.items()}
    changed = {
        identifier for identifier in texts | written if texts.get(identifier) != written.get(identifier)
    }
    assert not changed, f"{HOW_TO_RENDER}: {sorted(changed)}"


def test_both_interviewers_say_what_either_may_have_to_say() -> None:
    """Questions have at least one voice: with two interviewers, the other one may ask it."""
    assert [voice["interviewer"] for voice in MANIFEST["voices"]] == [0, 1]
    first, second = (voice["id"] for voice in MANIFEST["voices"])
    for identifier, line in LINES.items():
        assert first in line["files"], f"{HOW_TO_RENDER}: {identifier}"
        if ":" in identifier:
            assert second in line["files"], f"{HOW_TO_RENDER}: {identifier}"


def test_the_folder_has_the_files_of_the_manifest_and_no_others() -> None:
    found = {path.relative_to(SPEECH).as_posix(): path.read_bytes() for path in SPEECH.rglob("*.ogg")}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}
    assert hashes == {file["file"]: file["sha256"] for _, file in FILES}
    assert sum(map(len, found.values())) < LARGEST


@pytest.mark.parametrize(
    "files", [FILES[:: len(FILES) // DECODED], pytest.param(FILES, marks=pytest.mark.long)]
)
def test_files_are_as_loud_as_each_other_and_begin_at_once(files: list[tuple[str, dict[str, Any]]]) -> None:
    for _, file in files:
        samples, rate = read(file)
        assert soundfile.info(SPEECH / file["file"]).subtype == "OPUS"
        assert (samples.ndim, rate) == (1, 24_000)
        assert len(samples) / rate == pytest.approx(file["seconds"], abs=0.001), file
        assert np.abs(samples).max() < 0.98, file
        frames = samples[: len(samples) // 240 * 240].reshape(-1, 240)
        levels = 10 * np.log10((frames.astype(np.float64) ** 2).mean(axis=1) + 1e-12)
        sounding = levels > -45
        assert np.log10((10 ** (levels[sounding] / 10)).mean()) * 10 == pytest.approx(-22.5, abs=2.0), file
        assert np.argmax(sounding) * 0.01 <= 0.06, file
        assert np.argmax(sounding[::-1]) * 0.01 <= 0.35, file


@pytest.mark.long
@pytest.mark.engine
def test_every_file_says_its_text() -> None:
    recogniser = SharedWhisper()
    heard: list[tuple[str, str, WordErrors]] = []
    for text, file in FILES:
        samples, rate = read(file)
        resampled = librosa.resample(samples, orig_sr=rate, target_sr=RECOGNISER_RATE)
        window = Span(0.0, len(resampled) / RECOGNISER_RATE)
        texts = recogniser.transcribe(resampled, [window], language="en")
        words = [word.text for each in texts for word in each.words]
        heard.append((file["file"], " ".join(words), word_errors(text, words)))
    wrong = [
        f"{name}: {words}"
        for name, words, errors in heard
        if errors.edits > 1 and errors.edits > MISHEARD_FILE * errors.words
    ]
    assert not wrong, "\n".join(wrong)
    assert sum(e.edits for *_, e in heard) < MOST_MISHEARD * sum(e.words for *_, e in heard)
