"""The text that the recogniser decoded for a window, whether it can be relied on, and its words."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from analysis.report import Span, Word

_TOO_REPETITIVE = 2.4
"""Whisper's own threshold: text that compresses better than this is repetitive."""
_FEWEST_WORDS_A_SECOND = 1.2
"""Words per second of window. Even halting answers with a third of silence have more."""

_OPENING = "\"'“¿([{-"
_CLOSING = "\"'.。,，!！?？:：”)]}、…"


@dataclass(frozen=True)
class DecodedText:
    """The text decoded for a window.

    Attributes:
        tokens: of the text alone.
        probability: geometric mean over the tokens, 0 to 1.
        log_odds: of a filled pause at each token and at the end of the text; empty if not asked for.
    """

    tokens: list[int]
    probability: float
    log_odds: list[float]


@dataclass(frozen=True)
class AcceptedText:
    """The accepted text of a window, and the one of the greedy decoding, which has `log_odds`."""

    tokens: list[int]
    quick: DecodedText


def is_unreliable(text: str, window: Span) -> bool:
    """Whether the text is repetitive, or far too short for the window.

    The prompt sometimes makes the decoder stop after the words of the prompt ('Um, so, um.').
    """
    encoded = text.encode()
    ratio = len(encoded) / len(zlib.compress(encoded)) if encoded else 0.0
    return ratio > _TOO_REPETITIVE or len(text.split()) < _FEWEST_WORDS_A_SECOND * window.duration


def different_words(text: str) -> int:
    """The number of different words: the higher, the less repetitive the text."""
    return len(set(text.lower().split()))


def aligned_words(aligned: list[dict[str, Any]], window: Span, language: str) -> Iterator[Word]:
    """Words with their punctuation, times from the start of the recording."""
    pending = ""
    held: Word | None = None
    for piece in aligned:
        text = piece["word"]
        bare = text.strip()
        if not bare:
            continue
        if held is not None and all(character in _CLOSING for character in bare) and not text.startswith(" "):
            held = replace(held, text=held.text + bare)
            continue
        if all(character in _OPENING for character in bare):
            pending += bare
            continue
        if held is not None:
            yield held
        held = Word(
            pending + bare,
            round(min(window.start + float(piece["start"]), window.end), 2),
            round(min(window.start + float(piece["end"]), window.end), 2),
            round(float(piece["probability"]), 3),
            language,
        )
        pending = ""
    if held is not None:
        yield held
