"""Corrections by the person: words, rejected fillers, and fillers that were not found."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from analysis import serialization
from analysis.acoustics import Acoustics, measure_acoustics
from analysis.build_report import MeasureOptions, build_report
from analysis.corrections import corrected_activity, corrected_span, corrected_transcription
from analysis.filled_pauses.detector import FilledPause
from analysis.report import Correction, Report, Span, SpokenSpan
from analysis.signal.answer_span import Answer
from analysis.transcription.protocol import Transcription
from tests.analysis.constructed import (
    NO_OPTIONS,
    activity_of,
    answers,
    recording_of,
    report_of,
    transcription_of,
    words_in,
)

ACTIVITY = activity_of([(1.0, 16.0), (18.0, 40.0)], 42.0)
SENTENCE = "I think, um, that teamwork is like the heart of medicine and I like it very much."
TEXT = SENTENCE.split()
WORDS = (*words_in(Span(1.0, 16.0), TEXT), *words_in(Span(18.0, 40.0), TEXT))
UM, LIKE = WORDS[2], WORDS[6]
TRANSCRIPTION = replace(
    transcription_of(WORDS),
    filled_pauses=(
        FilledPause("um", UM.start, UM.end, "transcribed", 0.95),
        FilledPause("uh", 30.1, 30.4, "heard", 0.7),
    ),
)
RECORDING = recording_of(np.random.default_rng(5).standard_normal(42 * 16_000) * 0.01)


@pytest.fixture(scope="module")
def acoustics() -> Acoustics:
    return measure_acoustics(RECORDING, ACTIVITY, TRANSCRIPTION, None)


def _report(acoustics: Acoustics, *corrections: Correction) -> Report:
    return build_report(acoustics, ACTIVITY, TRANSCRIPTION, MeasureOptions(corrections=corrections))


def _over(first: object, last: object | None = None, kind: str = "words", text: str = "") -> Correction:
    end = last or first
    return Correction(kind, first.start, end.end, text)  # type: ignore[arg-type, attr-defined]


def test_stored_acoustics_give_the_report_of_the_recording(acoustics: Acoustics) -> None:
    kept = serialization.from_json(Acoustics, serialization.to_json(acoustics))
    assert kept == acoustics
    assert _report(kept) == report_of(RECORDING, ACTIVITY, TRANSCRIPTION, NO_OPTIONS)


def test_words_with_their_midpoint_in_the_stretch_are_replaced(acoustics: Acoustics) -> None:
    before = _report(acoustics)
    corrected = _report(acoustics, _over(WORDS[0], WORDS[1], text="We really do think,"))
    texts = [word.text for word in corrected.transcript.words]
    assert texts[:5] == ["We", "really", "do", "think,", "um,"]
    assert corrected.measures["spoken_words"].value == before.measures["spoken_words"].value + 2  # type: ignore[operator]
    assert corrected.measures["answer_length"] == before.measures["answer_length"]
    new = corrected.transcript.words[:4]
    assert (new[0].start, new[-1].end) == (WORDS[0].start, WORDS[1].end)
    assert all(one.end == other.start for one, other in pairwise(new))
    assert new[1].end - new[1].start > new[0].end - new[0].start
    assert corrected.corrections[0].text == "We really do think,"


def test_words_can_be_removed(acoustics: Acoustics) -> None:
    corrected = _report(acoustics, _over(WORDS[0]))
    assert corrected.transcript.words[0].text == "think,"


def test_words_can_be_added_where_none_were_recognised(acoustics: Acoustics) -> None:
    corrected = _report(acoustics, Correction("words", 16.2, 16.8, "Well."))
    assert "Well." in [word.text for word in corrected.transcript.words]


def test_a_word_corrected_to_a_filled_pause_is_a_certain_one(acoustics: Acoustics) -> None:
    corrected = _report(acoustics, _over(WORDS[3], text="uh,"))
    (found,) = [f for f in corrected.fillers if f.start == WORDS[3].start]
    assert (found.text, found.kind, found.source, found.confidence) == ("uh", "filled_pause", "person", 1.0)
    before = _report(acoustics)
    assert corrected.measures["filled_pause_count"].value == before.measures["filled_pause_count"].value + 1  # type: ignore[operator]
    assert corrected.measures["spoken_words"].value == before.measures["spoken_words"].value - 1  # type: ignore[operator]


def test_a_filled_pause_corrected_to_a_word_is_not_counted(acoustics: Acoustics) -> None:
    corrected = _report(acoustics, _over(UM, text="I'm"))
    assert [f for f in corrected.fillers if f.kind == "filled_pause" and f.start < 17] == []


def test_a_rejected_filler_stays_in_the_list_but_is_not_counted(acoustics: Acoustics) -> None:
    before, corrected = _report(acoustics), _report(acoustics, _over(UM, kind="not_filler"))
    (found,) = [f for f in corrected.fillers if f.start == UM.start]
    assert (found.state, found.confidence) == ("not_filler", 0.0)
    count, less = before.measures["filled_pause_count"], corrected.measures["filled_pause_count"]
    assert (count.value, less.value) == (2, 1)
    assert corrected.measures["filler_rate"].value < before.measures["filler_rate"].value  # type: ignore[operator]
    assert corrected.transcript == before.transcript


def test_an_unsure_filler_is_confirmed(acoustics: Acoustics) -> None:
    (unsure,) = [f for f in _report(acoustics).fillers if f.source == "heard"]
    assert unsure.state == "unsure"
    corrected = _report(acoustics, Correction("filler", unsure.start, unsure.end, "uh"))
    (sure,) = [f for f in corrected.fillers if f.source == "heard"]
    assert (sure.state, sure.confidence) == ("filler", 1.0)


def test_a_marker_that_the_person_reports_is_counted(acoustics: Acoustics) -> None:
    before = _report(acoustics)
    corrected = _report(acoustics, _over(LIKE, kind="filler", text="like"))
    there = [f for f in corrected.fillers if f.text == "like" and f.start == LIKE.start]
    assert [(f.kind, f.state, f.confidence) for f in there] == [("discourse_marker", "filler", 1.0)]
    count = corrected.measures["discourse_marker_count"]
    assert count.value is not None and count.low is not None
    assert count.value >= max(1, before.measures["discourse_marker_count"].value or 0)
    assert count.low >= 1


def test_a_filler_in_a_pause_splits_the_pause(acoustics: Acoustics) -> None:
    corrected = _report(acoustics, Correction("filler", 16.9, 17.2, "um"))
    assert [(p.start, p.end) for p in corrected.pauses] == [(16.0, 16.9), (17.2, 18.0)]
    (found,) = [f for f in corrected.fillers if f.source == "person"]
    assert (found.text, found.state, found.start) == ("um", "filler", 16.9)
    assert corrected.measures["long_pause_count"].value == 0


def test_a_filler_at_an_end_moves_the_end_unless_it_was_marked(acoustics: Acoustics) -> None:
    last = Correction("filler", 40.4, 40.8, "um")
    assert _report(acoustics, last).measures["answer_length"].value == pytest.approx(39.8)
    marked = SpokenSpan(1.0, 40.0, "person")
    assert corrected_span(marked, [last], 42.0) == marked
    far = Correction("filler", 5.0, 5.3, "um")
    assert corrected_span(SpokenSpan(20.0, 40.0, "detected"), [far], 42.0).start == 20.0


def test_values_are_within_their_intervals_after_any_correction(acoustics: Acoustics) -> None:
    everything = [
        _over(UM, kind="not_filler"),
        Correction("filler", 30.1, 30.4, "uh"),
        Correction("filler", 16.9, 17.2, "um"),
        *(_over(word, kind="filler", text="like") for word in WORDS if word.text == "like"),
        _over(WORDS[-3], WORDS[-1], text="more than 2,500 times."),
    ]
    for measure_ in _report(acoustics, *everything).measures.values():
        if measure_.value is not None:
            assert measure_.low is not None and measure_.high is not None
            assert measure_.low <= measure_.value <= measure_.high


@given(answers())
def test_without_corrections_nothing_changes(answer: Answer) -> None:
    transcription: Transcription = transcription_of(answer.words)
    assert corrected_transcription(transcription, ()) == transcription
    assert corrected_activity(answer.activity, ()) == answer.activity
    assert corrected_span(answer.span, (), answer.activity.duration) == answer.span


def test_what_was_heard_and_then_written_counts_once(acoustics: Acoustics) -> None:
    corrected = _report(acoustics, Correction("words", 29.9, 30.6, "uh,"))
    near = [f for f in corrected.fillers if f.kind == "filled_pause" and 29.0 < f.start < 31.0]
    assert [(f.source, f.confidence) for f in near] == [("person", 1.0)]
