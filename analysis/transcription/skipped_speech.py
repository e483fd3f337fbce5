"""Finds speech that the recogniser skipped, and transcribes it again.

The prompt that brings filled pauses back makes Whisper skip a sentence now and then. The signs are speech
without any word, or a single word stretched over all of it. Such a stretch is transcribed again on its own, a
sentence or two at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.report import Span, Word
from analysis.signal.windows import Window
from analysis.text.words import bare, spoken_word_count
from analysis.transcription.protocol import Engine, WindowText

_MOST_SPEECH_OF_A_WORD = 1.2
"""Seconds. On labelled speech the longest words spanned 0.9 s of speech; a skipped sentence, 2 s."""

_CLEARLY_MORE = 2
"""Additional words that the new text needs to replace the old one."""

_ENOUGH_TO_REPEAT, _FEWEST_DIFFERENT = 6, 0.4
"""Words from which a text can repeat itself, and the share of different ones below which it does."""

_CLEAN_CUT = 0.2
"""Seconds of silence that allow a cut: word times next to skipped speech are imprecise."""

_LONGEST_PIECE = 8.0
"""Seconds of a skipped stretch that are transcribed at once: shorter pieces are easier to recognise than the
whole window."""


def restore_skipped_speech(
    text: WindowText, samples: NDArray[np.float32], window: Window, engine: Engine
) -> WindowText:
    """The text of a window, with the words of the speech that was skipped.

    Args:
        text: as the engine wrote it.
        samples: shape (n,), 16 kHz, of the recording.
        window: the window of the text.
        engine: transcribes the skipped stretches again.
    """
    if text.language != "en":
        return text
    words, odds = text.words, text.decoder_odds
    for again in engine.transcribe(samples, skipped_stretches(text, window), language=text.language):
        words = _with_more(words, again)
        odds = (*odds, *again.decoder_odds)
    return replace(text, words=words, decoder_odds=odds)


def skipped_stretches(text: WindowText, window: Window) -> list[Span]:
    """Stretches with more speech than the text accounts for, cut in silences, in order and without overlap.

    A stretch is longer than `_LONGEST_PIECE` only where it holds no silence.
    """
    middles = [(s.start + s.end) / 2 for s in window.silences if s.duration >= _CLEAN_CUT]
    whole = text.window
    cuts = [whole.start, *(cut for cut in middles if whole.start < cut < whole.end), whole.end]
    stretches: list[Span] = []
    for skipped in _skipped(text, window):
        start = max((cut for cut in cuts if cut <= skipped.start), default=whole.start)
        end = min((cut for cut in cuts if cut >= skipped.end), default=whole.end)
        if stretches and start < stretches[-1].end:
            start = stretches.pop().start
        stretches.append(Span(start, end))
    return [piece for stretch in stretches for piece in _pieces(stretch, cuts)]


def _pieces(stretch: Span, cuts: Sequence[float]) -> Iterator[Span]:
    start = stretch.start
    while stretch.end - start > _LONGEST_PIECE:
        later = [cut for cut in cuts if start < cut <= stretch.end]
        end = max((cut for cut in later if cut <= start + _LONGEST_PIECE), default=later[0])
        yield Span(start, end)
        start = end
    if stretch.end > start:
        yield Span(start, stretch.end)


def _skipped(text: WindowText, window: Window) -> Iterator[Span]:
    """The speech within one word, or between two words, where it is longer than a word can be."""
    edges = [
        text.window.start,
        *(edge for word in text.words for edge in (word.start, word.end)),
        text.window.end,
    ]
    for start, end in pairwise(edges):
        spoken = [
            Span(max(speech.start, start), min(speech.end, end))
            for speech in window.speech
            if speech.start < end and speech.end > start
        ]
        if sum(speech.duration for speech in spoken) > _MOST_SPEECH_OF_A_WORD:
            yield Span(spoken[0].start, spoken[-1].end)


def _with_more(words: Sequence[Word], again: WindowText) -> tuple[Word, ...]:
    """The words, with those of a stretch replaced by the new ones if there are clearly more of these.

    A text that goes round in circles is longer, but not what was said.
    """
    inside = _within(words, again.window)
    fresh = _within(again.words, again.window)
    if spoken_word_count(fresh) < spoken_word_count(inside) + _CLEARLY_MORE or _repeats_itself(fresh):
        return tuple(words)
    kept = [word for word in words if word not in inside]
    return tuple(sorted([*kept, *fresh], key=lambda word: word.start))


def _repeats_itself(words: Sequence[Word]) -> bool:
    different = len({bare(word.text) for word in words})
    return len(words) >= _ENOUGH_TO_REPEAT and different < _FEWEST_DIFFERENT * len(words)


def _within(words: Sequence[Word], stretch: Span) -> list[Word]:
    return [word for word in words if stretch.start < (word.start + word.end) / 2 < stretch.end]
