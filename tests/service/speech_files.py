"""Recordings for tests of the service: sample answers, shortened so that tests are fast."""

from pathlib import Path

import soundfile

SAMPLE = Path(__file__).parents[2] / "samples" / "audio" / "good-answer.flac"


def write_speech(path: Path, seconds: float = 12.0) -> Path:
    """Writes the beginning of a sample answer as a WAV file."""
    rate = soundfile.info(SAMPLE).samplerate
    samples, _ = soundfile.read(SAMPLE, frames=round(seconds * rate))
    soundfile.write(path, samples, rate, format="WAV", subtype="PCM_16")
    return path
