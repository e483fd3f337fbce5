"""A second telling beside the first, on made pairs and on what the sample answers say."""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from analysis import serialization
from analysis.acoustics import Acoustics
from analysis.build_report import MeasureOptions, build_report
from analysis.comparison.key_words import MOST_KEY_WORDS, compare_key_words, key_words
from analysis.comparison.retelling import Retelling, retelling
from analysis.comparison.sentences import apology_sentence
from analysis.data_folders import SAMPLES
from analysis.measures.confidence import figure
from analysis.report import Report, Word
from analysis.signal.voice_activity import Activity
from analysis.text.stems import stem
from analysis.transcription.protocol import Transcription
from tests.analysis.comparison.take_reports import silent_take, spread_words, take_report

FIRST = """
On my surgical placement the consultant asked me to close the wound. I had practised the suture on a sponge,
but my hands were shaking. The anaesthetist noticed it and told me to breathe. I asked the consultant to watch
my first stitch, and the wound healed without an infection.
"""
SECOND = """
During surgical placements a consultant wanted me to close a wound. My hands were shaking, and the anesthetist
told me to breathe. So I asked him to look at the first stitch.
"""


def told(text: str, seconds: float, *, pace: float = 140.0, **measures: Any) -> Report:
    return take_report(seconds, words=pace * seconds / 60, text=text, **measures)


@cache
def sample(name: str) -> Report:
    """The report of a sample answer, from its stored analysis."""
    stages = json.loads((SAMPLES / "analysed" / f"{name}.json").read_text(encoding="utf-8"))["stages"]
    kinds: dict[str, Any] = {"acoustics": Acoustics, "activity": Activity, "transcription": Transcription}
    acoustics, activity, transcription = (
        serialization.from_json(kind, json.dumps(stages[stage])) for stage, kind in kinds.items()
    )
    return build_report(acoustics, activity, transcription, MeasureOptions())


def shortened(report: Report, places: Sequence[int], *, pace: float) -> Report:
    """Some of its sentences, told again."""
    text = " ".join(word.text for word in report.transcript.words)
    sentences = [f"{sentence}." for sentence in text.split(". ")]
    kept = " ".join(sentences[place] for place in places)
    return told(kept, 60 * len(kept.split()) / pace, pace=pace)


def sentences(result: Retelling) -> list[str]:
    return list(result.sentences)


def test_a_shorter_second_telling_that_keeps_its_key_words() -> None:
    result = retelling(told(FIRST, 65.0), told(SECOND, 38.0))
    assert (result.length.direction, result.pace.direction) == ("less", "same")
    assert result.length.state == result.pace.state == result.key_words.state == "measured"
    assert set(result.key_words.kept) >= {"surgical", "placement", "consultant", "wound", "anaesthetist"}
    assert set(result.key_words.left_out) >= {"suture", "infection"}
    kept, total = len(result.key_words.kept), result.key_words.total
    assert total == MOST_KEY_WORDS
    assert sentences(result)[:2] == [
        f"The second time was shorter (38 s after 1 min 5 s) and kept {kept} of {total} key words.",
        "You kept your pace: 140 words a minute after 140.",
    ]
    assert sentences(result)[2].startswith("Left out: '")


@pytest.mark.parametrize(
    ("seconds", "direction", "beginning"),
    [
        (38.0, "less", "The second time was shorter (38 s after 1 min 5 s)"),
        (64.0, "same", "The second time was about as long (1 min 4 s after 1 min 5 s)"),
        (67.5, "same", "The second time was about as long"),
        (80.0, "more", "The second time was longer (1 min 20 s after 1 min 5 s)"),
    ],
)
def test_the_length(seconds: float, direction: str, beginning: str) -> None:
    result = retelling(told(FIRST, 65.0), told(FIRST, seconds))
    assert result.length.direction == direction
    assert result.sentences[0].startswith(beginning)


@pytest.mark.parametrize(
    ("pace", "direction", "sentence"),
    [
        (110.0, "less", "You spoke more slowly: 110 words a minute after 140."),
        (143.0, "same", "You kept your pace: 143 words a minute after 140."),
        (180.0, "more", "You spoke faster: 180 words a minute after 140."),
    ],
)
def test_the_pace(pace: float, direction: str, sentence: str) -> None:
    result = retelling(told(FIRST, 65.0), told(FIRST, 65.0, pace=pace))
    assert result.pace.direction == direction
    assert result.sentences[1].startswith(sentence)


def test_without_verdicts_the_pace_has_figures_only() -> None:
    result = retelling(told(FIRST, 65.0), told(FIRST, 65.0, pace=180.0), verdicts=False)
    assert result.sentences[1] == "Pace: 140 and 180 words a minute."


