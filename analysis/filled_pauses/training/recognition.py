"""Runs the recogniser on a training item: encoder states, words and voice activity."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.filled_pauses.candidates import Candidate
from analysis.filled_pauses.detector import FilledPause, FilledPauseDetector
from analysis.filled_pauses.training.degrading import Sound
from analysis.report import RecordingDescription, Word
from analysis.serialization import from_json, to_json
from analysis.signal.voice_activity import Activity, detect_activity
from analysis.transcription.verbatim import transcribe
from analysis.transcription.whisper import WhisperEngine


@dataclass(frozen=True)
class WindowStates:
    """Encoder states of one window: shape (frames, states), float16, from `start` seconds."""

    start: float
    states: NDArray[np.float16]


@dataclass(frozen=True)
class RecognisedItem:
    """The recogniser's results for one item."""

    windows: tuple[WindowStates, ...]
    words: tuple[Word, ...]
    activity: Activity


class _Collector(FilledPauseDetector):
    """Takes the place of the detector in the engine and collects the states that it is given."""

    def __init__(self) -> None:
        super().__init__(np.zeros(0, np.float32), 0.0, np.zeros(0), 0.0)
        self.windows: list[WindowStates]
        object.__setattr__(self, "windows", [])

    def candidates(self, states: NDArray[np.float32], start: float) -> tuple[Candidate, ...]:
        self.windows.append(WindowStates(start, states.astype(np.float16)))
        return ()

    def weigh(
        self, words: Sequence[Word], candidates: Sequence[Candidate], activity: Activity
    ) -> tuple[tuple[FilledPause, ...], tuple[Word, ...]]:
        return (), tuple(words)


class CollectingEngine(WhisperEngine):
    """The recogniser with a collector instead of the detector to be trained."""

    @cached_property
    def detector(self) -> _Collector:
        """Collects the states."""
        return _Collector()


def recognise(name: str, samples: Sound, engine: CollectingEngine, cache: Path) -> RecognisedItem:
    """Runs the recogniser on an item, or loads its cached results for the same samples."""
    key = hashlib.sha256(samples.tobytes() + engine.weights.sha256.encode()).hexdigest()[:16]
    stored = cache / f"{name.replace(' ', '_')}-{key}.npz"
    if not stored.exists():
        cache.mkdir(parents=True, exist_ok=True)
        _store(stored, _recognise(samples, engine))
    return _restore(stored)


def _recognise(samples: Sound, engine: CollectingEngine) -> RecognisedItem:
    duration = len(samples) / SAMPLE_RATE
    recording = Recording(
        samples, RecordingDescription(duration, duration, "pcm_f32le", SAMPLE_RATE, 1), "wav", has_video=False
    )
    activity = detect_activity(recording)
    engine.detector.windows.clear()
    transcription = transcribe(recording, activity, engine)
    starts = {window.span.start for window in activity.windows}
    collected: dict[float, WindowStates] = {}
    for window in engine.detector.windows:
        # A stretch that is transcribed again is also encoded again; the first result counts.
        if window.start in starts:
            collected.setdefault(window.start, window)
    return RecognisedItem(tuple(collected.values()), transcription.transcript.words, activity)


def _store(path: Path, item: RecognisedItem) -> None:
    described = {
        "starts": [window.start for window in item.windows],
        "words": [to_json(word) for word in item.words],
        "activity": to_json(item.activity),
    }
    arrays: dict[str, Any] = {f"states_{index}": window.states for index, window in enumerate(item.windows)}
    np.savez(path, described=json.dumps(described), **arrays)


def _restore(path: Path) -> RecognisedItem:
    with np.load(path) as archive:
        described = json.loads(str(archive["described"]))
        windows = tuple(
            WindowStates(start, archive[f"states_{index}"]) for index, start in enumerate(described["starts"])
        )
    words = tuple(from_json(Word, word) for word in described["words"])
    return RecognisedItem(windows, words, from_json(Activity, described["activity"]))
