"""The real recogniser, asked at most once in a test run for the same windows of the same sound.

What it wrote is kept in a folder that all processes of the run share: those that run tests and the
workers of services under test. The folder is new in each run, so nothing is left of another build.
"""

import hashlib
import os
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
from faster_whisper import WhisperModel
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from analysis.filled_pauses.detector import FilledPauseDetector
from analysis.report import ModelDescription, Span
from analysis.transcription.protocol import WindowText
from analysis.transcription.weights import DEFAULT_MODEL, find_weights
from analysis.transcription.whisper import WhisperEngine
from tests.recogniser_folder import FOLDER_VARIABLE

SHARED_WHISPER = "tests.recogniser:SharedWhisper"
"""For the setting `engine` of a service under test."""
_LONGEST_WAIT = 60.0
"""Seconds to wait for a process that was asked the same; then the recogniser is asked a second time."""


@dataclass(frozen=True)
class SharedWhisper:
    """An `Engine` that loads the recogniser only for what no process of this run has asked yet."""

    name: str = DEFAULT_MODEL

    @property
    def detector(self) -> FilledPauseDetector | None:
        """That of the recogniser."""
        return _unloaded(self.name).detector

    @property
    def description(self) -> ModelDescription:
        """That of the recogniser."""
        return _unloaded(self.name).description

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
    ) -> Iterator[WindowText]:
        """See `Engine.transcribe`."""
        asked = hashlib.sha256(np.ascontiguousarray(samples).tobytes())
        asked.update(repr((self.name, tuple(windows), language)).encode())
        kept = Path(os.environ[FOLDER_VARIABLE]) / asked.hexdigest()
        lock = FileLock(f"{kept}.lock", thread_local=False)
        try:
            lock.acquire(timeout=_LONGEST_WAIT)
        except Timeout:
            yield from _loaded(self.name).transcribe(samples, windows, language=language)
            return
        try:
            if kept.exists():
                yield from pickle.loads(kept.read_bytes())
                return
            texts = []
            for text in _loaded(self.name).transcribe(samples, windows, language=language):
                texts.append(text)
                yield text
            unfinished = kept.with_suffix(".part")
            unfinished.write_bytes(pickle.dumps(texts))
            unfinished.rename(kept)
        finally:
            lock.release()


@cache
def _loaded(name: str) -> WhisperEngine:
    return WhisperEngine.load(name)


@cache
def _unloaded(name: str) -> WhisperEngine:
    """Describes itself; its model, which takes seconds to load, is missing."""
    return WhisperEngine(cast(WhisperModel, None), find_weights(name))
