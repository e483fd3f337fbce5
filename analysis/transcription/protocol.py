"""The interface of a recogniser, and its results.

An engine transcribes given windows of a recording. Which windows these are, and which of its words are kept,
is decided elsewhere: see `analysis.signal.windows` and `verbatim`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.filled_pauses.candidates import Candidate
from analysis.filled_pauses.decoder_odds import DecoderOdds
from analysis.filled_pauses.detector import FilledPause, FilledPauseDetector
from analysis.report import ModelDescription, Notice, Span, Transcript, Word

ENOUGH_FOR_LANGUAGE = 6.0
"""Seconds of a window that suffice to detect its language; a shorter one counts as English. In shorter
readings by beginners Whisper was certain of Dutch, Latin and Chinese."""


@dataclass(frozen=True)
class HeardLanguage:
    """The language of a piece of a window, as the recogniser hears it.

    Attributes:
        language: ISO 639-1 code of the most likely one.
        probability: of that language, 0 to 1.
        english: probability of English, 0 to 1.
    """

    language: str
    probability: float
    english: float


@dataclass(frozen=True)
class WindowText:
    """The transcription of one window.

    Attributes:
        window: the stretch of the recording.
        words: in order, times from the start of the recording.
        language: ISO 639-1 code that it was transcribed as.
        language_probability: 0 to 1.
        candidates: possible filled pauses in the audio; none without a `detector`.
        decoder_odds: of a filled pause between the words; none without a `detector`.
        languages: of equal pieces of the window, in order; none where the recogniser knows one language only.
    """

    window: Span
    words: tuple[Word, ...]
    language: str
    language_probability: float
    candidates: tuple[Candidate, ...] = ()
    decoder_odds: tuple[DecoderOdds, ...] = ()
    languages: tuple[HeardLanguage, ...] = ()


class Engine(Protocol):
    """A recogniser, loaded and warm."""

    @property
    def description(self) -> ModelDescription:
        """Name, weights and options, for the report."""

    @property
    def detector(self) -> FilledPauseDetector | None:
        """Detects filled pauses in this model's encoder states; None where none was trained for it."""

    def transcribe(
        self,
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        *,
        language: str | None = None,
    ) -> Iterator[WindowText]:
        """Yields the words of each window, in order, as soon as they are known.

        Args:
            samples: shape (n,), 16 kHz.
            windows: as selected by `analysis.signal.windows`, at most 30 s each.
            language: ISO 639-1 code; None to detect it, in the first window that is long enough.
        """


@dataclass(frozen=True)
class Transcription:
    """The result of the stage `transcribe`.

    Attributes:
        transcript: words during which there is speech, and their sentences.
        language_probability: of the transcript's language, 0 to 1.
        model: the recogniser, with its options.
        dropped: words that the recogniser wrote where there is no speech.
        notices: for example that the language is not English.
        filled_pauses: possible ones with their probability, including unlikely ones; None without a detector.
    """

    transcript: Transcript
    language_probability: float
    model: ModelDescription
    dropped: tuple[Word, ...] = ()
    notices: tuple[Notice, ...] = ()
    filled_pauses: tuple[FilledPause, ...] | None = None
