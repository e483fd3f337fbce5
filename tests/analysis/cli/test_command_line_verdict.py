"""What the terminal shows of a report unless everything is asked for: the verdict, and what to do next."""

import re
from dataclasses import replace

import pytest
from example_reports import PACE_GUIDE, measured, short_report, silent_report, usual_report, words_of
from piped_pages import flat, on_terminal, page
from rich.cells import cell_len

from analysis.feedback.neutral_wording import without_verdicts
from analysis.feedback.verdict import with_verdict
from analysis.report import Measure, Notice, Pause, Report, Transcript
from analysis.view.report import report_view


def judged(report: Report, **measures: Measure) -> Report:
    """The report with other measures, and the verdict on them."""
    return with_verdict(replace(report, measures={**report.measures, **measures}))


def test_the_verdict_comes_first_and_the_text_last() -> None:
    text = flat(page(usual_report()))
    parts = [
        "answer.m4a · 1 min 43 s recorded",
        "Good length. About 8 fillers a minute: aim for 5 or fewer.",
        "✓ Length",
        "Try A short silence where you would say 'uh'.",
        "Listen at 0:00, 0:23 and 0:59.",
        "Record it again: stay silent instead of 'uh'",
        "1 Listen to three of your own.",
        "3 Record again.",
        "Keep The length: 1 min 42 s is inside the aim.",
        "What you said",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_only_what_matters_is_shown_and_the_rest_is_named() -> None:
    text = flat(page(usual_report()))
    for detail in ("This answer", "How far off", "138 to 146", "Ortiz", "kHz", "Recogniser", "├"):
        assert detail not in text
    figures = report_view(usual_report()).groups_title.lower()
    assert re.fullmatch(r"all \d+ figures", figures)
    assert text.endswith(f"Add --all to see {figures}, how sure each one is, and every pause.")


def test_each_figure_has_a_mark_and_says_in_words_what_it_means() -> None:
    report = judged(
        usual_report(),
        answer_length=measured(40.0, "s", 39.5, 40.5, guide=usual_report().measures["answer_length"].guide),
        long_pause_rate=measured(7.5, "per min", 6.0, 9.0),
    )
    lines = [line.strip() for line in page(report).splitlines()]
    assert re.sub(" +", " ", next(line for line in lines if "Length" in line)) == (
        "▼ Length 40 s under the aim: 1–2 minutes"
    )
    assert any(line.startswith("✓ Pace ") and "inside the guide: 100 to 165" in line for line in lines)
    assert any(line.startswith("≈ Pauses ") and line.endswith("close to the guide") for line in lines)
    assert any(line.startswith("▲ Fillers ") and "over the guide: up to 5" in line for line in lines)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_marks_become_ascii_where_the_encoding_has_none(encoding: str) -> None:
    report = judged(usual_report(), long_pause_rate=measured(7.5, "per min", 6.0, 9.0))
    text = page(report, encoding=encoding)
    for start in ("+ Length", "+ Pace", "~ Pauses", "^ Fillers"):
        assert f"\n  {start} " in text


def test_marks_become_ascii_on_a_terminal_whose_font_has_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "✓" in on_terminal(usual_report())
    monkeypatch.setenv("TERM", "linux")
    text = on_terminal(usual_report())
    assert "✓" not in text and "+" in text and text.isascii()


def test_without_colour_no_code_of_a_colour_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    green = "\x1b[32m✓"
    assert green in on_terminal(usual_report())
    monkeypatch.setenv("NO_COLOR", "1")
    text = on_terminal(usual_report())
    assert "✓ " in re.sub(r"\x1b\[\d*m", "", text)
    assert not re.search(r"\x1b\[(?:\d+;)*[3-4][0-7]m", text)


def test_figures_use_the_width_that_there_is() -> None:
    wide, usual, narrow = (page(usual_report(), width=width).splitlines() for width in (120, 80, 40))
    (row,) = (line for line in wide if "✓ Length" in line)
    assert all(label in row for label in ("✓ Length", "✓ Pace", "✓ Pauses", "▲ Fillers"))
    assert "  142 words a minute" in "\n".join(wide)
    assert sum(re.match(r"  [✓▲] \w+ +\d.*: ", line) is not None for line in usual) == 4
    assert "  ▲ Fillers: 8 fillers a minute" in narrow
    assert "    over the guide: up to 5" in narrow


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
@pytest.mark.parametrize(
    "report", [usual_report(), short_report(), silent_report()], ids=["usual", "short", "silent"]
)
def test_no_line_is_wider_than_the_terminal(report: Report, width: int) -> None:
    assert max(cell_len(line) for line in page(report, width=width).splitlines()) <= min(width, 110)


def test_the_text_is_as_wide_as_the_terminal_up_to_a_hundred_columns() -> None:
    words = words_of("many short words " * 60, step=0.5)
    report = replace(usual_report(), transcript=Transcript("en", words, ()), fillers=(), pauses=())
    for width, expected in ((40, 38), (80, 78), (100, 98), (120, 100), (200, 100)):
        text = page(report, width=width).partition("What you said")[2]
        assert expected - 6 < max(cell_len(line) for line in text.splitlines()) <= expected


def test_advice_is_no_wider_than_it_is_read_well() -> None:
    usual = usual_report()
    (kept, *_) = (each for each in usual.observations if each.kind == "keep")
    long = replace(usual, observations=(replace(kept, text="Many words. " * 40),))
    lines = [line for line in page(long, width=200).splitlines() if "Many words." in line]
    assert 88 < max(cell_len(line) for line in lines) <= 100


def test_what_is_not_measured_is_said_with_its_reason() -> None:
    assert "  ? Pace: not measured\n  ? Pauses: not measured\n" in page(short_report(), width=40)
    text = flat(page(short_report()))
    assert "guide" not in text
    assert "Pace, pauses and fillers: not measured, because there are less than 10 seconds of speech." in text


def test_a_slow_pace_that_counts_as_inside_says_why() -> None:
    slow = judged(usual_report(), speaking_rate=measured(92.0, "words/min", 88.0, 96.0, guide=PACE_GUIDE))
    text = flat(page(slow))
    assert "✓ Pace 92 words a minute inside the guide" in text
    assert "A pace of 85 or more counts as inside" in text
    assert "counts as inside" not in page(usual_report())


def test_without_speech_it_says_so_once_and_shows_nothing_else() -> None:
    text = flat(page(silent_report()))
    assert text == (
        "answer.m4a · 1 min 43 s recorded No speech was heard. Check the microphone, then record again."
    )


def test_where_nothing_is_to_change_there_is_no_drill() -> None:
    good = judged(
        usual_report(),
        filler_rate=measured(2.0, "per min", 1.0, 3.0, guide=usual_report().measures["filler_rate"].guide),
    )
    text = flat(page(good))
    assert "Length, pace, pauses and fillers are all inside the guides." in text
    assert "Try" not in text and "Record it again" not in text
    assert "Keep The length" in text


def test_figures_without_a_verdict_have_neither_mark_nor_guide() -> None:
    text = flat(page(without_verdicts(usual_report())))
    assert "Pace 142 words a minute Pauses 0.6 long pauses a minute Fillers 8 fillers a minute" in text
    assert "▲" not in text and "guide" not in text


def test_a_notice_that_changes_nothing_is_kept_for_the_full_page() -> None:
    notices = (
        Notice("words_without_speech", "The recogniser wrote 2 words where nobody speaks.", 1.0, 2.0),
        Notice("hard_to_hear", "This recording is hard to hear over the noise."),
    )
    text = flat(page(replace(usual_report(), notices=notices)))
    assert "! This recording is hard to hear" in text
    assert "where nobody speaks" not in text


def test_pauses_at_the_end_of_a_clause_are_not_marked_unless_they_are_long() -> None:
    words = words_of("So I went there. And then it went well, as it had to.", step=2.0)
    pauses = (
        Pause(words[0].end + 0.1, words[0].end + 0.6, "within"),
        Pause(words[3].end + 0.1, words[3].end + 0.7, "boundary"),
        Pause(words[8].end + 0.1, words[8].end + 1.5, "boundary"),
    )
    report = replace(usual_report(), transcript=Transcript("en", words, ()), fillers=(), pauses=pauses)
    text = flat(page(report))
    assert "So · I went there. And then it went well, ·1.4 s· as it had to." in text
    assert "·1.2 s· pause of 1 s and more · pause within a clause" in text
    only_usual = replace(report, pauses=pauses[1:2])
    assert "·" not in page(only_usual).partition("What you said")[2]


def test_the_recognisers_pieces_of_one_word_are_written_as_one() -> None:
    words = words_of("She spoke of low -blood sugar and 20 % of them.", step=0.4)
    report = replace(usual_report(), transcript=Transcript("en", words, ()), fillers=(), pauses=())
    assert "She spoke of low-blood sugar and 20% of them." in flat(page(report))
    pause = Pause(words[3].end, words[3].end + 0.3, "within")
    assert "of low · -blood sugar" in flat(page(replace(report, pauses=(pause,))))
