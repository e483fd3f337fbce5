"""The report, from words and silences."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from analysis import ANALYSIS_VERSION
from analysis.build_report import MeasureOptions
from analysis.filled_pauses.detector import FilledPause
from analysis.measures.fillers import FILLER_RATE_GUIDE
from analysis.measures.length import LENGTH_GUIDE
from analysis.measures.pace import SPEAKING_RATE_GUIDE
from analysis.measures.registry import DEFINITIONS
from analysis.report import Guide, Report, Span, SpokenSpan, Word
from analysis.signal.voice_activity import Activity, detect_activity
from analysis.transcription.fake import FakeEngine
from analysis.transcription.verbatim import transcribe
from analysis.view.figures import figure_views
from tests.analysis import sounds
from tests.analysis.constructed import (
    NO_OPTIONS,
    activity_of,
    recording_of,
    report_of,
    spoken,
    transcription_of,
)
from tests.analysis.feedback.never_said import NEVER_SAID

TARGET = Guide(20.0, 40.0, "this question")


def _report(
    activity: Activity,
    options: MeasureOptions = NO_OPTIONS,
    *,
    text: str = "Um, I would like to help. It was, like, hard.",
    language: str = "en",
    gaps: tuple[tuple[float, float], ...] = (),
) -> Report:
    recording = recording_of(sounds.noise(activity.duration, -30), gaps=gaps)
    return report_of(recording, activity, transcription_of(spoken(activity, text), language), options)


LONG = activity_of([(1.0, 20.0), (21.2, 45.0), (45.5, 70.0)], 72.0)


def test_every_measure_in_order_with_its_unit_and_guide() -> None:
    report = _report(LONG)
    assert list(report.measures) == list(DEFINITIONS)
    assert report.measures["answer_length"].guide == LENGTH_GUIDE
    assert report.measures["speaking_rate"].guide == SPEAKING_RATE_GUIDE
    assert report.measures["filler_rate"].guide == FILLER_RATE_GUIDE
    assert report.analysis_version == ANALYSIS_VERSION
    assert report.model.name == "fake"
    assert report.spoken_span is not None and report.spoken_span.source == "detected"


@pytest.mark.parametrize(
    "sound",
    [sounds.silence(12), sounds.noise(12, -25), sounds.music(12)],
    ids=["silence", "noise", "music"],
)
def test_without_speech_the_report_is_complete_and_has_no_values(sound: np.ndarray) -> None:
    recording = recording_of(sound)
    activity = detect_activity(recording)
    report = report_of(
        recording, activity, transcribe(recording, activity, FakeEngine("Thank you.")), NO_OPTIONS
    )
    assert list(report.measures) == list(DEFINITIONS)
    for name, found in report.measures.items():
        if name == "clipping":
            assert found.state == "measured"
        else:
            assert (found.state, found.reason, found.value) == ("not_measurable", "no_speech", None), name
    assert report.transcript.words == () and report.fillers == () and report.pauses == ()
    assert report.spoken_span is None and report.observations == () and report.pace == ()
    assert report.headline == "No speech was heard. Check the microphone, then record again."
    assert [notice.code for notice in report.notices] == ["no_speech"]


def test_two_seconds_of_speech_have_counts_and_no_rates() -> None:
    report = _report(activity_of([(1.0, 3.0)], 4.0))
    for name in ("speaking_rate", "articulation_rate", "pause_rate", "filler_rate", "speaking_share"):
        assert report.measures[name].reason == "too_little_speech"
    for name in ("answer_length", "spoken_words", "filled_pause_count", "pause_count"):
        assert report.measures[name].value is not None
    assert [n.code for n in report.notices if n.code.endswith("speech")] == ["too_little_speech"]
    assert "less than 10 s" in report.notices[0].text


def test_under_half_a_minute_rates_are_marked() -> None:
    report = _report(activity_of([(1.0, 30.9)], 32.0))
    assert "little_speech" in [notice.code for notice in report.notices]
    assert "less than 30 s" in report.notices[0].text


def test_a_long_gap_lowers_states() -> None:
    gaps = ((45.1, 46.4),)
    speech = activity_of([(1.0, 20.0), (21.2, 45.0), (46.5, 70.0)], 72.0, gaps=gaps)
    for name in ("answer_length", "speaking_rate", "pause_count", "speaking_share"):
        assert _report(speech, gaps=gaps).measures[name].reason == "gap", name
    marked = _report(speech, MeasureOptions(span=Span(1.0, 44.0)), gaps=gaps)
    assert marked.measures["answer_length"].reason is None


@pytest.mark.parametrize(("gaps", "said"), [((), False), ((0.5, 0.5), False), ((0.5, 0.5, 0.5), True)])
def test_what_is_left_out_of_rates_is_said_from_two_percent_on(gaps: tuple[float, ...], said: bool) -> None:
    spans = tuple((10.0 * number, 10.0 * number + gap) for number, gap in enumerate(gaps, start=1))
    report = _report(activity_of([(1.0, 70.0)], 72.0, gaps=spans), gaps=spans)
    left_out = [notice for notice in report.notices if notice.code == "time_left_out"]
    assert len(left_out) == said
    for notice in left_out:
        assert "about 2 s holds no sound" in notice.text
        assert (notice.start, notice.end) == (10.0, 30.5)


def test_the_whole_report_refers_to_the_marked_span() -> None:
    report = _report(LONG, MeasureOptions(span=Span(21.0, 45.2)))
    assert report.spoken_span is not None and report.spoken_span.source == "person"
    assert report.measures["answer_length"].value == pytest.approx(24.2)
    times = [
        t for found in (report.fillers, report.pauses, report.pace) for x in found for t in (x.start, x.end)
    ]
    assert all(21.0 <= time <= 45.2 for time in times)
    assert all(21.0 <= w.start <= 45.2 for w in report.transcript.words)


def test_a_marked_span_without_speech_says_so() -> None:
    report = _report(LONG, MeasureOptions(span=Span(70.5, 72.0), target=TARGET))
    assert report.headline.startswith("No speech was heard in the part that you marked.")
    assert "Move its start or its end" in report.notices[0].text
    assert report.measures["answer_length"].guide == TARGET


def test_the_questions_aim_is_used_everywhere() -> None:
    report = _report(LONG, MeasureOptions(target=TARGET))
    assert report.measures["answer_length"].guide == TARGET
    [length] = [figure for figure in report.figures if figure.figure == "length"]
    assert (length.standing, length.direction) == ("outside", "high")
    assert figure_views(report)[0].guide == "20–40 s"


def test_the_cue_gives_the_latency() -> None:
    assert _report(LONG, MeasureOptions(response_cue=0.2)).measures["response_latency"].value == 0.8


def test_another_language_keeps_length_and_pauses() -> None:
    report = _report(LONG, language="de")
    assert report.fillers == ()
    assert report.measures["filler_rate"].reason == "language_not_english"
    assert report.measures["pause_count"].value == 2.0


def _heard(activity: Activity, *filled: FilledPause, words: Sequence[Word] = ()) -> Report:
    said = transcription_of(words or spoken(activity, "I would like to help."))
    transcription = replace(said, filled_pauses=filled)
    recording = recording_of(sounds.noise(activity.duration, -60))
    return report_of(recording, activity, transcription, NO_OPTIONS)


def test_filled_pauses_heard_in_the_sound_are_counted_and_measured() -> None:
    report = _heard(LONG, *(FilledPause("uh", t, t + 0.3, "heard", 0.98) for t in (5.0, 25.0, 50.0)))
    count = report.measures["filled_pause_count"]
    assert (count.value, count.state, count.reason) == (3.0, "measured", None)
    assert count.low is not None and count.high is not None and count.low >= 2.0 and count.high <= 6.0
    filled = [filler for filler in report.fillers if filler.kind == "filled_pause"]
    assert [filler.source for filler in filled] == ["heard"] * 3
    assert "fillers_from_text_only" not in [notice.code for notice in report.notices]


def test_without_a_detector_the_count_has_low_confidence_and_a_notice() -> None:
    report = _report(LONG)
    assert report.measures["filled_pause_count"].reason == "detector_uncertain"
    assert "fillers_from_text_only" in [notice.code for notice in report.notices]


def test_a_short_um_before_the_first_word_begins_the_answer() -> None:
    activity = activity_of([(1.0, 1.2), (2.0, 20.0)], 22.0)
    later = spoken(activity_of([(2.0, 20.0)], 22.0))
    filled = FilledPause("um", 1.0, 1.2, "heard", 0.9)
    assert _heard(activity, filled, words=later).spoken_span == SpokenSpan(1.0, 20.0, "detected")
    assert _heard(activity, words=later).spoken_span == SpokenSpan(2.0, 20.0, "detected")


def test_a_recording_hard_to_hear_says_so() -> None:
    noisy = replace(LONG, noise_floor=-35.0)
    report = _report(noisy)
    assert "hard_to_hear" in [notice.code for notice in report.notices]
    assert report.measures["pause_count"].reason == "low_signal_to_noise"
    assert report.measures["answer_length"].state == "measured"


def test_the_wording_is_plain_and_kind() -> None:
    reports = [
        _report(LONG),
        _report(activity_of([], 5.0)),
        _report(activity_of([(0, 3)])),
        _report(LONG, language="de"),
    ]
    for report in reports:
        for text in (
            report.headline,
            *(n.text for n in report.notices),
            *(o.text for o in report.observations),
        ):
            assert text.endswith("."), text
            assert not set(text.lower().replace(",", " ").split()) & set(NEVER_SAID), text
