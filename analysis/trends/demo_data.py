"""Generates demo answers with full results, for demonstrations and tests.

Only the positions of words, silences and filled pauses are generated, at random. All figures then come from
the same code as those of a real answer. The text says that it was made by a program.
"""

import math
from dataclasses import dataclass
from itertools import cycle, islice, pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.acoustics import Acoustics
from analysis.build_report import MeasureOptions, build_report
from analysis.filled_pauses.detector import FilledPause
from analysis.report import (
    FillerSource,
    Guide,
    ModelDescription,
    RecordingDescription,
    Report,
    Span,
    SpokenSpan,
    Transcript,
    Word,
)
from analysis.signal.pitch import Pitch
from analysis.signal.quality import Quality
from analysis.signal.voice_activity import Activity
from analysis.text.sentences import ends_clause, split_sentences
from analysis.text.syllables import spoken_syllables
from analysis.transcription.protocol import Transcription

SENTENCES = (
    "This answer was made up by a program.",
    "Nobody has said these words.",
    "They stand here for the charts, which need something to show.",
    "The first part says where it was, when it was, and who was there.",
    "The second part says what was difficult about it.",
    "After that comes what was done, step by step, and why.",
    "One step was to ask a colleague for help, and another was to write things down.",
    "At the end the answer says what came of it.",
    "It also says what would be done in another way today.",
    "Then it returns to the question, in one short sentence.",
)
"""The text of an answer, repeated as often as needed. It contains no filler or discourse marker."""

_LEAD, _TRAIL = 0.6, 0.5
"""Seconds of silence before and after the answer."""
_FILLED_PAUSE = 0.36
"""Duration in seconds."""
_USUAL_PAUSE, _PAUSE_SPREAD = 0.55, 0.45
"""Median in seconds, and the standard deviation of the logarithm."""
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.28, 2.4
_MOST_SILENCE = 0.45
"""Largest share of pauses in an answer; more would leave no time for its words."""
_BOUNDARY_WEIGHT = 6.0
"""How much likelier a pause is after a clause than within one."""
_HEARD_SHARE = 1 / 3
"""Share of filled pauses that were detected in the sound; the recogniser wrote the others."""
_SOUNDS: dict[FillerSource, str] = {"transcribed": "um", "heard": "uh"}
_WORD_PROBABILITY, _FILLED_PAUSE_PROBABILITY = 0.97, 1.0
"""Generated filled pauses are certain, so that their count equals their number."""
_SPEECH_LEVEL, _NOISE_FLOOR = -22.0, -56.0
"""dB re full scale: a quiet room."""


_USUAL_SPREAD, _USUAL_HZ = 2.6, 165.0
"""Semitones and Hz: a typical pitch."""
_VOICED_SHARE = 0.5
_SAMPLE_RATE = 48_000


@dataclass(frozen=True)
class Contents:
    """The amounts in one answer.

    Attributes:
        seconds: duration from the first word to the last.
        words, pauses, filled_pauses: counts.
    """

    seconds: float
    words: int
    pauses: int
    filled_pauses: int


@dataclass(frozen=True)
class DemoAnswer:
    """The results of all stages of the analysis.

    Attributes:
        activity: speech and silence on a grid of 10 ms.
        transcription: words and filled pauses.
        acoustics: acoustic properties needed for measuring.
        report: the report built from them.
    """

    activity: Activity
    transcription: Transcription
    acoustics: Acoustics
    report: Report


def demo_answer(
    contents: Contents,
    rng: np.random.Generator,
    *,
    model: ModelDescription,
    target: Guide | None = None,
) -> DemoAnswer:
    """Generates an answer with these contents, at positions drawn from `rng`.

    Args:
        contents: amounts. Pauses that do not fit between the words are left out.
        rng: the same state gives the same answer.
        model: the recogniser named in the report.
        target: the question's aim for the length.
    """
    activity, transcription = _speech(contents, rng, model)
    acoustics = _acoustics(activity, transcription, rng)
    report = build_report(acoustics, activity, transcription, MeasureOptions(target=target))
    return DemoAnswer(activity, transcription, acoustics, report)


