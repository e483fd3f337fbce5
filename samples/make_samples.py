"""Make the sample answers, audio/*.flac and manifest.jsonl, from answers.toml.

    python -m venv /tmp/samples_venv
    /tmp/samples_venv/bin/pip install -r samples/requirements.txt
    /tmp/samples_venv/bin/python samples/make_samples.py [ID ...]

Every phrase, filled pause and discourse marker is synthesised as a separate piece, cut to its sound by energy
and placed after a silence of known length, so that the manifest's times are exact. Silences within a piece
(made by the voice, at a comma) are detected by energy, before the room noise is added. All random numbers are
seeded.

Conventions: times in seconds from the start of the file; levels in dB below full scale, as RMS.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from scipy.signal import resample_poly
from voices import VOICE_RATE, Voice

HERE = Path(__file__).parent
MANIFEST = HERE / "manifest.jsonl"

SPEECH_LEVEL = -23.0  # of a piece's sound
HIGHEST_PEAK = 0.85  # of full scale; a piece with a higher peak is attenuated
FILLER_LEVEL = -26.0  # hesitations are spoken more softly than phrases
LEVEL_SPREAD = 1.2  # dB, standard deviation between pieces, as in a person's voice
SILENCE_LEVEL = -50.0  # a frame below it is silence: 27 dB under speech, 10 dB over the room
ROOM_LEVEL = -62.0  # a quiet room
WEAK_LEVEL = -45.0  # a sound at the end of a piece, after a gap, that stays below it is not part of a word
SHORTEST_GAP = 0.03
FRAME = 0.010  # window of the energy measure
HOP = 0.002
FADE = 0.012  # on each side of a piece, outside its measured sound, so that cuts do not click
SHORTEST_PAUSE = 0.15  # shortest pause in the manifest

TOKEN = re.compile(
    r"\((?P<hesitation>\w+)\)|<(?P<marker>[^>]+)>|\[(?P<silence>[\d.]+)\]|(?P<phrase>[^(<\[]+)"
)


@dataclass(frozen=True)
class Piece:
    """A part of a script that is synthesised at once. `kind`: phrase, filled_pause or discourse_marker.

    `silence` is the length of the silence after the piece that the script specifies, None if it is drawn;
    `ends_line` distinguishes a join between phrases from one within a phrase.
    """

    text: str
    kind: str
    silence: float | None = None
    ends_line: bool = False


@dataclass(frozen=True)
class Sound:
    """Samples of a piece with `FADE` on each side, and its silences, in seconds from its first sample."""

    samples: np.ndarray
    silences: list[tuple[float, float]]


def read_script(script: str) -> list[Piece]:
    """Parse a script into pieces, in order (answers.toml explains the marks)."""
    pieces: list[Piece] = []
    for line in script.strip().splitlines():
        for match in TOKEN.finditer(line):
            kind, text = str(match.lastgroup), match[str(match.lastgroup)].strip()
            if kind == "silence":
                pieces[-1] = Piece(pieces[-1].text, pieces[-1].kind, float(text))
            elif text:
                names = {"hesitation": "filled_pause", "marker": "discourse_marker", "phrase": "phrase"}
                pieces.append(Piece(text, names[kind]))
        pieces[-1] = Piece(pieces[-1].text, pieces[-1].kind, pieces[-1].silence, ends_line=True)
    return pieces


def frame_levels(samples: np.ndarray, rate: int) -> np.ndarray:
    """Levels of frames of length `FRAME`, one per `HOP`; frame i starts at i * HOP."""
    length, hop = round(FRAME * rate), round(HOP * rate)
    energy = np.concatenate([[0.0], np.cumsum(samples.astype(np.float64) ** 2)])
    starts = np.arange(0, len(samples) - length, hop)
    return 10 * np.log10((energy[starts + length] - energy[starts]) / length + 1e-12)


def silent_runs(levels: np.ndarray) -> Iterator[tuple[float, float]]:
    """Stretches between the first and the last sounding frame that stay below `SILENCE_LEVEL`."""
    sounding = np.flatnonzero(levels >= SILENCE_LEVEL)
    for before, after in itertools.pairwise(sounding):
        # A sounding frame counts as sounding up to its end.
        start, end = before * HOP + FRAME, after * HOP
        if end - start >= SHORTEST_PAUSE:
            yield start, end


def to_level(samples: np.ndarray, rate: int, level: float) -> np.ndarray:
    """Scale the sounding part (within 30 dB of the loudest frame) to `level`, limited by `HIGHEST_PEAK`."""
    levels = frame_levels(samples, rate)
    sounding = levels[levels > levels.max() - 30]
    gain = 10 ** ((level - 10 * np.log10(np.mean(10 ** (sounding / 10)))) / 20)
    return samples * min(gain, HIGHEST_PEAK / np.abs(samples).max())


def sounding_runs(levels: np.ndarray) -> list[slice]:
    """Stretches of frames at `SILENCE_LEVEL` or above, joined over gaps shorter than `SHORTEST_GAP`."""
    sounding = np.flatnonzero(levels >= SILENCE_LEVEL)
    breaks = np.flatnonzero(np.diff(sounding) * HOP - FRAME >= SHORTEST_GAP) + 1
    return [slice(run[0], run[-1] + 1) for run in np.split(sounding, breaks)]


def cut_to_sound(samples: np.ndarray, rate: int, *, kind: str) -> Sound:
    """Cut a piece to its sound, with `FADE` on each side.

    A filled pause is one unbroken sound; a click or a breath that the voice adds after it is cut off. From
    other pieces only ends below `WEAK_LEVEL` are cut, so that a word keeps the release of its last stop.
    """
    fade, hop = round(FADE * rate), round(HOP * rate)
    padded = np.pad(samples, fade + round(FRAME * rate))
    levels = frame_levels(padded, rate)
    runs = sounding_runs(levels)
    if kind == "filled_pause":
        runs = [max(runs, key=lambda run: run.stop - run.start)]
    loud = [run for run in runs if levels[run].max() >= WEAK_LEVEL]
    start, end = loud[0].start * hop, (loud[-1].stop - 1) * hop + round(FRAME * rate)
    cut = padded[start - fade : end + fade].copy()
    ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(fade) / fade)
    cut[:fade] *= ramp
    cut[-fade:] *= ramp[::-1]
    return Sound(cut, list(silent_runs(frame_levels(padded[start:end], rate))))


def room_noise(length: int, rate: int, chance: np.random.Generator) -> np.ndarray:
    """Noise at `ROOM_LEVEL` that falls by 6 dB per octave above 60 Hz, like the noise of a quiet room."""
    spectrum = np.fft.rfft(chance.standard_normal(length))
    frequencies = np.fft.rfftfreq(length, 1 / rate)
    spectrum *= np.where(frequencies < 60, 0.0, 1 / np.maximum(frequencies, 60))
    noise = np.fft.irfft(spectrum, length)
    return noise * 10 ** (ROOM_LEVEL / 20) / np.sqrt(np.mean(noise**2))


def silence_after(
    piece: Piece, following: Piece, answer: dict[str, Any], chance: np.random.Generator
) -> float:
    """Length of the silence between two pieces: as specified in the script, or drawn."""
    if piece.silence is not None:
        return piece.silence
    if piece.kind != "phrase" or (following.kind != "phrase" and not piece.ends_line):
        limits = answer["filler_pause"]
    elif piece.text.endswith((".", "?", "!")):
        limits = answer["sentence_pause"]
    else:
        limits = answer["clause_pause"]
    return float(chance.uniform(*limits))


def count_words(text: str) -> int:
    """Number of spoken words. The scripts have no figures or abbreviations."""
    return len(re.findall(r"[A-Za-z']+", text))


def make(answer: dict[str, Any]) -> dict[str, Any]:
    """Write one answer's FLAC and return its line of the manifest."""
    rate, chance = answer["sample_rate"], np.random.default_rng(answer["seed"])
    voice = Voice(answer["voice"], seed=answer["seed"])
    pieces = read_script(answer["script"])
    laid: list[np.ndarray] = []
    position = 0  # samples laid so far
    segments, fillers, pauses = [], [], []

    def lay(samples: np.ndarray) -> None:
        nonlocal position
        laid.append(samples)
        position += len(samples)

    lay(np.zeros(round(chance.uniform(0.5, 0.9) * rate)))
    fade = round(FADE * rate)
    for index, piece in enumerate(pieces):
        if piece.kind == "filled_pause":
            spoken = voice.hesitate(piece.text.lower(), speed=chance.uniform(0.85, 1.0))
        else:
            spoken = voice.say(piece.text, speed=answer["speed"] * chance.uniform(0.97, 1.03))
        level = SPEECH_LEVEL if piece.kind == "phrase" else FILLER_LEVEL
        spoken = resample_poly(spoken, rate, VOICE_RATE) if rate != VOICE_RATE else spoken
        spoken = to_level(spoken, rate, level + chance.normal(0, LEVEL_SPREAD))
        sound = cut_to_sound(spoken, rate, kind=piece.kind)
        start, end = position + fade, position + len(sound.samples) - fade
        lay(sound.samples)
        times = {"start": round(start / rate, 4), "end": round(end / rate, 4)}
        segments.append({"text": piece.text, **times})
        if piece.kind != "phrase":
            fillers.append({"text": piece.text.lower().rstrip(","), **times, "kind": piece.kind})
        # Within a phrase the edges are determined by energy alone, so by convention they are not exact.
        pauses += [
            {"start": round(start / rate + a, 4), "end": round(start / rate + b, 4), "exact": False}
            for a, b in sound.silences
        ]
        if index + 1 < len(pieces):
            length = round(silence_after(piece, pieces[index + 1], answer, chance) * rate)
            lay(np.zeros(max(0, length - 2 * fade)))
            if length >= SHORTEST_PAUSE * rate:
                pauses.append({"start": times["end"], "end": round((end + length) / rate, 4), "exact": True})
    lay(np.zeros(round(chance.uniform(0.6, 1.0) * rate)))

    clean = np.concatenate(laid)
    mixed = clean + room_noise(len(clean), rate, chance)
    audio = HERE / "audio" / f"{answer['id']}.flac"
    audio.parent.mkdir(exist_ok=True)
    # The two lowest bits would contain only noise, 24 dB below the room, and take a fifth of the file.
    mixed = np.round(mixed * 2**13) / 2**13
    soundfile.write(audio, mixed, rate, subtype="PCM_16", compression_level=1.0)
    return {
        "id": answer["id"],
        "audio": f"audio/{audio.name}",
        "title": answer["title"],
        "question": answer["question"],
        "purpose": answer["purpose"],
        "duration": round(len(mixed) / rate, 4),
        "kind": "synthetic",
        "trust": "exact",
        "speaker": voice.description.speaker,
        "accent": voice.description.accent,
        "source": "samples/make_samples.py",
        "licence": voice.description.licence,
        "speed": answer["speed"],
        "text": " ".join(piece.text for piece in pieces),
        "words": None,
        "word_count": sum(count_words(piece.text) for piece in pieces if piece.kind != "filled_pause"),
        "speech_start": segments[0]["start"],
        "speech_end": segments[-1]["end"],
        "fillers": fillers,
        "pauses": pauses,
        "segments": segments,
        "notes": "Synthetic voice, spoken phrase by phrase, so intonation is choppy.",
    }


def main() -> None:
    """Make the answers named on the command line, or all, and rewrite the manifest."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these answers (default: all)")
    wanted = parser.parse_args().ids
    answers = tomllib.loads((HERE / "answers.toml").read_text(encoding="utf-8"))["answer"]
    known = {}
    if wanted and MANIFEST.exists():
        lines = MANIFEST.read_text(encoding="utf-8").splitlines()
        known = {entry["id"]: entry for entry in map(json.loads, lines)}
    for answer in answers:
        if wanted and answer["id"] not in wanted:
            continue
        entry = known[answer["id"]] = make(answer)
        span = entry["speech_end"] - entry["speech_start"]
        print(
            f"{entry['id']:14} {span:6.1f} s, {60 * entry['word_count'] / span:4.0f} words a minute",
            flush=True,
        )
    ordered = [known[answer["id"]] for answer in answers if answer["id"] in known]
    MANIFEST.write_text(
        "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in ordered), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
