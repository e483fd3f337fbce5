"""The view of a report: what the terminal draws of it, and what it holds for all presentations."""

import io
from dataclasses import fields, replace

import pytest

from analysis.cli.report_page import print_full_report
from analysis.cli.terminal import console_on
from analysis.measures.confidence import LEAST_FOR_RATES
from analysis.measures.registry import DEFINITIONS, GROUPS
from analysis.report import Correction, Filler, Pause, Report, Span, State, Transcript, Word
from analysis.serialization import from_json, to_compact_json, to_json
from analysis.view.length_bar import length_bar
from analysis.view.measures import measure_row, reason_text
from analysis.view.report import ReportView, report_view
from analysis.view.timeline import timeline_view
from analysis.view.transcript import transcript_view, words_view
from tests.analysis.cli.example_reports import measured, usual_report, withheld
from tests.analysis.view.edge_reports import EDGE_REPORTS


def terminal(report: Report) -> str:
    stream = io.StringIO()
    print_full_report(report, console_on(stream, width=110), title="a.wav")
    return " ".join(stream.getvalue().split())


@pytest.mark.parametrize("report", EDGE_REPORTS.values(), ids=EDGE_REPORTS)
def test_the_terminal_shows_what_the_view_says(report: Report) -> None:
    view, text = report_view(report), terminal(report)
    for row in (row for group in view.groups for row in group.rows if row.value):
        ends = f" ({row.interval})" if row.interval else ""
        guide = f" {row.guide}" if row.guide else ""
        assert f"{row.label} {row.value}{ends}{guide}" in text
    assert view.headline in text
    if view.length_bar is not None:
        assert view.length_bar.text in text and (
            view.length_bar.aim is None or view.length_bar.aim.text in text
        )
    assert all(f"{withheld.labels}: {withheld.reason}" in text for withheld in view.withheld)
    for observation in view.observations:
        assert f"{observation.title} {observation.text} {observation.listen}".rstrip() in text
    if view.drill is not None:
        steps = " ".join(f"{number} {step}" for number, step in enumerate(view.drill.steps, start=1))
        assert f"{view.drill.button} {steps} {view.drill.evidence}" in text


@pytest.mark.parametrize("report", EDGE_REPORTS.values(), ids=EDGE_REPORTS)
def test_a_view_is_json_and_back_whether_defaults_are_left_out_or_not(report: Report) -> None:
    view = report_view(report)
    assert from_json(ReportView, to_json(view)) == view
    assert from_json(ReportView, to_compact_json(view)) == view


@pytest.mark.parametrize("report", EDGE_REPORTS.values(), ids=EDGE_REPORTS)
def test_headline_row_and_bar_give_one_length(report: Report) -> None:
    view = report_view(report)
    if view.length_bar is None:
        assert report.measures["answer_length"].value is None
        return
    (row,) = (row for group in view.groups for row in group.rows if row.name == "answer_length")
    assert row.value == view.length_bar.text == view.figures[0].value
    assert view.length_bar.aim is not None
    assert view.length_bar.aim.text == f"aim: {row.guide}"


def test_measures_stand_in_the_groups_and_the_order_of_the_registry() -> None:
    usual = usual_report()
    every = {name: measured(1.0, d.unit) for name, d in reversed(DEFINITIONS.items())}
    groups = report_view(replace(usual, measures={"smile_count": measured(3.0, "count"), **every})).groups
    assert [group.title for group in groups] == [group.value for group in GROUPS]
    names = [row.name for group in groups for row in group.rows]
    assert names == [*DEFINITIONS, "smile_count"]
    assert groups[-1].rows[-1].label == "Smile count"


def test_what_is_missing_is_said_by_its_reason() -> None:
    row = measure_row("filler_rate", withheld("per min", "too_little_speech"))
    assert (row.value, row.interval) == ("", "")
    assert row.missing == f"Not measurable: there are less than {LEAST_FOR_RATES:.0f} seconds of speech"
    assert row.summary == "Fillers a minute: not measurable"
    assert (
        measure_row("answer_length", withheld("s", "no_speech")).missing
        == "Not measurable: no speech was heard"
    )


