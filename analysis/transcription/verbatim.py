"""Verbatim transcription: every word that was said, and none that was not.

The prompt that brings fillers back also invents some, and Whisper writes 'Thank you.' on silence. So a word
is kept only where there is speech at its time; dropped words are kept separately and reported in a notice.
"""

from collections.abc import Sequence

from analysis.audio.recording import Recording
from analysis.filled_pauses.detector import FilledPause
from analysis.formatting import clock
from analysis.progress import Progress, ProgressListener, ignore_progress
from analysis.report import Notice, Span, Transcript, Word
from analysis.signal.voice_activity import Activity
from analysis.text.sentences import split_sentences
from analysis.text.words import is_filled_pause
from analysis.transcription.languages import ENGLISH, foreign_stretches, in_their_languages
from analysis.transcription.protocol import Engine, Transcription, WindowText
from analysis.transcription.window_texts import deciding_text, transcribe_windows

_WORD_TIME_ERROR = 0.2
"""Seconds by which the recogniser's word times are commonly off: speech this close still counts."""
_SPEECH_PROBABILITY, _LEAST_SPEECH_PROBABILITY = 0.5, 0.2
"""Least probability of speech under a word, and under a filled pause that the detector weighs later: a short
'uh' between pauses is often below the first."""
_SURE_WORD, _LEAST_SOUND = 0.8, 0.1
"""Probability from which a word is kept where Silero hears no speech but at least 0.1 s belongs to a stretch
of speech by its level. Text that is invented on noise is seldom as probable, and lies outside all speech."""

_MOST_OF_ANSWER = 2 / 3
"""Share of the time in another language from which the answer is not in English."""

LANGUAGE_NAMES = {
    "ar": "Arabic", "bn": "Bengali", "cy": "Welsh", "de": "German", "es": "Spanish", "fa": "Persian",
    "fr": "French", "hi": "Hindi", "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "ta": "Tamil", "te": "Telugu",
    "th": "Thai", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
"""English names of common ISO 639-1 codes, for notices."""


def transcribe(
    recording: Recording,
    activity: Activity,
    engine: Engine,
    *,
    known: Sequence[WindowText] = (),
    progress: ProgressListener = ignore_progress,
) -> Transcription:
    """The words of a recording, with sentences.

    Args:
        recording: as it was decoded.
        activity: speech and silence in it.
        engine: the recogniser.
        known: texts of windows transcribed already, during a live recording or in an interrupted run.
        progress: called after each window.

    Returns:
        A `Transcription`; without any speech its transcript is empty and the engine is not used.
    """
    total = recording.duration
    progress(Progress("transcribe", 0.0, total))
    # Those of windows that were selected anew must not decide on the language.
    spans = {(window.span.start, window.span.end) for window in activity.windows}
    known = [text for text in known if (text.window.start, text.window.end) in spans]
    texts: list[WindowText] = []
    for text in transcribe_windows(recording.samples, activity.windows, engine, known=known):
        texts.append(text)
        progress(Progress("transcribe", round(text.window.end, 2), total))
    progress(Progress("transcribe", total, total))
    texts = in_their_languages(texts, activity.windows, recording.samples, engine)
    language, probability = _language_of(texts)
    words = [word for text in texts for word in text.words]
    candidates = [candidate for text in texts for candidate in text.candidates]
    weighs = engine.detector is not None and language == "en"
    kept = tuple(w for w in words if _is_spoken(w, activity, weighs=weighs))
    dropped = [w for w in words if not _is_spoken(w, activity, weighs=weighs)]
    filled_pauses: tuple[FilledPause, ...] | None = None
    if engine.detector is not None and weighs:
        odds = [place for text in texts for place in text.decoder_odds]
        filled_pauses, kept = engine.detector.weigh(kept, candidates, odds, activity)
    second = _second_language_notices(foreign_stretches(texts)) if language == ENGLISH else ()
    return Transcription(
        transcript=Transcript(language, kept, split_sentences(kept)),
        language_probability=round(probability, 3),
        model=engine.description,
        dropped=tuple(dropped),
        notices=(*_language_notice(language), *second, *_dropped_notice(dropped)),
        filled_pauses=filled_pauses,
    )


def _language_of(texts: Sequence[WindowText]) -> tuple[str, float]:
    """The language of an answer and its probability: English unless two thirds of it are in another one."""
    if not texts:
        return ENGLISH, 0.0
    seconds: dict[str, float] = {}
    for text in texts:
        seconds[text.language] = seconds.get(text.language, 0.0) + text.window.duration
    most = max(seconds, key=lambda language: seconds[language])
    language = most if seconds[most] >= _MOST_OF_ANSWER * sum(seconds.values()) else ENGLISH
    in_it = [text for text in texts if text.language == language]
    decisive = deciding_text(in_it) or (in_it[-1] if in_it else texts[-1])
    return language, decisive.language_probability


def _is_spoken(word: Word, activity: Activity, *, weighs: bool) -> bool:
    near = Span(word.start - _WORD_TIME_ERROR, word.end + _WORD_TIME_ERROR)
    weighed_later = weighs and is_filled_pause(word.text, word.language)
    least = _LEAST_SPEECH_PROBABILITY if weighed_later else _SPEECH_PROBABILITY
    if activity.speech_probability(near.start, near.end) >= least:
        return True
    # Silero may miss a weak voice; then its level shows that it belongs to speech.
    sounding = sum(stretch.overlap(near) for stretch in activity.speech)
    return word.probability >= _SURE_WORD and sounding >= _LEAST_SOUND


def _language_notice(language: str) -> tuple[Notice, ...]:
    if language == "en":
        return ()
    name = _name(language)
    return (
        Notice(
            "language_not_english",
            f"This sounds like {name}. Filler words, pace and sentences are measured for English only. "
            "Length and pauses are measured in any language.",
        ),
    )


def _second_language_notices(stretches: Sequence[tuple[str, Span]]) -> tuple[Notice, ...]:
    return tuple(
        Notice(
            "second_language",
            f"From {clock(stretch.start)} to {clock(stretch.end)} this sounds like {_name(language)}. "
            "Those words count in your pace. Fillers are not counted there.",
            round(stretch.start, 2),
            round(stretch.end, 2),
        )
        for language, stretch in stretches
    )


def _name(language: str) -> str:
    return LANGUAGE_NAMES.get(language, f"a language other than English ({language})")


def _dropped_notice(dropped: list[Word]) -> tuple[Notice, ...]:
    if not dropped:
        return ()
    count = len(dropped)
    return (
        Notice(
            "words_without_speech",
            f"The recogniser wrote {count} {'word' if count == 1 else 'words'} where nobody speaks. "
            f"{'It was' if count == 1 else 'They were'} left out.",
            dropped[0].start,
            dropped[-1].end,
        ),
    )
