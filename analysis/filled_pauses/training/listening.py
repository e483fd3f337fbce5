"""What the recogniser makes of a training item: encoder states, words, and where somebody speaks."""

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
class Window:
    """Encoder states of one window, shape (frames, states), float16, the first of them at `start` seconds."""

    start: float
    states: NDArray[np.float16]


@dataclass(frozen=True)
class Heard:
    """What came of one item."""

    windows: tuple[Window, ...]
    words: tuple[Word, ...]
    activity: Activity


class _Collector(FilledPauseDetector):
    """Stands where the detector stands in the engine, and keeps what it is given."""

    def __init__(self) -> None:
        super().__init__(np.zeros(0, np.float32), 0.0, np.zeros(0), 0.0)
        self.windows: list[Window]
        object.__setattr__(self, "windows", [])

    def candidates(self, states: NDArray[np.float32], start: float) -> tuple[Candidate, ...]:
        self.windows.append(Window(start, states.astype(np.float16)))
        return ()

    def weigh(
        self, words: Sequence[Word], candidates: Sequence[Candidate], activity: Activity
    ) -> tuple[tuple[FilledPause, ...], tuple[Word, ...]]:
        return (), tuple(words)


class ListeningEngine(WhisperEngine):
    """The recogniser, with a collector in place of the detector that is to be trained."""

    @cached_property
    def detector(self) -> _Collector:
        """Keeps the states."""
        return _Collector()


def listen(name: str, samples: Sound, engine: ListeningEngine, cache: Path) -> Heard:
    """Runs the recogniser on an item, or takes what it made of the same sound before."""
    key = hashlib.sha256(samples.tobytes() + engine.weights.sha256.encode()).hexdigest()[:16]
    stored = cache / f"{name.replace(' ', '_')}-{key}.npz"
    if not stored.exists():
        cache.mkdir(parents=True, exist_ok=True)
        _store(stored, _listen(samples, engine))
    return _restore(stored)


def _listen(samples: Sound, engine: ListeningEngine) -> Heard:
    duration = len(samples) / SAMPLE_RATE
    recording = Recording(
        samples, RecordingDescription(duration, duration, "pcm_f32le", SAMPLE_RATE, 1), "wav", has_video=False
    )
    activity = detect_activity(recording)
    engine.detector.windows.clear()
    transcription = transcribe(recording, activity, engine)
    starts = {window.span.start for window in activity.windows}
    heard: dict[float, Window] = {}
    for window in engine.detector.windows:
        # A stretch that is written down a second time is encoded a second time: the first is what counts.
        if window.start in starts:
            heard.setdefault(window.start, window)
    return Heard(tuple(heard.values()), transcription.transcript.words, activity)


def _store(path: Path, heard: Heard) -> None:
    described = {
        "starts": [window.start for window in heard.windows],
        "words": [to_json(word) for word in heard.words],
        "activity": to_json(heard.activity),
    }
    arrays: dict[str, Any] = {f"states_{index}": window.states for index, window in enumerate(heard.windows)}
    np.savez(path, described=json.dumps(described), **arrays)


def _restore(path: Path) -> Heard:
    with np.load(path) as archive:
        described = json.loads(str(archive["described"]))
        windows = tuple(
            Window(start, archive[f"states_{index}"]) for index, start in enumerate(described["starts"])
        )
    words = tuple(from_json(Word, word) for word in described["words"])
    return Heard(windows, words, from_json(Activity, described["activity"]))