@pytest.mark.parametrize(
    ("code", "state", "text"),
    [
        ("too_little_speech", "low_confidence", "there are less than 30 seconds of speech"),
        ("browser_processing", "low_confidence", "the browser changed the sound"),
        ("a_code_of_tomorrow", "not_measurable", "a code of tomorrow"),
        (None, "measured", ""),
    ],
)
def test_a_reason_is_a_clause(code: str | None, state: State, text: str) -> None:
    assert reason_text(code, state) == text


def test_an_open_row_explains_itself() -> None:
    rows = {row.name: row for group in report_view(EDGE_REPORTS["less sure"]).groups for row in group.rows}
    pace = rows["speaking_rate"].explanation
    assert pace is not None
    assert pace.sentences == (
        "We are 95 % sure that the true figure is within 100 to 140.",
        "Less sure, because there are less than 30 seconds of speech.",
    )
    assert pace.guide == "100 to 165. Microsoft Speaker Coach"
    assert pace.definition == DEFINITIONS["speaking_rate"].definition
    assert "Its errors may be larger or smaller." in pace.published_note


def test_the_moments_of_a_measure_are_those_it_counts() -> None:
    report = EDGE_REPORTS["marks"]
    report = replace(
        report,
        measures={
            **report.measures,
            **{name: measured(1.0, DEFINITIONS[name].unit) for name in ("long_pause_count", "pause_longest")},
        },
    )
    rows = {row.name: row for group in report_view(report).groups for row in group.rows}

    def moments(name: str) -> list[str]:
        explanation = rows[name].explanation
        return [] if explanation is None else [moment.text for moment in explanation.moments]

    assert moments("long_pause_count") == [
        "Pause of 1.0 s at 0:30, at the end of a sentence or clause",
        "Pause of 10 s at 0:40, within a clause",
    ]
    assert moments("pause_longest") == ["Pause of 10 s at 0:40, within a clause"]
    assert "“uh” at 1:10, a filled pause, added by you" in moments("filled_pause_count")
    assert "“like” at 1:12, a discourse marker, heard in the sound, not in the text, unsure" in moments(
        "filler_rate"
    )
    assert moments("speaking_rate") == []


def test_the_timeline_is_in_seconds_and_pace_in_fractions_of_its_lane() -> None:
    view = timeline_view(EDGE_REPORTS["halves"])
    fast, slow = view.of("pace")
    assert (fast.start, fast.end, fast.middle) == (5.0, 20.0, 12.5)
    assert fast.what == "143 words a minute" and slow.text == "98 words a minute from 0:10 to 0:25"
    assert fast.height is not None and slow.height is not None and 0 < slow.height < fast.height < 1
    guide = view.pace_guide
    assert guide is not None and slow.height < guide.bottom < fast.height < guide.top
    assert (guide.low_text, guide.high_text) == ("100", "165")
    assert view.pace_guide_text == "guide 100 to 165 words a minute"
    assert view.outside == (Span(0.0, 0.5), Span(60.0, 103.4))
    assert view.summary.startswith("Timeline of 1 min 43 s: 2 pauses. 3 filled pauses, 1 of them unsure")
    assert view.summary.endswith("Pace between 98 and 143 words a minute.")


@pytest.mark.parametrize(
    ("seconds", "at"), [(0.0, 0.0), (60.0, 0.1667), (300.0, 0.8333), (360.0, 0.975), (4000.0, 0.975)]
)
def test_the_length_bar_has_one_scale(seconds: float, at: float) -> None:
    bar = length_bar(measured(seconds, "s"))
    assert bar is not None
    assert bar.at == pytest.approx(at, abs=1e-4)
    assert bar.aim is None and bar.summary.endswith("more than 5 minutes.")


def test_a_filler_of_two_words_is_two_items_and_one_filler() -> None:
    view = transcript_view(usual_report())
    items = [item for paragraph in view.paragraphs for item in paragraph.items]
    you, know = (
        item for item in items if item.filler is not None and view.fillers[item.filler].text == "you know"
    )
    assert you.filler == know.filler
    assert (you.opens, you.closes, know.opens, know.closes) == (True, False, False, True)
    assert (you.shape, know.shape) == ("ringed-diamond", None)
    assert (you.note, know.note) == ("", "discourse marker, unsure")


