"""Processing by the browser lowers the states that depend on it; it is reported, and never guessed."""

import pytest

from analysis.audio.capture import NO_PROCESSING, Processing
from analysis.build_report import MeasureOptions
from analysis.report import Notice, Report
from tests.analysis import sounds
from tests.analysis.constructed import activity_of, recording_of, report_of, spoken, transcription_of

ANSWER = activity_of([(1.0, 20.0), (21.2, 45.0)], 47.0)


def report_with(*paused_at: float, processing: Processing = NO_PROCESSING, speech: bool = True) -> Report:
    activity = ANSWER if speech else activity_of([], 47.0)
    recording = recording_of(sounds.noise(47.0, -30))
    transcription = transcription_of(spoken(activity, "I would like to help") if speech else (), "en")
    options = MeasureOptions(processing=processing, paused_at=paused_at)
    return report_of(recording, activity, transcription, options)


def notice(report: Report, code: str) -> Notice | None:
    return next((notice for notice in report.notices if notice.code == code), None)


def doubted(report: Report) -> set[str]:
    return {name for name, found in report.measures.items() if found.reason == "browser_processing"}


@pytest.mark.parametrize(
    ("settings", "processing"),
    [
        (None, NO_PROCESSING),
        ({}, NO_PROCESSING),
        ({"noise_suppression": None, "auto_gain_control": False, "video": True}, NO_PROCESSING),
        ({"noise_suppression": True, "channel_count": 1}, Processing(noise_suppression=True)),
        (
            {"auto_gain_control": True, "echo_cancellation": True},
            Processing(automatic_gain=True, echo_cancellation=True),
        ),
    ],
)
def test_only_processing_that_the_browser_reports_counts(
    settings: dict[str, object] | None, processing: Processing
) -> None:
    assert Processing.from_settings(settings) == processing


def test_an_unprocessed_recording_lowers_no_state() -> None:
    report = report_with()
    assert doubted(report) == set()
    assert notice(report, "browser_processing") is None and notice(report, "recording_paused") is None


def test_noise_suppression_lowers_pauses_fillers_and_quality() -> None:
    report = report_with(processing=Processing(noise_suppression=True))
    assert doubted(report) >= {
        "pause_count", "pause_rate", "pause_longest", "long_pause_count", "filled_pause_count",
        "speaking_share", "longest_unbroken_stretch", "signal_to_noise", "clipping",
    }  # fmt: skip
    for name in ("answer_length", "spoken_words", "speaking_rate"):
        assert report.measures[name].state == "measured", name
    told = notice(report, "browser_processing")
    assert told is not None and told.text.startswith("Your browser kept noise suppression on while")
    assert "pauses, fillers and the quality of the sound are less sure" in told.text


def test_automatic_gain_lowers_only_the_quality() -> None:
    report = report_with(processing=Processing(automatic_gain=True, echo_cancellation=True))
    assert doubted(report) == {"signal_to_noise", "clipping"}
    told = notice(report, "browser_processing")
    assert told is not None
    assert told.text.startswith(
        "Your browser kept automatic gain and echo cancellation on while it recorded. "
    )
    assert "pauses" not in told.text


def test_echo_cancellation_alone_is_reported_and_lowers_nothing() -> None:
    report = report_with(processing=Processing(echo_cancellation=True))
    assert doubted(report) == set()
    told = notice(report, "browser_processing")
    assert told is not None and told.text.endswith("the figures are right.")


def test_noise_and_gaps_are_reasons_before_the_browser() -> None:
    noisy = activity_of([(1.0, 20.0), (30.0, 45.0)], 47.0, gaps=[(20.0, 30.0)])
    report = report_of(
        recording_of(sounds.noise(47.0, -30), gaps=((20.0, 30.0),)),
        noisy,
        transcription_of(spoken(noisy, "help"), "en"),
        MeasureOptions(processing=Processing(noise_suppression=True)),
    )
    assert report.measures["pause_count"].reason == "gap"


def test_processing_is_reported_without_speech_too() -> None:
    report = report_with(12.0, processing=Processing(noise_suppression=True), speech=False)
    assert "clipping" in doubted(report)
    assert notice(report, "browser_processing") is not None
    assert notice(report, "recording_paused") is not None


@pytest.mark.parametrize(
    ("paused_at", "said"),
    [
        ((34.2,), "You paused the recording at 0:34. That time is not in it, so a silence there may be "),
        (
            (34.2, 12.0),
            "You paused the recording at 0:12 and 0:34. That time is not in it, so a silence at ",
        ),
        ((12.0, 12.3, 34.0, 40.0), "You paused the recording at 0:12, 0:34 and 0:40. "),
    ],
)
def test_pauses_of_the_recording_are_reported_with_their_times(
    paused_at: tuple[float, ...], said: str
) -> None:
    told = notice(report_with(*paused_at), "recording_paused")
    assert told is not None and told.text.startswith(said)
    assert (told.start, told.end) == (min(paused_at), max(paused_at))


def test_a_pause_at_either_end_joins_nothing() -> None:
    assert notice(report_with(0.0, 47.0, 50.0), "recording_paused") is None
