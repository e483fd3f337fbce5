"""The view of a report as a page of the terminal.

The usual page answers three questions: how was it, what is the one thing to change, what did I say. The full
page adds what it all rests on: every figure with its interval, known errors, every pause.
"""

from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from analysis.cli.advice import advice
from analysis.cli.figures import four_figures
from analysis.cli.length_bar import length_bar
from analysis.cli.marked_transcript import marked_transcript
from analysis.cli.measure_table import known_errors, measure_table
from analysis.cli.tables import remark
from analysis.cli.terminal import MAXIMUM_WIDTH, printable, write_page
from analysis.formatting import duration
from analysis.report import RecordingDescription, Report
from analysis.view.report import NoticeView, ReportView, report_view

_INDENT = 2
_PROSE_WIDTH = 96
"""Columns that a line of advice may have."""

_SAID_OTHERWISE = frozenset({"no_speech", "words_without_speech"})
"""Notices that the usual page leaves out: the headline says the first, and of the second nothing is shown."""


def print_report(report: Report, console: Console, *, title: str) -> None:
    """Writes the usual page: what matters, the verdict, the one thing to change, the text.

    Args:
        report: what is shown.
        console: decides on width, colour and encoding.
        title: the recording's name.
    """
    width = _width(console)
    _print(_usual_sections(report, title, width), console, width)


def print_full_report(report: Report, console: Console, *, title: str) -> None:
    """Writes everything that is known of an answer.

    Args:
        report: what is shown.
        console: decides on width, colour and encoding.
        title: the recording's name.
    """
    width = _width(console)
    _print(_all_sections(report, title, width), console, width)


def _width(console: Console) -> int:
    return min(console.width, MAXIMUM_WIDTH) - 2 * _INDENT


def _print(sections: Iterable[RenderableType], console: Console, width: int) -> None:
    with console.capture() as page:
        for section in sections:
            console.print(Padding(section, (0, 0, 1, _INDENT), expand=False), width=width + _INDENT)
    write_page(page.get(), console)


def _usual_sections(report: Report, title: str, width: int) -> Iterator[RenderableType]:
    view = report_view(report)
    yield _head(view, [title, f"{duration(report.recording.duration)} recorded"])
    yield from _notices(notice for notice in view.notices if notice.code not in _SAID_OTHERWISE)
    yield from _sounds(view)
    yield _headline(view)
    if view.span is not None:
        yield four_figures(view.figures, width)
    yield from _prose(advice(view, evidence=False), width)
    if view.transcript.paragraphs:
        yield _what_was_said(view, width, all_pauses=False)
    if view.span is not None:
        yield Text(_rest(view), style="quiet")


def _all_sections(report: Report, title: str, width: int) -> Iterator[RenderableType]:
    view = report_view(report)
    recorded = f"{duration(report.recording.duration)} recorded"
    yield _head(view, [title, recorded, _format(report.recording)])
    yield from _notices(view.notices)
    yield from _sounds(view)
    yield _headline(view)
    if view.span is not None:
        yield four_figures(view.figures, width)
    if view.length_bar is not None:
        yield length_bar(view.length_bar, width)
    yield from _prose(advice(view, evidence=True), width)
    yield measure_table(view, width)
    if view.errors is not None:
        yield known_errors(view.errors, width)
    if view.transcript.paragraphs:
        yield _what_was_said(view, width, all_pauses=True)
    yield Text(f"Recogniser {printable(view.model)}, analysis {view.analysis_version}.", style="quiet")


def _head(view: ReportView, facts: Iterable[str]) -> Group:
    """What was recorded, and where the answer lies in it if the person said so."""
    lines = [Text(), Text(" · ".join(map(printable, facts)), style="quiet")]
    if view.span is not None and view.span.source == "person":
        lines.append(Text(view.span.text, style="quiet"))
    return Group(*lines)


def _format(recording: RecordingDescription) -> str:
    channels = {1: "mono", 2: "stereo"}.get(recording.channels, f"{recording.channels} channels")
    return f"{recording.codec}, {recording.sample_rate / 1000:g} kHz, {channels}"


def _notices(notices: Iterable[NoticeView]) -> Iterator[RenderableType]:
    for notice in notices:
        text = Text(printable(notice.text))
        if notice.when:
            text.append(f" ({notice.when})", style="quiet")
        yield remark("!", text)


def _sounds(view: ReportView) -> Iterator[RenderableType]:
    """Which other sounds of the recording can be measured, and with which option."""
    for choice in view.sounds:
        lines = [Text(f"{choice.title}:", style="quiet")]
        for option in choice.options:
            line = Text(f"  {'*' if option.measured else ' '} {option.label}")
            if option.detail:
                line.append(f", {printable(option.detail)}", style="quiet")
            if option.readable and not option.measured:
                line.append(f"  --{choice.field} {option.value}", style="quiet")
            lines.append(line)
        yield Group(*lines)


def _headline(view: ReportView) -> Text:
    return Text(printable(view.headline), style="headline")


def _prose(blocks: Iterable[RenderableType], width: int) -> Iterator[RenderableType]:
    """Blocks no wider than prose is read well at."""
    for block in blocks:
        yield Padding(block, (0, max(0, width - _PROSE_WIDTH), 0, 0), expand=False)


def _what_was_said(view: ReportView, width: int, *, all_pauses: bool) -> Group:
    text = marked_transcript(view.transcript, width, all_pauses=all_pauses)
    return Group(Text("What you said", style="heading"), Text(), text)


def _rest(view: ReportView) -> str:
    """How to see everything else."""
    everything = view.groups_title[:1].lower() + view.groups_title[1:]
    return f"Add --all to see {everything}, how sure each one is, and every pause."
