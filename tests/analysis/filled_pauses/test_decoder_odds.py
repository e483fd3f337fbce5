import numpy as np
import pytest

from analysis.filled_pauses.decoder_odds import (
    LEAST_LOG_ODDS,
    filled_pause_tokens,
    log_odds_of_tokens,
    odds_between_words,
)


def piece(word: str, start: float, end: float, tokens: int = 1) -> dict[str, object]:
    return {"word": word, "start": start, "end": end, "tokens": [0] * tokens}


def test_only_spellings_of_one_token_are_watched() -> None:
    vocabulary = {" uh": [1], "uh": [2], " Um": [3], " erm": [4, 5]}
    assert filled_pause_tokens(lambda text: vocabulary.get(text, [8, 9])).tolist() == [1, 2, 3]


def test_the_odds_are_those_of_all_watched_tokens_together() -> None:
    shares = np.array([0.1, 0.2, 0.3, 0.4])
    odds = log_odds_of_tokens(np.log(shares).astype(np.float32) + 7.0, np.array([0, 1]))
    assert odds == pytest.approx(np.log(0.3 / 0.7), abs=1e-4)


def test_a_step_lies_between_the_words_around_it() -> None:
    pieces = [piece(" I", 0.2, 0.4), piece(" wanted", 0.9, 1.3, tokens=2), piece(".", 1.3, 1.3)]
    found = list(odds_between_words(pieces, [-6.0, 1.0, 9.0, -7.0, -5.0], 10.0, 14.0))
    assert [(each.start, each.end, each.log_odds) for each in found] == [
        (10.0, 10.2, -6.0),
        (10.4, 10.9, 1.0),  # not the 9.0 within the word 'wanted'
        (11.3, 11.3, -7.0),
        (11.3, 14.0, -5.0),
    ]


def test_a_written_filled_pause_has_the_time_of_its_word() -> None:
    (only,) = odds_between_words([piece(" uh,", 0.5, 0.8)], [3.0], 0.0, 2.0)
    assert (only.start, only.end) == (0.5, 0.8)


def test_hopeless_places_are_left_out() -> None:
    assert not list(odds_between_words([piece(" I", 0.2, 0.4)], [LEAST_LOG_ODDS - 1], 0.0, 2.0))