def _speech(
    contents: Contents, rng: np.random.Generator, model: ModelDescription
) -> tuple[Activity, Transcription]:
    texts = _texts(contents.words, rng)
    pauses = _pauses(texts, contents, rng)
    fillers = _filled_pauses(texts, contents.filled_pauses, rng)
    letters = [len(text) + 2.0 for text in texts]
    speaking = contents.seconds - sum(pauses.values()) - _FILLED_PAUSE * contents.filled_pauses
    each = max(speaking, 0.1 * contents.seconds) / sum(letters)
    at = _LEAD
    words: list[Word] = []
    filled: list[FilledPause] = []
    silences = [Span(0.0, _LEAD)]
    for place, text in enumerate(texts):
        for source in fillers.get(place, ()):
            span = Span(round(at, 2), round(at + _FILLED_PAUSE, 2))
            filled.append(
                FilledPause(_SOUNDS[source], span.start, span.end, source, _FILLED_PAUSE_PROBABILITY)
            )
            if source == "transcribed":
                words.append(Word(f"{_SOUNDS[source]},", span.start, span.end, _WORD_PROBABILITY))
            at += _FILLED_PAUSE
        length = each * letters[place]
        words.append(Word(text, round(at, 2), round(at + length, 2), _WORD_PROBABILITY))
        at += length
        if place in pauses:
            silences.append(Span(round(at, 2), round(at + pauses[place], 2)))
            at += pauses[place]
    silences.append(Span(round(at, 2), round(at + _TRAIL, 2)))
    activity = Activity(
        duration=silences[-1].end,
        speech=tuple(Span(before.end, after.start) for before, after in pairwise(silences)),
        silences=tuple(silences),
        probabilities=(),
        speech_level=_SPEECH_LEVEL,
        noise_floor=_NOISE_FLOOR,
    )
    transcript = Transcript("en", tuple(words), split_sentences(words))
    return activity, Transcription(transcript, _WORD_PROBABILITY, model, filled_pauses=tuple(filled))


def _acoustics(activity: Activity, transcription: Transcription, rng: np.random.Generator) -> Acoustics:
    span = SpokenSpan(activity.speech[0].start, activity.speech[-1].end, "detected")
    speaking = sum(stretch.duration for stretch in activity.speech)
    spread = round(float(rng.normal(_USUAL_SPREAD, 0.3)), 3)
    syllables = spoken_syllables(transcription.transcript.words)
    return Acoustics(
        recording=RecordingDescription(activity.duration, activity.duration, "opus", _SAMPLE_RATE, 1),
        notices=(),
        quality=Quality(_SPEECH_LEVEL, activity.signal_to_noise, clipping=0.0, bandwidth=_SAMPLE_RATE / 4),
        marked=None,
        span=span,
        # The 10th and 90th percentile of a normal distribution are 2.56 standard deviations apart.
        pitch=Pitch(_VOICED_SHARE * speaking, spread, round(2.56 * spread, 3), _USUAL_HZ),
        other_voices=(),
        # One for each syllable of the words; their positions do not matter.
        nuclei=tuple(np.linspace(span.start, span.end, syllables).round(2).tolist()),
    )


def _texts(count: int, rng: np.random.Generator) -> list[str]:
    first = int(rng.integers(len(SENTENCES)))
    sentences = [*SENTENCES[first:], *SENTENCES[:first]]
    texts = list(islice(cycle(" ".join(sentences).split()), max(1, count)))
    texts[-1] = texts[-1].rstrip(".,") + "."
    return texts


def _pauses(texts: list[str], contents: Contents, rng: np.random.Generator) -> dict[int, float]:
    """Durations of pauses in seconds, by the index of the word before."""
    places = len(texts) - 1
    count = min(contents.pauses, places)
    if count < 1:
        return {}
    weights = np.array([_BOUNDARY_WEIGHT if ends_clause(text) else 1.0 for text in texts[:-1]])
    chosen = sorted(
        int(place) for place in rng.choice(places, count, replace=False, p=weights / weights.sum())
    )
    lengths: NDArray[np.float64] = np.clip(
        rng.lognormal(math.log(_USUAL_PAUSE), _PAUSE_SPREAD, count), _SHORTEST_PAUSE, _LONGEST_PAUSE
    )
    most = _MOST_SILENCE * contents.seconds
    if lengths.sum() > most:
        lengths = np.maximum(_SHORTEST_PAUSE, lengths * most / lengths.sum())
    return dict(zip(chosen, lengths.tolist(), strict=True))


def _filled_pauses(texts: list[str], count: int, rng: np.random.Generator) -> dict[int, list[FillerSource]]:
    """Sources of filled pauses, by the index of the word after."""
    sources: dict[int, list[FillerSource]] = {}
    for place in rng.integers(1, max(2, len(texts)), count):
        source: FillerSource = "heard" if rng.random() < _HEARD_SHARE else "transcribed"
        sources.setdefault(min(int(place), len(texts) - 1), []).append(source)
    return sources
