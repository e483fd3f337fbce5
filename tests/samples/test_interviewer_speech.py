"""What the interviewers say: every text is spoken as it stands, in files that a page can play."""

import hashlib
import json
import re
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
Spoken = tuple[str, dict[str, Any]]
"""A text and the entry of a file that says it."""
FILES: list[Spoken] = [(line["text"], file) for line in LINES.values() for file in line["files"].values()]

HOW_TO_RENDER = "what is spoken is not what is written: render it as samples/interviewer/README.md says"
LARGEST = 10_000_000
"""Bytes of all files together."""
LIMITING_PEAK = 0.78
"""Largest sample, full scale being 1: the rendering raises no line further."""
DECODED = 16
"""Files that the quick test decodes; the long one decodes all."""

RECOGNISER_RATE = 16_000
SMALL_MODEL = "tiny.en"
QUOTATION_MARK = re.compile(r"(?<!\w)'|'(?!\w)")
"""Nobody says it; an apostrophe within a word stays."""
MOST_MISHEARD = 0.02
"""Share of all words. The recogniser mishears some clear ones: 'let' for 'led', 'who's' for 'whose'."""
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
def test_files_are_as_loud_as_each_other_and_begin_at_once(files: list[Spoken]) -> None:
    for _, file in files:
        samples, rate = read(file)
        assert soundfile.info(SPEECH / file["file"]).subtype == "OPUS"
        assert (samples.ndim, rate) == (1, 24_000)
        assert len(samples) / rate == pytest.approx(file["seconds"], abs=0.001), file
        assert np.abs(samples).max() < 0.98, file
        frames = samples[: len(samples) // 240 * 240].reshape(-1, 240)
        levels = 10 * np.log10((frames.astype(np.float64) ** 2).mean(axis=1) + 1e-12)
        sounding = levels > -45
        level = np.log10((10 ** (levels[sounding] / 10)).mean()) * 10
        # A line with a high peak cannot be made louder.
        least = -26.0 if np.abs(samples).max() > LIMITING_PEAK else -24.5
        assert least < level < -20.5, file
        assert np.argmax(sounding) * 0.01 <= 0.06, file
        assert np.argmax(sounding[::-1]) * 0.01 <= 0.35, file


@pytest.mark.long
@pytest.mark.engine
def test_every_file_says_its_text() -> None:
    wrong: list[str] = []
    edits = words = 0
    for text, file in FILES:
        # The small recogniser is several times as fast, and hears most files without a mistake.
        heard = misheard(text, file, SharedWhisper(SMALL_MODEL))
        if heard.edits:
            heard = min(heard, misheard(text, file, SharedWhisper()), key=lambda errors: errors.edits)
        edits += heard.edits
        words += heard.words
        if heard.edits > max(1, MISHEARD_FILE * heard.words):
            wrong.append(f"{file['file']}: {text}")
    assert not wrong, "\n".join(wrong)
    assert edits < MOST_MISHEARD * words


def misheard(text: str, file: dict[str, Any], recogniser: SharedWhisper) -> WordErrors:
    """What a recogniser writes otherwise than it is said."""
    samples, rate = read(file)
    sound = librosa.resample(samples, orig_sr=rate, target_sr=RECOGNISER_RATE)
    window = Span(0.0, len(sound) / RECOGNISER_RATE)
    texts = recogniser.transcribe(sound, [window], language="en")
    return word_errors(QUOTATION_MARK.sub("", text), [word.text for each in texts for word in each.words])