def test_every_word_pause_and_filler_is_read_once() -> None:
    report = EDGE_REPORTS["marks"]
    view = transcript_view(report)
    items = [item for paragraph in view.paragraphs for item in paragraph.items]
    assert [item.text for item in items if item.kind == "word"] == [
        word.text for word in report.transcript.words
    ]
    assert [item.text for item in items if item.kind == "pause"] == ["0.25 s", "1.0 s", "1.0 s", "10 s"]
    assert [item.long for item in items if item.kind == "pause"] == [False, False, True, True]
    assert [item.text for item in items if item.kind == "heard"] == ["um", "uh", "like"]
    assert [item.text for item in items if item.kind == "gap"] == ["no sound for 2.5 s"]
    assert {entry.mark for entry in view.legend} >= {"dot", "ringed-dot", "heard", "person", "long-pause"}


def test_words_without_a_report_have_no_marks() -> None:
    usual = usual_report()
    view = words_view(usual.transcript)
    items = [item for paragraph in view.paragraphs for item in paragraph.items]
    assert {item.kind for item in items} == {"word"} and view.fillers == ()
    assert [paragraph.start for paragraph in view.paragraphs] == sorted(p.start for p in view.paragraphs)


def test_uncertain_and_corrected_words_are_marked() -> None:
    usual = usual_report()
    words = [*usual.transcript.words]
    words[3] = replace(words[3], probability=0.4)
    report = replace(
        usual,
        transcript=replace(usual.transcript, words=tuple(words)),
        corrections=(Correction("words", words[5].start, words[5].end, words[5].text),),
    )
    view = transcript_view(report)
    items = [item for paragraph in view.paragraphs for item in paragraph.items if item.kind == "word"]
    assert [place for place, item in enumerate(items) if item.uncertain] == [3]
    assert [place for place, item in enumerate(items) if item.corrected] == [5]
    assert (items[3].note, items[5].note) == ("not certain", "corrected")
    assert [entry.mark for entry in view.legend if entry.mark in ("uncertain", "corrected")] == [
        "uncertain",
        "corrected",
    ]


def test_pieces_of_one_word_are_joined_whatever_silence_is_between() -> None:
    words = (Word("well", 1.0, 1.3, 0.9), Word("-known", 1.9, 2.3, 0.9), Word("here.", 2.4, 2.8, 0.9))
    report = replace(usual_report(), fillers=(), pauses=(Pause(1.35, 1.85, "within"),))
    view = transcript_view(replace(report, transcript=Transcript("en", words, ())))
    items = [item for paragraph in view.paragraphs for item in paragraph.items]
    assert [(item.kind, item.joined) for item in items] == [
        ("word", False),
        ("pause", False),
        ("word", True),
        ("word", False),
    ]


def test_a_filler_that_was_heard_parts_the_pieces_of_a_word() -> None:
    words = (Word("well", 1.0, 1.3, 0.9), Word("-known", 1.9, 2.3, 0.9))
    um = Filler("um", 1.4, 1.8, "filled_pause", "heard", "filler", 0.9)
    report = replace(usual_report(), fillers=(um,), pauses=(), transcript=Transcript("en", words, ()))
    items = [item for paragraph in transcript_view(report).paragraphs for item in paragraph.items]
    assert [item.joined for item in items] == [False, False, False]


def test_a_pause_that_comes_twice_at_one_place_is_shown() -> None:
    """Reports of older builds may hold anything; a view is never refused for it."""
    usual = usual_report()
    pause = Pause(20.4, 21.2, "boundary")
    view = transcript_view(replace(usual, pauses=(pause, pause)))
    assert sum(item.kind == "pause" for p in view.paragraphs for item in p.items) == 2


def test_a_report_view_has_no_field_that_nobody_fills() -> None:
    usual = usual_report()
    call = replace(usual.recording, channel="both")
    corrected = replace(usual, recording=call, corrections=(Correction("words", 1.0, 2.0, "a"),))
    view = report_view(corrected, previous=usual_report(), takes=3)
    empty = {f.name for f in fields(ReportView) if not getattr(view, f.name)}
    # An assignment that hides figures has a test of its own.
    assert empty == {"notices", "hidden_text"}
    assert view.corrections_text == "You made 1 correction in the transcript. The figures use it."