def test_a_difference_within_the_error_of_the_measure_is_none() -> None:
    sure = figure(160.0, "words/min", 158.0, 162.0)
    unsure = figure(160.0, "words/min", 120.0, 200.0)
    first = told(FIRST, 65.0)
    directions = [
        retelling(first, told(FIRST, 65.0, speaking_rate=rate)).pace.direction for rate in (sure, unsure)
    ]
    assert directions == ["more", "same"]


def test_what_is_less_sure_is_said_to_be() -> None:
    rate = figure(160.0, "words/min", 150.0, 170.0, reason="too_little_speech")
    result = retelling(told(FIRST, 65.0), told(FIRST, 20.0, speaking_rate=rate))
    assert (result.pace.state, result.pace.reason) == ("low_confidence", "too_little_speech")
    assert result.sentences[-1] == "Some of this is less sure."


def test_words_that_were_hardly_recognised_make_the_key_words_less_sure() -> None:
    again = told(SECOND, 38.0)
    words = tuple(replace(word, probability=0.4) for word in again.transcript.words)
    unsure = replace(again, transcript=replace(again.transcript, words=words))
    compared = compare_key_words(told(FIRST, 65.0), unsure)
    assert (compared.state, compared.reason) == ("low_confidence", "recogniser_uncertain")
    assert compared.kept


def test_without_speech_nothing_is_compared() -> None:
    for pair in ((told(FIRST, 65.0), silent_take()), (silent_take(), told(FIRST, 65.0))):
        result = retelling(*pair)
        assert (result.length.state, result.length.reason) == ("not_measurable", "no_speech")
        assert result.pace.state == result.key_words.state == "not_measurable"
        assert sentences(result) == ["The two times cannot be compared: too little was heard."]


def test_another_language_has_no_key_words() -> None:
    result = retelling(told(FIRST, 65.0), told(SECOND, 38.0, language="es"))
    assert (result.key_words.state, result.key_words.reason) == ("not_measurable", "language_not_english")
    assert result.sentences[0] == "The second time was shorter (38 s after 1 min 5 s)."


def test_an_answer_of_common_words_has_no_key_words() -> None:
    result = retelling(told("I think that it was really good and I liked it.", 12.0), told(FIRST, 65.0))
    assert (result.key_words.state, result.key_words.reason) == ("not_measurable", "too_little_speech")


@pytest.mark.parametrize("name", ["good-answer", "long-pauses", "fast", "too-long"])
def test_the_same_telling_keeps_everything(name: str) -> None:
    report = sample(name)
    result = retelling(report, report)
    assert result.key_words.left_out == ()
    assert result.key_words.total >= 8
    assert (result.length.direction, result.pace.direction) == ("same", "same")


def test_half_of_a_sample_keeps_the_key_words_of_that_half() -> None:
    first = sample("good-answer")
    result = retelling(first, shortened(first, range(7), pace=150.0))
    assert result.length.direction == "less"
    assert 0 < len(result.key_words.kept) < result.key_words.total
    assert "clinic" in result.key_words.kept
    assert "residency" in result.key_words.left_out


def test_two_different_samples_share_hardly_a_key_word() -> None:
    for first, second in (("good-answer", "long-pauses"), ("fast", "many-fillers"), ("too-long", "fast")):
        compared = compare_key_words(sample(first), sample(second))
        assert len(compared.kept) <= 0.4 * compared.total, compared


def test_key_words_are_named_as_they_were_said() -> None:
    words = spread_words("Ward rounds in Karachi. The ICU was there. Wards and round after round.", 10.0)
    assert list(key_words(words)) == ["ward", "rounds", "Karachi", "ICU"]


def test_a_word_that_was_not_surely_recognised_is_no_key_word() -> None:
    words = [Word("placement", 0.0, 0.5, 0.4), Word("consultant", 0.5, 1.0, 0.9)]
    assert list(key_words(tuple(words))) == ["consultant"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("patients", "patient's", True),
        ("studying", "studies", True),
        ("studied", "studies", True),
        ("planned", "planning", True),
        ("diagnosis", "diagnosed", False),
        ("medical", "medicine", False),
        ("status", "stat", False),
    ],
)
def test_forms_of_one_word_have_one_stem(one: str, other: str, same: bool) -> None:
    assert (stem(one) == stem(other)) is same


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [
        (9.0, "Your apology took 9 s: short, and on to the answer."),
        (15.2, "Your apology took 15 s: short, and on to the answer."),
        (22.0, "Your apology took 22 s. 15 s are enough: sorry, thanks, and on."),
    ],
)
def test_the_length_of_an_apology(seconds: float, sentence: str) -> None:
    assert apology_sentence(told("Sorry for that. Thank you for waiting.", seconds)) == sentence


def test_an_apology_that_was_not_heard_has_no_length() -> None:
    assert apology_sentence(silent_take()) == "No apology was heard."
