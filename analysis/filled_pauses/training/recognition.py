"""Runs the recogniser on a training item: encoder states, words and voice activity."""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis import SAMPLE_RATE
from analysis.audio.recording import Recording
from analysis.filled_pauses.candidates import FRAME, Candidate
from analysis.filled_pauses.decoder_odds import DecoderOdds
from analysis.filled_pauses.detector import FilledPause, FilledPauseDetector
from analysis.filled_pauses.training.degrading import Sound
from analysis.report import RecordingDescription, Span, Word
from analysis.serialization import from_json, to_json
from analysis.signal.voice_activity import Activity, detect_activity
from analysis.text.words import is_filled_pause
from analysis.transcription.verbatim import transcribe
from analysis.transcription.whisper import WhisperEngine


@dataclass(frozen=True)
class WindowStates:
    """Encoder states of one window: shape (frames, states), float16, from `start` seconds."""

    start: float
    states: NDArray[np.float16]


@dataclass(frozen=True)
class RecognisedItem:
    """The recogniser's results for one item; `words` and `odds` are empty if it was only encoded."""

    windows: tuple[WindowStates, ...]
    words: tuple[Word, ...]
    odds: tuple[DecoderOdds, ...]
    activity: Activity


class _Collector(FilledPauseDetector):
    """Takes the place of the detector in the engine and collects the states that it is given."""

    def __init__(self) -> None:
        super().__init__(np.zeros(0, np.float32), 0.0, np.zeros(0), 0.0)
        self.windows: list[WindowStates]
        self.odds: tuple[DecoderOdds, ...]
        object.__setattr__(self, "windows", [])
        object.__setattr__(self, "odds", ())

    def candidates(self, states: NDArray[np.float32], start: float) -> tuple[Candidate, ...]:
        self.windows.append(WindowStates(start, states.astype(np.float16)))
        return ()

    def weigh(
        self,
        words: Sequence[Word],
        candidates: Sequence[Candidate],
        odds: Sequence[DecoderOdds],
        activity: Activity,
    ) -> tuple[tuple[FilledPause, ...], tuple[Word, ...]]:
        object.__setattr__(self, "odds", tuple(odds))
        return (), tuple(words)


class CollectingEngine(WhisperEngine):
    """The recogniser with a collector instead of the detector to be trained."""

    @cached_property
    def detector(self) -> _Collector:
        """Collects the states."""
        return _Collector()

    def encode(self, samples: Sound, window: Span) -> NDArray[np.float32]:
        """Encoder states of a window, shape (frames, states)."""
        states: NDArray[np.float32] = self._encode(samples, [window])[0]
        return states

    def times_of(self, text: str, samples: Sound) -> tuple[Span, ...]:
        """Where the filled pauses of a known text are said, to about 0.3 s.

        Args:
            text: every word of the recording.
            samples: shape (n,), 16 kHz, at most 30 s.
        """
        window = Span(0.0, len(samples) / SAMPLE_RATE)
        tokenizer = self._tokenizer("en")
        states = self._encode(samples, [window])
        (pieces,) = self._align(states, [window], tokenizer, [tokenizer.encode(f" {text}")])
        return tuple(
            Span(float(piece["start"]), max(float(piece["end"]), float(piece["start"]) + 4 * FRAME))
            for piece in pieces
            if is_filled_pause(piece["word"])
        )


def recognise(
    name: str, samples: Sound, engine: CollectingEngine, cache: Path, *, only_encode: bool = False
) -> RecognisedItem:
    """Runs the recogniser on an item, or loads its cached results for the same samples.

    Args:
        name: of the item.
        samples: shape (n,), 16 kHz.
        engine: the recogniser.
        cache: folder of results.
        only_encode: leave out the words, which take most of the time.
    """
    key = hashlib.sha256(samples.tobytes() + engine.weights.sha256.encode()).hexdigest()[:16]
    stored = cache / f"{name.replace(' ', '_')}-{key}{'-encoded' if only_encode else ''}.npz"
    if not stored.exists():
        cache.mkdir(parents=True, exist_ok=True)
        _store(stored, (_encode if only_encode else _recognise)(samples, engine))
    return _restore(stored)


def _recording(samples: Sound) -> Recording:
    duration = len(samples) / SAMPLE_RATE
    description = RecordingDescription(duration, duration, "pcm_f32le", SAMPLE_RATE, 1)
    return Recording(samples, description, "wav", has_video=False)


def _encode(samples: Sound, engine: CollectingEngine) -> RecognisedItem:
    activity = detect_activity(_recording(samples))
    windows = []
    for span in (window.span for window in activity.windows):
        states = engine.encode(samples, span)[: math.ceil(span.duration / FRAME)]
        windows.append(WindowStates(span.start, states.astype(np.float16)))
    return RecognisedItem(tuple(windows), (), (), activity)


def _recognise(samples: Sound, engine: CollectingEngine) -> RecognisedItem:
    recording = _recording(samples)
    activity = detect_activity(recording)
    engine.detector.windows.clear()
    object.__setattr__(engine.detector, "odds", ())
    transcription = transcribe(recording, activity, engine)
    starts = {window.span.start for window in activity.windows}
    collected: dict[float, WindowStates] = {}
    for window in engine.detector.windows:
        # A stretch that is transcribed again is also encoded again; the first result counts.
        if window.start in starts:
            collected.setdefault(window.start, window)
    return RecognisedItem(
        tuple(collected.values()), transcription.transcript.words, engine.detector.odds, activity
    )


def _store(path: Path, item: RecognisedItem) -> None:
    described = {
        "starts": [window.start for window in item.windows],
        "words": [to_json(word) for word in item.words],
        "odds": [to_json(place) for place in item.odds],
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
    odds = tuple(from_json(DecoderOdds, place) for place in described["odds"])
    return RecognisedItem(windows, words, odds, from_json(Activity, described["activity"]))
