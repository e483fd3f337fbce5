"""What an engine must do, and what comes of it.

An engine writes down what is said in given windows of sound. Which windows, with what prompt, and which
of its words to believe is not the engine's business: see `analysis.signal.windows` and `verbatim`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.filled_pauses.candidates import Candidate
from analysis.filled_pauses.detector import FilledPause, FilledPauseDetector
from analysis.report import ModelDescription, Notice, Span, Transcript, Word

ENOUGH_FOR_LANGUAGE = 6.0
"""Seconds of a window that tell a language; a shorter one counts as English. In shorter readings by beginners
Whisper was sure of Dutch, Latin and Chinese."""


@dataclass(frozen=True)
class WindowText:
    """What an engine wrote for one window.

    Attributes:
        window: the stretch of the recording.
        words: in order, times from the start of the recording.
        language: ISO 639-1 code that it was written down as.
        language_probability: 0 to 1.
        candidates: where a filled pause may be, by the sound; none without a `detector`.
    """

    window: Span
    words: tuple[Word, ...]
    language: str
    language_probability: float
    candidates: tuple[Candidate, ...] = ()


class Engine(Protocol):
    """A recogniser, loaded and warm."""

    @property
    def description(self) -> ModelDescription:
        """Name, weights and options, for the report."""

    @property
    def detector(self) -> FilledPauseDetector | None:
        """What hears filled pauses in this model's states; None where nothing was trained for it."""

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
    ) -> Iterator[WindowText]:
        """The words of each window, in order, one by one as they are done.

        Args:
            samples: shape (n,), 16 kHz.
            windows: as `analysis.signal.windows` chooses them, at most 30 s each.
            language: ISO 639-1 code; None to detect it, in the first window that is long enough.
        """


@dataclass(frozen=True)
class Transcription:
    """What the transcription stage saves.

    Attributes:
        transcript: words and sentences that speech lies under.
        language_probability: of the transcript's language, 0 to 1.
        model: which recogniser wrote it, with its options.
        dropped: words that the recogniser wrote where nobody speaks.
        notices: for example that the language is not English.
        filled_pauses: possible ones with their probability, unlikely ones too; None without a detector.
    """

    transcript: Transcript
    language_probability: float
    model: ModelDescription
    dropped: tuple[Word, ...] = ()
    notices: tuple[Notice, ...] = ()
    filled_pauses: tuple[FilledPause, ...] | None = None
