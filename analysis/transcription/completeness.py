"""Nothing that was said is lost to the prompt.

The prompt that brings filled pauses back makes Whisper skip a sentence now and then. It shows: speech lies
where no word is, or under one word that is stretched over all of it. Such a window is written down again
without the prompt, and keeps the filled pauses that the prompt brought.
"""

from collections.abc import Sequence
from itertools import pairwise

from analysis.activity import Activity
from analysis.audio.recording import Recording
from analysis.transcription.protocol import Engine, WindowText
from analysis.vocabulary import Span, Word
from analysis.words import is_filled_pause, spoken_word_count

_MOST_SPEECH_OF_A_WORD = 1.2
"""Seconds. On labelled speech the longest words had 0.9 s of speech under them; a skipped sentence, 2 s."""

_CLEARLY_MORE = 2
"""Words by which the text without the prompt must be longer to be taken."""


def complete(text: WindowText, recording: Recording, activity: Activity, engine: Engine) -> tuple[Word, ...]:
    """The words of a window, written down again where speech was skipped."""
    if text.language != "en" or longest_skipped(text, activity) <= _MOST_SPEECH_OF_A_WORD:
        return text.words
    again = engine.transcribe(recording.samples, [text.window], language=text.language, prompted=False)
    plain = next(again, text)
    if spoken_word_count(plain.words) < spoken_word_count(text.words) + _CLEARLY_MORE:
        return text.words
    return with_filled_pauses(plain.words, text.words)


def longest_skipped(text: WindowText, activity: Activity) -> float:
    """Most seconds of speech under one word, or between two, of a window."""
    edges = [
        text.window.start,
        *(edge for word in text.words for edge in (word.start, word.end)),
        text.window.end,
    ]
    return max(
        sum(stretch.overlap(Span(start, end)) for stretch in activity.speech)
        for start, end in pairwise(edges)
        if end >= start
    )


def with_filled_pauses(plain: Sequence[Word], prompted: Sequence[Word]) -> tuple[Word, ...]:
    """Plain words, with the prompted filled pauses that lie between them."""
    added = [
        word
        for word in prompted
        if is_filled_pause(word.text)
        and not any(other.start < (word.start + word.end) / 2 < other.end for other in plain)
    ]
    return tuple(sorted([*plain, *added], key=lambda word: word.start))
