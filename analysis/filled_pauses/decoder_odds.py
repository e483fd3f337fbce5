"""How likely the recogniser found a filled pause at each place in its text, whether or not it wrote one.

At each step the decoder assigns a probability to every token. Where a speaker hesitates and the decoder left
the 'uh' out, that token is far more probable than elsewhere, although another one won.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.text.words import is_filled_pause

LEAST_LOG_ODDS = -8.0
"""Places with lower log odds are not kept, and count as this: between fluent words they are -9 to -16."""

_SPELLINGS = ("uh", "um", "er", "erm", "ah", "hmm", "mm", "eh")


@dataclass(frozen=True)
class DecoderOdds:
    """One place in the text.

    Attributes:
        start, end: from the end of the word before to the start of the next one, or of the filled pause that
            was written there; seconds from the start of the recording.
        log_odds: that the decoder writes a filled pause there.
    """

    start: float
    end: float
    log_odds: float


def filled_pause_tokens(encode: Any) -> NDArray[np.int64]:
    """Ids of the tokens that are a filled pause by themselves, shape (n,).

    Args:
        encode: the tokeniser's function from text to a list of ids.
    """
    spelled = [
        " " * space + form
        for spelling in _SPELLINGS
        for form in (spelling, spelling.capitalize())
        for space in (0, 1)
    ]
    return np.array(sorted({ids[0] for ids in map(encode, spelled) if len(ids) == 1}), dtype=np.int64)


def log_odds_of_tokens(logits: NDArray[np.float32], tokens: NDArray[np.int64]) -> float:
    """Log odds that one of some tokens comes next.

    Args:
        logits: shape (vocabulary,), of one step of the decoder.
        tokens: shape (n,), ids.
    """
    highest = float(logits.max())
    powers = np.exp(logits - highest)
    wanted = float(powers[tokens].sum())
    others = float(powers.sum()) - wanted
    return float(np.log(wanted + 1e-12) - np.log(max(others, 0.0) + 1e-12))


def odds_between_words(
    pieces: Sequence[dict[str, Any]], log_odds: Sequence[float], start: float, end: float
) -> Iterator[DecoderOdds]:
    """The places before each piece of a text and after the last one.

    Args:
        pieces: aligned words and punctuation marks, in order, with `word`, `tokens` and the times `start` and
            `end` within the window.
        log_odds: of each token of the text, and of the end of the text.
        start, end: of the window, seconds.
    """
    position, before = 0, start
    for piece in pieces:
        if position >= len(log_odds):
            return
        begin, stop = (min(start + float(piece[edge]), end) for edge in ("start", "end"))
        place = (begin, stop) if is_filled_pause(piece["word"]) else (min(before, begin), begin)
        if log_odds[position] >= LEAST_LOG_ODDS:
            yield DecoderOdds(round(place[0], 2), round(place[1], 2), round(log_odds[position], 2))
        position += len(piece["tokens"])
        before = stop
    if position < len(log_odds) and log_odds[position] >= LEAST_LOG_ODDS:
        yield DecoderOdds(round(before, 2), round(end, 2), round(log_odds[position], 2))
