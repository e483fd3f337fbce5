"""What the terminal shows of a report: the page with every figure, and the text with its marks."""

import re
from dataclasses import replace

import pytest
from example_reports import (
    PACE_GUIDE,
    filler_of,
    measured,
    short_report,
    silent_report,
    usual_report,
    withheld,
    words_of,
)
from piped_pages import flat, full_page, on_terminal, page
from rich.cells import cell_len

from analysis.cli.length_bar import length_bar
from analysis.cli.terminal import printable
from analysis.measures.registry import DEFINITIONS
from analysis.report import Filler, Guide, Pause, Report, Span, Transcript
from analysis.view.length_bar import length_bar as length_bar_view


def row(text: str, label: str) -> str:
    """The table's row of a measure."""
    return next(flat(line) for line in text.splitlines() if line.strip().startswith(label))


def test_it_is_read_from_what_matters_to_the_details() -> None:
    text = full_page(usual_report())
    parts = [
        "answer.m4a",
        "Good length. About 8 fillers",
        "✓ Length",
        "▲ 1 min 42 s",
        "Try",
        "Ortiz 2022",
        "Keep",
        "This answer",
        "How far off",
        "What you said",
        "Recogniser base",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_notices_stand_before_the_headline() -> None:
    text = flat(page(short_report()))
    assert text.index("! This answer is very short") < text.index("6 s long: aim for")
    assert "so its pace is left out. (0:00 to 0:06)" in text
    assert "Your answer runs from 0:00.5 to 0:06.5, as you marked it." in text


def test_observations_say_where_to_listen() -> None:
    text = flat(page(usual_report()))
    assert "is inside the aim. Listen at 1:32." in text
    assert "About 8 fillers a minute. Listen at 0:00, 0:23 and 0:59." in text


def test_a_measure_shows_value_interval_and_what_is_usual_with_its_source() -> None:
    text = full_page(usual_report())
    assert row(text, DEFINITIONS["speaking_rate"].label).endswith(
        "142 words a minute (138 to 146) 100 to 165 [2]"
    )
    assert "[2] Microsoft Speaker Coach" in flat(text)
    assert row(text, DEFINITIONS["filled_pause_count"].label).endswith("about 6 (3 to 10)")


def test_how_sure_a_figure_is_stands_beside_it_narrow_and_wide() -> None:
    label = DEFINITIONS["pause_median"].label
    narrow, wide = full_page(usual_report(), width=80), full_page(usual_report(), width=120)
    assert f"{label} 0.42 s (0.38 to 0.47 s) Less sure [a]" in flat(narrow)
    assert row(wide, label).endswith("Less sure [a]")
    assert row(wide, DEFINITIONS["speaking_rate"].label).endswith("[2] Measured")
    for text in (narrow, wide):
        assert "[a] the recording is hard to hear" in flat(text)


def test_without_room_for_a_table_each_figure_is_a_few_lines() -> None:
    text = full_page(usual_report(), width=40)
    pace = f"  {DEFINITIONS['speaking_rate'].label}\n    142 words a minute (138 to 146)\n"
    assert f"{pace}    usual: 100 to 165 [2]\n" in text
    median = f"  {DEFINITIONS['pause_median'].label}\n    0.42 s (0.38 to 0.47 s)\n"
    assert f"{median}    Less sure [a]\n" in text


def test_a_reason_or_source_that_many_rows_share_is_written_once() -> None:
    usual = usual_report()
    shared = {
        name: replace(m, guide=PACE_GUIDE, state="low_confidence", reason="gap")
        for name, m in usual.measures.items()
    }
    text = flat(full_page(replace(usual, measures=shared)))
    assert text.count("[a] part of the sound is missing") == 1
    assert text.count("Microsoft Speaker Coach") == 1
    assert "[b]" not in text


def test_measures_stand_in_the_order_of_their_definitions() -> None:
    usual = usual_report()
    backwards = replace(usual, measures=dict(reversed(usual.measures.items())))
    text = full_page(backwards)
    shown = [
        name for name in DEFINITIONS if name in usual.measures and usual.measures[name].value is not None
    ]
    places = [text.index("\n  " + DEFINITIONS[name].label) for name in shown]
    assert places == sorted(places)


def test_a_measure_of_tomorrow_is_shown_too() -> None:
    usual = usual_report()
    text = full_page(replace(usual, measures={**usual.measures, "smile_count": measured(3.0, "count")}))
    assert row(text, "Smile count").endswith("3")


def test_without_speech_the_reason_is_said_once() -> None:
    text = flat(full_page(silent_report()))
    assert "No speech was heard. Check the microphone, then record again." in text
    assert text.count("no speech was heard") == 1
    assert f"{DEFINITIONS['response_latency'].label}: only for answers recorded in Greenroom" in text
    assert "▲" not in text
    assert "What you said" not in text


def test_nearly_all_measures_are_not_named_one_by_one() -> None:
    silent = silent_report()
    measures = {name: withheld(definition.unit, "no_speech") for name, definition in DEFINITIONS.items()}
    measures["response_latency"] = silent.measures["response_latency"]
    text = flat(full_page(replace(silent, measures=measures)))
    assert f"All {len(DEFINITIONS) - 1} other measures: no speech was heard" in text
    assert text.index("only for answers recorded") < text.index("other measures")


def test_little_speech_keeps_length_and_counts_and_withholds_rates() -> None:
    text = full_page(short_report())
    assert "6 s" in row(text, DEFINITIONS["answer_length"].label)
    rates = {"speaking_rate", "long_pause_rate", "filler_rate"}
    labels = [DEFINITIONS[name].label for name in DEFINITIONS if name in rates]
    assert f"{', '.join(labels)}: there are less than 10 seconds of speech" in flat(text)
    assert f"{DEFINITIONS['pause_median'].label}: there are none in this answer" in flat(text)


def test_fillers_and_pauses_are_marked_in_the_transcript() -> None:
    text = flat(full_page(usual_report()))
    assert "[Um], I decided" in text
    assert "There was, ‹like›, one evening" in text
    assert "‹you know?›, and nobody" in text
    assert "you can [uh] practise" in text
    assert "like any [um?] other skill" in text  # heard, not written, and unsure
    assert "two summers. · 0:21" in text
    assert "·1.6 s·" in text
    for mark in (
        "[um] filled pause",
        "‹like› discourse marker",
        "‹like?› discourse marker, unsure",
        "·1.2 s· pause of 1 s and more",
    ):
        assert mark in text


def test_only_the_filler_itself_is_set_apart() -> None:
    line = next(line for line in on_terminal(usual_report()).splitlines() if "[Um]" in line)
    assert re.search(r"\x1b\[1m\[Um\]\x1b\[0m, I decided", line)


def test_the_legend_names_only_marks_that_are_there() -> None:
    text = page(short_report())
    assert "I want to help people." in text
    for mark in ("[um]", "‹like›", "unsure", "pause under"):
        assert mark not in text


@pytest.mark.parametrize("width", range(60, 80))
def test_a_pause_never_begins_a_line_and_is_never_broken(width: int) -> None:
    words = words_of("word " * 120, step=2.0)
    pauses = tuple(Pause(word.end + 0.1, word.end + 1.5, "within") for word in words)
    report = replace(usual_report(), transcript=Transcript("en", words, ()), fillers=(), pauses=pauses)
    lines = [line.strip() for line in page(report, width=width).split("What you said")[1].splitlines()]
    assert sum(line.count("word ·1.4 s·") for line in lines) == len(pauses)


def test_a_word_that_was_not_used_as_a_filler_is_left_alone() -> None:
    words = words_of("I feel like a student. I feel like one.")
    fillers = (
        filler_of(words, 2, kind="discourse_marker", state="not_filler"),
        filler_of(words, 7, kind="discourse_marker"),
    )
    report = replace(usual_report(), transcript=Transcript("en", words, ()), fillers=fillers, pauses=())
    assert "I feel like a student. I feel ‹like› one." in flat(page(report))


def test_a_filler_cut_to_the_part_that_sounds_still_marks_its_word() -> None:
    words = words_of("Um, so it was, um, um, late.", step=0.3)  # each word ends where the next begins
    cut = tuple(replace(filler_of(words, n), start=words[n].end - 0.1) for n in (0, 4, 5))
    report = replace(usual_report(), transcript=Transcript("en", words, ()), fillers=cut, pauses=())
    assert "[Um], so it was, [um], [um], late." in flat(page(report))


def test_fillers_are_shown_even_where_no_word_was_recognised() -> None:
    heard = Filler("um", 1.0, 1.4, "filled_pause", "heard", "filler", 0.9)
    report = replace(usual_report(), transcript=Transcript("en", (), ()), fillers=(heard,), pauses=())
    assert "0:01 [um]" in flat(page(report))


def test_a_gap_in_the_sound_is_written_into_the_transcript() -> None:
    usual = usual_report()
    gap = replace(usual.recording, gaps=(Span(30.0, 32.5),))
    assert "[no sound for 2.5 s]" in page(replace(usual, recording=gap))


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize(
    "report", [usual_report(), short_report(), silent_report()], ids=["usual", "short", "silent"]
)
def test_no_line_is_wider_than_the_terminal_nor_wider_than_the_eye(report: Report, width: int) -> None:
    widest = max(cell_len(line) for line in full_page(report, width=width).splitlines())
    assert widest <= min(width, 110)


def test_a_pipe_gets_plain_text() -> None:
    text = full_page(usual_report())
    assert "\x1b" not in text
    assert not re.search(r" +$", text, re.MULTILINE)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_marks_fall_back_to_ascii_where_the_encoding_has_none(encoding: str) -> None:
    text = full_page(usual_report(), encoding=encoding)
    assert "aim: 1-2 minutes" in text or "aim: 1–2 minutes" in text
    assert "^ 1 min 42 s" in text
    assert "+------------+===========+" in text
    assert "?" not in text.replace("?]", "").replace("?›", "").replace("?>", "")


def test_nothing_in_a_name_or_a_transcript_steers_the_terminal() -> None:
    usual = usual_report()
    words = (replace(usual.transcript.words[0], text="\x1b[31mUm\u202e"), *usual.transcript.words[1:])
    report = replace(usual, transcript=replace(usual.transcript, words=words), headline="[bold]\x07not ours")
    text = page(report, title="a\x1b]0;b\x07\nc\udcff[red].wav")
    assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert "a?]0;b? c?[red].wav" in text
    assert "[bold]?not ours" in text


def test_printable_keeps_letters_of_every_script() -> None:
    assert printable("Años, ответ, 回答 – 1") == "Años, ответ, 回答 – 1"


def bar(length: float, aim: Guide | None = None) -> list[str]:
    """The bar's lines at 72 columns, 12 for each minute."""
    view = length_bar_view(measured(length, "s", guide=aim))
    assert view is not None
    return length_bar(view, 72).plain.splitlines()


@pytest.mark.parametrize(
    ("seconds", "column"),
    [
        (0.0, 0),
        (30.0, 6),
        (60.0, 12),
        (150.0, 30),
        (240.0, 48),
        (300.0, 60),
        (600.0, 70),
        (4000.0, 70),
    ],
)
def test_the_mark_lies_at_the_answers_length(seconds: float, column: int) -> None:
    assert bar(seconds)[2].index("▲") == column


def test_the_aim_is_drawn_heavier_and_named() -> None:
    lines = bar(101.9, Guide(60.0, 120.0, "somebody"))
    assert [place for place, mark in enumerate(lines[1]) if mark == "━"] == list(range(13, 24))
    assert lines[3] == "━ aim: 1–2 minutes"


def test_an_aim_of_ones_own_moves_with_it() -> None:
    lines = bar(101.9, Guide(90.0, 150.0, "you"))
    heavy = [place for place, mark in enumerate(lines[1]) if mark == "━"]
    assert (heavy[0], heavy[-1]) == (18, 29)
    assert lines[3] == "━ aim: 1 min 30 s to 2 min 30 s"


def test_the_words_beside_the_mark_stay_inside_the_bar() -> None:
    assert bar(4000.0)[2].rstrip().endswith("1 h 7 min ▲")
    assert all(len(line) <= 72 for line in bar(4000.0))
