"""Nothing that was said is lost to the prompt.

The prompt that brings filled pauses back makes Whisper skip a sentence now and then. It shows: speech lies
where no word is, or under one word that is stretched over all of it. Such a stretch is given to the
recogniser again by itself, a sentence or two at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.report import Span, Word
from analysis.signal.windows import Segment
from analysis.text.words import spoken_word_count
from analysis.transcription.protocol import Engine, WindowText

_MOST_SPEECH_OF_A_WORD = 1.2
"""Seconds. On labelled speech the longest words had 0.9 s of speech under them; a skipped sentence, 2 s."""

_CLEARLY_MORE = 2
"""Words that must come to light for the new text to be taken."""

_CLEAN_CUT = 0.2
"""Seconds of silence in which a stretch may be cut out: word times beside skipped speech are rough."""

_LONGEST_PIECE = 8.0
"""Seconds of a skipped stretch at once: what was too hard in a whole window is easier in parts."""


def complete(text: WindowText, samples: NDArray[np.float32], segment: Segment, engine: Engine) -> WindowText:
    """The text of a window, with the words of the speech that was skipped.

    Args:
        text: as the engine wrote it.
        samples: shape (n,), 16 kHz, of the recording.
        segment: the window.
        engine: hears what was skipped again.
    """
    if text.language != "en":
        return text
    words = text.words
    for again in engine.transcribe(samples, skipped_stretches(text, segment), language=text.language):
        words = _with_more(words, again)
    return replace(text, words=words)


def skipped_stretches(text: WindowText, segment: Segment) -> list[Span]:
    """Stretches in which more is said than is written, cut in silences, in order and without overlap.

    A stretch is longer than `_LONGEST_PIECE` only where it holds no silence.
    """
    middles = [(s.start + s.end) / 2 for s in segment.silences if s.duration >= _CLEAN_CUT]
    window = text.window
    cuts = [window.start, *(cut for cut in middles if window.start < cut < window.end), window.end]
    stretches: list[Span] = []
    for skipped in _skipped(text, segment):
        start = max((cut for cut in cuts if cut <= skipped.start), default=window.start)
        end = min((cut for cut in cuts if cut >= skipped.end), default=window.end)
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


def _skipped(text: WindowText, segment: Segment) -> Iterator[Span]:
    """From the first to the last speech under one word, or between two, where it is more than a word."""
    edges = [
        text.window.start,
        *(edge for word in text.words for edge in (word.start, word.end)),
        text.window.end,
    ]
    for start, end in pairwise(edges):
        spoken = [
            Span(max(speech.start, start), min(speech.end, end))
            for speech in segment.speech
            if speech.start < end and speech.end > start
        ]
        if sum(speech.duration for speech in spoken) > _MOST_SPEECH_OF_A_WORD:
            yield Span(spoken[0].start, spoken[-1].end)


def _with_more(words: Sequence[Word], again: WindowText) -> tuple[Word, ...]:
    """The words, those of a stretch in place of what stood there if they are clearly more."""
    inside = _within(words, again.window)
    fresh = _within(again.words, again.window)
    if spoken_word_count(fresh) < spoken_word_count(inside) + _CLEARLY_MORE:
        return tuple(words)
    kept = [word for word in words if word not in inside]
    return tuple(sorted([*kept, *fresh], key=lambda word: word.start))


def _within(words: Sequence[Word], stretch: Span) -> list[Word]:
    return [word for word in words if stretch.start < (word.start + word.end) / 2 < stretch.end]
