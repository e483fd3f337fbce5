"""Training answers assembled from pieces, with every filled pause at a known time.

Filled pauses stand between silences or adjoin a phrase on one side or both, as in spontaneous speech; so do
the sounds that only resemble them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.filled_pauses.training import degrading
from analysis.filled_pauses.training.degrading import Sound
from analysis.report import Span

LONGEST = 27.0
"""Seconds of an answer."""

_FRAME = 160
_SOUND_BELOW_PEAK_DB = 32.0
_SHORTEST_FILLED_PAUSE = 0.12
_TOUCHING_SHARE = 0.5
_DEGRADED_KINDS = ("noise", "room", "line", "noisy room")


@dataclass(frozen=True)
class Answer:
    """A training answer.

    Attributes:
        samples: shape (n,), 16 kHz.
        filled_pauses: where they are.
        source: the voice; answers with the same source belong in one fold.
    """

    samples: Sound
    filled_pauses: tuple[Span, ...]
    source: str


def read_pieces(path: Path) -> Mapping[str, Sound]:
    """The pieces of one voice, trimmed of silence."""
    with np.load(path) as archive:
        return {name: cut_to_sound(archive[name].astype(np.float32) / 32768) for name in archive.files}


def cut_to_sound(sound: Sound) -> Sound:
    """Trims the silence before and after."""
    frames = np.sqrt(np.mean(sound[: len(sound) // _FRAME * _FRAME].reshape(-1, _FRAME) ** 2, axis=1) + 1e-12)
    loud = np.flatnonzero(20 * np.log10(frames) > 20 * np.log10(frames.max()) - _SOUND_BELOW_PEAK_DB)
    return sound[loud[0] * _FRAME : (loud[-1] + 1) * _FRAME]


def put_together(
    phrases: Sequence[Sound],
    filled_pauses: Sequence[Sound],
    others: Sequence[Sound],
    source: str,
    random_source: np.random.Generator,
) -> Answer:
    """Assembles one answer with about one filled pause or similar sound per phrase."""
    parts: list[Sound] = []
    found: list[Span] = []
    position = 0

    def append(part: Sound) -> None:
        nonlocal position
        parts.append(part)
        position += len(part)

    def silence(low: float, high: float) -> None:
        append(np.zeros(int(random_source.uniform(low, high) * SAMPLE_RATE), np.float32))

    silence(0.2, 0.8)
    for index in random_source.permutation(len(phrases)):
        if position / SAMPLE_RATE + len(phrases[index]) / SAMPLE_RATE + 4.0 > LONGEST:
            break
        level = _level(phrases[index])
        append(phrases[index])
        chance = random_source.random()
        kind = "filled" if chance < 0.6 and filled_pauses else "other" if chance < 0.85 and others else None
        if kind is None:
            silence(0.1, 1.2)
            if random_source.random() < 0.3:
                append(degrading.breath(int(0.3 * SAMPLE_RATE), random_source) * np.float32(level * 0.15))
                silence(0.05, 0.3)
            continue
        choices = filled_pauses if kind == "filled" else others
        piece = choices[int(random_source.integers(len(choices)))]
        piece = piece * np.float32(level / _level(piece) * 10 ** (random_source.uniform(-8, 2) / 20))
        if kind == "filled" and random_source.random() < 0.3:
            piece = _shortened(piece, random_source)
        silence(*((0.0, 0.03) if random_source.random() < _TOUCHING_SHARE else (0.15, 1.2)))
        if kind == "filled":
            found.append(Span(position / SAMPLE_RATE, (position + len(piece)) / SAMPLE_RATE))
        append(_faded(piece))
        silence(*((0.0, 0.03) if random_source.random() < _TOUCHING_SHARE else (0.15, 1.2)))
    silence(0.2, 0.8)
    sound = np.concatenate(parts)
    room = degrading.coloured_noise(len(sound), 1.0, random_source) * np.float32(
        10 ** (random_source.uniform(-75, -50) / 20)
    )
    sound = sound / max(1e-6, float(np.abs(sound).max())) * np.float32(random_source.uniform(0.1, 0.9))
    return Answer(sound + room, tuple(found), source)


def degraded(answer: Answer, random_source: np.random.Generator) -> Answer:
    """The same answer in noise, in a room or over a bad line; the labels do not change."""
    kind = _DEGRADED_KINDS[random_source.integers(len(_DEGRADED_KINDS))]
    sound = answer.samples
    if "room" in kind:
        sound = degrading.in_room(sound, random_source)
    if kind == "line":
        sound = degrading.through_line(sound, random_source)
    if "nois" in kind or kind == "line":
        noise = degrading.background(len(sound), random_source)
        sound = degrading.in_noise(sound, noise, float(random_source.uniform(5, 25)))
    return Answer(sound, answer.filled_pauses, answer.source)


def noise_only(count: int, random_source: np.random.Generator) -> Iterator[Answer]:
    """Background noise and breaths without any voice."""
    for _ in range(count):
        length = int(LONGEST * SAMPLE_RATE)
        sound = degrading.background(length, random_source) * np.float32(
            10 ** (random_source.uniform(-60, -20) / 20)
        )
        for start in random_source.integers(0, length - SAMPLE_RATE, 6):
            breath = degrading.breath(int(random_source.uniform(0.2, 0.8) * SAMPLE_RATE), random_source)
            sound[start : start + len(breath)] += breath * np.float32(random_source.uniform(0.01, 0.1))
        yield Answer(sound, (), "noise")


def _level(sound: Sound) -> float:
    return float(np.sqrt(np.mean(sound**2)) + 1e-6)


def _shortened(piece: Sound, random_source: np.random.Generator) -> Sound:
    length = len(piece) / SAMPLE_RATE
    keep = random_source.uniform(min(_SHORTEST_FILLED_PAUSE, length), length)
    return piece[: int(keep * SAMPLE_RATE)]


def _faded(piece: Sound) -> Sound:
    ramp = min(len(piece) // 4, int(0.015 * SAMPLE_RATE))
    window: NDArray[np.float32] = np.ones(len(piece), np.float32)
    window[:ramp] = np.linspace(0, 1, ramp, dtype=np.float32)
    window[-ramp:] = np.linspace(1, 0, ramp, dtype=np.float32)
    return piece * window
