"""Recognisers for services under test, named in the setting `engine`."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.report import Span
from analysis.transcription.fake import FakeEngine
from analysis.transcription.protocol import WindowText

PROCESSOR_SECONDS_A_WINDOW = 0.05
SECONDS_A_WINDOW = 2.0
OTHER_WORDS = "Somebody said something else here."


def fake(model: str) -> FakeEngine:
    """Transcribes every recording with the same text."""
    return FakeEngine()


def other(model: str) -> FakeEngine:
    """Transcribes with another text, so that tests can tell which of the two engines was used."""
    return FakeEngine(OTHER_WORDS)


def naming_a_reason(model: str) -> FakeEngine:
    """Transcribes every recording as an answer to 'Why our programme?' that names one reason."""
    return FakeEngine("I like that every graduate from abroad has a mentor.")


@dataclass(frozen=True)
class EngineOfFixedCost(FakeEngine):
    """Takes the same processor time for every window, on every machine."""

    def transcribe(
        self, samples: NDArray[np.float32], windows: Sequence[Span], *, language: str | None = None
    ) -> Iterator[WindowText]:
        """See `Engine.transcribe`."""
        for text in super().transcribe(samples, windows, language=language):
            began = time.thread_time()
            while time.thread_time() - began < PROCESSOR_SECONDS_A_WINDOW:
                pass
            yield text


def of_fixed_cost(model: str) -> FakeEngine:
    """Transcribes every window with the same text, for the same processor time."""
    return EngineOfFixedCost()


@dataclass(frozen=True)
class SleepingEngine(FakeEngine):
    """Takes the same time for every window and no processor: more workers than processors can work."""

    def transcribe(
        self, samples: NDArray[np.float32], windows: Sequence[Span], *, language: str | None = None
    ) -> Iterator[WindowText]:
        """See `Engine.transcribe`."""
        for text in super().transcribe(samples, windows, language=language):
            time.sleep(SECONDS_A_WINDOW)
            yield text


def sleeping(model: str) -> FakeEngine:
    """Transcribes every window with the same text, after the same time."""
    return SleepingEngine()
