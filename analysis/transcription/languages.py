"""A second language within an answer: found, and written in itself instead of being translated.

Whisper writes Spanish in English when it is told that it hears English. So each window is first transcribed
in the language of the answer, together with the language of its pieces. Once all of them are known, windows
that may be in another language are cut in silences, and each piece is written in both languages. A stretch
leaves English only if two neighbouring pieces and 6 s say so, and if the recogniser is surer of the words in
the other language than in English: it took noisy English by a Mandarin speaker for Danish with a probability
of 0.97, but was sure of the Danish words with 0.36 and of the English ones with 0.57.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from analysis.report import Span
from analysis.signal.windows import Window, window_of
from analysis.transcription.protocol import ENOUGH_FOR_LANGUAGE, Engine, HeardLanguage, WindowText
from analysis.transcription.skipped_speech import restore_skipped_speech

ENGLISH = "en"

_ENGLISH_UNLIKELY, _ENGLISH_IN_DOUBT = 0.1, 0.45
"""Probabilities of English in the pieces of windows that are looked at again: below the second in
neighbouring pieces, below the first in one of them."""
_MOST_ENGLISH, _MOST_ENGLISH_OF_PIECE = 0.2, 0.5
"""Mean probability of English in a stretch that leaves English, and that of a single piece of it."""
_OTHER_LIKELY = 0.4
"""Mean probability of the other language in such a stretch; neighbouring languages share the rest."""
_SURE_OF_WORDS = 0.6
"""Mean probability of the words in the other language. In Spanish by a synthetic voice it was 0.74 to 0.90,
in the English of beginners, taken for Chinese or Latin, below 0.6 in one of any two pieces."""
_FEWEST_PIECES = 2
_SHORTEST_PIECE = 1.8
"""Seconds of a piece between two silences; in shorter ones the language is a guess."""
_SILENCE = 0.12
"""Seconds of silence at which a window may be cut."""
_ALWAYS_CUT = 2
"""Windows at the start of an answer in another language that are looked at again: they decided about it."""


@dataclass(frozen=True)
class _Piece:
    """A piece of the recording in one language.

    Attributes:
        window: its window, by number.
        span: seconds.
        heard: the language of one or more parts of it.
        words: the recogniser's mean probability of the words that it wrote in a language; empty where the
            piece was not written again.
    """

    window: int
    span: Span
    heard: tuple[HeardLanguage, ...]
    words: Mapping[str, float] = field(default_factory=dict)

    @property
    def english(self) -> float:
        """Mean probability of English."""
        return float(np.mean([heard.english for heard in self.heard]))

    @property
    def other(self) -> bool:
        """Whether it may be in another language."""
        return self.english < _MOST_ENGLISH_OF_PIECE and any(h.language != ENGLISH for h in self.heard)


def in_their_languages(
    texts: Sequence[WindowText], windows: Sequence[Window], samples: NDArray[np.float32], engine: Engine
) -> list[WindowText]:
    """The texts of an answer, each in the language that is spoken there.

    Args:
        texts: of all windows, in order, as they were first transcribed.
        windows: of the recording, in the same order.
        samples: shape (n,), 16 kHz, of the recording.
        engine: the recogniser.

    Returns:
        The same texts if all windows are in the language that they were transcribed in. A window in which the
        language changes becomes several texts.
    """
    if not all(text.languages for text in texts):
        return list(texts)
    coarse = [_pieces_of(number, text) for number, text in enumerate(texts)]
    to_cut = _windows_to_cut(texts, [piece for pieces in coarse for piece in pieces])
    if not to_cut:
        return list(texts)
    pieces: list[_Piece] = []
    for number, text in enumerate(texts):
        pieces += _cut(number, text, windows[number]) if number in to_cut else coarse[number]
    pieces = _heard_again(pieces, samples, engine)
    spoken = _languages_of(pieces, [texts[piece.window].language for piece in pieces], samples, engine)
    found: list[WindowText] = []
    for number, group in groupby(zip(pieces, spoken, strict=True), key=lambda item: item[0].window):
        found += _written(texts[number], windows[number], list(group), samples, engine)
    return found


def foreign_stretches(texts: Sequence[WindowText]) -> list[tuple[str, Span]]:
    """The stretches that are not in English, with their language, in order; neighbours are joined."""
    found: list[tuple[str, Span]] = []
    joins = False
    for text in texts:
        if text.language != ENGLISH and joins and found[-1][0] == text.language:
            found[-1] = (text.language, Span(found[-1][1].start, text.window.end))
        elif text.language != ENGLISH:
            found.append((text.language, text.window))
        joins = text.language != ENGLISH
    return found


def _pieces_of(number: int, text: WindowText) -> list[_Piece]:
    length = text.window.duration / len(text.languages)
    return [
        _Piece(number, Span(text.window.start + i * length, text.window.start + (i + 1) * length), (heard,))
        for i, heard in enumerate(text.languages)
    ]


def _windows_to_cut(texts: Sequence[WindowText], pieces: Sequence[_Piece]) -> set[int]:
    """Windows in which the language may change, or may not be the one that they were transcribed in."""
    found: set[int] = set()
    for doubtful, run in groupby(pieces, key=lambda piece: piece.english < _ENGLISH_IN_DOUBT):
        group = [piece for piece in run if doubtful]
        if len(group) >= _FEWEST_PIECES and min(piece.english for piece in group) < _ENGLISH_UNLIKELY:
            # The change may lie in the windows beside them, in a piece of which it is only a part.
            around = range(max(0, group[0].window - 1), min(len(texts), group[-1].window + 2))
            found |= {number for number in around if texts[number].language == ENGLISH}
    others = [number for number, text in enumerate(texts) if text.language != ENGLISH]
    found |= {piece.window for piece in pieces if piece.window in others and not piece.other}
    return found | set(others[:_ALWAYS_CUT])


def _cut(number: int, text: WindowText, window: Window) -> list[_Piece]:
    """The pieces of a window between silences, of which nothing is known yet."""
    middles = [(s.start + s.end) / 2 for s in window.silences if s.duration >= _SILENCE]
    edges = [text.window.start]
    for middle in middles:
        if middle - edges[-1] >= _SHORTEST_PIECE and text.window.end - middle >= _SHORTEST_PIECE:
            edges.append(middle)
    edges.append(text.window.end)
    return [_Piece(number, Span(start, end), ()) for start, end in pairwise(edges)]


def _heard_again(pieces: Sequence[_Piece], samples: NDArray[np.float32], engine: Engine) -> list[_Piece]:
    """The pieces, with the language of those of which nothing is known and their words in English."""
    unknown = [piece.span for piece in pieces if not piece.heard]
    texts = engine.transcribe(samples, unknown, language=ENGLISH)
    again = [
        replace(piece, heard=text.languages, words={ENGLISH: _probability(text)})
        for piece, text in zip((piece for piece in pieces if not piece.heard), texts, strict=True)
    ]
    return sorted([*(piece for piece in pieces if piece.heard), *again], key=lambda piece: piece.span.start)


def _languages_of(
    pieces: Sequence[_Piece], written: Sequence[str], samples: NDArray[np.float32], engine: Engine
) -> list[str]:
    """The language of each piece: English unless a stretch of them says otherwise.

    Args:
        pieces: of the whole recording, in order.
        written: the languages that their windows were transcribed in.
        samples, engine: to write pieces in the other language.
    """
    spoken: list[str] = []
    for other, run in groupby(pieces, key=lambda piece: piece.other):
        group = list(run)
        language = _most_heard(group) if other else ENGLISH
        if language == ENGLISH:
            spoken += [ENGLISH] * len(group)
            continue
        again = engine.transcribe(samples, [p.span for p in group if p.words], language=language)
        in_it = [
            _probability(next(again)) >= max(piece.words[ENGLISH], _SURE_OF_WORDS)
            if piece.words
            else written[len(spoken) + index] == language
            for index, piece in enumerate(group)
        ]
        for kept, part in groupby(zip(in_it, group, strict=True), key=lambda item: item[0]):
            stretch = [piece for _, piece in part]
            spoken += [language if kept and _is_clear(stretch, language) else ENGLISH] * len(stretch)
    return spoken


def _probability(text: WindowText) -> float:
    return float(np.mean([word.probability for word in text.words])) if text.words else 0.0


def _most_heard(pieces: Sequence[_Piece]) -> str:
    """The language that is heard most, apart from English."""
    shares = _shares(pieces)
    return max(shares, key=lambda language: shares[language])


def _is_clear(pieces: Sequence[_Piece], language: str) -> bool:
    """Whether neighbouring pieces are in this language beyond doubt."""
    parts = sum(len(piece.heard) for piece in pieces)
    duration = sum(piece.span.duration for piece in pieces)
    english = sum(piece.english * piece.span.duration for piece in pieces)
    return (
        parts >= _FEWEST_PIECES
        and duration >= ENOUGH_FOR_LANGUAGE
        and english < _MOST_ENGLISH * duration
        and _shares(pieces).get(language, 0.0) >= _OTHER_LIKELY * duration
    )


def _shares(pieces: Sequence[_Piece]) -> dict[str, float]:
    """Seconds times probability of each language but English."""
    shares: dict[str, float] = {}
    for piece in pieces:
        for heard in piece.heard:
            if heard.language != ENGLISH:
                part = piece.span.duration / len(piece.heard) * heard.probability
                shares[heard.language] = shares.get(heard.language, 0.0) + part
    return shares


def _written(
    text: WindowText,
    window: Window,
    pieces: Sequence[tuple[_Piece, str]],
    samples: NDArray[np.float32],
    engine: Engine,
) -> list[WindowText]:
    """The text of a window, transcribed again where it is in another language than it was written in."""
    if all(language == text.language for _, language in pieces):
        return [text]
    found = []
    for language, run in groupby(pieces, key=lambda item: item[1]):
        group = [piece for piece, _ in run]
        span = Span(group[0].span.start, group[-1].span.end)
        for again in engine.transcribe(samples, [span], language=language):
            part = window_of(span, window.speech, window.silences)
            found.append(restore_skipped_speech(again, samples, part, engine))
    return found
