"""A recording with several sounds offers the choice between them, in words."""

import io
from dataclasses import replace

from analysis.cli.report_page import print_report
from analysis.cli.terminal import console_on
from analysis.report import RecordingDescription, RecordingSide, SoundTrack
from analysis.view.sound import sound_choices
from tests.analysis.cli.example_reports import usual_report

ONE = RecordingDescription(60.0, 60.0, "aac", 48_000, 2)


def test_one_sound_offers_no_choice() -> None:
    assert sound_choices(ONE) == ()


def test_tracks_are_described_by_what_the_file_states_and_by_their_speech() -> None:
    tracks = (
        SoundTrack(1, "aac", "eng", "Interviewer", 75.2),
        SoundTrack(2, "aac", None, None, 0.0),
        SoundTrack(3, None, None, None, None),
    )
    (choice,) = sound_choices(replace(ONE, track=2, tracks=tracks))
    assert choice.field == "track"
    assert [option.value for option in choice.options] == [1, 2, 3]
    assert [f"{option.label}: {option.detail}" for option in choice.options] == [
        "Track 1: Interviewer, English, 1 min 15 s of speech",
        "Track 2: no speech",
        "Track 3: cannot be read here",
    ]
    assert [option.measured for option in choice.options] == [False, True, False]
    assert [option.readable for option in choice.options] == [True, True, False]


def test_the_quieter_side_of_a_call_is_called_so() -> None:
    sides = (RecordingSide("left", 12.0, -40.0), RecordingSide("right", 40.0, -22.0))
    (choice,) = sound_choices(replace(ONE, channel="both", sides=sides))
    assert choice.field == "channel"
    assert [(option.value, option.detail, option.measured) for option in choice.options] == [
        ("left", "12 s of speech, quieter", False),
        ("right", "40 s of speech", False),
        ("both", "", True),
    ]


def test_a_chosen_channel_of_one_voice_can_be_left_again() -> None:
    (choice,) = sound_choices(replace(ONE, channel="left"))
    assert [option.value for option in choice.options if not option.measured] == ["right", "both"]


def test_the_terminal_lists_them_with_the_option_that_measures_each() -> None:
    tracks = (SoundTrack(1, "aac", None, None, 3.0), SoundTrack(2, "aac", None, None, 40.0))
    usual = usual_report()
    stream = io.StringIO()
    report = replace(usual, recording=replace(usual.recording, track=2, tracks=tracks))
    print_report(report, console_on(stream, width=100), title="a.mp4")
    lines = [line.strip() for line in stream.getvalue().splitlines()]
    assert "Track 1, 3 s of speech  --track 1" in lines
    assert "* Track 2, 40 s of speech" in lines
